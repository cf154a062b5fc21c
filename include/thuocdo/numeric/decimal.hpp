#pragma once
/// @file
/// Decimal rounding and decimal text, as a person does them on the printed
/// number, with the same bits on every machine and in every locale.

#include <thuocdo/config.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>

namespace thuocdo::numeric {

/// What becomes of a number exactly half way between two neighbours.
enum class RoundingMode {
    half_up,   ///< away from zero: 0.125 -> 0.13, -1.5 -> -2
    half_even  ///< to the even last digit: 0.125 -> 0.12, 0.375 -> 0.38
};

namespace detail {

/// No double needs more decimal digits than this to be read back unchanged.
inline constexpr int longest_significand = 17;

/// Powers of ten as integers, up to the longest significand.
inline constexpr auto integer_powers_of_ten = [] {
    std::array<std::uint64_t, longest_significand + 1> powers{};
    std::uint64_t power = 1;
    for (std::uint64_t& entry : powers) {
        entry = power;
        power *= 10;
    }
    return powers;
}();

/// The most decimals that the fast path takes. 10^15 is exact in a double.
inline constexpr int fast_digits = 15;

/// (a + 2^52) - 2^52 rounds 0 <= a < 2^52 to an integer, because a double
/// between 2^52 and 2^53 has no fraction bits. Unlike std::nearbyint this
/// vectorises with SSE2 alone.
inline constexpr double integer_shift = 0x1p52;

/// How near to a half, relative to the scaled value, the fast path gives up.
/// The shortest decimal of x lies within 2^-53 |x| of x and the scaling by a
/// power of ten adds at most 2^-53 of its result, so 2^-52 would be enough.
/// At 2^-50 every scaled value from 2^49 up leaves the fast path as well.
inline constexpr double half_tolerance = 0x1p-50;

/// (-1)^negative * significand * 10^exponent, the shortest decimal of a double.
struct Decimal {
    std::uint64_t significand = 0;
    int digit_count = 0;
    int exponent = 0;
    bool negative = false;
};

/// Shortest round-trip decimal of a finite number.
[[nodiscard]] inline Decimal shortest_decimal(double value) {
    // Sign, 17 digits, point, 'e', exponent sign and three digits: 24.
    std::array<char, 32> text{};
    const std::to_chars_result written =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
    Decimal decimal;
    const char* next = text.data();
    if (*next == '-') {
        decimal.negative = true;
        ++next;
    }
    for (; *next != 'e'; ++next) {
        if (*next == '.') continue;
        decimal.significand = decimal.significand * 10 + static_cast<std::uint64_t>(*next - '0');
        ++decimal.digit_count;
    }
    ++next;
    if (*next == '+') ++next;
    std::from_chars(next, written.ptr, decimal.exponent);
    decimal.exponent -= decimal.digit_count - 1;
    return decimal;
}

/// `decimal` rounded to a multiple of 10^-digits. A zero has no sign.
[[nodiscard]] inline Decimal rounded(Decimal decimal, int digits, RoundingMode mode) {
    const std::int64_t dropped = -std::int64_t{digits} - decimal.exponent;
    if (dropped > decimal.digit_count) return {};
    if (dropped > 0) {
        const std::uint64_t unit = integer_powers_of_ten[static_cast<std::size_t>(dropped)];
        const std::uint64_t half = unit / 2;
        const std::uint64_t remainder = decimal.significand % unit;
        decimal.significand /= unit;
        const bool tie_goes_up = mode == RoundingMode::half_up || decimal.significand % 2 == 1;
        if (remainder > half || (remainder == half && tie_goes_up)) ++decimal.significand;
        decimal.exponent = -digits;
    }
    if (decimal.significand == 0) return {};
    decimal.digit_count = 0;
    for (std::uint64_t rest = decimal.significand; rest != 0; rest /= 10) ++decimal.digit_count;
    return decimal;
}

/// The double nearest to `decimal`.
[[nodiscard]] inline double nearest_double(const Decimal& decimal) {
    constexpr std::size_t significand_room = 20;
    constexpr std::size_t exponent_room = 11;
    std::array<char, significand_room + 1 + exponent_room> text{};
    char* end = std::to_chars(text.data(), text.data() + significand_room, decimal.significand).ptr;
    *end++ = 'e';
    end = std::to_chars(end, end + exponent_room, decimal.exponent).ptr;
    double value = 0.0;
    const std::from_chars_result read = std::from_chars(text.data(), end, value);
    if (read.ec == std::errc::result_out_of_range) {
        value = decimal.exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
    }
    return decimal.negative && value != 0.0 ? -value : value;
}

/// round_decimal on the digits themselves: any value, any number of digits.
[[nodiscard]] inline double round_decimal_exactly(double value, int digits, RoundingMode mode) {
    if (!std::isfinite(value)) return value;
    const Decimal decimal = shortest_decimal(value);
    // Nothing to drop: the nearest double is the value itself.
    if (std::int64_t{decimal.exponent} + digits >= 0) return value + 0.0;
    return nearest_double(rounded(decimal, digits, mode));
}

/// 10^digits for the fast path, NaN where the fast path does not apply, so
/// that every comparison with it fails.
[[nodiscard]] inline double fast_power(int digits) noexcept {
    if (digits < 0 || digits > fast_digits) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(integer_powers_of_ten[static_cast<std::size_t>(digits)]);
}

/// How many values the column form takes at a time. A constant count lets
/// g++ -O2 vectorise the loop.
inline constexpr Index rounding_block = 64;

/// Rounds one block and says for each value how far it was from needing the
/// exact path; a margin that is not positive (or NaN) asks for it.
THUOCDO_KERNEL inline void round_block(const double* values, double power, double* results,
                                       double* margins) noexcept {
    THUOCDO_EXACT
    for (Index i = 0; i < rounding_block; ++i) {
        const double scaled = std::fabs(values[i]) * power;
        const double nearest = (scaled + integer_shift) - integer_shift;
        margins[i] = (0.5 - scaled * half_tolerance) - std::fabs(scaled - nearest);
        results[i] = std::copysign(nearest / power, values[i]) + 0.0;
    }
}

}  // namespace detail

/// Rounds to a multiple of 10^-`digits`, on the shortest decimal that reads
/// back as `x`, not on its binary value: 1.005 to 2 digits is 1.01, although
/// the double lies just below 1.005. Returns the double nearest to the rounded
/// decimal, never -0.0. NaN and infinities stay as they are. `digits` may be
/// negative: round_decimal(1250, -2) is 1300. The result is infinite only where
/// the rounded decimal is beyond the largest double.
///
/// Away from halves x is scaled, rounded and divided by 10^digits, and that
/// division is the correctly rounded result because both numbers are exact.
/// Near a half, above 2^49 / 10^digits and outside 0 to 15 digits the decimal
/// digits are rounded, which takes about 100 ns instead of about 3.
[[nodiscard]] THUOCDO_KERNEL inline double round_decimal(
    double x, int digits, RoundingMode mode = RoundingMode::half_up) {
    THUOCDO_EXACT
    const double power = detail::fast_power(digits);
    const double scaled = std::fabs(x) * power;
    const double nearest = (scaled + detail::integer_shift) - detail::integer_shift;
    const double margin = (0.5 - scaled * detail::half_tolerance) - std::fabs(scaled - nearest);
    if (margin > 0.0) return std::copysign(nearest / power, x) + 0.0;
    return detail::round_decimal_exactly(x, digits, mode);
}

/// Rounds a column in place, with the same results as the scalar form at about
/// a nanosecond a value. NaN stays NaN.
inline void round_decimal(ColumnOut column, int digits, RoundingMode mode = RoundingMode::half_up) {
    std::array<double, static_cast<std::size_t>(detail::rounding_block)> results;
    std::array<double, static_cast<std::size_t>(detail::rounding_block)> margins;
    const double power = detail::fast_power(digits);
    double* const values = column.data();
    const Index size = column.size();
    Index start = 0;
    for (; start + detail::rounding_block <= size; start += detail::rounding_block) {
        detail::round_block(values + start, power, results.data(), margins.data());
        for (std::size_t i = 0; i < results.size(); ++i) {
            double& value = values[start + static_cast<Index>(i)];
            value =
                margins[i] > 0.0 ? results[i] : detail::round_decimal_exactly(value, digits, mode);
        }
    }
    for (; start < size; ++start) values[start] = round_decimal(values[start], digits, mode);
}

/// The shortest text that reads back as `x`. Positional from 1e-6 up to below
/// 1e21 ("0.1", "65.51", "1000000"), otherwise scientific ("1e-7", "1e+21"):
/// the number format of ECMAScript and of canonical JSON (RFC 8785). -0.0 is
/// "0". NaN is "nan", infinities are "inf" and "-inf".
[[nodiscard]] inline std::string shortest(double x) {
    constexpr int first_scientific_order = 21;
    constexpr int last_scientific_order = -7;
    if (std::isnan(x)) return "nan";
    if (std::isinf(x)) return x > 0.0 ? "inf" : "-inf";
    if (x == 0.0) return "0";
    const detail::Decimal decimal = detail::shortest_decimal(x);
    std::string text = std::to_string(decimal.significand);
    const auto count = static_cast<std::size_t>(decimal.digit_count);
    const int order = decimal.exponent + decimal.digit_count - 1;
    if (order >= first_scientific_order || order <= last_scientific_order) {
        if (count > 1) text.insert(1, 1, '.');
        text += order > 0 ? "e+" : "e-";
        text += std::to_string(order > 0 ? order : -order);
    } else if (order < 0) {
        text.insert(0, "0." + std::string(static_cast<std::size_t>(-order - 1), '0'));
    } else if (decimal.exponent < 0) {
        text.insert(static_cast<std::size_t>(order) + 1, 1, '.');
    } else {
        text.append(static_cast<std::size_t>(decimal.exponent), '0');
    }
    return decimal.negative ? "-" + text : text;
}

/// `x` with exactly `digits` decimals, rounded half up on its shortest decimal
/// as in round_decimal: fixed(2.675, 2) is "2.68". Negative `digits` round to
/// tens, hundreds and so on and print no decimals. A result of zero has no
/// sign. NaN is "nan", infinities are "inf" and "-inf".
[[nodiscard]] inline std::string fixed(double x, int digits) {
    if (std::isnan(x)) return "nan";
    if (std::isinf(x)) return x > 0.0 ? "inf" : "-inf";
    const detail::Decimal decimal =
        detail::rounded(detail::shortest_decimal(x), digits, RoundingMode::half_up);
    const auto decimals = static_cast<std::size_t>(std::max(digits, 0));
    std::string text = std::to_string(decimal.significand);
    if (decimal.significand != 0) {
        // From significand * 10^exponent to an integer number of 10^-decimals.
        text.append(static_cast<std::size_t>(decimal.exponent + static_cast<int>(decimals)), '0');
    }
    if (decimals > 0) {
        if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
        text.insert(text.size() - decimals, 1, '.');
    }
    return decimal.negative ? "-" + text : text;
}

}  // namespace thuocdo::numeric
