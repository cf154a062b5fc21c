// Decimal rounding against hand-worked cases and against an independent oracle
// that works on printf/strtod text digit by digit.
#include <thuocdo/numeric/decimal.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "numeric/special_values.hpp"
#include "support/first_difference.hpp"

namespace {

using thuocdo::Index;
using thuocdo::numeric::fixed;
using thuocdo::numeric::round_decimal;
using thuocdo::numeric::RoundingMode;
using thuocdo::numeric::shortest;

using numeric_test::infinity;
using numeric_test::missing;
using numeric_test::same;
using testing_support::first_difference;

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

// School rounding of the shortest printf text that reads back as the value.
double oracle(double value, int digits, RoundingMode mode) {
    char text[64];
    for (int precision = 0; precision <= 16; ++precision) {
        std::snprintf(text, sizeof text, "%.*e", precision, std::fabs(value));
        if (std::strtod(text, nullptr) == std::fabs(value)) break;
    }
    const std::string scientific = text;
    const std::size_t mark = scientific.find('e');
    int exponent = std::atoi(scientific.c_str() + mark + 1);
    std::string significand;
    for (const char c : scientific.substr(0, mark)) {
        if (c != '.') significand += c;
    }
    // A leading zero takes a carry out of the first digit.
    significand.insert(0, 1, '0');
    ++exponent;
    long keep = static_cast<long>(exponent) + digits + 1;
    if (keep < 0) return 0.0;
    if (keep >= static_cast<long>(significand.size())) return value + 0.0;
    const std::string cut = significand.substr(static_cast<std::size_t>(keep));
    significand.resize(static_cast<std::size_t>(keep));
    const bool tie = cut[0] == '5' && cut.find_first_not_of('0', 1) == std::string::npos;
    const bool odd = !significand.empty() && (significand.back() - '0') % 2 == 1;
    if (tie ? (mode == RoundingMode::half_up || odd) : cut[0] >= '5') {
        if (significand.empty()) {
            significand = "1";
            keep = 1;
            ++exponent;
        } else {
            std::size_t i = significand.size() - 1;
            while (significand[i] == '9') significand[i--] = '0';
            ++significand[i];
        }
    }
    if (significand.empty()) return 0.0;
    const std::string result = "0." + significand + "e" + std::to_string(exponent + 1);
    return std::copysign(std::strtod(result.c_str(), nullptr), value) + 0.0;
}

// Values that rounding meets: scores, exact halves in decimal, neighbours of
// halves, wide magnitudes and raw bit patterns.
std::vector<double> awkward_values(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 generator(seed);
    std::vector<double> values;
    while (values.size() < count) {
        const double thousandths = static_cast<double>(generator() % 200000);
        values.push_back(thousandths / 1000.0 + 0.0005);
        values.push_back((thousandths + 0.5) / 1000.0);
        values.push_back(std::nextafter((thousandths + 0.5) / 1000.0, 0.0));
        values.push_back(-std::nextafter((thousandths + 0.5) / 100.0, infinity));
        values.push_back(static_cast<double>(generator()) * 0x1p-64 * 100.0);
        values.push_back(
            std::ldexp(static_cast<double>(generator()), -static_cast<int>(generator() % 128)));
        values.push_back(static_cast<double>(generator() % 1000000) / 1e6 - 0.5);
        const double raw = std::bit_cast<double>(generator());
        values.push_back(std::isfinite(raw) ? raw : missing);
    }
    values.resize(count);
    return values;
}

}  // namespace

TEST_CASE("halves round on the printed decimal, not on the binary value") {
    CHECK(round_decimal(0.285, 2) == 0.29);
    CHECK(round_decimal(1.005, 2) == 1.01);
    CHECK(round_decimal(2.675, 2) == 2.68);
    CHECK(round_decimal(65.505, 2) == 65.51);
    CHECK(round_decimal(0.125, 2) == 0.13);
    CHECK(round_decimal(0.125, 2, RoundingMode::half_even) == 0.12);
    CHECK(round_decimal(0.375, 2, RoundingMode::half_even) == 0.38);
    CHECK(round_decimal(1.005, 2, RoundingMode::half_even) == 1.0);
    CHECK(round_decimal(2.675, 2, RoundingMode::half_even) == 2.68);
    CHECK(round_decimal(-1.5, 0) == -2.0);
    CHECK(round_decimal(-2.5, 0) == -3.0);
    CHECK(round_decimal(-2.5, 0, RoundingMode::half_even) == -2.0);
    CHECK(round_decimal(0.5, 0) == 1.0);
    CHECK(round_decimal(0.5, 0, RoundingMode::half_even) == 0.0);
    CHECK(round_decimal(0.05, 0) == 0.0);
    CHECK(round_decimal(std::nextafter(0.5, 0.0), 0) == 0.0);
    CHECK(round_decimal(99.995, 2) == 100.0);
}

