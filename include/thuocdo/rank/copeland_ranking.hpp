#pragma once
/// @file
/// Copeland's rule over several rankings.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/detail/majority_tally.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <Eigen/Core>

#include <span>
#include <tuple>

namespace thuocdo::rank {

/// What copeland_ranking() finds.
struct CopelandRankingResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd wins;
    Eigen::VectorXd draws;
    Eigen::VectorXd losses;

    [[nodiscard]] static constexpr auto parts() {
        using R = CopelandRankingResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "wins less losses"),
            part("wins", &R::wins, Axis::alternatives, "others that a majority puts behind"),
            part("draws", &R::draws, Axis::alternatives, "others without a majority"),
            part("losses", &R::losses, Axis::alternatives, "others that a majority puts before")};
    }
};

/// scores(i) = sum over the other alternatives k of the sign of the weight of the rankings
/// that put i before k less that of those that put k before i: +1, 0 or -1. A ranking that
/// ties both counts for neither.
///
/// Some programs add up the margins themselves, without the sign: that is Borda's count
/// again. Weights count as the decimals they print as, so draws are decided exactly.
/// @param rankings alternatives by rankings, finite, 1 is the best.
/// @param weights one a ranking, or none for 1 each.
/// @throws NumericError as CheckedRankings; when the weights need more than 2^61 units of
///         their last decimal together.
/// Complexity: J n^2 comparisons in vectors, memory for J n places and one row of margins.
/// Source: A. H. Copeland (1951), "A reasonable social welfare function", University of
/// Michigan.
[[nodiscard]] inline CopelandRankingResult copeland_ranking(RankingsView rankings,
                                                            std::span<const double> weights = {}) {
    const detail::CheckedRankings checked(rankings, weights, "Copeland's rule");
    detail::PairMargins pairs(checked, checked.whole_weights(detail::most_weight_of_margins));
    const detail::MajorityTally tally(pairs);
    const Index n = checked.rows();
    CopelandRankingResult result;
    result.scores.resize(n);
    result.wins.resize(n);
    result.draws.resize(n);
    result.losses.resize(n);
    for (Index i = 0; i < n; ++i) {
        const Index won = tally.wins[static_cast<std::size_t>(i)];
        const Index lost = tally.losses[static_cast<std::size_t>(i)];
        result.scores[i] = static_cast<double>(won - lost);
        result.wins[i] = static_cast<double>(won);
        result.losses[i] = static_cast<double>(lost);
        result.draws[i] = static_cast<double>(n - 1 - won - lost);
    }
    return result;
}

}  // namespace thuocdo::rank
