#pragma once
/// @file
/// Checks of the factors of robustness runs.

#include <thuocdo/error.hpp>
#include <thuocdo/model/detail/code.hpp>
#include <thuocdo/model/detail/factor_targets.hpp>
#include <thuocdo/model/detail/json_pointer.hpp>
#include <thuocdo/model/detail/json_value.hpp>
#include <thuocdo/model/factor_name.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Nothing varies between fewer.
inline constexpr std::size_t fewest_alternatives = 2;

/// Collects the problems of factors. Whether the values of `one_of` fit the member that
/// they are for only a reader of documents can tell.
class FactorCheck {
  public:
    FactorCheck(const ModelDefinition& model, std::vector<Problem>& problems)
        : model_(model), nodes_(model.root), columns_(model), problems_(problems) {}

    /// All factors of a list, which stands at `place`.
    void run(std::span<const FactorDefinition> factors, const std::string& place) {
        std::map<std::string, std::size_t> first;
        for (std::size_t k = 0; k < factors.size(); ++k) {
            const std::string at = place + '/' + std::to_string(k);
            check(factors[k], at);
            const std::string name = factor_name(factors[k], model_.root);
            const auto [before, inserted] = first.emplace(name, k);
            if (!inserted)
                add("duplicate_factor", at + "/name", '"' + name + "\" again",
                    "a name that no other factor has",
                    "it is also the name of factor " + std::to_string(before->second) +
                        "; name one of the two");
        }
    }

    /// One factor, which stands at `place`.
    void check(const FactorDefinition& factor, const std::string& place) {
        at_ = factor.at;
        place_ = place;
        std::visit(*this, factor.rule);
    }

    void operator()(const factor::WeightNoise& value) {
        if (!(value.fraction > 0.0 && value.fraction <= 1.0))
            add("noise_out_of_range", place_ + "/noise", numeric::shortest(value.fraction),
                "a fraction above 0 and not above 1",
                value.fraction == 0.0 ? "without noise nothing varies" : "write 25% as 0.25");
        check_weights(false);
    }

    void operator()(const factor::DirichletWeights& value) {
        if (value.concentration && !is_positive(*value.concentration))
            add("concentration_out_of_range", place_ + "/dirichlet/concentration",
                numeric::shortest(*value.concentration), "a number > 0",
                "larger numbers keep closer to the weights of the model");
        check_weights(!value.concentration);
    }

    void operator()(const factor::WeightSets& value) {
        const std::string list = place_ + "/weight_sets";
        check_unused_at("the sets name the nodes");
        check_alternatives(value.sets.size(), list);
        std::set<std::string> names;
        for (const WeightSet& each : value.sets) {
            const std::string at = list + '/' + escaped_step(each.name);
            if (each.name.empty())
                add("name_missing", at, "a set without a name", "the name of an expert", "name it");
            else if (!names.insert(each.name).second)
                add("duplicate_set", at, '"' + each.name + "\" again", "each name once",
                    "rename one of the two");
            check_set(each, at);
        }
    }

    void operator()(const factor::OneOf& value) {
        check_pointer();
        const std::string list = place_ + "/one_of";
        check_alternatives(value.values.size(), list);
        std::map<std::string, std::size_t> first;
        for (std::size_t k = 0; k < value.values.size(); ++k) {
            const std::string at = list + '/' + std::to_string(k);
            const auto text = canonical_json(value.values[k]);
            if (!text) {
                add("not_json", at, '"' + value.values[k] + '"', "a value as JSON text",
                    "a text has double quotes: \"\\\"geometric\\\"\"");
                continue;
            }
            const auto [before, inserted] = first.emplace(*text, k);
            if (!inserted)
                add("alternatives_alike", at, *text + " again", "each value once",
                    "it is also value " + std::to_string(before->second));
        }
    }

    void operator()(const factor::LeaveOut& value) {
        const std::string list = place_ + "/leave_out";
        const std::size_t none = value.or_none ? 1 : 0;
        if (value.elements.empty()) {
            const NodeDefinition* node = inner_node();
            if (!node) return;
            std::vector<std::string> leaves;
            add_counted_leaves(*node, leaves);
            if (leaves.empty())
                add("nothing_to_leave_out", place_ + "/at", '"' + node->code + '"',
                    "a node with leaves that count", "leaves that are monitored count nowhere");
            else
                check_alternatives(leaves.size() + none, list);
            return;
        }
        check_unused_at("the list names what is left out");
        check_alternatives(value.elements.size() + none, list);
        std::set<std::string> seen;
        for (std::size_t k = 0; k < value.elements.size(); ++k)
            check_element(value.elements[k], list + '/' + std::to_string(k), seen);
    }

