#pragma once
/// @file
/// Work converted by the coefficient K: how much was assigned, done, of quality
/// and in time; and products, milestones and links to results.

#include <thuocdo/tasks/detail/find_by_code.hpp>
#include <thuocdo/tasks/task_group.hpp>
#include <thuocdo/tasks/task_tally.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// Whose work is the denominator of converted quantities.
enum class QuantityBase : std::uint8_t {
    /// Tasks due: done, or overdue without excuse. Work whose time has not come
    /// counts neither for nor against a body.
    due,
    /// All tasks assigned and not cancelled.
    all
};

/// Counts of one group. Quantities are whole numbers of
/// 1/(10,000 x 10,000) units of work, so they add up exactly.
struct TaskQuantities {
    static constexpr double units = 1e8;

    /// K-weighted work in the denominator, done, and done less what failed
    /// assessments or missed deadlines take off.
    std::int64_t assigned = 0;
    std::int64_t done = 0;
    std::int64_t quality = 0;
    std::int64_t timeliness = 0;
    /// Tasks done: with a product above what was asked for; without a failed
    /// assessment; and never sent back either.
    std::int64_t tasks_done = 0;
    std::int64_t above_requirement = 0;
    std::int64_t quality_met = 0;
    std::int64_t accepted_first_time = 0;
    /// Products of tasks due, and those of them accepted.
    std::int64_t products_due = 0;
    std::int64_t products_accepted = 0;
    /// Tasks not cancelled, and those linked to an indicator.
    std::int64_t tasks = 0;
    std::int64_t linked = 0;
    /// Tasks with a milestone due, and those whose reported progress has it.
    std::int64_t milestones_due = 0;
    std::int64_t milestones_reached = 0;

    [[nodiscard]] TaskRate quantity_rate() const noexcept { return {done, assigned}; }
    [[nodiscard]] TaskRate quality_rate() const noexcept { return {quality, assigned}; }
    [[nodiscard]] TaskRate timeliness_rate() const noexcept { return {timeliness, assigned}; }

    friend bool operator==(const TaskQuantities&, const TaskQuantities&) = default;
};

/// Quantities of one group.
struct TaskQuantityRow {
    std::string code;
    TaskQuantities quantities{};
};

/// Quantities of all groups, sorted by code.
struct TaskQuantityTable {
    TaskGroup by = TaskGroup::nation;
    Date as_of{};
    std::vector<TaskQuantityRow> rows{};

    [[nodiscard]] const TaskQuantities* find(std::string_view code) const noexcept {
        const TaskQuantityRow* row = detail::find_by_code(rows, code);
        return row ? &row->quantities : nullptr;
    }
};

namespace detail {

/// Adds the work of single tasks to a group.
class QuantityCounter {
  public:
    QuantityCounter(const TaskRegister& tasks, std::int32_t day, QuantityBase base)
        : tasks_(tasks),
          day_(day),
          base_(base),
          per_failure_(ten_thousandths(tasks.rules().penalty_per_failed_assessment)),
          per_miss_(ten_thousandths(tasks.rules().penalty_per_missed_deadline)) {}

    /// A task that is neither cancelled nor assigned later.
    void count(std::size_t row, const TaskStatus& status, TaskQuantities& to) const {
        const bool done = is_completed(status.state);
        const bool due = done || (is_overdue(status.state) && !status.exempted);
        const auto products = tasks_.products(row);
        ++to.tasks;
        to.linked += tasks_.has_indicators(row) ? 1 : 0;
        count_milestone(row, done, to);
        if (done) {
            ++to.tasks_done;
            const bool clean = failures(row) == 0;
            to.quality_met += clean ? 1 : 0;
            to.accepted_first_time += clean && !status.returned ? 1 : 0;
            const bool above = std::any_of(products.begin(), products.end(), [&](const auto& each) {
                return each.accepted <= day_ && each.quality == ProductQuality::exceeds;
            });
            to.above_requirement += above ? 1 : 0;
        }
        if (due) {
            to.products_due += static_cast<std::int64_t>(products.size());
            to.products_accepted +=
                std::count_if(products.begin(), products.end(),
                              [&](const ProductRecord& each) { return each.accepted <= day_; });
        }
        if (!due && base_ == QuantityBase::due) return;
        const std::int64_t missed = status.exempted ? 0 : status.deadlines_missed;
        if (products.empty()) {
            add_work(tasks_.coefficient(row), done, 0, missed, to);
            return;
        }
        for (std::size_t k = 0; k < products.size(); ++k)
            add_work(products[k].coefficient, done || products[k].accepted <= day_,
                     tasks_.failed_assessments(row, k, day_), missed, to);
    }

  private:
    static constexpr std::int64_t whole = static_cast<std::int64_t>(coefficient_steps);

    void add_work(std::int64_t coefficient, bool done, std::int64_t failed, std::int64_t missed,
                  TaskQuantities& to) const {
        to.assigned += coefficient * whole;
        if (!done) return;
        to.done += coefficient * whole;
        to.quality += coefficient * std::max<std::int64_t>(0, whole - failed * per_failure_);
        to.timeliness += coefficient * std::max<std::int64_t>(0, whole - missed * per_miss_);
    }

    [[nodiscard]] std::int32_t failures(std::size_t row) const {
        std::int32_t count = 0;
        if (!tasks_.has_failed_assessments(row)) return count;
        for (std::size_t k = 0; k < tasks_.products(row).size(); ++k)
            count += tasks_.failed_assessments(row, k, day_);
        return count;
    }

    void count_milestone(std::size_t row, bool done, TaskQuantities& to) const {
        const double planned = tasks_.planned_share(row, day_);
        if (std::isnan(planned)) return;
        ++to.milestones_due;
        to.milestones_reached += done || tasks_.progress(row, day_) >= planned ? 1 : 0;
    }

    const TaskRegister& tasks_;
    std::int32_t day_;
    QuantityBase base_;
    std::int64_t per_failure_;
    std::int64_t per_miss_;
};

}  // namespace detail

/// Converted work of each group at the end of a day. A product counts K units;
/// a task without products counts as one of its own K. Of a product that is
/// done, each failed assessment takes a share off its quality and each deadline
/// missed takes one off its timeliness (`TaskRules`), not below 0; missed
/// deadlines that the authority has excused take nothing off. What is not done
/// has neither quantity nor quality nor timeliness.
///
/// Complexity: O(tasks + products).
/// Source: Decree 335/2025/ND-CP, conversion of products and the rates a, b, c.
[[nodiscard]] inline TaskQuantityTable task_quantities(const TaskRegister& tasks, const Date& as_of,
                                                       TaskGroup by = TaskGroup::nation,
                                                       QuantityBase base = QuantityBase::due) {
    const std::int32_t day = day_number(as_of);
    const detail::TaskGrouping grouping(tasks, by, day);
    const detail::QuantityCounter counter(tasks, day, base);
    std::vector<TaskQuantities> groups(grouping.count());
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        const TaskStatus status = tasks.status(row, day);
        if (status.state == TaskState::not_yet_assigned || status.state == TaskState::cancelled)
            continue;
        grouping.each(row, [&](std::size_t group) { counter.count(row, status, groups[group]); });
    }
    TaskQuantityTable table{by, as_of, {}};
    for (std::size_t group = 0; group < groups.size(); ++group)
        if (by == TaskGroup::nation || groups[group].tasks != 0)
            table.rows.push_back({grouping.code(group), groups[group]});
    std::sort(table.rows.begin(), table.rows.end(),
              [](const auto& a, const auto& b) { return a.code < b.code; });
    return table;
}

}  // namespace thuocdo
