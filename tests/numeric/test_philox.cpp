#include <thuocdo/numeric/philox.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "support/first_difference.hpp"

namespace {

using testing_support::first_difference;
using thuocdo::numeric::normal_quantile;
using thuocdo::numeric::Philox;

__extension__ typedef unsigned __int128 UnsignedWideInteger;

constexpr std::uint64_t seed = 57;

// Pearson's statistic against equal expected counts.
double chi_square(const std::vector<int>& counts, int draws) {
    const double expected = static_cast<double>(draws) / static_cast<double>(counts.size());
    double sum = 0.0;
    for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
    return sum;
}

}  // namespace

TEST_CASE("Philox gives the published known answers") {
    // Random123 kat_vectors, philox4x32 with 10 rounds.
    CHECK(Philox(0).block(0, 0, 0) ==
          Philox::Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(Philox(0xffffffffffffffff).block(0xffffffffffffffff, 0xffffffff, 0xffffffff) ==
          Philox::Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(Philox(0x299f31d0a4093822).block(0x85a308d3243f6a88, 0x13198a2e, 0x03707344) ==
          Philox::Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("the first 52 bits of the block make the uniform number") {
    CHECK(Philox(0).uniform(0, 0, 0) == static_cast<double>(0x6627e8d5e169cULL * 2 + 1) * 0x1p-53);
}

TEST_CASE("seed, draw, stage and index all change the number") {
    const Philox random(seed);
    const double reference = random.uniform(3, 2, 1);
    CHECK(random.uniform(3, 2, 1) == reference);
    CHECK(Philox(seed + 1).uniform(3, 2, 1) != reference);
    CHECK(Philox(seed + (std::uint64_t{1} << 32U)).uniform(3, 2, 1) != reference);
    CHECK(random.uniform(4, 2, 1) != reference);
    CHECK(random.uniform(3 + (std::uint64_t{1} << 32U), 2, 1) != reference);
    CHECK(random.uniform(3, 1, 1) != reference);
    CHECK(random.uniform(3, 2, 0) != reference);
}

TEST_CASE("uniform numbers lie inside (0, 1) and fill it evenly") {
    const Philox random(seed);
    constexpr int draws = 200000;
    std::vector<int> counts(100);
    double sum = 0.0;
    double least = 1.0;
    double most = 0.0;
    for (std::uint32_t i = 0; i < draws; ++i) {
        const double value = random.uniform(i, 0, 0);
        least = std::fmin(least, value);
        most = std::fmax(most, value);
        ++counts[static_cast<std::size_t>(value * 100.0)];
        sum += value;
    }
    CHECK(least > 0.0);
    CHECK(most < 1.0);
    CHECK(sum / draws == doctest::Approx(0.5).epsilon(0.005));
    // Chi-square with 99 degrees of freedom: 161 is exceeded once in 10,000.
    CHECK(chi_square(counts, draws) < 161.0);
}

TEST_CASE("normal numbers have the moments of a standard normal") {
    const Philox random(seed);
    constexpr int draws = 200000;
    double sum = 0.0;
    double squares = 0.0;
    double fourths = 0.0;
    std::vector<double> normal;
    std::vector<double> expected;
    for (std::uint32_t i = 0; i < draws; ++i) {
        const double value = random.normal(7, 1, i);
        normal.push_back(value);
        expected.push_back(normal_quantile(random.uniform(7, 1, i)));
        sum += value;
        squares += value * value;
        fourths += value * value * value * value;
    }
    CHECK(first_difference(normal, expected) == "");
    // Four standard errors each.
    CHECK(std::fabs(sum / draws) < 4.0 * std::sqrt(1.0 / draws));
    CHECK(std::fabs(squares / draws - 1.0) < 4.0 * std::sqrt(2.0 / draws));
    CHECK(std::fabs(fourths / draws - 3.0) < 4.0 * std::sqrt(96.0 / draws));
}

TEST_CASE("integers below a bound are even, at bounds that nearly fail as well") {
    const Philox random(seed);
    constexpr int draws = 60000;
    std::vector<int> counts(6);
    for (std::uint32_t i = 0; i < draws; ++i) ++counts[random.below(6, i, 0, 0)];
    // Chi-square with 5 degrees of freedom: 25.7 is exceeded once in 10,000.
    CHECK(chi_square(counts, draws) < 25.7);

    // A third of the candidates is rejected here; without rejection two of
    // three results would be even.
    const std::uint64_t bound = 0xAAAAAAAAAAAAAAAB;
    std::vector<int> halves(2);
    std::vector<int> thirds(3);
    std::uint64_t most = 0;
    for (std::uint32_t i = 0; i < draws; ++i) {
        const std::uint64_t value = random.below(bound, i, 0, 0);
        most = std::max(most, value);
        ++halves[value % 2];
        ++thirds[value / (bound / 3 + 1)];
    }
    CHECK(most < bound);
    CHECK(chi_square(halves, draws) < 15.2);
    CHECK(chi_square(thirds, draws) < 18.5);

    for (std::uint32_t i = 0; i < 100; ++i) {
        CHECK(random.below(1, i, 0, 0) == 0);
        CHECK(random.below((std::uint64_t{1} << 63U) + 1, i, 0, 0) <= std::uint64_t{1} << 63U);
    }
    CHECK_THROWS_AS(static_cast<void>(random.below(0, 0, 0, 0)), thuocdo::NumericError);
}

TEST_CASE("the wide product equals the compiler's 128-bit product") {
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    std::vector<std::uint64_t> found;
    std::vector<std::uint64_t> expected;
    for (int i = 0; i < 100000; ++i) {
        const std::uint64_t a = i == 0 ? ~std::uint64_t{0} : generator() >> (generator() % 64);
        const std::uint64_t b = i == 0 ? ~std::uint64_t{0} : generator() >> (generator() % 64);
        const auto product = thuocdo::numeric::detail::multiply_wide(a, b);
        const UnsignedWideInteger of_compiler = static_cast<UnsignedWideInteger>(a) * b;
        found.insert(found.end(), {product.high, product.low});
        expected.insert(expected.end(), {static_cast<std::uint64_t>(of_compiler >> 64U),
                                         static_cast<std::uint64_t>(of_compiler)});
    }
    CHECK(first_difference(found, expected) == "");
}

TEST_CASE("the normal quantile agrees with CPython's statistics.NormalDist") {
    const std::vector<std::array<double, 2>> expected = {{0.5, 0.0},
                                                         {0.25, -0.6744897501960817},
                                                         {0.6180339887498949, 0.30032138538999864},
                                                         {0.075, -0x1.7085226d3e523p+0},
                                                         {0.0749999, -0x1.70852e475e818p+0},
                                                         {0.925, 0x1.7085226d3e524p+0},
                                                         {0.975, 1.9599639845400536},
                                                         {0.9, 1.2815515655446008},
                                                         {1e-5, -4.2648907939228256},
                                                         {1e-11, -6.706023155495136},
                                                         {1e-12, -7.034483825301132},
                                                         {1e-300, -37.0470962993612},
                                                         {0x1p-53, -8.209536151601386},
                                                         {1.0 - 0x1p-53, 8.209536151601386}};
    for (const std::array<double, 2>& pair : expected) {
        const double probability = pair[0];
        const double quantile = pair[1];
        INFO("probability ", probability);
        CHECK(std::fabs(normal_quantile(probability) - quantile) <= 4e-16 * std::fabs(quantile));
    }
}

TEST_CASE("the normal quantile inverts the distribution function, and mirrors") {
    double previous = -std::numeric_limits<double>::infinity();
    for (int i = 1; i < 4096; ++i) {
        const double probability = i / 4096.0;
        const double quantile = normal_quantile(probability);
        REQUIRE(std::fabs(0.5 * std::erfc(-quantile / std::sqrt(2.0)) - probability) < 4e-16);
        REQUIRE(normal_quantile(1.0 - probability) == -quantile);
        REQUIRE(quantile > previous);
        previous = quantile;
    }
}

TEST_CASE("the normal quantile at and beyond the ends") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(normal_quantile(0.0) == -infinity);
    CHECK(normal_quantile(1.0) == infinity);
    CHECK(std::isnan(normal_quantile(-0.1)));
    CHECK(std::isnan(normal_quantile(1.1)));
    CHECK(std::isnan(normal_quantile(std::numeric_limits<double>::quiet_NaN())));
}
