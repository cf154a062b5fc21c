#pragma once
/// @file
/// Scores of a unit with changed values, many at a time where it stands alone.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/detail/changed_panel.hpp>
#include <thuocdo/explain/detail/improvement_levels.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// One level of each indicator.
using Choice = std::vector<std::size_t>;

/// What the unit would have.
struct TrialOutcome {
    /// False where the model refuses the values.
    bool valid = false;
    /// Total before rounding, where the unit stands alone; else as published.
    double full = missing_value;
    double score = missing_value;
    double rank = missing_value;
    /// Position of the band, -1 for none.
    int band = -1;
};

class ImprovementTrial {
  public:
    ImprovementTrial(const Scoreboard& board, Index unit,
                     const std::vector<ImprovementLevels>& levels, const ImprovementGoal& goal)
        : board_(board),
          unit_(unit),
          levels_(levels),
          goal_(goal),
          alone_(stands_alone(board.model())),
          keys_(rank_key(board.data())) {
        if (!goal.band) return;
        const std::vector<Band>& bands = board.model().definition().bands->bands;
        while (bands[static_cast<std::size_t>(target_band_)].code != *goal.band) ++target_band_;
    }

    [[nodiscard]] bool alone() const noexcept { return alone_; }
    [[nodiscard]] Index evaluations() const noexcept { return evaluations_; }
    [[nodiscard]] int target_band() const noexcept { return target_band_; }
    [[nodiscard]] bool descending() const {
        return board_.model().definition().ranking.order == numeric::Order::descending;
    }

    [[nodiscard]] bool reaches(const TrialOutcome& outcome) const {
        if (!outcome.valid || std::isnan(outcome.score)) return false;
        if (goal_.rank) return outcome.rank <= *goal_.rank;
        if (goal_.band) return outcome.band >= 0 && outcome.band <= target_band_;
        return descending() ? outcome.score >= *goal_.score : outcome.score <= *goal_.score;
    }

    /// Whether a total (before rounding) is enough for the goal, gates aside. Only for units
    /// that stand alone.
    [[nodiscard]] bool enough(double full) const {
        const Node& root = board_.model().root();
        double published = full;
        if (root.rounding && root.rounding->at != RoundingPlace::value)
            published = numeric::round_decimal(full, root.rounding->digits, root.rounding->mode);
        if (goal_.score)
            return descending() ? published >= *goal_.score : published <= *goal_.score;
        if (goal_.rank) return rank_of(full, published) <= *goal_.rank;
        const BandScale& scale = *board_.model().definition().bands;
        const Band& band = scale.bands[static_cast<std::size_t>(target_band_)];
        return !band.from || (scale.of == Basis::full ? full : published) >= *band.from;
    }

    [[nodiscard]] std::vector<CellChange> changes(const Choice& choice) const {
        std::vector<CellChange> out;
        for (std::size_t j = 0; j < choice.size(); ++j)
            if (choice[j] != 0)
                out.push_back({levels_[j].indicator,
                               levels_[j].values[choice[j]],
                               {},
                               {},
                               CellState::observed});
        return out;
    }

    [[nodiscard]] TrialOutcome outcome(const Choice& choice) {
        return outcomes(std::vector<Choice>{choice}).front();
    }

    [[nodiscard]] std::vector<TrialOutcome> outcomes(const std::vector<Choice>& choices) {
        std::vector<TrialOutcome> out(choices.size());
        constexpr std::size_t together = 1024;
        const std::span<const Choice> all(choices);
        const std::span<TrialOutcome> found(out);
        if (!alone_)
            for (std::size_t k = 0; k < choices.size(); ++k) found[k] = among_peers(all[k]);
        else
            for (std::size_t k = 0; k < choices.size(); k += together) {
                const std::size_t count = std::min(together, choices.size() - k);
                score_alone(all.subspan(k, count), found.subspan(k, count));
            }
        evaluations_ += static_cast<Index>(choices.size());
        return out;
    }

