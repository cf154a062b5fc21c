// The evaluation against a slow one that lists the warnings of every day of the
// grid and looks at the state of every task on every day after.
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/warning_evaluation.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::Date;
using thuocdo::TaskRegister;
using thuocdo::TaskState;
using thuocdo::WarningQuality;

namespace {

enum class Truth { missed, kept, unknown };

Truth truth_by_days(const TaskRegister& tasks, std::size_t row, std::int32_t after,
                    std::int32_t end) {
    for (std::int32_t day = after + 1; day <= end; ++day) {
        const TaskState state = tasks.state(row, day);
        if (thuocdo::is_overdue(state) || state == TaskState::completed_late) return Truth::missed;
    }
    return tasks.state(row, end) == TaskState::completed_on_time ? Truth::kept : Truth::unknown;
}

}  // namespace

TEST_CASE("counts agree with a count day by day on made-up tasks") {
    const std::vector<thuocdo::synthetic::TaskBody> bodies{
        {"A", "central"}, {"B", "province"}, {"C", "commune"}};
    thuocdo::synthetic::TaskOptions options;
    options.first = Date(2025, 1, 1);
    options.last = Date(2025, 12, 31);
    const TaskRegister tasks(thuocdo::synthetic::make_tasks(bodies, options, 0, 600));

    thuocdo::WarningParameters near = days(20);
    near.share = 0.8;
    const std::vector<thuocdo::WarningRule> rules{
        rule(WarningKind::behind_schedule, margin(0.25), "behind", WarningSeverity::warning, 40),
        rule(WarningKind::deadline_near, near, "near"),
        rule(WarningKind::milestone_missed, days(0), "milestone"),
        rule(WarningKind::spending_slow, margin(0.4), "slow")};
    std::vector<Date> grid;
    for (Date day(2025, 1, 14); day <= Date(2026, 3, 14); day += boost::gregorian::months(1))
        grid.push_back(day);
    const Date end(2026, 6, 30);
    const auto found = thuocdo::evaluate_warnings(tasks, grid, end, rules);

    // First warning in time of each rule and task, and the first day watched.
    std::map<std::pair<std::string, std::size_t>, std::pair<std::int32_t, std::int32_t>> first;
    std::map<std::size_t, std::int32_t> watched;
    for (const Date& date : grid) {
        const std::int32_t day = thuocdo::day_number(date);
        for (std::size_t row = 0; row < tasks.size(); ++row) {
            const thuocdo::TaskStatus status = tasks.status(row, day);
            if (!tasks.is_secret(row) && status.deadline != thuocdo::never &&
                day <= status.deadline &&
                (status.state == TaskState::not_started || status.state == TaskState::in_progress))
                watched.emplace(row, day);
        }
        for (const auto& each : thuocdo::early_warnings(tasks, date, rules).warnings)
            if (each.days_left >= 0 && each.days_left != thuocdo::never)
                first.emplace(std::pair(each.rule, tasks.find(each.address.task).value()),
                              std::pair(day, each.days_left));
    }
    CHECK(found.watched == static_cast<std::int64_t>(watched.size()));
    CHECK(watched.size() > 400);
    for (const WarningQuality& quality : found.rules) {
        WarningQuality expected;
        expected.rule = quality.rule;
        expected.severity = quality.severity;
        expected.reason = quality.reason;
        for (const auto& [row, from] : watched) {
            const auto warning = first.find({quality.rule, row});
            const bool warned = warning != first.end();
            switch (truth_by_days(tasks, row, warned ? warning->second.first : from,
                                  thuocdo::day_number(end))) {
                case Truth::missed:
                    ++(warned ? expected.hits : expected.misses);
                    break;
                case Truth::kept:
                    ++(warned ? expected.false_alarms : expected.quiet);
                    continue;
                case Truth::unknown:
                    ++(warned ? expected.warned_unknown : expected.quiet_unknown);
                    continue;
            }
            if (!warned) continue;
            ++expected.lead_times[warning->second.second];
            const std::int32_t aim = quality.rule == "behind" ? 40 : 0;
            expected.hits_in_good_time += warning->second.second >= aim ? 1 : 0;
        }
        CAPTURE(quality.rule);
        CHECK(quality == expected);
        CHECK(quality.hits > 10);
        CHECK(quality.quiet > 10);
    }
}
