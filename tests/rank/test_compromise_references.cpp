// MARCOS and CoCoSo against published examples, forms written straight from the papers and
// their properties.
#include <thuocdo/rank/cocoso.hpp>
#include <thuocdo/rank/marcos.hpp>

#include "support.hpp"

namespace rank_tests {

namespace compromise_tests {

namespace rank = thuocdo::rank;

Eigen::VectorXd marcos(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::marcos(x, w, d).scores;
}
Eigen::VectorXd cocoso(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::cocoso(x, w, d).scores;
}

Eigen::VectorXd naive_marcos(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    // The first row is the anti-ideal, the last the ideal.
    const Eigen::Index n = x.rows();
    Eigen::MatrixXd extended(n + 2, x.cols());
    extended.middleRows(1, n) = x;
    Eigen::VectorXd s = Eigen::VectorXd::Zero(n + 2);
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const auto k = static_cast<std::size_t>(j);
        const double least = x.col(j).minCoeff();
        const double most = x.col(j).maxCoeff();
        extended(0, j) = d[k] == up ? least : most;
        extended(n + 1, j) = d[k] == up ? most : least;
        for (Eigen::Index i = 0; i < n + 2; ++i)
            s[i] += w[k] * (d[k] == up ? extended(i, j) / most : least / extended(i, j));
    }
    Eigen::VectorXd scores(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const double minus = s[i + 1] / s[0];
        const double plus = s[i + 1] / s[n + 1];
        const double f_plus = minus / (plus + minus);
        const double f_minus = plus / (plus + minus);
        scores[i] = (plus + minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus);
    }
    return scores;
}

Eigen::VectorXd naive_cocoso(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d,
                             double lambda) {
    Eigen::VectorXd s = Eigen::VectorXd::Zero(x.rows());
    Eigen::VectorXd p = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const auto k = static_cast<std::size_t>(j);
        const double least = x.col(j).minCoeff();
        const double most = x.col(j).maxCoeff();
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            const double r = (d[k] == up ? x(i, j) - least : most - x(i, j)) / (most - least);
            s[i] += w[k] * r;
            p[i] += std::pow(r, w[k]);
        }
    }
    Eigen::VectorXd scores(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        const double a = (s[i] + p[i]) / (s + p).sum();
        const double b = s[i] / s.minCoeff() + p[i] / p.minCoeff();
        const double c = (lambda * s[i] + (1 - lambda) * p[i]) /
                         (lambda * s.maxCoeff() + (1 - lambda) * p.maxCoeff());
        scores[i] = std::cbrt(a * b * c) + (a + b + c) / 3.0;
    }
    return scores;
}

}  // namespace compromise_tests

TEST_CASE("MARCOS and CoCoSo: published examples, to the last printed digit") {
    using namespace compromise_tests;
    for (const Example& each : published("marcos"))
        check_close(marcos(each.matrix, each.weights, each.directions),
                    each.expected.get<Numbers>(), each.tolerance);
    for (const Example& each : published("cocoso"))
        check_close(cocoso(each.matrix, each.weights, each.directions),
                    each.expected.get<Numbers>(), each.tolerance);
}

TEST_CASE("MARCOS and CoCoSo: forms straight from the papers") {
    using namespace compromise_tests;
    for (const Eigen::Index n : {3, 33, 512, 1300}) {
        CAPTURE(n);
        const Eigen::MatrixXd x = random_matrix(n, 7, 51);
        const Numbers w = random_weights(7, 52);
        const Directions d = mixed_directions(7);
        check_same(marcos(x, w, d), naive_marcos(x, w, d));
        check_same(cocoso(x, w, d), naive_cocoso(x, w, d, 0.5));
        for (const double lambda : {0.0, 0.3, 1.0})
            check_same(rank::cocoso(x, w, d, {.sum_share = lambda}).scores,
                       naive_cocoso(x, w, d, lambda));
    }
    // Weights that do not sum to 1 are taken as given.
    const Eigen::MatrixXd x = random_matrix(20, 4, 53);
    const Numbers w = {0.3, 2.0, 0.4, 1.0};
    check_same(marcos(x, w, mixed_directions(4)), naive_marcos(x, w, mixed_directions(4)));
    check_same(cocoso(x, w, mixed_directions(4)), naive_cocoso(x, w, mixed_directions(4), 0.5));
}

TEST_CASE("MARCOS and CoCoSo: the order of alternatives has no effect") {
    using namespace compromise_tests;
    const Eigen::MatrixXd x = random_matrix(1100, 7, 54);
    const Numbers w = random_weights(7, 55);
    for (const auto& method : {marcos, cocoso})
        check_order_of_alternatives_has_no_effect(
            x, [&](const Eigen::MatrixXd& rows) { return method(rows, w, mixed_directions(7)); });
}

TEST_CASE("MARCOS and CoCoSo: units do not matter") {
    using namespace compromise_tests;
    const Eigen::MatrixXd x = random_matrix(40, 4, 56);
    const Numbers w = random_weights(4, 57);
    const Directions d = mixed_directions(4);
    Eigen::MatrixXd scaled = x;
    scaled.col(0) *= 1e6;
    scaled.col(2) *= 1e-9;
    for (const auto& method : {marcos, cocoso}) check_same(method(scaled, w, d), method(x, w, d));
    const Eigen::MatrixXd shifted = x.array() - 50.0;
    check_same(cocoso(shifted, w, d), cocoso(x, w, d));
}

