#include <thuocdo/io/json.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "io_model/support.hpp"

using namespace model_tests;
namespace io = thuocdo::io;
using Codes = std::vector<std::string>;

namespace {

std::string message(const std::string& text) { return only_message(io::check_model(text)); }

/// Problems of a leaf with these members beside its code.
std::vector<thuocdo::Problem> leaf(const std::string& members) {
    return io::check_model(document("", "", ", " + members));
}

std::string scored(const std::string& score) { return R"("score": )" + score; }

}  // namespace

TEST_CASE("syntax errors name line, column and what was expected") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"",
         "line 1, column 1: found an empty text; expected a JSON object, { ... }; the document "
         "seems to be cut off [syntax_error]"},
        {"{\n  \"a\": 1,\n}",
         "line 3, column 1: found }; expected a member name in double quotes; "
         "remove the comma before it [syntax_error]"},
        {"{\"a\" 1}",
         "line 1, column 6: found 1; expected a colon and a value; correct the text "
         "there [syntax_error]"},
        {"{\"a\": 1 \"b\": 2}",
         "line 1, column 9: found text \"b\"; expected a comma or }; correct "
         "the text there [syntax_error]"},
        {"{\"a\": [1, 2",
         "line 1, column 12: found the end of the text; expected a comma or ]; the "
         "document seems to be cut off [syntax_error]"},
        {"{'a': 1}",
         "line 1, column 2: found '; expected a member name in double quotes, or }; "
         "JSON texts have double quotes [syntax_error]"},
        {"{\"a\": True}",
         "line 1, column 7: found True; expected a value; write true "
         "[syntax_error]"},
        {"{\"a\": 1} {}",
         "line 1, column 10: found {; expected the end of the document; correct "
         "the text there [syntax_error]"},
        {"{\"a\": // note\n 1}",
         "line 1, column 7: found /; expected a value; JSON has no comments; "
         "use description [syntax_error]"},
        {"{\"\xc4\x90\xe1\xba\xaf\": ?}",
         "line 1, column 8: found ?; expected a value; correct the "
         "text there [syntax_error]"},
        {"{\"a\": \"two\nlines\"}",
         "line 1, column 11: found a line break inside a text; expected "
         "a text on one line; close the text, or write a line break as "
         "\\n [syntax_error]"},
        {"{\"a\": \"C:\\data\"}",
         "line 1, column 11: found a backslash sequence that JSON does not "
         "have; expected \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four "
         "hexadecimal digits; write a backslash as \\\\ [syntax_error]"},
        {"{\"a\": \"open}",
         "line 1, column 7: found a text that is not closed; expected a double "
         "quote at its end; add the quote [syntax_error]"},
        {"{\"a\": NaN}",
         "line 1, column 7: found NaN; expected a finite number; leave the member "
         "out where there is no number [not_finite]"},
        {"{\"a\": -Infinity}",
         "line 1, column 7: found -Infinity; expected a finite number; leave "
         "the member out where there is no number [not_finite]"},
        {"{\"a\": 1e999}",
         "line 1, column 7: found number 1e999; expected a finite number; a "
         "double ends at about 1.8e308 [not_finite]"},
        {"{\"a\": \"\xff\"}",
         "line 1, column 8: found bytes that are not UTF-8; expected text in "
         "UTF-8; save the file as UTF-8 [invalid_utf8]"}};
    for (const auto& each : cases) {
        const auto& text = each.first;
        const auto& expected = each.second;
        CAPTURE(text);
        CHECK(message(text) == expected);
    }
}

TEST_CASE("a syntax error in a member given twice is reported with the member") {
    CHECK(codes(io::check_model(R"({"id": 1, "id": 2, })")) ==
          Codes{"duplicate_member at /id", "syntax_error at line 1, column 20"});
}

TEST_CASE("a byte order mark is accepted") {
    CHECK(io::check_model("\xef\xbb\xbf" + document("")).empty());
    CHECK(io::parse_model("\xef\xbb\xbf" + document("")).digest() ==
          io::parse_model(document("")).digest());
}

TEST_CASE("a document that is no object is refused") {
    CHECK(message("[1]") ==
          "(whole document): found a list; expected an object; write its members "
          "in braces, { ... } [wrong_type]");
    CHECK(message("null").find("(whole document): found null; expected an object") == 0);
}

