#pragma once
/// @file
/// A model with one part left out.

#include <thuocdo/error.hpp>
#include <thuocdo/model/detail/factor_targets.hpp>
#include <thuocdo/model/detail/prune_factors.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo {

namespace detail {

/// Takes nodes out of a tree and mends what counted on them.
class Dropper {
  public:
    explicit Dropper(std::string_view code, bool by_node) : code_(code), by_node_(by_node) {}

    /// Returns whether anything below the node went; empties inner nodes that lose
    /// their last scored child.
    bool prune(NodeDefinition& node) {
        const std::size_t before = node.children.size();
        bool changed = false;
        std::erase_if(node.children, [&](NodeDefinition& child) {
            if (is_dropped(child)) {
                note(child);
                return true;
            }
            if (child.is_leaf() || !prune(child)) return false;
            changed = true;
            const bool empty =
                std::none_of(child.children.begin(), child.children.end(),
                             [](const NodeDefinition& each) { return each.role == Role::scored; });
            if (empty) note(child);
            return empty;
        });
        changed = changed || node.children.size() != before;
        if (!changed) return false;
        if (node.children.size() != before) {
            node.weights_sum_to.reset();
            if (node.weights) std::visit([this](auto& scheme) { forget(scheme); }, *node.weights);
        }
        numeric::ExactSum points;
        bool complete = node.points.has_value();
        for (const NodeDefinition& child : node.children) {
            if (child.role != Role::scored) continue;
            complete = complete && child.points.has_value();
            if (child.points) points.add(*child.points);
        }
        if (complete) node.points = points.value();
        return true;
    }

    /// Takes the dropped nodes and the indicators that no leaf reads any more out of
    /// the steps; a step that is left with nothing to do goes too.
    void prune(std::vector<PreparationStep>& steps, const NodeDefinition& root) {
        std::set<std::string> read;
        collect(root, read);
        std::erase_if(indicators_, [&](const std::string& each) { return read.contains(each); });
        std::erase_if(steps, [this](PreparationStep& each) {
            return std::visit([this](auto& step) { return is_idle_after_pruning(step); }, each);
        });
    }

    [[nodiscard]] bool found() const noexcept { return !nodes_.empty(); }
    /// The nodes that went, and after the steps were pruned the columns that no leaf reads
    /// any more.
    [[nodiscard]] const std::set<std::string>& nodes() const noexcept { return nodes_; }
    [[nodiscard]] const std::set<std::string>& indicators() const noexcept { return indicators_; }

  private:
    [[nodiscard]] bool is_dropped(const NodeDefinition& node) const {
        if (by_node_) return node.code == code_;
        return node.is_leaf() && (node.indicator.empty() ? node.code : node.indicator) == code_;
    }

    void note(const NodeDefinition& node) {
        nodes_.insert(node.code);
        if (node.is_leaf()) indicators_.insert(node.indicator.empty() ? node.code : node.indicator);
        for (const NodeDefinition& child : node.children) note(child);
    }

    static void collect(const NodeDefinition& node, std::set<std::string>& read) {
        if (node.is_leaf()) read.insert(node.indicator.empty() ? node.code : node.indicator);
        for (const NodeDefinition& child : node.children) collect(child, read);
    }

    static bool remove(std::vector<std::string>& list, const std::set<std::string>& gone) {
        const bool stated = !list.empty();
        std::erase_if(list, [&](const std::string& each) { return gone.contains(each); });
        return stated && list.empty();
    }

    bool is_idle_after_pruning(step::Denominate& step) {
        std::erase_if(step.denominators, [this](step::Denominator& each) {
            return remove(each.indicators, indicators_);
        });
        return step.denominators.empty();
    }
    bool is_idle_after_pruning(step::Screen& step) { return remove(step.nodes, nodes_); }
    bool is_idle_after_pruning(step::Impute& step) {
        const bool no_pillar = remove(step.nodes, nodes_);
        return remove(step.indicators, indicators_) || no_pillar;
    }
    bool is_idle_after_pruning(step::Treat& step) { return remove(step.indicators, indicators_); }

    /// Positions of the elements that are left.
    [[nodiscard]] std::vector<std::size_t> kept(const std::vector<std::string>& elements) const {
        std::vector<std::size_t> out;
        for (std::size_t k = 0; k < elements.size(); ++k)
            if (!nodes_.contains(elements[k])) out.push_back(k);
        return out;
    }
    template <class Value>
    static void keep(std::vector<Value>& values, const std::vector<std::size_t>& places) {
        std::vector<Value> out;
        for (const std::size_t k : places)
            if (k < values.size()) out.push_back(std::move(values[k]));
        values = std::move(out);
    }

