#pragma once
/// @file
/// Min-max over the peer group.

#include <thuocdo/normalise/detail/linear.hpp>
#include <thuocdo/numeric/direction.hpp>

namespace thuocdo::normalise {

/// (x - minimum) / (maximum - minimum), or (maximum - x) / (maximum - minimum)
/// where lower is better.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param minimum, maximum statistics over the group, period or base period
///        that the model names; cells outside give results outside [0, 1]. NaN
///        means that nothing was observed there.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones,
///         and all of them when the range is zero or the statistics are NaN.
/// @throws NumericError when minimum > maximum, a statistic is infinite, or the
///         lengths differ.
/// Complexity: one pass. Source: OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index min_max(ColumnView x, double minimum, double maximum,
                                   Direction direction, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_statistics(minimum, maximum);
    const bool rises = direction == Direction::higher_is_better;
    return detail::linear(x, rises ? minimum : maximum, rises ? maximum : minimum,
                          -detail::unlimited, detail::unlimited, out);
}

}  // namespace thuocdo::normalise
