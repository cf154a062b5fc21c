#pragma once
/// @file
/// Ordered weighted average.

#include <thuocdo/aggregate/domain.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace thuocdo::aggregate {

/// As ordered_weighted_average(), but a unit without a result gets NaN: an
/// infinite child, or order weights that are all 0 over its observed children.
THUOCDO_KERNEL inline void ordered_weighted_average_unchecked(ChildrenView x,
                                                              std::span<const double> weights,
                                                              std::span<const double> order_weights,
                                                              ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    detail::require_weights(x, order_weights, "order_weights");
    std::vector<double> observed(weights.size());
    for (Index i = 0; i < x.rows(); ++i) {
        std::size_t count = 0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double cell = *detail::child(x, j, i);
            if (weights[j] > 0.0 && !std::isnan(cell)) observed[count++] = cell;
        }
        std::sort(observed.begin(), observed.begin() + static_cast<std::ptrdiff_t>(count),
                  std::greater<>());
        double sum = 0.0;
        double weight = 0.0;
        for (std::size_t k = 0; k < count; ++k) {
            // Weight 0 takes no part, else an infinite child would give NaN.
            if (order_weights[k] == 0.0) continue;
            sum += order_weights[k] * observed[k];
            weight += order_weights[k];
        }
        const double mean = sum / weight;
        out.data()[i] =
            weight > 0.0 && std::abs(mean) <= detail::largest_finite ? mean : detail::missing;
    }
}

/// sum(v_k x_(k)) / sum(v_k), where x_(1) >= x_(2) >= ... are the observed
/// children of a unit: the weights belong to places, not to children. (1, 0, ...)
/// is the maximum, (..., 0, 1) the minimum, equal weights the mean.
///
/// With m observed children the first m order weights are used, rescaled to sum
/// to 1. Weights that stand at the end only (the minimum) then leave nothing for
/// a unit with a missing child; that is an error, not a silent mean.
///
/// @param x children of one parent; NaN is missing and skipped. No observed child:
///        NaN.
/// @param weights one a child, finite, 0 or more; they only say which children
///        take part (those above 0).
/// @param order_weights one a child, for the places from best to worst, finite,
///        0 or more.
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit, naming the cells of
///         children that take part and are infinite, or naming the rows whose
///         order weights are all 0 (then the content of out is unspecified).
/// Complexity: one sort of k children a unit; allocates k numbers once.
/// Source: Yager (1988), IEEE Trans. SMC 18, 183-190.
inline void ordered_weighted_average(ChildrenView x, std::span<const double> weights,
                                     std::span<const double> order_weights, ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_no_infinite(x, weights, "ordered weighted average");
    ordered_weighted_average_unchecked(x, weights, order_weights, out);
    detail::require_results(x, weights, out, "ordered weighted average", "order_weights_vanish",
                            "order weights that sum to 0 or overflow over its observed children",
                            "a positive, finite sum",
                            "give weight to earlier places, or refuse missing children");
}

}  // namespace thuocdo::aggregate
