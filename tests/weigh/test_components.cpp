// Principal components and correlation-optimised weights: what they promise.
#include <thuocdo/weigh/correlation_optimised.hpp>
#include <thuocdo/weigh/principal_components.hpp>

#include <Eigen/Dense>

#include "support.hpp"

namespace weigh_tests {

namespace components {

namespace weigh = thuocdo::weigh;

constexpr double blank = std::numeric_limits<double>::quiet_NaN();

/// Two groups of indicators, each driven by one hidden quantity.
Eigen::MatrixXd two_groups(Eigen::Index rows, std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd x(rows, 5);
    for (Eigen::Index i = 0; i < rows; ++i) {
        const double first = random.between(-1, 1);
        const double second = random.between(-1, 1);
        for (Eigen::Index j = 0; j < 5; ++j)
            x(i, j) = (j < 3 ? first : second) + random.between(-0.3, 0.3);
    }
    return x;
}

/// The varimax criterion: variance of squared loadings within columns.
double simplicity(const Eigen::MatrixXd& loadings) {
    double total = 0.0;
    for (Eigen::Index f = 0; f < loadings.cols(); ++f) {
        const Eigen::ArrayXd squares = loadings.col(f).array().square();
        total += (squares - squares.mean()).square().sum();
    }
    return total;
}

double correlation(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    const Eigen::VectorXd p = a.array() - a.mean();
    const Eigen::VectorXd q = b.array() - b.mean();
    return p.dot(q) / (p.norm() * q.norm());
}

}  // namespace components

TEST_CASE("Principal components find two groups, and each indicator in its own") {
    namespace weigh = thuocdo::weigh;
    const auto found = weigh::principal_components(components::two_groups(300, 1));
    CHECK(found.factors == 2);
    CHECK(found.factor_of == std::vector<thuocdo::Index>{0, 0, 0, 1, 1});
    CHECK(found.converged);
    CHECK(found.eigenvalues.sum() == doctest::Approx(5.0).epsilon(1e-13));
    CHECK(found.explained_variance.sum() == doctest::Approx(1.0).epsilon(1e-13));
    for (Eigen::Index j = 0; j < 5; ++j) {
        const double highest = found.rotated_loadings.row(j).cwiseAbs().maxCoeff();
        CHECK(highest > 0.9);
        CHECK(found.rotated_loadings.row(j).cwiseAbs().minCoeff() < 0.2);
    }
    check_shares(found.weights);
}

TEST_CASE("The weight is the squared loading's share in its factor times the factor's share") {
    namespace weigh = thuocdo::weigh;
    const auto found = weigh::principal_components(components::two_groups(80, 2));
    Eigen::VectorXd expected(5);
    for (Eigen::Index j = 0; j < 5; ++j) {
        const Eigen::Index f = found.factor_of[static_cast<std::size_t>(j)];
        const double loading = found.rotated_loadings(j, f);
        expected[j] = loading * loading / found.rotated_variance[f] *
                      (found.rotated_variance[f] / found.rotated_variance.sum());
    }
    expected /= expected.sum();
    for (Eigen::Index j = 0; j < 5; ++j)
        CHECK(found.weights[j] == doctest::Approx(expected[j]).epsilon(1e-13));

    weigh::ComponentOptions options;
    options.share = weigh::LoadingShare::all_factors;
    const auto all = weigh::principal_components(components::two_groups(80, 2), options);
    for (Eigen::Index j = 0; j < 5; ++j) {
        CHECK(all.weights[j] == doctest::Approx(all.rotated_loadings.row(j).squaredNorm() /
                                                all.rotated_variance.sum())
                                    .epsilon(1e-13));
    }
}

TEST_CASE("Rotation keeps communalities, and no further rotation of two factors is simpler") {
    namespace weigh = thuocdo::weigh;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        weigh::ComponentOptions options;
        options.factors = 3;
        options.kaiser_normalisation = seed % 2 == 0;
        const auto found = weigh::principal_components(random_matrix(40, 7, seed), options);
        CHECK(found.factors == 3);
        CHECK(found.converged);
        Eigen::MatrixXd scaled = found.rotated_loadings;
        for (Eigen::Index j = 0; j < 7; ++j) {
            CHECK(found.rotated_loadings.row(j).squaredNorm() ==
                  doctest::Approx(found.loadings.row(j).squaredNorm()).epsilon(1e-12));
            if (options.kaiser_normalisation) scaled.row(j).normalize();
        }
        const double reached = components::simplicity(scaled);
        for (Eigen::Index a = 0; a < 3; ++a) {
            for (Eigen::Index b = a + 1; b < 3; ++b) {
                for (const double angle : {-0.7, -0.1, -0.001, 0.001, 0.1, 0.7}) {
                    Eigen::MatrixXd turned = scaled;
                    turned.col(a) =
                        scaled.col(a) * std::cos(angle) + scaled.col(b) * std::sin(angle);
                    turned.col(b) =
                        scaled.col(b) * std::cos(angle) - scaled.col(a) * std::sin(angle);
                    CHECK(components::simplicity(turned) <= reached + 1e-12);
                }
            }
        }
    }
}

