#pragma once
/// @file
/// What the rules of warning look at: one task at the end of one day.

#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/tasks/indicator_history.hpp>
#include <thuocdo/tasks/resources.hpp>
#include <thuocdo/tasks/task_register.hpp>
#include <thuocdo/tasks/warning_rules.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// A row of a register, whose whole task is read at most once, and only by the
/// rules that need its plan.
class TaskReader {
  public:
    TaskReader(const TaskRegister& tasks, std::size_t row) : tasks_(&tasks), row_(row) {}

    [[nodiscard]] const TaskRegister& tasks() const noexcept { return *tasks_; }
    [[nodiscard]] std::size_t row() const noexcept { return row_; }
    [[nodiscard]] const Task& whole() {
        if (!whole_) whole_ = tasks_->task(row_);
        return *whole_;
    }

  private:
    const TaskRegister* tasks_;
    std::size_t row_;
    std::optional<Task> whole_{};
};

/// The day since which a task is handed in without a break, `never` while it is
/// not.
[[nodiscard]] inline std::int32_t handed_in_since(std::span<const TimelinePoint> points,
                                                  std::int32_t day) noexcept {
    std::int32_t since = never;
    for (const TimelinePoint& point : points) {
        if (point.day > day) break;
        const bool handed_in =
            point.finished != never || (point.flags & task_awaiting_acceptance) != 0;
        if (!handed_in)
            since = never;
        else if (since == never)
            since = point.day;
    }
    return since;
}

/// One open task at the end of a day.
struct WarningFacts {
    WarningFacts(TaskReader& from, const TaskStatus& standing, std::int32_t on)
        : reader(from),
          status(standing),
          day(on),
          money(resources_of(from.tasks(), from.row(), standing, on)),
          handed_in(handed_in_since(from.tasks().timeline(from.row()), on)) {}

    TaskReader& reader;
    TaskStatus status;
    std::int32_t day;
    TaskResources money;
    std::int32_t handed_in;

    [[nodiscard]] const TaskRegister& tasks() const noexcept { return reader.tasks(); }
    [[nodiscard]] std::size_t row() const noexcept { return reader.row(); }
    [[nodiscard]] bool is_handed_in() const noexcept { return handed_in != never; }
    [[nodiscard]] bool has_started() const noexcept {
        return status.state != TaskState::not_started &&
               status.state != TaskState::not_started_overdue;
    }
    /// Days to the deadline in force, negative beyond it; `never` without one.
    [[nodiscard]] std::int32_t days_left() const noexcept {
        return status.deadline == never ? never : status.deadline - day;
    }
    [[nodiscard]] std::int32_t days_without_event() const noexcept {
        return day - tasks().last_event(row(), day);
    }
    /// Reported share of the work; NaN where none is reported.
    [[nodiscard]] double reported() const noexcept { return tasks().progress(row(), day); }

    /// Deadlines that did not hold.
    [[nodiscard]] std::int32_t deadlines_not_held() const {
        std::int32_t count = is_overdue(status.state) ? 1 : 0;
        if (!status.extended) return count;
        for (const DeadlineExtension& each : tasks().extensions(row()))
            count += day_number(each.decided) <= day ? 1 : 0;
        return count;
    }

    /// The latest milestone more than so many days back whose planned share is
    /// not reported. Planned shares never fall, so only the latest can be missed
    /// when any is.
    [[nodiscard]] const TaskMilestone* missed_milestone(std::int32_t days) const {
        const TaskMilestone* latest = nullptr;
        for (const TaskMilestone& each : reader.whole().milestones)
            if (day - day_number(each.date) > days) latest = &each;
        if (!latest) return nullptr;
        const double share = reported();
        const bool reached =
            std::isnan(share) ? latest->planned_share == 0.0 : share >= latest->planned_share;
        return reached ? nullptr : latest;
    }

