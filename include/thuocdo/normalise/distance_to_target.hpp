#pragma once
/// @file
/// The share of the way from the worst unit to a target.

#include <thuocdo/normalise/detail/linear.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <string>

namespace thuocdo::normalise {

/// (x - minimum) / (target - minimum), or (maximum - x) / (maximum - target)
/// where lower is better.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param target finite, on the better side of the worst value.
/// @param minimum, maximum statistics of the column; NaN means that nothing was
///        observed.
/// @param capped hold units that are better than the target at 1.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones,
///         and all of them when the statistics are NaN.
/// @throws NumericError when the target is on the wrong side of the worst value
///         or equal to it, a statistic is out of order, or the lengths differ.
/// Complexity: one pass. Source: OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index distance_to_target(ColumnView x, double target, double minimum,
                                              double maximum, Direction direction, bool capped,
                                              ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_finite("target", target);
    detail::require_statistics(minimum, maximum);
    const bool rises = direction == Direction::higher_is_better;
    const double worst = rises ? minimum : maximum;
    if (rises ? target <= worst : target >= worst) {
        detail::refuse("target_on_wrong_side", "argument \"target\"", detail::text(target),
                       std::string("a value ") + (rises ? "above" : "below") + " the worst, " +
                           detail::text(worst),
                       "correct the target or the direction of the indicator");
    }
    return detail::linear(x, worst, target, -detail::unlimited, capped ? 1.0 : detail::unlimited,
                          out);
}

}  // namespace thuocdo::normalise
