#pragma once
/// @file
/// Powers of two as doubles, without the calls of the C library that short columns would
/// spend most of their time on.

#include <bit>
#include <cmath>
#include <cstdint>

namespace thuocdo::numeric {

namespace detail {

inline constexpr int exponent_bias = 1023;
inline constexpr int fraction_width = 52;

[[nodiscard]] inline bool is_normal_exponent(int exponent) noexcept {
    return exponent > -exponent_bias && exponent <= exponent_bias;
}

}  // namespace detail

/// The exponent e that frexp() gives: bound < 2^e for a bound above 0, which is at least
/// 2^(e - 1); 0 for 0. The bound is finite and not below 0.
[[nodiscard]] inline int exponent_above(double bound) noexcept {
    const int field =
        static_cast<int>(std::bit_cast<std::uint64_t>(bound) >> detail::fraction_width);
    if (field > 0) return field - detail::exponent_bias + 1;
    int exponent = 0;
    std::frexp(bound, &exponent);
    return exponent;
}

/// 2^exponent, as ldexp(1, exponent).
[[nodiscard]] inline double power_of_two(int exponent) noexcept {
    if (!detail::is_normal_exponent(exponent)) return std::ldexp(1.0, exponent);
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + detail::exponent_bias)
                                 << detail::fraction_width);
}

/// value * 2^exponent, as ldexp(value, exponent).
[[nodiscard]] inline double times_power_of_two(double value, int exponent) noexcept {
    return detail::is_normal_exponent(exponent) ? value * power_of_two(exponent)
                                                : std::ldexp(value, exponent);
}

}  // namespace thuocdo::numeric
