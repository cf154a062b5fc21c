#pragma once
/// @file
/// Weights by standard deviation.

#include <thuocdo/weigh/detail/spread.hpp>

namespace thuocdo::weigh {

/// w ~ s, the sample standard deviation (n - 1) of each column as given. Columns in
/// different units are normalised first, by min-max for instance: the weights
/// follow the units otherwise.
///
/// @param x units by indicators, finite. Rows with a missing value are left out. A
///        constant column gets weight 0.
/// @throws NumericError when fewer than two rows are complete, naming infinite
///         cells, or the columns whose spread is beyond double.
/// Sums on a grid: same bits for every order of units.
/// Complexity: two passes. Source: Deng, Yeh and Willis (2000), Computers and
/// Operations Research 27(10), 963-973.
[[nodiscard]] inline SpreadWeights standard_deviation(MatrixView x) {
    const detail::CompleteRows rows(x);
    return detail::by_spread(rows, [](const numeric::ColumnStatistics& column, Index) {
        return column.standard_deviation;
    });
}

}  // namespace thuocdo::weigh
