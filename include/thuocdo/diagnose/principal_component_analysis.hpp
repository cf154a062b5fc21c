#pragma once
/// @file
/// Principal components of indicators: how many things they measure, and which indicators
/// go together. Needs the eigenvalue solver of Eigen, so it is not in the umbrella.

#include <thuocdo/diagnose/detail/checks.hpp>
#include <thuocdo/numeric/covariance.hpp>
#include <thuocdo/numeric/pearson.hpp>
#include <thuocdo/numeric/principal_components.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <vector>

namespace thuocdo::diagnose {

/// What principal_component_analysis finds.
struct PrincipalComponentAnalysis {
    /// Of the correlation matrix; see there for order, signs and constant columns.
    numeric::PrincipalComponents components;
    Eigen::MatrixXd correlations;
    /// Number of eigenvalues above 1 (H. F. Kaiser 1960): the usual number of components kept.
    Index eigenvalues_above_one = 0;
    /// Units x components: standardised values times eigenvectors, so that the variance of a
    /// column is its eigenvalue. NaN for a unit with a missing value in a column that takes
    /// part. Empty unless asked for.
    Eigen::MatrixXd scores;
    /// Rows used; for the pairwise choice, the fewest of any two columns that take part.
    Index rows = 0;
};

/// Principal components of the Pearson correlation matrix.
///
/// @param x rows are units, columns are indicators; NaN is missing. A column that is constant
///        over the rows used takes no part: zero loadings.
/// @param selection complete rows, or pairwise correlations (eigenvalues may then be negative).
/// @param with_scores whether `scores` is filled. Means and deviations (n - 1) are those of the
///        complete rows, or of the observed cells of each column.
/// @throws NumericError naming the infinite cells; when below two rows are complete; or, for
///         the pairwise choice, naming pairs without a correlation.
/// Complexity: n m^2 + m^3. Results agree between machines to about 1e-14, not to the last
/// bit: the solver is Eigen's.
/// Source: OECD/JRC handbook (2008), step 4.
[[nodiscard]] inline PrincipalComponentAnalysis principal_component_analysis(
    MatrixView x, numeric::RowSelection selection = numeric::RowSelection::complete_rows,
    bool with_scores = false) {
    const bool pairwise = selection == numeric::RowSelection::pairwise;
    const numeric::detail::CorrelatedColumns columns(x);
    Eigen::MatrixXd used;
    if (pairwise || columns.incomplete().empty()) {
        used = x;
    } else {
        used = numeric::take_rows(x, numeric::complete_rows(x));
    }
    if (!pairwise && used.rows() < 2) {
        throw NumericError(
            "no principal components",
            {Problem{"too_few_complete_rows", "argument \"x\"",
                     std::to_string(used.rows()) + " rows where every column is observed",
                     "2 or more", "impute, leave out columns, or choose pairwise correlations"}});
    }
    PrincipalComponentAnalysis result;
    result.correlations = numeric::pearson_matrix(used);
    result.components = numeric::principal_components(result.correlations);
    const std::vector<Index>& active = result.components.active;
    for (Index k = 0; k < x.cols(); ++k)
        result.eigenvalues_above_one += result.components.eigenvalues[k] > 1.0 ? 1 : 0;
    result.rows = used.rows();
    for (const Index a : active) {
        for (const Index b : active)
            result.rows = std::min(result.rows, pairwise ? columns.joint_rows(a, b) : used.rows());
    }
    if (!with_scores) return result;

    result.scores = Eigen::MatrixXd::Zero(x.rows(), x.cols());
    for (const Index j : active) {
        const numeric::ColumnStatistics column = numeric::column_statistics(used.col(j));
        for (Index k = 0; k < static_cast<Index>(active.size()); ++k) {
            const double factor = result.components.eigenvectors(j, k);
            for (Index i = 0; i < x.rows(); ++i) {
                result.scores(i, k) += (x(i, j) - column.mean) / column.standard_deviation * factor;
            }
        }
    }
    return result;
}

}  // namespace thuocdo::diagnose
