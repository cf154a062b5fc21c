#pragma once
/// @file
/// Tasks that nothing measures: without a linked indicator, without a product,
/// or linked to an indicator that no model knows; and tasks completed whose
/// linked indicator did not move.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/tasks/task_address.hpp>
#include <thuocdo/tasks/task_tally.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// A task that nothing measures, or not all of it.
struct OrphanTask {
    TaskAddress address{};
    TaskState state = TaskState::not_started;
    bool without_indicator = false;
    bool without_product = false;
    /// Linked indicators that are not among those known, in the order of the task.
    std::vector<std::string> unknown_indicators{};
};

/// The orphans of a day.
struct OrphanTasks {
    Date as_of{};
    /// Sorted by code.
    std::vector<OrphanTask> tasks{};
    /// Tasks assigned until the day and not cancelled, and how many of them have
    /// each lack. Secret ones are in none of these.
    std::int64_t considered = 0;
    std::int64_t without_indicator = 0;
    std::int64_t without_product = 0;
    std::int64_t with_unknown_indicator = 0;
    /// Secret tasks that would be listed.
    std::int64_t secret_count = 0;

    /// Orphans of all tasks considered.
    [[nodiscard]] TaskRate orphan_rate() const noexcept {
        return {static_cast<std::int64_t>(tasks.size()), considered};
    }

    friend std::ostream& operator<<(std::ostream& out, const OrphanTasks& orphans);
};

/// Finds the orphans among the tasks assigned until a day and not cancelled.
/// O(tasks + links * log(known)).
/// @param known codes of the indicators of a model; without them no link is
///        looked up
[[nodiscard]] inline OrphanTasks orphan_tasks(const TaskRegister& tasks, const Date& as_of,
                                              const std::set<std::string>* known = nullptr) {
    const std::int32_t day = day_number(as_of);
    OrphanTasks found;
    found.as_of = as_of;
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        const TaskState state = tasks.state(row, day);
        if (state == TaskState::not_yet_assigned || state == TaskState::cancelled) continue;
        const std::vector<std::string> indicators = tasks.indicators(row);
        OrphanTask orphan;
        orphan.state = state;
        orphan.without_indicator = indicators.empty();
        orphan.without_product = tasks.products(row).empty();
        for (const std::string& each : indicators)
            if (known && !known->contains(each)) orphan.unknown_indicators.push_back(each);
        const bool listed = orphan.without_indicator || orphan.without_product ||
                            !orphan.unknown_indicators.empty();
        if (tasks.is_secret(row)) {
            found.secret_count += listed ? 1 : 0;
            continue;
        }
        ++found.considered;
        if (!listed) continue;
        found.without_indicator += orphan.without_indicator ? 1 : 0;
        found.without_product += orphan.without_product ? 1 : 0;
        found.with_unknown_indicator += orphan.unknown_indicators.empty() ? 0 : 1;
        orphan.address = task_address(tasks, row, day);
        found.tasks.push_back(std::move(orphan));
    }
    std::sort(found.tasks.begin(), found.tasks.end(), [](const OrphanTask& a, const OrphanTask& b) {
        return a.address.task < b.address.task;
    });
    return found;
}

/// What a test says about an indicator of a body.
enum class IndicatorMovement : std::uint8_t { improved, unchanged, worsened, unknown };

/// The movement in words, for people.
[[nodiscard]] inline Label indicator_movement_label(IndicatorMovement movement) {
    switch (movement) {
        case IndicatorMovement::improved:
            return {"improved", "cải thiện"};
        case IndicatorMovement::unchanged:
            return {"unchanged", "không thay đổi"};
        case IndicatorMovement::worsened:
            return {"worsened", "kém đi"};
        case IndicatorMovement::unknown:
            break;
    }
    return {"unknown", "chưa rõ"};
}

/// Which indicators moved, by the test that was used.
struct IndicatorMovements {
    /// Name of the test, e.g. "latest value better than a year before".
    Label test{};
    /// By code of the body and code of the indicator; a pair that is not here is
    /// unknown.
    std::map<std::pair<std::string, std::string>, IndicatorMovement> moved{};

    [[nodiscard]] IndicatorMovement of(const std::string& body,
                                       const std::string& indicator) const {
        const auto found = moved.find({body, indicator});
        return found == moved.end() ? IndicatorMovement::unknown : found->second;
    }
};

/// A completed task without a result that can be seen.
struct CompletedWithoutMovement {
    TaskAddress address{};
    /// On time or late.
    TaskState state = TaskState::completed_on_time;
    /// Day held against the deadline, as a day number.
    std::int32_t finished = never;
    /// Its indicators and how they moved for its lead body, in the order of the
    /// task; none improved, and at least one is known.
    std::vector<std::pair<std::string, IndicatorMovement>> indicators{};
};

