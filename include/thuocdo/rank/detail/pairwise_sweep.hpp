#pragma once
/// @file
/// Matrices of alternatives by alternatives: the order in which their cells are filled.

#include <thuocdo/rank/decision_view.hpp>
#include <thuocdo/rank/detail/checks.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

/// Calls cells(first, count, b) for blocks of first alternatives and each second one b, so
/// that the rows of a block stay in cache while all second alternatives pass.
template <class Cells>
void over_pairs(Index rows, Cells cells) {
    for (Index start = 0; start < rows; start += block_rows) {
        const Index count = std::min(block_rows, rows - start);
        for (Index b = 0; b < rows; ++b) cells(start, count, b);
    }
}

/// Names a share that is not between 0 and 1.
inline void check_share(double value, const char* place, std::vector<Problem>& problems) {
    if (value >= 0.0 && value <= 1.0) return;
    problems.push_back(
        {"option_out_of_range", place, numeric::shortest(value), "a number between 0 and 1", ""});
}

}  // namespace thuocdo::rank::detail
