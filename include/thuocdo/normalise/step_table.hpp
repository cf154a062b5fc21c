#pragma once
/// @file
/// Score by a table of steps, or by straight lines between its points.

#include <thuocdo/normalise/detail/column.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::normalise {

/// The score of the largest threshold that is not above x. With `interpolate`
/// the score runs in a straight line from one threshold to the next and is
/// constant above the last. Whether more is better lies in the scores.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param from thresholds, strictly ascending, one or more.
/// @param scores one score a threshold.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: those below the
///         first threshold (out of the table) and infinite ones.
/// @throws NumericError when the table is empty, not ascending, not finite or of
///         two sizes, or the column lengths differ.
/// Complexity: one pass a threshold over blocks that stay in the first cache;
/// faster than a search for the short tables of published rules.
THUOCDO_KERNEL [[nodiscard]] inline Index step_table(ColumnView x, std::span<const double> from,
                                                     std::span<const double> scores,
                                                     bool interpolate, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    detail::require_table_not_empty("from", from);
    detail::require_table("from", from, scores, from.size(), true);
    std::uint64_t refused = 0;
    double score[detail::block_rows];
    for (Index start = 0; start < x.size(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, x.size() - start);
        const double* const cells = x.data() + start;
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) score[i] = detail::missing;
        for (std::size_t k = 0; k < from.size(); ++k) {
            const double threshold = from[k];
            const double level = scores[k];
            if (!interpolate || k + 1 == from.size()) {
                for (Index i = 0; i < count; ++i)
                    score[i] = cells[i] >= threshold ? level : score[i];
                continue;
            }
            const double run = from[k + 1] - threshold;
            const double rise = scores[k + 1] - level;
            const double lowest = std::min(level, scores[k + 1]);
            const double highest = std::max(level, scores[k + 1]);
            for (Index i = 0; i < count; ++i) {
                // Held between the two scores, so that rounding cannot break
                // the order at a threshold.
                double between = level + (cells[i] - threshold) / run * rise;
                between = between < lowest ? lowest : between;
                between = between > highest ? highest : between;
                score[i] = cells[i] >= threshold ? between : score[i];
            }
        }
        THUOCDO_CELLWISE
        for (Index i = 0; i < count; ++i) {
            const double cell = cells[i];
            const double result = cell <= detail::largest_finite ? score[i] : detail::missing;
            results[i] = result;
            refused += detail::nan_bit(result) - detail::nan_bit(cell);
        }
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
