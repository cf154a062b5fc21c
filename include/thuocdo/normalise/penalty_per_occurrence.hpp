#pragma once
/// @file
/// Marks lost for each occurrence.

#include <thuocdo/normalise/detail/column.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise {

/// max(floor, start - penalty * x).
///
/// @param x number of occurrences, a column over units; NaN is missing and stays
///        missing.
/// @param start score without any occurrence, finite.
/// @param penalty score lost for each, finite, 0 or more.
/// @param floor lowest score, finite, not above `start`; may be negative.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: those that are
///         no whole number from 0 to 2^52.
/// @throws NumericError when an argument is not as above, or the lengths differ.
/// Complexity: one pass.
THUOCDO_KERNEL [[nodiscard]] inline Index penalty_per_occurrence(ColumnView x, double start,
                                                                 double penalty, double floor,
                                                                 ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_finite("start", start);
    detail::require_finite("penalty", penalty);
    detail::require_finite("floor", floor);
    if (penalty < 0.0) {
        detail::refuse("penalty_negative", "argument \"penalty\"", detail::text(penalty),
                       "0 or more", "give the loss as a positive number");
    }
    if (floor > start) {
        detail::refuse("arguments_out_of_order", "arguments \"floor\" and \"start\"",
                       detail::text(floor) + " and " + detail::text(start),
                       "\"floor\" not above \"start\"", "");
    }
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const double whole = (cell + detail::whole_number_shift) - detail::whole_number_shift;
        double score = start - penalty * cell;
        score = score < floor ? floor : score;
        score = whole == cell ? score : detail::missing;
        score = cell >= 0.0 ? score : detail::missing;
        const double result = cell <= detail::whole_number_shift ? score : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
