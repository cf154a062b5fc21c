#pragma once
/// @file
/// Weighted harmonic mean.

#include <thuocdo/aggregate/domain.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::aggregate {

/// As harmonic(), but a unit with an observed x <= 0 or infinite x of positive
/// weight gets NaN. For callers that have checked, or that count failed draws.
THUOCDO_KERNEL inline void harmonic_unchecked(ChildrenView x, std::span<const double> weights,
                                              ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    double sum[detail::block_rows];
    double weight[detail::block_rows];
    for (Index start = 0; start < x.rows(); start += detail::block_rows) {
        const Index count = detail::rows_in_block(x.rows(), start);
        for (Index i = 0; i < count; ++i) sum[i] = 0.0;
        for (Index i = 0; i < count; ++i) weight[i] = 0.0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double w = weights[j];
            if (w == 0.0) continue;
            const double* const cells = detail::child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double cell = cells[i];
                double inside = cell > 0.0 ? cell : detail::missing;
                inside = cell <= detail::largest_finite ? inside : detail::missing;
                const double term = w / inside;
                const std::uint64_t mask = detail::observed_mask(cell);
                sum[i] += detail::masked(term, mask);
                weight[i] += detail::masked(w, mask);
            }
        }
        double* const results = out.data() + start;
        // Without an observed child this is 0 / 0.
        for (Index i = 0; i < count; ++i) results[i] = detail::with_one_nan(weight[i] / sum[i]);
    }
}

/// sum(w) / sum(w / x) over the observed children of each unit.
///
/// @param x children of one parent; NaN is missing: it is skipped and the weights
///        are renormalised over the observed children. No observed child: NaN.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part, whatever its values.
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit, or naming the cells
///         (up to 100) of children that take part and are <= 0 or infinite.
/// Complexity: one pass over the children. Source: OECD/JRC handbook (2008),
/// step 6; Gender Inequality Index, technical note 4.
inline void harmonic(ChildrenView x, std::span<const double> weights, ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_positive_and_finite(x, weights, "harmonic mean");
    harmonic_unchecked(x, weights, out);
}

}  // namespace thuocdo::aggregate
