#pragma once
/// @file
/// How far an indicator has come toward its dated targets, as of a date.

#include <thuocdo/explain/progress_path.hpp>
#include <thuocdo/explain/projection.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/time/year_fraction.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// How growth is judged. The classes are those of Eurostat, "Sustainable
/// development in the European Union: monitoring report on progress towards the
/// SDGs in an EU context", annex on the assessment of trends.
enum class ProgressClass : std::uint8_t {
    target_reached,             ///< the latest value attains the target
    significant_progress,       ///< ratio >= 0.95; without target growth >= 1% a year
    moderate_progress,          ///< ratio 0.60 to 0.95; without target 0 to 1%
    insufficient_progress,      ///< ratio 0 to 0.60
    moving_away,                ///< ratio below 0
    no_change,                  ///< without target: growth of exactly 0
    moderate_movement_away,     ///< without target: growth 0 to -1%
    significant_movement_away,  ///< without target: growth below -1%
    not_assessable              ///< see the notes
};

/// What a class rests on.
enum class ProgressTest : std::uint8_t {
    none,          ///< nothing could be tested
    target_value,  ///< the value against the target
    growth_ratio,  ///< actual over required compound annual growth
    linear_ratio,  ///< actual over required change a year, where growth is undefined
    growth         ///< compound annual growth without a target
};

/// Where an indicator stands against its path.
enum class TrackStatus : std::uint8_t {
    attained,     ///< the latest value attains the target
    on_track,     ///< it attains what its path required on its day, or at least
                  ///< the share `significant` of the required change
    behind,       ///< at least the share `moderate` of the required change
    off_track,    ///< less
    moving_away,  ///< worse than the baseline
    missed,       ///< the last target has passed and the value does not attain it
    no_target,    ///< nothing to hold it against
    unknown       ///< no baseline, no later value
};

namespace detail {

inline constexpr std::array<const char*, 9> progress_class_names{"target_reached",
                                                                 "significant_progress",
                                                                 "moderate_progress",
                                                                 "insufficient_progress",
                                                                 "moving_away",
                                                                 "no_change",
                                                                 "moderate_movement_away",
                                                                 "significant_movement_away",
                                                                 "not_assessable"};
inline constexpr std::array<std::pair<const char*, const char*>, 9> progress_class_labels{{
    {"target reached", "đã đạt mục tiêu"},
    {"significant progress", "tiến bộ rõ rệt"},
    {"moderate progress", "tiến bộ vừa phải"},
    {"insufficient progress", "tiến bộ chưa đủ"},
    {"moving away from the target", "đi xa mục tiêu"},
    {"no change", "không thay đổi"},
    {"moderate movement away", "thụt lùi vừa phải"},
    {"significant movement away", "thụt lùi rõ rệt"},
    {"not assessable", "chưa đánh giá được"},
}};
inline constexpr std::array<const char*, 5> progress_test_names{
    "none", "target_value", "growth_ratio", "linear_ratio", "growth"};
inline constexpr std::array<const char*, 8> track_status_names{
    "attained", "on_track", "behind", "off_track", "moving_away", "missed", "no_target", "unknown"};
inline constexpr std::array<std::pair<const char*, const char*>, 8> track_status_labels{{
    {"attained", "đã đạt"},
    {"on track", "đúng lộ trình"},
    {"behind", "chậm so với lộ trình"},
    {"off track", "chệch lộ trình"},
    {"moving away", "đi ngược mục tiêu"},
    {"missed", "không đạt"},
    {"no target", "không có mục tiêu"},
    {"unknown", "chưa đánh giá được"},
}};

}  // namespace detail

/// The class as in data, e.g. `moderate_progress`.
[[nodiscard]] constexpr const char* progress_class_name(ProgressClass each) noexcept {
    return detail::progress_class_names[static_cast<std::size_t>(each)];
}
/// The class in both languages.
[[nodiscard]] inline Label progress_class_label(ProgressClass each) {
    const auto& [en, vi] = detail::progress_class_labels[static_cast<std::size_t>(each)];
    return {en, vi};
}
/// The test as in data, e.g. `growth_ratio`.
[[nodiscard]] constexpr const char* progress_test_name(ProgressTest each) noexcept {
    return detail::progress_test_names[static_cast<std::size_t>(each)];
}
/// The status as in data, e.g. `off_track`.
[[nodiscard]] constexpr const char* track_status_name(TrackStatus each) noexcept {
    return detail::track_status_names[static_cast<std::size_t>(each)];
}
/// The status in both languages.
[[nodiscard]] inline Label track_status_label(TrackStatus each) {
    const auto& [en, vi] = detail::track_status_labels[static_cast<std::size_t>(each)];
    return {en, vi};
}

