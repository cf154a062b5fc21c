#pragma once
/// @file
/// How likely an open task is to miss its deadline, from what became of similar
/// tasks.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/calibration.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/tasks/resources.hpp>
#include <thuocdo/tasks/task_register.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// How much history must say before it outweighs what is known of tasks less
/// alike. Numbers of tasks.
struct ForecastOptions {
    /// Weight of the wider class in the share of a narrower one.
    double prior_weight = 20.0;
    /// Weight of "as others" in the record of a lead body.
    double body_weight = 15.0;
    /// Standard errors on each side of the interval.
    double interval_width = 1.96;

    friend bool operator==(const ForecastOptions&, const ForecastOptions&) = default;
};

/// What the forecast of a task rests on.
struct ForecastClass {
    /// Positions in `elapsed_limits`, `behind_limits` and `silent_limits`.
    std::size_t elapsed = 0;
    std::size_t behind = 0;
    std::size_t silent = 0;
    friend bool operator==(const ForecastClass&, const ForecastClass&) = default;
};

/// Upper ends of the classes of elapsed time.
inline constexpr std::array<double, 4> elapsed_limits{0.2, 0.4, 0.6, 0.8};
/// Upper ends of the classes of reported progress less elapsed time; class 0 has
/// no report, the last is not behind.
inline constexpr std::array<double, 3> behind_limits{-0.4, -0.2, 0.0};
/// Upper ends in days of the classes of time since the last event.
inline constexpr std::array<std::int32_t, 2> silent_limits{30, 60};

/// The probability that a task misses its deadline in force.
struct Forecast {
    /// NaN where there is no deadline ahead or nothing left to do.
    double probability = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    /// The class of the task, and what became of the tasks in it.
    ForecastClass of{};
    std::int64_t missed = 0;
    std::int64_t similar = 0;
    /// Share in the class before the record of the body; that record: deadlines
    /// missed over those that tasks of these classes miss elsewhere.
    double class_share = std::numeric_limits<double>::quiet_NaN();
    double body_factor = 1.0;

    /// The forecast in words.
    [[nodiscard]] Label explain() const {
        if (std::isnan(probability))
            return {"no deadline ahead, or nothing left to do",
                    "không có thời hạn phía trước hoặc không còn việc phải làm"};
        constexpr double hundred = 100.0;
        const auto percent = [&](double share) { return numeric::fixed(hundred * share, 0) + "%"; };
        const std::string counts = std::to_string(missed) + "/" + std::to_string(similar);
        return {percent(probability) + " (" + percent(low) + " to " + percent(high) +
                    "): " + counts + " similar tasks missed their deadline; this body misses " +
                    numeric::fixed(body_factor, 2) + " times as often as others",
                percent(probability) + " (" + percent(low) + " đến " + percent(high) +
                    "): " + counts + " nhiệm vụ tương tự đã trễ hạn; cơ quan này trễ hạn gấp " +
                    numeric::fixed(body_factor, 2) + " lần cơ quan khác"};
    }
};

