#include "io/deadline_tokens.hpp"

#include <thuocdo/io/unicode.hpp>

#include <utf8proc.h>

#include <array>
#include <charconv>

namespace thuocdo::io::detail {
namespace {

enum class CharacterClass { space, digit, letter, sign };

CharacterClass class_of(utf8proc_int32_t point) {
    if (point >= '0' && point <= '9') return CharacterClass::digit;
    switch (utf8proc_category(point)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
            return CharacterClass::letter;
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
        case UTF8PROC_CATEGORY_CC:
            return CharacterClass::space;
        default:
            return CharacterClass::sign;
    }
}

}  // namespace

std::vector<Token> deadline_tokens(std::string_view text) {
    const std::string composed = to_nfc(text);
    std::vector<Token> tokens;
    CharacterClass before = CharacterClass::space;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(composed.data());
    for (std::size_t at = 0; at < composed.size();) {
        utf8proc_int32_t point = 0;
        at += static_cast<std::size_t>(utf8proc_iterate(
            bytes + at, static_cast<utf8proc_ssize_t>(composed.size() - at), &point));
        const CharacterClass now = class_of(point);
        const bool goes_on = now == before && now != CharacterClass::sign;
        before = now;
        if (now == CharacterClass::space) continue;
        if (!goes_on) tokens.push_back({{}, now == CharacterClass::digit});
        std::array<utf8proc_uint8_t, 4> encoded{};
        const auto length = utf8proc_encode_char(utf8proc_tolower(point), encoded.data());
        tokens.back().text.append(reinterpret_cast<const char*>(encoded.data()),
                                  static_cast<std::size_t>(length));
    }
    return tokens;
}

bool TokenCursor::accept(std::string_view phrase) {
    std::size_t at = at_;
    while (true) {
        const std::size_t space = phrase.find(' ');
        if (at == tokens_->size() || (*tokens_)[at].text != phrase.substr(0, space)) return false;
        ++at;
        if (space == std::string_view::npos) break;
        phrase.remove_prefix(space + 1);
    }
    at_ = at;
    return true;
}

bool TokenCursor::accept_any(std::initializer_list<std::string_view> phrases) {
    for (const std::string_view phrase : phrases)
        if (accept(phrase)) return true;
    return false;
}

bool TokenCursor::sees_any(std::initializer_list<std::string_view> phrases) const {
    TokenCursor ahead = *this;
    return ahead.accept_any(phrases);
}

std::optional<TokenNumber> TokenCursor::number(std::size_t most_digits) {
    if (at_end() || !(*tokens_)[at_].is_number) return std::nullopt;
    const std::string& digits = (*tokens_)[at_].text;
    if (digits.size() > most_digits) return std::nullopt;
    TokenNumber number{0, digits.size()};
    std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
    ++at_;
    return number;
}

const std::string& TokenCursor::peek() const {
    static const std::string none;
    return at_end() ? none : (*tokens_)[at_].text;
}

bool holds_phrase(const std::vector<Token>& tokens, std::string_view phrase) {
    TokenCursor cursor(tokens);
    for (; !cursor.at_end(); cursor.skip())
        if (cursor.sees_any({phrase})) return true;
    return false;
}

}  // namespace thuocdo::io::detail
