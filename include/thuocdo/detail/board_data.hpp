#pragma once
/// @file
/// What a scoreboard holds, and the questions that are answered from it.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/detail/leaf_program.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/preparation.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/weighting_report.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// How a unit came to its band. Positions in the scale, -1 for none.
struct BandOutcome {
    int by_score = -1;
    int after_gates = -1;
    int final_band = -1;

    friend bool operator==(const BandOutcome&, const BandOutcome&) = default;
};

/// The prepared panel of another period, for statistics over several periods.
struct PreparedPeriod {
    Panel panel;
    std::vector<std::uint8_t> evaluated{};
};

struct BoardData {
    IndexModel model;
    /// What the leaves read: the given panel after the steps of the preparation.
    Panel panel;
    /// The panel as it was given, with derived columns.
    Panel given;
    std::optional<Panel> previous{};
    /// Panels of other periods as they were given.
    std::vector<Panel> other_periods{};
    std::vector<PreparedPeriod> reference_periods{};
    Preparation preparation{};
    std::optional<Date> as_of{};
    /// One flag a unit; empty when all are evaluated.
    std::vector<std::uint8_t> evaluated{};
    std::vector<LeafProgram> leaves{};
    /// Position in `leaves` of each node, -1 for inner nodes.
    std::vector<Index> leaf_of_node{};
    /// Weights of the children of each node: points under a sum, 0 for children that
    /// are not aggregated.
    std::vector<std::vector<double>> weights{};
    /// How the weights of a node came about, by node, where a scheme gave them.
    std::map<Index, WeightingReport> weighting_reports{};
    /// Share of each node in the total when nothing is missing.
    std::vector<double> effective_weights{};
    /// Aggregates that the sweep takes as given, before points, bonus and rounding: of the
    /// nodes that compare units, and of those that a run of draws computes many at a time.
    std::map<Index, Eigen::VectorXd> compared{};
    /// Factors on the results of the children of a sum of points, by node, where a draw
    /// changes their points; empty otherwise.
    std::map<Index, std::vector<double>> point_factors{};
    Eigen::MatrixXd results{};
    Eigen::VectorXd full{};
    Eigen::VectorXd published{};
    Eigen::VectorXd ranks{};
    std::map<std::string, Eigen::VectorXd> ranks_within{};
    Eigen::VectorXd coverage{};
    std::vector<BandOutcome> bands{};
    std::vector<std::string> notices{};
    /// Units whose ordinal place nothing but their code decides.
    std::vector<std::uint32_t> placed_by_code{};
};

[[nodiscard]] inline const LeafProgram* leaf_program(const BoardData& data, Index node) {
    const Index leaf = data.leaf_of_node.at(static_cast<std::size_t>(node));
    return leaf < 0 ? nullptr : &data.leaves[static_cast<std::size_t>(leaf)];
}

[[nodiscard]] inline double leaf_value(const BoardData& data, Index unit, Index node) {
    const LeafProgram* leaf = leaf_program(data, node);
    if (!leaf) return missing_value;
    if (!leaf->prepared.empty()) return leaf->prepared[static_cast<std::size_t>(unit)];
    return data.panel.value(unit, leaf->column);
}

[[nodiscard]] inline bool leaf_is_imputed(const BoardData& data, Index unit, Index node) {
    const LeafProgram* leaf = leaf_program(data, node);
    return leaf && std::binary_search(leaf->imputed.begin(), leaf->imputed.end(),
                                      static_cast<std::uint32_t>(unit));
}

[[nodiscard]] constexpr rank::TieRule tie_rule(TiePolicy ties) noexcept {
    switch (ties) {
        case TiePolicy::dense:
            return rank::TieRule::dense;
        case TiePolicy::fractional:
            return rank::TieRule::fractional;
        case TiePolicy::ordinal:
            return rank::TieRule::ordinal;
        case TiePolicy::competition:
            break;
    }
    return rank::TieRule::competition;
}

/// Place of every unit in the order of codes.
[[nodiscard]] inline Eigen::VectorXd code_order(const UnitRegistry& units) {
    std::vector<Index> order(static_cast<std::size_t>(units.size()));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(),
              [&](Index a, Index b) { return units.code(a) < units.code(b); });
    Eigen::VectorXd place(units.size());
    for (std::size_t k = 0; k < order.size(); ++k) place[order[k]] = static_cast<double>(k);
    return place;
}

