#pragma once
/// @file
/// One decision ranked by several methods, side by side.

#include <thuocdo/rank/methods.hpp>
#include <thuocdo/rank/ranking_correlation.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <span>
#include <string>
#include <vector>

namespace thuocdo::rank {

/// Why a method has no place in a comparison.
struct MethodRefusal {
    std::string method;
    std::vector<Problem> problems;
};

/// Ranks by method. Columns are the methods that took the decision, in the order asked.
struct MethodComparison {
    std::vector<std::string> methods;
    /// Alternatives by methods.
    Eigen::MatrixXd scores;
    /// Alternatives by methods, 1 for the best; equal scores share the better rank.
    Eigen::MatrixXd ranks;
    /// Kendall's tau-b of every two methods; NaN where one ties all alternatives.
    Eigen::MatrixXd kendall_tau_b;
    /// Spearman's correlation of every two methods.
    Eigen::MatrixXd spearman;
    /// Best and worst rank of each alternative over the methods.
    Eigen::VectorXd best_rank;
    Eigen::VectorXd worst_rank;
    std::vector<MethodRefusal> refused;
};

/// Ranks a decision by every method given. A method that refuses the data, for example a
/// product where there are zeros, is named with its reason, and the others go on.
///
/// @throws NumericError when no method is given, or as DecisionView (what no method takes).
/// Complexity: that of the methods, and n log n for every two of them.
[[nodiscard]] inline MethodComparison compare_methods(MatrixView x, std::span<const double> weights,
                                                      std::span<const Direction> directions,
                                                      std::span<const RankingMethod> methods) {
    if (methods.empty())
        detail::refuse("nothing to compare", "no_method", "argument \"methods\"", "no method",
                       "one or more", "");
    static_cast<void>(DecisionView(x, weights, directions, "no method"));
    MethodComparison out;
    std::vector<Eigen::VectorXd> scores;
    std::vector<Eigen::VectorXd> ranks;
    for (const RankingMethod& method : methods) {
        try {
            scores.push_back(method.scores(x, weights, directions));
        } catch (const NumericError& error) {
            out.refused.push_back({std::string(method.name), error.problems()});
            continue;
        }
        ranks.push_back(rank::ranks(
            scores.back(), TieRule::competition,
            method.higher_is_better ? numeric::Order::descending : numeric::Order::ascending));
        out.methods.emplace_back(method.name);
    }
    const auto taken = static_cast<Index>(out.methods.size());
    out.scores.resize(x.rows(), taken);
    out.ranks.resize(x.rows(), taken);
    out.best_rank = Eigen::VectorXd::Constant(x.rows(), static_cast<double>(x.rows()));
    out.worst_rank = Eigen::VectorXd::Ones(x.rows());
    for (Index k = 0; k < taken; ++k) {
        out.scores.col(k) = scores[static_cast<std::size_t>(k)];
        out.ranks.col(k) = ranks[static_cast<std::size_t>(k)];
        for (Index i = 0; i < x.rows(); ++i) {
            out.best_rank[i] = std::min(out.best_rank[i], out.ranks(i, k));
            out.worst_rank[i] = std::max(out.worst_rank[i], out.ranks(i, k));
        }
    }
    out.kendall_tau_b = ranking_correlation_matrix(out.ranks, RankingMeasure::kendall_tau_b);
    out.spearman = ranking_correlation_matrix(out.ranks, RankingMeasure::spearman);
    return out;
}

}  // namespace thuocdo::rank
