#pragma once
/// @file
/// Z-score with a chosen mean and deviation.

#include <thuocdo/normalise/detail/column.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise {

/// (x - mean) / deviation * target_deviation + target_mean; where lower is
/// better the sign of the first factor is turned.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param mean, deviation statistics of the column (the usual deviation divides
///        by n - 1); NaN means that they do not exist.
/// @param target_mean, target_deviation of the result, e.g. 0 and 1, or 100 and
///        10; the deviation is above 0.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones,
///         and all of them when the deviation is zero or a statistic is NaN.
/// @throws NumericError when deviation < 0, target_deviation <= 0, an argument
///         is infinite, or the lengths differ.
/// Complexity: one pass. Source: OECD/JRC handbook (2008), step 5.
THUOCDO_KERNEL [[nodiscard]] inline Index z_score(ColumnView x, double mean, double deviation,
                                                  Direction direction, double target_mean,
                                                  double target_deviation, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_finite("target_mean", target_mean);
    detail::require_positive("target_deviation", target_deviation);
    if (std::isinf(mean)) detail::require_finite("mean", mean);
    if (std::isinf(deviation)) detail::require_finite("deviation", deviation);
    if (deviation < 0.0) {
        detail::refuse("deviation_negative", "argument \"deviation\"", detail::text(deviation),
                       "0 or more", "");
    }
    const double spread =
        direction == Direction::higher_is_better ? target_deviation : -target_deviation;
    // A constant column has no z-score; NaN refuses every cell of it.
    const double divisor = deviation > 0.0 ? deviation : detail::missing;
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const double value = (cell - mean) / divisor * spread + target_mean;
        const double result = std::abs(value) <= detail::largest_finite ? value : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
