#pragma once
/// @file
/// Share of the items of a checklist that are met.

#include <thuocdo/normalise/detail/column.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise {

/// k / n: items met by items on the list.
///
/// @param x items met, a column over units; NaN is missing and stays missing.
/// @param items number of items on the list, a whole number from 1 to 2^52.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: those that are
///         no whole number from 0 to `items`.
/// @throws NumericError when `items` is no such number, or the lengths differ.
/// Complexity: one pass.
THUOCDO_KERNEL [[nodiscard]] inline Index checklist(ColumnView x, double items, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    if (!(items >= 1.0 && items <= detail::whole_number_shift && std::floor(items) == items)) {
        detail::refuse("items_not_a_count", "argument \"items\"", detail::text(items),
                       "a whole number from 1 to 2^52", "");
    }
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const double whole = (cell + detail::whole_number_shift) - detail::whole_number_shift;
        // The quotient comes last: g++ 12 would move it behind the conditions
        // into a branch. `whole` is +0 for a cell of -0.
        double met = whole == cell ? whole : detail::missing;
        met = cell >= 0.0 ? met : detail::missing;
        met = cell <= items ? met : detail::missing;
        const double result = met / items;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
