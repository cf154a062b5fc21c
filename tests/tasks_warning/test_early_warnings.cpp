// What holds for warnings of every kind.
#include <thuocdo/numeric/philox.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::EarlyWarnings;
using thuocdo::Task;
using thuocdo::TaskRegister;
using thuocdo::WarningRule;

namespace {

std::vector<WarningRule> task_and_money_rules() {
    thuocdo::WarningParameters near = days(15);
    near.share = 0.8;
    thuocdo::WarningParameters allocation = share(0.25);
    allocation.peers = 2;
    allocation.peer_share = 0.3;
    return {rule(WarningKind::late_start, share(0.3), "late", WarningSeverity::notice, 10),
            rule(WarningKind::no_movement, days(40), "still"),
            rule(WarningKind::behind_schedule, margin(0.2), "behind"),
            rule(WarningKind::milestone_missed, days(0), "milestone"),
            rule(WarningKind::deadline_near, near, "near", WarningSeverity::alarm),
            rule(WarningKind::repeated_extension, count(1), "again", WarningSeverity::alarm),
            rule(WarningKind::awaiting_acceptance_long, days(10), "waiting"),
            rule(WarningKind::allocation_late, allocation, "unfunded"),
            rule(WarningKind::spending_ahead_of_results, margin(0.1), "ahead"),
            rule(WarningKind::spending_slow, margin(0.3), "slow")};
}

/// Tasks of every sort, from a counter-based generator.
std::vector<Task> many_tasks(std::uint64_t seed, std::uint32_t count) {
    std::vector<Task> tasks;
    for (std::uint32_t k = 0; k < count; ++k) {
        const auto draw = [&](std::uint32_t which, std::uint64_t below) {
            return static_cast<int>(thuocdo::numeric::Philox(seed).below(below, k, which, 0));
        };
        Task made = task("T" + std::to_string(k), 40 + draw(0, 200));
        made.lead = "B" + std::to_string(draw(1, 5));
        made.document = "D" + std::to_string(draw(2, 4));
        if (draw(3, 3) > 0) made.events.push_back(event(TaskEventKind::started, draw(4, 100)));
        if (draw(5, 2) > 0) made.events.push_back(progress(100 + draw(6, 60), draw(7, 10) / 10.0));
        if (draw(8, 2) > 0)
            made.events.push_back(event(TaskEventKind::submitted, 165 + draw(9, 60)));
        if (draw(10, 4) == 0)
            made.extensions.push_back({on(draw(11, 200)), on(300 + draw(12, 50)), "Decision 3"});
        made.milestones = {{"half", on(20 + draw(13, 60)), 0.5}};
        if (draw(14, 2) > 0) made.money.push_back({on(draw(15, 100)), 1e9 + k, 1e7 * draw(16, 90)});
        if (draw(17, 10) == 0) made.secrecy = thuocdo::TaskSecrecy::secret;
        tasks.push_back(std::move(made));
    }
    return tasks;
}

std::string everything(const EarlyWarnings& found) {
    std::ostringstream text;
    text << found << found.secret_count;
    for (const auto& each : found.warnings)
        text << each.finding.en << each.reason.en << each.in_good_time << each.amount;
    return text.str();
}

}  // namespace

TEST_CASE("warnings name the person who answers on the day, with the position") {
    std::vector<thuocdo::OfficeTerm> offices(2);
    offices[0] = {"A", "A", {"Minister", "Bộ trưởng"}, "Nguyễn Văn An", {}, on(49)};
    offices[1] = {"A", "A", {"Minister", "Bộ trưởng"}, "Trần Thị Bình", on(50), {}};
    const TaskRegister tasks(std::vector<Task>{task("T", 100)}, offices);
    const std::vector<WarningRule> rules{
        rule(WarningKind::late_start, share(0.3), "late", WarningSeverity::alarm, 50)};
    const auto before = thuocdo::early_warnings(tasks, on(49), rules).warnings;
    const auto after = thuocdo::early_warnings(tasks, on(51), rules).warnings;
    REQUIRE(before.size() == 1);
    REQUIRE(after.size() == 1);
    CHECK(
        before.front().address ==
        thuocdo::TaskAddress{"T", "Task T", "A", "A", "Nguyễn Văn An", {"Minister", "Bộ trưởng"}});
    CHECK(after.front().address.person == "Trần Thị Bình");
    CHECK(before.front().days_left == 51);
    CHECK(before.front().in_good_time);
    CHECK_FALSE(after.front().in_good_time);
    CHECK(before.front().subject() == thuocdo::WarningSubject::task);
}

TEST_CASE("the most severe come first, then the fewest days left, then codes") {
    const std::vector<Task> tasks{task("T3", 90), task("T1", 100), task("T2", 100)};
    const std::vector<WarningRule> rules{
        rule(WarningKind::late_start, share(0.1), "b", WarningSeverity::notice),
        rule(WarningKind::late_start, share(0.1), "a", WarningSeverity::notice),
        rule(WarningKind::no_movement, days(10), "z", WarningSeverity::alarm)};
    CHECK(listed(warn(tasks, 50, rules)) == std::vector<std::string>{"z T3 ", "z T1 ", "z T2 ",
                                                                     "a T3 ", "b T3 ", "a T1 ",
                                                                     "b T1 ", "a T2 ", "b T2 "});
}

