#pragma once
/// @file
/// The scale of the adjusted Mazziotta-Pareto index.

#include <thuocdo/normalise/z_score.hpp>

#include <string>

namespace thuocdo::normalise {

/// 100 + 30 (x - reference) / half_range, or 100 - 30 (x - reference) / half_range
/// where lower is better: the reference has 100, the goalposts reference -/+
/// half_range have 70 and 130. Not clipped: a reference away from the middle of the
/// data leaves values outside.
///
/// With aggregate::mazziotta_pareto and a deviation that divides by n this is the
/// AMPI, comparable over time because the goalposts are fixed. (The MPI takes
/// z_score with mean 100 and deviation 10 instead, and divides by n - 1.)
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param reference the value that counts 100, e.g. the national one in the base
///        year; NaN means that it does not exist.
/// @param half_range half of maximum - minimum over all units and periods compared;
///        NaN means that nothing was observed.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones, and
///         all of them when half_range is zero or an argument is NaN.
/// @throws NumericError when half_range < 0, an argument is infinite, or the lengths
///         differ.
/// Complexity: one pass. Source: M. Mazziotta and A. Pareto (2016), "On a
/// generalized non-compensatory composite index for measuring socio-economic
/// phenomena", Social Indicators Research 127, 983-1003.
[[nodiscard]] inline Index adjusted_mazziotta_pareto(ColumnView x, double reference,
                                                     double half_range, Direction direction,
                                                     ColumnOut out) {
    constexpr double score_of_reference = 100.0;
    constexpr double score_half_range = 30.0;
    if (half_range < 0.0)
        detail::refuse("half_range_negative", "argument \"half_range\"", detail::text(half_range),
                       "0 or more", "give half of maximum - minimum");
    return z_score(x, reference, half_range, direction, score_of_reference, score_half_range, out);
}

}  // namespace thuocdo::normalise
