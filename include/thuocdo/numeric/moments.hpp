#pragma once
/// @file
/// Sample-adjusted skewness and excess kurtosis of a column.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace thuocdo::numeric {

/// The shape of the observed values of a column.
struct Moments {
    Index observed = 0;
    /// sqrt(n (n - 1)) / (n - 2) * m3 / m2^1.5; NaN below three values, when all
    /// are equal, or when one is infinite.
    double skewness = std::numeric_limits<double>::quiet_NaN();
    /// (n - 1) / ((n - 2) (n - 3)) * ((n + 1) (r - 3) + 6) with
    /// r = n sum d^4 / (sum d^2)^2; NaN below four values, when all are equal, or
    /// when one is infinite. About 0 for a normal sample.
    double excess_kurtosis = std::numeric_limits<double>::quiet_NaN();
};

namespace detail {

inline constexpr std::size_t least_for_skewness = 3;
inline constexpr std::size_t least_for_kurtosis = 4;

/// Independent running sums, so that the compiler may vectorise the loop without
/// changing bits.
inline constexpr std::size_t moment_lanes = 4;

/// The observed values of a column in ascending order, zeros without a sign.
[[nodiscard]] inline std::vector<double> observed_ascending(ColumnView x) {
    const double* const values = x.data();
    const auto size = static_cast<std::size_t>(x.size());
    const std::vector<std::uint32_t> order = argsort({values, size}, Order::ascending);
    std::vector<double> sorted;
    sorted.reserve(size);
    for (const std::uint32_t row : order) {
        if (values[row] != values[row]) break;  // NaN comes last.
        sorted.push_back(values[row] + 0.0);
    }
    return sorted;
}

/// Sums of the powers of the deviations from the mean, in an arbitrary unit.
struct PowerSums {
    double second = 0.0;
    double third = 0.0;
    double fourth = 0.0;
};

/// Takes deviations from the middle value first, in a power of two of about their
/// largest: a large common level costs no digits, and nothing overflows.
[[nodiscard]] THUOCDO_KERNEL inline PowerSums power_sums(std::span<const double> sorted) {
    THUOCDO_EXACT
    // Before the difference of two values can overflow.
    constexpr double quarter = 0.25;
    constexpr int largest_exponent = 1000;
    const double first = std::isfinite(sorted.back() - sorted.front()) ? 1.0 : quarter;
    const double middle = sorted[sorted.size() / 2] * first;
    const double widest = std::max(sorted.back() * first - middle, middle - sorted.front() * first);
    int exponent = 0;
    std::frexp(widest, &exponent);
    const double scale =
        std::ldexp(1.0, -std::clamp(exponent, -largest_exponent, largest_exponent));

    const std::size_t size = sorted.size();
    const std::size_t whole = size - size % moment_lanes;
    const double* const values = sorted.data();
    double sum[moment_lanes] = {};
    for (std::size_t i = 0; i < whole; i += moment_lanes)
        for (std::size_t lane = 0; lane < moment_lanes; ++lane)
            sum[lane] += (values[i + lane] * first - middle) * scale;
    for (std::size_t i = whole; i < size; ++i)
        sum[i - whole] += (values[i] * first - middle) * scale;
    const double mean = ((sum[0] + sum[1]) + (sum[2] + sum[3])) / static_cast<double>(size);

    double second[moment_lanes] = {};
    double third[moment_lanes] = {};
    double fourth[moment_lanes] = {};
    for (std::size_t i = 0; i < whole; i += moment_lanes) {
        for (std::size_t lane = 0; lane < moment_lanes; ++lane) {
            const double deviation = (values[i + lane] * first - middle) * scale - mean;
            const double square = deviation * deviation;
            second[lane] += square;
            third[lane] += square * deviation;
            fourth[lane] += square * square;
        }
    }
    for (std::size_t i = whole; i < size; ++i) {
        const double deviation = (values[i] * first - middle) * scale - mean;
        const double square = deviation * deviation;
        second[i - whole] += square;
        third[i - whole] += square * deviation;
        fourth[i - whole] += square * square;
    }
    return {(second[0] + second[1]) + (second[2] + second[3]),
            (third[0] + third[1]) + (third[2] + third[3]),
            (fourth[0] + fourth[1]) + (fourth[2] + fourth[3])};
}

/// Moments of ascending observed values.
[[nodiscard]] THUOCDO_KERNEL inline Moments moments_of_ascending(std::span<const double> sorted) {
    THUOCDO_EXACT
    Moments result;
    result.observed = static_cast<Index>(sorted.size());
    if (sorted.size() < least_for_skewness || !std::isfinite(sorted.front()) ||
        !std::isfinite(sorted.back()) || sorted.front() == sorted.back())
        return result;
    const PowerSums sums = power_sums(sorted);
    const auto n = static_cast<double>(sorted.size());
    const double variance = sums.second / n;
    result.skewness = std::sqrt(n * (n - 1.0)) / (n - 2.0) *
                      ((sums.third / n) / (variance * std::sqrt(variance)));
    if (sorted.size() < least_for_kurtosis) return result;
    const double ratio = n * sums.fourth / (sums.second * sums.second);
    result.excess_kurtosis =
        (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (ratio - 3.0) + 6.0);
    return result;
}

}  // namespace detail

/// Skewness and excess kurtosis of a column in their sample-adjusted form (type 2,
/// the one of SAS, SPSS, Excel's SKEW and KURT, and G1 and G2 of the source). NaN
/// is missing and skipped. The sums run over the sorted column in a fixed order, so
/// the bits do not depend on the order of the rows.
///
/// O(n): a radix sort and two sweeps.
/// Source: D. N. Joanes and C. A. Gill (1998), "Comparing measures of sample
/// skewness and kurtosis", The Statistician 47(1), 183-189.
/// @throws NumericError above 2^32 - 1 rows.
[[nodiscard]] inline Moments moments(ColumnView x) {
    return detail::moments_of_ascending(detail::observed_ascending(x));
}

/// `moments(x).skewness`: above 0 where the long tail is to the right; NaN below
/// three observed values, when all are equal, or when one is infinite.
[[nodiscard]] inline double skewness(ColumnView x) { return moments(x).skewness; }

/// `moments(x).excess_kurtosis`: above 0 where tails are heavier than normal; NaN
/// below four observed values, when all are equal, or when one is infinite.
[[nodiscard]] inline double excess_kurtosis(ColumnView x) { return moments(x).excess_kurtosis; }

}  // namespace thuocdo::numeric
