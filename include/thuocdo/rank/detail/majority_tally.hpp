#pragma once
/// @file
/// How many pairwise majorities each alternative wins and loses, and the groups that
/// follow from it.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

/// Per alternative: how many others it beats, and how many beat it.
struct MajorityTally {
    std::vector<Index> wins;
    std::vector<Index> losses;

    explicit MajorityTally(PairMargins& pairs) {
        std::vector<std::int64_t> row;
        for (Index i = 0; i < pairs.rows(); ++i) {
            pairs.row(i, row);
            add(row.data(), pairs.rows());
        }
    }
    explicit MajorityTally(const MarginMatrix& margins) {
        for (Index i = 0; i < margins.size; ++i) add(margins.row(i), margins.size);
    }

    /// Wins less losses.
    [[nodiscard]] Index score(Index i) const noexcept {
        return wins[static_cast<std::size_t>(i)] - losses[static_cast<std::size_t>(i)];
    }

    /// Splits the alternatives as finely as possible so that each of a group beats each of
    /// the groups behind it: the strongly connected components of "is not beaten by", in
    /// order. The first is the Smith set. Members are in the order of rows.
    ///
    /// The k best by wins less losses beat all others exactly when their scores add up to
    /// k (n - k), because inside the k these cancel; so no graph is needed.
    [[nodiscard]] std::vector<std::vector<Index>> groups() const {
        const auto n = static_cast<Index>(wins.size());
        std::vector<Index> order(wins.size());
        std::iota(order.begin(), order.end(), Index{0});
        std::stable_sort(order.begin(), order.end(),
                         [this](Index a, Index b) { return score(a) > score(b); });
        std::vector<std::vector<Index>> found;
        std::size_t start = 0;
        Index sum = 0;
        for (std::size_t k = 1; k <= order.size(); ++k) {
            sum += score(order[k - 1]);
            const auto size = static_cast<Index>(k);
            if (sum != size * (n - size)) continue;
            const auto at = [&order](std::size_t p) {
                return order.begin() + static_cast<std::ptrdiff_t>(p);
            };
            found.emplace_back(at(start), at(k));
            std::sort(found.back().begin(), found.back().end());
            start = k;
        }
        return found;
    }

  private:
    void add(const std::int64_t* row, Index size) {
        Index won = 0;
        Index lost = 0;
        for (Index k = 0; k < size; ++k) {
            won += row[k] > 0 ? 1 : 0;
            lost += row[k] < 0 ? 1 : 0;
        }
        wins.push_back(won);
        losses.push_back(lost);
    }
};

}  // namespace thuocdo::rank::detail
