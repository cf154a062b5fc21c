#pragma once
/// @file
/// Two panels of the same units side by side: tasks beside results.

#include <thuocdo/data/panel.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// The indicators of both panels for the units of the first, with values,
/// states, ratio parts and provenance. Units are matched by code; the order of
/// the second panel does not matter, units that only it has are an error.
/// Period and note of the first panel are kept where it has them.
///
/// Complexity: O(units x indicators).
/// @throws DataError naming indicators that both have, units that one of them
///         lacks, and periods that end on different days
[[nodiscard]] inline Panel join_panels(const Panel& left, const Panel& right) {
    std::vector<Problem> problems;
    for (const std::string& code : right.indicators())
        if (left.find(code))
            problems.push_back({"duplicate_column", "indicator \"" + code + '"', "in both panels",
                                "indicators that only one of them has",
                                "leave it out of one panel"});
    const auto lacks = [&](const UnitRegistry& has, const UnitRegistry& other, const char* which) {
        for (const std::string& code : has.codes())
            if (!other.find(code))
                problems.push_back({"unknown_unit", "unit \"" + code + '"',
                                    std::string("no row in the ") + which + " panel",
                                    "the same units in both panels",
                                    "add the unit, with cells that are not reported"});
    };
    lacks(left.units(), right.units(), "second");
    lacks(right.units(), left.units(), "first");
    if (left.period_end() && right.period_end() && *left.period_end() != *right.period_end())
        problems.push_back({"periods_differ", "period",
                            to_iso(*left.period_end()) + " and " + to_iso(*right.period_end()),
                            "periods that end on the same day", "evaluate both for the same day"});
    if (!problems.empty()) throw DataError("the panels cannot be joined", std::move(problems));

    PanelDefinition joined = left.definition();
    const PanelDefinition other = right.definition();
    const Index units = left.unit_count();
    const Index first = left.indicator_count();
    const Index added = right.indicator_count();
    joined.values.conservativeResize(units, first + added);
    Eigen::Matrix<CellState, Eigen::Dynamic, Eigen::Dynamic> states(units, first + added);
    std::vector<Index> row_of(static_cast<std::size_t>(units));
    for (Index unit = 0; unit < units; ++unit)
        row_of[static_cast<std::size_t>(unit)] = *right.units().find(left.units().code(unit));
    for (Index unit = 0; unit < units; ++unit) {
        const Index row = row_of[static_cast<std::size_t>(unit)];
        for (Index j = 0; j < first; ++j) states(unit, j) = left.state(unit, j);
        for (Index j = 0; j < added; ++j) {
            joined.values(unit, first + j) = right.value(row, j);
            states(unit, first + j) = right.state(row, j);
        }
    }
    joined.states = std::move(states);
    joined.indicators.insert(joined.indicators.end(), other.indicators.begin(),
                             other.indicators.end());
    joined.derived.insert(other.derived.begin(), other.derived.end());
    for (const auto& [column, parts] : other.ratios) {
        RatioParts& to = joined.ratios[first + column];
        to.numerator.resize(units);
        to.denominator.resize(units);
        for (Index unit = 0; unit < units; ++unit) {
            const Index row = row_of[static_cast<std::size_t>(unit)];
            to.numerator[unit] = parts.numerator[row];
            to.denominator[unit] = parts.denominator[row];
        }
    }
    const auto shift = static_cast<std::int32_t>(joined.provenances.size());
    joined.provenances.insert(joined.provenances.end(), other.provenances.begin(),
                              other.provenances.end());
    for (const auto& [column, ids] : other.provenance_ids) {
        std::vector<std::int32_t>& to = joined.provenance_ids[first + column];
        for (const Index row : row_of) {
            const std::int32_t id = ids[static_cast<std::size_t>(row)];
            to.push_back(id < 0 ? id : id + shift);
        }
    }
    if (joined.period.empty()) joined.period = other.period;
    if (!joined.period_end) joined.period_end = other.period_end;
    if (!other.source_note.empty())
        joined.source_note += (joined.source_note.empty() ? "" : "; ") + other.source_note;
    return Panel(std::move(joined));
}

}  // namespace thuocdo