TEST_CASE("deep nesting is a problem and not a crash") {
    for (const std::size_t depth : {std::size_t{201}, std::size_t{1'000'000}}) {
        const auto problems = io::check_model(std::string(depth, '['));
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].code == "nesting_too_deep");
    }
    std::string tree = R"({"code": "leaf", "score": {"rule": "as_is"}})";
    for (int level = 0; level < 150; ++level)
        tree = R"({"code": "n)" + std::to_string(level) + R"(", "children": [)" + tree + "]}";
    const auto problems = io::check_model(
        R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T", "root": )" + tree + "}");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "nesting_too_deep");
}

TEST_CASE("every beginning of a document is refused without a crash") {
    const std::string text = text_of(shipped("dti-2022.json"));
    const std::size_t end = text.rfind('}');
    for (std::size_t length = 0; length <= end; ++length) {
        CAPTURE(length);
        CHECK(!io::check_model(text.substr(0, length)).empty());
    }
}

TEST_CASE("a document with any byte changed is read or refused, never crashed on") {
    std::string text = text_of(shipped("egdi.json"));
    std::uint32_t state = 57;  // a linear congruence (Numerical Recipes); the seed is 57
    INFO("seed 57");
    std::size_t refused = 0;
    for (std::size_t k = 0; k < text.size(); ++k) {
        state = state * 1664525U + 1013904223U;
        const char before = std::exchange(text[k], static_cast<char>(state >> 24U));
        if (!io::check_model(text).empty()) ++refused;
        text[k] = before;
    }
    CHECK(refused > text.size() / 4);
    CHECK(io::check_model(text).empty());
}

TEST_CASE("members that are missing are named with the pointer that they would have") {
    CHECK(codes(io::check_model("{}")) ==
          Codes{"missing_member at /thuocdo", "missing_member at /id", "missing_member at /version",
                "missing_member at /name", "missing_member at /root"});
    CHECK(only_message(leaf(scored(R"({"rule": "goalposts", "upper": 1})"))) ==
          R"(/root/children/0/score/lower: found no member "lower"; expected a number; add it )"
          R"([missing_member])");
    CHECK(codes(leaf(R"("weight": 2)")) == Codes{"score_missing at /root/children/0"});
    CHECK(codes(io::check_model(document(R"(, "effective": {"to": "2026-01-01"})"))) ==
          Codes{"missing_member at /effective/from"});
}

TEST_CASE("numbers written as text get the remedy that fits") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"\"0.2\"", "number_as_text: remove the quotes"},
        {"\"0,2\"", "decimal_comma: use a decimal point: 0.2"},
        {"\"-1,25\"", "decimal_comma: use a decimal point: -1.25"},
        {"\"20%\"",
         "percent_sign: write 20% as 0.2 or 20 without the sign, in the unit of the "
         "indicator"},
        {"\"0,7 %\"",
         "percent_sign: write 0,7 % as 0.007 or 0.7 without the sign, in the unit of "
         "the indicator"},
        {"\"1,000\"",
         "thousands_separator: write it without thousands separators: 1000, or 1.000 "
         "if the comma is a decimal point"},
        {"\"1.234.567\"", "thousands_separator: write it without thousands separators: 1234567"},
        {"\"1.234,5\"", "thousands_separator: write it without thousands separators: 1234.5"},
        {"\"12 000\"", "thousands_separator: write it without thousands separators: 12000"},
        {"\"12\xc2\xa0"
         "000\"",
         "thousands_separator: write it without thousands separators: 12000"},
        {"\"NaN\"", "not_finite: leave it out where there is no number"},
        {"\"-inf\"", "not_finite: leave it out where there is no number"},
        {"\"\"", "number_expected: write a number such as 0.25"},
        {"\" 5\"", "number_expected: remove the spaces around it"},
        {"\"5 points\"",
         "number_expected: write a number such as 0.25, without unit or other words"},
        {"true", "wrong_type: write a number such as 0.25"},
        {"null", "wrong_type: leave the member out where it does not apply"}};
    for (const auto& each : cases) {
        const auto& value = each.first;
        const auto& expected = each.second;
        CAPTURE(value);
        const auto problems = leaf("\"cap\": " + value + ", " + scored(R"({"rule": "as_is"})"));
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].place == "/root/children/0/cap");
        CHECK(problems[0].expected == "a number");
        CHECK(problems[0].code + ": " + problems[0].remedy == expected);
    }
}