TEST_CASE("MARCOS: the ideal and the anti-ideal are by criterion, not a row") {
    using namespace compromise_tests;
    // The last alternative is the worst of all.
    const Eigen::MatrixXd x = matrix_of({{4, 2}, {2, 1}, {1, 4}});
    const auto found =
        rank::marcos(x, Numbers{0.5, 0.5}, Directions{up, down}, {.keep_matrix = true});
    check_close(found.ideal, {4.0, 1.0}, 0.0);
    check_close(found.anti_ideal, {1.0, 4.0}, 0.0);
    check_close(found.weighted_normalised.col(0), {0.5, 0.25, 0.125}, 0.0);
    check_close(found.weighted_normalised.col(1), {0.25, 0.5, 0.125}, 0.0);
    check_close(found.weighted_sums, {0.75, 0.75, 0.25}, 0.0);
    CHECK(found.sum_of_ideal == 1.0);
    CHECK(found.sum_of_anti_ideal == 0.25);
    check_close(found.utility_degree_to_ideal, {0.75, 0.75, 0.25}, 0.0);
    check_close(found.utility_degree_to_anti_ideal, {3.0, 3.0, 1.0}, 0.0);
    CHECK(found.utility_function_of_ideal == 0.8);
    CHECK(found.utility_function_of_anti_ideal == 0.2);
    // (K+ + K-)/(1 + 1/4 + 4)
    check_close(found.scores, {3.75 / 5.25, 3.75 / 5.25, 1.25 / 5.25}, 1e-15);
    const Eigen::VectorXd turned = marcos(x.colwise().reverse(), {0.5, 0.5}, {up, down});
    CHECK(bits(turned.reverse()) == bits(found.scores));
}

TEST_CASE("MARCOS: where the worst of every criterion is 0") {
    using namespace compromise_tests;
    CHECK(problems([] {
              marcos(matrix_of({{0, 1}, {1, 0}}), {0.5, 0.5}, {up, up});
          }) == Strings{"divisor_not_positive the anti-ideal alternative"});
    // One criterion with a worst value above 0 is enough.
    const Eigen::MatrixXd x = matrix_of({{0, 1}, {1, 2}});
    check_same(marcos(x, {0.5, 0.5}, {up, up}), naive_marcos(x, {0.5, 0.5}, {up, up}));
    // So is a negative value that does not outweigh the others.
    const Eigen::MatrixXd negative = matrix_of({{-1, 2}, {4, 3}});
    check_same(marcos(negative, {0.5, 0.5}, {up, down}),
               naive_marcos(negative, {0.5, 0.5}, {up, down}));
}

TEST_CASE("CoCoSo: intermediates by hand") {
    using namespace compromise_tests;
    const auto found = rank::cocoso(matrix_of({{0, 1}, {1, 3}, {4, 5}}), Numbers{0.5, 0.5},
                                    Directions{up, down}, {.keep_matrix = true});
    check_close(found.normalised.col(0), {0.0, 0.25, 1.0}, 0.0);
    check_close(found.normalised.col(1), {1.0, 0.5, 0.0}, 0.0);
    const double root = std::sqrt(0.5);
    check_close(found.weighted_sums, {0.5, 0.375, 0.5}, 1e-15);
    check_close(found.power_sums, {1.0, 0.5 + root, 1.0}, 1e-15);
    const double total = 3.875 + root;
    check_close(found.arithmetic_strategy, {1.5 / total, (0.875 + root) / total, 1.5 / total},
                1e-15);
    check_close(found.relative_strategy, {0.5 / 0.375 + 1.0, 1.0 + 0.5 + root, 0.5 / 0.375 + 1.0},
                1e-15);
    check_close(found.balanced_strategy,
                {1.5 / (1.0 + root), (0.875 + root) / (1.0 + root), 1.5 / (1.0 + root)}, 1e-15);
    CHECK(!found.all_alike);
}

TEST_CASE("CoCoSo: a constant column and a criterion of weight 0 add 0") {
    using namespace compromise_tests;
    Eigen::MatrixXd x = random_matrix(9, 3, 58);
    const Eigen::VectorXd without = cocoso(x.leftCols(2), {0.5, 0.3}, {up, down});
    CHECK(bits(cocoso(x, {0.5, 0.3, 0.0}, {up, down, up})) == bits(without));
    x.col(2).setConstant(0.1);
    CHECK(bits(cocoso(x, {0.5, 0.3, 0.2}, {up, down, up})) == bits(without));
    // Where only the column of weight 0 varies, nobody differs.
    x.leftCols(2).setConstant(1.0);
    x(3, 2) = 7.0;
    const auto found =
        rank::cocoso(x, Numbers{0.5, 0.5, 0.0}, Directions{up, up, up}, {.keep_matrix = true});
    CHECK(found.all_alike);
    CHECK(found.normalised(3, 2) == 1.0);
}

