#pragma once
/// @file
/// The strongest child.

#include <thuocdo/aggregate/domain.hpp>

#include <cstddef>
#include <span>

namespace thuocdo::aggregate {

/// The maximum over the observed children of each unit.
///
/// @param x children of one parent; NaN is missing and skipped. No observed child:
///        NaN.
/// @param weights one a child, finite, 0 or more; they only say which children
///        take part (those above 0).
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit, or naming the cells
///         of children that take part and are infinite.
/// Complexity: one pass over the children, and one for the check.
inline void maximum(ChildrenView x, std::span<const double> weights, ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_no_infinite(x, weights, "maximum");
    double extreme[detail::block_rows];
    for (Index start = 0; start < x.rows(); start += detail::block_rows) {
        const Index count = detail::rows_in_block(x.rows(), start);
        for (Index i = 0; i < count; ++i) extreme[i] = detail::missing;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            if (weights[j] == 0.0) continue;
            const double* const cells = detail::child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double cell = cells[i];
                const double so_far = extreme[i];
                const double found = cell > so_far ? cell : so_far;
                extreme[i] = so_far == so_far ? found : cell;
            }
        }
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) results[i] = extreme[i];
    }
}

}  // namespace thuocdo::aggregate
