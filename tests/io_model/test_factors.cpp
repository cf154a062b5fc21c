#include <thuocdo/io/factors.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_edit.hpp>
#include <thuocdo/io/model_table.hpp>
#include <thuocdo/model/detail/json_value.hpp>
#include <thuocdo/model/drop.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "io_model/support.hpp"

namespace factors_tests {

using model_tests::codes;
using thuocdo::FactorDefinition;
using thuocdo::IndexModel;
using thuocdo::ModelDefinition;
using thuocdo::ModelError;
namespace factor = thuocdo::factor;
namespace io = thuocdo::io;
namespace robust = thuocdo::robust;

/// Three levels, a derived indicator and a sum of points; `factors` may be left out.
std::string document(const std::string& factors = "") {
    return R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T",
      "derived": [{"code": "rate", "expression": "done / due"}])" +
           (factors.empty() ? "" : ", \"factors\": " + factors) +
           R"(, "root": {"code": "total", "aggregate": "sum", "children": [
        {"code": "people", "points": 6, "children": [
          {"code": "health", "indicator": "le", "weight": 2, "score": {"rule": "min_max"}},
          {"code": "schooling", "score": {"rule": "as_is"}},
          {"code": "watched", "role": "monitored", "score": {"rule": "as_is"}}]},
        {"code": "work", "points": 4, "children": [
          {"code": "rate", "score": {"rule": "as_is"}}]}]}})";
}

const std::string all_kinds = R"([
  {"name": "expert doubt", "at": "people", "noise": 0.25},
  {"noise": 1},
  {"at": "people", "dirichlet": "uniform"},
  {"name": "near", "at": "people", "dirichlet": {"concentration": 50}},
  {"at": "@people/aggregate", "one_of": ["arithmetic", {"method": "power_mean", "exponent": 2.0}]},
  {"at": "/root/children/0/children/0/score", "one_of": [{"rule": "min_max"}, {"rule": "z_score", "mean": 5}]},
  {"weight_sets": {"expert B": {"health": 2, "schooling": 1}, "expert A": {"people": 1, "work": 3, "health": 0}}},
  {"at": "people", "leave_out": "each", "or_none": false},
  {"leave_out": ["le", "work"]},
  {"at": "health", "error": {"distribution": "uniform", "scale": "relative", "size": 0.05,
   "column": "le_se", "lowest": 0, "highest": 100}},
  {"at": "done", "error": {}}])";

using Codes = std::vector<std::string>;

/// One a line, so that a failed comparison can be read.
std::string lines(const Codes& each) {
    std::string out;
    for (const std::string& one : each) out += one + '\n';
    return out;
}

std::string problems_with(const std::string& factors) {
    const auto problems = io::check_model(document(factors));
    if (!problems.empty()) {
        // The same for factors that are given in a call.
        const IndexModel model = io::parse_model(document());
        try {
            const auto read = io::parse_factors(factors, model);
            static_cast<void>(io::resolve_factors(model, read));
            FAIL("no error from the factors of a call");
        } catch (const ModelError& error) {
            CHECK(lines(codes(error.problems())) == lines(codes(problems)));
        }
    }
    return lines(codes(problems));
}

