#pragma once
/// @file
/// How the result of a method tells its parts: names, what their entries stand for and
/// what they mean. Tables, explanations and the Python binding are made from it.

#include <string_view>

namespace thuocdo::rank {

/// What the entries of a part stand for.
enum class Axis {
    alternatives,  ///< a vector, one entry an alternative
    criteria,      ///< a vector, one entry a criterion
    cells,         ///< a matrix, alternatives by criteria
    pairs,         ///< a matrix, alternatives by alternatives
    single         ///< one number, flag or word
};

/// One part of a result: a member under the name of the literature.
template <class Result, class Value>
struct Part {
    std::string_view name;
    Value Result::*member;
    Axis axis;
    /// The formula in short, in English.
    std::string_view meaning;
};

template <class Result, class Value>
[[nodiscard]] constexpr Part<Result, Value> part(std::string_view name, Value Result::*member,
                                                 Axis axis, std::string_view meaning) {
    return {name, member, axis, meaning};
}

}  // namespace thuocdo::rank
