// The quota of Decree 335/2025/ND-CP: excellent at most 20% of those rated good
// (excellent and good) of the same kind. Totals are the general criteria plus 70.

#include <string>
#include <vector>

#include "decree335/support.hpp"

using namespace decree335_tests;
using thuocdo::Scoreboard;

namespace {

/// `count` units with 80 points, rated good.
std::string good_units(const std::string& kind, int count) {
    std::string rows;
    for (int k = 1; k <= count; ++k)
        rows += flawless(kind + "_good" + std::to_string(k), kind, "10", 0);
    return rows;
}

/// Ten tasks of which one is late: 95 points, completed by the gates.
std::string late_unit(const std::string& unit, const std::string& kind) {
    return unit + "," + kind + ",26.75,0, 10,10,10,10,9.25,10, 10,10,9,10,1,10,5,10,10,10\n";
}

/// Units of a kind in a band.
int count_in(const Scoreboard& board, const std::string& kind, const std::string& code) {
    int count = 0;
    for (thuocdo::Index unit = 0; unit < board.unit_count(); ++unit)
        if (board.units().unit(unit).kind == kind && board.band(unit) == code) ++count;
    return count;
}

// Ten units rated good, so two may be excellent: 99, 98, 98, 97 and six of 80 points.
const std::string tied_rows = flawless("first", "ministry", "29", 5) +
                              flawless("second", "ministry", "28", 5) +
                              flawless("third", "ministry", "28", 5) +
                              flawless("fourth", "ministry", "27", 5) + good_units("ministry", 6);

auto quota_edit(const std::string& member, const json& value) {
    return edited("decree335", [=](json& document) { document["bands"]["quota"][member] = value; });
}

}  // namespace

TEST_CASE("units that tie at the cut of the quota all lose the band") {
    const Scoreboard board = scored(shipped("decree335"), tied_rows);
    CHECK(band(board, "first") == "excellent");
    for (const char* unit : {"second", "third", "fourth"}) CHECK(band(board, unit) == "good");
    CHECK(board.band_reason(at(board, "second")) ==
          "score 98 lies in \"excellent\" (90 to +inf); beyond the quota of \"excellent\"");
    CHECK(board.flags(at(board, "second")) == std::vector<std::string>{"lowered by the quota"});
}

TEST_CASE("how ties at the cut are treated is data") {
    const Scoreboard board = scored(quota_edit("ties_at_the_cut", "include"), tied_rows);
    for (const char* unit : {"first", "second", "third"}) CHECK(band(board, unit) == "excellent");
    CHECK(band(board, "fourth") == "good");
}

TEST_CASE("the quota counts each kind by itself") {
    // Five provinces: one excellent. Four communes: 20% of 4 is less than one.
    const std::string rows =
        tied_rows + flawless("best_province", "province", "21", 5) + good_units("province", 4) +
        flawless("best_commune", "commune", "30", 5) + good_units("commune", 3);
    const Scoreboard board = scored(shipped("decree335"), rows);
    CHECK(band(board, "first") == "excellent");
    CHECK(band(board, "best_province") == "excellent");
    CHECK(band(board, "best_commune") == "good");
    // Over all 19 together three would be: 100, 99 and then two of 98, of which the tie keeps none.
    const auto together =
        edited("decree335", [](json& document) { document["bands"]["quota"].erase("within"); });
    const Scoreboard all = scored(together, rows);
    CHECK(band(all, "best_commune") == "excellent");
    CHECK(band(all, "first") == "excellent");
    CHECK(band(all, "second") == "good");
    CHECK(band(all, "best_province") == "good");
}

TEST_CASE("the base of the quota is counted after the gates") {
    // Ten units of 70 points and more; five of them fail a gate of "good". Base 5, one excellent;
    // counted before the gates it would be 10 and two.
    std::string rows = flawless("first", "ministry", "29", 5) +
                       flawless("second", "ministry", "28", 5) + good_units("ministry", 3);
    for (int k = 1; k <= 5; ++k) rows += late_unit("late" + std::to_string(k), "ministry");
    const Scoreboard board = scored(shipped("decree335"), rows);
    CHECK(band(board, "first") == "excellent");
    CHECK(band(board, "second") == "good");
    CHECK(count_in(board, "ministry", "completed") == 5);
}

TEST_CASE("a unit without tasks is not in the base of the quota") {
    std::string rows = flawless("first", "ministry", "29", 5) + good_units("ministry", 3);
    const Scoreboard four = scored(
        shipped("decree335"), rows + "empty,ministry,30,0, 0,0,0,0,0,0, 0,0,0,0,0,0,0,0,0,0\n");
    CHECK(band(four, "first") == "good");
    const Scoreboard five =
        scored(shipped("decree335"), rows + flawless("fifth", "ministry", "10", 0));
    CHECK(band(five, "first") == "excellent");
}

TEST_CASE("the 25% of outstanding bodies is one value") {
    // Eight rated good: 20% is 1.6 and so one, 25% is two.
    const std::string rows = flawless("first", "ministry", "29", 5) +
                             flawless("second", "ministry", "28", 5) +
                             flawless("third", "ministry", "27", 5) + good_units("ministry", 5);
    CHECK(count_in(scored(shipped("decree335"), rows), "ministry", "excellent") == 1);
    CHECK(count_in(scored(quota_edit("at_most", 0.25), rows), "ministry", "excellent") == 2);
}

TEST_CASE("the base of the quota is data: good alone is a smaller base") {
    // Two eligible and eight good: 20% of 10 is two, 20% of 8 is one.
    const std::string rows = flawless("first", "ministry", "29", 5) +
                             flawless("second", "ministry", "28", 5) + good_units("ministry", 8);
    CHECK(count_in(scored(shipped("decree335"), rows), "ministry", "excellent") == 2);
    const Scoreboard board = scored(quota_edit("of", json::array({"good"})), rows);
    CHECK(count_in(board, "ministry", "excellent") == 1);
}
