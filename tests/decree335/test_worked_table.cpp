// A worked table of Decree 335/2025/ND-CP. The totals are computed by hand in the
// comments: T = general criteria + 70 * (a + b + c) / 3. A task has K = 1 where
// nothing else is said, so that a product done is 1, one lateness or one failed
// assessment makes it 0.75 in c or b, and four or more make it 0.

#include <cmath>
#include <string>
#include <vector>

#include "decree335/support.hpp"

using namespace decree335_tests;
using thuocdo::Scoreboard;

namespace {

struct Case {
    const char* unit;
    double total;
    const char* band;
    const char* reason;
};

// unit, kind, general, disciplined, a, a, b, b, c, c, done, on time, late, above, quality met
const std::string worked_rows =
    // T = 30 + 70 * (1 + 1 + 1) / 3 = 100
    "full,         body,30,0,     10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  5,10, 10,10\n"
    // Ten tasks of K = 3, 5 x 0.6, 4 x 1: sum 10. The task of K = 3 is late once: c = (10 - 0.75)
    // / 10 = 0.925. T = 26.75 + 70 * 2.925 / 3 = 26.75 + 68.25 = 95
    "one_late,     body,26.75,0,  10,10, 10,10, 9.25,10,    10,10, 9,10,  1,10,  5,10, 10,10\n"
    // The same, the lateness exempted: c = 1. T = 26.75 + 70 = 96.75
    "exempted,     body,26.75,0,  10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  5,10, 10,10\n"
    // The same, with two of ten above the requirement. T = 96.75
    "exempted_2,   body,26.75,0,  10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  2,10, 10,10\n"
    // T = 20 + 70 = 90
    "exactly_90,   body,20,0,     10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  5,10, 10,10\n"
    // T = 19.99 + 70 = 89.99
    "below_90,     body,19.99,0,  10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  5,10, 10,10\n"
    // T = 19.995 + 70 = 89.995, half up: 90.00
    "half_up_90,   body,19.995,0, 10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  5,10, 10,10\n"
    // T = 19.9949 + 70 = 89.9949: 89.99
    "down_to_8999, body,19.9949,0,10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  5,10, 10,10\n"
    // Six products failed four times: b = 4/10. T = 14 + 70 * 2.4 / 3 = 14 + 56 = 70
    "exactly_70,   body,14,0,     10,10, 4,10,  10,10,      10,10, 10,10, 0,10,  5,10, 4,10\n"
    // T = 13.99 + 56 = 69.99
    "below_70,     body,13.99,0,  10,10, 4,10,  10,10,      10,10, 10,10, 0,10,  5,10, 4,10\n"
    // All failed four times, two late four times: b = 0, c = 8/10. T = 8 + 70 * 1.8 / 3 = 8 + 42
    // = 50; the late share is exactly 2/10
    "exactly_50,   body,8,0,      10,10, 0,10,  8,10,       10,10, 8,10,  2,10,  0,10, 0,10\n"
    // T = 7.99 + 42 = 49.99
    "below_50,     body,7.99,0,   10,10, 0,10,  8,10,       10,10, 8,10,  2,10,  0,10, 0,10\n"
    // 100 tasks, 20 late once: c = (100 - 5) / 100. T = 27 + 70 * 2.95 / 3 = 27 + 68.8333.. =
    // 95.83
    "late_20,      body,27,0,     100,100, 100,100, 95,100, 100,100, 80,100, 20,100, 40,100, "
    "100,100\n"
    // 21 late once: c = 94.75 / 100. T = 26.225 + 70 * 2.9475 / 3 = 26.225 + 68.775 = 95
    "late_21,      body,26.225,0, 100,100, 100,100, 94.75,100, 100,100, 79,100, 21,100, 40,100, "
    "100,100\n"
    // Three of ten above the requirement: exactly 30%. T = 25 + 70 = 95
    "above_30,     body,25,0,     10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  3,10, 10,10\n"
    // 299 of 1000: T = 25 + 70 = 95
    "above_299,    body,25,0,     1000,1000, 1000,1000, 1000,1000, 1000,1000, 1000,1000, 0,1000, "
    "299,1000, 1000,1000\n"
    // One person disciplined. T = 25 + 70 = 95
    "disciplined,  body,25,1,     10,10, 10,10, 10,10,      10,10, 10,10, 0,10,  5,10, 10,10\n"
    // One product failed once: b = 9.75 / 10. T = 30 + 70 * 2.975 / 3 = 30 + 69.41666.. = 99.42
    "one_failure,  body,30,0,     10,10, 9.75,10, 10,10,    10,10, 10,10, 0,10,  5,10, 9,10\n"
    // One of ten not done: a = b = c = 0.9. T = 30 + 70 * 2.7 / 3 = 30 + 63 = 93
    "one_open,     body,30,0,     9,10, 9,10, 9,10,         9,10, 9,10, 1,10,    5,9, 9,9\n"
    // The same, excused by the authority: on time 10/10, still not done. T = 93
    "open_excused, body,30,0,     9,10, 9,10, 9,10,         9,10, 10,10, 0,10,   5,9, 9,9\n"
    // Nothing assigned: no total, whatever the general criteria
    "no_tasks,     body,30,0,     0,0, 0,0, 0,0,            0,0, 0,0, 0,0,       0,0, 0,0\n"
    // Ten assigned, none done, none due yet. T = 30 + 0 = 30
    "none_due,     body,30,0,     0,10, 0,10, 0,10,         0,0, 0,0, 0,0,       0,0, 0,0\n";

/// Bodies rated good, so that the quota leaves room for every case above.
std::string ordinary_bodies() {
    constexpr int bodies = 20;
    std::string rows;
    for (int k = 1; k <= bodies; ++k)
        rows += flawless("ordinary" + std::to_string(k), "body", "10", 0);
    return rows;
}

const std::vector<Case> worked_cases = {
    {"full", 100, "excellent", "score 100 lies in \"excellent\" (90 to +inf)"},
    {"one_late", 95, "completed",
     "score 95 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of tasks.on_time at "
     "least 1, found 0.9; \"good\" needs value of tasks.on_time at least 1, found 0.9"},
    {"exempted", 96.75, "excellent", "score 96.75 lies in \"excellent\" (90 to +inf)"},
    {"exempted_2", 96.75, "good",
     "score 96.75 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of "
     "tasks.above_requirement at least 0.3, found 0.2"},
    {"exactly_90", 90, "excellent", "score 90 lies in \"excellent\" (90 to +inf)"},
    {"below_90", 89.99, "good", "score 89.99 lies in \"good\" (70 to 90)"},
    {"half_up_90", 90, "excellent", "score 90 lies in \"excellent\" (90 to +inf)"},
    {"down_to_8999", 89.99, "good", "score 89.99 lies in \"good\" (70 to 90)"},
    {"exactly_70", 70, "good", "score 70 lies in \"good\" (70 to 90)"},
    {"below_70", 69.99, "completed", "score 69.99 lies in \"completed\" (50 to 70)"},
    {"exactly_50", 50, "completed", "score 50 lies in \"completed\" (50 to 70)"},
    {"below_50", 49.99, "not_completed", "score 49.99 lies in \"not_completed\" (-inf to 50)"},
    {"late_20", 95.83, "completed",
     "score 95.83 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of tasks.on_time "
     "at least 1, found 0.8; \"good\" needs value of tasks.on_time at least 1, found 0.8"},
    {"late_21", 95, "not_completed",
     "score 95 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of tasks.on_time at "
     "least 1, found 0.79; \"good\" needs value of tasks.on_time at least 1, found 0.79; "
     "\"completed\" needs value of tasks.late_share at most 0.2, found 0.21"},
    {"above_30", 95, "excellent", "score 95 lies in \"excellent\" (90 to +inf)"},
    {"above_299", 95, "good",
     "score 95 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of "
     "tasks.above_requirement at least 0.3, found 0.299"},
    {"disciplined", 95, "good",
     "score 95 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of "
     "tasks.disciplined at most 0, found 1"},
    {"one_failure", 99.42, "good",
     "score 99.42 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of "
     "tasks.quality_met at least 1, found 0.9"},
    {"one_open", 93, "not_completed",
     "score 93 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of tasks.done at "
     "least 1, found 0.9; \"excellent\" needs value of tasks.on_time at least 1, found 0.9; "
     "\"good\" needs value of tasks.done at least 1, found 0.9; \"good\" needs value of "
     "tasks.on_time at least 1, found 0.9; \"completed\" needs value of tasks.done at least 1, "
     "found 0.9"},
    {"open_excused", 93, "not_completed",
     "score 93 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of tasks.done at "
     "least 1, found 0.9; \"good\" needs value of tasks.done at least 1, found 0.9; "
     "\"completed\" needs value of tasks.done at least 1, found 0.9"},
    {"none_due", 30, "not_completed", "score 30 lies in \"not_completed\" (-inf to 50)"},
};

}  // namespace

