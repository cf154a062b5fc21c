#pragma once
/// @file
/// Ranks of one draw, for many draws of one length.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/robust/detail/bucket_places.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace thuocdo::robust::detail {

/// The place of a unit without a score.
inline constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();

/// The place of a rank, and the rank of a place, where so many places make a rank.
[[nodiscard]] inline std::uint32_t place_of(double rank, Index places_a_rank) noexcept {
    if (std::isnan(rank)) return no_place;
    return static_cast<std::uint32_t>((rank - 1.0) * static_cast<double>(places_a_rank));
}
[[nodiscard]] inline double rank_of(std::uint32_t place, Index places_a_rank) noexcept {
    if (place == no_place) return std::numeric_limits<double>::quiet_NaN();
    return 1.0 + static_cast<double>(place) / static_cast<double>(places_a_rank);
}

/// Ranks columns of one length again and again without allocating.
///
/// A place is what a draw is counted by: rank - 1; under the fractional rule, where ranks
/// come in halves, 2 rank - 2.
///
/// Nearly every draw goes through BucketPlaces. Otherwise scores are spread over 2^22 cells between
/// the smallest and the largest, sorted by cell in two passes of 11 bits, and put right inside a
/// cell by comparison, so that the order is exact. Where scores crowd in few cells (an outlier far
/// away) the general sort takes over.
class DrawRanker {
  public:
    DrawRanker(Index units, rank::TieRule ties, numeric::Order order)
        : ties_(ties), order_(order), quick_(units) {
        const auto size = static_cast<std::size_t>(units);
        current_.resize(size);
        other_.resize(size);
        rows_.resize(size);
    }

    /// @param keys one a unit; NaN is without a score.
    /// @param places one a unit, written here.
    /// @return how many units have a score.
    Index run(const double* keys, std::uint32_t* places) {
        const std::uint32_t step = ties_ == rank::TieRule::fractional ? 2 : 1;
        leaders_ = 1;
        if (quick_.run(keys, order_, step, places)) {
            rows_.front() = quick_.best();
            return static_cast<Index>(rows_.size());
        }
        const std::size_t scored = sort(keys);
        for (std::size_t i = scored; i < rows_.size(); ++i) places[rows_[i]] = no_place;
        std::uint32_t different = 0;
        for (std::size_t first = 0; first < scored;) {
            std::size_t end = first + 1;
            const double key = keys[rows_[first]];
            while (end < scored && keys[rows_[end]] == key) ++end;
            std::uint32_t place = static_cast<std::uint32_t>(first);
            if (ties_ == rank::TieRule::dense) place = different;
            if (ties_ == rank::TieRule::fractional)
                place = static_cast<std::uint32_t>(first + end - 1);
            for (std::size_t i = first; i < end; ++i) places[rows_[i]] = place;
            if (first == 0) leaders_ = end;
            ++different;
            first = end;
        }
        if (scored == 0) leaders_ = 0;
        return static_cast<Index>(scored);
    }

    /// The units that came first in the last run.
    [[nodiscard]] std::span<const std::uint32_t> leaders() const noexcept {
        return std::span(rows_).first(leaders_);
    }

  private:
    struct Cell {
        std::uint32_t cell;
        std::uint32_t row;
    };

    static constexpr std::size_t small = 64;
    static constexpr unsigned digit_bits = 11;
    static constexpr std::size_t digits = std::size_t{1} << digit_bits;
    static constexpr double cells = 0x1p22;
    /// Steps of the last pass a row, above which the general sort is quicker.
    static constexpr std::size_t steps_a_row = 16;

