#pragma once
/// @file
/// Eigenvalues and eigenvectors of a correlation or covariance matrix, in the order
/// and with the signs that make results comparable.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

/// What principal_components finds. Rows of the matrices are the columns of the data,
/// columns are components, largest eigenvalue first.
struct PrincipalComponents {
    /// Descending. A negative one below the rounding error of the solver is 0; others
    /// stay, for a matrix from pairwise complete correlations need not be positive
    /// semidefinite.
    Eigen::VectorXd eigenvalues;
    /// Of length 1. The entry of largest magnitude is positive; where several are
    /// equally large up to rounding, the first of them is.
    Eigen::MatrixXd eigenvectors;
    /// Eigenvalue / trace.
    Eigen::VectorXd explained_variance;
    /// Running sums of `explained_variance`.
    Eigen::VectorXd cumulative_variance;
    /// Eigenvector times sqrt(max(eigenvalue, 0)): for a correlation matrix, the
    /// correlation of each column with each component.
    Eigen::MatrixXd loadings;
    /// Rows that took part. The others are undefined (NaN on the diagonal, as
    /// `pearson_matrix` gives for a constant column) and have zeros everywhere; as many
    /// components of eigenvalue 0, with zero vectors, stand at the end.
    std::vector<Index> active;
};

namespace detail {

/// Problems that one error lists at most.
inline constexpr std::size_t matrix_problems_listed = 100;

[[nodiscard]] inline std::string matrix_cell(Index i, Index j) {
    return "cell (" + std::to_string(i) + ", " + std::to_string(j) + ")";
}

/// Rows with a defined diagonal. @throws NumericError unless the rest is a finite
/// symmetric matrix.
[[nodiscard]] inline std::vector<Index> active_rows_of_symmetric(
    const Eigen::Ref<const Eigen::MatrixXd>& matrix) {
    /// Cells (i, j) and (j, i) may differ by this much, relative to the diagonal.
    constexpr double asymmetry_allowed = 1e-10;
    std::vector<Problem> problems;
    if (matrix.rows() != matrix.cols()) {
        problems.push_back({"matrix_not_square", "argument \"matrix\"",
                            std::to_string(matrix.rows()) + " x " + std::to_string(matrix.cols()),
                            "a square matrix", "give the correlations of every two columns"});
        throw NumericError("no principal components", std::move(problems));
    }
    std::vector<Index> active;
    for (Index i = 0; i < matrix.rows(); ++i) {
        if (!std::isnan(matrix(i, i))) active.push_back(i);
    }
    const auto note = [&](Problem problem) {
        if (problems.size() < matrix_problems_listed) problems.push_back(std::move(problem));
    };
    for (const Index i : active) {
        if (!(matrix(i, i) >= 0.0 && std::isfinite(matrix(i, i)))) {
            note({"variance_not_valid", matrix_cell(i, i), shortest(matrix(i, i)),
                  "a finite number of 0 or more", "give a correlation or covariance matrix"});
        }
        for (const Index j : active) {
            if (j <= i) continue;
            if (!std::isfinite(matrix(i, j)) || !std::isfinite(matrix(j, i))) {
                note({"correlation_undefined", matrix_cell(i, j), shortest(matrix(i, j)),
                      "a finite number",
                      "leave out one of the columns, or take the rows where all are observed"});
            } else if (std::abs(matrix(i, j) - matrix(j, i)) >
                       asymmetry_allowed * std::max(matrix(i, i), matrix(j, j))) {
                note({"matrix_not_symmetric", matrix_cell(i, j), shortest(matrix(i, j)),
                      shortest(matrix(j, i)) + ", as in " + matrix_cell(j, i),
                      "give a correlation or covariance matrix"});
            }
        }
    }
    if (!problems.empty()) throw NumericError("no principal components", std::move(problems));
    return active;
}

/// Whether the sign that the solver chose must be turned.
[[nodiscard]] inline bool points_down(const Eigen::Ref<const Eigen::VectorXd>& vector) {
    /// Magnitudes this close are one: their order would depend on rounding.
    constexpr double equal_magnitudes = 1e-9;
    double largest = 0.0;
    for (Index i = 0; i < vector.size(); ++i) largest = std::max(largest, std::abs(vector[i]));
    for (Index i = 0; i < vector.size(); ++i) {
        if (std::abs(vector[i]) >= largest * (1.0 - equal_magnitudes)) return vector[i] < 0.0;
    }
    return false;
}

}  // namespace detail

