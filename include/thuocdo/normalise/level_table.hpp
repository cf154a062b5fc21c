#pragma once
/// @file
/// Score by a table of named levels, e.g. full, half and none.

#include <thuocdo/normalise/detail/column.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::normalise {

/// The score of the table entry that equals x exactly.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param values the levels, finite, each once, one or more, in any order.
/// @param scores one score a level.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: those that are
///         no level of the table.
/// @throws NumericError when the table is empty, not finite, of two sizes or
///         lists a level twice, or the column lengths differ.
/// Complexity: one pass a level over blocks that stay in the first cache.
[[nodiscard]] inline Index level_table(ColumnView x, std::span<const double> values,
                                       std::span<const double> scores, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_table_not_empty("values", values);
    detail::require_table("scores", {}, scores, values.size(), true);
    for (std::size_t k = 0; k < values.size(); ++k) {
        detail::require_finite("values", values[k]);
        if (std::count(values.begin(), values.end(), values[k]) != 1) {
            detail::refuse("level_twice", "values[" + std::to_string(k) + ']',
                           detail::text(values[k]) + " more than once", "each level once", "");
        }
    }
    std::uint64_t refused = 0;
    double score[detail::block_rows];
    for (Index start = 0; start < x.size(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, x.size() - start);
        const double* const cells = x.data() + start;
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) score[i] = detail::missing;
        for (std::size_t k = 0; k < values.size(); ++k) {
            const double value = values[k];
            const double level = scores[k];
            for (Index i = 0; i < count; ++i) score[i] = cells[i] == value ? level : score[i];
        }
        THUOCDO_CELLWISE
        for (Index i = 0; i < count; ++i) {
            const double result = score[i];
            refused += detail::nan_bit(result) - detail::nan_bit(cells[i]);
            results[i] = result;
        }
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
