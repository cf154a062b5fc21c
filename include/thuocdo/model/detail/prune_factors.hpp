#pragma once
/// @file
/// Factors of a model from which nodes were taken out.

#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/check_factors.hpp>
#include <thuocdo/model/detail/factor_targets.hpp>
#include <thuocdo/model/detail/json_pointer.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Made before nodes are taken out of a tree, mends the factors afterwards.
class FactorPruner {
  public:
    explicit FactorPruner(const ModelDefinition& model) {
        for (const FactorDefinition& each : model.factors)
            places_.push_back(std::holds_alternative<factor::OneOf>(each.rule)
                                  ? anchored(each.at, model.root)
                                  : AnchoredPointer{});
    }

    /// Takes the nodes that are gone out of the factors, lets pointers follow the nodes that
    /// they lead to, and takes out the factors that have nothing left to vary.
    void prune(ModelDefinition& model, const std::set<std::string>& gone) const {
        if (model.factors.empty()) return;
        const NodeIndex nodes(model.root);
        const MeasuredColumns columns(model);
        std::vector<FactorDefinition> kept;
        for (std::size_t k = 0; k < model.factors.size(); ++k) {
            FactorDefinition& each = model.factors[k];
            const bool pointer = std::holds_alternative<factor::OneOf>(each.rule);
            if (gone.contains(pointer ? places_[k].node : each.at)) continue;
            if (pointer && each.at.starts_with('/') && !places_[k].node.empty())
                each.at = path_of(model.root, places_[k].node) + pointer_of(places_[k].steps);
            Pruned pruned{model, nodes, columns, gone, each.at};
            if (std::visit(pruned, each.rule)) kept.push_back(std::move(each));
        }
        model.factors = std::move(kept);
    }

  private:
    /// Whether a factor still has something to vary, once it is mended.
    struct Pruned {
        const ModelDefinition& model;
        const NodeIndex& nodes;
        const MeasuredColumns& columns;
        const std::set<std::string>& gone;
        const std::string& at;

        bool operator()(const factor::WeightNoise&) const { return weights(false); }
        bool operator()(const factor::DirichletWeights& value) const {
            return weights(!value.concentration);
        }
        bool operator()(factor::WeightSets& value) const {
            std::vector<WeightSet> kept;
            for (WeightSet& set : value.sets) {
                std::erase_if(set.weights,
                              [this](const auto& each) { return gone.contains(each.first); });
                if (!set.weights.empty()) kept.push_back(std::move(set));
            }
            value.sets = std::move(kept);
            return value.sets.size() >= fewest_alternatives;
        }
        bool operator()(const factor::OneOf&) const { return true; }
        bool operator()(factor::LeaveOut& value) const {
            const std::size_t none = value.or_none ? 1 : 0;
            if (value.elements.empty()) {
                const NodeIndex::Entry* entry = nodes.find(at.empty() ? model.root.code : at);
                std::vector<std::string> leaves;
                if (entry) add_counted_leaves(*entry->node, leaves);
                return !leaves.empty() && leaves.size() + none >= fewest_alternatives;
            }
            std::erase_if(value.elements, [this](const std::string& each) {
                return !nodes.find(each) && !is_read(each);
            });
            return !value.elements.empty() && value.elements.size() + none >= fewest_alternatives;
        }
        bool operator()(const factor::MeasurementError&) const {
            return at.empty() || nodes.find(at) || columns.is_column(at);
        }

        [[nodiscard]] bool weights(bool also_without_weight) const {
            if (at.empty()) return !nodes_with_weights(model.root, also_without_weight).empty();
            const NodeIndex::Entry* entry = nodes.find(at);
            return entry &&
                   weighted_children(*entry->node, also_without_weight) >= fewest_weighted_children;
        }
        [[nodiscard]] bool is_read(const std::string& code) const {
            bool read = false;
            for_each_node(model.root, [&](const NodeDefinition& node) {
                read = read || (node.is_leaf() && indicator_of(node) == code);
            });
            return read;
        }
    };

    /// The pointer of a node from the document.
    [[nodiscard]] static std::string path_of(const NodeDefinition& root, const std::string& code) {
        std::string path = "/root";
        static_cast<void>(find_path(root, code, path));
        return path;
    }
    static bool find_path(const NodeDefinition& node, const std::string& code, std::string& path) {
        if (node.code == code) return true;
        const std::size_t length = path.size();
        for (std::size_t k = 0; k < node.children.size(); ++k) {
            path += "/children/" + std::to_string(k);
            if (find_path(node.children[k], code, path)) return true;
            path.resize(length);
        }
        return false;
    }

    std::vector<AnchoredPointer> places_;
};

}  // namespace thuocdo::detail
