// PROMETHEE I and II against published examples, the definition pair by pair, properties.
#include <thuocdo/rank/promethee_one.hpp>
#include <thuocdo/rank/promethee_two.hpp>

#include <algorithm>
#include <stdexcept>

#include "support.hpp"

namespace rank_tests {

namespace promethee_tests {

using thuocdo::Index;
namespace rank = thuocdo::rank;
using rank::PairComparison;
using rank::PreferenceFunction;
using rank::PreferenceShape;
using Functions = std::vector<PreferenceFunction>;

rank::PrometheeTwoResult two(const Eigen::MatrixXd& x, const Numbers& weights,
                             const Directions& directions, const Functions& preferences = {}) {
    return rank::promethee_two(x, weights, directions,
                               {.preferences = preferences, .keep_matrix = true});
}

long double preference(const PreferenceFunction& f, long double d) {
    if (d <= 0.0L) return 0.0L;
    const long double q = f.q;
    const long double p = f.p;
    switch (f.shape) {
        case PreferenceShape::usual:
            return 1.0L;
        case PreferenceShape::u_shape:
            return d > q ? 1.0L : 0.0L;
        case PreferenceShape::v_shape:
            return std::min(d / p, 1.0L);
        case PreferenceShape::level:
            return d > p ? 1.0L : d > q ? 0.5L : 0.0L;
        case PreferenceShape::linear:
            return d <= q ? 0.0L : std::min((d - q) / (p - q), 1.0L);
        case PreferenceShape::gaussian:
            return 1.0L - std::exp(-d * d / (2.0L * f.s * f.s));
    }
    return 0.0L;
}

struct NaiveFlows {
    Eigen::VectorXd plus;
    Eigen::VectorXd minus;
    Eigen::MatrixXd cells;
};

NaiveFlows naive(const Eigen::MatrixXd& x, const Numbers& weights, const Directions& directions,
                 const Functions& functions) {
    NaiveFlows flows{Eigen::VectorXd(x.rows()), Eigen::VectorXd(x.rows()),
                     Eigen::MatrixXd(x.rows(), x.cols())};
    for (Index a = 0; a < x.rows(); ++a) {
        long double plus = 0.0L;
        long double minus = 0.0L;
        for (Index j = 0; j < x.cols(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            long double over = 0.0L;
            long double under = 0.0L;
            for (Index b = 0; b < x.rows(); ++b) {
                long double d = static_cast<long double>(x(a, j)) - x(b, j);
                if (directions[at] == down) d = -d;
                over += preference(functions[at], d);
                under += preference(functions[at], -d);
            }
            const auto others = static_cast<long double>(x.rows() - 1);
            flows.cells(a, j) = static_cast<double>((over - under) / others);
            plus += weights[at] * over / others;
            minus += weights[at] * under / others;
        }
        flows.plus[a] = static_cast<double>(plus);
        flows.minus[a] = static_cast<double>(minus);
    }
    return flows;
}

/// All shapes, one after the other, with thresholds for values `scale` times 1 to 100.
Functions all_shapes(Index columns, double scale = 1.0) {
    Functions functions;
    for (Index j = 0; j < columns; ++j) {
        const auto number = static_cast<double>(j);
        functions.push_back({static_cast<PreferenceShape>(j % 6), (3.0 + number) * scale,
                             (20.5 + 4.0 * number) * scale, (9.0 + number) * scale});
    }
    return functions;
}

Functions of_published(const Example& each, PreferenceShape shape) {
    Functions functions;
    for (std::size_t j = 0; j < each.weights.size(); ++j)
        functions.push_back({shape, each.params.at("q")[j], each.params.at("p")[j], 0.0});
    return functions;
}

void check_against_naive(const Eigen::MatrixXd& x, const Functions& functions) {
    const Numbers weights = random_weights(x.cols(), 4);
    const Directions directions = mixed_directions(x.cols());
    const auto found = two(x, weights, directions, functions);
    const NaiveFlows expected = naive(x, weights, directions, functions);
    check_same(found.phi_plus, expected.plus);
    check_same(found.phi_minus, expected.minus);
    for (Index j = 0; j < x.cols(); ++j)
        check_same(found.criterion_flows.col(j), expected.cells.col(j));
    CHECK(found.scores == found.phi_plus - found.phi_minus);
}

}  // namespace promethee_tests

TEST_CASE("PROMETHEE II: published examples") {
    using namespace promethee_tests;
    for (const Example& each : published("promethee_usual")) {
        const auto found = two(each.matrix, each.weights, each.directions);
        check_close(found.phi_plus, each.expected.at("phi_plus").get<Numbers>(), each.tolerance);
        check_close(found.phi_minus, each.expected.at("phi_minus").get<Numbers>(), each.tolerance);
        check_close(found.scores, each.expected.at("phi").get<Numbers>(), each.tolerance);
    }
    for (const Example& each : published("promethee_vshape"))
        check_close(two(each.matrix, each.weights, each.directions,
                        of_published(each, PreferenceShape::v_shape))
                        .scores,
                    each.expected.at("phi").get<Numbers>(), each.tolerance);
    for (const Example& each : published("promethee_linear"))
        check_close(two(each.matrix, each.weights, each.directions,
                        of_published(each, PreferenceShape::linear))
                        .scores,
                    each.expected.at("phi").get<Numbers>(), each.tolerance);
}

TEST_CASE("PROMETHEE II: the definition, pair by pair") {
    using namespace promethee_tests;
    for (const Index rows : {2, 3, 34, 47, 48, 49, 530, 700}) {
        CAPTURE(rows);
        check_against_naive(random_matrix(rows, 12, static_cast<std::uint64_t>(rows)),
                            all_shapes(12));
    }
}

TEST_CASE("PROMETHEE II: the definition with many ties") {
    using namespace promethee_tests;
    Eigen::MatrixXd x = random_matrix(300, 12, 5);
    x = (x / 10.0).array().round() * 10.0;
    check_against_naive(x, all_shapes(12));
}

TEST_CASE("PROMETHEE II: slopes short against the values") {
    using namespace promethee_tests;
    // Prefix sums of the values themselves would leave 1e-6 of these.
    Eigen::MatrixXd x = random_matrix(900, 6, 6);
    x.array() += 1e9;
    check_against_naive(x, all_shapes(6));
    Eigen::MatrixXd outlier = random_matrix(900, 6, 7);
    outlier.row(17).setConstant(-1e17);
    outlier.row(333).setConstant(1e200);
    check_against_naive(outlier, all_shapes(6));
    check_against_naive(random_matrix(200, 6, 8) * 1e-300, all_shapes(6, 1e-300));
    check_against_naive(random_matrix(200, 6, 9) * 1e-3, all_shapes(6));
    check_against_naive(random_matrix(200, 6, 10).array() - 50.0, all_shapes(6, 1e-6));
}

TEST_CASE("PROMETHEE II: the order of alternatives changes no bit, nor do threads") {
    using namespace promethee_tests;
    Eigen::MatrixXd x = random_matrix(800, 12, 3);
    x.topRows(300) = x.topRows(300).array().round();
    x.row(5) = x.row(700);
    const Numbers weights = random_weights(12, 4);
    const Functions functions = all_shapes(12);
    for (int part = 0; part < 3; ++part)
        check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& rows) {
            const auto found = two(rows, weights, mixed_directions(12), functions);
            return Eigen::VectorXd(part == 0   ? found.scores
                                   : part == 1 ? found.phi_plus
                                               : found.phi_minus);
        });
    const auto found = two(x, weights, mixed_directions(12), functions);
    CHECK(bits(found.phi_plus)[5] == bits(found.phi_plus)[700]);
    CHECK(bits(found.phi_minus)[5] == bits(found.phi_minus)[700]);
    for (const int threads : {2, 5, 40}) {
        const auto parallel = rank::promethee_two(x, weights, mixed_directions(12),
                                                  {.preferences = functions, .threads = threads});
        CHECK(bits(parallel.phi_plus) == bits(found.phi_plus));
        CHECK(bits(parallel.phi_minus) == bits(found.phi_minus));
    }
}

