// The weighted sum against its published examples, a naive form and its properties.
#include <thuocdo/rank/weighted_sum.hpp>

#include "support.hpp"

namespace rank_tests {

namespace weighted_sum_tests {

namespace rank = thuocdo::rank;

rank::WeightedSumResult weighted_sum(const Eigen::MatrixXd& x, const Numbers& weights,
                                     const Directions& directions, rank::Normalisation how) {
    return rank::weighted_sum(x, weights, directions, {.normalisation = how, .keep_matrix = true});
}

}  // namespace weighted_sum_tests

TEST_CASE("Weighted sum: published examples, to the last printed digit") {
    using namespace weighted_sum_tests;
    for (const Example& each : published("wsm_sum"))
        check_close(
            weighted_sum(each.matrix, each.weights, each.directions, rank::Normalisation::sum)
                .scores,
            each.expected.get<Numbers>(), each.tolerance);
    for (const Example& each : published("wsm_linear"))
        check_close(
            weighted_sum(each.matrix, each.weights, each.directions, rank::Normalisation::linear)
                .scores,
            each.expected.get<Numbers>(), each.tolerance);
}

TEST_CASE("Weighted sum: the product of the normalised matrix and the weights") {
    using namespace weighted_sum_tests;
    const Eigen::MatrixXd x = random_matrix(1300, 7, 3);
    const Numbers weights = random_weights(7, 4);
    for (const auto how : {rank::Normalisation::min_max, rank::Normalisation::vector,
                           rank::Normalisation::logarithmic}) {
        const auto found = weighted_sum(x, weights, mixed_directions(7), how);
        const Eigen::Map<const Eigen::VectorXd> w(weights.data(), 7);
        check_same(found.scores, found.normalised * w);
        CHECK(found.normalised == rank::normalise(x, mixed_directions(7), how));
        check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& rows) {
            return weighted_sum(rows, weights, mixed_directions(7), how).scores;
        });
    }
}

TEST_CASE("Weighted sum: extremes and refusals") {
    using namespace weighted_sum_tests;
    const auto minmax = [](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return weighted_sum(x, w, d, rank::Normalisation::min_max).scores;
    };
    check_close(minmax(matrix_of({{3}}), {1.0}, {up}), {0.0}, 0.0);
    check_close(minmax(matrix_of({{3, 5}, {3, 6}, {3, 6}}), {0.5, 0.5}, {up, down}),
                {0.5, 0.0, 0.0}, 0.0);
    check_close(minmax(matrix_of({{-3}, {0}, {1}}), {1.0}, {down}), {1.0, 0.25, 0.0}, 0.0);
    check_refuses_bad_input(minmax);
    CHECK(problems([] {
              weighted_sum(matrix_of({{0, 0}, {1, 0}}), {0.5, 0.5}, {down, up},
                           rank::Normalisation::linear);
          }) == Strings{"value_not_positive row 0, column 0 (counted from 0)",
                        "divisor_not_positive column 1 (counted from 0)"});
}

}  // namespace rank_tests
