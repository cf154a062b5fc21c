#pragma once
/// @file
/// Swing weights.

#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

/// Points for the swing of each indicator from its worst to its best level, over
/// their sum. The swing that matters most has `full_swing` points by definition,
/// and the others have points relative to it.
///
/// @param points one an indicator, from 0 to full_swing, one of them full_swing.
/// @param full_swing points of the most important swing; finite, above 0.
/// @return one weight an indicator; the sum is 1.
/// @throws NumericError naming every number of points that is not valid, or when no
///         swing has full_swing points.
/// Complexity: O(indicators). Source: von Winterfeldt and Edwards (1986), Decision
/// Analysis and Behavioral Research, chapter 8.
[[nodiscard]] inline Eigen::VectorXd swing(std::span<const double> points,
                                           double full_swing = 100.0) {
    std::vector<Problem> problems;
    const std::string range = "a number from 0 to " + numeric::shortest(full_swing);
    if (!(std::isfinite(full_swing) && full_swing > 0.0)) {
        problems.push_back({"argument_not_positive", "argument \"full_swing\"",
                            numeric::shortest(full_swing), "a finite number above 0", ""});
    } else if (points.empty()) {
        problems.push_back(
            {"no_indicator", "argument \"points\"", "no entry", "points for each indicator", ""});
    } else {
        bool full = false;
        for (std::size_t j = 0; j < points.size(); ++j) {
            full = full || points[j] == full_swing;
            if (points[j] >= 0.0 && points[j] <= full_swing) continue;
            problems.push_back({"judgement_not_valid", detail::entry_place("points", j),
                                numeric::shortest(points[j]), range, ""});
        }
        if (!full) {
            problems.push_back({"no_full_swing", "argument \"points\"",
                                "no swing with " + numeric::shortest(full_swing) + " points",
                                "the most important swing to have them",
                                "rate the other swings relative to the most important one"});
        }
    }
    detail::throw_if_any("swing weights: impossible judgements", std::move(problems));
    return detail::shares_of(
        Eigen::Map<const Eigen::VectorXd>(points.data(), static_cast<Index>(points.size())));
}

}  // namespace thuocdo::weigh
