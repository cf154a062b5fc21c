#pragma once
/// @file
/// A model in which one node has another share of the weight among its siblings.

#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::robust {

namespace detail {

[[nodiscard]] inline bool sums_points(const Node& node) {
    return std::holds_alternative<aggregation::Sum>(node.aggregate);
}

/// The weights of the siblings of a node, its own among them, as the board used them.
class SiblingWeights {
  public:
    SiblingWeights(const Scoreboard& board, Index node)
        : parent_(board.model().node(node).parent),
          first_(parent_ < 0 ? node : board.model().node(parent_).first_child),
          own_(static_cast<std::size_t>(node - first_)) {
        if (parent_ < 0) return;
        const std::span<const double> used = board.weights(parent_);
        weights_.assign(used.begin(), used.end());
        for (const double weight : weights_) total_ += weight;
    }

    /// Whether there is a sibling to give weight to or take it from.
    [[nodiscard]] bool can_move() const {
        return parent_ >= 0 && weights_[own_] > 0.0 && total_ > weights_[own_];
    }
    [[nodiscard]] Index parent() const noexcept { return parent_; }
    [[nodiscard]] Index first() const noexcept { return first_; }
    [[nodiscard]] std::size_t own() const noexcept { return own_; }
    [[nodiscard]] std::size_t count() const noexcept { return weights_.size(); }
    [[nodiscard]] double total() const noexcept { return total_; }
    [[nodiscard]] double weight(std::size_t k) const { return weights_[k]; }
    [[nodiscard]] double share() const { return weights_[own_] / total_; }
    /// Share of another sibling in what the node leaves.
    [[nodiscard]] double proportion(std::size_t k) const {
        return k == own_ ? 0.0 : weights_[k] / (total_ - weights_[own_]);
    }
    /// Weight of a sibling, adding up to the same total, when the node has a share.
    [[nodiscard]] double at(std::size_t k, double share) const {
        return total_ * (k == own_ ? share : (1.0 - share) * proportion(k));
    }

  private:
    Index parent_;
    Index first_;
    std::size_t own_;
    std::vector<double> weights_{};
    double total_ = 0.0;
};

/// Whether the result of a node goes with its points, which a rounding below prevents.
[[nodiscard]] inline bool scales_with_points(const IndexModel& model, Index at) {
    const Node& node = model.node(at);
    if (node.rounding_at(RoundingPlace::result)) return false;
    for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
        const Role role = model.node(c).role;
        const bool added = role == Role::bonus || role == Role::penalty;
        const bool in_points = sums_points(node) && role == Role::scored;
        if ((added || in_points) && !scales_with_points(model, c)) return false;
    }
    return true;
}

/// The same for all that share a sum of points; true where the parent takes no sum.
[[nodiscard]] inline bool points_go_with_results(const Scoreboard& board,
                                                 const SiblingWeights& siblings) {
    const IndexModel& model = board.model();
    if (!sums_points(model.node(siblings.parent()))) return true;
    for (std::size_t k = 0; k < siblings.count(); ++k)
        if (siblings.weight(k) > 0.0 &&
            !scales_with_points(model, siblings.first() + static_cast<Index>(k)))
            return false;
    return true;
}

/// Multiplies what a node is worth under a sum of points: its points, those below that
/// make them up, and its bounds.
class PointScaler {
  public:
    PointScaler(const IndexModel& model, double factor) : model_(model), factor_(factor) {}

    void scale(NodeDefinition& node) const {
        const double points = node.points.value_or(0.0);
        if (node.cap) *node.cap *= factor_;
        if (node.floor) *node.floor *= factor_;
        node.weights_sum_to.reset();
        if (node.points)
            *node.points *= factor_;
        else
            node.scale = node.scale.value_or(1.0) * factor_;
        if (node.is_leaf()) {
            // Awarded points are not scaled by the points of the node; as a share they are.
            if (node.score && std::holds_alternative<rule::PointsAwarded>(*node.score))
                node.score = rule::Goalposts{0.0, points, false};
            return;
        }
        const bool by_children = sums_points(model_.node(model_.index_of(node.code))) && points > 0;
        for (NodeDefinition& child : node.children) {
            const bool added = child.role == Role::bonus || child.role == Role::penalty;
            if (added || (by_children && child.role == Role::scored)) scale(child);
        }
    }

  private:
    const IndexModel& model_;
    double factor_;
};

/// The node of a code below another, itself included.
[[nodiscard]] inline NodeDefinition* find_node(NodeDefinition& node, std::string_view code) {
    if (node.code == code) return &node;
    for (NodeDefinition& child : node.children)
        if (NodeDefinition* found = find_node(child, code)) return found;
    return nullptr;
}

/// A node whose weight can be moved.
/// @throws ModelError for an unknown node, and one without a weight or without siblings.
[[nodiscard]] inline Index movable_node(const Scoreboard& board, std::string_view code) {
    const Index node = board.model().index_of(code);
    if (!SiblingWeights(board, node).can_move())
        throw ModelError(
            "the weight of a node cannot be moved",
            {{"no_weight_to_move", board.model().node(node).pointer,
              '"' + std::string(code) + "\", which has no weight or no sibling with one",
              "a node with a weight and a sibling with a weight", ""}});
    return node;
}

/// The model of a board in which a node has a share of the weight of its parent's children
/// and the others keep their proportions.
[[nodiscard]] inline IndexModel with_share(const Scoreboard& board, Index node, double share) {
    const IndexModel& model = board.model();
    const SiblingWeights siblings(board, node);
    const Node& parent = model.node(siblings.parent());
    ModelDefinition definition = model.definition();
    NodeDefinition& changed = *find_node(definition.root, parent.code);
    changed.weights.reset();
    changed.weights_sum_to.reset();
    for (std::size_t k = 0; k < siblings.count(); ++k) {
        if (!(siblings.weight(k) > 0.0)) continue;
        const std::string& code = model.node(siblings.first() + static_cast<Index>(k)).code;
        NodeDefinition& child = *find_node(changed, code);
        if (sums_points(parent))
            PointScaler(model, siblings.at(k, share) / siblings.weight(k)).scale(child);
        else
            child.weight = siblings.at(k, share);
    }
    // A scheme can give weight 0 to a child whose own weight it leaves unread.
    if (!sums_points(parent))
        for (std::size_t k = 0; k < siblings.count(); ++k)
            if (!(siblings.weight(k) > 0.0))
                find_node(changed, model.node(siblings.first() + static_cast<Index>(k)).code)
                    ->weight = 0.0;
    return IndexModel(std::move(definition));
}

}  // namespace detail

/// The model of a board in which a node has another share of the weight (or points) among
/// its siblings; the others keep their proportions to each other, and weights that a scheme
/// or the data gave stay at what they were on the board. Under a sum of points, awarded
/// points are taken as shares of the points that the node had.
/// @param share above 0 and below 1.
/// @throws ModelError for an unknown node, one without a weight or without siblings, and a
///         share out of range.
[[nodiscard]] inline IndexModel with_weight_share(const Scoreboard& board, std::string_view node,
                                                  double share) {
    const Index index = detail::movable_node(board, node);
    if (!(share > 0.0 && share < 1.0))
        throw ModelError("a share that no weight can have",
                         {{"share_out_of_range", board.model().node(index).pointer,
                           numeric::shortest(share), "above 0 and below 1", ""}});
    return detail::with_share(board, index, share);
}

}  // namespace thuocdo::robust
