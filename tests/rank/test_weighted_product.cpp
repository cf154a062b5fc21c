// The weighted product and WASPAS: published examples, naive forms, zeros and underflow.
#include <thuocdo/rank/waspas.hpp>
#include <thuocdo/rank/weighted_product.hpp>
#include <thuocdo/rank/weighted_sum.hpp>

#include "support.hpp"

namespace rank_tests {

namespace weighted_product_tests {

namespace rank = thuocdo::rank;
using rank::Normalisation;

Eigen::VectorXd naive_product(const Eigen::MatrixXd& n, const Numbers& weights) {
    Eigen::VectorXd product = Eigen::VectorXd::Ones(n.rows());
    for (Eigen::Index j = 0; j < n.cols(); ++j)
        for (Eigen::Index i = 0; i < n.rows(); ++i)
            product[i] *= std::pow(n(i, j), weights[static_cast<std::size_t>(j)]);
    return product;
}

Eigen::VectorXd naive_sum(const Eigen::MatrixXd& n, const Numbers& weights) {
    return n * Eigen::Map<const Eigen::VectorXd>(weights.data(), n.cols());
}

}  // namespace weighted_product_tests

TEST_CASE("Weighted product and WASPAS: published examples, to the last printed digit") {
    using namespace weighted_product_tests;
    for (const Example& each : published("wpm_sum"))
        check_close(rank::weighted_product(each.matrix, each.weights, each.directions,
                                           {.normalisation = Normalisation::sum})
                        .scores,
                    each.expected.get<Numbers>(), each.tolerance);
    // The weights add up to 1.0165 and stay as they are.
    for (const Example& each : published("waspas"))
        check_close(rank::waspas(each.matrix, each.weights, each.directions).scores,
                    each.expected.get<Numbers>(), each.tolerance);
}

TEST_CASE("Weighted product and WASPAS: the formulas, for several sizes and normalisations") {
    using namespace weighted_product_tests;
    for (const Eigen::Index rows : {Eigen::Index{3}, Eigen::Index{34}, Eigen::Index{1300}}) {
        const Eigen::MatrixXd x = random_matrix(rows, 8, 11);
        const Numbers weights = random_weights(8, 12);
        const Directions directions = mixed_directions(8);
        for (const auto how : {Normalisation::linear, Normalisation::sum, Normalisation::vector,
                               Normalisation::nonlinear}) {
            const Eigen::MatrixXd n = rank::normalise(x, directions, how);
            const auto product = rank::weighted_product(
                x, weights, directions, {.normalisation = how, .keep_matrix = true});
            CHECK(product.normalised == n);
            check_same(product.scores, naive_product(n, weights));
            check_same(product.log_scores, naive_product(n, weights).array().log());
            CHECK(bits(rank::weighted_product(x, weights, directions, {.normalisation = how})
                           .scores) == bits(product.scores));
            const auto found = rank::waspas(
                x, weights, directions, {.lambda = 0.3, .normalisation = how, .keep_matrix = true});
            CHECK(found.normalised == n);
            check_same(found.weighted_sums, naive_sum(n, weights));
            check_same(found.weighted_products, naive_product(n, weights));
            check_same(found.scores, 0.3 * naive_sum(n, weights) + 0.7 * naive_product(n, weights));
        }
    }
}

TEST_CASE("WASPAS: its ends are the weighted sum and the weighted product, to the bit") {
    using namespace weighted_product_tests;
    const Eigen::MatrixXd x = random_matrix(40, 5, 13);
    const Numbers weights = random_weights(5, 14);
    const Directions directions = mixed_directions(5);
    CHECK(bits(rank::waspas(x, weights, directions, {.lambda = 1.0}).scores) ==
          bits(rank::weighted_sum(x, weights, directions, {.normalisation = Normalisation::linear})
                   .scores));
    CHECK(bits(rank::waspas(x, weights, directions, {.lambda = 0.0}).scores) ==
          bits(rank::weighted_product(x, weights, directions).scores));
    CHECK(problems([&] { return rank::waspas(x, weights, directions, {.lambda = 1.1}); }) ==
          Strings{"option_out_of_range options.lambda"});
    CHECK(problems([&] {
              return rank::waspas(x, weights, directions, {.lambda = std::nan("")});
          }) == Strings{"option_out_of_range options.lambda"});
}

TEST_CASE("Weighted product and WASPAS: order of alternatives, identical ones, units") {
    using namespace weighted_product_tests;
    Eigen::MatrixXd x = random_matrix(700, 6, 15);
    x.row(650) = x.row(3);
    const Numbers weights = random_weights(6, 16);
    const Directions directions = mixed_directions(6);
    const auto product = [&](const Eigen::MatrixXd& rows) {
        return rank::weighted_product(rows, weights, directions).scores;
    };
    const auto both = [&](const Eigen::MatrixXd& rows) {
        return rank::waspas(rows, weights, directions).scores;
    };
    check_order_of_alternatives_has_no_effect(x, product);
    check_order_of_alternatives_has_no_effect(x, both);
    CHECK(bits(product(x))[650] == bits(product(x))[3]);
    CHECK(bits(both(x))[650] == bits(both(x))[3]);
    Eigen::MatrixXd in_thousands = x;
    in_thousands.col(2) *= 1000.0;
    check_same(product(in_thousands), product(x));
    check_same(both(in_thousands), both(x));
}

TEST_CASE("Weighted product: a factor of 0 makes 0, one without weight takes no part") {
    using namespace weighted_product_tests;
    const Eigen::MatrixXd x = matrix_of({{0, 4}, {2, 1}, {2, 4}});
    const auto found = rank::weighted_product(x, Numbers{0.5, 0.5}, Directions{up, up});
    check_close(found.scores, {0, 0.5, 1}, 1e-15);
    CHECK(found.log_scores[0] == -HUGE_VAL);
    check_close(rank::weighted_product(x, Numbers{0.0, 1.0}, Directions{up, up}).scores,
                {1, 0.25, 1}, 1e-15);
    const auto mixed = rank::waspas(x, Numbers{0.5, 0.5}, Directions{up, up});
    check_close(mixed.weighted_products, {0, 0.5, 1}, 1e-15);
    check_close(mixed.scores, {0.25, 0.5625, 1}, 1e-15);
    check_close(rank::waspas(x, Numbers{0.0, 1.0}, Directions{up, up}).scores, {1, 0.25, 1}, 1e-15);
    // Under min-max the worst on any criterion has nothing.
    check_close(rank::weighted_product(x, Numbers{0.5, 0.5}, Directions{up, up},
                                       {.normalisation = Normalisation::min_max})
                    .scores,
                {0, 0, 1}, 0.0);
}

TEST_CASE("Weighted product: hundreds of factors do not vanish") {
    using namespace weighted_product_tests;
    const Eigen::MatrixXd x = random_matrix(3321, 400, 17);
    const Numbers ones(400, 1.0);
    const Directions directions = mixed_directions(400);
    const auto found = rank::weighted_product(x, ones, directions);
    Eigen::VectorXd expected = Eigen::VectorXd::Zero(x.rows());
    const Eigen::MatrixXd n = rank::normalise(x, directions, Normalisation::linear);
    for (Eigen::Index j = 0; j < n.cols(); ++j) expected += n.col(j).array().log().matrix();
    CHECK(found.log_scores.maxCoeff() < -200.0);
    check_same(found.log_scores, expected);
    // With weights of 1/400 each the factors multiply to a mean.
    const auto mean = rank::weighted_product(x, Numbers(400, 1.0 / 400.0), directions);
    check_same(mean.scores, (expected / 400.0).array().exp());
    CHECK(mean.scores.minCoeff() > 0.1);
}

TEST_CASE("Weighted product and WASPAS: extremes and refusals") {
    using namespace weighted_product_tests;
    const auto product = [](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::weighted_product(x, w, d).scores;
    };
    const auto both = [](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::waspas(x, w, d).scores;
    };
    check_refuses_bad_input(product);
    check_refuses_bad_input(both);
    check_close(product(matrix_of({{3}}), {1.0}, {up}), {1.0}, 0.0);
    check_close(both(matrix_of({{3}}), {1.0}, {down}), {1.0}, 0.0);
    check_close(product(matrix_of({{3, 1}, {3, 4}}), {0.5, 0.5}, {up, down}), {1.0, 0.5}, 1e-15);
    const auto negative = Strings{"negative_factor row 0, column 1 (counted from 0)",
                                  "negative_factor row 2, column 1 (counted from 0)"};
    const Eigen::MatrixXd x = matrix_of({{1, -1}, {2, 4}, {3, -2}});
    CHECK(problems([&] { product(x, {0.5, 0.5}, {up, up}); }) == negative);
    CHECK(problems([&] { both(x, {0.5, 0.5}, {up, up}); }) == negative);
    // Negative values of a criterion without weight are no matter.
    check_close(product(x, {1.0, 0.0}, {up, up}), {1 / 3.0, 2 / 3.0, 1.0}, 1e-15);
    const auto zero = Strings{"value_not_positive row 0, column 0 (counted from 0)"};
    CHECK(problems([&] { product(matrix_of({{0}, {1}}), {1.0}, {down}); }) == zero);
    CHECK(problems([&] { both(matrix_of({{0}, {1}}), {1.0}, {down}); }) == zero);
}

}  // namespace rank_tests