TEST_CASE("words outside an enumeration list the words and suggest the nearest") {
    CHECK(message(document(R"(, "status": "offical")")) ==
          R"(/status: found text "offical"; expected one of official, reference, draft; did you )"
          R"(mean "official"? [unknown_word])");
    CHECK(only_message(leaf(R"("role": "extra", )" + scored(R"({"rule": "as_is"})"))) ==
          R"(/root/children/0/role: found text "extra"; expected one of scored, bonus, penalty, )"
          R"(monitored; write one of these words [unknown_word])");
    CHECK(only_message(leaf(R"("visibility": "open", )" + scored(R"({"rule": "as_is"})")))
              .find("expected one of public, internal, restricted") != std::string::npos);
    CHECK(message(document("", R"(, "aggregate": "aritmetic")"))
              .find(R"(did you mean "arithmetic"? [unknown_aggregation])") != std::string::npos);
    CHECK(only_message(leaf(scored(R"({"rule": "goalpost", "lower": 1})")))
              .find(R"(did you mean "goalposts"? [unknown_rule])") != std::string::npos);
}

TEST_CASE("unknown members are refused everywhere, with the members of the place") {
    CHECK(
        only_message(leaf(scored(R"({"rule": "goalposts", "lower": 0, "upper": 1, "uper": 1})"))) ==
        R"(/root/children/0/score/uper: found member "uper"; expected one of rule, lower, upper, )"
        R"(clip; did you mean "upper"? [unknown_member])");
    CHECK(only_message(leaf(scored(R"({"rule": "as_is", "target": 1})"))) ==
          R"(/root/children/0/score/target: found member "target"; expected only rule; remove it )"
          R"([unknown_member])");
    CHECK(codes(io::check_model(document(R"(, "a/b~c": 1)"))) ==
          Codes{"unknown_member at /a~1b~0c"});
    for (const std::string& text :
         {document(R"(, "cohort": {"x": 1})"), document(R"(, "ranking": {"x": 1})"),
          document(R"(, "defaults": {"x": 1})"), document(R"(, "defaults": {"missing": {"x": 1}})"),
          document(R"(, "bands": {"scale": [{"code": "c", "x": 1}]})"),
          document(R"(, "roll_up": [{"to": "nation", "method": "plain_mean", "x": 1}])"),
          document("", R"(, "rounding": {"digits": 1, "x": 1})"),
          document("", R"(, "aggregate": {"method": "median", "x": 1})"),
          document("", R"(, "minimum_coverage": {"share": 0.5, "x": 1})")}) {
        CAPTURE(text);
        const auto problems = io::check_model(text);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].code == "unknown_member");
        CHECK(problems[0].place.ends_with("/x"));
    }
}

TEST_CASE("one mistake is one problem") {
    const auto as_is = scored(R"({"rule": "as_is"})");
    // Each would leave a default behind at which another check could complain.
    const std::vector<std::pair<std::string, std::string>> cases{
        {document("", R"(, "weights_sum_to": 3)", R"(, "weight": "2", )" + as_is),
         "number_as_text at /root/children/0/weight"},
        {document("", R"(, "weights_sum_to": 3)", R"(, "wieght": 2, )" + as_is),
         "unknown_member at /root/children/0/wieght"},
        {document("", "", R"(, "scores": {"rule": "as_is"})"),
         "unknown_member at /root/children/0/scores"},
        {document("", "", R"(, "score": {"rule": "goalposts", "lower": "9", "upper": -1})"),
         "number_as_text at /root/children/0/score/lower"},
        {document("", "", R"(, "score": {"rule": "ratio_to_target", "target": "9"})"),
         "number_as_text at /root/children/0/score/target"},
        {document("", "",
                  R"(, "targets": [{"date": "2030", "value": 1}], )"
                  R"("score": {"rule": "ratio_to_target"})"),
         "invalid_date at /root/children/0/targets/0/date"},
        {document("", "", R"(, "score": "as_is")"), "wrong_type at /root/children/0/score"},
        {document(R"(, "defaults": {"aggregate": "summ"})", "", R"(, "points": 3, )" + as_is),
         "unknown_aggregation at /defaults/aggregate"},
        {document(R"(, "bands": {"scale": [{"code": "x", "from": "5"}, {"code": "y", "to": 5}]})"),
         "number_as_text at /bands/scale/0/from"},
        {document(R"(, "bands": {"scale": [{"code": "x", "from": 5, "gates": [{"node": "a", )"
                  R"("at_least": "1"}]}, {"code": "y"}]})"),
         "number_as_text at /bands/scale/0/gates/0/at_least"},
        {document(R"(, "roll_up": [{"to": "nation", "method": "weighted", "weights": "p"}])"),
         "unknown_word at /roll_up/0/method"},
        {document("", R"(, "aggregate": {"method": "ordered_weighted_average", )"
                      R"("order_weights": "1, 2"})"),
         "wrong_type at /root/aggregate/order_weights"},
        {document(R"(, "ranking": {"tie_breakers": [{"node": "b"}]})")
             .replace(document(R"(, "ranking": {"tie_breakers": [{"node": "b"}]})").rfind("\"b\""),
                      3, "17"),
         "wrong_type at /root/children/1/code"},
        {R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T",
            "root": {"code": "r", "children": {}}})",
         "wrong_type at /root/children"},
        {R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T",
            "root": {"code": "r", "children": []}})",
         "empty_list at /root/children"}};
    for (const auto& each : cases) {
        const auto& text = each.first;
        const auto& expected = each.second;
        CAPTURE(text);
        CHECK(codes(io::check_model(text)) == Codes{expected});
    }
}

