#pragma once
/// @file
/// The weighted sums of one node over its leaves for several draws of weights at once.

#include <thuocdo/aggregate/detail/children.hpp>
#include <thuocdo/config.hpp>
#include <thuocdo/model/aggregation.hpp>
#include <thuocdo/robust/detail/lanes.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace thuocdo::robust::detail {

/// Units worked on together, and draws: their sums stay in registers.
inline constexpr Index tile_rows = 8;
inline constexpr std::size_t tile_draws = 4;

/// Sums of one tile for some draws, in two halves of the rows. Aligned for the wide copies also
/// where the program is built for narrower registers.
struct alignas(lane_bytes) TileSums {
    Lanes low[tile_draws];
    Lanes high[tile_draws];
};

/// sums(d, i) = sum over children j of w(j, d) x(j, i) for one tile, in the order of the
/// children: the additions of the column sweep in aggregate/, so the same bits.
/// @param row x of child j, eight numbers.
template <class Row>
THUOCDO_BODY THUOCDO_KERNEL inline void tile_sums(const Row& row, const double* weights,
                                                  Index children, TileSums& sums) noexcept {
    THUOCDO_EXACT
    for (std::size_t d = 0; d < tile_draws; ++d) {
        sums.low[d] = Lanes{0.0, 0.0, 0.0, 0.0};
        sums.high[d] = Lanes{0.0, 0.0, 0.0, 0.0};
    }
    for (Index j = 0; j < children; ++j) {
        const double* const x = row(j);
        Lanes first;
        Lanes second;
        std::memcpy(&first, x, sizeof first);
        std::memcpy(&second, x + tile_rows / 2, sizeof second);
        for (std::size_t d = 0; d < tile_draws; ++d) {
            const double w = weights[static_cast<std::size_t>(j) * tile_draws + d];
            const Lanes factor = {w, w, w, w};
            sums.low[d] += factor * first;
            sums.high[d] += factor * second;
        }
    }
}

/// Rows of ones and zeros, one for each pattern of observed cells in a tile.
[[nodiscard]] constexpr auto make_tile_ones() noexcept {
    constexpr std::size_t patterns = std::size_t{1} << static_cast<unsigned>(tile_rows);
    constexpr auto rows = static_cast<std::size_t>(tile_rows);
    std::array<double, patterns * rows> out{};
    for (std::size_t pattern = 0; pattern < patterns; ++pattern)
        for (std::size_t row = 0; row < rows; ++row)
            out[pattern * rows + row] = (pattern >> row) % 2 == 1 ? 1.0 : 0.0;
    return out;
}
inline constexpr auto tile_ones = make_tile_ones();

/// The leaves of one node, laid out tile by tile. Missing cells are 0 there: they add
/// nothing, and their weights are left out by a second sum where a tile has any.
class PackedNode {
  public:
    /// Whether an aggregation is a weighted sum of something of each child.
    [[nodiscard]] static bool can_pack(const Aggregation& method) noexcept {
        if (const auto* each = std::get_if<aggregation::Geometric>(&method)) return !each->floor_at;
        return std::holds_alternative<aggregation::Arithmetic>(method) ||
               std::holds_alternative<aggregation::Sum>(method);
    }

    /// Nothing when a cell has no place under the aggregation: the draw then goes the way
    /// that names the cell.
    [[nodiscard]] static std::optional<PackedNode> pack(
        Index node, const Aggregation& method, const Eigen::Ref<const Eigen::MatrixXd>& children) {
        PackedNode out;
        out.node_ = node;
        out.children_ = children.cols();
        out.rows_ = children.rows();
        out.geometric_ = std::holds_alternative<aggregation::Geometric>(method);
        out.sum_ = std::holds_alternative<aggregation::Sum>(method);
        const Index tiles = (out.rows_ + tile_rows - 1) / tile_rows;
        out.cells_.assign(static_cast<std::size_t>(tiles * out.children_ * tile_rows), 0.0);
        out.observed_.assign(static_cast<std::size_t>(tiles * out.children_), 0xFF);
        out.complete_.assign(static_cast<std::size_t>(tiles), 1);
        for (Index i = 0; i < out.rows_; ++i) {
            const Index tile = i / tile_rows;
            const Index row = i % tile_rows;
            for (Index j = 0; j < out.children_; ++j) {
                const double cell = children(i, j);
                const auto at = static_cast<std::size_t>(tile * out.children_ + j);
                if (std::isnan(cell)) {
                    out.observed_[at] = static_cast<std::uint8_t>(
                        out.observed_[at] & ~(1U << static_cast<unsigned>(row)));
                    out.complete_[static_cast<std::size_t>(tile)] = 0;
                    continue;
                }
                if (!std::isfinite(cell) || (out.geometric_ && !(cell > 0.0))) return std::nullopt;
                out.cells_[at * static_cast<std::size_t>(tile_rows) +
                           static_cast<std::size_t>(row)] = out.geometric_ ? std::log(cell) : cell;
            }
        }
        return out;
    }

