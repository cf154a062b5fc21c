#pragma once
/// @file
/// Yes or no.

#include <thuocdo/normalise/detail/column.hpp>

#include <cstdint>

namespace thuocdo::normalise {

/// 1 for yes, 0 for no; anything else is refused.
///
/// @param x a column over units of 0 and 1; NaN is missing and stays missing.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: those that are
///         neither 0 nor 1.
/// @throws NumericError when the lengths differ.
/// Complexity: one pass.
THUOCDO_KERNEL [[nodiscard]] inline Index yes_no(ColumnView x, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        // Of the finite numbers only 0 and 1 equal their squares; the added zero
        // turns -0 into +0.
        const double square = cell * cell + 0.0;
        const double found = square == cell ? square : detail::missing;
        const double result = cell <= 1.0 ? found : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
