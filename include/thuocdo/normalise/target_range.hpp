#pragma once
/// @file
/// A range that earns full marks, falling off on both sides.

#include <thuocdo/normalise/detail/column.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace thuocdo::normalise {

/// 1 inside [lower, upper], a straight line down to 0 at lower_limit and
/// upper_limit, 0 beyond. A limit equal to its end of the range is a sharp edge.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param lower_limit, lower, upper, upper_limit finite, in this order, equal
///        values allowed.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones.
/// @throws NumericError when the arguments are out of order or not finite, or
///         the lengths differ.
/// Complexity: one pass.
THUOCDO_KERNEL [[nodiscard]] inline Index target_range(ColumnView x, double lower_limit,
                                                       double lower, double upper,
                                                       double upper_limit, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_finite("lower_limit", lower_limit);
    detail::require_finite("lower", lower);
    detail::require_finite("upper", upper);
    detail::require_finite("upper_limit", upper_limit);
    if (!(lower_limit <= lower && lower <= upper && upper <= upper_limit)) {
        detail::refuse("arguments_out_of_order", "arguments \"lower_limit\" to \"upper_limit\"",
                       detail::text(lower_limit) + ", " + detail::text(lower) + ", " +
                           detail::text(upper) + ", " + detail::text(upper_limit),
                       "values that do not fall", "");
    }
    // A sharp edge is a slope over the smallest width there is: 0 at the edge
    // stays 0, anything beyond becomes minus infinity and ends as 0.
    constexpr double sharp = std::numeric_limits<double>::denorm_min();
    const double lower_width = lower > lower_limit ? lower - lower_limit : sharp;
    const double upper_width = upper_limit > upper ? upper_limit - upper : sharp;
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const double rising = 1.0 + (cell - lower) / lower_width;
        const double falling = 1.0 + (upper - cell) / upper_width;
        double score = rising < falling ? rising : falling;
        score = score > 1.0 ? 1.0 : score;
        score = score < 0.0 ? 0.0 : score;
        const double result = std::abs(cell) <= detail::largest_finite ? score : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
