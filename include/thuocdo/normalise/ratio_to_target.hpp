#pragma once
/// @file
/// Ratio to a target, capped at full marks where the rule says so.

#include <thuocdo/normalise/detail/share.hpp>
#include <thuocdo/numeric/direction.hpp>

namespace thuocdo::normalise {

/// x / target where higher is better, target / x where lower is better.
/// Capped: never above 1.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param target finite and above 0, in the unit of x.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones;
///         where lower is better also x < 0, and x = 0 unless capped (capped,
///         x = 0 is full marks). A negative x where higher is better gives a
///         negative ratio.
/// @throws NumericError when target <= 0 or not finite, or the lengths differ.
/// Complexity: one pass. Source: scoring rules of indices 766 and DTI (Viet Nam).
[[nodiscard]] inline Index ratio_to_target(ColumnView x, double target, Direction direction,
                                           bool capped, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_positive("target", target);
    const double cap = capped ? 1.0 : detail::unlimited;
    if (direction == Direction::higher_is_better)
        return detail::share_of_reference(x, target, cap, out);
    return detail::reference_over_value(x, target, cap, out);
}

}  // namespace thuocdo::normalise
