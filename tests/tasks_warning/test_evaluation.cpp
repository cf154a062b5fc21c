// Quality of rules on a history that is counted by hand.
#include <thuocdo/tasks/warning_evaluation.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::Date;
using thuocdo::DeadlineOutcome;
using thuocdo::Task;
using thuocdo::TaskRegister;
using thuocdo::WarningEvaluation;
using thuocdo::WarningQuality;
using thuocdo::WarningRule;

namespace {

std::vector<Date> grid(const std::vector<int>& days) {
    std::vector<Date> dates;
    for (const int day : days) dates.push_back(on(day));
    return dates;
}

Task started(const std::string& code, int deadline, int start) {
    Task made = task(code, deadline);
    made.events.push_back(event(TaskEventKind::started, start));
    return made;
}

/// The history of the cases below; the grid is day 30, 60, 90, the end day 200.
/// Rule `late`: not started after half of the time. Rule `still`: no event for 50
/// days. All deadlines are day 100 where nothing else is said.
///
// clang-format off
/// | task | what happens                                             | late        | still              | truth                |
/// | H1   | started on 70, finished on 120                           | 60, lead 40 | 60, lead 40        | missed               |
/// | H2   | never starts                                             | 60, lead 40 | 60, lead 40        | missed               |
/// | H3   | never starts; on 110 extended to 300; open in time at end | 60, lead 40 | 60, lead 40        | missed, then extended |
/// | F1   | never starts; finished on 95                             | 60          | 60                 | kept                 |
/// | M1   | started on 20, progress on 55, finished on 130           | -           | - (35 days on 90)  | missed               |
/// | M2   | started on 5, finished on 140                            | -           | 60, lead 40        | missed               |
/// | Q1   | started on 20, finished on 50                            | -           | -                  | kept                 |
/// | U1   | deadline 400, never starts                               | - (22.5%)   | 60                 | unknown: open        |
/// | U2   | never starts, cancelled on 65                            | 60          | 60                 | unknown: cancelled   |
/// | U3   | never starts; on 80 extended to 150, finished on 140     | 60          | 60                 | kept by the new deadline |
/// | D1   | deadline 59, starts on 31, finished on 100               | 30, lead 29 | -                  | missed               |
/// | N1   | no deadline                                              | not watched |                    |                      |
/// | N2   | deadline 20                                              | not watched: beyond it on the first day |        |                      |
/// | S1   | secret                                                   | left out    |                    |                      |
// clang-format on
std::vector<Task> history() {
    std::vector<Task> tasks;
    tasks.push_back(started("H1", 100, 70));
    finish(tasks.back(), 120);
    tasks.push_back(task("H2", 100));
    tasks.push_back(task("H3", 100));
    tasks.back().extensions = {{on(110), on(300), "Decision 1"}};
    tasks.push_back(task("F1", 100));
    finish(tasks.back(), 95);
    tasks.push_back(started("M1", 100, 20));
    tasks.back().events.push_back(progress(55, 0.5));
    finish(tasks.back(), 130);
    tasks.push_back(started("M2", 100, 5));
    finish(tasks.back(), 140);
    tasks.push_back(started("Q1", 100, 20));
    finish(tasks.back(), 50);
    tasks.push_back(task("U1", 400));
    tasks.push_back(task("U2", 100));
    tasks.back().events.push_back(event(TaskEventKind::cancelled, 65));
    tasks.push_back(task("U3", 100));
    tasks.back().extensions = {{on(80), on(150), "Decision 2"}};
    finish(tasks.back(), 140);
    tasks.push_back(started("D1", 59, 31));
    finish(tasks.back(), 100);
    tasks.push_back(task("N1", -1));
    tasks.push_back(task("N2", 20));
    tasks.push_back(task("S1", 100));
    tasks.back().secrecy = thuocdo::TaskSecrecy::secret;
    return tasks;
}

std::vector<WarningRule> two_rules() {
    return {rule(WarningKind::late_start, share(0.5), "late", WarningSeverity::warning, 30),
            rule(WarningKind::no_movement, days(50), "still", WarningSeverity::notice, 41)};
}

WarningEvaluation evaluated(const std::vector<Task>& tasks,
                            const std::vector<WarningRule>& rules = two_rules()) {
    return thuocdo::evaluate_warnings(TaskRegister(tasks), grid({30, 60, 90}), on(200), rules);
}

}  // namespace

