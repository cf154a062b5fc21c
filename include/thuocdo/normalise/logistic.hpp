#pragma once
/// @file
/// Logistic curve.

#include <thuocdo/normalise/detail/column.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise {

/// 1 / (1 + exp(-steepness * (x - midpoint))); where lower is better the sign of
/// the exponent is turned. The midpoint scores one half.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param midpoint finite, in the unit of x.
/// @param steepness finite and above 0, in 1 / unit of x.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones.
/// @throws NumericError when an argument is not as above, or the lengths differ.
/// Complexity: one exponential a cell. The exponential is that of the C library,
/// so the last bit may differ between platforms.
THUOCDO_KERNEL [[nodiscard]] inline Index logistic(ColumnView x, double midpoint, double steepness,
                                                   Direction direction, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_finite("midpoint", midpoint);
    detail::require_positive("steepness", steepness);
    const double rate = direction == Direction::higher_is_better ? -steepness : steepness;
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const double score = 1.0 / (1.0 + std::exp(rate * (cell - midpoint)));
        const double result = std::abs(cell) <= detail::largest_finite ? score : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