namespace detail {

inline constexpr std::size_t elapsed_classes = elapsed_limits.size() + 1;
inline constexpr std::size_t behind_classes = behind_limits.size() + 2;
inline constexpr std::size_t silent_classes = silent_limits.size() + 1;
inline constexpr std::size_t forecast_classes = elapsed_classes * behind_classes * silent_classes;

[[nodiscard]] inline std::size_t class_number(const ForecastClass& of) noexcept {
    return (of.elapsed * behind_classes + of.behind) * silent_classes + of.silent;
}

/// Missed deadlines and all of them.
struct DeadlineCounts {
    std::int64_t missed = 0;
    std::int64_t all = 0;
    void add(const DeadlineCounts& other) noexcept {
        missed += other.missed;
        all += other.all;
    }
    friend bool operator==(const DeadlineCounts&, const DeadlineCounts&) = default;
};

/// The class of a task that is open and not handed in, with its deadline ahead;
/// nothing for any other. Reads nothing dated after the day.
[[nodiscard]] inline std::optional<ForecastClass> forecast_class(const TaskRegister& tasks,
                                                                 std::size_t row,
                                                                 std::int32_t day) {
    const TimelinePoint* point = point_on(tasks.timeline(row), day);
    if (!point || point->finished != never || point->deadline == never || day >= point->deadline)
        return std::nullopt;
    if (point->phase != TaskPhase::not_started && point->phase != TaskPhase::in_progress)
        return std::nullopt;
    ForecastClass of;
    const double elapsed = elapsed_share(tasks.assigned(row), point->deadline, day);
    while (of.elapsed < elapsed_limits.size() && elapsed > elapsed_limits[of.elapsed]) ++of.elapsed;
    const double progress = tasks.progress(row, day);
    if (!std::isnan(progress)) {
        of.behind = 1;
        while (of.behind <= behind_limits.size() &&
               progress - elapsed >= behind_limits[of.behind - 1])
            ++of.behind;
    }
    const std::int32_t silent = day - tasks.last_event(row, day);
    while (of.silent < silent_limits.size() && silent > silent_limits[of.silent]) ++of.silent;
    return of;
}

/// Whether a deadline was missed: the task was not handed in at the end of its
/// last day. Nothing for one that was cancelled or suspended by then.
[[nodiscard]] inline std::optional<bool> missed_deadline(const TaskRegister& tasks, std::size_t row,
                                                         std::int32_t deadline) {
    const TimelinePoint* point = point_on(tasks.timeline(row), deadline);
    if (!point || point->phase == TaskPhase::cancelled || point->phase == TaskPhase::suspended)
        return std::nullopt;
    return point->finished > deadline;
}

}  // namespace detail

/// Forecasts learnt from the past of a register.
///
/// Past tasks are looked at when 10, 30, 50, 70 and 90% of their time had passed
/// and put into classes by three things that are known on the day: the share of
/// time elapsed, how far reported progress is behind it, and how long nothing was
/// recorded. The share of a class that missed the deadline then in force is
/// shrunk toward that of wider classes, (missed + w * wider) / (all + w): from no
/// knowledge (1/2) to all tasks, to the class of elapsed time, to that with
/// progress, to that with silence. The odds are then multiplied by the record of
/// the lead body, (missed + b) / (expected + b), with what all tasks of the same
/// classes miss as expectation. Counts are looks at tasks, up to five a task.
///
/// A deadline is missed when the task is not handed in at the end of its day,
/// even if it is extended before; so more deadlines are missed than tasks are
/// done late. Only deadlines that passed before the day of the fit are learnt
/// from, so that tasks finished early do not come in before the late ones of
/// their time. Nothing dated after that day is read.
///
/// The interval says how much history the class has. It leaves out that the
/// record of the body is uncertain too, so it is narrower than an interval of the
/// probability itself.
class DeadlineForecast {
  public:
    /// Learns from what a register knows at the end of a day. O(tasks x events).
    /// @throws TaskError for weights that are not positive
    [[nodiscard]] static DeadlineForecast fit(const TaskRegister& tasks, const Date& as_of,
                                              const ForecastOptions& options = {}) {
        for (const double weight :
             {options.prior_weight, options.body_weight, options.interval_width})
            if (!(weight > 0.0) || !std::isfinite(weight))
                throw TaskError("the forecast cannot be made",
                                {{"bad_option", "ForecastOptions", numeric::shortest(weight),
                                  "finite weights above 0", "give numbers of tasks"}});
        DeadlineForecast forecast;
        forecast.options_ = options;
        const std::int32_t today = day_number(as_of);
        forecast.as_of_ = today;
        for (std::size_t row = 0; row < tasks.size(); ++row) forecast.learn(tasks, row, today);
        forecast.finish();
        return forecast;
    }

