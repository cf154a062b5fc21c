#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "numeric/special_values.hpp"

namespace {

using thuocdo::Index;
using thuocdo::numeric::column_statistics;
using thuocdo::numeric::ColumnStatistics;
using thuocdo::numeric::median;
using thuocdo::numeric::quantile;
using thuocdo::numeric::weighted_mean;

using numeric_test::infinity;
using numeric_test::missing;
using numeric_test::same;

Eigen::VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

bool same(const ColumnStatistics& a, const ColumnStatistics& b) {
    return a.observed == b.observed && same(a.minimum, b.minimum) && same(a.maximum, b.maximum) &&
           same(a.mean, b.mean) && same(a.standard_deviation, b.standard_deviation);
}

std::vector<double> random_values(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 generator(seed);
    std::vector<double> values(count);
    for (double& value : values) {
        value = generator() % 10 == 0 ? missing
                                      : static_cast<double>(generator()) * 0x1p-64 * 100.0 - 20.0;
    }
    return values;
}

}  // namespace

TEST_CASE("statistics of four scores, by Python's exact statistics module") {
    const ColumnStatistics result = column_statistics(column({65.49, missing, 70.02, 81.3, 55.55}));
    CHECK(result.observed == 4);
    CHECK(result.minimum == 55.55);
    CHECK(result.maximum == 81.3);
    CHECK(result.mean == 68.09);
    CHECK(result.standard_deviation == doctest::Approx(10.680833300824427).epsilon(1e-15));
}

TEST_CASE("a textbook spread is exact") {
    // Deviations -3 -1 -1 -1 0 0 2 4: the squares sum to 32.
    const ColumnStatistics result = column_statistics(column({2, 4, 4, 4, 5, 5, 7, 9}));
    CHECK(result.mean == 5.0);
    CHECK(result.standard_deviation == std::sqrt(32.0 / 7.0));
}

TEST_CASE("statistics of nothing, of missing values and of one value") {
    for (const auto& values : {std::vector<double>{}, std::vector<double>(5, missing)}) {
        const ColumnStatistics result = column_statistics(column(values));
        CHECK(result.observed == 0);
        CHECK(std::isnan(result.minimum));
        CHECK(std::isnan(result.maximum));
        CHECK(std::isnan(result.mean));
        CHECK(std::isnan(result.standard_deviation));
    }
    const ColumnStatistics one = column_statistics(column({missing, 7.5}));
    CHECK(one.observed == 1);
    CHECK(one.minimum == 7.5);
    CHECK(one.maximum == 7.5);
    CHECK(one.mean == 7.5);
    CHECK(std::isnan(one.standard_deviation));
}

TEST_CASE("equal values have exactly that mean and no spread") {
    constexpr std::uint64_t seed = 63;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 300; ++round) {
        const double value = static_cast<double>(generator()) * 0x1p-64;
        const std::vector<double> values(2 + generator() % 100, value);
        const ColumnStatistics result = column_statistics(column(values));
        REQUIRE(result.mean == value);
        REQUIRE(result.standard_deviation == 0.0);
    }
}

TEST_CASE("statistics have the same bits for every order of the rows") {
    constexpr std::uint64_t seed = 34;
    INFO("seed ", seed);
    std::vector<double> values = random_values(3321, seed);
    values.push_back(-0.0);
    values.push_back(0.0);
    std::vector<double> weights = random_values(values.size(), seed + 1);
    for (double& weight : weights) weight = std::fabs(weight);
    const ColumnStatistics expected = column_statistics(column(values));
    const double expected_mean = weighted_mean(column(values), column(weights));
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 20; ++round) {
        std::shuffle(order.begin(), order.end(), generator);
        std::vector<double> shuffled;
        std::vector<double> shuffled_weights;
        for (const std::size_t row : order) {
            shuffled.push_back(values[row]);
            shuffled_weights.push_back(weights[row]);
        }
        REQUIRE(same(column_statistics(column(shuffled)), expected));
        REQUIRE(same(weighted_mean(column(shuffled), column(shuffled_weights)), expected_mean));
        REQUIRE(same(quantile(column(shuffled), 0.37), quantile(column(values), 0.37)));
    }
}

TEST_CASE("zeros of either sign give the same extremes in either order") {
    CHECK(same(column_statistics(column({-0.0, 0.0})), column_statistics(column({0.0, -0.0}))));
    CHECK(same(median(column({-0.0, 0.0, 0.0})), 0.0));
}

TEST_CASE("a deviation survives a large mean") {
    // A naive sum of squares loses everything here.
    const ColumnStatistics result =
        column_statistics(column({1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}));
    CHECK(result.mean == 1e9 + 10);
    CHECK(result.standard_deviation == std::sqrt(30.0));
}

TEST_CASE("an infinite value shows in the mean and leaves no spread") {
    const ColumnStatistics result = column_statistics(column({1.0, infinity}));
    CHECK(result.maximum == infinity);
    CHECK(result.mean == infinity);
    CHECK(std::isnan(result.standard_deviation));
}

