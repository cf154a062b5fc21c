#pragma once
/// @file
/// Fraction of the best unit.

#include <thuocdo/normalise/detail/share.hpp>
#include <thuocdo/numeric/direction.hpp>

namespace thuocdo::normalise {

/// x / maximum where higher is better, minimum / x where lower is better: the
/// best unit has 1 in both directions. (Turning the sign of a cost and dividing
/// by its maximum would give the worst unit the most.)
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param minimum, maximum statistics of the column; NaN means that nothing was
///        observed.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones;
///         where lower is better x <= 0; and all of them when the best value is
///         not above 0, for there is no fraction of it.
/// @throws NumericError when minimum > maximum, a statistic is infinite, or the
///         lengths differ.
/// Complexity: one pass. Source: OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index fraction_of_best(ColumnView x, double minimum, double maximum,
                                            Direction direction, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_statistics(minimum, maximum);
    const bool rises = direction == Direction::higher_is_better;
    const double best = rises ? maximum : minimum;
    const double reference = best > 0.0 ? best : detail::missing;
    if (rises) return detail::share_of_reference(x, reference, detail::unlimited, out);
    return detail::reference_over_value(x, reference, detail::unlimited, out);
}

}  // namespace thuocdo::normalise