TEST_CASE("counts and rates are those of the history counted by hand") {
    const WarningEvaluation found = evaluated(history());
    // H1-H3, F1, M1, M2, Q1, U1-U3, D1.
    CHECK(found.watched == 11);
    CHECK(found.secret_count == 1);
    REQUIRE(found.rules.size() == 2);

    const WarningQuality& late = found.rules[0];
    CHECK(late.rule == "late");
    CHECK(late.hits == 4);            // H1, H2, H3, D1
    CHECK(late.false_alarms == 2);    // F1, U3
    CHECK(late.misses == 2);          // M1, M2
    CHECK(late.quiet == 1);           // Q1
    CHECK(late.warned_unknown == 1);  // U2
    CHECK(late.quiet_unknown == 1);   // U1
    CHECK(late.lead_times == std::map<std::int32_t, std::int64_t>{{29, 1}, {40, 3}});
    CHECK(late.hits_in_good_time == 3);  // aims at 30 days; D1 had 29
    CHECK(late.precision() == thuocdo::TaskRate{4, 6});
    CHECK(late.recall() == thuocdo::TaskRate{4, 6});
    CHECK(late.f1().value() == doctest::Approx(2.0 / 3.0));
    CHECK(late.base_rate() == thuocdo::TaskRate{6, 9});
    CHECK(late.false_alarms_per_100_tasks().value() == doctest::Approx(200.0 / 9.0));
    CHECK(late.mean_lead_time().value() == 149.0 / 4.0);
    CHECK(late.median_lead_time() == 40.0);

    const WarningQuality& still = found.rules[1];
    CHECK(still.hits == 4);            // H1, H2, H3, M2
    CHECK(still.false_alarms == 2);    // F1, U3
    CHECK(still.misses == 2);          // M1, D1
    CHECK(still.quiet == 1);           // Q1
    CHECK(still.warned_unknown == 2);  // U1, U2
    CHECK(still.quiet_unknown == 0);
    CHECK(still.lead_times == std::map<std::int32_t, std::int64_t>{{40, 4}});
    CHECK(still.hits_in_good_time == 0);

    CHECK(found.all.hits == 5);            // H1, H2, H3, M2, D1
    CHECK(found.all.false_alarms == 2);    // F1, U3
    CHECK(found.all.misses == 1);          // M1
    CHECK(found.all.quiet == 1);           // Q1
    CHECK(found.all.warned_unknown == 2);  // U1, U2
    CHECK(found.all.lead_times == std::map<std::int32_t, std::int64_t>{{29, 1}, {40, 4}});
    // Both rules hold for H1, H2 and H3 on day 60: the aim of 30 days counts.
    CHECK(found.all.hits_in_good_time == 3);
}

TEST_CASE("the grid of every warned day agrees with early_warnings on that day") {
    const TaskRegister tasks(history());
    std::map<std::string, int> first;
    for (const int day : {30, 60, 90})
        for (const auto& each : thuocdo::early_warnings(tasks, on(day), two_rules()).warnings)
            if (each.rule == "late" && each.days_left >= 0 && each.days_left != thuocdo::never)
                first.emplace(each.address.task, day);
    CHECK(first ==
          std::map<std::string, int>{
              {"H1", 60}, {"H2", 60}, {"H3", 60}, {"F1", 60}, {"U2", 60}, {"U3", 60}, {"D1", 30}});
}

TEST_CASE("outcomes: overdue once is missed, whatever comes later; the rest is kept or unknown") {
    const auto outcome = [](const Task& made, int after, int end) {
        const TaskRegister tasks(std::vector<Task>{made});
        return thuocdo::deadline_outcome(tasks, 0, thuocdo::day_number(on(after)),
                                         thuocdo::day_number(on(end)));
    };
    Task made = task("T", 100);
    CHECK(outcome(made, 50, 100) == DeadlineOutcome::unknown);
    CHECK(outcome(made, 50, 101) == DeadlineOutcome::missed);

    Task cancelled = made;
    cancelled.events = {event(TaskEventKind::cancelled, 101)};
    CHECK(outcome(cancelled, 50, 200) == DeadlineOutcome::unknown);
    cancelled.events = {event(TaskEventKind::cancelled, 102)};
    CHECK(outcome(cancelled, 50, 200) == DeadlineOutcome::missed);

    Task suspended = made;
    suspended.events = {event(TaskEventKind::suspended, 90)};
    CHECK(outcome(suspended, 50, 200) == DeadlineOutcome::unknown);
    suspended.events.push_back(event(TaskEventKind::resumed, 150));
    CHECK(outcome(suspended, 50, 149) == DeadlineOutcome::unknown);
    CHECK(outcome(suspended, 50, 150) == DeadlineOutcome::missed);

    Task waiting = made;
    waiting.events = {event(TaskEventKind::submitted, 100)};
    CHECK(outcome(waiting, 50, 200) == DeadlineOutcome::unknown);
    waiting.events.push_back(event(TaskEventKind::accepted, 180));
    CHECK(outcome(waiting, 50, 200) == DeadlineOutcome::kept);
    CHECK(outcome(waiting, 50, 179) == DeadlineOutcome::unknown);

    Task returned = made;
    returned.events = {event(TaskEventKind::submitted, 100), event(TaskEventKind::returned, 120)};
    CHECK(outcome(returned, 50, 119) == DeadlineOutcome::unknown);
    CHECK(outcome(returned, 50, 120) == DeadlineOutcome::missed);

    // A deadline that was missed before the reference day is the past.
    Task twice = made;
    twice.extensions = {{on(110), on(150), "Decision 1"}};
    finish(twice, 140);
    CHECK(outcome(twice, 50, 200) == DeadlineOutcome::missed);
    CHECK(outcome(twice, 120, 200) == DeadlineOutcome::kept);
}