TEST_CASE("factors of every kind survive being written and read") {
    const IndexModel model = io::parse_model(document(all_kinds));
    const ModelDefinition& read = model.definition();
    REQUIRE(read.factors.size() == 11);
    CHECK(read.factors[0] == FactorDefinition{"expert doubt", "people", factor::WeightNoise{0.25}});
    CHECK(read.factors[3] == FactorDefinition{"near", "people", factor::DirichletWeights{50.0}});
    CHECK(read.factors[4].rule ==
          thuocdo::FactorRule(
              factor::OneOf{{"\"arithmetic\"", R"({"exponent":2,"method":"power_mean"})"}}));
    CHECK(read.factors[7].rule == thuocdo::FactorRule(factor::LeaveOut{{}, false}));
    CHECK(read.factors[8].rule == thuocdo::FactorRule(factor::LeaveOut{{"le", "work"}, true}));
    const factor::MeasurementError error{thuocdo::ErrorDistribution::uniform,
                                         thuocdo::ErrorScale::relative,
                                         0.05,
                                         "le_se",
                                         0.0,
                                         100.0};
    CHECK(read.factors[9] == FactorDefinition{"", "health", error});
    CHECK(read.factors[10].rule == thuocdo::FactorRule(factor::MeasurementError{}));
    const IndexModel again = io::parse_model(io::to_json(model));
    CHECK(again.definition() == read);
    CHECK(again.digest() == model.digest());
    CHECK(io::parse_model(model.canonical()).digest() == model.digest());
    CHECK(io::to_json(again) == io::to_json(model));
    CHECK(model.digest() != io::parse_model(document()).digest());
    // Members in another order, and numbers written otherwise, are the same factor.
    const auto digest = [](const std::string& factors) {
        return io::parse_model(document(factors)).digest();
    };
    CHECK(
        digest(
            R"([{"at": "@people/aggregate", "one_of": ["arithmetic", {"method": "power_mean", "exponent": 2}]}])") ==
        digest(
            R"([{"one_of": ["arithmetic", {"exponent": 2e0, "method": "power_mean"}], "at": "@people/aggregate"}])"));
    const auto noise = io::parse_factors(R"([{"noise": 0.5}])", model);
    CHECK(noise == std::vector<FactorDefinition>{{"", "", factor::WeightNoise{0.5}}});
}

TEST_CASE("the one text of a JSON value has sorted members and shortest numbers") {
    using thuocdo::detail::canonical_json;
    CHECK(canonical_json(
              " { \"b\" : [1.50, -0.0e0 , true,null] , \"a\":\"\\u0110\\/\\n\\ud83d\\ude00\"} ") ==
          "{\"a\":\"\u0110/\\u000a\U0001F600\",\"b\":[1.5,0,true,null]}");
    CHECK(canonical_json("{}") == "{}");
    for (const char* bad :
         {"", "geometric", "01", "1.", ".5", "+1", "1e", "1e999", "NaN", "[1,]", "[1 2]",
          "{\"a\":1,\"a\":2}", "\"a", "\"\\ud800\"", "\"\\x\"", "1 2", "{1:2}"}) {
        CAPTURE(bad);
        CHECK_FALSE(canonical_json(bad).has_value());
    }
    CHECK_FALSE(canonical_json(std::string(300, '[') + std::string(300, ']')).has_value());
}

TEST_CASE("all problems of factors are reported at once, each at its place") {
    CHECK(problems_with(R"([
      {"name": "x", "at": "nobody", "noise": 1.5},
      {"name": "x", "at": "health", "dirichlet": {"concentration": 0}},
      {"at": "work", "noise": 0},
      {"weight_sets": {"": {"health": -1}, "b": {"nobody": 1, "total": 1, "watched": 2}}},
      {"name": "y", "at": "people", "weight_sets": {"one": {}}},
      {"at": "people", "leave_out": ["total", "nobody", "le", "le"]},
      {"leave_out": ["work"], "or_none": false},
      {"at": "rates", "error": {"size": -1, "lowest": 2, "highest": 1}},
      {"at": "@people", "noise": 0.5}])") ==
          lines({"unknown_node at /factors/0/at",
                 "noise_out_of_range at /factors/0/noise",
                 "duplicate_factor at /factors/1/name",
                 "leaf_in_factor at /factors/1/at",
                 "concentration_out_of_range at /factors/1/dirichlet/concentration",
                 "no_weights_to_vary at /factors/2/at",
                 "noise_out_of_range at /factors/2/noise",
                 "name_missing at /factors/3/weight_sets/",
                 "weight_out_of_range at /factors/3/weight_sets//health",
                 "unknown_node at /factors/3/weight_sets/b/nobody",
                 "weight_without_effect at /factors/3/weight_sets/b/total",
                 "weight_without_effect at /factors/3/weight_sets/b/watched",
                 "member_not_used at /factors/4/at",
                 "too_few_alternatives at /factors/4/weight_sets",
                 "empty_list at /factors/4/weight_sets/one",
                 "member_not_used at /factors/5/at",
                 "root_dropped at /factors/5/leave_out/0",
                 "unknown_node at /factors/5/leave_out/1",
                 "duplicate_element at /factors/5/leave_out/3",
                 "too_few_alternatives at /factors/6/leave_out",
                 "unknown_indicator at /factors/7/at",
                 "size_out_of_range at /factors/7/error/size",
                 "bounds_reversed at /factors/7/error/highest",
                 "unknown_node at /factors/8/at"}));
    CHECK(problems_with(
              R"([{"weight_sets": {"a": {"health": 0, "schooling": 0}, "b": {"people": 0}}}])") ==
          lines({"weights_all_zero at /factors/0/weight_sets/a",
                 "weight_out_of_range at /factors/0/weight_sets/b/people"}));
}

