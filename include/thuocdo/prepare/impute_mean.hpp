#pragma once
/// @file
/// Missing cells take the mean of the column.

#include <thuocdo/prepare/detail/fill.hpp>

namespace thuocdo::prepare {

/// Missing cells of a column take the mean of the observed ones.
/// Observed values keep their bits; a column without any stays missing.
///
/// @param x a column over units; NaN is missing.
/// @param out as long as x; may be x.
/// @return the rows filled, and the rows that stay missing.
/// @throws NumericError when the lengths differ, or naming infinite cells.
/// The bits do not depend on the order of the rows. Complexity: O(n).
/// Source: OECD/JRC handbook (2008), step 3 (unconditional mean imputation).
inline Imputation impute_mean(ColumnView x, ColumnOut out) {
    detail::require_length("out", out.size(), x.size());
    detail::require_no_infinite("x", x);
    return detail::fill_column(x, detail::exact_mean(x), out);
}

}  // namespace thuocdo::prepare
