#pragma once
/// @file
/// ELECTRE III: two rankings with ties out of thresholds of indifference, preference and
/// veto, and what they agree on.

#include <thuocdo/rank/decision_view.hpp>
#include <thuocdo/rank/detail/pairwise_sweep.hpp>
#include <thuocdo/rank/detail/threshold.hpp>
#include <thuocdo/rank/distillation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <limits>
#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// Thresholds of one criterion in its unit, constant along its scale.
struct ElectreThresholds {
    /// Largest difference that makes none: indifference.
    double q = 0.0;
    /// From this difference on the better is strictly preferred.
    double p = 0.0;
    /// From this shortfall on nothing makes up for it. Infinite: no veto.
    double v = std::numeric_limits<double>::infinity();
};

struct ElectreThreeOptions {
    /// One a criterion, or none: no indifference and no veto.
    std::vector<ElectreThresholds> thresholds{};
    DistillationThreshold distillation{};
    /// Also returns the concordance, n^2 doubles.
    bool keep_matrix = false;
};

/// What electre_three() finds. It has no scores: what the two rankings contradict each other
/// about stays incomparable.
struct ElectreThreeResult {
    /// Empty unless asked for; 0 on the diagonal.
    Eigen::MatrixXd concordance;
    /// 0 on the diagonal.
    Eigen::MatrixXd credibility;
    /// Ranks with ties, 1 the best.
    std::vector<Index> descending;
    std::vector<Index> ascending;
    PreferenceRelation relation;

    [[nodiscard]] static constexpr auto parts() {
        using R = ElectreThreeResult;
        return std::tuple{
            part("concordance", &R::concordance, Axis::pairs,
                 "weighted share of the criteria that agree that the first is at least as good"),
            part("credibility", &R::credibility, Axis::pairs,
                 "concordance, lowered by every criterion that objects more than all agree"),
            part("descending", &R::descending, Axis::alternatives,
                 "rank when the best are taken out first; 1 is the best"),
            part("ascending", &R::ascending, Axis::alternatives,
                 "rank when the worst are taken out first; 1 is the best"),
            part("relation", &R::relation, Axis::pairs,
                 "what both rankings agree on; incomparable where they contradict each other")};
    }
};

namespace detail {

/// 0 up to `start`, 1 from `end` on, a straight line between; a jump where they are equal.
struct Ramp {
    double start = 0.0;
    double end = 0.0;
};

/// The ramp of the shortfall of `count` alternatives against `value`.
THUOCDO_KERNEL inline void ramp_of_shortfall(const Ramp& ramp, const double* values, Index count,
                                             double value, double sign, double* out) {
    THUOCDO_EXACT
    const double start = ramp.start;
    if (!(ramp.end > start)) {
        // The shortfall of a cost is that of the negated values.
        const double target = sign * value;
        for (Index i = 0; i < count; ++i)
            out[i] = exceeds(target, sign * values[i], start) ? 1.0 : 0.0;
        return;
    }
    const double length = ramp.end - start;
    for (Index i = 0; i < count; ++i) {
        const double share = (sign * (value - values[i]) - start) / length;
        const double positive = share > 0.0 ? share : 0.0;
        out[i] = positive < 1.0 ? positive : 1.0;
    }
}

THUOCDO_KERNEL inline void add_agreement(const double* objection, Index count, double weight,
                                         double* concordance) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) concordance[i] += weight * (1.0 - objection[i]);
}

THUOCDO_KERNEL inline void lower_credibility(const double* discordance, const double* concordance,
                                             Index count, double* credibility) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        const bool objects = discordance[i] > concordance[i];
        // Without an objection the divisor might be 0.
        const double divisor = objects ? 1.0 - concordance[i] : 1.0;
        const double remains = objects ? 1.0 - discordance[i] : 1.0;
        credibility[i] = credibility[i] * (remains / divisor);
    }
}

THUOCDO_KERNEL inline void scale_and_copy(double* concordance, Index count, double total,
                                          double* credibility) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        concordance[i] = concordance[i] / total;
        credibility[i] = concordance[i];
    }
}

/// The two ramps of a criterion that takes part.
struct PseudoCriterion {
    Index column = 0;
    double sign = 1.0;
    Ramp objection;
    bool can_veto = false;
    Ramp discordance;
};

[[nodiscard]] inline std::vector<PseudoCriterion> pseudo_criteria(
    const DecisionView& view, const std::vector<ElectreThresholds>& thresholds) {
    std::vector<PseudoCriterion> criteria;
    for (Index j = 0; j < view.columns(); ++j) {
        if (!(view.weight(j) > 0.0)) continue;
        const ElectreThresholds own =
            thresholds.empty() ? ElectreThresholds{} : thresholds[static_cast<std::size_t>(j)];
        PseudoCriterion criterion;
        criterion.column = j;
        criterion.sign = view.higher_is_better(j) ? 1.0 : -1.0;
        criterion.objection = {own.q, own.p};
        criterion.can_veto = std::isfinite(own.v);
        criterion.discordance = {own.p, own.v};
        criteria.push_back(criterion);
    }
    return criteria;
}

