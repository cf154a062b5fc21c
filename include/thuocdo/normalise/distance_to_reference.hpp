#pragma once
/// @file
/// Distance to a named reference unit.

#include <thuocdo/normalise/detail/linear.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <string>

namespace thuocdo::normalise {

/// 1 - (reference - x) / (reference - minimum); where lower is better on the
/// negated column, which is 1 - (x - reference) / (maximum - reference). The
/// reference scores 1, the worst unit 0. Computed as the equal quotient from the
/// worst value.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param reference value of the reference unit, finite.
/// @param minimum, maximum finite statistics of the column.
/// @param capped hold units that are better than the reference at 1.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones.
/// @throws NumericError when the reference is missing, or not better than the
///         worst value, or a statistic is out of order; or the lengths differ.
/// Complexity: one pass. Source: OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index distance_to_reference(ColumnView x, double reference, double minimum,
                                                 double maximum, Direction direction, bool capped,
                                                 ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_finite("reference", reference);
    detail::require_finite("minimum", minimum);
    detail::require_finite("maximum", maximum);
    detail::require_statistics(minimum, maximum);
    const bool rises = direction == Direction::higher_is_better;
    const double worst = rises ? minimum : maximum;
    if (rises ? !(reference > worst) : !(reference < worst)) {
        detail::refuse("reference_is_worst", "argument \"reference\"", detail::text(reference),
                       std::string("a value ") + (rises ? "above" : "below") + " the worst, " +
                           detail::text(worst),
                       "name a reference unit that is not the worst one");
    }
    return detail::linear(x, worst, reference, -detail::unlimited, capped ? 1.0 : detail::unlimited,
                          out);
}

}  // namespace thuocdo::normalise
