#pragma once
/// @file
/// A publication as a JSON document. Needs the target `thuocdo::publication`; not part of the
/// umbrella header.

#include <thuocdo/error.hpp>
#include <thuocdo/publish/publication.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::publish {

/// Number of the format of `publication.json` and of manifests.
inline constexpr int publication_format = 1;

/// Writes a publication: members in a fixed order, numbers as the shortest decimals that read
/// back unchanged, missing results as null, withheld figures as `{"withheld": true}`; empty
/// texts and lists are left out. The same publication gives the same bytes everywhere, and
/// `parse_publication` gives it back.
/// @throws DataError with every problem by JSON pointer: `invalid_utf8`, `nul_character`,
///         `not_nfc` for texts, `infinite_value` for numbers, and the problems of
///         check_publication()
[[nodiscard]] std::string to_json(const Publication& publication);

/// Reads what to_json() writes, strictly.
/// @throws DataError with every problem by JSON pointer: those of a text that is no JSON (as
///         `io::parse_model`), `unknown_member`, `missing_member`, `wrong_type`,
///         `unknown_word`, `unsupported_format`, and those of check_publication()
[[nodiscard]] Publication parse_publication(std::string_view text);

/// What is wrong with a publication as a whole, by JSON pointer: `empty_code`,
/// `duplicate_code`, `bad_parent` (parents come before their children, the root first),
/// `figure_count` (one figure a node), `bad_version`, `withheld_number`.
/// O(units x nodes)
[[nodiscard]] std::vector<Problem> check_publication(const Publication& publication);

}  // namespace thuocdo::publish
