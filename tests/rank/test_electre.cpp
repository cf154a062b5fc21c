// ELECTRE I and III against published and hand-worked examples, naive forms, properties.
#include <thuocdo/rank/electre_one.hpp>
#include <thuocdo/rank/electre_three.hpp>

#include <algorithm>

#include "support.hpp"

namespace rank_tests {

namespace electre_tests {

using thuocdo::Index;
namespace rank = thuocdo::rank;
using rank::PairComparison;
using Indices = std::vector<Index>;

double shortfall(const Eigen::MatrixXd& x, const Directions& directions, Index a, Index b,
                 Index j) {
    const double d = x(b, j) - x(a, j);
    return directions[static_cast<std::size_t>(j)] == up ? d : -d;
}

Eigen::MatrixXd rows_turned(const Eigen::MatrixXd& x) { return x.colwise().reverse(); }

/// With thresholds 5, 20 and 60 on each criterion.
rank::ElectreThreeOptions common_thresholds(Index columns) {
    rank::ElectreThreeOptions options;
    options.thresholds.assign(static_cast<std::size_t>(columns), {5.0, 20.0, 60.0});
    options.keep_matrix = true;
    return options;
}

rank::ElectreOneResult electre_one(const Eigen::MatrixXd& x, const Numbers& weights,
                                   const Directions& directions,
                                   const rank::ElectreOneOptions& options = {}) {
    return rank::electre_one(x, weights, directions, options);
}

rank::ElectreThreeResult electre_three(const Eigen::MatrixXd& x, const Numbers& weights,
                                       const Directions& directions,
                                       const rank::ElectreThreeOptions& options = {}) {
    return rank::electre_three(x, weights, directions, options);
}

}  // namespace electre_tests

TEST_CASE("ELECTRE I: published example") {
    using namespace electre_tests;
    for (const Example& each : published("electre1")) {
        const auto found =
            electre_one(each.matrix, each.weights, each.directions,
                        {each.params.at("c").get<double>(), each.params.at("d").get<double>()});
        CHECK(found.kernel == each.expected.at("kernel").get<Indices>());
        check_close(found.concordance.row(0), each.expected.at("concordance_row0").get<Numbers>(),
                    each.tolerance);
        check_close(found.discordance.row(0), each.expected.at("discordance_row0").get<Numbers>(),
                    each.tolerance);
        CHECK_FALSE(found.has_cycle);
    }
}

TEST_CASE("ELECTRE I: the definition, pair by pair") {
    using namespace electre_tests;
    for (const Index rows : {1, 2, 37, 530}) {
        const Eigen::MatrixXd x = random_matrix(rows, 5, 3);
        const Numbers weights = random_weights(5, 4);
        const Directions directions = mixed_directions(5);
        const auto found = electre_one(x, weights, directions, {0.6, 0.5});
        const double widest = (x.colwise().maxCoeff() - x.colwise().minCoeff()).maxCoeff();
        double total = 0.0;
        for (const double w : weights) total += w;
        bool same = true;
        for (Index a = 0; a < rows; ++a) {
            for (Index b = 0; b < rows; ++b) {
                if (a == b) continue;
                double agreed = 0.0;
                double worst = 0.0;
                for (Index j = 0; j < 5; ++j) {
                    const double d = shortfall(x, directions, a, b, j);
                    if (d <= 0.0) agreed += weights[static_cast<std::size_t>(j)];
                    worst = std::max(worst, d / widest);
                }
                same = same && std::abs(found.concordance(a, b) - agreed / total) <= 1e-12 &&
                       std::abs(found.discordance(a, b) - worst) <= 1e-12 &&
                       found.outranks(a, b) == (agreed / total >= 0.6 && worst <= 0.5);
            }
        }
        CHECK(same);
        CHECK(found.relation == rank::relation_of_outranking(found.outranks));
        const auto turned = electre_one(rows_turned(x), weights, directions, {0.6, 0.5});
        CHECK(turned.concordance.reverse() == found.concordance);
        CHECK(turned.discordance.reverse() == found.discordance);
        Indices kernel;
        for (auto k = turned.kernel.rbegin(); k != turned.kernel.rend(); ++k)
            kernel.push_back(rows - 1 - *k);
        CHECK(kernel == found.kernel);
    }
}

TEST_CASE("ELECTRE I: cycles, equal alternatives, constant columns") {
    using namespace electre_tests;
    // Each is beaten by the next on two criteria of three: a circle, which none heads.
    const Eigen::MatrixXd circle = matrix_of({{3, 2, 1}, {1, 3, 2}, {2, 1, 3}});
    const Numbers thirds(3, 1.0 / 3.0);
    const auto cycle = electre_one(circle, thirds, {up, up, up}, {0.6, 1.0});
    CHECK(cycle.has_cycle);
    CHECK(cycle.kernel == Indices{0, 1, 2});
    CHECK(cycle.components == Indices{0, 0, 0});
    CHECK(cycle.relation(0, 1) == PairComparison::worse);

    const auto equal = electre_one(matrix_of({{4, 4}, {4, 4}, {1, 1}}), {1.0, 3.0}, {up, up});
    CHECK(equal.kernel == Indices{0, 1});
    CHECK(equal.components == Indices{0, 0, 1});
    CHECK(equal.relation(0, 1) == PairComparison::indifferent);
    CHECK(equal.concordance(2, 0) == 0.0);
    CHECK(equal.discordance(2, 0) == 1.0);

    const auto constant = electre_one(matrix_of({{7}, {7}}), {1.0}, {down});
    CHECK(constant.discordance(0, 1) == 0.0);
    CHECK(constant.outranks(0, 1));
    CHECK_FALSE(constant.outranks(0, 0));
    CHECK(electre_one(matrix_of({{7}}), {1.0}, {down}).kernel == Indices{0});

    // Weight 0 takes no part: its range of 100 does not soften the discordance.
    const auto without = electre_one(matrix_of({{0, 100}, {1, 0}}), {1.0, 0.0}, {up, up});
    CHECK(without.discordance(0, 1) == 1.0);
    CHECK(without.discordance(1, 0) == 0.0);
}

TEST_CASE("ELECTRE I: thresholds that sums of weights reach on paper") {
    using namespace electre_tests;
    // .1 + .2 is a little above .3 in binary, .7 + .1 + .1 a little below .9.
    const Eigen::MatrixXd x = matrix_of({{1, 1, 1, 0}, {0, 0, 0, 1}});
    const Directions all(4, up);
    CHECK(electre_one(x, {0.7, 0.1, 0.1, 0.1}, all, {0.9, 1.0}).outranks(0, 1));
    const Eigen::MatrixXd y = matrix_of({{0.4, 2.1}, {0.1, 3.1}});
    // The shortfall .3 over the range 1 against a threshold of .3.
    CHECK(electre_one(y, {0.5, 0.5}, {up, up}, {0.5, 0.3}).outranks(1, 0));
    CHECK_FALSE(electre_one(y, {0.5, 0.5}, {up, up}, {0.5, 0.29}).outranks(1, 0));
}

TEST_CASE("ELECTRE I: refusals") {
    using namespace electre_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return electre_one(x, w, d);
    });
    CHECK(problems([] {
              electre_one(matrix_of({{-1e308}, {1e308}}), {1.0}, {up}, {1.5, std::nan("")});
          }) == Strings{"option_out_of_range options.concordance_threshold",
                        "option_out_of_range options.discordance_threshold",
                        "range_too_wide column 0 (counted from 0)"});
}

