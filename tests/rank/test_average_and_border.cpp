// EDAS, MABAC and MAIRCA against published examples, forms written straight from the papers
// and their properties.
#include <thuocdo/rank/edas.hpp>
#include <thuocdo/rank/mabac.hpp>
#include <thuocdo/rank/mairca.hpp>

#include "support.hpp"

namespace rank_tests {

namespace border_tests {

namespace rank = thuocdo::rank;

Eigen::VectorXd edas(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::edas(x, w, d).scores;
}
Eigen::VectorXd mabac(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::mabac(x, w, d).scores;
}
Eigen::VectorXd mairca(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::mairca(x, w, d).scores;
}

Eigen::MatrixXd min_max(const Eigen::MatrixXd& x, const Directions& d) {
    Eigen::MatrixXd n(x.rows(), x.cols());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const double least = x.col(j).minCoeff();
        const double most = x.col(j).maxCoeff();
        for (Eigen::Index i = 0; i < x.rows(); ++i)
            n(i, j) = (d[static_cast<std::size_t>(j)] == up ? x(i, j) - least : most - x(i, j)) /
                      (most - least);
    }
    return n;
}

Eigen::VectorXd naive_edas(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    Eigen::VectorXd positive = Eigen::VectorXd::Zero(x.rows());
    Eigen::VectorXd negative = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const auto k = static_cast<std::size_t>(j);
        const double mean = x.col(j).mean();
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            const double better = d[k] == up ? x(i, j) - mean : mean - x(i, j);
            positive[i] += w[k] * std::max(0.0, better) / mean;
            negative[i] += w[k] * std::max(0.0, -better) / mean;
        }
    }
    const Eigen::VectorXd nsp = positive / positive.maxCoeff();
    const Eigen::VectorXd nsn = (1.0 - negative.array() / negative.maxCoeff()).matrix();
    return (nsp + nsn) / 2.0;
}

Eigen::VectorXd naive_mabac(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    const Eigen::MatrixXd n = min_max(x, d);
    Eigen::VectorXd scores = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const Eigen::ArrayXd v = w[static_cast<std::size_t>(j)] * (n.col(j).array() + 1.0);
        // Each factor in its own root, so that no product goes to 0.
        double border = 1.0;
        for (const double each : v) border *= std::pow(each, 1.0 / static_cast<double>(x.rows()));
        scores.array() += v - border;
    }
    return scores;
}

Eigen::VectorXd naive_mairca(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    const Eigen::MatrixXd n = min_max(x, d);
    Eigen::VectorXd scores = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const double theoretical =
            w[static_cast<std::size_t>(j)] * (1.0 / static_cast<double>(x.rows()));
        scores.array() += theoretical - theoretical * n.col(j).array();
    }
    return scores;
}

}  // namespace border_tests

TEST_CASE("EDAS, MABAC and MAIRCA: published examples, to the last printed digit") {
    using namespace border_tests;
    for (const Example& each : published("edas"))
        check_close(edas(each.matrix, each.weights, each.directions), each.expected.get<Numbers>(),
                    each.tolerance);
    for (const Example& each : published("mabac"))
        check_close(mabac(each.matrix, each.weights, each.directions), each.expected.get<Numbers>(),
                    each.tolerance);
    for (const Example& each : published("mairca"))
        check_close(mairca(each.matrix, each.weights, each.directions),
                    each.expected.get<Numbers>(), each.tolerance);
}

TEST_CASE("EDAS, MABAC and MAIRCA: forms straight from the papers") {
    using namespace border_tests;
    for (const Eigen::Index n : {2, 33, 512, 1300}) {
        CAPTURE(n);
        const Eigen::MatrixXd x = random_matrix(n, 7, 31);
        const Numbers w = random_weights(7, 32);
        const Directions d = mixed_directions(7);
        check_same(edas(x, w, d), naive_edas(x, w, d));
        check_same(mabac(x, w, d), naive_mabac(x, w, d));
        check_same(mairca(x, w, d), naive_mairca(x, w, d));
    }
}

