#pragma once
/// @file
/// Distance to the best unit, as a share of the range.

#include <thuocdo/normalise/detail/linear.hpp>
#include <thuocdo/numeric/direction.hpp>

namespace thuocdo::normalise {

/// 1 - (maximum - x) / (maximum - minimum); where lower is better on the
/// negated column, which is 1 - (x - minimum) / (maximum - minimum). Computed as
/// the equal quotient from the worst value, which loses no digits near the worst.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param minimum, maximum statistics of the column; NaN means that nothing was
///        observed.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones,
///         and all of them when the range is zero or the statistics are NaN.
/// @throws NumericError when minimum > maximum, a statistic is infinite, or the
///         lengths differ.
/// Complexity: one pass. Source: OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index distance_to_best(ColumnView x, double minimum, double maximum,
                                            Direction direction, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_statistics(minimum, maximum);
    const bool rises = direction == Direction::higher_is_better;
    return detail::linear(x, rises ? minimum : maximum, rises ? maximum : minimum,
                          -detail::unlimited, detail::unlimited, out);
}

}  // namespace thuocdo::normalise
