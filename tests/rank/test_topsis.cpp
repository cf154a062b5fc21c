// TOPSIS: published examples, a naive form, variants, identical alternatives.
#include <thuocdo/rank/topsis.hpp>

#include "support.hpp"

namespace rank_tests {

namespace topsis_tests {

namespace rank = thuocdo::rank;
using rank::Normalisation;

rank::TopsisResult topsis(const Eigen::MatrixXd& x, const Numbers& weights,
                          const Directions& directions, Normalisation how = Normalisation::vector) {
    return rank::topsis(x, weights, directions, {.normalisation = how, .keep_matrix = true});
}

/// Straight from the book, on a matrix that is weighted and normalised.
struct Naive {
    Eigen::VectorXd ideal, anti_ideal, to_ideal, to_anti_ideal, scores;

    Naive(const Eigen::MatrixXd& v, const Directions& directions)
        : ideal(v.cols()), anti_ideal(v.cols()) {
        for (Eigen::Index j = 0; j < v.cols(); ++j) {
            const bool higher = directions[static_cast<std::size_t>(j)] == up;
            ideal[j] = higher ? v.col(j).maxCoeff() : v.col(j).minCoeff();
            anti_ideal[j] = higher ? v.col(j).minCoeff() : v.col(j).maxCoeff();
        }
        to_ideal = (v.rowwise() - ideal.transpose()).rowwise().norm();
        to_anti_ideal = (v.rowwise() - anti_ideal.transpose()).rowwise().norm();
        scores = to_anti_ideal.array() / (to_ideal + to_anti_ideal).array();
    }
};

Eigen::MatrixXd weighted(Eigen::MatrixXd n, const Numbers& weights) {
    for (Eigen::Index j = 0; j < n.cols(); ++j) n.col(j) *= weights[static_cast<std::size_t>(j)];
    return n;
}

Eigen::Index winner(const Eigen::VectorXd& scores) {
    Eigen::Index at = 0;
    scores.maxCoeff(&at);
    return at;
}

}  // namespace topsis_tests

TEST_CASE("TOPSIS: published examples, to the last printed digit") {
    using namespace topsis_tests;
    for (const Example& each : published("topsis_vector"))
        check_close(rank::topsis(each.matrix, each.weights, each.directions).scores,
                    each.expected.get<Numbers>(), each.tolerance);
    for (const Example& each : published("topsis_minmax"))
        check_close(
            topsis(each.matrix, each.weights, each.directions, Normalisation::min_max).scores,
            each.expected.get<Numbers>(), each.tolerance);
}

TEST_CASE("TOPSIS: every intermediate against the book, for several sizes") {
    using namespace topsis_tests;
    for (const Eigen::Index rows : {Eigen::Index{2}, Eigen::Index{34}, Eigen::Index{1300}}) {
        const Eigen::MatrixXd x = random_matrix(rows, 7, 21);
        const Numbers weights = random_weights(7, 22);
        const Directions directions = mixed_directions(7);
        Eigen::MatrixXd n = x;
        for (Eigen::Index j = 0; j < 7; ++j) n.col(j) /= x.col(j).norm();
        const Naive naive(weighted(n, weights), directions);
        const auto found = topsis(x, weights, directions);
        check_same(found.scores, naive.scores);
        check_same(found.ideal, naive.ideal);
        check_same(found.anti_ideal, naive.anti_ideal);
        check_same(found.distance_to_ideal, naive.to_ideal);
        check_same(found.distance_to_anti_ideal, naive.to_anti_ideal);
        CHECK((found.weighted_normalised - weighted(n, weights)).cwiseAbs().maxCoeff() <= 1e-12);
        CHECK(!found.all_identical);
        CHECK(found.variant == "vector");
        CHECK(rank::topsis(x, weights, directions).weighted_normalised.size() == 0);

        // With 1 - x/norm where lower is better, higher is better everywhere.
        check_same(Naive(weighted(rank::normalise(x, directions, Normalisation::vector), weights),
                         Directions(7, up))
                       .scores,
                   found.scores);
        for (const auto how : {Normalisation::min_max, Normalisation::sum, Normalisation::linear,
                               Normalisation::logarithmic}) {
            const auto variant = topsis(x, weights, directions, how);
            const Naive expected(weighted(rank::normalise(x, directions, how), weights),
                                 Directions(7, up));
            check_same(variant.scores, expected.scores);
            check_same(variant.ideal, expected.ideal);
            check_same(variant.distance_to_anti_ideal, expected.to_anti_ideal);
            CHECK(variant.variant == rank::name_of(how));
        }
    }
}

TEST_CASE("TOPSIS: the best on every criterion scores 1, the worst 0, in every variant") {
    using namespace topsis_tests;
    const Eigen::MatrixXd x = matrix_of({{9, 1, 8}, {2, 5, 3}, {5, 2, 5}});
    for (const auto how : {Normalisation::vector, Normalisation::min_max, Normalisation::maximum,
                           Normalisation::sum, Normalisation::linear, Normalisation::nonlinear,
                           Normalisation::enhanced_accuracy, Normalisation::zavadskas_turskis}) {
        CAPTURE(rank::name_of(how));
        const auto found = topsis(x, {0.5, 0.3, 0.2}, {up, down, up}, how);
        CHECK(found.scores[0] == 1.0);
        CHECK(found.scores[1] == 0.0);
        CHECK(found.scores[2] > 0.0);
        CHECK(found.scores[2] < 1.0);
    }
}

TEST_CASE("TOPSIS: variants give different winners, which is why the result names its own") {
    using namespace topsis_tests;
    bool min_max_differs = false;
    bool reciprocal_differs = false;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const Eigen::MatrixXd x = random_matrix(6, 4, seed);
        const auto first = [&](Normalisation how) {
            return winner(topsis(x, {0.25, 0.25, 0.25, 0.25}, {up, down, down, up}, how).scores);
        };
        const Eigen::Index vector = first(Normalisation::vector);
        min_max_differs = min_max_differs || first(Normalisation::min_max) != vector;
        reciprocal_differs = reciprocal_differs || first(Normalisation::sum) != vector;
    }
    CHECK(min_max_differs);
    CHECK(reciprocal_differs);
}

