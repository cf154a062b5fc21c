#pragma once
/// @file
/// Task indicators of units as a panel, so that a model can mix tasks and
/// results.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/tasks/resources.hpp>
#include <thuocdo/tasks/task_flow.hpp>
#include <thuocdo/tasks/task_quantities.hpp>
#include <thuocdo/tasks/task_table.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// How task indicators are computed.
struct TaskPanelOptions {
    /// What a unit's code stands for; not `nation`.
    TaskGroup by = TaskGroup::lead;
    /// Denominator of the converted quantities.
    QuantityBase base = QuantityBase::due;
    /// The day of the last report, for `tasks.carried_over`; without it that
    /// column is not there.
    std::optional<Date> earlier{};
    /// Accept tasks of groups that are not among the units, and leave them out;
    /// otherwise they are an error.
    bool other_groups = false;
    /// Label of the panel's period.
    std::string period{};
};

namespace detail {

/// Columns of a panel, each a value or a numerator and denominator a unit.
class TaskColumns {
  public:
    TaskColumns(PanelDefinition& panel, Index units) : panel_(panel), units_(units) {}

    /// A ratio; a denominator of zero becomes the state `zero_denominator`.
    void ratio(const std::string& code, Index unit, double numerator, double denominator) {
        const Index column = column_of(code);
        RatioParts& parts = panel_.ratios[column];
        if (parts.numerator.size() == 0) {
            parts.numerator = Eigen::VectorXd::Zero(units_);
            parts.denominator = Eigen::VectorXd::Zero(units_);
        }
        parts.numerator[unit] = numerator;
        parts.denominator[unit] = denominator;
    }
    void ratio(const std::string& code, Index unit, const TaskRate& rate, double units = 1.0) {
        ratio(code, unit, static_cast<double>(rate.numerator) / units,
              static_cast<double>(rate.denominator) / units);
    }

    /// A number; not applicable where there is nothing to count.
    void number(const std::string& code, Index unit, std::optional<double> value) {
        const Index column = column_of(code);
        if (value) panel_.values(unit, column) = *value;
        panel_.states(unit, column) = value ? CellState::observed : CellState::not_applicable;
    }

    void finish() {
        for (const auto& [column, parts] : panel_.ratios)
            for (Index unit = 0; unit < units_; ++unit)
                panel_.states(unit, column) = parts.denominator[unit] == 0.0
                                                  ? CellState::zero_denominator
                                                  : CellState::observed;
    }

  private:
    Index column_of(const std::string& code) {
        for (std::size_t k = 0; k < panel_.indicators.size(); ++k)
            if (panel_.indicators[k] == code) return static_cast<Index>(k);
        panel_.indicators.push_back(code);
        const auto columns = static_cast<Index>(panel_.indicators.size());
        panel_.values.conservativeResize(units_, columns);
        panel_.values.col(columns - 1).setConstant(missing_value);
        panel_.states.conservativeResize(units_, columns);
        panel_.states.col(columns - 1).setConstant(CellState::not_reported);
        return columns - 1;
    }

    PanelDefinition& panel_;
    Index units_;
};

/// Disbursed of what the time passed would have; nothing where no money is
/// allocated or no time has passed.
[[nodiscard]] inline std::optional<double> disbursement(const ResourceRow* row) {
    if (!row || std::isnan(row->gap_to_elapsed) || row->elapsed <= 0.0) return std::nullopt;
    return 1.0 + row->gap_to_elapsed / row->elapsed;
}

inline void require_units(const TaskTable& table, const UnitRegistry& units,
                          const TaskPanelOptions& options) {
    if (options.by == TaskGroup::nation)
        throw TaskError("the panel cannot be made",
                        {{"bad_option", "by", "nation", "a group that units stand for",
                          "use task_table for the nation"}});
    if (options.other_groups) return;
    std::vector<Problem> problems;
    const std::set<std::string> known(units.codes().begin(), units.codes().end());
    for (const TaskTableRow& row : table.rows)
        if (known.find(row.code) == known.end())
            problems.push_back(
                {"unknown_unit", std::string(task_group_name(options.by)),
                 '"' + row.code + "\" with " + std::to_string(row.tally.all()) + " tasks",
                 "the code of a unit",
                 "add the unit, or allow other groups to leave its tasks out"});
    if (!problems.empty()) throw TaskError("the panel cannot be made", std::move(problems));
}

}  // namespace detail

