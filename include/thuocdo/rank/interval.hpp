#pragma once
/// @file
/// Declared intervals of criteria, and the checks of the methods that want them.

#include <thuocdo/rank/decision_view.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace thuocdo::rank {

/// From `lower` to `upper`, both included.
struct Interval {
    double lower = 0.0;
    double upper = 0.0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

namespace detail {

[[nodiscard]] inline std::string text_of(const Interval& interval) {
    return numeric::shortest(interval.lower) + " to " + numeric::shortest(interval.upper);
}

/// Finite, in order, and of a width that doubles hold.
[[nodiscard]] inline bool sound(const Interval& interval) noexcept {
    return std::isfinite(interval.lower) && std::isfinite(interval.upper) &&
           interval.lower <= interval.upper && std::isfinite(interval.upper - interval.lower);
}

/// One sound interval a criterion.
inline void check_intervals(const std::vector<Interval>& intervals, Index columns,
                            const char* argument, std::vector<Problem>& problems) {
    if (intervals.size() != static_cast<std::size_t>(columns)) {
        problems.push_back({"size_mismatch", std::string("argument \"") + argument + '"',
                            std::to_string(intervals.size()) + " intervals",
                            std::to_string(columns) + ", one a column of \"x\"",
                            "declare the lowest and the highest value that each criterion can "
                            "take, whatever the alternatives at hand"});
        return;
    }
    for (std::size_t j = 0; j < intervals.size(); ++j) {
        if (sound(intervals[j])) continue;
        problems.push_back({"interval_invalid", entry_place(argument, j), text_of(intervals[j]),
                            "two finite numbers, the lower one first", ""});
    }
}

/// Names the cells outside the intervals, which check_intervals() found sound.
inline void check_within(const DecisionView& x, const std::vector<Interval>& intervals,
                         std::vector<Problem>& problems) {
    for (Index j = 0; j < x.columns(); ++j) {
        const Interval& allowed = intervals[static_cast<std::size_t>(j)];
        if (x.range(j).minimum >= allowed.lower && x.range(j).maximum <= allowed.upper) continue;
        const std::string expected = "a value from " + text_of(allowed);
        x.name_cells(
            j, "value_out_of_bounds", expected.c_str(),
            "correct the value, or declare the interval that the criterion really has",
            [&allowed](double value) { return value >= allowed.lower && value <= allowed.upper; },
            problems);
    }
}

}  // namespace detail

}  // namespace thuocdo::rank