    /// Joins what was learnt from two registers without a task in common: the fit
    /// of both together.
    /// @throws TaskError when the other was fitted with other options or for
    ///         another day
    void merge(const DeadlineForecast& other) {
        if (other.options_ != options_ || other.as_of_ != as_of_)
            throw TaskError("the forecasts cannot be merged",
                            {{"fits_differ", "merge", "a fit with other options or of another day",
                              "the same options and day", "fit both alike"}});
        for (const auto& [body, counts] : other.bodies_) {
            auto& mine = bodies_[body];
            for (std::size_t k = 0; k < counts.size(); ++k) mine[k].add(counts[k]);
        }
        finish();
    }

    /// Looks at past tasks that were learnt from.
    [[nodiscard]] std::int64_t history() const noexcept { return all_.all; }

    /// The forecast of one task at the end of a day.
    THUOCDO_KERNEL [[nodiscard]] Forecast forecast(const TaskRegister& tasks, std::size_t row,
                                                   const Date& as_of) const {
        THUOCDO_EXACT
        const std::int32_t day = day_number(as_of);
        Forecast result;
        const auto of = detail::forecast_class(tasks, row, day);
        if (!of) return result;
        const std::size_t number = detail::class_number(*of);
        result.of = *of;
        result.missed = classes_[number].missed;
        result.similar = classes_[number].all;
        result.class_share = shares_[number];
        const auto body = factors_.find(tasks.lead(row));
        if (body != factors_.end()) result.body_factor = body->second;
        const double odds = result.class_share / (1.0 - result.class_share) * result.body_factor;
        result.probability = odds / (1.0 + odds);
        // Wilson's interval, with the shrinkage as further observations.
        const double n = static_cast<double>(result.similar) + options_.prior_weight;
        const double z = options_.interval_width;
        const double p = result.probability;
        const double centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        const double reach =
            z / (1.0 + z * z / n) * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
        result.low = std::max(0.0, centre - reach);
        result.high = std::min(1.0, centre + reach);
        return result;
    }

    /// The forecasts of all tasks, by row. O(tasks).
    [[nodiscard]] std::vector<Forecast> forecast_all(const TaskRegister& tasks,
                                                     const Date& as_of) const {
        std::vector<Forecast> all(tasks.size());
        for (std::size_t row = 0; row < tasks.size(); ++row) all[row] = forecast(tasks, row, as_of);
        return all;
    }

  private:
    using ClassCounts = std::array<detail::DeadlineCounts, detail::forecast_classes>;

    void learn(const TaskRegister& tasks, std::size_t row, std::int32_t today) {
        const std::int32_t assigned = tasks.assigned(row);
        const std::int32_t first = tasks.first_deadline(row);
        if (first == never || first >= today) return;
        constexpr std::array<int, 5> tenths{1, 3, 5, 7, 9};
        constexpr int ten = 10;
        std::int32_t last = assigned - 1;
        for (const int tenth : tenths) {
            const std::int32_t day = assigned + (first - assigned) * tenth / ten;
            if (day == last) continue;
            last = day;
            const auto of = detail::forecast_class(tasks, row, day);
            if (!of) continue;
            const std::int32_t deadline = detail::point_on(tasks.timeline(row), day)->deadline;
            if (deadline >= today) continue;
            const auto missed = detail::missed_deadline(tasks, row, deadline);
            if (!missed) continue;
            bodies_[tasks.lead(row)][detail::class_number(*of)].add({*missed ? 1 : 0, 1});
        }
    }

    THUOCDO_KERNEL [[nodiscard]] double shrink(const detail::DeadlineCounts& counts,
                                               double wider) const {
        THUOCDO_EXACT
        return (static_cast<double>(counts.missed) + options_.prior_weight * wider) /
               (static_cast<double>(counts.all) + options_.prior_weight);
    }

