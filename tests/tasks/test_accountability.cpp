#include <thuocdo/io/calendar.hpp>
#include <thuocdo/tasks/accountability.hpp>
#include <thuocdo/tasks/task_flow.hpp>
#include <thuocdo/tasks/task_table.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tasks/make_tasks.hpp"

using namespace thuocdo;
using namespace task_tests;

namespace {

WorkingCalendar calendar() { return io::load_calendar(THUOCDO_DATA_DIR "/calendars"); }

std::vector<OfficeTerm> heads() {
    return {{"BKHCN", "BKHCN", {"Minister", "Bộ trưởng"}, "Thủ trưởng 01", {}, day("2026-04-15")},
            {"BKHCN", "BKHCN", {"Minister", "Bộ trưởng"}, "Thủ trưởng 02", day("2026-04-16"), {}},
            {"BTC", "BTC", {"Minister", "Bộ trưởng"}, "Thủ trưởng 03", {}, {}}};
}

std::vector<Task> overdue_tasks() {
    std::vector<Task> all{simple_task("B"), simple_task("A"), simple_task("secret"),
                          simple_task("finance"), completed_task("done", "2026-03-01")};
    all[0].coordinating = {"BTC", "BNV"};
    all[1].extensions.push_back({day("2026-03-20"), day("2026-04-10"), "5/QĐ-TTg"});
    all[2].secrecy = TaskSecrecy::secret;
    all[2].title = "nội dung mật";
    all[3].lead = "BTC";
    all[3].deadline = day("2026-02-13");
    return all;
}

}  // namespace

TEST_CASE("every overdue row names body, head, position, source, deadline, extensions, lateness") {
    const TaskRegister tasks(overdue_tasks(), heads());
    const OverdueList list =
        overdue_list(tasks, day("2026-04-20"), calendar(), {.earlier = day("2026-04-05")});
    CHECK(list.total == 4);
    CHECK(list.secret == 1);
    REQUIRE(list.groups.size() == 2);
    const OverdueGroup& science = list.groups[0];
    CHECK(science.person == "Thủ trưởng 02");
    CHECK(science.position.vi == "Bộ trưởng");
    CHECK(science.secret == 1);
    REQUIRE(science.rows.size() == 2);
    const OverdueRow& first = science.rows[0];
    CHECK(first.code == "B");
    CHECK(first.lead == "BKHCN");
    CHECK(first.document == "57-NQ/TW");
    CHECK(first.coordinating == std::vector<std::string>{"BTC", "BNV"});
    CHECK(to_iso(first.deadline) == "2026-03-31");
    CHECK(first.late.calendar_days == 20);
    // 1 to 20 April 2026 has 14 days from Monday to Friday and no holiday.
    CHECK(first.late.working_days == 14);
    CHECK_FALSE(first.late.provisional);
    CHECK(first.carried_over);
    // Another person was in office when the deadline passed.
    CHECK(first.person_at_deadline == "Thủ trưởng 01");
    const OverdueRow& second = science.rows[1];
    CHECK(second.code == "A");
    CHECK(second.extensions == 1);
    CHECK(second.last_decision == "5/QĐ-TTg");
    CHECK(to_iso(*second.first_deadline) == "2026-03-31");
    CHECK(second.late.calendar_days == 10);
    CHECK_FALSE(second.carried_over);
}

TEST_CASE("the number of a document that assigned secret tasks only is in no table") {
    Task task = simple_task("secret");
    task.secrecy = TaskSecrecy::secret;
    task.document = "77/MAT";
    const TaskRegister tasks(std::vector<Task>{task, simple_task("open")});
    const TaskTable table = task_table(tasks, day("2026-02-01"), TaskGroup::document);
    CHECK(table.find("77/MAT") == nullptr);
    CHECK(table.find("")->tally.all() == 1);
    CHECK(table.total.all() == 2);
    std::ostringstream printed;
    printed << table
            << overdue_list(tasks, day("2026-04-20"), calendar(), {.by = TaskGroup::document});
    CHECK(printed.str().find("MAT") == std::string::npos);
    const TaskFlow flow =
        task_flow(tasks, day("2026-02-01"), day("2026-04-20"), TaskGroup::document);
    for (const TaskFlowRow& row : flow.rows) CHECK(row.code != "77/MAT");
}

TEST_CASE("secret tasks are only counted") {
    const TaskRegister tasks(overdue_tasks(), heads());
    std::ostringstream printed;
    for (const TaskGroup by : {TaskGroup::head, TaskGroup::lead, TaskGroup::participation,
                               TaskGroup::document, TaskGroup::nation})
        printed << overdue_list(tasks, day("2026-04-20"), calendar(), {.by = by});
    CHECK(printed.str().find("mật") == std::string::npos);
    CHECK(printed.str().find("secret ") == std::string::npos);
    CHECK(printed.str().find("of which 1 secret") != std::string::npos);
}

TEST_CASE("working days late pass over Tết 2026 and worked Saturdays") {
    Task task = simple_task("T");
    task.deadline = day("2026-02-13");
    const TaskRegister tasks(std::vector<Task>{task});
    const auto late = [&](const char* iso) { return lateness(tasks, 0, day(iso), calendar()); };
    CHECK(late("2026-02-13") == Lateness{});
    // Tết: 16 to 20 February off, weekends around it.
    CHECK(late("2026-02-22").working_days == 0);
    CHECK(late("2026-02-22").calendar_days == 9);
    CHECK(late("2026-02-23").working_days == 1);
    CHECK(late("2028-02-01").provisional);
}

TEST_CASE("the list by participation shows a task to everyone concerned and counts it once") {
    const TaskRegister tasks(overdue_tasks(), heads());
    const OverdueList list =
        overdue_list(tasks, day("2026-04-20"), calendar(), {.by = TaskGroup::participation});
    CHECK(list.total == 4);
    std::size_t shown = 0;
    for (const OverdueGroup& group : list.groups) shown += group.rows.size();
    CHECK(shown == 5);
    CHECK(overdue_list(tasks, day("2026-01-10"), calendar()).groups.empty());
}
