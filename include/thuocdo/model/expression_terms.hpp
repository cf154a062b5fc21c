#pragma once
/// @file
/// What an expression consists of once it is read.

#include <thuocdo/error.hpp>
#include <thuocdo/model/detail/expression_functions.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::expression {

/// What a term of an expression does with its arguments.
enum class Operation : std::uint8_t {
    number,     ///< a number as written
    indicator,  ///< the value of an indicator
    negative,
    add,
    subtract,
    multiply,
    divide,
    power,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    equal,
    not_equal,
    logical_not,
    logical_and,
    logical_or,
    call  ///< a function
};

/// One term: a number, an indicator, an operator or a function with its arguments.
struct Term {
    Operation operation = Operation::number;
    Function function = Function::sum;
    /// Whether a function leaves missing arguments out (prefix `observed_`).
    bool observed_only = false;
    double number = 0.0;
    /// Code of the indicator, or the unit of measure of `in_unit`.
    std::string text{};
    /// Positions of the arguments in `Expression::terms`.
    std::vector<std::size_t> arguments{};
    /// Position of the first term that belongs to this one.
    std::size_t first = 0;
    /// The bytes [begin, end) of the text that it was read from.
    std::size_t begin = 0;
    std::size_t end = 0;
    /// Byte of the operator or of the name of the function.
    std::size_t at = 0;
};

/// A readable expression. Terms are in the order in which they are computed:
/// arguments before the term that takes them, the whole expression last.
struct Expression {
    std::string text{};
    std::vector<Term> terms{};

    [[nodiscard]] const Term& root() const { return terms.back(); }

    /// Codes that it reads, each once, in the order of the text.
    [[nodiscard]] std::vector<std::string> indicators() const {
        std::vector<std::string> codes;
        for (const Term& term : terms) {
            if (term.operation != Operation::indicator) continue;
            bool known = false;
            for (const std::string& code : codes) known = known || code == term.text;
            if (!known) codes.push_back(term.text);
        }
        return codes;
    }

    /// Whether it reads the panel of the previous period.
    [[nodiscard]] bool uses_previous() const noexcept {
        for (const Term& term : terms)
            if (term.operation == Operation::call &&
                (term.function == Function::previous || term.function == Function::growth))
                return true;
        return false;
    }
};

/// The longest expression, in bytes, and the deepest nesting of parentheses,
/// signs and powers.
inline constexpr std::size_t longest_expression = 10000;
inline constexpr std::size_t deepest_nesting = 100;

/// An expression and what is wrong with it; usable when nothing is.
struct ExpressionReading {
    Expression expression{};
    std::vector<Problem> problems{};
};

/// A place inside the text of an expression: `PLACE:COLUMN`, where columns are
/// characters and the first is 1.
[[nodiscard]] inline std::string column_place(const std::string& place, std::string_view text,
                                              std::size_t byte) {
    std::size_t column = 1;
    for (std::size_t k = 0; k < byte && k < text.size(); ++k)
        column += (static_cast<unsigned char>(text[k]) & 0xc0U) != 0x80U ? 1U : 0U;
    return place + ':' + std::to_string(column);
}

}  // namespace thuocdo::expression
