#include <thuocdo/tasks/task_register.hpp>
#include <thuocdo/time/local_date.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tasks/make_tasks.hpp"

using namespace thuocdo;
using namespace task_tests;

namespace {

std::string state_on(const TaskRegister& tasks, const char* iso) {
    return task_state_name(tasks.status(0, day(iso)).state);
}

TaskRegister register_of(const Task& task, const TaskRules& rules = {}) {
    return TaskRegister(std::vector<Task>{task}, {}, rules);
}

/// The standing of a task on a day, written anew from what the rules say and not
/// from what the library does: looks back from the day, event kind by event kind.
struct Expected {
    TaskState state = TaskState::not_yet_assigned;
    long days_late = 0;
    bool awaiting = false;
};

Expected look_back(const Task& task, const TaskRules& rules, const Date& today) {
    if (today < task.assigned) return {};
    const auto known = [&](std::size_t k) { return task.events[k].date <= today; };
    const auto last = [&](std::initializer_list<TaskEventKind> kinds) {
        int found = -1;
        for (std::size_t k = 0; k < task.events.size(); ++k)
            for (const TaskEventKind kind : kinds)
                if (known(k) && task.events[k].kind == kind) found = static_cast<int>(k);
        return found;
    };
    if (last({TaskEventKind::cancelled}) >= 0) return {TaskState::cancelled, 0, false};
    if (last({TaskEventKind::suspended}) > last({TaskEventKind::resumed}))
        return {TaskState::suspended, 0, false};
    const int sent_back = last({TaskEventKind::returned});
    // The first event of some kinds since the result was last sent back.
    const auto since = [&](std::initializer_list<TaskEventKind> kinds) {
        for (std::size_t k = static_cast<std::size_t>(sent_back + 1); k < task.events.size(); ++k)
            for (const TaskEventKind kind : kinds)
                if (known(k) && task.events[k].kind == kind) return static_cast<int>(k);
        return -1;
    };
    const int accepted = since({TaskEventKind::accepted});
    const int reported = since({TaskEventKind::completed, TaskEventKind::accepted});
    bool all_products = !task.products.empty();
    Date products(1400, 1, 1);
    for (const TaskProduct& product : task.products) {
        if (!product.accepted || *product.accepted > today)
            all_products = false;
        else
            products = std::max(products, *product.accepted);
    }
    const bool enough = accepted >= 0 || !rules.accepted_product_required || all_products;
    const bool done = reported >= 0 && enough;
    const auto date_at = [&](int k) { return task.events[static_cast<std::size_t>(k)].date; };
    std::optional<Date> handed_in;
    if (rules.timeliness == Timeliness::submission) {
        const int first =
            since({TaskEventKind::submitted, TaskEventKind::completed, TaskEventKind::accepted});
        if (first >= 0) handed_in = date_at(first);
    } else if (rules.timeliness == Timeliness::completion) {
        if (reported >= 0) handed_in = date_at(reported);
    } else if (done) {
        Date met = date_at(reported);
        if (rules.accepted_product_required) {
            const Date by_products = all_products ? std::max(met, products) : Date(9999, 1, 1);
            const Date by_event =
                accepted >= 0 ? std::max(met, date_at(accepted)) : Date(9999, 1, 1);
            met = std::min(by_products, by_event);
        }
        // While it is suspended nothing is finished.
        const int resumed = last({TaskEventKind::resumed});
        if (resumed >= 0) {
            const int stopped = last({TaskEventKind::suspended});
            if (date_at(stopped) <= met && met <= date_at(resumed)) met = date_at(resumed);
        }
        if (sent_back >= 0) met = std::max(met, date_at(sent_back));
        handed_in = std::max(met, task.assigned);
    }
    // The deadline in force on the day that counts.
    std::optional<Date> deadline = task.deadline;
    const Date counted = handed_in ? *handed_in : today;
    for (const DeadlineExtension& each : task.extensions)
        if (each.decided <= counted) deadline = each.last_day;
    Expected out;
    if (deadline && counted > *deadline) out.days_late = (counted - *deadline).days();
    const int begun =
        last({TaskEventKind::started, TaskEventKind::progress, TaskEventKind::submitted,
              TaskEventKind::returned, TaskEventKind::completed, TaskEventKind::accepted});
    const int phase = done ? 2 : begun >= 0 ? 1 : 0;
    out.state = static_cast<TaskState>(2 * phase + (out.days_late > 0 ? 1 : 0));
    out.awaiting = reported >= 0 && !enough;
    return out;
}

}  // namespace