TEST_CASE("what cannot be read as a factor is named once") {
    CHECK(problems_with(R"([
      {"nois": 0.25},
      {"name": "empty"},
      {"noise": 0.2, "leave_out": "each"},
      {"noise": "25%"},
      {"dirichlet": "even"},
      {"dirichlet": 3},
      {"at": 4, "leave_out": "mys"},
      {"leave_out": []},
      {"weight_sets": [1]},
      {"weight_sets": {"a": {"health": "2"}, "b": 1}},
      {"at": "/ranking/ties", "one_of": "dense"},
      {"error": {"distribution": "cauchy", "sice": 2}},
      7])") == lines({"unknown_member at /factors/0/nois", "missing_member at /factors/1",
                      "factor_of_two_kinds at /factors/2", "percent_sign at /factors/3/noise",
                      "unknown_word at /factors/4/dirichlet", "wrong_type at /factors/5/dirichlet",
                      "wrong_type at /factors/6/at", "unknown_word at /factors/6/leave_out",
                      "empty_list at /factors/7/leave_out", "wrong_type at /factors/8/weight_sets",
                      "number_as_text at /factors/9/weight_sets/a/health",
                      "wrong_type at /factors/9/weight_sets/b", "wrong_type at /factors/10/one_of",
                      "unknown_word at /factors/11/error/distribution",
                      "unknown_member at /factors/11/error/sice", "wrong_type at /factors/12"}));
    const IndexModel model = io::parse_model(document());
    CHECK_THROWS_AS(static_cast<void>(io::parse_factors("{}", model)), ModelError);
    CHECK_THROWS_AS(static_cast<void>(io::parse_factors("[", model)), ModelError);
    CHECK(io::parse_factors("[]", model).empty());
    // A broken tree makes no further problems of factors that speak of it.
    CHECK(lines(codes(io::check_model(R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T",
      "factors": [{"at": "p", "noise": 2}], "root": {"code": 7}})"))) ==
          lines({"noise_out_of_range at /factors/0/noise", "score_missing at /root",
                 "wrong_type at /root/code"}));
}

