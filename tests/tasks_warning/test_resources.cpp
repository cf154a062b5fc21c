// Money of tasks against time and progress.
#include <thuocdo/tasks/resources.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::ResourceRow;
using thuocdo::ResourceTable;
using thuocdo::SecretTasks;
using thuocdo::Task;
using thuocdo::TaskGroup;
using thuocdo::TaskRegister;
using thuocdo::TaskResources;

namespace {

TaskResources money_on(const Task& made, int day) {
    return thuocdo::task_resources(TaskRegister(std::vector<Task>{made}), 0, on(day));
}

/// Two tasks of A, one of B that A coordinates, one without money, one secret.
/// On day 50:
///   A1: 100 days, 1000 allocated, 200 disbursed, progress 0.4
///   A2: 200 days, 3000 allocated, 300 disbursed, no report
///   B1: no deadline, 500 allocated, 500 disbursed, completed
///   B2: no money
///   S1: 100 days, 7000 allocated
std::vector<Task> five_tasks() {
    std::vector<Task> tasks;
    tasks.push_back(task("A1", 100));
    tasks.back().money = {{on(1), 1000, 0}, {on(50), 0, 200}, {on(51), 0, 800}};
    tasks.back().events = {progress(20, 0.4)};
    tasks.push_back(task("A2", 200));
    tasks.back().money = {{on(1), 3000, 300}};
    tasks.back().events = {event(TaskEventKind::started, 5)};
    tasks.push_back(task("B1", -1));
    tasks.back().lead = "B";
    tasks.back().coordinating = {"A"};
    tasks.back().money = {{on(1), 500, 500}};
    finish(tasks.back(), 40);
    tasks.push_back(task("B2", 100));
    tasks.back().lead = "B";
    tasks.push_back(task("S1", 100));
    tasks.back().money = {{on(1), 7000, 0}};
    tasks.back().secrecy = thuocdo::TaskSecrecy::secret;
    return tasks;
}

ResourceTable table_of(const std::vector<Task>& tasks, TaskGroup by,
                       SecretTasks secret = SecretTasks::left_out) {
    return thuocdo::resource_table(TaskRegister(tasks), on(50), by, secret);
}

std::string everything(const ResourceTable& table) {
    std::ostringstream text;
    text.precision(17);
    text << table;
    for (const auto& each : table.lines)
        text << each.address.task << each.money.allocated << each.money.disbursed_share();
    return text.str();
}

}  // namespace

TEST_CASE("share of time passed: whole days, clipped, 1 on the deadline itself") {
    CHECK(thuocdo::elapsed_share(0, 100, -5) == 0.0);
    CHECK(thuocdo::elapsed_share(0, 100, 0) == 0.0);
    CHECK(thuocdo::elapsed_share(0, 100, 30) == 0.3);
    CHECK(thuocdo::elapsed_share(0, 100, 100) == 1.0);
    CHECK(thuocdo::elapsed_share(0, 100, 500) == 1.0);
    CHECK(thuocdo::elapsed_share(7, 7, 7) == 1.0);
    CHECK(thuocdo::elapsed_share(7, 7, 6) == 0.0);
    CHECK(std::isnan(thuocdo::elapsed_share(0, thuocdo::never, 30)));
}

TEST_CASE("only entries until the day count, and what was taken back is negative") {
    Task made = task("T", 100);
    made.money = {{on(10), 1000, 0}, {on(20), 0, 250}, {on(30), -500, 0}, {on(40), -500, 0}};
    made.events = {progress(15, 0.25)};
    CHECK_FALSE(money_on(made, 9).has_money());
    CHECK(std::isnan(money_on(made, 9).disbursed_share()));
    CHECK(std::isnan(money_on(made, 9).undisbursed()));
    CHECK(money_on(made, 10).disbursed_share() == 0.0);
    CHECK(money_on(made, 20).disbursed_share() == 0.25);
    CHECK(money_on(made, 20).gap_to_elapsed() == doctest::Approx(0.05));
    CHECK(money_on(made, 20).gap_to_progress() == 0.0);
    CHECK(money_on(made, 30).disbursed_share() == 0.5);
    CHECK(money_on(made, 30).undisbursed() == 250.0);
    // All of it taken back: there is money, and no share of nothing.
    CHECK(money_on(made, 40).allocated == 0.0);
    CHECK(std::isnan(money_on(made, 40).disbursed_share()));
    CHECK(std::isnan(money_on(made, -1).elapsed));
}

