#pragma once
/// @file
/// Whether enough of a node's children or indicators are there for one unit.

#include <thuocdo/config.hpp>
#include <thuocdo/model/index_model.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace thuocdo::detail {

/// The scored leaves below a node.
inline void collect_leaves_below(const IndexModel& model, Index index, std::vector<Index>& leaves) {
    const Node& node = model.node(index);
    for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
        const Node& child = model.node(c);
        if (child.role != Role::scored) continue;
        if (child.is_leaf())
            leaves.push_back(c);
        else
            collect_leaves_below(model, c, leaves);
    }
}

/// `weights` are those of the children, `leaves` the leaves below the node
/// (used only where coverage is measured on indicators).
[[nodiscard]] inline bool below_minimum_coverage(const Eigen::MatrixXd& results, const Node& node,
                                                 Index unit, std::span<const double> weights,
                                                 std::span<const Index> leaves) {
    double present = 0.0;
    double all = 0.0;
    if (node.minimum_coverage->of == CoverageBase::children) {
        for (Index c = 0; c < node.child_count; ++c) {
            const double weight = weights[static_cast<std::size_t>(c)];
            all += weight;
            present += std::isnan(results(unit, node.first_child + c)) ? 0.0 : weight;
        }
    } else {
        for (const Index leaf : leaves) {
            all += 1.0;
            present += std::isnan(results(unit, leaf)) ? 0.0 : 1.0;
        }
    }
    // The tolerance only absorbs the error of adding decimal weights.
    return present < node.minimum_coverage->share * all * (1.0 - sum_tolerance);
}

}  // namespace thuocdo::detail
