#pragma once
/// @file
/// Majority of three rankings, over all pairs without looking at each.

#include <thuocdo/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

namespace thuocdo::rank::detail {

/// Places of one alternative in three rankings, from 1 on, smaller is better.
using ThreeRanks = std::array<std::uint32_t, 3>;

/// For each alternative a the number of others that it is before in more of the three
/// rankings than behind, less the number of those that are so before it.
///
/// With s(k) = 1, 0 or -1 where a is before b, level or behind in ranking k, and t(k) = 1
/// where level, the sign of s(1) + s(2) + s(3) is half of s(1) + s(2) + s(3) + s(1) t(2)
/// t(3) + t(1) s(2) t(3) + t(1) t(2) s(3) - s(1) s(2) s(3). Each term is summed over b by
/// itself: the first three by counting, the next three inside groups that are level, the
/// last by splitting the first ranking in halves. O(n log^2 n).
class MajorityOfThree {
  public:
    explicit MajorityOfThree(std::span<const ThreeRanks> places)
        : places_(places), twice_(places.size(), 0) {
        for (std::size_t k = 0; k < rankings; ++k) add_single(k);
        for (std::size_t k = 0; k < rankings; ++k) add_level_in_others(k);
        tree_.assign(places.size() + 1, 0);
        order_.resize(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) order_[i] = static_cast<std::uint32_t>(i);
        std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
            return places_[a][0] < places_[b][0];
        });
        scratch_.resize(places.size());
        subtract_products(0, places.size());
    }

    [[nodiscard]] std::int64_t net(std::size_t i) const noexcept { return twice_[i] / 2; }

  private:
    static constexpr std::size_t rankings = 3;
    /// Up to here every pair is looked at.
    static constexpr std::size_t few = 32;

    /// s(k): alternatives behind less those before.
    void add_single(std::size_t k) {
        const std::size_t count = places_.size();
        std::vector<std::int64_t> up_to(count + 1, 0);
        for (const ThreeRanks& each : places_) ++up_to[each[k]];
        level_[k] = std::any_of(up_to.begin(), up_to.end(), [](auto c) { return c > 1; });
        for (std::size_t r = 1; r <= count; ++r) up_to[r] += up_to[r - 1];
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t place = places_[i][k];
            twice_[i] += static_cast<std::int64_t>(count) - up_to[place] - up_to[place - 1];
        }
    }

    /// s(k) among those that are level in both other rankings.
    void add_level_in_others(std::size_t k) {
        const std::size_t second = (k + 1) % rankings;
        const std::size_t third = (k + 2) % rankings;
        if (!level_[second] || !level_[third]) return;
        std::vector<std::uint32_t> order(places_.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
        const auto key = [&](std::uint32_t i) {
            const ThreeRanks& each = places_[i];
            return std::tuple{each[second], each[third], each[k]};
        };
        std::sort(order.begin(), order.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
        const auto same_group = [&](std::uint32_t a, std::uint32_t b) {
            return places_[a][second] == places_[b][second] &&
                   places_[a][third] == places_[b][third];
        };
        for (std::size_t first = 0; first < order.size();) {
            std::size_t end = first + 1;
            while (end < order.size() && same_group(order[first], order[end])) ++end;
            for (std::size_t from = first; from < end;) {
                std::size_t to = from + 1;
                while (to < end && places_[order[to]][k] == places_[order[from]][k]) ++to;
                const auto behind = static_cast<std::int64_t>(end - to);
                const auto before = static_cast<std::int64_t>(from - first);
                for (std::size_t i = from; i < to; ++i) twice_[order[i]] += behind - before;
                from = to;
            }
            first = end;
        }
    }

    static std::int64_t sign(std::uint32_t mine, std::uint32_t other) noexcept {
        return static_cast<std::int64_t>(mine < other) - static_cast<std::int64_t>(other < mine);
    }

    [[nodiscard]] bool second_before(std::uint32_t a, std::uint32_t b) const noexcept {
        return places_[a][1] < places_[b][1];
    }

    /// -s(1) s(2) s(3) over the pairs inside order_[low, high), which is in order of the
    /// first ranking before and of the second after.
    void subtract_products(std::size_t low, std::size_t high) {
        const auto begin = order_.begin() + static_cast<std::ptrdiff_t>(low);
        const auto end = order_.begin() + static_cast<std::ptrdiff_t>(high);
        const auto by_second = [this](std::uint32_t a, std::uint32_t b) {
            return second_before(a, b);
        };
        if (high - low <= few) {
            for (std::size_t i = low; i < high; ++i)
                for (std::size_t j = low; j < high; ++j) subtract_pair(order_[i], order_[j]);
            std::sort(begin, end, by_second);
            return;
        }
        // Those that are level in the first ranking stay together; s(1) of them is 0.
        const auto by_first = [this](std::uint32_t a, std::uint32_t b) {
            return places_[a][0] < places_[b][0];
        };
        const auto centre = begin + (end - begin) / 2;
        const auto group = std::equal_range(begin, end, *centre, by_first);
        if (group.first == begin && group.second == end) {
            std::sort(begin, end, by_second);
            return;
        }
        const bool at_start =
            group.second == end ||
            (group.first != begin && centre - group.first <= group.second - centre);
        const auto split = at_start ? group.first : group.second;
        const auto middle = static_cast<std::size_t>(split - order_.begin());
        subtract_products(low, middle);
        subtract_products(middle, high);
        add_across(low, middle, middle, high, 1);
        add_across(middle, high, low, middle, -1);
        std::merge(begin, split, split, end, scratch_.begin(), by_second);
        std::copy_n(scratch_.begin(), high - low, begin);
    }

    void subtract_pair(std::uint32_t a, std::uint32_t b) {
        twice_[a] -= sign(places_[a][0], places_[b][0]) * sign(places_[a][1], places_[b][1]) *
                     sign(places_[a][2], places_[b][2]);
    }

    /// Adds factor * sum over b in `from` of s(2) s(3) to each a in `to`; both ranges are
    /// in order of the second ranking.
    ///
    /// With third() the sum of s(3) over the b in the tree: those behind a in the second
    /// ranking add third() at the end less third() once the level ones are in, those before
    /// take third() without the level ones away.
    void add_across(std::size_t from, std::size_t from_end, std::size_t to, std::size_t to_end,
                    std::int64_t factor) {
        std::size_t taken = from;
        const auto third = [&](std::uint32_t a) {
            const std::uint32_t place = places_[a][2];
            const std::int64_t up_to = taken_up_to(place);
            // Without level ones no other has the place of a.
            const std::int64_t before = level_[2] ? taken_up_to(place - 1) : up_to;
            return static_cast<std::int64_t>(taken - from) - up_to - before;
        };
        for (std::size_t first = to; first < to_end;) {
            const std::uint32_t one = order_[first];
            std::size_t end = first + 1;
            while (end < to_end && !second_before(one, order_[end])) ++end;
            for (; taken < from_end && second_before(order_[taken], one); ++taken)
                change(order_[taken], 1);
            const bool none_level = taken == from_end || second_before(one, order_[taken]);
            const std::int64_t share = none_level ? 2 * factor : factor;
            for (std::size_t i = first; i < end; ++i) twice_[order_[i]] -= share * third(order_[i]);
            if (!none_level) {
                for (; taken < from_end && !second_before(one, order_[taken]); ++taken)
                    change(order_[taken], 1);
                for (std::size_t i = first; i < end; ++i)
                    twice_[order_[i]] -= factor * third(order_[i]);
            }
            first = end;
        }
        for (; taken < from_end; ++taken) change(order_[taken], 1);
        for (std::size_t i = to; i < to_end; ++i) twice_[order_[i]] += factor * third(order_[i]);
        for (std::size_t i = from; i < from_end; ++i) change(order_[i], -1);
    }

    /// Puts an alternative into the tree of places in the third ranking, or takes it out.
    void change(std::uint32_t i, std::int32_t by) noexcept {
        for (std::size_t r = places_[i][2]; r < tree_.size(); r += r & (~r + 1)) tree_[r] += by;
    }
    [[nodiscard]] std::int64_t taken_up_to(std::uint32_t place) const noexcept {
        std::int64_t sum = 0;
        for (std::size_t r = place; r > 0; r &= r - 1) sum += tree_[r];
        return sum;
    }

    std::span<const ThreeRanks> places_;
    std::vector<std::int64_t> twice_;
    std::array<bool, rankings> level_{};
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> scratch_;
    std::vector<std::int32_t> tree_;
};

}  // namespace thuocdo::rank::detail
