#pragma once
/// @file
/// Some rows of a board, or all of them.

#include <thuocdo/config.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace thuocdo::live::detail {

/// Rows that need another look. Beyond a share of all rows it turns into all of them: a
/// look at a row that has not changed costs time and changes nothing.
class RowSet {
  public:
    void clear() noexcept {
        rows_.clear();
        all_ = false;
    }
    void add(Index row) {
        if (!all_) rows_.push_back(static_cast<std::uint32_t>(row));
    }
    void add(const RowSet& other) {
        if (other.all_) add_all();
        if (!all_) rows_.insert(rows_.end(), other.rows_.begin(), other.rows_.end());
    }
    void add_all() noexcept {
        all_ = true;
        rows_.clear();
    }

    /// Sorts the rows, each once.
    /// @param units number of all rows
    void settle(Index units) {
        constexpr Index least_share = 8;
        if (all_) return;
        if (rows_.size() > 1) {
            std::sort(rows_.begin(), rows_.end());
            rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
        }
        if (rows_.size() > 1 && static_cast<Index>(rows_.size()) * least_share > units) add_all();
    }

    [[nodiscard]] bool empty() const noexcept { return !all_ && rows_.empty(); }
    [[nodiscard]] bool all() const noexcept { return all_; }
    [[nodiscard]] std::span<const std::uint32_t> rows() const noexcept { return rows_; }

  private:
    std::vector<std::uint32_t> rows_;
    bool all_ = false;
};

}  // namespace thuocdo::live::detail
