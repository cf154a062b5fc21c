#pragma once
/// @file
/// Places of one draw in which every unit has a score and no two are equal, which is nearly
/// every draw.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/robust/detail/lanes.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace thuocdo::robust::detail {

/// Finds places without comparing its way through a sort.
///
/// A score becomes a whole number: its distance from the best in steps so small that only
/// scores that are all but equal share one, with the row of the unit in the lowest bits. The
/// numbers are dealt into about as many buckets as there are units, in the order of the
/// buckets. What is then left out of order lies within a bucket, so a number's place is its
/// position, less the larger ones among its few predecessors, plus the smaller ones among its
/// few successors: comparisons without a branch, several at a time.
///
/// A distance is monotone in the score also after its roundings, so places never contradict
/// scores. Scores of one distance are found by counting (see `count_places`), and then, as
/// when a score is missing or scores crowd into few buckets, the caller sorts in another way.
class BucketPlaces {
  public:
    static constexpr Index fewest = 64;
    /// Positions and counts fit in 16 bits.
    static constexpr Index most = Index{1} << 15U;

    explicit BucketPlaces(Index units) : units_(static_cast<std::size_t>(units)) {
        if (units < fewest || units > most) return;
        row_bits_ = static_cast<unsigned>(std::bit_width(units_ - 1));
        bucket_bits_ = static_cast<unsigned>(std::bit_width(units_ - 1));
        dealt_.resize(units_ + 2 * crowd + whole_lanes);
        numbers_.resize(units_ + whole_lanes);
        counts_.resize(std::size_t{1} << bucket_bits_);
        positions_.resize(units_ + whole_lanes);
    }

    /// @param keys one a unit.
    /// @param places one a unit, written when the result is true: `step` times the number of
    ///        better units.
    /// @return false when another way must be taken; `places` is untouched then.
    [[nodiscard]] THUOCDO_KERNEL bool run(const double* keys, numeric::Order order,
                                          std::uint32_t step, std::uint32_t* places) {
        THUOCDO_EXACT
        if (counts_.empty()) return false;
#if THUOCDO_WIDE_COPIES
        if (thuocdo::detail::has_wide_vectors) {
            if (!deal_wide(keys, order)) return false;
            spread(step, places);
            return true;
        }
#endif
        if (!deal(keys, order)) return false;
        spread(step, places);
        return true;
    }

    /// The unit that came first in the last run that succeeded.
    [[nodiscard]] std::uint32_t best() const noexcept { return best_; }

  private:
    /// Numbers in a bucket at most, about.
    static constexpr std::size_t crowd = 32;
    static constexpr std::size_t whole_lanes = 16;
    /// Distances keep this many bits, less where rows need more of the 62.
    static constexpr unsigned most_distance_bits = 51;
    static constexpr unsigned number_bits = 62;
    /// Added to a number below 2^52 it puts its whole part into the lowest bits.
    static constexpr double to_whole = 0x1p52;
    static constexpr std::uint64_t whole_mask = (std::uint64_t{1} << 52U) - 1;

    /// The numbers in the order of their buckets, and their positions put right.
    THUOCDO_BODY THUOCDO_KERNEL bool deal_body(const double* keys, numeric::Order order) {
        THUOCDO_EXACT
        double least = 0.0;
        double greatest = 0.0;
        if (!find_range(keys, least, greatest)) return false;
        const unsigned bits = std::min(most_distance_bits, number_bits - row_bits_);
        const double scale = (std::ldexp(1.0, static_cast<int>(bits)) - 2.0) / (greatest - least);
        if (!std::isfinite(scale)) return false;
        if (order == numeric::Order::descending)
            number(keys, greatest, -scale);
        else
            number(keys, least, scale);
        const unsigned shift = bits + row_bits_ - bucket_bits_;
        std::fill(counts_.begin(), counts_.end(), std::uint16_t{0});
        std::uint16_t* const counts = counts_.data();
        const std::int64_t* const numbers = numbers_.data();
        for (std::size_t i = 0; i < units_; ++i)
            ++counts[static_cast<std::uint64_t>(numbers[i]) >> shift];
        const std::size_t largest = start_buckets();
        if (largest > crowd) return false;
        std::int64_t* const dealt = dealt_.data() + crowd;
        for (std::size_t i = 0; i < units_; ++i)
            dealt[counts[static_cast<std::uint64_t>(numbers[i]) >> shift]++] = numbers[i];
        std::fill_n(dealt_.data(), crowd, std::int64_t{0});
        std::fill_n(dealt + units_, crowd + whole_lanes, std::numeric_limits<std::int64_t>::max());
        return count_places(dealt, largest);
    }