TEST_CASE("Weights of opposed indicators are never negative") {
    Eigen::MatrixXd x = components::two_groups(100, 3);
    const auto straight = thuocdo::weigh::principal_components(x);
    x.col(1) = -x.col(1);
    x.col(4) = -x.col(4);
    const auto opposed = thuocdo::weigh::principal_components(x);
    for (Eigen::Index j = 0; j < 5; ++j) {
        CHECK(opposed.weights[j] >= 0.0);
        CHECK(opposed.weights[j] == doctest::Approx(straight.weights[j]).epsilon(1e-9));
    }
}

TEST_CASE("Uncorrelated columns have no eigenvalue above 1 and keep one factor") {
    const auto found = thuocdo::weigh::principal_components(
        matrix({{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}}));
    check_close(found.eigenvalues, {1, 1, 1}, 1e-14);
    CHECK(found.factors == 1);
    check_shares(found.weights);
}

TEST_CASE("The number of factors is checked against the columns that vary") {
    namespace weigh = thuocdo::weigh;
    weigh::ComponentOptions options;
    options.factors = 3;
    const Eigen::MatrixXd x = matrix({{1, 5, 2}, {2, 5, 1}, {4, 5, 0}});
    CHECK(problems([&] { (void)weigh::principal_components(x, options); }) ==
          Strings{"factors_out_of_range argument \"factors\""});
    options.factors = 0;
    CHECK(problems([&] { (void)weigh::principal_components(x, options); }).size() == 1);
    options.factors = 2;
    const auto found = weigh::principal_components(x, options);
    CHECK(found.factor_of[1] == -1);
    CHECK(found.rotated_loadings.row(1).norm() == 0.0);
    CHECK(found.eigenvalues[2] == 0.0);
}

TEST_CASE("Correlation-optimised weights reach targets that can be reached, element by element") {
    namespace weigh = thuocdo::weigh;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Eigen::MatrixXd x = random_matrix(120, 4, seed);
        const std::vector<double> targets{4, 3, 2, 3};
        const auto found = weigh::correlation_optimised(x, targets);
        REQUIRE(found.converged);
        REQUIRE(found.attained);
        check_shares(found.weights);
        const Eigen::VectorXd index = x * found.weights;
        Eigen::VectorXd achieved(4);
        for (Eigen::Index j = 0; j < 4; ++j) {
            achieved[j] = components::correlation(x.col(j), index);
            CHECK(found.correlations[j] == doctest::Approx(achieved[j]).epsilon(1e-11));
        }
        for (Eigen::Index j = 0; j < 4; ++j) {
            CHECK(achieved[j] / achieved.sum() ==
                  doctest::Approx(targets[static_cast<std::size_t>(j)] / 12).epsilon(1e-10));
        }
    }
}

