#pragma once
/// @file
/// Missing periods take the last observed value.

#include <thuocdo/prepare/detail/series.hpp>

#include <string>
#include <vector>

namespace thuocdo::prepare {

/// A missing period takes the last observed value of the same unit, at most
/// `longest_gap` periods old. Observed values keep their bits, and every unit and
/// period its place.
///
/// @param x one indicator: rows units, columns periods in order of time; NaN is
///        missing.
/// @param longest_gap 1 or more: a value is carried over that many columns.
/// @param out of the shape of x; may be x.
/// @return the cells filled, and those that stay missing: before the first observed
///         period and beyond the longest gap.
/// @throws NumericError when longest_gap < 1 or the shapes differ, or naming
///         infinite cells.
/// Complexity: one pass.
inline BlockImputation carry_forward(BlockView x, Index longest_gap, BlockOut out) {
    if (longest_gap < 1)
        detail::refuse("gap_out_of_range", "argument \"longest_gap\"", std::to_string(longest_gap),
                       "1 or more periods", "");
    return detail::fill_series(
        x,
        [longest_gap](const std::vector<double>& series, Index before, Index /*after*/,
                      Index period) {
            const bool known = before != detail::no_period && period - before <= longest_gap;
            return known ? series[static_cast<std::size_t>(before)] : detail::missing;
        },
        out);
}

}  // namespace thuocdo::prepare
