#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_table.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "io_model/support.hpp"

using namespace model_tests;
namespace io = thuocdo::io;
using Codes = std::vector<std::string>;

namespace {

const std::string identity = R"(#! {"thuocdo": 1, "id": "t", "version": "1", "name": "T"})"
                             "\n";

std::vector<thuocdo::Problem> problems_of(const std::string& csv) {
    try {
        (void)io::parse_model_table(csv, "models.csv");
        return {};
    } catch (const thuocdo::ModelError& error) {
        return error.problems();
    }
}

Codes table_codes(const std::string& rows) { return codes(problems_of(identity + rows)); }

std::string table_message(const std::string& rows) {
    return only_message(problems_of(identity + rows));
}

}  // namespace

TEST_CASE("columns of a table fill the members of the document") {
    const auto table = io::parse_model_table(
        R"(#! {"thuocdo": 1, "id": "t", "version": "1"}
# a note that nobody reads
#! {"name": {"vi": "Ten"}, "ranking": {"order": "ascending"}}
code,parent,name,name_vi,weight,points,role,aggregate,indicator,unit,direction,rule,target,lower,upper,items,digits,missing,zero_denominator,kind,owner,source,visibility,clip,capped,weights_sum_to,penalty,lowest
total,,All,,,,,arithmetic,,,,,,,,,1,,,,,,,,,3,,
plans,total,,Ke hoach,1,,,,plan_count,plan,,checklist,,,,5,,zero,,input,Office,Decision 1,internal,,,,,
roads,total,Roads,Duong,2,,,sum,,,,,,,,,,,,,,,,,,,,
length,roads,,,,60,,,,km,,goalposts,,0,1e2,,,,,,,,,false,,,,
delay,roads,,,,40,,,,day,lower_is_better,ratio_to_target,30,,,,2,,full,,,,,,false,,,
faults,total,,,,,penalty,,,,,penalty_per_occurrence,,,,,,,,,,,,,,,0.5,-2
)",
        "models.csv");
    const auto document = io::parse_model(R"({
      "thuocdo": 1, "id": "t", "version": "1", "name": {"vi": "Ten"},
      "ranking": {"order": "ascending"},
      "root": {"code": "total", "name": "All", "weights_sum_to": 3, "rounding": {"digits": 1},
        "children": [
        {"code": "plans", "name": {"vi": "Ke hoach"}, "indicator": "plan_count", "unit": "plan",
         "score": {"rule": "checklist", "items": 5}, "missing": "zero", "kind": "input",
         "owner": "Office", "source": "Decision 1", "visibility": "internal"},
        {"code": "roads", "name": {"en": "Roads", "vi": "Duong"}, "weight": 2, "aggregate": "sum",
         "children": [
          {"code": "length", "points": 60, "unit": "km",
           "score": {"rule": "goalposts", "lower": 0, "upper": 100, "clip": false}},
          {"code": "delay", "points": 40, "unit": "day", "direction": "lower_is_better",
           "score": {"rule": "ratio_to_target", "target": 30, "capped": false},
           "rounding": {"digits": 2, "at": "result"}, "zero_denominator": "full"}]},
        {"code": "faults", "role": "penalty",
         "score": {"rule": "penalty_per_occurrence", "penalty": 0.5, "lowest": -2}}]}})");
    CHECK(table.canonical() == document.canonical());
    CHECK(table.digest() == document.digest());
}

TEST_CASE("children keep the order of their rows, also before their parent") {
    const auto model = io::parse_model_table(identity +
                                                 "code,parent,rule\n"
                                                 "z,group,as_is\n"
                                                 "b,total,as_is\n"
                                                 "total,,\n"
                                                 "group,total,\n"
                                                 "a,group,as_is\n",
                                             "models.csv");
    std::string order;
    for (const auto index : model.document_order()) order += model.node(index).code + ' ';
    CHECK(order == "total b group z a ");
}

