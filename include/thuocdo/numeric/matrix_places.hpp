#pragma once
/// @file
/// How errors about matrices name a place in them.

#include <thuocdo/config.hpp>

#include <cstddef>
#include <string>

namespace thuocdo::numeric {

/// Cells that one error lists at most.
inline constexpr std::size_t problems_listed = 100;

[[nodiscard]] inline std::string cell_place(Index row, Index column) {
    return "row " + std::to_string(row) + ", column " + std::to_string(column) +
           " (counted from 0)";
}

[[nodiscard]] inline std::string column_place(Index column) {
    return "column " + std::to_string(column) + " (counted from 0)";
}

/// An entry of an argument or option that is a list.
[[nodiscard]] inline std::string entry_place(const char* name, std::size_t k) {
    return std::string(name) + '[' + std::to_string(k) + ']';
}

}  // namespace thuocdo::numeric
