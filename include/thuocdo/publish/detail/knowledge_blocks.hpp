#pragma once
/// @file
/// Parts of the published equations that share no unknown.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/sparse_columns.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

using numeric::detail::SparseColumns;
using numeric::detail::SparseConstraints;

/// Constraints of one part, and where its rows and columns stand in the whole. Unknowns of
/// one possible value are no columns: their part of each row is in its bounds.
struct Block {
    std::vector<Index> rows;
    std::vector<Index> unknowns;
    SparseConstraints constraints;
};

/// What the bounds of the unknowns alone say about each row.
struct Activity {
    std::vector<double> least;
    std::vector<double> most;
    /// Part of the unknowns of one possible value.
    std::vector<double> fixed;
};

[[nodiscard]] inline bool is_fixed(const SparseConstraints& all, Index unknown) noexcept {
    return all.lower[unknown] == all.upper[unknown];
}

[[nodiscard]] THUOCDO_KERNEL inline Activity activity_of(const SparseConstraints& all) {
    THUOCDO_EXACT
    const std::size_t m = static_cast<std::size_t>(all.columns.rows);
    Activity result{std::vector<double>(m, 0.0), std::vector<double>(m, 0.0),
                    std::vector<double>(m, 0.0)};
    const SparseColumns& a = all.columns;
    for (std::size_t j = 0; j < a.columns(); ++j) {
        const Index unknown = static_cast<Index>(j);
        for (std::size_t e = a.start[j]; e < a.start[j + 1]; ++e) {
            const bool rises = a.value[e] > 0.0;
            const double low = all.lower[unknown];
            const double high = all.upper[unknown];
            result.least[a.row[e]] += a.value[e] * (rises ? low : high);
            result.most[a.row[e]] += a.value[e] * (rises ? high : low);
            if (is_fixed(all, unknown)) result.fixed[a.row[e]] += a.value[e] * low;
        }
    }
    return result;
}

/// Disjoint sets of numbers (union by smaller root, path halving).
class DisjointSets {
  public:
    explicit DisjointSets(std::size_t size) : parent_(size) {
        for (std::size_t i = 0; i < size; ++i) parent_[i] = i;
    }
    [[nodiscard]] std::size_t root(std::size_t i) noexcept {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }
    void unite(std::size_t a, std::size_t b) noexcept {
        a = root(a);
        b = root(b);
        parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::size_t> parent_;
};

/// Blocks by ascending first unknown; rows that the bounds alone satisfy are in none. A row
/// that has no unknown and cannot hold is a block without unknowns.
[[nodiscard]] inline std::vector<Block> knowledge_blocks(const SparseConstraints& all) {
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    const SparseColumns& a = all.columns;
    const std::size_t m = static_cast<std::size_t>(a.rows);
    const std::size_t n = a.columns();
    const Activity activity = activity_of(all);
    std::vector<char> tells(m);
    for (std::size_t i = 0; i < m; ++i) {
        tells[i] = activity.least[i] >= all.row_lower[static_cast<Index>(i)] &&
                           activity.most[i] <= all.row_upper[static_cast<Index>(i)]
                       ? 0
                       : 1;
    }
    // Rows are numbered after the unknowns.
    DisjointSets sets(n + m);
    for (std::size_t j = 0; j < n; ++j) {
        if (is_fixed(all, static_cast<Index>(j))) continue;
        for (std::size_t e = a.start[j]; e < a.start[j + 1]; ++e) {
            if (tells[a.row[e]] != 0) sets.unite(j, n + a.row[e]);
        }
    }
    std::vector<std::size_t> block_of_root(n + m, none);
    std::vector<Block> blocks;
    std::vector<std::uint32_t> row_in_block(m, 0);
    const auto block_at = [&](std::size_t item) -> Block& {
        std::size_t& block = block_of_root[sets.root(item)];
        if (block == none) {
            block = blocks.size();
            blocks.emplace_back();
        }
        return blocks[block];
    };
    for (std::size_t i = 0; i < m; ++i) {
        if (tells[i] == 0) continue;
        Block& block = block_at(n + i);
        row_in_block[i] = static_cast<std::uint32_t>(block.rows.size());
        block.rows.push_back(static_cast<Index>(i));
    }
    for (std::size_t j = 0; j < n; ++j) {
        const std::size_t block_number = block_of_root[sets.root(j)];
        if (is_fixed(all, static_cast<Index>(j)) || block_number == none) continue;
        Block& block = blocks[block_number];
        block.unknowns.push_back(static_cast<Index>(j));
        for (std::size_t e = a.start[j]; e < a.start[j + 1]; ++e) {
            if (tells[a.row[e]] != 0)
                block.constraints.columns.push_back(row_in_block[a.row[e]], a.value[e]);
        }
        block.constraints.columns.end_column();
    }
    for (Block& block : blocks) {
        SparseConstraints& part = block.constraints;
        part.columns.rows = static_cast<Index>(block.rows.size());
        part.row_lower.resize(part.columns.rows);
        part.row_upper.resize(part.columns.rows);
        for (Index i = 0; i < part.columns.rows; ++i) {
            const Index row = block.rows[static_cast<std::size_t>(i)];
            const double fixed = activity.fixed[static_cast<std::size_t>(row)];
            part.row_lower[i] = all.row_lower[row] - fixed;
            part.row_upper[i] = all.row_upper[row] - fixed;
        }
        const Index size = static_cast<Index>(block.unknowns.size());
        part.lower.resize(size);
        part.upper.resize(size);
        for (Index j = 0; j < size; ++j) {
            part.lower[j] = all.lower[block.unknowns[static_cast<std::size_t>(j)]];
            part.upper[j] = all.upper[block.unknowns[static_cast<std::size_t>(j)]];
        }
    }
    return blocks;
}

}  // namespace thuocdo::publish::detail
