// Defects of real tables, DOMAIN: targets as text "100%", decimal commas,
// codes without leading zeros, names in NFD, two sources of one value.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/model/index_model.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "problems_of.hpp"

using thuocdo::IndexModel;
using thuocdo::ModelDefinition;
using thuocdo::NodeDefinition;
using thuocdo::Panel;
using thuocdo::UnitRegistry;
using thuocdo::io::load_panel;
using thuocdo::io::PanelOptions;
using thuocdo::io::parse_panel;

namespace {

using Messages = std::vector<std::string>;

Messages refused_panel(const std::string& text, const PanelOptions& options = {}) {
    return problems_of([&] { return parse_panel(text, "p.csv", options); });
}

NodeDefinition leaf(const std::string& code, thuocdo::ScoreRule score = thuocdo::rule::AsIs{}) {
    NodeDefinition node;
    node.code = code;
    node.score = std::move(score);
    return node;
}

IndexModel model_of(std::vector<NodeDefinition> leaves) {
    ModelDefinition definition;
    definition.id = "test";
    definition.version = "1";
    definition.name = {"Test", "Thử"};
    definition.root.code = "total";
    definition.root.children = std::move(leaves);
    return IndexModel(std::move(definition));
}

}  // namespace

TEST_CASE("a text where a number belongs is named with the way to mend it") {
    const auto cell = [](const std::string& text, const PanelOptions& options = {}) {
        const Messages messages = refused_panel("unit;rate\n01;" + text + "\n04;1\n", options);
        REQUIRE(messages.size() == 1);
        return messages.front();
    };
    CHECK(cell("3,5") ==
          "p.csv:2:2: found text \"3,5\"; expected a number with decimal point; declare decimal "
          "comma or "
          "correct it [decimal_comma]");
    CHECK(cell("1,234") ==
          "p.csv:2:2: found text \"1,234\"; expected a number with decimal point; declare decimal "
          "comma, "
          "or delete the thousands separator [decimal_comma]");
    CHECK(cell("100%") ==
          "p.csv:2:2: found text \"100%\"; expected a number; write 100% as 1 or 100, in the unit "
          "of the "
          "indicator, without the sign [percent_sign]");
    CHECK(cell("99,5 %").ends_with("[percent_sign]"));
    for (const char* grouped : {"1,234.5", "1.234,5", "1 234",
                                "1\xc2\xa0"
                                "234",
                                "1'234", "1,234,567", "-1.234.567"})
        CHECK(
            cell(grouped).ends_with("expected a number without thousands separators; delete them "
                                    "[thousands_separator]"));
    for (const char* word : {"nan", "NaN", "inf", "-Infinity"})
        CHECK(cell(word).ends_with(
            "expected a finite number, or an empty field; leave the field empty where there is no "
            "value [not_finite]"));
    for (const char* spaced : {" 3", "3 ", "\t3", "3\xc2\xa0"})
        CHECK(
            cell(spaced).ends_with("expected a number without spaces around it; delete the spaces "
                                   "[surrounding_space]"));
    CHECK(cell("N/A").ends_with(
        "expected a number, or an empty field; leave the field empty, or list the word in "
        "missing_words [number_expected]"));
    CHECK(cell("not_reported")
              .ends_with("leave the value empty and write the state in the column of states "
                         "[state_as_value]"));
    for (const char* other :
         {"Đạt", "12a", "1.", ".5", "1e", "0x10", "--1", "1.2.3", "2026-10-10", "+", "-"})
        CHECK(cell(other).ends_with("[number_expected]"));
    CHECK(cell("1e999").ends_with("[number_out_of_range]"));
    CHECK(cell("1.5", {.decimal = ','}) ==
          "p.csv:2:2: found text \"1.5\"; expected a number with decimal comma, as declared; "
          "declare decimal point or "
          "correct it [decimal_point]");
}

