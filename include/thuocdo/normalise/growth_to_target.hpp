#pragma once
/// @file
/// Growth since the previous period against a target growth.

#include <thuocdo/normalise/detail/column.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise {

/// (x / previous - 1) / target. The growth is computed as the equal
/// (x - previous) / previous, so that 107 after 100 meets a target of 0.07
/// exactly.
///
/// @param x this period, a column over units; NaN is missing and stays missing.
/// @param previous the period before, as long as x; NaN makes the result
///        missing.
/// @param target growth as a share, finite: above 0 where higher is better,
///        below 0 where lower is better (a fall of a tenth is -0.1).
/// @param capped never above 1. Movement the wrong way gives a negative result.
/// @param out as long as x; may be the column x or the column previous itself.
/// @return number of units refused and written as NaN among those with both
///         cells observed: previous <= 0, and infinite cells or results.
/// @throws NumericError when the target is 0, not finite or has the wrong sign,
///         or the lengths differ.
/// Complexity: one pass.
THUOCDO_KERNEL [[nodiscard]] inline Index growth_to_target(ColumnView x, ColumnView previous,
                                                           double target, Direction direction,
                                                           bool capped, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_same_length(previous.size(), out.size(), "previous");
    detail::require_finite("target", target);
    const bool rises = direction == Direction::higher_is_better;
    if (rises ? target <= 0.0 : target >= 0.0) {
        detail::refuse("target_on_wrong_side", "argument \"target\"", detail::text(target),
                       rises ? "a growth above 0" : "a growth below 0",
                       "correct the target or the direction");
    }
    const double cap = capped ? 1.0 : detail::unlimited;
    const double* const cells = x.data();
    const double* const bases = previous.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const double base = bases[i];
        // The added zero turns -0 into +0.
        double share = (cell - base) / base / target + 0.0;
        share = std::abs(share) <= detail::largest_finite ? share : detail::missing;
        share = share > cap ? cap : share;
        const double result = base > 0.0 ? share : detail::missing;
        results[i] = result;
        const std::uint64_t unobserved = detail::nan_bit(cell) | detail::nan_bit(base);
        refused += detail::nan_bit(result) - unobserved;
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
