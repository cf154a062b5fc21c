// SPOTIS and RIM, the methods with declared intervals, against their published examples,
// naive forms and their properties.
#include <thuocdo/rank/rim.hpp>
#include <thuocdo/rank/spotis.hpp>

#include "support.hpp"

namespace rank_tests {

namespace interval_tests {

namespace rank = thuocdo::rank;

using Intervals = std::vector<rank::Interval>;

Intervals intervals_of(const nlohmann::json& pairs) {
    Intervals result;
    for (const auto& pair : pairs) result.push_back({pair[0].get<double>(), pair[1].get<double>()});
    return result;
}

/// Around the values of random_matrix().
Intervals wide(Eigen::Index columns) {
    Intervals result;
    for (Eigen::Index j = 0; j < columns; ++j)
        result.push_back({0.5 - static_cast<double>(j), 101.0 + static_cast<double>(j)});
    return result;
}

Intervals middles(Eigen::Index columns) {
    Intervals result;
    for (Eigen::Index j = 0; j < columns; ++j)
        result.push_back({30.0 + static_cast<double>(j), 40.0 + 2.0 * static_cast<double>(j)});
    return result;
}

Eigen::VectorXd naive_spotis(const Eigen::MatrixXd& x, const Numbers& weights,
                             const Directions& directions, const Intervals& bounds) {
    Eigen::VectorXd scores = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        for (Eigen::Index j = 0; j < x.cols(); ++j) {
            const auto k = static_cast<std::size_t>(j);
            const double from_worst =
                directions[k] == up ? x(i, j) - bounds[k].lower : bounds[k].upper - x(i, j);
            scores[i] += weights[k] * (1.0 - from_worst / (bounds[k].upper - bounds[k].lower));
        }
    return scores;
}

double naive_reference(double x, rank::Interval range, rank::Interval ideal) {
    if (ideal.lower <= x && x <= ideal.upper) return 1.0;
    if (x < ideal.lower) return (x - range.lower) / (ideal.lower - range.lower);
    return (range.upper - x) / (range.upper - ideal.upper);
}

Eigen::VectorXd naive_rim(const Eigen::MatrixXd& x, const Numbers& weights, const Intervals& ranges,
                          const Intervals& ideals) {
    Eigen::VectorXd scores(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        double plus = 0.0;
        double minus = 0.0;
        for (Eigen::Index j = 0; j < x.cols(); ++j) {
            const auto k = static_cast<std::size_t>(j);
            const double y = naive_reference(x(i, j), ranges[k], ideals[k]);
            plus += weights[k] * weights[k] * (1.0 - y) * (1.0 - y);
            minus += weights[k] * weights[k] * y * y;
        }
        scores[i] = std::sqrt(minus) / (std::sqrt(plus) + std::sqrt(minus));
    }
    return scores;
}

}  // namespace interval_tests

TEST_CASE("SPOTIS: published example, to the last printed digit") {
    using namespace interval_tests;
    for (const Example& each : published("spotis")) {
        const auto found = rank::spotis(each.matrix, each.weights, each.directions,
                                        {.bounds = intervals_of(each.params.at("bounds"))});
        check_close(found.scores, each.expected.get<Numbers>(), each.tolerance);
        CHECK(found.ideal == Eigen::Vector3d(12, -6, 5));
    }
}

TEST_CASE("SPOTIS: the naive form, and no effect of the order of alternatives") {
    using namespace interval_tests;
    for (const Eigen::Index rows : {1, 34, 1300}) {
        const Eigen::MatrixXd x = random_matrix(rows, 7, 21);
        const Numbers weights = random_weights(7, 22);
        const auto found =
            rank::spotis(x, weights, mixed_directions(7), {.bounds = wide(7), .keep_matrix = true});
        check_same(found.scores, naive_spotis(x, weights, mixed_directions(7), wide(7)));
        const Eigen::Map<const Eigen::VectorXd> w(weights.data(), 7);
        check_same(found.scores, found.distances * w);
        check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& each) {
            return rank::spotis(each, weights, mixed_directions(7), {.bounds = wide(7)}).scores;
        });
    }
}

