#pragma once
/// @file
/// Every check of an index model beyond the shape of its document.

#include <thuocdo/error.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/check_derived.hpp>
#include <thuocdo/model/detail/check_factors.hpp>
#include <thuocdo/model/detail/check_preparation.hpp>
#include <thuocdo/model/detail/check_rule.hpp>
#include <thuocdo/model/detail/check_weighting.hpp>
#include <thuocdo/model/detail/code.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Relative tolerance of declared sums of weights or points: decimal fractions
/// such as 0.1 are not exact in binary.
inline constexpr double sum_tolerance = 1e-9;

/// Collects the problems of one definition.
class DefinitionCheck {
  public:
    explicit DefinitionCheck(const ModelDefinition& model) : model_(model) {}

    [[nodiscard]] std::vector<Problem> run() {
        check_identity();
        if (!model_.inputs.empty() || !model_.derived.empty())
            DerivedCheck(model_, problems_).run();
        visit(model_.root, nullptr, "/root");
        check_ranking();
        if (model_.bands) check_bands(*model_.bands);
        check_roll_ups();
        check_preparation();
        if (!model_.factors.empty()) FactorCheck(model_, problems_).run(model_.factors, "/factors");
        if (model_.defaults.minimum_coverage)
            check_share(model_.defaults.minimum_coverage->share, "/defaults/minimum_coverage");
        if (model_.defaults.rounding)
            check_digits(model_.defaults.rounding->digits, "/defaults/rounding/digits");
        return std::move(problems_);
    }

  private:
    void add(const char* code, std::string place, std::string found, std::string expected,
             std::string remedy) {
        problems_.push_back(
            {code, std::move(place), std::move(found), std::move(expected), std::move(remedy)});
    }

    void check_code(const std::string& code, const std::string& place) {
        if (!is_code(code))
            add("invalid_code", place, code.empty() ? "no code" : '"' + code + '"',
                "1 to 100 characters without spaces", "write a short code; names go into name");
    }

    void check_finite(double value, const std::string& place) {
        if (!std::isfinite(value))
            add("not_finite", place, numeric::shortest(value), "a finite number", "correct it");
    }

    void check_share(double value, const std::string& place) {
        if (!(value >= 0.0 && value <= 1.0))
            add("share_out_of_range", place, numeric::shortest(value), "a share from 0 to 1",
                "write 66% as 0.66");
    }

    void check_digits(int digits, const std::string& place) {
        constexpr int most_digits = 15;
        if (digits < -most_digits || digits > most_digits)
            add("digits_out_of_range", place, std::to_string(digits), "-15 to 15 digits",
                "a double holds about 15 digits");
    }

    void check_identity() {
        check_code(model_.id, "/id");
        if (model_.version.empty())
            add("version_missing", "/version", "no version", "the version of the definition",
                "name the year or decision, e.g. \"2026\"");
        if (model_.name.empty())
            add("name_missing", "/name", "no name", "a name in Vietnamese or English", "add it");
        if (model_.effective_from && model_.effective_to &&
            *model_.effective_to < *model_.effective_from)
            add("dates_reversed", "/effective/to", to_iso(*model_.effective_to),
                "a day not before " + to_iso(*model_.effective_from), "exchange the two dates");
    }

    void visit(const NodeDefinition& node, const NodeDefinition* parent, const std::string& place) {
        check_code(node.code, place + "/code");
        const auto [first, inserted] = nodes_.emplace(node.code, place);
        if (!inserted)
            add("duplicate_code", place + "/code", '"' + node.code + "\" again",
                "a code that no other node has", "it is also at " + first->second + "/code");
        check_numbers(node, parent, place);
        if (node.is_leaf()) {
            check_leaf(node, place);
        } else {
            inner_.insert(node.code);
            check_inner(node, place);
        }
        for (std::size_t k = 0; k < node.children.size(); ++k)
            visit(node.children[k], &node, place + "/children/" + std::to_string(k));
    }

