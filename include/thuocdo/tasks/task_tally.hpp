#pragma once
/// @file
/// Counts of tasks on a day, and rates whose denominators have names.

#include <thuocdo/tasks/task_register.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace thuocdo {

/// A share with the counts behind it.
struct TaskRate {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;

    /// numerator/denominator; NaN, never 0 or 1, where there is nothing to
    /// divide by.
    [[nodiscard]] double value() const noexcept {
        if (denominator == 0) return std::numeric_limits<double>::quiet_NaN();
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
    friend bool operator==(const TaskRate&, const TaskRate&) = default;
};

/// Upper ends, in days, of the classes of age of overdue tasks; a last class
/// holds the older ones.
inline constexpr std::array<std::int32_t, 3> overdue_age_limits{30, 90, 180};

/// Whole numbers only, so that tallies add up exactly in any order and a task
/// can be taken out again.
struct TaskTally {
    /// Tasks by state, in the order of `TaskState`; those not yet assigned are
    /// in no count.
    std::array<std::int64_t, task_states> by_state{};
    /// Late or overdue with the lateness excused, among the counts above.
    std::int64_t completed_late_exempted = 0;
    std::int64_t overdue_exempted = 0;
    /// Tasks with an extended deadline, sent back at least once, reported
    /// complete without the acceptance that this needs, near their deadline,
    /// without a deadline, secret.
    std::int64_t extended = 0;
    std::int64_t returned = 0;
    std::int64_t awaiting_acceptance = 0;
    std::int64_t due_soon = 0;
    std::int64_t without_deadline = 0;
    std::int64_t secret = 0;
    /// Overdue tasks by age (`overdue_age_limits`).
    std::array<std::int64_t, overdue_age_limits.size() + 1> overdue_by_age{};
    /// Sums of days late.
    std::int64_t days_overdue = 0;
    std::int64_t days_completed_late = 0;

    /// Takes a task in (+1) or out (-1). `due_soon` as in `TaskStatus`.
    void count(const detail::TimelinePoint& point, detail::StateOnDay now, bool soon,
               bool is_secret, std::int64_t sign = 1) noexcept {
        by_state[static_cast<std::size_t>(now.state)] += sign;
        extended += (point.flags & detail::task_extended) != 0 ? sign : 0;
        returned += (point.flags & detail::task_returned) != 0 ? sign : 0;
        awaiting_acceptance += (point.flags & detail::task_awaiting_acceptance) != 0 ? sign : 0;
        due_soon += soon ? sign : 0;
        without_deadline += point.deadline == never ? sign : 0;
        secret += is_secret ? sign : 0;
        if (now.days_late == 0) return;
        const bool exempted = (point.flags & detail::task_exempted) != 0;
        if (now.state == TaskState::completed_late) {
            days_completed_late += sign * now.days_late;
            completed_late_exempted += exempted ? sign : 0;
            return;
        }
        days_overdue += sign * now.days_late;
        overdue_exempted += exempted ? sign : 0;
        std::size_t age = 0;
        while (age < overdue_age_limits.size() && now.days_late > overdue_age_limits[age]) ++age;
        overdue_by_age[age] += sign;
    }

    void add(const TaskTally& other) noexcept {
        for (std::size_t k = 0; k < task_states; ++k) by_state[k] += other.by_state[k];
        for (std::size_t k = 0; k < overdue_by_age.size(); ++k)
            overdue_by_age[k] += other.overdue_by_age[k];
        completed_late_exempted += other.completed_late_exempted;
        overdue_exempted += other.overdue_exempted;
        extended += other.extended;
        returned += other.returned;
        awaiting_acceptance += other.awaiting_acceptance;
        due_soon += other.due_soon;
        without_deadline += other.without_deadline;
        secret += other.secret;
        days_overdue += other.days_overdue;
        days_completed_late += other.days_completed_late;
    }

    [[nodiscard]] std::int64_t of(TaskState state) const noexcept {
        return by_state[static_cast<std::size_t>(state)];
    }
    /// All tasks assigned until the day and not cancelled.
    [[nodiscard]] std::int64_t all() const noexcept {
        return done() + open() + of(TaskState::suspended);
    }
    [[nodiscard]] std::int64_t done() const noexcept {
        return of(TaskState::completed_on_time) + of(TaskState::completed_late);
    }
    [[nodiscard]] std::int64_t overdue() const noexcept {
        return of(TaskState::not_started_overdue) + of(TaskState::in_progress_overdue);
    }
    /// Neither done nor halted.
    [[nodiscard]] std::int64_t open() const noexcept {
        return of(TaskState::not_started) + of(TaskState::in_progress) + overdue();
    }
    [[nodiscard]] std::int64_t open_in_time() const noexcept { return open() - overdue(); }
    /// Tasks due: done + overdue, the denominator of the Government's reports.
    [[nodiscard]] std::int64_t due() const noexcept { return done() + overdue(); }
    /// The same without overdue tasks whose lateness is excused: it is not known
    /// when they fall due.
    [[nodiscard]] std::int64_t due_without_exempted() const noexcept {
        return due() - overdue_exempted;
    }
    /// Late or overdue, and not excused.
    [[nodiscard]] std::int64_t late() const noexcept {
        return of(TaskState::completed_late) - completed_late_exempted + overdue() -
               overdue_exempted;
    }

    // Rates; the name says the denominator.
    [[nodiscard]] TaskRate completion_on_tasks_due() const noexcept { return {done(), due()}; }
    [[nodiscard]] TaskRate completion_on_all_tasks() const noexcept { return {done(), all()}; }
    [[nodiscard]] TaskRate on_time_on_tasks_due() const noexcept {
        return {of(TaskState::completed_on_time), due()};
    }
    [[nodiscard]] TaskRate on_time_on_tasks_done() const noexcept {
        return {of(TaskState::completed_on_time), done()};
    }
    [[nodiscard]] TaskRate overdue_on_tasks_due() const noexcept { return {overdue(), due()}; }
    [[nodiscard]] TaskRate overdue_on_open_tasks() const noexcept { return {overdue(), open()}; }
    /// Mean days late of overdue tasks, as sum and count.
    [[nodiscard]] TaskRate days_overdue_on_tasks_overdue() const noexcept {
        return {days_overdue, overdue()};
    }
    [[nodiscard]] TaskRate days_late_on_tasks_completed_late() const noexcept {
        return {days_completed_late, of(TaskState::completed_late)};
    }

    friend bool operator==(const TaskTally&, const TaskTally&) = default;
};

}  // namespace thuocdo
