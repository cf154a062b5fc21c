#pragma once
/// @file
/// Numbers that are worked on together. The compiler splits them where the processor has
/// narrower registers, with the same results.

#include <thuocdo/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace thuocdo::robust::detail {

inline constexpr std::size_t lane_bytes = 32;

using Lanes = double __attribute__((vector_size(lane_bytes)));
using LongLanes = std::int64_t __attribute__((vector_size(lane_bytes)));
using WholeLanes = std::int32_t __attribute__((vector_size(lane_bytes)));
using ShortLanes = std::uint16_t __attribute__((vector_size(lane_bytes)));

inline constexpr std::size_t lane_count = lane_bytes / sizeof(double);
inline constexpr std::size_t whole_lane_count = lane_bytes / sizeof(std::int32_t);
inline constexpr std::size_t short_lane_count = lane_bytes / sizeof(std::uint16_t);

/// As many whole numbers as there are lanes of double.
using WholeHalf = std::int32_t __attribute__((vector_size(lane_count * sizeof(std::int32_t))));
using ShortHalf = std::uint16_t __attribute__((vector_size(lane_count * sizeof(std::int32_t))));

/// The same number in every lane. Lanes go by reference: how they are passed by value depends
/// on what the caller is compiled for.
THUOCDO_BODY inline void fill_lanes(Lanes& out, double value) noexcept {
    out = Lanes{value, value, value, value};
}
THUOCDO_BODY inline void load_lanes(Lanes& out, const double* from) noexcept {
    std::memcpy(&out, from, sizeof out);
}

/// Writes the lower halves of whole numbers one after the other.
THUOCDO_BODY inline void store_shorts(std::uint16_t* to, const WholeHalf& from) noexcept {
    ShortHalf halves;
    std::memcpy(&halves, &from, sizeof halves);
    if constexpr (std::endian::native == std::endian::little)
        halves = __builtin_shufflevector(halves, halves, 0, 2, 4, 6, 0, 2, 4, 6);
    else
        halves = __builtin_shufflevector(halves, halves, 1, 3, 5, 7, 1, 3, 5, 7);
    std::memcpy(to, &halves, lane_count * sizeof(std::uint16_t));
}

/// `count` rounded up to whole lanes.
[[nodiscard]] constexpr std::size_t whole_lanes_of(std::size_t count) noexcept {
    return (count + lane_count - 1) / lane_count * lane_count;
}

}  // namespace thuocdo::robust::detail
