#pragma once
/// @file
/// Why a text is no deadline.

#include <thuocdo/error.hpp>

#include <optional>
#include <string_view>
#include <vector>

#include "io/deadline_tokens.hpp"

namespace thuocdo::io::detail {

/// The place that problems of deadlines name.
inline constexpr const char* deadline_place = "deadline";

/// Words that no exact deadline has, such as those of a recurring or relative
/// one; nothing when none stands in the text.
/// @param is_incomplete whether the text has the form of a deadline that only
/// lacks its year or first day: words that are also part of exact ones, such as
/// "6 tháng đầu năm", are then not held against it
[[nodiscard]] std::optional<Problem> known_refusal(const std::vector<Token>& tokens,
                                                   std::string_view text, bool is_incomplete);

/// The problem of a text that has none of the forms.
[[nodiscard]] Problem unreadable_deadline(std::string_view text);

}  // namespace thuocdo::io::detail
