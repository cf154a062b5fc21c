#pragma once
/// @file
/// The step that looks for units with too few values.

#include <thuocdo/detail/minimum_coverage.hpp>
#include <thuocdo/detail/step_work.hpp>
#include <thuocdo/prepare/screen.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Columns of the leaves below a node, each once.
[[nodiscard]] inline std::vector<Index> columns_below(const StepWork& work, Index node) {
    std::vector<Index> leaves;
    if (work.model.node(node).is_leaf())
        leaves.push_back(node);
    else
        collect_leaves_below(work.model, node, leaves);
    std::vector<Index> columns;
    for (const Index leaf : leaves) {
        const auto column = work.find(work.model.node(leaf).indicator);
        if (column && std::find(columns.begin(), columns.end(), *column) == columns.end())
            columns.push_back(*column);
    }
    return columns;
}

/// Flags units under one node. A value that an earlier step filled was not measured;
/// what does not apply to a unit does not count against it.
inline void screen_node(StepWork& work, const step::Screen& step, const std::string& code,
                        const std::vector<Index>& columns) {
    const auto count = static_cast<Index>(columns.size());
    Eigen::MatrixXd measured(work.units(), count);
    std::vector<Index> not_applicable(static_cast<std::size_t>(work.units()), 0);
    for (Index j = 0; j < count; ++j) {
        const Index column = columns[static_cast<std::size_t>(j)];
        for (Index unit = 0; unit < work.units(); ++unit) {
            const CellState state = work.table.states(unit, column);
            measured(unit, j) =
                is_measured(state) ? work.table.values(unit, column) : missing_value;
            if (state == CellState::not_applicable)
                ++not_applicable[static_cast<std::size_t>(unit)];
        }
    }
    const prepare::Screening screening = prepare::screen(measured, {});
    for (Index unit = 0; unit < work.units(); ++unit) {
        const auto at = static_cast<std::size_t>(unit);
        const auto applicable = static_cast<double>(count - not_applicable[at]);
        const double availability = applicable > 0.0
                                        ? static_cast<double>(screening.observed[at]) / applicable
                                        : missing_value;
        const double nonzero = screening.nonzero_share[unit];
        const bool few = availability < step.minimum_availability;
        const bool zeros = step.minimum_nonzero && nonzero < *step.minimum_nonzero;
        if (!work.is_evaluated(unit) || (!few && !zeros)) continue;
        ScreenedUnit flagged;
        flagged.unit = unit;
        flagged.node = code;
        flagged.availability = availability;
        flagged.nonzero = nonzero;
        flagged.too_few_values = few;
        flagged.too_many_zeros = zeros;
        flagged.excluded = step.action == ScreeningAction::exclude;
        for (const step::KeptUnit& kept : step.keep) {
            if (kept.unit != work.table.units.code(unit)) continue;
            flagged.excluded = false;
            flagged.reason = kept.reason;
        }
        work.found.screened.push_back(std::move(flagged));
    }
}

inline void run_step(StepWork& work, const step::Screen& step) {
    for (std::size_t k = 0; k < step.keep.size(); ++k)
        if (!work.table.units.find(step.keep[k].unit))
            work.problems.push_back(
                {"unknown_unit", work.place + "/keep/" + std::to_string(k) + "/unit",
                 '"' + step.keep[k].unit + '"', "the code of a unit of the panel",
                 "check the spelling, or remove the entry"});
    if (!work.problems.empty()) return;
    if (step.nodes.empty()) screen_node(work, step, "", columns_below(work, 0));
    for (const std::string& code : step.nodes)
        screen_node(work, step, code, columns_below(work, work.model.index_of(code)));
    for (const ScreenedUnit& each : work.found.screened) {
        if (!each.excluded) continue;
        if (work.evaluated.empty())
            work.evaluated.assign(static_cast<std::size_t>(work.units()), 1);
        work.evaluated[static_cast<std::size_t>(each.unit)] = 0;
    }
}

}  // namespace thuocdo::detail
