#pragma once
/// @file
/// A total order on doubles, as integers that compare like the values.

#include <bit>
#include <cstdint>
#include <limits>

namespace thuocdo::numeric {

/// Which value comes first. Missing values (NaN) come last in both orders.
enum class Order { ascending, descending };

/// The key of every NaN, whatever its sign and payload, in both orders.
inline constexpr std::uint64_t missing_key = std::numeric_limits<std::uint64_t>::max();

/// Integer whose unsigned order is the ascending order of the doubles:
/// -infinity first, +infinity last, then NaN. -0.0 and +0.0 have one key.
///
/// A double is stored as sign and magnitude; flipping the sign bit of positive
/// numbers and every bit of negative ones turns that into an unsigned order.
[[nodiscard]] inline std::uint64_t ascending_key(double value) noexcept {
    constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63U;
    // Adding +0.0 changes nothing but -0.0, which becomes +0.0.
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(value + 0.0);
    const std::uint64_t flip = (bits & sign_bit) != 0 ? ~std::uint64_t{0} : sign_bit;
    return value != value ? missing_key : bits ^ flip;
}

/// The same for the descending order: +infinity first, -infinity last, then
/// NaN.
[[nodiscard]] inline std::uint64_t descending_key(double value) noexcept {
    return value != value ? missing_key : ~ascending_key(value);
}

/// The key of `value` in `order`.
[[nodiscard]] inline std::uint64_t order_key(double value, Order order) noexcept {
    return order == Order::ascending ? ascending_key(value) : descending_key(value);
}

}  // namespace thuocdo::numeric
