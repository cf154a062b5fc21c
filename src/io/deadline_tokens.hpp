#pragma once
/// @file
/// Words, numbers and signs of a deadline, and a position among them.

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io::detail {

/// A word in lower case, a run of digits or one other character.
struct Token {
    std::string text{};
    bool is_number = false;
};

/// The tokens of a text after NFC and lower case; white space of any kind only
/// parts them. Letters and digits that touch are two tokens: `Q1` is q, 1.
/// @throws DataError (`invalid_utf8`)
[[nodiscard]] std::vector<Token> deadline_tokens(std::string_view text);

/// A number of a text.
struct TokenNumber {
    int value = 0;
    std::size_t digits = 0;
};

/// Reads tokens from the left. What does not match leaves the position.
class TokenCursor {
  public:
    explicit TokenCursor(const std::vector<Token>& tokens) : tokens_(&tokens) {}

    [[nodiscard]] bool at_end() const noexcept { return at_ == tokens_->size(); }
    [[nodiscard]] std::size_t position() const noexcept { return at_; }
    void back_to(std::size_t position) noexcept { at_ = position; }

    /// Passes a phrase: words separated by one space.
    bool accept(std::string_view phrase);
    /// Passes the first of the phrases that stands here.
    bool accept_any(std::initializer_list<std::string_view> phrases);
    /// Whether one of the phrases stands here.
    [[nodiscard]] bool sees_any(std::initializer_list<std::string_view> phrases) const;
    /// Passes a number of at most `most_digits` digits.
    std::optional<TokenNumber> number(std::size_t most_digits);
    /// The token here; empty at the end.
    [[nodiscard]] const std::string& peek() const;
    void skip() { ++at_; }

  private:
    const std::vector<Token>* tokens_;
    std::size_t at_ = 0;
};

/// Whether the phrase stands anywhere among the tokens.
[[nodiscard]] bool holds_phrase(const std::vector<Token>& tokens, std::string_view phrase);

}  // namespace thuocdo::io::detail
