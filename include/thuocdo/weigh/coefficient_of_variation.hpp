#pragma once
/// @file
/// Weights by coefficient of variation.

#include <thuocdo/weigh/detail/spread.hpp>

namespace thuocdo::weigh {

/// w ~ s / |mean|, with s the sample standard deviation (n - 1) of each column as
/// given. Meaningful for scales with a natural zero.
///
/// @param x units by indicators, finite. Rows with a missing value are left out. A
///        constant column gets weight 0.
/// @throws NumericError when fewer than two rows are complete, naming infinite
///         cells, the columns that vary about a mean of 0, or those whose spread is
///         beyond double.
/// Sums on a grid: same bits for every order of units.
/// Complexity: three passes. Source: Pearson (1896); Zardari, Ahmed, Shirazi and
/// Yusop (2015), Weighting Methods and their Effects on Multi-Criteria Decision
/// Making Model Outcomes.
[[nodiscard]] inline SpreadWeights coefficient_of_variation(MatrixView x) {
    const detail::CompleteRows rows(x);
    detail::require_mean(rows, "no coefficient of variation about a mean of 0");
    return detail::by_spread(rows, [](const numeric::ColumnStatistics& column, Index) {
        return column.standard_deviation / std::abs(column.mean);
    });
}

}  // namespace thuocdo::weigh
