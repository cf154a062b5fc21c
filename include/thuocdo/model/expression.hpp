#pragma once
/// @file
/// The expression of a derived indicator: closed arithmetic over the indicators
/// of one unit. It reads columns and gives a column; it cannot run code.

#include <thuocdo/model/detail/expression_parser.hpp>
#include <thuocdo/model/detail/expression_text.hpp>
#include <thuocdo/model/expression_terms.hpp>

#include <string>
#include <string_view>

namespace thuocdo::expression {

/// Reads an expression. `place` stands before the column in problems, e.g. the
/// JSON pointer of the text.
///
/// Loosest first: `or`, `and`, `not`, comparisons (which do not chain), `+ -`,
/// `* /`, sign, `^` (from the right: `2^3^2` is 512, `-2^2` is -4). Names of
/// indicators are letters, digits, `_` and `.`; any other code stands between
/// backquotes, in which two backquotes mean one.
///
/// Complexity: O(length). Never throws for what the text holds.
[[nodiscard]] inline ExpressionReading parse(std::string_view text, const std::string& place = {}) {
    return detail::ExpressionParser(text, place).run();
}

/// The expression in its one normal form: single spaces, no parentheses that
/// change nothing, shortest numbers. Parsing it gives the same terms.
[[nodiscard]] inline std::string to_text(const Expression& expression) {
    return detail::text_of(expression);
}

}  // namespace thuocdo::expression