    void operator()(const factor::MeasurementError& value) {
        const std::string error = place_ + "/error";
        if (!is_positive(value.size))
            add("size_out_of_range", error + "/size", numeric::shortest(value.size), "a number > 0",
                value.size == 0.0 ? "an error of size 0 changes nothing" : "a size has no sign");
        for (const auto& [bound, member] :
             {std::pair(value.lowest, "/lowest"), std::pair(value.highest, "/highest")})
            if (bound && !std::isfinite(*bound))
                add("not_finite", error + member, numeric::shortest(*bound), "a finite number",
                    "leave the member out where there is no bound");
        if (value.lowest && value.highest && !(*value.lowest < *value.highest))
            add("bounds_reversed", error + "/highest", numeric::shortest(*value.highest),
                "more than the lowest, " + numeric::shortest(*value.lowest), "exchange the two");
        if (at_.empty() || nodes_.find(at_) || columns_.is_column(at_)) return;
        if (columns_.is_derived(at_)) {
            std::vector<std::string> read;
            columns_.add(at_, read);
            std::string list;
            for (const std::string& each : read) list += (list.empty() ? "" : ", ") + each;
            add("derived_indicator", place_ + "/at", '"' + at_ + "\", which is computed",
                "an indicator that is measured", "name what its expression reads: " + list);
            return;
        }
        add("unknown_indicator", place_ + "/at", '"' + at_ + '"',
            "the code of a node or of an indicator that the model reads", spelling());
    }

  private:
    void add(const char* code, std::string place, std::string found, std::string expected,
             std::string remedy) {
        problems_.push_back(
            {code, std::move(place), std::move(found), std::move(expected), std::move(remedy)});
    }

    [[nodiscard]] static bool is_positive(double value) noexcept {
        return value > 0.0 && std::isfinite(value);
    }

    [[nodiscard]] std::string spelling() const {
        return at_.starts_with('@') ? "write the code without @" : "check the spelling";
    }

    void check_alternatives(std::size_t count, const std::string& place) {
        if (count >= fewest_alternatives) return;
        add("too_few_alternatives", place,
            count == 0 ? std::string("no alternative") : std::to_string(count) + " alternative",
            "at least 2", "nothing varies between fewer");
    }

    void check_unused_at(const char* why) {
        if (!at_.empty())
            add("member_not_used", place_ + "/at", '"' + at_ + '"', "no such member",
                std::string("leave it out: ") + why);
    }

    /// The node that the factor is about, the root where none is named; nothing, and a
    /// problem, when there is none or it is a leaf.
    const NodeDefinition* inner_node() {
        if (at_.empty()) return &model_.root;
        const NodeIndex::Entry* entry = nodes_.find(at_);
        if (!entry) {
            add("unknown_node", place_ + "/at", '"' + at_ + '"', "the code of a node of this model",
                spelling());
            return nullptr;
        }
        if (!entry->node->is_leaf()) return entry->node;
        add("leaf_in_factor", place_ + "/at", "the leaf \"" + at_ + '"', "a node with children",
            entry->parent ? "its weight is among those of \"" + entry->parent->code + '"'
                          : std::string("a model of one leaf has no weights"));
        return nullptr;
    }

    void check_weights(bool also_without_weight) {
        if (at_.empty()) {
            if (nodes_with_weights(model_.root, also_without_weight).empty())
                add("no_weights_to_vary", place_, "no node with two scored children",
                    "weights that can vary", "remove the factor");
            return;
        }
        const NodeDefinition* node = inner_node();
        if (!node) return;
        const std::size_t count = weighted_children(*node, also_without_weight);
        if (count < fewest_weighted_children)
            add("no_weights_to_vary", place_ + "/at",
                '"' + node->code + "\" with " + std::to_string(count) +
                    (count == 1 ? " scored child" : " scored children"),
                "a node with at least 2 scored children that have a weight",
                "weights are relative, so that the weight of one child has no effect");
    }

