#pragma once
/// @file
/// Before the sweep over units: who is evaluated, which columns are read, and
/// what peer-relative rules need to know of the cohort.

#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/detail/score_leaf.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/quantile.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

[[nodiscard]] inline bool is_evaluated(const BoardData& data, Index unit) noexcept {
    return data.evaluated.empty() || data.evaluated[static_cast<std::size_t>(unit)] != 0;
}

/// The policy for a missing cell, or nothing when a zero denominator has a rule
/// of its own.
[[nodiscard]] inline MissingPolicy missing_policy(const Node& node, CellState state) noexcept {
    switch (state) {
        case CellState::not_applicable:
            return node.missing[MissingKind::not_applicable];
        case CellState::not_yet_due:
            return node.missing[MissingKind::not_yet_due];
        case CellState::confidential:
            return node.missing[MissingKind::confidential];
        default:
            return node.missing[MissingKind::not_reported];
    }
}

/// Whether a missing cell is for the missing rule to decide, not for the rule
/// about zero denominators.
[[nodiscard]] inline bool is_for_missing_rule(const Node& node, CellState state) noexcept {
    return state != CellState::zero_denominator ||
           node.zero_denominator == ZeroDenominatorRule::missing;
}

[[nodiscard]] inline std::string cell_place(const BoardData& data, Index unit,
                                            const std::string& indicator) {
    return "unit \"" + data.panel.units().code(unit) + "\", indicator \"" + indicator + '"';
}

/// Fills in the program of every leaf.
class LeafPreparation {
  public:
    explicit LeafPreparation(BoardData& data) : data_(data) {}

    void run() {
        data_.leaf_of_node.assign(static_cast<std::size_t>(data_.model.node_count()), -1);
        for (const Index index : data_.model.leaves()) {
            const Node& node = data_.model.node(index);
            data_.leaf_of_node[static_cast<std::size_t>(index)] =
                static_cast<Index>(data_.leaves.size());
            LeafProgram leaf;
            leaf.node = &node;
            leaf.node_index = index;
            static_cast<void>(prepare(leaf));
            data_.leaves.push_back(std::move(leaf));
        }
        if (!problems_.empty())
            throw DataError("the panel does not fit the model \"" + data_.model.id() + '"',
                            std::move(problems_));
    }

    /// Binds one leaf to its column and makes it ready. Returns false when it has no
    /// column, no previous panel or no target to be scored with.
    [[nodiscard]] bool prepare(LeafProgram& leaf) {
        if (!bind(leaf)) return false;
        prepare_values(leaf);
        prepare_rule(leaf);
        return true;
    }

