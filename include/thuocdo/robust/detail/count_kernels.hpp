#pragma once
/// @file
/// The inner loops of counting draws.

#include <thuocdo/config.hpp>
#include <thuocdo/robust/detail/draw_grid.hpp>
#include <thuocdo/robust/detail/lanes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <span>
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

/// Counts the numbers of one unit in whole chunks of draws in all of which it has one.
template <class Number>
void count_chunks(const Number* drawn, std::size_t units, std::size_t chunks,
                  std::uint32_t* counts) noexcept {
    // The numbers of the next units lie beside those of this one, and are asked for.
    constexpr std::size_t units_ahead = 4;
    for (std::size_t c = 0; c < chunks; ++c) {
        const Number* const here = drawn + c * units * chunk_draws;
        __builtin_prefetch(here + units_ahead * chunk_draws);
        for (std::size_t d = 0; d < chunk_draws; ++d) ++counts[here[d]];
    }
}

/// The sum of the places of one unit in whole chunks of draws.
template <class Number>
[[nodiscard]] std::uint64_t sum_of_chunks(const Number* drawn, std::size_t units,
                                          std::size_t chunks) noexcept {
    std::uint64_t sum = 0;
    for (std::size_t c = 0; c < chunks; ++c) {
        const Number* const here = drawn + c * units * chunk_draws;
        // Of 16 places of fewer than 2^28 units.
        std::uint32_t some = 0;
        for (std::size_t d = 0; d < chunk_draws; ++d) some += here[d];
        sum += some;
    }
    return sum;
}

/// Where scores lie in the grids of their units: one entry a unit, and more up to whole lanes.
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
        for (std::vector<double>* each : {&lower, &middle, &bins_per, &steps_per})
            each->resize(whole_lanes_of(lower.size()));
    }
};

/// Sums over the scores of draws, one entry a unit and more up to whole lanes; one object a
/// thread.
struct ScoreSums {
    /// Draws after which the squares could leave 64 bits before long.
    static constexpr std::uint32_t most_unfolded = 4096;

    std::vector<std::int64_t> steps;
    std::vector<std::uint64_t> squares;
    std::vector<std::uint64_t> square_low;
    std::vector<std::uint64_t> square_high;
    std::vector<std::uint32_t> beyond;
    std::vector<double> least;
    std::vector<double> most;
    std::uint32_t unfolded = 0;

    /// @param units whole lanes.
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

/// Draws whose scores are added together: squares of so many stay exact in a double.
inline constexpr std::size_t added_draws = 8;

/// Where the scores of some draws lie, and where their cells go; whole lanes each.
struct ScoreColumns {
    std::span<const double* const> scores;
    std::span<std::uint16_t* const> cells;
};

/// The draws `first` .. `end - 1` of the units `at` .. `at + lane_count - 1`.
THUOCDO_BODY THUOCDO_KERNEL inline void add_scores_at(const ScoreColumns& columns,
                                                      std::size_t first, std::size_t end,
                                                      std::size_t at, const ScoreGrid& grid,
                                                      ScoreSums& sums) noexcept {
    THUOCDO_EXACT
    constexpr double half = 0.5;
    const Lanes zero = {};
    Lanes last_bin;
    Lanes farthest;
    Lanes to_positive;
    fill_lanes(last_bin, grid.last_bin);
    fill_lanes(farthest, most_steps);
    fill_lanes(to_positive, most_steps + half);
    Lanes lower;
    Lanes middle;
    Lanes bins_per;
    Lanes steps_per;
    Lanes least;
    Lanes most;
    load_lanes(lower, grid.lower.data() + at);
    load_lanes(middle, grid.middle.data() + at);
    load_lanes(bins_per, grid.bins_per.data() + at);
    load_lanes(steps_per, grid.steps_per.data() + at);
    load_lanes(least, sums.least.data() + at);
    load_lanes(most, sums.most.data() + at);
    Lanes steps = zero;
    Lanes squares = zero;
    LongLanes beyond = {};
    for (std::size_t d = first; d < end; ++d) {
        Lanes score;
        load_lanes(score, columns.scores[d] + at);
        // Comparisons with a missing score are false: it lies in the middle and moves nothing.
        const LongLanes observed = score == score;
        const Lanes value = observed ? score : middle;
        Lanes bin = (value - lower) * bins_per;
        bin = bin > zero ? bin : zero;
        bin = bin < last_bin ? bin : last_bin;
        const WholeHalf cell =
            __builtin_convertvector(bin, WholeHalf) | ~__builtin_convertvector(observed, WholeHalf);
        store_shorts(columns.cells[d] + at, cell);
        Lanes exact = (value - middle) * steps_per;
        exact = exact > -farthest ? exact : -farthest;
        exact = exact < farthest ? exact : farthest;
        // To the nearest step: truncated above zero.
        const Lanes step = __builtin_convertvector(
                               __builtin_convertvector(exact + to_positive, WholeHalf), Lanes) -
                           farthest;
        steps += step;
        squares += step * step;
        beyond += (step == farthest) | (step == -farthest);
        least = score < least ? score : least;
        most = score > most ? score : most;
    }
    std::memcpy(sums.least.data() + at, &least, sizeof least);
    std::memcpy(sums.most.data() + at, &most, sizeof most);
    for (std::size_t k = 0; k < lane_count; ++k) {
        sums.steps[at + k] += static_cast<std::int64_t>(steps[k]);
        sums.squares[at + k] += static_cast<std::uint64_t>(static_cast<std::int64_t>(squares[k]));
        sums.beyond[at + k] -= static_cast<std::uint32_t>(beyond[k]);
    }
}

THUOCDO_BODY THUOCDO_KERNEL inline void add_scores_body(const ScoreColumns& columns,
                                                        const ScoreGrid& grid,
                                                        ScoreSums& sums) noexcept {
    THUOCDO_EXACT
    const std::size_t draws = columns.scores.size();
    for (std::size_t at = 0; at < grid.lower.size(); at += lane_count)
        for (std::size_t first = 0; first < draws; first += added_draws)
            add_scores_at(columns, first, std::min(first + added_draws, draws), at, grid, sums);
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE THUOCDO_KERNEL inline void add_scores_wide(const ScoreColumns& columns,
                                                        const ScoreGrid& grid,
                                                        ScoreSums& sums) noexcept {
    THUOCDO_EXACT
    add_scores_body(columns, grid, sums);
}
#endif

/// Adds the scores of some draws to the sums and finds their cells.
THUOCDO_KERNEL inline void add_scores(const ScoreColumns& columns, const ScoreGrid& grid,
                                      ScoreSums& sums) noexcept {
    THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors)
        add_scores_wide(columns, grid, sums);
    else
#endif
        add_scores_body(columns, grid, sums);
    sums.unfolded += static_cast<std::uint32_t>(columns.scores.size());
    if (sums.unfolded >= ScoreSums::most_unfolded) sums.fold();
}

/// Weights are added in steps of this.
inline constexpr double weight_step = 0x1p-40;

/// How often units came first, and the sums of the weights then; one object a thread.
struct FirstSums {
    std::vector<std::uint32_t> counts;
    std::map<std::uint32_t, std::vector<std::int64_t>> weights{};

