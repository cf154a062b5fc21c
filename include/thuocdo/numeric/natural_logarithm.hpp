#pragma once
/// @file
/// Natural logarithms of whole blocks, with the same bits on every machine.

#include <thuocdo/config.hpp>

#include <bit>
#include <cstdint>

namespace thuocdo::numeric {

namespace detail {

THUOCDO_BODY THUOCDO_KERNEL inline void natural_logarithms_body(const double* values, Index count,
                                                                double* out) {
    THUOCDO_EXACT
    constexpr std::uint64_t fraction_bits = 52;
    constexpr std::uint64_t fraction_mask = (std::uint64_t{1} << fraction_bits) - 1;
    constexpr std::uint64_t bits_of_one = 0x3FF0'0000'0000'0000U;
    constexpr std::uint64_t bits_of_root_of_half = 0x3FE6'A09E'667F'3BCDU;
    // An integer below 2^52 in the fraction of 2^52 reads as 2^52 plus itself.
    constexpr std::uint64_t bits_of_shift = 0x4330'0000'0000'0000U;
    constexpr double shift_and_bias = 0x1p52 + 1023.0;
    // The upper part has zeros at its end, so that its multiples are exact.
    constexpr double upper_ln_2 = 0x1.62e42feep-1;
    constexpr double lower_ln_2 = 0x1.a39ef35793c76p-33;
    for (Index i = 0; i < count; ++i) {
        const std::uint64_t moved =
            std::bit_cast<std::uint64_t>(values[i]) + (bits_of_one - bits_of_root_of_half);
        const double k =
            std::bit_cast<double>((moved >> fraction_bits) | bits_of_shift) - shift_and_bias;
        const double m = std::bit_cast<double>((moved & fraction_mask) + bits_of_root_of_half);
        const double s = (m - 1.0) / (m + 1.0);
        const double z = s * s;
        double tail = 0x1.2b584ab607ed1p-4;
        tail = tail * z + 0x1.39fe6064a64bdp-4;
        tail = tail * z + 0x1.7462b4ab33ac8p-4;
        tail = tail * z + 0x1.c71c62e57ff98p-4;
        tail = tail * z + 0x1.2492492df148dp-3;
        tail = tail * z + 0x1.99999999952e2p-3;
        tail = tail * z + 0x1.5555555555558p-2;
        const double twice = 2.0 * s;
        out[i] = k * upper_ln_2 + (twice + (twice * (z * tail) + k * lower_ln_2));
    }
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE THUOCDO_KERNEL inline void natural_logarithms_wide(const double* values, Index count,
                                                                double* out) {
    THUOCDO_EXACT
    natural_logarithms_body(values, count, out);
}
#endif

}  // namespace detail

/// ln of `count` positive numbers, none of them subnormal or infinite. `out` may
/// be `values`.
///
/// x = 2^k m with m between sqrt(1/2) and sqrt(2), and ln m = 2 artanh(s) with
/// s = (m - 1)/(m + 1), where s^2 < 0.0295. The polynomial is (artanh(s)/s - 1)/s^2
/// interpolated at the seven Chebyshev nodes of that range of s^2, which leaves less
/// than 5e-18. Within 2 units in the last place, and ln 1 is 0. Written here because
/// the logarithm of the C library differs in its last bit between libraries and
/// does not vectorise; this loop does.
THUOCDO_KERNEL inline void natural_logarithms(const double* values, Index count, double* out) {
    THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors)
        return detail::natural_logarithms_wide(values, count, out);
#endif
    return detail::natural_logarithms_body(values, count, out);
}

/// -ln(1 - t) of `count` numbers in [0, 1), also of those far below the last place
/// of 1. `out` is another block than `values`; `scratch` has room for as many.
THUOCDO_KERNEL inline void negative_logarithms_of_complement(const double* values, Index count,
                                                             double* scratch, double* out) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) scratch[i] = 1.0 - values[i];
    natural_logarithms(scratch, count, out);
    // What the rounding of 1 - t lost, by the slope of the logarithm.
    for (Index i = 0; i < count; ++i)
        out[i] = (values[i] - (1.0 - scratch[i])) / scratch[i] - out[i];
}

/// Up to here small_negative_logarithms_of_complement() holds.
inline constexpr double largest_small_share = 0.125;

/// -ln(1 - part/whole) of `count` parts, each at most an eighth of its whole:
/// 2 artanh(s) by its series in s = part / (2 whole - part), where s^2 < 0.0045; what
/// seven terms leave is below 3e-18.
THUOCDO_KERNEL inline void small_negative_logarithms_of_complement(const double* parts,
                                                                   const double* wholes,
                                                                   Index count, double* out) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        const double s = parts[i] / (2.0 * wholes[i] - parts[i]);
        const double z = s * s;
        double tail = 1.0 / 13.0;
        tail = tail * z + 1.0 / 11.0;
        tail = tail * z + 1.0 / 9.0;
        tail = tail * z + 1.0 / 7.0;
        tail = tail * z + 1.0 / 5.0;
        tail = tail * z + 1.0 / 3.0;
        const double twice = 2.0 * s;
        out[i] = twice + twice * (z * tail);
    }
}

}  // namespace thuocdo::numeric