TEST_CASE("a value that is rounded already stays what it is") {
    std::vector<double> values;
    std::vector<double> with_3_digits;
    std::vector<double> with_12_digits;
    for (int thousandths = 0; thousandths <= 100000; ++thousandths) {
        values.push_back(thousandths / 1000.0);
        with_3_digits.push_back(round_decimal(values.back(), 3));
        with_12_digits.push_back(round_decimal(values.back(), 12, RoundingMode::half_even));
    }
    CHECK(first_difference(with_3_digits, values) == "");
    CHECK(first_difference(with_12_digits, values) == "");
}

TEST_CASE("negative digits round to tens and hundreds") {
    CHECK(round_decimal(1250.0, -2) == 1300.0);
    CHECK(round_decimal(1250.0, -2, RoundingMode::half_even) == 1200.0);
    CHECK(round_decimal(-15.0, -1) == -20.0);
    CHECK(round_decimal(49.0, -2) == 0.0);
    CHECK(round_decimal(50.0, -2) == 100.0);
    CHECK(round_decimal(4.9, -1) == 0.0);
}

TEST_CASE("extremes keep their meaning") {
    CHECK(std::isnan(round_decimal(missing, 2)));
    CHECK(round_decimal(infinity, 2) == infinity);
    CHECK(round_decimal(-infinity, -2) == -infinity);
    CHECK(round_decimal(1e22, 2) == 1e22);
    CHECK(round_decimal(1e22, -23) == 0.0);
    CHECK(round_decimal(5e22, -23) == 1e23);
    CHECK(round_decimal(5e-324, 2) == 0.0);
    CHECK(round_decimal(5e-324, 324) == 5e-324);
    CHECK(round_decimal(5e-324, 323) == 1e-323);
    CHECK(round_decimal(4.4e-323, 322) == 0.0);
    CHECK(round_decimal(1.7976931348623157e308, 15) == 1.7976931348623157e308);
    CHECK(round_decimal(1.7976931348623157e308, -308) == infinity);
    CHECK(round_decimal(-1.7976931348623157e308, -308) == -infinity);
    CHECK(round_decimal(123.456, std::numeric_limits<int>::max()) == 123.456);
    CHECK(round_decimal(123.456, std::numeric_limits<int>::min()) == 0.0);
    CHECK(round_decimal(4503599627370497.5, 0) == 4503599627370498.0);
    CHECK(round_decimal(0.1234567890123455, 15) == 0.123456789012346);
}

TEST_CASE("no result is a negative zero") {
    for (const double value : {-0.0, -0.001, -0.4, -5e-324, -49.0}) {
        for (const int digits : {-2, 0, 1}) {
            const double result = round_decimal(value, digits);
            CHECK((result != 0.0 || !std::signbit(result)));
        }
    }
    Eigen::VectorXd column = Eigen::VectorXd::Constant(70, -0.001);
    round_decimal(column, 2, RoundingMode::half_up);
    for (Index i = 0; i < column.size(); ++i) CHECK(bits(column[i]) == 0);
}

TEST_CASE("rounding agrees with school rounding of the printf text") {
    constexpr std::uint64_t seed = 285;
    INFO("seed ", seed);
    for (const double value : awkward_values(20000, seed)) {
        if (std::isnan(value)) continue;
        for (const int digits : {-3, 0, 2, 3, 15, 17}) {
            INFO(shortest(value), " to ", digits);
            REQUIRE(
                same(round_decimal(value, digits), oracle(value, digits, RoundingMode::half_up)));
            REQUIRE(same(round_decimal(value, digits, RoundingMode::half_even),
                         oracle(value, digits, RoundingMode::half_even)));
        }
    }
}

TEST_CASE("the fast path gives what the exact path gives on a million values") {
    constexpr std::uint64_t seed = 1005;
    INFO("seed ", seed);
    int digits = 0;
    for (const double value : awkward_values(1000000, seed)) {
        digits = (digits + 1) % 16;
        const auto mode = digits % 2 == 0 ? RoundingMode::half_up : RoundingMode::half_even;
        for (const int places : {2, 3, digits}) {
            const double fast = round_decimal(value, places, mode);
            const double exact =
                thuocdo::numeric::detail::round_decimal_exactly(value, places, mode);
            if (!same(fast, exact))
                FAIL(shortest(value), " to ", places, ": ", fast, " and ", exact);
        }
    }
}

TEST_CASE("a column rounds like its values one by one") {
    constexpr std::uint64_t seed = 2675;
    INFO("seed ", seed);
    const std::vector<double> values = awkward_values(200000, seed);
    for (const int digits : {-1, 0, 2, 4, 15, 16}) {
        for (const auto mode : {RoundingMode::half_up, RoundingMode::half_even}) {
            Eigen::VectorXd column =
                Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
            round_decimal(column, digits, mode);
            for (std::size_t i = 0; i < values.size(); ++i) {
                const double found = column[static_cast<Index>(i)];
                if (!same(found, round_decimal(values[i], digits, mode))) {
                    FAIL(shortest(values[i]), " to ", digits, ": ", found);
                }
            }
        }
    }
}

