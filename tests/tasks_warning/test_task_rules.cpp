// Every rule about tasks on the day before, the day and the day after its
// threshold.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::Label;
using thuocdo::Task;
using thuocdo::WarningRule;

TEST_CASE("late_start: 30% of 100 days have passed on day 30, not on day 29") {
    const WarningRule late = rule(WarningKind::late_start, share(0.3));
    Task made = task("T", 100);
    CHECK_FALSE(warns(made, 29, late));
    CHECK(warns(made, 30, late));
    CHECK(warns(made, 31, late));
    CHECK(finding(made, 30, late) == Label{"not started after 30.0% of its time (30 of 100 days)",
                                           "chưa bắt đầu sau 30,0% thời gian (30/100 ngày)"});
    made.events.push_back(event(TaskEventKind::started, 31));
    CHECK(warns(made, 30, late));
    CHECK_FALSE(warns(made, 31, late));
}

TEST_CASE("late_start: a task without a deadline has no time that could pass") {
    CHECK_FALSE(warns(task("T", -1), 5000, rule(WarningKind::late_start, share(0.0))));
}

TEST_CASE("late_start: after an extension the time runs to the new deadline from its decision on") {
    const WarningRule late = rule(WarningKind::late_start, share(0.5));
    Task made = task("T", 40);
    made.extensions.push_back({on(25), on(80), "Decision 7"});
    CHECK(warns(made, 20, late));
    CHECK(warns(made, 24, late));
    CHECK_FALSE(warns(made, 25, late));
    CHECK_FALSE(warns(made, 39, late));
    CHECK(warns(made, 40, late));
}

TEST_CASE(
    "no_movement: 60 days after the last event, counted from the assignment where there is none") {
    const WarningRule still = rule(WarningKind::no_movement, days(60));
    Task made = task("T", 300);
    CHECK_FALSE(warns(made, 59, still));
    CHECK(warns(made, 60, still));
    CHECK(warns(made, 61, still));
    made.events.push_back(event(TaskEventKind::started, 50));
    CHECK_FALSE(warns(made, 60, still));
    CHECK_FALSE(warns(made, 109, still));
    CHECK(warns(made, 110, still));
    CHECK(finding(made, 110, still) == Label{"no event for 60 days, since 2026-02-20",
                                             "không có diễn biến 60 ngày, từ 20/02/2026"});
    CHECK_FALSE(warns(task("S", 300), 59, still));
    Task standing = task("S", -1);
    CHECK(warns(standing, 60, still));
}

TEST_CASE("no_movement: a task that is handed in, halted or finished does not have to move") {
    const WarningRule still = rule(WarningKind::no_movement, days(10));
    for (const TaskEventKind kind :
         {TaskEventKind::submitted, TaskEventKind::completed, TaskEventKind::accepted,
          TaskEventKind::suspended, TaskEventKind::cancelled}) {
        Task made = task("T", 300);
        made.events.push_back(event(kind, 5));
        CAPTURE(thuocdo::task_event_name(kind));
        CHECK_FALSE(warns(made, 100, still));
    }
    Task returned = task("T", 300);
    returned.events = {event(TaskEventKind::submitted, 5), event(TaskEventKind::returned, 20)};
    CHECK_FALSE(warns(returned, 29, still));
    CHECK(warns(returned, 30, still));
}

TEST_CASE("behind_schedule: more than the margin below the time passed, as decimals") {
    const WarningRule behind = rule(WarningKind::behind_schedule, margin(0.2));
    Task made = task("T", 100);
    made.events.push_back(progress(1, 0.6));
    CHECK_FALSE(warns(made, 79, behind));
    // 0.8 - 0.6 is 0.20000000000000007 as doubles.
    CHECK_FALSE(warns(made, 80, behind));
    CHECK(warns(made, 81, behind));
    CHECK(finding(made, 81, behind) ==
          Label{"60.0% done after 81.0% of its time (81 of 100 days)",
                "mới thực hiện 60,0% sau 81,0% thời gian (81/100 ngày)"});
    made.events.push_back(progress(81, 0.61));
    CHECK_FALSE(warns(made, 81, behind));
}

TEST_CASE("behind_schedule: not started is 0, started without a report is not known") {
    const WarningRule behind = rule(WarningKind::behind_schedule, margin(0.2));
    Task made = task("T", 100);
    CHECK_FALSE(warns(made, 20, behind));
    CHECK(warns(made, 21, behind));
    made.events.push_back(event(TaskEventKind::started, 10));
    CHECK_FALSE(warns(made, 90, behind));
}