TEST_CASE("the worked table of Decree 335 has its totals, bands and reasons") {
    const Scoreboard board = scored(shipped("decree335"), worked_rows + ordinary_bodies());
    for (const Case& each : worked_cases) {
        CAPTURE(each.unit);
        CHECK(total(board, each.unit) == each.total);
        CHECK(band(board, each.unit) == each.band);
        CHECK(board.band_reason(at(board, each.unit)) == each.reason);
    }
    CHECK(board.flags(at(board, "one_late")) == std::vector<std::string>{"lowered by a gate"});
    CHECK(board.flags(at(board, "exempted")).empty());
}

TEST_CASE("a unit without assigned tasks has no total, no band and no rank, and is flagged") {
    const Scoreboard board = scored(shipped("decree335"), worked_rows + ordinary_bodies());
    const thuocdo::Index unit = at(board, "no_tasks");
    CHECK(std::isnan(board.scores()[unit]));
    CHECK(std::isnan(board.full_scores()[unit]));
    CHECK(std::isnan(board.ranks()[unit]));
    // No share of nothing is 0% or 100%, the gate-only ones neither.
    for (const char* node :
         {"task_results", "tasks.quantity", "tasks.quality", "tasks.timeliness", "tasks.done",
          "tasks.on_time", "tasks.late_share", "tasks.above_requirement", "tasks.quality_met"}) {
        CAPTURE(node);
        CHECK(std::isnan(board.result(unit, board.model().index_of(node))));
    }
    CHECK(board.result(unit, board.model().index_of("general_criteria")) == 30);
    CHECK(board.band(unit).empty());
    CHECK(board.band_reason(unit) == "no score");
    CHECK(board.flags(unit) == std::vector<std::string>{"8 missing", "no score"});
    CHECK(board.coverage()[unit] == 0.25);
    CHECK(board.ranking().back().unit.code == "no_tasks");
}

