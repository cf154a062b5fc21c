#pragma once
/// @file
/// Weighted arithmetic mean.

#include <thuocdo/aggregate/detail/weighted_sum.hpp>
#include <thuocdo/aggregate/domain.hpp>

#include <cmath>
#include <cstdint>
#include <span>

namespace thuocdo::aggregate {

/// sum(w x) / sum(w) over the observed children of each unit. Full compensation
/// between children.
///
/// @param x children of one parent; NaN is missing: it is skipped and the weights
///        are renormalised over the observed children. No observed child: NaN.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part.
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit; when a child that
///         takes part is infinite or the sum leaves the range of double (then the
///         content of out is unspecified).
/// Complexity: one pass over the children, in the order of the columns; the bits
/// of a unit do not depend on the other units.
/// Source: OECD/JRC handbook (2008), step 6.
THUOCDO_KERNEL inline void arithmetic(ChildrenView x, std::span<const double> weights,
                                      ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    double sum[detail::block_rows];
    double weight[detail::block_rows];
    std::uint64_t not_finite = 0;
    for (Index start = 0; start < x.rows(); start += detail::block_rows) {
        const Index count = detail::rows_in_block(x.rows(), start);
        detail::weighted_sum(x, weights, start, count, sum, weight);
        double* const results = out.data() + start;
        // Without an observed child this is 0 / 0.
        for (Index i = 0; i < count; ++i) results[i] = detail::with_one_nan(sum[i] / weight[i]);
        for (Index i = 0; i < count; ++i) not_finite += detail::not_finite_bit(sum[i]);
    }
    if (not_finite == 0) return;
    detail::require_no_infinite(x, weights, "arithmetic mean");
    detail::require_results(x, weights, out, "arithmetic mean", "sum_not_finite",
                            "a weighted sum beyond double", "a finite sum",
                            "scale the children or the weights down");
}

}  // namespace thuocdo::aggregate