/// The distance between work completed and results.
struct CompletionWithoutMovement {
    Date as_of{};
    Label test{};
    /// Sorted by code.
    std::vector<CompletedWithoutMovement> tasks{};
    /// Completed tasks that are not secret, each in exactly one of: an indicator
    /// improved; none improved and one is known (the list); nothing known; no
    /// link.
    std::int64_t completed = 0;
    std::int64_t moved = 0;
    std::int64_t not_moved = 0;
    std::int64_t unknown = 0;
    std::int64_t without_indicator = 0;
    /// Secret tasks that would be listed.
    std::int64_t secret_count = 0;

    /// Not moved of those of which something is known.
    [[nodiscard]] TaskRate without_movement_rate() const noexcept {
        return {not_moved, moved + not_moved};
    }

    friend std::ostream& operator<<(std::ostream& out, const CompletionWithoutMovement& gap);
};

/// Lists the tasks completed until a day whose linked indicators, for the lead
/// body, did not improve. The caller says which indicators moved, and by which
/// test. O(tasks + links * log(pairs)).
[[nodiscard]] inline CompletionWithoutMovement completed_without_movement(
    const TaskRegister& tasks, const Date& as_of, const IndicatorMovements& movements) {
    const std::int32_t day = day_number(as_of);
    CompletionWithoutMovement found;
    found.as_of = as_of;
    found.test = movements.test;
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        const TaskStatus status = tasks.status(row, day);
        if (!is_completed(status.state)) continue;
        CompletedWithoutMovement entry;
        bool improved = false;
        bool known = false;
        for (std::string& indicator : tasks.indicators(row)) {
            const IndicatorMovement movement = movements.of(tasks.lead(row), indicator);
            improved = improved || movement == IndicatorMovement::improved;
            known = known || movement != IndicatorMovement::unknown;
            entry.indicators.push_back({std::move(indicator), movement});
        }
        const bool listed = known && !improved;
        if (tasks.is_secret(row)) {
            found.secret_count += listed ? 1 : 0;
            continue;
        }
        ++found.completed;
        ++(entry.indicators.empty() ? found.without_indicator
           : improved               ? found.moved
           : known                  ? found.not_moved
                                    : found.unknown);
        if (!listed) continue;
        entry.address = task_address(tasks, row, day);
        entry.state = status.state;
        entry.finished = status.finished;
        found.tasks.push_back(std::move(entry));
    }
    std::sort(found.tasks.begin(), found.tasks.end(),
              [](const CompletedWithoutMovement& a, const CompletedWithoutMovement& b) {
                  return a.address.task < b.address.task;
              });
    return found;
}

namespace detail {

/// `Nguyễn Văn A, Bộ trưởng`, or `-`.
[[nodiscard]] inline std::string holder_text(const TaskAddress& address) {
    if (address.person.empty()) return "-";
    if (address.position.empty()) return address.person;
    return address.person + ", " + address.position.in(true);
}

}  // namespace detail

inline std::ostream& operator<<(std::ostream& out, const OrphanTasks& orphans) {
    using Align = detail::TextTable::Align;
    detail::TextTable text({{"nhiệm vụ", Align::left},
                            {"cơ quan", Align::left},
                            {"người chịu trách nhiệm", Align::left},
                            {"thiếu", Align::left}});
    for (const OrphanTask& each : orphans.tasks) {
        std::string lack;
        const auto note = [&](bool holds, const std::string& what) {
            if (holds) lack += (lack.empty() ? "" : "; ") + what;
        };
        note(each.without_indicator, "không gắn chỉ tiêu");
        note(each.without_product, "không có sản phẩm");
        for (const std::string& code : each.unknown_indicators)
            note(true, "chỉ tiêu \"" + code + "\" không có trong bộ chỉ số");
        text.add({each.address.task, each.address.lead, detail::holder_text(each.address), lack});
    }
    return out << to_iso(orphans.as_of) << ": " << orphans.tasks.size() << '/' << orphans.considered
               << " nhiệm vụ không đo được kết quả\n"
               << text;
}

inline std::ostream& operator<<(std::ostream& out, const CompletionWithoutMovement& gap) {
    using Align = detail::TextTable::Align;
    detail::TextTable text({{"nhiệm vụ", Align::left},
                            {"cơ quan", Align::left},
                            {"người chịu trách nhiệm", Align::left},
                            {"chỉ tiêu", Align::left}});
    for (const CompletedWithoutMovement& each : gap.tasks) {
        std::string indicators;
        for (const auto& [code, movement] : each.indicators)
            indicators += (indicators.empty() ? "" : "; ") + code + ": " +
                          indicator_movement_label(movement).vi;
        text.add(
            {each.address.task, each.address.lead, detail::holder_text(each.address), indicators});
    }
    return out << to_iso(gap.as_of) << ": " << gap.not_moved << '/' << gap.completed
               << " nhiệm vụ hoàn thành nhưng chỉ tiêu gắn với nhiệm vụ chưa cải thiện ("
               << gap.test.in(true) << ")\n"
               << text;
}

}  // namespace thuocdo
