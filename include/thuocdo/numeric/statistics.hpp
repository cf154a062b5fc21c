#pragma once
/// @file
/// Mean, spread and range of a column over units, whatever the order of units.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

/// What column_statistics finds among the observed values of a column. Every
/// number but `observed` is NaN when nothing is observed.
struct ColumnStatistics {
    Index observed = 0;
    double minimum = std::numeric_limits<double>::quiet_NaN();
    double maximum = std::numeric_limits<double>::quiet_NaN();
    /// The exact sum over the number observed, rounded once; equal values have
    /// exactly that mean.
    double mean = std::numeric_limits<double>::quiet_NaN();
    /// sqrt(sum (x - mean)^2 / (observed - 1)); NaN below two observed values,
    /// exactly zero when all are equal.
    double standard_deviation = std::numeric_limits<double>::quiet_NaN();
};

namespace detail {

/// All rows of a column, in the form that a list of rows has.
struct EveryRow {
    Index count;
    [[nodiscard]] Index size() const noexcept { return count; }
    [[nodiscard]] Index operator[](Index i) const noexcept { return i; }
};

/// Some rows of a column.
struct ListedRows {
    std::span<const std::uint32_t> rows;
    [[nodiscard]] Index size() const noexcept { return static_cast<Index>(rows.size()); }
    [[nodiscard]] Index operator[](Index i) const noexcept {
        return static_cast<Index>(rows[static_cast<std::size_t>(i)]);
    }
};

template <class Rows>
THUOCDO_KERNEL ColumnStatistics column_statistics_of(const double* values, const Rows& rows) {
    THUOCDO_EXACT
    ColumnStatistics result;
    ExactSum sum;
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    const Index size = rows.size();
    for (Index i = 0; i < size; ++i) {
        const double value = values[rows[i]];
        if (value != value) continue;
        ++result.observed;
        minimum = value < minimum ? value : minimum;
        maximum = value > maximum ? value : maximum;
        sum.add(value);
    }
    if (result.observed == 0) return result;
    // Which zero came first must not show.
    result.minimum = minimum + 0.0;
    result.maximum = maximum + 0.0;
    result.mean = sum.divided_by(static_cast<std::uint64_t>(result.observed));
    if (result.observed < 2) return result;

    ExactSum squares;
    for (Index i = 0; i < size; ++i) {
        const double value = values[rows[i]];
        if (value != value) continue;
        const double deviation = value - result.mean;
        squares.add(deviation * deviation);
    }
    result.standard_deviation =
        std::sqrt(squares.divided_by(static_cast<std::uint64_t>(result.observed - 1)));
    return result;
}

}  // namespace detail

/// Number observed, minimum, maximum, mean and sample standard deviation of a
/// column; NaN is missing and skipped. The result has the same bits for every
/// order of the rows. An infinite value makes the mean infinite and the
/// standard deviation NaN. Deviations beyond about 1e154 overflow the latter.
///
/// Two sweeps, about 5 ns a row.
[[nodiscard]] inline ColumnStatistics column_statistics(ColumnView x) {
    return detail::column_statistics_of(x.data(), detail::EveryRow{x.size()});
}

/// The same over the listed rows only, for example a peer group. A row that is
/// listed twice counts twice.
/// @throws NumericError if a listed row is not in the column.
[[nodiscard]] inline ColumnStatistics column_statistics(ColumnView x,
                                                        std::span<const std::uint32_t> rows) {
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<Index>(rows[i]) < x.size()) continue;
        problems.push_back(Problem{
            "row_out_of_range", "rows[" + std::to_string(i) + "]", "row " + std::to_string(rows[i]),
            "a row below " + std::to_string(x.size()), "list rows of this column only"});
    }
    if (!problems.empty()) {
        throw NumericError("cannot take statistics over these rows", std::move(problems));
    }
    return detail::column_statistics_of(x.data(), detail::ListedRows{rows});
}

/// sum w x / sum w over the rows where both are observed: a row with a missing
/// value is left out together with its weight, and a row with a missing weight
/// together with its value. NaN when no such row has a positive weight.
///
/// Each product is rounded, both sums are exact and rounded once, so the order
/// of rows does not matter. The mean is held within the range of the values
/// that have a positive weight, which the last rounding could leave by one bit.
/// @throws NumericError if the lengths differ, or naming every weight that is
/// negative or infinite.
[[nodiscard]] THUOCDO_KERNEL inline double weighted_mean(ColumnView x, ColumnView w) {
    THUOCDO_EXACT
    if (x.size() != w.size()) {
        throw NumericError(
            "cannot take a weighted mean",
            {Problem{"size_mismatch", "weights", std::to_string(w.size()) + " weights",
                     "one for each of " + std::to_string(x.size()) + " values",
                     "give every value a weight"}});
    }
    const double* const values = x.data();
    const double* const weights = w.data();
    std::vector<Problem> problems;
    ExactSum products;
    ExactSum total;
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    for (Index i = 0; i < x.size(); ++i) {
        const double value = values[i];
        const double weight = weights[i];
        if (weight < 0.0 || weight == std::numeric_limits<double>::infinity()) {
            problems.push_back(Problem{"invalid_weight", "weights[" + std::to_string(i) + "]",
                                       shortest(weight), "a finite weight of zero or more",
                                       "correct the weight or mark it missing"});
        }
        if (value != value || !(weight > 0.0)) continue;
        products.add(value * weight);
        total.add(weight);
        minimum = value < minimum ? value : minimum;
        maximum = value > maximum ? value : maximum;
    }
    if (!problems.empty()) throw NumericError("cannot take a weighted mean", std::move(problems));
    const double total_weight = total.value();
    if (total_weight == 0.0) return std::numeric_limits<double>::quiet_NaN();
    const double mean = products.value() / total_weight;
    return mean < minimum ? minimum + 0.0 : mean > maximum ? maximum + 0.0 : mean;
}

}  // namespace thuocdo::numeric
