#pragma once
/// @file
/// Median of the children.

#include <thuocdo/aggregate/domain.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace thuocdo::aggregate {

/// The median of the observed children of each unit, unweighted: the middle one,
/// or the mean of the two in the middle.
///
/// @param x children of one parent; NaN is missing and skipped. No observed child:
///        NaN.
/// @param weights one a child, finite, 0 or more; they only say which children
///        take part (those above 0).
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit, or naming the cells
///         of children that take part and are infinite.
/// Complexity: one sort of k children a unit; allocates k numbers once.
THUOCDO_KERNEL inline void median(ChildrenView x, std::span<const double> weights, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_no_infinite(x, weights, "median");
    std::vector<double> observed(weights.size());
    for (Index i = 0; i < x.rows(); ++i) {
        std::size_t count = 0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double cell = *detail::child(x, j, i);
            if (weights[j] > 0.0 && !std::isnan(cell)) observed[count++] = cell;
        }
        double result = detail::missing;
        if (count > 0) {
            std::sort(observed.begin(), observed.begin() + static_cast<std::ptrdiff_t>(count));
            const double below = observed[(count - 1) / 2];
            const double above = observed[count / 2];
            // Halved first: the sum of two large numbers could overflow.
            result = count % 2 == 1 ? below : below * 0.5 + above * 0.5;
        }
        out.data()[i] = result;
    }
}

}  // namespace thuocdo::aggregate
