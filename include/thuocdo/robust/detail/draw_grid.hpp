#pragma once
/// @file
/// What the counts of a run are laid out for: units, places, pairs and the grid of scores.

#include <thuocdo/config.hpp>
#include <thuocdo/robust/detail/draw_ranker.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace thuocdo::robust::detail {

/// Cells that rank counts and score counts take at most together, so that a run at national
/// scale stays far below 150 MB.
inline constexpr std::size_t most_count_cells = std::size_t{1} << 24U;
inline constexpr std::size_t most_score_cells = std::size_t{1} << 22U;
inline constexpr Index least_score_bins = 64;
inline constexpr Index most_score_bins = 8192;
/// Draws that decide how wide the grid of scores is.
inline constexpr std::uint64_t pilot_draws = 64;
/// The grid reaches this many widths of the pilot's scores beyond them on either side.
inline constexpr double grid_margin = 0.75;

/// The shape of the counts; partial counts can be added when theirs is the same.
struct CountLayout {
    /// Of the model, the data, the factors, the seed and the options.
    std::string digest;
    Index units = 0;
    /// Places for a rank: 2 where ranks come in halves, under the fractional rule of ties.
    Index places_a_rank = 1;
    /// Places that share a count; 1 unless there are very many units.
    Index places_together = 1;
    Index place_columns = 0;
    Index score_bins = 0;
    Index bands = 0;
    Index leaves = 0;
    /// Pairs are counted up to this many positions apart in the nominal order.
    Index pair_distance = 0;
    /// Units in nominal order, best first.
    std::vector<Index> order;
    /// Lower end and width of the grid of scores, by unit.
    std::vector<double> lower;
    std::vector<double> width;

    friend bool operator==(const CountLayout&, const CountLayout&) = default;
};

/// Numbers of draws, consecutive.
struct DrawRange {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    friend bool operator==(const DrawRange&, const DrawRange&) = default;
};

/// Draws that lie side by side: their places fill a line of the cache.
inline constexpr std::size_t chunk_draws = 16;

/// Where the result of a draw stands: by chunk of draws, unit and draw. What is written in a
/// chunk of draws lies together, and so does what is read of a unit.
struct ChunkedDraws {
    std::size_t units = 0;

    [[nodiscard]] std::size_t at(std::size_t unit, std::size_t draw) const noexcept {
        return (draw / chunk_draws * units + unit) * chunk_draws + draw % chunk_draws;
    }
    /// Room for so many draws.
    [[nodiscard]] std::size_t room(std::size_t draws) const noexcept {
        return (draws + chunk_draws - 1) / chunk_draws * chunk_draws * units;
    }
};

/// What stands for `no_place` in a narrower table.
template <class Number>
inline constexpr Number none = std::numeric_limits<Number>::max();
static_assert(none<std::uint32_t> == no_place);

/// Whether every place of so many units fits in 16 bits.
[[nodiscard]] constexpr bool has_short_places(std::size_t units, Index places_a_rank) noexcept {
    return units * static_cast<std::size_t>(places_a_rank) <= none<std::uint16_t>;
}

/// The results of some draws.
struct DrawBlock {
    std::size_t draws = 0;
    Index units = 0;
    /// Places, in 16 bits where all fit and in 32 otherwise, and cells of the totals in the
    /// grid where the run has one, as `ChunkedDraws`.
    const std::uint16_t* short_places = nullptr;
    const std::uint32_t* places = nullptr;
    const std::uint16_t* cells = nullptr;
    /// By draw and unit: totals before rounding, and bands, where the run keeps them.
    const double* scores = nullptr;
    const std::int16_t* bands = nullptr;
    /// By draw.
    const std::uint8_t* failed = nullptr;
    /// Whether every unit has a score.
    const std::uint8_t* complete = nullptr;

    [[nodiscard]] ChunkedDraws chunks() const noexcept { return {static_cast<std::size_t>(units)}; }
    /// The place of a unit in a draw.
    [[nodiscard]] std::uint32_t place(std::size_t unit, std::size_t draw) const noexcept {
        const std::size_t at = chunks().at(unit, draw);
        if (!short_places) return places[at];
        return short_places[at] == none<std::uint16_t> ? no_place : short_places[at];
    }
};

}  // namespace thuocdo::robust::detail
