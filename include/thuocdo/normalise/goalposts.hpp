#pragma once
/// @file
/// Goalposts: the share of the way between two fixed values.

#include <thuocdo/normalise/detail/linear.hpp>
#include <thuocdo/numeric/direction.hpp>

namespace thuocdo::normalise {

/// Share of the way from the worse goalpost to the better one:
/// (x - lower) / (upper - lower), or (upper - x) / (upper - lower) where lower
/// is better. The caller scales 0..1 to points.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param lower, upper finite goalposts in the unit of x, lower < upper.
/// @param clip hold the result in [0, 1] (the usual rule of published indices).
/// @param out as long as x; may be the column x itself, not a shifted part of it.
/// @return number of observed cells refused and written as NaN: infinite ones,
///         and those whose result leaves the range of double.
/// @throws NumericError when lower >= upper, a goalpost is not finite, or the
///         lengths differ.
/// Complexity: one pass. Source: UNDP Human Development Report 2023/24,
/// technical note 1; OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index goalposts(ColumnView x, double lower, double upper, Direction direction,
                                     bool clip, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_below("lower", lower, "upper", upper);
    const bool rises = direction == Direction::higher_is_better;
    const double floor = clip ? 0.0 : -detail::unlimited;
    const double cap = clip ? 1.0 : detail::unlimited;
    return detail::linear(x, rises ? lower : upper, rises ? upper : lower, floor, cap, out);
}

}  // namespace thuocdo::normalise
