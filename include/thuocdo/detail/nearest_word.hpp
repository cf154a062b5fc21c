#pragma once
/// @file
/// The known word that a misspelt one was probably meant to be.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Lower case of the letters a to z; other bytes stay.
[[nodiscard]] inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// Edits that turn one word into the other, a pair of exchanged neighbours
/// counting once (Damerau 1964, each place edited at most once).
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
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

/// The known word nearest to a word, if any is near: within one edit for every
/// three letters. Case does not count. The first of equally near ones.
[[nodiscard]] inline std::optional<std::string> nearest_word(std::string_view word,
                                                             std::span<const std::string> known) {
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

}  // namespace thuocdo::detail
