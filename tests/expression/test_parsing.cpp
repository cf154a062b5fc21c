// Expressions as text: precedence, names, errors with their columns, normal form.

#include <thuocdo/model/expression.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/build.hpp"

namespace parsing {

using namespace thuocdo;

std::string normal(const std::string& text) {
    const expression::ExpressionReading reading = expression::parse(text);
    for (const Problem& problem : reading.problems) MESSAGE(problem.message());
    REQUIRE(reading.problems.empty());
    return expression::to_text(reading.expression);
}

std::vector<Problem> problems(const std::string& text) {
    return expression::parse(text, "/derived/0/expression").problems;
}

/// Code and column of the only problem.
void check_problem(const std::string& text, const std::string& code, int column) {
    CAPTURE(text);
    const std::vector<Problem> found = problems(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code);
    CHECK(found[0].place == "/derived/0/expression:" + std::to_string(column));
    CHECK_FALSE(found[0].found.empty());
    CHECK_FALSE(found[0].expected.empty());
    CHECK_FALSE(found[0].remedy.empty());
}

TEST_CASE("operators bind from or to power, and parentheses that change nothing go") {
    CHECK(normal("a+b*c^d") == "a + b * c^d");
    CHECK(normal("(a+b)*c") == "(a + b) * c");
    CHECK(normal("a+(b*(c^d))") == "a + b * c^d");
    CHECK(normal("not a<b and c or d") == "not a < b and c or d");
    CHECK(normal("(not (a<b) and c) or d") == "not a < b and c or d");
    CHECK(normal("a and (b or c)") == "a and (b or c)");
    CHECK(normal("(a+b) > (c*d)") == "a + b > c * d");
}

TEST_CASE("minus and divided by group from the left, powers from the right") {
    CHECK(normal("(a-b)-c") == "a - b - c");
    CHECK(normal("a-(b-c)") == "a - (b - c)");
    CHECK(normal("a/(b/c)") == "a / (b / c)");
    CHECK(normal("a^(b^c)") == "a^b^c");
    CHECK(normal("(a^b)^c") == "(a^b)^c");
}

TEST_CASE("a sign binds looser than a power and tighter than a product") {
    CHECK(normal("-(a^2)") == "-a^2");
    CHECK(normal("(-a)^2") == "(-a)^2");
    CHECK(normal("(-a)*b") == "-a * b");
    CHECK(normal("-(a*b)") == "-(a * b)");
    CHECK(normal("a^-b") == "a^-b");
    CHECK(normal("a - -b") == "a - -b");
}

TEST_CASE("codes that are no plain names stand between backquotes, a backquote inside is doubled") {
    CHECK(normal("`le-2022` + le.x_1") == "`le-2022` + le.x_1");
    CHECK(normal("`plain`") == "plain");
    CHECK(normal("`and`") == "`and`");
    CHECK(normal("`a``b`") == "`a``b`");
    CHECK(normal("`độ phủ`*2") == "`độ phủ` * 2");
    CHECK(normal("min") == "min");
    CHECK(normal("min(min, 1)") == "min(min, 1)");
}

TEST_CASE("numbers are written shortest and units of measure in double quotes") {
    CHECK(normal("1.50 + 1e3") == "1.5 + 1000");
    CHECK(normal("in_unit(10,\"USD/person\")") == "in_unit(10, \"USD/person\")");
    CHECK(normal("1e-300*a") == "1e-300 * a");
}

TEST_CASE("each fault is named with its column, counted in characters") {
    check_problem("", "expression_missing", 1);
    check_problem("  ", "expression_missing", 1);
    check_problem("a + ", "unexpected_token", 5);
    check_problem("(a + b", "parenthesis_not_closed", 1);
    check_problem("a + b)", "unexpected_token", 6);
    check_problem("a b", "unexpected_token", 3);
    check_problem("2x", "unexpected_token", 2);
    check_problem("`độ` b", "unexpected_token", 6);
    check_problem("a < b < c", "chained_comparison", 7);
    check_problem("a + not b", "unexpected_token", 5);
    check_problem("a + *b", "unexpected_token", 5);
    check_problem("+a", "unexpected_token", 1);
    check_problem("1..2", "invalid_number", 1);
    check_problem("a + .5", "invalid_number", 5);
    check_problem("1e999", "invalid_number", 1);
    check_problem("``", "empty_quotes", 1);
    check_problem("a + `b", "quote_not_closed", 5);
    check_problem("\"a\"", "unexpected_token", 1);
    check_problem("a # b", "unknown_symbol", 3);
    check_problem("100 * a%", "unknown_symbol", 8);
    check_problem("sum()", "argument_count", 1);
    check_problem("round(x)", "argument_count", 1);
    check_problem("sqrt(a, b)", "argument_count", 1);
    check_problem("standard_deviation(a)", "argument_count", 1);
    check_problem("round(x, n)", "digits_out_of_range", 10);
    check_problem("round(x, 0.5)", "digits_out_of_range", 10);
    check_problem("round(x, 99)", "digits_out_of_range", 10);
    check_problem("root(x, 0)", "root_of_no_degree", 9);
    check_problem("clamp(x, 2, 1)", "bounds_reversed", 10);
    check_problem("previous(a + b)", "indicator_expected", 10);
    check_problem("growth(2)", "indicator_expected", 8);
    check_problem("in_unit(a, b)", "unexpected_token", 12);
}

TEST_CASE("habits of other notations are read, with the symbol that is meant") {
    for (const auto& example : std::vector<std::pair<std::string, std::string>>{{"a ** 2", "^"},
                                                                                {"a = 2", "=="},
                                                                                {"a && b", "and"},
                                                                                {"a <> b", "!="},
                                                                                {"a × b", "*"},
                                                                                {"a ≥ b", ">="},
                                                                                {"a − b", "-"}}) {
        const std::string& written = example.first;
        const std::string& meant = example.second;
        CAPTURE(written);
        const std::vector<Problem> found = problems(written);
        REQUIRE(found.size() == 1);
        CHECK(found[0].code == "unknown_symbol");
        CHECK(found[0].place == "/derived/0/expression:3");
        CHECK(found[0].remedy == "did you mean " + meant + "?");
    }
}

TEST_CASE("a misspelt function is met with the nearest one") {
    const std::vector<Problem> found = problems("1 + observed_maen(a, b)");
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "unknown_function");
    CHECK(found[0].place == "/derived/0/expression:5");
    CHECK(found[0].remedy == "did you mean \"observed_mean\"?");
}

