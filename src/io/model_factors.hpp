#pragma once
/// @file
/// Checks of factors that need the reader of documents.

#include <thuocdo/error.hpp>
#include <thuocdo/model/definition.hpp>

#include <vector>

namespace thuocdo::io::detail {

/// Whether the values of the `one_of` factors of a definition that passes all other checks
/// fit the members that they are for, and differ.
[[nodiscard]] std::vector<Problem> check_one_of(const ModelDefinition& definition);

}  // namespace thuocdo::io::detail
