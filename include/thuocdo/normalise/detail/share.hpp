#pragma once
/// @file
/// The quotient of a value and a reference, both ways, with a cap.

#include <thuocdo/normalise/detail/column.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise::detail {

/// min(cap, x / reference). A reference of NaN refuses every observed cell.
THUOCDO_KERNEL [[nodiscard]] inline Index share_of_reference(ColumnView x, double reference,
                                                             double cap, ColumnOut& out) {
    THUOCDO_EXACT
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    const RefusedCells refused(cells, results, count);
    std::uint64_t signs = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        // The added zero turns -0 into +0.
        double share = cell / reference + 0.0;
        share = share > cap ? cap : share;
        share = std::abs(share) <= largest_finite ? share : missing;
        const double result = std::abs(cell) <= largest_finite ? share : missing;
        results[i] = result;
        signs |= nan_sign(result);
    }
    return refused.after(signs);
}

/// min(cap, reference / x) for x >= 0; x = 0 gives the cap where there is one,
/// else it is refused, as is x < 0. A reference of NaN refuses every observed
/// cell. The selects follow each other because g++ 12 does not vectorise their
/// conjunction together with the count.
THUOCDO_KERNEL [[nodiscard]] inline Index reference_over_value(ColumnView x, double reference,
                                                               double cap, ColumnOut& out) {
    THUOCDO_EXACT
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    const RefusedCells refused(cells, results, count);
    std::uint64_t signs = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        // The absolute value makes -0 count as 0.
        double share = reference / std::abs(cell);
        share = share > cap ? cap : share;
        share = share <= largest_finite ? share : missing;
        share = cell <= largest_finite ? share : missing;
        const double result = cell >= 0.0 ? share : missing;
        results[i] = result;
        signs |= nan_sign(result);
    }
    return refused.after(signs);
}

}  // namespace thuocdo::normalise::detail
