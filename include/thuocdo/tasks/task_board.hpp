#pragma once
/// @file
/// Task tables of a day that follow the register: a new task or event is counted
/// without looking at the other tasks again.

#include <thuocdo/tasks/task_table.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// A register with its task tables as of a day. Every change takes out the old
/// standing of the one task and takes in the new one, in O(its events + log
/// overdue tasks of its groups); the tables equal `task_table` of the register,
/// whatever the order of the changes. Not for use from several threads while
/// one of them changes it.
class TaskBoard {
  public:
    /// Counts every task once. O(tasks x tables).
    TaskBoard(TaskRegister tasks, const Date& as_of, const std::vector<TaskGroup>& tables)
        : tasks_(std::move(tasks)), day_(day_number(as_of)) {
        for (const TaskGroup group : tables)
            views_.push_back({group, detail::TaskGrouping(tasks_, group, day_), {}, {}, {}});
        recount();
    }

    // The groupings of the views point at the register.
    TaskBoard(const TaskBoard&) = delete;
    TaskBoard& operator=(const TaskBoard&) = delete;

    [[nodiscard]] const TaskRegister& tasks() const noexcept { return tasks_; }
    [[nodiscard]] Date as_of() const { return date_of(day_); }
    /// How many tasks were evaluated so far.
    [[nodiscard]] std::size_t evaluations() const noexcept { return evaluations_; }

    /// Adds a task.
    /// @throws TaskError as the register; the board is then as before
    void add(const Task& task) {
        tasks_.add(task);
        follow_groups();
        count(tasks_.size() - 1, 1);
    }

    /// Puts a changed version in the place of a task.
    void replace(const Task& task) {
        change(task.code, [&] { tasks_.replace(task); });
    }

    /// Records an event of a task.
    void record(std::string_view code, const TaskEvent& event) {
        change(code, [&] { tasks_.record(code, event); });
    }

    /// Records a decision to move the deadline of a task.
    void extend(std::string_view code, const DeadlineExtension& extension) {
        change(code, [&] { tasks_.extend(code, extension); });
    }

    /// Moves to another day, earlier or later; counts every task again.
    void move_to(const Date& as_of) {
        day_ = day_number(as_of);
        for (View& view : views_) view.grouping = detail::TaskGrouping(tasks_, view.group, day_);
        recount();
    }

    /// One of the tables asked for. O(groups).
    /// @throws TaskError for a group that the board does not follow
    [[nodiscard]] TaskTable table(TaskGroup group) const {
        for (const View& view : views_) {
            if (view.group != group) continue;
            std::vector<std::int32_t> earliest(view.tallies.size(), never);
            for (std::size_t k = 0; k < earliest.size(); ++k)
                if (!view.deadlines[k].empty()) earliest[k] = view.deadlines[k].begin()->first;
            return detail::make_task_table(view.grouping, day_, view.tallies, earliest, view.total);
        }
        throw TaskError("no such table",
                        {{"table_not_followed", "group", task_group_name(group),
                          "a group that the board was made for", "name it when making the board"}});
    }

  private:
    struct View {
        TaskGroup group;
        detail::TaskGrouping grouping;
        std::vector<TaskTally> tallies;
        /// Numbers of overdue tasks by deadline, for the longest time overdue.
        std::vector<std::map<std::int32_t, std::int64_t>> deadlines;
        TaskTally total;
    };

    template <class Change>
    void change(std::string_view code, Change make) {
        const auto row = tasks_.find(code);
        // A change that is refused must leave the counts alone, so it comes
        // before them; what the task was is remembered by value.
        std::vector<detail::TimelinePoint> before;
        std::vector<std::vector<std::size_t>> groups;
        bool secret = false;
        if (row) {
            before.assign(tasks_.timeline(*row).begin(), tasks_.timeline(*row).end());
            secret = tasks_.is_secret(*row);
            for (const View& view : views_) {
                groups.emplace_back();
                view.grouping.each(*row,
                                   [&](std::size_t group) { groups.back().push_back(group); });
            }
        }
        make();
        for (std::size_t k = 0; k < views_.size(); ++k)
            count_point(views_[k], before, groups[k], secret, -1);
        follow_groups();
        count(*row, 1);
    }

    void recount() {
        for (View& view : views_) {
            view.tallies.assign(view.grouping.count(), {});
            view.deadlines.assign(view.grouping.count(), {});
            view.total = {};
        }
        for (std::size_t row = 0; row < tasks_.size(); ++row) count(row, 1);
    }

    /// Makes room for groups that a change has brought.
    void follow_groups() {
        for (View& view : views_) {
            if (view.group == TaskGroup::head && view.grouping.count() != tasks_.posts().size() + 1)
                view.grouping = detail::TaskGrouping(tasks_, view.group, day_);
            view.tallies.resize(view.grouping.count());
            view.deadlines.resize(view.grouping.count());
        }
    }

    void count(std::size_t row, std::int64_t sign) {
        ++evaluations_;
        for (View& view : views_) {
            std::vector<std::size_t> groups;
            view.grouping.each(row, [&](std::size_t group) { groups.push_back(group); });
            count_point(view, tasks_.timeline(row), groups, tasks_.is_secret(row), sign);
        }
    }

    void count_point(View& view, std::span<const detail::TimelinePoint> timeline,
                     const std::vector<std::size_t>& groups, bool secret, std::int64_t sign) {
        const detail::TimelinePoint* point = detail::point_on(timeline, day_);
        if (!point) return;
        const detail::StateOnDay now = detail::state_on(*point, day_);
        const bool soon = tasks_.is_due_soon(*point, now.state, day_);
        if (view.group == TaskGroup::participation)
            view.total.count(*point, now, soon, secret, sign);
        for (const std::size_t group : groups) {
            view.tallies[group].count(*point, now, soon, secret, sign);
            if (!is_overdue(now.state)) continue;
            std::int64_t& holders = view.deadlines[group][point->deadline];
            holders += sign;
            if (holders == 0) view.deadlines[group].erase(point->deadline);
        }
    }

    TaskRegister tasks_;
    std::int32_t day_;
    std::vector<View> views_{};
    std::size_t evaluations_ = 0;
};

}  // namespace thuocdo
