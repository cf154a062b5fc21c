#pragma once
/// @file
/// A whole tree of weighted means for many draws of weights at once.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/model/aggregation.hpp>
#include <thuocdo/robust/detail/lanes.hpp>
#include <thuocdo/robust/detail/packed_node.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace thuocdo::robust::detail {

/// What there is among numbers besides numbers.
struct Found {
    bool infinite = false;
    bool missing = false;
};

THUOCDO_BODY inline Found look_through_body(const double* numbers, std::size_t count) noexcept {
    Lanes most;
    fill_lanes(most, std::numeric_limits<double>::max());
    LongLanes infinite = {};
    LongLanes missing = {};
    std::size_t k = 0;
    for (; k + lane_count <= count; k += lane_count) {
        Lanes each;
        load_lanes(each, numbers + k);
        infinite |= (each > most) | (each < -most);
        missing |= each != each;
    }
    Found out;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        out.infinite = out.infinite || infinite[lane] != 0;
        out.missing = out.missing || missing[lane] != 0;
    }
    for (; k < count; ++k) {
        out.infinite = out.infinite || std::isinf(numbers[k]);
        out.missing = out.missing || std::isnan(numbers[k]);
    }
    return out;
}

#if THUOCDO_WIDE_COPIES
THUOCDO_WIDE inline Found look_through_wide(const double* numbers, std::size_t count) noexcept {
    return look_through_body(numbers, count);
}
#endif

[[nodiscard]] inline Found look_through(const double* numbers, std::size_t count) noexcept {
#if THUOCDO_WIDE_COPIES
    if (thuocdo::detail::has_wide_vectors) return look_through_wide(numbers, count);
#endif
    return look_through_body(numbers, count);
}

/// The nodes that draws of weights change, down to the first ones that they do not, where all
/// of them are weighted means or sums of points and nothing else happens to their results.
///
/// Draws then need no board: eight units at a time, the values of all columns lie in the
/// cache while the draws go over them, and the results of nodes stay there. Additions are
/// those of aggregate::arithmetic and aggregate::sum_of_points in their order, so the totals
/// have the bits of `score`.
class WeightedTree {
  public:
    /// The weights of some draws, four draws side by side.
    struct Weights {
        /// By group of four draws, child and draw: what observed children count, and what
        /// their results are multiplied by.
        std::vector<double> weights{};
        std::vector<double> factors{};
        /// By group, node and draw: sums of weights.
        std::vector<double> totals{};
        /// Results of the nodes of one tile.
        std::vector<TileSums> results{};
        /// Draws in which a result is infinite, by draw.
        std::vector<std::uint8_t> infinite{};
    };