    explicit FirstSums(std::size_t units) : counts(units) {}

    void add(std::uint32_t unit, const double* values, std::size_t leaves) {
        ++counts[unit];
        std::vector<std::int64_t>& sums = weights[unit];
        sums.resize(leaves);
        for (std::size_t j = 0; j < leaves; ++j)
            sums[j] += static_cast<std::int64_t>(values[j] / weight_step);
    }
};

/// Counts of one pair of units over some draws.
struct PairCounts {
    std::uint32_t ahead = 0;
    std::uint32_t behind = 0;
    std::uint32_t level = 0;
};

THUOCDO_BODY inline PairCounts compare_body(const std::uint32_t* here, const std::uint32_t* there,
                                            std::size_t draws) noexcept {
    constexpr auto none = static_cast<std::int32_t>(no_place);
    WholeLanes ahead = {};
    WholeLanes behind = {};
    WholeLanes level = {};
    std::size_t d = 0;
    for (; d + whole_lane_count <= draws; d += whole_lane_count) {
        WholeLanes a;
        WholeLanes b;
        std::memcpy(&a, here + d, sizeof a);
        std::memcpy(&b, there + d, sizeof b);
        // Comparisons give -1 for true. A place that is none is less than every other.
        const WholeLanes both = (a != none) & (b != none);
        ahead -= (a < b) & both;
        behind -= (a > b) & both;
        level -= (a == b) & both;
    }
    PairCounts out;
    for (std::size_t k = 0; k < whole_lane_count; ++k) {
        out.ahead += static_cast<std::uint32_t>(ahead[k]);
        out.behind += static_cast<std::uint32_t>(behind[k]);
        out.level += static_cast<std::uint32_t>(level[k]);
    }
    for (; d < draws; ++d) {
        if (here[d] == no_place || there[d] == no_place) continue;
        out.ahead += here[d] < there[d] ? 1U : 0U;
        out.behind += here[d] > there[d] ? 1U : 0U;
        out.level += here[d] == there[d] ? 1U : 0U;
    }
    return out;
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE inline PairCounts compare_wide(const std::uint32_t* here, const std::uint32_t* there,
                                            std::size_t draws) noexcept {
    return compare_body(here, there, draws);
}
#endif

/// How often one unit was ahead of, behind and level with another; draws in which one of
/// them has no place are left out.
[[nodiscard]] inline PairCounts compare(const std::uint32_t* here, const std::uint32_t* there,
                                        std::size_t draws) noexcept {
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors) return compare_wide(here, there, draws);
#endif
    return compare_body(here, there, draws);
}

}  // namespace thuocdo::robust::detail
