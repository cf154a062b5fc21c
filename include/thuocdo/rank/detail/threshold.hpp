#pragma once
/// @file
/// Differences of values against thresholds that are written as decimals.

#include <thuocdo/numeric/column_scan.hpp>

#include <algorithm>
#include <cmath>

namespace thuocdo::rank::detail {

/// What a difference of two values of a column has to exceed to be above a threshold.
///
/// 0.4 - 0.1 is a little above 0.3 in binary, and so would exceed a threshold of 0.3 that
/// it equals on paper. Differences that lie nearer to the threshold than the values can
/// be told apart count as equal to it: 4 units in the last place of the largest absolute
/// value. A threshold of 0 needs none of it, because the difference of doubles is 0 only
/// where they are equal.
[[nodiscard]] inline double above_threshold(double threshold,
                                            const numeric::ValueRange& range) noexcept {
    if (threshold == 0.0) return 0.0;
    constexpr double four_last_places = 0x1p-50;
    const double largest = std::max({std::abs(range.minimum), std::abs(range.maximum), threshold});
    return threshold + largest * four_last_places;
}

/// Shares (concordance, credibility) that are nearer to each other than this are equal:
/// sums of weights such as 0.25 + 0.2 + 0.2 reach a threshold of 0.65 that they equal on
/// paper.
inline constexpr double equal_shares = 1e-12;

}  // namespace thuocdo::rank::detail
