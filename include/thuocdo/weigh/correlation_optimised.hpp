#pragma once
/// @file
/// Weights by which elements correlate with the index as intended.

#include <thuocdo/numeric/pearson.hpp>
#include <thuocdo/numeric/statistics.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>
#include <thuocdo/weigh/detail/share_fit.hpp>

namespace thuocdo::weigh {

/// What correlation_optimised() finds. Every vector has one entry an element, in the
/// order of the columns.
struct CorrelationWeights {
    /// 0 or more; the sum is 1.
    Eigen::VectorXd weights;
    /// The targets over their sum.
    Eigen::VectorXd target_shares;
    /// Pearson's correlation of each element with the weighted sum of the elements,
    /// at these weights; 0 for a constant element.
    Eigen::VectorXd correlations;
    /// Each correlation over the sum of them.
    Eigen::VectorXd shares;
    /// Largest distance between a share and its target.
    double largest_deviation = 0.0;
    /// Whether every share is within 1e-9 of its target. Where a target would need a
    /// negative weight, it cannot be met, and the weights are those that come
    /// closest.
    bool attained = false;
    /// Whether the search ended at the optimum.
    bool converged = false;
    int iterations = 0;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column varies; the weights are equal.
    bool all_constant = false;
};

/// Weights, 0 or more, such that the correlation of each element with the weighted
/// sum of the elements has its target share in the sum of these correlations; where
/// there are none, those with the least sum of squared deviations of the shares.
///
/// With R the correlation matrix and v = w * s, the correlations are proportional to
/// R v, so that the shares are R v with sum(R v) = 1: a convex problem with one best
/// value, which is solved as such and not searched for.
///
/// @param x units by elements, finite; the columns that are to be added up. Rows
///        with a missing value are left out. A constant column gets weight 0.
/// @param targets intended importance of each element, finite, 0 or more, not all 0;
///        only their ratios count.
/// @throws NumericError when the sizes differ, fewer than two rows are complete,
///         naming infinite cells and targets that are not valid, or when the
///         elements cancel out: no weighted sum correlates with them on the whole.
/// Least squares from Eigen: the last bits may differ between machines.
/// Complexity: n m^2 for the correlations and O(m^3) a step, few steps. Source:
/// Becker, Saisana, Paruolo and Vandecasteele (2017), Ecological Indicators 80, 12-22,
/// on weights optimised to match correlations.
[[nodiscard]] inline CorrelationWeights correlation_optimised(MatrixView x,
                                                              std::span<const double> targets) {
    constexpr double attained_within = 1e-9;
    constexpr double least_total = 1e-12;
    std::vector<Problem> problems;
    if (targets.size() != static_cast<std::size_t>(x.cols())) {
        problems.push_back({"size_mismatch", "argument \"targets\"",
                            std::to_string(targets.size()) + " targets",
                            std::to_string(x.cols()) + ", one a column of \"x\"", ""});
    }
    double total = 0.0;
    for (std::size_t j = 0; j < targets.size(); ++j) {
        total += targets[j];
        if (std::isfinite(targets[j]) && targets[j] >= 0.0) continue;
        problems.push_back({"target_not_valid", detail::entry_place("targets", j),
                            numeric::shortest(targets[j]), "a finite number, 0 or more", ""});
    }
    if (problems.empty() && !(total > 0.0 && std::isfinite(total))) {
        problems.push_back({"targets_without_sum", "argument \"targets\"",
                            "targets that add up to " + numeric::shortest(total),
                            "a finite sum above 0", ""});
    }
    detail::throw_if_any("correlation-optimised weights: impossible targets", std::move(problems));
    const detail::CompleteRows rows(x);
    const Index count = rows.columns();
    CorrelationWeights result;
    result.rows_used = rows.rows();
    result.target_shares =
        detail::shares_of(Eigen::Map<const Eigen::VectorXd>(targets.data(), count));
    result.correlations = Eigen::VectorXd::Zero(count);
    result.shares = Eigen::VectorXd::Zero(count);
    const Eigen::MatrixXd correlation = numeric::pearson_matrix(rows.matrix());
    std::vector<Index> varying;
    for (Index j = 0; j < count; ++j) {
        if (!std::isnan(correlation(j, j))) varying.push_back(j);
    }
    const auto size = static_cast<Index>(varying.size());
    if (size == 0) {
        result.all_constant = true;
        result.weights = detail::equal_shares(count);
        result.largest_deviation = result.target_shares.maxCoeff();
        return result;
    }
    // Columns of elements that vary; rows of all, because the target of a constant
    // element is missed as well.
    Eigen::MatrixXd relation = Eigen::MatrixXd::Zero(count, size);
    for (Index b = 0; b < size; ++b) {
        for (const Index j : varying)
            relation(j, b) = correlation(j, varying[static_cast<std::size_t>(b)]);
    }
    const Eigen::VectorXd sums = relation.colwise().sum().transpose();
    if (!(sums.maxCoeff() > least_total)) {
        throw NumericError(
            "correlation-optimised weights: the elements cancel out",
            {Problem{"elements_cancel_out", "argument \"x\"",
                     "no element that correlates positively with the sum of all", "one or more",
                     "turn the elements so that higher is better in each"}});
    }
    const detail::ShareFit fit(relation, result.target_shares, sums);
    result.converged = fit.converged();
    result.iterations = fit.iterations();
    result.shares = relation * fit.solution();
    double variance = 0.0;
    Eigen::VectorXd relative = Eigen::VectorXd::Zero(count);
    for (Index b = 0; b < size; ++b) {
        const Index j = varying[static_cast<std::size_t>(b)];
        variance += fit.solution()[b] * result.shares[j];
        relative[j] =
            fit.solution()[b] / numeric::column_statistics(rows.vector(j)).standard_deviation;
    }
    result.correlations = result.shares / std::sqrt(variance);
    result.weights = detail::shares_of(relative);
    result.largest_deviation = (result.shares - result.target_shares).cwiseAbs().maxCoeff();
    result.attained = result.largest_deviation <= attained_within;
    return result;
}

}  // namespace thuocdo::weigh