TEST_CASE("numbers are read as written") {
    const Panel panel =
        parse_panel("unit,v\na,3.5\nb,-0.25\nc,+7\nd,1e3\ne,1.5E-2\nf,\ng,007\n", "p.csv");
    const double expected[] = {3.5, -0.25, 7, 1000, 0.015, 0, 7};
    for (thuocdo::Index k = 0; k < 7; ++k)
        if (k != 5) CHECK(panel.value(k, 0) == expected[k]);
    CHECK(std::isnan(panel.value(5, 0)));
    CHECK(panel.state(5, 0) == thuocdo::CellState::not_reported);
    const Panel comma = parse_panel("unit;v\na;3,5\nb;-1,25e2\nc;4\n", "p.csv", {.decimal = ','});
    CHECK(comma.value(0, 0) == 3.5);
    CHECK(comma.value(1, 0) == -125);
    CHECK(comma.value(2, 0) == 4);
}

TEST_CASE("words for missing values count only if they are declared") {
    const std::string text = "unit,v\na,..\nb,NA\nc,1\n";
    CHECK(refused_panel(text).size() == 2);
    const Panel panel = parse_panel(text, "p.csv", {.missing_words = {"..", "NA"}});
    CHECK(panel.state(0, 0) == thuocdo::CellState::not_reported);
    CHECK(panel.state(1, 0) == thuocdo::CellState::not_reported);
    CHECK(panel.value(2, 0) == 1);
}

TEST_CASE("codes keep their zeros, and a code that lost one is recognised by the registry") {
    const Panel kept = parse_panel("unit,v\n01,1\n1,2\n001,3\n", "p.csv");
    CHECK(kept.units().codes() == std::vector<std::string>{"01", "1", "001"});

    PanelOptions options;
    options.units = UnitRegistry::from_codes({"01", "04", "H15"});
    CHECK(refused_panel("unit,v\n1,1\n04,2\nH16,3\n99,4\n", options) ==
          Messages{"p.csv:2:1: found unit \"1\"; expected the code \"01\"; codes are text: format "
                   "the column as text, so "
                   "that its leading zeros stay [missing_zero]",
                   "p.csv:4:1: found unit \"H16\"; expected the code of a unit of the registry; "
                   "did you mean \"H15\"? "
                   "[unknown_unit]",
                   "p.csv:5:1: found unit \"99\"; expected the code of a unit of the registry; "
                   "correct it, or add the "
                   "unit to the registry [unknown_unit]"});
}

TEST_CASE("a unit twice names both rows; so do a cell twice and its sources") {
    CHECK(refused_panel("unit,v\n01,1\n04,2\n01,3\n") ==
          Messages{"p.csv:4:1: found unit \"01\" again; expected one row for each unit; it is also "
                   "in line 2; keep one "
                   "[duplicate_unit]"});
    CHECK(refused_panel(
              "unit,indicator,value,numerator,denominator,source\n66,on_time,0.99,,,report of "
              "the city\n"
              "66,paid,0.5,,,\n66,on_time,,73,100,national portal\n") ==
          Messages{"p.csv:4:2: found ratio 73/100 (source \"national portal\") for unit \"66\", "
                   "indicator \"on_time\" "
                   "again; expected one row for each unit and indicator; line 2 has value 0.99 "
                   "(source \"report of the "
                   "city\"); keep one [duplicate_cell]"});
}

