#pragma once
/// @file
/// Mean-min function.

#include <thuocdo/aggregate/detail/weighted_sum.hpp>
#include <thuocdo/aggregate/domain.hpp>
#include <thuocdo/aggregate/minimum.hpp>

#include <cmath>
#include <cstddef>
#include <span>

namespace thuocdo::aggregate {

/// M - alpha * (sqrt((M - min)^2 + beta^2) - beta) over the observed children of
/// each unit, with M their weighted mean and min the smallest: between the mean
/// (alpha = 0) and the minimum (alpha = 1, beta = 0).
///
/// @param x children of one parent; NaN is missing: it is skipped and the weights
///        are renormalised over the observed children. No observed child: NaN.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part.
/// @param alpha strength of the penalty for imbalance, 0 to 1.
/// @param beta how much imbalance passes almost freely, in the unit of x, finite,
///        0 or more.
/// @param out one a row of x.
/// @throws NumericError when the sizes, weights, alpha or beta do not fit, or a
///         child that takes part is infinite or a sum leaves the range of double
///         (then the content of out is unspecified).
/// Complexity: two passes over the children. Source: Casadio Tarabusi and Guarini
/// (2013), Social Indicators Research 112, 19-45.
THUOCDO_KERNEL inline void mean_min(ChildrenView x, std::span<const double> weights, double alpha,
                                    double beta, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    if (!(alpha >= 0.0 && alpha <= 1.0)) {
        detail::refuse("alpha_out_of_range", "argument \"alpha\"", detail::text(alpha),
                       "a number from 0 to 1", "");
    }
    if (!(std::isfinite(beta) && beta >= 0.0)) {
        detail::refuse("beta_out_of_range", "argument \"beta\"", detail::text(beta),
                       "a finite number, 0 or more", "");
    }
    minimum(x, weights, out);
    double sum[detail::block_rows];
    double weight[detail::block_rows];
    for (Index start = 0; start < x.rows(); start += detail::block_rows) {
        const Index count = detail::rows_in_block(x.rows(), start);
        detail::weighted_sum(x, weights, start, count, sum, weight);
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) {
            const double mean = sum[i] / weight[i];
            const double gap = mean - results[i];
            const double result = mean - alpha * (std::sqrt(gap * gap + beta * beta) - beta);
            results[i] = weight[i] > 0.0 ? result : detail::missing;
        }
    }
    detail::require_results(x, weights, out, "mean-min", "sum_not_finite", "a sum beyond double",
                            "a finite sum", "scale the children or the weights down");
}

}  // namespace thuocdo::aggregate