TEST_CASE("a column of any length rounds, and only the part that was given") {
    for (Index size : {0, 1, 63, 64, 65, 130}) {
        Eigen::VectorXd column = Eigen::VectorXd::Constant(size + 2, 1.005);
        round_decimal(column.segment(1, size), 2, RoundingMode::half_up);
        CHECK(column[0] == 1.005);
        CHECK(column[size + 1] == 1.005);
        for (Index i = 1; i <= size; ++i) CHECK(column[i] == 1.01);
    }
}

TEST_CASE("shortest text follows the number format of ECMAScript") {
    // Appendix B of RFC 8785 gives the bit patterns and their texts.
    const auto text = [](std::uint64_t pattern) {
        return shortest(std::bit_cast<double>(pattern));
    };
    CHECK(text(0x0000000000000000) == "0");
    CHECK(text(0x8000000000000000) == "0");
    CHECK(text(0x0000000000000001) == "5e-324");
    CHECK(text(0x8000000000000001) == "-5e-324");
    CHECK(text(0x7fefffffffffffff) == "1.7976931348623157e+308");
    CHECK(text(0x4340000000000000) == "9007199254740992");
    CHECK(text(0xc340000000000000) == "-9007199254740992");
    CHECK(text(0x4430000000000000) == "295147905179352830000");
    CHECK(text(0x44b52d02c7e14af5) == "9.999999999999997e+22");
    CHECK(text(0x44b52d02c7e14af6) == "1e+23");
    CHECK(text(0x444b1ae4d6e2ef4e) == "999999999999999700000");
    CHECK(text(0x444b1ae4d6e2ef4f) == "999999999999999900000");
    CHECK(text(0x444b1ae4d6e2ef50) == "1e+21");
    CHECK(text(0x3eb0c6f7a0b5ed8c) == "9.999999999999997e-7");
    CHECK(text(0x3eb0c6f7a0b5ed8d) == "0.000001");
    CHECK(text(0x41b3de4355555553) == "333333333.3333332");
    CHECK(text(0xbecbf647612f3696) == "-0.0000033333333333333333");
    CHECK(shortest(65.51) == "65.51");
    CHECK(shortest(-100.0) == "-100");
    CHECK(shortest(12.5) == "12.5");
    CHECK(shortest(1e-7) == "1e-7");
    CHECK(shortest(missing) == "nan");
    CHECK(shortest(infinity) == "inf");
    CHECK(shortest(-infinity) == "-inf");
}

TEST_CASE("shortest text reads back as the same value") {
    constexpr std::uint64_t seed = 17;
    INFO("seed ", seed);
    for (const double value : awkward_values(100000, seed)) {
        if (std::isnan(value)) continue;
        REQUIRE(std::strtod(shortest(value).c_str(), nullptr) == value);
    }
}

TEST_CASE("fixed text has exactly the digits asked for") {
    CHECK(fixed(2.675, 2) == "2.68");
    CHECK(fixed(65.505, 2) == "65.51");
    CHECK(fixed(0.0, 0) == "0");
    CHECK(fixed(0.0, 3) == "0.000");
    CHECK(fixed(-0.0004, 3) == "0.000");
    CHECK(fixed(-0.0005, 3) == "-0.001");
    CHECK(fixed(0.05, 4) == "0.0500");
    CHECK(fixed(99.995, 2) == "100.00");
    CHECK(fixed(12.0, 2) == "12.00");
    CHECK(fixed(1250.0, -2) == "1300");
    CHECK(fixed(1e22, 1) == "10000000000000000000000.0");
    CHECK(fixed(1234.5, 0) == "1235");
    CHECK(fixed(1e-10, 2) == "0.00");
    CHECK(fixed(1e-10, 12) == "0.000000000100");
    CHECK(fixed(missing, 2) == "nan");
    CHECK(fixed(-infinity, 2) == "-inf");
}

TEST_CASE("fixed text is the rounded value") {
    constexpr std::uint64_t seed = 2018;
    INFO("seed ", seed);
    for (const double value : awkward_values(50000, seed)) {
        if (std::isnan(value)) continue;
        for (const int digits : {-2, 0, 2, 9}) {
            INFO(shortest(value), " to ", digits);
            const std::string text = fixed(value, digits);
            REQUIRE(std::strtod(text.c_str(), nullptr) == round_decimal(value, digits));
            const std::size_t point = text.find('.');
            const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
            REQUIRE(decimals == static_cast<std::size_t>(digits > 0 ? digits : 0));
        }
    }
}
