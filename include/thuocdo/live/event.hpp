#pragma once
/// @file
/// What a live scoreboard is told: one fact, when it is true for, and when it became
/// known.

#include <thuocdo/data/cell_state.hpp>
#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/time/date.hpp>
#include <thuocdo/time/instant.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

namespace thuocdo::live {

/// The value of an indicator of a unit for a period, or why there is none.
struct Observation {
    std::string unit;
    std::string indicator;
    /// Label of the period that it belongs to, e.g. `2026-Q3`.
    std::string period{};
    /// Empty where the state has no value, or where the parts give it.
    std::optional<double> value{};
    /// Parts of a ratio; both or none. A denominator of 0 makes the state
    /// `zero_denominator`.
    std::optional<double> numerator{};
    std::optional<double> denominator{};
    CellState state = CellState::observed;
    friend bool operator==(const Observation&, const Observation&) = default;
};

/// Takes back the event that `Event::replaces` names, without a fact in its place.
struct Withdrawal {
    friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

/// A unit as it stands from a day on: a new one, or an earlier one changed.
struct UnitFact {
    Unit unit;
    friend bool operator==(const UnitFact&, const UnitFact&) = default;
};

/// A task as it stands from a day on: a new one, or an earlier one changed.
struct TaskFact {
    Task task;
    friend bool operator==(const TaskFact&, const TaskFact&) = default;
};

/// Something that happened to a task.
struct TaskHappening {
    /// Code of the task.
    std::string task;
    TaskEvent event{};
    friend bool operator==(const TaskHappening&, const TaskHappening&) = default;
};

/// A decision to move the deadline of a task.
struct TaskExtension {
    /// Code of the task.
    std::string task;
    DeadlineExtension extension{};
    friend bool operator==(const TaskExtension&, const TaskExtension&) = default;
};

/// What an event says.
using Fact =
    std::variant<Observation, Withdrawal, UnitFact, TaskFact, TaskHappening, TaskExtension>;

namespace detail {

/// Kinds of facts as in files, in the order of `Fact`.
inline constexpr std::array<const char*, std::variant_size_v<Fact>> fact_names{
    "observation", "withdrawal", "unit", "task", "task_event", "task_extension"};

}  // namespace detail

/// The kind of a fact as in files, e.g. `observation`.
[[nodiscard]] inline const char* fact_name(const Fact& fact) noexcept {
    return detail::fact_names[fact.index()];
}

/// One entry of an observation log. Entries are never changed: a correction is a new
/// entry for the same subject, or one that replaces an earlier one by its id.
struct Event {
    /// Unique in the log; the same event may arrive again and counts once.
    std::string id;
    /// First day on which it is true.
    Date valid{};
    /// When it became known.
    Instant known{};
    /// Id of the event that this one replaces for good; empty for none. It need not
    /// have arrived yet.
    std::string replaces{};
    std::string source{};
    Fact fact{};
    friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace thuocdo::live
