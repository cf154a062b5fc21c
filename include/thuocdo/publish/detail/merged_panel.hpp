#pragma once
/// @file
/// Panels put together from the rows of two panels.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/time/date.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// Where the cells of one row come from: a row of `panel`, and of `fallback` where the panel
/// has no such column or the cell is held.
struct RowSource {
    Unit unit;
    const Panel* panel = nullptr;
    Index row = 0;
    const Panel* fallback = nullptr;
    Index fallback_row = 0;
};

/// A cell of one of two panels.
struct CellSource {
    const Panel* panel = nullptr;
    Index row = 0;
    Index column = 0;
};

/// Whether the cell of a row (position) and column (code) is taken from the fallback.
using IsHeld = std::function<bool(std::size_t, const std::string&)>;

[[nodiscard]] inline CellSource cell_source(const RowSource& from, const std::string& column,
                                            bool held) {
    if (from.panel && !held)
        if (const auto at = from.panel->find(column)) return {from.panel, from.row, *at};
    if (from.fallback)
        if (const auto at = from.fallback->find(column))
            return {from.fallback, from.fallback_row, *at};
    return {};
}

/// Writes one row of a definition; cells without a source are not reported.
inline void write_row(PanelDefinition& panel, Index row, const RowSource& from, std::size_t place,
                      const IsHeld& is_held) {
    for (std::size_t c = 0; c < panel.indicators.size(); ++c) {
        const auto column = static_cast<Index>(c);
        const CellSource cell =
            cell_source(from, panel.indicators[c], is_held && is_held(place, panel.indicators[c]));
        panel.values(row, column) =
            cell.panel ? cell.panel->value(cell.row, cell.column) : missing_value;
        panel.states(row, column) =
            cell.panel ? cell.panel->state(cell.row, cell.column) : CellState::not_reported;
        const RatioParts* parts = cell.panel ? cell.panel->ratio(cell.column) : nullptr;
        auto found = panel.ratios.find(column);
        if (parts && found == panel.ratios.end()) {
            const Eigen::VectorXd none =
                Eigen::VectorXd::Constant(panel.values.rows(), missing_value);
            found = panel.ratios.emplace(column, RatioParts{none, none}).first;
        }
        if (found == panel.ratios.end()) continue;
        found->second.numerator[row] = parts ? parts->numerator[cell.row] : missing_value;
        found->second.denominator[row] = parts ? parts->denominator[cell.row] : missing_value;
    }
}

[[nodiscard]] inline UnitRegistry registry_of(const std::vector<RowSource>& rows) {
    std::vector<Unit> units;
    units.reserve(rows.size());
    for (const RowSource& each : rows) units.push_back(each.unit);
    return UnitRegistry(units);
}

/// A panel of some rows and columns.
/// O(rows x columns).
[[nodiscard]] inline PanelDefinition merge_rows(const std::vector<RowSource>& rows,
                                                std::vector<std::string> columns,
                                                const Panel& dated, const IsHeld& is_held = {}) {
    PanelDefinition out;
    out.units = registry_of(rows);
    out.indicators = std::move(columns);
    out.period = dated.period();
    out.period_end = dated.period_end();
    const auto count = static_cast<Index>(rows.size());
    out.values.resize(count, static_cast<Index>(out.indicators.size()));
    out.states.resize(out.values.rows(), out.values.cols());
    for (std::size_t r = 0; r < rows.size(); ++r)
        write_row(out, static_cast<Index>(r), rows[r], r, is_held);
    return out;
}

/// Columns of a panel that no model computed.
[[nodiscard]] inline std::vector<std::string> given_columns(const Panel& panel) {
    std::vector<std::string> out;
    for (const std::string& code : panel.indicators())
        if (!panel.is_derived(code)) out.push_back(code);
    return out;
}

/// Whether two cells say the same, ratio parts included.
[[nodiscard]] inline bool same_cell(const CellSource& a, const CellSource& b) {
    if (!a.panel || !b.panel) return a.panel == b.panel;
    const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    if (a.panel->state(a.row, a.column) != b.panel->state(b.row, b.column)) return false;
    const double first = a.panel->value(a.row, a.column);
    const double second = b.panel->value(b.row, b.column);
    if (bits(first) != bits(second) && !(std::isnan(first) && std::isnan(second))) return false;
    const RatioParts* one = a.panel->ratio(a.column);
    const RatioParts* two = b.panel->ratio(b.column);
    const auto part = [&](const RatioParts* parts, Index row, bool top) {
        if (!parts) return missing_value;
        return top ? parts->numerator[row] : parts->denominator[row];
    };
    for (const bool top : {true, false}) {
        const double x = part(one, a.row, top);
        const double y = part(two, b.row, top);
        if (bits(x) != bits(y) && !(std::isnan(x) && std::isnan(y))) return false;
    }
    return true;
}

}  // namespace thuocdo::publish::detail
