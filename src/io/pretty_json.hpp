#pragma once
/// @file
/// White space for compact JSON; the tokens stay as they are.

#include <cstddef>
#include <string>
#include <string_view>

namespace thuocdo::io::detail {

/// Compact JSON with one member or element a line, except that objects and
/// lists without others inside stay on one line where they fit. Ends with a
/// line break. @param indent spaces a level
[[nodiscard]] std::string pretty_json(std::string_view compact, std::size_t indent);

}  // namespace thuocdo::io::detail
