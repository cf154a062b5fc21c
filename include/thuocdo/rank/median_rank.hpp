#pragma once
/// @file
/// The median of an alternative's ranks.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/borda.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// What median_rank() finds.
struct MedianRankResult {
    static constexpr bool higher_is_better = false;
    Eigen::VectorXd scores;
    Eigen::VectorXd mean_ranks;
    Eigen::VectorXd places;

    [[nodiscard]] static constexpr auto parts() {
        using R = MedianRankResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "weighted median of the average ranks"),
            part("mean_ranks", &R::mean_ranks, Axis::alternatives,
                 "weighted mean of the average ranks, which breaks ties of medians"),
            part("places", &R::places, Axis::alternatives,
                 "1 + number of alternatives with a lower median, or the same and a lower mean")};
    }
};

namespace detail {

/// The value below and above which lies at most half of the weight each; half way between
/// two neighbours where each side has exactly half.
[[nodiscard]] inline double weighted_median(std::vector<std::pair<double, std::int64_t>>& values,
                                            std::int64_t total) {
    std::sort(values.begin(), values.end());
    std::int64_t below = 0;
    for (std::size_t k = 0; k < values.size(); ++k) {
        below += values[k].second;
        if (below > total - below) return values[k].first;
        if (below == total - below) return (values[k].first + values[k + 1].first) / 2.0;
    }
    return values.back().first;
}

}  // namespace detail

/// scores(i) = the weighted median over the rankings of the rank of i, ties sharing the
/// mean of their places; lower is better. With an even number of rankings of equal weight
/// it is the mean of the two in the middle. Rankings of weight 0 take no part.
///
/// Equal medians are common, so `places` compares the mean rank next; those that are equal
/// there too share a place. Some programs take the lower of the two middle ranks, or leave
/// ties in the order of rows.
/// @param rankings alternatives by rankings, finite, 1 is the best. Only the order inside
///        a column counts.
/// @param weights one a ranking, or none for 1 each; they count as the decimals they
///        print as, so half of the weight is decided exactly.
/// @throws NumericError as copeland_ranking().
/// Complexity: one sort a ranking and one an alternative. Source: G. W. Bassett and J.
/// Persky (1999), "Robust voting", Public Choice 99(3/4), 299-310.
[[nodiscard]] inline MedianRankResult median_rank(RankingsView rankings,
                                                  std::span<const double> weights = {}) {
    const detail::CheckedRankings checked(rankings, weights, "the median rank");
    const detail::WholeWeights whole = checked.whole_weights(detail::most_weight_of_margins);
    MedianRankResult result;
    result.mean_ranks = borda(rankings, weights).mean_ranks;
    std::vector<Eigen::VectorXd> columns;
    std::vector<std::int64_t> taking_part;
    for (Index j = 0; j < checked.columns(); ++j) {
        const std::int64_t w = whole.integers[static_cast<std::size_t>(j)];
        if (w == 0) continue;
        columns.push_back(checked.average_ranks(j));
        taking_part.push_back(w);
    }
    result.scores.resize(checked.rows());
    std::vector<std::pair<double, std::int64_t>> values(columns.size());
    for (Index i = 0; i < checked.rows(); ++i) {
        for (std::size_t j = 0; j < columns.size(); ++j)
            values[j] = {columns[j].data()[i], taking_part[j]};
        result.scores[i] = detail::weighted_median(values, whole.total);
    }
    const std::array<TieBreaker, 1> breakers{
        TieBreaker{result.mean_ranks, numeric::Order::ascending}};
    result.places = ranks(result.scores, TieRule::competition, numeric::Order::ascending, breakers);
    return result;
}

}  // namespace thuocdo::rank