    /// Disbursed on the task after one day until another; NaN without entries.
    [[nodiscard]] double disbursed_between(std::int32_t after, std::int32_t until) const {
        numeric::ExactSum sum;
        bool any = false;
        for (const TaskMoney& entry : tasks().money(row())) {
            const std::int32_t on = day_number(entry.date);
            if (on <= after || on > until) continue;
            sum.add(entry.disbursed);
            any = true;
        }
        return any ? sum.value() : std::numeric_limits<double>::quiet_NaN();
    }
};

/// Tasks of a document other than the one asked about, and how many of them have
/// an allocation.
struct DocumentPeers {
    std::int64_t others = 0;
    std::int64_t with_allocation = 0;

    [[nodiscard]] double share() const noexcept {
        return static_cast<double>(with_allocation) / static_cast<double>(others);
    }
};

/// Counts the tasks of each document that are assigned, or have an allocation,
/// until a day. Secret tasks and tasks without a document are left out.
class DocumentMoney {
  public:
    explicit DocumentMoney(const TaskRegister& tasks)
        : assigned_(tasks.documents().size()), allocated_(tasks.documents().size()) {
        for (std::size_t row = 0; row < tasks.size(); ++row) {
            if (tasks.is_secret(row) || tasks.document(row).empty()) continue;
            const auto document = static_cast<std::size_t>(tasks.document_id(row));
            assigned_[document].push_back(tasks.assigned(row));
            std::int32_t first = never;
            for (const TaskMoney& entry : tasks.money(row))
                if (entry.allocated > 0.0) first = std::min(first, day_number(entry.date));
            if (first != never)
                allocated_[document].push_back(std::max(first, tasks.assigned(row)));
        }
        for (auto* days : {&assigned_, &allocated_})
            for (std::vector<std::int32_t>& each : *days) std::sort(each.begin(), each.end());
    }

    /// The peers, on a day, of a task without an allocation.
    [[nodiscard]] DocumentPeers peers(const TaskRegister& tasks, std::size_t row,
                                      std::int32_t day) const {
        if (tasks.document(row).empty()) return {};
        const auto document = static_cast<std::size_t>(tasks.document_id(row));
        const std::int64_t itself = tasks.is_secret(row) ? 0 : 1;
        return {until(assigned_[document], day) - itself, until(allocated_[document], day)};
    }

  private:
    [[nodiscard]] static std::int64_t until(const std::vector<std::int32_t>& days,
                                            std::int32_t day) {
        return std::upper_bound(days.begin(), days.end(), day) - days.begin();
    }

    std::vector<std::vector<std::int32_t>> assigned_;
    std::vector<std::vector<std::int32_t>> allocated_;
};

/// An indicator that is not better than some observations before.
struct FlatIndicator {
    IndicatorObservation before{};
    IndicatorObservation latest{};
};

[[nodiscard]] inline std::optional<FlatIndicator> flat_indicator(const IndicatorHistory& history,
                                                                 const std::string& body,
                                                                 const std::string& indicator,
                                                                 std::size_t periods,
                                                                 std::int32_t day) {
    const std::optional<Direction> direction = history.better(indicator);
    if (!direction) return std::nullopt;
    const std::vector<IndicatorObservation> known = history.observations(body, indicator, day);
    if (known.size() <= periods) return std::nullopt;
    const IndicatorObservation& before = known[known.size() - 1 - periods];
    const IndicatorObservation& latest = known.back();
    const bool better = *direction == Direction::higher_is_better ? latest.value > before.value
                                                                  : latest.value < before.value;
    if (better) return std::nullopt;
    return FlatIndicator{before, latest};
}

/// Whether one share exceeds another by more than a margin, as decimals.
[[nodiscard]] inline bool exceeds_by(double larger, double smaller, double margin) {
    constexpr int decimals = 9;
    return numeric::round_decimal(larger - smaller, decimals) > margin;
}

}  // namespace thuocdo::detail
