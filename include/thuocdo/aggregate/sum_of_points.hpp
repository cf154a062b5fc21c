#pragma once
/// @file
/// Sum of points.

#include <thuocdo/aggregate/domain.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::aggregate {

/// sum(x) * (sum of maxima / sum of maxima of the observed children): the points
/// of each unit, raised in proportion where children are missing. With every
/// child observed it is the plain sum, bit for bit.
///
/// @param x points of the children of one parent; NaN is missing. No observed
///        child: NaN.
/// @param maxima most points of each child, finite, 0 or more; a child with
///        maximum 0 takes no part (it is monitored, not scored).
/// @param out one a row of x.
/// @throws NumericError when the sizes or maxima do not fit, or a child that takes
///         part is infinite or the sum leaves the range of double (then the
///         content of out is unspecified).
/// Complexity: one pass over the children, in the order of the columns.
/// Source: scoring rules of indices DTI, 766 and PAR INDEX (Viet Nam).
THUOCDO_KERNEL inline void sum_of_points(ChildrenView x, std::span<const double> maxima,
                                         ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_weights(x, maxima, "maxima");
    double all = 0.0;
    for (const double maximum : maxima) all += maximum;
    double sum[detail::block_rows];
    double observed[detail::block_rows];
    std::uint64_t not_finite = 0;
    for (Index start = 0; start < x.rows(); start += detail::block_rows) {
        const Index count = detail::rows_in_block(x.rows(), start);
        for (Index i = 0; i < count; ++i) sum[i] = 0.0;
        for (Index i = 0; i < count; ++i) observed[i] = 0.0;
        for (std::size_t j = 0; j < maxima.size(); ++j) {
            const double maximum = maxima[j];
            if (maximum == 0.0) continue;
            const double* const cells = detail::child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double cell = cells[i];
                const std::uint64_t mask = detail::observed_mask(cell);
                sum[i] += detail::masked(cell, mask);
                observed[i] += detail::masked(maximum, mask);
            }
        }
        double* const results = out.data() + start;
        // Without an observed child the factor is infinite or NaN and the sum 0.
        for (Index i = 0; i < count; ++i)
            results[i] = detail::with_one_nan(sum[i] * (all / observed[i]));
        for (Index i = 0; i < count; ++i) not_finite += detail::not_finite_bit(sum[i]);
        for (Index i = 0; i < count; ++i) {
            not_finite +=
                detail::not_finite_bit(results[i]) - (detail::observed_mask(results[i]) + 1);
        }
    }
    if (not_finite == 0) return;
    detail::require_no_infinite(x, maxima, "sum of points");
    detail::require_results(x, maxima, out, "sum of points", "sum_not_finite",
                            "a sum beyond double", "a finite sum", "scale the points down");
}

}  // namespace thuocdo::aggregate
