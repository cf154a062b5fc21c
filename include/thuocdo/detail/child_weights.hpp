#pragma once
/// @file
/// What an aggregation needs to know of the children of a node.

#include <thuocdo/config.hpp>
#include <thuocdo/model/index_model.hpp>

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// The lower bound that an aggregation raises results to, if it states one.
[[nodiscard]] inline std::optional<double> aggregation_floor(const Aggregation& method) {
    if (const auto* each = std::get_if<aggregation::Geometric>(&method)) return each->floor_at;
    if (const auto* each = std::get_if<aggregation::Harmonic>(&method)) return each->floor_at;
    if (const auto* each = std::get_if<aggregation::PowerMean>(&method)) return each->floor_at;
    return std::nullopt;
}

/// Weights of the children for the aggregation of their parent: points under a
/// sum, 0 for children that are not aggregated.
[[nodiscard]] inline std::vector<double> child_weights(const IndexModel& model, const Node& node) {
    const bool by_points = std::holds_alternative<aggregation::Sum>(node.aggregate);
    std::vector<double> weights;
    for (Index c = 0; c < node.child_count; ++c) {
        const Node& child = model.node(node.first_child + c);
        const bool takes_part = child.role == Role::scored;
        weights.push_back(!takes_part ? 0.0 : by_points ? *child.points : child.weight);
    }
    return weights;
}

/// Share of every node in the total when nothing is missing, from the weights of the
/// children of each node.
[[nodiscard]] inline std::vector<double> effective_weights_of(
    const IndexModel& model, const std::vector<std::vector<double>>& weights) {
    std::vector<double> shares(static_cast<std::size_t>(model.node_count()), 0.0);
    shares[0] = 1.0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        const Node& node = model.node(static_cast<Index>(k));
        double total = 0.0;
        for (const double weight : weights[k]) total += weight;
        for (std::size_t c = 0; c < weights[k].size(); ++c)
            shares[static_cast<std::size_t>(node.first_child) + c] =
                total > 0.0 ? shares[k] * weights[k][c] / total : 0.0;
    }
    return shares;
}

}  // namespace thuocdo::detail
