// Units of measure of expressions.

#include <thuocdo/model/detail/expression_units.hpp>
#include <thuocdo/model/unit_of_measure.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

namespace derived_units {

using namespace thuocdo;

std::string unit_text(const std::string& text) { return UnitOfMeasure::parse(text).value().text(); }

const std::map<std::string, std::string> known{
    {"gdp", "USD"}, {"people", "person"}, {"area", "km^2"}, {"years", "year"},       {"index", "1"},
    {"share", "%"}, {"other", "share"},   {"unknown", ""},  {"income", "USD/person"}};

std::string computed(const std::string& text, std::vector<Problem>* problems = nullptr) {
    const expression::ExpressionReading reading = expression::parse(text);
    REQUIRE(reading.problems.empty());
    std::vector<Problem> found;
    const expression::TermUnit unit = expression::unit_of(
        reading.expression,
        [](const std::string& code) {
            const auto entry = known.find(code);
            return entry == known.end() ? UnitOfMeasure{}
                                        : UnitOfMeasure::parse(entry->second).value();
        },
        "e", found);
    if (problems)
        *problems = found;
    else
        CHECK(found.empty());
    return unit.fits_any ? "any" : unit.unit.is_pure() ? "1" : unit.unit.text();
}

void check_mismatch(const std::string& text, int column) {
    CAPTURE(text);
    std::vector<Problem> found;
    static_cast<void>(computed(text, &found));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "unit_mismatch");
    CHECK(found[0].place == "e:" + std::to_string(column));
}

TEST_CASE("a unit is tokens, times, per and powers; equal units have equal text") {
    CHECK(unit_text("USD/person") == "USD/person");
    CHECK(unit_text("km*km") == "km^2");
    CHECK(unit_text("person^-1*USD") == "USD/person");
    CHECK(unit_text("USD / person / year") == "USD/person/year");
    CHECK(unit_text("1/year") == "1/year");
    CHECK(unit_text("2017 PPP $") == "2017 PPP $");
    CHECK(unit_text("%^(2/3)") == "%^(2/3)");
    CHECK(unit_text("m^(4/2)") == "m^2");
    CHECK(unit_text("km/km") == "1");
    CHECK(unit_text("").empty());
    for (const char* bad : {"/", "a/", "a^", "a^x", "a^0", "^2", "a*", "a^(1/0)", "a^(1/2"})
        CHECK_FALSE(UnitOfMeasure::parse(bad).has_value());
}

TEST_CASE("products, quotients, powers and roots combine units") {
    CHECK(computed("gdp / people") == "USD/person");
    CHECK(computed("gdp / people / income") == "1");
    CHECK(computed("people / area") == "person/km^2");
    CHECK(computed("sqrt(area)") == "km");
    CHECK(computed("cbrt(share * share)") == "%^(2/3)");
    CHECK(computed("root(area, 4)") == "km^(1/2)");
    CHECK(computed("gdp^2") == "USD^2");
    CHECK(computed("gdp^-1") == "1/USD");
    CHECK(computed("gdp^(1/3)") == "USD^(1/3)");
    CHECK(computed("geometric_mean(gdp, people)") == "USD^(1/2)*person^(1/2)");
    CHECK(computed("product(gdp, gdp, index)") == "USD^2");
    CHECK(computed("100 * share") == "%");
    CHECK(computed("1 / years") == "1/year");
}

TEST_CASE("sums, comparisons and means need one unit, and plain numbers fit any") {
    CHECK(computed("gdp + gdp - 5") == "USD");
    CHECK(computed("2 + 3 * 4") == "any");
    CHECK(computed("mean(share, 10)") == "%");
    CHECK(computed("if(gdp > 5, share, 0)") == "%");
    CHECK(computed("clamp(share, 0, 100)") == "%");
    CHECK(computed("gdp > 5") == "1");
    CHECK(computed("previous(gdp) - gdp") == "USD");
    CHECK(computed("growth(gdp)") == "1");
    CHECK(computed("observed_count(gdp, share)") == "1");
    check_mismatch("gdp + people", 5);
    check_mismatch("gdp < people", 5);
    check_mismatch("1 + mean(share, other)", 5);
    check_mismatch("if(gdp > people, 1, 2)", 8);
    check_mismatch("coalesce(gdp, share)", 1);
}

TEST_CASE("what has no known unit spreads silently") {
    CHECK(computed("unknown + gdp").empty());
    CHECK(computed("unknown * gdp").empty());
    CHECK(computed("not_listed / people").empty());
    CHECK(computed("log(unknown)") == "1");
}

TEST_CASE("logarithms, exponentials and exponents take pure numbers") {
    CHECK(computed("log(index)") == "1");
}

TEST_CASE("a logarithm of a value with a unit is pointed at") {
    check_mismatch("log(gdp)", 1);
    check_mismatch("2 * exp(share)", 5);
    check_mismatch("2 ^ gdp", 3);
    check_mismatch("gdp ^ index", 5);
}

TEST_CASE("in_unit says what a number is in") {
    CHECK(computed("in_unit(5, \"USD\") / gdp") == "1");
    CHECK(computed("in_unit(unknown, \"km\") * 2") == "km");
    check_mismatch("in_unit(5, \"km\") + gdp", 18);
}

}  // namespace derived_units