    /// Fills `rows_`, best first, rows without a score last. Returns how many have one.
    std::size_t sort(const double* keys) {
        const std::size_t size = rows_.size();
        double least = std::numeric_limits<double>::infinity();
        double most = -least;
        for (std::size_t i = 0; i < size; ++i) {
            least = keys[i] < least ? keys[i] : least;
            most = keys[i] > most ? keys[i] : most;
        }
        const double width = most - least;
        if (size < small || !(width > 0.0) || !std::isfinite(width) ||
            !std::isfinite(cells / width))
            return sort_generally(keys);
        const bool descending = order_ == numeric::Order::descending;
        // Monotone in the key also after rounding, so that cells never contradict keys.
        const double per_cell = (cells - 1.0) / width;
        auto& low = low_counts_;
        auto& high = high_counts_;
        low.fill(0);
        high.fill(0);
        std::size_t scored = 0;
        for (std::size_t i = 0; i < size; ++i) {
            if (keys[i] != keys[i]) continue;
            const double distance = descending ? most - keys[i] : keys[i] - least;
            const auto cell = static_cast<std::uint32_t>(distance * per_cell);
            current_[scored++] = {cell, static_cast<std::uint32_t>(i)};
            ++low[cell % digits];
            ++high[cell / digits];
        }
        scatter(current_, other_, scored, low, 0);
        scatter(other_, current_, scored, high, digit_bits);
        if (!put_right(keys, scored, descending)) return sort_generally(keys);
        std::size_t last = scored;
        if (scored < size)
            for (std::size_t i = 0; i < size; ++i)
                if (keys[i] != keys[i]) rows_[last++] = static_cast<std::uint32_t>(i);
        return scored;
    }

    static void scatter(const std::vector<Cell>& from, std::vector<Cell>& to, std::size_t count,
                        std::array<std::uint32_t, digits>& counts, unsigned shift) {
        std::uint32_t start = 0;
        for (std::uint32_t& each : counts) {
            const std::uint32_t here = each;
            each = start;
            start += here;
        }
        for (std::size_t i = 0; i < count; ++i)
            to[counts[(from[i].cell >> shift) % digits]++] = from[i];
    }

    /// Orders rows of one cell by their keys. False when that takes too long.
    bool put_right(const double* keys, std::size_t count, bool descending) {
        std::size_t steps = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Cell each = current_[i];
            std::size_t at = i;
            while (at > 0 && current_[at - 1].cell == each.cell) {
                const double before = keys[rows_[at - 1]];
                const double key = keys[each.row];
                if (descending ? before >= key : before <= key) break;
                rows_[at] = rows_[at - 1];
                --at;
                ++steps;
            }
            rows_[at] = each.row;
            if (steps > steps_a_row * count) return false;
        }
        return true;
    }

    std::size_t sort_generally(const double* keys) {
        const std::size_t size = rows_.size();
        if (size >= small) {
            const std::vector<std::uint32_t> sorted =
                numeric::argsort(std::span<const double>(keys, size), order_);
            std::copy(sorted.begin(), sorted.end(), rows_.begin());
        } else {
            for (std::size_t i = 0; i < size; ++i) {
                const std::uint64_t key = numeric::order_key(keys[i], order_);
                std::size_t at = i;
                while (at > 0 && small_keys_[at - 1] > key) {
                    small_keys_[at] = small_keys_[at - 1];
                    rows_[at] = rows_[at - 1];
                    --at;
                }
                small_keys_[at] = key;
                rows_[at] = static_cast<std::uint32_t>(i);
            }
        }
        std::size_t scored = size;
        while (scored > 0 && keys[rows_[scored - 1]] != keys[rows_[scored - 1]]) --scored;
        return scored;
    }

    rank::TieRule ties_;
    numeric::Order order_;
    BucketPlaces quick_;
    std::size_t leaders_ = 0;
    std::vector<Cell> current_;
    std::vector<Cell> other_;
    std::vector<std::uint32_t> rows_;
    std::array<std::uint32_t, digits> low_counts_{};
    std::array<std::uint32_t, digits> high_counts_{};
    std::array<std::uint64_t, small> small_keys_{};
};

}  // namespace thuocdo::robust::detail