    /// False when a key is missing or infinite, or all are equal.
    THUOCDO_BODY bool find_range(const double* keys, double& least, double& greatest) const {
        Lanes low;
        std::memcpy(&low, keys, sizeof low);
        Lanes high = low;
        LongLanes missing = low != low;
        std::size_t i = lane_count;
        for (; i + lane_count <= units_; i += lane_count) {
            Lanes key;
            std::memcpy(&key, keys + i, sizeof key);
            low = key < low ? key : low;
            high = key > high ? key : high;
            missing |= key != key;
        }
        least = low[0];
        greatest = high[0];
        bool complete = true;
        for (std::size_t k = 0; k < lane_count; ++k) {
            least = low[k] < least ? low[k] : least;
            greatest = high[k] > greatest ? high[k] : greatest;
            complete = complete && missing[k] == 0;
        }
        for (; i < units_; ++i) {
            least = keys[i] < least ? keys[i] : least;
            greatest = keys[i] > greatest ? keys[i] : greatest;
            complete = complete && keys[i] == keys[i];
        }
        return complete && greatest > least && std::isfinite(greatest - least);
    }

    /// 1 + the distance of each key from `origin` in steps, with its row below.
    THUOCDO_BODY THUOCDO_KERNEL void number(const double* keys, double origin, double scale) {
        THUOCDO_EXACT
        Lanes start;
        Lanes each;
        Lanes whole;
        fill_lanes(start, origin);
        fill_lanes(each, scale);
        fill_lanes(whole, to_whole + 1.0);
        LongLanes row = {0, 1, 2, 3};
        std::size_t i = 0;
        for (; i + lane_count <= units_; i += lane_count) {
            Lanes key;
            load_lanes(key, keys + i);
            number_at(key, start, each, whole, row, i);
        }
        if (i == units_) return;
        Lanes key = start;
        for (std::size_t k = 0; i + k < units_; ++k) key[k] = keys[i + k];
        number_at(key, start, each, whole, row, i);
    }

    THUOCDO_BODY THUOCDO_KERNEL void number_at(const Lanes& key, const Lanes& start,
                                               const Lanes& each, const Lanes& whole,
                                               LongLanes& row, std::size_t i) {
        THUOCDO_EXACT
        const Lanes distance = (key - start) * each + whole;
        LongLanes out;
        std::memcpy(&out, &distance, sizeof out);
        out = ((out & static_cast<std::int64_t>(whole_mask)) << row_bits_) | row;
        std::memcpy(numbers_.data() + i, &out, sizeof out);
        row += static_cast<std::int64_t>(lane_count);
    }

