#pragma once
/// @file
/// The ranking of units, kept up to date while a few of them move.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// A unit whose rank is not what it was. NaN: not ranked.
struct RankChange {
    std::uint32_t unit;
    double before;
    double after;
};

/// Units in the order of their keys, and their ranks: at every moment the same bits as
/// `rank::ranks` on all units, under the ordinal rule with the order of codes as the last
/// tie-breaker.
///
/// A unit has a fixed number of keys: the `numeric::order_key` of its score, then of each
/// tie-breaker; the smaller one is better. A unit whose first key is
/// `numeric::missing_key` is not ranked. Units equal on all keys stand in the order of
/// codes; they are tied except under the ordinal rule.
///
/// The order is a sorted array. Moving a unit finds its old and its new place by binary
/// search and shifts the units in between, 4 bytes each; only ranks that can have changed
/// are computed again. By 1% of the places that took 0.7 us among 3,321 units and 20 us
/// among 100,000, where it changes 1,000 ranks; ordering all anew, 70 us and 2 to 5 ms
/// (g++ 12 at -O2, one AMD EPYC core).
class UnitOrder {
  public:
    UnitOrder(rank::TieRule ties, std::size_t keys_a_unit)
        : ties_(ties), keys_a_unit_(keys_a_unit) {
        if (keys_a_unit_ == 0)
            throw NumericError("cannot order the units",
                               {{"no_key", "keys_a_unit", "0", "at least the key of the score",
                                 "give every unit a key"}});
    }

    /// Takes all units anew. O(n) for distinct scores, and the sorting of ties.
    ///
    /// @param keys units x keys, row by row
    /// @param code_place place of each unit in the order of codes: 0 to n - 1, each once
    /// @throws NumericError when the sizes do not fit or two units have one place
    void rebuild(std::span<const std::uint64_t> keys, std::span<const std::uint32_t> code_place) {
        const std::size_t units = code_place.size();
        check_size("keys", keys.size(), units * keys_a_unit_);
        std::vector<std::uint32_t> by_code(units, no_unit);
        for (std::size_t unit = 0; unit < units; ++unit) {
            const std::uint32_t place = code_place[unit];
            if (place >= units || by_code[place] != no_unit)
                throw NumericError(
                    "cannot order the units",
                    {{"invalid_place", "code_place[" + std::to_string(unit) + ']',
                      std::to_string(place), "0 to " + std::to_string(units) + " - 1, each once",
                      "give the place of every unit in the order of codes"}});
            by_code[place] = static_cast<std::uint32_t>(unit);
        }
        by_code_ = std::move(by_code);
        code_place_.assign(code_place.begin(), code_place.end());
        keys_.resize(keys.size());
        order_.resize(units);
        ranks_.assign(units, not_ranked);
        before_.resize(units);
        marks_.assign((units + bits_a_word - 1) / bits_a_word, 0);
        take_all(keys);
        std::fill(marks_.begin(), marks_.end(), 0);
        forget_marks();
    }

    /// Gives all units new keys and appends every change of rank to `changed`, by unit.
    /// @throws NumericError unless there are the keys of all units
    void replace_all(std::span<const std::uint64_t> keys, std::vector<RankChange>& changed) {
        check_size("keys", keys.size(), keys_.size());
        take_all(keys);
        report(changed);
    }

    /// Gives a few units new keys and appends every unit whose rank changed to `changed`,
    /// each once, by unit. O(log n) comparisons a unit and the positions that it passes, at
    /// most O(n); nothing is allocated unless `changed` grows, more units move than ever
    /// before, or so many that all are sorted.
    ///
    /// @param units the units that move; of one named twice the last keys count
    /// @param new_keys the keys of those units, row by row
    /// @throws NumericError when the sizes do not fit or there is no such unit
    void move(std::span<const std::uint32_t> units, std::span<const std::uint64_t> new_keys,
              std::vector<RankChange>& changed) {
        check_size("new_keys", new_keys.size(), units.size() * keys_a_unit_);
        for (const std::uint32_t unit : units) check_unit(unit);
        const auto keys_given = [&](std::size_t k) {
            return new_keys.subspan(k * keys_a_unit_, keys_a_unit_);
        };
        // Each move costs its search and the positions that it passes. Many or long ones
        // cost more than sorting all units, which needs no order to start from.
        const std::size_t most_passed = passed_a_sorted_unit * order_.size();
        std::size_t passed = units.size() > most_moves(order_.size()) ? most_passed + 1 : 0;
        moved_.clear();
        moved_.reserve(std::min(units.size(), most_moves(order_.size())));
        for (std::size_t k = 0; k < units.size(); ++k) {
            if (passed > most_passed)
                store(units[k], keys_given(k));
            else
                passed += move_one(units[k], keys_given(k));
        }
        if (passed > most_passed) {
            sort_all();
            rank_all();
        } else {
            rank_moved();
        }
        report(changed);
    }