TEST_CASE("independent faults are all reported at once") {
    const std::vector<Problem> found = problems("roud(a, 2) + min(a b, c d) + tỷ_lệ ** 2");
    std::vector<std::string> codes;
    for (const Problem& each : found) codes.push_back(each.code);
    CHECK(codes.size() == 5);
    CHECK(std::count(codes.begin(), codes.end(), "unknown_symbol") == 2);
    CHECK(std::count(codes.begin(), codes.end(), "unexpected_token") == 2);
    CHECK(std::count(codes.begin(), codes.end(), "unknown_function") == 1);
}

TEST_CASE("nesting and length have bounds, and long chains of operators are no nesting") {
    const std::string deep(101, '(');
    CHECK(problems(deep + "a" + std::string(101, ')')).front().code == "expression_too_deep");
    CHECK(problems(std::string(90, '(') + "a" + std::string(90, ')')).empty());
    CHECK(problems(std::string(5000, '-') + "a").front().code == "expression_too_deep");
    CHECK(problems(std::string(20000, 'a')).front().code == "expression_too_long");
    std::string chain = "a";
    for (int k = 0; k < 3000; ++k) chain += "+a";
    CHECK(problems(chain).empty());
}

TEST_CASE("random garbage never crashes and always names a column") {
    const std::vector<std::string> pieces{
        "a",    "b.c",  "`x y`", "1",      "2.5", "1e3",    "(",        ")",        ",",
        "+",    "-",    "*",     "/",      "^",   "<",      "==",       "and",      "or",
        "not",  "if",   "min(",  "=",      "**",  "\"u\"",  "`",        "\"",       "đ",
        "\xff", "\xc3", "#",     "round(", " ",   "sum(a)", "in_unit(", "previous("};
    testing_support::Random random(20260726);
    int readable = 0;
    for (int trial = 0; trial < 20000; ++trial) {
        std::string text;
        const std::size_t length = 1 + random.below(12);
        for (std::size_t k = 0; k < length; ++k) {
            if (random.chance(0.05))
                text += static_cast<char>(random.below(256));
            else
                text += pieces[random.below(pieces.size())];
        }
        const expression::ExpressionReading reading = expression::parse(text, "p");
        for (const Problem& each : reading.problems) CHECK(each.place.starts_with("p:"));
        if (!reading.problems.empty()) continue;
        ++readable;
        const std::string once = expression::to_text(reading.expression);
        const expression::ExpressionReading again = expression::parse(once, "p");
        REQUIRE(again.problems.empty());
        CHECK(expression::to_text(again.expression) == once);
    }
    CHECK(readable > 100);
}

}  // namespace parsing