TEST_CASE("a failed member does not hide problems elsewhere") {
    CHECK(codes(io::check_model(document("", R"(, "weights_sum_to": 3, "minimum_coverage": 66)",
                                         R"(, "owner": 5, "cap": 1, "floor": 2)"))) ==
          Codes{"weights_do_not_add_up at /root/weights_sum_to",
                "share_out_of_range at /root/minimum_coverage", "score_missing at /root/children/0",
                "wrong_type at /root/children/0/owner", "cap_below_floor at /root/children/0/cap"});
}

TEST_CASE("dates must exist and be in ISO form") {
    const auto date = [](const std::string& text) {
        return message(document(R"(, "effective": {"from": ")" + text + "\"}"));
    };
    CHECK(date("2026-02-30") ==
          "/effective/from: found text \"2026-02-30\"; expected a date "
          "YYYY-MM-DD; the calendar has no such day [invalid_date]");
    CHECK(date("31/12/2030") ==
          "/effective/from: found text \"31/12/2030\"; expected a date "
          "YYYY-MM-DD; write the year first, then month and day, e.g. "
          "2030-12-31 [invalid_date]");
    CHECK(date("2028-02-29") == "0 problems:");
}

TEST_CASE("whole numbers, flags and the format version are strict") {
    CHECK(
        message(document("", R"(, "rounding": {"digits": 1.5})")) ==
        "/root/rounding/digits: found number 1.5; expected a whole number; write a number without "
        "decimals [integer_expected]");
    CHECK(io::check_model(document("", R"(, "rounding": {"digits": 2.0})")).empty());
    CHECK(codes(io::check_model(document("", R"(, "rounding": {"digits": 1e300})"))) ==
          Codes{"integer_expected at /root/rounding/digits"});
    CHECK(codes(leaf(scored(R"({"rule": "goalposts", "lower": 0, "upper": 1, "clip": "true"})"))) ==
          Codes{"wrong_type at /root/children/0/score/clip"});
    std::string text = document("");
    text.replace(text.find("1,"), 1, "2");
    CHECK(codes(io::check_model(text)) == Codes{"unsupported_format at /thuocdo"});
}

TEST_CASE("texts may be given in one language, in both or as they are") {
    const auto name = [](const std::string& value) {
        return io::parse_model(document(", \"description\": " + value)).definition().description;
    };
    CHECK(name(R"("x")") == thuocdo::Label{"x", "x"});
    CHECK(name(R"({"en": "x", "vi": "y"})") == thuocdo::Label{"x", "y"});
    CHECK(name(R"({"vi": "y"})") == thuocdo::Label{"", "y"});
    CHECK(codes(io::check_model(document(R"(, "description": {"fr": "x"})"))) ==
          Codes{"unknown_member at /description/fr"});
    CHECK(codes(io::check_model(document(R"(, "description": 5)"))) ==
          Codes{"wrong_type at /description"});
}

TEST_CASE("missing rules are read as policy, by kind, and with a default") {
    const auto rule = [](const std::string& value) {
        return *io::parse_model(document(R"(, "defaults": {"missing": )" + value + "}"))
                    .definition()
                    .defaults.missing;
    };
    using enum thuocdo::MissingPolicy;
    CHECK(rule(R"("zero")").policies == thuocdo::MissingRule::all(zero).policies);
    CHECK(rule(R"({"not_reported": "zero"})").policies ==
          decltype(thuocdo::MissingRule::policies){refuse, refuse, zero, refuse});
    CHECK(
        rule(R"({"confidential": "peer_mean", "default": "renormalise"})").policies ==
        decltype(thuocdo::MissingRule::policies){renormalise, renormalise, renormalise, peer_mean});
    CHECK(codes(io::check_model(document(R"(, "defaults": {"missing": ["zero"]})"))) ==
          Codes{"wrong_type at /defaults/missing"});
}