    /// NaN for a unit that is not ranked.
    [[nodiscard]] double rank(std::uint32_t unit) const { return ranks_.at(unit); }
    [[nodiscard]] std::span<const double> ranks() const noexcept { return ranks_; }
    /// Ranked units, best first, then the others; equals by code.
    [[nodiscard]] std::span<const std::uint32_t> order() const noexcept { return order_; }
    [[nodiscard]] std::size_t ranked_count() const noexcept { return ranked_; }
    [[nodiscard]] std::uint32_t at_position(std::size_t position) const {
        return order_.at(position);
    }
    /// Where a unit stands in `order()`. O(log n).
    [[nodiscard]] std::size_t position_of(std::uint32_t unit) const {
        check_unit(unit);
        return position(unit);
    }
    /// The units that hold a rank, by code; none where no unit has it. O(log n).
    [[nodiscard]] std::span<const std::uint32_t> units_at(double rank) const {
        const auto end = order_.begin() + static_cast<std::ptrdiff_t>(ranked_);
        const auto first = std::partition_point(
            order_.begin(), end, [&](std::uint32_t unit) { return ranks_[unit] < rank; });
        const auto last = std::partition_point(
            first, end, [&](std::uint32_t unit) { return ranks_[unit] == rank; });
        return {first, last};
    }
    [[nodiscard]] std::span<const std::uint64_t> keys_of(std::uint32_t unit) const {
        check_unit(unit);
        return {keys(unit), keys_a_unit_};
    }

  private:
    /// Positions first to last, both included.
    struct Range {
        std::size_t first;
        std::size_t last;
    };

    static constexpr double not_ranked = std::numeric_limits<double>::quiet_NaN();
    static constexpr std::uint32_t no_unit = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t bits_a_word = 64;

    /// Positions that moves may pass for each unit before all are sorted instead. Passing so
    /// many took a fifth of the time of sorting 100,000 units.
    static constexpr std::size_t passed_a_sorted_unit = 64;

    /// Above this number of moved units it is quicker to sort all of them.
    [[nodiscard]] static std::size_t most_moves(std::size_t units) noexcept {
        constexpr std::size_t units_a_move = 64;
        constexpr std::size_t always = 8;
        return std::max(always, units / units_a_move);
    }

    static void check_size(const char* what, std::size_t found, std::size_t expected) {
        if (found == expected) return;
        throw NumericError("cannot order the units",
                           {{"size_mismatch", what, std::to_string(found) + " keys",
                             std::to_string(expected), "give every key of every unit"}});
    }

    void check_unit(std::uint32_t unit) const {
        if (unit < order_.size()) return;
        throw NumericError(
            "cannot order the units",
            {{"unknown_unit", "", "unit " + std::to_string(unit),
              "one of " + std::to_string(order_.size()) + " units, counted from 0", ""}});
    }

    [[nodiscard]] const std::uint64_t* keys(std::uint32_t unit) const noexcept {
        return keys_.data() + std::size_t{unit} * keys_a_unit_;
    }

    /// Nothing but the code orders units that are not ranked, so all their keys are
    /// stored as missing.
    void store(std::uint32_t unit, std::span<const std::uint64_t> new_keys) noexcept {
        std::uint64_t* stored = keys_.data() + std::size_t{unit} * keys_a_unit_;
        const bool ranked = new_keys[0] != numeric::missing_key;
        for (std::size_t k = 0; k < keys_a_unit_; ++k)
            stored[k] = ranked ? new_keys[k] : numeric::missing_key;
    }

    [[nodiscard]] bool is_stored(std::uint32_t unit,
                                 std::span<const std::uint64_t> new_keys) const noexcept {
        if (new_keys[0] == numeric::missing_key) return keys(unit)[0] == numeric::missing_key;
        return std::equal(new_keys.begin(), new_keys.end(), keys(unit));
    }

    [[nodiscard]] bool stands_before(std::uint32_t a, std::uint32_t b) const noexcept {
        const std::uint64_t* of_a = keys(a);
        const std::uint64_t* of_b = keys(b);
        for (std::size_t k = 0; k < keys_a_unit_; ++k)
            if (of_a[k] != of_b[k]) return of_a[k] < of_b[k];
        return code_place_[a] < code_place_[b];
    }