/// Where the classes begin. A number at a threshold is in the better class.
struct ProgressThresholds {
    /// Share of the required growth (or change) from which progress is
    /// significant, and an indicator on track.
    double significant = 0.95;
    /// The same for moderate progress, and behind instead of off track.
    double moderate = 0.60;
    /// Growth a year that is significant where there is no target.
    double growth = 0.01;
    friend bool operator==(const ProgressThresholds&, const ProgressThresholds&) = default;
};

/// How progress is judged and carried on.
struct ProgressOptions {
    ProgressThresholds thresholds{};
    /// Probability of the prediction intervals.
    double interval_level = 0.90;
    /// A trend that needs longer than this is said not to reach its target.
    double horizon_years = 100.0;
    friend bool operator==(const ProgressOptions&, const ProgressOptions&) = default;
};

/// What is known of an indicator on a day.
struct Progress {
    Date as_of{};
    std::optional<DatedValue> baseline{};
    /// The newest value observed from the baseline to the day.
    std::optional<DatedValue> latest{};
    /// The next target that is due on or after the day; the last when all have
    /// passed.
    std::optional<Target> target{};
    /// Value that the path requires on the day itself.
    double required_today = missing_value;
    /// Value that it required on the day of the latest value.
    double required_then = missing_value;
    /// Share of the way from baseline to target: (latest - baseline) / (target -
    /// baseline). 1 at the target, above 1 beyond it, below 0 when it moved away;
    /// NaN when baseline and target are equal.
    double attainment = missing_value;
    /// latest / required_today, or required_today / latest where lower is better;
    /// NaN unless both are above 0.
    double ratio_to_required = missing_value;
    /// Share of the change that the path required by the day of the latest
    /// value: (latest - baseline) / (required_then - baseline). NaN when none was
    /// required.
    double pace = missing_value;
    /// Compound annual growth (end / start)^(1 / years) - 1 from the baseline to
    /// the latest value and to the target, and the first over the second. NaN
    /// unless start and end are above 0. Under `ProgressTest::linear_ratio` the
    /// ratio is that of changes a year instead.
    double actual_growth = missing_value;
    double required_growth = missing_value;
    double ratio = missing_value;
    ProgressTest test = ProgressTest::none;
    ProgressClass progress = ProgressClass::not_assessable;
    TrackStatus status = TrackStatus::unknown;
    /// First day on which an observed value attained the target.
    std::optional<Date> reached_on{};
    Projection linear{};
    Projection compound{};
    /// What was not possible or done differently, in sentences.
    std::vector<std::string> notes{};
    friend bool operator==(const Progress&, const Progress&) = default;
};

namespace detail {

/// Judges one input on one day.
class ProgressJudge {
  public:
    ProgressJudge(const ProgressInput& input, const Date& as_of, const ProgressOptions& options)
        : input_(input), options_(options) {
        progress_.as_of = as_of;
    }

    [[nodiscard]] Progress run() {
        pick_target();
        if (!pick_values()) return std::move(progress_);
        measure_path();
        judge_growth();
        judge_status();
        if (progress_.target) {
            const Target& target = *progress_.target;
            for (const DatedValue& each : observed_) {
                if (!attains(input_.direction, each.value, target.value)) continue;
                progress_.reached_on = each.date;
                break;
            }
            if (target.date >= progress_.latest->date) {
                progress_.linear = projected(Trend::linear, target);
                progress_.compound = projected(Trend::compound, target);
            }
        }
        return std::move(progress_);
    }

  private:
    /// Growth is compared after rounding to this many decimals, so that the
    /// last bits of a logarithm do not put exactly 1% on either side of 1%.
    static constexpr int compared_digits = 12;

    void note(std::string text) { progress_.notes.push_back(std::move(text)); }

    void pick_target() {
        for (const Target& target : input_.targets) {
            progress_.target = target;
            if (target.date >= progress_.as_of) break;
        }
    }

    [[nodiscard]] bool pick_values() {
        observed_ = observed_until(input_.observations, progress_.as_of);
        if (!input_.baseline) {
            if (observed_.empty()) {
                note("no value was observed up to " + to_iso(progress_.as_of));
                return false;
            }
            progress_.baseline = observed_.front();
        } else {
            const DatedValue& baseline = *input_.baseline;
            if (baseline.date > progress_.as_of) {
                note("the baseline of " + to_iso(baseline.date) + " is later than " +
                     to_iso(progress_.as_of));
                return false;
            }
            progress_.baseline = baseline;
            std::erase_if(observed_,
                          [&](const DatedValue& each) { return each.date < baseline.date; });
            if (observed_.empty() || observed_.front().date != baseline.date) {
                observed_.insert(observed_.begin(), baseline);
            } else if (observed_.front().value != baseline.value) {
                note("the baseline is " + numeric::shortest(baseline.value) +
                     ", the value observed on its day " +
                     numeric::shortest(observed_.front().value));
            }
        }
        progress_.latest = observed_.back();
        return true;
    }

