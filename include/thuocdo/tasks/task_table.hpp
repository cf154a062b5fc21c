#pragma once
/// @file
/// Counts of tasks by body, head, level, sector, document or for the nation on
/// any day, in one pass over the columns of the register.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/tasks/detail/find_by_code.hpp>
#include <thuocdo/tasks/task_group.hpp>
#include <thuocdo/tasks/task_tally.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// One row of a task table.
struct TaskTableRow {
    /// Code of the body, post, level, sector or document; `nation`; empty where
    /// the tasks name none.
    std::string code;
    /// For heads: who it is, and of what; empty fields where the post is vacant.
    std::string person{};
    Label position{};
    std::string body{};
    TaskTally tally{};
    /// Longest time overdue, in days.
    std::int32_t worst_days_overdue = 0;
    friend bool operator==(const TaskTableRow&, const TaskTableRow&) = default;
};

/// Counts of tasks on a day.
struct TaskTable {
    TaskGroup by = TaskGroup::nation;
    Date as_of{};
    /// Sorted by code; groups without a task are left out.
    std::vector<TaskTableRow> rows{};
    /// Every task once, also where rows overlap.
    TaskTally total{};

    /// The row of a code; nothing where no task counts for it.
    [[nodiscard]] const TaskTableRow* find(std::string_view code) const noexcept {
        return detail::find_by_code(rows, code);
    }

    friend bool operator==(const TaskTable&, const TaskTable&) = default;
    friend std::ostream& operator<<(std::ostream& out, const TaskTable& table);
};

namespace detail {

/// The table of tallies by group; `earliest` are the earliest deadlines of the
/// overdue tasks of each group.
[[nodiscard]] inline TaskTable make_task_table(const TaskGrouping& grouping, std::int32_t day,
                                               const std::vector<TaskTally>& tallies,
                                               const std::vector<std::int32_t>& earliest,
                                               const TaskTally& participations_total) {
    TaskTable table;
    table.by = grouping.group();
    table.as_of = date_of(day);
    table.total = participations_total;
    for (std::size_t group = 0; group < tallies.size(); ++group) {
        const TaskTally& tally = tallies[group];
        if (grouping.group() != TaskGroup::participation) table.total.add(tally);
        if (grouping.group() != TaskGroup::nation && tally == TaskTally{}) continue;
        TaskTableRow row;
        row.code = grouping.code(group);
        if (const OfficeTerm* office = grouping.office(group)) {
            row.person = office->person;
            row.position = office->position;
            row.body = office->body;
        }
        row.tally = tally;
        if (earliest[group] != never) row.worst_days_overdue = day - earliest[group];
        table.rows.push_back(std::move(row));
    }
    std::sort(table.rows.begin(), table.rows.end(),
              [](const TaskTableRow& a, const TaskTableRow& b) { return a.code < b.code; });
    return table;
}

/// Tallies by group, growing from task to task.
class TaskCounter {
  public:
    TaskCounter(const TaskRegister& tasks, TaskGroup by, std::int32_t day)
        : tasks_(tasks), grouping_(tasks, by, day), day_(day) {
        tallies_.resize(grouping_.count());
        earliest_.assign(grouping_.count(), never);
    }

    void count(std::size_t row) {
        const TimelinePoint* point = point_on(tasks_.timeline(row), day_);
        if (!point) return;
        const StateOnDay now = state_on(*point, day_);
        const bool soon = tasks_.is_due_soon(*point, now.state, day_);
        const bool secret = tasks_.is_secret(row);
        const bool overdue = is_overdue(now.state);
        if (grouping_.group() == TaskGroup::participation) total_.count(*point, now, soon, secret);
        grouping_.each(row, [&](std::size_t group) {
            tallies_[group].count(*point, now, soon, secret);
            if (overdue) earliest_[group] = std::min(earliest_[group], point->deadline);
        });
    }

    [[nodiscard]] TaskTable table() const {
        return make_task_table(grouping_, day_, tallies_, earliest_, total_);
    }

