#pragma once
/// @file
/// Where an indicator is heading: least squares on its values or on their
/// logarithms, with a prediction interval.

#include <thuocdo/config.hpp>
#include <thuocdo/explain/progress_path.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/student_t_quantile.hpp>
#include <thuocdo/time/year_fraction.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thuocdo {

/// Shape of a trend.
enum class Trend {
    linear,   ///< the same amount every year
    compound  ///< the same percentage every year; needs values above 0
};

/// A trend carried on to a date.
struct Projection {
    /// Observed values that it rests on; 0 when there is no trend.
    Index observations = 0;
    /// Change a year: in the unit of the indicator, or as a share of the value
    /// for a compound trend (0.05 is 5% a year).
    double change_per_year = missing_value;
    /// Value on the target date; NaN without a trend.
    double value = missing_value;
    /// Prediction interval for a single value on that date; NaN below three
    /// observations.
    double lower = missing_value;
    double upper = missing_value;
    /// First day on which the trend is at the target. Empty when there is no
    /// trend, when it leads away from the target, stands still, or takes longer
    /// than the horizon.
    std::optional<Date> reaches{};
    /// Why something is not there; empty when all is.
    std::string remark{};
    friend bool operator==(const Projection&, const Projection&) = default;
};

/// Observations that a prediction interval needs: one more than a line.
inline constexpr std::size_t observations_for_interval = 3;

namespace detail {

/// A fitted line y = mean_y + slope (x - mean_x).
struct FittedLine {
    double mean_x = 0.0;
    double mean_y = 0.0;
    double slope = 0.0;
    double spread_x = 0.0;  ///< sum (x - mean_x)^2
    double residual = 0.0;  ///< sum of squared residuals
    double count = 0.0;

    [[nodiscard]] THUOCDO_KERNEL double at(double x) const noexcept {
        THUOCDO_EXACT
        return mean_y + slope * (x - mean_x);
    }

    /// s sqrt(1 + 1/n + (x - mean_x)^2 / spread_x), s^2 = residual / (n - 2).
    [[nodiscard]] THUOCDO_KERNEL double prediction_deviation(double x) const noexcept {
        THUOCDO_EXACT
        const double away = x - mean_x;
        const double leverage = 1.0 + 1.0 / count + away * away / spread_x;
        return std::sqrt(residual / (count - 2.0) * leverage);
    }
};

/// Ordinary least squares over points in their order.
[[nodiscard]] THUOCDO_KERNEL inline FittedLine fit_line(std::span<const double> x,
                                                        std::span<const double> y) {
    THUOCDO_EXACT
    FittedLine line;
    line.count = static_cast<double>(x.size());
    // Exact means: a series that stands still has a slope of exactly 0.
    numeric::ExactSum sum_x;
    numeric::ExactSum sum_y;
    for (std::size_t k = 0; k < x.size(); ++k) {
        sum_x.add(x[k]);
        sum_y.add(y[k]);
    }
    line.mean_x = sum_x.divided_by(x.size());
    line.mean_y = sum_y.divided_by(x.size());
    double joint = 0.0;
    for (std::size_t k = 0; k < x.size(); ++k) {
        const double away = x[k] - line.mean_x;
        line.spread_x += away * away;
        joint += away * (y[k] - line.mean_y);
    }
    line.slope = joint / line.spread_x;
    for (std::size_t k = 0; k < x.size(); ++k) {
        const double rest = y[k] - line.at(x[k]);
        line.residual += rest * rest;
    }
    return line;
}

inline void add_remark(Projection& projection, const std::string& remark) {
    projection.remark += (projection.remark.empty() ? "" : "; ") + remark;
}

/// Sets the day on which the fitted line is at the target.
inline void find_crossing(Projection& projection, const FittedLine& line, double target,
                          Direction direction, const Date& origin, const Date& as_of,
                          double horizon_years) {
    const double towards = direction == Direction::higher_is_better ? line.slope : -line.slope;
    if (!(towards > 0.0)) {
        add_remark(projection, towards < 0.0 ? "the trend leads away from the target"
                                             : "the trend stands still");
        return;
    }
    const double years = line.mean_x + (target - line.mean_y) / line.slope;
    const double today = years_between(origin, as_of);
    if (years <= today) {
        projection.reaches = as_of;
        add_remark(projection, "the trend is at the target already");
        return;
    }
    if (years - today <= horizon_years) projection.reaches = date_after_years(origin, years);
    if (!projection.reaches)
        add_remark(projection, "the trend needs more than " + numeric::shortest(horizon_years) +
                                   " years to the target");
}

}  // namespace detail

/// Carries the trend of observed values on to the date of a target. Least
/// squares over years since the first observation; a compound trend is a line
/// through the logarithms and needs values (and target) above 0. The interval
/// holds the next single value with probability `level`:
/// y +- t(n - 2) s sqrt(1 + 1/n + (x - mean)^2 / Sxx), taken back from
/// logarithms for a compound trend (N. R. Draper and H. Smith 1998, "Applied
/// Regression Analysis", section 3.1). It assumes that residuals are
/// independent and normal; with few observations it is wide, and says so.
///
/// @param observations by date, none missing; fewer than two give no trend.
/// @param as_of day on which the question is asked; `reaches` is not earlier.
/// @throws NumericError when the level is not between 0 and 1.
[[nodiscard]] inline Projection project(std::span<const DatedValue> observations, Trend trend,
                                        Direction direction, const Target& target,
                                        const Date& as_of, double level, double horizon_years) {
    if (!(level > 0.0 && level < 1.0))
        throw NumericError("no interval has this level",
                           {{"level_out_of_range", "argument \"level\"", numeric::shortest(level),
                             "a number between 0 and 1, neither of them",
                             "0.9 holds the value nine times in ten"}});
    Projection projection;
    if (observations.size() < 2) {
        projection.remark = "fewer than two observed values";
        return projection;
    }
    const bool compound = trend == Trend::compound;
    std::vector<double> x;
    std::vector<double> y;
    for (const DatedValue& each : observations) {
        if (compound && !(each.value > 0.0)) {
            projection.remark = "a compound trend needs values above 0";
            return projection;
        }
        x.push_back(years_between(observations.front().date, each.date));
        y.push_back(compound ? std::log(each.value) : each.value);
    }
    const detail::FittedLine line = detail::fit_line(x, y);
    const auto back = [compound](double value) { return compound ? std::exp(value) : value; };
    const Date& origin = observations.front().date;
    const double due = years_between(origin, target.date);
    projection.observations = static_cast<Index>(observations.size());
    projection.change_per_year = compound ? std::expm1(line.slope) : line.slope;
    projection.value = back(line.at(due));
    if (observations.size() >= observations_for_interval) {
        const double t = numeric::student_t_quantile((1.0 + level) / 2.0, line.count - 2.0);
        const double half = t * line.prediction_deviation(due);
        projection.lower = back(line.at(due) - half);
        projection.upper = back(line.at(due) + half);
    } else {
        detail::add_remark(projection, "two observed values give no interval");
    }
    if (compound && !(target.value > 0.0)) {
        detail::add_remark(projection, "a compound trend never reaches 0 or below");
        return projection;
    }
    detail::find_crossing(projection, line, compound ? std::log(target.value) : target.value,
                          direction, origin, as_of, horizon_years);
    return projection;
}

}  // namespace thuocdo
