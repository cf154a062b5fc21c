#pragma once
/// @file
/// Borda points.

#include <thuocdo/normalise/detail/ascending_ranks.hpp>

namespace thuocdo::normalise {

/// Ascending rank minus 1: the number of units that a unit beats, under the
/// tie rule.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param ties the rank that equal cells share.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones.
/// @throws NumericError when the lengths differ.
/// Complexity: one stable argsort of the observed cells; allocates two columns.
/// Source: Borda (1781); OECD/JRC handbook (2008), step 6.
[[nodiscard]] inline Index borda(ColumnView x, Direction direction, RankTies ties, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    const Index refused = detail::ascending_ranks(x, direction, ties, out).refused;
    double* const results = out.data();
    for (Index i = 0; i < out.size(); ++i) results[i] -= 1.0;
    return refused;
}

}  // namespace thuocdo::normalise
