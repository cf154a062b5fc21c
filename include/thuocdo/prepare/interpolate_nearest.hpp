#pragma once
/// @file
/// Missing periods take the value of the nearest observed one.

#include <thuocdo/prepare/detail/series.hpp>

#include <span>
#include <vector>

namespace thuocdo::prepare {

/// A missing period takes the value of the observed period of the same unit that
/// is nearest in time; of two equally near the earlier one, whose value was known
/// then. Periods before the first and after the last observed one take those.
/// Observed values keep their bits.
///
/// @param x one indicator: rows units, columns periods; NaN is missing.
/// @param positions of the periods in time, e.g. years, strictly rising.
/// @param out of the shape of x; may be x.
/// @return the cells filled, and those of units without any observed period.
/// @throws NumericError when the shapes do not fit, naming positions that are not
///         finite or do not rise, or naming infinite cells.
/// Complexity: one pass.
inline BlockImputation interpolate_nearest(BlockView x, std::span<const double> positions,
                                           BlockOut out) {
    detail::require_positions(x, positions);
    return detail::fill_series(
        x,
        [positions](const std::vector<double>& series, Index before, Index after, Index period) {
            const bool has_before = before != detail::no_period;
            const bool has_after = after != detail::no_period;
            if (!has_before && !has_after) return detail::missing;
            if (!has_after) return series[static_cast<std::size_t>(before)];
            if (!has_before) return series[static_cast<std::size_t>(after)];
            const auto first = static_cast<std::size_t>(before);
            const auto last = static_cast<std::size_t>(after);
            const double now = positions[static_cast<std::size_t>(period)];
            return now - positions[first] <= positions[last] - now ? series[first] : series[last];
        },
        out);
}

}  // namespace thuocdo::prepare
