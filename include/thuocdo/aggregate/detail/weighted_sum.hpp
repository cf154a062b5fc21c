#pragma once
/// @file
/// The column sweep under the arithmetic mean and the methods built on it.

#include <thuocdo/aggregate/detail/children.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::aggregate::detail {

/// sum[i] = sum of w x, weight[i] = sum of w, over the observed children of row
/// start + i, in the order of the columns.
///
/// First without a look at missing cells; NaN or infinity in the sum then sends
/// the block through the sweep that skips them. Where every cell is observed
/// both sweeps do the same additions, so the bits do not depend on the way.
THUOCDO_KERNEL inline void weighted_sum(ChildrenView x, std::span<const double> weights, Index start, Index count,
                                        double* sum, double* weight) {
    THUOCDO_EXACT
    double total = 0.0;
    for (Index i = 0; i < count; ++i) sum[i] = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        const double w = weights[j];
        if (w == 0.0) continue;
        total += w;
        const double* const cells = child(x, j, start);
        for (Index i = 0; i < count; ++i) sum[i] += w * cells[i];
    }
    std::uint64_t not_finite = 0;
    for (Index i = 0; i < count; ++i) not_finite += not_finite_bit(sum[i]);
    for (Index i = 0; i < count; ++i) weight[i] = total;
    if (not_finite == 0) return;

    for (Index i = 0; i < count; ++i) sum[i] = 0.0;
    for (Index i = 0; i < count; ++i) weight[i] = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        const double w = weights[j];
        if (w == 0.0) continue;
        const double* const cells = child(x, j, start);
        for (Index i = 0; i < count; ++i) {
            const double cell = cells[i];
            const double term = w * cell;
            const std::uint64_t mask = observed_mask(cell);
            sum[i] += masked(term, mask);
            weight[i] += masked(w, mask);
        }
    }
}

}  // namespace thuocdo::aggregate::detail
