#pragma once
/// @file
/// What a factor is called where it has no name of its own.

#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/json_pointer.hpp>
#include <thuocdo/model/factor.hpp>

#include <cstddef>
#include <string>
#include <variant>

namespace thuocdo {

namespace detail {

struct FactorNamer {
    const std::string& at;
    const NodeDefinition& root;

    std::string operator()(const factor::WeightNoise&) const { return weights(); }
    std::string operator()(const factor::DirichletWeights&) const { return weights(); }
    std::string operator()(const factor::WeightSets&) const { return "weight set"; }
    std::string operator()(const factor::OneOf&) const {
        const AnchoredPointer place = anchored(at, root);
        std::string member;
        for (const std::string& step : place.steps) member += (member.empty() ? "" : "/") + step;
        if (place.node.empty()) return member.empty() ? at : member;
        return member.empty() ? place.node : member + " of " + place.node;
    }
    std::string operator()(const factor::LeaveOut&) const {
        return at.empty() ? "left out" : "left out of " + at;
    }
    std::string operator()(const factor::MeasurementError&) const {
        return at.empty() ? "error of every indicator" : "error of " + at;
    }

    [[nodiscard]] std::string weights() const {
        return at.empty() ? "weights of every node" : "weights of " + at;
    }
};

}  // namespace detail

/// The name of a factor, or one made from what it changes: `weights of education`,
/// `aggregate of education`, `error of le`, `left out`.
/// @param root the tree of the model, in which pointers are looked up.
[[nodiscard]] inline std::string factor_name(const FactorDefinition& factor,
                                             const NodeDefinition& root) {
    if (!factor.name.empty()) return factor.name;
    return std::visit(detail::FactorNamer{factor.at, root}, factor.rule);
}

}  // namespace thuocdo
