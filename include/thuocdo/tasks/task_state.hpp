#pragma once
/// @file
/// The states of a task on a day.

#include <thuocdo/model/label.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace thuocdo {

/// Where a task stands at the end of a day. The six basic states are {not
/// started, in progress, completed} x {in time, late}.
enum class TaskState : std::uint8_t {
    not_started,
    not_started_overdue,
    in_progress,
    in_progress_overdue,
    completed_on_time,
    completed_late,
    suspended,
    cancelled,
    /// Assigned after that day: not part of any count.
    not_yet_assigned
};

inline constexpr std::size_t task_states = 9;

namespace detail {
inline constexpr std::array<const char*, task_states> task_state_names{
    "not_started",         "not_started_overdue", "in_progress",
    "in_progress_overdue", "completed_on_time",   "completed_late",
    "suspended",           "cancelled",           "not_yet_assigned"};
}  // namespace detail

/// The state in words, as in files, e.g. `in_progress_overdue`.
[[nodiscard]] constexpr const char* task_state_name(TaskState state) noexcept {
    return detail::task_state_names[static_cast<std::size_t>(state)];
}

/// The state that a word names.
[[nodiscard]] constexpr std::optional<TaskState> parse_task_state(std::string_view word) noexcept {
    for (std::size_t k = 0; k < task_states; ++k)
        if (word == detail::task_state_names[k]) return static_cast<TaskState>(k);
    return std::nullopt;
}

/// The state for people.
[[nodiscard]] inline Label task_state_label(TaskState state) {
    switch (state) {
        case TaskState::not_started:
            return {"not started", "chưa thực hiện"};
        case TaskState::not_started_overdue:
            return {"not started, overdue", "chưa thực hiện, quá hạn"};
        case TaskState::in_progress:
            return {"in progress", "đang thực hiện, trong hạn"};
        case TaskState::in_progress_overdue:
            return {"in progress, overdue", "đang thực hiện, quá hạn"};
        case TaskState::completed_on_time:
            return {"completed on time", "hoàn thành đúng hạn"};
        case TaskState::completed_late:
            return {"completed late", "hoàn thành quá hạn"};
        case TaskState::suspended:
            return {"suspended", "tạm dừng"};
        case TaskState::cancelled:
            return {"cancelled", "hủy bỏ"};
        case TaskState::not_yet_assigned:
            break;
    }
    return {"not yet assigned", "chưa giao"};
}

/// Whether the task is finished.
[[nodiscard]] constexpr bool is_completed(TaskState state) noexcept {
    return state == TaskState::completed_on_time || state == TaskState::completed_late;
}

/// Whether the deadline has passed and the task is neither finished nor halted.
[[nodiscard]] constexpr bool is_overdue(TaskState state) noexcept {
    return state == TaskState::not_started_overdue || state == TaskState::in_progress_overdue;
}

/// Whether work is still to be done.
[[nodiscard]] constexpr bool is_open(TaskState state) noexcept {
    return state <= TaskState::in_progress_overdue;
}

/// A day that never comes, in numbers of days.
inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

/// Where a task stands on a day, with what explains it. Days are numbers of
/// `day_number`; `never` stands for none.
struct TaskStatus {
    TaskState state = TaskState::not_yet_assigned;
    /// Calendar days beyond the deadline in force: until that day for an
    /// overdue task, until it was finished for a late one; else 0.
    std::int32_t days_late = 0;
    /// Deadline in force, and the first one.
    std::int32_t deadline = never;
    /// Day held against the deadline, once the result is handed in.
    std::int32_t finished = never;
    /// The deadline was extended; the result was sent back; lateness is excused;
    /// completion is reported without the acceptance that it needs.
    bool extended = false;
    bool returned = false;
    bool exempted = false;
    bool awaiting_acceptance = false;
    /// Open, and its deadline is near.
    bool due_soon = false;
    /// Deadlines missed so far, with those that a later extension replaced.
    std::int32_t deadlines_missed = 0;

    friend bool operator==(const TaskStatus&, const TaskStatus&) = default;
};

}  // namespace thuocdo
