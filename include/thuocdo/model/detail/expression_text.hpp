#pragma once
/// @file
/// Writes an expression in its normal form.

#include <thuocdo/model/detail/expression_parser.hpp>
#include <thuocdo/model/expression_terms.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::expression::detail {

[[nodiscard]] inline bool is_plain_name(std::string_view code) noexcept {
    if (code.empty() || !begins_name(code.front()) || is_operator_word(code)) return false;
    for (const char c : code)
        if (!continues_name(c)) return false;
    return true;
}

/// Text between quotes; a quote inside is doubled.
[[nodiscard]] inline std::string in_quotes(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote) out += quote;
        out += c;
    }
    return out + quote;
}

/// A written term and how loosely its outermost operator binds.
struct WrittenTerm {
    std::string text;
    int binding = binds_power + 1;
};

/// The text in parentheses where it binds more loosely than its place.
[[nodiscard]] inline std::string at_least(const WrittenTerm& term, int binding) {
    return term.binding < binding ? '(' + term.text + ')' : term.text;
}

[[nodiscard]] inline WrittenTerm written(const Term& term, const std::vector<WrittenTerm>& of) {
    switch (term.operation) {
        case Operation::number:
            return {numeric::shortest(term.number)};
        case Operation::indicator:
            return {is_plain_name(term.text) ? term.text : in_quotes(term.text, '`')};
        case Operation::negative:
            return {'-' + at_least(of[0], binds_power), binds_sign};
        case Operation::logical_not:
            return {"not " + at_least(of[0], binds_not), binds_not};
        case Operation::call: {
            std::string text = function_name(term.function, term.observed_only);
            text += '(';
            for (std::size_t k = 0; k < of.size(); ++k) text += (k == 0 ? "" : ", ") + of[k].text;
            if (term.function == Function::in_unit) text += ", " + in_quotes(term.text, '"');
            return {text + ')'};
        }
        default:
            break;
    }
    const BinaryOperator& symbol = *binary_operator(term.operation);
    const int binding = symbol.binding;
    if (term.operation == Operation::power) {
        // The exponent may begin with a sign, the base may not.
        const std::string exponent =
            of[1].binding == binds_sign ? of[1].text : at_least(of[1], binds_power);
        return {at_least(of[0], binds_power + 1) + '^' + exponent, binding};
    }
    // Comparisons do not chain, so neither side may be one.
    const int left = binding == binds_comparison ? binding + 1 : binding;
    return {at_least(of[0], left) + ' ' + std::string(symbol.symbol) + ' ' +
                at_least(of[1], binding + 1),
            binding};
}

[[nodiscard]] inline std::string text_of(const Expression& expression) {
    std::vector<WrittenTerm> texts(expression.terms.size());
    for (std::size_t k = 0; k < texts.size(); ++k) {
        std::vector<WrittenTerm> arguments;
        for (const std::size_t each : expression.terms[k].arguments)
            arguments.push_back(std::move(texts[each]));
        texts[k] = written(expression.terms[k], arguments);
    }
    return texts.empty() ? std::string() : std::move(texts.back().text);
}

}  // namespace thuocdo::expression::detail
