// MOORA in its three forms and MULTIMOORA: published examples, naive forms, dominance.
#include <thuocdo/rank/multimoora.hpp>

#include "support.hpp"

namespace rank_tests {

namespace moora_tests {

namespace rank = thuocdo::rank;

Eigen::MatrixXd ratios(Eigen::MatrixXd x) {
    for (Eigen::Index j = 0; j < x.cols(); ++j) x.col(j) /= x.col(j).norm();
    return x;
}

double sign_of(const Directions& directions, Eigen::Index j) {
    return directions[static_cast<std::size_t>(j)] == up ? 1.0 : -1.0;
}

Eigen::VectorXd naive_ratio(const Eigen::MatrixXd& x, const Numbers& weights,
                            const Directions& directions) {
    const Eigen::MatrixXd n = ratios(x);
    Eigen::VectorXd y = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j)
        y += sign_of(directions, j) * weights[static_cast<std::size_t>(j)] * n.col(j);
    return y;
}

Eigen::VectorXd naive_reference_point(const Eigen::MatrixXd& x, const Numbers& weights,
                                      const Directions& directions) {
    const Eigen::MatrixXd n = ratios(x);
    Eigen::VectorXd z = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const double r = sign_of(directions, j) > 0.0 ? n.col(j).maxCoeff() : n.col(j).minCoeff();
        for (Eigen::Index i = 0; i < x.rows(); ++i)
            z[i] = std::max(z[i], weights[static_cast<std::size_t>(j)] * std::abs(r - n(i, j)));
    }
    return z;
}

/// In long double, which holds the products.
Eigen::VectorXd naive_multiplicative(const Eigen::MatrixXd& x, const Numbers& weights,
                                     const Directions& directions) {
    const Eigen::MatrixXd n = ratios(x);
    Eigen::VectorXd result(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        long double product = 1.0L;
        for (Eigen::Index j = 0; j < x.cols(); ++j) {
            const long double power =
                std::pow(static_cast<long double>(n(i, j)), weights[static_cast<std::size_t>(j)]);
            product = sign_of(directions, j) > 0.0 ? product * power : product / power;
        }
        result[i] = static_cast<double>(std::log(product));
    }
    return result;
}

/// Dominated less dominating, by looking at every pair.
std::vector<std::int64_t> naive_net(const std::vector<rank::detail::ThreeRanks>& places) {
    std::vector<std::int64_t> net(places.size(), 0);
    for (std::size_t a = 0; a < places.size(); ++a)
        for (std::size_t b = 0; b < places.size(); ++b) {
            int before = 0;
            int behind = 0;
            for (std::size_t k = 0; k < 3; ++k) {
                before += places[a][k] < places[b][k] ? 1 : 0;
                behind += places[a][k] > places[b][k] ? 1 : 0;
            }
            net[a] += before > behind ? 1 : before < behind ? -1 : 0;
        }
    return net;
}

std::vector<std::int64_t> fast_net(const std::vector<rank::detail::ThreeRanks>& places) {
    const rank::detail::MajorityOfThree majority(places);
    std::vector<std::int64_t> net;
    for (std::size_t i = 0; i < places.size(); ++i) net.push_back(majority.net(i));
    return net;
}

Eigen::VectorXd column_of(std::initializer_list<double> values) {
    Eigen::VectorXd result(static_cast<Eigen::Index>(values.size()));
    std::copy(values.begin(), values.end(), result.data());
    return result;
}

}  // namespace moora_tests

TEST_CASE("MOORA and MULTIMOORA: published examples, to the last printed digit") {
    using namespace moora_tests;
    for (const Example& each : published("moora_ratio"))
        check_close(rank::moora_ratio(each.matrix, each.weights, each.directions).scores,
                    each.expected.get<Numbers>(), each.tolerance);
    for (const Example& each : published("moora_refpoint"))
        check_close(rank::moora_reference_point(each.matrix, each.weights, each.directions).scores,
                    each.expected.get<Numbers>(), each.tolerance);
    for (const Example& each : published("moora_fmf_unweighted_log"))
        check_close(rank::moora_multiplicative(each.matrix, each.weights, each.directions).scores,
                    each.expected.get<Numbers>(), each.tolerance);
    for (const Example& each : published("multimoora_rank"))
        check_close(rank::multimoora(each.matrix, each.weights, each.directions).ranks,
                    each.expected.get<Numbers>(), 0.0);
}