TEST_CASE("PROMETHEE II: the best is the highest, and flows add up to 0") {
    using namespace promethee_tests;
    for (int shape = 0; shape < 6; ++shape) {
        CAPTURE(shape);
        const Functions functions(2, {static_cast<PreferenceShape>(shape), 0.5, 2.0, 1.0});
        // Best on both, where the second is a cost; worst on both; in between.
        const auto found =
            two(matrix_of({{9, 1}, {1, 9}, {5, 5}}), {0.5, 0.5}, {up, down}, functions);
        CHECK(found.scores[0] > 0.9);
        CHECK(found.scores[1] == -found.scores[0]);
        CHECK(found.scores[2] == 0.0);
        CHECK(found.phi_minus[0] == 0.0);
    }
    const auto found =
        two(random_matrix(400, 6, 3), random_weights(6, 3), mixed_directions(6), all_shapes(6));
    CHECK(std::abs(found.scores.sum()) < 1e-11);
}

TEST_CASE("PROMETHEE II: weights are taken as given") {
    using namespace promethee_tests;
    const Eigen::MatrixXd x = random_matrix(20, 3, 3);
    const auto once = two(x, {0.25, 0.5, 0.0}, {up, up, up});
    const auto twice = two(x, {0.5, 1.0, 0.0}, {up, up, up});
    CHECK(twice.scores == 2.0 * once.scores);
    // A criterion of weight 0 has a flow of its own, and no say.
    CHECK(once.criterion_flows.col(2).maxCoeff() == 1.0);
    const Numbers two_weights{0.25, 0.5};
    CHECK(once.scores ==
          rank::promethee_two(x.leftCols(2), two_weights, Directions{up, up}).scores);
}

