#include <thuocdo/explain/indicator_movement.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>

#include "track/yearly.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

constexpr Direction up = Direction::higher_is_better;
constexpr Direction down = Direction::lower_is_better;

}  // namespace

TEST_CASE("without an error or a history every change is a movement") {
    const auto at = [](Direction direction, double after) {
        const auto result = movement_between(direction, year_end(2024, 0.2), year_end(2025, after));
        CHECK(result.test == MovementTest::any_change);
        return result.movement;
    };
    CHECK(at(up, 0.201) == Movement::moved_better);
    CHECK(at(up, 0.2) == Movement::did_not_move);
    CHECK(at(up, 0.199) == Movement::moved_worse);
    CHECK(at(down, 0.199) == Movement::moved_better);
    CHECK(at(down, 0.201) == Movement::moved_worse);
}

TEST_CASE("a change within the error of measurement is none") {
    const auto at = [](double after) {
        const auto result =
            movement_between(up, year_end(2024, 0.2), year_end(2025, after), {}, 0.1);
        CHECK(result.test == MovementTest::measurement_error);
        return result.movement;
    };
    // 0.3 - 0.2 is 0.1 as printed, though not in binary.
    CHECK(at(0.3) == Movement::did_not_move);
    CHECK(at(0.31) == Movement::moved_better);
    CHECK(at(0.1) == Movement::did_not_move);
    CHECK(at(0.09) == Movement::moved_worse);
}

TEST_CASE("with three earlier values a change is held against earlier changes") {
    // Changes 2, -1, 2: mean 1, standard deviation sqrt((1 + 4 + 1) / 2) = sqrt 3.
    const std::vector<DatedValue> earlier{year_end(2021, 10), year_end(2022, 12),
                                          year_end(2023, 11)};
    const auto at = [&](double after, std::optional<double> error = {}) {
        return movement_between(up, year_end(2024, 13), year_end(2025, after), earlier, error);
    };
    CHECK(at(16).test == MovementTest::usual_change);
    CHECK(at(16).bound == doctest::Approx(2.0 * std::sqrt(3.0)));
    CHECK(at(16).movement == Movement::did_not_move);
    CHECK(at(16.5).movement == Movement::moved_better);
    CHECK(at(9.5).movement == Movement::moved_worse);
    CHECK(at(9.6).movement == Movement::did_not_move);
    // A declared error goes first.
    CHECK(at(16, 0.5).test == MovementTest::measurement_error);
    CHECK(at(16, 0.5).movement == Movement::moved_better);
    // Two earlier values are not enough, and missing ones do not count.
    std::vector<DatedValue> few = earlier;
    few[0].value = missing_value;
    CHECK(movement_between(up, year_end(2024, 13), year_end(2025, 16), few).test ==
          MovementTest::any_change);
}

TEST_CASE("changes of unequal lengths are compared a year") {
    const std::vector<DatedValue> earlier{year_end(2021, 10), year_end(2022, 12),
                                          year_end(2023, 11)};
    // Two years instead of one: 3 a year are needed for sqrt 3 * 2 = 3.46.
    const auto two = movement_between(up, year_end(2024, 13), year_end(2026, 19), earlier);
    CHECK(two.bound == doctest::Approx(4.0 * std::sqrt(3.0)));
    CHECK(two.movement == Movement::did_not_move);
}

TEST_CASE("a steady rise that goes on is a movement, one that stops is none") {
    const std::vector<DatedValue> earlier{year_end(2021, 10), year_end(2022, 11),
                                          year_end(2023, 12)};
    const auto on = movement_between(up, year_end(2024, 13), year_end(2025, 14), earlier);
    CHECK(on.bound == 0.0);
    CHECK(on.movement == Movement::moved_better);
    CHECK(movement_between(up, year_end(2024, 13), year_end(2025, 13), earlier).movement ==
          Movement::did_not_move);
}

TEST_CASE("reversing direction mirrors the movement, changing the unit changes nothing") {
    Random random(13);
    for (int k = 0; k < 300; ++k) {
        std::vector<DatedValue> earlier;
        for (std::size_t j = 0; j < random.below(6); ++j)
            earlier.push_back(year_end(2015 + static_cast<int>(j), random.between(-9, 9)));
        DatedValue before = year_end(2024, random.between(-9, 9));
        DatedValue after = year_end(2025, random.between(-9, 9));
        const MovementResult better = movement_between(up, before, after, earlier);
        const MovementResult worse = movement_between(down, before, after, earlier);
        CHECK(worse.change == -better.change);
        CHECK((better.movement == Movement::moved_better) ==
              (worse.movement == Movement::moved_worse));
        for (DatedValue& each : earlier) each.value *= 16.0;
        before.value *= 16.0;
        after.value *= 16.0;
        CHECK(movement_between(up, before, after, earlier).movement == better.movement);
    }
}