    THUOCDO_KERNEL void measure_path() {
        THUOCDO_EXACT
        const DatedValue& baseline = *progress_.baseline;
        const DatedValue& latest = *progress_.latest;
        if (!progress_.target) return;
        const RequiredValue today =
            required_on_path(baseline, input_.targets, input_.path, progress_.as_of);
        progress_.required_today = today.value;
        progress_.required_then =
            required_on_path(baseline, input_.targets, input_.path, latest.date).value;
        if (today.linear_instead)
            note(
                "baseline and targets are not of one sign: a straight line is required instead "
                "of compound growth");
        const double way = progress_.target->value - baseline.value;
        const double done = latest.value - baseline.value;
        const double required = progress_.required_then - baseline.value;
        if (way != 0.0) progress_.attainment = done / way + 0.0;
        if (required != 0.0) progress_.pace = done / required + 0.0;
        if (latest.value > 0.0 && progress_.required_today > 0.0)
            progress_.ratio_to_required = input_.direction == Direction::higher_is_better
                                              ? latest.value / progress_.required_today
                                              : progress_.required_today / latest.value;
    }

    [[nodiscard]] static double annual_growth(const DatedValue& from, double to, double years) {
        if (!(from.value > 0.0 && to > 0.0 && years > 0.0)) return missing_value;
        return std::expm1(std::log(to / from.value) / years);
    }

    void judge_growth() {
        const DatedValue& baseline = *progress_.baseline;
        const DatedValue& latest = *progress_.latest;
        const double years = years_between(baseline.date, latest.date);
        progress_.actual_growth = annual_growth(baseline, latest.value, years);
        if (!progress_.target) {
            judge_without_target(years);
            return;
        }
        const Target& target = *progress_.target;
        const double years_to_target = years_between(baseline.date, target.date);
        progress_.required_growth = annual_growth(baseline, target.value, years_to_target);
        if (attains(input_.direction, latest.value, target.value)) {
            set(ProgressTest::target_value, ProgressClass::target_reached);
        } else if (attains(input_.direction, baseline.value, target.value)) {
            set(ProgressTest::target_value, ProgressClass::moving_away);
        } else if (!(years > 0.0)) {
            note("no value was observed after the baseline");
        } else if (!(years_to_target > 0.0)) {
            note("the target was due before the baseline");
        } else {
            const bool by_growth =
                !std::isnan(progress_.actual_growth) && !std::isnan(progress_.required_growth);
            progress_.ratio = by_growth ? progress_.actual_growth / progress_.required_growth
                                        : linear_ratio(latest, target, years, years_to_target);
            if (!by_growth)
                note(
                    "annual growth is undefined for values of 0 or below: changes a year are "
                    "compared instead");
            progress_.ratio += 0.0;
            set(by_growth ? ProgressTest::growth_ratio : ProgressTest::linear_ratio,
                class_of_ratio(progress_.ratio));
        }
    }

    [[nodiscard]] THUOCDO_KERNEL double linear_ratio(const DatedValue& latest, const Target& target,
                                                     double years, double years_to_target) const {
        THUOCDO_EXACT
        const double start = progress_.baseline->value;
        return (latest.value - start) / years / ((target.value - start) / years_to_target);
    }

    void judge_without_target(double years) {
        if (!(years > 0.0)) {
            note("no value was observed after the baseline");
            return;
        }
        if (std::isnan(progress_.actual_growth)) {
            note("annual growth is undefined for values of 0 or below, and there is no target");
            return;
        }
        const double growth = numeric::round_decimal(input_.direction == Direction::higher_is_better
                                                         ? progress_.actual_growth
                                                         : -progress_.actual_growth,
                                                     compared_digits);
        const double significant = options_.thresholds.growth;
        set(ProgressTest::growth, growth >= significant ? ProgressClass::significant_progress
                                  : growth > 0.0        ? ProgressClass::moderate_progress
                                  : growth == 0.0       ? ProgressClass::no_change
                                  : growth >= -significant
                                      ? ProgressClass::moderate_movement_away
                                      : ProgressClass::significant_movement_away);
    }

    void set(ProgressTest test, ProgressClass each) {
        progress_.test = test;
        progress_.progress = each;
    }

    [[nodiscard]] ProgressClass class_of_ratio(double ratio) const {
        const double compared = numeric::round_decimal(ratio, compared_digits);
        return compared >= options_.thresholds.significant ? ProgressClass::significant_progress
               : compared >= options_.thresholds.moderate  ? ProgressClass::moderate_progress
               : compared >= 0.0                           ? ProgressClass::insufficient_progress
                                                           : ProgressClass::moving_away;
    }

