#pragma once
/// @file
/// Multi-attributive ideal-real comparative analysis (MAIRCA).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct MaircaOptions {
    /// Also returns the matrix of gaps, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What mairca() finds.
struct MaircaResult {
    static constexpr bool higher_is_better = false;
    /// Total gap; lower is better.
    Eigen::VectorXd scores;
    double alternative_preference = 0.0;
    Eigen::VectorXd theoretical_evaluation;
    /// Empty unless asked for.
    Eigen::MatrixXd gaps;

    [[nodiscard]] static constexpr auto parts() {
        using R = MaircaResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "sum of gaps, lower is better"),
            part("alternative_preference", &R::alternative_preference, Axis::single,
                 "P_A = 1/n, before anything is known of the alternatives"),
            part("theoretical_evaluation", &R::theoretical_evaluation, Axis::criteria,
                 "T_p = P_A * weight"),
            part("gaps", &R::gaps, Axis::cells, "T_p - T_r, where T_r = T_p * min-max value")};
    }
};

/// T_p(j) = w(j)/n is what every alternative would get if all were alike, T_r(i, j) = T_p(j)
/// times the min-max value (higher is better) what it gets; the gap is T_p - T_r;
/// score = sum of gaps over j, **lower is better**.
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming columns whose range is beyond double.
/// The gap is reckoned as T_p (best - x)/(best - worst), so that the best alternative of a
/// criterion has a gap of 0 exactly. On a constant column every alternative is the best:
/// the gap is 0, where programs that scale first find 0/0, or a gap of T_p for all.
/// Identical alternatives get identical bits; the order of rows changes none.
/// Complexity: two sweeps over the matrix. Source: L. Gigovic, D. Pamucar, Z. Bajic and
/// M. Milicevic (2016), "The combination of expert judgment and GIS-MAIRCA analysis for the
/// selection of sites for ammunition depots", Sustainability 8(4), 372.
[[nodiscard]] THUOCDO_KERNEL inline MaircaResult mairca(MatrixView x,
                                                        std::span<const double> weights,
                                                        std::span<const Direction> directions,
                                                        const MaircaOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "MAIRCA");
    std::vector<Problem> problems;
    detail::reference::require_ranges(view, problems);
    view.throw_if_any(std::move(problems));
    const Index n = view.rows();
    const Index m = view.columns();
    MaircaResult result;
    result.alternative_preference = 1.0 / static_cast<double>(n);
    result.theoretical_evaluation.resize(m);
    for (Index j = 0; j < m; ++j)
        result.theoretical_evaluation[j] = view.weight(j) / static_cast<double>(n);

    result.scores = Eigen::VectorXd::Zero(n);
    if (options.keep_matrix) result.gaps.resize(n, m);
    double scratch[detail::block_rows];
    for (Index start = 0; start < n; start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, n - start);
        double* const scores = result.scores.data() + start;
        for (Index j = 0; j < m; ++j) {
            double* const gaps = options.keep_matrix ? result.gaps.data() + j * n + start : scratch;
            const double* const values = view.column(j) + start;
            const double best = view.best(j);
            const double range = view.range(j).constant() ? std::numeric_limits<double>::infinity()
                                                          : best - view.worst(j);
            const double theoretical = result.theoretical_evaluation[j];
            for (Index i = 0; i < count; ++i) {
                gaps[i] = theoretical * ((best - values[i]) / range);
                scores[i] += gaps[i];
            }
        }
    }
    return result;
}

}  // namespace thuocdo::rank
