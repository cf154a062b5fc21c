#pragma once
/// @file
/// Where an indicator is heading: growth rate and straight line over periods.

#include <thuocdo/diagnose/detail/checks.hpp>
#include <thuocdo/numeric/detail/correlated_columns.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::diagnose {

/// What compound_growth_rate finds, one a unit.
struct CompoundGrowth {
    /// A share a unit of time: 0.02 is 2 % a year where times are years. NaN where there is
    /// none.
    Eigen::VectorXd rate;
    /// Times of the first and the last observed value; NaN where nothing is observed.
    Eigen::VectorXd first_time;
    Eigen::VectorXd last_time;
    /// Units with two observed values or more whose first is not above 0 or whose last is
    /// below 0: no rate leads from one to the other.
    std::vector<Index> refused;
};

/// What linear_trend finds, one a unit.
struct LinearTrend {
    /// Change a unit of time. NaN below two observed values.
    Eigen::VectorXd slope;
    /// Value of the line at time 0.
    Eigen::VectorXd intercept;
    /// Correlation of value and time, -1 to 1; NaN where all values are equal.
    Eigen::VectorXd correlation;
    /// Its square: the share of the variation that the line explains.
    Eigen::VectorXd r_squared;
    /// Of the slope: sqrt(residual sum of squares / (n - 2) / sum (t - mean t)^2). NaN below
    /// three observed values.
    Eigen::VectorXd standard_error;
    /// Number of observed values.
    Eigen::Matrix<Index, Eigen::Dynamic, 1> observed;
};

namespace detail {

/// Times rise strictly and are as many as the periods.
inline void require_times(MatrixView x, std::span<const double> times) {
    std::vector<Problem> problems;
    note_length("times", static_cast<Index>(times.size()), x.cols(), "a column of \"x\"", problems);
    for (std::size_t t = 0; t < times.size(); ++t) {
        const std::string place = "times[" + std::to_string(t) + ']';
        if (!std::isfinite(times[t])) {
            problems.push_back(
                {"time_not_finite", place, numeric::shortest(times[t]), "a finite number", ""});
        } else if (t > 0 && !(times[t - 1] < times[t])) {
            problems.push_back(
                {"times_not_ascending", place,
                 numeric::shortest(times[t]) + " after " + numeric::shortest(times[t - 1]),
                 "a later time", "sort the periods, each once"});
        }
    }
    note_infinite(x, "x", problems);
    throw_if_any("no trend over these periods", std::move(problems));
}

[[nodiscard]] inline std::vector<double> times_from_0(Index periods) {
    std::vector<double> times;
    for (Index t = 0; t < periods; ++t) times.push_back(static_cast<double>(t));
    return times;
}

/// One unit; `values` and `offsets` are room for as many numbers as there are periods.
THUOCDO_KERNEL inline void fit_line(MatrixView x, Index i, std::span<const double> times,
                                    std::vector<double>& values, std::vector<double>& offsets,
                                    LinearTrend& out) {
    THUOCDO_EXACT
    values.clear();
    offsets.clear();
    double mean = 0.0;
    double mean_time = 0.0;
    for (std::size_t t = 0; t < times.size(); ++t) {
        const double value = x(i, static_cast<Index>(t));
        if (value != value) continue;
        values.push_back(value);
        // From the first observed time, so that years keep their digits.
        offsets.push_back(times[t]);
        mean_time += times[t] - offsets.front();
        mean += value - values.front();
    }
    const auto n = static_cast<double>(values.size());
    out.observed[i] = static_cast<Index>(values.size());
    if (values.size() < 2) return;
    const double first = values.front();
    const double first_time = offsets.front();
    mean /= n;
    mean_time /= n;
    double tt = 0.0;
    double tv = 0.0;
    double vv = 0.0;
    for (std::size_t t = 0; t < values.size(); ++t) {
        offsets[t] = (offsets[t] - first_time) - mean_time;
        values[t] = (values[t] - first) - mean;
        tt += offsets[t] * offsets[t];
        tv += offsets[t] * values[t];
        vv += values[t] * values[t];
    }
    const double slope = tv / tt;
    out.slope[i] = slope;
    out.intercept[i] = (first + mean) - slope * (first_time + mean_time);
    out.correlation[i] = numeric::detail::correlation_of_sums(tv, tt, vv);
    out.r_squared[i] = out.correlation[i] * out.correlation[i];
    if (values.size() < 3) return;
    double residuals = 0.0;
    for (std::size_t t = 0; t < values.size(); ++t) {
        const double residual = values[t] - slope * offsets[t];
        residuals += residual * residual;
    }
    out.standard_error[i] = std::sqrt(residuals / (n - 2.0) / tt);
}

}  // namespace detail

