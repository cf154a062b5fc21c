#pragma once
/// @file
/// Differences of values against thresholds that are written as decimals.

#include <algorithm>
#include <cmath>

namespace thuocdo::rank::detail {

/// Whether `high` - `low` is above a threshold of 0 or more.
///
/// 0.4 - 0.1 is a little above 0.3 in binary, and so would exceed a threshold of 0.3 that
/// it equals on paper. What the three numbers may be off, if they are the nearest to
/// decimals, and the rounding of the difference, together less than 8 halves of the last
/// place of the larger value, counts as equal. A threshold of 0 needs none of it, because
/// a difference of doubles is 0 only where they are equal.
[[nodiscard]] inline bool exceeds(double high, double low, double threshold) noexcept {
    constexpr double last_places = 0x1p-50;
    // The product is exact, so that contraction changes no bit.
    const double margin = std::max(std::abs(high), std::abs(low)) * last_places;
    return high - low > (threshold > 0.0 ? threshold + margin : 0.0);
}

/// Shares (concordance, credibility) that are nearer to each other than this are equal:
/// sums of weights such as 0.25 + 0.2 + 0.2 reach a threshold of 0.65 that they equal on
/// paper.
inline constexpr double equal_shares = 1e-12;

}  // namespace thuocdo::rank::detail