TEST_CASE("SPOTIS: a score does not depend on the other alternatives") {
    using namespace interval_tests;
    const Eigen::MatrixXd x = random_matrix(600, 5, 23);
    const Numbers weights = random_weights(5, 24);
    const auto all = rank::spotis(x, weights, mixed_directions(5), {.bounds = wide(5)});
    const auto some = rank::spotis(x.topRows(3), weights, mixed_directions(5), {.bounds = wide(5)});
    CHECK(bits(some.scores) == bits(all.scores.head(3)));
}

TEST_CASE("SPOTIS: ideal point of the user, equal bounds, ends of bounds") {
    using namespace interval_tests;
    const Eigen::MatrixXd x = matrix_of({{0, 7}, {10, 7}, {4, 7}, {4, 7}});
    const Intervals bounds = {{0, 10}, {7, 7}};
    CHECK(rank::spotis(x, Numbers{0.5, 0.5}, Directions{up, down}, {.bounds = bounds}).scores ==
          Eigen::Vector4d(0.5, 0.0, 0.3, 0.3));
    const auto chosen = rank::spotis(x, Numbers{0.5, 0.5}, Directions{up, down},
                                     {.bounds = bounds, .ideal = {4, 7}});
    CHECK(chosen.scores == Eigen::Vector4d(0.2, 0.3, 0.0, 0.0));
    CHECK(chosen.ideal == Eigen::Vector2d(4, 7));
    CHECK(chosen.distances.size() == 0);
}

TEST_CASE("SPOTIS: refusals") {
    using namespace interval_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::spotis(x, w, d, {.bounds = wide(x.cols())});
    });
    const Eigen::MatrixXd x = matrix_of({{0, 7}, {11, 7}, {4, -1}});
    const auto call = [&](const rank::SpotisOptions& options) {
        return problems([&] {
            return rank::spotis(x, Numbers{0.5, 0.5}, Directions{up, down}, options);
        });
    };
    CHECK(call({}) == Strings{"size_mismatch argument \"bounds\""});
    CHECK(call({.bounds = {{0, 10}, {0, 7}}, .ideal = {11, 7}}) ==
          Strings{"ideal_out_of_bounds ideal[0]",
                  "value_out_of_bounds row 1, column 0 (counted from 0)",
                  "value_out_of_bounds row 2, column 1 (counted from 0)"});
    CHECK(call({.bounds = {{0, 11}, {-1, 7}}, .ideal = {0}}) ==
          Strings{"size_mismatch argument \"ideal\""});
    CHECK(call({.bounds = {{0, 11}, {-1, 7}}, .ideal = {std::nan(""), 0}}) ==
          Strings{"ideal_out_of_bounds ideal[0]"});
    CHECK(call({.bounds = {{11, 0}, {-1, HUGE_VAL}}}) ==
          Strings{"interval_invalid bounds[0]", "interval_invalid bounds[1]"});
    CHECK(call({.bounds = {{-1e308, 1e308}, {-1, 7}}}) == Strings{"interval_invalid bounds[0]"});
}

TEST_CASE("RIM: published example, to the last printed digit") {
    using namespace interval_tests;
    for (const Example& each : published("rim"))
        check_close(rank::rim(each.matrix, each.weights, each.directions,
                              {.ranges = intervals_of(each.params.at("range")),
                               .reference_ideals = intervals_of(each.params.at("ref"))})
                        .scores,
                    each.expected.get<Numbers>(), each.tolerance);
}

TEST_CASE("RIM: the naive form, and no effect of the order of alternatives") {
    using namespace interval_tests;
    for (const Eigen::Index rows : {1, 34, 1300}) {
        const Eigen::MatrixXd x = random_matrix(rows, 7, 31);
        const Numbers weights = random_weights(7, 32);
        const rank::RimOptions options{
            .ranges = wide(7), .reference_ideals = middles(7), .keep_matrix = true};
        const auto found = rank::rim(x, weights, mixed_directions(7), options);
        check_same(found.scores, naive_rim(x, weights, wide(7), middles(7)));
        for (Eigen::Index j = 0; j < 7; ++j)
            for (Eigen::Index i = 0; i < rows; ++i)
                CHECK(std::abs(found.normalised(i, j) -
                               naive_reference(x(i, j), wide(7)[static_cast<std::size_t>(j)],
                                               middles(7)[static_cast<std::size_t>(j)])) <= 1e-12);
        check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& each) {
            return rank::rim(each, weights, mixed_directions(7), options).scores;
        });
    }
}

