#pragma once
/// @file
/// What a live scoreboard last told its users, to find what is new.

#include <thuocdo/live/board_update.hpp>
#include <thuocdo/live/detail/board_follower.hpp>
#include <thuocdo/live/detail/board_standing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace thuocdo::live::detail {

/// Totals, ranks and bands when the board could last be scored.
class ShownBoard {
  public:
    void reset(const BoardFollower& follower, const BoardStanding& standing, bool is_scorable) {
        units_ = follower.board().panel.units();
        rows_.assign(static_cast<std::size_t>(units_.size()), {});
        is_current_ = is_scorable;
        if (!is_scorable) return;
        for (Index unit = 0; unit < units_.size(); ++unit)
            rows_[static_cast<std::size_t>(unit)] = row(follower, standing, unit);
    }

    /// @param rebuilt whether any unit may have changed, or the units themselves
    /// @param touched otherwise those that may have
    void take_changes(const BoardFollower& follower, const BoardStanding& standing,
                      bool is_scorable, bool rebuilt, std::span<const Index> touched,
                      std::vector<UnitChange>& changes) {
        if (rebuilt) renumber(follower.board().panel.units());
        if (!is_scorable) {
            is_current_ = false;
            return;
        }
        // Where only the rank moved, the total need not be fetched: of thousands of units
        // each number is far from the others.
        const auto look = [&](Index unit, bool has_new_total = true) {
            Row& before = rows_[static_cast<std::size_t>(unit)];
            const Row after = row(follower, standing, unit, has_new_total ? nullptr : &before);
            UnitChange change{unit,       before.score, after.score, before.rank,
                              after.rank, before.band,  after.band};
            before = after;
            if (change.has_new_score() || change.has_new_rank() || change.has_new_band())
                changes.push_back(change);
        };
        if (rebuilt || !is_current_)
            for (Index unit = 0; unit < units_.size(); ++unit) look(unit);
        else if (standing.moved().all())
            for (const Index unit : touched) look(unit);
        else
            look_at_touched(standing.moved().rows(), touched, look);
        is_current_ = true;
    }

  private:
    struct Row {
        double score = missing_value;
        double rank = missing_value;
        std::int16_t band = -1;
    };

    /// @param moved the units whose totals may have changed, sorted
    template <class Look>
    static void look_at_touched(std::span<const std::uint32_t> moved,
                                std::span<const Index> touched, Look&& look) {
        auto next = moved.begin();
        for (const Index unit : touched) {
            while (next != moved.end() && static_cast<Index>(*next) < unit) ++next;
            look(unit, next != moved.end() && static_cast<Index>(*next) == unit);
        }
    }

    /// @param same_total a row with the same total; nullptr: it is looked up
    [[nodiscard]] static Row row(const BoardFollower& follower, const BoardStanding& standing,
                                 Index unit, const Row* same_total = nullptr) {
        const auto at = static_cast<std::size_t>(unit);
        Row out;
        out.score = same_total ? same_total->score : follower.board().published[unit];
        out.rank = standing.order().rank(static_cast<std::uint32_t>(unit));
        if (!standing.bands().empty()) out.band = standing.bands()[at];
        return out;
    }

    /// Follows units to their new positions; those that are new had nothing before.
    void renumber(const UnitRegistry& units) {
        std::vector<Row> rows(static_cast<std::size_t>(units.size()));
        for (Index unit = 0; unit < units.size(); ++unit)
            if (const auto before = units_.find(units.code(unit)))
                rows[static_cast<std::size_t>(unit)] = rows_[static_cast<std::size_t>(*before)];
        rows_ = std::move(rows);
        units_ = units;
    }

    UnitRegistry units_{};
    std::vector<Row> rows_;
    bool is_current_ = false;
};

}  // namespace thuocdo::live::detail
