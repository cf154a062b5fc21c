#pragma once
/// @file
/// Money of tasks on a day: what was allocated and disbursed, against the time
/// that has passed and the progress that was reported.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/tasks/detail/find_by_code.hpp>
#include <thuocdo/tasks/detail/task_words.hpp>
#include <thuocdo/tasks/task_address.hpp>
#include <thuocdo/tasks/task_group.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// Share of the time of a task that has passed at the end of a day:
/// (day - assigned) / (deadline - assigned), clipped to [0, 1]; 1 on the
/// deadline itself, also when it is the day of the assignment. NaN without a
/// deadline. The quotient of two whole numbers is the double nearest to it, so
/// 30 of 100 days are 0.3.
[[nodiscard]] inline double elapsed_share(std::int32_t assigned, std::int32_t deadline,
                                          std::int32_t day) noexcept {
    if (deadline == never) return std::numeric_limits<double>::quiet_NaN();
    if (day >= deadline) return 1.0;
    if (day <= assigned) return 0.0;
    return static_cast<double>(day - assigned) / static_cast<double>(deadline - assigned);
}

/// Share of the work of a task that is known to be done at the end of a day: 1
/// when it is completed, 0 when it is not started, else the last share that was
/// reported; NaN while none is.
[[nodiscard]] inline double progress_share(const TaskRegister& tasks, std::size_t row,
                                           TaskState state, std::int32_t day) noexcept {
    if (is_completed(state)) return 1.0;
    const double reported = tasks.progress(row, day);
    const bool untouched =
        state == TaskState::not_started || state == TaskState::not_started_overdue;
    return untouched && std::isnan(reported) ? 0.0 : reported;
}

/// Money of one task at the end of a day, in dong. Only entries dated until the
/// day count.
struct TaskResources {
    /// Sums of the entries; NaN while there is no entry.
    double allocated = std::numeric_limits<double>::quiet_NaN();
    double disbursed = std::numeric_limits<double>::quiet_NaN();
    /// See `elapsed_share` and `progress_share`; the deadline is the one in force.
    double elapsed = std::numeric_limits<double>::quiet_NaN();
    double progress = std::numeric_limits<double>::quiet_NaN();

    [[nodiscard]] bool has_money() const noexcept { return !std::isnan(allocated); }
    /// Whether anything is left allocated: what was taken back is negative.
    [[nodiscard]] bool has_allocation() const noexcept { return allocated > 0.0; }
    /// disbursed / allocated; NaN without an allocation.
    [[nodiscard]] double disbursed_share() const noexcept {
        return has_allocation() ? disbursed / allocated : std::numeric_limits<double>::quiet_NaN();
    }
    /// Disbursed share less the share of time passed: negative when spending is
    /// slow. NaN where one of the two is not known.
    [[nodiscard]] double gap_to_elapsed() const noexcept { return disbursed_share() - elapsed; }
    /// Disbursed share less the share of work done: positive when money runs
    /// ahead of results. NaN where one of the two is not known.
    [[nodiscard]] double gap_to_progress() const noexcept { return disbursed_share() - progress; }
    /// Allocated and not yet disbursed; NaN without entries.
    [[nodiscard]] double undisbursed() const noexcept { return allocated - disbursed; }
};

namespace detail {

[[nodiscard]] inline TaskResources resources_of(const TaskRegister& tasks, std::size_t row,
                                                const TaskStatus& status, std::int32_t day) {
    TaskResources result;
    result.elapsed = elapsed_share(tasks.assigned(row), status.deadline, day);
    result.progress = progress_share(tasks, row, status.state, day);
    numeric::ExactSum allocated;
    numeric::ExactSum disbursed;
    bool any = false;
    for (const TaskMoney& entry : tasks.money(row)) {
        if (day_number(entry.date) > day) continue;
        allocated.add(entry.allocated);
        disbursed.add(entry.disbursed);
        any = true;
    }
    if (!any) return result;
    result.allocated = allocated.value();
    result.disbursed = disbursed.value();
    return result;
}

}  // namespace detail