TEST_CASE("CoCoSo: nobody differs, or there is only one") {
    using namespace compromise_tests;
    for (const Eigen::Index n : {1, 2, 600}) {
        const auto found = rank::cocoso(Eigen::MatrixXd::Constant(n, 2, 0.1), Numbers{0.5, 0.5},
                                        Directions{up, down});
        CHECK(found.all_alike);
        const double share = 1.0 / static_cast<double>(n);
        check_same(found.scores,
                   Eigen::VectorXd::Constant(n, std::cbrt(2.0 * share) + (share + 3.0) / 3.0));
        CHECK(found.scores.maxCoeff() == found.scores.minCoeff());
    }
}

TEST_CASE("CoCoSo: an alternative that is the worst everywhere is refused by its row") {
    using namespace compromise_tests;
    CHECK(problems([] {
              cocoso(matrix_of({{3, 1}, {1, 2}, {1, 2}}), {0.5, 0.5}, {up, down});
          }) == Strings{"divisor_not_positive row 1 (counted from 0)",
                        "divisor_not_positive row 2 (counted from 0)"});
    // With one criterion there is always one.
    CHECK(problems([] {
              cocoso(matrix_of({{3}, {1}}), {1.0}, {up});
          }) == Strings{"divisor_not_positive row 1 (counted from 0)"});
}

TEST_CASE("MARCOS and CoCoSo: ties, costs, extremes") {
    using namespace compromise_tests;
    const Eigen::MatrixXd x = matrix_of({{1, 5, 7}, {2, 5, 6}, {1, 5, 7}, {3, 5, 9}});
    for (const auto& method : {marcos, cocoso}) {
        const Eigen::VectorXd scores = method(x, {0.4, 0.2, 0.4}, {up, down, down});
        CHECK(scores.allFinite());
        CHECK(bits(scores.segment(0, 1)) == bits(scores.segment(2, 1)));
    }
    // S = S(AI) = S(AAI): K+ = K- = 1, f(K) = 2/3.
    check_close(marcos(matrix_of({{3}}), {1.0}, {up}), {2.0 / 3}, 1e-15);
    check_close(marcos(matrix_of({{3, 2}, {3, 2}}), {0.5, 0.5}, {up, down}), {2.0 / 3, 2.0 / 3},
                1e-15);
    // A worse cost scores lower.
    Eigen::MatrixXd y = random_matrix(20, 6, 59);
    const Numbers w = random_weights(6, 60);
    for (const auto& method : {marcos, cocoso}) {
        const double before = method(y, w, mixed_directions(6))[4];
        Eigen::MatrixXd worse = y;
        worse(4, 2) += 0.5 * (y.col(2).maxCoeff() - y(4, 2));
        CHECK(method(worse, w, mixed_directions(6))[4] < before);
    }
    // Zeros and negatives mean nothing to CoCoSo.
    const Eigen::MatrixXd negative = matrix_of({{-4, 0}, {0, 1}, {5, 9}});
    check_same(cocoso(negative, {0.5, 0.5}, {up, down}),
               naive_cocoso(negative, {0.5, 0.5}, {up, down}, 0.5));
}

TEST_CASE("MARCOS and CoCoSo: refusals, all at once") {
    using namespace compromise_tests;
    for (const auto& method : {marcos, cocoso}) check_refuses_bad_input(method);
    CHECK(problems([] {
              marcos(matrix_of({{0, 0}, {1, 0}}), {0.5, 0.5}, {down, up});
          }) == Strings{"value_not_positive row 0, column 0 (counted from 0)",
                        "divisor_not_positive column 1 (counted from 0)"});
    for (const double share : {-0.1, 1.1, std::nan("")})
        CHECK(problems([&] {
                  static_cast<void>(rank::cocoso(matrix_of({{-1.5e308}, {1.5e308}}), Numbers{1.0},
                                                 Directions{up}, {.sum_share = share}));
              }) == Strings{"share_out_of_range argument \"sum_share\"",
                            "divisor_not_positive column 0 (counted from 0)"});
}

TEST_CASE("MARCOS and CoCoSo: the matrix only on request, and without effect") {
    using namespace compromise_tests;
    const Eigen::MatrixXd x = random_matrix(600, 5, 61);
    const Numbers w = random_weights(5, 62);
    const Directions d = mixed_directions(5);
    CHECK(rank::marcos(x, w, d).weighted_normalised.size() == 0);
    CHECK(rank::cocoso(x, w, d).normalised.size() == 0);
    const auto kept_marcos = rank::marcos(x, w, d, {.keep_matrix = true});
    CHECK(bits(kept_marcos.scores) == bits(marcos(x, w, d)));
    check_same(kept_marcos.weighted_normalised.rowwise().sum(), kept_marcos.weighted_sums);
    const auto kept_cocoso = rank::cocoso(x, w, d, {.keep_matrix = true});
    CHECK(bits(kept_cocoso.scores) == bits(cocoso(x, w, d)));
    CHECK(kept_cocoso.normalised == rank::normalise(x, d, rank::Normalisation::min_max));
}

}  // namespace rank_tests
