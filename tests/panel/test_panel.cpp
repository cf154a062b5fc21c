#include <thuocdo/data/panel.hpp>

#include <doctest/doctest.h>

#include <limits>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

TEST_CASE("units have text codes: duplicates, empty codes and own parents are all named") {
    std::vector<Unit> units(4);
    units[0].code = "01";
    units[1].code = "1";
    units[2].code = "01";
    units[3].parent = "x";
    const auto problems = problems_of<DataError>([&] { UnitRegistry registry(units); });
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].message() ==
          "unit 3: found code \"01\" again; expected a code that no other unit has; it is also "
          "unit 1 "
          "[duplicate_unit]");
    CHECK(problems[1].code == "empty_code");
    const UnitRegistry registry = UnitRegistry::from_codes({"01", "1"});
    CHECK(registry.index_of("1") == 1);
    CHECK_FALSE(registry.find("001").has_value());
}

TEST_CASE("a unit is found by code or by a name that is its own") {
    std::vector<Unit> units(3);
    units[0] = {"66", {"Dak Lak", "Đắk Lắk"}};
    units[1] = {"01", {"Hanoi", "Hà Nội"}};
    units[2] = {"02", {"Hanoi", "Hà Nội mới"}};
    const UnitRegistry registry(units);
    CHECK(registry.index_of("Đắk Lắk") == 0);
    CHECK(registry.index_of("Dak Lak") == 0);
    CHECK(registry.index_of("Hà Nội") == 1);
    const auto problems = problems_of<DataError>([&] { (void)registry.index_of("Hanoi"); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "ambiguous_unit");
    CHECK_THROWS_AS((void)registry.index_of("Huế"), DataError);
    CHECK(registry.unit(1) == units[1]);
}

TEST_CASE("units keep groups, attributes, validity and predecessors") {
    std::vector<Unit> units(2);
    units[0].code = "a";
    units[1].code = "b";
    units[1].groups = {{"region", "north"}};
    units[1].attributes = {{"population", 5.0}};
    units[1].valid_from = parse_date("2025-07-01");
    units[1].predecessors = {"x", "y"};
    const UnitRegistry registry(units);
    CHECK(registry.unit(0) == units[0]);
    CHECK(registry.unit(1) == units[1]);
    REQUIRE(registry.grouping("region"));
    CHECK(registry.grouping("region")->ids()[0] == -1);
    CHECK(registry.grouping("region")->of(1) == "north");
    CHECK(registry.grouping("kind") == nullptr);
    CHECK_FALSE(registry.is_valid_on(1, *parse_date("2025-06-30")));
    CHECK(registry.is_valid_on(1, *parse_date("2025-07-01")));
}

TEST_CASE(
    "infinite values, wrong shapes, repeated indicators and contradictory states are refused") {
    PanelDefinition p;
    p.units = UnitRegistry::from_codes({"a", "b"});
    p.indicators = {"x", "y"};
    p.values.resize(2, 2);
    p.values << 1, std::numeric_limits<double>::infinity(), missing_value, 2;
    p.states.setConstant(2, 2, CellState::observed);
    const auto problems = problems_of<DataError>([&] { Panel panel(p); });
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].place == "unit \"a\", indicator \"y\"");
    CHECK(problems[0].code == "infinite_value");
    CHECK(problems[1].message() ==
          "unit \"b\", indicator \"x\": found no value in state observed; expected a value exactly "
          "when the state is observed, provisional or imputed; correct the state or the value "
          "[state_disagrees]");
    p.indicators = {"x", "x", "z"};
    CHECK(problems_of<DataError>([&] { Panel panel(p); }).size() == 3);
}

TEST_CASE(
    "a numerator and a denominator make the value, and a printed ratio must agree with them") {
    PanelDefinition p;
    p.units = UnitRegistry::from_codes({"a", "b", "c"});
    p.indicators = {"x"};
    p.values = Eigen::MatrixXd::Constant(3, 1, missing_value);
    p.values(1, 0) = 0.9634;
    RatioParts parts{Eigen::Vector3d(82645, 79, 0), Eigen::Vector3d(443565, 82, 0)};
    p.ratios[0] = parts;
    const Panel panel(p);
    CHECK(panel.value(0, 0) == 82645.0 / 443565.0);
    CHECK(panel.value(1, 0) == 0.9634);
    CHECK(panel.state(2, 0) == CellState::zero_denominator);
    CHECK(panel.state(1, 0) == CellState::observed);
    // "No data" printed as 0% comes from a denominator of `total or 1`.
    CHECK(std::isnan(panel.value(2, 0)));
    p.values(1, 0) = 96.34;
    const auto problems = problems_of<DataError>([&] { Panel bad(p); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "ratio_disagrees");
    p.values(1, 0) = missing_value;
    p.values(2, 0) = 0.0;
    CHECK(problems_of<DataError>([&] { Panel bad(p); }).at(0).code == "zero_denominator");
}

TEST_CASE("viewed values stay where they are and states follow from them") {
    const std::vector<double> data{1, 2, missing_value, 4, 5, 6};
    PanelDefinition p;
    p.units = UnitRegistry::from_codes({"a", "b", "c"});
    p.indicators = {"x", "y"};
    p.view = {data.data(), 3, 2, 2, 1, {}};
    const Panel panel(p);
    CHECK(panel.values().data == data.data());
    CHECK(panel.value(1, 1) == 4.0);
    CHECK(panel.state(1, 0) == CellState::not_reported);
    CHECK(panel.state(2, 1) == CellState::observed);
    const PanelDefinition copy = panel.definition();
    CHECK(copy.values(2, 0) == 5.0);
    CHECK(copy.view.data == nullptr);
}
