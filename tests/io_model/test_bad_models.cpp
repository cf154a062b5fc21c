#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_table.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "io_model/support.hpp"

using namespace model_tests;
namespace io = thuocdo::io;

TEST_CASE("every bad model is refused for its one defect, at its place") {
    const std::map<std::string, std::string> expected{
        {"band_gap.json", "band_gap at /bands/scale/1"},
        {"band_overlap.json", "band_overlap at /bands/scale/1"},
        {"band_inversion.json", "band_inversion at /bands/scale/1"},
        {"weight_as_text.json", "number_as_text at /root/children/0/weight"},
        {"target_as_text.json", "percent_sign at /root/children/0/score/target"},
        {"duplicate_code.json", "duplicate_code at /root/children/1/code"},
        {"duplicate_key.json", "duplicate_member at /root/children/0/weight"},
        {"unknown_member.json", "unknown_member at /root/children/0/wieght"},
        {"unknown_rule.json", "unknown_rule at /root/children/0/score/rule"},
        {"goalposts_equal.json", "goalposts_reversed at /root/children/0/score/upper"},
        {"goalposts_inverted.json", "goalposts_reversed at /root/children/0/score/upper"},
        {"gate_unknown_node.json", "unknown_node at /bands/scale/0/gates/0/node"},
        {"weights_not_summing.json", "weights_do_not_add_up at /root/weights_sum_to"},
        {"name_nfd.json", "not_nfc at /name"},
        {"points_under_arithmetic.json", "points_not_summed at /root/children/0/points"},
        {"sum_child_without_points.json", "points_missing at /root/children/1"},
        {"points_total_mismatch.json", "points_do_not_add_up at /root/points"},
        {"effective_reversed.json", "dates_reversed at /effective/to"},
        {"table_cycle.csv", "cycle at table_cycle.csv:5:2 (parent)"},
        {"table_unknown_parent.csv", "unknown_parent at table_unknown_parent.csv:5:2 (parent)"},
        {"table_duplicate_code.csv", "duplicate_code at table_duplicate_code.csv:5:1 (code)"},
        {"table_two_roots.csv", "two_roots at table_two_roots.csv:5:2 (parent)"},
        {"table_weight_decimal_comma.csv",
         "decimal_comma at table_weight_decimal_comma.csv:4:3 (weight)"},
        {"table_target_percent.csv", "percent_sign at table_target_percent.csv:4:4 (target)"}};
    std::set<std::string> seen;
    for (const auto& each : std::filesystem::directory_iterator(bad(""))) {
        if (each.path().extension() == ".md") continue;
        const std::string name = each.path().filename().string();
        CAPTURE(name);
        seen.insert(name);
        REQUIRE(expected.contains(name));
        CHECK(codes(io::check_model_file(each.path())) == std::vector{expected.at(name)});
        CHECK_THROWS_AS((void)io::load_model(each.path()), thuocdo::ModelError);
    }
    CHECK(seen.size() == expected.size());
}

