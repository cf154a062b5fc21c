#pragma once
/// @file
/// Ranks as scores.

#include <thuocdo/normalise/detail/ascending_ranks.hpp>

namespace thuocdo::normalise {

/// Ascending rank of each unit in the direction-adjusted column: the worst unit
/// has 1, the best the highest number.
///
/// @param x a column over units; NaN is missing, unranked and stays missing.
/// @param ties the rank that equal cells share.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones.
/// @throws NumericError when the lengths differ.
/// Complexity: one stable argsort of the observed cells; allocates two columns.
/// Source: OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index rank_score(ColumnView x, Direction direction, RankTies ties,
                                      ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    return detail::ascending_ranks(x, direction, ties, out).refused;
}

}  // namespace thuocdo::normalise