inline void check_thresholds(const std::vector<ElectreThresholds>& thresholds, Index columns,
                             std::vector<Problem>& problems) {
    if (!thresholds.empty() && thresholds.size() != static_cast<std::size_t>(columns))
        problems.push_back({"size_mismatch", "options.thresholds",
                            std::to_string(thresholds.size()) + " triples",
                            std::to_string(columns) + ", one a column of \"x\", or none", ""});
    for (std::size_t j = 0; j < thresholds.size(); ++j) {
        const ElectreThresholds& each = thresholds[j];
        const std::string place = entry_place("options.thresholds", j);
        const auto problem = [&](const char* which, double value, const char* expected) {
            problems.push_back(
                {"threshold_out_of_range", place + which, numeric::shortest(value), expected, ""});
        };
        if (!(each.q >= 0.0 && std::isfinite(each.q)))
            problem(".q", each.q, "a finite number of 0 or more");
        if (!(each.p >= each.q && std::isfinite(each.p)))
            problem(".p", each.p, "a finite number of q or more");
        if (!(each.v >= each.p)) problem(".v", each.v, "p or more; infinite for no veto");
    }
}

}  // namespace detail

/// With d = the shortfall of a against b on criterion j, in its direction:
///
///     agreement(j) = 1 for d <= q, (p - d)/(p - q) up to p, then 0
///     concordance(a, b) = sum of w(j) agreement(j), over the sum of w
///     discordance(j) = 0 for d <= p, (d - p)/(v - p) up to v, then 1
///     credibility(a, b) = concordance * product over the criteria whose discordance exceeds
///                         the concordance of (1 - discordance(j))/(1 - concordance)
///
/// and from the credibility both rankings by distillation(), and the relation that they
/// agree on (their intersection). Nothing is forced into one order.
///
/// Thresholds are constant along the scale of a criterion. Where p equals q or v equals p
/// the function jumps, and a shortfall equal to the threshold is not above it, decided as
/// in detail::exceeds().
///
/// @param x alternatives by criteria, finite; at most 65,535 rows.
/// @param weights one a criterion, 0 or more. A criterion of weight 0 takes no part and has
///        no veto.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView and distillation(), and naming every threshold that
///         does not fit.
/// A constant criterion agrees with every pair. Identical alternatives share a class in both
/// rankings. The order of rows changes no bit.
/// Complexity: O(m n^2) for the credibility, as distillation() for the rankings; 37 n^2
/// bytes. Source: B. Roy (1978), Cahiers du CERO 20(1), 3-24.
[[nodiscard]] inline ElectreThreeResult electre_three(MatrixView x, std::span<const double> weights,
                                                      std::span<const Direction> directions,
                                                      const ElectreThreeOptions& options = {}) {
    const DecisionView view(x, weights, directions, "ELECTRE III");
    std::vector<Problem> problems;
    detail::check_thresholds(options.thresholds, view.columns(), problems);
    if (view.rows() > detail::most_distilled)
        problems.push_back(
            {"too_many_alternatives", "argument \"x\"", std::to_string(view.rows()) + " rows",
             "at most " + std::to_string(detail::most_distilled), "rank them by groups"});
    view.throw_if_any(std::move(problems));

    const std::vector<detail::PseudoCriterion> criteria =
        detail::pseudo_criteria(view, options.thresholds);
    const Index rows = view.rows();
    const double total = view.total_weight();
    ElectreThreeResult result;
    result.credibility.resize(rows, rows);
    if (options.keep_matrix) result.concordance.resize(rows, rows);
    double shares[detail::block_rows];
    double agreed[detail::block_rows];
    detail::over_pairs(rows, [&](Index start, Index count, Index b) {
        double* const concordance =
            options.keep_matrix ? result.concordance.data() + b * rows + start : agreed;
        double* const credibility = result.credibility.data() + b * rows + start;
        std::fill(concordance, concordance + count, 0.0);
        for (const detail::PseudoCriterion& each : criteria) {
            const double* const column = view.column(each.column);
            detail::ramp_of_shortfall(each.objection, column + start, count, column[b], each.sign,
                                      shares);
            detail::add_agreement(shares, count, view.weight(each.column), concordance);
        }
        detail::scale_and_copy(concordance, count, total, credibility);
        for (const detail::PseudoCriterion& each : criteria) {
            if (!each.can_veto) continue;
            const double* const column = view.column(each.column);
            detail::ramp_of_shortfall(each.discordance, column + start, count, column[b], each.sign,
                                      shares);
            detail::lower_credibility(shares, concordance, count, credibility);
        }
    });
    for (Index a = 0; a < rows; ++a) {
        result.credibility(a, a) = 0.0;
        if (options.keep_matrix) result.concordance(a, a) = 0.0;
    }
    DistilledRankings rankings = distillation(result.credibility, options.distillation);
    result.relation = intersection_of_rankings(rankings.descending, rankings.ascending);
    result.descending = std::move(rankings.descending);
    result.ascending = std::move(rankings.ascending);
    return result;
}

}  // namespace thuocdo::rank