TEST_CASE(
    "Targets out of reach: weights stay 0 or more, and no weights near by or far away are closer") {
    namespace weigh = thuocdo::weigh;
    const auto deviation = [](const Eigen::MatrixXd& x, const Eigen::VectorXd& weights,
                              const Eigen::VectorXd& targets) {
        const Eigen::VectorXd index = x * weights;
        Eigen::VectorXd shares(x.cols());
        for (Eigen::Index j = 0; j < x.cols(); ++j)
            shares[j] = components::correlation(x.col(j), index);
        const double total = shares.sum();
        // The shares of weights whose correlations add up to 0 or less mean nothing.
        return total > 0.05 ? (shares / total - targets).squaredNorm() : 1e9;
    };
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        testing_support::Random random(seed);
        const Eigen::MatrixXd x = components::two_groups(60, seed);
        const std::vector<double> targets{0.9, 0.05, 0.02, 0.02, 0.01};
        const auto found = weigh::correlation_optimised(x, targets);
        CHECK(found.converged);
        CHECK_FALSE(found.attained);
        CHECK(found.largest_deviation > 0.01);
        check_shares(found.weights);
        const double reached = deviation(x, found.weights, found.target_shares);
        CHECK(reached ==
              doctest::Approx((found.shares - found.target_shares).squaredNorm()).epsilon(1e-9));
        for (int attempt = 0; attempt < 300; ++attempt) {
            Eigen::VectorXd other(5);
            for (Eigen::Index j = 0; j < 5; ++j) {
                other[j] = attempt % 2 == 0
                               ? random.between(0, 1) * (random.chance(0.5) ? 1.0 : 0.0)
                               : std::max(0.0, found.weights[j] + random.between(-0.02, 0.02));
            }
            if (!(other.sum() > 0.0)) continue;
            CHECK(deviation(x, other / other.sum(), found.target_shares) >= reached - 1e-12);
        }
    }
}

TEST_CASE("A constant element has no correlation and no weight, and the target is missed") {
    Eigen::MatrixXd x = random_matrix(50, 3, 21);
    x.col(1).setConstant(4.0);
    const auto found = thuocdo::weigh::correlation_optimised(x, std::vector<double>{1, 1, 1});
    CHECK(found.weights[1] == 0.0);
    CHECK(found.correlations[1] == 0.0);
    CHECK_FALSE(found.attained);
    CHECK(found.converged);
    CHECK(found.largest_deviation >= 1.0 / 3 - 1e-12);
}

TEST_CASE("Elements that cancel out, and targets that are none, are refused") {
    namespace weigh = thuocdo::weigh;
    const Eigen::MatrixXd opposed = matrix({{1, -1}, {2, -2}, {4, -4}});
    CHECK(problems([&] {
              (void)weigh::correlation_optimised(opposed, std::vector<double>{1, 1});
          }) == Strings{"elements_cancel_out argument \"x\""});
    CHECK(problems([&] {
              (void)weigh::correlation_optimised(opposed,
                                                 std::vector<double>{-1, components::blank, 2});
          }) == Strings{"size_mismatch argument \"targets\"", "target_not_valid targets[0]",
                        "target_not_valid targets[1]"});
    CHECK(problems([&] {
              (void)weigh::correlation_optimised(opposed, std::vector<double>{0, 0});
          }) == Strings{"targets_without_sum argument \"targets\""});
}

TEST_CASE("Identical elements share and do not break the least squares") {
    Eigen::MatrixXd x = random_matrix(40, 3, 22);
    x.col(2) = x.col(0);
    const auto found = thuocdo::weigh::correlation_optimised(x, std::vector<double>{1, 1, 1});
    CHECK(found.converged);
    CHECK(found.attained);
    check_shares(found.weights);
}

}  // namespace weigh_tests
