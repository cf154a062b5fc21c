#pragma once
/// @file
/// ELECTRE I: a choice of alternatives that between them outrank all others.

#include <thuocdo/rank/decision_view.hpp>
#include <thuocdo/rank/detail/pairwise_sweep.hpp>
#include <thuocdo/rank/detail/threshold.hpp>
#include <thuocdo/rank/outranking_graph.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo::rank {

struct ElectreOneOptions {
    /// Least concordance of an outranking.
    double concordance_threshold = 0.65;
    /// Largest discordance of an outranking.
    double discordance_threshold = 0.35;
};

/// What electre_one() finds. It has no scores: the method chooses and does not order.
struct ElectreOneResult {
    /// 0 on the diagonal.
    Eigen::MatrixXd concordance;
    /// 0 on the diagonal.
    Eigen::MatrixXd discordance;
    /// False on the diagonal.
    OutrankingMatrix outranks;
    PreferenceRelation relation;
    /// Alternatives in the kernel, counted from 0.
    std::vector<Index> kernel;
    std::vector<Index> components;
    bool has_cycle = false;

    [[nodiscard]] static constexpr auto parts() {
        using R = ElectreOneResult;
        return std::tuple{
            part("concordance", &R::concordance, Axis::pairs,
                 "share of the weight of the criteria on which the first is at least as good"),
            part("discordance", &R::discordance, Axis::pairs,
                 "largest shortfall of the first over the largest range of a criterion"),
            part("outranks", &R::outranks, Axis::pairs,
                 "concordance is enough and discordance not too large"),
            part("relation", &R::relation, Axis::pairs,
                 "preferred where one outranks the other, indifferent where both do, "
                 "incomparable where neither does"),
            part("kernel", &R::kernel, Axis::single,
                 "alternatives that do not outrank each other and between them outrank all "
                 "others; those of a cycle count as one"),
            part("components", &R::components, Axis::alternatives,
                 "number of the cycle that the alternative is in"),
            part("has_cycle", &R::has_cycle, Axis::single,
                 "whether alternatives outrank each other in a circle")};
    }
};

namespace detail {

/// Adds weight to the concordance of `count` alternatives with one whose value is `value`,
/// and keeps their largest shortfall. `sign` is 1, or -1 where lower is better.
THUOCDO_KERNEL inline void compare_with(const double* values, Index count, double value,
                                        double sign, double weight, double* concordance,
                                        double* shortfall) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        const double lacking = sign * (value - values[i]);
        concordance[i] += lacking > 0.0 ? 0.0 : weight;
        shortfall[i] = lacking > shortfall[i] ? lacking : shortfall[i];
    }
}

THUOCDO_KERNEL inline void divide_all(double* values, Index count, double divisor) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) values[i] = values[i] / divisor;
}

}  // namespace detail

/// a outranks b where concordance(a, b) >= its threshold and discordance(a, b) <= its:
///
///     concordance(a, b) = sum of w(j) over the criteria where a is at least as good as b,
///                         over the sum of w
///     discordance(a, b) = largest shortfall of a against b on a criterion, over the largest
///                         range (maximum - minimum) of a criterion
///
/// The discordance compares shortfalls on different criteria, so **bring the columns to one
/// scale first**, as the paper does; rescaling is a choice that is not made here in
/// silence. Some programs divide each shortfall by the range of its own criterion, or by
/// the largest difference of the pair.
///
/// @param x alternatives by criteria, finite, on one scale.
/// @param weights one a criterion, 0 or more. A criterion of weight 0 takes no part, neither
///        in the discordance nor in the largest range.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, and for thresholds outside 0 to 1 or ranges beyond
///         double.
/// Shares within 1e-12 of a threshold reach it. A constant criterion agrees with every pair
/// and objects to none; if all are constant, every discordance is 0. Identical alternatives
/// outrank each other and so share a cycle. The order of rows changes no bit. Cycles: see
/// outranking_kernel().
/// Complexity: O(m n^2) time, 17 n^2 bytes and one for the relation. Source: B. Roy (1968),
/// "Classement et choix en presence de points de vue multiples", RIRO 8, 57-75.
[[nodiscard]] inline ElectreOneResult electre_one(MatrixView x, std::span<const double> weights,
                                                  std::span<const Direction> directions,
                                                  const ElectreOneOptions& options = {}) {
    const DecisionView view(x, weights, directions, "ELECTRE I");
    std::vector<Problem> problems;
    detail::check_share(options.concordance_threshold, "options.concordance_threshold", problems);
    detail::check_share(options.discordance_threshold, "options.discordance_threshold", problems);
    double largest_range = 0.0;
    for (Index j = 0; j < view.columns(); ++j) {
        if (!(view.weight(j) > 0.0)) continue;
        const double width = view.range(j).maximum - view.range(j).minimum;
        largest_range = std::max(largest_range, width);
        if (!std::isfinite(width))
            problems.push_back({"range_too_wide", detail::column_place(j),
                                "a range beyond the largest double", "a finite one",
                                "scale the column"});
    }
    view.throw_if_any(std::move(problems));

    const Index rows = view.rows();
    ElectreOneResult result;
    result.concordance = Eigen::MatrixXd::Zero(rows, rows);
    result.discordance = Eigen::MatrixXd::Zero(rows, rows);
    result.outranks.resize(rows, rows);
    const double total = view.total_weight();
    const double divisor = largest_range > 0.0 ? largest_range : 1.0;
    const double least = options.concordance_threshold - detail::equal_shares;
    const double most = options.discordance_threshold + detail::equal_shares;
    detail::over_pairs(rows, [&](Index start, Index count, Index b) {
        double* const concordance = result.concordance.data() + b * rows + start;
        double* const discordance = result.discordance.data() + b * rows + start;
        for (Index j = 0; j < view.columns(); ++j) {
            if (!(view.weight(j) > 0.0)) continue;
            detail::compare_with(view.column(j) + start, count, view.column(j)[b],
                                 view.higher_is_better(j) ? 1.0 : -1.0, view.weight(j), concordance,
                                 discordance);
        }
        detail::divide_all(concordance, count, total);
        detail::divide_all(discordance, count, divisor);
        bool* const outranks = result.outranks.data() + b * rows + start;
        for (Index i = 0; i < count; ++i)
            outranks[i] = concordance[i] >= least && discordance[i] <= most;
    });
    for (Index a = 0; a < rows; ++a) {
        result.concordance(a, a) = 0.0;
        result.outranks(a, a) = false;
    }
    result.relation = relation_of_outranking(result.outranks);
    OutrankingKernel kernel = outranking_kernel(result.outranks);
    result.kernel = std::move(kernel.alternatives);
    result.components = std::move(kernel.components);
    result.has_cycle = kernel.has_cycle;
    return result;
}

}  // namespace thuocdo::rank
