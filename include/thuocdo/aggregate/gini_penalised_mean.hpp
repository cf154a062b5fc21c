#pragma once
/// @file
/// Mean reduced by the inequality of the children.

#include <thuocdo/aggregate/domain.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace thuocdo::aggregate {

namespace detail {

/// sum over pairs of w_i w_j min(x_i, x_j) / W^2 for children in ascending order.
/// Both sums run in that order, so the order of the columns changes no bit.
[[nodiscard]] THUOCDO_KERNEL inline double mean_of_lower(
    std::span<const std::pair<double, double>> ascending) {
    THUOCDO_EXACT
    double total = 0.0;
    for (const auto& [value, weight] : ascending) total += weight;
    double above = total;
    double sum = 0.0;
    for (const auto& [value, weight] : ascending) {
        above -= weight;
        const double rest = above > 0.0 ? above : 0.0;
        const double share = weight / total * ((weight + 2.0 * rest) / total);
        sum += share * value;
    }
    return std::clamp(sum, ascending.front().first, ascending.back().first);
}

}  // namespace detail

/// As gini_penalised_mean(), but a unit with a negative child gets NaN. For callers that
/// name it themselves.
inline void gini_penalised_mean_unchecked(ChildrenView x, std::span<const double> weights,
                                          ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    std::vector<std::pair<double, double>> observed(weights.size());
    for (Index i = 0; i < x.rows(); ++i) {
        std::size_t count = 0;
        bool negative = false;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double cell = *detail::child(x, j, i);
            if (!(weights[j] > 0.0) || cell != cell) continue;
            negative = negative || cell < 0.0;
            observed[count++] = {cell + 0.0, weights[j]};
        }
        std::sort(observed.begin(), observed.begin() + static_cast<std::ptrdiff_t>(count));
        out.data()[i] = count > 0 && !negative ? detail::mean_of_lower({observed.data(), count})
                                               : detail::missing;
    }
}

/// M (1 - G) over the observed children of each unit, with M their weighted mean
/// and G = sum_ij w_i w_j |x_i - x_j| / (2 W^2 M) their Gini coefficient: the mean
/// where all children are equal, less the more they differ.
///
/// Computed as sum_ij w_i w_j min(x_i, x_j) / W^2, which is the same number without
/// a difference: each child counts with the share of pairs in which it is the lower.
///
/// @param x children of one parent, 0 or more; NaN is missing: it is skipped and
///        the weights are renormalised over the observed children. No observed
///        child: NaN. All zero: 0.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part.
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit, or naming the cells
///         of children that take part and are negative or infinite.
/// Complexity: one sort of k children a unit; allocates k pairs once. Sources: A.
/// Sen (1976), "Real National Income", Review of Economic Studies 43(1) (the mean
/// times 1 - G); UNDP Human Development Report 2010 on penalties for inequality.
inline void gini_penalised_mean(ChildrenView x, std::span<const double> weights, ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_not_negative_and_finite(x, weights, "Gini-penalised mean");
    gini_penalised_mean_unchecked(x, weights, out);
}

}  // namespace thuocdo::aggregate
