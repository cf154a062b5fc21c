#pragma once
/// @file
/// The row of a code in a table that is sorted by code.

#include <algorithm>
#include <string_view>
#include <vector>

namespace thuocdo::detail {

/// The first row of a code; nothing when there is none. O(log rows): panels ask for every
/// unit.
template <class Row>
[[nodiscard]] const Row* find_by_code(const std::vector<Row>& rows,
                                      std::string_view code) noexcept {
    const auto row = std::lower_bound(
        rows.begin(), rows.end(), code,
        [](const Row& each, std::string_view wanted) { return each.code < wanted; });
    return row != rows.end() && row->code == code ? &*row : nullptr;
}

}  // namespace thuocdo::detail