TEST_CASE("MOORA: every form against the papers, for several sizes") {
    using namespace moora_tests;
    for (const Eigen::Index rows : {Eigen::Index{2}, Eigen::Index{34}, Eigen::Index{1300}}) {
        const Eigen::MatrixXd x = random_matrix(rows, 7, 41);
        const Numbers weights = random_weights(7, 42);
        const Directions directions = mixed_directions(7);
        const auto ratio = rank::moora_ratio(x, weights, directions, {.keep_matrix = true});
        check_same(ratio.scores, naive_ratio(x, weights, directions));
        check_same(ratio.benefit_sums - ratio.cost_sums, ratio.scores);
        CHECK(ratio.cost_sums.minCoeff() > 0.0);
        check_same(ratio.weighted_ratios.col(2), weights[2] * ratios(x).col(2));
        const auto point =
            rank::moora_reference_point(x, weights, directions, {.keep_matrix = true});
        check_same(point.scores, naive_reference_point(x, weights, directions));
        check_same(point.deviations.rowwise().maxCoeff(), point.scores);
        CHECK(std::abs(point.reference_point[2] - weights[2] * ratios(x).col(2).minCoeff()) <=
              1e-15);
        CHECK(std::abs(point.reference_point[1] - weights[1] * ratios(x).col(1).maxCoeff()) <=
              1e-15);
        const auto product = rank::moora_multiplicative(x, weights, directions);
        check_same(product.scores, naive_multiplicative(x, weights, directions));
        check_same(product.benefit_logarithms - product.cost_logarithms, product.scores);
        check_same(product.relative_utilities,
                   (product.scores.array() - product.scores.maxCoeff()).exp());
        CHECK(product.relative_utilities.maxCoeff() == 1.0);
    }
}

TEST_CASE("MOORA: weights are exponents of the multiplicative form") {
    using namespace moora_tests;
    // As factors they would change no order: 4 * 1 is below 1 * 5, but not with squares.
    const Eigen::MatrixXd x = matrix_of({{4, 1}, {1, 5}});
    const auto equal = rank::moora_multiplicative(x, Numbers{1, 1}, Directions{up, up});
    CHECK(equal.scores[0] < equal.scores[1]);
    const auto squared = rank::moora_multiplicative(x, Numbers{2, 1}, Directions{up, up});
    CHECK(squared.scores[0] > squared.scores[1]);
    check_same(column_of({squared.scores[0] - squared.scores[1]}),
               column_of({std::log(16.0 / 5.0)}));
    const auto without = rank::moora_multiplicative(x, Numbers{0, 1}, Directions{up, up});
    CHECK(std::abs(without.scores[1] - without.scores[0] - std::log(5.0)) <= 1e-15);
}

TEST_CASE("MOORA: hundreds of criteria with unit weights stay apart") {
    using namespace moora_tests;
    const Eigen::MatrixXd x = random_matrix(3321, 400, 43);
    const auto found = rank::moora_multiplicative(x, Numbers(400, 1.0), Directions(400, up));
    // exp of it is 0 in double.
    CHECK(found.scores.maxCoeff() < -750.0);
    Eigen::VectorXd expected = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < 400; ++j) expected += ratios(x.col(j)).array().log().matrix();
    check_same(found.scores, expected);
}