  private:
    [[nodiscard]] double rank_of(double full, double published) const {
        const Eigen::VectorXd key =
            rank_key(board_.model().definition().ranking, Eigen::VectorXd::Constant(1, full),
                     Eigen::VectorXd::Constant(1, published));
        if (std::isnan(key[0])) return missing_value;
        double better = 0.0;
        for (Index other = 0; other < keys_.size(); ++other)
            if (other != unit_ && (descending() ? keys_[other] > key[0] : keys_[other] < key[0]))
                better += 1.0;
        return 1.0 + better;
    }

    [[nodiscard]] TrialOutcome among_peers(const Choice& choice) const {
        TrialOutcome out;
        try {
            const RankingRow row = what_if(board_, unit_, changes(choice)).after;
            out = {true, row.score, row.score, row.rank, -1};
            if (!row.band.empty()) {
                const std::vector<Band>& bands = board_.model().definition().bands->bands;
                for (std::size_t k = 0; k < bands.size(); ++k)
                    if (bands[k].code == row.band) out.band = static_cast<int>(k);
            }
        } catch (const DataError&) {
        }
        return out;
    }

    /// Copies of a unit under codes of their own.
    [[nodiscard]] static PanelDefinition copies(const Panel& panel, Index unit, Index count) {
        PanelDefinition one = single_unit(panel, unit);
        std::vector<Unit> units(static_cast<std::size_t>(count), panel.units().unit(unit));
        for (std::size_t k = 0; k < units.size(); ++k) {
            units[k].code = std::to_string(k);
            units[k].parent.clear();
        }
        one.units = UnitRegistry(units);
        one.values = one.values.replicate(count, 1).eval();
        one.states = one.states.replicate(count, 1).eval();
        for (auto& [column, parts] : one.ratios) {
            parts.numerator = parts.numerator.replicate(count, 1).eval();
            parts.denominator = parts.denominator.replicate(count, 1).eval();
        }
        return one;
    }

    void score_alone(std::span<const Choice> choices, std::span<TrialOutcome> out) const {
        const auto count = static_cast<Index>(choices.size());
        PanelDefinition panel = copies(board_.panel(), unit_, count);
        for (Index row = 0; row < count; ++row)
            for (const CellChange& change : changes(choices[static_cast<std::size_t>(row)])) {
                const auto column =
                    std::find(panel.indicators.begin(), panel.indicators.end(), change.indicator);
                change_cell(panel, row, column - panel.indicators.begin(), change);
            }
        ScoreOptions options = score_options_of(board_);
        if (options.previous) {
            const auto before = options.previous->units().find(board_.units().code(unit_));
            if (before) options.previous = Panel(copies(*options.previous, *before, count));
        }
        std::optional<Scoreboard> scored;
        try {
            scored = score(board_.model(), Panel(std::move(panel)), options);
        } catch (const DataError&) {
            // One row that the model refuses refuses all of them.
            if (choices.size() == 1) return;
            const std::size_t half = choices.size() / 2;
            score_alone(choices.first(half), out.first(half));
            score_alone(choices.subspan(half), out.subspan(half));
            return;
        }
        for (Index row = 0; row < count; ++row) {
            TrialOutcome& each = out[static_cast<std::size_t>(row)];
            each.valid = true;
            each.full = scored->full_scores()[row];
            each.score = scored->scores()[row];
            each.rank = std::isnan(each.score) ? missing_value : rank_of(each.full, each.score);
            if (scored->has_bands()) each.band = scored->band_outcome(row).final_band;
        }
    }

    const Scoreboard& board_;
    Index unit_;
    const std::vector<ImprovementLevels>& levels_;
    const ImprovementGoal& goal_;
    bool alone_;
    Eigen::VectorXd keys_;
    int target_band_ = 0;
    Index evaluations_ = 0;
};

}  // namespace thuocdo::detail
