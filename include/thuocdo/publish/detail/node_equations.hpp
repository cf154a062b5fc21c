#pragma once
/// @file
/// How the results of nodes follow from those of their children, as lines of knowledge.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/aggregate_node.hpp>
#include <thuocdo/detail/minimum_coverage.hpp>
#include <thuocdo/publish/detail/outside_cells.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::publish::detail {

/// The exponent of a mean that is linear in a transform of its children.
[[nodiscard]] inline std::optional<double> exponent_of(const Aggregation& method) {
    if (std::holds_alternative<aggregation::Geometric>(method)) return 0.0;
    if (std::holds_alternative<aggregation::Harmonic>(method)) return -1.0;
    if (const auto* power = std::get_if<aggregation::PowerMean>(&method)) return power->exponent;
    return std::nullopt;
}

/// Methods that never fall when a child rises, and have no jumps.
[[nodiscard]] inline bool is_monotone(const Aggregation& method) {
    if (const auto* ordered = std::get_if<aggregation::OrderedWeightedAverage>(&method))
        return std::all_of(ordered->order_weights.begin(), ordered->order_weights.end(),
                           [](double weight) { return weight >= 0.0; });
    return std::holds_alternative<aggregation::Minimum>(method) ||
           std::holds_alternative<aggregation::Maximum>(method) ||
           std::holds_alternative<aggregation::Median>(method);
}

/// Writes the equations of one publication.
class NodeEquations {
  public:
    /// @param keep_known also write equations all of whose figures are known
    NodeEquations(std::size_t publication, OutsideCells& cells, NamedKnowledge& lines,
                  bool keep_known)
        : k_(publication),
          cells_(cells),
          lines_(lines),
          board_(cells.board(publication)),
          model_(board_.model()),
          keep_known_(keep_known) {}

    void add_all() {
        for (Index node = model_.node_count(); node-- > 0;) {
            if (model_.node(node).is_leaf()) continue;
            for (Index unit = 0; unit < board_.unit_count(); ++unit)
                if (!std::isnan(total(unit, node))) add(unit, node);
        }
    }

  private:
    [[nodiscard]] double total(Index unit, Index node) const {
        return node == 0 ? board_.full_scores()[unit] : board_.result(unit, node);
    }
    [[nodiscard]] bool is_there(Index unit, Index node) const {
        return !std::isnan(board_.result(unit, node));
    }

    void add(Index unit, Index index) {
        const Node& node = model_.node(index);
        const std::span<const double> weights = board_.weights(index);
        std::vector<Index> children;
        std::vector<double> shares;
        std::vector<Term> terms;
        for (Index c = 0; c < node.child_count; ++c) {
            const Index child = node.first_child + c;
            if (!is_there(unit, child)) continue;
            const Role role = model_.node(child).role;
            if (role == Role::bonus) terms.push_back({cells_.cell(k_, unit, child), 1.0});
            if (role == Role::penalty) terms.push_back({cells_.cell(k_, unit, child), -1.0});
            if (weights[static_cast<std::size_t>(c)] <= 0.0) continue;
            children.push_back(child);
            shares.push_back(weights[static_cast<std::size_t>(c)]);
        }
        if (children.empty() || is_below_coverage(unit, index)) {
            children.clear();
            shares.clear();
        }
        bool known = index == 0 ? lines_.at(cells_.full_total(k_, unit)).is_fixed()
                                : cells_.is_known(k_, unit, index);
        for (const Index child : children) known = known && cells_.is_known(k_, unit, child);
        for (const Term& term : terms) known = known && lines_.at(term.unknown).is_fixed();
        if (known && !keep_known_) return;
        const std::string name = "weights of " + name_of(index) + ", unit " +
                                 board_.units().code(unit) + OutsideCells::suffix(k_);
        if (!children.empty() && !aggregate(unit, index, children, shares, terms, name)) return;
        finish(unit, index, std::move(terms), name);
    }

    [[nodiscard]] std::string name_of(Index node) const {
        return node == 0 ? std::string("the total") : model_.node(node).code;
    }

    [[nodiscard]] bool is_below_coverage(Index unit, Index index) const {
        const Node& node = model_.node(index);
        if (!node.minimum_coverage) return false;
        std::vector<Index> leaves;
        if (node.minimum_coverage->of == CoverageBase::indicators)
            thuocdo::detail::collect_leaves_below(model_, index, leaves);
        return thuocdo::detail::below_minimum_coverage(board_.results(), node, unit,
                                                       board_.weights(index), leaves);
    }