    void check_numbers(const NodeDefinition& node, const NodeDefinition* parent,
                       const std::string& place) {
        if (!(node.weight >= 0.0) || !std::isfinite(node.weight))
            add("weight_out_of_range", place + "/weight", numeric::shortest(node.weight),
                "a number >= 0", "a direction is not a sign: use direction");
        if (node.points && (!(*node.points > 0.0) || !std::isfinite(*node.points)))
            add("points_out_of_range", place + "/points", numeric::shortest(*node.points),
                "a number > 0", "a node without points is role \"monitored\"");
        if (node.scale && (!(*node.scale > 0.0) || !std::isfinite(*node.scale)))
            add("scale_out_of_range", place + "/scale", numeric::shortest(*node.scale),
                "a number > 0", "correct it");
        if (node.scale && node.points)
            add("points_and_scale", place + "/scale", "points and scale", "one of them",
                "points already multiply the score");
        if (node.cap) check_finite(*node.cap, place + "/cap");
        if (node.floor) check_finite(*node.floor, place + "/floor");
        if (node.cap && node.floor && !(*node.floor < *node.cap))
            add("cap_below_floor", place + "/cap", numeric::shortest(*node.cap),
                "more than the floor " + numeric::shortest(*node.floor), "exchange the two");
        if (node.rounding) check_digits(node.rounding->digits, place + "/rounding/digits");
        if (!parent && node.role != Role::scored)
            add("role_of_root", place + "/role", name_of(node.role), "no role at the root",
                "leave it out");
        if (!parent) return;
        const Aggregation above = aggregation_of(*parent);
        const bool summed = std::holds_alternative<aggregation::Sum>(above);
        if (summed && node.role == Role::scored && !node.points)
            add("points_missing", place, "no points",
                "points, because the parent \"" + parent->code + "\" sums points",
                "give points, or role \"monitored\"");
        if (!summed && node.role == Role::scored && node.points)
            add("points_not_summed", place + "/points",
                "points under \"" + std::string(aggregation_name(above)) + '"', "a weight",
                "give weight instead, or let \"" + parent->code + "\" aggregate by sum");
        if (summed && node.weight != 1.0)
            add("weight_under_sum", place + "/weight", numeric::shortest(node.weight),
                "no weight, because the parent \"" + parent->code + "\" sums points",
                "leave it out; points are the weights");
    }

    [[nodiscard]] Aggregation aggregation_of(const NodeDefinition& node) const {
        return node.aggregate.value_or(
            model_.defaults.aggregate.value_or(Aggregation(aggregation::Arithmetic{})));
    }

    void check_leaf(const NodeDefinition& node, const std::string& place) {
        if (!node.score) {
            add("score_missing", place, "neither children nor score",
                "children (inner node) or score (leaf)", "give the leaf a score rule");
            return;
        }
        if (!node.indicator.empty()) check_code(node.indicator, place + "/indicator");
        if (node.aggregate || node.minimum_coverage || node.weights_sum_to || node.weights)
            add("inner_member_on_leaf", place,
                "aggregate, weights, minimum_coverage or weights_sum_to", "none of them on a leaf",
                "remove it");
        check_rule(*node.score, node, place + "/score", problems_);
        check_targets(node, place);
        if (node.reference_period) {
            if (node.reference_period->empty())
                add("period_missing", place + "/reference_period", "no period",
                    "current, all or the name of a period", "name it");
            if (!has_reference_statistics(*node.score))
                add("reference_period_unused", place + "/reference_period",
                    "a rule that takes no statistics of the cohort",
                    "min_max, z_score, distance_to_best, distance_to_target, fraction_of_best or "
                    "above_below_mean",
                    "leave it out");
        }
    }

    void check_targets(const NodeDefinition& node, const std::string& place) {
        if (needs_dated_target(*node.score) && node.targets.empty())
            add("target_missing", place + "/score", "no target",
                "target in the rule or targets at the node", "state the target");
        for (std::size_t k = 0; k < node.targets.size(); ++k) {
            const std::string at = place + "/targets/" + std::to_string(k);
            check_finite(node.targets[k].value, at + "/value");
            const bool ratio = std::holds_alternative<rule::RatioToTarget>(*node.score);
            if (ratio && needs_dated_target(*node.score) && !(node.targets[k].value > 0.0))
                add("target_out_of_range", at + "/value", numeric::shortest(node.targets[k].value),
                    "a target > 0", "a ratio to zero has no meaning");
            if (std::holds_alternative<rule::GrowthToTarget>(*node.score) &&
                needs_dated_target(*node.score) && std::isfinite(node.targets[k].value))
                check_growth(node.direction, node.targets[k].value, at + "/value", problems_);
            if (k == 0) continue;
            if (!(node.targets[k - 1].date < node.targets[k].date))
                add("targets_not_ascending", at + "/date", to_iso(node.targets[k].date),
                    "a date after " + to_iso(node.targets[k - 1].date), "list targets by date");
            if (node.target_path == TargetPath::compound &&
                !(node.targets[k - 1].value * node.targets[k].value > 0.0))
                add("compound_path_sign", at + "/value", numeric::shortest(node.targets[k].value),
                    "targets of one sign on a compound path", "use a linear path");
        }
    }

