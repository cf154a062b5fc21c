#pragma once
/// @file
/// What every imputation reports: which cells it filled and which it could not.

#include <thuocdo/config.hpp>

#include <vector>

namespace thuocdo::prepare {

/// Cells of one column that were missing; rows ascending.
struct Imputation {
    /// Rows that now have a value.
    std::vector<Index> imputed;
    /// Rows that stay missing.
    std::vector<Index> unresolved;

    friend bool operator==(const Imputation&, const Imputation&) = default;
};

/// One cell of a block.
struct Cell {
    Index row = 0;
    Index column = 0;

    friend bool operator==(const Cell&, const Cell&) = default;
};

/// Cells of a block that were missing; by row, then by column.
struct BlockImputation {
    /// Cells that now have a value.
    std::vector<Cell> imputed;
    /// Cells that stay missing.
    std::vector<Cell> unresolved;

    friend bool operator==(const BlockImputation&, const BlockImputation&) = default;
};

}  // namespace thuocdo::prepare
