#pragma once
/// @file
/// Panels with a few cells changed, and the score that follows.

#include <thuocdo/data/detail/derivation.hpp>
#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

namespace detail {

/// Puts one change into a definition at a row.
inline void change_cell(PanelDefinition& panel, Index row, Index column, const CellChange& change) {
    require_states(panel);
    const bool ratio = change.numerator && change.denominator;
    panel.values(row, column) = change.value.value_or(missing_value);
    panel.states(row, column) = change.value || ratio     ? change.state
                                : has_value(change.state) ? CellState::not_reported
                                                          : change.state;
    auto parts = panel.ratios.find(column);
    if (ratio && parts == panel.ratios.end()) {
        RatioParts empty{Eigen::VectorXd::Constant(panel.values.rows(), missing_value),
                         Eigen::VectorXd::Constant(panel.values.rows(), missing_value)};
        parts = panel.ratios.emplace(column, std::move(empty)).first;
    }
    if (parts != panel.ratios.end()) {
        parts->second.numerator[row] = change.numerator.value_or(missing_value);
        parts->second.denominator[row] = change.denominator.value_or(missing_value);
    }
    if (ratio && !change.value) {
        // The panel derives the value and the state from the parts.
        panel.states(row, column) =
            *change.denominator == 0.0 ? CellState::zero_denominator : change.state;
        if (*change.denominator != 0.0)
            panel.values(row, column) = *change.numerator / *change.denominator;
    }
}

/// One unit of a panel as a panel of its own, without derived columns.
[[nodiscard]] inline PanelDefinition single_unit(const Panel& panel, Index unit) {
    PanelDefinition one;
    one.units = UnitRegistry({panel.units().unit(unit)});
    one.period = panel.period();
    one.period_end = panel.period_end();
    const Index columns = panel.indicator_count();
    one.values.resize(1, columns);
    one.states.resize(1, columns);
    for (Index column = 0; column < columns; ++column) {
        const std::string& code = panel.indicators()[static_cast<std::size_t>(column)];
        if (panel.is_derived(code)) continue;
        const auto j = static_cast<Index>(one.indicators.size());
        one.indicators.push_back(code);
        one.values(0, j) = panel.value(unit, column);
        one.states(0, j) = panel.state(unit, column);
        if (const RatioParts* parts = panel.ratio(column))
            one.ratios[j] = {Eigen::VectorXd::Constant(1, parts->numerator[unit]),
                             Eigen::VectorXd::Constant(1, parts->denominator[unit])};
    }
    const auto given = static_cast<Index>(one.indicators.size());
    one.values.conservativeResize(1, given);
    one.states.conservativeResize(1, given);
    return one;
}

/// Whether the rank of a unit is 1 + the number of better ones and its band
/// depends on no other unit.
[[nodiscard]] inline bool stands_alone(const IndexModel& model) {
    const ModelDefinition& definition = model.definition();
    for (const Index leaf : model.leaves())
        if (std::holds_alternative<rule::DistanceToReference>(model.node(leaf).score)) return false;
    return !model.is_peer_relative() && definition.preparation.empty() &&
           definition.ranking.ties == TiePolicy::competition &&
           definition.ranking.tie_breakers.empty() &&
           !(definition.bands && definition.bands->quota);
}

}  // namespace detail

#if !THUOCDO_DECLARATIONS_ONLY
THUOCDO_INLINE WhatIf what_if(const Scoreboard& board, Index unit,
                              std::span<const CellChange> changes) {
    if (unit < 0 || unit >= board.unit_count())
        throw DataError("no such unit",
                        {{"unknown_unit", "", "unit " + std::to_string(unit),
                          "0 to " + std::to_string(board.unit_count() - 1), "use its code"}});
    const bool alone = detail::stands_alone(board.model());
    PanelDefinition panel =
        alone ? detail::single_unit(board.panel(), unit) : detail::without_derived(board.panel());
    const Index row = alone ? 0 : unit;
    std::vector<Problem> problems;
    for (const CellChange& change : changes) {
        const auto found =
            std::find(panel.indicators.begin(), panel.indicators.end(), change.indicator);
        if (found != panel.indicators.end())
            detail::change_cell(panel, row, found - panel.indicators.begin(), change);
        else if (board.panel().is_derived(change.indicator))
            problems.push_back(
                {"derived_indicator", "change of unit \"" + board.units().code(unit) + '"',
                 '"' + change.indicator + "\", which the model derives",
                 "an indicator that the panel was given", "change what it is derived from"});
        else
            problems.push_back(
                {"unknown_indicator", "change of unit \"" + board.units().code(unit) + '"',
                 '"' + change.indicator + '"', "an indicator of the panel", "check the spelling"});
    }
    if (!problems.empty()) throw DataError("the change cannot be tried", std::move(problems));
    const Scoreboard changed =
        score(board.model(), Panel(std::move(panel)), detail::score_options_of(board));
    WhatIf result{board.row(unit), changed.row(row)};
    if (alone && !std::isnan(result.after.score)) {
        const Eigen::VectorXd keys = detail::rank_key(board.data());
        const double key = detail::rank_key(changed.data())[0];
        const bool descending =
            board.model().definition().ranking.order == numeric::Order::descending;
        double better = 0.0;
        for (Index other = 0; other < board.unit_count(); ++other) {
            if (other == unit) continue;
            better += (descending ? keys[other] > key : keys[other] < key) ? 1.0 : 0.0;
        }
        result.after.rank = 1.0 + better;
    }
    return result;
}
#endif

}  // namespace thuocdo