    void check_inner(const NodeDefinition& node, const std::string& place) {
        if (node.score || !node.indicator.empty() || !node.targets.empty() ||
            node.zero_denominator || node.reference_period)
            add("leaf_member_on_inner_node", place,
                "score, indicator, targets, reference_period or zero_denominator",
                "none of them on a node with children", "move it to a leaf");
        if (node.missing && (node.missing->uses(MissingPolicy::carry_last) ||
                             node.missing->uses(MissingPolicy::peer_mean)))
            add("missing_policy_of_inner_node", place + "/missing", "carry_last or peer_mean",
                "renormalise, zero or refuse on a node with children",
                "state the policy at the leaves");
        if (node.minimum_coverage)
            check_share(node.minimum_coverage->share, place + "/minimum_coverage");
        const Aggregation method = aggregation_of(node);
        check_aggregation(method, node, place + "/aggregate", problems_);
        numeric::ExactSum weights;
        numeric::ExactSum points;
        bool complete = true;
        std::size_t scored = 0;
        for (const NodeDefinition& child : node.children) {
            if (child.role != Role::scored) continue;
            ++scored;
            weights.add(child.weight);
            complete = complete && child.points.has_value();
            if (child.points) points.add(*child.points);
        }
        if (scored == 0)
            add("no_scored_child", place + "/children", "no child of role \"scored\"",
                "at least one", "a node needs something to aggregate");
        if (std::holds_alternative<aggregation::Sum>(method)) {
            if (node.points && complete && differs(points.value(), *node.points))
                add("points_do_not_add_up", place + "/points", numeric::shortest(*node.points),
                    "the sum of the children's points, " + numeric::shortest(points.value()),
                    "correct one of them");
            if (node.weights_sum_to)
                add("weight_under_sum", place + "/weights_sum_to",
                    numeric::shortest(*node.weights_sum_to), "no weights under sum",
                    "leave it out");
            if (node.weights)
                add("weight_under_sum", place + "/weights", weighting_name(*node.weights),
                    "no weights under sum", "leave it out; points are the weights");
        } else if (node.weights) {
            check_weighting(node, place);
        } else {
            if (scored != 0 && !(weights.value() > 0.0))
                add("weights_all_zero", place + "/children", "weights that are all 0",
                    "a weight > 0", "correct the weights");
            if (node.weights_sum_to && differs(weights.value(), *node.weights_sum_to))
                add("weights_do_not_add_up", place + "/weights_sum_to",
                    "weights that add up to " + numeric::shortest(weights.value()),
                    numeric::shortest(*node.weights_sum_to), "correct the weights of the children");
        }
    }

    void check_weighting(const NodeDefinition& node, const std::string& place) {
        std::visit(WeightingCheck(node, place + "/weights", problems_), *node.weights);
        if (node.weights_sum_to)
            add("weights_stated_twice", place + "/weights_sum_to",
                numeric::shortest(*node.weights_sum_to), "no sum of weights that a scheme gives",
                "leave it out");
        for (std::size_t k = 0; k < node.children.size(); ++k)
            if (node.children[k].role == Role::scored && node.children[k].weight != 1.0)
                add("weights_stated_twice", place + "/children/" + std::to_string(k) + "/weight",
                    numeric::shortest(node.children[k].weight),
                    "no weight, because the parent takes weights from " +
                        std::string(weighting_name(*node.weights)),
                    "leave it out, or remove weights from the parent");
    }

    void check_preparation() {
        const std::function<bool(const std::string&)> is_node = [this](const std::string& code) {
            return nodes_.contains(code);
        };
        for (std::size_t k = 0; k < model_.preparation.size(); ++k)
            std::visit(StepCheck("/preparation/" + std::to_string(k), is_node, problems_),
                       model_.preparation[k]);
    }

