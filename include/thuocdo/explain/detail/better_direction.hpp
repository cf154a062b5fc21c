#pragma once
/// @file
/// Which way the value of a leaf has to move for its unit to gain.

#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Direction of a table of values and scores: that of its scores where they rise
/// or fall all along.
[[nodiscard]] inline std::optional<Direction> table_direction(
    std::vector<std::pair<double, double>> rows) {
    std::sort(rows.begin(), rows.end());
    bool rises = false;
    bool falls = false;
    for (std::size_t k = 1; k < rows.size(); ++k) {
        rises = rises || rows[k].second > rows[k - 1].second;
        falls = falls || rows[k].second < rows[k - 1].second;
    }
    if (rises == falls) return std::nullopt;
    return rises ? Direction::higher_is_better : Direction::lower_is_better;
}

/// The direction in which the value of a leaf gets better: that of the node,
/// except where its rule has one of its own (ranks, penalties, tables), and the
/// other one where the result is taken off as a penalty. Nothing where more is
/// neither better nor worse: a target range, a table that rises and falls.
[[nodiscard]] inline std::optional<Direction> better_direction(const Node& leaf) {
    std::optional<Direction> direction = leaf.direction;
    if (holds_any<rule::RankTarget, rule::PenaltyPerOccurrence>(leaf.score))
        direction = Direction::lower_is_better;
    if (holds_any<rule::YesNo, rule::Checklist, rule::PointsAwarded, rule::AboveBelowMean>(
            leaf.score))
        direction = Direction::higher_is_better;
    if (holds_any<rule::TargetRange>(leaf.score)) direction.reset();
    std::vector<std::pair<double, double>> rows;
    if (const auto* table = std::get_if<rule::StepTable>(&leaf.score))
        for (const rule::Step& step : table->steps) rows.emplace_back(step.from, step.score);
    if (const auto* table = std::get_if<rule::LevelTable>(&leaf.score))
        for (const rule::Level& level : table->levels) rows.emplace_back(level.value, level.score);
    if (!rows.empty()) direction = table_direction(std::move(rows));
    // A value that lowers the total by itself is stated as lower is better or
    // left at the default; either way less of it is better.
    if (leaf.role == Role::penalty && holds_any<rule::AsIs>(leaf.score))
        return Direction::lower_is_better;
    if (leaf.role == Role::penalty && direction)
        direction = *direction == Direction::higher_is_better ? Direction::lower_is_better
                                                              : Direction::higher_is_better;
    return direction;
}

}  // namespace thuocdo::detail
