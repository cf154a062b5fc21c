#pragma once
/// @file
/// Sums of products of every two columns, with the same bits on every machine.

#include <thuocdo/config.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <memory>

namespace thuocdo::numeric::detail {

/// Two doubles that are worked on at once: what every vector unit has. The lanes
/// are written out, so the order of additions does not depend on the compiler.
typedef double TwoDoubles __attribute__((vector_size(16), aligned(8), may_alias));

[[nodiscard]] inline const TwoDoubles& two_at(const double* cells) noexcept {
    return *reinterpret_cast<const TwoDoubles*>(cells);
}

/// Rows that are summed before their sum is added to the total: long enough to
/// hide the addition, short enough that 200 columns stay in the second cache and
/// that rounding errors stay small.
inline constexpr Index cross_product_rows = 256;

/// Columns of the left and of the right factor that one pass reads. 4 x 2 sums of
/// two lanes use half of the 16 registers of SSE2.
inline constexpr Index left_columns = 4;
inline constexpr Index right_columns = 2;

/// Adds the sums of products of 4 columns with 2 columns over one block of rows.
/// @param left, right first cells of neighbouring columns, `cross_product_rows`
///        apart, each 0 after its last row.
/// @param totals cell (0, 0) of the tile in a column-major matrix; rows are left columns.
THUOCDO_KERNEL inline void add_tile(const double* left, const double* right, Index rows,
                                    double* totals, Index totals_stride) {
    THUOCDO_EXACT
    constexpr Index stride = cross_product_rows;
    TwoDoubles sum00 = {0.0, 0.0};
    TwoDoubles sum10 = sum00;
    TwoDoubles sum20 = sum00;
    TwoDoubles sum30 = sum00;
    TwoDoubles sum01 = sum00;
    TwoDoubles sum11 = sum00;
    TwoDoubles sum21 = sum00;
    TwoDoubles sum31 = sum00;
    for (Index i = 0; i < rows; i += 2) {
        const TwoDoubles right0 = two_at(right + i);
        const TwoDoubles right1 = two_at(right + stride + i);
        const TwoDoubles left0 = two_at(left + i);
        sum00 += left0 * right0;
        sum01 += left0 * right1;
        const TwoDoubles left1 = two_at(left + stride + i);
        sum10 += left1 * right0;
        sum11 += left1 * right1;
        const TwoDoubles left2 = two_at(left + 2 * stride + i);
        sum20 += left2 * right0;
        sum21 += left2 * right1;
        const TwoDoubles left3 = two_at(left + 3 * stride + i);
        sum30 += left3 * right0;
        sum31 += left3 * right1;
    }
    totals[0] += sum00[0] + sum00[1];
    totals[1] += sum10[0] + sum10[1];
    totals[2] += sum20[0] + sum20[1];
    totals[3] += sum30[0] + sum30[1];
    double* const second = totals + totals_stride;
    second[0] += sum01[0] + sum01[1];
    second[1] += sum11[0] + sum11[1];
    second[2] += sum21[0] + sum21[1];
    second[3] += sum31[0] + sum31[1];
}

/// Columns of one factor, packed one block of rows at a time.
class PackedBlock {
  public:
    /// @param multiple the number of columns is rounded up to it; the added ones are 0.
    PackedBlock(Index columns, Index multiple)
        : columns_(columns),
          padded_((columns + multiple - 1) / multiple * multiple),
          cells_(
              std::make_unique<double[]>(static_cast<std::size_t>(padded_ * cross_product_rows))) {}

    /// @param read read(column, first_row, count, out) writes `count` cells of a column.
    template <class Read>
    void fill(const Read& read, Index start, Index count) {
        for (Index j = 0; j < columns_; ++j) {
            double* const cells = cells_.get() + j * cross_product_rows;
            read(j, start, count, cells);
            // Adding a zero changes no sum.
            if (count % 2 != 0) cells[count] = 0.0;
        }
    }
    [[nodiscard]] const double* column(Index j) const noexcept {
        return cells_.get() + j * cross_product_rows;
    }
    [[nodiscard]] Index padded() const noexcept { return padded_; }

  private:
    Index columns_;
    Index padded_;
    std::unique_ptr<double[]> cells_;
};

/// The matrix X'X of columns that a reader writes block by block.
///
/// Order of additions, whatever the machine and the other columns: inside a block
/// of 256 rows the even rows and the odd rows each in order, then their two sums,
/// then the blocks in order.
///
/// @param columns, rows of X.
/// @param read as for `PackedBlock::fill`.
/// @return `columns` x `columns`; only cells on and above the diagonal are meant.
template <class Read>
[[nodiscard]] Eigen::MatrixXd cross_products(Index columns, Index rows, const Read& read) {
    PackedBlock block(columns, left_columns);
    const Index padded = block.padded();
    Eigen::MatrixXd totals = Eigen::MatrixXd::Zero(padded, padded);
    for (Index start = 0; start < rows; start += cross_product_rows) {
        const Index count = std::min(cross_product_rows, rows - start);
        block.fill(read, start, count);
        for (Index left = 0; left < padded; left += left_columns) {
            for (Index right = left; right < padded; right += right_columns) {
                add_tile(block.column(left), block.column(right), count,
                         totals.data() + right * padded + left, padded);
            }
        }
    }
    return totals.topLeftCorner(columns, columns);
}

/// The matrix X'Y, in the order of additions of `cross_products`.
/// @return columns of X x columns of Y.
template <class ReadLeft, class ReadRight>
[[nodiscard]] Eigen::MatrixXd cross_products(Index columns_left, Index columns_right, Index rows,
                                             const ReadLeft& read_left,
                                             const ReadRight& read_right) {
    PackedBlock left_block(columns_left, left_columns);
    PackedBlock right_block(columns_right, right_columns);
    const Index padded = left_block.padded();
    Eigen::MatrixXd totals = Eigen::MatrixXd::Zero(padded, right_block.padded());
    for (Index start = 0; start < rows; start += cross_product_rows) {
        const Index count = std::min(cross_product_rows, rows - start);
        left_block.fill(read_left, start, count);
        right_block.fill(read_right, start, count);
        for (Index left = 0; left < padded; left += left_columns) {
            for (Index right = 0; right < right_block.padded(); right += right_columns) {
                add_tile(left_block.column(left), right_block.column(right), count,
                         totals.data() + right * padded + left, padded);
            }
        }
    }
    return totals.topLeftCorner(columns_left, columns_right);
}

}  // namespace thuocdo::numeric::detail
