#pragma once
/// @file
/// Follows the total of one unit down the tree of a model.

#include <thuocdo/detail/aggregate_node.hpp>
#include <thuocdo/detail/aggregation_slopes.hpp>
#include <thuocdo/detail/minimum_coverage.hpp>
#include <thuocdo/explain/describe_rule.hpp>
#include <thuocdo/explain/explanation.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace thuocdo {

namespace detail {

/// Follows the total of one unit down the tree.
class Explainer {
  public:
    Explainer(const Scoreboard& board, Index unit)
        : board_(board),
          unit_(unit),
          slopes_(static_cast<std::size_t>(board.model().node_count()), missing_value) {}

    [[nodiscard]] Explanation run() {
        explanation_.row = board_.row(unit_);
        explanation_.full_score = board_.full_scores()[unit_];
        explanation_.band_reason = board_.band_reason(unit_);
        explanation_.flags = board_.flags(unit_);
        const double score = explanation_.row.score;
        if (!std::isnan(score)) {
            slopes_[0] = 1.0;
            descend(0);
            const double result = board_.result(unit_, 0);
            adjust(board_.model().root(), "rounding", score - result);
        }
        for (const Index node : board_.model().document_order()) add_line(node);
        if (!std::isnan(score)) {
            const double rest = remainder(score);
            if (rest != 0.0) adjust(board_.model().root(), "arithmetic", rest);
        }
        return std::move(explanation_);
    }

  private:
    [[nodiscard]] double remainder(double score) const {
        numeric::ExactSum sum;
        sum.add(score);
        for (const ExplanationLine& line : explanation_.lines)
            if (line.leaf && !std::isnan(line.contribution)) sum.add(-line.contribution);
        for (const Adjustment& each : explanation_.adjustments) sum.add(-each.amount);
        return sum.value();
    }

    void adjust(const Node& node, const char* what, double amount) {
        if (amount != 0.0) explanation_.adjustments.push_back({node.code, what, amount});
    }