    [[nodiscard]] static bool differs(double found, double declared) noexcept {
        return std::abs(found - declared) > sum_tolerance * std::abs(declared);
    }

    void check_node_reference(const std::string& code, const std::string& place) {
        if (!nodes_.contains(code))
            add("unknown_node", place, '"' + code + '"', "the code of a node of this model",
                "check the spelling");
    }

    void check_ranking() {
        const RankingRule& ranking = model_.ranking;
        if (ranking.digits) check_digits(*ranking.digits, "/ranking/digits");
        for (std::size_t k = 0; k < ranking.tie_breakers.size(); ++k)
            check_node_reference(ranking.tie_breakers[k].node,
                                 "/ranking/tie_breakers/" + std::to_string(k) + "/node");
    }

    void check_bands(const BandScale& scale) {
        check_band_scale(scale, "/bands/scale", problems_);
        std::set<std::string> codes;
        for (std::size_t k = 0; k < scale.bands.size(); ++k) {
            const Band& band = scale.bands[k];
            const std::string place = "/bands/scale/" + std::to_string(k);
            check_code(band.code, place + "/code");
            if (!codes.insert(band.code).second)
                add("duplicate_band", place + "/code", '"' + band.code + "\" again",
                    "a code that no other band has", "rename one of them");
            for (std::size_t g = 0; g < band.gates.size(); ++g)
                check_gate(band.gates[g], place + "/gates/" + std::to_string(g));
        }
        if (!scale.quota) return;
        const Quota& quota = *scale.quota;
        check_share(quota.at_most, "/bands/quota/at_most");
        const auto band_exists = [&](const std::string& code, const std::string& place) {
            if (!codes.contains(code))
                add("unknown_band", place, '"' + code + '"', "the code of a band of this scale",
                    "check the spelling");
        };
        band_exists(quota.band, "/bands/quota/band");
        if (!scale.bands.empty() && quota.band == scale.bands.back().code)
            add("quota_on_last_band", "/bands/quota/band", '"' + quota.band + '"',
                "a band with another below it", "the rest must have a band to go to");
        if (quota.of.empty())
            add("quota_without_base", "/bands/quota/of", "no bands", "the bands that are counted",
                "e.g. [\"excellent\", \"good\"]");
        for (std::size_t k = 0; k < quota.of.size(); ++k)
            band_exists(quota.of[k], "/bands/quota/of/" + std::to_string(k));
    }

    void check_gate(const Gate& gate, const std::string& place) {
        check_node_reference(gate.node, place + "/node");
        if (!gate.at_least && !gate.at_most && !gate.above && !gate.below)
            add("gate_without_bound", place, "no bound", "at_least, at_most, above or below",
                "state the condition");
        if (gate.of == GateQuantity::value && inner_.contains(gate.node))
            add("gate_value_of_inner_node", place + "/of", "value of \"" + gate.node + '"',
                "a leaf, because only leaves have a value", "use result or score");
    }

    void check_roll_ups() {
        for (std::size_t k = 0; k < model_.roll_ups.size(); ++k) {
            const RollUp& roll_up = model_.roll_ups[k];
            const std::string place = "/roll_up/" + std::to_string(k);
            if (roll_up.to.empty())
                add("roll_up_without_level", place + "/to", "no level", "a level or \"nation\"",
                    "name what the totals roll up to");
            if (roll_up.weighted && roll_up.weights.empty())
                add("roll_up_without_weights", place + "/weights", "no weights",
                    "an attribute of units or a column of the data",
                    "name the weights, or ask for plain_mean");
            if (!roll_up.weighted && !roll_up.weights.empty())
                add("roll_up_weights_unused", place + "/weights", '"' + roll_up.weights + '"',
                    "no weights for plain_mean", "use weighted_mean");
        }
    }

    const ModelDefinition& model_;
    std::vector<Problem> problems_;
    std::unordered_map<std::string, std::string> nodes_;
    std::set<std::string> inner_;
};

/// All problems of a definition, in document order.
[[nodiscard]] inline std::vector<Problem> check_definition(const ModelDefinition& definition) {
    return DefinitionCheck(definition).run();
}

}  // namespace thuocdo::detail