TEST_CASE("a table is read with semicolons, byte order mark and CRLF") {
    const std::string csv = "\xef\xbb\xbf" + identity.substr(0, identity.size() - 1) +
                            "\r\ncode;parent;rule;weight\r\ntotal;;;\r\na;total;as_is;0.5\r\n";
    CHECK(io::parse_model_table(csv, "models.csv").definition().root.children[0].weight == 0.5);
}

TEST_CASE("cells that are no number get the remedy that fits, with line, field and header") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"\"0,2\"", "decimal_comma: use a decimal point: 0.2"},
        {"20%",
         "percent_sign: write 20% as 0.2 or 20 without the sign, in the unit of the "
         "indicator"},
        {"\"1,000\"",
         "thousands_separator: write it without thousands separators: 1000, or 1.000 "
         "if the comma is a decimal point"},
        {"1 000", "thousands_separator: write it without thousands separators: 1000"},
        {"NaN", "not_finite: leave the cell empty"},
        {"many", "number_expected: write a number such as 0.25, without unit or other words"}};
    for (const auto& each : cases) {
        const auto& cell = each.first;
        const auto& expected = each.second;
        CAPTURE(cell);
        const auto problems = problems_of(identity + "code,parent,rule,weight\ntotal,,,\n" +
                                          "a,total,as_is," + cell + "\nb,total,as_is,\n");
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].place == "models.csv:4:4 (weight)");
        CHECK(problems[0].expected == "a number");
        CHECK(problems[0].code + ": " + problems[0].remedy == expected);
    }
}

TEST_CASE("problems of the model itself are placed at their cells") {
    CHECK(table_codes("code,parent,weight,rule,lower,upper,direction,weights_sum_to\n"
                      "total,,,,,,,3\n"
                      "a,total,-1,as_is,,,,\n"
                      "b,total,1,goalposts,5,2,,\n"
                      "c,total,1,goalposts,,2,,\n"
                      "d,total,1,as_is,,7,,\n"
                      "e,total,1,magic,,,lower,\n"
                      "f,total,1,,,,,\n") ==
          Codes{"weights_do_not_add_up at models.csv:3:8 (weights_sum_to)",
                "weight_out_of_range at models.csv:4:3 (weight)",
                "goalposts_reversed at models.csv:5:6 (upper)",
                "missing_member at models.csv:6:5 (lower)",
                "unknown_member at models.csv:7:6 (upper)", "unknown_rule at models.csv:8:4 (rule)",
                "unknown_word at models.csv:8:7 (direction)",
                "score_missing at models.csv:9:1 (code)"});
    CHECK(table_codes("code,parent,rule\ntotal,,\na,total,goalposts\n") ==
          Codes{"missing_member at models.csv:4:3 (rule)",
                "missing_member at models.csv:4:3 (rule)"});
}

TEST_CASE("problems before the header are placed at their line") {
    const std::string rows = "code,parent,rule\ntotal,,\na,total,as_is\n";
    CHECK(codes(problems_of(rows)) == Codes{"missing_member at models.csv:1:1 (#! /thuocdo)",
                                            "missing_member at models.csv:1:1 (#! /id)",
                                            "missing_member at models.csv:1:1 (#! /version)",
                                            "missing_member at models.csv:1:1 (#! /name)"});
    CHECK(table_codes("#! {\"ranking\": {\"order\": \"up\"}}\n" + rows) ==
          Codes{"unknown_word at models.csv:2:1 (#! /ranking/order)"});
    CHECK(table_codes("#! {\"id\": \"again\"}\n" + rows) ==
          Codes{"duplicate_member at models.csv:2:1 (#! /id)"});
    CHECK(table_codes("#! {\"root\": {}}\n" + rows) ==
          Codes{"root_in_table at models.csv:2:1 (#! /root)"});
    CHECK(table_codes("#! [1]\n" + rows) == Codes{"wrong_type at models.csv:2:1 (#!)"});
    CHECK(table_codes("#! {\"source\": }\n" + rows) == Codes{"syntax_error at models.csv:2:15"});
    CHECK(table_codes("#! {\"source\": \"a\", \"source\": \"b\"}\n" + rows) ==
          Codes{"duplicate_member at models.csv:2:1 (#! /source)"});
}

