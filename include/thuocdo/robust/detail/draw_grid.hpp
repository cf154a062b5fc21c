#pragma once
/// @file
/// What the counts of a run are laid out for: units, places, pairs and the grid of scores.

#include <thuocdo/config.hpp>
#include <thuocdo/robust/detail/draw_ranker.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

/// The results of some draws, draw by draw.
struct DrawBlock {
    std::size_t draws = 0;
    Index units = 0;
    /// Totals before rounding, where the run keeps them.
    const double* scores = nullptr;
    /// Cells of the totals in the grid, where the run has one.
    const std::uint16_t* cells = nullptr;
    const std::uint32_t* places = nullptr;
    const std::int8_t* bands = nullptr;
    const double* weights = nullptr;
    const std::uint8_t* failed = nullptr;
    /// Whether every unit has a score.
    const std::uint8_t* complete = nullptr;
};

}  // namespace thuocdo::robust::detail