    /// Whether two different units share their rank.
    [[nodiscard]] bool tied(std::uint32_t a, std::uint32_t b) const noexcept {
        return ties_ != rank::TieRule::ordinal &&
               std::equal(keys(a), keys(a) + keys_a_unit_, keys(b));
    }

    [[nodiscard]] std::size_t position(std::uint32_t unit) const noexcept {
        const auto found = std::lower_bound(
            order_.begin(), order_.end(), unit,
            [this](std::uint32_t a, std::uint32_t b) { return stands_before(a, b); });
        return static_cast<std::size_t>(found - order_.begin());
    }

    void take_all(std::span<const std::uint64_t> all_keys) {
        for (std::size_t unit = 0; unit < order_.size(); ++unit)
            store(static_cast<std::uint32_t>(unit),
                  all_keys.subspan(unit * keys_a_unit_, keys_a_unit_));
        sort_all();
        rank_all();
    }

    void sort_all() {
        using numeric::detail::KeyedRow;
        const std::size_t units = order_.size();
        auto rows = std::make_unique_for_overwrite<KeyedRow[]>(units);
        for (std::size_t place = 0; place < units; ++place)
            rows[place] = KeyedRow{keys(by_code_[place])[0], by_code_[place]};
        numeric::detail::sort_keyed_rows(rows, units);
        ranked_ = units;
        for (std::size_t at = 0; at < units; ++at) order_[at] = rows[at].row;
        while (ranked_ > 0 && rows[ranked_ - 1].key == numeric::missing_key) --ranked_;
        if (keys_a_unit_ == 1) return;
        for (std::size_t first = 0; first < ranked_;) {
            std::size_t end = first + 1;
            while (end < ranked_ && rows[end].key == rows[first].key) ++end;
            if (end - first > 1)
                std::sort(order_.begin() + static_cast<std::ptrdiff_t>(first),
                          order_.begin() + static_cast<std::ptrdiff_t>(end),
                          [this](std::uint32_t a, std::uint32_t b) { return stands_before(a, b); });
            first = end;
        }
    }

    /// Takes a unit from its place to the place of its new keys.
    /// @return the positions in between
    std::size_t move_one(std::uint32_t unit, std::span<const std::uint64_t> new_keys) {
        if (is_stored(unit, new_keys)) return 0;
        const auto precedes = [this](std::uint32_t a, std::uint32_t b) {
            return stands_before(a, b);
        };
        const bool was_ranked = keys(unit)[0] != numeric::missing_key;
        const auto from = order_.begin() + static_cast<std::ptrdiff_t>(position(unit));
        store(unit, new_keys);
        const bool is_ranked = keys(unit)[0] != numeric::missing_key;
        ranked_ = ranked_ + (is_ranked ? 1 : 0) - (was_ranked ? 1 : 0);
        auto to = from;
        if (from != order_.begin() && precedes(unit, *(from - 1))) {
            to = std::lower_bound(order_.begin(), from, unit, precedes);
            std::rotate(to, from, from + 1);
        } else {
            to = std::lower_bound(from + 1, order_.end(), unit, precedes) - 1;
            std::rotate(from, from + 1, to + 1);
        }
        const auto first = static_cast<std::size_t>(std::min(from, to) - order_.begin());
        const auto last = static_cast<std::size_t>(std::max(from, to) - order_.begin());
        moved_.push_back({first, last});
        return last - first;
    }

    /// First position of the tied units that `at` stands among, not before `from`.
    [[nodiscard]] std::size_t group_start(std::size_t from, std::size_t at) const noexcept {
        if (at == from || !tied(order_[at - 1], order_[at])) return at;
        const auto begin = order_.begin();
        const std::uint32_t unit = order_[at];
        const auto found = std::partition_point(
            begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(at),
            [&](std::uint32_t each) { return !tied(each, unit); });
        return static_cast<std::size_t>(found - begin);
    }

    /// Position after the last unit tied with the one at `at`.
    [[nodiscard]] std::size_t group_end(std::size_t at) const noexcept {
        const std::uint32_t unit = order_[at];
        std::size_t inside = at;
        std::size_t step = 1;
        while (inside + step < ranked_ && tied(order_[inside + step], unit)) {
            inside += step;
            step *= 2;
        }
        const auto begin = order_.begin();
        const auto found = std::partition_point(
            begin + static_cast<std::ptrdiff_t>(inside + 1),
            begin + static_cast<std::ptrdiff_t>(std::min(inside + step, ranked_)),
            [&](std::uint32_t each) { return tied(each, unit); });
        return static_cast<std::size_t>(found - begin);
    }

