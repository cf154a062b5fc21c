#pragma once
/// @file
/// What a leaf needs to know of its whole column, and what changes when that changes.

#include <thuocdo/detail/leaf_program.hpp>
#include <thuocdo/live/detail/row_set.hpp>
#include <thuocdo/model/index_model.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace thuocdo::live::detail {

/// Whether the score of a cell needs more than the cell: the cohort, or values that are
/// prepared for the whole column.
[[nodiscard]] inline bool needs_column(const Node& node) {
    return is_peer_relative(node.score) || node.rounding_at(RoundingPlace::value) ||
           node.missing.uses(MissingPolicy::carry_last) ||
           node.missing.uses(MissingPolicy::peer_mean);
}

/// Whether the leaf knows nothing of the column but its smallest and largest value.
[[nodiscard]] inline bool reads_range_alone(const thuocdo::detail::LeafProgram& leaf) {
    const Node& node = *leaf.node;
    return thuocdo::detail::holds_any<rule::MinMax, rule::DistanceToBest, rule::DistanceToTarget,
                                      rule::FractionOfBest, rule::DistanceToReference>(
               node.score) &&
           node.reference_period == current_period && !leaf.constant && leaf.prepared.empty() &&
           !node.rounding_at(RoundingPlace::value) &&
           !node.missing.uses(MissingPolicy::carry_last) &&
           !node.missing.uses(MissingPolicy::peer_mean) && leaf.peers.observed > 0;
}

/// Whether a value, or none, leaves the range of a column as it is when it comes or goes.
[[nodiscard]] inline bool lies_inside(const numeric::ColumnStatistics& peers,
                                      double value) noexcept {
    return value != value || (value > peers.minimum && value < peers.maximum);
}

[[nodiscard]] inline bool same_bits(double a, double b) noexcept {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (a != a && b != b);
}

[[nodiscard]] inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t k = 0; k < a.size(); ++k)
        if (!same_bits(a[k], b[k])) return false;
    return true;
}

/// Adds the rows whose score may differ between two preparations of a leaf.
inline void add_changed_rows(const thuocdo::detail::LeafProgram& before,
                             const thuocdo::detail::LeafProgram& after, RowSet& rows) {
    const bool had_peers = before.peers.observed > 0;
    const bool has_peers = after.peers.observed > 0;
    const bool same =
        same_bits(before.target, after.target) && same_bits(before.reference, after.reference) &&
        before.constant == after.constant &&
        same_bits(before.constant_score, after.constant_score) && had_peers == has_peers &&
        same_bits(before.peers.minimum, after.peers.minimum) &&
        same_bits(before.peers.maximum, after.peers.maximum) &&
        same_bits(before.peers.mean, after.peers.mean) &&
        same_bits(before.peers.standard_deviation, after.peers.standard_deviation) &&
        same_bits(before.cuts, after.cuts) && before.column == after.column &&
        before.ranked.empty() == after.ranked.empty();
    if (!same) {
        rows.add_all();
        return;
    }
    const auto compare = [&](const std::vector<double>& a, const std::vector<double>& b) {
        if (a.size() != b.size()) {
            rows.add_all();
            return;
        }
        for (std::size_t k = 0; k < a.size(); ++k)
            if (!same_bits(a[k], b[k])) rows.add(static_cast<Index>(k));
    };
    compare(before.ranked, after.ranked);
    compare(before.prepared, after.prepared);
    // A value may be filled with the bits that it had when it was observed.
    if (before.imputed != after.imputed) rows.add_all();
}

}  // namespace thuocdo::live::detail