TEST_CASE("messages say what was found, what was expected and how to mend it") {
    const std::map<std::string, std::string> expected{
        {"band_gap.json",
         R"(/bands/scale/1: found bands "middle" (80 to 89) and "high" (90 to 100) with nothing )"
         R"(from 89 to 90; expected bands that meet; set to of "middle" to 90 or leave it out )"
         R"([band_gap])"},
        {"band_overlap.json",
         R"(/bands/scale/1: found bands "middle" (80 to 95) and "high" (90 to 100) that both hold )"
         R"(scores from 90 to 95; expected bands that meet; set to of "middle" to 90 or leave it )"
         R"(out [band_overlap])"},
        {"band_inversion.json",
         R"(/bands/scale/1: found band "low" (50 to 49); expected from below to; exchange or )"
         R"(correct the two ends [band_inversion])"},
        {"weight_as_text.json",
         R"(/root/children/0/weight: found text "0.2"; expected a number; remove the quotes )"
         R"([number_as_text])"},
        {"target_as_text.json",
         R"(/root/children/0/score/target: found text "100%"; expected a number; write 100% as 1 )"
         R"(or 100 without the sign, in the unit of the indicator [percent_sign])"},
        {"duplicate_code.json",
         R"(/root/children/1/code: found "a" again; expected a code that no other node has; it is )"
         R"(also at /root/children/0/code [duplicate_code])"},
        {"duplicate_key.json",
         R"(/root/children/0/weight: found member "weight" again; expected each member once; )"
         R"(remove one of the two [duplicate_member])"},
        {"name_nfd.json",
         "/name: found \"Ha\xcc\x80 No\xcc\xa3\xcc\x82i\" in decomposed form (NFD); expected NFC; "
         "save the file in NFC (\"H\xc3\xa0 N\xe1\xbb\x99i\") [not_nfc]"},
        {"table_cycle.csv",
         R"(table_cycle.csv:5:2 (parent): found the cycle "b" under "c" under "b"; expected )"
         R"(parents that lead to the root; give one of these rows a parent outside the cycle )"
         R"([cycle])"},
        {"table_unknown_parent.csv",
         R"(table_unknown_parent.csv:5:2 (parent): found "nowhere"; expected the code of another )"
         R"(row; add a row with this code, or correct it [unknown_parent])"},
        {"table_duplicate_code.csv",
         R"(table_duplicate_code.csv:5:1 (code): found "a" again; expected a code that no other )"
         R"(row has; it is also in line 4 [duplicate_code])"},
        {"table_two_roots.csv",
         R"(table_two_roots.csv:5:2 (parent): found another row without a parent; expected one )"
         R"(root; give it a parent; "total" in line 3 is the root [two_roots])"},
        {"table_weight_decimal_comma.csv",
         R"(table_weight_decimal_comma.csv:4:3 (weight): found text "0,2"; expected a number; use )"
         R"(a decimal point: 0.2 [decimal_comma])"},
        {"table_target_percent.csv",
         R"(table_target_percent.csv:4:4 (target): found text "100%"; expected a number; write )"
         R"(100% as 1 or 100 without the sign, in the unit of the indicator [percent_sign])"}};
    for (const auto& each : expected) {
        const auto& name = each.first;
        const auto& message = each.second;
        CAPTURE(name);
        CHECK(only_message(io::check_model_file(bad(name))) == message);
    }
}

TEST_CASE("a document with five defects reports all five, in its order") {
    const std::string text = R"({
      "thuocdo": 1, "id": "two words", "version": "1", "name": "T",
      "ranking": {"order": "downwards"},
      "root": {"code": "total", "weights_sum_to": 1, "children": [
        {"code": "a", "weight": "0,5", "score": {"rule": "as_is"}},
        {"code": "b", "weight": 0.5, "score": {"rule": "goalposts", "lower": 2, "upper": 1}},
        {"code": "a", "weight": 0.5, "score": {"rule": "as_is"}}]}})";
    CHECK(codes(io::check_model(text)) ==
          std::vector<std::string>{"invalid_code at /id", "unknown_word at /ranking/order",
                                   "decimal_comma at /root/children/0/weight",
                                   "goalposts_reversed at /root/children/1/score/upper",
                                   "duplicate_code at /root/children/2/code"});
    try {
        (void)io::parse_model(text);
        FAIL("accepted");
    } catch (const thuocdo::ModelError& error) {
        CHECK(error.problems() == io::check_model(text));
        const std::string what = error.what();
        CHECK(what.starts_with("the index model \"two words\" cannot be used\n"));
        for (const auto& each : error.problems())
            CHECK(what.find(each.message()) != std::string::npos);
    }
}

TEST_CASE("errors name the file") {
    try {
        (void)io::load_model(bad("band_gap.json"));
        FAIL("accepted");
    } catch (const thuocdo::ModelError& error) {
        CHECK(std::string(error.what()).find("models-bad/band_gap.json\" cannot be used") !=
              std::string::npos);
    }
    CHECK(codes(io::check_model_file("no/such.json")) ==
          std::vector<std::string>{"file_not_found at no/such.json"});
    CHECK_THROWS_AS((void)io::load_model("no/such.json"), thuocdo::ModelError);
    CHECK_THROWS_AS((void)io::load_model_table("no/such.csv"), thuocdo::ModelError);
    CHECK(codes(io::check_model_file("model.xlsx")) ==
          std::vector<std::string>{"unknown_file_type at model.xlsx"});
    CHECK(codes(io::check_model_file(bad(""))) ==
          std::vector<std::string>{"unknown_file_type at " + bad("")});
}
