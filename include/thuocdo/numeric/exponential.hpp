#pragma once
/// @file
/// Exponentials of whole blocks, with the same bits on every machine.

#include <thuocdo/config.hpp>

#include <bit>
#include <cstdint>

namespace thuocdo::numeric {

/// Down to here exponentials_of_negative() holds.
inline constexpr double least_exponent = -700.0;

/// e^x of `count` numbers between least_exponent and 0. `out` may be `values`.
///
/// x = k ln 2 + r with |r| <= ln(2)/2, and e^x = 2^k e^r. The polynomial of degree 11 is
/// e^r interpolated at the Chebyshev nodes of that range, which leaves less than 2e-17;
/// within 2 units in the last place, and e^0 is 1. Written here because the exponential
/// of the C library differs in its last bit between libraries and does not vectorise;
/// this loop does.
THUOCDO_KERNEL inline void exponentials_of_negative(const double* values, Index count,
                                                    double* out) {
    THUOCDO_EXACT
    constexpr double per_ln_2 = 0x1.71547652b82fep0;
    // Its zeros at the end make its multiples exact.
    constexpr double upper_ln_2 = 0x1.62e42feep-1;
    constexpr double lower_ln_2 = 0x1.a39ef35793c76p-33;
    // Adding it rounds to an integer, which is then in the last bits.
    constexpr double to_integer = 0x1.8p52;
    constexpr unsigned fraction_bits = 52;
    constexpr std::uint64_t exponent_bias = 1023;
    for (Index i = 0; i < count; ++i) {
        const double x = values[i];
        const double shifted = x * per_ln_2 + to_integer;
        const double k = shifted - to_integer;
        const double r = (x - k * upper_ln_2) - k * lower_ln_2;
        double tail = 0x1.af38a9b0ec855p-26;
        tail = tail * r + 0x1.289185613a3d6p-22;
        tail = tail * r + 0x1.71de0dae63bb3p-19;
        tail = tail * r + 0x1.a019b90d2ae7ap-16;
        tail = tail * r + 0x1.a01a01a7c41d5p-13;
        tail = tail * r + 0x1.6c16c1788bd90p-10;
        tail = tail * r + 0x1.11111111109b3p-7;
        tail = tail * r + 0x1.5555555553d63p-5;
        tail = tail * r + 0x1.5555555555556p-3;
        tail = tail * r + 0x1.0000000000001p-1;
        const double power = std::bit_cast<double>(
            (std::bit_cast<std::uint64_t>(shifted) + exponent_bias) << fraction_bits);
        out[i] = (1.0 + (r + (r * r) * tail)) * power;
    }
}

}  // namespace thuocdo::numeric
