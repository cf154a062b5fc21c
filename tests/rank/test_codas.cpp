// CODAS against its published example, the form with all pairs, and its properties.
#include <thuocdo/rank/codas.hpp>

#include "support.hpp"

namespace rank_tests {

namespace codas_tests {

namespace rank = thuocdo::rank;

/// The paper step by step, every pair by itself.
Eigen::VectorXd naive(const Eigen::MatrixXd& x, const Numbers& weights,
                      const Directions& directions, double tau) {
    Eigen::MatrixXd r(x.rows(), x.cols());
    for (Eigen::Index j = 0; j < x.cols(); ++j)
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            const auto k = static_cast<std::size_t>(j);
            r(i, j) = weights[k] * (directions[k] == up ? x(i, j) / x.col(j).maxCoeff()
                                                        : x.col(j).minCoeff() / x(i, j));
        }
    Eigen::VectorXd euclidean(x.rows());
    Eigen::VectorXd taxicab(x.rows());
    const Eigen::RowVectorXd ideal = r.colwise().minCoeff();
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        euclidean[i] = (r.row(i) - ideal).norm();
        taxicab[i] = (r.row(i) - ideal).cwiseAbs().sum();
    }
    Eigen::VectorXd scores(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        long double sum = 0.0L;
        for (Eigen::Index k = 0; k < x.rows(); ++k) {
            const double difference = euclidean[i] - euclidean[k];
            sum += difference;
            if (std::round(std::abs(difference) * 1e12) >= std::round(tau * 1e12))
                sum += taxicab[i] - taxicab[k];
        }
        scores[i] = static_cast<double>(sum);
    }
    return scores;
}

/// One criterion of weight 1.
Eigen::VectorXd of_one_criterion(const Numbers& values, double tau) {
    Eigen::MatrixXd x(static_cast<Eigen::Index>(values.size()), 1);
    for (std::size_t i = 0; i < values.size(); ++i) x(static_cast<Eigen::Index>(i), 0) = values[i];
    return rank::codas(x, Numbers{1.0}, Directions{up}, {.threshold = tau}).scores;
}

}  // namespace codas_tests

TEST_CASE("CODAS: published example, to the last printed digit") {
    using namespace codas_tests;
    for (const Example& each : published("codas"))
        check_close(rank::codas(each.matrix, each.weights, each.directions).scores,
                    each.expected.get<Numbers>(), each.tolerance);
}

TEST_CASE("CODAS: the sorted form is the sum over all pairs") {
    using namespace codas_tests;
    for (const Eigen::Index rows : {2, 34, 300, 1300}) {
        for (const double tau : {0.0, 0.02, 0.2, 9.0}) {
            CAPTURE(rows);
            CAPTURE(tau);
            const Eigen::MatrixXd x = random_matrix(rows, 7, 41);
            const Numbers weights = random_weights(7, 42);
            const auto found = rank::codas(x, weights, mixed_directions(7), {.threshold = tau});
            check_same(found.scores, naive(x, weights, mixed_directions(7), tau));
            check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& each) {
                return rank::codas(each, weights, mixed_directions(7), {.threshold = tau}).scores;
            });
        }
    }
}

TEST_CASE("CODAS: many ties, in every order of alternatives") {
    using namespace codas_tests;
    testing_support::Random random(43);
    Eigen::MatrixXd x(700, 3);
    for (Eigen::Index j = 0; j < 3; ++j)
        for (Eigen::Index i = 0; i < 700; ++i)
            x(i, j) = static_cast<double>(1 + random.below(4)) / 10.0;
    const Numbers weights = {0.1, 0.2, 0.7};
    check_same(rank::codas(x, weights, mixed_directions(3)).scores,
               naive(x, weights, mixed_directions(3), 0.02));
    check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& each) {
        return rank::codas(each, weights, mixed_directions(3)).scores;
    });
}

TEST_CASE("CODAS: the relative assessment sums to the scores and is antisymmetric") {
    using namespace codas_tests;
    const Eigen::MatrixXd x = random_matrix(90, 5, 44);
    const Numbers weights = random_weights(5, 45);
    const auto found =
        rank::codas(x, weights, mixed_directions(5), {.keep_matrix = true, .keep_pairs = true});
    check_same(found.scores, found.relative_assessment.rowwise().sum());
    CHECK(found.relative_assessment == -found.relative_assessment.transpose());
    CHECK(found.weighted.colwise().minCoeff().transpose() == found.negative_ideal);
    const Eigen::MatrixXd from =
        found.weighted.rowwise() - Eigen::RowVectorXd(found.negative_ideal.transpose());
    check_same(found.euclidean_distance, from.rowwise().norm());
    check_same(found.taxicab_distance, from.rowwise().sum());
    const auto small = rank::codas(x, weights, mixed_directions(5));
    CHECK(small.weighted.size() == 0);
    CHECK(small.relative_assessment.size() == 0);
}

