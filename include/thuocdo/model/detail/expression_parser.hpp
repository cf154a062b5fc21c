#pragma once
/// @file
/// Reads the tokens of an expression by operator precedence.

#include <thuocdo/detail/nearest_word.hpp>
#include <thuocdo/model/detail/expression_lexer.hpp>
#include <thuocdo/model/expression_terms.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::expression::detail {

/// How tightly operators bind; more is tighter.
enum Binding : int {
    binds_or = 1,
    binds_and,
    binds_not,
    binds_comparison,
    binds_sum,
    binds_product,
    binds_sign,
    binds_power
};

struct BinaryOperator {
    std::string_view symbol;
    Operation operation;
    Binding binding;
};

inline constexpr std::array binary_operators{
    BinaryOperator{"or", Operation::logical_or, binds_or},
    BinaryOperator{"and", Operation::logical_and, binds_and},
    BinaryOperator{"<", Operation::less, binds_comparison},
    BinaryOperator{"<=", Operation::less_or_equal, binds_comparison},
    BinaryOperator{">", Operation::greater, binds_comparison},
    BinaryOperator{">=", Operation::greater_or_equal, binds_comparison},
    BinaryOperator{"==", Operation::equal, binds_comparison},
    BinaryOperator{"!=", Operation::not_equal, binds_comparison},
    BinaryOperator{"+", Operation::add, binds_sum},
    BinaryOperator{"-", Operation::subtract, binds_sum},
    BinaryOperator{"*", Operation::multiply, binds_product},
    BinaryOperator{"/", Operation::divide, binds_product},
    BinaryOperator{"^", Operation::power, binds_power}};

[[nodiscard]] constexpr const BinaryOperator* binary_operator(Operation operation) noexcept {
    for (const BinaryOperator& each : binary_operators)
        if (each.operation == operation) return &each;
    return nullptr;
}

/// Words that are operators; indicators of these codes stand between backquotes.
[[nodiscard]] constexpr bool is_operator_word(std::string_view word) noexcept {
    return word == "and" || word == "or" || word == "not";
}

/// The most decimals that `round` keeps or drops.
inline constexpr double most_rounding_digits = 15.0;

class ExpressionParser {
  public:
    ExpressionParser(std::string_view text, const std::string& place)
        : text_(text), place_(place) {}

    [[nodiscard]] ExpressionReading run() {
        reading_.expression.text = text_;
        if (text_.size() > longest_expression) {
            report(0, "expression_too_long", std::to_string(text_.size()) + " bytes",
                   "at most " + std::to_string(longest_expression),
                   "split it into several derived indicators");
            return std::move(reading_);
        }
        tokens_ = ExpressionLexer(text_, place_, reading_.problems).run();
        if (peek().kind == TokenKind::end) {
            report(0, "expression_missing", "no expression", "an expression such as a / b",
                   "write it");
            return std::move(reading_);
        }
        static_cast<void>(parse(binds_or));
        while (peek().kind != TokenKind::end && !stopped_) {
            unexpected("an operator or the end");
            skip_to_separator();
            if (peek().kind != TokenKind::end) ++next_;
        }
        return std::move(reading_);
    }

