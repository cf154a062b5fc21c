#pragma once
/// @file
/// A place to reach in an outside ranking, e.g. among the first 50 countries.

#include <thuocdo/normalise/detail/column.hpp>

#include <cstdint>

namespace thuocdo::normalise {

/// 1 for a rank at the target or better, a straight line down to 0 at `worst`,
/// 0 beyond.
///
/// @param x ranks from 1 (best), a column over units; averaged ranks of ties are
///        allowed; NaN is missing and stays missing.
/// @param target, worst finite ranks, 1 <= target < worst.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: x < 1 and
///         infinite ones.
/// @throws NumericError when not 1 <= target < worst, or the lengths differ.
/// Complexity: one pass.
THUOCDO_KERNEL [[nodiscard]] inline Index rank_target(ColumnView x, double target, double worst,
                                                      ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_below("target", target, "worst", worst);
    if (target < 1.0)
        detail::refuse("target_not_a_rank", "argument \"target\"", detail::text(target),
                       "1 or more", "");
    const double width = worst - target;
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        double score = (worst - cell) / width;
        score = score < 0.0 ? 0.0 : score;
        score = score > 1.0 ? 1.0 : score;
        score = cell >= 1.0 ? score : detail::missing;
        const double result = cell <= detail::largest_finite ? score : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