TEST_CASE("states: unknown words, values that contradict them, zero denominators") {
    const std::string header = "unit,indicator,value,numerator,denominator,state\n";
    const auto row = [&](const std::string& text) {
        return refused_panel(header + "01,rate," + text + "\n");
    };
    CHECK(
        row("1,,,Observed") ==
        Messages{
            "p.csv:2:6: found state \"Observed\"; expected one of observed, provisional, imputed, "
            "not_applicable, "
            "not_yet_due, not_reported, zero_denominator, confidential; did you mean \"observed\"? "
            "[unknown_state]"});
    CHECK(row("1.5,,,not_reported") ==
          Messages{"p.csv:2:6: found value 1.5 in state not_reported; expected no value, or the "
                   "state observed, "
                   "provisional or imputed; correct the state or the value [state_disagrees]"});
    CHECK(row(",,,observed") == Messages{"p.csv:2:6: found no value in state observed; expected a "
                                         "value, or a state of a missing value; correct "
                                         "the state or the value [state_disagrees]"});
    CHECK(row("1,3,0,") == Messages{"p.csv:2:3: found value 1 with denominator 0; expected no "
                                    "value; leave the value empty; the model says "
                                    "what a zero denominator counts [zero_denominator]"});
    CHECK(row(",3,0,observed") ==
          Messages{"p.csv:2:6: found denominator 0 in state observed; expected the state "
                   "zero_denominator, or none; "
                   "correct the state or the denominator [state_disagrees]"});
    CHECK(row(",3,4,zero_denominator") ==
          Messages{"p.csv:2:6: found denominator 4 in state zero_denominator; expected denominator "
                   "0, or another state; "
                   "correct the state or the denominator [state_disagrees]"});
    CHECK(row("75,3,4,") == Messages{"p.csv:2:3: found value 75; expected 3 / 4 = 0.75; a "
                                     "percentage is written as a fraction; or leave the "
                                     "value empty [ratio_disagrees]"});
    CHECK(row(",3,,") == Messages{"p.csv:2:4: found a numerator without a denominator; expected "
                                  "both, or a value, or a state that says "
                                  "why there is none; complete the row [incomplete_ratio]"});
    CHECK(row(",1e300,1e-300,").size() == 1);
    CHECK(row("0.75,3,4,provisional").empty());
    CHECK(row(",,,confidential").empty());

    const Panel panel =
        parse_panel(header +
                        "01,rate,,3,0,\n04,rate,,3,4,\n08,rate,,,,not_yet_due\n11,rate,,0,0,"
                        "zero_denominator\n",
                    "p.csv");
    using thuocdo::CellState;
    CHECK(panel.state(0, 0) == CellState::zero_denominator);
    CHECK(panel.state(1, 0) == CellState::observed);
    CHECK(panel.value(1, 0) == 0.75);
    CHECK(panel.state(2, 0) == CellState::not_yet_due);
    CHECK(panel.state(3, 0) == CellState::zero_denominator);
    CHECK(panel.ratio(0)->denominator[0] == 0.0);
}

TEST_CASE("all problems of a file come in one error, in its order") {
    const std::string path = std::string(THUOCDO_TEST_DATA_DIR) + "/csv/many-problems.csv";
    CHECK(problems_of([&] {
              return load_panel(path, {.units = UnitRegistry::from_codes({"01", "04", "08"})});
          }) ==
          Messages{
              path + ":2:1: found unit \"1\"; expected the code \"01\"; codes are text: format the "
                     "column as text, so "
                     "that its leading zeros stay [missing_zero]",
              path + ":3:2: found text \"100%\"; expected a number; write 100% as 1 or 100, in the "
                     "unit of the "
                     "indicator, without the sign [percent_sign]",
              path + ":3:4: found no value in state observed; expected a value, or a state of a "
                     "missing value; "
                     "correct the state or the value [state_disagrees]",
              path + ":4:1: found unit \"04\" again; expected one row for each unit; it is also in "
                     "line 3; keep one "
                     "[duplicate_unit]",
              path + ":5:2: found text \" 1.5\"; expected a number without spaces around it; "
                     "delete the spaces "
                     "[surrounding_space]",
              path +
                  ":5:4: found state \"Observed\"; expected one of observed, provisional, imputed, "
                  "not_applicable, not_yet_due, not_reported, zero_denominator, confidential; did "
                  "you mean "
                  "\"observed\"? [unknown_state]"});
    CHECK_THROWS_WITH(static_cast<void>(parse_panel("unit,v\n01,1\n01,2\n", "p.csv")),
                      "\"p.csv\" cannot be used\n  p.csv:3:1: found unit \"01\" again; expected "
                      "one row for each unit; it is "
                      "also in line 2; keep one [duplicate_unit]");
}