TEST_CASE("statistics over listed rows equal those of the rows alone") {
    const std::vector<double> values = random_values(500, 8);
    std::vector<std::uint32_t> rows;
    std::vector<double> members;
    for (std::uint32_t row = 0; row < 500; row += 7) {
        rows.push_back(row);
        members.push_back(values[row]);
    }
    CHECK(same(column_statistics(column(values), rows), column_statistics(column(members))));
    CHECK(column_statistics(column(values), std::vector<std::uint32_t>{}).observed == 0);
}

TEST_CASE("every row outside the column is reported") {
    const Eigen::VectorXd values = column({1.0, 2.0});
    try {
        static_cast<void>(column_statistics(values, std::vector<std::uint32_t>{2, 1, 9}));
        FAIL("no error");
    } catch (const thuocdo::NumericError& error) {
        REQUIRE(error.problems().size() == 2);
        CHECK(error.problems()[0].code == "row_out_of_range");
        CHECK(error.problems()[1].place == "rows[2]");
    }
}

TEST_CASE("a weighted mean counts a unit as often as its weight says") {
    CHECK(weighted_mean(column({10.0, 20.0, 40.0}), column({1.0, 2.0, 1.0})) == 22.5);
    // The national rate is not the plain mean of the provinces.
    CHECK(weighted_mean(column({90.0, 50.0}), column({1000.0, 9000.0})) == 54.0);
}

TEST_CASE("a missing value takes its weight along, a missing weight its value") {
    CHECK(weighted_mean(column({10.0, missing, 20.0}), column({1.0, 100.0, 1.0})) == 15.0);
    CHECK(weighted_mean(column({10.0, 99.0, 20.0}), column({1.0, missing, 1.0})) == 15.0);
    CHECK(weighted_mean(column({10.0, infinity}), column({1.0, 0.0})) == 10.0);
    CHECK(std::isnan(weighted_mean(column({missing, missing}), column({1.0, 1.0}))));
    CHECK(std::isnan(weighted_mean(column({1.0, 2.0}), column({0.0, 0.0}))));
    CHECK(std::isnan(weighted_mean(column({}), column({}))));
}

TEST_CASE("a weighted mean of equal values is that value and stays in the range") {
    constexpr std::uint64_t seed = 100;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 1000; ++round) {
        const double value = static_cast<double>(generator()) * 0x1p-64;
        std::vector<double> weights(1 + generator() % 30);
        for (double& weight : weights) weight = static_cast<double>(1 + generator() % 1000) / 7.0;
        REQUIRE(weighted_mean(column(std::vector<double>(weights.size(), value)),
                              column(weights)) == value);
    }
}

TEST_CASE("weights that mean nothing are all reported") {
    try {
        static_cast<void>(
            weighted_mean(column({1.0, missing, 2.0}), column({-1.0, -0.5, infinity})));
        FAIL("no error");
    } catch (const thuocdo::NumericError& error) {
        CHECK(error.problems().size() == 3);
        CHECK(error.problems()[1].place == "weights[1]");
        CHECK(error.problems()[1].found == "-0.5");
    }
    CHECK_THROWS_AS(static_cast<void>(weighted_mean(column({1.0}), column({1.0, 1.0}))),
                    thuocdo::NumericError);
}

TEST_CASE("quantiles are those of numpy.quantile, linear method") {
    const Eigen::VectorXd values = column({3.1, -2.5, missing, 7.25, 0.0, 11.75, 4.4, 9.9});
    CHECK(quantile(values, 0.0) == -2.5);
    CHECK(quantile(values, 0.1) == doctest::Approx(-1.0).epsilon(1e-15));
    CHECK(quantile(values, 0.25) == 1.55);
    CHECK(quantile(values, 0.333) == doctest::Approx(3.0938000000000008).epsilon(1e-15));
    CHECK(quantile(values, 0.5) == 4.4);
    CHECK(quantile(values, 0.9) == doctest::Approx(10.64).epsilon(1e-15));
    CHECK(quantile(values, 1.0) == 11.75);
}

TEST_CASE("quantiles rise with the probability and stay between their neighbours") {
    constexpr std::uint64_t seed = 7;
    INFO("seed ", seed);
    const Eigen::VectorXd values = column(random_values(57, seed));
    std::vector<double> sorted;
    for (const double value : values) {
        if (!std::isnan(value)) sorted.push_back(value);
    }
    std::sort(sorted.begin(), sorted.end());
    double previous = -infinity;
    for (int i = 0; i <= 1000; ++i) {
        const double probability = i / 1000.0;
        const double position = probability * static_cast<double>(sorted.size() - 1);
        const double result = quantile(values, probability);
        REQUIRE(result >= sorted[static_cast<std::size_t>(std::floor(position))]);
        REQUIRE(result <= sorted[static_cast<std::size_t>(std::ceil(position))]);
        REQUIRE(result >= previous);
        previous = result;
    }
}

