#pragma once
/// @file
/// From a factor as written to one that the engine can draw.

#include <thuocdo/error.hpp>
#include <thuocdo/model/detail/check_factors.hpp>
#include <thuocdo/model/detail/factor_targets.hpp>
#include <thuocdo/model/drop.hpp>
#include <thuocdo/model/factor_name.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/robust/detail/apply_weight_set.hpp>
#include <thuocdo/robust/detail/prove_alternatives.hpp>
#include <thuocdo/robust/factor.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::robust {

namespace detail {

/// Makes the runtime form of a factor that was checked, and collects what its alternatives
/// do not fit.
class FactorResolver {
  public:
    using Rule = decltype(Factor::rule);

    FactorResolver(const IndexModel& model, const FactorDefinition& factor, std::string place,
                   std::vector<Problem>& problems)
        : model_(model), factor_(factor), place_(std::move(place)), problems_(problems) {}

    [[nodiscard]] Factor run() {
        return {factor_name(factor_, model_.definition().root), std::visit(*this, factor_.rule)};
    }

    Rule operator()(const factor::WeightNoise& value) {
        return WeightNoise{nodes(false), value.fraction};
    }
    Rule operator()(const factor::DirichletWeights& value) {
        return DirichletWeights{nodes(!value.concentration), value.concentration};
    }

    Rule operator()(const factor::WeightSets& value) {
        std::vector<WeightSet> sets = value.sets;
        std::sort(sets.begin(), sets.end(),
                  [](const WeightSet& a, const WeightSet& b) { return a.name < b.name; });
        ModelChoice choice;
        for (WeightSet& set : sets) {
            std::string label = set.name;
            choice.alternatives.push_back({std::move(label), [set](ModelDefinition& definition) {
                                               apply_weight_set(definition.root,
                                                                definition.defaults, set);
                                           }});
        }
        return proved(std::move(choice), "/weight_sets", true);
    }

    Rule operator()(const factor::OneOf&) {
        problems_.push_back({"factor_needs_reader", place_ + "/one_of",
                             "values of a member of the document", "a factor without JSON values",
                             "resolve it with io::resolve_factors"});
        return ModelChoice{};
    }

    Rule operator()(const factor::LeaveOut& value) {
        std::vector<std::string> elements = value.elements;
        const thuocdo::detail::NodeIndex nodes(model_.definition().root);
        if (elements.empty())
            thuocdo::detail::add_counted_leaves(
                factor_.at.empty() ? model_.definition().root : *nodes.find(factor_.at)->node,
                elements);
        ModelChoice choice;
        for (const std::string& code : elements) {
            const bool by_node = nodes.find(code) != nullptr;
            choice.alternatives.push_back(
                {"without " + code, [code, by_node](ModelDefinition& definition) {
                     if (is_there(definition.root, code, by_node))
                         thuocdo::detail::drop_element(definition, code, by_node);
                 }});
        }
        if (value.or_none)
            choice.alternatives.push_back({"nothing left out", [](ModelDefinition&) {}});
        return proved(std::move(choice), "/leave_out", false);
    }

    Rule operator()(const factor::MeasurementError& value) {
        const ModelDefinition& definition = model_.definition();
        const thuocdo::detail::MeasuredColumns columns(definition);
        const thuocdo::detail::NodeIndex nodes(definition.root);
        const auto* entry = factor_.at.empty() ? nullptr : nodes.find(factor_.at);
        if (factor_.at.empty() || entry)
            return MeasurementError{columns.below(entry ? *entry->node : definition.root), value};
        return MeasurementError{{factor_.at}, value};
    }

  private:
    [[nodiscard]] std::vector<std::string> nodes(bool also_without_weight) const {
        if (!factor_.at.empty()) return {factor_.at};
        return thuocdo::detail::nodes_with_weights(model_.definition().root, also_without_weight);
    }

    [[nodiscard]] static bool is_there(const NodeDefinition& root, const std::string& code,
                                       bool by_node) {
        bool found = false;
        thuocdo::detail::for_each_node(root, [&](const NodeDefinition& node) {
            found =
                found || (by_node ? node.code == code
                                  : node.is_leaf() && thuocdo::detail::indicator_of(node) == code);
        });
        return found;
    }

    ModelChoice proved(ModelChoice choice, const char* member, bool may_agree) {
        AlternativePlaces places;
        places.factor = place_;
        places.name = factor_name(factor_, model_.definition().root);
        places.of = [at = place_ + member](std::size_t) { return at; };
        places.may_agree = may_agree;
        prove_alternatives(model_, choice.alternatives, places, problems_);
        return choice;
    }

    const IndexModel& model_;
    const FactorDefinition& factor_;
    std::string place_;
    std::vector<Problem>& problems_;
};

}  // namespace detail

/// A factor as the engine draws it: nodes, indicators and alternatives in place of what the
/// definition says in short.
///
/// - Noise and Dirichlet weights without `at` are about every inner node with at least two
///   scored children that have a weight (for Dirichlet weights without concentration: that
///   are scored), in document order.
/// - A weight set sets the weights of the nodes that it names. Their parent loses its
///   weighting scheme and `weights_sum_to`. Under a sum of points the set gives shares of
///   points: together with the points of the siblings that it does not name they are scaled
///   to what the children add up to, and the points further down follow.
/// - Without elements, `leave_out` takes each leaf below the node that counts. The
///   alternatives are labelled `without <code>`, and `nothing left out` comes last.
/// - An error at a node is about the columns that the leaves below it read; in place of a
///   derived indicator, the columns that its expression reads, because they are measured.
///
/// Every alternative is applied to the model once. An alternative passes over nodes that
/// another factor has left out of the definition before.
///
/// @throws ModelError with every problem: what the check of a model says of its factors, an
///         alternative that does not fit the model, a factor whose alternatives all give the
///         same model (`factor_without_effect`), and `factor_needs_reader` for `one_of`,
///         which `io::resolve_factors` resolves.
/// Complexity: one check of the model for each alternative.
[[nodiscard]] inline Factor resolve_factor(const IndexModel& model,
                                           const FactorDefinition& factor) {
    const std::string name = factor_name(factor, model.definition().root);
    const std::string place = "factor \"" + name + '"';
    std::vector<Problem> problems;
    thuocdo::detail::FactorCheck(model.definition(), problems).check(factor, place);
    Factor out;
    if (problems.empty()) out = detail::FactorResolver(model, factor, place, problems).run();
    if (!problems.empty())
        throw ModelError("the factor \"" + name + "\" cannot be used", std::move(problems));
    return out;
}

}  // namespace thuocdo::robust
