#pragma once
/// @file
/// The weights of one expert, put into a definition.

#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/factor_targets.hpp>
#include <thuocdo/model/factor.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <vector>

namespace thuocdo::robust::detail {

[[nodiscard]] inline double sum_of_points(const NodeDefinition& node) {
    numeric::ExactSum sum;
    for (const NodeDefinition& child : node.children)
        if (child.role == Role::scored) sum.add(child.points.value_or(0.0));
    return sum.value();
}

/// Gives a node other points; those below follow where they are summed.
inline void set_points(NodeDefinition& node, double points, const Defaults& defaults) {
    node.points = points;
    if (node.is_leaf() || !thuocdo::detail::sums_points(node, defaults)) return;
    const double before = sum_of_points(node);
    for (NodeDefinition& child : node.children)
        if (child.role == Role::scored)
            set_points(child, child.points.value_or(0.0) * (points / before), defaults);
}

/// Puts the weights of a set into a tree; nodes that are not there are passed over.
inline void apply_weight_set(NodeDefinition& node, const Defaults& defaults, const WeightSet& set) {
    const auto stated = [&set](const NodeDefinition& child) -> const double* {
        if (child.role != Role::scored) return nullptr;
        for (const auto& [code, weight] : set.weights)
            if (code == child.code) return &weight;
        return nullptr;
    };
    const bool named =
        std::any_of(node.children.begin(), node.children.end(),
                    [&stated](const NodeDefinition& child) { return stated(child) != nullptr; });
    if (named && thuocdo::detail::sums_points(node, defaults)) {
        const double total = sum_of_points(node);
        std::vector<double> points;
        numeric::ExactSum sum;
        for (const NodeDefinition& child : node.children) {
            const double* weight = stated(child);
            points.push_back(weight ? *weight : child.points.value_or(0.0));
            if (child.role == Role::scored) sum.add(points.back());
        }
        const double factor = total / sum.value();
        for (std::size_t k = 0; k < points.size(); ++k)
            if (node.children[k].role == Role::scored)
                set_points(node.children[k], points[k] * factor, defaults);
    } else if (named) {
        node.weights.reset();
        node.weights_sum_to.reset();
        for (NodeDefinition& child : node.children)
            if (const double* weight = stated(child)) child.weight = *weight;
    }
    for (NodeDefinition& child : node.children) apply_weight_set(child, defaults, set);
}

}  // namespace thuocdo::robust::detail
