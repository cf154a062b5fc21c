#include <thuocdo/tasks/task_register.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "tasks/make_tasks.hpp"

using namespace thuocdo;
using namespace task_tests;

namespace {

/// `code@place` of every problem of one task.
std::string problems_of_task(const Task& task) {
    std::string text;
    const auto problems = testing_support::problems_of<TaskError>(
        [&] { TaskRegister tasks(std::vector<Task>{task}); });
    for (const Problem& problem : problems)
        text += (text.empty() ? "" : " ") + problem.code + '@' + problem.place;
    return text;
}

std::string problems_after(const std::function<void(Task&)>& change) {
    Task task = simple_task("A");
    change(task);
    return problems_of_task(task);
}

}  // namespace

TEST_CASE("every mistake in a task has its code and its place") {
    struct Case {
        const char* expected;
        std::function<void(Task&)> change;
    };
    const auto add = [](TaskEventKind kind, const char* iso) {
        return [kind, iso](Task& task) { task.events.push_back(event(kind, iso)); };
    };
    const std::vector<Case> cases{
        {"empty_code@task \"\"/code", [](Task& t) { t.code.clear(); }},
        {"surrounding_space@task \" A\"/code", [](Task& t) { t.code = " A"; }},
        {"lead_missing@task \"A\"/lead", [](Task& t) { t.lead.clear(); }},
        {"several_leads@task \"A\"/lead", [](Task& t) { t.lead = "BKHCN; BTC"; }},
        {"lead_coordinates@task \"A\"/coordinating/0", [](Task& t) { t.coordinating = {"BKHCN"}; }},
        {"duplicate_body@task \"A\"/coordinating/1",
         [](Task& t) {
             t.coordinating = {"BTC", "BTC"};
         }},
        {"coefficient@task \"A\"/coefficient", [](Task& t) { t.coefficient = 0.0; }},
        {"coefficient@task \"A\"/coefficient", [](Task& t) { t.coefficient = 1.00001; }},
        {"date_missing@task \"A\"/assigned", [](Task& t) { t.assigned = Date(); }},
        {"deadline_before_assignment@task \"A\"/deadline",
         [](Task& t) { t.deadline = day("2026-01-01"); }},
        {"decision_missing@task \"A\"/extensions/0/decision",
         [](Task& t) {
             t.extensions.push_back({day("2026-03-01"), day("2026-05-01"), ""});
         }},
        {"extension_not_later@task \"A\"/extensions/0/last_day",
         [](Task& t) {
             t.extensions.push_back({day("2026-03-01"), day("2026-03-31"), "1"});
         }},
        {"extension_without_deadline@task \"A\"/extensions/0",
         [](Task& t) {
             t.deadline.reset();
             t.extensions.push_back({day("2026-03-01"), day("2026-03-31"), "1"});
         }},
        {"event_before_assignment@task \"A\"/events/0/date",
         add(TaskEventKind::started, "2026-01-01")},
        {"authority_missing@task \"A\"/events/0/authority",
         [](Task& t) {
             t.events.push_back(event(TaskEventKind::exempted, "2026-02-01"));
             t.events[0].authority.clear();
         }},
        {"share_out_of_range@task \"A\"/events/0/share",
         add(TaskEventKind::progress, "2026-02-01")},
        {"share_not_expected@task \"A\"/events/0/share",
         [](Task& t) {
             t.events.push_back(event(TaskEventKind::started, "2026-02-01"));
             t.events[0].share = 0.1;
         }},
        {"not_suspended@task \"A\"/events/0", add(TaskEventKind::resumed, "2026-02-01")},
        {"event_while_suspended@task \"A\"/events/1",
         [](Task& t) {
             t.events = {event(TaskEventKind::suspended, "2026-02-01"),
                         event(TaskEventKind::completed, "2026-02-02")};
         }},
        {"event_after_cancellation@task \"A\"/events/0",
         [](Task& t) {
             t.events = {event(TaskEventKind::completed, "2026-02-03"),
                         event(TaskEventKind::cancelled, "2026-02-01")};
         }},
        {"completed_twice@task \"A\"/events/1",
         [](Task& t) {
             t.events = {event(TaskEventKind::completed, "2026-02-01"),
                         event(TaskEventKind::completed, "2026-02-02")};
         }},
        {"milestone_order@task \"A\"/milestones/1/date",
         [](Task& t) {
             t.milestones = {{"a", day("2026-02-02"), 0.2}, {"b", day("2026-02-01"), 0.4}};
         }},
        {"milestone_falls@task \"A\"/milestones/1/planned_share",
         [](Task& t) {
             t.milestones = {{"a", day("2026-02-01"), 0.4}, {"b", day("2026-02-02"), 0.2}};
         }},
        {"share_out_of_range@task \"A\"/milestones/0/planned_share",
         [](Task& t) {
             t.milestones = {{"a", day("2026-02-01"), 40.0}};
         }},
        {"quality_without_acceptance@task \"A\"/products/0/quality",
         [](Task& t) { t.products[0].quality = ProductQuality::meets; }},
        {"coefficient@task \"A\"/products/0/coefficient",
         [](Task& t) { t.products[0].coefficient = -1.0; }},
        {"amount@task \"A\"/money/0/allocated",
         [](Task& t) {
             t.money = {{day("2026-02-01"), 1.0 / 0.0, 0.0}};
         }},
    };
    for (const Case& each : cases) {
        CAPTURE(each.expected);
        CHECK(problems_after(each.change) == each.expected);
    }
    CHECK(problems_after([](Task&) {}).empty());
}