TEST_CASE("EDAS, MABAC and MAIRCA: the order of alternatives has no effect") {
    using namespace border_tests;
    const Eigen::MatrixXd x = random_matrix(1100, 7, 33);
    const Numbers w = random_weights(7, 34);
    for (const auto& method : {edas, mabac, mairca})
        check_order_of_alternatives_has_no_effect(
            x, [&](const Eigen::MatrixXd& rows) { return method(rows, w, mixed_directions(7)); });
}

TEST_CASE("EDAS, MABAC and MAIRCA: units do not matter, nor for two of them the origin") {
    using namespace border_tests;
    const Eigen::MatrixXd x = random_matrix(40, 4, 35);
    const Numbers w = random_weights(4, 36);
    const Directions d = mixed_directions(4);
    Eigen::MatrixXd scaled = x;
    scaled.col(0) *= 1e6;
    scaled.col(2) *= 1e-9;
    for (const auto& method : {edas, mabac, mairca})
        check_same(method(scaled, w, d), method(x, w, d));
    const Eigen::MatrixXd shifted = x.array() - 50.0;
    check_same(mabac(shifted, w, d), mabac(x, w, d));
    check_same(mairca(shifted, w, d), mairca(x, w, d));
    CHECK((edas(shifted, w, d) - edas(x, w, d)).cwiseAbs().maxCoeff() > 1e-3);
}

TEST_CASE("MABAC: the border of 3,321 alternatives is no product gone to 0") {
    using namespace border_tests;
    constexpr Eigen::Index n = 3321;
    constexpr Eigen::Index m = 100;
    const Eigen::MatrixXd x = random_matrix(n, m, 37);
    const Numbers w(static_cast<std::size_t>(m), 0.01);
    const Directions d = mixed_directions(m);
    const auto found = rank::mabac(x, w, d);
    // The geometric mean of w(n + 1) lies between w and 2 w.
    CHECK(found.border.minCoeff() > 0.01);
    CHECK(found.border.maxCoeff() < 0.02);
    check_same(found.scores, naive_mabac(x, w, d));
    // A geometric mean is a little below the arithmetic one: the mean score is near 0,
    // not near the sum of w(n + 1), 1.5.
    CHECK(found.scores.mean() > 0.0);
    CHECK(found.scores.mean() < 0.05);
    // The product itself does go to 0.
    double product = 1.0;
    const Eigen::MatrixXd normalised = min_max(x, d);
    for (Eigen::Index i = 0; i < n; ++i) product *= 0.01 * (normalised(i, 0) + 1.0);
    CHECK(product == 0.0);
}

TEST_CASE("MABAC: weights count, and a criterion of weight 0 does not") {
    using namespace border_tests;
    const Eigen::MatrixXd x = matrix_of({{1, 9}, {2, 4}, {3, 1}});
    const Eigen::VectorXd first = mabac(x, {0.9, 0.1}, {up, up});
    const Eigen::VectorXd second = mabac(x, {0.1, 0.9}, {up, up});
    CHECK(first[2] > first[0]);
    CHECK(second[0] > second[2]);
    CHECK(bits(mabac(x, {0.9, 0.0}, {up, up})) == bits(mabac(x.leftCols(1), {0.9}, {up})));
    // Twice the weights are twice the scores, to the bit.
    CHECK(bits(mabac(x, {1.8, 0.2}, {up, up})) == bits(2.0 * first));
    // n = 0, 1/2, 1: V = 0.9 (1, 1.5, 2), G = 0.9 cube root of 3.
    const auto found =
        rank::mabac(x.leftCols(1), Numbers{0.9}, Directions{up}, {.keep_matrix = true});
    check_close(found.weighted.col(0), {0.9, 1.35, 1.8}, 1e-15);
    CHECK(std::abs(found.border[0] - 0.9 * std::cbrt(3.0)) < 1e-15);
    CHECK(bits(found.border_distances.col(0)) == bits(found.scores));
}

