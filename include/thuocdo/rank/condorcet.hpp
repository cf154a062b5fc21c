#pragma once
/// @file
/// The winner and the loser of all pairwise majorities, and the cycles among the rest.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/detail/majority_tally.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

namespace thuocdo::rank {

/// Alternatives that majorities cannot put into an order, or one alone.
struct CondorcetGroup {
    /// In the order of rows.
    std::vector<Index> members;
    /// Strict majorities run in a circle inside the group. False for one member, and where
    /// draws alone hold the group together.
    bool cyclic = false;
};

/// What condorcet() finds.
struct CondorcetResult {
    static constexpr bool higher_is_better = false;
    /// Number of the group of each alternative, from 1.
    Eigen::VectorXd scores;
    /// Row of the alternative that a majority puts before each other one.
    std::optional<Index> winner;
    /// Row of the alternative that a majority puts behind each other one.
    std::optional<Index> loser;
    /// Best first; each member beats all members of the groups behind. The first is the
    /// Smith set.
    std::vector<CondorcetGroup> groups;

    [[nodiscard]] static constexpr auto parts() {
        using R = CondorcetResult;
        return std::tuple{part("scores", &R::scores, Axis::alternatives,
                               "number of the group, from 1; the first is the Smith set")};
    }
};

namespace detail {

/// Whether strict majorities among the members run in a circle: takes away, one after the
/// other, members that nobody left beats.
[[nodiscard]] inline bool has_strict_cycle(PairMargins& pairs, const std::vector<Index>& members) {
    std::vector<Index> beaten_by(members.size(), 0);
    std::vector<std::int64_t> row;
    for (const Index i : members) {
        pairs.row(i, row);
        for (std::size_t k = 0; k < members.size(); ++k)
            beaten_by[k] += row[static_cast<std::size_t>(members[k])] > 0 ? 1 : 0;
    }
    std::vector<std::size_t> unbeaten;
    for (std::size_t k = 0; k < members.size(); ++k)
        if (beaten_by[k] == 0) unbeaten.push_back(k);
    std::size_t taken = 0;
    while (!unbeaten.empty()) {
        pairs.row(members[unbeaten.back()], row);
        unbeaten.pop_back();
        ++taken;
        for (std::size_t k = 0; k < members.size(); ++k) {
            if (row[static_cast<std::size_t>(members[k])] <= 0) continue;
            if (--beaten_by[k] == 0) unbeaten.push_back(k);
        }
    }
    return taken < members.size();
}

}  // namespace detail

/// Winner, loser and cycles of the pairwise majorities. i beats k when the rankings that
/// put i before k weigh more than those that put k before i; a ranking that ties both
/// counts for neither, and equal weights are a draw.
///
/// The groups are the strongly connected components of the graph in which an arc leads
/// from i to k unless k beats i, so a draw joins two alternatives; between groups every
/// majority is strict. A winner or a loser must win or lose every comparison; with one
/// alternative there is neither.
/// @param rankings alternatives by rankings, finite, 1 is the best.
/// @param weights one a ranking, or none for 1 each.
/// @throws NumericError as copeland_ranking().
/// Complexity: as copeland_ranking(), up to three times. Sources: M. J. A. N. de
/// Condorcet (1785), "Essai sur l'application de l'analyse"; J. H. Smith (1973),
/// Econometrica 41(6), 1027-1041.
[[nodiscard]] inline CondorcetResult condorcet(RankingsView rankings,
                                               std::span<const double> weights = {}) {
    const detail::CheckedRankings checked(rankings, weights, "Condorcet's comparison");
    detail::PairMargins pairs(checked, checked.whole_weights(detail::most_weight_of_margins));
    const detail::MajorityTally tally(pairs);
    const Index n = checked.rows();
    CondorcetResult result;
    result.scores.resize(n);
    for (std::vector<Index>& members : tally.groups()) {
        for (const Index i : members)
            result.scores[i] = static_cast<double>(result.groups.size() + 1);
        constexpr std::size_t shortest_cycle = 3;
        const bool cyclic =
            members.size() >= shortest_cycle && detail::has_strict_cycle(pairs, members);
        result.groups.push_back({std::move(members), cyclic});
    }
    if (n > 1 && result.groups.front().members.size() == 1)
        result.winner = result.groups.front().members.front();
    if (n > 1 && result.groups.back().members.size() == 1)
        result.loser = result.groups.back().members.front();
    return result;
}

}  // namespace thuocdo::rank
