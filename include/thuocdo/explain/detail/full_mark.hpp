#pragma once
/// @file
/// The result of a node when everything below it is fully attained.

#include <thuocdo/explain/describe_rule.hpp>
#include <thuocdo/model/index_model.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Score of a leaf that fully attains what its rule asks for: 1 for rules with a
/// best score or a target, the best score of a table; nothing for rules that
/// only place a unit among others (z-score, ranks) and for values as they are.
[[nodiscard]] inline std::optional<double> full_score(const ScoreRule& score) {
    if (const auto* table = std::get_if<rule::StepTable>(&score)) {
        double best = table->steps.front().score;
        for (const rule::Step& step : table->steps) best = std::max(best, step.score);
        return best;
    }
    if (const auto* table = std::get_if<rule::LevelTable>(&score)) {
        double best = table->levels.front().score;
        for (const rule::Level& level : table->levels) best = std::max(best, level.score);
        return best;
    }
    if (const auto* penalty = std::get_if<rule::PenaltyPerOccurrence>(&score))
        return penalty->start;
    const bool to_a_target =
        holds_any<rule::RatioToTarget, rule::DistanceToTarget, rule::GrowthToTarget,
                  rule::DistanceToReference, rule::Goalposts, rule::LogGoalposts>(score);
    if (has_best(score) || to_a_target) return 1.0;
    return std::nullopt;
}

/// Result of a node in full: its points where it has some; else of a leaf the
/// full score of its rule times the scale, of a sum the sum of its children, of
/// a mean the mean of theirs, which for other means than the arithmetic must
/// agree; at most its cap. Bonus and penalty stay outside. Nothing where it does
/// not follow from the model.
[[nodiscard]] inline std::optional<double> full_mark(const IndexModel& model, Index index) {
    const Node& node = model.node(index);
    if (node.points) return std::min(*node.points, node.cap);
    if (node.is_leaf()) {
        const auto score = full_score(node.score);
        return score ? std::optional(std::min(*score * node.multiplier, node.cap)) : std::nullopt;
    }
    double sum = 0.0;
    double weights = 0.0;
    std::optional<double> common;
    bool equal = true;
    for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
        const Node& child = model.node(c);
        const bool by_points = std::holds_alternative<aggregation::Sum>(node.aggregate);
        if (child.role != Role::scored || (!by_points && child.weight == 0.0)) continue;
        const auto mark = full_mark(model, c);
        if (!mark) return std::nullopt;
        equal = equal && (!common || *common == *mark);
        common = mark;
        const double weight = by_points ? 1.0 : child.weight;
        sum += weight * *mark;
        weights += weight;
    }
    if (!common) return std::nullopt;
    double full = *common;
    if (std::holds_alternative<aggregation::Sum>(node.aggregate))
        full = sum;
    else if (!equal && std::holds_alternative<aggregation::Arithmetic>(node.aggregate))
        full = sum / weights;
    else if (!equal)
        return std::nullopt;
    return std::min(full * node.multiplier, node.cap);
}

}  // namespace thuocdo::detail
