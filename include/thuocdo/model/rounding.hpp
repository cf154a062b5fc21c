#pragma once
/// @file
/// Where and how a number of a model is rounded.

#include <thuocdo/numeric/decimal.hpp>

namespace thuocdo {

/// What a node's rounding applies to.
enum class RoundingPlace {
    result,  ///< the result, before the next level sees it
    value,   ///< the raw value of a leaf, before its score rule
    display  ///< only what is printed and, at the root, ranked on
};

/// Decimal rounding of a node, as a person would do it on the printed number.
struct Rounding {
    int digits = 0;
    numeric::RoundingMode mode = numeric::RoundingMode::half_up;
    RoundingPlace at = RoundingPlace::result;

    friend bool operator==(const Rounding&, const Rounding&) = default;
};

}  // namespace thuocdo