    /// Rank of the tied units at positions start to end - 1, once all before them have theirs.
    [[nodiscard]] double rank_of_group(std::size_t start, std::size_t end) const noexcept {
        switch (ties_) {
            case rank::TieRule::dense:
                return start == 0 ? 1.0 : ranks_[order_[start - 1]] + 1.0;
            case rank::TieRule::fractional:
                return static_cast<double>(start + 1 + end) / 2.0;
            case rank::TieRule::competition:
            case rank::TieRule::ordinal:
                break;
        }
        return static_cast<double>(start + 1);
    }

    void set_rank(std::size_t position, double rank) noexcept {
        const std::uint32_t unit = order_[position];
        const double before = ranks_[unit];
        const bool same = before == rank || (before != before && rank != rank);
        if (same) return;
        before_[unit] = before;
        ranks_[unit] = rank;
        const std::size_t word = unit / bits_a_word;
        marks_[word] |= std::uint64_t{1} << (unit % bits_a_word);
        first_mark_ = std::min(first_mark_, word);
        end_of_marks_ = std::max(end_of_marks_, word + 1);
    }

    void rank_all() noexcept {
        for (std::size_t start = 0; start < ranked_;) {
            const std::size_t end = group_end(start);
            const double rank = rank_of_group(start, end);
            for (std::size_t at = start; at < end; ++at) set_rank(at, rank);
            start = end;
        }
        for (std::size_t at = ranked_; at < order_.size(); ++at) set_rank(at, not_ranked);
    }

    /// Ranks what the ranges in `moved_` can have changed. Outside them every position
    /// holds the unit and the keys that it held, so that
    /// - tied units outside them had one rank, and one of them tells whether it is still so;
    /// - a group of them can differ only if it stands next to a range, or, under the dense
    ///   rule, if the number of groups before it changed: then so does every later one.
    /// Ranges may meet and overlap: `done` is the start of a group, all before it is ranked.
    void rank_moved() noexcept {
        std::sort(moved_.begin(), moved_.end(),
                  [](const Range& a, const Range& b) { return a.first < b.first; });
        std::size_t done = 0;
        for (std::size_t k = 0; k < moved_.size(); ++k) {
            const Range range = moved_[k];
            const std::size_t end_of_range = range.last + 1;
            const std::size_t next_range =
                k + 1 < moved_.size() ? moved_[k + 1].first : order_.size();
            std::size_t at = std::max(done, range.first == 0 ? 0 : range.first - 1);
            std::size_t start = at < ranked_ ? group_start(done, at) : at;
            while (at < ranked_) {
                const std::size_t end = group_end(at);
                const double rank = rank_of_group(start, end);
                if (at >= end_of_range && ranks_[order_[at]] == rank) break;
                if (start < at && ranks_[order_[start]] != rank)
                    for (std::size_t before = start; before < at; ++before) set_rank(before, rank);
                const bool as_it_was = end > end_of_range && end_of_range > at &&
                                       end <= next_range && ranks_[order_[end_of_range]] == rank;
                const std::size_t until = as_it_was ? end_of_range : end;
                for (; at < until; ++at) set_rank(at, rank);
                at = end;
                start = end;
            }
            done = std::max(done, at);
            for (std::size_t left = std::max(ranked_, range.first); left < end_of_range; ++left)
                set_rank(left, not_ranked);
        }
    }

    /// Appends what set_rank() marked, by unit, and forgets it.
    void report(std::vector<RankChange>& changed) {
        for (std::size_t word = first_mark_; word < end_of_marks_; ++word) {
            for (std::uint64_t marks = std::exchange(marks_[word], 0); marks != 0;
                 marks &= marks - 1) {
                const auto unit = static_cast<std::uint32_t>(
                    word * bits_a_word + static_cast<std::size_t>(std::countr_zero(marks)));
                changed.push_back({unit, before_[unit], ranks_[unit]});
            }
        }
        forget_marks();
    }

    void forget_marks() noexcept {
        first_mark_ = marks_.size();
        end_of_marks_ = 0;
    }

    rank::TieRule ties_;
    std::size_t keys_a_unit_;
    std::size_t ranked_ = 0;
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> code_place_;
    std::vector<std::uint32_t> by_code_;
    std::vector<std::uint32_t> order_;
    std::vector<double> ranks_;
    /// Ranks before the change, of the units marked in `marks_` between these words.
    std::vector<double> before_;
    std::vector<std::uint64_t> marks_;
    std::size_t first_mark_ = 0;
    std::size_t end_of_marks_ = 0;
    std::vector<Range> moved_;
};

}  // namespace thuocdo::live::detail
