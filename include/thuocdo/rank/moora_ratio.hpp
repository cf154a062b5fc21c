#pragma once
/// @file
/// Multi-objective optimisation by ratio analysis (MOORA): the ratio system.

#include <thuocdo/rank/detail/column_norm.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct MooraRatioOptions {
    /// Also returns the weighted ratios, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What moora_ratio() finds.
struct MooraRatioResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd benefit_sums;
    Eigen::VectorXd cost_sums;
    /// Empty unless asked for.
    Eigen::MatrixXd weighted_ratios;

    [[nodiscard]] static constexpr auto parts() {
        using R = MooraRatioResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "y = benefit sum - cost sum"),
            part("benefit_sums", &R::benefit_sums, Axis::alternatives,
                 "sum of weighted ratios where higher is better"),
            part("cost_sums", &R::cost_sums, Axis::alternatives,
                 "sum of weighted ratios where lower is better"),
            part("weighted_ratios", &R::weighted_ratios, Axis::cells,
                 "weight * x / sqrt(sum(x^2))")};
    }
};

/// y(i) = sum of w x* over the criteria where higher is better, less the same sum over
/// those where lower is better; x* = x/sqrt(sum(x^2)) over the alternatives.
///
/// @param x alternatives by criteria, finite; values below 0 are no problem.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, and naming columns whose norm is beyond double.
/// A constant column adds the same to every score, a column of zeros nothing. Identical
/// alternatives get identical bits; the order of rows changes none; the unit of a criterion
/// has no influence. Complexity: three sweeps, memory for three columns. Source: W. K. M.
/// Brauers and E. K. Zavadskas (2006), Control and Cybernetics 35(2), 445-469.
[[nodiscard]] THUOCDO_KERNEL inline MooraRatioResult moora_ratio(
    MatrixView x, std::span<const double> weights, std::span<const Direction> directions,
    const MooraRatioOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "the ratio system of MOORA");
    const std::vector<double> divisors = detail::ratio_divisors(view);
    MooraRatioResult result;
    result.benefit_sums = Eigen::VectorXd::Zero(view.rows());
    result.cost_sums = Eigen::VectorXd::Zero(view.rows());
    result.scores.resize(view.rows());
    if (options.keep_matrix) result.weighted_ratios.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const benefits = result.benefit_sums.data() + start;
        double* const costs = result.cost_sums.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells = options.keep_matrix
                                      ? result.weighted_ratios.data() + j * view.rows() + start
                                      : scratch;
            detail::weighted_ratios(view.column(j) + start, count,
                                    divisors[static_cast<std::size_t>(j)], view.weight(j), cells);
            double* const sums = view.higher_is_better(j) ? benefits : costs;
            for (Index i = 0; i < count; ++i) sums[i] += cells[i];
        }
        double* const scores = result.scores.data() + start;
        for (Index i = 0; i < count; ++i) scores[i] = benefits[i] - costs[i];
    }
    return result;
}

}  // namespace thuocdo::rank