TEST_CASE("median lead time: the middle, or the mean of the two in the middle") {
    WarningQuality quality;
    CHECK(std::isnan(quality.median_lead_time()));
    CHECK(std::isnan(quality.mean_lead_time().value()));
    quality.lead_times = {{5, 1}};
    CHECK(quality.median_lead_time() == 5.0);
    quality.lead_times = {{5, 1}, {8, 1}};
    CHECK(quality.median_lead_time() == 6.5);
    quality.lead_times = {{5, 1}, {8, 2}};
    CHECK(quality.median_lead_time() == 8.0);
    quality.lead_times = {{0, 3}, {10, 2}};
    CHECK(quality.median_lead_time() == 0.0);
    CHECK(quality.mean_lead_time().value() == 4.0);
}

TEST_CASE("rates without anything to divide by are NaN") {
    for (const WarningEvaluation& found :
         {evaluated({}), evaluated({task("N", -1)}),
          thuocdo::evaluate_warnings(TaskRegister(history()), {}, on(200), two_rules())}) {
        CHECK(found.watched == 0);
        REQUIRE(found.rules.size() == 2);
        for (const WarningQuality& each : found.rules) {
            CHECK(std::isnan(each.precision().value()));
            CHECK(std::isnan(each.recall().value()));
            CHECK(std::isnan(each.f1().value()));
            CHECK(std::isnan(each.false_alarms_per_100_tasks().value()));
            CHECK(std::isnan(each.in_good_time().value()));
        }
    }
    std::ostringstream text;
    text << evaluated({});
    CHECK(text.str().find("nan") == std::string::npos);
}

TEST_CASE("parts of a register add up to the whole, and the order of tasks does not matter") {
    std::vector<Task> tasks = history();
    const WarningEvaluation whole = evaluated(tasks);
    for (std::size_t cut = 0; cut <= tasks.size(); ++cut) {
        const auto middle = tasks.begin() + static_cast<std::ptrdiff_t>(cut);
        WarningEvaluation sum = evaluated({tasks.begin(), middle});
        sum.add(evaluated({middle, tasks.end()}));
        CHECK(sum == whole);
    }
    std::reverse(tasks.begin(), tasks.end());
    CHECK(evaluated(tasks) == whole);
}

TEST_CASE("evaluations of different rules are not added") {
    WarningEvaluation one = evaluated(history());
    const WarningEvaluation other =
        evaluated(history(), {rule(WarningKind::no_movement, days(5), "still")});
    CHECK_THROWS_AS(one.add(other), thuocdo::TaskError);
}

TEST_CASE("rules about indicators aim at no deadline and are listed as not evaluated") {
    const WarningEvaluation found =
        evaluated(history(), {rule(WarningKind::stale_data, days(5), "stale"), two_rules()[0]});
    CHECK(found.not_evaluated == std::vector<std::string>{"stale"});
    REQUIRE(found.rules.size() == 1);
    CHECK(found.rules.front().hits == 4);
}

TEST_CASE("days out of order and an end before them are refused together") {
    std::vector<std::string> found;
    try {
        static_cast<void>(thuocdo::evaluate_warnings(TaskRegister(history()),
                                                     grid({30, 30, 20, 90}), on(80), two_rules()));
    } catch (const thuocdo::TaskError& error) {
        found = codes(error.problems());
    }
    CHECK(found == std::vector<std::string>{"days_out_of_order at /grid/1",
                                            "days_out_of_order at /grid/2",
                                            "dates_reversed at end"});
}
