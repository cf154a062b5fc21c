// Derived indicators in models: checks, digest, scoring, previous panels, what-if.

#include <thuocdo/data/derive.hpp>
#include <thuocdo/data/join_panels.hpp>
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "support/build.hpp"

namespace derived_indicators {

using namespace thuocdo;
using testing_support::panel;
using testing_support::problems_of;

ModelDefinition definition(std::vector<std::pair<std::string, std::string>> derived,
                           ScoreRule rule = rule::AsIs{}) {
    ModelDefinition model = testing_support::definition(
        testing_support::group("root", aggregation::Arithmetic{},
                               {testing_support::leaf(derived.back().first, std::move(rule))}));
    for (auto& [code, text] : derived) {
        DerivedIndicator each;
        each.code = code;
        each.expression = text;
        model.derived.push_back(each);
    }
    return model;
}

std::vector<Problem> problems(const ModelDefinition& model) {
    return problems_of<ModelError>([&] { static_cast<void>(IndexModel(model)); });
}

void check_only(const ModelDefinition& model, const std::string& code, const std::string& place) {
    const std::vector<Problem> found = problems(model);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code);
    CHECK(found[0].place == place);
}

TEST_CASE("derived indicators may stand in any order; cycles are named") {
    const IndexModel model(definition({{"x", "y + 1"}, {"y", "a * 2"}, {"z", "x + y"}}));
    CHECK(score(model, panel({"a"}, {{3.0}})).scores()[0] == 13.0);
    CHECK(std::vector<std::size_t>(model.derivation_order().begin(),
                                   model.derivation_order().end()) ==
          std::vector<std::size_t>{1, 0, 2});
    const std::vector<Problem> found = problems(definition({{"x", "y"}, {"y", "z"}, {"z", "x"}}));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "derived_cycle");
    CHECK(found[0].found == "\"x\" -> \"y\" -> \"z\" -> \"x\"");
    check_only(definition({{"x", "x + 1"}}), "derived_cycle", "/derived/0/expression");
}

TEST_CASE("a chain of a thousand derived indicators is computed in order") {
    std::vector<std::pair<std::string, std::string>> chain;
    for (int k = 999; k >= 0; --k)
        chain.emplace_back("x" + std::to_string(k),
                           k == 0 ? "a" : "x" + std::to_string(k - 1) + " + 1");
    std::rotate(chain.begin(), chain.begin() + 1, chain.end());
    const IndexModel model(definition(chain));
    CHECK(score(model, panel({"a"}, {{1.0}})).scores()[0] == 1000.0);
}

TEST_CASE("codes that clash, unknown ones and inputs without use are found before there are data") {
    check_only(definition({{"x", "a"}, {"x", "b"}}), "duplicate_code", "/derived/1/code");
    check_only(definition({{"x y", "a"}, {"z", "b"}}), "invalid_code", "/derived/0/code");
    ModelDefinition model = definition({{"x", "population + gdpp"}});
    model.inputs = {{"population", "", {}}, {"gdp", "", {}}};
    const std::vector<Problem> found = problems(model);
    REQUIRE(found.size() == 2);
    CHECK(found[0].code == "unknown_indicator");
    CHECK(found[0].place == "/derived/0/expression:14");
    CHECK(found[0].remedy == "did you mean \"gdp\"?");
    CHECK(found[1].code == "unused_input");
    model.derived[0].code = "gdp";
    model.derived[0].expression = "population + 1";
    model.root.children[0].code = "gdp";
    check_only(model, "derived_is_input", "/derived/0/code");
}

TEST_CASE("units of measure are checked in expressions, at derived indicators and at leaves") {
    ModelDefinition model = definition({{"x", "gdp / population"}});
    model.inputs = {{"population", "person", {}}, {"gdp", "USD", {}}};
    CHECK(IndexModel(model).find_derived("x")->unit == "USD/person");
    model.derived[0].unit = "USD/person";
    CHECK(problems(model).empty());
    model.derived[0].unit = "VND/person";
    check_only(model, "unit_mismatch", "/derived/0/unit");
    model.derived[0].unit = "";
    model.root.children[0].unit = "USD";
    check_only(model, "unit_mismatch", "/root/children/0/unit");
    model.root.children[0].unit = "";
    model.derived[0].expression = "gdp + population";
    check_only(model, "unit_mismatch", "/derived/0/expression:5");
    model.inputs[0].unit = "person^";
    CHECK(problems(model).front().code == "invalid_unit");
}

