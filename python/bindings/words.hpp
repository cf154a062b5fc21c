#pragma once
// The words of options, read once for all bindings.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <string>
#include <vector>

namespace thuocdo::python {

/// Texts one after the other.
[[nodiscard]] inline std::string joined_words(const std::vector<std::string>& words,
                                              const char* between) {
    std::string out;
    for (const std::string& each : words) out += (out.empty() ? "" : between) + each;
    return out;
}

[[noreturn]] inline void refuse_word(const char* argument, const std::string& word,
                                     const char* expected) {
    throw NumericError("no such option",
                       {{"unknown_word", std::string("argument \"") + argument + '"',
                         '"' + word + '"', expected, ""}});
}

[[nodiscard]] inline numeric::Order order_of(const std::string& word) {
    if (word == "descending") return numeric::Order::descending;
    if (word == "ascending") return numeric::Order::ascending;
    refuse_word("order", word, "descending or ascending");
}

[[nodiscard]] inline numeric::RoundingMode rounding_mode_of(const std::string& word) {
    if (word == "half_up") return numeric::RoundingMode::half_up;
    if (word == "half_even") return numeric::RoundingMode::half_even;
    refuse_word("mode", word, "half_up or half_even");
}

[[nodiscard]] inline rank::TieRule tie_rule_of(const std::string& word) {
    if (word == "competition") return rank::TieRule::competition;
    if (word == "dense") return rank::TieRule::dense;
    if (word == "fractional") return rank::TieRule::fractional;
    if (word == "ordinal") return rank::TieRule::ordinal;
    refuse_word("ties", word, "competition, dense, fractional or ordinal");
}

}  // namespace thuocdo::python