    /// @param fixed one flag a node of the model: no drawn weight changes its result.
    /// @return nothing when some node needs more than this knows; draws go another way then.
    [[nodiscard]] static std::optional<WeightedTree> pack(const thuocdo::detail::BoardData& board,
                                                          const std::vector<std::uint8_t>& fixed) {
        const IndexModel& model = board.model;
        if (fixed.empty() || fixed.front() != 0 || !board.evaluated.empty()) return std::nullopt;
        WeightedTree out;
        std::vector<Index> place(fixed.size(), -1);
        std::vector<Index> columns;
        for (Index k = model.node_count(); k-- > 0;) {
            if (fixed[static_cast<std::size_t>(k)] != 0) continue;
            const Node& node = model.node(k);
            if (!is_plain(model, node)) return std::nullopt;
            place[static_cast<std::size_t>(k)] = static_cast<Index>(out.nodes_.size());
            Member member;
            member.node = k;
            member.sum = std::holds_alternative<aggregation::Sum>(node.aggregate);
            member.needs_all = node.missing[MissingKind::not_reported] == MissingPolicy::refuse;
            member.multiplier = node.multiplier;
            member.first_child = out.children_.size();
            member.child_count = static_cast<std::size_t>(node.child_count);
            member.first_column = columns.size();
            for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
                const Index computed = place[static_cast<std::size_t>(c)];
                member.columns_only = member.columns_only && computed < 0;
                out.children_.push_back(computed >= 0 ? -1 - computed
                                                      : static_cast<Index>(columns.size()));
                if (computed < 0) columns.push_back(c);
            }
            out.nodes_.push_back(member);
        }
        if (!out.lay_out(board, columns)) return std::nullopt;
        return out;
    }

    [[nodiscard]] std::size_t node_count() const noexcept { return nodes_.size(); }
    /// The node of the model that one of the tree stands for; the root is the last.
    [[nodiscard]] Index node(std::size_t at) const noexcept { return nodes_[at].node; }
    [[nodiscard]] bool is_sum(std::size_t at) const noexcept { return nodes_[at].sum; }
    /// Whether every unit has a total.
    [[nodiscard]] bool is_complete() const noexcept {
        return std::all_of(complete_.begin(), complete_.end(),
                           [](std::uint8_t each) { return each != 0; });
    }

    /// Makes room for draws.
    void prepare(Weights& weights, std::size_t draws) const {
        const std::size_t groups = (draws + tile_draws - 1) / tile_draws;
        weights.weights.resize(groups * children_.size() * tile_draws);
        weights.factors.resize(groups * children_.size() * tile_draws);
        weights.totals.resize(groups * nodes_.size() * tile_draws);
        weights.results.resize(nodes_.size());
        weights.infinite.assign(groups * tile_draws, 0);
    }

    /// Takes in the weights of the children of a node in a draw.
    /// @param factors what the results of the children are multiplied by.
    /// @return false when they amount to nothing: the node then has no result.
    [[nodiscard]] THUOCDO_KERNEL bool set(Weights& weights, std::size_t at, std::size_t draw,
                                          std::span<const double> given,
                                          std::span<const double> factors) const {
        THUOCDO_EXACT
        const Member& member = nodes_[at];
        const std::size_t group = draw / tile_draws;
        const std::size_t lane = draw % tile_draws;
        double total = 0.0;
        for (std::size_t j = 0; j < member.child_count; ++j) {
            const std::size_t cell =
                (group * children_.size() + member.first_child + j) * tile_draws + lane;
            weights.weights[cell] = given[j];
            weights.factors[cell] = factors[j];
            total += given[j];
        }
        weights.totals[(group * nodes_.size() + at) * tile_draws + lane] = total;
        return total > 0.0 && std::isfinite(total);
    }

    /// The totals of the draws.
    /// @param weights every lane of every group was set. Notes draws with infinite results.
    /// @param totals one column of whole tiles a draw, four for each group.
    THUOCDO_KERNEL void run(Weights& weights, std::span<double* const> totals) const {
        THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
        if (thuocdo::detail::has_wide_vectors) return run_wide(weights, totals);
#endif
        run_body(weights, totals);
    }

  private:
    /// The pattern of a tile in which every cell is observed.
    static constexpr std::uint8_t all_rows = 0xFF;

    struct Member {
        Index node = 0;
        bool sum = false;
        bool columns_only = true;
        /// A unit without a result is an error, which another way names.
        bool needs_all = false;
        double multiplier = 1.0;
        std::size_t first_child = 0;
        std::size_t child_count = 0;
        /// Of its columns, which stand together.
        std::size_t first_column = 0;
    };

    /// Whether the result of a node is its aggregate times a factor.
    [[nodiscard]] static bool is_plain(const IndexModel& model, const Node& node) {
        const bool weighted = std::holds_alternative<aggregation::Arithmetic>(node.aggregate) ||
                              std::holds_alternative<aggregation::Sum>(node.aggregate);
        if (!weighted || node.stage != 0 || node.minimum_coverage) return false;
        if (node.weights && depends_on_data(*node.weights)) return false;
        const MissingPolicy policy = node.missing[MissingKind::not_reported];
        if (policy != MissingPolicy::renormalise && policy != MissingPolicy::refuse) return false;
        if (std::isfinite(node.floor) || std::isfinite(node.cap)) return false;
        if (node.rounding_at(RoundingPlace::result)) return false;
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
            const Role role = model.node(c).role;
            if (role == Role::bonus || role == Role::penalty) return false;
        }
        return true;
    }

    /// Lays the columns out tile by tile. False when a value is infinite, or when a node
    /// that refuses to be missing could be.
    [[nodiscard]] bool lay_out(const thuocdo::detail::BoardData& board,
                               const std::vector<Index>& columns) {
        const Index rows = board.results.rows();
        constexpr auto tile = static_cast<std::size_t>(tile_rows);
        tiles_ = (static_cast<std::size_t>(rows) + tile - 1) / tile;
        columns_ = columns.size();
        cells_.assign(tiles_ * columns_ * tile, 0.0);
        observed_.assign(tiles_ * columns_, all_rows);
        for (std::size_t j = 0; j < columns_; ++j)
            for (Index i = 0; i < rows; ++i) {
                const double cell = board.results(i, columns[j]);
                const auto row = static_cast<std::size_t>(i) % tile;
                const std::size_t at = static_cast<std::size_t>(i) / tile * columns_ + j;
                if (std::isnan(cell))
                    observed_[at] = static_cast<std::uint8_t>(observed_[at] & ~(1U << row));
                else if (std::isfinite(cell))
                    cells_[at * tile + row] = cell;
                else
                    return false;
            }
        complete_.assign(tiles_ * nodes_.size(), 1);
        for (std::size_t t = 0; t < tiles_; ++t)
            for (std::size_t at = 0; at < nodes_.size(); ++at) {
                const bool complete = is_complete(t, nodes_[at]);
                complete_[t * nodes_.size() + at] = complete ? 1 : 0;
                if (!complete && nodes_[at].needs_all) return false;
            }
        return true;
    }

    /// Whether no column below a node has a missing value in a tile; the nodes before it are
    /// known.
    [[nodiscard]] bool is_complete(std::size_t tile, const Member& member) const {
        bool complete = true;
        for (std::size_t j = 0; j < member.child_count; ++j) {
            const Index child = children_[member.first_child + j];
            complete =
                complete &&
                (child < 0
                     ? complete_[tile * nodes_.size() + static_cast<std::size_t>(-1 - child)] != 0
                     : observed_[tile * columns_ + static_cast<std::size_t>(child)] == all_rows);
        }
        return complete;
    }

    THUOCDO_BODY THUOCDO_KERNEL inline void run_body(Weights& weights,
                                                     std::span<double* const> totals) const {
        THUOCDO_EXACT
        const std::size_t groups = totals.size() / tile_draws;
        for (std::size_t t = 0; t < tiles_; ++t) {
            if (t + 1 < tiles_) prefetch_tile(t + 1);
            const std::uint8_t* const complete = complete_.data() + t * nodes_.size();
            for (std::size_t group = 0; group < groups; ++group) {
                for (std::size_t at = 0; at < nodes_.size(); ++at)
                    if (complete[at] != 0)
                        complete_node(weights, t, group, at);
                    else
                        some_node(weights, t, group, at);
                hand_out(weights.results.back(), t, complete[nodes_.size() - 1] != 0,
                         totals.data() + group * tile_draws);
            }
        }
    }

    /// Fetches the cells of a tile while another is worked on.
    void prefetch_tile(std::size_t tile) const noexcept {
        constexpr std::size_t a_line = 8;
        const std::size_t count = columns_ * static_cast<std::size_t>(tile_rows);
        const double* const cells = cells_.data() + tile * count;
        for (std::size_t k = 0; k < count; k += a_line) __builtin_prefetch(cells + k);
    }

    /// The results of the root in a tile, to the columns of four draws.
    THUOCDO_BODY static inline void hand_out(const TileSums& root, std::size_t tile, bool complete,
                                             double* const* totals) noexcept {
        for (std::size_t d = 0; d < tile_draws; ++d) {
            double* const to = totals[d] + tile * static_cast<std::size_t>(tile_rows);
            std::memcpy(to, &root.low[d], sizeof root.low[d]);
            std::memcpy(to + tile_rows / 2, &root.high[d], sizeof root.high[d]);
            if (complete) continue;
            for (Index i = 0; i < tile_rows; ++i) to[i] = aggregate::detail::with_one_nan(to[i]);
        }
    }

    /// The sums of a node: over columns, or over columns and results of nodes.
    THUOCDO_BODY THUOCDO_KERNEL inline void sum_children(const Weights& weights, std::size_t tile,
                                                         const Member& member,
                                                         const double* factors,
                                                         TileSums& sums) const {
        THUOCDO_EXACT
        const double* const cells =
            cells_.data() + tile * columns_ * static_cast<std::size_t>(tile_rows);
        if (member.columns_only) {
            const double* const mine =
                cells + member.first_column * static_cast<std::size_t>(tile_rows);
            tile_sums([=](Index j) { return mine + j * tile_rows; }, factors,
                      static_cast<Index>(member.child_count), sums);
            return;
        }
        for (std::size_t d = 0; d < tile_draws; ++d) {
            sums.low[d] = Lanes{};
            sums.high[d] = Lanes{};
        }
        for (std::size_t j = 0; j < member.child_count; ++j) {
            const Index child = children_[member.first_child + j];
            for (std::size_t d = 0; d < tile_draws; ++d) {
                Lanes low;
                Lanes high;
                load(weights, cells, child, d, low, high);
                Lanes factor;
                fill_lanes(factor, factors[j * tile_draws + d]);
                sums.low[d] += factor * low;
                sums.high[d] += factor * high;
            }
        }
    }

    THUOCDO_BODY static inline const double* ones_of(std::uint8_t pattern) noexcept {
        return tile_ones.data() +
               static_cast<std::size_t>(pattern) * static_cast<std::size_t>(tile_rows);
    }

    /// The numbers of a child for one draw: of a column, or of a node computed before.
    THUOCDO_BODY static inline void load(const Weights& weights, const double* cells, Index child,
                                         std::size_t d, Lanes& low, Lanes& high) {
        if (child < 0) {
            const TileSums& from = weights.results[static_cast<std::size_t>(-1 - child)];
            low = from.low[d];
            high = from.high[d];
            return;
        }
        std::memcpy(&low, cells + child * tile_rows, sizeof low);
        std::memcpy(&high, cells + child * tile_rows + tile_rows / 2, sizeof high);
    }

    /// A node of which every column below has a value in a tile.
    THUOCDO_BODY THUOCDO_KERNEL inline void complete_node(Weights& weights, std::size_t tile,
                                                          std::size_t group, std::size_t at) const {
        THUOCDO_EXACT
        const Member& member = nodes_[at];
        const double* const factors =
            weights.factors.data() + (group * children_.size() + member.first_child) * tile_draws;
        const double* const totals =
            weights.totals.data() + (group * nodes_.size() + at) * tile_draws;
        TileSums sums;
        sum_children(weights, tile, member, factors, sums);
        for (std::size_t d = 0; d < tile_draws; ++d) {
            // Dividing by 1 changes nothing, and under a sum the factor is 1.
            if (!member.sum && totals[d] != 1.0) {
                Lanes all;
                fill_lanes(all, totals[d]);
                sums.low[d] /= all;
                sums.high[d] /= all;
            }
            multiply(member, sums, d);
        }
        weights.results[at] = sums;
    }

    THUOCDO_BODY THUOCDO_KERNEL static inline void multiply(const Member& member, TileSums& sums,
                                                            std::size_t d) {
        THUOCDO_EXACT
        if (member.multiplier == 1.0) return;
        Lanes factor;
        fill_lanes(factor, member.multiplier);
        sums.low[d] *= factor;
        sums.high[d] *= factor;
    }

    /// A node below which some column has a missing value in a tile: weights count where
    /// there is a number.
    THUOCDO_BODY THUOCDO_KERNEL inline void some_node(Weights& weights, std::size_t tile,
                                                      std::size_t group, std::size_t at) const {
        THUOCDO_EXACT
        const Member& member = nodes_[at];
        const std::size_t first = (group * children_.size() + member.first_child) * tile_draws;
        const double* const shares = weights.weights.data() + first;
        const double* const factors = weights.factors.data() + first;
        const double* const totals =
            weights.totals.data() + (group * nodes_.size() + at) * tile_draws;
        TileSums sums;
        TileSums observed;
        if (member.columns_only) {
            sum_children(weights, tile, member, factors, sums);
            const std::uint8_t* const patterns =
                observed_.data() + tile * columns_ + member.first_column;
            tile_sums([=](Index j) { return ones_of(patterns[j]); }, shares,
                      static_cast<Index>(member.child_count), observed);
        } else {
            sum_some(weights, tile, member, factors, shares, sums, observed);
        }
        Lanes most;
        fill_lanes(most, std::numeric_limits<double>::max());
        for (std::size_t d = 0; d < tile_draws; ++d) {
            Lanes all;
            fill_lanes(all, totals[d]);
            if (member.sum) {
                sums.low[d] *= all / observed.low[d];
                sums.high[d] *= all / observed.high[d];
            } else {
                sums.low[d] /= observed.low[d];
                sums.high[d] /= observed.high[d];
            }
            const LongLanes infinite = (sums.low[d] > most) | (sums.low[d] < -most) |
                                       (sums.high[d] > most) | (sums.high[d] < -most);
            if ((infinite[0] | infinite[1] | infinite[2] | infinite[3]) != 0)
                weights.infinite[group * tile_draws + d] = 1;
            multiply(member, sums, d);
        }
        weights.results[at] = sums;
    }

    /// Sums over columns and results of nodes, and what their weights add up to.
    THUOCDO_BODY THUOCDO_KERNEL inline void sum_some(const Weights& weights, std::size_t tile,
                                                     const Member& member, const double* factors,
                                                     const double* shares, TileSums& sums,
                                                     TileSums& observed) const {
        THUOCDO_EXACT
        const double* const cells =
            cells_.data() + tile * columns_ * static_cast<std::size_t>(tile_rows);
        const std::uint8_t* const patterns = observed_.data() + tile * columns_;
        Lanes one;
        fill_lanes(one, 1.0);
        const Lanes none = {};
        for (std::size_t d = 0; d < tile_draws; ++d) {
            sums.low[d] = none;
            sums.high[d] = none;
            observed.low[d] = none;
            observed.high[d] = none;
            for (std::size_t j = 0; j < member.child_count; ++j) {
                const Index child = children_[member.first_child + j];
                Lanes low;
                Lanes high;
                load(weights, cells, child, d, low, high);
                Lanes low_ones;
                Lanes high_ones;
                if (child < 0) {
                    low_ones = low == low ? one : none;
                    high_ones = high == high ? one : none;
                    low = low == low ? low : none;
                    high = high == high ? high : none;
                } else {
                    const double* const ones = ones_of(patterns[child]);
                    std::memcpy(&low_ones, ones, sizeof low_ones);
                    std::memcpy(&high_ones, ones + tile_rows / 2, sizeof high_ones);
                }
                Lanes factor;
                Lanes share;
                fill_lanes(factor, factors[j * tile_draws + d]);
                fill_lanes(share, shares[j * tile_draws + d]);
                sums.low[d] += factor * low;
                sums.high[d] += factor * high;
                observed.low[d] += share * low_ones;
                observed.high[d] += share * high_ones;
            }
        }
    }

#if THUOCDO_WIDE_COPIES
    THUOCDO_WIDE THUOCDO_KERNEL void run_wide(Weights& weights,
                                              std::span<double* const> totals) const {
        THUOCDO_EXACT
        run_body(weights, totals);
    }
#endif

    /// Children before their parents; the root is the last.
    std::vector<Member> nodes_;
    /// By child: its column, or -1 - its place among the nodes.
    std::vector<Index> children_;
    std::size_t columns_ = 0;
    std::size_t tiles_ = 0;
    /// Missing cells are 0.
    std::vector<double> cells_;
    /// One bit a row for each tile and column.
    std::vector<std::uint8_t> observed_;
    /// Whether no column below a node has a missing value, by tile and node.
    std::vector<std::uint8_t> complete_;
};

}  // namespace thuocdo::robust::detail
