// Documents of warning rules: read, refused with the place, written.
#include <thuocdo/io/warning_rules.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace io = thuocdo::io;
using thuocdo::WarningKind;
using thuocdo::WarningRule;
using thuocdo::WarningRuleSet;
using Codes = std::vector<std::string>;

namespace {

const std::string default_rules = THUOCDO_DATA_DIR "/warnings/default-rules.json";

/// A document with one rule of these members after its code and reason.
std::string document(const std::string& members) {
    return R"({"thuocdo_warning_rules": 1, "id": "t", "version": "1", "name": "T", "rules": [
        {"code": "r", "reason": {"vi": "lý do", "en": "reason"}, )" +
           members + "}]}";
}

/// `code at place` of each problem.
Codes problems(const std::string& text) {
    Codes out;
    for (const thuocdo::Problem& each : io::check_warning_rules_document(text))
        out.push_back(each.code + " at " + each.place);
    return out;
}

}  // namespace

TEST_CASE("the shipped rules have every kind once, with reasons in both languages") {
    const WarningRuleSet set = io::load_warning_rules(default_rules);
    CHECK(set.id == "default");
    CHECK(set.name.vi == "Quy tắc cảnh báo sớm tham khảo");
    REQUIRE(set.rules.size() == thuocdo::warning_kinds);
    std::set<WarningKind> kinds;
    for (const WarningRule& rule : set.rules) {
        kinds.insert(rule.kind);
        CHECK_FALSE(rule.reason.vi.empty());
        CHECK_FALSE(rule.reason.en.empty());
    }
    CHECK(kinds.size() == thuocdo::warning_kinds);
}

TEST_CASE("members are read into the rule, and parameters of other kinds stay unset") {
    const WarningRuleSet set = io::parse_warning_rules(
        document(R"("kind": "deadline_near", "subject": "task", "severity": "alarm", "days": 15,
                    "share": 0.8, "lead_time_days": 7)"));
    REQUIRE(set.rules.size() == 1);
    const WarningRule& rule = set.rules.front();
    CHECK(rule.code == "r");
    CHECK(rule.kind == WarningKind::deadline_near);
    CHECK(rule.severity == thuocdo::WarningSeverity::alarm);
    CHECK(rule.reason == thuocdo::Label{"reason", "lý do"});
    CHECK(rule.parameters.days == 15.0);
    CHECK(rule.parameters.share == 0.8);
    CHECK(std::isnan(rule.parameters.margin));
    CHECK(rule.lead_time_days == 7);
}

TEST_CASE("what is written reads back as the same text, on one line and on many") {
    const WarningRuleSet set = io::load_warning_rules(default_rules);
    const std::string compact = io::to_json(set, -1);
    CHECK(compact.find('\n') == std::string::npos);
    CHECK(compact.find("\"amount\":1000000000") != std::string::npos);
    const WarningRuleSet again = io::parse_warning_rules(io::to_json(set));
    CHECK(io::to_json(again, -1) == compact);
    REQUIRE(again.rules.size() == set.rules.size());
    for (std::size_t k = 0; k < set.rules.size(); ++k) {
        CHECK(again.rules[k].kind == set.rules[k].kind);
        CHECK(again.rules[k].lead_time_days == set.rules[k].lead_time_days);
    }
}

TEST_CASE("rules that cannot be used are not written") {
    WarningRuleSet set = io::load_warning_rules(default_rules);
    set.rules[0].parameters.share = 3.0;
    CHECK_THROWS_AS(static_cast<void>(io::to_json(set)), thuocdo::TaskError);
}

TEST_CASE("problems have the pointer of their member") {
    const std::vector<std::pair<std::string, Codes>> cases{
        {R"("kind": "late_start", "severity": "alarm", "lead_time_days": 1)",
         {"missing_member at /rules/0/share"}},
        {R"("kind": "late_start", "severity": "alarm", "share": "30%", "lead_time_days": 1)",
         {"percent_sign at /rules/0/share"}},
        {R"("kind": "late_start", "severity": "alarm", "share": "0,3", "lead_time_days": 1)",
         {"decimal_comma at /rules/0/share"}},
        {R"("kind": "late_start", "severity": "alarm", "share": 30, "lead_time_days": 1)",
         {"parameter_out_of_range at /rules/0/share"}},
        {R"("kind": "late_start", "severity": "alarm", "share": 0.3, "days": 5,
            "lead_time_days": 1)",
         {"unknown_member at /rules/0/days"}},
        {R"("kind": "no_movement", "severity": "alarm", "days": 2.5, "lead_time_days": 1)",
         {"parameter_out_of_range at /rules/0/days"}},
        {R"("kind": "no_movement", "severity": "alarm", "days": 5, "lead_time_days": 1.5)",
         {"integer_expected at /rules/0/lead_time_days"}},
        {R"("kind": "no_movement", "severity": "alarm", "days": 5, "lead_time_days": -1)",
         {"lead_time_out_of_range at /rules/0/lead_time_days"}},
        {R"("kind": "no_movement", "severity": "alarm", "days": 5)",
         {"missing_member at /rules/0/lead_time_days"}},
        {R"("kind": "no_movements", "severity": "alarm", "days": 5, "lead_time_days": 1)",
         {"unknown_word at /rules/0/kind"}},
        {R"("kind": "no_movement", "severity": "red", "days": 5, "lead_time_days": 1)",
         {"unknown_word at /rules/0/severity"}},
        {R"("kind": "no_movement", "subject": "money", "severity": "alarm", "days": 5,
            "lead_time_days": 1)",
         {"wrong_subject at /rules/0/subject"}},
        {R"("severity": "alarm", "lead_time_days": 1)", {"missing_member at /rules/0/kind"}},
    };
    for (const auto& each : cases) {
        CAPTURE(each.first);
        CHECK(problems(document(each.first)) == each.second);
    }
}

