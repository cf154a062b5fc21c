#pragma once
/// @file
/// Words that the messages of the model readers share.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/message_text.hpp"

namespace thuocdo::io::detail {

/// At most this many characters of the input are shown.
inline constexpr std::size_t most_shown = 60;

/// The beginning of a text, cut between characters and marked with "...".
[[nodiscard]] std::string shortened(std::string_view text);

/// ASCII letters in lower case.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Words separated by commas.
[[nodiscard]] std::string listed(std::span<const std::string> words);

/// The known word that is nearest to a misspelled one, if any is near: at most
/// a third of its letters inserted, dropped, replaced or exchanged.
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word,
                                                      std::span<const std::string> known);

/// `did you mean "weight"?`, or the fallback when no word is near.
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string> known,
                                     std::string fallback);

}  // namespace thuocdo::io::detail