TEST_CASE("PROMETHEE II: one alternative, constant columns, equal thresholds") {
    using namespace promethee_tests;
    const auto alone = two(matrix_of({{3, 4}}), {0.5, 0.5}, {up, down}, all_shapes(2));
    check_close(alone.scores, {0.0}, 0.0);
    check_close(alone.phi_plus, {0.0}, 0.0);
    Eigen::MatrixXd constant = Eigen::MatrixXd::Constant(60, 6, -2.5);
    CHECK(two(constant, Numbers(6, 1.0), mixed_directions(6), all_shapes(6)).phi_plus ==
          Eigen::VectorXd::Zero(60));
    const Eigen::MatrixXd x = matrix_of({{0}, {1}, {2}, {4}});
    const auto with = [&](PreferenceFunction f) { return two(x, {1.0}, {up}, {f}).phi_plus; };
    CHECK(with({PreferenceShape::linear, 1, 1, 0}) == with({PreferenceShape::u_shape, 1, 0, 0}));
    CHECK(with({PreferenceShape::v_shape, 0, 0, 0}) == with({}));
    // Equal to a threshold is not above it: 1 - 0 and 2 - 1 are not above 1.
    check_close(with({PreferenceShape::u_shape, 1, 0, 0}), {0, 0, 1.0 / 3.0, 1.0}, 1e-15);
    check_close(with({PreferenceShape::level, 1, 2, 0}), {0, 0, 0.5 / 3.0, 2.5 / 3.0}, 1e-15);
}

