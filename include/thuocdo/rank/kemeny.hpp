#pragma once
/// @file
/// Kemeny's order: the one with the least total distance to the rankings.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/detail/cycle_bound.hpp>
#include <thuocdo/rank/detail/insertion_search.hpp>
#include <thuocdo/rank/detail/kemeny_search.hpp>
#include <thuocdo/rank/detail/majority_tally.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/kemeny_certificate.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo::rank {

struct KemenyOptions {
    /// Work that the exact search and the bounds may cost, in updates of one triple of
    /// alternatives: about 10^9 a second. The same limit ends at the same place anywhere.
    std::int64_t most_updates = 4'000'000'000;
    /// Cycles that the certificate may keep, 16 bytes each. The search ends there too.
    std::int64_t most_cycles = 16'000'000;
    /// Whether to look for a second best order, which may take as long again.
    bool decide_uniqueness = true;
    /// Called now and then with the share done; false stops. Then the best order so far
    /// is returned with what is proven.
    std::function<bool(double)> progress{};
};

/// Whether no other order is as near.
enum class Uniqueness { unique, not_unique, unknown };

/// What kemeny() finds.
struct KemenyResult {
    static constexpr bool higher_is_better = false;
    /// Places of the alternatives in the order, from 1.
    Eigen::VectorXd scores;
    /// Rows of the alternatives, best first.
    std::vector<Index> order;
    /// Total distance of the order to the rankings.
    double distance = 0.0;
    /// No order has less than this.
    double lower_bound = 0.0;
    /// The bound equals the distance, which is decided in whole numbers.
    bool optimal = false;
    Uniqueness uniqueness = Uniqueness::unknown;
    /// Groups of which each member beats all members of the groups behind.
    std::vector<std::vector<Index>> groups;
    /// Cases that the search looked at.
    std::int64_t cases = 0;
    /// Proof of the lower bound, for verify_kemeny().
    KemenyCertificate certificate;

    [[nodiscard]] static constexpr auto parts() {
        using R = KemenyResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "place in the nearest order, from 1"),
            part("distance", &R::distance, Axis::single,
                 "weight of the rankings against the order, over all pairs"),
            part("lower_bound", &R::lower_bound, Axis::single, "no order has a lower distance"),
            part("optimal", &R::optimal, Axis::single, "distance equals lower_bound"),
            part("order", &R::order, Axis::single, "rows of the alternatives, best first")};
    }
};

namespace detail {

/// Parts of more alternatives than this are not searched exactly: the triples of the
/// relaxation, n^3 / 6, would no longer fit into a few megabytes.
inline constexpr Index kemeny_most_searched = 256;

/// Of one group of alternatives, in units of the common divisor of its margins.
struct GroupOutcome {
    std::int64_t excess = 0;
    std::int64_t proven = 0;
    std::int64_t unit = 1;
    bool unique = true;
    bool not_unique = false;
};

class KemenySolver {
  public:
    KemenySolver(PairMargins& pairs, const KemenyOptions& options, KemenyResult& result)
        : pairs_(pairs),
          options_(options),
          budget_(options.most_updates, options.most_cycles, options.progress),
          result_(result) {}

    [[nodiscard]] GroupOutcome operator()(const std::vector<Index>& members) {
        const double all = static_cast<double>(pairs_.rows());
        const double here = static_cast<double>(members.size()) / all;
        GroupOutcome outcome;
        PartProof proof;
        proof.members = members;
        MarginMatrix margins = margins_among(pairs_, members);
        std::int64_t unit = 0;
        for (const std::int64_t margin : margins.margins) unit = std::gcd(unit, margin);
        outcome.unit = std::max(unit, std::int64_t{1});
        for (std::int64_t& margin : margins.margins) margin /= outcome.unit;

        const bool small = margins.size <= kemeny_most_searched;
        Order order = borda_order(margins);
        if (small) {
            order = iterated_insertion(margins, std::move(order));
        } else {
            const std::int64_t sweep = margins.size * margins.size;
            improve_by_insertion(margins, order, [&] { return budget_.spend(sweep, share_done_); });
        }
        outcome.excess = turned_majorities(margins, order);
        if (outcome.excess == 0) {
            prove(proof, {});
        } else if (small) {
            search(margins, order, proof, outcome, here);
        } else {
            bound(margins, order, proof, outcome, here);
        }
        settle_level_neighbours(margins, order);
        if (outcome.proven == outcome.excess) decide_uniqueness(margins, order, outcome, here);
        for (const Index member : order)
            result_.order.push_back(members[static_cast<std::size_t>(member)]);
        result_.certificate.parts.push_back(std::move(proof));
        share_done_ += here;
        return outcome;
    }

    void finish() {
        if (!budget_.stopped()) budget_.report(1.0);
    }

  private:
    static void prove(PartProof& proof, std::vector<WeightedCycle> cycles) {
        proof.bounds.push_back(std::move(cycles));
        proof.steps.push_back({false, 0, 0});
    }

    void search(const MarginMatrix& margins, Order& order, PartProof& proof, GroupOutcome& outcome,
                double here) {
        KemenySearch search(margins, budget_, share_done_, here);
        outcome.proven = search.minimise(order, proof);
        outcome.excess = turned_majorities(margins, order);
        result_.cases += search.cases();
    }