TEST_CASE("ELECTRE III: a matrix worked by hand") {
    using namespace electre_tests;
    // Weights 2, 1, 1. Criterion 0: q 1, p 3, v 5. Criterion 1, lower is better: q 0, p 2,
    // no veto. Criterion 2: q = p = 1, v = 3.
    //        c0  c1  c2
    //   A    10   4   5
    //   B     8   2   6
    //   C     4   4   9
    // A to B: shortfalls -2, 2, 1. Agreement 1, (2-2)/2 = 0, 1 (not above q): 3/4.
    // B to A: shortfalls 2, -2, -1. Agreement (3-2)/2 = 1/2, 1, 1: (1+1+1)/4 = 3/4.
    // A to C: shortfalls -6, 0, 4. Agreement 1, 1, 0: 3/4. c2: 4 >= v: discordance 1: 0.
    // C to A: shortfalls 6, 0, -4. Agreement 0, 1, 1: 1/2. c0: 6 >= v: discordance 1: 0.
    // B to C: shortfalls -4, -2, 3. Agreement 1, 1, 0: 3/4. c2: (3-1)/(3-1) = 1: 0.
    // C to B: shortfalls 4, 2, -3. Agreement 0, 0, 1: 1/4. c0: (4-3)/(5-3) = 1/2 > 1/4:
    //   1/4 * (1 - 1/2)/(1 - 1/4) = 1/6.
    // Descending: highest 3/4, s = .1875, highest below .5625 is 1/6. Above it A-B and B-A are
    //   equal. All balances 0; level 1/6, s = .275: 0. Above 0: C-B 1/6 < 0 + .275. One class.
    rank::ElectreThreeOptions options;
    options.thresholds = {{1, 3, 5}, {0, 2}, {1, 1, 3}};
    options.keep_matrix = true;
    const auto found = electre_three(matrix_of({{10, 4, 5}, {8, 2, 6}, {4, 4, 9}}), {2.0, 1.0, 1.0},
                                     {up, down, up}, options);
    check_close(found.concordance.row(0), {0, 0.75, 0.75}, 1e-15);
    check_close(found.concordance.row(1), {0.75, 0, 0.75}, 1e-15);
    check_close(found.concordance.row(2), {0.5, 0.25, 0}, 1e-15);
    check_close(found.credibility.row(0), {0, 0.75, 0}, 1e-15);
    check_close(found.credibility.row(1), {0.75, 0, 0}, 1e-15);
    check_close(found.credibility.row(2), {0, 1.0 / 6.0, 0}, 1e-15);
    CHECK(found.descending == Indices{1, 1, 1});
    CHECK(found.ascending == Indices{1, 1, 1});
    CHECK(found.relation(0, 2) == PairComparison::indifferent);
}