TEST_CASE("PROMETHEE II: differences that equal a threshold on paper") {
    using namespace promethee_tests;
    // .4 - .1 is above .3 in binary, and .3 - .1 below .2.
    const Eigen::MatrixXd x = matrix_of({{0.1}, {0.4}, {0.2}});
    const auto with = [&](PreferenceFunction f) { return two(x, {1.0}, {up}, {f}).phi_plus; };
    check_close(with({PreferenceShape::u_shape, 0.3, 0, 0}), {0, 0, 0}, 0.0);
    check_close(with({PreferenceShape::level, 0.1, 0.3, 0}), {0, 0.5, 0}, 1e-15);
    check_close(with({PreferenceShape::linear, 0.3, 0.3, 0}), {0, 0, 0}, 0.0);
    // Without a threshold the least difference counts.
    const double next = std::nextafter(1.0, 2.0);
    check_close(two(matrix_of({{1.0}, {next}}), {1.0}, {up}).phi_plus, {0, 1}, 0.0);
}

TEST_CASE("PROMETHEE II: values at the ends of double") {
    using namespace promethee_tests;
    const Eigen::MatrixXd x = matrix_of({{-1.7e308}, {1.7e308}, {0.0}});
    for (int shape = 0; shape < 6; ++shape) {
        CAPTURE(shape);
        const auto found = two(x, {1.0}, {up}, {{static_cast<PreferenceShape>(shape), 1, 2, 1}});
        check_close(found.scores, {-1.0, 1.0, 0.0}, 0.0);
    }
    Eigen::MatrixXd many(100, 1);
    for (Index i = 0; i < 100; ++i) many(i, 0) = static_cast<double>(99 - i) * 5e-324;
    CHECK(two(many, {1.0}, {up}).scores[0] == 1.0);
    for (Index i = 0; i < 100; ++i) many(i, 0) = (static_cast<double>(i) - 50.0) * 3.4e306;
    CHECK(two(many, {1.0}, {up}).scores[99] == 1.0);
    CHECK(std::abs(two(many, {1.0}, {up}).scores[98] - 97.0 / 99.0) < 1e-15);
}

TEST_CASE("PROMETHEE II: progress, stopping and failing") {
    using namespace promethee_tests;
    const Eigen::MatrixXd x = random_matrix(300, 6, 3);
    const Numbers weights = random_weights(6, 3);
    for (const int threads : {1, 3}) {
        Numbers shares;
        rank::PrometheeTwoOptions options{.preferences = all_shapes(6),
                                          .keep_matrix = true,
                                          .threads = threads,
                                          .progress = [&](double share) {
                                              shares.push_back(share);
                                              return true;
                                          }};
        CHECK(rank::promethee_two(x, weights, mixed_directions(6), options).finished);
        CHECK(std::is_sorted(shares.begin(), shares.end()));
        CHECK(shares.size() > 6);
        CHECK(shares.back() == doctest::Approx(1.0));
        options.progress = [](double) { return false; };
        const auto stopped = rank::promethee_two(x, weights, mixed_directions(6), options);
        CHECK_FALSE(stopped.finished);
        CHECK(stopped.scores == Eigen::VectorXd::Zero(300));
        CHECK(stopped.criterion_flows == Eigen::MatrixXd::Zero(300, 6));
        options.progress = [](double) -> bool { throw std::runtime_error("from the callback"); };
        CHECK_THROWS_WITH((void)rank::promethee_two(x, weights, mixed_directions(6), options),
                          "from the callback");
    }
}