    /// Turns counts into positions at which buckets start.
    /// @return the count of the fullest.
    THUOCDO_BODY std::size_t start_buckets() {
        using Counts = ShortLanes;
        const Counts none = {};
        Counts fullest = {};
        std::uint16_t before = 0;
        for (std::size_t k = 0; k < counts_.size(); k += short_lane_count) {
            Counts here;
            std::memcpy(&here, counts_.data() + k, sizeof here);
            fullest = here > fullest ? here : fullest;
            Counts sum = here;
            sum += __builtin_shufflevector(none, sum, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
                                           27, 28, 29, 30);
            sum += __builtin_shufflevector(none, sum, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                                           26, 27, 28, 29);
            sum += __builtin_shufflevector(none, sum, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23,
                                           24, 25, 26, 27);
            sum += __builtin_shufflevector(none, sum, 0, 0, 0, 0, 0, 0, 0, 0, 16, 17, 18, 19, 20,
                                           21, 22, 23);
            const Counts starts = sum - here + before;
            std::memcpy(counts_.data() + k, &starts, sizeof starts);
            before = static_cast<std::uint16_t>(before + sum[short_lane_count - 1]);
        }
        std::size_t largest = 0;
        for (std::size_t k = 0; k < short_lane_count; ++k)
            largest = std::max<std::size_t>(largest, fullest[k]);
        return largest;
    }

    /// The places of the numbers as they lie in `dealt`.
    ///
    /// Numbers of one distance lie in the order of their rows. The later one counts as smaller
    /// than the earlier, as if it were out of order, but not the other way round: so the
    /// places add up to more than they do without such pairs, and that is how they are found.
    /// @return false when some numbers have one distance.
    THUOCDO_BODY bool count_places(const std::int64_t* dealt, std::size_t largest) {
        const std::int64_t row_mask = (std::int64_t{1} << row_bits_) - 1;
        LongLanes position = {0, 1, 2, 3};
        LongLanes sum = {};
        for (std::size_t i = 0; i < units_; i += lane_count) {
            LongLanes here;
            std::memcpy(&here, dealt + i, sizeof here);
            const LongLanes next_distance = (here | row_mask) + 1;
            LongLanes place = position;
            for (std::size_t k = 1; k < largest; ++k) {
                LongLanes before;
                LongLanes after;
                std::memcpy(&before, dealt + i - k, sizeof before);
                std::memcpy(&after, dealt + i + k, sizeof after);
                // Comparisons give -1 for true.
                place += before > here;
                place -= after < next_distance;
            }
            for (std::size_t k = units_ - std::min(units_, i); k < lane_count; ++k) place[k] = 0;
            sum += place;
            const auto narrow = __builtin_convertvector(place, WholeHalf);
            std::memcpy(positions_.data() + i, &narrow, sizeof narrow);
            position += static_cast<std::int64_t>(lane_count);
        }
        std::int64_t total = 0;
        for (std::size_t k = 0; k < lane_count; ++k) total += sum[k];
        const auto count = static_cast<std::int64_t>(units_);
        return total == count * (count - 1) / 2;
    }

    /// From the order of the buckets to the order of the units.
    void spread(std::uint32_t step, std::uint32_t* places) {
        const auto row_mask = (std::uint64_t{1} << row_bits_) - 1;
        const std::int64_t* const dealt = dealt_.data() + crowd;
        const std::int32_t* const positions = positions_.data();
        for (std::size_t i = 0; i < units_; ++i)
            places[static_cast<std::uint64_t>(dealt[i]) & row_mask] =
                static_cast<std::uint32_t>(positions[i]) * step;
        for (std::size_t i = 0; i < crowd; ++i)
            if (positions[i] == 0)
                best_ = static_cast<std::uint32_t>(static_cast<std::uint64_t>(dealt[i]) & row_mask);
    }

    THUOCDO_KERNEL bool deal(const double* keys, numeric::Order order) {
        THUOCDO_EXACT
        return deal_body(keys, order);
    }
#if THUOCDO_WIDE_COPIES
    THUOCDO_WIDE THUOCDO_KERNEL bool deal_wide(const double* keys, numeric::Order order) {
        THUOCDO_EXACT
        return deal_body(keys, order);
    }
#endif

    std::size_t units_;
    unsigned row_bits_ = 0;
    unsigned bucket_bits_ = 0;
    std::uint32_t best_ = 0;
    std::vector<std::int64_t> numbers_{};
    std::vector<std::int64_t> dealt_{};
    std::vector<std::uint16_t> counts_{};
    std::vector<std::int32_t> positions_{};
};

}  // namespace thuocdo::robust::detail