  private:
    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
        const std::size_t at = next_ + ahead;
        return at < tokens_.size() ? tokens_[at] : tokens_.back();
    }

    void report(std::size_t byte, const char* code, std::string found, std::string expected,
                std::string remedy) {
        reading_.problems.push_back({code, column_place(place_, text_, byte), std::move(found),
                                     std::move(expected), std::move(remedy)});
    }

    [[nodiscard]] static std::string described(const Token& token) {
        if (token.kind == TokenKind::end) return "the end";
        if (token.kind == TokenKind::text) return "text \"" + token.text + '"';
        if (token.kind == TokenKind::number) return "number " + token.text;
        return '"' + token.text + '"';
    }

    /// One report a fault: what could not be read was reported by the lexer.
    void unexpected(const std::string& expected) {
        if (stopped_ || peek().kind == TokenKind::unreadable) return;
        const Token& token = peek();
        const std::string place = column_place(place_, text_, token.begin);
        if (!reading_.problems.empty() && reading_.problems.back().place == place) return;
        std::string remedy = "correct it";
        if (token.is(",")) {
            remedy = "decimals have a point: write 0.5";
        } else if (token.is(")")) {
            remedy = "remove it, or open it before";
        } else if (token.kind == TokenKind::text) {
            remedy = "only in_unit takes a text";
        } else if (token.kind == TokenKind::end) {
            remedy = "complete the expression";
        } else if (token.kind == TokenKind::number || token.kind == TokenKind::name ||
                   token.kind == TokenKind::quoted_name || token.is("(")) {
            remedy = "put an operator before it; a product is written a * b";
        }
        report(token.begin, "unexpected_token", described(token), expected, std::move(remedy));
    }

    /// Goes to the next comma or closing parenthesis of this level, or the end.
    void skip_to_separator() {
        std::size_t open = 0;
        while (peek().kind != TokenKind::end) {
            if (open == 0 && (peek().is(",") || peek().is(")"))) return;
            if (peek().is("(")) ++open;
            if (peek().is(")")) --open;
            ++next_;
        }
    }

    std::size_t add(Term term) {
        reading_.expression.terms.push_back(std::move(term));
        return reading_.expression.terms.size() - 1;
    }

    [[nodiscard]] Term& at(std::size_t index) { return reading_.expression.terms[index]; }

    /// Stands for what could not be read.
    std::size_t placeholder() {
        Term term;
        term.begin = term.end = term.at = peek().begin;
        term.first = reading_.expression.terms.size();
        return add(std::move(term));
    }

    std::size_t combine(Operation operation, std::size_t first_term,
                        std::vector<std::size_t> arguments, std::size_t begin,
                        std::size_t operator_byte) {
        Term term;
        term.operation = operation;
        term.first = first_term;
        term.begin = begin;
        term.end = previous_end();
        term.at = operator_byte;
        term.arguments = std::move(arguments);
        return add(std::move(term));
    }

    [[nodiscard]] std::size_t previous_end() const {
        return next_ == 0 ? 0 : tokens_[next_ - 1].end;
    }

    [[nodiscard]] const BinaryOperator* next_operator() const {
        const Token& token = peek();
        if (token.kind != TokenKind::symbol && token.kind != TokenKind::name) return nullptr;
        for (const BinaryOperator& each : binary_operators)
            if (token.text == each.symbol) return &each;
        return nullptr;
    }

    /// An operand and all operators after it that bind at least so tightly.
    std::size_t parse(int loosest) {
        if (++depth_ > deepest_nesting && !stopped_) {
            report(peek().begin, "expression_too_deep",
                   "more than " + std::to_string(deepest_nesting) + " levels",
                   "at most " + std::to_string(deepest_nesting) + " levels of nesting",
                   "split it into several derived indicators");
            stopped_ = true;
        }
        if (stopped_) {
            next_ = tokens_.size() - 1;
            --depth_;
            return placeholder();
        }
        const std::size_t begin = peek().begin;
        std::size_t left = prefix(loosest);
        while (const BinaryOperator* each = next_operator()) {
            if (each->binding < loosest) break;
            const std::size_t byte = peek().begin;
            ++next_;
            const bool from_the_right = each->operation == Operation::power;
            const std::size_t right = parse(each->binding + (from_the_right ? 0 : 1));
            const std::size_t first = at(left).first;
            left = combine(each->operation, first, {left, right}, begin, byte);
            if (each->binding == binds_comparison) refuse_chain();
        }
        --depth_;
        return left;
    }

    void refuse_chain() {
        const BinaryOperator* again = next_operator();
        if (!again || again->binding != binds_comparison) return;
        report(peek().begin, "chained_comparison", described(peek()) + " after a comparison",
               "one comparison", "write a < b and b < c");
    }

    std::size_t prefix(int loosest) {
        const Token& token = peek();
        const std::size_t begin = token.begin;
        const std::size_t first = reading_.expression.terms.size();
        if (token.is("-") || token.is("+")) {
            const bool negative = token.is("-");
            if (!negative)
                report(begin, "unexpected_token", "\"+\"", "a number, a name or \"(\"",
                       "remove the sign");
            ++next_;
            const std::size_t operand = parse(binds_power);
            if (!negative) return operand;
            return combine(Operation::negative, first, {operand}, begin, begin);
        }
        if (token.kind == TokenKind::name && token.text == "not") {
            ++next_;
            if (loosest > binds_not)
                report(begin, "unexpected_token", "\"not\"", "a number, a name or \"(\"",
                       "put it in parentheses: (not a)");
            const std::size_t operand = parse(binds_not);
            return combine(Operation::logical_not, first, {operand}, begin, begin);
        }
        return operand();
    }

    std::size_t operand() {
        const Token& token = peek();
        if (token.is("(")) return parenthesis();
        if (token.kind == TokenKind::name && !is_operator_word(token.text) && peek(1).is("("))
            return call();
        const bool name = token.kind == TokenKind::quoted_name ||
                          (token.kind == TokenKind::name && !is_operator_word(token.text));
        if (!name && token.kind != TokenKind::number) {
            unexpected("a number, a name or \"(\"");
            const std::size_t nothing = placeholder();
            // What cannot begin an operand is left to whoever expects it.
            if (token.kind == TokenKind::unreadable || token.kind == TokenKind::text ||
                (token.kind == TokenKind::name && is_operator_word(token.text) && !next_operator()))
                ++next_;
            return nothing;
        }
        Term term;
        term.operation = name ? Operation::indicator : Operation::number;
        term.number = token.number;
        if (name) term.text = token.text;
        term.begin = term.at = token.begin;
        term.end = token.end;
        term.first = reading_.expression.terms.size();
        ++next_;
        return add(std::move(term));
    }

    std::size_t parenthesis() {
        const std::size_t begin = peek().begin;
        ++next_;
        const std::size_t inner = parse(binds_or);
        close(begin);
        at(inner).begin = begin;
        at(inner).end = previous_end();
        return inner;
    }

    void close(std::size_t opened) {
        if (stopped_) return;
        if (!peek().is(")") && peek().kind != TokenKind::end) {
            unexpected("an operator or \")\"");
            skip_to_separator();
            while (peek().is(",")) {
                ++next_;
                skip_to_separator();
            }
        }
        if (peek().is(")")) {
            ++next_;
            return;
        }
        report(opened, "parenthesis_not_closed", "\"(\" without its partner", "\")\"", "close it");
    }

    std::size_t call() {
        const Token name = peek();
        const std::size_t opened = peek(1).begin;
        next_ += 2;
        Term term;
        term.operation = Operation::call;
        term.begin = term.at = name.begin;
        term.first = reading_.expression.terms.size();
        const FunctionEntry* function = find_function(name.text);
        if (!function) report_unknown(name);
        std::size_t given = 0;
        if (!peek().is(")")) {
            while (!stopped_) {
                argument(function, given, term);
                ++given;
                if (!peek().is(",")) break;
                ++next_;
            }
        }
        close(opened);
        term.end = previous_end();
        if (function) {
            term.function = function->function;
            term.observed_only = function->observed_only;
            check(*function, given, term);
        }
        return add(std::move(term));
    }

    void argument(const FunctionEntry* function, std::size_t position, Term& term) {
        const bool unit = function && function->function == Function::in_unit && position == 1;
        if (unit && peek().kind == TokenKind::text) {
            term.text = peek().text;
            ++next_;
        } else if (unit && peek().kind != TokenKind::end && !peek().is(")")) {
            unexpected("a unit of measure in double quotes");
            skip_to_separator();
        } else {
            term.arguments.push_back(parse(binds_or));
        }
        if (peek().is(",") || peek().is(")") || peek().kind == TokenKind::end) return;
        unexpected("an operator, \",\" or \")\"");
        skip_to_separator();
    }

    void report_unknown(const Token& name) {
        const std::vector<std::string> known = function_names();
        const auto nearest = thuocdo::detail::nearest_word(name.text, known);
        std::string list;
        for (const std::string& each : known)
            if (!each.starts_with("observed_")) list += (list.empty() ? "" : ", ") + each;
        report(name.begin, "unknown_function", '"' + name.text + '"',
               "one of " + list + "; observed_... for the observed arguments only",
               nearest ? "did you mean \"" + *nearest + "\"?" : "check the spelling");
    }

    void check(const FunctionEntry& function, std::size_t given, const Term& term) {
        if (given < function.fewest || (function.most != any_number && given > function.most)) {
            std::string expected = std::to_string(function.fewest);
            if (function.most == any_number) expected = "at least " + expected;
            report(term.at, "argument_count", std::to_string(given) + " arguments", expected,
                   std::string("write ") + function.usage);
            return;
        }
        if (stopped_) return;
        if (function.function == Function::previous || function.function == Function::growth) {
            const Term& of = at(term.arguments.front());
            if (of.operation != Operation::indicator)
                report(of.begin, "indicator_expected", "an expression", "the code of an indicator",
                       "make it a derived indicator and name that one");
        } else if (function.function == Function::round) {
            const auto digits = constant(term.arguments.back());
            if (!digits || *digits != std::floor(*digits) ||
                std::abs(*digits) > most_rounding_digits)
                report(at(term.arguments.back()).begin, "digits_out_of_range",
                       digits ? "digits that are no whole number of -15 to 15" : "an expression",
                       "-15 to 15 digits, as a number", std::string("write ") + function.usage);
        } else if (function.function == Function::root) {
            const auto degree = constant(term.arguments.back());
            if (!degree || *degree != std::floor(*degree) || *degree < 1.0)
                report(at(term.arguments.back()).begin, "root_of_no_degree",
                       degree ? "a degree that is no whole number from 1" : "an expression",
                       "a whole number from 1", "use ^ for other powers");
        } else if (function.function == Function::clamp) {
            const auto lower = constant(term.arguments[1]);
            const auto upper = constant(term.arguments[2]);
            if (lower && upper && *lower > *upper)
                report(at(term.arguments[1]).begin, "bounds_reversed",
                       "a lower bound above the upper one", "clamp(x, lower, upper)",
                       "exchange them");
        }
    }

    /// A number as written, with its sign.
    [[nodiscard]] std::optional<double> constant(std::size_t index) {
        const Term& term = at(index);
        if (term.operation == Operation::number) return term.number;
        if (term.operation != Operation::negative) return std::nullopt;
        const Term& of = at(term.arguments.front());
        if (of.operation != Operation::number) return std::nullopt;
        return -of.number;
    }

    std::string_view text_;
    const std::string& place_;
    ExpressionReading reading_;
    std::vector<Token> tokens_;
    std::size_t next_ = 0;
    std::size_t depth_ = 0;
    bool stopped_ = false;
};

}  // namespace thuocdo::expression::detail
