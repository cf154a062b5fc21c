#pragma once
/// @file
/// Taxonomic distance from the ideal unit.

#include <thuocdo/aggregate/domain.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace thuocdo::aggregate {

namespace detail {

/// The largest observed value of each child; minus infinity without one.
[[nodiscard]] inline std::vector<double> ideal_unit(ChildrenView x, std::size_t children) {
    std::vector<double> ideal;
    for (std::size_t j = 0; j < children; ++j) {
        double best = -std::numeric_limits<double>::infinity();
        const double* const cells = child(x, j, 0);
        for (Index i = 0; i < x.rows(); ++i) best = cells[i] > best ? cells[i] : best;
        ideal.push_back(best);
    }
    return ideal;
}

/// sqrt(sum w (x - ideal)^2 / sum w) over the observed children of each unit.
THUOCDO_KERNEL inline void distance_from(ChildrenView x, std::span<const double> weights,
                                         std::span<const double> ideal, ColumnOut& out) {
    THUOCDO_EXACT
    double squares[block_rows];
    double weight[block_rows];
    for (Index start = 0; start < x.rows(); start += block_rows) {
        const Index count = rows_in_block(x.rows(), start);
        for (Index i = 0; i < count; ++i) squares[i] = 0.0;
        for (Index i = 0; i < count; ++i) weight[i] = 0.0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double w = weights[j];
            if (w == 0.0) continue;
            const double best = ideal[j];
            const double* const cells = child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double distance = best - cells[i];
                const std::uint64_t mask = observed_mask(cells[i]);
                squares[i] += masked(w * (distance * distance), mask);
                weight[i] += masked(w, mask);
            }
        }
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i)
            results[i] = with_one_nan(std::sqrt(squares[i] / weight[i]));
    }
}

}  // namespace detail

/// Distance of each unit from the ideal one, in the unit of a distance that nearly
/// no unit exceeds:
///
///     c_i = sqrt(sum_j w_j (x_ij - max_i x_ij)^2 / sum_j w_j)
///     d_i = c_i / (mean c + 2 deviation of c)
///
/// 0 for a unit that is best on every child, seldom above 1; smaller is better, and
/// hellwig() turns it round. The children are z-scores, larger is better.
///
/// Every result depends on all units: the best of each child and the spread of the
/// distances are those of the rows given.
///
/// @param x children of one parent; NaN is missing: it is skipped and the weights
///        are renormalised over the observed children. No observed child: NaN. A
///        constant child adds nothing to any distance.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part.
/// @param sample_deviation the deviation of c divides by n - 1; Hellwig divides by n
///        (false). A single unit has a deviation of 0.
/// @param out one a row of x.
/// @throws NumericError when the sizes or weights do not fit, naming the cells of
///         children that take part and are infinite, or naming rows with a distance
///         beyond double (then the content of out is unspecified).
/// The bits do not depend on the order of the rows. Complexity: two passes. Sources:
/// K. Florek et al. (1952), "Taksonomia wroclawska"; Z. Hellwig (1968), Przeglad
/// Statystyczny 15(4), 307-326; M. Mazziotta and A. Pareto (2017), "Synthesis of
/// indicators: the composite indicators approach".
THUOCDO_KERNEL inline void wroclaw(ChildrenView x, std::span<const double> weights,
                                   bool sample_deviation, ColumnOut out) {
    THUOCDO_EXACT
    detail::require_rows(x, out.size());
    detail::require_no_infinite(x, weights, "Wroclaw taxonomic distance");
    detail::distance_from(x, weights, detail::ideal_unit(x, weights.size()), out);
    detail::require_results(x, weights, out, "Wroclaw taxonomic distance", "distance_too_large",
                            "a distance beyond double", "a distance within double",
                            "standardise the children first");
    const numeric::ColumnStatistics statistics = numeric::column_statistics(out);
    double deviation = statistics.observed > 1 ? statistics.standard_deviation : 0.0;
    if (!sample_deviation && statistics.observed > 1) {
        const auto n = static_cast<double>(statistics.observed);
        deviation = deviation * std::sqrt((n - 1.0) / n);
    }
    constexpr double deviations_to_limit = 2.0;
    const double limit = statistics.mean + deviations_to_limit * deviation;
    // All units on the ideal one: no distance, whatever its unit.
    const double divisor = limit > 0.0 ? limit : 1.0;
    for (Index i = 0; i < out.size(); ++i)
        out.data()[i] = detail::with_one_nan(out.data()[i] / divisor);
}

}  // namespace thuocdo::aggregate