TEST_CASE("secret tasks are counted once and appear nowhere in the output") {
    Task secret = task("HIDDEN", 100);
    secret.title = "Hidden title";
    secret.secrecy = thuocdo::TaskSecrecy::secret;
    const auto found = warn({secret, task("T", 100)}, 50,
                            {rule(WarningKind::late_start, share(0.1), "a"),
                             rule(WarningKind::no_movement, days(10), "b")});
    CHECK(found.secret_count == 1);
    CHECK(found.warnings.size() == 2);
    const std::string text = everything(found);
    CHECK(text.find("HIDDEN") == std::string::npos);
    CHECK(text.find("Hidden") == std::string::npos);
    CHECK(text.find("Task") == std::string::npos);
    CHECK(text.find("T ") != std::string::npos);
}

TEST_CASE("an empty register, no rules, and tasks of the future give no warning") {
    CHECK(warn({}, 50, task_and_money_rules()).warnings.empty());
    CHECK(warn(many_tasks(1, 50), 100, {}).warnings.empty());
    CHECK(warn(many_tasks(1, 50), -1, task_and_money_rules()).warnings.empty());
}

TEST_CASE("the order of tasks does not matter") {
    std::vector<Task> tasks = many_tasks(7, 300);
    const std::string forward = everything(warn(tasks, 120, task_and_money_rules()));
    std::reverse(tasks.begin(), tasks.end());
    CHECK(everything(warn(tasks, 120, task_and_money_rules())) == forward);
    std::rotate(tasks.begin(), tasks.begin() + 101, tasks.end());
    CHECK(everything(warn(tasks, 120, task_and_money_rules())) == forward);
}

TEST_CASE("what is dated after the day changes nothing, on any day") {
    const std::vector<Task> tasks = many_tasks(11, 300);
    std::size_t seen = 0;
    for (int day = 10; day <= 250; day += 30) {
        std::vector<Task> known = tasks;
        const thuocdo::Date last = on(day);
        for (Task& each : known) {
            std::erase_if(each.events, [&](const auto& entry) { return entry.date > last; });
            std::erase_if(each.money, [&](const auto& entry) { return entry.date > last; });
            std::erase_if(each.extensions, [&](const auto& entry) { return entry.decided > last; });
        }
        const EarlyWarnings then = warn(tasks, day, task_and_money_rules());
        CAPTURE(day);
        CHECK(everything(then) == everything(warn(known, day, task_and_money_rules())));
        seen += then.warnings.size();
    }
    CHECK(seen > 1000);
}

TEST_CASE("the generated tasks raise every rule about tasks and money") {
    std::vector<std::string> raised;
    for (int day = 10; day <= 250; day += 20)
        for (const auto& each : warn(many_tasks(11, 300), day, task_and_money_rules()).warnings)
            raised.push_back(each.rule);
    for (const WarningRule& each : task_and_money_rules()) {
        CAPTURE(each.code);
        CHECK(std::count(raised.begin(), raised.end(), each.code) > 0);
    }
}

TEST_CASE("rules that cannot be used are refused with every problem and its place") {
    std::vector<WarningRule> rules{rule(WarningKind::late_start, share(1.5), "a"),
                                   rule(WarningKind::no_movement, days(2.5), "a"),
                                   rule(WarningKind::behind_schedule, share(0.5), "")};
    rules[1].reason.vi.clear();
    rules[1].lead_time_days = -1;
    std::vector<std::string> found;
    try {
        static_cast<void>(warn({}, 50, rules));
    } catch (const thuocdo::TaskError& error) {
        found = codes(error.problems());
    }
    CHECK(found ==
          std::vector<std::string>{
              "parameter_out_of_range at /rules/0/share", "duplicate_rule at /rules/1/code",
              "reason_missing at /rules/1/reason/vi", "parameter_out_of_range at /rules/1/days",
              "lead_time_out_of_range at /rules/1/lead_time_days", "empty_code at /rules/2/code",
              "parameter_not_used at /rules/2/share", "parameter_missing at /rules/2/margin"});
}

TEST_CASE("infinite parameters are out of range") {
    const double infinite = std::numeric_limits<double>::infinity();
    const std::vector<WarningRule> rules{rule(WarningKind::no_movement, days(infinite)),
                                         rule(WarningKind::spending_slow, margin(-infinite), "s")};
    CHECK(thuocdo::check_warning_rules(rules).size() == 2);
}

TEST_CASE("words of kinds, severities and subjects read back") {
    for (std::size_t k = 0; k < thuocdo::warning_kinds; ++k) {
        const auto kind = static_cast<WarningKind>(k);
        CHECK(thuocdo::parse_warning_kind(thuocdo::warning_kind_name(kind)) == kind);
        CHECK_FALSE(thuocdo::warning_parameters(kind).empty());
    }
    CHECK(thuocdo::parse_warning_severity("alarm") == WarningSeverity::alarm);
    CHECK(thuocdo::parse_warning_subject("money") == thuocdo::WarningSubject::money);
    CHECK_FALSE(thuocdo::parse_warning_kind("late"));
}