TEST_CASE("the digest is of the normal form, and models without derived indicators keep theirs") {
    const IndexModel spaced(definition({{"x", "( a+b ) * 2"}}));
    const IndexModel tight(definition({{"x", "(a+b)*2.0"}}));
    const IndexModel other(definition({{"x", "a+b*2"}}));
    CHECK(spaced.digest() == tight.digest());
    CHECK(spaced.digest() != other.digest());
    CHECK(spaced.canonical().find("\"expression\":\"(a + b) * 2\"") != std::string::npos);
    CHECK(io::to_json(spaced, 2).find("( a+b ) * 2") != std::string::npos);
    const IndexModel plain = testing_support::model(testing_support::group(
        "root", aggregation::Arithmetic{}, {testing_support::leaf("x", rule::AsIs{})}));
    CHECK(plain.canonical().find("derived") == std::string::npos);
    CHECK(plain.canonical().find("inputs") == std::string::npos);
}

TEST_CASE("a document with inputs and derived indicators is read, written and read again") {
    const std::string text = R"json({"thuocdo": 1, "id": "m", "version": "1", "name": "M",
        "inputs": [{"code": "a", "unit": "km", "name": {"en": "A", "vi": "Á"}}, {"code": "b-1"}],
        "derived": [{"code": "d", "expression": "if(a > 2, a / `b-1`, 0)", "name": "D",
                     "source": "here"}],
        "root": {
    "code" : "r", "children" : [ {"code" : "d", "score" : {"rule" : "as_is"}} ]
}
})json";
    const IndexModel model = io::parse_model(text);
    CHECK(io::parse_model(io::to_json(model, 2)) == model);
    CHECK(io::parse_model(model.canonical()) == model);
    CHECK(model.definition().inputs[0].name.vi == "Á");
    CHECK(model.derived()[0].source == "here");
    CHECK(std::vector<std::string>(model.indicators().begin(), model.indicators().end()) ==
          std::vector<std::string>{"a", "b-1"});
    std::string wrong = text;
    wrong.replace(wrong.find("a / `b-1`"), 9, "a /      ");
    const std::vector<Problem> found = io::check_model(wrong);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "unexpected_token");
    CHECK(found[0].place == "/derived/0/expression:20");
}

TEST_CASE("the board has the derived columns, and scoring its panel again gives the same") {
    const IndexModel model(definition({{"x", "a / b"}}));
    const Panel given = panel({"a", "b"}, {{1.0, 4.0}, {3.0, 4.0}});
    const Scoreboard board = score(model, given);
    CHECK(board.panel().indicators() == std::vector<std::string>{"a", "b", "x"});
    CHECK(board.panel().value(1, 2) == 0.75);
    CHECK(board.panel().is_derived("x"));
    CHECK_FALSE(board.panel().is_derived("a"));
    CHECK(score(model, board.panel()).digest() == board.digest());
    const Explanation explanation = explain(board, "u2");
    CHECK(explanation.find("x")->expression == "a / b");
    CHECK(explanation.find("x")->value == 0.75);
}

TEST_CASE("columns that are not there or given under a derived code are named") {
    const IndexModel model(definition({{"x", "alpha + beta"}}));
    const std::vector<Problem> found = problems_of<DataError>([&] {
        static_cast<void>(score(model, panel({"alpa", "x"}, {{1.0, 2.0}})));
    });
    REQUIRE(found.size() == 3);
    CHECK(found[0].code == "derived_column_given");
    CHECK(found[1].place == "indicator \"alpha\"");
    CHECK(found[1].remedy == "did you mean \"alpa\"?");
    CHECK(found[2].place == "indicator \"beta\"");
}

TEST_CASE("a zero denominator goes by the rule of the leaf, missing arguments by their kind") {
    ModelDefinition model = definition({{"x", "a / b"}});
    model.root.children[0].zero_denominator = ZeroDenominatorRule::full;
    model.root.children[0].missing = MissingRule::all(MissingPolicy::zero);
    const Panel given = panel({"a", "b"}, {{1.0, 0.0}, {missing_value, 2.0}, {1.0, 2.0}});
    const Scoreboard board = score(IndexModel(model), given);
    CHECK(board.scores()[0] == 1.0);
    CHECK(board.scores()[1] == 0.0);
    CHECK(board.scores()[2] == 0.5);
    CHECK(board.panel().state(0, 2) == CellState::zero_denominator);
    model.root.children[0].zero_denominator.reset();
    CHECK_THROWS_AS(static_cast<void>(score(IndexModel(model), given)), DataError);
}

TEST_CASE("previous and growth read the unit of the same code in the previous panel") {
    const IndexModel model(
        definition({{"rate", "a / b"}, {"x", "100 * growth(rate) + previous(a)"}}));
    PanelDefinition before = panel({"a", "b"}, {{8.0, 4.0}, {1.0, 2.0}}).definition();
    before.units = UnitRegistry::from_codes({"u2", "u1"});
    ScoreOptions options;
    options.previous = Panel(before);
    const Scoreboard board = score(model, panel({"a", "b"}, {{3.0, 4.0}, {6.0, 2.0}}), options);
    CHECK(board.scores()[0] == 100.0 * (0.75 / 0.5 - 1.0) + 1.0);
    CHECK(board.scores()[1] == 100.0 * (3.0 / 2.0 - 1.0) + 8.0);
    const std::vector<Problem> found = problems_of<DataError>([&] {
        static_cast<void>(score(model, panel({"a", "b"}, {{3.0, 4.0}})));
    });
    REQUIRE(found.size() == 2);
    CHECK(found[0].code == "previous_panel_missing");
}