    void forget(weighting::Equal&) const {}
    void forget(weighting::Objective&) const {}
    void forget(weighting::CorrelationOptimised& scheme) const {
        const std::vector<std::size_t> places = kept(scheme.elements);
        keep(scheme.elements, places);
        keep(scheme.targets, places);
    }
    void forget(weighting::AnalyticHierarchyProcess& scheme) const {
        const std::vector<std::size_t> places = kept(scheme.elements);
        keep(scheme.elements, places);
        for (auto& matrix : scheme.judgements) {
            keep(matrix, places);
            for (auto& row : matrix) keep(row, places);
        }
    }
    /// Without the best or the worst element the judgements have lost their meaning;
    /// the check of the model then says so.
    void forget(weighting::BestWorst& scheme) const {
        const std::vector<std::size_t> places = kept(scheme.elements);
        keep(scheme.elements, places);
        keep(scheme.best_to_others, places);
        keep(scheme.others_to_worst, places);
    }
    void forget(weighting::Ranked& scheme) const { keep(scheme.elements, kept(scheme.elements)); }
    /// The ratio of the neighbours of a dropped element is the product of the two
    /// ratios that it stood between.
    void forget(weighting::Stepwise& scheme) const {
        std::vector<std::string> elements;
        std::vector<double> steps;
        double ratio = 1.0;
        for (std::size_t k = 0; k < scheme.elements.size(); ++k) {
            const double judged = k == 0 ? 1.0 : scheme.steps[k - 1];
            const bool ratios = scheme.scheme == StepwiseScheme::fucom;
            ratio = k == 0 ? 1.0 : ratio * (ratios ? judged : 1.0 + judged);
            if (nodes_.contains(scheme.elements[k])) continue;
            if (!elements.empty()) steps.push_back(ratios ? ratio : ratio - 1.0);
            elements.push_back(scheme.elements[k]);
            ratio = 1.0;
        }
        scheme.elements = std::move(elements);
        scheme.steps = std::move(steps);
    }
    void forget(weighting::Points& scheme) const {
        const std::vector<std::size_t> places = kept(scheme.elements);
        keep(scheme.elements, places);
        for (auto& list : scheme.points) keep(list, places);
    }

    std::string_view code_;
    bool by_node_;
    std::set<std::string> nodes_;
    std::set<std::string> indicators_;
};

/// Takes a node, or every leaf that reads an indicator, out of a definition.
/// @param by_node whether the code is that of a node, not of an indicator.
/// @throws ModelError when there is no such node or indicator, or nothing would be left.
inline void drop_element(ModelDefinition& definition, std::string_view code, bool by_node) {
    const std::string shown = '"' + std::string(code) + '"';
    if (by_node && code == definition.root.code)
        throw ModelError("the root cannot be dropped",
                         {{"root_dropped", "/root", shown, "a node below the root",
                           "drop one of its children"}});
    FactorPruner factors(definition);
    Dropper dropper(code, by_node);
    dropper.prune(definition.root);
    if (!dropper.found())
        throw ModelError("nothing to drop",
                         {{"unknown_node", "", shown,
                           "the code of a node or an indicator of model \"" + definition.id + '"',
                           "check the spelling"}});
    if (definition.root.children.empty())
        throw ModelError("nothing would be left",
                         {{"root_dropped", "/root", shown, "a model with something else in it",
                           "a model needs at least one leaf"}});
    dropper.prune(definition.preparation, definition.root);
    factors.prune(definition, dropper.nodes());
}

}  // namespace detail

/// Takes a node (and what is below it), or every leaf that reads an indicator, out of a
/// definition, as `drop(IndexModel, code)` does, but without the checks of a whole model. A
/// definition whose call threw must not be used any more.
/// @throws ModelError when there is no such node or indicator, or nothing would be left.
/// Complexity: O(nodes).
inline void drop(ModelDefinition& definition, std::string_view code) {
    const detail::NodeIndex nodes(definition.root);
    detail::drop_element(definition, code, nodes.find(std::string(code)) != nullptr);
}

/// A copy of a model without a node (and what is below it), or without every leaf that
/// reads an indicator. Points of the parents and `weights_sum_to` follow; judgements
/// about a dropped child are left out; steps of the preparation and factors lose what
/// nothing reads any more, and a factor with nothing left to vary goes; a parent that loses
/// its last scored child goes too.
/// @param code a node of the model; or else one of its indicators.
/// @throws ModelError when there is no such node or indicator, when nothing would be
///         left, or when something else counts on the node (a gate, a tie-breaker, order
///         weights, the best element of judgements), naming it.
[[nodiscard]] inline IndexModel drop(const IndexModel& model, std::string_view code) {
    ModelDefinition definition = model.definition();
    drop(definition, code);
    return IndexModel(std::move(definition));
}

}  // namespace thuocdo