TEST_CASE("PROMETHEE I: preferred, indifferent, incomparable") {
    using namespace promethee_tests;
    const Numbers halves{0.5, 0.5};
    const Directions both{up, up};
    // 0 is far ahead on one criterion and far behind on the other: high flows both ways.
    const auto found =
        rank::promethee_one(matrix_of({{9, 1}, {5, 5}, {5, 5}, {1, 1}}), halves, both);
    check_close(found.phi_plus, {0.5, 1.0 / 2.0, 1.0 / 2.0, 0.0}, 1e-15);
    check_close(found.phi_minus, {1.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0, 5.0 / 6.0}, 1e-15);
    CHECK(found.relation(1, 2) == PairComparison::indifferent);
    CHECK(found.relation(1, 0) == PairComparison::better);
    CHECK(found.relation(3, 0) == PairComparison::worse);
    const auto apart =
        rank::promethee_one(matrix_of({{9, 1}, {5, 4}, {5, 5}}), halves, both,
                            {{.preferences = Functions(2, {PreferenceShape::u_shape, 2, 0, 0})}});
    // 0 beats both on the first and loses to both on the second.
    CHECK(apart.relation(0, 1) == PairComparison::incomparable);
    CHECK(apart.relation(1, 2) == PairComparison::indifferent);
    CHECK(apart.relation.counts().incomparable == 2);
    CHECK(rank::promethee_comparison(0.5, 0.2, 0.5, 0.3) == PairComparison::better);
    CHECK(rank::promethee_comparison(0.5, 0.2, 0.6, 0.2) == PairComparison::worse);
    CHECK(rank::promethee_comparison(0.5, 0.2, 0.5 + 1e-15, 0.1, 1e-12) == PairComparison::worse);
    CHECK(rank::promethee_comparison(0.5, 0.2, 0.4, 0.1) == PairComparison::incomparable);
}

TEST_CASE("PROMETHEE I: flows of II, and the relation only up to a size") {
    using namespace promethee_tests;
    const Eigen::MatrixXd x = random_matrix(50, 6, 3);
    const Numbers weights = random_weights(6, 3);
    const Directions directions = mixed_directions(6);
    const Functions functions = all_shapes(6);
    const auto one = rank::promethee_one(x, weights, directions, {{.preferences = functions}, 50});
    const auto second = two(x, weights, directions, functions);
    CHECK(one.phi_plus == second.phi_plus);
    CHECK(one.phi_minus == second.phi_minus);
    for (Index a = 0; a < 50; ++a)
        for (Index b = 0; b < 50; ++b)
            CHECK(one.relation(a, b) ==
                  rank::promethee_comparison(one.phi_plus[a], one.phi_minus[a], one.phi_plus[b],
                                             one.phi_minus[b]));
    CHECK(one.relation.counts().incomparable > 0);
    CHECK(rank::promethee_one(x, weights, directions, {{.preferences = functions}, 49})
              .relation.size() == 0);
}

TEST_CASE("PROMETHEE I: flows that are equal on paper are not a preference") {
    using namespace promethee_tests;
    // Both win .1 + .2 + .3 and lose as much, in another order of the criteria.
    const auto found =
        rank::promethee_one(matrix_of({{1, 1, 1, 0, 0, 0}, {0, 0, 0, 1, 1, 1}}),
                            Numbers{0.1, 0.2, 0.3, 0.3, 0.2, 0.1}, Directions(6, up));
    CHECK(found.phi_plus[0] != found.phi_plus[1]);
    CHECK(found.relation(0, 1) == PairComparison::indifferent);
}

TEST_CASE("PROMETHEE: refusals") {
    using namespace promethee_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return two(x, w, d);
    });
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::promethee_one(x, w, d);
    });
    const double nan = std::nan("");
    CHECK(problems([&] {
              const Functions functions{{PreferenceShape::u_shape, -1, 0, 0},
                                        {PreferenceShape::linear, 2, 1, 0},
                                        {PreferenceShape::v_shape, nan, HUGE_VAL, 0},
                                        {PreferenceShape::gaussian, nan, nan, 0}};
              (void)rank::promethee_two(matrix_of({{1}, {2}}), Numbers{1.0}, Directions{up},
                                        {.preferences = functions, .threads = 0});
          }) == Strings{"size_mismatch options.preferences",
                        "threshold_out_of_range options.preferences[0].q",
                        "threshold_out_of_range options.preferences[1].p",
                        "threshold_out_of_range options.preferences[2].p",
                        "threshold_out_of_range options.preferences[3].s",
                        "option_out_of_range options.threads"});
}

}  // namespace rank_tests
