#pragma once
/// @file
/// Angular weights.

#include <thuocdo/weigh/detail/spread.hpp>

namespace thuocdo::weigh {

/// w ~ the angle between each column and the vector of equal entries, in radians:
/// arccos of sum x / (sqrt(n) |x|) for the column over its sum. The result's
/// `spread` has the angles.
///
/// It is computed as arctan of the population deviation over |mean|, which is the
/// same angle without the digits that arccos loses near 0.
///
/// @param x units by indicators, finite. Rows with a missing value are left out. A
///        constant column has angle 0 and weight 0.
/// @throws NumericError when fewer than two rows are complete, naming infinite
///         cells, or the columns that vary about a mean of 0, which cannot be
///         divided by their sum.
/// Sums on a grid: same bits for every order of units; the arctangent is that of the C
/// library.
/// Complexity: three passes. Source: Shuai, Zhou, Xu and Chen (2012), 24th Chinese
/// Control and Decision Conference.
[[nodiscard]] inline SpreadWeights angular(MatrixView x) {
    const detail::CompleteRows rows(x);
    detail::require_mean(rows, "no angle for a column whose sum is 0");
    const auto units = static_cast<double>(rows.rows());
    const double population = std::sqrt((units - 1.0) / units);
    return detail::by_spread(rows, [&](const numeric::ColumnStatistics& column, Index) {
        return std::atan2(population * column.standard_deviation, std::abs(column.mean));
    });
}

}  // namespace thuocdo::weigh
