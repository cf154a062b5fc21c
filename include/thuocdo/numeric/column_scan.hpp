#pragma once
/// @file
/// One look at a column of numbers: are all finite, and between which values do they lie.

#include <thuocdo/config.hpp>

#include <bit>
#include <cstdint>

namespace thuocdo::numeric {

/// Whether none of `count` numbers is NaN or infinite. On the bits, because an `or` of
/// integers vectorises for SSE2.
[[nodiscard]] inline bool all_finite(const double* values, Index count) noexcept {
    constexpr std::uint64_t magnitude_bits = 0x7FFF'FFFF'FFFF'FFFFU;
    constexpr std::uint64_t largest_finite_bits = 0x7FEF'FFFF'FFFF'FFFFU;
    constexpr int sign_position = 63;
    std::uint64_t signs = 0;
    for (Index i = 0; i < count; ++i)
        signs |= largest_finite_bits - (std::bit_cast<std::uint64_t>(values[i]) & magnitude_bits);
    return (signs >> sign_position) == 0;
}

/// The smallest and the largest of some numbers.
struct ValueRange {
    double minimum = 0.0;
    double maximum = 0.0;
    [[nodiscard]] bool constant() const noexcept { return minimum == maximum; }
};

/// Of one number or more, all finite. Zeros come out as +0, whatever sign came first.
[[nodiscard]] inline ValueRange value_range(const double* values, Index count) noexcept {
    double minimum = values[0];
    double maximum = values[0];
    for (Index i = 1; i < count; ++i) {
        minimum = values[i] < minimum ? values[i] : minimum;
        maximum = values[i] > maximum ? values[i] : maximum;
    }
    return {minimum + 0.0, maximum + 0.0};
}

}  // namespace thuocdo::numeric
