#include <thuocdo/io/period.hpp>
#include <thuocdo/io/unicode.hpp>

#include <utility>
#include <vector>

#include "io/deadline_grammar.hpp"
#include "io/deadline_tokens.hpp"
#include "io/messages.hpp"

namespace thuocdo::io {
namespace {

constexpr const char* place = "period";

[[noreturn]] void refuse(Problem problem) {
    throw DataError("the period cannot be read", {std::move(problem)});
}

}  // namespace

Period parse_period(std::string_view text) {
    if (!is_valid_utf8(text))
        refuse({"invalid_utf8", place, detail::in_quotes(text), "text in UTF-8",
                "save the text as UTF-8"});
    const std::vector<detail::Token> tokens = detail::deadline_tokens(text);
    if (tokens.empty()) refuse({"empty_period", place, "no text", "a period", "give one"});
    detail::TokenCursor cursor(tokens);
    detail::TimeGrammar grammar(cursor, place, std::nullopt);
    const auto period = grammar.period();
    if (grammar.problem()) refuse(*grammar.problem());
    if (!period || !cursor.at_end())
        refuse({"unreadable_period", place, detail::in_quotes(text),
                "a period such as 2026-Q1, \"Quý I/2026\", \"tháng 01/2026\" or \"first half of "
                "2026\"",
                "write it in one of these forms"});
    return *period;
}

}  // namespace thuocdo::io