TEST_CASE("RIM: without reference ideals the end of the range by direction is ideal") {
    using namespace interval_tests;
    const Eigen::MatrixXd x = random_matrix(40, 4, 33);
    const Numbers weights = random_weights(4, 34);
    Intervals ends;
    for (std::size_t j = 0; j < 4; ++j) {
        const rank::Interval range = wide(4)[j];
        const double end = mixed_directions(4)[j] == up ? range.upper : range.lower;
        ends.push_back({end, end});
    }
    CHECK(bits(rank::rim(x, weights, mixed_directions(4), {.ranges = wide(4)}).scores) ==
          bits(rank::rim(x, weights, Directions{down, down, up, down},
                         {.ranges = wide(4), .reference_ideals = ends})
                   .scores));
}

TEST_CASE("RIM: scores are free of the scale of weights, distances carry it") {
    using namespace interval_tests;
    const Eigen::MatrixXd x = random_matrix(40, 4, 35);
    const Numbers weights = random_weights(4, 36);
    const rank::RimOptions options{.ranges = wide(4), .reference_ideals = middles(4)};
    const auto plain = rank::rim(x, weights, mixed_directions(4), options);
    for (const double factor : {0x1.0p600, 0x1.0p-700}) {
        Numbers scaled = weights;
        for (double& w : scaled) w *= factor;
        const auto found = rank::rim(x, scaled, mixed_directions(4), options);
        CHECK(bits(found.scores) == bits(plain.scores));
        CHECK(bits(found.distance_to_ideal) == bits(plain.distance_to_ideal * factor));
        CHECK(bits(found.distance_to_anti_ideal) == bits(plain.distance_to_anti_ideal * factor));
    }
}

TEST_CASE("RIM: ends, equal ends, an ideal as wide as the range") {
    using namespace interval_tests;
    const Eigen::MatrixXd x = matrix_of({{0}, {10}, {3}, {5}, {7.5}, {7.5}});
    const auto scores = [&](rank::Interval range, rank::Interval ideal) {
        return rank::rim(x, Numbers{2.0}, Directions{up},
                         {.ranges = {range}, .reference_ideals = {ideal}})
            .scores;
    };
    check_close(scores({0, 10}, {3, 5}), {0, 0, 1, 1, 0.5, 0.5}, 0.0);
    check_close(scores({0, 10}, {0, 10}), {1, 1, 1, 1, 1, 1}, 0.0);
    check_close(scores({0, 10}, {0, 5}), {1, 0, 1, 1, 0.5, 0.5}, 0.0);
    // Above the ideal the distance is in units of the gap above it, 10 - 5, not 3 - 0.
    check_close(scores({0, 10}, {2, 5}), {0, 0, 1, 1, 0.5, 0.5}, 0.0);
    CHECK(rank::rim(matrix_of({{4, 4}}), Numbers{1, 0}, Directions{up, up},
                    {.ranges = {{4, 4}, {0, 9}}})
              .scores[0] == 1.0);
}

TEST_CASE("RIM: refusals") {
    using namespace interval_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::rim(x, w, d, {.ranges = wide(x.cols())});
    });
    const Eigen::MatrixXd x = matrix_of({{0, 7}, {11, 7}, {4, -1}});
    const auto call = [&](const rank::RimOptions& options) {
        return problems([&] {
            return rank::rim(x, Numbers{0.5, 0.5}, Directions{up, down}, options);
        });
    };
    CHECK(call({.reference_ideals = {{0, 1}}}) ==
          Strings{"size_mismatch argument \"ranges\"",
                  "size_mismatch argument \"reference_ideals\""});
    CHECK(call({.ranges = {{0, 11}, {0, 7}}, .reference_ideals = {{5, 12}, {0, 7}}}) ==
          Strings{"ideal_out_of_bounds reference_ideals[0]",
                  "value_out_of_bounds row 2, column 1 (counted from 0)"});
    CHECK(call({.ranges = {{0, 11}, {-1, std::nan("")}}, .reference_ideals = {{2, 1}, {0, 7}}}) ==
          Strings{"interval_invalid ranges[1]", "interval_invalid reference_ideals[0]"});
}

}  // namespace rank_tests
