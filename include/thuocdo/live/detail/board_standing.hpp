#pragma once
/// @file
/// Published totals, ranks and bands of a board that changes row by row.

#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/live/detail/band_follower.hpp>
#include <thuocdo/live/detail/board_follower.hpp>
#include <thuocdo/live/detail/row_set.hpp>
#include <thuocdo/live/detail/unit_order.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace thuocdo::live::detail {

/// What `publish_totals`, `rank_units` and `assign_bands` compute, for the rows that moved.
class BoardStanding {
  public:
    [[nodiscard]] const UnitOrder& order() const noexcept { return *order_; }
    [[nodiscard]] std::span<const std::int16_t> bands() const noexcept { return bands_; }

    /// Computes everything.
    void reset(thuocdo::detail::BoardData& board) {
        const IndexModel& model = board.model;
        const RankingRule& rule = model.definition().ranking;
        breakers_.clear();
        for (const TieBreakerRule& each : rule.tie_breakers)
            breakers_.push_back({model.index_of(each.node), each.order});
        gate_nodes_.clear();
        if (model.definition().bands)
            for (const auto& nodes : thuocdo::detail::gate_nodes(model, *model.definition().bands))
                gate_nodes_.insert(gate_nodes_.end(), nodes.begin(), nodes.end());
        const Index units = board.panel.unit_count();
        board.published.resize(units);
        board.ranks.resize(units);
        keys_.clear();
        for (Index unit = 0; unit < units; ++unit) {
            publish(board, unit);
            take_keys(board, unit);
        }
        const Eigen::VectorXd by_code = thuocdo::detail::code_order(board.panel.units());
        std::vector<std::uint32_t> places;
        for (Index unit = 0; unit < units; ++unit)
            places.push_back(static_cast<std::uint32_t>(by_code[unit]));
        order_.emplace(thuocdo::detail::tie_rule(rule.ties), 1 + breakers_.size());
        order_->rebuild(keys_, places);
        const auto& bands = model.definition().bands;
        needs_ranks_ = bands && bands->quota;
        for (Index unit = 0; needs_ranks_ && unit < units; ++unit)
            board.ranks[unit] = order_->rank(static_cast<std::uint32_t>(unit));
        band_follower_.reset(board);
        bands_.clear();
        for (const auto& outcome : board.bands)
            bands_.push_back(static_cast<std::int16_t>(outcome.final_band));
    }

    /// Takes what a follower changed in its last update.
    /// @param touched takes the units whose total, rank or band may have changed, sorted
    void update(BoardFollower& follower, std::vector<Index>& touched) {
        thuocdo::detail::BoardData& board = follower.board();
        RowSet& moved = moved_;
        moved.clear();
        moved.add(follower.root_rows());
        for (const Breaker& each : breakers_) moved.add(follower.changed_rows(each.node));
        const Index units = board.panel.unit_count();
        moved.settle(units);
        changed_ranks_.clear();
        keys_.clear();
        if (moved.all()) {
            for (Index unit = 0; unit < units; ++unit) {
                publish(board, unit);
                take_keys(board, unit);
                touched.push_back(unit);
            }
            order_->replace_all(keys_, changed_ranks_);
        } else {
            for (const std::uint32_t unit : moved.rows()) {
                publish(board, static_cast<Index>(unit));
                take_keys(board, static_cast<Index>(unit));
                touched.push_back(static_cast<Index>(unit));
            }
            order_->move(moved.rows(), keys_, changed_ranks_);
        }
        if (needs_ranks_)
            for (const RankChange& each : changed_ranks_) board.ranks[each.unit] = each.after;
        if (!moved.all()) {
            const auto before = static_cast<std::ptrdiff_t>(touched.size());
            for (const RankChange& each : changed_ranks_)
                touched.push_back(static_cast<Index>(each.unit));
            std::inplace_merge(touched.begin(), touched.begin() + before, touched.end());
        }
        RowSet& rows = banded_;
        rows.clear();
        rows.add(moved);
        rows.add(follower.cell_rows());
        for (const Index node : gate_nodes_) rows.add(follower.changed_rows(node));
        rows.settle(units);
        changed_bands_.clear();
        band_follower_.update(board, rows, changed_bands_);
        for (const Index unit : changed_bands_) {
            bands_[static_cast<std::size_t>(unit)] =
                static_cast<std::int16_t>(board.bands[static_cast<std::size_t>(unit)].final_band);
            touched.push_back(unit);
        }
        if (!changed_bands_.empty()) std::sort(touched.begin(), touched.end());
        touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    }

    /// Units whose total, or a result that breaks ties, changed in the last update.
    [[nodiscard]] const RowSet& moved() const noexcept { return moved_; }
    /// Units whose band changed in the last update.
    [[nodiscard]] std::span<const Index> changed_bands() const noexcept { return changed_bands_; }

  private:
    struct Breaker {
        Index node = 0;
        numeric::Order order = numeric::Order::descending;
    };

    static void publish(thuocdo::detail::BoardData& board, Index unit) {
        double total = board.results(unit, 0);
        if (const auto rounding = board.model.root().rounding_at(RoundingPlace::display))
            total = numeric::round_decimal(total, rounding->digits, rounding->mode);
        board.published[unit] = total;
    }

    /// The number that a unit is ranked on.
    [[nodiscard]] static double rank_key(const thuocdo::detail::BoardData& board, Index unit) {
        const RankingRule& rule = board.model.definition().ranking;
        if (rule.on == Basis::full) return board.full[unit];
        if (!rule.digits) return board.published[unit];
        return numeric::round_decimal(board.full[unit], *rule.digits, rule.mode);
    }

    void take_keys(const thuocdo::detail::BoardData& board, Index unit) {
        const RankingRule& rule = board.model.definition().ranking;
        keys_.push_back(numeric::order_key(rank_key(board, unit), rule.order));
        for (const Breaker& each : breakers_)
            keys_.push_back(numeric::order_key(board.results(unit, each.node), each.order));
    }

    std::optional<UnitOrder> order_;
    BandFollower band_follower_;
    std::vector<Breaker> breakers_;
    std::vector<Index> gate_nodes_;
    std::vector<std::uint64_t> keys_;
    std::vector<RankChange> changed_ranks_;
    std::vector<Index> changed_bands_;
    std::vector<std::int16_t> bands_;
    /// Whether bands are shared out by rank, so that the board has to have them.
    bool needs_ranks_ = false;
    RowSet moved_;
    RowSet banded_;
};

}  // namespace thuocdo::live::detail
