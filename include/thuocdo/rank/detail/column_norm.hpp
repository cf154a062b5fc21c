#pragma once
/// @file
/// Values over the root of the sum of squares of their column.

#include <thuocdo/numeric/grid_sum.hpp>
#include <thuocdo/rank/decision_view.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

/// Calls work(cells, count, scratch) for each block of a column.
template <class Work>
void over_blocks(const DecisionView& x, Index j, Work work) {
    double scratch[block_rows];
    for (Index start = 0; start < x.rows(); start += block_rows)
        work(x.column(j) + start, std::min(block_rows, x.rows() - start), scratch);
}

/// sqrt(sum(x^2)) of a column, infinite where it is beyond double.
/// @param empty a sum of as many numbers up to 1 as the column has, to begin with.
[[nodiscard]] inline double column_norm(const DecisionView& x, Index j,
                                        const numeric::GridSum& empty) {
    const numeric::ValueRange range = x.range(j);
    const double largest = std::max(std::abs(range.minimum), std::abs(range.maximum));
    if (largest == 0.0) return 0.0;
    // In units of a power of two near the largest, so that no square overflows.
    int exponent = numeric::exponent_above(largest);
    constexpr int largest_exponent = 1000;
    const bool held_back = exponent < -largest_exponent;
    exponent = std::max(exponent, -largest_exponent);
    const double scale = numeric::power_of_two(-exponent);
    // Where the exponent is held back the squares are far below 1.
    const double bound = largest * scale;
    numeric::GridSum squares = held_back ? numeric::GridSum(bound * bound, x.rows()) : empty;
    squares.add_squares(x.column(j), x.rows(), scale);
    return numeric::times_power_of_two(std::sqrt(squares.value()), exponent);
}

/// What to divide each column by for a ratio x/sqrt(sum(x^2)) that keeps its direction.
/// Infinite for a column of zeros, whose ratios are thereby 0: it is constant and tells
/// no alternatives apart.
/// @throws NumericError naming columns whose norm is beyond double.
[[nodiscard]] inline std::vector<double> ratio_divisors(const DecisionView& x) {
    std::vector<Problem> problems;
    std::vector<double> divisors;
    divisors.reserve(static_cast<std::size_t>(x.columns()));
    const numeric::GridSum empty(1.0, x.rows());
    for (Index j = 0; j < x.columns(); ++j) {
        const double norm = column_norm(x, j, empty);
        if (!std::isfinite(norm))
            problems.push_back({"beyond_double", column_place(j),
                                "a root of the sum of squares beyond double", "one within double",
                                "give the values of the column in a larger unit"});
        divisors.push_back(norm > 0.0 ? norm : std::numeric_limits<double>::infinity());
    }
    x.throw_if_any(std::move(problems));
    return divisors;
}

/// weight * x / divisor of a block.
THUOCDO_KERNEL inline void weighted_ratios(const double* values, Index count, double divisor,
                                           double weight, double* out) {
    THUOCDO_EXACT
    const double factor = weight / divisor;
    // A factor too small for a normal number would cost digits.
    if (factor == 0.0 || factor >= std::numeric_limits<double>::min()) {
        for (Index i = 0; i < count; ++i) out[i] = factor * values[i];
    } else {
        for (Index i = 0; i < count; ++i) out[i] = weight * (values[i] / divisor);
    }
}

/// Refuses a column whose values lie further apart than doubles reach.
inline void require_range_within_double(const DecisionView& x, Index j,
                                        std::vector<Problem>& problems) {
    const numeric::ValueRange range = x.range(j);
    if (std::isfinite(range.maximum - range.minimum)) return;
    problems.push_back({"beyond_double", column_place(j),
                        "values from " + numeric::shortest(range.minimum) + " to " +
                            numeric::shortest(range.maximum),
                        "a range within double", "give the values of the column in a larger unit"});
}

}  // namespace thuocdo::rank::detail
