#pragma once
/// @file
/// Columns of panels against each other: two sources of one indicator, shares
/// above 1, and measures that do not go into one ratio.

#include <thuocdo/config.hpp>
#include <thuocdo/data/detail/decimal_arithmetic.hpp>
#include <thuocdo/data/finding.hpp>
#include <thuocdo/data/panel.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

namespace detail {

/// Where a value is from: source and date of the cell, else the note of the
/// panel, else the name given.
[[nodiscard]] inline std::string source_of(const Panel& panel, Index unit, Index column,
                                           const char* unnamed) {
    const Provenance* provenance = panel.provenance(unit, column);
    std::string source = provenance && !provenance->source.empty() ? provenance->source
                         : !panel.source_note().empty()            ? panel.source_note()
                                                                   : std::string(unnamed);
    if (provenance && provenance->date) source += " of " + to_iso(*provenance->date);
    return source;
}

/// Units in the order of their codes.
[[nodiscard]] inline std::vector<Index> units_by_code(const UnitRegistry& units) {
    std::vector<Index> order(static_cast<std::size_t>(units.size()));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(),
              [&](Index a, Index b) { return units.code(a) < units.code(b); });
    return order;
}

[[nodiscard]] inline std::string place_of(const Panel& panel, Index unit, Index column) {
    return "unit \"" + panel.units().code(unit) + "\", indicator \"" +
           panel.indicators()[static_cast<std::size_t>(column)] + '"';
}

}  // namespace detail

/// Two sources of the same indicators, compared by the codes of unit and
/// indicator; the values of `a` are "stated", those of `b` "computed".
///
/// Findings: `sources_disagree` where both have a value and they differ by more
/// than the tolerance, with both values and their sources; `periods_differ` when
/// the panels end on different days; `nothing_to_compare` when no cell has a value
/// in both. Findings go by the columns of `a` and then by unit code.
/// @param tolerance in the unit of the indicators.
/// @throws NumericError unless the tolerance is finite and >= 0.
[[nodiscard]] inline std::vector<Finding> source_disagreement(const Panel& a, const Panel& b,
                                                              double tolerance) {
    detail::require_tolerance(tolerance);
    std::vector<Finding> findings;
    if (a.period_end() && b.period_end() && *a.period_end() != *b.period_end())
        findings.push_back({"periods_differ", "panels",
                            "values of " + to_iso(*a.period_end()) + " against values of " +
                                to_iso(*b.period_end())});
    const std::vector<Index> order = detail::units_by_code(a.units());
    std::size_t compared = 0;
    for (Index column = 0; column < a.indicator_count(); ++column) {
        const auto other = b.find(a.indicators()[static_cast<std::size_t>(column)]);
        if (!other) continue;
        for (const Index unit : order) {
            const auto same = b.units().find(a.units().code(unit));
            if (!same) continue;
            const double first = a.value(unit, column);
            const double second = b.value(*same, *other);
            if (std::isnan(first) || std::isnan(second)) continue;
            ++compared;
            const double difference = detail::decimal_difference(first, second);
            if (std::abs(difference) <= tolerance) continue;
            findings.push_back({"sources_disagree", detail::place_of(a, unit, column),
                                numeric::shortest(first) + " in " +
                                    detail::source_of(a, unit, column, "the first source") + ", " +
                                    numeric::shortest(second) + " in " +
                                    detail::source_of(b, *same, *other, "the second source"),
                                first, second, difference});
        }
    }
    if (compared == 0)
        findings.push_back(
            {"nothing_to_compare", "panels", "no unit has a value of the same indicator in both"});
    return findings;
}