TEST_CASE("a misspelled parameter is one problem that names the right word") {
    const auto found = io::check_warning_rules_document(document(
        R"("kind": "late_start", "severity": "alarm", "shares": 0.3, "lead_time_days": 1)"));
    bool named = false;
    for (const thuocdo::Problem& each : found)
        if (each.code == "unknown_member")
            named = each.remedy.find("\"share\"") != std::string::npos;
    CHECK(named);
}

TEST_CASE("reasons in one language, codes twice and an unknown format are all reported, in order") {
    CHECK(
        problems(R"({"thuocdo_warning_rules": 2, "id": "t", "version": "1", "name": "T", "rules": [
        {"code": "a", "reason": {"vi": "lý do"}, "kind": "stale_data", "severity": "notice",
         "days": 5, "lead_time_days": 0},
        {"code": "a", "reason": "both", "kind": "stale_data", "severity": "notice",
         "days": 5, "lead_time_days": 0}]})") ==
        Codes{"unsupported_format at /thuocdo_warning_rules",
              "reason_missing at /rules/0/reason/en", "duplicate_rule at /rules/1/code"});
}

TEST_CASE("texts that are no document, empty lists and files that are not there") {
    CHECK(problems("{").front().find("syntax_error at line 1, column 2") == 0);
    CHECK(problems("[]") == Codes{"wrong_type at "});
    CHECK(problems(R"({"thuocdo_warning_rules": 1, "id": "t", "version": "1", "name": "T"})") ==
          Codes{"missing_member at /rules"});
    CHECK(problems(R"({"thuocdo_warning_rules": 1, "id": "t", "version": "1", "name": "T",
                       "rules": []})")
              .empty());
    std::string code;
    try {
        static_cast<void>(io::load_warning_rules("no-such-file.json"));
    } catch (const thuocdo::TaskError& error) {
        code = error.problems().front().code;
    }
    CHECK(code == "file_not_found");
}
