#pragma once
/// @file
/// Rank reciprocal weights.

#include <thuocdo/weigh/detail/rank_weights.hpp>

namespace thuocdo::weigh {

/// w(i) = (1/i) / sum of 1/k over k = 1 .. n for the i-th most important of n
/// indicators.
///
/// @param ranks rank of importance of each indicator, 1 the most important; only
///        their order counts. Indicators of one rank share the mean of the weights
///        of the places they take.
/// @return one weight an indicator; the sum is 1.
/// @throws NumericError when there is no rank, or naming every rank that is not
///         finite.
/// Complexity: O(n log n). Source: Stillwell, Seaver and Edwards (1981),
/// Organizational Behavior and Human Performance 28(1), 62-77.
[[nodiscard]] inline Eigen::VectorXd rank_reciprocal(std::span<const double> ranks) {
    detail::require_ranks(ranks);
    const auto count = static_cast<Index>(ranks.size());
    Eigen::VectorXd number_of_place(count);
    for (Index place = 1; place <= count; ++place)
        number_of_place[place - 1] = 1.0 / static_cast<double>(place);
    return detail::shares_of(detail::by_place(ranks, number_of_place));
}

}  // namespace thuocdo::weigh
