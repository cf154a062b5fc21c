#pragma once
/// @file
/// Complex proportional assessment (COPRAS).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct CoprasOptions {
    /// Also returns the weighted normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What copras() finds.
struct CoprasResult {
    static constexpr bool higher_is_better = true;
    /// Utility degree, 1 for the best.
    Eigen::VectorXd scores;
    Eigen::VectorXd benefit_sums;
    Eigen::VectorXd cost_sums;
    Eigen::VectorXd relative_significance;
    /// Empty unless asked for.
    Eigen::MatrixXd weighted_normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = CoprasResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "utility degree, Q / max(Q)"),
            part("benefit_sums", &R::benefit_sums, Axis::alternatives,
                 "S+, sum of D over criteria where higher is better"),
            part("cost_sums", &R::cost_sums, Axis::alternatives,
                 "S-, sum of D over criteria where lower is better"),
            part("relative_significance", &R::relative_significance, Axis::alternatives,
                 "Q = S+ + sum(S-) / (S- sum(1/S-))"),
            part("weighted_normalised", &R::weighted_normalised, Axis::cells,
                 "D, weight * x / sum of the column")};
    }
};

/// D(i, j) = w(j) x(i, j) / sum of column j, benefit and cost columns alike;
/// S+(i) and S-(i) sum D(i, j) over the benefit and over the cost columns;
/// Q(i) = S+(i) + sum(S-) / (S-(i) sum(1/S-)); score = Q / max(Q).
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming columns whose sum is not above 0, and,
///         where a cost criterion has weight, alternatives whose S- is not above 0, such
///         as one that costs nothing.
/// Without a cost criterion of some weight Q is S+ and S- is 0. Some programs multiply by
/// S- where the paper divides, so that Q is S+ + S- and a higher cost raises the score;
/// here it lowers it. A constant column adds the same share to every S+ or S-. Negative
/// values are admitted as long as those sums are above 0, though the paper has none.
/// Identical alternatives get identical bits; the order of rows changes none.
/// Complexity: three sweeps over the matrix. Source: E. K. Zavadskas, A. Kaklauskas and
/// V. Sarka (1994), "The new method of multicriteria complex proportional assessment of
/// projects", Technological and Economic Development of Economy 1(3), 131-139.
[[nodiscard]] THUOCDO_KERNEL inline CoprasResult copras(MatrixView x,
                                                        std::span<const double> weights,
                                                        std::span<const Direction> directions,
                                                        const CoprasOptions& options = {}) {
    THUOCDO_EXACT
    namespace reference = detail::reference;
    const DecisionView view(x, weights, directions, "COPRAS");
    std::vector<Problem> problems;
    const std::vector<double> sums = reference::require_column_sums(view, problems);
    view.throw_if_any(std::move(problems));
    const Index n = view.rows();
    CoprasResult result;
    result.benefit_sums = Eigen::VectorXd::Zero(n);
    result.cost_sums = Eigen::VectorXd::Zero(n);
    if (options.keep_matrix) result.weighted_normalised.resize(n, view.columns());
    reference::sum_weighted_shares(
        view, sums, result.benefit_sums.data(), result.cost_sums.data(),
        options.keep_matrix ? result.weighted_normalised.data() : nullptr);

    bool any_cost = false;
    for (Index j = 0; j < view.columns(); ++j)
        any_cost = any_cost || (!view.higher_is_better(j) && view.weight(j) > 0.0);
    result.relative_significance = result.benefit_sums;
    if (any_cost) {
        const double least = reference::range_of(result.cost_sums).minimum;
        std::vector<Problem> rows;
        for (Index i = 0; i < n && !(least > 0.0) && rows.size() < detail::problems_listed; ++i)
            static_cast<void>(reference::require_divisor(
                result.cost_sums[i], reference::row_place(i), "a weighted cost sum",
                "leave the alternative out, or shift the values of the cost criteria", rows));
        view.throw_if_any(std::move(rows));
        // 1/(S- sum(1/S-)) with both in units of 1/min(S-).
        const double total = reference::order_free_sum(result.cost_sums);
        const double reciprocals =
            reference::sum_of_relative_reciprocals(result.cost_sums.data(), n, least);
        const double per_reciprocal = total / reciprocals;
        for (Index i = 0; i < n; ++i)
            result.relative_significance[i] += per_reciprocal * (least / result.cost_sums[i]);
    }
    const double best = reference::range_of(result.relative_significance).maximum;
    std::vector<Problem> scale;
    static_cast<void>(reference::require_divisor(best, "argument \"weights\"",
                                                 "a largest relative significance",
                                                 "scale the weights up", scale));
    view.throw_if_any(std::move(scale));
    result.scores.resize(n);
    for (Index i = 0; i < n; ++i) result.scores[i] = result.relative_significance[i] / best;
    return result;
}

}  // namespace thuocdo::rank
