#pragma once
/// @file
/// Numbers written as text, read strictly, and what is wrong with the others.

#include <optional>
#include <string>
#include <string_view>

namespace thuocdo::io::detail {

/// A finite decimal number with a point and nothing else around it.
[[nodiscard]] std::optional<double> strict_number(std::string_view text);

/// Why a text is no number.
struct NumberDefect {
    std::string code;
    std::string remedy;
};

/// Names the defect of a text that `strict_number` refuses.
[[nodiscard]] NumberDefect number_defect(std::string_view text);

}  // namespace thuocdo::io::detail
