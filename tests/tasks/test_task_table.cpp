#include <thuocdo/tasks/task_board.hpp>
#include <thuocdo/tasks/task_flow.hpp>
#include <thuocdo/tasks/task_quantities.hpp>
#include <thuocdo/tasks/task_table.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "tasks/make_tasks.hpp"

using namespace thuocdo;
using namespace task_tests;

namespace {

constexpr TaskGroup every_group[] = {TaskGroup::nation,  TaskGroup::lead,  TaskGroup::participation,
                                     TaskGroup::head,    TaskGroup::level, TaskGroup::sector,
                                     TaskGroup::document};

void add_tasks(std::vector<Task>& tasks, int count, const char* completed, const char* deadline) {
    for (int k = 0; k < count; ++k) {
        const std::string code = "NV-" + std::to_string(tasks.size() + 1);
        Task task = completed ? completed_task(code, completed) : simple_task(code);
        task.assigned = day("2017-01-02");
        task.deadline = day(deadline);
        tasks.push_back(std::move(task));
    }
}

std::vector<OfficeTerm> two_heads() {
    return {{"B1", "B1", {"Minister", "Bộ trưởng"}, "Thủ trưởng 01", {}, day("2026-02-28")},
            {"B1", "B1", {"Minister", "Bộ trưởng"}, "Thủ trưởng 02", day("2026-03-01"), {}}};
}

}  // namespace

TEST_CASE("the official counts of 2017 are reproduced, 98.63% of tasks due included") {
    // Government Office, 2017: 21,914 tasks = 16,051 done (14,068 on time, 1,983 late) + 5,863 not
    // done (5,640 in time, 223 overdue); completion on tasks due 98.63%.
    std::vector<Task> all;
    add_tasks(all, 14068, "2017-06-30", "2017-06-30");
    add_tasks(all, 1983, "2017-07-01", "2017-06-30");
    add_tasks(all, 5640, nullptr, "2017-12-31");
    add_tasks(all, 223, nullptr, "2017-12-30");
    const TaskTable table = task_table(TaskRegister(all), day("2017-12-31"));
    const TaskTally& tally = table.total;
    CHECK(tally.all() == 21914);
    CHECK(tally.done() == 16051);
    CHECK(tally.of(TaskState::completed_on_time) == 14068);
    CHECK(tally.of(TaskState::completed_late) == 1983);
    CHECK(tally.open() == 5863);
    CHECK(tally.open_in_time() == 5640);
    CHECK(tally.overdue() == 223);
    CHECK(tally.due() == 16274);
    CHECK(numeric::fixed(100.0 * tally.completion_on_tasks_due().value(), 2) == "98.63");
    // The other denominator in use gives another figure: it has another name.
    CHECK(numeric::fixed(100.0 * tally.completion_on_all_tasks().value(), 2) == "73.25");
    std::ostringstream printed;
    printed << table;
    CHECK(printed.str().find("98.63") != std::string::npos);
}

TEST_CASE("no tasks are no rate: never 0% and never 100%") {
    const TaskTable none = task_table(TaskRegister(), day("2026-01-01"));
    REQUIRE(none.rows.size() == 1);
    CHECK(none.total.all() == 0);
    CHECK(std::isnan(none.total.completion_on_tasks_due().value()));
    CHECK(std::isnan(none.total.completion_on_all_tasks().value()));
    std::ostringstream printed;
    printed << none;
    CHECK(printed.str().find("0.00") == std::string::npos);
    CHECK(printed.str().find("100") == std::string::npos);
    // A task whose time has not come is due nowhere.
    const TaskTable early = task_table(TaskRegister(std::vector<Task>{simple_task()}),
                                       day("2026-01-05"), TaskGroup::lead);
    CHECK(std::isnan(early.find("BKHCN")->tally.completion_on_tasks_due().value()));
    CHECK(early.find("BTC") == nullptr);
}

TEST_CASE("tables by body and of participations are different tables and say so") {
    Task joint = simple_task("A");
    joint.coordinating = {"BTC", "BNV"};
    const TaskRegister tasks(std::vector<Task>{joint, simple_task("B")});
    const TaskTable lead = task_table(tasks, day("2026-02-01"), TaskGroup::lead);
    REQUIRE(lead.rows.size() == 1);
    CHECK(lead.rows[0].tally.all() == 2);
    const TaskTable part = task_table(tasks, day("2026-02-01"), TaskGroup::participation);
    REQUIRE(part.rows.size() == 3);
    CHECK(part.find("BKHCN")->tally.all() == 2);
    CHECK(part.find("BTC")->tally.all() == 1);
    // Rows add up to 4, tasks are 2.
    CHECK(part.total.all() == 2);
    std::ostringstream printed;
    printed << part;
    CHECK(printed.str().find("do not add up") != std::string::npos);
    CHECK(task_group_meaning(TaskGroup::participation).vi.find("không cộng") != std::string::npos);
}

