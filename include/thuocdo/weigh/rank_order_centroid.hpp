#pragma once
/// @file
/// Rank order centroid weights.

#include <thuocdo/weigh/detail/rank_weights.hpp>

namespace thuocdo::weigh {

/// w(i) = (1/n) sum of 1/k over k = i .. n for the i-th most important of n
/// indicators: the centroid of all weights that have this order.
///
/// @param ranks rank of importance of each indicator, 1 the most important; only
///        their order counts. Indicators of one rank share the mean of the weights
///        of the places they take.
/// @return one weight an indicator; the sum is 1.
/// @throws NumericError when there is no rank, or naming every rank that is not
///         finite.
/// Complexity: O(n log n). Source: Barron and Barrett (1996), Management Science
/// 42(11), 1515-1523.
[[nodiscard]] inline Eigen::VectorXd rank_order_centroid(std::span<const double> ranks) {
    detail::require_ranks(ranks);
    const auto count = static_cast<Index>(ranks.size());
    Eigen::VectorXd number_of_place(count);
    numeric::ExactSum reciprocals;
    for (Index place = count; place >= 1; --place) {
        reciprocals.add(1.0 / static_cast<double>(place));
        number_of_place[place - 1] = reciprocals.value();
    }
    return detail::shares_of(detail::by_place(ranks, number_of_place));
}

}  // namespace thuocdo::weigh
