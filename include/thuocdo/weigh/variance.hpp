#pragma once
/// @file
/// Weights by the variance of min-max columns.

#include <thuocdo/weigh/detail/spread.hpp>

namespace thuocdo::weigh {

/// w ~ (s / (maximum - minimum))^2: the sample variance (n - 1) of each column after
/// min-max normalisation, whose direction does not matter.
///
/// @param x units by indicators, finite. Rows with a missing value are left out. A
///        constant column gets weight 0.
/// @throws NumericError when fewer than two rows are complete, naming infinite
///         cells, or the columns whose spread is beyond double.
/// Sums on a grid: same bits for every order of units.
/// Complexity: two passes. Source: Rao and Patel (2010), International Journal of
/// Production Research 48(16), 4665-4682, on statistical variance.
[[nodiscard]] inline SpreadWeights variance(MatrixView x) {
    const detail::CompleteRows rows(x);
    return detail::by_spread(rows, [](const numeric::ColumnStatistics& column, Index) {
        const double scaled = column.standard_deviation / (column.maximum - column.minimum);
        return scaled * scaled;
    });
}

}  // namespace thuocdo::weigh
