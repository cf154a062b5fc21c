#include "io/messages.hpp"

#include <thuocdo/detail/nearest_word.hpp>

#include <utility>

namespace thuocdo::io::detail {
std::string shortened(std::string_view text) {
    std::size_t characters = 0;
    for (std::size_t k = 0; k < text.size(); ++k) {
        const bool begins = (static_cast<unsigned char>(text[k]) & 0xc0U) != 0x80U;
        if (begins && ++characters > most_shown) return std::string(text.substr(0, k)) + "...";
    }
    return std::string(text);
}

std::string lower_case(std::string_view text) { return thuocdo::detail::lower_case(text); }

std::string listed(std::span<const std::string> words) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> known) {
    return thuocdo::detail::nearest_word(word, known);
}

std::string suggestion(std::string_view word, std::span<const std::string> known,
                       std::string fallback) {
    const auto nearest = nearest_word(word, known);
    return nearest ? "did you mean \"" + *nearest + "\"?" : std::move(fallback);
}

}  // namespace thuocdo::io::detail
