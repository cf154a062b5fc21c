#pragma once
/// @file
/// Weighted geometric mean.

#include <thuocdo/aggregate/domain.hpp>

#include <cmath>
#include <cstddef>
#include <span>

namespace thuocdo::aggregate {

/// As geometric(), but a unit with an observed x <= 0 or infinite x of positive
/// weight gets NaN. For callers that have checked, or that count failed draws.
THUOCDO_KERNEL inline void geometric_unchecked(ChildrenView x, std::span<const double> weights,
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
                if (std::isnan(cell)) continue;
                const bool valid = cell > 0.0 && cell <= detail::largest_finite;
                sum[i] += valid ? w * std::log(cell) : detail::missing;
                weight[i] += w;
            }
        }
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) {
            results[i] = weight[i] > 0.0 ? std::exp(sum[i] / weight[i]) : detail::missing;
        }
    }
}

/// exp(sum(w ln x) / sum(w)) over the observed children of each unit. A weak
/// child is compensated only in part.
///
/// @param x children of one parent; NaN is missing: it is skipped and the weights
///        are renormalised over the observed children. No observed child: NaN.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part, whatever its values.
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit, or naming the cells
///         (up to 100) of children that take part and are <= 0 or infinite.
/// Complexity: one logarithm a cell. Logarithm and exponential are those of the C
/// library, so the last bits may differ between platforms.
/// Source: OECD/JRC handbook (2008), step 6; HDI technical note 1.
inline void geometric(ChildrenView x, std::span<const double> weights, ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_positive_and_finite(x, weights, "geometric mean");
    geometric_unchecked(x, weights, out);
}

}  // namespace thuocdo::aggregate
