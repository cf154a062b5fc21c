#pragma once
/// @file
/// Cuts the text of an expression into tokens.

#include <thuocdo/error.hpp>
#include <thuocdo/model/expression_terms.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace thuocdo::expression::detail {

enum class TokenKind { number, name, quoted_name, text, symbol, unreadable, end };

struct Token {
    TokenKind kind = TokenKind::end;
    /// The symbol, the name, or what stands between quotes.
    std::string text{};
    double number = 0.0;
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] bool is(std::string_view symbol) const noexcept {
        return kind == TokenKind::symbol && text == symbol;
    }
};

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool begins_name(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}
[[nodiscard]] constexpr bool continues_name(char c) noexcept {
    return begins_name(c) || is_digit(c) || c == '.';
}

/// What people write for the symbols of the language.
struct Habit {
    std::string_view written;
    std::string_view meant;
};
inline constexpr std::array habits{Habit{"**", "^"},
                                   Habit{"&&", "and"},
                                   Habit{"||", "or"},
                                   Habit{"<>", "!="},
                                   Habit{"=<", "<="},
                                   Habit{"=>", ">="},
                                   Habit{"=", "=="},
                                   Habit{"&", "and"},
                                   Habit{"|", "or"},
                                   Habit{"!", "not"},
                                   Habit{":", "/"},
                                   Habit{"[", "("},
                                   Habit{"]", ")"},
                                   Habit{"{", "("},
                                   Habit{"}", ")"},
                                   Habit{";", ","},
                                   Habit{"\xc3\x97", "*"},        // multiplication sign
                                   Habit{"\xc3\xb7", "/"},        // division sign
                                   Habit{"\xc2\xb7", "*"},        // middle dot
                                   Habit{"\xe2\x88\x92", "-"},    // minus sign
                                   Habit{"\xe2\x80\x93", "-"},    // en dash
                                   Habit{"\xe2\x89\xa4", "<="},   // less-than or equal
                                   Habit{"\xe2\x89\xa5", ">="},   // greater-than or equal
                                   Habit{"\xe2\x89\xa0", "!="}};  // not equal

class ExpressionLexer {
  public:
    ExpressionLexer(std::string_view text, const std::string& place, std::vector<Problem>& problems)
        : text_(text), place_(place), problems_(problems) {}

