// Exact sums against 128-bit integers, hardware division and Python's
// math.fsum, which is correctly rounded too.
#include <thuocdo/numeric/exact_sum.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "numeric/special_values.hpp"
#include "support/first_difference.hpp"

namespace {

using thuocdo::numeric::ExactSum;

__extension__ typedef __int128 WideInteger;

using numeric_test::infinity;
using numeric_test::missing;
using testing_support::first_difference;
constexpr double largest = std::numeric_limits<double>::max();
constexpr double least = std::numeric_limits<double>::denorm_min();

double sum_of(const std::vector<double>& values) {
    ExactSum sum;
    for (const double value : values) sum.add(value);
    return sum.value();
}

// The splitmix64 sequence, easy to repeat in another language.
class SplitMix {
  public:
    explicit SplitMix(std::uint64_t seed) : state_(seed) {}
    std::uint64_t operator()() {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
        return z ^ (z >> 31U);
    }

  private:
    std::uint64_t state_;
};

// 10,000 values of either sign between about 2^-153 and 2^100.
std::vector<double> wide_values(std::uint64_t seed) {
    SplitMix next(seed);
    std::vector<double> values(10000);
    for (double& value : values) {
        const double mantissa = static_cast<double>(next() >> 11U);
        const std::uint64_t choice = next();
        const int exponent = static_cast<int>((choice >> 1U) % 200) - 100;
        value = std::ldexp(mantissa, exponent - 53);
        if (choice % 2 == 1) value = -value;
    }
    return values;
}

}  // namespace

TEST_CASE("sums are correctly rounded: the values of math.fsum") {
    // math.fsum of CPython over wide_values(seed), computed once.
    CHECK(sum_of(wide_values(1)) == -0x1.5bf5676cdc2b9p+101);
    CHECK(sum_of(wide_values(57)) == 0x1.1ff2c3e34e223p+100);
    CHECK(sum_of(wide_values(2022)) == 0x1.1dffe0cf0c95ep+100);
}

TEST_CASE("sums equal 128-bit integer sums") {
    constexpr std::uint64_t seed = 128;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 2000; ++round) {
        // Multiples of 2^-40 below 2^60 in magnitude, so sums fit 128 bits.
        WideInteger expected = 0;
        ExactSum sum;
        const int count = 1 + static_cast<int>(generator() % 50);
        for (int i = 0; i < count; ++i) {
            const auto mantissa = static_cast<std::int64_t>(generator() >> 11U);
            const int shift = static_cast<int>(generator() % 48);
            const bool negative = generator() % 2 == 1;
            const WideInteger term = static_cast<WideInteger>(mantissa) << shift;
            expected += negative ? -term : term;
            const double value = std::ldexp(static_cast<double>(mantissa), shift - 40);
            sum.add(negative ? -value : value);
        }
        // The conversion from 128 bits to double rounds correctly.
        REQUIRE(sum.value() == std::ldexp(static_cast<double>(expected), -40));
    }
}

TEST_CASE("cancellation loses nothing") {
    CHECK(sum_of({1e308, 1.0, -1e308}) == 1.0);
    CHECK(sum_of({largest, largest, -largest}) == largest);
    CHECK(sum_of({1.0, least, -1.0}) == least);
    CHECK(sum_of({1e16, 1.0, 1.0, -1e16}) == 2.0);
    CHECK(sum_of({0.1, 0.2, -0.3}) == 0x1p-55);
}

TEST_CASE("the last rounding goes to the even neighbour, as of the exact sum") {
    CHECK(sum_of({1.0, 0x1p-53}) == 1.0);
    CHECK(sum_of({1.0, 0x1p-53, least}) == std::nextafter(1.0, 2.0));
    CHECK(sum_of({1.0, 0x1p-53, -least}) == 1.0);
    CHECK(sum_of({std::nextafter(1.0, 2.0), 0x1p-53}) == 1.0 + 0x1p-51);
    CHECK(sum_of({-1.0, -0x1p-53, -least}) == -std::nextafter(1.0, 2.0));
    // All mantissa bits set: the carry runs into the exponent.
    CHECK(sum_of({0x1.fffffffffffffp0, 0x1p-53}) == 2.0);
}

TEST_CASE("subnormal sums are exact") {
    CHECK(sum_of({least, least, least}) == 3 * least);
    const double least_normal = std::numeric_limits<double>::min();
    CHECK(sum_of({least_normal, -least}) == least_normal - least);
    CHECK(sum_of({least_normal - least, least}) == least_normal);
    CHECK(sum_of({-least}) == -least);
}

TEST_CASE("sums beyond the largest double are infinite") {
    CHECK(sum_of({largest, largest}) == infinity);
    CHECK(sum_of({-largest, -largest}) == -infinity);
    CHECK(sum_of({largest, 0x1p970}) == infinity);
    CHECK(sum_of({largest, 0x1p970, -least}) == largest);
}

TEST_CASE("nothing, zeros and opposites sum to positive zero") {
    CHECK(std::bit_cast<std::uint64_t>(sum_of({})) == 0);
    CHECK(std::bit_cast<std::uint64_t>(sum_of({-0.0, -0.0})) == 0);
    CHECK(std::bit_cast<std::uint64_t>(sum_of({-1.5, 1.5})) == 0);
}

