#pragma once
/// @file
/// What became of tasks between two days: carried over, closed, newly overdue.

#include <thuocdo/tasks/task_group.hpp>
#include <thuocdo/tasks/task_tally.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// Tasks of one group between an earlier and a later day.
struct TaskFlowRow {
    std::string code;
    std::string person{};
    /// Open at the end of the earlier day.
    std::int64_t open_then = 0;
    /// Assigned after the earlier day, until the later one.
    std::int64_t assigned_since = 0;
    /// Of both together, done at the end of the later day.
    std::int64_t closed_since = 0;
    std::int64_t open_now = 0;
    /// Overdue at the end of the earlier day; of these, still overdue, done,
    /// and neither (extended, halted).
    std::int64_t overdue_then = 0;
    std::int64_t carried_over = 0;
    std::int64_t overdue_closed = 0;
    std::int64_t overdue_otherwise = 0;
    /// Overdue now and not overdue then.
    std::int64_t newly_overdue = 0;

    /// Closed of what was to be worked on: open then + assigned since.
    [[nodiscard]] TaskRate closure_rate() const noexcept {
        return {closed_since, open_then + assigned_since};
    }
    /// Still overdue of what was overdue then.
    [[nodiscard]] TaskRate carry_over_rate() const noexcept { return {carried_over, overdue_then}; }
    friend bool operator==(const TaskFlowRow&, const TaskFlowRow&) = default;
};

/// The flow of tasks between two days, e.g. from one meeting to the next.
struct TaskFlow {
    TaskGroup by = TaskGroup::nation;
    Date earlier{};
    Date later{};
    /// Sorted by code; groups that nothing concerns are left out. Heads are
    /// those of the later day.
    std::vector<TaskFlowRow> rows{};
    /// Rows of the register that were overdue then and still are.
    std::vector<std::size_t> carried_over{};
};

/// Compares the register on two days. O(tasks).
/// @throws TaskError when the later day is not after the earlier
[[nodiscard]] inline TaskFlow task_flow(const TaskRegister& tasks, const Date& earlier,
                                        const Date& later, TaskGroup by = TaskGroup::nation) {
    if (later <= earlier)
        throw TaskError("the days cannot be compared",
                        {{"dates_reversed", "later day", to_iso(later),
                          "a day after " + to_iso(earlier), "exchange the days"}});
    const std::int32_t then = day_number(earlier);
    const std::int32_t now = day_number(later);
    const detail::TaskGrouping grouping(tasks, by, now);
    std::vector<TaskFlowRow> rows(grouping.count());
    TaskFlow flow{by, earlier, later, {}, {}};
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        const TaskState before = tasks.state(row, then);
        const TaskState after = tasks.state(row, now);
        if (is_overdue(before) && is_overdue(after)) flow.carried_over.push_back(row);
        const bool fresh = before == TaskState::not_yet_assigned && after != before;
        grouping.each(row, [&](std::size_t group) {
            TaskFlowRow& to = rows[group];
            to.open_then += is_open(before) ? 1 : 0;
            to.assigned_since += fresh ? 1 : 0;
            to.closed_since += (is_open(before) || fresh) && is_completed(after) ? 1 : 0;
            to.open_now += is_open(after) ? 1 : 0;
            to.newly_overdue += !is_overdue(before) && is_overdue(after) ? 1 : 0;
            if (!is_overdue(before)) return;
            ++to.overdue_then;
            ++(is_overdue(after)     ? to.carried_over
               : is_completed(after) ? to.overdue_closed
                                     : to.overdue_otherwise);
        });
    }
    for (std::size_t group = 0; group < rows.size(); ++group) {
        if (by != TaskGroup::nation && rows[group] == TaskFlowRow{}) continue;
        rows[group].code = grouping.code(group);
        if (const OfficeTerm* office = grouping.office(group)) rows[group].person = office->person;
        flow.rows.push_back(std::move(rows[group]));
    }
    std::sort(flow.rows.begin(), flow.rows.end(),
              [](const TaskFlowRow& a, const TaskFlowRow& b) { return a.code < b.code; });
    return flow;
}

}  // namespace thuocdo
