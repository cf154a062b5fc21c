#pragma once
/// @file
/// Logarithmic percentage change-driven weights (LOPCOW).

#include <thuocdo/weigh/detail/spread.hpp>

namespace thuocdo::weigh {

/// w ~ |100 ln(root mean square / s)| of each min-max column, with s its sample
/// deviation (n - 1). The result's `spread` has these percentage values.
///
/// With m the mean of the min-max column it is 50 |ln(1 + m^2/s^2 - 1/n)|, which is
/// how it is computed. Note that a column weighs more the less it varies about its
/// mean; one that does not vary at all has nothing to say and gets weight 0. So does
/// a column where one unit has everything and the others the worst, as all columns of
/// two units are: where no column is left, the weights are equal and `all_constant`
/// says so.
///
/// @param x units by indicators, finite. Rows with a missing value are left out.
/// @param directions one a column; where lower is better, min-max is reversed.
/// @throws NumericError when the sizes differ, fewer than two rows are complete,
///         naming infinite cells, or the columns whose spread is beyond double.
/// Sums on a grid: same bits for every order of units; the logarithm is that of the C
/// library.
/// Complexity: two passes. Source: Ecer and Pamucar (2022), Omega 112, 102690.
[[nodiscard]] inline SpreadWeights lopcow(MatrixView x, std::span<const Direction> directions) {
    detail::require_directions(directions, x.cols());
    const detail::CompleteRows rows(x);
    const double reciprocal_of_units = 1.0 / static_cast<double>(rows.rows());
    constexpr double half_of_a_hundred = 50.0;
    constexpr double rounding = 1e-14;
    return detail::by_spread(rows, [&](const numeric::ColumnStatistics& column, Index j) {
        const double above_worst = detail::rises(directions, j) ? column.mean - column.minimum
                                                                : column.maximum - column.mean;
        const double ratio = above_worst / column.standard_deviation;
        const double beyond_one = ratio * ratio - reciprocal_of_units;
        return std::abs(beyond_one) <= rounding
                   ? 0.0
                   : half_of_a_hundred * std::abs(std::log1p(beyond_one));
    });
}

}  // namespace thuocdo::weigh