TEST_CASE("TOPSIS: all identical, one alternative, constant columns, columns of zeros") {
    using namespace topsis_tests;
    for (const auto how : {Normalisation::vector, Normalisation::min_max}) {
        const auto same = topsis(matrix_of({{3, 5}, {3, 5}, {3, 5}}), {0.4, 0.6}, {up, down}, how);
        check_close(same.scores, {0.5, 0.5, 0.5}, 0.0);
        CHECK(same.all_identical);
        check_close(same.distance_to_ideal, {0, 0, 0}, 0.0);
        const auto single = topsis(matrix_of({{3, 5}}), {0.4, 0.6}, {up, down}, how);
        check_close(single.scores, {0.5}, 0.0);
        CHECK(single.all_identical);
        // Different only where nothing weighs.
        const auto weightless = topsis(matrix_of({{3, 5}, {4, 5}}), {0.0, 1.0}, {up, up}, how);
        check_close(weightless.scores, {0.5, 0.5}, 0.0);
        CHECK(weightless.all_identical);
        // A constant column, and one of zeros, have no influence.
        const Eigen::MatrixXd x = matrix_of({{1, 7, 0, 4}, {2, 7, 0, 3}, {5, 7, 0, 9}});
        const auto found = topsis(x, {0.3, 0.2, 0.2, 0.3}, {up, up, down, down}, how);
        const auto without =
            topsis(matrix_of({{1, 4}, {2, 3}, {5, 9}}), {0.3, 0.3}, {up, down}, how);
        CHECK(bits(found.scores) == bits(without.scores));
        CHECK(!found.all_identical);
    }
    check_close(topsis(matrix_of({{-1}, {0}, {3}}), {1.0}, {down}).scores, {1.0, 0.75, 0.0}, 1e-15);
}

TEST_CASE("TOPSIS: order of alternatives, identical ones, units of criteria, scale of weights") {
    using namespace topsis_tests;
    Eigen::MatrixXd x = random_matrix(700, 6, 23);
    x.row(650) = x.row(3);
    const Numbers weights = random_weights(6, 24);
    const Directions directions = mixed_directions(6);
    for (const auto how : {Normalisation::vector, Normalisation::min_max, Normalisation::sum})
        check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& rows) {
            return topsis(rows, weights, directions, how).scores;
        });
    const Eigen::VectorXd scores = topsis(x, weights, directions).scores;
    CHECK(bits(scores)[650] == bits(scores)[3]);
    Eigen::MatrixXd in_thousands = x;
    in_thousands.col(2) *= 1000.0;
    check_same(topsis(in_thousands, weights, directions).scores, scores);
    // Powers of two change no bit, also where squares would be beyond double.
    for (const double factor : {0x1p-900, 0x1p-300, 0x1p300}) {
        Numbers scaled = weights;
        for (double& w : scaled) w *= factor;
        CHECK(bits(topsis(x, scaled, directions).scores) == bits(scores));
        CHECK(bits(topsis(x * factor, weights, directions).scores) == bits(scores));
    }
}

TEST_CASE("TOPSIS: refusals") {
    using namespace topsis_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::topsis(x, w, d).scores;
    });
    CHECK(problems([] {
              topsis(matrix_of({{0, 0}, {1, 0}}), {0.5, 0.5}, {down, up}, Normalisation::linear);
          }) == Strings{"value_not_positive row 0, column 0 (counted from 0)",
                        "divisor_not_positive column 1 (counted from 0)"});
    CHECK(problems([] {
              topsis(matrix_of({{1.7e308}, {1.7e308}}), {1.0}, {up});
          }) == Strings{"beyond_double column 0 (counted from 0)"});
}

}  // namespace rank_tests
