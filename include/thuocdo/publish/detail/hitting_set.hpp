#pragma once
/// @file
/// Smallest sets that meet each of a family of sets.

#include <thuocdo/config.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace thuocdo::publish::detail {

/// A set of numbers below 64.
using Mask = std::uint64_t;

/// How many of the sets, shortest first, share no member: each needs a member of its own.
[[nodiscard]] inline std::size_t disjoint_count(std::vector<std::vector<std::size_t>> sets) {
    std::stable_sort(sets.begin(), sets.end(),
                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
    std::vector<char> taken;
    std::size_t count = 0;
    for (const std::vector<std::size_t>& set : sets) {
        if (set.empty()) continue;
        const std::size_t last = *std::max_element(set.begin(), set.end());
        if (taken.size() <= last) taken.resize(last + 1, 0);
        if (std::any_of(set.begin(), set.end(), [&](std::size_t k) { return taken[k] != 0; }))
            continue;
        for (const std::size_t k : set) taken[k] = 1;
        ++count;
    }
    return count;
}

/// Searches a set of a given size that meets every one of `sets`, the first in lexicographic
/// order. Depth first, a number in before it is out; a case ends where the sets that are not
/// met yet include more disjoint ones than there is room for.
class HittingSet {
  public:
    HittingSet(const std::vector<Mask>& sets, Index most_nodes)
        : sets_(sets), nodes_left_(most_nodes) {}

    /// Nothing where there is none of this size or fewer, or where most_nodes was reached.
    [[nodiscard]] std::optional<Mask> find(std::size_t size) {
        const bool found = extend(0, 0, size);
        return found ? std::optional<Mask>(found_) : std::nullopt;
    }
    [[nodiscard]] bool gave_up() const noexcept { return nodes_left_ <= 0; }

  private:
    bool extend(Mask chosen, std::size_t next, std::size_t room) {
        if (--nodes_left_ <= 0) return false;
        const Mask open = next < bits ? ~Mask{0} << next : Mask{0};
        Mask useful = 0;
        Mask packed = 0;
        std::size_t disjoint = 0;
        for (const Mask set : sets_) {
            if ((set & chosen) != 0) continue;
            const Mask left = set & open;
            if (left == 0) return false;
            useful |= left;
            if ((left & packed) != 0) continue;
            packed |= left;
            ++disjoint;
        }
        if (disjoint > room) return false;
        if (disjoint == 0) {
            found_ = chosen;
            return true;
        }
        // A number that meets no further set would be one too many.
        const std::size_t number = static_cast<std::size_t>(std::countr_zero(useful));
        return extend(chosen | Mask{1} << number, number + 1, room - 1) ||
               extend(chosen, number + 1, room);
    }

    static constexpr std::size_t bits = 64;
    const std::vector<Mask>& sets_;
    Index nodes_left_;
    Mask found_ = 0;
};

}  // namespace thuocdo::publish::detail