TEST_CASE("names in decomposed form are refused, or normalised if asked for") {
    const std::string path = std::string(THUOCDO_TEST_DATA_DIR) + "/csv/decomposed-names.csv";
    CHECK(problems_of([&] { return load_panel(path); }).front() ==
          path +
              ":2:2: found text \"Hà Nội\" in decomposed form (NFD); expected composed form (NFC); "
              "save the text in "
              "NFC, or set normalise_to_nfc [not_nfc]");
    const Panel panel = load_panel(path, {.normalise_to_nfc = true});
    CHECK(panel.units().display_name(0) == "Hà Nội");
    CHECK(panel.units().index_of("Cao Bằng") == 1);
}

TEST_CASE("headers: no unit column, empty and duplicate names, columns that do not exist") {
    CHECK(refused_panel("region,v\nA,1\n") ==
          Messages{
              "p.csv:1: found columns \"region, v\"; expected a column of unit codes: one of unit, "
              "code, unit_code, "
              "gso, iso3, country, province, id; name it so, or say which it is with unit_column "
              "[no_unit_column]"});
    CHECK(refused_panel("unit,v,,v\na,1,,2\n") ==
          Messages{"p.csv:1:3: found a column without a name; expected a name for every column; "
                   "name the column or delete "
                   "it [empty_column_name]",
                   "p.csv:1:4: found column \"v\" again; expected a name that no other column has; "
                   "it is also column 2 "
                   "[duplicate_column]"});
    CHECK(refused_panel("unit,region\na,x\n", {.group_columns = {"regoin"}}) ==
          Messages{"p.csv:1: found no column \"regoin\"; expected the column that the options "
                   "name; did you mean "
                   "\"region\"? [unknown_column]"});
    CHECK(refused_panel("unit,v\n,1\n 01,2\n").size() == 2);
    CHECK(
        refused_panel("unit,v\n01,1\n", {.decimal = ' '}).front() ==
        "p.csv:1: found decimal \" \"; expected a point or comma; correct the option [bad_option]");
    CHECK(problems_of([] { return load_panel("no-such-file.csv"); }) ==
          Messages{"no-such-file.csv: found no file that can be read; expected a text file; check "
                   "the path and the "
                   "permissions [file_not_found]"});
}

TEST_CASE("with a model: missing and unknown indicators suggest what was meant") {
    const IndexModel model = model_of({leaf("life_expectancy"), leaf("schooling")});
    CHECK(problems_of([&] {
              return parse_panel("unit,life_expectency,schooling\na,70,9\n", "p.csv", model);
          }) == Messages{"p.csv:1: found no column \"life_expectancy\"; expected a column for "
                         "every indicator of the model "
                         "\"test\"; did you mean \"life_expectency\"? [missing_indicator]"});
    const std::string long_form =
        "unit,indicator,value\na,life_expectancy,70\na,scholing,9\nb,scholing,10\n";
    CHECK(problems_of([&] { return parse_panel(long_form, "p.csv", model); }) ==
          Messages{"p.csv:1: found no row of indicator \"schooling\"; expected every indicator of "
                   "the model \"test\"; did "
                   "you mean \"scholing\"? [missing_indicator]",
                   "p.csv:3:2: found indicator \"scholing\" in 2 rows; expected an indicator of "
                   "the model \"test\"; did "
                   "you mean \"schooling\"? [unknown_indicator]"});
    const Panel panel =
        parse_panel(long_form, "p.csv", model,
                    {.ignore_unknown_indicators = true, .allow_absent_indicators = true});
    CHECK(panel.indicators() == std::vector<std::string>{"life_expectancy", "schooling"});
    // A unit of which no row was read is not in the panel.
    CHECK(panel.unit_count() == 1);
}

