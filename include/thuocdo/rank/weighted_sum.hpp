#pragma once
/// @file
/// Weighted sum model (WSM), also called simple additive weighting (SAW).

#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct WeightedSumOptions {
    Normalisation normalisation = Normalisation::min_max;
    /// Also returns the normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What weighted_sum() finds.
struct WeightedSumResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    /// Empty unless asked for.
    Eigen::MatrixXd normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = WeightedSumResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "sum of weight * normalised value"),
            part("normalised", &R::normalised, Axis::cells, "values, higher is better")};
    }
};

/// scores(i) = sum over j of w(j) n(i, j), n the normalised value, higher is better.
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, and where the normalisation is not defined.
/// A constant column adds the same to every score (0 under min_max). Identical
/// alternatives get identical bits; the order of rows changes none.
/// Complexity: two to three sweeps over the matrix, memory for one column. Source: P. C.
/// Fishburn (1967), Operations Research 15(3), 537-542; C. L. Hwang and K. Yoon (1981),
/// "Multiple attribute decision making", Springer.
[[nodiscard]] THUOCDO_KERNEL inline WeightedSumResult weighted_sum(
    MatrixView x, std::span<const double> weights, std::span<const Direction> directions,
    const WeightedSumOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "the weighted sum");
    const std::vector<ColumnNormaliser> normalisers =
        column_normalisers(view, options.normalisation);
    WeightedSumResult result;
    result.scores = Eigen::VectorXd::Zero(view.rows());
    if (options.keep_matrix) result.normalised.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const scores = result.scores.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.normalised.data() + j * view.rows() + start : scratch;
            normalisers[static_cast<std::size_t>(j)].apply(view.column(j) + start, count, cells);
            const double w = view.weight(j);
            for (Index i = 0; i < count; ++i) scores[i] += w * cells[i];
        }
    }
    return result;
}

}  // namespace thuocdo::rank