TEST_CASE("a table by head follows who is in office on the day") {
    Task task = simple_task("A");
    task.lead = "B1";
    const TaskRegister tasks(std::vector<Task>{task, simple_task("B")}, two_heads());
    const TaskTable february = task_table(tasks, day("2026-02-28"), TaskGroup::head);
    REQUIRE(february.find("B1") != nullptr);
    CHECK(february.find("B1")->person == "Thủ trưởng 01");
    CHECK(task_table(tasks, day("2026-03-01"), TaskGroup::head).find("B1")->person ==
          "Thủ trưởng 02");
    // The task of a body whose head the register does not know is not lost.
    CHECK(february.find("")->tally.all() == 1);
    CHECK(february.total.all() == 2);
}

TEST_CASE("lateness: mean, worst and classes of age at their edges") {
    std::vector<Task> all;
    for (const int late : {1, 30, 31, 90, 91, 180, 181}) {
        Task task = simple_task("T" + std::to_string(late));
        task.assigned = day("2025-01-01");
        task.deadline = day("2026-06-30") - boost::gregorian::days(late);
        all.push_back(task);
    }
    const TaskTable table = task_table(TaskRegister(all), day("2026-06-30"));
    CHECK(table.total.overdue_by_age == std::array<std::int64_t, 4>{2, 2, 2, 1});
    CHECK(table.total.days_overdue == 1 + 30 + 31 + 90 + 91 + 180 + 181);
    CHECK(table.total.days_overdue_on_tasks_overdue().value() == doctest::Approx(604.0 / 7.0));
    CHECK(table.rows[0].worst_days_overdue == 181);
}

TEST_CASE("carry-over from one meeting to the next") {
    std::vector<Task> all{simple_task("stays"), simple_task("done"), simple_task("extended"),
                          simple_task("new")};
    all[1] = completed_task("done", "2026-05-10");
    all[2].extensions.push_back({day("2026-05-05"), day("2026-12-31"), "7/QĐ"});
    all[3].assigned = day("2026-05-02");
    all[3].deadline = day("2026-05-20");
    const TaskRegister tasks(all);
    const TaskFlow flow = task_flow(tasks, day("2026-05-01"), day("2026-06-01"), TaskGroup::lead);
    REQUIRE(flow.rows.size() == 1);
    const TaskFlowRow& row = flow.rows[0];
    CHECK(row.overdue_then == 3);
    CHECK(row.carried_over == 1);
    CHECK(row.overdue_closed == 1);
    CHECK(row.overdue_otherwise == 1);
    CHECK(row.newly_overdue == 1);
    CHECK(row.open_then == 3);
    CHECK(row.assigned_since == 1);
    CHECK(row.closure_rate() == TaskRate{1, 4});
    CHECK(row.carry_over_rate() == TaskRate{1, 3});
    REQUIRE(flow.carried_over.size() == 1);
    CHECK(tasks.code(flow.carried_over[0]) == "stays");
    CHECK_THROWS_AS((void)task_flow(tasks, day("2026-05-01"), day("2026-05-01")), TaskError);
}

TEST_CASE("tables equal a count of single statuses, in any order of the tasks") {
    testing_support::Random random(11);
    std::vector<Task> all;
    for (int k = 0; k < 400; ++k) all.push_back(random_task(random, "T" + std::to_string(k)));
    std::vector<Task> shuffled = all;
    for (std::size_t k = shuffled.size(); k > 1; --k)
        std::swap(shuffled[k - 1], shuffled[random.below(k)]);
    std::vector<OfficeTerm> offices = two_heads();
    const TaskRegister tasks(all, offices);
    const TaskRegister other(shuffled, offices);
    for (int offset = 0; offset < 320; offset += 13) {
        const Date today = Date(2026, 1, 1) + boost::gregorian::days(offset);
        for (const TaskGroup group : every_group) {
            const TaskTable table = task_table(tasks, today, group);
            CHECK(table == task_table(other, today, group));
            TaskTally sum;
            for (const TaskTableRow& row : table.rows) sum.add(row.tally);
            if (group != TaskGroup::participation) CHECK(sum == table.total);
        }
        std::array<std::int64_t, task_states> counts{};
        std::int64_t days = 0;
        for (std::size_t row = 0; row < tasks.size(); ++row) {
            const TaskStatus status = tasks.status(row, today);
            if (status.state == TaskState::not_yet_assigned) continue;
            ++counts[static_cast<std::size_t>(status.state)];
            days += is_overdue(status.state) ? status.days_late : 0;
        }
        const TaskTable nation = task_table(tasks, today);
        CHECK(nation.total.by_state == counts);
        CHECK(nation.total.days_overdue == days);
        CHECK(task_states_on(tasks, today).size() == tasks.size());
    }
}

