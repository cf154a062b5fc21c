#pragma once
/// @file
/// Missing cells take the mean of their peer group.

#include <thuocdo/prepare/detail/fill.hpp>

#include <cstdint>
#include <span>

namespace thuocdo::prepare {

/// Missing cells of a column take the mean of the observed ones of the same
/// group. Observed values keep their bits.
///
/// @param x a column over units; NaN is missing.
/// @param groups the group of each row, 0 or more; -1 where a unit has none.
/// @param out as long as x; may be x.
/// @return the rows filled, and the rows that stay missing: those without a group
///         and those of groups in which nothing is observed.
/// @throws NumericError when the lengths differ, naming groups below -1, or naming
///         infinite cells.
/// The bits do not depend on the order of the rows. Complexity: O(n log n).
/// Source: OECD/JRC handbook (2008), step 3 (imputation within classes).
inline Imputation impute_group_mean(ColumnView x, std::span<const std::int32_t> groups,
                                    ColumnOut out) {
    return detail::fill_by_group(
        x, groups, [](ColumnView members) { return detail::exact_mean(members); }, out);
}

}  // namespace thuocdo::prepare
