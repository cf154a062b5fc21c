#pragma once
// How texts of a file are shown in problems.

#include <thuocdo/io/unicode.hpp>

#include <string>
#include <string_view>

namespace thuocdo::io::detail {

/// The text in quotes, fit for one line of a message: control characters and
/// bytes that are not UTF-8 are escaped, and a long text is cut at a character.
/// The name is one that std::quoted does not compete with.
[[nodiscard]] inline std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 80;
    constexpr const char* digits = "0123456789abcdef";
    bool cut = false;
    if (text.size() > longest) {
        std::size_t end = longest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
        text = text.substr(0, end);
        cut = true;
    }
    std::string out = "\"";
    std::size_t bad = find_invalid_utf8(text).value_or(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char each = text[at];
        const auto byte = static_cast<unsigned char>(each);
        if (each == '\n') {
            out += "\\n";
        } else if (each == '\r') {
            out += "\\r";
        } else if (each == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7f || at == bad) {
            out += "\\x";
            out += digits[byte >> 4];
            out += digits[byte & 0xfU];
            if (at == bad) {
                const std::string_view rest = text.substr(at + 1);
                bad = at + 1 + find_invalid_utf8(rest).value_or(rest.size());
            }
        } else {
            out += each;
        }
    }
    out += cut ? "...\"" : "\"";
    return out;
}

}  // namespace thuocdo::io::detail