    [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

  private:
    bool bind(LeafProgram& leaf) {
        const Node& node = *leaf.node;
        const auto column = data_.panel.find(node.indicator);
        if (!column) {
            problems_.push_back({"indicator_missing", "indicator \"" + node.indicator + '"',
                                 "no such column in the panel",
                                 "a column for node \"" + node.code + "\" (" + node.pointer + ")",
                                 "add the column, or name another with indicator"});
            return false;
        }
        leaf.column = *column;
        const bool growth = std::holds_alternative<rule::GrowthToTarget>(node.score);
        if (data_.previous) {
            if (const auto before = data_.previous->find(node.indicator))
                leaf.previous_column = *before;
        }
        if (growth && leaf.previous_column < 0) {
            problems_.push_back(
                {"previous_panel_missing", "indicator \"" + node.indicator + '"',
                 data_.previous ? "no such column in the previous panel" : "no previous panel",
                 "the panel of the previous period", "pass it as previous"});
            return false;
        }
        if (needs_dated_target(node.score)) {
            const bool one = node.targets.size() == 1;
            if (!data_.as_of && !one) {
                problems_.push_back({"as_of_missing", node.pointer + "/targets",
                                     "targets on several dates and no as-of date",
                                     "the date at which the target is read",
                                     "pass as_of, or give the panel a period"});
                return false;
            }
            const Date on = data_.as_of.value_or(node.targets.front().date);
            leaf.target = *required_value(node.targets, node.target_path, on);
        } else if (const auto stated = stated_target(node.score)) {
            leaf.target = *stated;
        }
        return true;
    }

    /// Value of a unit in the previous panel, found by code.
    [[nodiscard]] double previous_value(const LeafProgram& leaf, Index unit) const {
        if (leaf.previous_column < 0) return missing_value;
        const auto before = data_.previous->units().find(data_.panel.units().code(unit));
        return before ? data_.previous->value(*before, leaf.previous_column) : missing_value;
    }

    void prepare_values(LeafProgram& leaf) {
        const Node& node = *leaf.node;
        const auto rounding = node.rounding_at(RoundingPlace::value);
        const bool carries = node.missing.uses(MissingPolicy::carry_last);
        const bool fills = node.missing.uses(MissingPolicy::peer_mean);
        if (!rounding && !carries && !fills) return;
        const Index units = data_.panel.unit_count();
        std::vector<double> values(static_cast<std::size_t>(units));
        numeric::ExactSum sum;
        Index observed = 0;
        std::vector<Index> open;
        for (Index unit = 0; unit < units; ++unit) {
            const double value = data_.panel.value(unit, leaf.column);
            values[static_cast<std::size_t>(unit)] = value;
            if (std::isnan(value)) {
                open.push_back(unit);
            } else if (is_evaluated(data_, unit)) {
                sum.add(value);
                ++observed;
            }
        }
        const double mean =
            observed > 0 ? sum.value() / static_cast<double>(observed) : missing_value;
        for (const Index unit : open) {
            const CellState state = data_.panel.state(unit, leaf.column);
            if (!is_for_missing_rule(node, state) || !is_evaluated(data_, unit)) continue;
            const MissingPolicy policy = missing_policy(node, state);
            double value = missing_value;
            if (policy == MissingPolicy::carry_last) value = previous_value(leaf, unit);
            if (policy == MissingPolicy::peer_mean) value = mean;
            if (std::isnan(value)) continue;
            values[static_cast<std::size_t>(unit)] = value;
            leaf.imputed.push_back(static_cast<std::uint32_t>(unit));
        }
        if (rounding)
            numeric::round_decimal(Eigen::Map<Eigen::VectorXd>(values.data(), units),
                                   rounding->digits, rounding->mode);
        if (rounding || !leaf.imputed.empty()) leaf.prepared = std::move(values);
    }

    /// Values of the evaluated units; the others are missing.
    [[nodiscard]] std::vector<double> cohort_column(const LeafProgram& leaf) const {
        const Index units = data_.panel.unit_count();
        std::vector<double> values(static_cast<std::size_t>(units), missing_value);
        for (Index unit = 0; unit < units; ++unit)
            if (is_evaluated(data_, unit))
                values[static_cast<std::size_t>(unit)] =
                    leaf.prepared.empty() ? data_.panel.value(unit, leaf.column)
                                          : leaf.prepared[static_cast<std::size_t>(unit)];
        return values;
    }

    void prepare_rule(LeafProgram& leaf) {
        const Node& node = *leaf.node;
        if (const auto* steps = std::get_if<rule::StepTable>(&node.score)) {
            for (const rule::Step& step : steps->steps) {
                leaf.table_from.push_back(step.from);
                leaf.table_scores.push_back(step.score);
            }
        } else if (const auto* levels = std::get_if<rule::LevelTable>(&node.score)) {
            for (const rule::Level& level : levels->levels) {
                leaf.table_from.push_back(level.value);
                leaf.table_scores.push_back(level.score);
            }
        }
        if (std::holds_alternative<rule::GrowthToTarget>(node.score)) {
            leaf.previous.resize(static_cast<std::size_t>(data_.panel.unit_count()));
            for (Index unit = 0; unit < data_.panel.unit_count(); ++unit)
                leaf.previous[static_cast<std::size_t>(unit)] = previous_value(leaf, unit);
        }
        if (thuocdo::is_peer_relative(node.score) ||
            std::holds_alternative<rule::DistanceToReference>(node.score))
            prepare_peers(leaf);
    }

    /// Minimum, maximum, mean and deviation over the reference periods of a leaf.
    [[nodiscard]] numeric::ColumnStatistics statistics_of(const LeafProgram& leaf,
                                                          ColumnView column) {
        const Node& node = *leaf.node;
        if (node.reference_period == current_period) {
            if (std::holds_alternative<rule::ZScore>(node.score) ||
                std::holds_alternative<rule::AboveBelowMean>(node.score))
                return numeric::column_statistics(column);
            // Every other rule reads the range alone.
            const numeric::ColumnRange range = numeric::column_range(column);
            numeric::ColumnStatistics found;
            found.observed = range.observed;
            found.minimum = range.minimum;
            found.maximum = range.maximum;
            return found;
        }
        const bool all = node.reference_period == all_periods;
        std::vector<double> values;
        if (all || node.reference_period == data_.panel.period())
            values.assign(column.data(), column.data() + column.size());
        bool found = all || !values.empty();
        for (const PreparedPeriod& period : data_.reference_periods) {
            if (!all && period.panel.period() != node.reference_period) continue;
            found = true;
            const auto at = period.panel.find(node.indicator);
            if (!at) continue;
            for (Index unit = 0; unit < period.panel.unit_count(); ++unit)
                if (period.evaluated.empty() ||
                    period.evaluated[static_cast<std::size_t>(unit)] != 0)
                    values.push_back(period.panel.value(unit, *at));
        }
        if (!found)
            problems_.push_back({"reference_period_missing", node.pointer + "/reference_period",
                                 "no panel of period \"" + node.reference_period + '"',
                                 "the panel of that period among those given",
                                 "pass it with the other periods"});
        return numeric::column_statistics(
            Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size())));
    }

    void prepare_peers(LeafProgram& leaf) {
        const Node& node = *leaf.node;
        const std::vector<double> values = cohort_column(leaf);
        const Eigen::Map<const Eigen::VectorXd> column(values.data(),
                                                       static_cast<Index>(values.size()));
        leaf.peers = statistics_of(leaf, column);
        if (leaf.peers.observed == 0) {
            leaf.constant = true;
            return;
        }
        mark_constant(leaf);
        if (leaf.constant) return;
        const auto ranked = [&](auto&& kernel) {
            leaf.ranked.resize(values.size());
            kernel(Eigen::Map<Eigen::VectorXd>(leaf.ranked.data(), column.size()));
        };
        if (const auto* rank = std::get_if<rule::RankScore>(&node.score)) {
            ranked([&](ColumnOut out) {
                static_cast<void>(
                    normalise::rank_score(column, node.direction, rank_ties(rank->ties), out));
            });
        } else if (const auto* borda = std::get_if<rule::Borda>(&node.score)) {
            ranked([&](ColumnOut out) {
                static_cast<void>(
                    normalise::borda(column, node.direction, rank_ties(borda->ties), out));
            });
        } else if (std::holds_alternative<rule::PercentileRank>(node.score)) {
            ranked([&](ColumnOut out) {
                static_cast<void>(normalise::percentile_rank(column, node.direction, out));
            });
        } else if (const auto* scale = std::get_if<rule::CategoricalScale>(&node.score)) {
            constexpr double per_cent = 100.0;
            for (const double percentile : scale->percentiles)
                leaf.cuts.push_back(numeric::quantile(column, percentile / per_cent));
            leaf.table_scores = scale->scores;
        } else if (const auto* distance = std::get_if<rule::DistanceToReference>(&node.score)) {
            prepare_reference(leaf, distance->reference);
        } else if (std::holds_alternative<rule::DistanceToTarget>(node.score)) {
            check_target(leaf);
        } else if (std::holds_alternative<rule::AboveBelowMean>(node.score) &&
                   leaf.peers.mean == 0.0) {
            problems_.push_back({"zero_mean", "indicator \"" + node.indicator + '"',
                                 "a mean of 0 over the cohort", "a mean other than 0",
                                 "values are compared with the mean by division"});
        }
    }

    /// A column without spread says nothing in a rule that compares units.
    void mark_constant(LeafProgram& leaf) {
        const Node& node = *leaf.node;
        if (leaf.peers.minimum != leaf.peers.maximum) return;
        const auto set = [&](const std::optional<double>& score) {
            leaf.constant = true;
            leaf.constant_score = score.value_or(missing_value);
            data_.notices.push_back(
                "indicator \"" + node.indicator + "\" has one value over the cohort; every unit " +
                (score ? "gets " + numeric::shortest(*score) : std::string("is left out")) +
                " by its zero_range");
        };
        if (const auto* min_max = std::get_if<rule::MinMax>(&node.score)) set(min_max->zero_range);
        if (const auto* z_score = std::get_if<rule::ZScore>(&node.score)) set(z_score->zero_range);
        if (const auto* rank = std::get_if<rule::PercentileRank>(&node.score))
            set(rank->zero_range);
        if (const auto* best = std::get_if<rule::DistanceToBest>(&node.score))
            set(best->zero_range);
    }

    void prepare_reference(LeafProgram& leaf, const std::string& code) {
        const Node& node = *leaf.node;
        const std::string place = node.pointer + "/score/reference";
        const auto unit = data_.panel.units().find(code);
        if (!unit) {
            problems_.push_back({"unknown_unit", place, '"' + code + '"',
                                 "the code of a unit of the panel", "check the spelling"});
            return;
        }
        leaf.reference = leaf.prepared.empty() ? data_.panel.value(*unit, leaf.column)
                                               : leaf.prepared[static_cast<std::size_t>(*unit)];
        const double worst =
            node.direction == Direction::higher_is_better ? leaf.peers.minimum : leaf.peers.maximum;
        if (std::isnan(leaf.reference) || leaf.reference == worst)
            problems_.push_back({"reference_unusable",
                                 "unit \"" + code + "\", indicator \"" + node.indicator + '"',
                                 std::isnan(leaf.reference) ? "no value" : "the worst value",
                                 "a value better than the worst", "choose another reference"});
    }

    void check_target(const LeafProgram& leaf) {
        const Node& node = *leaf.node;
        const bool higher = node.direction == Direction::higher_is_better;
        const double worst = higher ? leaf.peers.minimum : leaf.peers.maximum;
        if (higher ? leaf.target > worst : leaf.target < worst) return;
        problems_.push_back({"target_on_the_wrong_side", "indicator \"" + node.indicator + '"',
                             "target " + numeric::shortest(leaf.target),
                             std::string("a target ") + (higher ? "above" : "below") +
                                 " the worst value " + numeric::shortest(worst),
                             "check target and direction"});
    }

    BoardData& data_;
    std::vector<Problem> problems_;
};

inline void prepare_leaves(BoardData& data) { LeafPreparation(data).run(); }

}  // namespace thuocdo::detail