TEST_CASE("the six basic states, and the day of the deadline is in time") {
    Task task = simple_task();
    auto tasks = register_of(task);
    CHECK(state_on(tasks, "2026-01-01") == "not_yet_assigned");
    CHECK(state_on(tasks, "2026-01-02") == "not_started");
    CHECK(state_on(tasks, "2026-03-31") == "not_started");
    CHECK(state_on(tasks, "2026-04-01") == "not_started_overdue");
    task.events.push_back(event(TaskEventKind::started, "2026-02-01"));
    tasks = register_of(task);
    CHECK(state_on(tasks, "2026-01-31") == "not_started");
    CHECK(state_on(tasks, "2026-02-01") == "in_progress");
    CHECK(state_on(tasks, "2026-04-01") == "in_progress_overdue");
    CHECK(tasks.status(0, day("2026-04-11")).days_late == 11);
    CHECK(state_on(register_of(completed_task("A", "2026-03-31")), "2026-12-31") ==
          "completed_on_time");
    const auto late = register_of(completed_task("A", "2026-04-02"));
    CHECK(state_on(late, "2026-04-01") == "not_started_overdue");
    CHECK(state_on(late, "2026-12-31") == "completed_late");
    // Lateness stops growing on the day the result is handed in.
    CHECK(late.status(0, day("2026-12-31")).days_late == 2);
}

TEST_CASE("a task due today is not late at 23:30 Viet Nam time given as UTC") {
    // Tools that take "today" from a UTC timestamp are off by one for seven hours a day.
    const auto tasks = register_of(simple_task());
    const Date evening = local_date("2026-03-31T16:30:00Z").value();
    CHECK(to_iso(evening) == "2026-03-31");
    CHECK(tasks.status(0, evening).state == TaskState::not_started);
    const Date after_midnight = local_date("2026-03-31T17:30:00Z").value();
    CHECK(tasks.status(0, after_midnight).state == TaskState::not_started_overdue);
}

TEST_CASE("completed without an accepted product is not complete") {
    Task task = simple_task();
    task.events.push_back(event(TaskEventKind::completed, "2026-03-20"));
    const auto waiting = register_of(task);
    const TaskStatus status = waiting.status(0, day("2026-05-01"));
    CHECK(status.state == TaskState::in_progress);
    CHECK(status.awaiting_acceptance);
    // The body handed in on time: the time that the authority takes is not its lateness.
    CHECK(status.days_late == 0);
    task.products[0].accepted = day("2026-04-20");
    auto tasks = register_of(task);
    CHECK(state_on(tasks, "2026-04-19") == "in_progress");
    CHECK(state_on(tasks, "2026-04-20") == "completed_on_time");
    SUBCASE("unless the rules hold the day of acceptance against the deadline") {
        tasks = register_of(task, {.timeliness = Timeliness::acceptance});
        CHECK(state_on(tasks, "2026-04-19") == "in_progress_overdue");
        CHECK(state_on(tasks, "2026-04-20") == "completed_late");
        CHECK(tasks.status(0, day("2026-06-01")).days_late == 20);
    }
    SUBCASE("a second product that is not accepted keeps it open") {
        task.products.push_back({"Báo cáo", {}, {}, {}, {}});
        CHECK(state_on(register_of(task), "2026-12-31") == "in_progress");
    }
    SUBCASE("an accepted event of the authority accepts the whole") {
        task.products[0].accepted.reset();
        task.events.push_back(event(TaskEventKind::accepted, "2026-05-05"));
        CHECK(state_on(register_of(task), "2026-05-05") == "completed_on_time");
    }
    SUBCASE("a task that lists no product needs that event") {
        task.products.clear();
        CHECK(state_on(register_of(task), "2026-12-31") == "in_progress");
        CHECK(state_on(register_of(task, {.accepted_product_required = false}), "2026-12-31") ==
              "completed_on_time");
    }
}

TEST_CASE("an extension counts from its decision on, and the first deadline is kept") {
    Task task = simple_task();
    task.extensions.push_back({day("2026-04-10"), day("2026-06-30"), "15/QĐ-TTg"});
    auto tasks = register_of(task);
    CHECK(state_on(tasks, "2026-04-09") == "not_started_overdue");
    CHECK(state_on(tasks, "2026-04-10") == "not_started");
    const TaskStatus status = tasks.status(0, day("2026-05-01"));
    CHECK(status.extended);
    CHECK(to_iso(date_of(status.deadline)) == "2026-06-30");
    CHECK(to_iso(date_of(tasks.first_deadline(0))) == "2026-03-31");
    // The first deadline had passed when it was replaced: one is missed already.
    CHECK(status.deadlines_missed == 1);
    CHECK(tasks.status(0, day("2026-07-01")).deadlines_missed == 2);
    SUBCASE("a decision after completion does not make a late task timely") {
        task = completed_task("A", "2026-04-05");
        task.extensions.push_back({day("2026-04-10"), day("2026-06-30"), "15/QĐ-TTg"});
        tasks = register_of(task);
        CHECK(state_on(tasks, "2026-12-31") == "completed_late");
        CHECK(tasks.status(0, day("2026-12-31")).days_late == 5);
    }
}