/// The tie-breakers that a model declares, as columns. `column_of` gives the results of a
/// node by its index.
template <class ColumnOfNode>
[[nodiscard]] std::vector<rank::TieBreaker> tie_breakers_from(const IndexModel& model,
                                                              ColumnOfNode&& column_of) {
    std::vector<rank::TieBreaker> breakers;
    for (const TieBreakerRule& each : model.definition().ranking.tie_breakers)
        breakers.push_back({column_of(model.index_of(each.node)), each.order});
    return breakers;
}

[[nodiscard]] inline std::vector<rank::TieBreaker> tie_breakers(const IndexModel& model,
                                                                const Eigen::MatrixXd& results) {
    return tie_breakers_from(model, [&results](Index node) { return results.col(node); });
}

/// The column that units are ranked on, from totals before and after the rounding of the
/// root.
[[nodiscard]] inline Eigen::VectorXd rank_key(const RankingRule& rule, const Eigen::VectorXd& full,
                                              const Eigen::VectorXd& published) {
    if (rule.on == Basis::full) return full;
    if (!rule.digits) return published;
    Eigen::VectorXd key = full;
    numeric::round_decimal(key, *rule.digits, rule.mode);
    return key;
}

/// Units that are evaluated, in the order of their codes. Where sums over units need
/// a fixed order, this is it.
[[nodiscard]] inline std::vector<Index> evaluated_by_code(const BoardData& data) {
    const UnitRegistry& units = data.panel.units();
    std::vector<Index> order;
    for (Index unit = 0; unit < units.size(); ++unit)
        if (data.evaluated.empty() || data.evaluated[static_cast<std::size_t>(unit)] != 0)
            order.push_back(unit);
    const auto by_code = [&](Index a, Index b) { return units.code(a) < units.code(b); };
    if (!std::is_sorted(order.begin(), order.end(), by_code))
        std::sort(order.begin(), order.end(), by_code);
    return order;
}

/// Ranks of a column by the ranking rule of the model.
[[nodiscard]] inline Eigen::VectorXd rank_column(const IndexModel& model, const UnitRegistry& units,
                                                 const Eigen::MatrixXd& results, ColumnView key) {
    const RankingRule& rule = model.definition().ranking;
    std::vector<rank::TieBreaker> breakers = tie_breakers(model, results);
    if (rule.ties == TiePolicy::ordinal)
        breakers.push_back({code_order(units), numeric::Order::ascending});
    return rank::ranks(key, tie_rule(rule.ties), rule.order, breakers);
}

/// The number that a gate looks at.
[[nodiscard]] inline double gate_number(const BoardData& data, const Gate& gate, Index index,
                                        Index unit) {
    if (gate.of == GateQuantity::value) return leaf_value(data, unit, index);
    const double result = data.results(unit, index);
    if (gate.of == GateQuantity::result) return result;
    const Node& node = data.model.node(index);
    return result / node.points.value_or(node.multiplier);
}

/// Whether a unit passes a gate. A zero denominator that the leaf counts in
/// full passes a gate on the leaf's value, which does not exist.
/// @param index the node of the gate
[[nodiscard]] inline bool passes(const BoardData& data, const Gate& gate, Index index, Index unit) {
    const double number = gate_number(data, gate, index, unit);
    if (gate.of != GateQuantity::value || !std::isnan(number)) return gate.admits(number);
    const LeafProgram* leaf = leaf_program(data, index);
    return leaf && leaf->node->zero_denominator == ZeroDenominatorRule::full &&
           data.panel.state(unit, leaf->column) == CellState::zero_denominator;
}