TEST_CASE("MOORA: constant columns, zeros, negative values, one alternative") {
    using namespace moora_tests;
    const Eigen::MatrixXd x = matrix_of({{-3, 7, 0}, {4, 7, 0}});
    const Numbers weights{0.5, 0.3, 0.2};
    const Directions directions{up, down, down};
    const double constant = 0.3 * std::sqrt(0.5);
    check_close(rank::moora_ratio(x, weights, directions).scores, {-0.3 - constant, 0.4 - constant},
                1e-15);
    check_close(rank::moora_reference_point(x, weights, directions).scores, {0.7, 0.0}, 1e-15);
    const Eigen::MatrixXd single = matrix_of({{3, 5}});
    check_close(rank::moora_ratio(single, Numbers{0.5, 0.5}, Directions{up, down}).scores, {0},
                0.0);
    check_close(rank::moora_reference_point(single, Numbers{0.5, 0.5}, Directions{up, down}).scores,
                {0}, 0.0);
    check_close(rank::moora_multiplicative(single, Numbers{0.5, 0.5}, Directions{up, down}).scores,
                {0}, 0.0);
    const auto one = rank::multimoora(single, Numbers{0.5, 0.5}, Directions{up, down});
    check_close(one.ranks, {1}, 0.0);
    check_close(one.scores, {0}, 0.0);
}

TEST_CASE("MOORA and MULTIMOORA: order of alternatives, identical ones, units of criteria") {
    using namespace moora_tests;
    Eigen::MatrixXd x = random_matrix(700, 6, 44);
    x.row(650) = x.row(3);
    Eigen::MatrixXd in_units = x;
    in_units.col(2) *= 1024.0;
    const Numbers weights = random_weights(6, 45);
    const Directions directions = mixed_directions(6);
    const auto check = [&](auto&& scores) {
        check_order_of_alternatives_has_no_effect(x, scores);
        CHECK(bits(scores(x))[650] == bits(scores(x))[3]);
        check_same(scores(in_units), scores(x));
    };
    check([&](const Eigen::MatrixXd& rows) {
        return rank::moora_ratio(rows, weights, directions).scores;
    });
    check([&](const Eigen::MatrixXd& rows) {
        return rank::moora_reference_point(rows, weights, directions).scores;
    });
    check([&](const Eigen::MatrixXd& rows) {
        return rank::moora_multiplicative(rows, weights, directions).scores;
    });
    check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& rows) {
        return rank::multimoora(rows, weights, directions).scores;
    });
    const auto found = rank::multimoora(x, weights, directions);
    CHECK(found.ranks[650] == found.ranks[3]);
}

TEST_CASE("Majority of three rankings: as by looking at every pair, with and without level ones") {
    using namespace moora_tests;
    testing_support::Random random(46);
    for (const std::size_t count : {1U, 2U, 5U, 31U, 33U, 100U, 700U}) {
        for (const std::size_t places : {std::size_t{1}, std::size_t{2}, std::size_t{9}, count}) {
            // Ranks that share the smaller place need not be dense.
            std::vector<rank::detail::ThreeRanks> three(count);
            for (auto& each : three)
                for (std::size_t k = 0; k < 3; ++k)
                    each[k] = static_cast<std::uint32_t>(1 + random.below(std::min(places, count)));
            CAPTURE(count);
            CAPTURE(places);
            CHECK(fast_net(three) == naive_net(three));
            // Level ones in one or two of the rankings only.
            for (std::size_t plain = 0; plain < 3; ++plain) {
                for (std::size_t i = 0; i < count; ++i)
                    three[i][plain] = static_cast<std::uint32_t>(1 + (i * 397) % count);
                CHECK(fast_net(three) == naive_net(three));
            }
        }
    }
}

TEST_CASE(
    "Majority of three rankings: a circle shares, two of three decide, one to one is a draw") {
    using namespace moora_tests;
    // Each of the first three is before the next in two rankings; the last behind all.
    CHECK(fast_net({{1, 2, 3}, {2, 3, 1}, {3, 1, 2}, {4, 4, 4}}) ==
          std::vector<std::int64_t>{1, 1, 1, -3});
    CHECK(fast_net({{1, 1, 2}, {2, 2, 1}}) == std::vector<std::int64_t>{1, -1});
    CHECK(fast_net({{1, 1, 2}, {1, 2, 1}}) == std::vector<std::int64_t>{0, 0});
    CHECK(fast_net({{1, 1, 1}, {1, 1, 2}}) == std::vector<std::int64_t>{1, -1});
}

