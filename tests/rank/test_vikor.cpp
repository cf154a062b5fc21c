// VIKOR: published example, a naive form, both conditions and the compromise set.
#include <thuocdo/rank/vikor.hpp>

#include "support.hpp"

namespace rank_tests {

namespace vikor_tests {

namespace rank = thuocdo::rank;
using Indices = std::vector<thuocdo::Index>;

/// Straight from the paper.
struct Naive {
    Eigen::MatrixXd d;
    Eigen::VectorXd s, r, q;

    Naive(const Eigen::MatrixXd& x, const Numbers& weights, const Directions& directions, double v)
        : d(x.rows(), x.cols()) {
        for (Eigen::Index j = 0; j < x.cols(); ++j) {
            const auto k = static_cast<std::size_t>(j);
            const double highest = x.col(j).maxCoeff();
            const double lowest = x.col(j).minCoeff();
            const double best = directions[k] == up ? highest : lowest;
            const double worst = directions[k] == up ? lowest : highest;
            for (Eigen::Index i = 0; i < x.rows(); ++i)
                d(i, j) = weights[k] * (best - x(i, j)) / (best - worst);
        }
        s = d.rowwise().sum();
        r = d.rowwise().maxCoeff();
        const auto scaled = [](const Eigen::VectorXd& values) -> Eigen::VectorXd {
            return (values.array() - values.minCoeff()) / (values.maxCoeff() - values.minCoeff());
        };
        q = v * scaled(s) + (1.0 - v) * scaled(r);
    }
};

rank::VikorResult one_criterion(const std::vector<double>& values) {
    std::vector<std::vector<double>> rows;
    for (const double value : values) rows.push_back({value});
    return rank::vikor(matrix_of(rows), Numbers{1.0}, Directions{down});
}

}  // namespace vikor_tests

TEST_CASE("VIKOR: published example, to the last printed digit") {
    using namespace vikor_tests;
    for (const Example& each : published("vikor")) {
        const auto found = rank::vikor(each.matrix, each.weights, each.directions);
        check_close(found.group_utility, each.expected.at("S").get<Numbers>(), each.tolerance);
        check_close(found.individual_regret, each.expected.at("R").get<Numbers>(), each.tolerance);
        check_close(found.scores, each.expected.at("Q").get<Numbers>(), each.tolerance);
        CHECK(found.acceptable_advantage == each.expected.at("C1").get<bool>());
        CHECK(found.acceptable_stability == each.expected.at("C2").get<bool>());
        CHECK(found.compromise_set == each.expected.at("compromise_set").get<Indices>());
    }
}

TEST_CASE("VIKOR: every intermediate against the paper, for several sizes") {
    using namespace vikor_tests;
    for (const Eigen::Index rows : {Eigen::Index{3}, Eigen::Index{34}, Eigen::Index{1300}}) {
        const Eigen::MatrixXd x = random_matrix(rows, 7, 31);
        const Numbers weights = random_weights(7, 32);
        const Directions directions = mixed_directions(7);
        for (const double v : {0.0, 0.5, 0.8, 1.0}) {
            const Naive naive(x, weights, directions, v);
            const auto found = rank::vikor(x, weights, directions, {.v = v, .keep_matrix = true});
            check_same(found.scores, naive.q);
            check_same(found.group_utility, naive.s);
            check_same(found.individual_regret, naive.r);
            CHECK((found.shortfalls - naive.d).cwiseAbs().maxCoeff() <= 1e-12);
            REQUIRE(found.order.size() == static_cast<std::size_t>(rows));
            for (std::size_t k = 1; k < found.order.size(); ++k)
                CHECK(found.scores[found.order[k - 1]] <= found.scores[found.order[k]]);
            CHECK(found.advantage == found.scores[found.order[1]] - found.scores[found.order[0]]);
            CHECK(found.advantage_needed == 1.0 / (static_cast<double>(rows) - 1.0));
            CHECK(found.ranks[found.order[0]] == 1.0);
            CHECK(found.best_values[2] == x.col(2).minCoeff());
            CHECK(found.worst_values[2] == x.col(2).maxCoeff());
        }
    }
}

TEST_CASE("VIKOR: an advantage as large as needed, to the last bit of rounding") {
    using namespace vikor_tests;
    // 11 alternatives, Q = 0, 0.1, ...: 1/(n - 1) = 0.1 is reached.
    const auto even = one_criterion({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(even.acceptable_advantage);
    CHECK(even.acceptable_stability);
    CHECK(even.compromise_set == Indices{0});
    const auto short_of_it = one_criterion({0, 0.99, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(!short_of_it.acceptable_advantage);
    CHECK(short_of_it.compromise_set == Indices{0, 1});
    // Exactly 1/(n - 1) above the best is outside.
    const auto edge = one_criterion({10, 9, 8, 7, 6, 5, 4, 3, 1, 0.5, 0});
    CHECK(!edge.acceptable_advantage);
    CHECK(edge.compromise_set == Indices{9, 10});
    const auto two = one_criterion({4, 3});
    CHECK(two.acceptable_advantage);
    CHECK(two.compromise_set == Indices{1});
}

TEST_CASE("VIKOR: several that are best never have an advantage") {
    using namespace vikor_tests;
    const auto found = one_criterion({5, 0, 10, 0});
    CHECK(found.advantage == 0.0);
    CHECK(!found.acceptable_advantage);
    CHECK(found.acceptable_stability);
    CHECK(found.compromise_set == Indices{1, 3});
    CHECK(found.order == Indices{1, 3, 0, 2});
    check_close(found.ranks, {3, 1, 4, 1}, 0.0);
    // Not all alternatives, as some programs return.
    CHECK(found.compromise_set.size() < 4);
}

TEST_CASE("VIKOR: without stability the second is in the set, and those level with it") {
    using namespace vikor_tests;
    // C1 holds and C2 fails: the best by Q is second by S and by R.
    rank::VikorResult made;
    made.scores = Eigen::VectorXd(5);
    made.scores << 0.1, 0.5, 0.5, 0.9, 1.0;
    made.group_utility = Eigen::VectorXd(5);
    made.group_utility << 2, 1, 5, 6, 7;
    made.individual_regret = Eigen::VectorXd(5);
    made.individual_regret << 2, 5, 1, 6, 7;
    rank::detail::find_compromise(rank::detail::VikorScale(made.group_utility),
                                  rank::detail::VikorScale(made.individual_regret), made);
    CHECK(made.acceptable_advantage);
    CHECK(!made.acceptable_stability);
    CHECK(made.compromise_set == Indices{0, 1, 2});
}

TEST_CASE("VIKOR: conditions and set as in the paper on random decisions, every case among them") {
    using namespace vikor_tests;
    int cases[2][2] = {};
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const auto rows = static_cast<Eigen::Index>(4 + seed % 5);
        const Eigen::MatrixXd x = random_matrix(rows, 4, seed);
        const Naive naive(x, random_weights(4, seed), mixed_directions(4), 0.5);
        const auto found = rank::vikor(x, random_weights(4, seed), mixed_directions(4));
        Indices order;
        for (Eigen::Index i = 0; i < rows; ++i) order.push_back(i);
        std::sort(order.begin(), order.end(),
                  [&](Eigen::Index a, Eigen::Index b) { return naive.q[a] < naive.q[b]; });
        const double needed = 1.0 / static_cast<double>(rows - 1);
        const bool c1 = naive.q[order[1]] - naive.q[order[0]] >= needed;
        const bool c2 =
            naive.s[order[0]] == naive.s.minCoeff() || naive.r[order[0]] == naive.r.minCoeff();
        Indices expected{order[0]};
        if (c1 && !c2) expected.push_back(order[1]);
        for (std::size_t k = 1; !c1 && k < order.size(); ++k)
            if (naive.q[order[k]] - naive.q[order[0]] < needed) expected.push_back(order[k]);
        std::sort(expected.begin(), expected.end());
        CAPTURE(seed);
        CHECK(found.acceptable_advantage == c1);
        CHECK(found.acceptable_stability == c2);
        CHECK(found.compromise_set == expected);
        CHECK(found.order == order);
        ++cases[c1 ? 1 : 0][c2 ? 1 : 0];
    }
    CHECK(cases[0][0] > 0);
    CHECK(cases[0][1] > 0);
    CHECK(cases[1][1] > 0);
}

TEST_CASE("VIKOR: ranges of 0 scale to 0") {
    using namespace vikor_tests;
    // A constant column has no influence.
    const auto found = rank::vikor(matrix_of({{1, 7, 4}, {2, 7, 3}, {5, 7, 9}}),
                                   Numbers{0.4, 0.2, 0.4}, Directions{up, up, down});
    const auto without =
        rank::vikor(matrix_of({{1, 4}, {2, 3}, {5, 9}}), Numbers{0.4, 0.4}, Directions{up, down});
    CHECK(bits(found.scores) == bits(without.scores));
    const auto same =
        rank::vikor(matrix_of({{3, 5}, {3, 5}}), Numbers{0.5, 0.5}, Directions{up, down});
    check_close(same.scores, {0, 0}, 0.0);
    CHECK(!same.acceptable_advantage);
    CHECK(same.compromise_set == Indices{0, 1});
    // S is 0.5 for both, R too: S- = S* and R- = R*.
    const auto opposed =
        rank::vikor(matrix_of({{1, 0}, {0, 1}}), Numbers{0.5, 0.5}, Directions{up, up});
    check_close(opposed.scores, {0, 0}, 0.0);
    // 0.1 + 0.2 and 0.3 differ in their last bit, which is no range of S.
    const auto rounded = rank::vikor(matrix_of({{0, 0, 1}, {1, 1, 0}}), Numbers{0.1, 0.2, 0.3},
                                     Directions{up, up, up});
    check_close(rounded.scores, {0.0, 0.5}, 1e-15);
    CHECK(rounded.acceptable_stability);
    const auto single = rank::vikor(matrix_of({{3, 5}}), Numbers{0.5, 0.5}, Directions{up, down});
    check_close(single.scores, {0}, 0.0);
    CHECK(single.acceptable_advantage);
    CHECK(single.acceptable_stability);
    CHECK(single.compromise_set == Indices{0});
    CHECK(single.order == Indices{0});
}

TEST_CASE("VIKOR: order of alternatives, identical ones, units and origins, scale of weights") {
    using namespace vikor_tests;
    Eigen::MatrixXd x = random_matrix(700, 6, 33);
    x.row(650) = x.row(3);
    const Numbers weights = random_weights(6, 34);
    const Directions directions = mixed_directions(6);
    check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& rows) {
        return rank::vikor(rows, weights, directions).scores;
    });
    const auto found = rank::vikor(x, weights, directions);
    CHECK(bits(found.scores)[650] == bits(found.scores)[3]);
    Eigen::MatrixXd moved = x;
    moved.col(2) = moved.col(2) * 1000.0 - Eigen::VectorXd::Constant(700, 5e4);
    check_same(rank::vikor(moved, weights, directions).scores, found.scores);
    Numbers doubled = weights;
    for (double& w : doubled) w *= 2.0;
    CHECK(bits(rank::vikor(x, doubled, directions).scores) == bits(found.scores));
    CHECK(rank::vikor(x, doubled, directions).compromise_set == found.compromise_set);
}

TEST_CASE("VIKOR: refusals") {
    using namespace vikor_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::vikor(x, w, d).scores;
    });
    CHECK(problems([] {
              return rank::vikor(matrix_of({{-1.7e308}, {1.7e308}}), Numbers{1.0}, Directions{up});
          }) == Strings{"beyond_double column 0 (counted from 0)"});
    for (const double v : {-0.1, 1.1, std::nan("")})
        CHECK(problems([&] {
                  return rank::vikor(matrix_of({{1}, {2}}), Numbers{1.0}, Directions{up}, {.v = v});
              }) == Strings{"option_out_of_range options.v"});
}

}  // namespace rank_tests
