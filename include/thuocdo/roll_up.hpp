#pragma once
/// @file
/// One figure for a province or the nation out of the results of its units, by
/// a declared method. A plain mean is never passed off as a national rate.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/scoreboard.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// One parent's figures.
struct RollUpRow {
    /// Code of the parent; `nation` for all units together.
    std::string code;
    /// Units with a score, and all evaluated units.
    Index scored_units = 0;
    Index units = 0;
    /// Sum of the weights of the scored units; their number for a plain mean.
    double weight = 0.0;
    /// Mean of the published totals; NaN without a scored unit.
    double score = missing_value;
    /// Mean of every node's results, in the order of `model().nodes()`.
    std::vector<double> results;
    friend bool operator==(const RollUpRow&, const RollUpRow&) = default;
};

/// Figures of all parents, and how they were made.
struct RollUpTable {
    /// E.g. `mean weighted by population` or `plain mean of units, not a rate`.
    std::string method;
    /// Sorted by code.
    std::vector<RollUpRow> rows;

    friend std::ostream& operator<<(std::ostream& out, const RollUpTable& table) {
        using Align = detail::TextTable::Align;
        detail::TextTable text(
            {{"code", Align::left}, {"units", Align::right}, {table.method, Align::right}});
        constexpr int digits = 4;
        for (const RollUpRow& row : table.rows)
            text.add({row.code, std::to_string(row.scored_units) + "/" + std::to_string(row.units),
                      std::isnan(row.score) ? "-" : numeric::fixed(row.score, digits)});
        return out << text;
    }
};

namespace detail {

/// The weights of a roll-up, one a unit: an attribute, or else a column.
[[nodiscard]] inline std::vector<double> roll_up_weights(const Scoreboard& board,
                                                         const RollUp& rule) {
    const auto units = static_cast<std::size_t>(board.unit_count());
    if (!rule.weighted) return std::vector<double>(units, 1.0);
    std::vector<double> weights(units, missing_value);
    if (const auto* attribute = board.units().attribute(rule.weights)) {
        weights = *attribute;
    } else if (const auto column = board.panel().find(rule.weights)) {
        for (std::size_t k = 0; k < units; ++k)
            weights[k] = board.panel().value(static_cast<Index>(k), *column);
    } else {
        throw DataError("the roll-up has no weights",
                        {{"roll_up_weights_missing", "/roll_up", '"' + rule.weights + '"',
                          "an attribute of units or a column of the panel",
                          "add it to the data, or ask for plain_mean"}});
    }
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < units; ++k) {
        const auto unit = static_cast<Index>(k);
        if (!board.is_evaluated(unit) || std::isnan(board.scores()[unit])) continue;
        if (weights[k] >= 0.0 && std::isfinite(weights[k])) continue;
        problems.push_back({"roll_up_weight",
                            "unit \"" + board.units().code(unit) + "\", \"" + rule.weights + '"',
                            std::isnan(weights[k]) ? "no weight" : numeric::shortest(weights[k]),
                            "a number >= 0", "supply the weight of every scored unit"});
    }
    if (!problems.empty()) throw DataError("the roll-up has no weights", std::move(problems));
    return weights;
}

}  // namespace detail

/// Rolls results up to the parents of the units, or to the nation when
/// `rule.to` is `nation`: for every node sum(w x)/sum(w) over the units that
/// have a result, summed exactly and so in any order. Rounded results are
/// averaged as published; nothing is rounded again.
///
/// Complexity: O(units x nodes).
/// @throws DataError when weights are missing or negative, or when units have
///         no parent.
[[nodiscard]] inline RollUpTable roll_up(const Scoreboard& board, const RollUp& rule) {
    const std::vector<double> weights = detail::roll_up_weights(board, rule);
    const bool nation = rule.to == "nation";
    const UnitGrouping* parents = nation ? nullptr : board.units().grouping("parent");
    if (!nation && !parents)
        throw DataError("the roll-up has no parents",
                        {{"parent_missing", "/roll_up", "units without parent",
                          "the code of a parent for every unit", "add the column parent"}});
    const std::size_t groups = nation ? 1 : parents->categories().size();
    const auto nodes = static_cast<std::size_t>(board.model().node_count());
    struct Mean {
        numeric::ExactSum top;
        numeric::ExactSum bottom;
        [[nodiscard]] double value() const {
            const double weight = bottom.value();
            return weight > 0.0 ? top.value() / weight : missing_value;
        }
        void add(double x, double weight) {
            if (std::isnan(x)) return;
            top.add(x * weight);
            bottom.add(weight);
        }
    };
    std::vector<RollUpRow> rows(groups);
    std::vector<std::vector<Index>> members(groups);
    for (std::size_t g = 0; g < groups; ++g)
        rows[g].code = nation ? "nation" : parents->categories()[g];
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        if (!board.is_evaluated(unit)) continue;
        const std::int32_t group = nation ? 0 : parents->ids()[static_cast<std::size_t>(unit)];
        if (group >= 0) members[static_cast<std::size_t>(group)].push_back(unit);
    }
    for (std::size_t g = 0; g < groups; ++g) {
        RollUpRow& row = rows[g];
        Mean total;
        for (const Index unit : members[g]) {
            total.add(board.scores()[unit], weights[static_cast<std::size_t>(unit)]);
            row.scored_units += std::isnan(board.scores()[unit]) ? 0 : 1;
        }
        row.units = static_cast<Index>(members[g].size());
        row.weight = total.bottom.value();
        row.score = total.value();
        for (std::size_t node = 0; node < nodes; ++node) {
            Mean mean;
            for (const Index unit : members[g])
                mean.add(board.result(unit, static_cast<Index>(node)),
                         weights[static_cast<std::size_t>(unit)]);
            row.results.push_back(mean.value());
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const RollUpRow& a, const RollUpRow& b) { return a.code < b.code; });
    return {rule.weighted ? "mean weighted by " + rule.weights
                          : std::string("plain mean of units, not a rate"),
            std::move(rows)};
}

}  // namespace thuocdo