TEST_CASE("MULTIMOORA: its rankings and scores are those of the three forms") {
    using namespace moora_tests;
    for (const Eigen::Index rows : {Eigen::Index{6}, Eigen::Index{34}, Eigen::Index{900}}) {
        const Eigen::MatrixXd x = random_matrix(rows, 5, 47);
        const Numbers weights = random_weights(5, 48);
        const Directions directions = mixed_directions(5);
        const auto found = rank::multimoora(x, weights, directions);
        const Eigen::VectorXd y = naive_ratio(x, weights, directions);
        const Eigen::VectorXd z = naive_reference_point(x, weights, directions);
        const Eigen::VectorXd u = naive_multiplicative(x, weights, directions);
        check_same(found.ratio_scores, y);
        check_same(found.reference_point_scores, z);
        check_same(found.multiplicative_scores, u);
        // Dominance from the scores themselves.
        for (Eigen::Index a = 0; a < rows; ++a) {
            double net = 0.0;
            double better = 0.0;
            for (Eigen::Index b = 0; b < rows; ++b) {
                if (a == b) continue;
                const int wins =
                    (y[a] > y[b] ? 1 : 0) + (z[a] < z[b] ? 1 : 0) + (u[a] > u[b] ? 1 : 0);
                net += wins >= 2 ? 1.0 : -1.0;
                better += found.scores[b] > found.scores[a] ? 1.0 : 0.0;
            }
            CHECK(found.scores[a] == net);
            CHECK(found.ranks[a] == better + 1.0);
        }
    }
}

TEST_CASE("MULTIMOORA: the best everywhere is first and identical alternatives share") {
    using namespace moora_tests;
    const auto found = rank::multimoora(matrix_of({{5, 2}, {1, 9}, {9, 1}, {5, 2}}),
                                        Numbers{0.5, 0.5}, Directions{up, down});
    check_close(found.ranks, {2, 4, 1, 2}, 0.0);
    check_close(found.scores, {0, -3, 3, 0}, 0.0);
    check_close(found.ratio_ranks, {2, 4, 1, 2}, 0.0);
    check_close(found.reference_point_ranks, {2, 4, 1, 2}, 0.0);
    check_close(found.multiplicative_ranks, {2, 4, 1, 2}, 0.0);
}

TEST_CASE("MOORA and MULTIMOORA: refusals") {
    using namespace moora_tests;
    const auto ratio = [](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::moora_ratio(x, w, d).scores;
    };
    const auto point = [](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::moora_reference_point(x, w, d).scores;
    };
    const auto product = [](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::moora_multiplicative(x, w, d).scores;
    };
    const auto all = [](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::multimoora(x, w, d).scores;
    };
    check_refuses_bad_input(ratio);
    check_refuses_bad_input(point);
    check_refuses_bad_input(product);
    check_refuses_bad_input(all);
    const Strings cells{"value_not_positive row 0, column 0 (counted from 0)",
                        "value_not_positive row 1, column 1 (counted from 0)"};
    const Eigen::MatrixXd x = matrix_of({{0, 1, -1}, {2, -1, 3}});
    CHECK(problems([&] { product(x, {0.5, 0.5, 0.0}, {up, down, up}); }) == cells);
    CHECK(problems([&] { all(x, {0.5, 0.5, 0.0}, {up, down, up}); }) == cells);
    const Strings column{"beyond_double column 0 (counted from 0)"};
    const Eigen::MatrixXd huge = matrix_of({{1.7e308}, {1.7e308}});
    CHECK(problems([&] { ratio(huge, {1.0}, {up}); }) == column);
    CHECK(problems([&] { point(huge, {1.0}, {up}); }) == column);
    CHECK(problems([&] { product(huge, {1.0}, {up}); }) == column);
}

}  // namespace rank_tests