TEST_CASE("the header names known columns once") {
    CHECK(table_message("code,parent,rule,wieght\ntotal,,,\na,total,as_is,1\n")
              .find(R"(did you mean "weight"? [unknown_column])") != std::string::npos);
    CHECK(table_message("code,parent,rule,steps\ntotal,,,\na,total,as_is,\n")
              .find("lists have no table form; write this model as a JSON document "
                    "[unknown_column]") != std::string::npos);
    CHECK(table_codes("code,parent,rule,rule\ntotal,,,\na,total,as_is,as_is\n") ==
          Codes{"duplicate_column at models.csv:2:4 (rule)"});
    CHECK(table_codes("code,rule\na,as_is\n") == Codes{"missing_column at models.csv:2:1 (code)"});
    CHECK(table_codes("code,parent\n") == Codes{"no_root at models.csv:2:1 (code)"});
}

TEST_CASE("rules and aggregations with lists have no table form") {
    CHECK(table_message("code,parent,rule\ntotal,,\na,total,step_table\n") ==
          "models.csv:4:3 (rule): found step_table; expected a method whose parameters fit into "
          "columns; write this model as a JSON document [rule_not_in_table]");
    CHECK(table_codes("code,parent,rule,aggregate\ntotal,,,power_mean\na,total,as_is,\n") ==
          Codes{"rule_not_in_table at models.csv:3:4 (aggregate)"});
}

TEST_CASE("trees that do not hold together name the rows") {
    CHECK(
        table_message("code,parent,rule\ntotal,,\ngroup,total,\na,gruop,as_is\nb,group,as_is\n") ==
        "models.csv:5:2 (parent): found \"gruop\"; expected the code of another row; did you "
        "mean \"group\"? [unknown_parent]");
    CHECK(table_message("code,parent,rule\ntotal,,\na,total,as_is\nb,b,as_is\n")
              .find("the cycle \"b\" under \"b\"") != std::string::npos);
    CHECK(table_message("code,parent,rule\ntotal,,\na,total,as_is\nb,d,\nc,b,\nd,c,\ne,d,as_is\n")
              .find("the cycle \"b\" under \"d\" under \"c\" under \"b\"") != std::string::npos);
    CHECK(table_codes("code,parent,rule\ntotal,,\na,total,as_is\nb,c,\nc,b,\nd,e,\ne,d,\n") ==
          Codes{"cycle at models.csv:5:2 (parent)", "cycle at models.csv:7:2 (parent)"});
    CHECK(table_codes("code,parent,rule\ntotal,a,\na,total,as_is\n") ==
          Codes{"cycle at models.csv:3:2 (parent)", "no_root at models.csv:3:2 (parent)"});
    CHECK(table_codes("code,parent,rule\ntotal,,\n,total,as_is\n") ==
          Codes{"empty_code at models.csv:4:1 (code)"});
}

TEST_CASE("cells of rows outside the tree are still read") {
    CHECK(table_codes("code,parent,rule,weight\ntotal,,,\na,total,as_is,\nb,nowhere,as_is,x\n") ==
          Codes{"unknown_parent at models.csv:5:2 (parent)",
                "number_expected at models.csv:5:4 (weight)"});
}

TEST_CASE("a chain of many rows is a problem and not a crash") {
    std::string rows = "code,parent,rule\nn0,,\n";
    for (int k = 1; k < 100'000; ++k)
        rows += 'n' + std::to_string(k) + ",n" + std::to_string(k - 1) + ",\n";
    const auto problems = problems_of(identity + rows);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "nesting_too_deep");
    CHECK(problems[0].place == "models.csv:103:1 (code)");
}

TEST_CASE("defects of the CSV itself are reported as problems of the model") {
    CHECK(table_codes("code,parent,rule\ntotal,\n") == Codes{"ragged_row at models.csv:3"});
    const auto problems =
        problems_of(identity + "code,parent,name,rule\ntotal,,,\na,total,Ha\xcc\x80,as_is\n");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "not_nfc");
    CHECK(problems[0].place == "models.csv:4:3");
    CHECK(problems[0].remedy == "save the file in NFC");
}
