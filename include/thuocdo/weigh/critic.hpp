#pragma once
/// @file
/// Criteria importance through intercriteria correlation (CRITIC).

#include <thuocdo/numeric/pearson.hpp>
#include <thuocdo/weigh/detail/spread.hpp>

namespace thuocdo::weigh {

/// Which correlations critic() takes.
enum class CriticDirections {
    respected,  ///< of columns turned so that higher is better (Diakoulaki et al.)
    ignored     ///< of the columns as given, as some programs do
};

/// What critic() finds. Every vector has one entry an indicator.
struct CriticWeights {
    Eigen::VectorXd weights;
    /// Sample standard deviation (n - 1) of the min-max column; 0 where constant.
    Eigen::VectorXd standard_deviation;
    /// sum over k of 1 - r(j, k).
    Eigen::VectorXd conflict;
    /// C = standard deviation * conflict.
    Eigen::VectorXd information;
    /// r, of columns turned as asked; 1 with a constant column.
    Eigen::MatrixXd correlation;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column varies; the weights are equal.
    bool all_constant = false;
    /// Some column varies but none conflicts with another; the weights are equal.
    bool no_conflict = false;
};

/// C(j) = s(j) sum over k of (1 - r(j, k)), w ~ C, on min-max columns turned so that
/// higher is better. An indicator weighs much that varies much and says something
/// else than the others. A constant column counts as r = 1 and s = 0: it gets
/// weight 0 and changes no other weight.
///
/// @param x units by indicators, finite. Rows with a missing value are left out.
/// @param directions one a column.
/// @param variant whether the directions count. They turn the sign of r; the spread
///        of min-max columns does not depend on them, and with n in place of n - 1
///        the weights are the same.
/// @throws NumericError when the sizes differ, fewer than two rows are complete,
///         or naming infinite cells.
/// Correlations add up the units in a fixed order: same bits on every machine. A
/// correlation within 1e-14 of 1 counts as 1.
/// Complexity: n m^2 multiplications and additions. Source: Diakoulaki, Mavrotas and
/// Papayannakis (1995), Computers and Operations Research 22(7), 763-770.
[[nodiscard]] THUOCDO_KERNEL inline CriticWeights critic(
    MatrixView x, std::span<const Direction> directions,
    CriticDirections variant = CriticDirections::respected) {
    THUOCDO_EXACT
    constexpr double rounding = 1e-14;
    detail::require_directions(directions, x.cols());
    const detail::CompleteRows rows(x);
    const Index count = rows.columns();
    CriticWeights result;
    result.rows_used = rows.rows();
    result.correlation = numeric::pearson_matrix(rows.matrix());
    result.standard_deviation.resize(count);
    result.conflict.resize(count);
    result.information.resize(count);
    const detail::Extremes extremes = detail::extremes_of(rows);
    for (Index j = 0; j < count; ++j) {
        const double minimum = extremes.minimum[j];
        const double maximum = extremes.maximum[j];
        result.standard_deviation[j] =
            minimum == maximum ? 0.0
                               : detail::spread_of(rows, j, minimum, maximum).standard_deviation /
                                     (maximum - minimum);
    }
    result.all_constant = detail::none_positive(result.standard_deviation);
    for (Index j = 0; j < count; ++j) {
        double conflict = 0.0;
        for (Index k = 0; k < count; ++k) {
            double& r = result.correlation(k, j);
            const bool opposed = variant == CriticDirections::respected &&
                                 detail::rises(directions, j) != detail::rises(directions, k);
            r = r != r ? 1.0 : opposed ? -r : r;
            if (1.0 - r > rounding) conflict += 1.0 - r;
        }
        result.conflict[j] = conflict;
        result.information[j] = result.standard_deviation[j] * conflict;
    }
    bool equal = false;
    result.weights = detail::shares_or_equal(result.information, equal);
    result.no_conflict = equal && !result.all_constant;
    return result;
}

}  // namespace thuocdo::weigh