[[nodiscard]] inline std::string band_reason(const BoardData& data, Index unit) {
    const BandScale& scale = *data.model.definition().bands;
    const BandOutcome& outcome = data.bands.at(static_cast<std::size_t>(unit));
    const double score = scale.of == Basis::full ? data.full[unit] : data.published[unit];
    if (std::isnan(score)) return "no score";
    if (outcome.by_score < 0)
        return "score " + numeric::shortest(score) + " lies outside the scale";
    const auto band = [&](int k) -> const Band& {
        return scale.bands[static_cast<std::size_t>(k)];
    };
    // The end of a band that does not state it is the beginning of the one above.
    Band within = band(outcome.by_score);
    if (!within.to && outcome.by_score > 0) within.to = band(outcome.by_score - 1).from;
    std::string reason = "score " + numeric::shortest(score) + " lies in " + band_range(within);
    const int gated =
        outcome.after_gates < 0 ? static_cast<int>(scale.bands.size()) : outcome.after_gates;
    for (int k = outcome.by_score; k < gated; ++k)
        for (const Gate& gate : band(k).gates) {
            const Index index = data.model.index_of(gate.node);
            if (passes(data, gate, index, unit)) continue;
            const double number = gate_number(data, gate, index, unit);
            reason += "; \"" + band(k).code + "\" needs " + gate.describe() + ", found " +
                      (std::isnan(number) ? std::string("no value") : numeric::shortest(number));
        }
    if (outcome.final_band != outcome.after_gates)
        reason += "; beyond the quota of \"" + band(outcome.after_gates).code + "\"";
    return reason;
}

[[nodiscard]] inline std::vector<std::string> unit_flags(const BoardData& data, Index unit) {
    std::vector<std::string> flags;
    if (!data.evaluated.empty() && data.evaluated[static_cast<std::size_t>(unit)] == 0) {
        flags.emplace_back("not evaluated");
        return flags;
    }
    std::size_t provisional = 0;
    std::size_t imputed = 0;
    std::size_t missing = 0;
    for (const LeafProgram& leaf : data.leaves) {
        if (leaf_is_imputed(data, unit, leaf.node_index)) {
            ++imputed;
            continue;
        }
        const CellState state = data.panel.state(unit, leaf.column);
        provisional += state == CellState::provisional ? 1U : 0U;
        imputed += state == CellState::imputed ? 1U : 0U;
        missing += has_value(state) || state == CellState::not_applicable ? 0U : 1U;
    }
    const auto counted = [&](std::size_t count, const char* what) {
        if (count != 0) flags.push_back(std::to_string(count) + ' ' + what);
    };
    counted(provisional, "provisional");
    counted(imputed, "imputed");
    counted(missing, "missing");
    if (std::isnan(data.published[unit])) flags.emplace_back("no score");
    if (!data.bands.empty()) {
        const BandOutcome& outcome = data.bands[static_cast<std::size_t>(unit)];
        if (outcome.by_score >= 0 && outcome.after_gates != outcome.by_score)
            flags.emplace_back("lowered by a gate");
        if (outcome.final_band != outcome.after_gates) flags.emplace_back("lowered by the quota");
        if (outcome.by_score < 0 && !std::isnan(data.published[unit]))
            flags.emplace_back("outside the scale");
    }
    if (std::binary_search(data.placed_by_code.begin(), data.placed_by_code.end(),
                           static_cast<std::uint32_t>(unit)))
        flags.emplace_back("tie decided by code");
    return flags;
}

[[nodiscard]] inline std::string board_digest(const BoardData& data) {
    numeric::Sha256 hash;
    hash.update(data.model.digest());
    const Index units = data.panel.unit_count();
    std::vector<Index> order(static_cast<std::size_t>(units));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(), [&](Index a, Index b) {
        return data.panel.units().code(a) < data.panel.units().code(b);
    });
    hash.update_integer(static_cast<std::uint64_t>(units));
    for (const Index unit : order) {
        const std::string& code = data.panel.units().code(unit);
        hash.update_integer(code.size());
        hash.update(code);
        for (const Index node : data.model.document_order())
            hash.update_double(data.results(unit, node));
        hash.update_double(data.full[unit]);
        hash.update_double(data.published[unit]);
        hash.update_double(data.ranks[unit]);
        for (const auto& [attribute, ranks] : data.ranks_within) hash.update_double(ranks[unit]);
        hash.update_double(data.coverage[unit]);
        if (!data.bands.empty())
            hash.update_integer(static_cast<std::uint64_t>(
                data.bands[static_cast<std::size_t>(unit)].final_band + 1));
    }
    return hash.hex();
}

}  // namespace thuocdo::detail
