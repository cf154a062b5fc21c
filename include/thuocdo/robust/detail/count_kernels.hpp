#pragma once
/// @file
/// The inner loops of counting draws.

#include <thuocdo/config.hpp>
#include <thuocdo/robust/detail/draw_grid.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace thuocdo::robust::detail {

/// Units that are counted together: their scores share cache lines.
inline constexpr Index counted_units = 8;

/// Scores are added in steps of this part of the width of the unit's grid.
inline constexpr double steps_a_width = 0x1p24;
/// Steps from the middle at which a score is held, for the mean and the deviation only. The
/// squares of a block of draws then stay below 2^64.
inline constexpr double most_steps = 0x1p25;

/// Where the scores of some units lie in their grids.
template <std::size_t tile>
struct TileGrid {
    double lower[tile] = {};
    double middle[tile] = {};
    double bins_per[tile] = {};
    double steps_per[tile] = {};
    double last_bin = 0.0;

    THUOCDO_KERNEL void set(const CountLayout& layout, Index first, Index count) {
        THUOCDO_EXACT
        last_bin = static_cast<double>(layout.score_bins - 1);
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            const std::size_t k = static_cast<std::size_t>(first) + i;
            lower[i] = layout.lower[k];
            middle[i] = layout.lower[k] + 0.5 * layout.width[k];
            bins_per[i] = static_cast<double>(layout.score_bins) / layout.width[k];
            steps_per[i] = steps_a_width / layout.width[k];
        }
    }

    /// Cell and steps of each score; of one that is missing, any.
    THUOCDO_KERNEL void locate(const double* score, std::size_t count, std::int32_t* bin,
                               std::int32_t* steps) const {
        THUOCDO_EXACT
        constexpr double half = 0.5;
        double value[tile];
        for (std::size_t i = 0; i < tile; ++i) value[i] = middle[i];
        // A missing score would not convert to a whole number.
        for (std::size_t i = 0; i < count; ++i) value[i] = score[i] == score[i] ? score[i] : 0.0;
        for (std::size_t i = 0; i < tile; ++i) {
            double at = (value[i] - lower[i]) * bins_per[i];
            at = at > 0.0 ? at : 0.0;
            at = at < last_bin ? at : last_bin;
            bin[i] = static_cast<std::int32_t>(at);
            double exact = (value[i] - middle[i]) * steps_per[i];
            exact = exact > -most_steps ? exact : -most_steps;
            exact = exact < most_steps ? exact : most_steps;
            // To the nearest step: truncated above zero.
            steps[i] = static_cast<std::int32_t>(exact + (most_steps + half)) -
                       static_cast<std::int32_t>(most_steps);
        }
    }
};

/// What is added up for some units over a block of draws.
template <std::size_t tile>
struct TileSums {
    double least[tile];
    double most[tile];
    std::uint32_t scored[tile] = {};
    std::uint32_t beyond[tile] = {};
    std::uint64_t places[tile] = {};
    std::int64_t steps[tile] = {};
    std::uint64_t squares[tile] = {};

    TileSums() {
        for (std::size_t i = 0; i < tile; ++i) {
            least[i] = std::numeric_limits<double>::infinity();
            most[i] = -least[i];
        }
    }

    void add(std::size_t i, std::uint32_t place, double score, std::int32_t step) noexcept {
        constexpr auto farthest = static_cast<std::int32_t>(most_steps);
        ++scored[i];
        places[i] += place;
        least[i] = score < least[i] ? score : least[i];
        most[i] = score > most[i] ? score : most[i];
        beyond[i] += step == farthest || step == -farthest ? 1U : 0U;
        steps[i] += step;
        const auto wide = static_cast<std::int64_t>(step);
        squares[i] += static_cast<std::uint64_t>(wide * wide);
    }
};

/// Counters of pairs that are one distance apart, by position.
struct PairCounts {
    std::uint32_t* ahead;
    std::uint32_t* behind;
    std::uint32_t* level;
};

/// Draws whose pairs are compared together.
inline constexpr std::size_t paired_draws = 8;

/// Places that are compared together; the compiler splits them where registers are narrower.
using PlaceLanes = std::int32_t __attribute__((vector_size(32)));
inline constexpr Index place_lanes = sizeof(PlaceLanes) / sizeof(std::int32_t);

/// Adds to a run of counters.
THUOCDO_BODY inline void add_lanes(std::uint32_t* counters, const PlaceLanes& values) noexcept {
    PlaceLanes sum;
    std::memcpy(&sum, counters, sizeof sum);
    sum += values;
    std::memcpy(counters, &sum, sizeof sum);
}

THUOCDO_BODY inline void compare_complete_body(const std::int32_t* places, std::size_t room,
                                               Index distance, Index count,
                                               const PairCounts& counts) noexcept {
    constexpr auto all = static_cast<std::int32_t>(paired_draws);
    Index p = 0;
    for (; p + place_lanes <= count; p += place_lanes) {
        // Comparisons give -1 for true.
        PlaceLanes ahead = {};
        PlaceLanes behind = {};
        for (std::size_t k = 0; k < paired_draws; ++k) {
            PlaceLanes here;
            PlaceLanes there;
            const std::int32_t* const at = places + k * room + static_cast<std::size_t>(p);
            std::memcpy(&here, at, sizeof here);
            std::memcpy(&there, at + distance, sizeof there);
            ahead -= here < there;
            behind -= here > there;
        }
        add_lanes(counts.ahead + p, ahead);
        add_lanes(counts.behind + p, behind);
        add_lanes(counts.level + p, all - ahead - behind);
    }
    for (; p < count; ++p)
        for (std::size_t k = 0; k < paired_draws; ++k) {
            const std::int32_t* const at = places + k * room + static_cast<std::size_t>(p);
            counts.ahead[p] += at[0] < at[distance] ? 1U : 0U;
            counts.behind[p] += at[0] > at[distance] ? 1U : 0U;
            counts.level[p] += at[0] == at[distance] ? 1U : 0U;
        }
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE inline void compare_complete_wide(const std::int32_t* places, std::size_t room,
                                               Index distance, Index count,
                                               const PairCounts& counts) noexcept {
    compare_complete_body(places, room, distance, count, counts);
}
#endif

/// Compares each position with the one `distance` later in `paired_draws` draws in which
/// every unit has a score.
inline void compare_complete(const std::int32_t* places, std::size_t room, Index distance,
                             Index count, const PairCounts& counts) noexcept {
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors)
        return compare_complete_wide(places, room, distance, count, counts);
#endif
    compare_complete_body(places, room, distance, count, counts);
}

/// The same in one draw; a unit without a score is neither ahead nor behind.
inline void compare_some(const std::int32_t* places, Index distance, Index count,
                         const PairCounts& counts) noexcept {
    constexpr auto none = static_cast<std::int32_t>(no_place);
    for (Index p = 0; p < count; ++p) {
        const std::int32_t here = places[p];
        const std::int32_t there = places[p + distance];
        if (here == none || there == none) continue;
        counts.ahead[p] += here < there ? 1U : 0U;
        counts.behind[p] += here > there ? 1U : 0U;
        counts.level[p] += here == there ? 1U : 0U;
    }
}

}  // namespace thuocdo::robust::detail
