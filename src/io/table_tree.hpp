#pragma once
/// @file
/// From rows with parents to a tree: who is the root and who the children.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io::detail {

/// A row as far as the tree is concerned.
struct TreeRow {
    std::string_view code{};
    std::string_view parent{};
    std::size_t line = 0;
};

/// Something wrong with the codes of a row.
struct TreeProblem {
    std::size_t row = 0;
    /// Whether it concerns the parent or the code of the row.
    bool at_parent = false;
    std::string code{};
    std::string found{};
    std::string expected{};
    std::string remedy{};
};

/// The tree of a table. Rows without a place in it become children of the
/// root, so that their cells are still read.
struct TableTree {
    std::size_t root = 0;
    /// Children of each row, in the order of the rows.
    std::vector<std::vector<std::size_t>> children{};
    std::vector<TreeProblem> problems{};
};

/// Builds the tree of at least one row; linear but for the search of names that
/// are near to an unknown parent.
[[nodiscard]] TableTree build_tree(const std::vector<TreeRow>& rows);

}  // namespace thuocdo::io::detail
