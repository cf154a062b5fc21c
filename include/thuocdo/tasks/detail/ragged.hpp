#pragma once
/// @file
/// A short list for each row of a table, all in one block of memory.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

namespace thuocdo::detail {

/// Rows of different length. A row that is replaced by a longer one moves to the
/// end; nothing else moves. Takes no memory until a row is not empty.
template <class T>
class Ragged {
  public:
    [[nodiscard]] std::span<const T> operator[](std::size_t row) const noexcept {
        if (row >= slices_.size()) return {};
        return {values_.data() + slices_[row].begin, slices_[row].count};
    }

    /// Sets a row; rows before it that were never set are empty.
    void set(std::size_t row, std::span<const T> given) {
        if (row >= slices_.size()) {
            if (given.empty()) return;
            slices_.resize(row + 1);
        }
        Slice& slice = slices_[row];
        if (given.size() > slice.count) {
            if (values_.size() + given.size() > std::numeric_limits<std::uint32_t>::max())
                throw std::length_error("thuocdo: more than 4,294,967,295 entries in one table");
            slice.begin = static_cast<std::uint32_t>(values_.size());
            values_.insert(values_.end(), given.begin(), given.end());
        } else {
            for (std::size_t k = 0; k < given.size(); ++k) values_[slice.begin + k] = given[k];
        }
        slice.count = static_cast<std::uint32_t>(given.size());
    }

    [[nodiscard]] bool empty() const noexcept { return slices_.empty(); }

    /// Bytes that a pass over all rows reads.
    [[nodiscard]] std::size_t bytes() const noexcept {
        return slices_.size() * sizeof(Slice) + values_.size() * sizeof(T);
    }

  private:
    struct Slice {
        std::uint32_t begin = 0;
        std::uint32_t count = 0;
    };

    std::vector<Slice> slices_;
    std::vector<T> values_;
};

}  // namespace thuocdo::detail