TEST_CASE("sent back, suspended, resumed, cancelled, exempted") {
    Task task = simple_task();
    task.events = {event(TaskEventKind::submitted, "2026-03-30"),
                   event(TaskEventKind::returned, "2026-04-02"),
                   event(TaskEventKind::suspended, "2026-05-01"),
                   event(TaskEventKind::resumed, "2026-06-01"),
                   event(TaskEventKind::exempted, "2026-06-10"),
                   event(TaskEventKind::cancelled, "2026-07-01")};
    const auto tasks = register_of(task);
    // Handed in on time, the clock stands; sent back, it runs on.
    CHECK(state_on(tasks, "2026-04-01") == "in_progress");
    CHECK(state_on(tasks, "2026-04-02") == "in_progress_overdue");
    CHECK(tasks.status(0, day("2026-04-02")).returned);
    CHECK(state_on(tasks, "2026-05-01") == "suspended");
    CHECK(state_on(tasks, "2026-06-01") == "in_progress_overdue");
    CHECK_FALSE(tasks.status(0, day("2026-06-09")).exempted);
    CHECK(tasks.status(0, day("2026-06-10")).exempted);
    CHECK(state_on(tasks, "2026-07-01") == "cancelled");
    CHECK(state_on(tasks, "2030-01-01") == "cancelled");
}

TEST_CASE("due soon until the deadline and never after handing in") {
    Task task = simple_task();
    const auto soon = [&](const Task& each, const char* iso) {
        return register_of(each, {.due_soon_days = 10}).status(0, day(iso)).due_soon;
    };
    CHECK_FALSE(soon(task, "2026-03-20"));
    CHECK(soon(task, "2026-03-21"));
    CHECK(soon(task, "2026-03-31"));
    CHECK_FALSE(soon(task, "2026-04-01"));
    task.events.push_back(event(TaskEventKind::submitted, "2026-03-25"));
    CHECK(soon(task, "2026-03-24"));
    CHECK_FALSE(soon(task, "2026-03-25"));
}

TEST_CASE("status on every day equals what looking back from that day gives") {
    // 2,000 random lives x 330 days x 3 rules of timeliness, against an independent formulation.
    for (const Timeliness timeliness :
         {Timeliness::submission, Timeliness::completion, Timeliness::acceptance}) {
        const TaskRules rules{.accepted_product_required = true, .timeliness = timeliness};
        testing_support::Random random(57);
        for (int k = 0; k < 2000; ++k) {
            const Task task = random_task(random, "T");
            // Several stops at once are beyond the simple formulation above.
            if (timeliness == Timeliness::acceptance &&
                std::count_if(task.events.begin(), task.events.end(), [](const TaskEvent& each) {
                    return each.kind == TaskEventKind::suspended;
                }) > 0)
                continue;
            const auto tasks = register_of(task, rules);
            for (int offset = 0; offset < 330; ++offset) {
                const Date today = Date(2025, 12, 25) + boost::gregorian::days(offset);
                const Expected expected = look_back(task, rules, today);
                const TaskStatus status = tasks.status(0, today);
                CAPTURE(k);
                CAPTURE(to_iso(today));
                REQUIRE(std::string(task_state_name(status.state)) ==
                        task_state_name(expected.state));
                REQUIRE(status.days_late == expected.days_late);
                REQUIRE(status.awaiting_acceptance == expected.awaiting);
            }
        }
    }
}

TEST_CASE("skipping any day of evaluation changes nothing") {
    // A job that flags only what fell due yesterday leaves a task "on time" for ever after one
    // missed night. Here the past is never looked at: evaluating in any order gives the same.
    testing_support::Random random(2026);
    std::vector<Task> all;
    for (int k = 0; k < 200; ++k) all.push_back(random_task(random, "T" + std::to_string(k)));
    const TaskRegister tasks(all);
    std::vector<TaskStatus> straight;
    for (int offset = 0; offset < 300; ++offset)
        for (std::size_t row = 0; row < tasks.size(); ++row)
            straight.push_back(
                tasks.status(row, Date(2026, 1, 1) + boost::gregorian::days(offset)));
    for (int k = 0; k < 20000; ++k) {
        const std::size_t offset = random.below(300);
        const std::size_t row = random.below(tasks.size());
        const Date today = Date(2026, 1, 1) + boost::gregorian::days(static_cast<long>(offset));
        REQUIRE(tasks.status(row, today) == straight[offset * tasks.size() + row]);
    }
}