    void bound(const MarginMatrix& margins, const Order& order, PartProof& proof,
               GroupOutcome& outcome, double here) {
        const std::int64_t row = margins.size;
        std::vector<WeightedCycle> cycles = disjoint_cycles(margins, order, [&](double share) {
            return budget_.spend(row, share_done_ + here * share);
        });
        for (const WeightedCycle& cycle : cycles) outcome.proven += cycle.weight;
        prove(proof, std::move(cycles));
    }

    void decide_uniqueness(const MarginMatrix& margins, const Order& order, GroupOutcome& outcome,
                           double here) {
        outcome.unique = order.size() == 1;
        if (order.size() == 1) return;
        outcome.not_unique = has_level_move(margins, order);
        if (outcome.not_unique || !options_.decide_uniqueness ||
            margins.size > kemeny_most_searched || !budget_.goes_on())
            return;
        KemenySearch search(margins, budget_, share_done_ + here, 0.0);
        const KemenySearch::Unique found = search.look_for_another(order);
        outcome.unique = found == KemenySearch::Unique::yes;
        outcome.not_unique = found == KemenySearch::Unique::no;
        result_.cases += search.cases();
    }

    PairMargins& pairs_;
    const KemenyOptions& options_;
    SearchBudget budget_;
    KemenyResult& result_;
    double share_done_ = 0.0;
};

}  // namespace detail

/// The strict order of the alternatives with the least total Kendall distance to the
/// rankings: over all pairs, the weight of the rankings that put the pair the other way.
///
/// A ranking that ties a pair costs 0 either way. (Kemeny and Snell count a constant of
/// half a step for it, which changes the distance of every strict order by the same and
/// the order by nothing.) Only the order inside a column counts. Weights count as the
/// decimals they print as, so the distance is decided in whole numbers.
///
/// The alternatives are split into groups of which each member beats, by weighted
/// majority, all members of the groups behind; every nearest order keeps that order
/// (M. Truchon (1998), "An extension of the Condorcet criterion and Kemeny orders",
/// Université Laval). Groups of up to 256 are searched by branch and bound on the linear
/// relaxation with triangle inequalities (M. Grötschel, M. Jünger and G. Reinelt (1984),
/// Operations Research 32(6), 1195-1220), with a proof that verify_kemeny() reads. Larger
/// ones get Borda's order, improved by moves of one alternative, with a bound from
/// disjoint cycles of majorities.
///
/// Of several nearest orders the one that the search met first is taken, in which
/// neighbours with as much weight for one way as for the other then stand in the order of
/// rows. `uniqueness` says whether there are several, where that is known. The distance of
/// an optimal result does not depend on the order of rows; which of several orders is
/// returned may.
///
/// @param rankings alternatives by rankings, finite, 1 is the best.
/// @param weights one a ranking, or none for 1 each.
/// @throws NumericError as CheckedRankings; above 4,096 alternatives; when the weights
///         need more than 2^39 units of their last decimal together; for a negative limit.
/// Complexity: NP-hard, so none is promised. 34 alternatives with 20 random rankings take
/// some milliseconds. Memory for n^2 margins; n^3 / 6 multipliers in a searched group.
/// Source: J. G. Kemeny (1959), "Mathematics without numbers", Daedalus 88(4), 577-591.
[[nodiscard]] inline KemenyResult kemeny(RankingsView rankings,
                                         std::span<const double> weights = {},
                                         const KemenyOptions& options = {}) {
    const detail::CheckedRankings checked(rankings, weights, "Kemeny's method");
    detail::check_kemeny_size(checked);
    std::vector<Problem> problems;
    for (const auto& [name, limit] : {std::pair{"options.most_updates", options.most_updates},
                                      std::pair{"options.most_cycles", options.most_cycles}})
        if (limit < 0)
            problems.push_back(
                {"option_out_of_range", name, std::to_string(limit), "0 or more", ""});
    checked.throw_if_any(std::move(problems));
    const detail::WholeWeights whole = checked.whole_weights(detail::kemeny_most_weight);
    detail::PairMargins pairs(checked, whole);

    KemenyResult result;
    result.groups = detail::MajorityTally(pairs).groups();
    detail::KemenySolver solve(pairs, options, result);
    std::int64_t turned = 0;
    std::int64_t proven = 0;
    bool unique = true;
    bool not_unique = false;
    for (const std::vector<Index>& group : result.groups) {
        const detail::GroupOutcome outcome = solve(group);
        turned += outcome.excess * outcome.unit;
        proven += outcome.proven * outcome.unit;
        unique = unique && outcome.unique && outcome.proven == outcome.excess;
        not_unique = not_unique || outcome.not_unique;
    }
    solve.finish();
    std::int64_t absolute = 0;
    std::vector<std::int64_t> row;
    for (Index i = 0; i < checked.rows(); ++i) {
        pairs.row(i, row);
        for (const std::int64_t margin : row) absolute += std::max(margin, std::int64_t{0});
    }
    const std::int64_t minorities = (detail::decided_pairs(checked, whole) - absolute) / 2;
    result.distance = whole.value_of(minorities + turned);
    result.lower_bound = whole.value_of(minorities + proven);
    result.optimal = proven == turned;
    if (result.optimal)
        result.uniqueness = not_unique ? Uniqueness::not_unique
                            : unique   ? Uniqueness::unique
                                       : Uniqueness::unknown;
    result.scores.resize(checked.rows());
    for (std::size_t p = 0; p < result.order.size(); ++p)
        result.scores[result.order[p]] = static_cast<double>(p + 1);
    return result;
}

}  // namespace thuocdo::rank