TEST_CASE("without the two minimum coverages the same unit would get full marks") {
    // What the model guards against: the points of a missing block go to the other block.
    const auto model = edited("decree335", [](json& document) {
        document["root"].erase("minimum_coverage");
        document["root"]["children"][1].erase("minimum_coverage");
    });
    const Scoreboard board = scored(model, worked_rows + ordinary_bodies());
    CHECK(total(board, "no_tasks") == 100);
}

TEST_CASE("a task column that was not reported gives no total, as a zero denominator does") {
    // a and b are there, c is not: 70 * (a + b) / 2 would be a guess.
    const std::string rows = "x,body,30,0, 10,10,10,10,,, 10,10,10,10,0,10,5,10,10,10\n";
    const Scoreboard board = scored(shipped("decree335"), rows);
    CHECK(std::isnan(board.scores()[0]));
    CHECK(board.flags(0) == std::vector<std::string>{"1 missing", "no score"});
}

TEST_CASE("a gate column that was not reported fails every gate on it") {
    // T = 25 + 70 = 95. Nobody knows whether the tasks were on time, so it is not taken as given.
    const std::string rows = "x,body,25,0, 10,10,10,10,10,10, 10,10,,,0,10,5,10,10,10\n";
    const Scoreboard board = scored(shipped("decree335"), rows);
    CHECK(board.scores()[0] == 95);
    CHECK(board.band(0) == "completed");
    CHECK(board.band_reason(0) ==
          "score 95 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of "
          "tasks.on_time at least 1, found no value; \"good\" needs value of tasks.on_time at "
          "least 1, found no value");
    CHECK(board.flags(0) == std::vector<std::string>{"1 missing", "lowered by a gate"});
}

TEST_CASE("what people enter must be there: scoring refuses and names unit and column") {
    const std::string rows =
        "x,body,,0,   10,10,10,10,10,10, 10,10,10,10,0,10,5,10,10,10\n"
        "y,body,25,,  10,10,10,10,10,10, 10,10,10,10,0,10,5,10,10,10\n"
        "z,body,25,0, 10,10,10,10,10,10, 10,10,10,10,0,10,5,10,10,10\n";
    const auto model = shipped("decree335");
    const auto panel = thuocdo::io::parse_panel(table(rows), "table.csv", model);
    try {
        (void)thuocdo::score(model, panel);
        FAIL("scored without the general criteria");
    } catch (const thuocdo::DataError& error) {
        REQUIRE(error.problems().size() == 2);
        CHECK(error.problems()[0].code == "value_missing");
        CHECK(error.problems()[0].place == "unit \"x\", indicator \"general_criteria\"");
        CHECK(error.problems()[1].place == "unit \"y\", indicator \"tasks.disciplined\"");
    }
}

TEST_CASE("general criteria beyond 30 points are refused, not cut") {
    const auto model = shipped("decree335");
    for (const char* general : {"30.01", "-1"}) {
        const auto panel =
            thuocdo::io::parse_panel(table(flawless("x", "body", general, 5)), "table.csv", model);
        CHECK_THROWS_AS((void)thuocdo::score(model, panel), thuocdo::DataError);
    }
}

TEST_CASE("the worked example of the documentation comes out as printed there") {
    // K = 3, 3, 2, 1, 1. a = 1, b = c = (10 - 0.75) / 10. T = 27 + 70 * 2.85 / 3 = 27 + 66.5
    // = 93.5; with the lateness exempted T = 27 + 70 * 2.925 / 3 = 27 + 68.25 = 95.25.
    const std::string rows =
        "late,body,27,0,     10,10, 9.25,10, 9.25,10, 5,5, 4,5, 1,5, 2,5, 4,5\n"
        "exempted,body,27,0, 10,10, 9.25,10, 10,10,   5,5, 5,5, 0,5, 2,5, 4,5\n";
    const Scoreboard board = scored(shipped("decree335"), rows);
    CHECK(total(board, "late") == 93.5);
    CHECK(band(board, "late") == "completed");
    CHECK(total(board, "exempted") == 95.25);
    CHECK(band(board, "exempted") == "good");
}
