#include <thuocdo/io/csv.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "problems_of.hpp"

using thuocdo::UnitRegistry;
using thuocdo::io::load_units;
using thuocdo::io::parse_units;

TEST_CASE("the 34 provincial units load with codes as text, kinds and predecessors") {
    const UnitRegistry units = load_units(
        std::string(THUOCDO_DATA_DIR) + "/units/vn-provinces.csv",
        {.attribute_columns = {"wards", "communes", "special_zones", "commune_level_total"}});
    CHECK(units.size() == 34);
    const thuocdo::Unit hanoi = units.unit(units.index_of("Hà Nội"));
    CHECK(hanoi.code == "01");
    CHECK(hanoi.name == thuocdo::Label{"Hanoi", "Hà Nội"});
    CHECK(hanoi.level == "province");
    CHECK(hanoi.kind == "city");
    CHECK(hanoi.predecessors.empty());
    CHECK(units.unit(units.index_of("Tuyên Quang")).predecessors ==
          std::vector<std::string>{"tỉnh Hà Giang và tỉnh Tuyên Quang"});
    // 7 centrally-run cities since 30 Apr 2026; 3,321 communes = 2,611 communes +
    // 697 wards + 13 special zones (Decision 19/2025/QD-TTg).
    int cities = 0;
    double parts = 0.0;
    double totals = 0.0;
    for (thuocdo::Index k = 0; k < units.size(); ++k) {
        const thuocdo::Unit unit = units.unit(k);
        cities += unit.kind == "city" ? 1 : 0;
        totals += unit.attributes.at("commune_level_total");
        parts += unit.attributes.at("wards") + unit.attributes.at("communes") +
                 unit.attributes.at("special_zones");
    }
    CHECK(cities == 7);
    CHECK(totals == 3321);
    CHECK(parts == 3321);
}

TEST_CASE("codes as predecessors, levels of the file, all problems at once") {
    const UnitRegistry units = parse_units(
        "code,level,kind,predecessors\n08,,province,02|08\n00001,commune,ward,\n", "u.csv");
    CHECK(units.unit(0).predecessors == std::vector<std::string>{"02", "08"});
    CHECK(units.unit(0).level == "province");
    CHECK(units.unit(1).level == "commune");
    CHECK(problems_of([] {
              return parse_units("code,name,population\n01,a,\n01,b,1.000.000\n,c,\n", "u.csv");
          }) == std::vector<std::string>{"u.csv:3:1: found unit \"01\" again; expected one row for "
                                         "each unit; it is also in line 2; keep one "
                                         "[duplicate_unit]",
                                         "u.csv:3:3: found text \"1.000.000\"; expected a number "
                                         "without thousands separators; delete them "
                                         "[thousands_separator]",
                                         "u.csv:4:1: found no code of a unit; expected the "
                                         "official code as text; give every row the code of its "
                                         "unit [empty_code]"});
}
