#pragma once
// One unit as a JSON object.

#include <thuocdo/data/unit_registry.hpp>

#include <string>

#include "io/json_reader.hpp"

namespace thuocdo::io::detail {

/// Reads a unit; what cannot be read is left out.
[[nodiscard]] Unit read_unit_object(const Json& value, const std::string& place, ReadLog& log);

/// On one line, empty members left out.
[[nodiscard]] std::string unit_json(const Unit& unit);

}  // namespace thuocdo::io::detail