    void check_set(const WeightSet& set, const std::string& place) {
        if (set.weights.empty())
            add("empty_list", place, "a set without weights", "at least one node and its weight",
                "a set that changes nothing repeats the weights of the model: state them");
        std::set<std::string> named;
        std::vector<const NodeDefinition*> parents;
        bool complete = true;
        for (const auto& [code, weight] : set.weights) {
            const std::string at = place + '/' + escaped_step(code);
            if (!named.insert(code).second)
                add("duplicate_element", at, '"' + code + "\" again", "each node once",
                    "remove one of the two");
            const bool good = weight >= 0.0 && std::isfinite(weight);
            if (!good)
                add("weight_out_of_range", at, numeric::shortest(weight), "a number >= 0",
                    "a direction is not a sign: use direction");
            complete = complete && good;
            const NodeIndex::Entry* entry = nodes_.find(code);
            if (!entry)
                add("unknown_node", at, '"' + code + '"', "the code of a node of this model",
                    "check the spelling");
            else if (!entry->parent || entry->node->role != Role::scored)
                add("weight_without_effect", at,
                    entry->parent ? "a node that is not scored" : "the root",
                    "a node that its parent weighs", "leave it out");
            else if (sums_points(*entry->parent, model_.defaults))
                check_points(*entry->parent, code, weight, at);
            else if (std::find(parents.begin(), parents.end(), entry->parent) == parents.end())
                parents.push_back(entry->parent);
        }
        if (!complete) return;
        for (const NodeDefinition* parent : parents)
            if (!has_weight(*parent, set))
                add("weights_all_zero", place,
                    "weights that are all 0 below \"" + parent->code + '"', "a weight > 0",
                    "correct the weights");
    }

    /// Points are the weights under a sum, and the best result besides.
    void check_points(const NodeDefinition& parent, const std::string& code, double weight,
                      const std::string& place) {
        if (weight == 0.0)
            add("weight_out_of_range", place, "0",
                "a number > 0, because \"" + parent.code + "\" sums points",
                "leave the node out by another factor");
        const NodeDefinition* awarded = nullptr;
        find_awarded(parent, awarded);
        if (awarded)
            add("points_are_awarded", place,
                "points of \"" + awarded->code + "\", which the data state",
                "rules that score from 0 to 1 wherever the points of \"" + code + "\" reach",
                "points that are awarded do not follow a weight");
    }

    void find_awarded(const NodeDefinition& summed, const NodeDefinition*& awarded) const {
        for (const NodeDefinition& child : summed.children) {
            if (child.role != Role::scored) continue;
            if (child.score && std::holds_alternative<rule::PointsAwarded>(*child.score))
                awarded = awarded ? awarded : &child;
            if (!child.is_leaf() && sums_points(child, model_.defaults))
                find_awarded(child, awarded);
        }
    }

    [[nodiscard]] static bool has_weight(const NodeDefinition& parent, const WeightSet& set) {
        return std::any_of(
            parent.children.begin(), parent.children.end(), [&](const NodeDefinition& child) {
                if (child.role != Role::scored) return false;
                const auto stated =
                    std::find_if(set.weights.begin(), set.weights.end(),
                                 [&](const auto& each) { return each.first == child.code; });
                return (stated == set.weights.end() ? child.weight : stated->second) > 0.0;
            });
    }

    void check_pointer() {
        const std::string place = place_ + "/at";
        const char* expected = "a JSON pointer such as /ranking/ties, or @node/aggregate";
        if (at_.empty()) {
            add("missing_member", place, "nothing", expected, "say which member takes the values");
            return;
        }
        if (!at_.starts_with('@') && !at_.starts_with('/')) {
            add("pointer_hits_nothing", place, '"' + at_ + '"', expected, "begin with / or @");
            return;
        }
        const AnchoredPointer target = anchored(at_, model_.root);
        if (!target.node.empty() || at_.starts_with('@')) {
            if (!nodes_.find(target.node))
                add("unknown_node", place, '"' + target.node + '"',
                    "the code of a node of this model", "check the spelling");
        } else if (!target.steps.empty() && target.steps.front() == "factors") {
            add("pointer_into_factors", place, '"' + at_ + '"', "a member outside factors",
                "a factor cannot change factors");
        }
    }

    void check_element(const std::string& code, const std::string& place,
                       std::set<std::string>& seen) {
        if (!seen.insert(code).second)
            add("duplicate_element", place, '"' + code + "\" again", "each node once",
                "remove one of the two");
        if (code == model_.root.code) {
            add("root_dropped", place, '"' + code + '"', "a node below the root",
                "name one of its children");
            return;
        }
        if (nodes_.find(code)) return;
        bool read = false;
        for_each_node(model_.root, [&](const NodeDefinition& node) {
            read = read || (node.is_leaf() && indicator_of(node) == code);
        });
        if (!read)
            add("unknown_node", place, '"' + code + '"',
                "the code of a node, or of an indicator that a leaf reads",
                code.starts_with('@') ? "write the code without @" : "check the spelling");
    }

    const ModelDefinition& model_;
    NodeIndex nodes_;
    MeasuredColumns columns_;
    std::vector<Problem>& problems_;
    std::string at_;
    std::string place_;
};

}  // namespace thuocdo::detail