TEST_CASE("infinities and NaN behave as in a plain sum") {
    CHECK(sum_of({infinity, 1.0}) == infinity);
    CHECK(sum_of({-infinity, largest}) == -infinity);
    CHECK(std::isnan(sum_of({infinity, -infinity})));
    CHECK(std::isnan(sum_of({missing, 1.0})));
    ExactSum sum;
    ExactSum other;
    other.add(infinity);
    sum.add(other);
    CHECK(sum.value() == infinity);
    CHECK(sum.divided_by(3) == infinity);
}

TEST_CASE("a column skips missing values") {
    Eigen::VectorXd column(4);
    column << 1.5, missing, 2.25, missing;
    ExactSum sum;
    sum.add(column);
    CHECK(sum.value() == 3.75);
}

TEST_CASE("the sum has the same bits for every order and every partition") {
    constexpr std::uint64_t seed = 3321;
    INFO("seed ", seed);
    std::vector<double> values = wide_values(seed);
    const double expected = sum_of(values);
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 20; ++round) {
        std::shuffle(values.begin(), values.end(), generator);
        REQUIRE(sum_of(values) == expected);
        ExactSum parts[3];
        for (const double value : values) parts[generator() % 3].add(value);
        parts[2].add(parts[0]);
        parts[2].add(parts[1]);
        REQUIRE(parts[2].value() == expected);
    }
}

TEST_CASE("carries hold for many additions of one sign at every place in a limb") {
    constexpr std::int64_t mantissa = (std::int64_t{1} << 53) - 1;
    constexpr int count = 100000;
    for (int shift = 0; shift < 32; ++shift) {
        for (const double sign : {1.0, -1.0}) {
            const double value = sign * std::ldexp(static_cast<double>(mantissa), shift);
            ExactSum sum;
            for (int i = 0; i < count; ++i) sum.add(value);
            const WideInteger exact = static_cast<WideInteger>(mantissa) * count;
            REQUIRE(sum.value() == sign * std::ldexp(static_cast<double>(exact), shift));
        }
    }
}

TEST_CASE("2^40 of the largest doubles can be added and taken away again") {
    ExactSum many;
    many.add(largest);
    ExactSum few;
    few.add(-largest);
    for (int doubling = 0; doubling < 39; ++doubling) {
        many.add(many);
        few.add(few);
    }
    CHECK(many.value() == infinity);
    CHECK(many.divided_by(1) == infinity);
    ExactSum sum;
    sum.add(0.75);
    sum.add(many);
    sum.add(few);
    CHECK(sum.value() == 0.75);
    sum.add(few);
    CHECK(sum.value() == -infinity);
}

TEST_CASE("a sum divides like the hardware divides, subnormal results included") {
    constexpr std::uint64_t seed = 7;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    std::vector<double> found;
    std::vector<double> expected;
    for (int round = 0; round < 100000; ++round) {
        double value = std::bit_cast<double>(generator());
        if (!std::isfinite(value)) continue;
        if (round % 4 == 0)
            value = std::ldexp(value, -2000) + static_cast<double>(generator() % 64) * least;
        const std::uint64_t count =
            1 + (generator() & 0xFFFFFFFF) % (round % 2 == 0 ? 20 : 0xFFFFFFFF);
        ExactSum sum;
        sum.add(value);
        // One rounding in either case: the sum is exact.
        found.push_back(sum.divided_by(count));
        expected.push_back(value / static_cast<double>(count));
    }
    CHECK(first_difference(found, expected) == "");
}

TEST_CASE("what a division leaves over decides a tie") {
    // 2147483648 / 4294967295 is barely above a half.
    ExactSum sum;
    sum.add(2147483648.0 * least);
    CHECK(sum.divided_by(4294967295) == least);
    CHECK(sum.divided_by(4294967294) == least);
    sum.add(-least);
    CHECK(sum.divided_by(4294967294) == 0.0);
}

TEST_CASE("the mean of equal values is that value") {
    constexpr std::uint64_t seed = 49;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    bool plain_division_fails = false;
    for (int round = 0; round < 500; ++round) {
        const double value = static_cast<double>(generator()) * 0x1p-64;
        ExactSum sum;
        const std::uint64_t count = 1 + generator() % 200;
        for (std::uint64_t i = 0; i < count; ++i) sum.add(value);
        REQUIRE(sum.divided_by(count) == value);
        if (sum.value() / static_cast<double>(count) != value) plain_division_fails = true;
    }
    // The reason why divided_by() exists.
    CHECK(plain_division_fails);
}

TEST_CASE("division by nothing is missing, by too much an error") {
    ExactSum sum;
    sum.add(1.0);
    CHECK(std::isnan(sum.divided_by(0)));
    CHECK(sum.divided_by(0xFFFFFFFF) == 1.0 / 4294967295.0);
    CHECK_THROWS_AS(static_cast<void>(sum.divided_by(0x100000000)), thuocdo::NumericError);
}