TEST_CASE("ELECTRE III: the definition, pair by pair") {
    using namespace electre_tests;
    for (const Index rows : {1, 2, 14, 530}) {
        CAPTURE(rows);
        const Eigen::MatrixXd x = random_matrix(rows, 6, 3);
        const Numbers weights = random_weights(6, 4);
        const Directions directions = mixed_directions(6);
        rank::ElectreThreeOptions options = common_thresholds(6);
        options.thresholds[1].v = HUGE_VAL;
        options.thresholds[2] = {10.0, 10.0, 70.0};
        options.thresholds[3] = {5.0, 50.0, 50.0};
        const auto found = electre_three(x, weights, directions, options);
        double total = 0.0;
        for (const double w : weights) total += w;
        bool same = true;
        for (Index a = 0; a < rows; ++a) {
            for (Index b = 0; b < rows; ++b) {
                if (a == b) continue;
                double agreed = 0.0;
                for (Index j = 0; j < 6; ++j) {
                    const auto& own = options.thresholds[static_cast<std::size_t>(j)];
                    const double d = shortfall(x, directions, a, b, j);
                    const double agreement = d <= own.q   ? 1.0
                                             : d >= own.p ? 0.0
                                                          : (own.p - d) / (own.p - own.q);
                    agreed += weights[static_cast<std::size_t>(j)] * agreement / total;
                }
                double credible = agreed;
                for (Index j = 0; j < 6; ++j) {
                    const auto& own = options.thresholds[static_cast<std::size_t>(j)];
                    const double d = shortfall(x, directions, a, b, j);
                    const double against = d <= own.p   ? 0.0
                                           : d >= own.v ? 1.0
                                                        : (d - own.p) / (own.v - own.p);
                    if (against > agreed) credible *= (1.0 - against) / (1.0 - agreed);
                }
                same = same && std::abs(found.concordance(a, b) - agreed) <= 1e-12 &&
                       std::abs(found.credibility(a, b) - credible) <= 1e-12;
            }
        }
        CHECK(same);
        const rank::DistilledRankings rankings = rank::distillation(found.credibility);
        CHECK(found.descending == rankings.descending);
        CHECK(found.ascending == rankings.ascending);
        CHECK(found.relation == rank::intersection_of_rankings(found.descending, found.ascending));
        const auto turned = electre_three(rows_turned(x), weights, directions, options);
        CHECK(turned.credibility.reverse() == found.credibility);
        CHECK(Indices(turned.descending.rbegin(), turned.descending.rend()) == found.descending);
        CHECK(Indices(turned.ascending.rbegin(), turned.ascending.rend()) == found.ascending);
    }
}