TEST_CASE("all problems of all tasks come at once and nothing is half done") {
    TaskRegister tasks(std::vector<Task>{simple_task("A")});
    Task bad = simple_task("B");
    bad.lead.clear();
    bad.coefficient = -1.0;
    const auto problems = testing_support::problems_of<TaskError>([&] {
        tasks.add(std::vector<Task>{simple_task("C"), bad, simple_task("A"), simple_task("C")});
    });
    REQUIRE(problems.size() == 4);
    CHECK(problems[2].code == "duplicate_task");
    CHECK(problems[2].place == "task \"A\"");
    CHECK(problems[3].place == "task \"C\"");
    CHECK(tasks.size() == 1);
    CHECK_FALSE(tasks.find("C"));
    CHECK_THROWS_AS(tasks.record("none", event(TaskEventKind::started, "2026-02-01")), TaskError);
    CHECK_THROWS_AS(tasks.record("A", event(TaskEventKind::started, "2025-02-01")), TaskError);
    CHECK(tasks.task(0).events.empty());
}

TEST_CASE("a task comes out of the register as it went in") {
    testing_support::Random random(3);
    TaskRegister tasks;
    std::vector<Task> all;
    for (int k = 0; k < 500; ++k) {
        all.push_back(random_task(random, "T" + std::to_string(k)));
        all.back().title = k % 7 == 0 ? "" : "Nhiệm vụ " + std::to_string(k % 50);
        all.back().post = k % 3 == 0 ? "P1" : "";
        all.back().deadline_text = k % 2 == 0 ? "trong Quý I/2026" : "";
        if (k % 5 == 0) all.back().money = {{day("2026-02-01"), 5e9, 1e8}};
        if (k % 4 == 0) all.back().milestones = {{"Giai đoạn 1", day("2026-02-01"), 0.25}};
    }
    tasks.add(all);
    for (int round = 0; round < 300; ++round) {
        // Rows that grow and shrink do not touch each other.
        const std::size_t row = random.below(all.size());
        Task next = random_task(random, all[row].code);
        tasks.replace(next);
        all[row] = next;
    }
    for (std::size_t row = 0; row < all.size(); ++row) {
        const Task& in = all[row];
        const Task out = tasks.task(row);
        CHECK(tasks.find(in.code) == row);
        CHECK(out.title == in.title);
        CHECK(out.lead == in.lead);
        CHECK(out.post == in.post);
        CHECK(out.coordinating == in.coordinating);
        CHECK(out.deadline_text == in.deadline_text);
        CHECK(out.assigned == in.assigned);
        CHECK(out.deadline == in.deadline);
        CHECK(out.coefficient == in.coefficient);
        CHECK(out.secrecy == in.secrecy);
        CHECK(out.indicators == in.indicators);
        CHECK(out.money.size() == in.money.size());
        CHECK(out.milestones.size() == in.milestones.size());
        REQUIRE(out.events.size() == in.events.size());
        for (std::size_t k = 0; k < in.events.size(); ++k) {
            CHECK(out.events[k].kind == in.events[k].kind);
            CHECK(out.events[k].date == in.events[k].date);
            CHECK(out.events[k].authority == in.events[k].authority);
        }
        REQUIRE(out.products.size() == in.products.size());
        for (std::size_t k = 0; k < in.products.size(); ++k) {
            CHECK(out.products[k].accepted == in.products[k].accepted);
            CHECK(out.products[k].quality == in.products[k].quality);
            CHECK(out.products[k].coefficient == in.products[k].coefficient);
            CHECK(out.products[k].failed_assessments == in.products[k].failed_assessments);
        }
        REQUIRE(out.extensions.size() == in.extensions.size());
    }
}

TEST_CASE("offices: one person in a post on a day, and rules in range") {
    const OfficeTerm first{"P", "B1", {"Head", "Thủ trưởng"}, "A", {}, day("2026-03-01")};
    const OfficeTerm second{"P", "B1", {"Head", "Thủ trưởng"}, "B", day("2026-03-01"), {}};
    const auto problems = testing_support::problems_of<TaskError>([&] {
        TaskRegister tasks(TaskRules{}, std::vector<OfficeTerm>{first, second});
    });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "two_in_office");
    CHECK(problems[0].place == "/offices/1");
    TaskRules rules;
    rules.penalty_per_failed_assessment = 25.0;
    CHECK_THROWS_AS(TaskRegister{rules}, TaskError);
    TaskRegister tasks(TaskRules{}, std::vector<OfficeTerm>{first});
    Task task = simple_task("A");
    task.post = "P";
    tasks.add(task);
    CHECK(tasks.offices()[*tasks.accountable(0, day_number(day("2026-03-01")))].person == "A");
    CHECK_FALSE(tasks.accountable(0, day_number(day("2026-03-02"))));
}
