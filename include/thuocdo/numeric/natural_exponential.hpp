#pragma once
/// @file
/// Natural exponentials of whole blocks, with the same bits on every machine.

#include <thuocdo/config.hpp>

#include <bit>
#include <cstdint>

namespace thuocdo::numeric {

namespace detail {

THUOCDO_BODY THUOCDO_KERNEL inline void natural_exponentials_body(const double* values, Index count,
                                                                  double* out) {
    THUOCDO_EXACT
    constexpr int fraction_bits = 52;
    // Beyond both the result is 0 or infinite anyway.
    constexpr double lowest = -746.0;
    constexpr double highest = 710.0;
    constexpr double one_over_ln_2 = 0x1.71547652b82fep0;
    // The upper part has zeros at its end, so that its multiples are exact.
    constexpr double upper_ln_2 = 0x1.62e42feep-1;
    constexpr double lower_ln_2 = 0x1.a39ef35793c76p-33;
    // Adding 1.5 * 2^52 and taking it away rounds to whole numbers.
    constexpr double rounder = 0x1.8p52;
    // 2^52 plus a whole number below 2^52 has that number in its fraction.
    constexpr double shift_and_bias = 0x1p52 + 1023.0;
    // Loops of their own, or the compiler makes branches of the limits and does not
    // vectorise.
    for (Index i = 0; i < count; ++i) out[i] = values[i] > lowest ? values[i] : lowest;
    for (Index i = 0; i < count; ++i) out[i] = out[i] < highest ? out[i] : highest;
    for (Index i = 0; i < count; ++i) {
        const double x = out[i];
        const double k = (x * one_over_ln_2 + rounder) - rounder;
        const double r = (x - k * upper_ln_2) - k * lower_ln_2;
        double tail = 1.0 / 6227020800.0;
        tail = tail * r + 1.0 / 479001600.0;
        tail = tail * r + 1.0 / 39916800.0;
        tail = tail * r + 1.0 / 3628800.0;
        tail = tail * r + 1.0 / 362880.0;
        tail = tail * r + 1.0 / 40320.0;
        tail = tail * r + 1.0 / 5040.0;
        tail = tail * r + 1.0 / 720.0;
        tail = tail * r + 1.0 / 120.0;
        tail = tail * r + 1.0 / 24.0;
        tail = tail * r + 1.0 / 6.0;
        tail = tail * r + 1.0 / 2.0;
        const double power = 1.0 + (r + r * r * tail);
        // 2^k itself may be beyond double where the result is not; its two factors are
        // within.
        const double half = (k * 0.5 + rounder) - rounder;
        const double rest = k - half;
        const double first = std::bit_cast<double>(
            std::bit_cast<std::uint64_t>(half + shift_and_bias) << fraction_bits);
        const double second = std::bit_cast<double>(
            std::bit_cast<std::uint64_t>(rest + shift_and_bias) << fraction_bits);
        out[i] = power * first * second;
    }
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE THUOCDO_KERNEL inline void natural_exponentials_wide(const double* values, Index count,
                                                                  double* out) {
    THUOCDO_EXACT
    natural_exponentials_body(values, count, out);
}
#endif

}  // namespace detail

/// e^x of `count` numbers, none of them NaN. Below -746 it is 0, above 710 infinite, as
/// it is for the infinities. `out` may be `values`.
///
/// x = k ln 2 + r with a whole k and |r| at most ln(2)/2, and e^r by its series, of which
/// what follows r^13/13! is below 5e-18. Within 1 unit in the last place (1 and a half
/// where the result is subnormal), and e^0 is 1. Written here because the exponential of
/// the C library differs in its last bit between libraries and does not vectorise; this
/// loop does.
THUOCDO_KERNEL inline void natural_exponentials(const double* values, Index count, double* out) {
    THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors)
        return detail::natural_exponentials_wide(values, count, out);
#endif
    return detail::natural_exponentials_body(values, count, out);
}

}  // namespace thuocdo::numeric
