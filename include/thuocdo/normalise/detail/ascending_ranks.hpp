#pragma once
/// @file
/// Ascending ranks of a column with missing cells.

#include <thuocdo/normalise/detail/column.hpp>
#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace thuocdo::normalise {

/// The rank that tied units share: the lowest, the average or the highest of
/// their places, or the number of the group (dense, without gaps).
enum class RankTies { lowest, average, highest, dense };

namespace detail {

struct RankedColumn {
    Index ranked = 0;
    Index refused = 0;
};

/// Rank 1 is the worst unit. Ties are exact: two cells tie when they are equal
/// as numbers. Missing cells stay missing, infinite ones are refused.
[[nodiscard]] inline RankedColumn ascending_ranks(ColumnView x, Direction direction, RankTies ties,
                                                  ColumnOut& out) {
    const Index count = x.size();
    const double sign = direction == Direction::higher_is_better ? 1.0 : -1.0;
    std::vector<double> values;
    std::vector<Index> rows;
    values.reserve(static_cast<std::size_t>(count));
    rows.reserve(static_cast<std::size_t>(count));
    RankedColumn found;
    for (Index i = 0; i < count; ++i) {
        const double cell = x.data()[i];
        if (std::isfinite(cell)) {
            values.push_back(sign * cell);
            rows.push_back(i);
        } else {
            found.refused += std::isnan(cell) ? 0 : 1;
        }
    }
    found.ranked = static_cast<Index>(values.size());
    for (Index i = 0; i < count; ++i) out.data()[i] = missing;

    const std::vector<std::uint32_t> order = numeric::argsort(values, numeric::Order::ascending);
    std::size_t group = 0;
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
        ++group;
        const double lowest = static_cast<double>(first + 1);
        const double highest = static_cast<double>(last + 1);
        double rank = lowest;
        if (ties == RankTies::highest) rank = highest;
        if (ties == RankTies::average) rank = (lowest + highest) / 2.0;
        if (ties == RankTies::dense) rank = static_cast<double>(group);
        for (std::size_t k = first; k <= last; ++k) out.data()[rows[order[k]]] = rank;
        first = last + 1;
    }
    return found;
}

}  // namespace detail
}  // namespace thuocdo::normalise
