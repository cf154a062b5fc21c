#pragma once
/// @file
/// One line of statistics for each indicator, with flags for what deserves a look.

#include <thuocdo/diagnose/detail/checks.hpp>
#include <thuocdo/numeric/moments.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::diagnose {

/// When an indicator is flagged. Shares are 0 to 1.
struct IndicatorThresholds {
    /// Flag `low_availability` below this share of observed units.
    double availability = 0.65;
    /// Flag `many_zeros` when the share of observed values that are not 0 is below this.
    double nonzero_share = 0.5;
    /// Flag `few_distinct_values` when distinct / observed values is below this.
    double distinct_share = 0.5;
    /// Flag `heavy_tails` at this absolute skewness and this excess kurtosis, both.
    double absolute_skewness = 2.0;
    double excess_kurtosis = 3.5;
};

/// What indicator_statistics finds in one column. Numbers that need more observed values
/// than there are, are NaN.
struct IndicatorStatistics {
    Index observed = 0;
    Index missing = 0;
    Index zeros = 0;
    /// Number of distinct observed values; -0.0 is 0.
    Index distinct = 0;
    double minimum = detail::undefined;
    double maximum = detail::undefined;
    double mean = detail::undefined;
    /// The mean of the two middle values where their number is even.
    double median = detail::undefined;
    /// With n - 1.
    double standard_deviation = detail::undefined;
    /// Sample-adjusted, as in `numeric::moments`; NaN for a constant column.
    double skewness = detail::undefined;
    double excess_kurtosis = detail::undefined;
    /// The value that occurs most often, the smallest of several.
    double most_frequent_value = detail::undefined;
    /// Its share among the observed values.
    double most_frequent_share = detail::undefined;

    /// Two or more observed values, all equal: the indicator cannot tell units apart.
    bool constant = false;
    bool low_availability = false;
    bool many_zeros = false;
    bool few_distinct_values = false;
    /// Outliers are likely: what the usual rule for outlier treatment would not let pass.
    bool heavy_tails = false;
};

namespace detail {

[[nodiscard]] THUOCDO_KERNEL inline IndicatorStatistics statistics_of(
    ColumnView column, const IndicatorThresholds& thresholds) {
    THUOCDO_EXACT
    IndicatorStatistics result;
    const std::vector<double> sorted = numeric::detail::observed_ascending(column);
    const std::size_t size = sorted.size();
    result.observed = static_cast<Index>(size);
    result.missing = column.size() - result.observed;
    result.low_availability = static_cast<double>(result.observed) <
                              thresholds.availability * static_cast<double>(column.size());
    if (size == 0) return result;

    const numeric::ColumnStatistics basic = numeric::column_statistics(column);
    result.minimum = basic.minimum;
    result.maximum = basic.maximum;
    result.mean = basic.mean;
    result.standard_deviation = basic.standard_deviation;
    // Halves first, so that the sum cannot overflow.
    result.median =
        size % 2 != 0 ? sorted[size / 2] : 0.5 * sorted[size / 2 - 1] + 0.5 * sorted[size / 2];
    const numeric::Moments shape = numeric::detail::moments_of_ascending(sorted);
    result.skewness = shape.skewness;
    result.excess_kurtosis = shape.excess_kurtosis;

    std::size_t longest = 0;
    for (std::size_t start = 0; start < size;) {
        std::size_t end = start + 1;
        while (end < size && sorted[end] == sorted[start]) ++end;
        ++result.distinct;
        if (sorted[start] == 0.0) result.zeros = static_cast<Index>(end - start);
        if (end - start > longest) {
            longest = end - start;
            result.most_frequent_value = sorted[start];
        }
        start = end;
    }
    const auto observed = static_cast<double>(size);
    result.most_frequent_share = static_cast<double>(longest) / observed;
    result.constant = size > 1 && result.distinct == 1;
    result.many_zeros =
        1.0 - static_cast<double>(result.zeros) / observed < thresholds.nonzero_share;
    result.few_distinct_values =
        static_cast<double>(result.distinct) / observed < thresholds.distinct_share;
    result.heavy_tails = std::abs(result.skewness) >= thresholds.absolute_skewness &&
                         result.excess_kurtosis >= thresholds.excess_kurtosis;
    return result;
}

}  // namespace detail

/// Statistics of each column: counts, extremes, mean, median, deviation, shape, the most
/// frequent value, and flags.
///
/// @param x rows are units, columns are indicators; NaN is missing and skipped.
/// @param thresholds when a flag is set; comparisons with a share are strict.
/// @throws NumericError naming the infinite cells, and every threshold that is not a number
///         in its range.
/// Complexity: O(n) a column (a radix sort and a few sweeps, about 25 ns a cell). Sums are
/// exact or run over the sorted column, so the order of units does not matter.
/// Source: OECD/JRC handbook (2008), steps 3 and 4; the rule of heavy tails from R. A. Groeneveld
/// and G. Meeden (1984), The Statistician 33, as used with these limits by the JRC.
[[nodiscard]] inline std::vector<IndicatorStatistics> indicator_statistics(
    MatrixView x, const IndicatorThresholds& thresholds = {}) {
    constexpr double largest = std::numeric_limits<double>::max();
    std::vector<Problem> problems;
    detail::note_range("availability", thresholds.availability, 0.0, 1.0, problems);
    detail::note_range("nonzero_share", thresholds.nonzero_share, 0.0, 1.0, problems);
    detail::note_range("distinct_share", thresholds.distinct_share, 0.0, 1.0, problems);
    detail::note_range("absolute_skewness", thresholds.absolute_skewness, 0.0, largest, problems);
    detail::note_range("excess_kurtosis", thresholds.excess_kurtosis, -largest, largest, problems);
    detail::note_infinite(x, "x", problems);
    detail::throw_if_any("no statistics of these indicators", std::move(problems));
    std::vector<IndicatorStatistics> result;
    result.reserve(static_cast<std::size_t>(x.cols()));
    for (Index j = 0; j < x.cols(); ++j)
        result.push_back(detail::statistics_of(x.col(j), thresholds));
    return result;
}

}  // namespace thuocdo::diagnose
