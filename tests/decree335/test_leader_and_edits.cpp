// The form for leaders, T = general criteria + 70 * (a + b + c + d + e + f) / 6, and
// changes of the rule made in the JSON alone.

#include <cmath>
#include <string>
#include <vector>

#include "decree335/support.hpp"

using namespace decree335_tests;
using thuocdo::Scoreboard;

namespace {

const std::string leader_columns =
    ",leader.field_results,leader.organising_ability,leader.uniting_ability";

/// A row of the table with the three columns of a leader appended.
std::string leader(const std::string& row, const std::string& shares) {
    return row.substr(0, row.size() - 1) + "," + shares + "\n";
}

/// Leaders of 70 + 10 points, rated good.
std::string good_leaders(int count) {
    std::string rows;
    for (int k = 1; k <= count; ++k)
        rows += leader(flawless("good" + std::to_string(k), "head", "10", 0), "1,1,1");
    return rows;
}

json& gates_of(json& document, std::size_t band) {
    return document["bands"]["scale"][band]["gates"];
}

}  // namespace

TEST_CASE("a leader is scored on six components") {
    const std::string rows =
        // T = 30 + 70 * 6 / 6 = 100
        leader(flawless("all", "head", "30", 5), "1,1,1") +
        // T = 25 + 70 * (3 + 0.5 + 1 + 0.75) / 6 = 25 + 70 * 5.25 / 6 = 25 + 61.25 = 86.25
        leader(flawless("field_weak", "head", "25", 5), "0.5,1,0.75") +
        // a = 1, b = 0.85, c = 0.95, d = e = f = 0.9: 25 + 70 * 5.5 / 6 = 25 + 64.1666.. = 89.17
        "mixed,head,25,0, 10,10,8.5,10,9.5,10, 10,10,10,10,0,10,5,10,7,10, 0.9,0.9,0.9\n"
        // One task late once, K = 3 of 10: c = 0.925. T = 27 + 70 * 5.925 / 6 = 27 + 69.125 = 96.13
        "one_late,head,27,0, 10,10,10,10,9.25,10, 10,10,9,10,1,10,5,10,10,10, 1,1,1\n"
        // d = e = f = 0: T = 30 + 70 * 3 / 6 = 65
        + leader(flawless("own_tasks_only", "head", "30", 5), "0,0,0") + good_leaders(4);
    const Scoreboard board = scored(shipped("decree335-leader"), rows, leader_columns);
    CHECK(total(board, "all") == 100);
    CHECK(band(board, "all") == "excellent");
    CHECK(total(board, "field_weak") == 86.25);
    CHECK(band(board, "field_weak") == "good");
    CHECK(total(board, "mixed") == 89.17);
    CHECK(band(board, "mixed") == "good");
    CHECK(total(board, "one_late") == 96.13);
    CHECK(band(board, "one_late") == "completed");
    CHECK(total(board, "own_tasks_only") == 65);
    CHECK(board.band_reason(at(board, "own_tasks_only")) ==
          "score 65 lies in \"completed\" (50 to 70)");
}

TEST_CASE("a leader without assigned tasks has no total, whatever d, e and f are") {
    const std::string rows =
        "none,head,30,0, 0,0,0,0,0,0, 0,0,0,0,0,0,0,0,0,0, 1,1,1\n" + good_leaders(1);
    const Scoreboard board = scored(shipped("decree335-leader"), rows, leader_columns);
    CHECK(std::isnan(total(board, "none")));
    CHECK(band(board, "none").empty());
    CHECK(board.flags(at(board, "none")) == std::vector<std::string>{"8 missing", "no score"});
}

TEST_CASE("a leader without one of d, e and f is refused by name") {
    const auto model = shipped("decree335-leader");
    const auto panel = thuocdo::io::parse_panel(
        table(leader(flawless("x", "head", "30", 5), "1,,1"), leader_columns), "table.csv", model);
    try {
        (void)thuocdo::score(model, panel);
        FAIL("scored without e");
    } catch (const thuocdo::DataError& error) {
        REQUIRE(error.problems().size() == 1);
        CHECK(error.problems()[0].place == "unit \"x\", indicator \"leader.organising_ability\"");
    }
}

TEST_CASE("the two forms have one scale, quota, ranking and gate columns") {
    const auto body = shipped("decree335");
    const auto head = shipped("decree335-leader");
    CHECK(body.definition().bands == head.definition().bands);
    CHECK(body.definition().ranking == head.definition().ranking);
    CHECK(head.node_count() == body.node_count() + 3);
    for (const thuocdo::Node& node : body.nodes()) {
        CAPTURE(node.code);
        const thuocdo::Node& other = head.node(head.index_of(node.code));
        CHECK(other.role == node.role);
        CHECK(other.missing == node.missing);
        CHECK(other.zero_denominator == node.zero_denominator);
    }
}

