#pragma once
/// @file
/// The columns of a snapshot in groups, so that the next one shares all groups that are the
/// same.

#include <thuocdo/live/detail/chunked_column.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// Columns of numbers by their number. Copies share all columns; const access is safe from
/// many threads. One table of 130 columns cost as many reference counts for each event, up and
/// down again; groups of 16 cost half.
class ColumnTable {
  public:
    using Column = ChunkedColumn<double>;

    ColumnTable() = default;
    explicit ColumnTable(std::span<const Column> columns) : size_(columns.size()) {
        for (std::size_t first = 0; first < size_; first += group_columns) {
            auto group = std::make_shared<Group>();
            for (std::size_t k = first; k < std::min(first + group_columns, size_); ++k)
                (*group)[k - first] = columns[k];
            groups_.push_back(std::move(group));
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// `number` is below `size()`.
    [[nodiscard]] const Column& operator[](std::size_t number) const noexcept {
        return (*groups_[number / group_columns])[number % group_columns];
    }

    /// The table with other columns at some places.
    /// @param changed numbers, each once
    /// @param make gives the column of a number
    template <class Numbers, class Make>
    [[nodiscard]] ColumnTable updated(const Numbers& changed, Make&& make) const {
        ColumnTable out = *this;
        std::vector<std::shared_ptr<Group>> fresh(groups_.size());
        for (const auto each : changed) {
            const auto number = static_cast<std::size_t>(each);
            if (number >= size_) continue;
            std::shared_ptr<Group>& group = fresh[number / group_columns];
            if (!group) group = std::make_shared<Group>(*groups_[number / group_columns]);
            (*group)[number % group_columns] = make(number);
        }
        for (std::size_t k = 0; k < fresh.size(); ++k)
            if (fresh[k]) out.groups_[k] = std::move(fresh[k]);
        return out;
    }

  private:
    static constexpr std::size_t group_columns = 16;
    using Group = std::array<Column, group_columns>;

    std::size_t size_ = 0;
    std::vector<std::shared_ptr<const Group>> groups_;
};

}  // namespace thuocdo::live::detail
