#pragma once
/// @file
/// How good forecasts of yes-or-no events are: calibration, Brier score and
/// discrimination.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace thuocdo::numeric {

/// Forecasts of one interval beside what happened.
struct CalibrationBin {
    /// Forecasts in [from, to); the last bin holds 1 too.
    double from = 0.0;
    double to = 1.0;
    std::int64_t count = 0;
    std::int64_t events = 0;
    /// NaN in an empty bin.
    double mean_forecast = std::numeric_limits<double>::quiet_NaN();
    double observed = std::numeric_limits<double>::quiet_NaN();
};

/// Quality of a set of forecasts.
struct Calibration {
    std::vector<CalibrationBin> bins{};
    std::int64_t count = 0;
    std::int64_t events = 0;
    /// Share of events: the forecast that knows nothing else.
    double base_rate = std::numeric_limits<double>::quiet_NaN();
    /// Mean of (forecast - outcome)^2; 0 is perfect. That of the base rate.
    double brier = std::numeric_limits<double>::quiet_NaN();
    double brier_of_base_rate = std::numeric_limits<double>::quiet_NaN();
    /// Mean over forecasts of |mean forecast - observed share| of their bins.
    double calibration_error = std::numeric_limits<double>::quiet_NaN();
    /// Probability that an event was forecast higher than a non-event, ties
    /// counting half; NaN without one of both.
    double area_under_curve = std::numeric_limits<double>::quiet_NaN();
};

namespace detail {

/// Rank-sum form of the area under the ROC curve: events' mean ranks with ties
/// averaged; all sums are of whole and half numbers and exact.
[[nodiscard]] inline double area_under_curve(const std::vector<double>& forecasts,
                                             const std::vector<bool>& outcomes,
                                             std::int64_t events) {
    const auto count = static_cast<std::int64_t>(forecasts.size());
    if (events == 0 || events == count) return std::numeric_limits<double>::quiet_NaN();
    const std::vector<std::uint32_t> order = argsort(forecasts, Order::ascending);
    // Twice the ranks, so that a shared rank stays whole.
    std::int64_t twice_rank_sum = 0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        std::int64_t tied_events = 0;
        const double forecast = forecasts[order[begin]];
        while (end < order.size() && forecasts[order[end]] == forecast)
            tied_events += outcomes[order[end++]] ? 1 : 0;
        twice_rank_sum += tied_events * static_cast<std::int64_t>(begin + 1 + end);
        begin = end;
    }
    const std::int64_t twice_wins = twice_rank_sum - events * (events + 1);
    return static_cast<double>(twice_wins) /
           (2.0 * static_cast<double>(events) * static_cast<double>(count - events));
}

}  // namespace detail

/// Compares forecasts with outcomes: 1 the event happened, 0 it did not. Pairs
/// with a NaN are left out.
///
/// Complexity: O(n bins + n). Sums are exact, so the order of the pairs changes nothing.
/// Sources: G. W. Brier (1950), "Verification of forecasts expressed in terms of
/// probability", Monthly Weather Review 78; J. A. Hanley and B. J. McNeil (1982)
/// for the area under the curve as a rank sum, Radiology 143.
/// @throws NumericError for columns of different length, forecasts outside [0, 1],
///         outcomes other than 0 and 1, or no bins
THUOCDO_KERNEL [[nodiscard]] inline Calibration calibration(ColumnView forecasts,
                                                            ColumnView outcomes, int bins = 10) {
    THUOCDO_EXACT
    std::vector<Problem> problems;
    if (forecasts.size() != outcomes.size())
        problems.push_back({"shape", "outcomes", std::to_string(outcomes.size()) + " entries",
                            std::to_string(forecasts.size()) + ", one a forecast", ""});
    if (bins < 1)
        problems.push_back({"bad_option", "bins", std::to_string(bins), "at least 1", ""});
    for (Index k = 0; k < std::min(forecasts.size(), outcomes.size()); ++k) {
        const bool absent = std::isnan(forecasts[k]) || std::isnan(outcomes[k]);
        const bool fits = forecasts[k] >= 0.0 && forecasts[k] <= 1.0 &&
                          (outcomes[k] == 0.0 || outcomes[k] == 1.0);
        if (!absent && !fits)
            problems.push_back({"out_of_range", "pair " + std::to_string(k + 1),
                                "a forecast or outcome out of range",
                                "a forecast from 0 to 1 and an outcome of 0 or 1",
                                "write 35% as 0.35"});
    }
    if (!problems.empty()) throw NumericError("forecasts cannot be judged", std::move(problems));

    Calibration result;
    result.bins.resize(static_cast<std::size_t>(bins));
    std::vector<ExactSum> sums(result.bins.size());
    ExactSum squares;
    std::vector<double> kept;
    std::vector<bool> happened;
    for (std::size_t k = 0; k < result.bins.size(); ++k) {
        result.bins[k].from = static_cast<double>(k) / bins;
        result.bins[k].to = static_cast<double>(k + 1) / bins;
    }
    for (Index k = 0; k < forecasts.size(); ++k) {
        const double forecast = forecasts[k];
        if (std::isnan(forecast) || std::isnan(outcomes[k])) continue;
        std::size_t bin = 0;
        while (bin + 1 < result.bins.size() && forecast >= result.bins[bin].to) ++bin;
        const bool event = outcomes[k] == 1.0;
        const double error = forecast - outcomes[k];
        squares.add(error * error);
        sums[bin].add(forecast);
        ++result.bins[bin].count;
        result.bins[bin].events += event ? 1 : 0;
        result.events += event ? 1 : 0;
        kept.push_back(forecast);
        happened.push_back(event);
    }
    result.count = static_cast<std::int64_t>(kept.size());
    if (result.count == 0) return result;
    const auto count = static_cast<double>(result.count);
    ExactSum errors;
    for (std::size_t k = 0; k < result.bins.size(); ++k) {
        CalibrationBin& bin = result.bins[k];
        if (bin.count == 0) continue;
        const auto inside = static_cast<double>(bin.count);
        bin.mean_forecast = sums[k].value() / inside;
        bin.observed = static_cast<double>(bin.events) / inside;
        errors.add(inside * std::abs(bin.mean_forecast - bin.observed));
    }
    result.base_rate = static_cast<double>(result.events) / count;
    result.brier = squares.value() / count;
    result.brier_of_base_rate = result.base_rate * (1.0 - result.base_rate);
    result.calibration_error = errors.value() / count;
    result.area_under_curve = detail::area_under_curve(kept, happened, result.events);
    return result;
}

}  // namespace thuocdo::numeric
