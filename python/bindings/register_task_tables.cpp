// Tables of groups of tasks: counts of a day, flow between days, converted
// work, money.
#include <thuocdo/tasks/resources.hpp>
#include <thuocdo/tasks/task_flow.hpp>
#include <thuocdo/tasks/task_quantities.hpp>
#include <thuocdo/tasks/task_table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "convert_tasks.hpp"

namespace thuocdo::python {

namespace {

/// Adds the counts of rows and their rates, each beside its numerator and
/// denominator.
void add_tally(TableOf<TaskTableRow>& to) {
    using Row = TaskTableRow;
    const auto count = [&](const char* name, std::int64_t (TaskTally::*get)() const noexcept) {
        to.counts(name, [get](const Row& row) { return (row.tally.*get)(); });
    };
    const auto member = [&](const char* name, std::int64_t TaskTally::*get) {
        to.counts(name, [get](const Row& row) { return row.tally.*get; });
    };
    const auto state = [&](const char* name, TaskState of) {
        to.counts(name, [of](const Row& row) { return row.tally.of(of); });
    };
    const auto rate = [&](const char* name, TaskRate (TaskTally::*get)() const noexcept) {
        add_rate(to, name, [get](const Row& row) { return (row.tally.*get)(); });
    };
    count("all", &TaskTally::all);
    count("done", &TaskTally::done);
    state("on_time", TaskState::completed_on_time);
    state("late", TaskState::completed_late);
    count("open", &TaskTally::open);
    count("open_in_time", &TaskTally::open_in_time);
    count("overdue", &TaskTally::overdue);
    for (const TaskState each :
         {TaskState::not_started, TaskState::not_started_overdue, TaskState::in_progress,
          TaskState::in_progress_overdue, TaskState::suspended, TaskState::cancelled})
        state(task_state_name(each), each);
    count("due", &TaskTally::due);
    member("late_exempted", &TaskTally::completed_late_exempted);
    member("overdue_exempted", &TaskTally::overdue_exempted);
    member("due_soon", &TaskTally::due_soon);
    member("extended", &TaskTally::extended);
    member("returned", &TaskTally::returned);
    member("awaiting_acceptance", &TaskTally::awaiting_acceptance);
    member("without_deadline", &TaskTally::without_deadline);
    member("secret", &TaskTally::secret);
    for (std::size_t age = 0; age < overdue_age_limits.size() + 1; ++age) {
        const bool last = age == overdue_age_limits.size();
        const std::string name =
            last ? "overdue_over_" + std::to_string(overdue_age_limits.back()) + "_days"
                 : "overdue_to_" + std::to_string(overdue_age_limits[age]) + "_days";
        to.counts(name.c_str(), [age](const Row& row) { return row.tally.overdue_by_age[age]; });
    }
    rate("completion_on_tasks_due", &TaskTally::completion_on_tasks_due);
    rate("completion_on_all_tasks", &TaskTally::completion_on_all_tasks);
    rate("on_time_on_tasks_due", &TaskTally::on_time_on_tasks_due);
    rate("on_time_on_tasks_done", &TaskTally::on_time_on_tasks_done);
    rate("overdue_on_tasks_due", &TaskTally::overdue_on_tasks_due);
    rate("overdue_on_open_tasks", &TaskTally::overdue_on_open_tasks);
    rate("mean_days_overdue", &TaskTally::days_overdue_on_tasks_overdue);
    rate("mean_days_completed_late", &TaskTally::days_late_on_tasks_completed_late);
}

[[nodiscard]] py::dict table_of(const TaskRegister& tasks, const std::string& as_of,
                                const std::string& by, std::size_t shown) {
    const TaskTable table = task_table(tasks, read_day(as_of, "as_of"), read_group(by));
    using Row = TaskTableRow;
    TableOf<Row> columns(table.rows);
    columns.texts("code", [](const Row& row) { return row.code; });
    if (table.by == TaskGroup::head) {
        columns.texts("person", [](const Row& row) { return row.person; });
        columns.labels("position", [](const Row& row) { return row.position; });
        columns.texts("body", [](const Row& row) { return row.body; });
    }
    add_tally(columns);
    columns.counts("worst_days_overdue", [](const Row& row) { return row.worst_days_overdue; });
    TaskTableRow total_row;
    total_row.tally = table.total;
    TableOf<Row> total(std::span<const Row>(&total_row, 1));
    add_tally(total);
    py::dict out;
    out["as_of"] = to_iso(table.as_of);
    out["by"] = task_group_name(table.by);
    out["meaning"] = task_group_meaning(table.by).en;
    out["meaning_vi"] = task_group_meaning(table.by).vi;
    out["columns"] = columns.take();
    out["total"] = total.take();
    out["text"] = first_rows(table, shown);
    return out;
}

[[nodiscard]] py::dict flow_of(const TaskRegister& tasks, const std::string& earlier,
                               const std::string& later, const std::string& by) {
    const TaskFlow flow =
        task_flow(tasks, read_day(earlier, "earlier"), read_day(later, "later"), read_group(by));
    using Row = TaskFlowRow;
    TableOf<Row> columns(flow.rows);
    const auto member = [&](const char* name, std::int64_t Row::*get) {
        columns.counts(name, [get](const Row& row) { return row.*get; });
    };
    columns.texts("code", [](const Row& row) { return row.code; });
    if (flow.by == TaskGroup::head)
        columns.texts("person", [](const Row& row) { return row.person; });
    member("open_then", &Row::open_then);
    member("assigned_since", &Row::assigned_since);
    member("closed_since", &Row::closed_since);
    member("open_now", &Row::open_now);
    member("overdue_then", &Row::overdue_then);
    member("carried_over", &Row::carried_over);
    member("overdue_closed", &Row::overdue_closed);
    member("overdue_otherwise", &Row::overdue_otherwise);
    member("newly_overdue", &Row::newly_overdue);
    add_rate(columns, "closure_rate", [](const Row& row) { return row.closure_rate(); });
    add_rate(columns, "carry_over_rate", [](const Row& row) { return row.carry_over_rate(); });
    py::dict out;
    out["earlier"] = to_iso(flow.earlier);
    out["later"] = to_iso(flow.later);
    out["by"] = task_group_name(flow.by);
    out["columns"] = columns.take();
    return out;
}

[[nodiscard]] py::dict quantities_of(const TaskRegister& tasks, const std::string& as_of,
                                     const std::string& by, bool all_tasks) {
    const TaskQuantityTable table =
        task_quantities(tasks, read_day(as_of, "as_of"), read_group(by),
                        all_tasks ? QuantityBase::all : QuantityBase::due);
    using Row = TaskQuantityRow;
    TableOf<Row> columns(table.rows);
    const auto work = [&](const char* name, std::int64_t TaskQuantities::*get) {
        columns.numbers(name, [get](const Row& row) {
            return static_cast<double>(row.quantities.*get) / TaskQuantities::units;
        });
    };
    const auto count = [&](const char* name, std::int64_t TaskQuantities::*get) {
        columns.counts(name, [get](const Row& row) { return row.quantities.*get; });
    };
    const auto rate = [&](const char* name, TaskRate (TaskQuantities::*get)() const noexcept) {
        columns.numbers(name, [get](const Row& row) { return (row.quantities.*get)().value(); });
    };
    columns.texts("code", [](const Row& row) { return row.code; });
    work("work_assigned", &TaskQuantities::assigned);
    work("work_done", &TaskQuantities::done);
    work("work_of_quality", &TaskQuantities::quality);
    work("work_in_time", &TaskQuantities::timeliness);
    rate("done_on_work_assigned", &TaskQuantities::quantity_rate);
    rate("quality_on_work_assigned", &TaskQuantities::quality_rate);
    rate("in_time_on_work_assigned", &TaskQuantities::timeliness_rate);
    count("tasks", &TaskQuantities::tasks);
    count("tasks_done", &TaskQuantities::tasks_done);
    count("above_requirement", &TaskQuantities::above_requirement);
    count("quality_met", &TaskQuantities::quality_met);
    count("accepted_first_time", &TaskQuantities::accepted_first_time);
    count("products_due", &TaskQuantities::products_due);
    count("products_accepted", &TaskQuantities::products_accepted);
    count("linked", &TaskQuantities::linked);
    count("milestones_due", &TaskQuantities::milestones_due);
    count("milestones_reached", &TaskQuantities::milestones_reached);
    return columns.take();
}

[[nodiscard]] py::dict resources_of(const TaskRegister& tasks, const std::string& as_of,
                                    const std::string& by) {
    const ResourceTable table = resource_table(tasks, read_day(as_of, "as_of"), read_group(by));
    using Row = ResourceRow;
    TableOf<Row> columns(table.rows);
    const auto count = [&](const char* name, std::int64_t Row::*get) {
        columns.counts(name, [get](const Row& row) { return row.*get; });
    };
    const auto number = [&](const char* name, double Row::*get) {
        columns.numbers(name, [get](const Row& row) { return row.*get; });
    };
    columns.texts("code", [](const Row& row) { return row.code; });
    if (table.by == TaskGroup::head) {
        columns.texts("person", [](const Row& row) { return row.person; });
        columns.labels("position", [](const Row& row) { return row.position; });
    }
    count("tasks", &Row::tasks);
    count("with_money", &Row::with_money);
    count("with_allocation", &Row::with_allocation);
    number("allocated", &Row::allocated);
    number("disbursed", &Row::disbursed);
    number("disbursed_share", &Row::disbursed_share);
    number("elapsed", &Row::elapsed);
    number("gap_to_elapsed", &Row::gap_to_elapsed);
    number("progress", &Row::progress);
    number("gap_to_progress", &Row::gap_to_progress);
    return columns.take();
}

}  // namespace

void register_task_tables(py::class_<TaskRegister>& tasks) {
    using py::arg;
    tasks.def("table", &table_of, arg("as_of"), arg("by"), arg("shown"))
        .def("flow", &flow_of, arg("earlier"), arg("later"), arg("by"))
        .def("quantities", &quantities_of, arg("as_of"), arg("by"), arg("all_tasks"))
        .def("resources", &resources_of, arg("as_of"), arg("by"));
}

}  // namespace thuocdo::python