TEST_CASE("MAIRCA: the gap of the best is 0, lower is better") {
    using namespace border_tests;
    static_assert(!rank::MaircaResult::higher_is_better);
    const auto found = rank::mairca(matrix_of({{1, 9}, {2, 4}, {3, 1}, {3, 1}}), Numbers{0.6, 0.4},
                                    Directions{up, down}, {.keep_matrix = true});
    CHECK(found.alternative_preference == 0.25);
    check_close(found.theoretical_evaluation, {0.15, 0.1}, 1e-16);
    check_close(found.gaps.col(0), {0.15, 0.075, 0.0, 0.0}, 1e-16);
    check_close(found.gaps.col(1), {0.1, 0.0375, 0.0, 0.0}, 1e-16);
    check_close(found.scores, {0.25, 0.1125, 0.0, 0.0}, 1e-15);
    CHECK(found.scores[2] == 0.0);
}

TEST_CASE("EDAS: intermediates by hand") {
    using namespace border_tests;
    const auto found = rank::edas(matrix_of({{1, 6}, {2, 4}, {3, 2}}), Numbers{0.5, 0.5},
                                  Directions{up, down}, {.keep_matrix = true});
    check_close(found.average_solution, {2.0, 4.0}, 0.0);
    check_close(found.positive_distances.col(0), {0.0, 0.0, 0.5}, 0.0);
    check_close(found.negative_distances.col(0), {0.5, 0.0, 0.0}, 0.0);
    check_close(found.positive_distances.col(1), {0.0, 0.0, 0.5}, 0.0);
    check_close(found.negative_distances.col(1), {0.5, 0.0, 0.0}, 0.0);
    check_close(found.positive_sums, {0.0, 0.0, 0.5}, 0.0);
    check_close(found.negative_sums, {0.5, 0.0, 0.0}, 0.0);
    check_close(found.normalised_positive, {0.0, 0.0, 1.0}, 0.0);
    check_close(found.normalised_negative, {0.0, 1.0, 1.0}, 0.0);
    check_close(found.scores, {0.0, 0.5, 1.0}, 0.0);
}

TEST_CASE("EDAS: a negative mean does not turn better and worse round") {
    using namespace border_tests;
    check_close(edas(matrix_of({{-3}, {-2}, {-1}}), {1.0}, {up}), {0.0, 0.5, 1.0}, 1e-15);
    check_close(edas(matrix_of({{-3}, {-2}, {-1}}), {1.0}, {down}), {1.0, 0.5, 0.0}, 1e-15);
}

TEST_CASE("EDAS: a mean of 0 is refused, also one that rounding leaves") {
    using namespace border_tests;
    // 0.1 + 0.2 - 0.3 is 2.8e-17 in doubles.
    CHECK(problems([] {
              edas(matrix_of({{-1, 1, 0.1, 0}, {1, 2, 0.2, 0}, {0, 3, -0.3, 0}}),
                   {0.25, 0.25, 0.25, 0.25}, {up, up, down, up});
          }) == Strings{"zero_mean column 0 (counted from 0)",
                        "zero_mean column 2 (counted from 0)",
                        "zero_mean column 3 (counted from 0)"});
}

TEST_CASE("EDAS, MABAC and MAIRCA: a constant column adds 0") {
    using namespace border_tests;
    // 0.1 seven times does not sum to 0.7 in doubles; its mean is 0.1 all the same.
    Eigen::MatrixXd x = random_matrix(7, 3, 38);
    x.col(1).setConstant(0.1);
    Eigen::MatrixXd without(7, 2);
    without << x.col(0), x.col(2);
    for (const auto direction : {up, down})
        for (const auto& method : {edas, mabac, mairca})
            CHECK(bits(method(x, {0.3, 0.3, 0.4}, {up, direction, down})) ==
                  bits(method(without, {0.3, 0.4}, {up, down})));
    const auto found = rank::mabac(x, Numbers{0.3, 0.3, 0.4}, Directions{up, up, up});
    CHECK(found.border[1] == 0.3);
    // Nobody differs at all, and one alternative.
    for (const Eigen::Index n : {1, 7}) {
        const Eigen::MatrixXd alike = Eigen::MatrixXd::Constant(n, 2, 0.1);
        const Eigen::VectorXd zero = Eigen::VectorXd::Zero(n);
        CHECK(edas(alike, {0.5, 0.5}, {up, down}) == Eigen::VectorXd::Constant(n, 0.5));
        CHECK(mabac(alike, {0.5, 0.5}, {up, down}) == zero);
        CHECK(mairca(alike, {0.5, 0.5}, {up, down}) == zero);
    }
}