TEST_CASE("values of a member must fit it and differ, and its pointer must hit something") {
    CHECK(problems_with(R"([
      {"at": "@people/agregate", "one_of": ["arithmetic", "geometric"]},
      {"at": "/rankin/ties", "one_of": ["dense", "ordinal"]},
      {"at": "/root/children/9/weight", "one_of": [1, 2]},
      {"at": "/root/code/x", "one_of": [1, 2]},
      {"at": "@people/aggregate", "one_of": ["arithmetic", "geometrc", 7]},
      {"at": "/ranking/ties", "one_of": ["dense", "ordinal"]},
      {"at": "/ranking/order", "one_of": ["descending", "ascending", "descending"]}])") ==
          lines({"alternatives_alike at /factors/6/one_of/2"}));
    CHECK(
        problems_with(R"([
      {"at": "@people/agregate", "one_of": ["arithmetic", "geometric"]},
      {"at": "/rankin/ties", "one_of": ["dense", "ordinal"]},
      {"at": "/root/children/9/weight", "one_of": [1, 2]},
      {"at": "/root/code/x", "one_of": [1, 2]},
      {"at": "@people/aggregate", "one_of": ["arithmetic", "geometrc", 7]}])") ==
        lines({"pointer_hits_nothing at /factors/0/at", "pointer_hits_nothing at /factors/1/at",
               "pointer_hits_nothing at /factors/2/at", "pointer_hits_nothing at /factors/3/at",
               "unknown_aggregation at /factors/4/one_of/1", "wrong_type at /factors/4/one_of/2"}));
    CHECK(problems_with(
              R"([{"at": "@people/aggregate", "one_of": ["arithmetic", {"method": "arithmetic"}]},
      {"at": "@people/cap", "one_of": [1, 2, 1.0e0]}])") ==
          lines({"alternatives_alike at /factors/1/one_of/2"}));
    CHECK(
        problems_with(
            R"([{"at": "@people/aggregate", "one_of": ["arithmetic", {"method": "arithmetic"}]}])") ==
        lines({"factor_without_effect at /factors/0"}));
    CHECK(
        problems_with(
            R"([{"at": "@people/aggregate", "one_of": ["arithmetic", "geometric", {"method": "geometric"}]}])") ==
        lines({"alternatives_alike at /factors/0/one_of/2"}));
    CHECK(problems_with(R"([{"one_of": [1, 2]}, {"at": "people/weight", "one_of": [1, 2]},
      {"at": "@nobody/weight", "one_of": [1, 2]}, {"at": "/factors/0/noise", "one_of": [0.1, 0.2]},
      {"at": "@people/points", "one_of": [6]}])") ==
          lines({"missing_member at /factors/0/at", "pointer_hits_nothing at /factors/1/at",
                 "unknown_node at /factors/2/at", "pointer_into_factors at /factors/3/at",
                 "too_few_alternatives at /factors/4/one_of"}));
    const auto message = model_tests::only_message(io::check_model(
        document(R"([{"at": "@people/aggregate", "one_of": ["arithmetic", "geometrc"]}])")));
    CHECK(message.find("did you mean \"geometric\"?") != std::string::npos);
    CHECK(message.find("/root/children/0/aggregate") != std::string::npos);
    // A value without quotes, from a program that writes the definition itself.
    ModelDefinition definition = io::parse_model(document()).definition();
    definition.factors = {
        {"", "@people/aggregate", factor::OneOf{{"geometric", "\"arithmetic\""}}}};
    try {
        static_cast<void>(IndexModel(definition));
        FAIL("accepted");
    } catch (const ModelError& error) {
        CHECK(lines(codes(error.problems())) == lines({"not_json at /factors/0/one_of/0"}));
    }
}

ModelDefinition applied(const robust::Factor& resolved, std::size_t k, const IndexModel& model) {
    ModelDefinition out = model.definition();
    std::get<robust::ModelChoice>(resolved.rule).alternatives.at(k).apply(out);
    return out;
}

TEST_CASE("an alternative gives the model that putting its value there gives") {
    const IndexModel model = io::parse_model(document(R"([
      {"at": "@people/aggregate", "one_of": ["geometric", {"method": "power_mean", "exponent": 2}, "arithmetic"]},
      {"at": "/root/children/0/children/0/score", "one_of": [{"rule": "min_max"}, {"rule": "z_score", "mean": 5}]},
      {"at": "/ranking/ties", "one_of": ["dense", "competition"]},
      {"at": "/defaults/rounding/digits", "one_of": [2, 1]}])"));
    const std::vector<robust::Factor> factors = io::resolve_factors(model);
    REQUIRE(factors.size() == 4);
    CHECK(factors[0].name == "aggregate of people");
    CHECK(factors[1].name == "score of health");
    CHECK(factors[2].name == "ranking/ties");
    CHECK(factors[3].name == "defaults/rounding/digits");
    const auto& choice = std::get<robust::ModelChoice>(factors[0].rule);
    CHECK(choice.alternatives[0].label == "geometric");
    CHECK(choice.alternatives[1].label == "power_mean (exponent 2)");
    for (std::size_t f = 0; f < factors.size(); ++f) {
        const FactorDefinition& written = model.definition().factors[f];
        const auto& values = std::get<factor::OneOf>(written.rule).values;
        for (std::size_t k = 0; k < values.size(); ++k)
            CHECK(IndexModel(applied(factors[f], k, model)) ==
                  io::with(model, written.at, values[k]));
    }
}