    /// Adds the aggregate of the children, times the multiplier, to the terms. False where the
    /// audit cannot say how it depends on them.
    THUOCDO_KERNEL bool aggregate(Index unit, Index index, const std::vector<Index>& children,
                                  const std::vector<double>& shares, std::vector<Term>& terms,
                                  const std::string& name) {
        THUOCDO_EXACT
        const Node& node = model_.node(index);
        if (node.needs_cohort()) return leave_undecided(unit, index, children, terms, name);
        double all = 0.0;
        for (const double weight : board_.weights(index)) all += weight;
        double present = 0.0;
        for (const double share : shares) present += share;
        const auto exponent = exponent_of(node.aggregate);
        const bool sum = std::holds_alternative<aggregation::Sum>(node.aggregate);
        if (sum || std::holds_alternative<aggregation::Arithmetic>(node.aggregate) ||
            (exponent && *exponent == 1.0 && !floor_of(node))) {
            for (std::size_t c = 0; c < children.size(); ++c) {
                const double share = sum ? all / present : shares[c] / present;
                terms.push_back({cells_.cell(k_, unit, children[c]), node.multiplier * share});
            }
            return true;
        }
        if (exponent) {
            add_mean(unit, index, *exponent, children, shares, present, terms, name);
            return true;
        }
        return add_monotone(unit, index, children, terms, name);
    }

    [[nodiscard]] static std::optional<double> floor_of(const Node& node) {
        if (const auto* mean = std::get_if<aggregation::Geometric>(&node.aggregate))
            return mean->floor_at;
        if (const auto* mean = std::get_if<aggregation::Harmonic>(&node.aggregate))
            return mean->floor_at;
        if (const auto* mean = std::get_if<aggregation::PowerMean>(&node.aggregate))
            return mean->floor_at;
        return std::nullopt;
    }

    /// transform(mean) = sum of shares * transform(child).
    THUOCDO_KERNEL void add_mean(Index unit, Index index, double exponent,
                                 const std::vector<Index>& children,
                                 const std::vector<double>& shares, double present,
                                 std::vector<Term>& terms, const std::string& name) {
        THUOCDO_EXACT
        const Node& node = model_.node(index);
        const double floor_at = floor_of(node).value_or(-infinite);
        std::vector<Term> equation;
        double value = 0.0;
        for (std::size_t c = 0; c < children.size(); ++c) {
            const Index child = cells_.cell(k_, unit, children[c]);
            const double figure = transformed(std::max(lines_.at(child).truth, floor_at), exponent);
            const double share = shares[c] / present;
            value += share * figure;
            const Index copy = lines_.add("transform of " + lines_.at(child).name, figure,
                                          -infinite, infinite, {});
            lines_.add_link(transform_link(child, copy, exponent, floor_at, name));
            equation.push_back({copy, share});
        }
        const double mean = restored(value, exponent);
        const Index copy =
            lines_.add("transformed " + name_of(index), value, -infinite, infinite, {});
        equation.push_back({copy, -1.0});
        const Index plain =
            lines_.add("mean of the children of " + name_of(index), mean, -infinite, infinite, {});
        lines_.add_row(name, std::move(equation), 0.0, 0.0);
        lines_.add_link(transform_link(plain, copy, exponent, -infinite, name));
        terms.push_back({plain, node.multiplier});
    }

