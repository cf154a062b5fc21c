#pragma once
/// @file
/// Goalposts on the logarithm: equal ratios count as equal steps.

#include <thuocdo/normalise/detail/column.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise {

/// (ln x - ln lower) / (ln upper - ln lower), or 1 minus that where lower is
/// better. The income index of the HDI is this with 100 and 75000.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param lower, upper finite goalposts in the unit of x, 0 < lower < upper.
/// @param clip hold the result in [0, 1].
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: x <= 0 and
///         infinite ones.
/// @throws NumericError when not 0 < lower < upper, or the lengths differ.
/// Complexity: one logarithm a cell. The logarithm is that of the C library, so
/// the last bit may differ between platforms.
/// Source: UNDP Human Development Report 2023/24, technical note 1.
THUOCDO_KERNEL [[nodiscard]] inline Index log_goalposts(ColumnView x, double lower, double upper,
                                                        Direction direction, bool clip,
                                                        ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_positive("lower", lower);
    detail::require_below("lower", lower, "upper", upper);
    const bool rises = direction == Direction::higher_is_better;
    const double worst = std::log(rises ? lower : upper);
    const double width = std::log(rises ? upper : lower) - worst;
    if (width == 0.0) {
        detail::refuse("arguments_out_of_order", "arguments \"lower\" and \"upper\"",
                       detail::text(lower) + " and " + detail::text(upper),
                       "goalposts with different logarithms", "set them further apart");
    }
    const double floor = clip ? 0.0 : -detail::unlimited;
    const double cap = clip ? 1.0 : detail::unlimited;
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const bool valid = cell > 0.0 && cell <= detail::largest_finite;
        double share = (std::log(valid ? cell : 1.0) - worst) / width + 0.0;
        share = share < floor ? floor : share;
        share = share > cap ? cap : share;
        const double result = valid ? share : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