    THUOCDO_KERNEL void finish() {
        THUOCDO_EXACT
        classes_ = {};
        all_ = {};
        for (const auto& [body, counts] : bodies_)
            for (std::size_t k = 0; k < counts.size(); ++k) classes_[k].add(counts[k]);
        std::array<detail::DeadlineCounts, detail::elapsed_classes> elapsed{};
        std::array<detail::DeadlineCounts, detail::elapsed_classes * detail::behind_classes>
            behind{};
        for (std::size_t k = 0; k < classes_.size(); ++k) {
            all_.add(classes_[k]);
            behind[k / detail::silent_classes].add(classes_[k]);
            elapsed[k / detail::silent_classes / detail::behind_classes].add(classes_[k]);
        }
        constexpr double nothing_known = 0.5;
        const double nation = shrink(all_, nothing_known);
        for (std::size_t k = 0; k < classes_.size(); ++k) {
            const std::size_t pair = k / detail::silent_classes;
            const double by_time = shrink(elapsed[pair / detail::behind_classes], nation);
            shares_[k] = shrink(classes_[k], shrink(behind[pair], by_time));
        }
        factors_.clear();
        for (const auto& [body, counts] : bodies_) {
            numeric::ExactSum expected;
            std::int64_t missed = 0;
            for (std::size_t k = 0; k < counts.size(); ++k) {
                missed += counts[k].missed;
                expected.add(static_cast<double>(counts[k].all) * shares_[k]);
            }
            factors_[body] = (static_cast<double>(missed) + options_.body_weight) /
                             (expected.value() + options_.body_weight);
        }
    }

    ForecastOptions options_{};
    std::int32_t as_of_ = never;
    /// By lead body, in the order of codes.
    std::map<std::string, ClassCounts> bodies_{};
    ClassCounts classes_{};
    detail::DeadlineCounts all_{};
    std::array<double, detail::forecast_classes> shares_{};
    std::map<std::string, double> factors_{};
};

/// A forecast held against what happened after it was made.
struct HeldOutCalibration {
    numeric::Calibration quality{};
    /// Forecasts of which the outcome is not known: cancelled or suspended by the
    /// deadline, or the deadline is after `known_until`.
    std::int64_t unknown = 0;
};

/// Learns from the register as known on `train_until`, forecasts every open task
/// on the later days, and compares with what the register knows on
/// `known_until`. O(tasks x days).
/// @throws TaskError when a day to forecast on is not after the training
[[nodiscard]] inline HeldOutCalibration held_out_calibration(const TaskRegister& tasks,
                                                             const Date& train_until,
                                                             std::span<const Date> days,
                                                             const Date& known_until,
                                                             const ForecastOptions& options = {}) {
    for (const Date& day : days)
        if (day <= train_until)
            throw TaskError("the forecast cannot be judged",
                            {{"dates_reversed", "day of the forecast", to_iso(day),
                              "a day after " + to_iso(train_until),
                              "judge forecasts on days that were not learnt from"}});
    const DeadlineForecast learnt = DeadlineForecast::fit(tasks, train_until, options);
    const std::int32_t end = day_number(known_until);
    HeldOutCalibration result;
    std::vector<double> forecasts;
    std::vector<double> outcomes;
    for (const Date& date : days) {
        const std::int32_t day = day_number(date);
        for (std::size_t row = 0; row < tasks.size(); ++row) {
            const Forecast forecast = learnt.forecast(tasks, row, date);
            if (std::isnan(forecast.probability)) continue;
            const std::int32_t deadline = detail::point_on(tasks.timeline(row), day)->deadline;
            const auto missed = deadline < end ? detail::missed_deadline(tasks, row, deadline)
                                               : std::optional<bool>();
            result.unknown += missed ? 0 : 1;
            if (!missed) continue;
            forecasts.push_back(forecast.probability);
            outcomes.push_back(*missed ? 1.0 : 0.0);
        }
    }
    const auto size = static_cast<Index>(forecasts.size());
    result.quality = numeric::calibration(Eigen::Map<const Eigen::VectorXd>(forecasts.data(), size),
                                          Eigen::Map<const Eigen::VectorXd>(outcomes.data(), size));
    return result;
}

}  // namespace thuocdo
