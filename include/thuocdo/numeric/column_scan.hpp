#pragma once
/// @file
/// One look at a column of numbers: are all finite, and between which values do they lie.

#include <thuocdo/config.hpp>

#include <bit>
#include <cstdint>

namespace thuocdo::numeric {

namespace detail {

THUOCDO_BODY THUOCDO_KERNEL inline bool all_finite_body(const double* values, Index count) {
    constexpr std::uint64_t magnitude_bits = 0x7FFF'FFFF'FFFF'FFFFU;
    constexpr std::uint64_t largest_finite_bits = 0x7FEF'FFFF'FFFF'FFFFU;
    constexpr int sign_position = 63;
    std::uint64_t signs = 0;
    for (Index i = 0; i < count; ++i)
        signs |= largest_finite_bits - (std::bit_cast<std::uint64_t>(values[i]) & magnitude_bits);
    return (signs >> sign_position) == 0;
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE THUOCDO_KERNEL inline bool all_finite_wide(const double* values, Index count) {
    THUOCDO_EXACT
    return all_finite_body(values, count);
}
#endif

}  // namespace detail

/// Whether none of `count` numbers is NaN or infinite. On the bits, because an `or` of
/// integers vectorises for SSE2.
[[nodiscard]] THUOCDO_KERNEL inline bool all_finite(const double* values, Index count) noexcept {
    THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors) return detail::all_finite_wide(values, count);
#endif
    return detail::all_finite_body(values, count);
}

/// The smallest and the largest of some numbers.
struct ValueRange {
    double minimum = 0.0;
    double maximum = 0.0;
    [[nodiscard]] bool constant() const noexcept { return minimum == maximum; }
};

namespace detail {

THUOCDO_BODY THUOCDO_KERNEL inline ValueRange value_range_body(const double* values, Index count) {
    constexpr Index lanes = 4;
    double minimum[lanes];
    double maximum[lanes];
    for (Index k = 0; k < lanes; ++k) minimum[k] = maximum[k] = values[0];
    const Index whole = count - count % lanes;
    for (Index i = 0; i < whole; i += lanes) {
        for (Index k = 0; k < lanes; ++k) {
            const double value = values[i + k];
            minimum[k] = value < minimum[k] ? value : minimum[k];
            maximum[k] = value > maximum[k] ? value : maximum[k];
        }
    }
    for (Index i = whole; i < count; ++i) {
        minimum[0] = values[i] < minimum[0] ? values[i] : minimum[0];
        maximum[0] = values[i] > maximum[0] ? values[i] : maximum[0];
    }
    for (Index k = 1; k < lanes; ++k) {
        minimum[0] = minimum[k] < minimum[0] ? minimum[k] : minimum[0];
        maximum[0] = maximum[k] > maximum[0] ? maximum[k] : maximum[0];
    }
    return {minimum[0] + 0.0, maximum[0] + 0.0};
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE THUOCDO_KERNEL inline ValueRange value_range_wide(const double* values, Index count) {
    THUOCDO_EXACT
    return value_range_body(values, count);
}
#endif

}  // namespace detail

/// Of one number or more, all finite. Zeros come out as +0, whatever sign came first. In
/// lanes, so that it vectorises.
[[nodiscard]] THUOCDO_KERNEL inline ValueRange value_range(const double* values,
                                                           Index count) noexcept {
    THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors) return detail::value_range_wide(values, count);
#endif
    return detail::value_range_body(values, count);
}

}  // namespace thuocdo::numeric
