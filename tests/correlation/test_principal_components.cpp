// Eigen-analysis of correlation matrices: known spectra, order, signs, and what is refused.

#include <thuocdo/numeric/principal_components.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "../support/build.hpp"

TEST_CASE("principal components: equal correlations have the known spectrum") {
    // A matrix of ones on the diagonal and r elsewhere has eigenvalues 1 + (m - 1) r once and
    // 1 - r otherwise (K. V. Mardia, J. T. Kent, J. M. Bibby 1979, Multivariate Analysis, 8.2).
    constexpr double r = 0.4;
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Constant(5, 5, r);
    matrix.diagonal().setOnes();
    const auto found = thuocdo::numeric::principal_components(matrix);
    CHECK(std::abs(found.eigenvalues[0] - 2.6) <= 1e-14);
    for (thuocdo::Index k = 1; k < 5; ++k) CHECK(std::abs(found.eigenvalues[k] - 0.6) <= 1e-14);
    for (thuocdo::Index i = 0; i < 5; ++i) {
        CHECK(std::abs(found.eigenvectors(i, 0) - 1.0 / std::sqrt(5.0)) <= 1e-14);
        CHECK(std::abs(found.loadings(i, 0) - std::sqrt(2.6 / 5.0)) <= 1e-14);
    }
    CHECK(std::abs(found.explained_variance[0] - 0.52) <= 1e-14);
    CHECK(std::abs(found.cumulative_variance[4] - 1.0) <= 1e-14);
}

TEST_CASE("principal components: loadings give the matrix back, whatever the signs") {
    Eigen::MatrixXd matrix(3, 3);
    matrix << 1.0, -0.7, 0.2, -0.7, 1.0, 0.1, 0.2, 0.1, 1.0;
    const auto found = thuocdo::numeric::principal_components(matrix);
    CHECK((found.loadings * found.loadings.transpose() - matrix).cwiseAbs().maxCoeff() <= 1e-14);
    for (thuocdo::Index k = 0; k < 3; ++k) {
        thuocdo::Index largest = 0;
        found.eigenvectors.col(k).cwiseAbs().maxCoeff(&largest);
        CHECK(found.eigenvectors(largest, k) > 0.0);
        if (k > 0) CHECK(found.eigenvalues[k - 1] >= found.eigenvalues[k]);
    }
}

TEST_CASE("principal components: of two opposite columns the first points up") {
    Eigen::MatrixXd matrix(2, 2);
    matrix << 1.0, -0.5, -0.5, 1.0;
    const auto found = thuocdo::numeric::principal_components(matrix);
    CHECK(found.eigenvectors(0, 0) > 0.0);
    CHECK(found.eigenvectors(1, 0) < 0.0);
    CHECK(found.eigenvectors(0, 1) > 0.0);
}

TEST_CASE("principal components: a constant column takes no part") {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    Eigen::MatrixXd matrix(3, 3);
    matrix << 1.0, undefined, 0.5, undefined, undefined, undefined, 0.5, undefined, 1.0;
    const auto found = thuocdo::numeric::principal_components(matrix);
    CHECK(found.active == std::vector<thuocdo::Index>{0, 2});
    CHECK(std::abs(found.eigenvalues[0] - 1.5) <= 1e-14);
    CHECK(std::abs(found.eigenvalues[1] - 0.5) <= 1e-14);
    CHECK(found.eigenvalues[2] == 0.0);
    CHECK(found.eigenvectors.row(1).cwiseAbs().maxCoeff() == 0.0);
    CHECK(std::abs(found.explained_variance[0] - 0.75) <= 1e-14);
}

TEST_CASE("principal components: duplicate columns leave an eigenvalue of zero, not below") {
    const Eigen::MatrixXd matrix = Eigen::MatrixXd::Ones(6, 6);
    const auto found = thuocdo::numeric::principal_components(matrix);
    CHECK(std::abs(found.eigenvalues[0] - 6.0) <= 1e-14);
    for (thuocdo::Index k = 1; k < 6; ++k) CHECK(found.eigenvalues[k] >= 0.0);
    CHECK(found.loadings.allFinite());
}

TEST_CASE("principal components: every cell that is wrong is named") {
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(3, 3);
    matrix(0, 1) = 0.5;
    matrix(1, 2) = std::numeric_limits<double>::quiet_NaN();
    matrix(2, 2) = -1.0;
    const auto problems = testing_support::problems_of<thuocdo::NumericError>(
        [&] { static_cast<void>(thuocdo::numeric::principal_components(matrix)); });
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].code == "matrix_not_symmetric");
    CHECK(problems[0].place == "cell (0, 1)");
    CHECK(problems[1].code == "correlation_undefined");
    CHECK(problems[2].code == "variance_not_valid");
    const auto shape = testing_support::problems_of<thuocdo::NumericError>([] {
        static_cast<void>(thuocdo::numeric::principal_components(Eigen::MatrixXd::Identity(2, 3)));
    });
    REQUIRE(shape.size() == 1);
    CHECK(shape[0].code == "matrix_not_square");
}
