#pragma once
/// @file
/// Percentile rank.

#include <thuocdo/normalise/detail/ascending_ranks.hpp>

namespace thuocdo::normalise {

/// (rank - 1) / (m - 1) over the m observed cells, ties on their average rank:
/// the worst unit has 0, the best 1.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones,
///         and the only observed cell when m = 1.
/// @throws NumericError when the lengths differ.
/// Complexity: one stable argsort of the observed cells; allocates two columns.
/// Source: OECD/JRC handbook (2008), step 5.
[[nodiscard]] inline Index percentile_rank(ColumnView x, Direction direction, ColumnOut out) {
    detail::require_same_length(x.size(), out.size());
    const detail::RankedColumn found =
        detail::ascending_ranks(x, direction, RankTies::average, out);
    const bool alone = found.ranked == 1;
    const double steps = alone ? detail::missing : static_cast<double>(found.ranked - 1);
    double* const results = out.data();
    for (Index i = 0; i < out.size(); ++i) results[i] = (results[i] - 1.0) / steps;
    return found.refused + (alone ? 1 : 0);
}

}  // namespace thuocdo::normalise
