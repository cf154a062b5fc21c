#pragma once
/// @file
/// What an event, or the passing of days, changed on a live scoreboard.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/time/date.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace thuocdo::live {

/// A result of a node that changed for a unit.
struct ResultChange {
    Index unit = 0;
    Index node = 0;
    double before = missing_value;
    double after = missing_value;
};

/// A unit whose published total, rank or band changed; NaN and -1 where there was or is
/// none.
struct UnitChange {
    Index unit = 0;
    double score_before = missing_value;
    double score_after = missing_value;
    double rank_before = missing_value;
    double rank_after = missing_value;
    /// Positions in the scale of the model.
    int band_before = -1;
    int band_after = -1;

    /// Whether the published total changed, and not only the place among the others.
    [[nodiscard]] bool has_new_score() const noexcept {
        return score_before != score_after &&
               !(std::isnan(score_before) && std::isnan(score_after));
    }
    [[nodiscard]] bool has_new_rank() const noexcept {
        return rank_before != rank_after && !(std::isnan(rank_before) && std::isnan(rank_after));
    }
    [[nodiscard]] bool has_new_band() const noexcept { return band_before != band_after; }
};

/// Everything that one call changed.
struct BoardUpdate {
    IndexModel model;
    UnitRegistry units{};
    /// Events that the log has by now.
    std::uint64_t sequence = 0;
    Date as_of{};
    /// Events that were new in this call.
    std::size_t new_events = 0;
    /// Whether units, model or another period changed, so that everything was computed
    /// again; `results` then stays empty.
    bool rebuilt = false;
    /// Places whose problems keep the board from being scored; see
    /// `LiveScoreboard::problems`. While there are any, `changes` stays empty; the first
    /// update without has all that changed since the board could last be scored.
    std::size_t open_problems = 0;
    /// Units with another total, rank or band, by their position among `units`.
    std::vector<UnitChange> changes{};
    /// Results that changed, from the leaves up.
    std::vector<ResultChange> results{};

    /// The change of a unit; nothing when its total, rank and band stayed.
    [[nodiscard]] const UnitChange* find(Index unit) const noexcept {
        const auto found = std::lower_bound(
            changes.begin(), changes.end(), unit,
            [](const UnitChange& change, Index wanted) { return change.unit < wanted; });
        return found == changes.end() || found->unit != unit ? nullptr : &*found;
    }

    /// Units that were before a unit in the ranking and are after it now, by code.
    /// O(changes).
    [[nodiscard]] std::vector<Index> overtaken_by(Index unit) const {
        std::vector<Index> others;
        const UnitChange* own = find(unit);
        if (!own) return others;
        for (const UnitChange& each : changes)
            if (each.rank_before < own->rank_before && each.rank_after > own->rank_after)
                others.push_back(each.unit);
        return others;
    }

    /// Code of a band of a change; empty for none.
    [[nodiscard]] std::string band_code(int band) const {
        if (band < 0 || !model.definition().bands) return {};
        return model.definition().bands->bands.at(static_cast<std::size_t>(band)).code;
    }

    /// One line a changed unit.
    friend std::ostream& operator<<(std::ostream& out, const BoardUpdate& update) {
        const auto number = [](double value) {
            return std::isnan(value) ? std::string("-") : numeric::shortest(value);
        };
        out << to_iso(update.as_of) << ", " << update.sequence << " events";
        if (update.open_problems != 0)
            return out << ": not scorable, " << update.open_problems << " problems\n";
        out << ": " << update.changes.size() << " units changed\n";
        for (const UnitChange& each : update.changes) {
            out << "  " << update.units.display_name(each.unit) << ": ";
            if (each.has_new_score())
                out << "score " << number(each.score_before) << " -> " << number(each.score_after)
                    << ", ";
            out << "rank " << number(each.rank_before);
            if (each.has_new_rank()) out << " -> " << number(each.rank_after);
            if (each.has_new_band())
                out << ", band " << update.band_code(each.band_before) << " -> "
                    << update.band_code(each.band_after);
            out << '\n';
        }
        return out;
    }
};

}  // namespace thuocdo::live
