#include "html_writer.hpp"

#include <array>
#include <cstddef>

namespace thuocdo::publish::detail {

namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// Bytes of the well-formed UTF-8 sequence at the start of a text; 0 where there is none.
std::size_t html_sequence_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t at = 1; at < length; ++at)
        if ((byte(at) & 0xC0) != 0x80) return 0;
    // Too long for what they mean, surrogates, and beyond the last character.
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) ||
        (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F))
        return 0;
    return length;
}

bool is_html_control(std::string_view sequence) noexcept {
    const auto first = static_cast<unsigned char>(sequence[0]);
    if (sequence.size() == 1)
        return (first < 0x20 && first != '\t' && first != '\n') || first == 0x7F;
    // U+0080 to U+009F, and the two that stand for no character, U+FFFE and U+FFFF.
    return (first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0) ||
           sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF";
}

}  // namespace

void append_escaped(std::string& page, std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = html_sequence_length(text);
        const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
        text.remove_prefix(sequence.size());
        if (length == 0 || is_html_control(sequence))
            page += replacement_character;
        else if (sequence == "&")
            page += "&amp;";
        else if (sequence == "<")
            page += "&lt;";
        else if (sequence == ">")
            page += "&gt;";
        else if (sequence == "\"")
            page += "&quot;";
        else if (sequence == "'")
            page += "&#39;";
        else
            page += sequence;
    }
}

bool turns_direction(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto first = static_cast<unsigned char>(text[at]);
        // Hebrew to N'Ko; Samaritan to Arabic Extended; presentation forms; planes with old
        // scripts.
        if ((first >= 0xD6 && first <= 0xDF) || first == 0xF0) return true;
        if (at + 2 >= text.size()) continue;
        const auto second = static_cast<unsigned char>(text[at + 1]);
        const auto third = static_cast<unsigned char>(text[at + 2]);
        if (first == 0xE0 && second >= 0xA0 && second <= 0xA3) return true;
        if (first == 0xEF && (second == 0xAC || second == 0xAD || second >= 0xB7)) return true;
        // U+200E, U+200F, U+202A to U+202E; U+2066 to U+2069.
        if (first == 0xE2 && second == 0x80 && (third == 0x8E || third == 0x8F)) return true;
        if (first == 0xE2 && second == 0x80 && third >= 0xAA && third <= 0xAE) return true;
        if (first == 0xE2 && second == 0x81 && third >= 0xA6 && third <= 0xA9) return true;
    }
    return false;
}

std::string id_of(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string id;
    for (const char each : text) {
        const auto byte = static_cast<unsigned char>(each);
        if ((each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
            (each >= '0' && each <= '9') || each == '-') {
            id += each;
        } else {
            id += '_';
            id += digits[byte >> 4U];
            id += digits[byte & 0xFU];
        }
    }
    return id;
}

HtmlElement::~HtmlElement() { writer_.end(name_); }

HtmlElement HtmlWriter::element(HtmlName name, Attributes attributes) {
    start(name.text(), attributes);
    page_ += '>';
    return {*this, name.text()};
}

void HtmlWriter::leaf(HtmlName name, Attributes attributes, std::string_view text) {
    const HtmlElement scope = element(name, attributes);
    append_escaped(page_, text);
}

void HtmlWriter::empty(HtmlName name, Attributes attributes) {
    start(name.text(), attributes);
    page_ += '>';
}

void HtmlWriter::shape(HtmlName name, Attributes attributes) {
    start(name.text(), attributes);
    page_ += "/>";
}

void HtmlWriter::asset(HtmlName name, HtmlAsset asset) {
    const HtmlElement scope = element(name);
    page_ += asset.content();
}

void HtmlWriter::text(std::string_view text) { append_escaped(page_, text); }

void HtmlWriter::start(std::string_view name, Attributes attributes) {
    page_ += '<';
    page_ += name;
    for (const HtmlAttribute& each : attributes) {
        page_ += ' ';
        page_ += each.name();
        page_ += "=\"";
        append_escaped(page_, each.value());
        page_ += '"';
    }
}

void HtmlWriter::end(std::string_view name) {
    page_ += "</";
    page_ += name;
    page_ += '>';
}

}  // namespace thuocdo::publish::detail
