#pragma once
/// @file
/// What the factors of a robustness run vary in a tree.

#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/expression.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// The nodes of a tree by code.
class NodeIndex {
  public:
    struct Entry {
        const NodeDefinition* node = nullptr;
        const NodeDefinition* parent = nullptr;
    };

    explicit NodeIndex(const NodeDefinition& root) { add(root, nullptr); }

    /// The node of a code and its parent; nothing when there is none.
    [[nodiscard]] const Entry* find(const std::string& code) const {
        const auto found = entries_.find(code);
        return found == entries_.end() ? nullptr : &found->second;
    }

  private:
    void add(const NodeDefinition& node, const NodeDefinition* parent) {
        entries_.emplace(node.code, Entry{&node, parent});
        for (const NodeDefinition& child : node.children) add(child, &node);
    }

    std::unordered_map<std::string, Entry> entries_;
};

[[nodiscard]] inline Aggregation aggregation_of(const NodeDefinition& node,
                                                const Defaults& defaults) {
    return node.aggregate.value_or(
        defaults.aggregate.value_or(Aggregation(aggregation::Arithmetic{})));
}

/// Whether the children of a node have points for weights.
[[nodiscard]] inline bool sums_points(const NodeDefinition& node, const Defaults& defaults) {
    return std::holds_alternative<aggregation::Sum>(aggregation_of(node, defaults));
}

/// The column that a leaf reads.
[[nodiscard]] inline const std::string& indicator_of(const NodeDefinition& leaf) noexcept {
    return leaf.indicator.empty() ? leaf.code : leaf.indicator;
}

/// Calls `visit(node)` for a node and all below it, parents first.
template <class Visit>
void for_each_node(const NodeDefinition& node, const Visit& visit) {
    visit(node);
    for (const NodeDefinition& child : node.children) for_each_node(child, visit);
}

/// How many children share the weight of a node; one of weight 0 does not, unless the
/// weights are drawn without regard to those of the model.
[[nodiscard]] inline std::size_t weighted_children(const NodeDefinition& node,
                                                   bool also_without_weight) {
    return static_cast<std::size_t>(
        std::count_if(node.children.begin(), node.children.end(), [&](const NodeDefinition& child) {
            return child.role == Role::scored && (also_without_weight || child.weight > 0.0);
        }));
}

/// Weights are relative, so that those of fewer children do not vary.
inline constexpr std::size_t fewest_weighted_children = 2;

/// The inner nodes whose weights can vary, parents first.
[[nodiscard]] inline std::vector<std::string> nodes_with_weights(const NodeDefinition& root,
                                                                 bool also_without_weight) {
    std::vector<std::string> codes;
    for_each_node(root, [&](const NodeDefinition& node) {
        if (weighted_children(node, also_without_weight) >= fewest_weighted_children)
            codes.push_back(node.code);
    });
    return codes;
}

/// The leaves below a node that its result depends on, as the document lists them.
inline void add_counted_leaves(const NodeDefinition& node, std::vector<std::string>& codes) {
    for (const NodeDefinition& child : node.children) {
        if (child.role == Role::monitored) continue;
        if (child.is_leaf())
            codes.push_back(child.code);
        else
            add_counted_leaves(child, codes);
    }
}

/// The columns of the data that a model reads, for each column that a leaf may read.
class MeasuredColumns {
  public:
    explicit MeasuredColumns(const ModelDefinition& model) : model_(model) {
        for_each_node(model.root, [this](const NodeDefinition& node) {
            if (node.is_leaf()) add(indicator_of(node), all_);
        });
        for (const DerivedIndicator& each : model.derived) add(each.code, all_);
    }

    [[nodiscard]] bool is_derived(const std::string& code) const { return find(code) != nullptr; }
    /// Whether a code is that of a column that the model reads and does not compute.
    [[nodiscard]] bool is_column(const std::string& code) const { return holds(all_, code); }

    /// The columns of the data behind a column: itself, or what its expression reads.
    void add(const std::string& code, std::vector<std::string>& columns) const {
        std::vector<std::string> open;
        add(code, columns, open);
    }

    /// The columns behind the leaves of a node, each once, as the document lists them.
    [[nodiscard]] std::vector<std::string> below(const NodeDefinition& node) const {
        std::vector<std::string> columns;
        for_each_node(node, [&](const NodeDefinition& each) {
            if (each.is_leaf()) add(indicator_of(each), columns);
        });
        return columns;
    }

  private:
    [[nodiscard]] static bool holds(const std::vector<std::string>& list, const std::string& code) {
        return std::find(list.begin(), list.end(), code) != list.end();
    }
    [[nodiscard]] const DerivedIndicator* find(const std::string& code) const {
        for (const DerivedIndicator& each : model_.derived)
            if (each.code == code) return &each;
        return nullptr;
    }

    /// `open` are the derived indicators that are being looked into: a model that is not
    /// checked yet may go in a circle.
    void add(const std::string& code, std::vector<std::string>& columns,
             std::vector<std::string>& open) const {
        const DerivedIndicator* derived = find(code);
        if (!derived) {
            if (!holds(columns, code)) columns.push_back(code);
            return;
        }
        if (holds(open, code)) return;
        open.push_back(code);
        const expression::ExpressionReading reading = expression::parse(derived->expression);
        if (reading.problems.empty())
            for (const std::string& each : reading.expression.indicators())
                add(each, columns, open);
        open.pop_back();
    }

    const ModelDefinition& model_;
    std::vector<std::string> all_;
};

}  // namespace thuocdo::detail
