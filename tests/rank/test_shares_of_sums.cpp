// COPRAS, ARAS and RAM against published examples, forms written straight from the papers
// and their properties.
#include <thuocdo/rank/aras.hpp>
#include <thuocdo/rank/copras.hpp>
#include <thuocdo/rank/ram.hpp>

#include "support.hpp"

namespace rank_tests {

namespace shares_tests {

namespace rank = thuocdo::rank;

Eigen::VectorXd copras(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::copras(x, w, d).scores;
}
Eigen::VectorXd aras(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::aras(x, w, d).scores;
}
Eigen::VectorXd ram(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    return rank::ram(x, w, d).scores;
}

/// w x / sum, and its sums over the criteria of one direction.
Eigen::MatrixXd weighted_shares(const Eigen::MatrixXd& x, const Numbers& w) {
    Eigen::MatrixXd d(x.rows(), x.cols());
    for (Eigen::Index j = 0; j < x.cols(); ++j)
        d.col(j) = w[static_cast<std::size_t>(j)] * x.col(j) / x.col(j).sum();
    return d;
}

Eigen::VectorXd sum_of(const Eigen::MatrixXd& cells, const Directions& directions,
                       thuocdo::Direction wanted) {
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(cells.rows());
    for (Eigen::Index j = 0; j < cells.cols(); ++j)
        if (directions[static_cast<std::size_t>(j)] == wanted) sums += cells.col(j);
    return sums;
}

Eigen::VectorXd naive_copras(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    const Eigen::MatrixXd shares = weighted_shares(x, w);
    Eigen::VectorXd q = sum_of(shares, d, up);
    const Eigen::VectorXd cost = sum_of(shares, d, down);
    if (cost.maxCoeff() > 0.0)
        q.array() += cost.sum() / (cost.array() * (1.0 / cost.array()).sum());
    return q / q.maxCoeff();
}

Eigen::VectorXd naive_aras(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d,
                           const Numbers& optimal) {
    Eigen::MatrixXd extended(x.rows() + 1, x.cols());
    extended.bottomRows(x.rows()) = x;
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const auto k = static_cast<std::size_t>(j);
        extended(0, j) = !optimal.empty() ? optimal[k]
                         : d[k] == up     ? x.col(j).maxCoeff()
                                          : x.col(j).minCoeff();
        if (d[k] == down) extended.col(j) = extended.col(j).cwiseInverse();
    }
    const Eigen::VectorXd s = weighted_shares(extended, w).rowwise().sum();
    return s.tail(x.rows()) / s[0];
}

Eigen::VectorXd naive_ram(const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
    const Eigen::MatrixXd shares = weighted_shares(x, w);
    const Eigen::VectorXd benefit = sum_of(shares, d, up);
    const Eigen::VectorXd cost = sum_of(shares, d, down);
    Eigen::VectorXd scores(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        scores[i] = std::pow(2.0 + benefit[i], 1.0 / (2.0 + cost[i]));
    return scores;
}

constexpr Eigen::Index sizes[] = {1, 2, 33, 1300};

}  // namespace shares_tests

TEST_CASE("COPRAS, ARAS and RAM: published examples, to the last printed digit") {
    using namespace shares_tests;
    for (const Example& each : published("copras"))
        check_close(copras(each.matrix, each.weights, each.directions),
                    each.expected.get<Numbers>(), each.tolerance);
    for (const Example& each : published("aras"))
        check_close(aras(each.matrix, each.weights, each.directions), each.expected.get<Numbers>(),
                    each.tolerance);
    for (const Example& each : published("ram"))
        check_close(ram(each.matrix, each.weights, each.directions), each.expected.get<Numbers>(),
                    each.tolerance);
}

TEST_CASE("COPRAS, ARAS and RAM: forms straight from the papers") {
    using namespace shares_tests;
    for (const Eigen::Index n : sizes) {
        CAPTURE(n);
        const Eigen::MatrixXd x = random_matrix(n, 7, 11);
        const Numbers w = random_weights(7, 12);
        const Directions d = mixed_directions(7);
        check_same(copras(x, w, d), naive_copras(x, w, d));
        check_same(aras(x, w, d), naive_aras(x, w, d, {}));
        check_same(ram(x, w, d), naive_ram(x, w, d));
        const Numbers optimal = {120, 110, 0.5, 130, 90, 1.5, 100};
        check_same(rank::aras(x, w, d, {.optimal_values = optimal}).scores,
                   naive_aras(x, w, d, optimal));
    }
}

TEST_CASE("COPRAS, ARAS and RAM: the order of alternatives has no effect") {
    using namespace shares_tests;
    const Eigen::MatrixXd x = random_matrix(1100, 7, 13);
    const Numbers w = random_weights(7, 14);
    const Directions d = mixed_directions(7);
    for (const auto& method : {copras, aras, ram})
        check_order_of_alternatives_has_no_effect(
            x, [&](const Eigen::MatrixXd& rows) { return method(rows, w, d); });
}

TEST_CASE("COPRAS, ARAS and RAM: units of a criterion do not matter") {
    using namespace shares_tests;
    const Eigen::MatrixXd x = random_matrix(40, 4, 15);
    Eigen::MatrixXd scaled = x;
    scaled.col(0) *= 1e6;
    scaled.col(2) *= 1e-9;
    const Numbers w = random_weights(4, 16);
    for (const auto& method : {copras, aras, ram})
        check_same(method(scaled, w, mixed_directions(4)), method(x, w, mixed_directions(4)));
}

TEST_CASE("COPRAS: a higher cost lowers the score, where adding S- would raise it") {
    using namespace shares_tests;
    const Numbers w = {0.5, 0.5};
    const auto found =
        rank::copras(matrix_of({{10, 1}, {10, 2}, {10, 4}}), w, Directions{up, down});
    // S+ is 1/6 each; S- = (1, 2, 4)/14, sum(1/S-) = 24.5, Q = S+ + 0.5/(24.5 S-).
    check_close(found.cost_sums, {1.0 / 14, 2.0 / 14, 4.0 / 14}, 1e-15);
    check_close(found.relative_significance,
                {1.0 / 6 + 2.0 / 7, 1.0 / 6 + 1.0 / 7, 1.0 / 6 + 1.0 / 14}, 1e-15);
    CHECK(found.scores[0] == 1.0);
    CHECK(found.scores[0] > found.scores[1]);
    CHECK(found.scores[1] > found.scores[2]);
    // And so it does for one alternative among many.
    Eigen::MatrixXd x = random_matrix(20, 6, 17);
    const Directions d = mixed_directions(6);
    const Numbers weights = random_weights(6, 18);
    const double before = rank::copras(x, weights, d).scores[4];
    x(4, 2) *= 1.5;
    CHECK(rank::copras(x, weights, d).scores[4] < before);
}

TEST_CASE("COPRAS: without a cost criterion Q is S+") {
    using namespace shares_tests;
    const Eigen::MatrixXd x = random_matrix(9, 3, 19);
    const Numbers w = random_weights(3, 20);
    const auto found = rank::copras(x, w, Directions{up, up, up});
    CHECK(bits(found.relative_significance) == bits(found.benefit_sums));
    CHECK(found.cost_sums.maxCoeff() == 0.0);
    check_same(found.scores, naive_copras(x, w, {up, up, up}));
    // A cost criterion of weight 0 is none.
    const auto weightless = rank::copras(x, Numbers{0.5, 0.5, 0.0}, Directions{up, up, down});
    CHECK(bits(weightless.relative_significance) == bits(weightless.benefit_sums));
}

TEST_CASE("COPRAS: only cost criteria rank by the reciprocal of their sum") {
    using namespace shares_tests;
    check_close(copras(matrix_of({{1}, {2}, {4}}), {1.0}, {down}), {1.0, 0.5, 0.25}, 1e-15);
}

TEST_CASE("COPRAS: an alternative without any cost is refused by its row") {
    using namespace shares_tests;
    CHECK(problems([] {
              copras(matrix_of({{1, 0}, {2, 3}, {3, 0}}), {0.5, 0.5}, {up, down});
          }) == Strings{"divisor_not_positive row 0 (counted from 0)",
                        "divisor_not_positive row 2 (counted from 0)"});
    // One zero among two costs is none.
    const Eigen::MatrixXd x = matrix_of({{0, 2}, {3, 1}});
    check_same(copras(x, {0.5, 0.5}, {down, down}), naive_copras(x, {0.5, 0.5}, {down, down}));
}

TEST_CASE("ARAS: the optimal alternative is in the sums and scores 1") {
    using namespace shares_tests;
    const auto found = rank::aras(matrix_of({{2, 4}, {4, 2}, {4, 2}}), Numbers{0.5, 0.5},
                                  Directions{up, down}, {.keep_matrix = true});
    // Benefit sums 2 + 4 + 4 + 4, reciprocals 1/4 + 1/2 + 1/2 + 1/2.
    check_close(found.weighted_normalised.col(0), {1.0 / 14, 2.0 / 14, 2.0 / 14}, 1e-15);
    check_close(found.weighted_normalised.col(1), {1.0 / 14, 2.0 / 14, 2.0 / 14}, 1e-15);
    check_close(found.optimal_alternative, {4.0, 2.0}, 0.0);
    CHECK(std::abs(found.optimality_of_optimal_alternative - 4.0 / 14) < 1e-15);
    check_close(found.scores, {0.5, 1.0, 1.0}, 1e-15);
    CHECK(found.scores[1] == 1.0);
    const Eigen::MatrixXd x = random_matrix(50, 6, 21);
    const Eigen::VectorXd scores = aras(x, random_weights(6, 22), mixed_directions(6));
    CHECK(scores.maxCoeff() < 1.0);
}

TEST_CASE("ARAS: declared optimal values") {
    using namespace shares_tests;
    const Eigen::MatrixXd x = matrix_of({{2, 4}, {4, 2}});
    // Twice the best everywhere: half the score of the best.
    check_close(
        rank::aras(x, Numbers{0.5, 0.5}, Directions{up, down}, {.optimal_values = {8, 1}}).scores,
        {0.25, 0.5}, 1e-15);
    CHECK(rank::aras(x, Numbers{0.5, 0.5}, Directions{up, down}, {.optimal_values = {3, 3}})
              .scores[1] > 1.0);
    CHECK(problems([&] {
              static_cast<void>(rank::aras(x, Numbers{0.5, 0.5}, Directions{up, down},
                                           {.optimal_values = {std::nan(""), 0.0}}));
          }) == Strings{"optimal_value_out_of_range optimal_values[0]",
                        "optimal_value_out_of_range optimal_values[1]"});
    CHECK(problems([&] {
              static_cast<void>(rank::aras(x, Numbers{0.5, 0.5}, Directions{up, down},
                                           {.optimal_values = {1.0}}));
          }) == Strings{"size_mismatch argument \"optimal_values\""});
    CHECK(problems([&] {
              static_cast<void>(rank::aras(x, Numbers{0.5, 0.5}, Directions{up, up},
                                           {.optimal_values = {-1.0, -1.0}}));
          }) == Strings{"divisor_not_positive the optimal alternative"});
}

TEST_CASE("RAM: benefits raise and costs lower the root") {
    using namespace shares_tests;
    const auto found =
        rank::ram(matrix_of({{3, 1}, {1, 1}, {1, 3}}), Numbers{1.0, 1.0}, Directions{up, down});
    check_close(found.benefit_sums, {0.6, 0.2, 0.2}, 1e-15);
    check_close(found.cost_sums, {0.2, 0.2, 0.6}, 1e-15);
    check_close(found.scores,
                {std::pow(2.6, 1 / 2.2), std::pow(2.2, 1 / 2.2), std::pow(2.2, 1 / 2.6)}, 1e-14);
}

TEST_CASE("COPRAS, ARAS and RAM: extremes") {
    using namespace shares_tests;
    // One alternative, one criterion.
    check_close(copras(matrix_of({{3}}), {1.0}, {up}), {1.0}, 0.0);
    check_close(copras(matrix_of({{3}}), {1.0}, {down}), {1.0}, 0.0);
    check_close(aras(matrix_of({{3}}), {1.0}, {down}), {1.0}, 0.0);
    check_close(ram(matrix_of({{3}}), {1.0}, {up}), {std::sqrt(3.0)}, 1e-15);
    check_close(ram(matrix_of({{3}}), {1.0}, {down}), {std::cbrt(2.0)}, 1e-15);
    // Identical alternatives, and a constant column, which does not change an order.
    const Eigen::MatrixXd x = matrix_of({{1, 5, 7}, {2, 5, 6}, {1, 5, 7}, {3, 5, 9}});
    for (const auto& method : {copras, aras, ram}) {
        const Eigen::VectorXd scores = method(x, {0.4, 0.2, 0.4}, {up, down, down});
        CHECK(bits(scores.segment(0, 1)) == bits(scores.segment(2, 1)));
        CHECK(scores.allFinite());
        const Eigen::VectorXd without =
            method(matrix_of({{1, 7}, {2, 6}, {1, 7}, {3, 9}}), {0.4, 0.4}, {up, down});
        for (const Eigen::Index i : {0, 2, 3})
            CHECK((scores[i] < scores[1]) == (without[i] < without[1]));
        // Nobody differs.
        const Eigen::VectorXd alike =
            method(matrix_of({{2, 3}, {2, 3}, {2, 3}}), {0.5, 0.5}, {up, down});
        CHECK(alike.maxCoeff() == alike.minCoeff());
        CHECK(alike.allFinite());
    }
    // Zeros among benefits, and values near the ends of double.
    check_close(aras(matrix_of({{0, 1}, {4, 1}}), {0.5, 0.5}, {up, up}), {0.4, 1.0}, 1e-15);
    for (const auto& method : {copras, aras, ram})
        for (const double unit : {1e-305, 1e305})
            check_same(method(unit * matrix_of({{1, 5}, {2, 7}, {4, 6}}), {0.5, 0.5}, {up, down}),
                       method(matrix_of({{1, 5}, {2, 7}, {4, 6}}), {0.5, 0.5}, {up, down}));
}

TEST_CASE("COPRAS, ARAS and RAM: negatives are admitted while the sums stay above 0") {
    using namespace shares_tests;
    const Eigen::MatrixXd x = matrix_of({{-1, 5}, {3, 7}, {4, 6}});
    check_same(copras(x, {0.5, 0.5}, {up, down}), naive_copras(x, {0.5, 0.5}, {up, down}));
    check_same(aras(x, {0.5, 0.5}, {up, down}), naive_aras(x, {0.5, 0.5}, {up, down}, {}));
    check_same(ram(x, {0.5, 0.5}, {up, down}), naive_ram(x, {0.5, 0.5}, {up, down}));
    CHECK(problems([] {
              ram(matrix_of({{-10, 1}, {11, -4}, {0, 5}}), {1.0, 1.0}, {up, down});
          }) == Strings{"sum_out_of_range row 0 (counted from 0)",
                        "sum_out_of_range row 1 (counted from 0)"});
}

TEST_CASE("COPRAS, ARAS and RAM: refusals, all at once") {
    using namespace shares_tests;
    const Eigen::MatrixXd x = matrix_of({{0, 0, 1}, {0, -2, 0}});
    const Strings both = {"divisor_not_positive column 0 (counted from 0)",
                          "divisor_not_positive column 1 (counted from 0)"};
    CHECK(problems([&] { copras(x, {0.5, 0.5, 0.5}, {up, up, down}); }) == both);
    CHECK(problems([&] { ram(x, {0.5, 0.5, 0.5}, {up, up, down}); }) == both);
    CHECK(problems([&] {
              aras(x, {0.5, 0.5, 0.5}, {up, up, down});
          }) == Strings{both[0], both[1], "value_not_positive row 1, column 2 (counted from 0)"});
    for (const auto& method : {copras, aras, ram}) check_refuses_bad_input(method);
}

TEST_CASE("COPRAS, ARAS and RAM: weights are taken as given, the matrix only on request") {
    using namespace shares_tests;
    const Eigen::MatrixXd x = random_matrix(600, 5, 23);
    const Numbers w = {0.3, 0.2, 0.4, 0.1, 0.6};
    const Directions d = mixed_directions(5);
    check_same(ram(x, w, d), naive_ram(x, w, d));
    CHECK(rank::copras(x, w, d).weighted_normalised.size() == 0);
    CHECK(rank::aras(x, w, d).weighted_normalised.size() == 0);
    CHECK(rank::ram(x, w, d).weighted_normalised.size() == 0);
    const auto kept = rank::copras(x, w, d, {.keep_matrix = true});
    CHECK(bits(kept.scores) == bits(copras(x, w, d)));
    CHECK((kept.weighted_normalised - weighted_shares(x, w)).cwiseAbs().maxCoeff() < 1e-15);
    const auto kept_ram = rank::ram(x, w, d, {.keep_matrix = true});
    CHECK(kept_ram.weighted_normalised == kept.weighted_normalised);
    CHECK(bits(kept_ram.scores) == bits(ram(x, w, d)));
    const auto kept_aras = rank::aras(x, w, d, {.keep_matrix = true});
    CHECK(bits(kept_aras.scores) == bits(aras(x, w, d)));
    check_same(kept_aras.weighted_normalised.rowwise().sum(), kept_aras.optimality);
}

}  // namespace rank_tests
