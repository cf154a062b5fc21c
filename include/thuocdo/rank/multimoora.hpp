#pragma once
/// @file
/// MULTIMOORA: three rankings of MOORA put together by dominance.

#include <thuocdo/rank/detail/majority_of_three.hpp>
#include <thuocdo/rank/moora_multiplicative.hpp>
#include <thuocdo/rank/moora_ratio.hpp>
#include <thuocdo/rank/moora_reference_point.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <tuple>

namespace thuocdo::rank {

struct MultimooraOptions {};

/// What multimoora() finds.
struct MultimooraResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    /// By the scores, ties share the smaller. Not among the parts, since every result is
    /// ranked so.
    Eigen::VectorXd ranks;
    Eigen::VectorXd ratio_scores;
    Eigen::VectorXd reference_point_scores;
    Eigen::VectorXd multiplicative_scores;
    Eigen::VectorXd ratio_ranks;
    Eigen::VectorXd reference_point_ranks;
    Eigen::VectorXd multiplicative_ranks;

    [[nodiscard]] static constexpr auto parts() {
        using R = MultimooraResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "alternatives dominated less alternatives that dominate"),
            part("ratio_scores", &R::ratio_scores, Axis::alternatives, "y of the ratio system"),
            part("reference_point_scores", &R::reference_point_scores, Axis::alternatives,
                 "z of the reference point approach; lower is better"),
            part("multiplicative_scores", &R::multiplicative_scores, Axis::alternatives,
                 "ln U of the full multiplicative form"),
            part("ratio_ranks", &R::ratio_ranks, Axis::alternatives, "rank by y"),
            part("reference_point_ranks", &R::reference_point_ranks, Axis::alternatives,
                 "rank by z"),
            part("multiplicative_ranks", &R::multiplicative_ranks, Axis::alternatives,
                 "rank by ln U")};
    }
};

/// Ranks by moora_ratio(), moora_reference_point() and moora_multiplicative(), put together
/// by the theory of dominance.
///
/// Rule: a dominates b when a is before b in more of the three rankings than it is behind.
/// Hence when it is before in two of them, whatever the third says (general dominance); where
/// two alternatives are level in one ranking, when it is before in both others, or before in
/// one and level in the other. Two that are level in one ranking and opposed in the other
/// two, or level in all, dominate neither. The score of a is the number of alternatives that
/// it dominates, less the number of those that dominate it, and orders them.
///
/// Where no cycle and no such draw occurs this is the order of the dominance itself. Three
/// alternatives that dominate each other in a circle, with the same relation to all
/// others, share a rank, as the source says of circular reasoning. Longer circles are ordered by
/// the score; one rank for every member of a circle would give hundreds of alternatives the
/// same rank. Places within one ranking tie only where scores are exactly equal.
///
/// Where programs disagree: some compare sums of ranks, which is no dominance, and some
/// use weights as factors of the multiplicative form, where they have no influence.
///
/// @param x alternatives by criteria, finite, above 0 where the weight is.
/// @param weights one a criterion, 0 or more, taken as given; exponents in the
///        multiplicative form.
/// @param directions one a criterion.
/// @throws NumericError as moora_multiplicative() and moora_ratio(), and above 2^31 - 1
///         alternatives.
/// Identical alternatives share a rank; the order of rows has no effect. Complexity: those
/// of the three methods and O(n log^2 n); no table of pairs. Source: W. K. M. Brauers and E.
/// K. Zavadskas (2012), Informatica 23(1), 1-25.
[[nodiscard]] inline MultimooraResult multimoora(MatrixView x, std::span<const double> weights,
                                                 std::span<const Direction> directions,
                                                 const MultimooraOptions& = {}) {
    constexpr auto most = static_cast<Index>(std::numeric_limits<std::int32_t>::max());
    if (x.rows() > most)
        detail::refuse("MULTIMOORA cannot rank the alternatives", "too_many_alternatives",
                       "argument \"x\"", std::to_string(x.rows()) + " rows",
                       "at most " + std::to_string(most), "");
    MultimooraResult result;
    result.multiplicative_scores = moora_multiplicative(x, weights, directions).scores;
    result.ratio_scores = moora_ratio(x, weights, directions).scores;
    result.reference_point_scores = moora_reference_point(x, weights, directions).scores;
    const auto best_first = [](const Eigen::VectorXd& scores, bool higher_is_better) {
        return ranks(scores, TieRule::competition,
                     higher_is_better ? numeric::Order::descending : numeric::Order::ascending);
    };
    result.ratio_ranks = best_first(result.ratio_scores, MooraRatioResult::higher_is_better);
    result.reference_point_ranks =
        best_first(result.reference_point_scores, MooraReferencePointResult::higher_is_better);
    result.multiplicative_ranks =
        best_first(result.multiplicative_scores, MooraMultiplicativeResult::higher_is_better);

    std::vector<detail::ThreeRanks> places(static_cast<std::size_t>(x.rows()));
    for (Index i = 0; i < x.rows(); ++i)
        places[static_cast<std::size_t>(i)] = {
            static_cast<std::uint32_t>(result.ratio_ranks[i]),
            static_cast<std::uint32_t>(result.reference_point_ranks[i]),
            static_cast<std::uint32_t>(result.multiplicative_ranks[i])};
    const detail::MajorityOfThree majority(places);
    result.scores.resize(x.rows());
    for (Index i = 0; i < x.rows(); ++i)
        result.scores[i] = static_cast<double>(majority.net(static_cast<std::size_t>(i)));
    result.ranks = best_first(result.scores, MultimooraResult::higher_is_better);
    return result;
}

}  // namespace thuocdo::rank
