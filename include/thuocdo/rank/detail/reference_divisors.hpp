#pragma once
/// @file
/// Sums, ends and divisors that the methods with a reference alternative or a reference
/// share have in common.

#include <thuocdo/numeric/grid_sum.hpp>
#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/rank/decision_view.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace thuocdo::rank::detail::reference {

[[nodiscard]] inline std::string row_place(Index row) {
    return "row " + std::to_string(row) + " (counted from 0)";
}

/// Notes a divisor that is not above 0 and within double.
inline bool require_divisor(double divisor, std::string place, const std::string& what,
                            const char* remedy, std::vector<Problem>& problems) {
    if (divisor > 0.0 && std::isfinite(divisor)) return true;
    problems.push_back({"divisor_not_positive", std::move(place),
                        what + " of " + numeric::shortest(divisor), "one above 0, within double",
                        remedy});
    return false;
}

/// Notes the cells of a column that have no reciprocal above 0 within double.
inline bool require_reciprocals(const DecisionView& x, Index j, std::vector<Problem>& problems) {
    constexpr double least = std::numeric_limits<double>::min();
    if (x.range(j).minimum >= least) return true;
    x.name_cells(
        j, "value_not_positive", "a number above 0 under a reciprocal",
        "use a method without reciprocals, or shift the values of the column",
        [](double value) { return value >= least; }, problems);
    return false;
}

/// Notes columns whose range is beyond double, where a min-max value is not defined.
inline void require_ranges(const DecisionView& x, std::vector<Problem>& problems) {
    for (Index j = 0; j < x.columns(); ++j)
        static_cast<void>(require_divisor(
            x.range(j).constant() ? 1.0 : x.range(j).maximum - x.range(j).minimum, column_place(j),
            "a range", "scale the values of the column down", problems));
}

[[nodiscard]] inline double largest_magnitude(const numeric::ValueRange& range) {
    return std::max(std::abs(range.minimum), std::abs(range.maximum));
}

/// The same for every order of the rows.
[[nodiscard]] inline double column_sum(const DecisionView& x, Index j) {
    numeric::GridSum sum(largest_magnitude(x.range(j)), x.rows());
    sum.add(x.column(j), x.rows());
    return sum.value();
}

/// sum of least/x over a positive column whose minimum is `least`. In units of the
/// largest reciprocal, so that none is beyond double.
[[nodiscard]] inline double sum_of_relative_reciprocals(const double* values, Index count,
                                                        double least) {
    numeric::GridSum sum(1.0, count);
    double scratch[block_rows];
    for (Index start = 0; start < count; start += block_rows) {
        const Index block = std::min(block_rows, count - start);
        for (Index i = 0; i < block; ++i) scratch[i] = least / values[start + i];
        sum.add(scratch, block);
    }
    return sum.value();
}

/// The sum of x over every column, each above 0; what each cell is a share of.
[[nodiscard]] inline std::vector<double> require_column_sums(const DecisionView& x,
                                                             std::vector<Problem>& problems) {
    std::vector<double> sums;
    sums.reserve(static_cast<std::size_t>(x.columns()));
    for (Index j = 0; j < x.columns(); ++j) {
        sums.push_back(column_sum(x, j));
        static_cast<void>(require_divisor(sums.back(), column_place(j), "a sum",
                                          "shift the values of the column, or leave it out",
                                          problems));
    }
    return sums;
}

/// out = w (values / divisor).
THUOCDO_KERNEL inline void weighted_shares(const double* values, Index count, double w,
                                           double divisor, double* out) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) out[i] = w * (values[i] / divisor);
}

/// Benefit and cost sums of weighted shares of the column sums, block by block.
/// @param cells n m doubles column by column for the weighted shares, or null.
THUOCDO_KERNEL inline void sum_weighted_shares(const DecisionView& x,
                                               const std::vector<double>& divisors,
                                               double* benefit_sums, double* cost_sums,
                                               double* cells) {
    THUOCDO_EXACT
    double scratch[block_rows];
    for (Index start = 0; start < x.rows(); start += block_rows) {
        const Index count = std::min(block_rows, x.rows() - start);
        for (Index j = 0; j < x.columns(); ++j) {
            double* const shares = cells != nullptr ? cells + j * x.rows() + start : scratch;
            weighted_shares(x.column(j) + start, count, x.weight(j),
                            divisors[static_cast<std::size_t>(j)], shares);
            double* const sums = (x.higher_is_better(j) ? benefit_sums : cost_sums) + start;
            for (Index i = 0; i < count; ++i) sums[i] += shares[i];
        }
    }
}

[[nodiscard]] inline numeric::ValueRange range_of(const Eigen::VectorXd& values) {
    return numeric::value_range(values.data(), values.size());
}

/// The same for every order of the entries.
[[nodiscard]] inline double order_free_sum(const Eigen::VectorXd& values) {
    numeric::GridSum sum(largest_magnitude(range_of(values)), values.size());
    sum.add(values.data(), values.size());
    return sum.value();
}

}  // namespace thuocdo::rank::detail::reference
