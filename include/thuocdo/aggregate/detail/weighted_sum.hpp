#pragma once
/// @file
/// The column sweep under the arithmetic mean and the methods built on it.

#include <thuocdo/aggregate/detail/children.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::aggregate::detail {

/// The same for one row, for the few rows of a block that have missing cells. The
/// additions are those of the sweep, in its order.
THUOCDO_KERNEL inline void weighted_row_sum(ChildrenView x, std::span<const double> weights,
                                            Index row, double& sum, double& weight) {
    THUOCDO_EXACT
    double row_sum = 0.0;
    double row_weight = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        const double w = weights[j];
        if (w == 0.0) continue;
        const double cell = *child(x, j, row);
        const double term = w * cell;
        const std::uint64_t mask = observed_mask(cell);
        row_sum += masked(term, mask);
        row_weight += masked(w, mask);
    }
    sum = row_sum;
    weight = row_weight;
}

/// Up to this share of rows with missing cells it is quicker to add those rows one
/// by one than to sweep the block again.
inline constexpr std::uint64_t rows_per_missing = 4;

/// sum[i] = sum of w x, weight[i] = sum of w, over the observed children of row
/// start + i, in the order of the columns.
///
/// First without a look at missing cells; NaN or infinity in the sum then sends
/// the block through the sweep that skips them. Where every cell is observed
/// both sweeps do the same additions, so the bits do not depend on the way.
THUOCDO_KERNEL inline void weighted_sum(ChildrenView x, std::span<const double> weights,
                                        Index start, Index count, double* sum, double* weight) {
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
    if (not_finite * rows_per_missing <= static_cast<std::uint64_t>(count)) {
        for (Index i = 0; i < count; ++i)
            if (not_finite_bit(sum[i]) != 0)
                weighted_row_sum(x, weights, start + i, sum[i], weight[i]);
        return;
    }

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