    [[nodiscard]] std::vector<Token> run() {
        std::vector<Token> tokens;
        while (true) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            Token token;
            token.begin = at_;
            if (at_ == text_.size()) {
                token.end = at_;
                tokens.push_back(std::move(token));
                return tokens;
            }
            read(token);
            token.end = at_;
            tokens.push_back(std::move(token));
        }
    }

  private:
    [[nodiscard]] static constexpr bool is_space(char c) noexcept {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    void report(std::size_t at, const char* code, std::string found, std::string expected,
                std::string remedy) {
        problems_.push_back({code, column_place(place_, text_, at), std::move(found),
                             std::move(expected), std::move(remedy)});
    }

    void read(Token& token) {
        const char c = text_[at_];
        const bool point = c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
        if (is_digit(c) || point) return read_number(token);
        if (begins_name(c)) {
            token.kind = TokenKind::name;
            while (at_ < text_.size() && continues_name(text_[at_])) ++at_;
            if (continues_beyond_ascii()) {
                at_ = token.begin;
                return read_unknown(token);
            }
            token.text = text_.substr(token.begin, at_ - token.begin);
            return;
        }
        if (c == '`' || c == '"') return read_quoted(token, c);
        read_symbol(token);
    }

    /// Whether a character beyond ASCII follows that is no symbol by habit.
    [[nodiscard]] bool continues_beyond_ascii() const {
        if (at_ >= text_.size() || (static_cast<unsigned char>(text_[at_]) & 0x80U) == 0)
            return false;
        for (const Habit& habit : habits)
            if (text_.substr(at_).starts_with(habit.written)) return false;
        return true;
    }

    void read_number(Token& token) {
        token.kind = TokenKind::number;
        while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
        const bool exponent = at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E');
        if (exponent) {
            std::size_t digits = at_ + 1;
            if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
            if (digits < text_.size() && is_digit(text_[digits])) {
                at_ = digits;
                while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
            }
        }
        const std::string_view written = text_.substr(token.begin, at_ - token.begin);
        token.text = written;
        const char* const end = written.data() + written.size();
        const auto [rest, error] = std::from_chars(written.data(), end, token.number);
        const bool readable = error == std::errc{} && rest == end && std::isfinite(token.number);
        if (readable && written.front() != '.' && written.back() != '.') return;
        token.kind = TokenKind::unreadable;
        report(token.begin, "invalid_number", '"' + std::string(written) + '"', "a number",
               error == std::errc::result_out_of_range ? "no double holds it"
                                                       : "write 0.5, 12 or 1e-3");
    }

    void read_quoted(Token& token, char quote) {
        token.kind = quote == '`' ? TokenKind::quoted_name : TokenKind::text;
        ++at_;
        while (at_ < text_.size()) {
            if (text_[at_] == quote) {
                const bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == quote;
                if (!doubled) {
                    ++at_;
                    if (!token.text.empty()) return;
                    token.kind = TokenKind::unreadable;
                    report(token.begin, "empty_quotes", "nothing between the quotes",
                           quote == '`' ? "the code of an indicator" : "a unit of measure",
                           "write it between them");
                    return;
                }
                ++at_;
            }
            token.text += text_[at_++];
        }
        token.kind = TokenKind::unreadable;
        report(token.begin, "quote_not_closed",
               std::string("a quote ") + quote + " without its partner",
               std::string("a closing ") + quote, "close it");
    }

    void read_symbol(Token& token) {
        constexpr std::array<std::string_view, 13> symbols{"<=", ">=", "==", "!=", "+", "-", "*",
                                                           "/",  "^",  "(",  ")",  ",", "<"};
        const std::string_view rest = text_.substr(at_);
        token.kind = TokenKind::symbol;
        for (const Habit& habit : habits) {
            if (!rest.starts_with(habit.written)) continue;
            // "==" begins with a habit of its own.
            if (rest.starts_with("==") || rest.starts_with("!=")) break;
            at_ += habit.written.size();
            report(token.begin, "unknown_symbol", '"' + std::string(habit.written) + '"',
                   '"' + std::string(habit.meant) + '"',
                   "did you mean " + std::string(habit.meant) + '?');
            const bool word = begins_name(habit.meant.front());
            token.kind = word ? TokenKind::name : TokenKind::symbol;
            token.text = habit.meant;
            return;
        }
        for (const std::string_view symbol : symbols) {
            if (!rest.starts_with(symbol)) continue;
            at_ += symbol.size();
            token.text = symbol;
            return;
        }
        if (rest.front() == '>') {
            ++at_;
            token.text = ">";
            return;
        }
        read_unknown(token);
    }

    /// A run of characters that belong to no token, often a name with letters
    /// beyond a to z.
    void read_unknown(Token& token) {
        token.kind = TokenKind::unreadable;
        const auto belongs = [this] {
            return at_ < text_.size() && (continues_name(text_[at_]) || continues_beyond_ascii());
        };
        const bool letters = belongs();
        ++at_;
        while (letters && belongs()) ++at_;
        const std::string found(text_.substr(token.begin, at_ - token.begin));
        if (text_[token.begin] == '%') {
            report(token.begin, "unknown_symbol", "\"%\"", "a number, a name or an operator",
                   "divide by 100");
            return;
        }
        report(token.begin, "unknown_symbol", '"' + found + '"', "a number, a name or an operator",
               letters ? "put a code that is not plain letters, digits, _ and . between "
                         "backquotes: `" +
                             found + '`'
                       : std::string("remove it"));
    }

    std::string_view text_;
    const std::string& place_;
    std::vector<Problem>& problems_;
    std::size_t at_ = 0;
};

}  // namespace thuocdo::expression::detail