TEST_CASE("labels of a level table stand for their values") {
    const IndexModel model =
        model_of({leaf("law",
                       thuocdo::rule::LevelTable{
                           {{1.0, 1.0, "đủ"}, {0.5, 0.5, "một nửa"}, {0.0, 0.0, "không"}}}),
                  leaf("v")});
    const Panel panel =
        parse_panel("unit,law,v\na,đủ,1\nb,một nửa,1\nc,0.5,1\nd,,1\n", "p.csv", model);
    CHECK(panel.value(0, 0) == 1.0);
    CHECK(panel.value(1, 0) == 0.5);
    CHECK(panel.value(2, 0) == 0.5);
    CHECK(panel.state(3, 0) == thuocdo::CellState::not_reported);
    CHECK(
        problems_of([&] { return parse_panel("unit,law,v\na,đù,1\nb,1,đủ\n", "p.csv", model); }) ==
        Messages{"p.csv:2:2: found text \"đù\"; expected a number or one of the levels \"đủ\", "
                 "\"một nửa\", \"không\"; "
                 "correct it [number_expected]",
                 "p.csv:3:3: found text \"đủ\"; expected a number; correct it [number_expected]"});
}

TEST_CASE(
    "a column that mixes numbers and words is an error without a model; words alone are no "
    "indicator") {
    CHECK(refused_panel("unit,v,group\na,1,High\nb,2,Low\n").empty());
    CHECK(refused_panel("unit,v,group\na,1,High\nb,x,Low\n").size() == 1);
    // No cell of the column is a number, yet it is no column of words.
    CHECK(refused_panel("unit;v\na;3,5\nb;4,5\n").size() == 2);
    CHECK(refused_panel("unit,v\na,100%\nb,90%\n").size() == 2);
    CHECK(refused_panel("unit,v,note\na,1,12\nb,2,see above\n", {.ignored_columns = {"note"}})
              .empty());
}

TEST_CASE("random tables are read or refused") {
    constexpr unsigned seed = 766;
    INFO("seed ", seed);
    std::mt19937 random(seed);
    const std::vector<std::string> words = {
        "unit",       "indicator", "value",       "numerator", "denominator",  "state",
        "source",     "date",      "period",      "a",         "a:state",      "a:numerator",
        "a:date",     "group:g",   "attribute:p", "name",      "01",           "1",
        "3,5",        "",          "0",           "observed",  "not_reported", "2026-Q1",
        "2026-10-10", "100%",      "\"x\ny\"",    "Hà",        "-1e400"};
    const IndexModel model = model_of({leaf("a"), leaf("b")});
    for (int round = 0; round < 10000; ++round) {
        std::string text;
        const std::size_t columns = 1 + random() % 6;
        const std::size_t rows = random() % 5;
        for (std::size_t i = 0; i <= rows; ++i)
            for (std::size_t j = 0; j < columns; ++j)
                text +=
                    (i == 0 && j == 0 ? "unit"
                                      : words[i == 0 ? random() % 16 : random() % words.size()]) +
                    (j + 1 == columns ? "\n" : ",");
        PanelOptions options;
        if (random() % 4 == 0) {
            options.units = UnitRegistry::from_codes({"01", "a"});
            options.add_absent_units = random() % 2 == 0;
        }
        options.allow_absent_indicators = random() % 2 == 0;
        const bool with_model = random() % 2 == 0;
        const bool periods = random() % 2 == 0;
        try {
            if (periods)
                static_cast<void>(with_model
                                      ? thuocdo::io::parse_periods(text, "p.csv", model, options)
                                      : thuocdo::io::parse_periods(text, "p.csv", options));
            else
                static_cast<void>(with_model ? parse_panel(text, "p.csv", model, options)
                                             : parse_panel(text, "p.csv", options));
        } catch (const thuocdo::DataError& error) {
            // Whatever is wrong is found before the panel is made, so that it has a place in the
            // file.
            for (const thuocdo::Problem& problem : error.problems())
                if (!problem.place.starts_with("p.csv:")) FAIL(problem.message(), " in\n", text);
        }
    }
}
