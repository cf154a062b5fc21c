#pragma once
/// @file
/// Where every point of one unit came from.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/scoreboard.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// One node in the explanation of a unit.
struct ExplanationLine {
    std::string code;
    Label name;
    int depth = 0;
    bool leaf = false;
    Role role = Role::scored;
    /// Share of the total when nothing is missing.
    double effective_weight = 0.0;
    /// Raw value of a leaf, after carrying or filling; NaN when missing.
    double value = missing_value;
    double numerator = missing_value;
    double denominator = missing_value;
    std::string unit;
    CellState state = CellState::observed;
    bool imputed = false;
    /// The expression of a derived indicator; empty for others.
    std::string expression;
    /// The rule with its numbers, e.g. `min(1, x / 0.8)`; the aggregation of an
    /// inner node.
    std::string rule;
    /// Target on the as-of date; NaN for rules without one.
    double target = missing_value;
    /// Source of the value, or else of the indicator.
    std::string source;
    std::optional<Date> date;
    std::string owner;
    /// Points or scale of the node: the most that most rules can give.
    double best = missing_value;
    /// Result after rounding; what the next level sees.
    double result = missing_value;
    /// Change of the total per unit of the result, to first order; NaN where the result is
    /// missing or no part of the total.
    double slope = missing_value;
    /// Part of the total that comes through this node. The contributions of
    /// the leaves and the adjustments add up to the total exactly.
    double contribution = missing_value;
    /// What the total would gain, to first order, if the leaf had its best
    /// result; NaN where a rule has no best.
    double shortfall = missing_value;
    friend bool operator==(const ExplanationLine&, const ExplanationLine&) = default;
};

/// A part of the total that is no leaf's: rounding, a bound, or the curvature of
/// an aggregation.
struct Adjustment {
    std::string node;
    /// `rounding`, `cap or floor`, `raised to floor_at`, `missing counted as
    /// zero`, `aggregation` or `arithmetic` (the last bits of floating point).
    std::string what;
    double amount = 0.0;
    friend bool operator==(const Adjustment&, const Adjustment&) = default;
};

/// The whole explanation of one unit.
struct Explanation {
    RankingRow row;
    /// Total before the rounding of the root.
    double full_score = missing_value;
    std::string band_reason;
    std::vector<std::string> flags;
    /// Nodes as the model lists them, parents first.
    std::vector<ExplanationLine> lines;
    std::vector<Adjustment> adjustments;

    /// The line of a node; nothing when the model has no such node.
    [[nodiscard]] const ExplanationLine* find(std::string_view code) const {
        for (const ExplanationLine& line : lines)
            if (line.code == code) return &line;
        return nullptr;
    }

    /// Exact sum of the contributions of leaves and of the adjustments; equal
    /// to the score bit for bit.
    [[nodiscard]] double total() const {
        numeric::ExactSum sum;
        for (const ExplanationLine& line : lines)
            if (line.leaf && !std::isnan(line.contribution)) sum.add(line.contribution);
        for (const Adjustment& each : adjustments) sum.add(each.amount);
        return sum.value();
    }

    friend std::ostream& operator<<(std::ostream& out, const Explanation& explanation);
};

/// Explains the score of one unit: value, numerator and denominator, rule,
/// target, source, result and contribution of every node. Contributions follow
/// Euler's decomposition: slope times result, where the slope is the change of
/// the total per unit of the node's result. For sums and weighted means that is
/// weight times result; under a geometric mean each child contributes its
/// weight's share of the total.
/// Contributions of leaves and adjustments add up to the score bit for bit.
/// Complexity: O(nodes).
/// @throws DataError when the unit is unknown.
[[nodiscard]] THUOCDO_INLINE Explanation explain(const Scoreboard& board, Index unit);

/// The same by code or name.
[[nodiscard]] inline Explanation explain(const Scoreboard& board, std::string_view unit) {
    return explain(board, board.units().index_of(unit));
}

/// Prints the explanation as an indented table.
inline std::ostream& operator<<(std::ostream& out, const Explanation& explanation) {
    using Align = detail::TextTable::Align;
    constexpr int shown_digits = 4;
    const auto number = [](double value) {
        return std::isnan(value) ? std::string("-")
                                 : numeric::shortest(numeric::round_decimal(value, shown_digits));
    };
    out << explanation.row.unit.display_name() << " (" << explanation.row.unit.code << "): score "
        << number(explanation.row.score) << ", rank " << number(explanation.row.rank);
    if (!explanation.row.band.empty()) out << ", band " << explanation.row.band;
    out << '\n';
    if (!explanation.band_reason.empty()) out << explanation.band_reason << '\n';
    for (const std::string& flag : explanation.flags) out << "! " << flag << '\n';
    detail::TextTable table({{"node", Align::left},
                             {"value", Align::right},
                             {"numerator", Align::right},
                             {"denominator", Align::right},
                             {"target", Align::right},
                             {"rule", Align::left},
                             {"result", Align::right},
                             {"best", Align::right},
                             {"contribution", Align::right},
                             {"note", Align::left}});
    constexpr std::size_t indent = 2;
    for (const ExplanationLine& line : explanation.lines) {
        std::string note;
        if (line.role != Role::scored) note = detail::name_of(line.role);
        if (line.leaf && line.state != CellState::observed)
            note += (note.empty() ? "" : ", ") + std::string(cell_state_name(line.state));
        if (!line.expression.empty()) note += (note.empty() ? "" : ", ") + ("= " + line.expression);
        if (line.imputed) note += (note.empty() ? "" : ", ") + std::string("imputed");
        table.add({std::string(indent * static_cast<std::size_t>(line.depth), ' ') + line.code,
                   number(line.value), number(line.numerator), number(line.denominator),
                   number(line.target), line.rule, number(line.result), number(line.best),
                   number(line.contribution), note});
    }
    out << table;
    for (const Adjustment& each : explanation.adjustments)
        if (std::abs(each.amount) > detail::sum_tolerance)
            out << "adjustment at " << each.node << " (" << each.what
                << "): " << number(each.amount) << '\n';
    return out;
}

}  // namespace thuocdo

#if !THUOCDO_DECLARATIONS_ONLY
#include <thuocdo/detail/explainer.hpp>
#endif
