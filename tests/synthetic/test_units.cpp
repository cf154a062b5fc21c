// Made-up communes of the real provinces, and the central bodies.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/synthetic/units.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace thuocdo;

namespace {

UnitRegistry provinces() {
    io::UnitOptions options;
    options.attribute_columns = {"wards", "communes", "special_zones"};
    return io::load_units(THUOCDO_DATA_DIR "/units/vn-provinces.csv", options);
}

std::map<std::string, int> count_by(const std::vector<Unit>& units,
                                    const std::string Unit::*member) {
    std::map<std::string, int> counts;
    for (const Unit& unit : units) ++counts[unit.*member];
    return counts;
}

}  // namespace

// Decision 19/2025/QD-TTg and the resolutions on the commune-level units of 16 June 2025.
TEST_CASE("the country has 34 provinces and 2,611 communes, 697 wards and 13 special zones") {
    CHECK(provinces().size() == 34);
    const auto counts = count_by(synthetic::communes(provinces()), &Unit::kind);
    CHECK(counts ==
          std::map<std::string, int>{{"commune", 2611}, {"ward", 697}, {"special_zone", 13}});
}

TEST_CASE("communes have codes of their province, a parent, a level, a population and a name") {
    const UnitRegistry parents = provinces();
    std::set<std::string> codes;
    double people = 0.0;
    for (const Unit& unit : synthetic::communes(parents)) {
        CHECK(codes.insert(unit.code).second);
        CHECK(parents.find(unit.parent).has_value());
        CHECK(unit.code.substr(0, 3) == unit.parent + '-');
        CHECK(unit.code.size() == 6);
        CHECK(unit.level == "commune");
        const double population = unit.attributes.at("population");
        CHECK(population == std::floor(population));
        CHECK(population >= 2000.0);
        CHECK(population <= 140000.0);
        people += population;
    }
    // About the population of the country.
    CHECK(people > 90e6);
    CHECK(people < 115e6);
    const Unit first = synthetic::communes(parents).front();
    CHECK(first.code == "01-001");
    CHECK(first.name.vi == "Phường 001, Hà Nội");
    CHECK(first.name.en == "Ward 001, Hanoi");
}

TEST_CASE("the communes of a province do not depend on the other provinces") {
    const UnitRegistry all = provinces();
    const std::vector<Unit> whole = synthetic::communes(all);
    const Unit one = all.unit(all.index_of("66"));
    const std::vector<Unit> part = synthetic::communes(std::span<const Unit>(&one, 1));
    CHECK(part.size() == 102);
    std::size_t next = 0;
    for (const Unit& unit : whole)
        if (unit.parent == "66") CHECK(unit == part.at(next++));
    CHECK(next == part.size());
}

TEST_CASE("a province without counts is named") {
    std::vector<Unit> units(1);
    units[0].code = "01";
    units[0].attributes = {{"wards", 3.0}, {"communes", 2.5}};
    try {
        static_cast<void>(synthetic::communes(std::span<const Unit>(units)));
        FAIL("no error");
    } catch (const DataError& error) {
        REQUIRE(error.problems().size() == 2);
        CHECK(error.problems()[0].place == "unit \"01\"");
        CHECK(error.problems()[0].found.find("communes") != std::string::npos);
        CHECK(error.problems()[1].found.find("special_zones") != std::string::npos);
    }
}

// Resolution 176/2025/QH15: 14 ministries and 3 ministerial-level agencies.
TEST_CASE("there are 25 central bodies, 17 of them of the Government's structure") {
    const std::vector<Unit> bodies = synthetic::central_bodies();
    CHECK(count_by(bodies, &Unit::kind) ==
          std::map<std::string, int>{{"ministry", 14}, {"ministerial_agency", 3}, {"other", 8}});
    CHECK(count_by(bodies, &Unit::level) == std::map<std::string, int>{{"central", 25}});
    CHECK_NOTHROW(UnitRegistry{bodies});
}

TEST_CASE("a nation gives every province the people of its communes") {
    const synthetic::Nation nation = synthetic::nation(provinces());
    CHECK(nation.provinces.size() == 34);
    CHECK(nation.communes.size() == 3321);
    CHECK(nation.central.size() == 25);
    double above = 0.0;
    double below = 0.0;
    for (const double people : *nation.provinces.attribute("population")) above += people;
    for (const double people : *nation.communes.attribute("population")) below += people;
    CHECK(above == below);
}
