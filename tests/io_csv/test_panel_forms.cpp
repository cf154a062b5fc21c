#include <thuocdo/io/csv.hpp>
#include <thuocdo/model/index_model.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "problems_of.hpp"

using thuocdo::CellState;
using thuocdo::Index;
using thuocdo::Panel;
using thuocdo::PanelDefinition;
using thuocdo::Unit;
using thuocdo::UnitRegistry;
using thuocdo::io::load_panel;
using thuocdo::io::load_periods;
using thuocdo::io::panel_to_csv;
using thuocdo::io::PanelForm;
using thuocdo::io::PanelOptions;
using thuocdo::io::parse_panel;

namespace {

const std::string data = THUOCDO_DATA_DIR;
const std::string test_data = THUOCDO_TEST_DATA_DIR;

bool same(double a, double b) { return (std::isnan(a) && std::isnan(b)) || a == b; }

/// Empty when both panels say the same, else the first difference.
std::string difference(const Panel& a, const Panel& b) {
    if (a.indicators() != b.indicators()) return "indicators";
    if (a.unit_count() != b.unit_count()) return "number of units";
    if (a.period() != b.period() || a.period_end() != b.period_end()) return "period";
    if (a.source_note() != b.source_note()) return "note";
    for (Index i = 0; i < a.unit_count(); ++i) {
        if (!(a.units().unit(i) == b.units().unit(i))) return "unit " + a.units().code(i);
        for (Index j = 0; j < a.indicator_count(); ++j) {
            const std::string cell =
                a.units().code(i) + '/' + a.indicators()[static_cast<std::size_t>(j)];
            if (!same(a.value(i, j), b.value(i, j))) return "value of " + cell;
            if (a.state(i, j) != b.state(i, j)) return "state of " + cell;
            const auto part = [&](const Panel& panel, bool top) {
                const auto* ratio = panel.ratio(j);
                return ratio ? (top ? ratio->numerator : ratio->denominator)[i]
                             : thuocdo::missing_value;
            };
            if (!same(part(a, true), part(b, true))) return "numerator of " + cell;
            if (!same(part(a, false), part(b, false))) return "denominator of " + cell;
            const auto origin = [&](const Panel& panel) {
                const auto* from = panel.provenance(i, j);
                return from ? *from : thuocdo::Provenance{};
            };
            if (!(origin(a) == origin(b))) return "provenance of " + cell;
        }
    }
    return "";
}

Panel random_panel(std::mt19937& random) {
    const auto chance = [&](unsigned of) { return random() % of == 0; };
    const std::vector<std::string> texts = {"Hà Nội",   "a,b", "say \"x\"", "two\nlines", "#1",
                                            " padded ", ";",   "日本",      "x\ty"};
    const auto text = [&] { return texts[random() % texts.size()]; };
    const auto number = [&]() -> double {
        switch (random() % 4) {
            case 0:
                return static_cast<double>(random() % 1000);
            case 1:
                return static_cast<double>(random()) / 4294967296.0;
            case 2:
                return -1e-300 * static_cast<double>(random());
            default: {
                const double any =
                    std::bit_cast<double>((std::uint64_t{random()} << 32) | random());
                return std::isfinite(any) && any != 0.0 ? any : 0.1;
            }
        }
    };
    PanelDefinition definition;
    const Index rows = 1 + static_cast<Index>(random() % 5);
    const Index columns = 1 + static_cast<Index>(random() % 4);
    std::vector<Unit> units;
    for (Index i = 0; i < rows; ++i) {
        Unit unit{.code = "0" + std::to_string(i) + (chance(4) ? ",\"" : "")};
        if (chance(2)) unit.name.vi = text();
        if (chance(2)) unit.name.en = text();
        if (chance(3)) unit.level = "province";
        if (chance(3)) unit.kind = text();
        if (chance(3)) unit.parent = "VN";
        if (chance(3)) unit.groups["region"] = text();
        if (chance(3)) unit.attributes["population"] = number();
        if (chance(3)) unit.attributes["area"] = number();
        if (chance(4)) unit.valid_from = thuocdo::Date(2025, 7, 1);
        if (chance(4)) unit.valid_to = thuocdo::Date(2030, 12, 31);
        if (chance(4)) unit.predecessors = {"02", "tỉnh Hà Giang"};
        units.push_back(unit);
    }
    definition.units = UnitRegistry(units);
    for (Index j = 0; j < columns; ++j)
        definition.indicators.push_back("i" + std::to_string(j) + (chance(5) ? ";," : ""));
    definition.values.setConstant(rows, columns, thuocdo::missing_value);
    const bool with_states = chance(2);
    if (with_states) definition.states.setConstant(rows, columns, CellState::not_reported);
    definition.provenances = {{"portal", thuocdo::Date(2026, 10, 10)},
                              {"report", std::nullopt},
                              {"", thuocdo::Date(2026, 1, 1)}};
    for (Index j = 0; j < columns; ++j) {
        thuocdo::RatioParts parts{Eigen::VectorXd::Constant(rows, thuocdo::missing_value),
                                  Eigen::VectorXd::Constant(rows, thuocdo::missing_value)};
        std::vector<std::int32_t> origins(static_cast<std::size_t>(rows), -1);
        const bool with_parts = chance(3);
        for (Index i = 0; i < rows; ++i) {
            if (chance(3))
                origins[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(random() % 3);
            if (with_parts && chance(2)) {
                parts.denominator[i] = static_cast<double>(random() % 4);
                parts.numerator[i] =
                    chance(8) ? thuocdo::missing_value : static_cast<double>(random() % 10);
                if (with_states && chance(2))
                    definition.states(i, j) = CellState::confidential;
                else if (with_states && parts.denominator[i] != 0.0 &&
                         !std::isnan(parts.numerator[i]))
                    definition.states(i, j) = CellState::provisional;
                continue;
            }
            if (chance(3)) {
                if (with_states) definition.states(i, j) = static_cast<CellState>(3 + random() % 5);
                continue;
            }
            definition.values(i, j) = number();
            if (with_states) definition.states(i, j) = static_cast<CellState>(random() % 3);
        }
        if (with_parts) definition.ratios.emplace(j, parts);
        if (chance(2)) definition.provenance_ids.emplace(j, origins);
    }
    if (chance(2)) {
        definition.period = "2026-Q3";
        definition.period_end = thuocdo::Date(2026, 9, 30);
    }
    if (chance(2)) definition.source_note = "Publisher: portal\n\n  indented, with \"quotes\"";
    return Panel(std::move(definition));
}

}  // namespace

TEST_CASE("a random panel written in either form reads back equal") {
    constexpr unsigned seed = 20261010;
    INFO("seed ", seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 1500; ++round) {
        const Panel panel = random_panel(random);
        for (const PanelForm form : {PanelForm::wide, PanelForm::long_form}) {
            const bool semicolon = random() % 2 == 0;
            const char decimal = random() % 2 == 0 ? ',' : '.';
            const std::string text =
                panel_to_csv(panel, form, {.separator = semicolon ? ';' : ',', .decimal = decimal});
            INFO("round ", round, "\n", text);
            REQUIRE(difference(panel, parse_panel(text, "p.csv", {.decimal = decimal})) == "");
            // The tab is never guessed.
            const std::string tabbed = panel_to_csv(panel, form, {.separator = '\t'});
            REQUIRE(difference(panel, parse_panel(tabbed, "p.csv", {.separator = '\t'})) == "");
        }
    }
}

TEST_CASE("panels without units or without indicators") {
    const Panel no_units(UnitRegistry(), {"a", "b"}, Eigen::MatrixXd(0, 2));
    CHECK(difference(no_units, parse_panel(panel_to_csv(no_units, PanelForm::wide), "p.csv")) ==
          "");
    const Panel no_indicators(UnitRegistry::from_codes({"01", "04"}), {}, Eigen::MatrixXd(2, 0));
    CHECK(difference(no_indicators,
                     parse_panel(panel_to_csv(no_indicators, PanelForm::wide), "p.csv")) == "");
    CHECK(parse_panel(panel_to_csv(no_units), "p.csv").unit_count() == 0);
}

TEST_CASE("an indicator named like another column goes into the long form only") {
    for (const char* code : {"name", "population", "a:state", "group:x", "period"}) {
        const Panel panel(UnitRegistry::from_codes({"01"}), {code},
                          Eigen::MatrixXd::Constant(1, 1, 2.0));
        CHECK(problems_of([&] { return panel_to_csv(panel, PanelForm::wide); }).size() == 1);
        CHECK(difference(panel, parse_panel(panel_to_csv(panel), "p.csv")) == "");
    }
}

TEST_CASE("wide form: unit columns, companions, decimal comma, byte order mark and semicolon") {
    const Panel panel =
        load_panel(test_data + "/csv/bom-semicolon-decimal-comma.csv", {.decimal = ','});
    CHECK(panel.units().codes() == std::vector<std::string>{"01", "04"});
    CHECK(panel.units().display_name(1) == "Cao Bằng; tỉnh");
    CHECK(panel.value(1, 0) == 1.25);
    CHECK(panel.source_note() == "Publisher: statistics office");

    const Panel full = parse_panel(
        "code,name,name_en,level,type,parent,valid_from,valid_to,predecessors,population,attribute:"
        "area,group:region,"
        "v:denominator,v,v:numerator,w:state,w:source,w:date,w\n"
        "01,Hà "
        "Nội,Hanoi,province,city,VN,2025-07-01,,01|17,8435700,3359.8,north,4,,3,provisional,portal,"
        "2026-10-10,5\n",
        "p.csv", PanelOptions{.period = "2026-Q3"});
    const Unit unit = full.units().unit(0);
    CHECK(unit == Unit{.code = "01",
                       .name = {"Hanoi", "Hà Nội"},
                       .level = "province",
                       .kind = "city",
                       .parent = "VN",
                       .groups = {{"region", "north"}},
                       .attributes = {{"area", 3359.8}, {"population", 8435700}},
                       .valid_from = thuocdo::Date(2025, 7, 1),
                       .predecessors = {"01", "17"}});
    CHECK(full.indicators() == std::vector<std::string>{"v", "w"});
    CHECK(full.value(0, 0) == 0.75);
    CHECK(full.ratio(0)->numerator[0] == 3);
    CHECK(full.state(0, 1) == CellState::provisional);
    CHECK(*full.provenance(0, 1) == thuocdo::Provenance{"portal", thuocdo::Date(2026, 10, 10)});
    CHECK(full.provenance(0, 0) == nullptr);
    CHECK(full.period() == "2026-Q3");
    CHECK(full.period_end() == thuocdo::Date(2026, 9, 30));
}

TEST_CASE("unit columns are checked where they stand") {
    CHECK(problems_of([] {
              return parse_panel(
                  "unit,parent,valid_from,valid_to,population\n01,01,2026-02-30,,many\n02,,2026-01-"
                  "02,2026-01-01,\n",
                  "p.csv");
          }) ==
          std::vector<std::string>{
              "p.csv:2:2: found the unit itself as parent; expected another unit or none; correct "
              "the parent "
              "[own_parent]",
              "p.csv:2:3: found text \"2026-02-30\"; expected a date YYYY-MM-DD; correct it "
              "[bad_date]",
              "p.csv:2:5: found text \"many\"; expected a number; correct it [number_expected]",
              "p.csv:3:4: found valid to 2026-01-01; expected a day not before 2026-01-02; "
              "exchange the two dates "
              "[dates_reversed]"});
    CHECK(
        problems_of([] {
            return parse_panel("unit,name,indicator,value\n01,Hà Nội,a,1\n01,Hà Tây,b,2\n",
                               "p.csv");
        }) ==
        std::vector<std::string>{
            "p.csv:3:2: found \"name\" is \"Hà Tây\"; expected \"Hà Nội\", as in line 2; describe "
            "a unit alike in all its rows [unit_disagrees]"});
}

TEST_CASE("a registry describes the units and may add those that the file does not have") {
    PanelOptions options;
    options.units = UnitRegistry({Unit{.code = "01", .name = {"Hanoi", "Hà Nội"}, .kind = "city"},
                                  Unit{.code = "04", .name = {"Cao Bang", "Cao Bằng"}}});
    const std::string text = "unit,name,population,v\n04,other,5,1\n";
    const Panel some = parse_panel(text, "p.csv", options);
    CHECK(some.unit_count() == 1);
    CHECK(some.indicators() == std::vector<std::string>{"v"});
    CHECK(some.units().unit(0) == options.units->unit(1));
    options.add_absent_units = true;
    const Panel all = parse_panel(text, "p.csv", options);
    CHECK(all.units().codes() == std::vector<std::string>{"04", "01"});
    CHECK(all.state(1, 0) == CellState::not_reported);
}

TEST_CASE("periods come in the order of time") {
    const std::string path = test_data + "/csv/periods-long.csv";
    const std::vector<Panel> panels = load_periods(path);
    std::vector<std::string> periods;
    for (const Panel& panel : panels) periods.push_back(panel.period());
    CHECK(periods == std::vector<std::string>{"2025-Q4", "2026-01", "2026-Q1", "2026", "2026-Q2"});
    CHECK(panels[0].unit_count() == 1);
    CHECK(panels[4].unit_count() == 2);
    CHECK(panels[4].value(1, 0) == 0.3);
    CHECK(panels[4].period_end() == thuocdo::Date(2026, 6, 30));

    CHECK(load_panel(path, {.period = "2026-01"}).value(0, 0) == 0.1);
    CHECK(problems_of([&] { return load_panel(path); }).front() ==
          path +
              ":3:3: found period \"2026\" after \"2026-Q2\"; expected one period; say which "
              "period is to be read, or "
              "use load_periods [several_periods]");
    CHECK(problems_of([&] { return load_panel(path, {.period = "2027"}); }).front() ==
          path +
              ":1: found no row of period \"2027\"; expected one of 2025-Q4, 2026, 2026-01, "
              "2026-Q1, 2026-Q2; correct "
              "the period [unknown_period]");
    CHECK(problems_of([] {
              return thuocdo::io::parse_periods("unit,period,v\n01,Quý III,1\n02,,1\n", "p.csv");
          }) ==
          std::vector<std::string>{"p.csv:2:2: found period \"Quý III\"; expected YYYY, "
                                   "YYYY-9M, YYYY-Hn, YYYY-Qn, YYYY-MM or YYYY-MM-DD; periods are "
                                   "put in the order of time; correct it [unknown_period]",
                                   "p.csv:3:2: found no period; expected a period such as "
                                   "2026-Q3; give every row its period "
                                   "[unknown_period]"});
    CHECK(problems_of([] {
              return thuocdo::io::parse_periods("unit,v\n01,1\n", "p.csv");
          }).size() == 1);
    // The same unit once in each period.
    CHECK(thuocdo::io::parse_periods("unit,period,v\n01,2026,1\n01,2025,2\n", "p.csv")[0].value(
              0, 0) == 2);
}

TEST_CASE("the published tables load without a model") {
    const Panel hdi = load_panel(data + "/panels/hdi_2022.csv", {.name_column = "country"});
    CHECK(hdi.unit_count() == 193);
    CHECK(hdi.units().index_of("Viet Nam") == *hdi.units().find("VNM"));
    CHECK(hdi.value(*hdi.units().find("AFG"), *hdi.find("le_2022")) == 62.879);
    CHECK_FALSE(hdi.find("hdicode"));

    const Panel egdi = load_panel(data + "/panels/egdi_2022.csv");
    CHECK(egdi.unit_count() == 193);
    CHECK(egdi.value(*egdi.units().find("Denmark"), *egdi.find("osi")) == 0.9797);

    const Panel dti = load_panel(data + "/panels/dti_2022_top5.csv");
    CHECK(dti.unit_count() == 5);
    CHECK(dti.value(*dti.units().find("TP. Đà Nẵng"), *dti.find("pdti")) == 0.8002);

    const UnitRegistry provinces = thuocdo::io::load_units(data + "/units/vn-provinces.csv");
    const Panel portal = load_panel(data + "/panels/index766_provinces.csv", {.units = provinces});
    CHECK(portal.unit_count() == 34);
    CHECK(portal.units().code(0) == "82");
    CHECK(portal.value(*portal.units().find("01"), *portal.find("total")) > 0.0);
    CHECK_FALSE(portal.find("eid"));

    const Panel metrics = load_panel(data + "/panels/index766-metrics-dak-lak-2026-10-10.csv");
    CHECK(metrics.units().codes() == std::vector<std::string>{"66"});
    CHECK(metrics.indicator_count() == 21);
    CHECK(metrics.value(0, *metrics.find("ON_TIME")) == 393087.0 / 443565.0);
    CHECK(metrics.state(0, *metrics.find("DOSSIER_SYNC")) == CellState::provisional);
    CHECK(metrics.state(0, *metrics.find("ELECTRONIC_CERTIFIED_COPY")) ==
          CellState::zero_denominator);
    CHECK(metrics.provenance(0, 0)->source == "National Public Service Portal");
}

TEST_CASE("with a model only its indicators and the unit columns that it names are read") {
    thuocdo::ModelDefinition definition;
    definition.id = "test";
    definition.version = "1";
    definition.name = {"Test", "Thử"};
    definition.ranking.within = {"region"};
    definition.roll_ups = {{.to = "nation", .weighted = true, .weights = "workers"}};
    definition.root.code = "total";
    definition.root.children.resize(2);
    definition.root.children[0].code = "b";
    definition.root.children[0].score = thuocdo::rule::AsIs{};
    definition.root.children[1].code = "level";
    definition.root.children[1].score = thuocdo::rule::AsIs{};
    const thuocdo::IndexModel model(definition);
    const Panel panel = parse_panel(
        "unit,region,workers,a,junk,level,b,b:state\n01,north,7,1,\"3,5\",2,3,imputed\n", "p.csv",
        model);
    CHECK(panel.indicators() == std::vector<std::string>{"b", "level"});
    CHECK(panel.value(0, 0) == 3);
    CHECK(panel.value(0, 1) == 2);
    CHECK(panel.state(0, 0) == CellState::imputed);
    CHECK(panel.units().unit(0) ==
          Unit{.code = "01", .groups = {{"region", "north"}}, .attributes = {{"workers", 7}}});
    // The order of the model, whatever that of the file.
    const Panel other = parse_panel("unit,indicator,value\n01,level,2\n01,b,3\n", "p.csv", model);
    CHECK(other.indicators() == panel.indicators());
}

TEST_CASE("the order of the rows does not matter to what is read") {
    const std::string rows[] = {"01,a,1\n", "04,a,2\n", "01,b,3\n", "04,b,4\n"};
    int order[] = {0, 1, 2, 3};
    do {
        std::string text = "unit,indicator,value\n";
        for (const int k : order) text += rows[k];
        const Panel panel = parse_panel(text, "p.csv");
        CHECK(panel.value(*panel.units().find("01"), *panel.find("b")) == 3);
        CHECK(panel.value(*panel.units().find("04"), *panel.find("a")) == 2);
    } while (std::next_permutation(order, order + 4));
}
