#pragma once
/// @file
/// PROMETHEE I: which alternatives are preferred to which, and which cannot be compared.

#include <thuocdo/rank/preference_relation.hpp>
#include <thuocdo/rank/promethee_flows.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct PrometheeOneOptions : PrometheeFlowOptions {
    /// Up to so many alternatives the relation of all pairs is made, a byte an ordered
    /// pair; above, both flows tell any pair (see promethee_comparison()).
    Index largest_relation = 5000;
};

/// What promethee_one() finds. It has no scores: the method does not order what its two
/// flows contradict each other about.
struct PrometheeOneResult {
    Eigen::VectorXd phi_plus;
    Eigen::VectorXd phi_minus;
    /// Of no alternative above PrometheeOneOptions::largest_relation, or when stopped.
    PreferenceRelation relation;
    /// Empty unless asked for.
    Eigen::MatrixXd criterion_flows;
    /// False when the progress callback asked to stop; then all flows are 0.
    bool finished = true;

    [[nodiscard]] static constexpr auto parts() {
        using R = PrometheeOneResult;
        return std::tuple{
            part("phi_plus", &R::phi_plus, Axis::alternatives,
                 "positive flow: mean preference over the other alternatives"),
            part("phi_minus", &R::phi_minus, Axis::alternatives,
                 "negative flow: mean preference of the other alternatives"),
            part("relation", &R::relation, Axis::pairs,
                 "preferred where both flows say so or one and the other is equal; indifferent "
                 "where both are equal; incomparable where they contradict each other"),
            part("criterion_flows", &R::criterion_flows, Axis::cells,
                 "net flow on each criterion alone"),
            part("finished", &R::finished, Axis::single, "whether it was not stopped")};
    }
};

/// How alternative a stands to b by their flows. Flows that differ by no more than
/// `equal_up_to` are equal.
[[nodiscard]] inline PairComparison promethee_comparison(double phi_plus_a, double phi_minus_a,
                                                         double phi_plus_b, double phi_minus_b,
                                                         double equal_up_to = 0.0) noexcept {
    const double plus = phi_plus_a - phi_plus_b;
    const double minus = phi_minus_b - phi_minus_a;
    const bool better = plus > equal_up_to || minus > equal_up_to;
    const bool worse = plus < -equal_up_to || minus < -equal_up_to;
    if (better && worse) return PairComparison::incomparable;
    if (better) return PairComparison::better;
    return worse ? PairComparison::worse : PairComparison::indifferent;
}

/// The relation P, I, R: a is preferred to b where phi_plus(a) >= phi_plus(b) and
/// phi_minus(a) <= phi_minus(b), one of them strictly; indifferent where both are equal;
/// incomparable otherwise.
///
/// Flows within 1e-12 of the sum of weights are equal, so that what is equal on paper but
/// not in its last bit does not become a preference. Parameters, errors, ties and
/// complexity as promethee_flows(), and n^2/2 comparisons for the relation. Source: J. P.
/// Brans and P. Vincke (1985), Management Science 31(6), 647-656.
[[nodiscard]] THUOCDO_KERNEL inline PrometheeOneResult promethee_one(
    MatrixView x, std::span<const double> weights, std::span<const Direction> directions,
    const PrometheeOneOptions& options = {}) {
    THUOCDO_EXACT
    PrometheeFlows flows = promethee_flows(x, weights, directions, options);
    PrometheeOneResult result;
    result.phi_plus = std::move(flows.phi_plus);
    result.phi_minus = std::move(flows.phi_minus);
    result.criterion_flows = std::move(flows.criterion_flows);
    result.finished = flows.finished;
    if (!result.finished || x.rows() > options.largest_relation) return result;
    double total = 0.0;
    for (const double w : weights) total += w;
    const double equal_up_to = detail::equal_shares * total;
    result.relation = PreferenceRelation(x.rows());
    const double* const plus = result.phi_plus.data();
    const double* const minus = result.phi_minus.data();
    for (Index a = 0; a < x.rows(); ++a)
        for (Index b = 0; b < a; ++b)
            result.relation.set(
                a, b, promethee_comparison(plus[a], minus[a], plus[b], minus[b], equal_up_to));
    return result;
}

}  // namespace thuocdo::rank