/// Shares that are more than the whole, in the named columns: numerator above
/// denominator where both are there, else a value above 1, or above 100 in the
/// columns of percentages. Missing values have no finding; those of a zero
/// denominator do (`zero_denominator`), because they are neither 0% nor 100%.
/// The other finding is `ratio_above_one`.
/// @param shares columns of fractions.
/// @param percentages columns in which the whole is 100.
/// @throws DataError naming every column that the panel does not have.
[[nodiscard]] inline std::vector<Finding> ratio_above_one(
    const Panel& panel, std::span<const std::string> shares,
    std::span<const std::string> percentages = {}) {
    constexpr double hundred = 100.0;
    std::vector<Problem> problems;
    std::vector<std::pair<Index, double>> columns;
    const auto take = [&](std::span<const std::string> names, double whole) {
        for (const std::string& name : names) {
            if (const auto column = panel.find(name))
                columns.emplace_back(*column, whole);
            else
                problems.push_back({"unknown_indicator", "", '"' + name + '"',
                                    "a column of the panel", "check the spelling"});
        }
    };
    take(shares, 1.0);
    take(percentages, hundred);
    if (!problems.empty()) throw DataError("shares cannot be checked", std::move(problems));
    std::vector<Finding> findings;
    const std::vector<Index> order = detail::units_by_code(panel.units());
    for (const auto& [column, whole] : columns) {
        const RatioParts* parts = panel.ratio(column);
        for (const Index unit : order) {
            const double top = parts ? parts->numerator[unit] : missing_value;
            const double bottom = parts ? parts->denominator[unit] : missing_value;
            const double value = panel.value(unit, column);
            const std::string fraction = numeric::shortest(top) + " / " + numeric::shortest(bottom);
            const bool has_parts = !std::isnan(top) && !std::isnan(bottom);
            const std::string place = detail::place_of(panel, unit, column);
            if (panel.state(unit, column) == CellState::zero_denominator) {
                findings.push_back({"zero_denominator", place,
                                    (has_parts ? fraction : "a denominator of 0") +
                                        " is no share: neither 0% nor 100%"});
            } else if (has_parts && top > bottom) {
                findings.push_back({"ratio_above_one", place, fraction + " is above 1", value,
                                    whole, detail::decimal_difference(value, whole)});
            } else if (value > whole) {
                findings.push_back(
                    {"ratio_above_one", place,
                     numeric::shortest(value) + " is above " + numeric::shortest(whole), value,
                     whole, detail::decimal_difference(value, whole)});
            }
        }
    }
    return findings;
}

/// What a column measures in time.
enum class Measure : std::uint8_t {
    stock,  ///< as at a date
    flow    ///< within a span of time
};

/// The span of time that a flow covers.
enum class FlowSpan : std::uint8_t { month, quarter, half_year, year_to_date, year };

/// A declared column; the span of a stock has no meaning.
struct MeasuredColumn {
    std::string column;
    Measure measure = Measure::stock;
    FlowSpan span = FlowSpan::year;
    friend bool operator==(const MeasuredColumn&, const MeasuredColumn&) = default;
};

/// Two columns that are divided by each other.
struct RatioDeclaration {
    std::string name;
    MeasuredColumn numerator{};
    MeasuredColumn denominator{};
    /// True where a flow for each of a stock is meant, such as papers of the year
    /// for each 10,000 inhabitants.
    bool flow_per_stock = false;
    friend bool operator==(const RatioDeclaration&, const RatioDeclaration&) = default;
};

/// Ratios of columns whose declared measures do not go together.
///
/// Findings: `stock_and_flow` where one is as at a date and the other within a
/// span, unless a flow per stock is meant; `spans_mixed` where two flows cover
/// different spans, such as a month and the year to date.
[[nodiscard]] inline std::vector<Finding> mixed_measures(std::span<const RatioDeclaration> ratios) {
    constexpr std::array<const char*, 5> spans{"month", "quarter", "half_year", "year_to_date",
                                               "year"};
    const auto described = [&](const MeasuredColumn& each) {
        return '"' + each.column + "\" (" +
               (each.measure == Measure::stock
                    ? std::string("stock")
                    : std::string("flow of ") + spans[static_cast<std::size_t>(each.span)]) +
               ')';
    };
    std::vector<Finding> findings;
    for (const RatioDeclaration& each : ratios) {
        const bool flows =
            each.numerator.measure == Measure::flow && each.denominator.measure == Measure::flow;
        const bool intended = each.flow_per_stock && each.numerator.measure == Measure::flow &&
                              each.denominator.measure == Measure::stock;
        const std::string statement =
            described(each.numerator) + " divided by " + described(each.denominator);
        if (each.numerator.measure != each.denominator.measure && !intended)
            findings.push_back({"stock_and_flow", each.name, statement});
        if (flows && each.numerator.span != each.denominator.span)
            findings.push_back({"spans_mixed", each.name, statement});
    }
    return findings;
}

}  // namespace thuocdo
