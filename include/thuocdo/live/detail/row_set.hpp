#pragma once
/// @file
/// Some rows of a board, or all of them.

#include <thuocdo/config.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
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
        if (all_ || rows_.size() < 2) return;
        if (is_most_of(units)) {
            add_all();
            return;
        }
        // Rows that were taken over from one other set stand in order.
        if (std::adjacent_find(rows_.begin(), rows_.end(), std::greater_equal<>()) == rows_.end())
            return;
        std::sort(rows_.begin(), rows_.end());
        rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    }

    /// Whether looking at all rows is quicker than looking at these. A row that was added
    /// twice counts twice.
    [[nodiscard]] bool is_most_of(Index units) const noexcept {
        constexpr Index least_share = 8;
        return all_ || static_cast<Index>(rows_.size()) * least_share > units;
    }

    [[nodiscard]] bool empty() const noexcept { return !all_ && rows_.empty(); }
    [[nodiscard]] bool all() const noexcept { return all_; }
    [[nodiscard]] std::span<const std::uint32_t> rows() const noexcept { return rows_; }

  private:
    std::vector<std::uint32_t> rows_;
    bool all_ = false;
};

}  // namespace thuocdo::live::detail
