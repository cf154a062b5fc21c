#pragma once
/// @file
/// Weights from principal components and rotated factors.

#include <thuocdo/numeric/pearson.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>
#include <thuocdo/weigh/detail/varimax.hpp>

#include <Eigen/Eigenvalues>

#include <numeric>
#include <optional>

namespace thuocdo::weigh {

/// Which squared rotated loadings of an indicator make its weight.
enum class LoadingShare {
    highest_loading,  ///< that on the factor where it loads most (the handbook)
    all_factors       ///< those on all factors kept: its communality
};

/// What principal_components() may be told.
struct ComponentOptions {
    /// How many factors to keep. Nothing: those whose eigenvalue is above 1, at
    /// least one.
    std::optional<Index> factors;
    LoadingShare share = LoadingShare::highest_loading;
    /// Kaiser normalisation during the varimax rotation.
    bool kaiser_normalisation = true;
};

/// What principal_components() finds. A constant column has zeros everywhere.
struct ComponentWeights {
    /// One an indicator, never below 0.
    Eigen::VectorXd weights;
    /// Of the correlation matrix, largest first, one an indicator.
    Eigen::VectorXd eigenvalues;
    /// Each eigenvalue over their sum.
    Eigen::VectorXd explained_variance;
    /// How many factors were kept and rotated.
    Index factors = 0;
    /// Indicators by factors, before and after the rotation. A column has the sign
    /// that makes its sum positive.
    Eigen::MatrixXd loadings;
    Eigen::MatrixXd rotated_loadings;
    /// Sum of squared rotated loadings of each factor, largest first.
    Eigen::VectorXd rotated_variance;
    /// The factor on which each indicator loads most, counted from 0; -1 where the
    /// column is constant.
    std::vector<Index> factor_of;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column varies; the weights are equal.
    bool all_constant = false;
    /// Whether the rotation came to rest.
    bool converged = true;
};

namespace detail {

/// Columns by falling sum of squares, each with the sign that makes its sum positive.
inline void order_factors(Eigen::MatrixXd& loadings) {
    std::vector<Index> order(static_cast<std::size_t>(loadings.cols()));
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
        return loadings.col(a).squaredNorm() > loadings.col(b).squaredNorm();
    });
    Eigen::MatrixXd ordered(loadings.rows(), loadings.cols());
    for (Index f = 0; f < loadings.cols(); ++f) {
        const auto column = loadings.col(order[static_cast<std::size_t>(f)]);
        ordered.col(f) = column.sum() < 0.0 ? Eigen::VectorXd(-column) : Eigen::VectorXd(column);
    }
    loadings = ordered;
}

}  // namespace detail

/// Principal components of the correlation matrix of the complete rows; the factors
/// kept are rotated by varimax. Inside a factor an indicator has the share of its
/// squared loading in the variance of the factor, and the factor has the share of
/// its variance in that of all factors kept. The weight is their product, which is
/// the squared rotated loading over that sum, for the factor on which the indicator
/// loads most; the weights are then divided by their total.
///
/// Squares are never negative: entries of eigenvectors, which some programs use as
/// they are, have signs. Directions play no part, because a reversed indicator has
/// the same squared loadings.
///
/// @param x units by indicators, finite. Rows with a missing value are left out. A
///        constant column gets weight 0.
/// @throws NumericError when fewer than two rows are complete, naming infinite
///         cells, or when the number of factors is not between 1 and the number of
///         indicators that vary.
/// Eigenvectors come from Eigen: the last bits may differ between machines. An
/// eigenvalue within 1e-10 of 1 is not above it.
/// Complexity: n m^2 for the correlations and O(m^3) for the eigenvectors. Sources:
/// OECD/JRC handbook (2008), step 6; Nicoletti, Scarpetta and Boylaud (2000), OECD
/// Economics Department Working Papers 226.
[[nodiscard]] inline ComponentWeights principal_components(MatrixView x,
                                                           const ComponentOptions& options = {}) {
    constexpr double rounding = 1e-10;
    const detail::CompleteRows rows(x);
    const Index count = rows.columns();
    const Eigen::MatrixXd correlation = numeric::pearson_matrix(rows.matrix());
    std::vector<Index> varying;
    for (Index j = 0; j < count; ++j) {
        if (!std::isnan(correlation(j, j))) varying.push_back(j);
    }
    const auto size = static_cast<Index>(varying.size());
    if (options.factors && size > 0 && (*options.factors < 1 || *options.factors > size)) {
        throw NumericError(
            "principal components: impossible number of factors",
            {Problem{"factors_out_of_range", "argument \"factors\"",
                     std::to_string(*options.factors),
                     "1 to " + std::to_string(size) + ", the number of indicators that vary", ""}});
    }
    ComponentWeights result;
    result.rows_used = rows.rows();
    result.eigenvalues = Eigen::VectorXd::Zero(count);
    result.explained_variance = Eigen::VectorXd::Zero(count);
    result.factor_of.assign(static_cast<std::size_t>(count), -1);
    if (size == 0) {
        result.all_constant = true;
        result.weights = detail::equal_shares(count);
        result.loadings.resize(count, 0);
        result.rotated_loadings.resize(count, 0);
        return result;
    }
    Eigen::MatrixXd correlated(size, size);
    for (Index b = 0; b < size; ++b) {
        for (Index a = 0; a < size; ++a) {
            correlated(a, b) = correlation(varying[static_cast<std::size_t>(a)],
                                           varying[static_cast<std::size_t>(b)]);
        }
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlated);
    for (Index f = 0; f < size; ++f) {
        // Ascending there; a correlation matrix has none below 0 but for rounding.
        result.eigenvalues[f] = std::max(solver.eigenvalues()[size - 1 - f], 0.0);
        result.explained_variance[f] = result.eigenvalues[f] / static_cast<double>(size);
        if (result.eigenvalues[f] > 1.0 + rounding) ++result.factors;
    }
    result.factors = options.factors.value_or(std::max<Index>(result.factors, 1));
    Eigen::MatrixXd loadings(size, result.factors);
    for (Index f = 0; f < result.factors; ++f)
        loadings.col(f) =
            solver.eigenvectors().col(size - 1 - f) * std::sqrt(result.eigenvalues[f]);
    detail::order_factors(loadings);
    Eigen::MatrixXd rotated = loadings;
    result.converged = detail::varimax(rotated, options.kaiser_normalisation);
    detail::order_factors(rotated);

    result.loadings = Eigen::MatrixXd::Zero(count, result.factors);
    result.rotated_loadings = Eigen::MatrixXd::Zero(count, result.factors);
    Eigen::VectorXd squares = Eigen::VectorXd::Zero(count);
    for (Index a = 0; a < size; ++a) {
        const Index j = varying[static_cast<std::size_t>(a)];
        result.loadings.row(j) = loadings.row(a);
        result.rotated_loadings.row(j) = rotated.row(a);
        Index highest = 0;
        const double largest = rotated.row(a).cwiseAbs2().maxCoeff(&highest);
        result.factor_of[static_cast<std::size_t>(j)] = highest;
        squares[j] =
            options.share == LoadingShare::highest_loading ? largest : rotated.row(a).squaredNorm();
    }
    result.rotated_variance = rotated.colwise().squaredNorm().transpose();
    result.weights = detail::shares_of(squares);
    return result;
}

}  // namespace thuocdo::weigh
