#pragma once
/// @file
/// Classes by cuts, usually percentiles of the column.

#include <thuocdo/normalise/detail/column.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::normalise {

/// scores[c], where c counts the cuts that x reaches: cuts <= x where higher is
/// better, cuts >= x where lower is better. The scores run from the worst class
/// to the best in both directions.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param cuts of x itself, ascending, equal ones allowed (a class between equal
///        cuts is empty). Computed by the caller.
/// @param scores one more than the cuts.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones.
/// @throws NumericError when the cuts fall, a number is not finite, the sizes do
///         not fit, or the column lengths differ.
/// Complexity: one pass a cut over blocks that stay in the first cache.
/// Source: OECD/JRC handbook (2008), step 5, categorical scale.
[[nodiscard]] inline Index categorical_scale(ColumnView x, std::span<const double> cuts,
                                             std::span<const double> scores, Direction direction,
                                             ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    detail::require_table("cuts", cuts, scores, cuts.size() + 1, false);
    const bool rises = direction == Direction::higher_is_better;
    std::uint64_t refused = 0;
    double score[detail::block_rows];
    for (Index start = 0; start < x.size(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, x.size() - start);
        const double* const cells = x.data() + start;
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) score[i] = scores[0];
        for (std::size_t k = 0; k < cuts.size(); ++k) {
            const double cut = rises ? cuts[k] : cuts[cuts.size() - 1 - k];
            const double level = scores[k + 1];
            if (rises) {
                for (Index i = 0; i < count; ++i) score[i] = cells[i] >= cut ? level : score[i];
            } else {
                for (Index i = 0; i < count; ++i) score[i] = cells[i] <= cut ? level : score[i];
            }
        }
        THUOCDO_CELLWISE
        for (Index i = 0; i < count; ++i) {
            const double cell = cells[i];
            const double result =
                std::abs(cell) <= detail::largest_finite ? score[i] : detail::missing;
            results[i] = result;
            refused += detail::nan_bit(result) - detail::nan_bit(cell);
        }
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
