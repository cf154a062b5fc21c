#pragma once
/// @file
/// Mazziotta-Pareto index.

#include <thuocdo/aggregate/domain.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace thuocdo::aggregate {

/// As mazziotta_pareto(), but a unit outside the domain gets NaN: a mean that is
/// not above 0, or an infinite child. For callers that count failed draws.
THUOCDO_KERNEL inline void mazziotta_pareto_unchecked(ChildrenView x,
                                                      std::span<const double> weights,
                                                      double penalty_sign, bool sample_deviation,
                                                      ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    if (penalty_sign != 1.0 && penalty_sign != -1.0) {
        detail::refuse("penalty_sign", "argument \"penalty_sign\"", detail::text(penalty_sign),
                       "1 or -1", "");
    }
    double mean[detail::block_rows];
    double squares[detail::block_rows];
    double number[detail::block_rows];
    const double lost = sample_deviation ? 1.0 : 0.0;
    for (Index start = 0; start < x.rows(); start += detail::block_rows) {
        const Index count = detail::rows_in_block(x.rows(), start);
        for (Index i = 0; i < count; ++i) mean[i] = 0.0;
        for (Index i = 0; i < count; ++i) squares[i] = 0.0;
        for (Index i = 0; i < count; ++i) number[i] = 0.0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            if (weights[j] == 0.0) continue;
            const double* const cells = detail::child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double cell = cells[i];
                const std::uint64_t mask = detail::observed_mask(cell);
                mean[i] += detail::masked(cell, mask);
                number[i] += detail::masked(1.0, mask);
            }
        }
        for (Index i = 0; i < count; ++i) mean[i] = mean[i] / number[i];
        for (std::size_t j = 0; j < weights.size(); ++j) {
            if (weights[j] == 0.0) continue;
            const double* const cells = detail::child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double cell = cells[i];
                const double square = (cell - mean[i]) * (cell - mean[i]);
                squares[i] += detail::masked(square, detail::observed_mask(cell));
            }
        }
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) {
            // One child has no spread to be penalised for, in both conventions.
            const double variance = number[i] > 1.0 ? squares[i] / (number[i] - lost) : 0.0;
            // S * cv = S * S / M.
            double result = mean[i] + penalty_sign * (variance / mean[i]);
            result = mean[i] > 0.0 ? result : detail::missing;
            results[i] = std::abs(result) <= detail::largest_finite ? result : detail::missing;
        }
    }
}

/// M + penalty_sign * S * cv over the observed children of each unit, with M
/// their unweighted mean, S their deviation and cv = S / M: the mean, less a
/// penalty for imbalance.
///
/// MPI: children as z-scores with mean 100 and deviation 10, S with n - 1.
/// AMPI: children on goalposts of 70 to 130, S with n.
///
/// @param x children of one parent; NaN is missing and skipped. No observed child:
///        NaN. One observed child: its own value.
/// @param weights one a child, finite, 0 or more; they only say which children
///        take part (those above 0).
/// @param penalty_sign -1 where a higher index is better, +1 where lower is.
/// @param sample_deviation S divides by n - 1, else by n.
/// @param out one a row of x.
/// @throws NumericError when the sizes, weights or the sign do not fit, naming the
///         cells of children that take part and are infinite, or naming the rows
///         whose mean is not above 0, where cv has no meaning (then the content of
///         out is unspecified).
/// Complexity: two passes over the children. Source: Mazziotta and Pareto (2016),
/// Social Indicators Research 127, 983-1003.
inline void mazziotta_pareto(ChildrenView x, std::span<const double> weights, double penalty_sign,
                             bool sample_deviation, ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_no_infinite(x, weights, "Mazziotta-Pareto index");
    mazziotta_pareto_unchecked(x, weights, penalty_sign, sample_deviation, out);
    detail::require_results(
        x, weights, out, "Mazziotta-Pareto index", "mean_not_positive",
        "children with a mean that is not above 0", "a positive mean",
        "standardise the children to mean 100 and deviation 10, or to 70 to 130");
}

}  // namespace thuocdo::aggregate
