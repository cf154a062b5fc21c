#pragma once
/// @file
/// Dated targets of an indicator, such as 30% by 2030 and 50% by 2045.

#include <thuocdo/time/date.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

namespace thuocdo {

/// A value to be reached by a date.
struct Target {
    Date date;
    double value = 0.0;
    friend bool operator==(const Target&, const Target&) = default;
};

/// How the required value moves between two targets.
enum class TargetPath {
    linear,    ///< a straight line over days
    compound,  ///< constant growth per day
    step       ///< the next target that falls due
};

/// The value required on a date: before the first target the first value, after
/// the last the last, in between by `path`. Compound paths need values of one
/// sign, which loading checks. No targets, no value.
[[nodiscard]] inline std::optional<double> required_value(std::span<const Target> targets,
                                                          TargetPath path, const Date& on) {
    if (targets.empty()) return std::nullopt;
    if (on <= targets.front().date) return targets.front().value;
    if (on >= targets.back().date) return targets.back().value;
    std::size_t next = 1;
    while (targets[next].date < on) ++next;
    const Target& after = targets[next];
    if (after.date == on || path == TargetPath::step) return after.value;
    const Target& before = targets[next - 1];
    const double elapsed = static_cast<double>(days_between(before.date, on)) /
                           static_cast<double>(days_between(before.date, after.date));
    if (path == TargetPath::compound)
        return before.value * std::pow(after.value / before.value, elapsed);
    const double rise = (after.value - before.value) * elapsed;
    return before.value + rise;
}

}  // namespace thuocdo