TEST_CASE("progress: completed is 1, not started is 0, no report is not known") {
    Task made = task("T", 100);
    CHECK(money_on(made, 10).progress == 0.0);
    made.events = {event(TaskEventKind::started, 20), progress(30, 0.3)};
    CHECK(std::isnan(money_on(made, 20).progress));
    CHECK(money_on(made, 30).progress == 0.3);
    finish(made, 60);
    CHECK(money_on(made, 60).progress == 1.0);
}

TEST_CASE("groups: the expected share weighs the time by allocation, over the same tasks") {
    const ResourceTable table = table_of(five_tasks(), TaskGroup::lead);
    REQUIRE(table.rows.size() == 2);
    const ResourceRow& a = table.rows[0];
    CHECK(a.code == "A");
    CHECK(a.tasks == 2);
    CHECK(a.with_money == 2);
    CHECK(a.allocated == 4000.0);
    CHECK(a.disbursed == 500.0);
    CHECK(a.disbursed_share == 0.125);
    // (1000 * 50/100 + 3000 * 50/200) / 4000
    CHECK(a.elapsed == 0.3125);
    CHECK(a.gap_to_elapsed == 0.125 - 0.3125);
    // Only A1 reports.
    CHECK(a.progress == 0.4);
    CHECK(a.gap_to_progress == 0.2 - 0.4);
    const ResourceRow& b = table.rows[1];
    CHECK(b.tasks == 2);
    CHECK(b.with_money == 1);
    CHECK(b.disbursed_share == 1.0);
    // Its money has no deadline; the task with a deadline has no money.
    CHECK(std::isnan(b.elapsed));
    CHECK(std::isnan(b.gap_to_elapsed));
    CHECK(b.gap_to_progress == 0.0);
    CHECK(table.total.allocated == 4500.0);
    CHECK(table.find("B") == &b);
    CHECK(table.find("Z") == nullptr);
}

TEST_CASE("participations overlap, and the total has every task once") {
    const ResourceTable table = table_of(five_tasks(), TaskGroup::participation);
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].allocated == 4500.0);
    CHECK(table.rows[1].allocated == 500.0);
    CHECK(table.total.allocated == 4500.0);
    CHECK(table.total.tasks == 4);
}

TEST_CASE("secret tasks are counted, never listed, and in the sums only where it is asked for") {
    const ResourceTable without = table_of(five_tasks(), TaskGroup::nation);
    const ResourceTable with = table_of(five_tasks(), TaskGroup::nation, SecretTasks::included);
    CHECK(without.secret_count == 1);
    CHECK(without.total.allocated == 4500.0);
    CHECK(with.total.allocated == 11500.0);
    CHECK(with.total.tasks == 5);
    for (const ResourceTable& table : {without, with}) {
        REQUIRE(table.lines.size() == 3);
        for (const auto& line : table.lines) CHECK(line.address.task != "S1");
    }
}

TEST_CASE("sums do not depend on the order of tasks, even where plain additions would") {
    std::vector<Task> tasks;
    for (const double amount : {1e17, 3.0, 0.1, -1e17, 7e9, 0.2}) {
        tasks.push_back(task("T" + std::to_string(tasks.size()), 100));
        tasks.back().money = {{on(1), amount, amount / 4}};
    }
    const std::string forward = everything(table_of(tasks, TaskGroup::lead));
    CHECK(table_of(tasks, TaskGroup::lead).total.allocated == 7000000003.3);
    std::sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
        return a.money[0].allocated < b.money[0].allocated;
    });
    CHECK(everything(table_of(tasks, TaskGroup::lead)) == forward);
}

TEST_CASE("an empty register has a total of nothing, with NaN and not 0") {
    const ResourceTable table = table_of({}, TaskGroup::lead);
    CHECK(table.rows.empty());
    CHECK(table.total.tasks == 0);
    CHECK(std::isnan(table.total.allocated));
    CHECK(std::isnan(table.total.disbursed_share));
    CHECK(everything(table).find("nan") == std::string::npos);
}

TEST_CASE("tables by head name the person in office on the day") {
    std::vector<thuocdo::OfficeTerm> offices(1);
    offices[0] = {"A", "A", {"Minister", "Bộ trưởng"}, "Nguyễn Văn An", {}, {}};
    const ResourceTable table =
        thuocdo::resource_table(TaskRegister(five_tasks(), offices), on(50), TaskGroup::head);
    REQUIRE(table.find("A") != nullptr);
    CHECK(table.find("A")->person == "Nguyễn Văn An");
    REQUIRE(table.lines.size() == 3);
    CHECK(table.lines[0].address.person == "Nguyễn Văn An");
    CHECK(table.lines[2].address.person.empty());
}
