#pragma once
/// @file
/// An indicator on its way from a baseline to dated targets: what is read, and
/// the value that the path requires on a date.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/model/target.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/time/date.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// A value and the day that it holds for.
struct DatedValue {
    Date date{};
    double value = missing_value;
    friend bool operator==(const DatedValue&, const DatedValue&) = default;
};

/// An indicator, where it started, where it has to go, and what was observed.
struct ProgressInput {
    Direction direction = Direction::higher_is_better;
    /// Where the path starts; empty: at the first observed value.
    std::optional<DatedValue> baseline{};
    /// By ascending date; empty: progress is judged by growth alone.
    std::vector<Target> targets{};
    TargetPath path = TargetPath::linear;
    /// In any order, one a day; NaN is missing.
    std::vector<DatedValue> observations{};
};

/// Whether a value attains a target: at least the target, or at most where lower
/// is better. A missing value attains nothing. Targets written as "more than"
/// are attained by equality too; state the next printed value to exclude it.
[[nodiscard]] inline bool attains(Direction direction, double value, double target) noexcept {
    return direction == Direction::higher_is_better ? value >= target : value <= target;
}

/// What a path requires on a date.
struct RequiredValue {
    double value = missing_value;
    /// True where a compound path was asked for and a straight line had to take
    /// its place, because baseline and target are not of one sign.
    bool linear_instead = false;
};

/// The value required on a date by the path that starts at the baseline and goes
/// through the targets after it (`required_value` of model/target.hpp with the
/// baseline as its first point). NaN before the baseline and without targets.
/// After the last target: its value.
[[nodiscard]] inline RequiredValue required_on_path(const DatedValue& baseline,
                                                    const std::vector<Target>& targets,
                                                    TargetPath path, const Date& on) {
    RequiredValue required;
    if (targets.empty() || on < baseline.date) return required;
    std::vector<Target> points{{baseline.date, baseline.value}};
    for (const Target& target : targets)
        if (target.date > baseline.date) points.push_back(target);
    if (points.size() == 1) {
        required.value = targets.back().value;
        return required;
    }
    for (std::size_t k = 1; k < points.size() && path == TargetPath::compound; ++k)
        required.linear_instead |= !(points[k - 1].value * points[k].value > 0.0);
    const TargetPath used = required.linear_instead ? TargetPath::linear : path;
    required.value = *required_value(points, used, on);
    return required;
}

namespace detail {

/// Every problem of an input, so that a caller sees them at once.
[[nodiscard]] inline std::vector<Problem> problems_of(const ProgressInput& input) {
    std::vector<Problem> problems;
    const auto check_date = [&](const Date& date, const std::string& place) {
        if (date.is_special())
            problems.push_back({"date_missing", place, "no date", "a day",
                                "give every value its "
                                "day"});
        return !date.is_special();
    };
    if (input.baseline && check_date(input.baseline->date, "baseline") &&
        !std::isfinite(input.baseline->value))
        problems.push_back({"not_finite", "baseline", numeric::shortest(input.baseline->value),
                            "a finite number",
                            "leave the baseline out to start at the first "
                            "observed value"});
    bool dated = true;
    for (std::size_t k = 0; k < input.targets.size(); ++k) {
        const Target& target = input.targets[k];
        const std::string place = "targets[" + std::to_string(k) + "]";
        dated = check_date(target.date, place) && dated;
        if (!std::isfinite(target.value))
            problems.push_back({"not_finite", place, numeric::shortest(target.value),
                                "a finite number", "correct the target"});
        if (k > 0 && dated && !(input.targets[k - 1].date < target.date))
            problems.push_back({"targets_not_ascending", place, to_iso(target.date),
                                "a date after " + to_iso(input.targets[k - 1].date),
                                "list targets by date"});
    }
    std::vector<Date> days;
    for (std::size_t k = 0; k < input.observations.size(); ++k) {
        const DatedValue& each = input.observations[k];
        const std::string place = "observations[" + std::to_string(k) + "]";
        if (check_date(each.date, place)) days.push_back(each.date);
        if (std::isinf(each.value))
            problems.push_back({"not_finite", place, numeric::shortest(each.value),
                                "a finite number, or NaN for missing", "correct the value"});
    }
    std::sort(days.begin(), days.end());
    const auto again = std::adjacent_find(days.begin(), days.end());
    if (again != days.end())
        problems.push_back({"date_twice", "observations", "two values on " + to_iso(*again),
                            "one value a day", "choose the source that counts"});
    return problems;
}

/// The observed values dated up to and including a day, by date.
[[nodiscard]] inline std::vector<DatedValue> observed_until(
    const std::vector<DatedValue>& observations, const Date& as_of) {
    std::vector<DatedValue> read;
    for (const DatedValue& each : observations)
        if (!std::isnan(each.value) && each.date <= as_of) read.push_back(each);
    std::sort(read.begin(), read.end(),
              [](const DatedValue& a, const DatedValue& b) { return a.date < b.date; });
    return read;
}

}  // namespace detail
}  // namespace thuocdo