TEST_CASE("alternatives follow their node when another factor has left out others") {
    const IndexModel model = io::parse_model(document(R"([
      {"leave_out": ["health", "people"]},
      {"at": "/root/children/0/children/1/weight", "one_of": [3, 4]},
      {"weight_sets": {"a": {"health": 1, "schooling": 2}, "b": {"health": 3, "schooling": 7}}},
      {"at": "@people/aggregate", "one_of": ["arithmetic", "geometric"]}])"));
    const auto factors = io::resolve_factors(model);
    const auto apply = [&](std::size_t f, std::size_t k, ModelDefinition& definition) {
        std::get<robust::ModelChoice>(factors[f].rule).alternatives.at(k).apply(definition);
    };
    ModelDefinition definition = model.definition();
    apply(0, 0, definition);
    apply(1, 1, definition);
    CHECK(definition.root.children[0].children[0].code == "schooling");
    CHECK(definition.root.children[0].children[0].weight == 4.0);
    apply(2, 1, definition);
    CHECK(definition.root.children[0].children[0].weight == 7.0);
    // Left out twice, or changed after it was left out: nothing happens.
    ModelDefinition without = model.definition();
    apply(0, 1, without);
    const ModelDefinition before = without;
    for (std::size_t f = 0; f < factors.size(); ++f) apply(f, 1, without);
    CHECK(without == before);
    CHECK(IndexModel(before).find("people") == std::nullopt);
}

TEST_CASE("changed copies of a model keep its factors, and dropping mends them") {
    const IndexModel model = io::parse_model(document(all_kinds));
    const IndexModel heavier = io::with(model, "@health/weight", "5");
    CHECK(heavier.definition().factors == model.definition().factors);
    CHECK(io::differences(model, heavier).size() == 1);
    const IndexModel quiet = io::without(model, "/factors");
    CHECK(quiet == io::parse_model(document()));
    REQUIRE(io::differences(model, quiet).size() == 1);
    CHECK(io::differences(model, quiet)[0].member == "/factors");
    CHECK(io::with(model, "/factors/0/noise", "0.5").definition().factors[0].rule ==
          thuocdo::FactorRule(factor::WeightNoise{0.5}));
    CHECK_THROWS_AS(static_cast<void>(io::with(model, "/factors/0/noise", "2")), ModelError);

    // Without health one child of people is left that has a weight.
    const auto left = thuocdo::drop(model, "health").definition().factors;
    std::vector<std::string> names;
    for (const FactorDefinition& each : left)
        names.push_back(factor_name(each, model.definition().root));
    CHECK(lines(names) == lines({"weights of every node", "aggregate of people", "weight set",
                                 "left out", "error of done"}));
    CHECK(std::get<factor::WeightSets>(left[2].rule).sets[1].weights ==
          std::vector<std::pair<std::string, double>>{{"people", 1.0}, {"work", 3.0}});
    CHECK(std::get<factor::LeaveOut>(left[3].rule).elements == Codes{"work"});
    // A pointer through positions follows its node.
    const IndexModel pointed = io::parse_model(document(
        R"([{"at": "/root/children/1/points", "one_of": [4, 5]}, {"at": "/root/children/0/points", "one_of": [6, 7]}])"));
    const auto moved = thuocdo::drop(pointed, "people").definition().factors;
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].at == "/root/children/0/points");
    CHECK(thuocdo::drop(model, "le").definition().factors == left);
}

TEST_CASE("the table form has factors in its leading lines") {
    const std::string table =
        "#! {\"id\": \"t\", \"version\": \"1\", \"name\": \"T\", \"thuocdo\": 1}\n"
        "#! {\"factors\": [{\"at\": \"p\", \"noise\": 0.25}, {\"at\": \"@a/weight\", \"one_of\": "
        "[1, 2]}]}\n"
        "code,parent,rule,weight\np,,,\na,p,as_is,2\nb,p,as_is,1\n";
    const IndexModel model = io::parse_model_table(table, "t.csv");
    CHECK(model.definition().factors.size() == 2);
    std::string bad = table;
    bad.replace(bad.find("@a/weight"), 9, "@a/wieght");
    try {
        static_cast<void>(io::parse_model_table(bad, "t.csv"));
        FAIL("accepted");
    } catch (const ModelError& error) {
        REQUIRE(error.problems().size() == 1);
        CHECK(error.problems()[0].code == "pointer_hits_nothing");
        CHECK(error.problems()[0].place == "t.csv:2:1 (#! /factors/1/at)");
    }
}

}  // namespace factors_tests
