#pragma once
// Numbers of a table, with the decimal mark that the caller declares.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thuocdo::io::detail {

/// Sign, digits, decimal mark and digits, exponent; the digits before the mark
/// and the number as a whole are required. Nothing for any other text and for
/// numbers outside the range of a double.
[[nodiscard]] std::optional<double> cell_number(std::string_view text, char decimal) noexcept;

/// What is wrong with a text where a number belongs.
struct CellNumberDefect {
    std::string code;
    std::string expected;
    std::string remedy;
    /// The text is a number in a form that is not accepted, rather than words.
    bool is_almost_a_number = false;
};

/// The defect of a text that `cell_number` refuses.
[[nodiscard]] CellNumberDefect cell_number_defect(std::string_view text, char decimal);

}  // namespace thuocdo::io::detail
