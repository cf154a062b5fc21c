#pragma once
/// @file
/// The values of a leaf whose results lie in an interval.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/score_leaf.hpp>
#include <thuocdo/publish/detail/monotone_link.hpp>
#include <thuocdo/publish/knowledge.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <variant>

namespace thuocdo::publish::detail {

/// Rules whose score rises or falls with the value all the way.
[[nodiscard]] inline bool is_monotone(const ScoreRule& score) {
    return thuocdo::detail::holds_any<rule::AsIs, rule::PointsAwarded, rule::RatioToTarget,
                                      rule::Goalposts, rule::LogGoalposts, rule::MinMax,
                                      rule::ZScore, rule::DistanceToBest, rule::DistanceToTarget,
                                      rule::DistanceToReference, rule::FractionOfBest,
                                      rule::Logistic, rule::AdjustedMazziottaPareto>(score);
}

/// The interval of values around the one of the unit that give a result from `lower` to
/// `upper`, by bisection on the score rule with the statistics of the cohort as they are; NaN
/// for inner nodes, missing values and rules that are not monotone.
[[nodiscard]] inline std::pair<double, double> values_with(const Scoreboard& board, Index unit,
                                                           Index node, double lower, double upper) {
    const auto* leaf = thuocdo::detail::leaf_program(board.data(), node);
    const double value = board.value(unit, node);
    if (!leaf || std::isnan(value) || leaf->constant || !is_monotone(leaf->node->score))
        return {missing_value, missing_value};
    const auto rounding = leaf->node->rounding_at(RoundingPlace::result);
    const double half = rounding ? half_unit(rounding->digits) : 0.0;
    const double slack = 1e-12 * (1.0 + std::abs(board.result(unit, node)));
    const auto inside = [&](double x) {
        Eigen::VectorXd in(1);
        Eigen::VectorXd out(1);
        in[0] = x;
        static_cast<void>(thuocdo::detail::LeafScorer(*leaf, in, in, unit, out).run());
        const double result =
            std::clamp(out[0] * leaf->node->multiplier, leaf->node->floor, leaf->node->cap);
        return result >= lower - half - slack && result <= upper + half + slack;
    };
    const auto end = [&](double sign) {
        constexpr int doublings = 80;
        constexpr int halvings = 100;
        double in = value;
        double step = sign * (1.0 + std::abs(value)) * 0x1p-30;
        int k = 0;
        for (; k < doublings && inside(value + step); ++k) {
            in = value + step;
            step *= 2.0;
        }
        if (k == doublings) return sign * infinite;
        double out = value + step;
        for (k = 0; k < halvings; ++k) {
            const double middle = in / 2.0 + out / 2.0;
            (inside(middle) ? in : out) = middle;
        }
        return in;
    };
    if (!inside(value)) return {missing_value, missing_value};
    return {end(-1.0), end(1.0)};
}

}  // namespace thuocdo::publish::detail