TEST_CASE("ELECTRE III: more than ten alternatives, the better before the worse") {
    using namespace electre_tests;
    // Thirteen, each 30 above the next on both criteria: one clear order.
    Eigen::MatrixXd x(13, 2);
    for (Index i = 0; i < 13; ++i) x.row(i).setConstant(1000.0 - 30.0 * static_cast<double>(i));
    const auto found = electre_three(x, {0.5, 0.5}, {up, up}, common_thresholds(2));
    for (Index i = 0; i < 13; ++i) {
        CHECK(found.descending[static_cast<std::size_t>(i)] == i + 1);
        CHECK(found.ascending[static_cast<std::size_t>(i)] == i + 1);
    }
    CHECK(found.relation.counts().preferred == 78);
    const auto worse = electre_three(x, {0.5, 0.5}, {down, down}, common_thresholds(2));
    CHECK(worse.descending.front() == 13);
    CHECK(worse.ascending.back() == 1);
}

TEST_CASE("ELECTRE III: rankings that contradict each other leave pairs incomparable") {
    using namespace electre_tests;
    Index incomparable = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto found = electre_three(random_matrix(20, 4, seed), random_weights(4, seed),
                                         mixed_directions(4), common_thresholds(4));
        incomparable += found.relation.counts().incomparable;
        for (std::size_t a = 0; a < 20; ++a)
            for (std::size_t b = 0; b < 20; ++b)
                CHECK((found.relation(static_cast<Index>(a), static_cast<Index>(b)) ==
                       PairComparison::incomparable) ==
                      ((found.descending[a] < found.descending[b] &&
                        found.ascending[a] > found.ascending[b]) ||
                       (found.descending[a] > found.descending[b] &&
                        found.ascending[a] < found.ascending[b])));
    }
    CHECK(incomparable > 0);
}

TEST_CASE("ELECTRE III: extremes") {
    using namespace electre_tests;
    const auto one = electre_three(matrix_of({{3, 4}}), {0.5, 0.5}, {up, down});
    CHECK(one.descending == Indices{1});
    CHECK(one.relation.size() == 1);
    CHECK(one.concordance.size() == 0);
    // Equal alternatives share every class; a constant criterion agrees with all.
    const auto equal =
        electre_three(matrix_of({{3, 7}, {3, 7}, {-1, 7}, {0, 7}}), {1.0, 1.0}, {up, up});
    CHECK(equal.descending == Indices{1, 1, 3, 2});
    CHECK(equal.ascending == Indices{1, 1, 3, 2});
    CHECK(equal.credibility(2, 0) == 0.5);
    // .4 - .1 equals a threshold of .3 on paper.
    rank::ElectreThreeOptions options;
    options.thresholds = {{0.3, 0.3}};
    CHECK(electre_three(matrix_of({{0.4}, {0.1}}), {1.0}, {up}, options).credibility(1, 0) == 1.0);
    // Weight 0 has no veto.
    options.thresholds = {{0, 0, 1}, {0, 0, 1}};
    CHECK(electre_three(matrix_of({{5, 0}, {0, 9}}), {1.0, 0.0}, {up, up}, options)
              .credibility(0, 1) == 1.0);
    // Widths beyond double are above every threshold.
    CHECK(electre_three(matrix_of({{-1e308}, {1e308}}), {1.0}, {up}, {.thresholds = {{1, 2, 3}}})
              .descending == Indices{2, 1});
}

TEST_CASE("ELECTRE III: refusals") {
    using namespace electre_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return electre_three(x, w, d);
    });
    CHECK(problems([] {
              rank::ElectreThreeOptions options;
              options.thresholds = {{-1, 2, 3}, {2, 1, 3}, {1, 2, 1.5}, {std::nan(""), 1, 2}};
              electre_three(matrix_of({{1}, {2}}), {1.0}, {up}, options);
          }) == Strings{"size_mismatch options.thresholds",
                        "threshold_out_of_range options.thresholds[0].q",
                        "threshold_out_of_range options.thresholds[1].p",
                        "threshold_out_of_range options.thresholds[2].v",
                        "threshold_out_of_range options.thresholds[3].q",
                        "threshold_out_of_range options.thresholds[3].p"});
}

}  // namespace rank_tests
