#pragma once
/// @file
/// The life of a task as the few days on which its standing changes. What a
/// task is on any day follows from one of these points and nothing else, so it
/// cannot depend on earlier evaluations.

#include <thuocdo/tasks/task.hpp>
#include <thuocdo/tasks/task_rules.hpp>
#include <thuocdo/tasks/task_state.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace thuocdo::detail {

/// What a task is between two points of its timeline.
enum class TaskPhase : std::uint8_t { not_started, in_progress, completed, suspended, cancelled };

inline constexpr std::uint8_t task_extended = 1;
inline constexpr std::uint8_t task_returned = 2;
inline constexpr std::uint8_t task_exempted = 4;
inline constexpr std::uint8_t task_awaiting_acceptance = 8;

/// The standing of a task from `day` on.
struct TimelinePoint {
    std::int32_t day = never;
    /// Last day in time: the deadline in force, or the one that was when the
    /// result was handed in.
    std::int32_t deadline = never;
    /// Day on which the result was handed in; `never` while it is not.
    std::int32_t finished = never;
    TaskPhase phase = TaskPhase::not_started;
    std::uint8_t flags = 0;
    /// Deadlines that had passed when an extension replaced them.
    std::uint8_t missed = 0;

    [[nodiscard]] bool same_standing(const TimelinePoint& other) const noexcept {
        return deadline == other.deadline && finished == other.finished && phase == other.phase &&
               flags == other.flags && missed == other.missed;
    }
};

/// The point that holds on a day; nothing before the first.
[[nodiscard]] inline const TimelinePoint* point_on(std::span<const TimelinePoint> points,
                                                   std::int32_t day) noexcept {
    const TimelinePoint* found = nullptr;
    for (const TimelinePoint& point : points) {
        if (point.day > day) break;
        found = &point;
    }
    return found;
}

/// The state on a day from the point that holds on it, and the days late.
struct StateOnDay {
    TaskState state = TaskState::not_yet_assigned;
    std::int32_t days_late = 0;
};

[[nodiscard]] inline StateOnDay state_on(const TimelinePoint& point, std::int32_t day) noexcept {
    if (point.phase == TaskPhase::suspended) return {TaskState::suspended, 0};
    if (point.phase == TaskPhase::cancelled) return {TaskState::cancelled, 0};
    const std::int32_t until = std::min(day, point.finished);
    const std::int32_t late = until > point.deadline ? until - point.deadline : 0;
    // The basic states are listed phase by phase, in time before late.
    const auto basic =
        static_cast<std::uint8_t>(2 * static_cast<std::uint8_t>(point.phase) + (late > 0 ? 1 : 0));
    return {static_cast<TaskState>(basic), late};
}

/// Goes through what happens to a task in the order of days.
class TimelineMaker {
  public:
    TimelineMaker(const Task& task, const TaskRules& rules) : task_(task), rules_(rules) {
        now_.day = day_number(task.assigned);
        deadline_ = task.deadline ? day_number(*task.deadline) : never;
        now_.deadline = deadline_;
    }

    [[nodiscard]] std::vector<TimelinePoint> run() {
        points_.push_back(now_);
        for (const Step& step : steps()) {
            // What is dated before the assignment counts from the assignment on.
            now_.day = std::max(step.day, points_.front().day);
            if (step.extension)
                extend(*step.extension);
            else if (step.event)
                happen(*step.event);
            settle();
            if (points_.back().day == now_.day)
                points_.back() = now_;
            else if (!points_.back().same_standing(now_))
                points_.push_back(now_);
        }
        return std::move(points_);
    }

  private:
    /// An extension, an event, or neither: the acceptance of a product.
    struct Step {
        std::int32_t day = 0;
        int order = 0;
        const DeadlineExtension* extension = nullptr;
        const TaskEvent* event = nullptr;
    };