/// The money of a task at the end of a day. O(its entries). All fields are NaN
/// before the assignment.
[[nodiscard]] inline TaskResources task_resources(const TaskRegister& tasks, std::size_t row,
                                                  const Date& as_of) {
    const std::int32_t day = day_number(as_of);
    const TaskStatus status = tasks.status(row, day);
    if (status.state == TaskState::not_yet_assigned) return {};
    return detail::resources_of(tasks, row, status, day);
}

/// Whether the money of secret tasks is in the sums of a table. Where single
/// tasks are published beside the sums, it can be computed back from them.
enum class SecretTasks : std::uint8_t { left_out, included };

/// Money of the tasks of one group at the end of a day, in dong.
struct ResourceRow {
    std::string code;
    /// For heads: who it is; empty fields where the post is vacant.
    std::string person{};
    Label position{};
    /// Tasks assigned, those with an entry of money, those with an allocation.
    std::int64_t tasks = 0;
    std::int64_t with_money = 0;
    std::int64_t with_allocation = 0;
    /// Sums over tasks; NaN while none has an entry.
    double allocated = std::numeric_limits<double>::quiet_NaN();
    double disbursed = std::numeric_limits<double>::quiet_NaN();
    /// disbursed / allocated of these sums; NaN where nothing is allocated.
    double disbursed_share = std::numeric_limits<double>::quiet_NaN();
    /// Share of time passed, weighted by allocation:
    /// sum(allocated * elapsed) / sum(allocated) over tasks with an allocation
    /// and a deadline; that is the disbursed share to be expected. The gap takes
    /// the disbursed share of the same tasks. NaN where there are none.
    double elapsed = std::numeric_limits<double>::quiet_NaN();
    double gap_to_elapsed = std::numeric_limits<double>::quiet_NaN();
    /// The same for the share of work done, over tasks that report one.
    double progress = std::numeric_limits<double>::quiet_NaN();
    double gap_to_progress = std::numeric_limits<double>::quiet_NaN();
};

/// Money of one task in a table.
struct TaskResourceLine {
    TaskAddress address{};
    TaskResources money{};
};

/// Money of groups of tasks on a day.
struct ResourceTable {
    TaskGroup by = TaskGroup::nation;
    Date as_of{};
    /// Sorted by code; groups without a task are left out.
    std::vector<ResourceRow> rows{};
    /// Every task once, also where rows overlap.
    ResourceRow total{};
    /// Tasks with an entry of money, sorted by code; secret ones are never here.
    std::vector<TaskResourceLine> lines{};
    /// Secret tasks assigned until the day.
    std::int64_t secret_count = 0;

    [[nodiscard]] const ResourceRow* find(std::string_view code) const noexcept {
        return detail::find_by_code(rows, code);
    }

    friend std::ostream& operator<<(std::ostream& out, const ResourceTable& table);
};

namespace detail {

/// A share that tasks bring, weighted by their allocations.
class WeightedShare {
  public:
    THUOCDO_KERNEL void add(const TaskResources& task, double share) {
        THUOCDO_EXACT
        if (!task.has_allocation() || std::isnan(share)) return;
        weighted_.add(task.allocated * share);
        allocated_.add(task.allocated);
        disbursed_.add(task.disbursed);
        any_ = true;
    }

    [[nodiscard]] double share() const noexcept {
        return any_ ? weighted_.value() / allocated_.value() : missing_share;
    }
    [[nodiscard]] double gap() const noexcept {
        return any_ ? disbursed_.value() / allocated_.value() - share() : missing_share;
    }

  private:
    static constexpr double missing_share = std::numeric_limits<double>::quiet_NaN();
    numeric::ExactSum weighted_;
    numeric::ExactSum allocated_;
    numeric::ExactSum disbursed_;
    bool any_ = false;
};

/// The sums behind one row.
class ResourceSums {
  public:
    void add(const TaskResources& task) {
        ++row_.tasks;
        if (!task.has_money()) return;
        ++row_.with_money;
        row_.with_allocation += task.has_allocation() ? 1 : 0;
        allocated_.add(task.allocated);
        disbursed_.add(task.disbursed);
        elapsed_.add(task, task.elapsed);
        progress_.add(task, task.progress);
    }

