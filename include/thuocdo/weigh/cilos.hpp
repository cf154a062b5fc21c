#pragma once
/// @file
/// Criterion impact loss weights (CILOS).

#include <thuocdo/weigh/detail/complete_rows.hpp>
#include <thuocdo/weigh/detail/stationary_distribution.hpp>

namespace thuocdo::weigh {

/// What cilos() finds.
struct CilosWeights {
    /// One an indicator.
    Eigen::VectorXd weights;
    /// P(k, j): the share of its best value that indicator j loses where indicator k
    /// is at its best; 0 for constant columns.
    Eigen::MatrixXd relative_loss;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column varies; the weights are equal.
    bool all_constant = false;
};

namespace detail {

inline void require_loss_domain(const CompleteRows& rows, const Extremes& extremes,
                                std::span<const Direction> directions, const char* summary) {
    require_above(rows, extremes, 0.0, true, summary, "negative_value", "0 or more",
                  "shift or normalise the indicator first",
                  [&](Index j) { return rises(directions, j); });
    require_above(rows, extremes, 0.0, false, summary, "value_not_positive",
                  "a number above 0, because lower is better and the column is inverted",
                  "shift or normalise the indicator first",
                  [&](Index j) { return !rises(directions, j); });
}

/// P(k, j). Where several units share the best of k, the loss of j is the mean over
/// them.
[[nodiscard]] THUOCDO_KERNEL inline Eigen::MatrixXd relative_losses(
    const CompleteRows& rows, const Extremes& extremes, std::span<const Direction> directions) {
    THUOCDO_EXACT
    const Index count = rows.columns();
    Eigen::MatrixXd losses = Eigen::MatrixXd::Zero(count, count);
    std::vector<Index> best_rows;
    for (Index k = 0; k < count; ++k) {
        if (extremes.constant(k)) continue;
        const double best = rises(directions, k) ? extremes.maximum[k] : extremes.minimum[k];
        const double* const cells = rows.column(k);
        best_rows.clear();
        for (Index i = 0; i < rows.rows(); ++i) {
            if (cells[i] == best) best_rows.push_back(i);
        }
        for (Index j = 0; j < count; ++j) {
            if (j == k || extremes.constant(j)) continue;
            const double* const other = rows.column(j);
            numeric::ExactSum sum;
            for (const Index i : best_rows) {
                // The best is the largest x, or the largest min / x, which is 1.
                sum.add(rises(directions, j)
                            ? (extremes.maximum[j] - other[i]) / extremes.maximum[j]
                            : (other[i] - extremes.minimum[j]) / other[i]);
            }
            losses(k, j) = sum.divided_by(best_rows.size());
        }
    }
    return losses;
}

}  // namespace detail

/// Columns where lower is better are inverted (min / x). With A(k, j) the value of
/// indicator j in the unit that is best on indicator k, P(k, j) = (A(j, j) - A(k, j))
/// / A(j, j) is the relative loss; q solves (P - diag(column sums of P)) q = 0, and
/// w ~ q. An indicator weighs much that loses little where others are at their best;
/// one that loses nothing anywhere takes the whole weight.
///
/// Several units that share the best of an indicator count with the mean of their
/// losses, so that the order of units does not matter. A constant column is left out
/// and gets weight 0.
///
/// @param x units by indicators, finite, 0 or more, and above 0 where lower is
///        better. Rows with a missing value are left out.
/// @param directions one a column.
/// @throws NumericError when the sizes differ, fewer than two rows are complete,
///         naming the cells outside the domain, or when the equations do not
///         determine the weights: their null space has a dimension other than 1, as
///         when one unit is best on everything.
/// Same bits for every order of units, on every machine.
/// Complexity: O(units * indicators + indicators^3). Source: Mirkin (1974);
/// Zavadskas and Podvezko (2016), International Journal of Information Technology
/// and Decision Making 15(2), 267-283.
[[nodiscard]] inline CilosWeights cilos(MatrixView x, std::span<const Direction> directions) {
    detail::require_directions(directions, x.cols());
    const detail::CompleteRows rows(x);
    const detail::Extremes extremes = detail::extremes_of(rows);
    detail::require_loss_domain(rows, extremes, directions,
                                "CILOS weights: values outside the domain");
    CilosWeights result;
    result.rows_used = rows.rows();
    result.relative_loss = detail::relative_losses(rows, extremes, directions);
    std::vector<Index> varying;
    for (Index j = 0; j < rows.columns(); ++j) {
        if (!extremes.constant(j)) varying.push_back(j);
    }
    result.all_constant = varying.empty();
    if (result.all_constant) {
        result.weights = detail::equal_shares(rows.columns());
        return result;
    }
    const detail::StationaryDistribution stationary(result.relative_loss, varying);
    if (stationary.dimension() != 1) {
        throw NumericError(
            "CILOS weights: the equations do not determine them",
            {Problem{
                "null_space_dimension", "argument \"x\"",
                "a null space of dimension " + std::to_string(stationary.dimension()),
                "dimension 1",
                "several groups of indicators lose nothing where the others are at their best: "
                "leave some out, or use other weights"}});
    }
    result.weights = stationary.shares();
    return result;
}

}  // namespace thuocdo::weigh
