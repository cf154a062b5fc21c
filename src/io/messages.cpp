#include "io/messages.hpp"

#include <algorithm>
#include <utility>

namespace thuocdo::io::detail {
namespace {

/// Edits that turn one word into the other, a pair of exchanged neighbours
/// counting once (Damerau 1964, each place edited at most once).
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

}  // namespace

std::string shortened(std::string_view text) {
    std::size_t characters = 0;
    for (std::size_t k = 0; k < text.size(); ++k) {
        const bool begins = (static_cast<unsigned char>(text[k]) & 0xc0U) != 0x80U;
        if (begins && ++characters > most_shown) return std::string(text.substr(0, k)) + "...";
    }
    return std::string(text);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string listed(std::span<const std::string> words) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> known) {
    constexpr std::size_t letters_an_edit = 3;
    constexpr std::size_t longest_word = 100;
    if (word.size() > longest_word) return std::nullopt;
    const std::string lower = lower_case(word);
    std::optional<std::string> nearest;
    std::size_t fewest = 0;
    for (const std::string& each : known) {
        const std::size_t edits = edit_distance(lower, lower_case(each));
        const std::size_t allowed = std::max<std::size_t>(1, each.size() / letters_an_edit);
        if (edits > allowed || edits >= each.size() || (nearest && edits >= fewest)) continue;
        nearest = each;
        fewest = edits;
    }
    return nearest;
}

std::string suggestion(std::string_view word, std::span<const std::string> known,
                       std::string fallback) {
    const auto nearest = nearest_word(word, known);
    return nearest ? "did you mean \"" + *nearest + "\"?" : std::move(fallback);
}

}  // namespace thuocdo::io::detail
