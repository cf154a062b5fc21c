#pragma once
/// @file
/// What the steps of a preparation work on.

#include <thuocdo/error.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/preparation.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// A table that the steps change in turn. Units that are not evaluated keep their
/// values: a step neither reads nor writes them.
struct StepWork {
    StepWork(const IndexModel& index_model, const Panel& panel,
             std::vector<std::uint8_t> evaluated_units, std::span<const Panel> periods)
        : model(index_model),
          table(panel.definition()),
          evaluated(std::move(evaluated_units)),
          other_periods(periods) {
        require_states(table);
        for (std::size_t k = 0; k < table.indicators.size(); ++k)
            columns.emplace(table.indicators[k], static_cast<Index>(k));
    }

    [[nodiscard]] Index units() const noexcept { return table.values.rows(); }

    [[nodiscard]] bool is_evaluated(Index unit) const noexcept {
        return evaluated.empty() || evaluated[static_cast<std::size_t>(unit)] != 0;
    }

    [[nodiscard]] std::optional<Index> find(const std::string& indicator) const {
        const auto found = columns.find(indicator);
        if (found == columns.end()) return std::nullopt;
        return found->second;
    }

    /// Columns of named indicators; of every leaf when none is named. That the panel
    /// lacks the column of a leaf is reported when the leaf is bound to it.
    [[nodiscard]] std::vector<Index> columns_of(const std::vector<std::string>& named,
                                                const std::string& member) {
        std::vector<Index> out;
        for (std::size_t k = 0; k < named.size(); ++k) {
            if (const auto column = find(named[k]))
                out.push_back(*column);
            else
                problems.push_back({"unknown_indicator", member + '/' + std::to_string(k),
                                    '"' + named[k] + '"', "a column of the panel or a derived one",
                                    "check the spelling, or add the column"});
        }
        if (!named.empty()) return out;
        for (const Index leaf : model.leaves()) {
            const auto column = find(model.node(leaf).indicator);
            if (column && std::find(out.begin(), out.end(), *column) == out.end())
                out.push_back(*column);
        }
        return out;
    }

    /// A column with the units that are not evaluated left out.
    [[nodiscard]] Eigen::VectorXd cohort_column(Index column) const {
        Eigen::VectorXd out = table.values.col(column);
        if (evaluated.empty()) return out;
        for (Index unit = 0; unit < units(); ++unit)
            if (!is_evaluated(unit)) out[unit] = missing_value;
        return out;
    }

    /// Gives a cell a value or takes it away; ratios behind the column no longer hold.
    void set(Index unit, Index column, double value, CellState state, std::size_t reason) {
        found.cells.push_back({unit, column, table.values(unit, column), value, reason});
        table.values(unit, column) = value;
        table.states(unit, column) = state;
    }

    /// Position of a reason, added when it is new.
    [[nodiscard]] std::size_t reason(std::string text) {
        for (std::size_t k = 0; k < found.reasons.size(); ++k)
            if (found.reasons[k] == text) return k;
        found.reasons.push_back(std::move(text));
        return found.reasons.size() - 1;
    }

    [[nodiscard]] const std::string& code(Index column) const {
        return table.indicators[static_cast<std::size_t>(column)];
    }

    const IndexModel& model;
    PanelDefinition table;
    std::vector<std::uint8_t> evaluated;
    std::span<const Panel> other_periods;
    std::unordered_map<std::string, Index> columns{};
    /// JSON pointer of the step at work.
    std::string place{};
    PreparationFindings found{};
    std::vector<Problem> problems{};
};

}  // namespace thuocdo::detail
