// Exponentials of blocks against the C library in long double.
#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "support/build.hpp"

namespace natural_exponential_tests {

double exponential(double x) {
    double result = 0.0;
    thuocdo::numeric::natural_exponentials(&x, 1, &result);
    return result;
}

/// Distance from the true value in units of the last place of the double near it.
double units_off(double found, double x) {
    const long double truth = std::exp(static_cast<long double>(x));
    int exponent = 0;
    std::frexp(static_cast<double>(truth), &exponent);
    const int last_place = std::max(exponent - 53, -1074);
    return static_cast<double>(std::abs(static_cast<long double>(found) - truth) /
                               std::ldexp(1.0L, last_place));
}

/// The largest of them over random numbers between two ends.
double worst_units_off(double low, double high, std::uint64_t seed) {
    testing_support::Random random(seed);
    constexpr int count = 50'000;
    std::vector<double> values;
    for (int i = 0; i < count; ++i) values.push_back(random.between(low, high));
    std::vector<double> found(values.size());
    thuocdo::numeric::natural_exponentials(values.data(), count, found.data());
    double worst = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        worst = std::max(worst, units_off(found[i], values[i]));
    return worst;
}

}  // namespace natural_exponential_tests

TEST_CASE("Exponentials of blocks: within 1 unit in the last place") {
    using natural_exponential_tests::worst_units_off;
    CHECK(worst_units_off(-1e-8, 1e-8, 1) <= 1.0);
    CHECK(worst_units_off(-0.4, 0.4, 2) <= 1.0);
    CHECK(worst_units_off(-20.0, 20.0, 3) <= 1.0);
    CHECK(worst_units_off(-708.0, 709.7, 4) <= 1.0);
    // Subnormal results are rounded a second time.
    CHECK(worst_units_off(-745.0, -708.0, 5) <= 1.5);
}

TEST_CASE("Exponentials of blocks: ends and exact values") {
    using natural_exponential_tests::exponential;
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(exponential(0.0) == 1.0);
    CHECK(exponential(-0.0) == 1.0);
    CHECK(exponential(-infinity) == 0.0);
    CHECK(exponential(-1e300) == 0.0);
    CHECK(exponential(-746.0) == 0.0);
    CHECK(exponential(-745.0) == std::numeric_limits<double>::denorm_min());
    CHECK(std::isfinite(exponential(709.78)));
    CHECK(exponential(709.79) == infinity);
    CHECK(exponential(1e300) == infinity);
    CHECK(exponential(infinity) == infinity);
}

TEST_CASE("Exponentials of blocks: the place in the block changes no bit") {
    testing_support::Random random(6);
    std::vector<double> values;
    for (int i = 0; i < 37; ++i) values.push_back(random.between(-50.0, 50.0));
    std::vector<double> in_place = values;
    thuocdo::numeric::natural_exponentials(in_place.data(), 37, in_place.data());
    for (std::size_t i = 0; i < values.size(); ++i) {
        CAPTURE(values[i]);
        CHECK(std::bit_cast<std::uint64_t>(in_place[i]) ==
              std::bit_cast<std::uint64_t>(natural_exponential_tests::exponential(values[i])));
    }
}

TEST_CASE("Exponentials of blocks undo logarithms") {
    testing_support::Random random(7);
    for (int i = 0; i < 1000; ++i) {
        const double x = random.between(0.5, 2.0);
        double y = x;
        thuocdo::numeric::natural_logarithms(&y, 1, &y);
        thuocdo::numeric::natural_exponentials(&y, 1, &y);
        CHECK(std::abs(y - x) <= 4e-16 * x);
    }
}
