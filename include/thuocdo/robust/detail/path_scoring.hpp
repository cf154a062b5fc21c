#pragma once
/// @file
/// Ranks under another weight share of a node, where only its ancestors change.

#include <thuocdo/detail/aggregate_node.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/detail/minimum_coverage.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/robust/weight_share.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::robust::detail {

/// Computes the nodes from the parent of a node to the root again, with the results of all
/// others as they stand on the board. The steps are those of the scoring, in its order.
class PathScorer {
  public:
    PathScorer(const Scoreboard& board, Index node)
        : board_(board), model_(board.model()), siblings_(board, node), results_(board.results()) {}

    /// Whether nothing but the path depends on the share: no node of it compares units or
    /// weighs its children by the data, and results in points go with their points.
    [[nodiscard]] bool can_score() const {
        for (Index at = siblings_.parent(); at >= 0; at = model_.node(at).parent) {
            const Node& node = model_.node(at);
            if (is_cohort_relative(node.aggregate)) return false;
            const bool by_data = node.weights && depends_on_data(*node.weights);
            if (by_data && at != siblings_.parent()) return false;
        }
        return points_go_with_results(board_, siblings_);
    }

    /// The ranks; nothing where the scoring would refuse.
    [[nodiscard]] std::optional<Eigen::VectorXd> ranks_at(double share) {
        Index at = siblings_.parent();
        const Node& parent = model_.node(at);
        Eigen::MatrixXd children =
            board_.results().middleCols(siblings_.first(), parent.child_count);
        std::vector<double> weights(siblings_.count(), 0.0);
        for (std::size_t k = 0; k < weights.size(); ++k) {
            if (!(siblings_.weight(k) > 0.0)) continue;
            weights[k] = siblings_.at(k, share);
            if (sums_points(parent))
                children.col(static_cast<Index>(k)) *= weights[k] / siblings_.weight(k);
        }
        if (!compute(at, children, weights)) return std::nullopt;
        for (at = parent.parent; at >= 0; at = model_.node(at).parent) {
            const Node& node = model_.node(at);
            const auto used = board_.weights(at);
            children = results_.middleCols(node.first_child, node.child_count);
            if (!compute(at, children, {used.begin(), used.end()})) return std::nullopt;
        }
        return thuocdo::detail::rank_column(model_, board_.units(), results_, rank_key());
    }

  private:
    [[nodiscard]] bool compute(Index at, Eigen::MatrixXd& children,
                               const std::vector<double>& weights) {
        const Node& node = model_.node(at);
        if (const auto least = thuocdo::detail::aggregation_floor(node.aggregate)) {
            for (Index c = 0; c < children.cols(); ++c)
                for (Index i = 0; i < children.rows(); ++i)
                    children(i, c) = children(i, c) < *least ? *least : children(i, c);
        } else if (is_outside_domain(node, children, weights)) {
            return false;
        }
        Eigen::VectorXd out(children.rows());
        thuocdo::detail::aggregate_children(node.aggregate, children, weights, out);
        std::vector<Index> leaves;
        if (node.minimum_coverage && node.minimum_coverage->of == CoverageBase::indicators)
            thuocdo::detail::collect_leaves_below(model_, at, leaves);
        for (Index unit = 0; unit < out.size(); ++unit) {
            if (node.minimum_coverage &&
                thuocdo::detail::below_minimum_coverage(results_, node, unit, weights, leaves))
                out[unit] = missing_value;
            if (!finish(node, unit, out[unit])) return false;
        }
        if (at == 0) full_ = out;
        if (const auto rounding = node.rounding_at(RoundingPlace::result))
            numeric::round_decimal(out, rounding->digits, rounding->mode);
        results_.col(at) = out;
        return true;
    }

    [[nodiscard]] bool is_outside_domain(const Node& node, const Eigen::MatrixXd& children,
                                         const std::vector<double>& weights) const {
        for (const aggregate::Cell& cell :
             thuocdo::detail::outside_domain(node.aggregate, children, weights))
            if (board_.is_evaluated(cell.row)) return true;
        return false;
    }

    /// Multiplier, missing rule, bonus, penalty and bounds. False where the node refuses.
    [[nodiscard]] bool finish(const Node& node, Index unit, double& result) const {
        if (!board_.is_evaluated(unit)) {
            result = missing_value;
            return true;
        }
        if (node.multiplier != 1.0) result *= node.multiplier;
        if (std::isnan(result)) {
            const MissingPolicy policy = node.missing[MissingKind::not_reported];
            if (policy == MissingPolicy::refuse) return false;
            if (policy == MissingPolicy::zero) result = 0.0;
        }
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
            const Role role = model_.node(c).role;
            const double extra = results_(unit, c);
            if (std::isnan(extra)) continue;
            if (role == Role::bonus) result += extra;
            if (role == Role::penalty) result -= extra;
        }
        if (result < node.floor) result = node.floor;
        if (result > node.cap) result = node.cap;
        return true;
    }

    [[nodiscard]] Eigen::VectorXd rank_key() const {
        const RankingRule& rule = model_.definition().ranking;
        if (rule.on == Basis::full) return full_;
        Eigen::VectorXd key = rule.digits ? full_ : Eigen::VectorXd(results_.col(0));
        const auto display = model_.root().rounding_at(RoundingPlace::display);
        if (rule.digits)
            numeric::round_decimal(key, *rule.digits, rule.mode);
        else if (display)
            numeric::round_decimal(key, display->digits, display->mode);
        return key;
    }

    const Scoreboard& board_;
    const IndexModel& model_;
    SiblingWeights siblings_;
    Eigen::MatrixXd results_;
    Eigen::VectorXd full_{};
};

}  // namespace thuocdo::robust::detail
