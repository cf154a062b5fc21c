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
#include <vector>

namespace thuocdo::robust::detail {

/// Scores are added in steps of this part of the width of the unit's grid.
inline constexpr double steps_a_width = 0x1p24;
/// Steps from the middle at which a score is held, for the mean and the deviation only.
inline constexpr double most_steps = 0x1p25;
/// The cell of a score that is missing.
inline constexpr std::uint16_t no_bin = 0xFFFF;

/// Asks for a row of counters that will be written soon.
inline void prefetch(const std::uint32_t* row, std::size_t count) noexcept {
    constexpr std::size_t a_line = 16;
#if defined(__GNUC__)
    for (std::size_t k = 0; k < count; k += a_line) __builtin_prefetch(row + k, 1);
#else
    static_cast<void>(row);
    static_cast<void>(count);
#endif
}

/// Where scores lie in the grids of their units, one entry a unit.
struct ScoreGrid {
    std::vector<double> lower;
    std::vector<double> middle;
    std::vector<double> bins_per;
    std::vector<double> steps_per;
    double last_bin = 0.0;

    ScoreGrid() = default;
    THUOCDO_KERNEL explicit ScoreGrid(const CountLayout& layout) : lower(layout.lower) {
        THUOCDO_EXACT
        last_bin = static_cast<double>(layout.score_bins - 1);
        for (std::size_t k = 0; k < lower.size(); ++k) {
            middle.push_back(layout.lower[k] + 0.5 * layout.width[k]);
            bins_per.push_back(static_cast<double>(layout.score_bins) / layout.width[k]);
            steps_per.push_back(steps_a_width / layout.width[k]);
        }
    }
};

/// Sums over the scores of draws, one entry a unit; one object a thread.
struct ScoreSums {
    /// Draws after which the squares could leave 64 bits.
    static constexpr std::uint32_t most_unfolded = 4096;

    std::vector<std::int64_t> steps;
    std::vector<std::uint64_t> squares;
    std::vector<std::uint64_t> square_low;
    std::vector<std::uint64_t> square_high;
    std::vector<std::uint32_t> beyond;
    std::vector<double> least;
    std::vector<double> most;
    std::uint32_t unfolded = 0;

    explicit ScoreSums(std::size_t units)
        : steps(units),
          squares(units),
          square_low(units),
          square_high(units),
          beyond(units),
          least(units, std::numeric_limits<double>::infinity()),
          most(units, -std::numeric_limits<double>::infinity()) {}

    /// Adds the halves of the squares up, so that the sums stay exact.
    void fold() noexcept {
        constexpr std::uint64_t half = 0xFFFFFFFFU;
        for (std::size_t k = 0; k < squares.size(); ++k) {
            square_low[k] += squares[k] & half;
            square_high[k] += squares[k] >> 32U;
            squares[k] = 0;
        }
        unfolded = 0;
    }
};

THUOCDO_BODY THUOCDO_KERNEL inline void add_scores_body(const double* scores, std::size_t first,
                                                        std::size_t count, const ScoreGrid& grid,
                                                        ScoreSums& sums, std::int32_t* bins,
                                                        std::int32_t* steps) noexcept {
    THUOCDO_EXACT
    constexpr double half = 0.5;
    const double* const score = scores + first;
    const double* const lower = grid.lower.data() + first;
    const double* const middle = grid.middle.data() + first;
    const double* const bins_per = grid.bins_per.data() + first;
    const double* const steps_per = grid.steps_per.data() + first;
    double* const least = sums.least.data() + first;
    double* const most = sums.most.data() + first;
    const double last_bin = grid.last_bin;
    for (std::size_t i = 0; i < count; ++i) {
        // Comparisons with a missing score are false: it lies in the middle and moves nothing.
        const double value = score[i] == score[i] ? score[i] : middle[i];
        double at = (value - lower[i]) * bins_per[i];
        at = at > 0.0 ? at : 0.0;
        at = at < last_bin ? at : last_bin;
        bins[i] = static_cast<std::int32_t>(at);
        double exact = (value - middle[i]) * steps_per[i];
        exact = exact > -most_steps ? exact : -most_steps;
        exact = exact < most_steps ? exact : most_steps;
        // To the nearest step: truncated above zero.
        steps[i] = static_cast<std::int32_t>(exact + (most_steps + half));
    }
    for (std::size_t i = 0; i < count; ++i) {
        least[i] = score[i] < least[i] ? score[i] : least[i];
        most[i] = score[i] > most[i] ? score[i] : most[i];
    }
    std::int64_t* const total = sums.steps.data() + first;
    std::uint64_t* const squares = sums.squares.data() + first;
    std::uint32_t* const beyond = sums.beyond.data() + first;
    constexpr auto farthest = static_cast<std::int32_t>(most_steps);
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t step = steps[i] - farthest;
        total[i] += step;
        beyond[i] += (step == farthest || step == -farthest) ? 1U : 0U;
        squares[i] += static_cast<std::uint64_t>(std::int64_t{step} * std::int64_t{step});
    }
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE THUOCDO_KERNEL inline void add_scores_wide(const double* scores, std::size_t first,
                                                        std::size_t count, const ScoreGrid& grid,
                                                        ScoreSums& sums, std::int32_t* bins,
                                                        std::int32_t* steps) noexcept {
    THUOCDO_EXACT
    add_scores_body(scores, first, count, grid, sums, bins, steps);
}
#endif

/// Adds the scores of one draw to the sums and finds their cells.
THUOCDO_KERNEL inline void add_scores(const double* scores, const ScoreGrid& grid, ScoreSums& sums,
                                      std::uint16_t* cells) noexcept {
    THUOCDO_EXACT
    constexpr std::size_t together = 512;
    std::int32_t bins[together];
    std::int32_t steps[together];
    const std::size_t units = grid.lower.size();
    for (std::size_t first = 0; first < units; first += together) {
        const std::size_t count = std::min(together, units - first);
#if THUOCDO_WIDE_COPIES
        if (thuocdo::detail::has_wide_vectors)
            add_scores_wide(scores, first, count, grid, sums, bins, steps);
        else
#endif
            add_scores_body(scores, first, count, grid, sums, bins, steps);
        for (std::size_t i = 0; i < count; ++i)
            cells[first + i] = scores[first + i] == scores[first + i]
                                   ? static_cast<std::uint16_t>(bins[i])
                                   : no_bin;
    }
    if (++sums.unfolded == ScoreSums::most_unfolded) sums.fold();
}

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
