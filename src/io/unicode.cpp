#include <thuocdo/error.hpp>
#include <thuocdo/io/unicode.hpp>

#include <cstdint>
#include <cstring>

#include "io/utf8.hpp"

namespace thuocdo::io {

namespace {

/// Bytes that are looked at in one step while the text is plain ASCII.
constexpr std::size_t word_size = sizeof(std::uint64_t);
constexpr std::uint64_t high_bits = 0x8080808080808080U;

std::size_t skip_ascii(std::string_view text, std::size_t at) noexcept {
    while (at + word_size <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, word_size);
        if ((word & high_bits) != 0) break;
        at += word_size;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

/// Length of the well-formed sequence at `at`, 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t offset) -> unsigned {
        return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
    };
    const auto trails = [&](std::size_t offset) { return (byte(offset) & 0xc0U) == 0x80U; };
    const unsigned lead = byte(0);
    const unsigned second = byte(1);
    if (lead < 0x80) return 1;
    if (lead < 0xc2) return 0;
    if (lead < 0xe0) return trails(1) ? 2 : 0;
    if (lead < 0xf0) {
        const bool overlong = lead == 0xe0 && second < 0xa0;
        const bool surrogate = lead == 0xed && second >= 0xa0;
        return trails(1) && trails(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (lead > 0xf4) return 0;
    const bool overlong = lead == 0xf0 && second < 0x90;
    const bool too_high = lead == 0xf4 && second >= 0x90;
    return trails(1) && trails(2) && trails(3) && !overlong && !too_high ? 4 : 0;
}

/// Whether every code point is below U+0300 or in U+1E00..U+1EFF. Those are in
/// NFC alone and next to each other, and Vietnamese needs no others.
bool is_plainly_nfc(std::string_view text) noexcept {
    constexpr unsigned char first_combining_lead = 0xcc;
    constexpr unsigned char latin_additional_lead = 0xe1;
    for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead < first_combining_lead) {
            at += 2;
        } else if (lead == latin_additional_lead) {
            const auto second = static_cast<unsigned char>(text[at + 1]);
            if (second < 0xb8 || second > 0xbb) return false;
            at += 3;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
    for (std::size_t at = skip_ascii(text, 0); at < text.size();) {
        const std::size_t length = sequence_length(text, at);
        if (length == 0) return at;
        at = skip_ascii(text, at + length);
    }
    return std::nullopt;
}

bool is_valid_utf8(std::string_view text) noexcept { return !find_invalid_utf8(text); }

bool is_nfc(std::string_view text) {
    if (!is_valid_utf8(text)) return false;
    return is_plainly_nfc(text) || detail::composed_utf8(text) == text;
}

std::string to_nfc(std::string_view text) {
    if (const auto at = find_invalid_utf8(text))
        throw DataError("the text cannot be normalised",
                        {{"invalid_utf8", "byte " + std::to_string(*at + 1),
                          "a byte that is not UTF-8", "text in UTF-8", "save the text as UTF-8"}});
    return is_plainly_nfc(text) ? std::string(text) : detail::composed_utf8(text);
}

}  // namespace thuocdo::io
