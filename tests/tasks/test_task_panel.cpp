#include <thuocdo/data/join_panels.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/score.hpp>
#include <thuocdo/tasks/task_panel.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tasks/make_tasks.hpp"

using namespace thuocdo;
using namespace task_tests;

namespace {

UnitRegistry bodies(const std::vector<std::string>& codes) {
    std::vector<Unit> units;
    for (const std::string& code : codes) {
        Unit unit;
        unit.code = code;
        unit.kind = "ministry";
        units.push_back(unit);
    }
    return UnitRegistry(units);
}

double value(const Panel& panel, const char* unit, const char* indicator) {
    return panel.value(*panel.units().find(unit), panel.find(indicator).value());
}

CellState state(const Panel& panel, const char* unit, const char* indicator) {
    return panel.state(*panel.units().find(unit), panel.find(indicator).value());
}

}  // namespace

TEST_CASE("task indicators of a body, by hand") {
    // BKHCN: A done on time above what was asked, B done late, C overdue, D not due, E cancelled.
    std::vector<Task> all{completed_task("A", "2026-03-20"), completed_task("B", "2026-04-20"),
                          simple_task("C"), simple_task("D"), simple_task("E")};
    all[0].products[0].quality = ProductQuality::exceeds;
    all[0].indicators = {"rnd.share"};
    all[3].deadline = day("2026-12-31");
    all[4].events.push_back(event(TaskEventKind::cancelled, "2026-02-01"));
    all[2].money = {{day("2026-02-01"), 100.0, 25.0}};
    all[2].milestones = {{"Giai đoạn 1", day("2026-02-01"), 0.5}};
    const Panel panel = task_panel(TaskRegister(all), day("2026-05-01"), bodies({"BTC", "BKHCN"}),
                                   {.earlier = day("2026-04-15")});
    CHECK(value(panel, "BKHCN", "tasks.done") == 2.0 / 3.0);
    CHECK(value(panel, "BKHCN", "tasks.on_time") == 1.0 / 3.0);
    CHECK(value(panel, "BKHCN", "tasks.late_share") == 2.0 / 3.0);
    CHECK(value(panel, "BKHCN", "tasks.late") == 1.0);
    CHECK(value(panel, "BKHCN", "tasks.quantity") == 2.0 / 3.0);
    CHECK(value(panel, "BKHCN", "tasks.timeliness") == 1.75 / 3.0);
    CHECK(value(panel, "BKHCN", "tasks.above_requirement") == 0.5);
    CHECK(value(panel, "BKHCN", "tasks.product_accepted") == 2.0 / 3.0);
    CHECK(value(panel, "BKHCN", "tasks.linked_result") == 0.25);
    CHECK(value(panel, "BKHCN", "tasks.milestones") == 0.0);
    // 25% paid out, the whole time of the task has passed.
    CHECK(value(panel, "BKHCN", "tasks.disbursement") == 0.25);
    // B and C were overdue on 15 April; B is done since.
    CHECK(value(panel, "BKHCN", "tasks.carried_over") == 0.5);
    const RatioParts* parts = panel.ratio(panel.find("tasks.done").value());
    REQUIRE(parts != nullptr);
    CHECK(parts->numerator[1] == 2.0);
    CHECK(parts->denominator[1] == 3.0);
    // A body without a task has no share and no count.
    for (const std::string& code : panel.indicators()) {
        CAPTURE(code);
        CHECK(std::isnan(value(panel, "BTC", code.c_str())));
    }
    CHECK(state(panel, "BTC", "tasks.done") == CellState::zero_denominator);
    CHECK(state(panel, "BTC", "tasks.late") == CellState::not_applicable);
}

TEST_CASE("tasks of groups that are no units are an error, or left out when asked") {
    const TaskRegister tasks(std::vector<Task>{simple_task("A")});
    const auto problems = testing_support::problems_of<TaskError>(
        [&] { (void)task_panel(tasks, day("2026-05-01"), bodies({"BTC"})); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "unknown_unit");
    CHECK(problems[0].found == "\"BKHCN\" with 1 tasks");
    CHECK_NOTHROW(
        (void)task_panel(tasks, day("2026-05-01"), bodies({"BTC"}), {.other_groups = true}));
    CHECK_THROWS_AS(
        (void)task_panel(tasks, day("2026-05-01"), bodies({"BKHCN"}), {.by = TaskGroup::nation}),
        TaskError);
}

TEST_CASE("Decree 335 from the register to the band: zero tasks is insufficient data") {
    // BKHCN does everything on time; BTC is late once (one of two); BNV has no task.
    std::vector<Task> all{completed_task("A", "2026-03-20"), completed_task("B", "2026-03-21"),
                          completed_task("C", "2026-03-20"), completed_task("D", "2026-04-20")};
    for (std::size_t k : {0U, 1U, 2U}) all[k].products[0].quality = ProductQuality::exceeds;
    all[2].lead = all[3].lead = "BTC";
    const Panel tasks =
        task_panel(TaskRegister(all), day("2026-05-01"), bodies({"BKHCN", "BTC", "BNV"}));
    const Panel entered = io::parse_panel(
        "unit,general_criteria,tasks.disciplined\nBNV,30,0\nBTC,30,0\nBKHCN,30,0\n", "entered.csv");
    const IndexModel model = io::load_model(THUOCDO_DATA_DIR "/models/decree335.json");
    const Scoreboard board = score(model, join_panels(tasks, entered));
    const auto at = [&](const char* unit) { return *board.units().find(unit); };
    CHECK(board.scores()[at("BKHCN")] == 100.0);
    // 30 + 70 * (1 + 1 + 0.875) / 3 = 97.0833: one late task in two is no "good".
    CHECK(board.scores()[at("BTC")] == 97.08);
    CHECK(std::isnan(board.scores()[at("BNV")]));
    CHECK(board.band_outcome(at("BNV")).final_band == -1);
}

TEST_CASE("panels of the same units are joined by code, whatever their order") {
    const Panel left = io::parse_panel("unit,a\nu1,1\nu2,2\n", "left.csv");
    const Panel right =
        io::parse_panel("unit,b:numerator,b:denominator\nu2,3,4\nu1,1,0\n", "right.csv");
    const Panel both = join_panels(left, right);
    CHECK(value(both, "u2", "b") == 0.75);
    CHECK(state(both, "u1", "b") == CellState::zero_denominator);
    CHECK(both.ratio(both.find("b").value())->denominator[1] == 4.0);
    CHECK(value(both, "u1", "a") == 1.0);
    const auto problems = testing_support::problems_of<DataError>(
        [&] { (void)join_panels(left, io::parse_panel("unit,a\nu1,1\nu3,2\n", "other.csv")); });
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].code == "duplicate_column");
    CHECK(problems[1].place == "unit \"u2\"");
    CHECK(problems[2].place == "unit \"u3\"");
}