/// Compound growth rate from the first to the last observed value:
/// (last / first)^(1 / (last time - first time)) - 1. With years for times this is the
/// compound annual growth rate.
///
/// @param x one indicator: rows are units, columns are periods in order of time; NaN is
///        missing, and so is a gap in between: only the ends count.
/// @param times one a period, strictly rising; years with fractions, or any other unit.
/// @return NaN below two observed values and for the units in `refused`. From a positive value
///         to 0 the rate is -1.
/// @throws NumericError when times do not fit or rise, or naming the infinite cells.
/// Complexity: one pass. The last digits are those of the C library's power.
[[nodiscard]] inline CompoundGrowth compound_growth_rate(MatrixView x,
                                                         std::span<const double> times) {
    detail::require_times(x, times);
    CompoundGrowth result;
    result.rate = Eigen::VectorXd::Constant(x.rows(), detail::undefined);
    result.first_time = result.rate;
    result.last_time = result.rate;
    for (Index i = 0; i < x.rows(); ++i) {
        Index first = 0;
        Index last = x.cols() - 1;
        while (first <= last && std::isnan(x(i, first))) ++first;
        while (last >= first && std::isnan(x(i, last))) --last;
        if (first > last) continue;
        const double begin = times[static_cast<std::size_t>(first)];
        const double end = times[static_cast<std::size_t>(last)];
        result.first_time[i] = begin;
        result.last_time[i] = end;
        if (first == last) continue;
        if (!(x(i, first) > 0.0) || x(i, last) < 0.0) {
            result.refused.push_back(i);
            continue;
        }
        // expm1 and log keep the digits of a slow growth; the quotient may overflow.
        result.rate[i] = std::expm1((std::log(x(i, last)) - std::log(x(i, first))) / (end - begin));
    }
    return result;
}

/// Compound growth rate a period.
[[nodiscard]] inline CompoundGrowth compound_growth_rate(MatrixView x) {
    return compound_growth_rate(x, detail::times_from_0(x.cols()));
}

/// Line through the observed values of each unit by ordinary least squares,
/// value = intercept + slope time.
///
/// @param x one indicator: rows are units, columns are periods in order of time; NaN is
///        missing and left out.
/// @param times one a period, strictly rising.
/// @return NaN where too little is observed. Equal values have slope 0 and no correlation.
///         P-values: `trend_p_values` in `thuocdo/diagnose/trend_p_value.hpp`.
/// @throws NumericError when times do not fit or rise, or naming the infinite cells.
/// Complexity: a few sweeps over each row. Sums in order of time; same bits on every machine.
[[nodiscard]] inline LinearTrend linear_trend(MatrixView x, std::span<const double> times) {
    detail::require_times(x, times);
    LinearTrend result;
    result.slope = Eigen::VectorXd::Constant(x.rows(), detail::undefined);
    result.intercept = result.slope;
    result.correlation = result.slope;
    result.r_squared = result.slope;
    result.standard_error = result.slope;
    result.observed.setZero(x.rows());
    std::vector<double> values;
    std::vector<double> offsets;
    values.reserve(times.size());
    offsets.reserve(times.size());
    for (Index i = 0; i < x.rows(); ++i) detail::fit_line(x, i, times, values, offsets, result);
    return result;
}

/// Line over periods counted from 0.
[[nodiscard]] inline LinearTrend linear_trend(MatrixView x) {
    return linear_trend(x, detail::times_from_0(x.cols()));
}

}  // namespace thuocdo::diagnose