TEST_CASE("the median of few, of many and of nothing") {
    CHECK(std::isnan(median(column({}))));
    CHECK(std::isnan(median(column({missing}))));
    CHECK(median(column({missing, 3.0})) == 3.0);
    CHECK(median(column({2.2, 1.1})) == (1.1 + 2.2) / 2.0);
    CHECK(median(column({5.0, 1.0, 3.0})) == 3.0);
    CHECK(median(column({1e308, 1.6e308})) == 1.3e308);
    CHECK(median(column({-1.6e308, 1.7e308})) == 0.85e308 - 0.8e308);
    CHECK(quantile(column({-1.6e308, 1.7e308}), 0.25) == doctest::Approx(-0.775e308));
    CHECK(quantile(column({-infinity, 1.0}), 0.25) == -infinity);
    CHECK(median(column({infinity, infinity, 1.0, infinity})) == infinity);
    CHECK(median(column({-infinity, infinity, 1.0, 2.0})) == 1.5);
}

TEST_CASE("the median of two values is their mean, rounded once") {
    constexpr std::uint64_t seed = 2;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 10000; ++round) {
        const double a = static_cast<double>(generator()) * 0x1p-64;
        const double b = static_cast<double>(generator()) * -0x1p-60;
        REQUIRE(median(column({a, b})) == (a + b) / 2.0);
    }
}

TEST_CASE("a probability outside [0, 1] is an error") {
    for (const double probability : {-0.1, 1.1, 90.0, missing}) {
        CHECK_THROWS_AS(static_cast<void>(quantile(column({1.0}), probability)),
                        thuocdo::NumericError);
    }
}

namespace {

/// Mean and deviation by the accumulator alone, as the definition says.
ColumnStatistics one_by_one(const std::vector<double>& values) {
    ColumnStatistics out;
    thuocdo::numeric::ExactSum sum;
    for (const double value : values) {
        if (std::isnan(value)) continue;
        out.minimum = out.observed == 0 ? value : std::min(out.minimum, value);
        out.maximum = out.observed == 0 ? value : std::max(out.maximum, value);
        ++out.observed;
        sum.add(value);
    }
    if (out.observed == 0) return out;
    out.minimum += 0.0;
    out.maximum += 0.0;
    out.mean = sum.divided_by(static_cast<std::uint64_t>(out.observed));
    if (out.observed < 2) return out;
    thuocdo::numeric::ExactSum squares;
    for (const double value : values)
        if (!std::isnan(value)) squares.add((value - out.mean) * (value - out.mean));
    out.standard_deviation =
        std::sqrt(squares.divided_by(static_cast<std::uint64_t>(out.observed - 1)));
    return out;
}

}  // namespace

TEST_CASE("the fast sums of a column have the bits of the accumulator, at every spread of sizes") {
    std::mt19937_64 generator(77);
    const auto uniform = [&] { return static_cast<double>(generator()) * 0x1p-63 - 1.0; };
    // From numbers of one size to more than three grids hold.
    for (const int spread : {0, 3, 20, 45, 60, 200, 900}) {
        for (const std::size_t count : {1U, 2U, 3U, 5U, 511U, 513U, 4099U}) {
            CAPTURE(spread);
            CAPTURE(count);
            std::vector<double> values(count);
            for (double& value : values) {
                const int exponent =
                    spread == 0
                        ? 0
                        : static_cast<int>(generator() % static_cast<std::uint64_t>(spread)) -
                              spread / 2;
                value = generator() % 11 == 0 ? missing : std::ldexp(uniform(), exponent);
            }
            const ColumnStatistics expected = one_by_one(values);
            REQUIRE(same(column_statistics(column(values)), expected));
            CHECK(same(thuocdo::numeric::column_mean(column(values)), expected.mean));
            const auto range = thuocdo::numeric::column_range(column(values));
            CHECK(range.observed == expected.observed);
            CHECK(same(range.minimum, expected.minimum));
            CHECK(same(range.maximum, expected.maximum));
        }
    }
    // Where grids would leave the range of doubles.
    for (const double size : {1e308, 1e300, 1e-250, 1e-308, 5e-324, 0.0}) {
        CAPTURE(size);
        const std::vector<double> values{size, -size, size, size / 3, missing, -0.0};
        CHECK(same(column_statistics(column(values)), one_by_one(values)));
    }
}

TEST_CASE("three grids notice what lies below them") {
    using thuocdo::numeric::detail::ThreeGrids;
    const auto exact = [](std::vector<double> values) {
        auto grids = ThreeGrids::of(1.0, static_cast<Index>(values.size()));
        REQUIRE(grids);
        grids->add(values.data(), static_cast<Index>(values.size()));
        return grids->exact();
    };
    CHECK(exact({1.0, 0x1p-52, -0x1.fffffffffffffp-30}));
    CHECK_FALSE(exact({1.0, 0x1p-200}));
    CHECK_FALSE(exact({-0x1p-200, 1.0, 1.0, 1.0, 1.0}));
    CHECK_FALSE(ThreeGrids::of(1e300, 10));
    CHECK_FALSE(ThreeGrids::of(1e-300, 10));
}
