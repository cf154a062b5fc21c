#pragma once
/// @file
/// A task as written: plain values that a program or a reader of registers
/// fills in. `TaskRegister` checks them.

#include <thuocdo/model/label.hpp>
#include <thuocdo/time/date.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo {

/// What happened to a task on a day.
enum class TaskEventKind : std::uint8_t {
    started,    ///< work began
    progress,   ///< a share of the work was reported done
    submitted,  ///< the result was handed in
    returned,   ///< the result was sent back for rework
    accepted,   ///< the result as a whole was accepted by the authority
    completed,  ///< completion was reported
    suspended,  ///< put on hold by the superior
    resumed,    ///< taken up again
    cancelled,  ///< withdrawn by the superior
    exempted    ///< lateness excused for objective causes, confirmed by the authority
};

namespace detail {
inline constexpr std::array<const char*, 10> task_event_names{
    "started",   "progress",  "submitted", "returned",  "accepted",
    "completed", "suspended", "resumed",   "cancelled", "exempted"};
}  // namespace detail

/// The kind of an event as in files, e.g. `submitted`.
[[nodiscard]] constexpr const char* task_event_name(TaskEventKind kind) noexcept {
    return detail::task_event_names[static_cast<std::size_t>(kind)];
}

/// The kind that a word names.
[[nodiscard]] constexpr std::optional<TaskEventKind> parse_task_event(
    std::string_view word) noexcept {
    for (std::size_t k = 0; k < detail::task_event_names.size(); ++k)
        if (word == detail::task_event_names[k]) return static_cast<TaskEventKind>(k);
    return std::nullopt;
}

/// One event.
struct TaskEvent {
    TaskEventKind kind = TaskEventKind::started;
    /// Day in the zone of the register (`local_date` turns a timestamp into it).
    Date date{};
    /// Share of the work done, 0 to 1, for `progress`; NaN where none is stated.
    double share = std::numeric_limits<double>::quiet_NaN();
    /// Who decided; required for `exempted` and `cancelled`.
    std::string authority{};
    std::string note{};

    /// Shares that are not stated are equal.
    friend bool operator==(const TaskEvent& a, const TaskEvent& b) noexcept {
        const bool same_share = a.share == b.share || (a.share != a.share && b.share != b.share);
        return same_share && a.kind == b.kind && a.date == b.date && a.authority == b.authority &&
               a.note == b.note;
    }
};

/// A later deadline; the original one is kept.
struct DeadlineExtension {
    /// Day of the decision. Before it the earlier deadline is in force.
    Date decided{};
    /// Last day on which the task is still in time.
    Date last_day{};
    /// Number of the decision, required.
    std::string decision{};
    friend bool operator==(const DeadlineExtension&, const DeadlineExtension&) = default;
};

/// A stage of a task's plan.
struct TaskMilestone {
    std::string name{};
    Date date{};
    /// Share of the whole that is to be done by then, 0 to 1.
    double planned_share = 0.0;
    friend bool operator==(const TaskMilestone&, const TaskMilestone&) = default;
};

/// How an accepted product stands to what was asked for.
enum class ProductQuality : std::uint8_t { not_assessed, meets, exceeds };

/// What a task has to deliver.
struct TaskProduct {
    std::string name{};
    /// Day of acceptance; empty while it is not accepted.
    std::optional<Date> accepted{};
    ProductQuality quality = ProductQuality::not_assessed;
    /// Days of the assessments that it failed.
    std::vector<Date> failed_assessments{};
    /// Conversion coefficient; empty: that of the task.
    std::optional<double> coefficient{};
    friend bool operator==(const TaskProduct&, const TaskProduct&) = default;
};

/// Money given or paid out on a day, in dong.
struct TaskMoney {
    Date date{};
    double allocated = 0.0;
    double disbursed = 0.0;
    friend bool operator==(const TaskMoney&, const TaskMoney&) = default;
};

/// Who may see a task. Secret tasks are counted and never listed.
enum class TaskSecrecy : std::uint8_t { open, secret };

/// A task.
struct Task {
    /// Unique in the register.
    std::string code;
    std::string title{};
    /// Number of the document that assigned it.
    std::string document{};
    /// The one body that answers for it.
    std::string lead{};
    std::vector<std::string> coordinating{};
    /// Code of the accountable post (`OfficeTerm::post`); empty: the post whose
    /// code is that of the lead body, if the register has it.
    std::string post{};
    /// Groups for tables.
    std::string level{};
    std::string sector{};
    Date assigned{};
    /// Last day on which it is in time; empty: a standing task without deadline.
    std::optional<Date> deadline{};
    /// The deadline in the words of the document.
    std::string deadline_text{};
    std::vector<DeadlineExtension> extensions{};
    std::vector<TaskMilestone> milestones{};
    /// In any order of days; events of one day happen in the order given.
    std::vector<TaskEvent> events{};
    std::vector<TaskProduct> products{};
    /// Indicators that the task is to move.
    std::vector<std::string> indicators{};
    /// Conversion coefficient K: one product of this task counts as K units of
    /// work. At most four decimals.
    double coefficient = 1.0;
    std::vector<TaskMoney> money{};
    TaskSecrecy secrecy = TaskSecrecy::open;
    friend bool operator==(const Task&, const Task&) = default;
};

/// A person in an office for a time. The person who answers for a task on a day
/// is the one whose term of the task's post holds that day.
struct OfficeTerm {
    /// Code of the post, e.g. that of the body for its head.
    std::string post;
    std::string body{};
    Label position{};
    std::string person{};
    /// First and last day in office; empty: open.
    std::optional<Date> from{};
    std::optional<Date> to{};
};

}  // namespace thuocdo
