#pragma once
/// @file
/// The straight line from the worst value (0) to the best value (1) that
/// goalposts, min-max and the distance methods have in common.

#include <thuocdo/normalise/detail/column.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise::detail {

/// (x - worst) / (best - worst), held between floor and cap. With worst above
/// best the numbers are those of (worst - x) / (worst - best) bit for bit.
/// A result that is not finite before the limits apply is refused: an infinite
/// x, NaN statistics, and best = worst all end there.
THUOCDO_KERNEL [[nodiscard]] inline Index linear(ColumnView x, double worst, double best,
                                                 double floor, double cap, ColumnOut& out) {
    THUOCDO_EXACT
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    const double width = best - worst;
    const RefusedCells refused(cells, results, count);
    std::uint64_t signs = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        // The added zero turns -0 into +0.
        const double share = (cell - worst) / width + 0.0;
        double limited = share < floor ? floor : share;
        limited = limited > cap ? cap : limited;
        const double result = std::abs(share) <= largest_finite ? limited : missing;
        results[i] = result;
        signs |= nan_sign(result);
    }
    return refused.after(signs);
}

}  // namespace thuocdo::normalise::detail