TEST_CASE("the panel of an earlier board serves as previous, a chained index goes on from it") {
    const IndexModel model(definition({{"x", "coalesce(previous(x), 100) * a"}}));
    PanelDefinition base = panel({"a", "x"}, {{1.0, 100.0}}).definition();
    base.derived = {"x"};
    ScoreOptions options;
    options.previous = Panel(base);
    const Scoreboard first = score(model, panel({"a"}, {{1.1}}), options);
    options.previous = first.panel();
    const Scoreboard second = score(model, panel({"a"}, {{1.2}}), options);
    CHECK(second.scores()[0] == 100.0 * 1.1 * 1.2);
}

TEST_CASE("a growth rule and carried values work on derived indicators") {
    ModelDefinition growing = definition({{"x", "a * 2"}}, rule::GrowthToTarget{0.5, true});
    ScoreOptions options;
    options.previous = panel({"a"}, {{4.0}});
    CHECK(score(IndexModel(growing), panel({"a"}, {{5.0}}), options).scores()[0] == 0.5);
    ModelDefinition carried = definition({{"x", "a * 2"}});
    carried.root.children[0].missing = MissingRule::all(MissingPolicy::carry_last);
    const Scoreboard board = score(IndexModel(carried), panel({"a"}, {{missing_value}}), options);
    CHECK(board.scores()[0] == 8.0);
}

TEST_CASE("units that are not evaluated do not stop the others") {
    ModelDefinition model = definition({{"x", "log(a)"}});
    model.cohort.level = "province";
    PanelDefinition given = panel({"a"}, {{1.0}, {0.0}}).definition();
    Unit province;
    province.code = "P";
    province.level = "province";
    Unit commune;
    commune.code = "C";
    commune.level = "commune";
    given.units = UnitRegistry({province, commune});
    const Scoreboard board = score(IndexModel(model), Panel(given));
    CHECK(board.scores()[0] == 0.0);
    CHECK(std::isnan(board.scores()[1]));
}

TEST_CASE("what-if changes what was given and derives again, alone or against peers") {
    for (const ScoreRule& rule : {ScoreRule(rule::AsIs{}), ScoreRule(rule::MinMax{})}) {
        const IndexModel model(definition({{"y", "a + b"}, {"x", "y / b"}}, rule));
        const Panel given = panel({"a", "b"}, {{1.0, 2.0}, {3.0, 4.0}, {9.0, 3.0}});
        const Scoreboard board = score(model, given);
        CellChange change;
        change.indicator = "a";
        change.value = 7.0;
        const WhatIf tried = what_if(board, "u1", {change});
        const Scoreboard again =
            score(model, panel({"a", "b"}, {{7.0, 2.0}, {3.0, 4.0}, {9.0, 3.0}}));
        CHECK(tried.after.score == again.scores()[0]);
        CHECK(tried.after.rank == again.ranks()[0]);
        change.indicator = "x";
        const std::vector<Problem> found =
            problems_of<DataError>([&] { static_cast<void>(what_if(board, "u1", {change})); });
        REQUIRE(found.size() == 1);
        CHECK(found[0].code == "derived_indicator");
    }
}

TEST_CASE("a file of data must have the columns of the expressions, not the derived ones") {
    const IndexModel model(definition({{"x", "a / `b-1`"}}));
    const Panel read = io::parse_panel("unit,a,b-1,x\nu1,3,4,99\n", "data.csv", model);
    CHECK(read.indicators() == std::vector<std::string>{"a", "b-1"});
    CHECK(score(model, read).scores()[0] == 0.75);
    const std::vector<Problem> found = problems_of<DataError>(
        [&] { static_cast<void>(io::parse_panel("unit,a,b1\nu1,3,4\n", "data.csv", model)); });
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "missing_indicator");
}

TEST_CASE("joined panels keep their derived columns apart from given ones") {
    const IndexModel model(definition({{"x", "a * 2"}}));
    const Panel derived = derive(model, panel({"a"}, {{2.0}}));
    const Panel joined = join_panels(derived, panel({"tasks"}, {{1.0}}));
    CHECK(joined.is_derived("x"));
    CHECK(score(model, joined).panel().indicators() == std::vector<std::string>{"a", "tasks", "x"});
}

}  // namespace derived_indicators