    [[nodiscard]] Index node() const noexcept { return node_; }
    [[nodiscard]] bool is_sum() const noexcept { return sum_; }

    /// The aggregates of up to four draws.
    /// @param weights child by child, `tile_draws` numbers each.
    /// @param factors the same for a sum of points: what the points are multiplied by; for
    ///        other aggregations the weights again.
    /// @param out one column a draw; fewer than four where fewer draws are left.
    THUOCDO_KERNEL void run(const double* weights, const double* factors,
                            std::span<double* const> out) const {
        THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
        if (thuocdo::detail::has_wide_vectors) return run_wide(weights, factors, out);
#endif
        run_body(weights, factors, out);
    }

  private:
    THUOCDO_BODY THUOCDO_KERNEL inline void run_body(const double* weights, const double* factors,
                                                     std::span<double* const> out) const {
        THUOCDO_EXACT
        double totals[tile_draws] = {};
        for (Index j = 0; j < children_; ++j)
            for (std::size_t d = 0; d < tile_draws; ++d)
                totals[d] += weights[static_cast<std::size_t>(j) * tile_draws + d];
        constexpr auto tile = static_cast<std::size_t>(tile_rows);
        TileSums sums;
        TileSums observed;
        for (std::size_t t = 0; t < complete_.size(); ++t) {
            const std::size_t first = t * static_cast<std::size_t>(children_);
            const double* const cells = cells_.data() + first * tile;
            tile_sums([=](Index j) { return cells + j * tile_rows; }, factors, children_, sums);
            if (complete_[t] != 0) {
                for (std::size_t d = 0; d < tile_draws; ++d) {
                    const double w = totals[d];
                    observed.low[d] = Lanes{w, w, w, w};
                    observed.high[d] = observed.low[d];
                }
            } else {
                const std::uint8_t* const patterns = observed_.data() + first;
                tile_sums(
                    [=](Index j) {
                        return tile_ones.data() + static_cast<std::size_t>(patterns[j]) * tile;
                    },
                    weights, children_, observed);
            }
            const std::size_t start = t * tile;
            const std::size_t count = std::min(tile, static_cast<std::size_t>(rows_) - start);
            for (std::size_t d = 0; d < out.size(); ++d) {
                const double w = totals[d];
                const Lanes all = {w, w, w, w};
                Lanes results[2];
                if (sum_) {
                    results[0] = sums.low[d] * (all / observed.low[d]);
                    results[1] = sums.high[d] * (all / observed.high[d]);
                } else {
                    results[0] = sums.low[d] / observed.low[d];
                    results[1] = sums.high[d] / observed.high[d];
                }
                double* const to = out[d] + start;
                if (count == tile)
                    std::memcpy(to, results, sizeof results);
                else
                    std::memcpy(to, results, count * sizeof(double));
            }
        }
    }

#if THUOCDO_WIDE_COPIES
    THUOCDO_WIDE THUOCDO_KERNEL void run_wide(const double* weights, const double* factors,
                                              std::span<double* const> out) const {
        THUOCDO_EXACT
        run_body(weights, factors, out);
    }
#endif

  public:
    /// What is left to do to the quotients of `run`: the exponential of a geometric mean, and
    /// one NaN for all that are missing.
    void finish(double* out) const {
        if (geometric_)
            for (Index i = 0; i < rows_; ++i) out[i] = std::exp(out[i]);
        for (Index i = 0; i < rows_; ++i) out[i] = aggregate::detail::with_one_nan(out[i]);
    }

  private:
    Index node_ = 0;
    Index children_ = 0;
    Index rows_ = 0;
    bool geometric_ = false;
    bool sum_ = false;
    std::vector<double> cells_;
    /// One bit a row for each tile and child.
    std::vector<std::uint8_t> observed_;
    std::vector<std::uint8_t> complete_;
};

}  // namespace thuocdo::robust::detail
