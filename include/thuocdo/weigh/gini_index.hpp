#pragma once
/// @file
/// Weights by Gini index.

#include <thuocdo/numeric/concentration.hpp>
#include <thuocdo/weigh/detail/spread.hpp>

namespace thuocdo::weigh {

/// w ~ the Gini coefficient of each column: 0 where all units have the same, and
/// (n - 1)/n where one has everything.
///
/// @param x units by indicators, finite, 0 or more. Rows with a missing value are
///        left out. A constant column gets weight 0.
/// @throws NumericError when fewer than two rows are complete, or naming the cells
///         that are negative or infinite.
/// Exact sums over sorted columns: same bits for every order of units.
/// Complexity: O(n log n) a column. Source: Gini (1912); Li, Wang and Zhu (2009), on
/// Gini weights in multiple attribute decisions.
[[nodiscard]] inline SpreadWeights gini_index(MatrixView x) {
    const detail::CompleteRows rows(x);
    detail::require_above(rows, detail::extremes_of(rows), 0.0, true,
                          "Gini weights: negative values", "negative_value", "0 or more",
                          "shift or normalise the indicator first", [](Index) { return true; });
    return detail::by_spread(rows, [&](const numeric::ColumnStatistics&, Index j) {
        return numeric::gini(rows.vector(j));
    });
}

}  // namespace thuocdo::weigh
