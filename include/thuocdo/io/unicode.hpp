#pragma once
/// @file
/// UTF-8 and Unicode Normalisation Form C (Unicode Standard Annex 15), in which
/// names and codes are compared.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace thuocdo::io {

/// Position of the first byte that does not belong to well-formed UTF-8
/// (Unicode Standard, table 3-7: no overlong forms, no surrogates, nothing
/// above U+10FFFF); nothing when the whole text is well formed. Linear.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;

/// Whether the text is well-formed UTF-8.
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

/// Whether the text is in NFC. Text that is not UTF-8 is not. Latin and
/// Vietnamese letters in composed form are recognised without normalising.
[[nodiscard]] bool is_nfc(std::string_view text);

/// The text in NFC.
/// @throws DataError (`invalid_utf8`) when the text is not UTF-8.
[[nodiscard]] std::string to_nfc(std::string_view text);

}  // namespace thuocdo::io