TEST_CASE("the band is decided on the printed total unless the model says otherwise") {
    // 19.995 + 70 = 89.995 is printed 90.00.
    const std::string rows = flawless("x", "body", "19.995", 5);
    const auto no_quota = [](json& document) { document["bands"].erase("quota"); };
    const auto full = [](json& document) {
        document["bands"].erase("quota");
        document["bands"]["of"] = "full";
    };
    const Scoreboard rounded = scored(edited("decree335", no_quota), rows);
    CHECK(rounded.scores()[0] == 90);
    CHECK(rounded.full_scores()[0] == 89.995);
    CHECK(rounded.band(0) == "excellent");
    const Scoreboard unrounded = scored(edited("decree335", full), rows);
    CHECK(unrounded.scores()[0] == 90);
    CHECK(unrounded.band(0) == "good");
}

TEST_CASE("thresholds of bands and gates are data") {
    // T = 26.75 + 68.25 = 95, one of ten tasks late.
    const std::string late = "x,body,26.75,0, 10,10,10,10,9.25,10, 10,10,9,10,1,10,5,10,10,10\n";
    const auto strict =
        edited("decree335", [](json& document) { gates_of(document, 2)[1]["at_most"] = 0.05; });
    CHECK(scored(shipped("decree335"), late).band(0) == "completed");
    CHECK(scored(strict, late).band(0) == "not_completed");
    const auto higher = edited("decree335", [](json& document) {
        document["bands"]["scale"][1]["from"] = 75;
        document["bands"]["scale"][2]["to"] = 75;
    });
    // T = 4 + 70 = 74
    CHECK(scored(shipped("decree335"), flawless("x", "body", "4", 0)).band(0) == "good");
    CHECK(scored(higher, flawless("x", "body", "4", 0)).band(0) == "completed");
}

TEST_CASE("moving one end of a band alone is refused as a gap that names both bands") {
    try {
        (void)edited("decree335",
                     [](json& document) { document["bands"]["scale"][1]["from"] = 75; });
        FAIL("a scale with a gap was taken");
    } catch (const thuocdo::ModelError& error) {
        REQUIRE(error.problems().size() == 1);
        CHECK(error.problems()[0].code == "band_gap");
        CHECK(error.problems()[0].found ==
              "bands \"completed\" (50 to 70) and \"good\" (75 to 90) with nothing from 70 to 75");
    }
}

TEST_CASE("a stricter reading of the decree is a gate more") {
    // One product failed once: T = 20 + 70 * 2.975 / 3 = 20 + 69.41666.. = 89.42
    const std::string failed = "x,body,20,0, 10,10,9.75,10,10,10, 10,10,10,10,0,10,5,10,9,10\n";
    const auto quality = edited("decree335", [](json& document) {
        gates_of(document, 1).push_back(gates_of(document, 0)[2]);
    });
    CHECK(scored(shipped("decree335"), failed).band(0) == "good");
    CHECK(scored(quality, failed).band(0) == "completed");
    // A civil servant who was disciplined does not complete: the gate on every band but the last.
    const auto discipline = edited("decree335", [](json& document) {
        for (const std::size_t band : {1U, 2U})
            gates_of(document, band).push_back(gates_of(document, 0)[4]);
    });
    const std::string person = "x,person,25,1, 10,10,10,10,10,10, 10,10,10,10,0,10,5,10,10,10\n";
    CHECK(scored(shipped("decree335"), person).band(0) == "good");
    CHECK(scored(discipline, person).band(0) == "not_completed");
}

TEST_CASE("weights and caps of the components are data") {
    // a = 11/10 counts 1. T = 10 + 70 = 80; uncapped 10 + 70 * 3.1 / 3 = 10 + 72.3333.. = 82.33
    const std::string more = "x,body,10,0, 11,10,10,10,10,10, 10,10,10,10,0,10,0,10,10,10\n";
    const auto uncapped = edited("decree335", [](json& document) {
        document["root"]["children"][1]["children"][0]["score"]["capped"] = false;
    });
    CHECK(scored(shipped("decree335"), more).scores()[0] == 80);
    CHECK(scored(uncapped, more).scores()[0] == 82.33);
    // Quality counts twice: T = 14 + 70 * (1 + 2 * 0.4 + 1) / 4 = 14 + 49 = 63, not 14 + 56 = 70.
    const std::string poor = "x,body,14,0, 10,10,4,10,10,10, 10,10,10,10,0,10,0,10,4,10\n";
    const auto weighted = edited("decree335", [](json& document) {
        document["root"]["children"][1]["children"][1]["weight"] = 2;
    });
    CHECK(scored(shipped("decree335"), poor).scores()[0] == 70);
    CHECK(scored(weighted, poor).scores()[0] == 63);
    // 40 points of general criteria and 60 of tasks: T = 14 + 60 * 0.8 = 62.
    const auto split = edited("decree335", [](json& document) {
        document["root"]["children"][0]["points"] = 40;
        document["root"]["children"][1]["points"] = 60;
    });
    CHECK(scored(split, poor).scores()[0] == 62);
}
