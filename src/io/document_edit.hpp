#pragma once
/// @file
/// Changes of model documents by JSON pointer.

#include <thuocdo/model/definition.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/json_text.hpp"

namespace thuocdo::io::detail {

/// The document of a definition.
[[nodiscard]] Json document_of(const ModelDefinition& definition);

/// The steps of a pointer, unescaped. A pointer that starts at a node (`@code/member`) is
/// written from the root of the document first.
/// @throws ModelError `pointer_hits_nothing` for an unknown node or a text that is no pointer.
[[nodiscard]] std::vector<std::string> steps_in(const Json& document, std::string_view pointer);

/// The steps to the node of a code; nothing when there is none.
[[nodiscard]] std::optional<std::vector<std::string>> steps_to_node(const Json& document,
                                                                    const std::string& code);

/// Puts a value where the steps lead; objects that are not written are made on the way.
/// `pointer` is what messages call the place.
/// @throws ModelError `pointer_hits_nothing` when they lead through something that is no
///         object or list, or past the end of a list.
void put_value(Json& document, std::string_view pointer, const std::vector<std::string>& steps,
               const Json& value);

/// Takes out the member or element where the steps lead.
/// @throws ModelError `pointer_hits_nothing` when nothing is written there.
void take_out(Json& document, std::string_view pointer, const std::vector<std::string>& steps);

}  // namespace thuocdo::io::detail
