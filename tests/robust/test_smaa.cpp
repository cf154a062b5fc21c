#include <thuocdo/robust/smaa.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "simplex_areas.hpp"
#include "support/build.hpp"

namespace smaa_test {

using namespace thuocdo;
using robust::SmaaOptions;
using robust::SmaaResult;
using robust::UncertainTable;
using robust::UncertainValue;
using testing_support::problems_of;

using simplex_areas::Exact;
using simplex_areas::exact_areas;
using simplex_areas::HalfPlane;

const std::vector<Direction> three_up(3, Direction::higher_is_better);

Eigen::MatrixXd four_alternatives() {
    Eigen::MatrixXd x(4, 3);
    x << 1.0, 0.0, 0.3, 0.1, 1.0, 0.0, 0.2, 0.3, 1.0, 0.55, 0.5, 0.45;
    return x;
}

void check_against_areas(const robust::SmaaWeights& weights, const std::vector<HalfPlane>& known) {
    const Eigen::MatrixXd x = four_alternatives();
    const std::vector<rank::Interval> scale(3, {0.0, 1.0});
    const SmaaOptions options{
        .draws = 20'000, .seed = 3, .weights = weights, .scale = scale, .threads = 2};
    const SmaaResult found = robust::smaa(UncertainTable(x), three_up, options);
    const Exact exact = exact_areas(x, known);
    for (Index i = 0; i < 4; ++i) {
        CAPTURE(i);
        for (Index r = 0; r < 4; ++r) {
            const double p = exact.acceptability(i, r);
            // Four standard errors.
            const double error = 4.0 * std::sqrt(p * (1.0 - p) / 20'000.0) + 1e-12;
            CHECK(std::abs(found.rank_acceptability(i, r) - p) < error);
        }
        if (found.first_counts[static_cast<std::size_t>(i)] < 100) continue;
        for (Index j = 0; j < 3; ++j)
            CHECK(std::abs(found.central_weights(i, j) - exact.central(i, j)) <
                  4.0 * 0.25 / std::sqrt(found.first_counts[static_cast<std::size_t>(i)]));
    }
}

TEST_CASE("with three exact criteria the acceptabilities are areas of the simplex") {
    SUBCASE("nothing known of the weights") { check_against_areas({}, {}); }
    SUBCASE("a complete ranking") {
        check_against_areas({.ranking = {{2}, {0}, {1}}}, {{-1, 0, 1, 0}, {1, -1, 0, 0}});
    }
    SUBCASE("classes of criteria") {
        check_against_areas({.ranking = {{1}, {0, 2}}}, {{-1, 1, 0, 0}, {0, 1, -1, 0}});
    }
    SUBCASE("a ranking that leaves out a criterion") {
        check_against_areas({.ranking = {{2}, {1}}}, {{0, -1, 1, 0}});
    }
    SUBCASE("bounds") {
        check_against_areas({.bounds = {{0.2, 0.5}, {0.1, 1.0}, {0.0, 0.6}}},
                            {{1, 0, 0, 0.2}, {-1, 0, 0, -0.5}, {0, 1, 0, 0.1}, {0, 0, -1, -0.6}});
    }
    SUBCASE("bounds and a ranking") {
        check_against_areas(
            {.ranking = {{0}, {1}}, .bounds = {{0.1, 0.7}, {0.15, 1.0}, {0.05, 0.5}}},
            {{1, -1, 0, 0}, {-1, 0, 0, -0.7}, {0, 1, 0, 0.15}, {0, 0, 1, 0.05}, {0, 0, -1, -0.5}});
    }
}

TEST_CASE("with two exact criteria they are lengths, also where lower is better") {
    Eigen::MatrixXd x(3, 2);
    x << 10, 5, 0, 0, 6, 2;
    const std::vector<Direction> directions{Direction::higher_is_better,
                                            Direction::lower_is_better};
    // Partial values (1, 0), (0, 1), (0.6, 0.6): the third is second or better everywhere.
    const SmaaResult found =
        robust::smaa(UncertainTable(x), directions, {.draws = 40'000, .seed = 1});
    Eigen::Matrix3d expected;
    expected << 0.4, 0.1, 0.5, 0.4, 0.1, 0.5, 0.2, 0.8, 0.0;
    CHECK((found.rank_acceptability - expected).cwiseAbs().maxCoeff() < 0.01);
    CHECK(found.central_weights(0, 0) == doctest::Approx(0.8).epsilon(0.005));
    CHECK(found.central_weights(2, 0) == doctest::Approx(0.5).epsilon(0.005));
    CHECK(found.confidence_factors == Eigen::Vector3d(1, 1, 1));
    CHECK(found.pairwise_winning(2, 0) == doctest::Approx(0.6).epsilon(0.02));
    CHECK(found.pairwise_winning(2, 0) + found.pairwise_winning(0, 2) == doctest::Approx(1.0));
    // Rank order centroid of three ranks: 11/18, 5/18, 2/18.
    CHECK(found.holistic_acceptability[2] ==
          doctest::Approx(
              (11 * found.rank_acceptability(2, 0) + 5 * found.rank_acceptability(2, 1)) / 18.0));
    CHECK(found.acceptance_rate() == 1.0);
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("40000 draws") != std::string::npos);
}

TEST_CASE("uncertain values: probabilities that are known in closed form") {
    UncertainTable table(2, 1);
    table(1, 0) = UncertainValue::exact(0.0);
    const std::vector<Direction> up{Direction::higher_is_better};
    const SmaaOptions options{.draws = 40'000, .seed = 9};
    table(0, 0) = UncertainValue::normal(0.3, 1.0);
    // Phi(0.3)
    CHECK(std::abs(robust::smaa(table, up, options).acceptability()[0] - 0.617911) < 0.01);
    table(0, 0) = UncertainValue::uniform(-0.3, 0.7);
    CHECK(std::abs(robust::smaa(table, up, options).acceptability()[0] - 0.7) < 0.01);
    table(1, 0) = UncertainValue::uniform(0.2, 1.2);
    // Two uniform values of width 1 that are 0.5 apart: (1 - 0.5)^2 / 2.
    const SmaaResult found = robust::smaa(table, up, options);
    CHECK(std::abs(found.acceptability()[0] - 0.125) < 0.01);
    CHECK(found.confidence_factors[0] == found.acceptability()[0]);
    CHECK(found.central_weights(0, 0) == 1.0);
    CHECK(found.scale[0] == rank::Interval{-0.3, 1.2});

    // Weights 1/2 each: the difference is N(0.1, (0.2^2 + 0.1^2)/4) on a scale of 0 to 1.
    UncertainTable two(2, 2);
    two(0, 0) = UncertainValue::normal(0.7, 0.2);
    two(1, 0) = UncertainValue::exact(0.4);
    two(0, 1) = UncertainValue::exact(0.4);
    two(1, 1) = UncertainValue::normal(0.5, 0.1);
    SmaaOptions exact = options;
    exact.weights.exact = {3.0, 3.0};
    exact.scale = {{0.0, 1.0}, {0.0, 1.0}};
    const std::vector<Direction> both(2, Direction::higher_is_better);
    const SmaaResult half = robust::smaa(two, both, exact);
    // Phi(0.1 / 0.1118034) = Phi(0.894427)
    CHECK(std::abs(half.acceptability()[0] - 0.814453) < 0.01);
    CHECK(half.central_weights(0, 1) == 0.5);
    CHECK(half.confidence_factors[0] == half.acceptability()[0]);
}

TEST_CASE("neither threads nor the way of ranking change a bit") {
    testing_support::Random random(5);
    UncertainTable table(9, 4);
    for (Index i = 0; i < 9; ++i)
        for (Index j = 0; j < 4; ++j)
            table(i, j) = random.chance(0.5) ? UncertainValue::normal(random.uniform(), 0.2)
                                             : UncertainValue::uniform(random.uniform(), 1.5);
    const std::vector<Direction> directions(4, Direction::lower_is_better);
    SmaaOptions options{.draws = 1'000, .seed = 77};
    options.weights.bounds = {{0.0, 0.5}, {0.1, 0.9}, {0.0, 1.0}, {0.0, 0.3}};
    const SmaaResult one = robust::smaa(table, directions, options);
    options.threads = 3;
    options.pairwise = false;
    const SmaaResult three = robust::smaa(table, directions, options);
    CHECK(one.rank_acceptability == three.rank_acceptability);
    CHECK(one.weight_attempts == three.weight_attempts);
    CHECK(one.weight_attempts > 1'000);
    CHECK(three.pairwise_winning.size() == 0);
    for (Index i = 0; i < 9; ++i) {
        CHECK(one.rank_acceptability.row(i).sum() == doctest::Approx(1.0));
        if (one.first_counts[static_cast<std::size_t>(i)] == 0) {
            CHECK(std::isnan(one.central_weights(i, 0)));
            CHECK(std::isnan(one.confidence_factors[i]));
            continue;
        }
        CHECK(one.central_weights.row(i) == three.central_weights.row(i));
        CHECK(one.confidence_factors[i] == three.confidence_factors[i]);
        CHECK(one.central_weights.row(i).sum() == doctest::Approx(1.0).epsilon(1e-14));
    }
    options.seed = 78;
    CHECK(robust::smaa(table, directions, options).rank_acceptability != one.rank_acceptability);
}

TEST_CASE("drawn weights keep what is stated of them") {
    const auto draws = [](const robust::SmaaWeights& stated, Index criteria) {
        const robust::detail::WeightSampler sampler(stated, criteria, 1);
        auto scratch = sampler.scratch();
        std::vector<std::vector<double>> out(200);
        for (std::uint64_t d = 0; d < out.size(); ++d)
            sampler.draw(numeric::Philox(4), d, scratch, out[d]);
        return out;
    };
    const auto bounds = std::vector<rank::Interval>{{0, 0.5}, {0.3, 0.3}, {0.1, 1}, {0.05, 1}};
    for (const auto& w : draws({.ranking = {{2}, {0, 3}}, .bounds = bounds}, 4)) {
        CHECK(w[0] + w[1] + w[2] + w[3] == doctest::Approx(1.0).epsilon(1e-15));
        CHECK(w[1] == 0.3);
        CHECK(std::min(w[2], 1.0) >= std::max(w[0], w[3]));
        CHECK(w[3] >= 0.05);
        CHECK(w[0] <= 0.5);
    }
    // Lower bounds alone cost no draw.
    robust::SmaaWeights lower{.bounds = {{0.4, 1}, {0.4, 1}, {0.1, 1}}};
    for (const auto& w : draws(lower, 3)) CHECK((w[0] >= 0.4 && w[1] >= 0.4 && w[2] >= 0.1));
    CHECK(draws({.bounds = {{0, 0.25}, {0.5, 0.75}}}, 2)[7] == std::vector<double>{0.25, 0.75});
    CHECK(draws({}, 1)[0] == std::vector<double>{1.0});
}

TEST_CASE("equal alternatives share the better rank; constant criteria say nothing") {
    Eigen::MatrixXd x(3, 2);
    x << 2, 5, 2, 5, 1, 5;
    const std::vector<Direction> up(2, Direction::higher_is_better);
    const SmaaResult found = robust::smaa(UncertainTable(x), up, {.draws = 100});
    Eigen::Matrix3d expected;
    expected << 1, 0, 0, 1, 0, 0, 0, 0, 1;
    CHECK(found.rank_acceptability == expected);
    CHECK(found.pairwise_winning(0, 1) == 0.0);
    CHECK(found.confidence_factors[0] == 1.0);
    CHECK(robust::smaa(UncertainTable(Eigen::MatrixXd::Ones(1, 1)),
                       std::vector<Direction>{Direction::lower_is_better})
              .acceptability()[0] == 1.0);
}

TEST_CASE("normal draws are the quantiles of the numeric room") {
    std::vector<double> values{0x1p-53, 1e-9, 0.01, 0.07, 0.4, 0.5, 0.93, 1 - 0x1p-53};
    std::vector<double> expected;
    for (const double p : values) expected.push_back(numeric::normal_quantile(p));
    std::vector<double> scratch(values.size());
    robust::detail::normal_quantiles(values.data(), static_cast<Index>(values.size()),
                                     scratch.data());
    for (std::size_t k = 0; k < values.size(); ++k)
        CHECK(values[k] == doctest::Approx(expected[k]).epsilon(1e-15));
}

TEST_CASE("every problem of the input is named") {
    UncertainTable table(2, 2);
    table(0, 0) = UncertainValue::uniform(2, 1);
    table(1, 0) = UncertainValue::normal(0, -1);
    table(1, 1) = UncertainValue::exact(missing_value);
    const std::vector<Direction> up(2, Direction::higher_is_better);
    const auto codes = [&](const UncertainTable& of, const SmaaOptions& options) {
        std::string out;
        for (const Problem& each :
             problems_of<NumericError>([&] { (void)robust::smaa(of, up, options); }))
            out += each.code + ' ';
        return out;
    };
    CHECK(codes(table, {.draws = 0, .meta_weights = {0.2, 0.8}, .threads = 0}) ==
          "interval_invalid deviation_out_of_range value_not_finite option_out_of_range "
          "option_out_of_range meta_weight_out_of_range ");
    const UncertainTable sound(2, 2);
    CHECK(codes(sound, {.weights = {.bounds = {{0.6, 1}, {0.5, 1}}}}) ==
          "weights_cannot_meet_bounds ");
    CHECK(codes(sound, {.weights = {.bounds = {{0, 0.4}, {0, 0.5}}}}) ==
          "weights_cannot_meet_bounds ");
    CHECK(codes(sound, {.weights = {.ranking = {{0}, {1}}, .bounds = {{0, 0.4}, {0.5, 1}}}}) ==
          "bounds_against_ranking bounds_against_ranking ");
    CHECK(codes(sound, {.weights = {.exact = {1, -1}, .ranking = {{0}}}}) ==
          "weights_stated_twice weight_out_of_range ");
    CHECK(codes(sound, {.weights = {.ranking = {{0, 0}, {}, {5}}}}) ==
          "criterion_ranked_twice empty_class unknown_criterion ");
    CHECK(codes(sound, {.weights = {.bounds = {{0, 2}, {0.5, 0.1}}}}) ==
          "bounds_out_of_range bounds_out_of_range ");
    // Six weights of at most a hair above a sixth.
    SmaaOptions tight{.draws = 1};
    tight.weights.ranking = {{0}, {1}, {2}, {3}, {4}, {5}};
    tight.weights.bounds.assign(6, {0.0, 1.0 / 6.0 + 1e-5});
    const UncertainTable six(2, 6);
    CHECK(problems_of<NumericError>(
              [&] { (void)robust::smaa(six, std::vector<Direction>(6), tight); })
              .at(0)
              .code == "bounds_too_tight");
    CHECK_THROWS_AS((void)robust::smaa(sound, up, {.progress = [](double) { return false; }}),
                    Cancelled);
}

}  // namespace smaa_test
