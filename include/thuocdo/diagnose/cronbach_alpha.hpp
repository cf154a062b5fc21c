#pragma once
/// @file
/// Cronbach's alpha: whether the indicators of a group measure one thing.

#include <thuocdo/diagnose/detail/checks.hpp>
#include <thuocdo/numeric/covariance.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <vector>

namespace thuocdo::diagnose {

/// What cronbach_alpha finds.
struct CronbachAlpha {
    /// k^2 c / S. At most 1; below 0 where covariances are negative on average. NaN for one
    /// indicator, below two rows, and where S is not above 0.
    double alpha = detail::undefined;
    /// c: mean covariance of two different indicators.
    double mean_covariance = detail::undefined;
    /// S: sum of all variances and covariances (both triangles), the variance of the sum.
    double sum_of_covariances = detail::undefined;
    /// Alpha of the other indicators, one for each that is left out: one that raises it does
    /// not belong to the group. NaN where two indicators or fewer are there.
    Eigen::VectorXd alpha_without;
    /// Rows used; for the pairwise choice, the fewest of any two indicators.
    Index rows = 0;
};

namespace detail {

/// Alpha of the indicators other than `left_out` (-1: of all).
[[nodiscard]] THUOCDO_KERNEL inline CronbachAlpha alpha_of(const Eigen::MatrixXd& covariances,
                                                           Index left_out) {
    THUOCDO_EXACT
    CronbachAlpha result;
    double variances = 0.0;
    double between = 0.0;
    Index number = 0;
    for (Index b = 0; b < covariances.cols(); ++b) {
        if (b == left_out) continue;
        ++number;
        variances += covariances(b, b);
        for (Index a = 0; a < b; ++a) {
            if (a != left_out) between += covariances(a, b);
        }
    }
    if (number == 0) return result;
    const auto k = static_cast<double>(number);
    result.sum_of_covariances = variances + 2.0 * between;
    if (number < 2) return result;
    result.mean_covariance = 2.0 * between / (k * (k - 1.0));
    if (result.sum_of_covariances > 0.0)
        result.alpha = k * k * result.mean_covariance / result.sum_of_covariances;
    return result;
}

}  // namespace detail

/// Cronbach's alpha of the columns, k^2 c / S with c the mean covariance of two different
/// columns and S the sum of the whole covariance matrix. Values above 0.7 are commonly taken
/// for one underlying concept.
///
/// @param x rows are units, columns are the normalised indicators of one group, all with a
///        higher value for better; NaN is missing. A constant column counts in k and has
///        covariance 0.
/// @param selection complete rows, or each covariance over its own rows (S may then be no
///        variance of anything; where it is not above 0, alpha is NaN).
/// @throws NumericError naming the infinite cells.
/// Complexity: n k^2, and k^3 for `alpha_without`. Fixed order of rows and columns; same bits
/// on every machine.
/// Source: L. J. Cronbach (1951), Psychometrika 16, 297-334; OECD/JRC handbook (2008), step 4.
[[nodiscard]] inline CronbachAlpha cronbach_alpha(
    MatrixView x, numeric::RowSelection selection = numeric::RowSelection::complete_rows) {
    Eigen::MatrixXd covariances;
    Index rows = x.rows();
    if (selection == numeric::RowSelection::complete_rows) {
        const std::vector<Index> complete = numeric::complete_rows(x);
        rows = static_cast<Index>(complete.size());
        // Checks the cells of all rows first.
        const numeric::detail::CorrelatedColumns checked(x);
        covariances = checked.incomplete().empty()
                          ? numeric::covariance_matrix(x)
                          : numeric::covariance_matrix(numeric::take_rows(x, complete));
    } else {
        const numeric::detail::CorrelatedColumns columns(x);
        for (Index b = 0; b < x.cols(); ++b) {
            for (Index a = 0; a <= b; ++a) rows = std::min(rows, columns.joint_rows(a, b));
        }
        covariances = numeric::covariance_matrix(x);
    }
    CronbachAlpha result = detail::alpha_of(covariances, -1);
    result.rows = rows;
    result.alpha_without.resize(x.cols());
    for (Index j = 0; j < x.cols(); ++j)
        result.alpha_without[j] = detail::alpha_of(covariances, j).alpha;
    return result;
}

}  // namespace thuocdo::diagnose
