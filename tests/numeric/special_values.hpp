#pragma once
// Values at the edge of doubles, and equality that sees them.

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace numeric_test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Both missing, or the same bits.
inline bool same(double a, double b) {
    return (std::isnan(a) && std::isnan(b)) ||
           std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace numeric_test
