#pragma once
// What the bindings of tasks share.

#include <thuocdo/tasks/indicator_history.hpp>
#include <thuocdo/tasks/task_address.hpp>
#include <thuocdo/tasks/task_group.hpp>
#include <thuocdo/tasks/task_register.hpp>
#include <thuocdo/tasks/task_tally.hpp>
#include <thuocdo/time/day_number.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"

namespace thuocdo::python {

/// A day as YYYY-MM-DD, or the day in Viet Nam of a moment with its offset.
[[nodiscard]] Date read_day(const std::string& text, const char* argument);
[[nodiscard]] std::optional<Date> read_day(const std::optional<std::string>& text,
                                           const char* argument);

/// Panels and, by indicator, `higher` or `lower`; nothing when both are empty.
[[nodiscard]] std::optional<IndicatorHistory> read_history(
    std::vector<Panel> panels, const std::map<std::string, std::string>& better);

[[nodiscard]] TaskGroup read_group(const std::string& word);

/// Adds the tables of groups: counts, flow, converted work, money.
void register_task_tables(py::class_<TaskRegister>& tasks);

/// Adds the lists of single tasks: where each stands, overdue ones, warnings,
/// flags, forecasts.
void register_task_lists(py::class_<TaskRegister>& tasks);

/// Adds how good warnings and forecasts were.
void register_task_quality(py::class_<TaskRegister>& tasks);

[[nodiscard]] inline std::optional<Date> date_if_any(std::int32_t day) {
    if (day == never) return std::nullopt;
    return date_of(day);
}

/// A rate and, beside it, what it is a rate of.
template <class Row, class Get>
void add_rate(TableOf<Row>& to, const std::string& name, Get get) {
    to.numbers(name.c_str(), [&](const Row& row) { return get(row).value(); });
    to.counts((name + "_numerator").c_str(), [&](const Row& row) { return get(row).numerator; });
    to.counts((name + "_denominator").c_str(),
              [&](const Row& row) { return get(row).denominator; });
}

/// A task and who answers for it.
template <class Row>
void add_address(TableOf<Row>& to, const char* task) {
    to.texts(task, [](const Row& row) { return row.address.task; });
    to.texts("title", [](const Row& row) { return row.address.title; });
    to.texts("lead", [](const Row& row) { return row.address.lead; });
    to.texts("person", [](const Row& row) { return row.address.person; });
    to.labels("position", [](const Row& row) { return row.address.position; });
}

}  // namespace thuocdo::python
