#pragma once
/// @file
/// Good orders for Kemeny's problem: moves of one alternative to another place.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

using Order = std::vector<Index>;

/// What the majorities against an order lose.
[[nodiscard]] inline std::int64_t turned_majorities(const MarginMatrix& margins,
                                                    const Order& order) {
    std::int64_t cost = 0;
    for (std::size_t p = 0; p < order.size(); ++p) {
        const std::int64_t* const row = margins.row(order[p]);
        for (std::size_t q = p + 1; q < order.size(); ++q)
            cost -= std::min(row[order[q]], std::int64_t{0});
    }
    return cost;
}

/// Members by their margins over all members, which is Borda's order; ties by row.
[[nodiscard]] inline Order borda_order(const MarginMatrix& margins) {
    std::vector<std::int64_t> sums;
    for (Index i = 0; i < margins.size; ++i)
        sums.push_back(
            std::accumulate(margins.row(i), margins.row(i) + margins.size, std::int64_t{0}));
    Order order(static_cast<std::size_t>(margins.size));
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(), [&sums](Index a, Index b) {
        return sums[static_cast<std::size_t>(a)] > sums[static_cast<std::size_t>(b)];
    });
    return order;
}

inline void move_place(Order& order, std::size_t from, std::size_t to) {
    const auto begin = order.begin();
    const auto at = [begin](std::size_t p) { return begin + static_cast<std::ptrdiff_t>(p); };
    if (from < to)
        std::rotate(at(from), at(from + 1), at(to + 1));
    else
        std::rotate(at(to), at(from), at(from + 1));
}

/// The place where the alternative at `from` costs least, and what the move changes. Of
/// places that cost the same the own one, else the nearest in front.
struct Insertion {
    std::size_t place = 0;
    std::int64_t change = 0;
    /// Another place costs the same as the own one.
    bool level = false;
};

[[nodiscard]] inline Insertion best_insertion(const MarginMatrix& margins, const Order& order,
                                              std::size_t from) {
    // Before `from` the margin of those in front is given up, which is minus the own one.
    const std::int64_t* const row = margins.row(order[from]);
    Insertion best{from, 0, false};
    std::int64_t change = 0;
    for (std::size_t p = from; p-- > 0;) {
        change -= row[order[p]];
        if (change < best.change) best = {p, change, best.level};
        best.level = best.level || change == 0;
    }
    change = 0;
    for (std::size_t p = from + 1; p < order.size(); ++p) {
        change += row[order[p]];
        if (change < best.change) best = {p, change, best.level};
        best.level = best.level || change == 0;
    }
    return best;
}

/// Moves alternatives while a move helps. `goes_on()` may stop it between sweeps.
template <class GoesOn>
void improve_by_insertion(const MarginMatrix& margins, Order& order, GoesOn&& goes_on) {
    bool improved = true;
    while (improved && goes_on()) {
        improved = false;
        for (std::size_t p = 0; p < order.size(); ++p) {
            const Insertion best = best_insertion(margins, order, p);
            if (best.change >= 0) continue;
            move_place(order, p, best.place);
            improved = true;
        }
    }
}

inline void improve_by_insertion(const MarginMatrix& margins, Order& order) {
    improve_by_insertion(margins, order, [] { return true; });
}

/// Shakes the order and improves it again, and keeps what is not worse. The same order
/// for the same margins on every machine.
[[nodiscard]] inline Order iterated_insertion(const MarginMatrix& margins, Order order) {
    constexpr std::uint64_t rounds = 200;
    constexpr std::uint32_t moves_in_a_shake = 3;
    constexpr std::uint64_t seed = 2'002;
    const numeric::Philox random(seed);
    improve_by_insertion(margins, order);
    std::int64_t cost = turned_majorities(margins, order);
    for (std::uint64_t round = 0; round < rounds && cost > 0; ++round) {
        Order shaken = order;
        for (std::uint32_t move = 0; move < moves_in_a_shake; ++move) {
            const numeric::Philox::Block drawn = random.block(round, 0, move);
            move_place(shaken, drawn[0] % shaken.size(), drawn[1] % shaken.size());
        }
        improve_by_insertion(margins, shaken);
        const std::int64_t found = turned_majorities(margins, shaken);
        if (found > cost) continue;
        cost = found;
        order = std::move(shaken);
    }
    return order;
}

/// Puts neighbours that as many want one way as the other into the order of rows, which
/// costs nothing and makes the order less dependent on the search.
inline void settle_level_neighbours(const MarginMatrix& margins, Order& order) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (std::size_t p = 1; p < order.size(); ++p) {
            if (order[p - 1] < order[p] || margins(order[p - 1], order[p]) != 0) continue;
            std::swap(order[p - 1], order[p]);
            changed = true;
        }
    }
}

/// Whether some alternative can move for nothing.
[[nodiscard]] inline bool has_level_move(const MarginMatrix& margins, const Order& order) {
    for (std::size_t p = 0; p < order.size(); ++p)
        if (best_insertion(margins, order, p).level) return true;
    return false;
}

}  // namespace thuocdo::rank::detail