TEST_CASE("milestone_missed: from the day after the milestone until its share is reported") {
    const WarningRule missed = rule(WarningKind::milestone_missed, days(0));
    Task made = task("T", 200);
    made.milestones = {{"first draft", on(40), 0.3}, {"opinions", on(80), 0.6}};
    CHECK_FALSE(warns(made, 39, missed));
    CHECK_FALSE(warns(made, 40, missed));
    CHECK(warns(made, 41, missed));
    made.events.push_back(progress(50, 0.25));
    CHECK(warns(made, 50, missed));
    CHECK(finding(made, 50, missed) ==
          Label{"milestone \"first draft\" of 2026-02-10 planned 30.0%; reported: 25.0%",
                "mốc \"first draft\" ngày 10/02/2026 phải đạt 30,0%; báo cáo: 25,0%"});
    made.events.push_back(progress(60, 0.3));
    CHECK_FALSE(warns(made, 60, missed));
    CHECK_FALSE(warns(made, 80, missed));
    CHECK(warns(made, 81, missed));
    const WarningRule with_grace = rule(WarningKind::milestone_missed, days(5));
    CHECK_FALSE(warns(made, 85, with_grace));
    CHECK(warns(made, 86, with_grace));
}

TEST_CASE("milestone_missed: a milestone of nothing needs no report") {
    Task made = task("T", 200);
    made.milestones = {{"kick-off", on(10), 0.0}};
    CHECK_FALSE(warns(made, 50, rule(WarningKind::milestone_missed, days(0))));
}

TEST_CASE("deadline_near: from 15 days before the deadline to the deadline itself") {
    thuocdo::WarningParameters given = days(15);
    given.share = 0.8;
    const WarningRule near = rule(WarningKind::deadline_near, given);
    Task made = task("T", 100);
    CHECK_FALSE(warns(made, 84, near));
    CHECK(warns(made, 85, near));
    CHECK(warns(made, 86, near));
    CHECK(finding(made, 85, near) ==
          Label{"15 days left until 2026-04-11; reported: nothing",
                "còn 15 ngày đến hạn 11/04/2026; báo cáo: chưa báo cáo"});
    CHECK(warns(made, 100, near));
    CHECK_FALSE(warns(made, 101, near));
    made.events.push_back(progress(90, 0.79));
    CHECK(warns(made, 90, near));
    made.events.push_back(progress(91, 0.8));
    CHECK_FALSE(warns(made, 91, near));
}

TEST_CASE("repeated_extension: deadlines replaced, and the one that has passed") {
    const WarningRule again = rule(WarningKind::repeated_extension, count(2));
    Task made = task("T", 50);
    made.extensions = {{on(45), on(70), "Decision 7"}};
    CHECK_FALSE(warns(made, 70, again));
    // The extended deadline has passed: that is the second.
    CHECK(warns(made, 71, again));
    made.extensions.push_back({on(72), on(200), "Decision 9"});
    CHECK(warns(made, 71, again));
    CHECK(warns(made, 72, again));
    CHECK(finding(made, 73, again) ==
          Label{"2 deadlines did not hold", "2 lần thời hạn không được giữ"});
    Task extended_early = task("T", 50);
    extended_early.extensions = {{on(10), on(70), "Decision 7"}, {on(20), on(90), "Decision 9"}};
    CHECK_FALSE(warns(extended_early, 19, again));
    CHECK(warns(extended_early, 20, again));
    CHECK(warns(extended_early, 21, again));
}

TEST_CASE("awaiting_acceptance_long: 30 days after the result was handed in") {
    const WarningRule waiting = rule(WarningKind::awaiting_acceptance_long, days(30));
    Task made = task("T", 50);
    made.events.push_back(event(TaskEventKind::submitted, 40));
    CHECK_FALSE(warns(made, 69, waiting));
    CHECK(warns(made, 70, waiting));
    CHECK(warns(made, 71, waiting));
    CHECK(finding(made, 71, waiting) ==
          Label{"handed in on 2026-02-10, not accepted for 31 days",
                "đã trình ngày 10/02/2026, chưa được nghiệm thu sau 31 ngày"});
    made.events.push_back(event(TaskEventKind::returned, 75));
    CHECK_FALSE(warns(made, 75, waiting));
    made.events.push_back(event(TaskEventKind::submitted, 80));
    CHECK_FALSE(warns(made, 109, waiting));
    CHECK(warns(made, 110, waiting));
    made.events.push_back(event(TaskEventKind::accepted, 111));
    CHECK_FALSE(warns(made, 111, waiting));
}

TEST_CASE(
    "awaiting_acceptance_long: under the rule of acceptance a report of completion waits as well") {
    const WarningRule waiting = rule(WarningKind::awaiting_acceptance_long, days(30));
    thuocdo::TaskRules strict;
    strict.timeliness = thuocdo::Timeliness::acceptance;
    Task made = task("T", 50);
    made.events.push_back(event(TaskEventKind::completed, 40));
    CHECK(warn({made}, 69, {waiting}, nullptr, strict).warnings.empty());
    CHECK(warn({made}, 70, {waiting}, nullptr, strict).warnings.size() == 1);
}
