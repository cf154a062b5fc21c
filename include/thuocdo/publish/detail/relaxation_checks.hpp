#pragma once
/// @file
/// Refuses what suppress() cannot search.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>
#include <thuocdo/numeric/matrix_places.hpp>
#include <thuocdo/publish/relaxation.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

inline bool check_line(Index line, Index lines, const char* code, const std::string& place,
                       std::vector<Problem>& problems) {
    if (line >= 0 && line < lines) return true;
    problems.push_back(Problem{code, place, std::to_string(line),
                               "0 to " + std::to_string(lines - 1),
                               "name lines of the knowledge by their number"});
    return false;
}

inline void check_wider(const std::vector<WiderBounds>& changes, ColumnView lower, ColumnView upper,
                        const char* code, const std::string& place,
                        std::vector<Problem>& problems) {
    for (const WiderBounds& change : changes) {
        if (!check_line(change.line, lower.size(), code, place, problems)) continue;
        if (change.lower <= lower[change.line] && change.upper >= upper[change.line]) continue;
        problems.push_back(
            Problem{"not_wider", place + ", line " + std::to_string(change.line),
                    std::to_string(change.lower) + " to " + std::to_string(change.upper),
                    "bounds around " + std::to_string(lower[change.line]) + " to " +
                        std::to_string(upper[change.line]),
                    "a candidate tells less than what is published now; where a coarser number "
                    "rounds away from it, use bounds around both"});
    }
}

inline void check_relaxations(const numeric::LinearConstraints& knowledge,
                              const std::vector<ProtectedValue>& protect,
                              const std::vector<Relaxation>& candidates) {
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < protect.size(); ++k) {
        const std::string place = numeric::entry_place("protect", k);
        check_line(protect[k].unknown, knowledge.lower.size(), "unknown_out_of_range", place,
                   problems);
        if (std::isfinite(protect[k].width) && protect[k].width >= 0.0) continue;
        problems.push_back(Problem{"invalid_width", place, std::to_string(protect[k].width),
                                   "a finite width of 0 or more",
                                   "state the width in the unit of the value"});
    }
    for (std::size_t k = 0; k < candidates.size(); ++k) {
        const std::string place = numeric::entry_place("candidates", k);
        check_wider(candidates[k].unknowns, knowledge.lower, knowledge.upper,
                    "unknown_out_of_range", place + ".unknowns", problems);
        check_wider(candidates[k].rows, knowledge.row_lower, knowledge.row_upper,
                    "row_out_of_range", place + ".rows", problems);
    }
    if (!problems.empty())
        throw NumericError("cannot search what to withhold", std::move(problems));
}

}  // namespace thuocdo::publish::detail