    /// A decision to extend counts for the whole of its day, and so does the
    /// acceptance of a product; events of one day keep the order given.
    [[nodiscard]] std::vector<Step> steps() const {
        std::vector<Step> all;
        for (const DeadlineExtension& each : task_.extensions)
            all.push_back({day_number(each.decided), 0, &each, nullptr});
        for (const TaskProduct& product : task_.products)
            if (product.accepted)
                all.push_back({day_number(*product.accepted), 1, nullptr, nullptr});
        for (const TaskEvent& each : task_.events)
            all.push_back({day_number(each.date), 2, nullptr, &each});
        std::stable_sort(all.begin(), all.end(), [](const Step& a, const Step& b) {
            return a.day != b.day ? a.day < b.day : a.order < b.order;
        });
        return all;
    }

    void extend(const DeadlineExtension& extension) {
        if (now_.finished == never && now_.day > deadline_) ++now_.missed;
        deadline_ = day_number(extension.last_day);
        now_.flags |= task_extended;
        // Once the result is handed in, a later decision cannot make it timely.
        if (now_.finished == never) now_.deadline = deadline_;
    }

    void hand_in() {
        if (now_.finished != never) return;
        now_.finished = now_.day;
        now_.deadline = deadline_;
    }

    void take_back() {
        now_.finished = never;
        now_.deadline = deadline_;
        reported_ = false;
        accepted_ = false;
    }

    void happen(const TaskEvent& event) {
        if (now_.phase == TaskPhase::cancelled) return;
        switch (event.kind) {
            case TaskEventKind::started:
            case TaskEventKind::progress:
                if (now_.phase == TaskPhase::not_started) now_.phase = TaskPhase::in_progress;
                break;
            case TaskEventKind::submitted:
                if (now_.phase == TaskPhase::not_started) now_.phase = TaskPhase::in_progress;
                if (rules_.timeliness == Timeliness::submission) hand_in();
                break;
            case TaskEventKind::returned:
                now_.phase = TaskPhase::in_progress;
                now_.flags |= task_returned;
                take_back();
                break;
            case TaskEventKind::accepted:
                accepted_ = true;
                reported_ = true;
                if (rules_.timeliness != Timeliness::acceptance) hand_in();
                break;
            case TaskEventKind::completed:
                reported_ = true;
                if (now_.phase == TaskPhase::not_started) now_.phase = TaskPhase::in_progress;
                if (rules_.timeliness != Timeliness::acceptance) hand_in();
                break;
            case TaskEventKind::suspended:
                if (now_.phase != TaskPhase::suspended) before_ = now_.phase;
                now_.phase = TaskPhase::suspended;
                break;
            case TaskEventKind::resumed:
                if (now_.phase == TaskPhase::suspended) now_.phase = before_;
                break;
            case TaskEventKind::cancelled:
                now_.phase = TaskPhase::cancelled;
                break;
            case TaskEventKind::exempted:
                now_.flags |= task_exempted;
                break;
        }
    }

    [[nodiscard]] bool is_accepted() const {
        if (accepted_ || !rules_.accepted_product_required) return true;
        return !task_.products.empty() &&
               std::all_of(task_.products.begin(), task_.products.end(),
                           [&](const TaskProduct& product) {
                               return product.accepted && day_number(*product.accepted) <= now_.day;
                           });
    }

    /// Completion that is reported and accepted finishes the task.
    void settle() {
        const bool can_finish =
            now_.phase == TaskPhase::not_started || now_.phase == TaskPhase::in_progress;
        now_.flags &= static_cast<std::uint8_t>(~task_awaiting_acceptance);
        if (!reported_ || !can_finish) return;
        if (is_accepted()) {
            now_.phase = TaskPhase::completed;
            hand_in();
        } else {
            now_.flags |= task_awaiting_acceptance;
        }
    }

    const Task& task_;
    const TaskRules& rules_;
    TimelinePoint now_{};
    std::int32_t deadline_ = never;
    TaskPhase before_ = TaskPhase::not_started;
    bool reported_ = false;
    bool accepted_ = false;
    std::vector<TimelinePoint> points_{};
};

/// The points of a task, by day; the first is its assignment.
[[nodiscard]] inline std::vector<TimelinePoint> make_timeline(const Task& task,
                                                              const TaskRules& rules) {
    return TimelineMaker(task, rules).run();
}

}  // namespace thuocdo::detail
