// Lists of single tasks on a day. Secret tasks are counted and never listed.
#include <thuocdo/io/warning_rules.hpp>
#include <thuocdo/tasks/accountability.hpp>
#include <thuocdo/tasks/deadline_forecast.hpp>
#include <thuocdo/tasks/early_warning.hpp>
#include <thuocdo/tasks/orphan_tasks.hpp>
#include <thuocdo/tasks/waste_flags.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "convert_tasks.hpp"

namespace thuocdo::python {

namespace {

/// One row of the register on a day.
struct StatusRow {
    std::size_t row = 0;
    TaskStatus status{};
    TaskAddress address{};
};

[[nodiscard]] py::dict status_of(const TaskRegister& tasks, const std::string& as_of) {
    const std::int32_t day = day_number(read_day(as_of, "as_of"));
    std::vector<StatusRow> rows;
    for (std::size_t row = 0; row < tasks.size(); ++row)
        if (!tasks.is_secret(row))
            rows.push_back({row, tasks.status(row, day), task_address(tasks, row, day)});
    using Row = StatusRow;
    TableOf<Row> columns(rows);
    const auto flag = [&](const char* name, bool TaskStatus::*get) {
        columns.flags(name, [get](const Row& row) { return row.status.*get; });
    };
    add_address(columns, "code");
    columns.texts("document", [&](const Row& row) { return tasks.document(row.row); });
    columns.texts("state", [](const Row& row) { return task_state_name(row.status.state); });
    columns.texts("state_vi", [](const Row& row) { return task_state_label(row.status.state).vi; });
    columns.counts("days_late", [](const Row& row) { return row.status.days_late; });
    columns.days("first_deadline",
                 [&](const Row& row) { return date_if_any(tasks.first_deadline(row.row)); });
    columns.days("deadline", [](const Row& row) { return date_if_any(row.status.deadline); });
    columns.days("finished", [](const Row& row) { return date_if_any(row.status.finished); });
    columns.numbers("progress", [&](const Row& row) { return tasks.progress(row.row, day); });
    flag("due_soon", &TaskStatus::due_soon);
    flag("awaiting_acceptance", &TaskStatus::awaiting_acceptance);
    flag("extended", &TaskStatus::extended);
    flag("returned", &TaskStatus::returned);
    flag("exempted", &TaskStatus::exempted);
    columns.counts("deadlines_missed", [](const Row& row) { return row.status.deadlines_missed; });
    return columns.take();
}

/// An overdue task under the group that it is listed for.
struct ListedRow {
    const OverdueGroup* group = nullptr;
    const OverdueRow* row = nullptr;
};

/// The printed list with its first rows only.
[[nodiscard]] std::string first_overdue(OverdueList list, std::size_t shown) {
    for (OverdueGroup& group : list.groups) {
        group.rows.resize(std::min(group.rows.size(), shown));
        shown -= group.rows.size();
    }
    return printed_text(list);
}

[[nodiscard]] py::dict overdue_of(const TaskRegister& tasks, const std::string& as_of,
                                  const std::string& by, const WorkingCalendar& calendar,
                                  const std::optional<std::string>& earlier, bool without_exempted,
                                  std::size_t shown) {
    OverdueOptions options;
    options.by = read_group(by);
    options.earlier = read_day(earlier, "earlier");
    options.without_exempted = without_exempted;
    const OverdueList list = overdue_list(tasks, read_day(as_of, "as_of"), calendar, options);
    std::vector<ListedRow> rows;
    for (const OverdueGroup& group : list.groups)
        for (const OverdueRow& row : group.rows) rows.push_back({&group, &row});
    using Row = ListedRow;
    TableOf<Row> columns(rows);
    const auto text = [&](const char* name, std::string OverdueRow::*get) {
        columns.texts(name, [get](const Row& row) { return row.row->*get; });
    };
    const auto flag = [&](const char* name, bool OverdueRow::*get) {
        columns.flags(name, [get](const Row& row) { return row.row->*get; });
    };
    columns.texts("group", [](const Row& row) { return row.group->code; });
    text("code", &OverdueRow::code);
    text("title", &OverdueRow::title);
    text("lead", &OverdueRow::lead);
    columns.texts("coordinating", [](const Row& row) {
        std::string names;
        for (const std::string& body : row.row->coordinating)
            names += (names.empty() ? "" : "|") + body;
        return names;
    });
    text("person", &OverdueRow::person);
    columns.labels("position", [](const Row& row) { return row.row->position; });
    text("person_at_deadline", &OverdueRow::person_at_deadline);
    text("document", &OverdueRow::document);
    columns.texts("state", [](const Row& row) { return task_state_name(row.row->state); });
    columns.texts("state_vi", [](const Row& row) { return task_state_label(row.row->state).vi; });
    columns.days("first_deadline", [](const Row& row) { return row.row->first_deadline; });
    columns.days("deadline", [](const Row& row) { return std::optional(row.row->deadline); });
    text("deadline_text", &OverdueRow::deadline_text);
    columns.counts("extensions", [](const Row& row) { return row.row->extensions; });
    text("last_decision", &OverdueRow::last_decision);
    columns.counts("days_late", [](const Row& row) { return row.row->late.calendar_days; });
    columns.counts("working_days_late", [](const Row& row) { return row.row->late.working_days; });
    columns.flags("provisional", [](const Row& row) { return row.row->late.provisional; });
    flag("carried_over", &OverdueRow::carried_over);
    flag("exempted", &OverdueRow::exempted);
    flag("awaiting_acceptance", &OverdueRow::awaiting_acceptance);
    py::dict out;
    out["as_of"] = to_iso(list.as_of);
    out["by"] = task_group_name(list.by);
    out["columns"] = columns.take();
    out["total"] = list.total;
    out["secret"] = list.secret;
    out["text"] = first_overdue(list, shown);
    return out;
}

[[nodiscard]] py::dict warnings_of(const TaskRegister& tasks, const std::string& as_of,
                                   const std::string& rules, std::vector<Panel> panels,
                                   const std::map<std::string, std::string>& better) {
    const WarningRuleSet set = io::load_warning_rules(rules);
    const std::optional<IndicatorHistory> history = read_history(std::move(panels), better);
    const EarlyWarnings found =
        early_warnings(tasks, read_day(as_of, "as_of"), set.rules, history ? &*history : nullptr);
    using Row = Warning;
    TableOf<Row> columns(found.warnings);
    columns.texts("severity", [](const Row& row) { return warning_severity_name(row.severity); });
    columns.texts("severity_vi",
                  [](const Row& row) { return warning_severity_label(row.severity).vi; });
    columns.texts("rule", [](const Row& row) { return row.rule; });
    columns.texts("subject", [](const Row& row) { return warning_subject_name(row.subject()); });
    add_address(columns, "task");
    columns.texts("indicator", [](const Row& row) { return row.indicator; });
    columns.labels("finding", [](const Row& row) { return row.finding; });
    columns.labels("reason", [](const Row& row) { return row.reason; });
    columns.numbers("days_left", [](const Row& row) {
        return row.days_left == never ? missing_value : static_cast<double>(row.days_left);
    });
    columns.flags("in_good_time", [](const Row& row) { return row.in_good_time; });
    columns.numbers("amount", [](const Row& row) { return row.amount; });
    py::dict summary;
    summary["not_evaluated"] = found.not_evaluated;
    summary["without_direction"] = found.without_direction;
    py::dict out;
    out["as_of"] = to_iso(found.as_of);
    out["columns"] = columns.take();
    out["secret"] = found.secret_count;
    out["summary"] = summary;
    return out;
}

[[nodiscard]] py::dict waste_of(const TaskRegister& tasks, const std::string& as_of,
                                double overload_ratio, std::int32_t fewest_heads,
                                std::int32_t most_leads_of_a_product) {
    const WasteFlags found = waste_flags(tasks, read_day(as_of, "as_of"),
                                         {overload_ratio, fewest_heads, most_leads_of_a_product});
    using Row = WasteFlag;
    TableOf<Row> columns(found.flags);
    columns.texts("class", [](const Row& row) { return waste_class_name(row.waste()); });
    columns.texts("class_vi", [](const Row& row) { return waste_class_label(row.waste()).vi; });
    columns.texts("kind", [](const Row& row) { return waste_kind_name(row.kind); });
    add_address(columns, "task");
    columns.labels("reason", [](const Row& row) { return row.reason; });
    columns.numbers("amount", [](const Row& row) { return row.amount; });
    columns.numbers("work", [](const Row& row) { return row.work; });
    columns.counts("days", [](const Row& row) { return row.days; });
    py::dict summary;
    for (const WasteClassRow& row : found.by_class) {
        py::dict entry;
        entry["flags"] = row.flags;
        entry["tasks"] = row.tasks;
        entry["amount"] = row.amount;
        entry["work"] = row.work;
        entry["days"] = row.days;
        summary[waste_class_name(row.waste)] = entry;
    }
    py::dict out;
    out["as_of"] = to_iso(found.as_of);
    out["columns"] = columns.take();
    out["secret"] = found.secret_count;
    out["summary"] = summary;
    return out;
}

[[nodiscard]] py::dict orphans_of(const TaskRegister& tasks, const std::string& as_of,
                                  const std::optional<std::set<std::string>>& known) {
    const OrphanTasks found =
        orphan_tasks(tasks, read_day(as_of, "as_of"), known ? &*known : nullptr);
    using Row = OrphanTask;
    TableOf<Row> columns(found.tasks);
    add_address(columns, "code");
    columns.texts("state", [](const Row& row) { return task_state_name(row.state); });
    columns.texts("state_vi", [](const Row& row) { return task_state_label(row.state).vi; });
    columns.flags("without_indicator", [](const Row& row) { return row.without_indicator; });
    columns.flags("without_product", [](const Row& row) { return row.without_product; });
    columns.texts("unknown_indicators", [](const Row& row) {
        std::string codes;
        for (const std::string& code : row.unknown_indicators)
            codes += (codes.empty() ? "" : "|") + code;
        return codes;
    });
    const TaskRate rate = found.orphan_rate();
    py::dict summary;
    summary["considered"] = found.considered;
    summary["without_indicator"] = found.without_indicator;
    summary["without_product"] = found.without_product;
    summary["with_unknown_indicator"] = found.with_unknown_indicator;
    summary["orphans_on_tasks_considered"] = rate.value();
    py::dict out;
    out["as_of"] = to_iso(found.as_of);
    out["columns"] = columns.take();
    out["secret"] = found.secret_count;
    out["summary"] = summary;
    return out;
}

/// The forecast of one open task.
struct ForecastRow {
    TaskAddress address{};
    std::int32_t deadline = never;
    Forecast forecast{};
};

[[nodiscard]] py::dict forecast_of(const TaskRegister& tasks, const std::string& as_of) {
    const Date date = read_day(as_of, "as_of");
    const std::int32_t day = day_number(date);
    const DeadlineForecast learnt = DeadlineForecast::fit(tasks, date);
    std::vector<ForecastRow> rows;
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        if (tasks.is_secret(row)) continue;
        Forecast forecast = learnt.forecast(tasks, row, date);
        if (std::isnan(forecast.probability)) continue;
        rows.push_back(
            {task_address(tasks, row, day), tasks.status(row, day).deadline, std::move(forecast)});
    }
    using Row = ForecastRow;
    TableOf<Row> columns(rows);
    add_address(columns, "code");
    columns.days("deadline", [](const Row& row) { return date_if_any(row.deadline); });
    columns.numbers("probability", [](const Row& row) { return row.forecast.probability; });
    columns.numbers("low", [](const Row& row) { return row.forecast.low; });
    columns.numbers("high", [](const Row& row) { return row.forecast.high; });
    columns.counts("missed", [](const Row& row) { return row.forecast.missed; });
    columns.counts("similar", [](const Row& row) { return row.forecast.similar; });
    columns.labels("explanation", [](const Row& row) { return row.forecast.explain(); });
    return columns.take();
}

}  // namespace

void register_task_lists(py::class_<TaskRegister>& tasks) {
    using py::arg;
    tasks.def("status", &status_of, arg("as_of"))
        .def("overdue", &overdue_of, arg("as_of"), arg("by"), arg("calendar"), arg("earlier"),
             arg("without_exempted"), arg("shown"))
        .def("warnings", &warnings_of, arg("as_of"), arg("rules"), arg("panels"), arg("better"))
        .def("waste_flags", &waste_of, arg("as_of"), arg("overload_ratio"), arg("fewest_heads"),
             arg("most_leads_of_a_product"))
        .def("orphans", &orphans_of, arg("as_of"), arg("known"))
        .def("forecast", &forecast_of, arg("as_of"));
}

}  // namespace thuocdo::python
