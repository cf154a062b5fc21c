#pragma once
/// @file
/// Borda's count over several rankings.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <Eigen/Core>

#include <span>
#include <tuple>

namespace thuocdo::rank {

/// What borda() finds.
struct BordaResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd mean_ranks;

    [[nodiscard]] static constexpr auto parts() {
        using R = BordaResult;
        return std::tuple{part("scores", &R::scores, Axis::alternatives,
                               "sum over rankings of weight * (n - average rank)"),
                          part("mean_ranks", &R::mean_ranks, Axis::alternatives,
                               "weighted mean of the average ranks")};
    }
};

/// scores(i) = sum over the rankings j of w(j) (n - r(i, j)), r the rank with ties sharing
/// the mean of their places; so the best of a ranking gets n - 1 points and the last 0,
/// and a ranking gives n (n - 1) / 2 points whatever its ties.
///
/// Some programs count n - r + 1, or leave the sum unweighted; that changes the points and,
/// for the weights, the order. Only the order inside a column counts, not its values.
/// @param rankings alternatives by rankings, finite, 1 is the best.
/// @param weights one a ranking, or none for 1 each; taken as given.
/// @throws NumericError as CheckedRankings.
/// Complexity: one sort a ranking. Source: J.-C. de Borda (1784), "Mémoire sur les
/// élections au scrutin", Histoire de l'Académie Royale des Sciences pour 1781, 657-665.
[[nodiscard]] THUOCDO_KERNEL inline BordaResult borda(RankingsView rankings,
                                                      std::span<const double> weights = {}) {
    THUOCDO_EXACT
    const detail::CheckedRankings checked(rankings, weights, "Borda's count");
    const Index n = checked.rows();
    BordaResult result;
    result.scores = Eigen::VectorXd::Zero(n);
    result.mean_ranks = Eigen::VectorXd::Zero(n);
    double* const scores = result.scores.data();
    double* const means = result.mean_ranks.data();
    for (Index j = 0; j < checked.columns(); ++j) {
        const Eigen::VectorXd places = checked.average_ranks(j);
        const double w = checked.weight(j);
        for (Index i = 0; i < n; ++i) {
            scores[i] += w * (static_cast<double>(n) - places.data()[i]);
            means[i] += w * places.data()[i];
        }
    }
    const double total = checked.total_weight();
    for (Index i = 0; i < n; ++i) means[i] /= total;
    return result;
}

}  // namespace thuocdo::rank