    [[nodiscard]] ResourceRow row(std::string code) const {
        ResourceRow row = row_;
        row.code = std::move(code);
        if (row.with_money == 0) return row;
        row.allocated = allocated_.value();
        row.disbursed = disbursed_.value();
        if (row.allocated > 0.0) row.disbursed_share = row.disbursed / row.allocated;
        row.elapsed = elapsed_.share();
        row.gap_to_elapsed = elapsed_.gap();
        row.progress = progress_.share();
        row.gap_to_progress = progress_.gap();
        return row;
    }

  private:
    ResourceRow row_{};
    numeric::ExactSum allocated_;
    numeric::ExactSum disbursed_;
    WeightedShare elapsed_;
    WeightedShare progress_;
};

}  // namespace detail

/// Sums the money of tasks at the end of a day by group. Sums do not depend on
/// the order of tasks. O(n log n) for n tasks and their entries.
[[nodiscard]] inline ResourceTable resource_table(const TaskRegister& tasks, const Date& as_of,
                                                  TaskGroup by = TaskGroup::nation,
                                                  SecretTasks secret = SecretTasks::left_out) {
    const std::int32_t day = day_number(as_of);
    const detail::TaskGrouping grouping(tasks, by, day);
    ResourceTable table;
    table.by = by;
    table.as_of = as_of;
    std::vector<TaskResources> money(tasks.size());
    std::vector<std::pair<std::size_t, std::size_t>> members;
    detail::ResourceSums total;
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        const TaskStatus status = tasks.status(row, day);
        if (status.state == TaskState::not_yet_assigned) continue;
        const bool hidden = tasks.is_secret(row);
        table.secret_count += hidden ? 1 : 0;
        if (hidden && secret == SecretTasks::left_out) continue;
        money[row] = detail::resources_of(tasks, row, status, day);
        total.add(money[row]);
        grouping.each(row, [&](std::size_t group) { members.push_back({group, row}); });
        if (!hidden && money[row].has_money())
            table.lines.push_back({task_address(tasks, row, day), money[row]});
    }
    // One group after the other: an exact sum is too large to keep one for each
    // of many thousand documents.
    std::sort(members.begin(), members.end());
    for (std::size_t k = 0; k < members.size();) {
        const std::size_t group = members[k].first;
        detail::ResourceSums sums;
        for (; k < members.size() && members[k].first == group; ++k)
            sums.add(money[members[k].second]);
        ResourceRow row = sums.row(grouping.code(group));
        if (const OfficeTerm* office = grouping.office(group)) {
            row.person = office->person;
            row.position = office->position;
        }
        table.rows.push_back(std::move(row));
    }
    table.total = total.row("total");
    std::sort(table.rows.begin(), table.rows.end(),
              [](const ResourceRow& a, const ResourceRow& b) { return a.code < b.code; });
    std::sort(table.lines.begin(), table.lines.end(),
              [](const TaskResourceLine& a, const TaskResourceLine& b) {
                  return a.address.task < b.address.task;
              });
    return table;
}

inline std::ostream& operator<<(std::ostream& out, const ResourceTable& table) {
    using Align = detail::TextTable::Align;
    std::vector<std::pair<std::string, Align>> header{{task_group_name(table.by), Align::left}};
    for (const char* name : {"tasks", "with money", "allocated", "disbursed", "disbursed %",
                             "time %", "gap", "progress %", "gap"})
        header.push_back({name, Align::right});
    detail::TextTable text(std::move(header));
    const auto percent = [](double share) {
        constexpr double hundred = 100.0;
        return std::isnan(share) ? std::string("-") : numeric::fixed(hundred * share, 1);
    };
    const auto dong = [](double amount) {
        return std::isnan(amount) ? std::string("-") : detail::number_words(amount, 0).en;
    };
    const auto add = [&](const ResourceRow& row) {
        text.add({row.code.empty() ? "-" : row.code, std::to_string(row.tasks),
                  std::to_string(row.with_money), dong(row.allocated), dong(row.disbursed),
                  percent(row.disbursed_share), percent(row.elapsed), percent(row.gap_to_elapsed),
                  percent(row.progress), percent(row.gap_to_progress)});
    };
    for (const ResourceRow& row : table.rows) add(row);
    if (table.by != TaskGroup::nation) add(table.total);
    return out << to_iso(table.as_of) << ": money in dong, " << task_group_meaning(table.by).en
               << '\n'
               << text;
}

}  // namespace thuocdo
