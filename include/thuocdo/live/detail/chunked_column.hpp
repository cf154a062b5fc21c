#pragma once
/// @file
/// An immutable column in parts, so that a changed copy shares all parts that are the same.

#include <thuocdo/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// A column of numbers as a tree of three levels: a table of blocks, blocks of chunks,
/// chunks of rows. Copies share the tree; `updated` makes new only the chunks that
/// changed, their blocks and the table. Const access is safe from many threads.
///
/// With two levels, a table of all chunks would be copied for one changed row: 391
/// reference counts for 100,000 rows instead of 41.
template <class T>
class ChunkedColumn {
  public:
    static constexpr std::size_t chunk_rows = 256;
    static constexpr std::size_t block_chunks = 16;
    static constexpr std::size_t block_rows = chunk_rows * block_chunks;

    /// Which chunks of a block changed: one bit each.
    using BlockMarks = std::uint16_t;
    static_assert(sizeof(BlockMarks) * 8 == block_chunks);
    static constexpr BlockMarks all_chunks = BlockMarks(~BlockMarks{0});

    [[nodiscard]] static constexpr std::size_t block_count(std::size_t rows) noexcept {
        return (rows + block_rows - 1) / block_rows;
    }
    [[nodiscard]] static constexpr std::size_t block_of(std::size_t row) noexcept {
        return row / block_rows;
    }
    [[nodiscard]] static constexpr BlockMarks mark_of(std::size_t row) noexcept {
        return static_cast<BlockMarks>(1U << (row % block_rows / chunk_rows));
    }

    /// A column without rows.
    ChunkedColumn() = default;

    explicit ChunkedColumn(std::span<const T> values) : size_(values.size()) {
        auto table = std::make_shared<Table>(block_count(size_));
        for (std::size_t b = 0; b < table->size(); ++b)
            (*table)[b] = make_block(Block{}, b, all_chunks, values);
        table_ = std::move(table);
    }

    /// The column with the values of `values` in the chunks that are marked, block by
    /// block. `values` has as many rows as the column.
    [[nodiscard]] ChunkedColumn updated(std::span<const T> values,
                                        std::span<const BlockMarks> marks) const {
        auto table = std::make_shared<Table>(*table_);
        for (std::size_t b = 0; b < table->size(); ++b)
            if (marks[b] != 0) (*table)[b] = make_block(*(*table)[b], b, marks[b], values);
        ChunkedColumn changed;
        changed.size_ = size_;
        changed.table_ = std::move(table);
        return changed;
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// `row` is below `size()`.
    [[nodiscard]] T operator[](std::size_t row) const noexcept {
        return chunk_at(row)[row % chunk_rows];
    }

    /// Writes all rows to `out`.
    void copy_to(T* out) const {
        for_each_chunk([&](std::size_t first, const Chunk& chunk) {
            std::copy_n(chunk.begin(), std::min(chunk_rows, size_ - first), out + first);
        });
    }

    /// Bytes of the chunks that both columns hold, and do not have a copy each of.
    [[nodiscard]] std::size_t bytes_shared_with(const ChunkedColumn& other) const {
        std::size_t bytes = 0;
        for_each_chunk([&](std::size_t first, const Chunk& chunk) {
            if (first < other.size_ && &chunk == &other.chunk_at(first)) bytes += sizeof(Chunk);
        });
        return bytes;
    }

  private:
    using Chunk = std::array<T, chunk_rows>;
    using Block = std::array<std::shared_ptr<const Chunk>, block_chunks>;
    using Table = std::vector<std::shared_ptr<const Block>>;

    [[nodiscard]] static std::shared_ptr<const Block> make_block(const Block& before,
                                                                 std::size_t number,
                                                                 BlockMarks marks,
                                                                 std::span<const T> values) {
        auto block = std::make_shared<Block>(before);
        for (std::size_t k = 0; k < block_chunks; ++k) {
            const std::size_t first = number * block_rows + k * chunk_rows;
            if (first >= values.size()) break;
            if ((unsigned{marks} >> k & 1U) == 0) continue;
            auto chunk = std::make_shared<Chunk>();
            const std::size_t rows = std::min(chunk_rows, values.size() - first);
            std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(first), rows, chunk->begin());
            (*block)[k] = std::move(chunk);
        }
        return block;
    }

    [[nodiscard]] const Chunk& chunk_at(std::size_t row) const noexcept {
        return *(*(*table_)[row / block_rows])[row % block_rows / chunk_rows];
    }

    template <class Visit>
    void for_each_chunk(Visit&& visit) const {
        for (std::size_t first = 0; first < size_; first += chunk_rows)
            visit(first, chunk_at(first));
    }

    std::size_t size_ = 0;
    std::shared_ptr<const Table> table_;
};

}  // namespace thuocdo::live::detail