TEST_CASE("EDAS, MABAC and MAIRCA: zeros, negatives, costs and identical alternatives") {
    using namespace border_tests;
    const Eigen::MatrixXd x = matrix_of({{0, -5, 7}, {2, 4, 6}, {0, -5, 7}, {3, 5, 9}});
    const Numbers w = {0.4, 0.2, 0.4};
    const Directions d = {up, down, down};
    for (const auto& method : {edas, mabac, mairca}) {
        const Eigen::VectorXd scores = method(x + Eigen::MatrixXd::Constant(4, 3, 0.5), w, d);
        CHECK(scores.allFinite());
        CHECK(bits(scores.segment(0, 1)) == bits(scores.segment(2, 1)));
    }
    check_same(mabac(x, w, d), naive_mabac(x, w, d));
    check_same(mairca(x, w, d), naive_mairca(x, w, d));
    // A cost is a benefit with its sign turned, for the methods that know no origin.
    Eigen::MatrixXd turned = x;
    turned.rightCols(2) *= -1.0;
    CHECK(bits(mabac(turned, w, {up, up, up})) == bits(mabac(x, w, d)));
    CHECK(bits(mairca(turned, w, {up, up, up})) == bits(mairca(x, w, d)));
    CHECK(bits(edas(turned, w, {up, up, up})) == bits(edas(x, w, d)));
}

TEST_CASE("EDAS, MABAC and MAIRCA: refusals") {
    using namespace border_tests;
    for (const auto& method : {edas, mabac, mairca}) check_refuses_bad_input(method);
    const Eigen::MatrixXd wide = matrix_of({{1, -1.5e308}, {2, 1.5e308}});
    for (const auto& method : {mabac, mairca})
        CHECK(problems([&] {
                  method(wide, {0.5, 0.5}, {up, down});
              }) == Strings{"divisor_not_positive column 1 (counted from 0)"});
}

TEST_CASE("EDAS, MABAC and MAIRCA: matrices only on request, and without effect") {
    using namespace border_tests;
    const Eigen::MatrixXd x = random_matrix(600, 5, 39);
    const Numbers w = random_weights(5, 40);
    const Directions d = mixed_directions(5);
    CHECK(rank::edas(x, w, d).positive_distances.size() == 0);
    CHECK(rank::mabac(x, w, d).weighted.size() == 0);
    CHECK(rank::mairca(x, w, d).gaps.size() == 0);
    const auto kept_edas = rank::edas(x, w, d, {.keep_matrix = true});
    CHECK(bits(kept_edas.scores) == bits(edas(x, w, d)));
    const Eigen::Map<const Eigen::VectorXd> weights(w.data(), 5);
    check_same(kept_edas.positive_distances * weights, kept_edas.positive_sums);
    check_same(kept_edas.negative_distances * weights, kept_edas.negative_sums);
    const auto kept_mabac = rank::mabac(x, w, d, {.keep_matrix = true});
    CHECK(bits(kept_mabac.scores) == bits(mabac(x, w, d)));
    CHECK(kept_mabac.border_distances ==
          (kept_mabac.weighted.rowwise() - kept_mabac.border.transpose()));
    const auto kept_mairca = rank::mairca(x, w, d, {.keep_matrix = true});
    CHECK(bits(kept_mairca.scores) == bits(mairca(x, w, d)));
    check_same(kept_mairca.gaps.rowwise().sum(), kept_mairca.scores);
}

}  // namespace rank_tests