    void judge_status() {
        const DatedValue& baseline = *progress_.baseline;
        const DatedValue& latest = *progress_.latest;
        progress_.status = TrackStatus::no_target;
        if (!progress_.target) return;
        const Target& target = *progress_.target;
        const bool higher = input_.direction == Direction::higher_is_better;
        const double demanded = higher ? progress_.required_then - baseline.value
                                       : baseline.value - progress_.required_then;
        if (attains(input_.direction, latest.value, target.value)) {
            progress_.status = TrackStatus::attained;
        } else if (target.date < progress_.as_of) {
            progress_.status = TrackStatus::missed;
        } else if (latest.date == baseline.date) {
            progress_.status = TrackStatus::unknown;
        } else if (attains(input_.direction, latest.value, progress_.required_then)) {
            progress_.status = TrackStatus::on_track;
        } else if (!(demanded > 0.0)) {
            progress_.status = TrackStatus::moving_away;
        } else {
            switch (class_of_ratio(progress_.pace)) {
                case ProgressClass::significant_progress:
                    progress_.status = TrackStatus::on_track;
                    break;
                case ProgressClass::moderate_progress:
                    progress_.status = TrackStatus::behind;
                    break;
                case ProgressClass::insufficient_progress:
                    progress_.status = TrackStatus::off_track;
                    break;
                default:
                    progress_.status = TrackStatus::moving_away;
            }
        }
    }

    [[nodiscard]] Projection projected(Trend trend, const Target& target) const {
        Projection projection = project(observed_, trend, input_.direction, target, progress_.as_of,
                                        options_.interval_level, options_.horizon_years);
        if (progress_.status == TrackStatus::attained) projection.reaches = progress_.reached_on;
        return projection;
    }

    const ProgressInput& input_;
    const ProgressOptions& options_;
    std::vector<DatedValue> observed_;
    Progress progress_;
};

[[nodiscard]] inline std::vector<Problem> problems_of(const ProgressOptions& options) {
    std::vector<Problem> problems;
    const auto& [significant, moderate, growth] = options.thresholds;
    if (!(significant > moderate && moderate > 0.0 && std::isfinite(significant)))
        problems.push_back({"thresholds", "thresholds",
                            "significant " + numeric::shortest(significant) + ", moderate " +
                                numeric::shortest(moderate),
                            "significant above moderate, moderate above 0", "correct them"});
    if (!(growth > 0.0 && std::isfinite(growth)))
        problems.push_back({"thresholds", "thresholds.growth", numeric::shortest(growth),
                            "a share above 0", "0.01 is 1% a year"});
    if (!(options.interval_level > 0.0 && options.interval_level < 1.0))
        problems.push_back(
            {"level_out_of_range", "interval_level", numeric::shortest(options.interval_level),
             "a number between 0 and 1, neither of them", "0.9 holds the value nine times in ten"});
    if (!(options.horizon_years > 0.0))
        problems.push_back({"horizon", "horizon_years", numeric::shortest(options.horizon_years),
                            "a number above 0", "100 is longer than any target"});
    return problems;
}

}  // namespace detail

/// Judges the progress of one indicator as of a day; values dated later are not
/// read, so an old answer can be given again. The baseline is the first
/// observation where none is given, and counts as an observation where no other
/// has its day; observations before it are not read.
///
/// Two judgements are made, because they can differ. `progress` compares annual
/// growth with the growth required from baseline to target (Eurostat, see
/// `ProgressClass`); `status` compares the latest value with what the declared
/// path required on its day. Years are those of `years_between`. Where growth is
/// undefined (a value of 0 or below), changes a year are compared instead and a
/// note says so. A target that the latest value attains is reached whatever the
/// growth; a value that has left a target met at the baseline moves away.
///
/// Complexity: O(n log n) in the observations.
/// @throws NumericError naming every value without a day, infinite value, day
///         given twice, target out of order, and option out of range.
[[nodiscard]] inline Progress progress_toward_targets(const ProgressInput& input, const Date& as_of,
                                                      const ProgressOptions& options = {}) {
    std::vector<Problem> problems = detail::problems_of(input);
    for (Problem& problem : detail::problems_of(options)) problems.push_back(std::move(problem));
    if (as_of.is_special())
        problems.push_back({"date_missing", "as_of", "no date", "a day", "give the day"});
    if (!problems.empty()) throw NumericError("progress cannot be judged", std::move(problems));
    return detail::ProgressJudge(input, as_of, options).run();
}

}  // namespace thuocdo