    void descend(Index index) {
        const Node& node = board_.model().node(index);
        const double slope = slopes_[static_cast<std::size_t>(index)];
        if (node.is_leaf() || std::isnan(slope)) return;
        const double result = board_.result(unit_, index);
        if (std::isnan(result)) return;
        const std::vector<double>& weights = board_.data().weights[static_cast<std::size_t>(index)];
        std::vector<double> children(weights.size());
        std::vector<double> raised(weights.size());
        const std::optional<double> floor_at = aggregation_floor(node.aggregate);
        bool any = false;
        for (std::size_t c = 0; c < children.size(); ++c) {
            children[c] = board_.result(unit_, node.first_child + static_cast<Index>(c));
            raised[c] = floor_at && children[c] < *floor_at ? *floor_at : children[c];
            any = any || (!std::isnan(children[c]) && weights[c] > 0.0);
        }
        const bool left_out = is_cohort_relative(node.aggregate) && std::isnan(compared(index));
        const bool counted_as_zero = !any || left_out || is_zeroed(index, weights);
        const double aggregate = counted_as_zero ? 0.0
                                 : is_cohort_relative(node.aggregate)
                                     ? compared(index)
                                     : aggregate_one(node, raised, weights);
        double parts = 0.0;
        if (!counted_as_zero) {
            const std::vector<double> each =
                AggregationSlopes(raised, weights, aggregate).of(node.aggregate);
            for (std::size_t c = 0; c < children.size(); ++c) {
                if (weights[c] <= 0.0 || std::isnan(children[c])) continue;
                const auto child = static_cast<std::size_t>(node.first_child) + c;
                slopes_[child] = slope * node.multiplier * each[c];
                parts += each[c] * raised[c];
                adjust(board_.model().node(static_cast<Index>(child)), "raised to floor_at",
                       slopes_[child] * (raised[c] - children[c]));
            }
            // Euler's decomposition leaves a rest where the aggregation does not
            // scale with its children; rounding errors are left to the end.
            const double rest = aggregate - parts;
            if (std::abs(rest) > sum_tolerance * std::max(std::abs(aggregate), 1.0))
                adjust(node, "aggregation", slope * node.multiplier * rest);
        }
        double before_bounds = counted_as_zero ? 0.0 : aggregate * node.multiplier;
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
            const Node& child = board_.model().node(c);
            const double extra = board_.result(unit_, c);
            if (std::isnan(extra)) continue;
            if (child.role == Role::bonus || child.role == Role::penalty) {
                const double sign = child.role == Role::bonus ? 1.0 : -1.0;
                slopes_[static_cast<std::size_t>(c)] = sign * slope;
                before_bounds += sign * extra;
            }
        }
        const double bounded = std::min(std::max(before_bounds, node.floor), node.cap);
        if (bounded != before_bounds)
            adjust(node, "cap or floor", slope * (bounded - before_bounds));
        if (std::abs(result - bounded) > sum_tolerance * std::max(std::abs(result), 1.0))
            adjust(node, "rounding", slope * (result - bounded));
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) descend(c);
    }

    /// Whether the node was missing and its policy made it zero although some
    /// children have results (coverage below the minimum).
    [[nodiscard]] bool is_zeroed(Index index, const std::vector<double>& weights) const {
        const Node& node = board_.model().node(index);
        if (node.missing[MissingKind::not_reported] != MissingPolicy::zero) return false;
        if (!node.minimum_coverage) return false;
        std::vector<Index> leaves;
        collect_leaves_below(board_.model(), index, leaves);
        return below_minimum_coverage(board_.results(), node, unit_, weights, leaves);
    }

    /// The aggregate of a node that compares units, which one unit alone cannot give.
    [[nodiscard]] double compared(Index index) const {
        return board_.data().compared.at(index)[unit_];
    }

    [[nodiscard]] static double aggregate_one(const Node& node, const std::vector<double>& children,
                                              const std::vector<double>& weights) {
        const auto count = static_cast<Index>(children.size());
        const Eigen::MatrixXd row = Eigen::Map<const Eigen::RowVectorXd>(children.data(), count);
        Eigen::VectorXd out(1);
        aggregate_children(node.aggregate, row, weights, out);
        return out[0];
    }

    void add_line(Index index) {
        const Node& node = board_.model().node(index);
        ExplanationLine line;
        line.code = node.code;
        line.name = node.name;
        line.depth = node.depth;
        line.leaf = node.is_leaf();
        line.role = node.role;
        line.effective_weight = board_.effective_weight(index);
        line.owner = node.owner;
        line.source = node.source;
        line.result = board_.result(unit_, index);
        line.best = node.points ? *node.points : node.multiplier;
        const double slope = slopes_[static_cast<std::size_t>(index)];
        if (!std::isnan(slope) && !std::isnan(line.result)) {
            line.slope = slope;
            line.contribution = slope * line.result;
        }
        if (line.leaf) {
            fill_leaf(line, node, index);
            if (has_best(node.score) && !std::isnan(slope) && !std::isnan(line.result))
                line.shortfall = slope * (line.best - line.result);
        } else {
            line.rule = aggregation_name(node.aggregate);
        }
        explanation_.lines.push_back(std::move(line));
    }

    void fill_leaf(ExplanationLine& line, const Node& node, Index index) const {
        const LeafProgram& leaf = *leaf_program(board_.data(), index);
        line.unit = node.unit;
        line.value = board_.value(unit_, index);
        line.state = board_.prepared_panel().state(unit_, leaf.column);
        line.imputed = board_.is_imputed(unit_, index);
        line.target = leaf.target;
        if (const Derivation* derived = board_.model().find_derived(node.indicator)) {
            line.expression = derived->expression.text;
            if (line.unit.empty()) line.unit = derived->unit;
            if (!derived->source.empty()) line.source = derived->source;
        }
        line.rule = describe_rule(node, leaf.target);
        if (const RatioParts* parts = board_.prepared_panel().ratio(leaf.column)) {
            line.numerator = parts->numerator[unit_];
            line.denominator = parts->denominator[unit_];
        }
        if (const Provenance* provenance = board_.prepared_panel().provenance(unit_, leaf.column)) {
            if (!provenance->source.empty()) line.source = provenance->source;
            line.date = provenance->date;
        }
    }

    const Scoreboard& board_;
    Index unit_;
    /// Change of the total per unit of each node's result.
    std::vector<double> slopes_;
    Explanation explanation_;
};

}  // namespace detail

#if !THUOCDO_DECLARATIONS_ONLY
THUOCDO_INLINE Explanation explain(const Scoreboard& board, Index unit) {
    if (unit < 0 || unit >= board.unit_count())
        throw DataError("no such unit",
                        {{"unknown_unit", "", "unit " + std::to_string(unit),
                          "0 to " + std::to_string(board.unit_count() - 1), "use its code"}});
    return detail::Explainer(board, unit).run();
}
#endif

}  // namespace thuocdo