/// Principal components of a correlation or covariance matrix R: R v = lambda v.
///
/// @param matrix symmetric; a row with NaN on the diagonal (a constant column) takes
///        no part, whatever its other cells.
/// @throws NumericError unless the matrix is square, naming the cells where the rest is
///         not finite or not symmetric and variances that are negative; or when the
///         solver does not converge.
/// Complexity: O(m^3). Solved by Eigen's QR iteration: results agree between machines to
/// about 1e-14 times the largest eigenvalue, not to the last bit; vectors of equal
/// eigenvalues are one orthonormal basis of many.
/// Source: H. Hotelling (1933), Journal of Educational Psychology 24; OECD/JRC handbook
/// (2008), step 4.
[[nodiscard]] inline PrincipalComponents principal_components(
    const Eigen::Ref<const Eigen::MatrixXd>& matrix) {
    PrincipalComponents result;
    result.active = detail::active_rows_of_symmetric(matrix);
    const Index size = matrix.rows();
    const auto active = static_cast<Index>(result.active.size());
    result.eigenvalues = Eigen::VectorXd::Zero(size);
    result.eigenvectors = Eigen::MatrixXd::Zero(size, size);
    result.explained_variance = Eigen::VectorXd::Zero(size);
    result.cumulative_variance = Eigen::VectorXd::Zero(size);
    result.loadings = Eigen::MatrixXd::Zero(size, size);
    if (active == 0) return result;

    Eigen::MatrixXd rest(active, active);
    double trace = 0.0;
    for (Index j = 0; j < active; ++j) {
        const Index column = result.active[static_cast<std::size_t>(j)];
        for (Index i = 0; i < active; ++i)
            rest(i, j) = matrix(result.active[static_cast<std::size_t>(i)], column);
        trace += matrix(column, column);
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(rest);
    if (solver.info() != Eigen::Success) {
        throw NumericError("no principal components",
                           {Problem{"solver_did_not_converge", "argument \"matrix\"",
                                    "no convergence", "eigenvalues of a symmetric matrix",
                                    "scale the matrix so that its cells are near 1"}});
    }
    const double largest = solver.eigenvalues().cwiseAbs().maxCoeff();
    const double rounding =
        std::numeric_limits<double>::epsilon() * static_cast<double>(4 * active) * largest;
    double cumulative = 0.0;
    for (Index k = 0; k < active; ++k) {
        const Index found = active - 1 - k;
        const double eigenvalue = solver.eigenvalues()[found];
        const double kept = eigenvalue < 0.0 && eigenvalue >= -rounding ? 0.0 : eigenvalue;
        const Eigen::VectorXd vector = solver.eigenvectors().col(found);
        const double sign = detail::points_down(vector) ? -1.0 : 1.0;
        const double length = std::sqrt(std::max(kept, 0.0));
        result.eigenvalues[k] = kept;
        result.explained_variance[k] = trace > 0.0 ? kept / trace : 0.0;
        cumulative += result.explained_variance[k];
        result.cumulative_variance[k] = cumulative;
        for (Index i = 0; i < active; ++i) {
            const Index row = result.active[static_cast<std::size_t>(i)];
            result.eigenvectors(row, k) = sign * vector[i];
            result.loadings(row, k) = sign * vector[i] * length;
        }
    }
    return result;
}

}  // namespace thuocdo::numeric
