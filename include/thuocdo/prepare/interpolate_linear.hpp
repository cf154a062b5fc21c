#pragma once
/// @file
/// Missing periods on the straight line between their observed neighbours.

#include <thuocdo/prepare/detail/series.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace thuocdo::prepare {

namespace detail {

/// a (1 - share) + b share, held between a and b.
[[nodiscard]] THUOCDO_KERNEL inline double on_line(double before, double after, double start,
                                                   double end, double position) {
    THUOCDO_EXACT
    // Halves, so that the length of a very long time is finite.
    const double share = (position / 2.0 - start / 2.0) / (end / 2.0 - start / 2.0);
    const double step = after - before;
    const double value =
        std::isfinite(step) ? before + share * step : before * (1.0 - share) + after * share;
    return std::clamp(value, std::min(before, after), std::max(before, after));
}

}  // namespace detail

/// A missing period between two observed ones of the same unit takes the value on
/// the straight line between them, by its position in time. Nothing is
/// extrapolated. Observed values keep their bits.
///
/// @param x one indicator: rows units, columns periods; NaN is missing.
/// @param positions of the periods in time, e.g. years, strictly rising.
/// @param out of the shape of x; may be x.
/// @return the cells filled, and those that stay missing: before the first and after
///         the last observed period of a unit.
/// @throws NumericError when the shapes do not fit, naming positions that are not
///         finite or do not rise, or naming infinite cells.
/// Complexity: one pass.
inline BlockImputation interpolate_linear(BlockView x, std::span<const double> positions,
                                          BlockOut out) {
    detail::require_positions(x, positions);
    return detail::fill_series(
        x,
        [positions](const std::vector<double>& series, Index before, Index after, Index period) {
            if (before == detail::no_period || after == detail::no_period) return detail::missing;
            const auto first = static_cast<std::size_t>(before);
            const auto last = static_cast<std::size_t>(after);
            return detail::on_line(series[first], series[last], positions[first], positions[last],
                                   positions[static_cast<std::size_t>(period)]);
        },
        out);
}

}  // namespace thuocdo::prepare