/// The tasks of units at the end of a day as indicators:
///
/// | column | numerator | denominator |
/// |---|---|---|
/// | `tasks.done` | done | due: done + overdue, without excused lateness |
/// | `tasks.on_time` | done on time, or late and excused | due |
/// | `tasks.late_share` | late or overdue, not excused | due |
/// | `tasks.late` | overdue, not excused (a number) | |
/// | `tasks.quantity` | K-weighted work done | assigned (`QuantityBase`) |
/// | `tasks.quality` | the same less failed assessments | assigned |
/// | `tasks.timeliness` | the same less missed deadlines | assigned |
/// | `tasks.above_requirement` | done with a product above what was asked | done |
/// | `tasks.quality_met` | done without a failed assessment | done |
/// | `tasks.accepted_first_time` | and never sent back | done |
/// | `tasks.product_accepted` | products accepted | products of tasks due |
/// | `tasks.linked_result` | linked to an indicator | tasks not cancelled |
/// | `tasks.milestones` | reported progress has the plan | with a milestone due |
/// | `tasks.disbursement` | disbursed share (a number) | time elapsed |
/// | `tasks.carried_over` | overdue on the earlier day and still | overdue then |
///
/// Disbursed share and share of time elapsed are weighted by allocation, without
/// secret tasks; their ratio is 1 when money is spent as time passes.
///
/// A unit without tasks has `zero_denominator` in the ratios and
/// `not_applicable` in the numbers: never a full score and never 0.
///
/// Complexity: O(tasks + products), a few passes.
/// @throws TaskError when tasks belong to groups that are no units
[[nodiscard]] inline Panel task_panel(const TaskRegister& tasks, const Date& as_of,
                                      const UnitRegistry& units,
                                      const TaskPanelOptions& options = {}) {
    const TaskTable table = task_table(tasks, as_of, options.by);
    detail::require_units(table, units, options);
    const TaskQuantityTable work = task_quantities(tasks, as_of, options.by, options.base);
    const ResourceTable money = resource_table(tasks, as_of, options.by);
    std::optional<TaskFlow> flow;
    if (options.earlier) flow = task_flow(tasks, *options.earlier, as_of, options.by);

    PanelDefinition panel;
    panel.units = units;
    panel.period = options.period;
    panel.period_end = as_of;
    panel.source_note =
        "task register on " + to_iso(as_of) + "; " + task_group_meaning(options.by).en;
    detail::TaskColumns columns(panel, units.size());
    for (Index unit = 0; unit < units.size(); ++unit) {
        const std::string& code = units.code(unit);
        const TaskTableRow* row = table.find(code);
        const TaskTally tally = row ? row->tally : TaskTally{};
        const std::int64_t due = tally.due_without_exempted();
        const std::int64_t on_time =
            tally.of(TaskState::completed_on_time) + tally.completed_late_exempted;
        columns.ratio("tasks.done", unit, TaskRate{tally.done(), due});
        columns.ratio("tasks.on_time", unit, TaskRate{on_time, due});
        columns.ratio("tasks.late_share", unit, TaskRate{tally.late(), due});
        columns.number(
            "tasks.late", unit,
            tally.all() == 0
                ? std::nullopt
                : std::optional(static_cast<double>(tally.overdue() - tally.overdue_exempted)));
        const TaskQuantities* found = work.find(code);
        const TaskQuantities quantities = found ? *found : TaskQuantities{};
        const double steps = TaskQuantities::units;
        columns.ratio("tasks.quantity", unit, quantities.quantity_rate(), steps);
        columns.ratio("tasks.quality", unit, quantities.quality_rate(), steps);
        columns.ratio("tasks.timeliness", unit, quantities.timeliness_rate(), steps);
        const auto share = [&](const char* name, std::int64_t part, std::int64_t whole) {
            columns.ratio(name, unit, TaskRate{part, whole});
        };
        share("tasks.above_requirement", quantities.above_requirement, quantities.tasks_done);
        share("tasks.quality_met", quantities.quality_met, quantities.tasks_done);
        share("tasks.accepted_first_time", quantities.accepted_first_time, quantities.tasks_done);
        share("tasks.product_accepted", quantities.products_accepted, quantities.products_due);
        share("tasks.linked_result", quantities.linked, quantities.tasks);
        share("tasks.milestones", quantities.milestones_reached, quantities.milestones_due);
        columns.number("tasks.disbursement", unit, detail::disbursement(money.find(code)));
        if (!flow) continue;
        TaskRate carried;
        for (const TaskFlowRow& each : flow->rows)
            if (each.code == code) carried = each.carry_over_rate();
        columns.ratio("tasks.carried_over", unit, carried);
    }
    columns.finish();
    return Panel(std::move(panel));
}

}  // namespace thuocdo