TEST_CASE("CODAS: a difference equal to the threshold in decimals reaches it") {
    using namespace codas_tests;
    // E = T = x - 0.2, and in binary the difference of 0.3 and 0.28 falls short of 0.02.
    const Numbers values = {1.0, 0.2, 0.28, 0.3};
    REQUIRE((0.3 - 0.2) - (0.28 - 0.2) < 0.02);
    const Eigen::VectorXd found = of_one_criterion(values, 0.02);
    // Every pair reaches it, so each h counts the difference twice; E sums to 0.98.
    check_close(found,
                {2 * (4 * 0.8 - 0.98), 2 * (0.0 - 0.98), 2 * (0.32 - 0.98), 2 * (0.4 - 0.98)},
                1e-12);
    // Not so a little above.
    const Eigen::VectorXd above = of_one_criterion(values, 0.020001);
    CHECK(std::abs(above[2] - (found[2] + 0.02)) <= 1e-12);
    CHECK(std::abs(above[3] - (found[3] - 0.02)) <= 1e-12);
}

TEST_CASE("CODAS: raising a cost lowers the score, raising a benefit raises it") {
    using namespace codas_tests;
    Eigen::MatrixXd x = matrix_of({{5, 5}, {3, 4}, {9, 2}, {1, 9}});
    const auto score = [&] {
        return rank::codas(x, Numbers{0.5, 0.5}, Directions{up, down}).scores[0];
    };
    const double before = score();
    x(0, 1) = 6;
    const double costlier = score();
    CHECK(costlier < before);
    x(0, 0) = 7;
    CHECK(score() > costlier);
}

TEST_CASE("CODAS: constant columns, negatives, one alternative, identical alternatives") {
    using namespace codas_tests;
    CHECK(rank::codas(matrix_of({{3, 5}}), Numbers{0.5, 0.5}, Directions{up, down}).scores[0] ==
          0.0);
    const Eigen::MatrixXd x = random_matrix(30, 3, 46);
    Eigen::MatrixXd with(30, 5);
    with << x, Eigen::MatrixXd::Constant(30, 1, 4.0), Eigen::MatrixXd::Constant(30, 1, 4.0);
    CHECK(
        bits(rank::codas(with, Numbers{0.2, 0.3, 0.1, 0.2, 0.2}, Directions{up, down, up, up, down})
                 .scores) ==
        bits(rank::codas(x, Numbers{0.2, 0.3, 0.1}, Directions{up, down, up}).scores));
    const Eigen::MatrixXd same = Eigen::MatrixXd::Constant(5, 2, 3.0);
    CHECK(rank::codas(same, Numbers{0.5, 0.5}, Directions{up, down}).scores ==
          Eigen::VectorXd::Zero(5));
    const Eigen::MatrixXd negative = matrix_of({{-3, 1}, {0, 2}, {4, 8}, {0, 2}, {-0.0, 2}});
    const Numbers halves = {0.5, 0.5};
    const auto found = rank::codas(negative, halves, Directions{up, down});
    check_same(found.scores, naive(negative, halves, Directions{up, down}, 0.02));
    CHECK(bits(found.scores)[1] == bits(found.scores)[3]);
    CHECK(bits(found.scores)[1] == bits(found.scores)[4]);
}

TEST_CASE("CODAS: refusals") {
    using namespace codas_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::codas(x, w, d);
    });
    CHECK(problems([] {
              return rank::codas(matrix_of({{0, 0}, {1, -2}}), Numbers{0.5, 0.5},
                                 Directions{down, up}, {.threshold = -0.1});
          }) == Strings{"threshold_out_of_range option \"threshold\"",
                        "value_not_positive row 0, column 0 (counted from 0)",
                        "divisor_not_positive column 1 (counted from 0)"});
    CHECK(problems([] {
              return rank::codas(matrix_of({{1}}), Numbers{1}, Directions{up},
                                 {.threshold = std::nan("")});
          }) == Strings{"threshold_out_of_range option \"threshold\""});
    CHECK(problems([] {
              return rank::codas(matrix_of({{-1e200, 1}, {1e-3, 1}}), Numbers{0.5, 0.5},
                                 Directions{up, up});
          }) == Strings{"distance_too_large column 0 (counted from 0)"});
    CHECK(problems([] {
              return rank::codas(matrix_of({{-1e200, 1}, {1e-200, 1}}), Numbers{0.0, 0.5},
                                 Directions{up, up});
          }) == Strings{"beyond_double column 0 (counted from 0)"});
}

}  // namespace rank_tests