    /// One open child under a method that rises with it.
    bool add_monotone(Index unit, Index index, const std::vector<Index>& children,
                      std::vector<Term>& terms, const std::string& name) {
        const Node& node = model_.node(index);
        std::vector<Index> withheld;
        for (const Index child : children) {
            const Index unknown = cells_.cell(k_, unit, child);
            if (lines_.at(unknown).is_fixed()) continue;
            if (cells_.view(k_).shows(unit, child))
                lines_.fix(unknown, lines_.at(unknown).name + " (taken as known)");
            else
                withheld.push_back(child);
        }
        if (!is_monotone(node.aggregate) || withheld.size() > 1)
            return leave_undecided(unit, index, children, terms, name);
        Eigen::MatrixXd row(1, node.child_count);
        for (Index c = 0; c < node.child_count; ++c)
            row(0, c) = board_.result(unit, node.first_child + c);
        const std::vector<double> weights(board_.weights(index).begin(),
                                          board_.weights(index).end());
        const Aggregation method = node.aggregate;
        const auto value = [row, weights, method](Index child, double x) mutable {
            if (child >= 0) row(0, child) = x;
            Eigen::VectorXd out(1);
            thuocdo::detail::aggregate_children(method, row, weights, out);
            return out[0];
        };
        const double truth = [&] {
            auto copy = value;
            return copy(-1, 0.0);
        }();
        const Index plain = lines_.add("aggregate of the children of " + name_of(index), truth,
                                       -infinite, infinite, {});
        terms.push_back({plain, node.multiplier});
        if (withheld.empty()) {
            lines_.narrow(plain, truth, truth, {name}, {name});
            return true;
        }
        const Index child = cells_.cell(k_, unit, withheld.front());
        const Index at = withheld.front() - node.first_child;
        constexpr double span = 1e9;
        const NamedUnknown& open = lines_.at(child);
        const double low = std::max(open.lower, -span * (1.0 + std::abs(open.truth)));
        const double high = std::min(open.upper, span * (1.0 + std::abs(open.truth)));
        lines_.add_link(bisected_link(
            child, plain,
            [value, at](double x) {
                auto copy = value;
                return copy(at, std::isfinite(x) ? x : std::copysign(1e300, x));
            },
            low, high, name));
        return true;
    }

    /// All figures that take part are taken as known.
    bool leave_undecided(Index unit, Index index, const std::vector<Index>& children,
                         const std::vector<Term>& terms, const std::string& name) {
        for (const Index child : children)
            cells_.leave_undecided(cells_.cell(k_, unit, child), name);
        for (const Term& term : terms) cells_.leave_undecided(term.unknown, name);
        cells_.leave_undecided(cells_.cell(k_, unit, index), name);
        return false;
    }

    /// result = rounding(clamp(sum of the terms)).
    THUOCDO_KERNEL void finish(Index unit, Index index, std::vector<Term> terms,
                               const std::string& name) {
        THUOCDO_EXACT
        const Node& node = model_.node(index);
        const Index target =
            index == 0 ? cells_.full_total(k_, unit) : cells_.cell(k_, unit, index);
        double raw = 0.0;
        double low = 0.0;
        double high = 0.0;
        for (const Term& term : terms) {
            const NamedUnknown& each = lines_.at(term.unknown);
            const bool rises = term.weight > 0.0;
            raw += term.weight * each.truth;
            low += term.weight * (rises ? each.lower : each.upper);
            high += term.weight * (rises ? each.upper : each.lower);
        }
        const auto rounding = index == 0 ? std::nullopt : node.rounding_at(RoundingPlace::result);
        const double half = rounding ? half_unit(rounding->digits) : 0.0;
        const double slack = double_slack * (1.0 + std::abs(raw));
        const bool limited = keep_known_ ? std::isfinite(node.floor) || std::isfinite(node.cap)
                                         : low < node.floor - slack || high > node.cap + slack;
        if (limited) {
            const double clamped = std::min(std::max(raw, node.floor), node.cap);
            const Index before =
                lines_.add(name_of(index) + " before its limits", raw, -infinite, infinite, {});
            terms.push_back({before, -1.0});
            lines_.add_row(name, std::move(terms), 0.0, 0.0);
            Index after = target;
            if (rounding) {
                after = lines_.add(name_of(index) + " before rounding", clamped, node.floor,
                                   node.cap, {"limits of " + name_of(index)});
                lines_.add_rounding("rounding of " + name_of(index), after, target, *rounding);
            }
            lines_.add_link(
                clamp_link(before, after, node.floor, node.cap, "limits of " + name_of(index)));
            return;
        }
        if (rounding && !keep_known_ && !lines_.at(target).is_fixed()) {
            const Index before = lines_.add(name_of(index) + " before rounding", raw, low - slack,
                                            high + slack, {"domains below " + name_of(index)});
            terms.push_back({before, -1.0});
            lines_.add_row(name, std::move(terms), 0.0, 0.0);
            lines_.add_rounding("rounding of " + name_of(index), before, target, *rounding);
            return;
        }
        terms.push_back({target, -1.0});
        lines_.add_row(name, std::move(terms), -half, half);
    }

    std::size_t k_;
    OutsideCells& cells_;
    NamedKnowledge& lines_;
    const Scoreboard& board_;
    const IndexModel& model_;
    bool keep_known_;
};

}  // namespace thuocdo::publish::detail