TEST_CASE("a board that follows changes equals the table of the register, one task at a time") {
    testing_support::Random random(5);
    TaskBoard board(TaskRegister(TaskRules{}, two_heads()), day("2026-06-30"),
                    {std::begin(every_group), std::end(every_group)});
    const auto check = [&] {
        for (const TaskGroup group : every_group)
            REQUIRE(board.table(group) == task_table(board.tasks(), board.as_of(), group));
    };
    std::vector<std::string> codes;
    for (int k = 0; k < 300; ++k) {
        const std::size_t before = board.evaluations();
        const std::size_t what = random.below(4);
        if (codes.empty() || what == 0) {
            codes.push_back("T" + std::to_string(k));
            board.add(random_task(random, codes.back()));
        } else if (what == 1) {
            board.replace(random_task(random, codes[random.below(codes.size())]));
        } else {
            const std::string& code = codes[random.below(codes.size())];
            const Task task = board.tasks().task(*board.tasks().find(code));
            try {
                TaskEvent progress = event(TaskEventKind::progress, "2026-06-15");
                progress.share = 0.5;
                if (what == 2) board.record(code, progress);
                if (what == 3) board.extend(code, {day("2026-06-01"), day("2027-01-31"), "9/QĐ"});
            } catch (const TaskError&) {
                // Refused, for instance after a cancellation: nothing may have changed.
                CHECK(board.evaluations() == before);
                check();
                continue;
            }
        }
        CHECK(board.evaluations() == before + 1);
        check();
        if (k % 50 == 49) board.move_to(Date(2026, 1, 1) + boost::gregorian::days(k));
    }
    CHECK_THROWS_AS(board.record("none", event(TaskEventKind::started, "2026-01-01")), TaskError);
}

TEST_CASE("work converted by K: a worked example by hand") {
    // K 2: done on time, 1 failed assessment. K 0.5: done late. K 1: overdue. K 4: not yet due.
    std::vector<Task> all{completed_task("A", "2026-03-20"), completed_task("B", "2026-04-20"),
                          simple_task("C"), simple_task("D")};
    all[0].coefficient = 2.0;
    all[0].products[0].failed_assessments = {day("2026-03-15")};
    all[0].products[0].quality = ProductQuality::exceeds;
    all[1].coefficient = 0.5;
    all[3].deadline = day("2026-12-31");
    all[3].coefficient = 4.0;
    const TaskRegister tasks(all);
    const auto on = [&](QuantityBase base) {
        return task_quantities(tasks, day("2026-05-01"), TaskGroup::lead, base).rows.at(0);
    };
    const TaskQuantities due = on(QuantityBase::due).quantities;
    // Assigned 2 + 0.5 + 1; done 2.5; quality 2 x 0.75 + 0.5; timeliness 2 + 0.5 x 0.75.
    CHECK(due.quantity_rate().value() == 2.5 / 3.5);
    CHECK(due.quality_rate().value() == 2.0 / 3.5);
    CHECK(due.timeliness_rate().value() == 2.375 / 3.5);
    CHECK(due.above_requirement == 1);
    CHECK(due.quality_met == 1);
    CHECK(due.tasks_done == 2);
    CHECK(due.products_due == 3);
    CHECK(due.products_accepted == 2);
    CHECK(on(QuantityBase::all).quantities.quantity_rate().value() == 2.5 / 7.5);
    SUBCASE("an excuse confirmed by the authority takes nothing off and leaves the tasks due") {
        all[1].events.push_back(event(TaskEventKind::exempted, "2026-04-25"));
        all[2].events.push_back(event(TaskEventKind::exempted, "2026-04-25"));
        const TaskRegister excused(all);
        const TaskQuantities now =
            task_quantities(excused, day("2026-05-01"), TaskGroup::lead).rows.at(0).quantities;
        CHECK(now.timeliness_rate().value() == 1.0);
        CHECK(now.quantity_rate().value() == 1.0);
    }
    SUBCASE("the shares taken off are data, and more failures than the whole leave 0") {
        TaskRules rules;
        rules.penalty_per_failed_assessment = 0.6;
        all[0].products[0].failed_assessments = {day("2026-03-14"), day("2026-03-15")};
        const TaskRegister strict(all, {}, rules);
        CHECK(task_quantities(strict, day("2026-05-01"), TaskGroup::lead)
                  .rows.at(0)
                  .quantities.quality_rate()
                  .value() == 0.5 / 3.5);
    }
}