TEST_CASE("a missing value makes the movement unknown, never a fall to 0") {
    const auto result = movement_between(up, year_end(2024, 5), year_end(2025, missing_value));
    CHECK(result.movement == Movement::unknown);
    CHECK(result.test == MovementTest::none);
    CHECK(std::isnan(result.change));
    CHECK(problems_of<NumericError>([] {
              (void)movement_between(up, year_end(2025, 1), year_end(2024, 1), {year_end(2026, 1)},
                                     -1.0, 0.0);
          }).size() == 4);
}

TEST_CASE("a table of movements takes the direction in which each rule gains") {
    NodeDefinition late = leaf("late", rule::AsIs{});
    late.role = Role::penalty;
    const IndexModel index =
        model(group("total", aggregation::Arithmetic{},
                    {leaf("use", rule::Goalposts{0, 1}), leaf("rank", rule::RankTarget{50, 100}),
                     leaf("breaches", rule::PenaltyPerOccurrence{0.1}),
                     leaf("range", rule::TargetRange{0, 10, 20, 30}),
                     leaf("hump", rule::LevelTable{{{1, 0.0}, {2, 1.0}, {3, 0.0}}}),
                     leaf("falling", rule::StepTable{{{0, 1.0}, {10, 0.0}}}), late}));
    const std::vector<std::string> columns{"use",  "rank",    "breaches", "range",
                                           "hump", "falling", "late"};
    const Panel before = yearly(2024, {{0.5, 80, 3, 5, 1, 5, 2}}, columns);
    const Panel after = yearly(2025, {{0.6, 70, 4, 22, 2, 12, 1}}, columns);
    const MovementTable table = indicator_movement(index, before, after);
    REQUIRE(table.rows.size() == 7);
    const auto moved = [&](const char* leaf) { return table.find("u1", leaf)->movement; };
    CHECK(moved("use") == Movement::moved_better);
    CHECK(moved("rank") == Movement::moved_better);
    CHECK(moved("breaches") == Movement::moved_worse);
    // From 5 below the range to 2 above it.
    CHECK(moved("range") == Movement::moved_better);
    CHECK(table.find("u1", "range")->change == 3.0);
    CHECK(moved("hump") == Movement::unknown);
    CHECK(moved("falling") == Movement::moved_worse);
    CHECK(moved("late") == Movement::moved_better);
    CHECK(table.find("u2", "use") == nullptr);
    std::ostringstream text;
    text << table;
    CHECK(text.str().find("moved_better") != std::string::npos);
    CHECK(text.str().find("any_change") != std::string::npos);
}

TEST_CASE("errors of measurement and earlier panels reach the table") {
    const IndexModel index = model(group("total", aggregation::Arithmetic{},
                                         {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const std::vector<std::string> columns{"a", "b"};
    const std::vector<Panel> earlier{yearly(2021, {{1, 10}}, columns),
                                     yearly(2022, {{1, 12}}, columns),
                                     yearly(2023, {{1, 11}}, columns)};
    const Panel before = yearly(2024, {{1, 13}}, columns);
    const Panel after = yearly(2025, {{1.5, 16}}, columns);
    MovementOptions options;
    options.measurement_error["a"] = 0.5;
    const MovementTable table = indicator_movement(index, before, after, earlier, options);
    CHECK(table.find("u1", "a")->movement == Movement::did_not_move);
    CHECK(table.find("u1", "a")->test == MovementTest::measurement_error);
    CHECK(table.find("u1", "b")->test == MovementTest::usual_change);
    CHECK(table.find("u1", "b")->movement == Movement::did_not_move);
    options.measurement_error["c"] = 1.0;
    CHECK_THROWS_AS((void)indicator_movement(index, before, after, {}, options), DataError);
    CHECK_THROWS_AS((void)indicator_movement(index, after, before), DataError);
    const std::vector<Panel> later{yearly(2026, {{1, 1}}, columns)};
    CHECK_THROWS_AS((void)indicator_movement(index, before, after, later), DataError);
    CHECK(movement_label(Movement::did_not_move) == Label{"did not move", "không chuyển biến"});
    CHECK(std::string(movement_test_name(MovementTest::usual_change)) == "usual_change");
}