  private:
    const TaskRegister& tasks_;
    TaskGrouping grouping_;
    std::int32_t day_;
    std::vector<TaskTally> tallies_;
    std::vector<std::int32_t> earliest_;
    /// Every task once, where a task counts for several groups.
    TaskTally total_{};
};

}  // namespace detail

/// Counts the tasks of a register at the end of a day. One pass over the columns
/// that it needs: O(tasks), and O(coordinating bodies) for participations; no
/// memory beyond the table.
[[nodiscard]] inline TaskTable task_table(const TaskRegister& tasks, const Date& as_of,
                                          TaskGroup by = TaskGroup::nation) {
    detail::TaskCounter counter(tasks, by, day_number(as_of));
    for (std::size_t row = 0; row < tasks.size(); ++row) counter.count(row);
    return counter.table();
}

/// The same over some of the tasks, by their rows.
[[nodiscard]] inline TaskTable task_table(const TaskRegister& tasks,
                                          std::span<const std::size_t> rows, const Date& as_of,
                                          TaskGroup by = TaskGroup::nation) {
    detail::TaskCounter counter(tasks, by, day_number(as_of));
    for (const std::size_t row : rows) counter.count(row);
    return counter.table();
}

/// The state of every task on a day, in the order of the register.
[[nodiscard]] inline std::vector<TaskState> task_states_on(const TaskRegister& tasks,
                                                           const Date& as_of) {
    const std::int32_t day = day_number(as_of);
    std::vector<TaskState> states(tasks.size());
    for (std::size_t row = 0; row < tasks.size(); ++row) states[row] = tasks.state(row, day);
    return states;
}

namespace detail {

[[nodiscard]] inline std::string percent_text(const TaskRate& rate) {
    constexpr int digits = 2;
    constexpr double hundred = 100.0;
    return std::isnan(rate.value()) ? "-" : numeric::fixed(hundred * rate.value(), digits);
}

[[nodiscard]] inline std::string mean_text(const TaskRate& rate) {
    return std::isnan(rate.value()) ? "-" : numeric::fixed(rate.value(), 1);
}

}  // namespace detail

inline std::ostream& operator<<(std::ostream& out, const TaskTable& table) {
    using Align = detail::TextTable::Align;
    const bool heads = table.by == TaskGroup::head;
    std::vector<std::pair<std::string, Align>> header{{task_group_name(table.by), Align::left}};
    if (heads) header.insert(header.end(), {{"person", Align::left}, {"position", Align::left}});
    for (const char* name :
         {"all", "done", "on time", "late", "open in time", "overdue", "suspended", "cancelled",
          "done/due %", "on time/due %", "mean days overdue", "worst"})
        header.push_back({name, Align::right});
    detail::TextTable text(std::move(header));
    const auto add = [&](std::vector<std::string> cells, const TaskTally& tally,
                         const std::string& worst) {
        for (const std::int64_t count :
             {tally.all(), tally.done(), tally.of(TaskState::completed_on_time),
              tally.of(TaskState::completed_late), tally.open_in_time(), tally.overdue(),
              tally.of(TaskState::suspended), tally.of(TaskState::cancelled)})
            cells.push_back(std::to_string(count));
        cells.push_back(detail::percent_text(tally.completion_on_tasks_due()));
        cells.push_back(detail::percent_text(tally.on_time_on_tasks_due()));
        cells.push_back(detail::mean_text(tally.days_overdue_on_tasks_overdue()));
        cells.push_back(worst);
        text.add(std::move(cells));
    };
    for (const TaskTableRow& row : table.rows) {
        std::vector<std::string> cells{row.code.empty() ? "-" : row.code};
        if (heads)
            cells.insert(cells.end(),
                         {row.person.empty() ? "(vacant)" : row.person, row.position.in(true)});
        add(std::move(cells), row.tally, std::to_string(row.worst_days_overdue));
    }
    if (table.by != TaskGroup::nation) {
        std::vector<std::string> cells{"tasks, each once"};
        if (heads) cells.insert(cells.end(), {"", ""});
        add(std::move(cells), table.total, "");
    }
    return out << to_iso(table.as_of) << ": " << task_group_meaning(table.by).en << '\n' << text;
}

}  // namespace thuocdo
