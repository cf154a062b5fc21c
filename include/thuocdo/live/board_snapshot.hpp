#pragma once
/// @file
/// A picture of a live scoreboard at one moment, for readers on any thread.

#include <thuocdo/config.hpp>
#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/live/detail/chunked_column.hpp>
#include <thuocdo/live/detail/column_table.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/scoreboard.hpp>
#include <thuocdo/time/date.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::live {

/// Which moment a snapshot shows.
struct SnapshotHeader {
    /// Events that the board had applied.
    std::uint64_t sequence = 0;
    Date as_of{};
    std::string period{};
    /// Problems for which `score` would refuse the data; while there are any, there are no
    /// totals, ranks and bands.
    std::size_t open_problems = 0;

    friend bool operator==(const SnapshotHeader&, const SnapshotHeader&) = default;
};

namespace detail {

/// What all snapshots of one writer have in common.
struct SnapshotFrame {
    IndexModel model;
    UnitRegistry units;
    /// Place of every unit in the order of codes.
    Eigen::VectorXd code_places;

    SnapshotFrame(IndexModel model_, UnitRegistry units_)
        : model(std::move(model_)),
          units(std::move(units_)),
          code_places(thuocdo::detail::code_order(units)) {}
};

/// No band.
inline constexpr std::int16_t no_band = -1;

struct SnapshotData {
    SnapshotHeader header;
    std::shared_ptr<const SnapshotFrame> frame;
    /// One column a node, then the totals before and after rounding, then coverage.
    ColumnTable columns{};
    /// Final bands; without rows where the model has none.
    ChunkedColumn<std::int16_t> bands{};
};

/// Numbers of the columns after those of the nodes.
struct SnapshotColumns {
    Index nodes = 0;
    [[nodiscard]] Index full() const noexcept { return nodes; }
    [[nodiscard]] Index published() const noexcept { return nodes + 1; }
    [[nodiscard]] Index coverage() const noexcept { return nodes + 2; }
    [[nodiscard]] Index band() const noexcept { return nodes + 3; }
    [[nodiscard]] Index count() const noexcept { return nodes + 4; }
};

}  // namespace detail

/// The results, totals, ranks and bands of a live scoreboard at one moment. Immutable:
/// readers keep it as long as they like while the board goes on, and all of it belongs to
/// the same moment. Const access is safe from many threads. Snapshots of one board share
/// what did not change between them.
///
/// Ranks are computed by the first reader that asks, once, by the ranking rule of the
/// model: the same bits as those of the board and of `score`.
///
/// While data are such that `score` would refuse them, `is_scorable()` is false:
/// results and coverage can be read, totals, ranks and bands throw `DataError`.
class BoardSnapshot {
  public:
    explicit BoardSnapshot(detail::SnapshotData data) : data_(std::move(data)) {}

    BoardSnapshot(const BoardSnapshot&) = delete;
    BoardSnapshot& operator=(const BoardSnapshot&) = delete;

    [[nodiscard]] const SnapshotHeader& header() const noexcept { return data_.header; }
    /// Events that the board had applied.
    [[nodiscard]] std::uint64_t sequence() const noexcept { return data_.header.sequence; }
    [[nodiscard]] const Date& as_of() const noexcept { return data_.header.as_of; }
    [[nodiscard]] const std::string& period() const noexcept { return data_.header.period; }
    [[nodiscard]] std::size_t open_problems() const noexcept { return data_.header.open_problems; }
    /// Whether `score` would take the data.
    [[nodiscard]] bool is_scorable() const noexcept { return open_problems() == 0; }

    [[nodiscard]] const IndexModel& model() const noexcept { return data_.frame->model; }
    [[nodiscard]] const UnitRegistry& units() const noexcept { return data_.frame->units; }
    [[nodiscard]] Index unit_count() const noexcept { return units().size(); }

    /// The result of a node, by its index in `model().nodes()`; NaN is missing.
    /// @throws DataError when there is no such unit or node.
    [[nodiscard]] double result(Index unit, Index node) const {
        check_unit(unit);
        check_node(node);
        return at(node, unit);
    }
    /// Results of a node for all units.
    /// @throws ModelError when there is no such node.
    [[nodiscard]] Eigen::VectorXd results_of(std::string_view node) const {
        return column(model().index_of(node));
    }
    /// Share of the applicable indicators that were measured; NaN when none applies.
    /// @throws DataError when there is no such unit.
    [[nodiscard]] double coverage(Index unit) const {
        check_unit(unit);
        return at(columns().coverage(), unit);
    }
    [[nodiscard]] Eigen::VectorXd coverage() const { return column(columns().coverage()); }

    /// Total as published, with the rounding of the root; NaN is missing.
    /// @throws DataError when the board is not scorable or there is no such unit.
    [[nodiscard]] double score(Index unit) const { return total(columns().published(), unit); }
    /// Total before the rounding of the root.
    /// @throws DataError as `score(unit)` does.
    [[nodiscard]] double full_score(Index unit) const { return total(columns().full(), unit); }
    /// Totals as published.
    /// @throws DataError when the board is not scorable.
    [[nodiscard]] Eigen::VectorXd scores() const {
        check_scorable();
        return column(columns().published());
    }
    /// Totals before the rounding of the root.
    /// @throws DataError when the board is not scorable.
    [[nodiscard]] Eigen::VectorXd full_scores() const {
        check_scorable();
        return column(columns().full());
    }

    /// Code of the band; empty without bands or outside the scale.
    /// @throws DataError when the board is not scorable or there is no such unit.
    [[nodiscard]] std::string band(Index unit) const {
        check_scorable();
        check_unit(unit);
        if (data_.bands.size() == 0) return {};
        const std::int16_t at = data_.bands[static_cast<std::size_t>(unit)];
        if (at == detail::no_band) return {};
        return model().definition().bands->bands.at(static_cast<std::size_t>(at)).code;
    }

    /// Ranks of all units; NaN for units without a score.
    /// @throws DataError when the board is not scorable.
    [[nodiscard]] const Eigen::VectorXd& ranks() const { return ranking_data().ranks; }
    /// @throws DataError when the board is not scorable or there is no such unit.
    [[nodiscard]] double rank(Index unit) const {
        check_unit(unit);
        return ranks()[unit];
    }
    /// Units from best to worst; equal ranks by code, without a score last.
    /// @throws DataError when the board is not scorable.
    [[nodiscard]] std::span<const std::uint32_t> ranked_units() const {
        return ranking_data().order;
    }
    /// The units that hold a rank, by code; none where no unit has it. O(log n).
    /// @throws DataError when the board is not scorable.
    [[nodiscard]] std::span<const std::uint32_t> units_at(double rank) const {
        const Ranking& ranking = ranking_data();
        const auto key_of = [&ranking](std::uint32_t unit) {
            return numeric::ascending_key(ranking.ranks[unit]);
        };
        const std::uint64_t key = numeric::ascending_key(rank);
        if (key == numeric::missing_key) return {};
        const std::vector<std::uint32_t>& order = ranking.order;
        const auto first = std::partition_point(
            order.begin(), order.end(), [&](std::uint32_t unit) { return key_of(unit) < key; });
        const auto last = std::partition_point(
            first, order.end(), [&](std::uint32_t unit) { return key_of(unit) == key; });
        return {first, last};
    }

    /// Units in the order of rank. @param limit at most so many rows.
    /// @throws DataError when the board is not scorable.
    [[nodiscard]] std::vector<RankingRow> ranking(
        Index limit = std::numeric_limits<Index>::max()) const {
        std::vector<RankingRow> rows;
        rows.reserve(static_cast<std::size_t>(std::clamp<Index>(limit, 0, unit_count())));
        for (const std::uint32_t unit : ranked_units()) {
            if (static_cast<Index>(rows.size()) >= limit) break;
            rows.push_back(row(unit));
        }
        return rows;
    }
    /// @throws DataError when the board is not scorable or there is no such unit.
    [[nodiscard]] RankingRow row(Index unit) const {
        return {rank(unit), units().unit(unit), score(unit), band(unit), coverage(unit)};
    }

    /// Bytes of numbers that this snapshot and another one hold together; a measure of how
    /// little changed between them.
    [[nodiscard]] std::size_t bytes_shared_with(const BoardSnapshot& other) const {
        std::size_t bytes = data_.bands.bytes_shared_with(other.data_.bands);
        for (std::size_t k = 0; k < std::min(data_.columns.size(), other.data_.columns.size()); ++k)
            bytes += data_.columns[k].bytes_shared_with(other.data_.columns[k]);
        return bytes;
    }

    /// The ranking as a table.
    friend std::ostream& operator<<(std::ostream& out, const BoardSnapshot& board) {
        return print_ranking(out, board.ranking());
    }

  private:
    struct Ranking {
        Eigen::VectorXd ranks;
        std::vector<std::uint32_t> order;
    };

    [[nodiscard]] detail::SnapshotColumns columns() const noexcept {
        return {model().node_count()};
    }
    [[nodiscard]] double at(Index column, Index unit) const {
        return data_.columns[static_cast<std::size_t>(column)][static_cast<std::size_t>(unit)];
    }
    [[nodiscard]] Eigen::VectorXd column(Index number) const {
        Eigen::VectorXd values(unit_count());
        data_.columns[static_cast<std::size_t>(number)].copy_to(values.data());
        return values;
    }
    [[nodiscard]] double total(Index column, Index unit) const {
        check_scorable();
        check_unit(unit);
        return at(column, unit);
    }

    void check_unit(Index unit) const {
        if (unit >= 0 && unit < unit_count()) return;
        throw DataError("no such unit", {{"unknown_unit", "", "index " + std::to_string(unit),
                                          "0 to " + std::to_string(unit_count()) + " - 1",
                                          "units().index_of gives the index of a code"}});
    }
    void check_node(Index node) const {
        if (node >= 0 && node < model().node_count()) return;
        throw DataError("no such node", {{"unknown_node", "", "index " + std::to_string(node),
                                          "0 to " + std::to_string(model().node_count()) + " - 1",
                                          "model().index_of gives the index of a code"}});
    }
    void check_scorable() const {
        if (is_scorable()) return;
        throw DataError("the board has no totals, ranks and bands at this moment",
                        {{"board_not_scorable", "",
                          std::to_string(open_problems()) +
                              (open_problems() == 1 ? " open problem" : " open problems"),
                          "data that can be scored", "ask the board for its problems"}});
    }

    [[nodiscard]] const Ranking& ranking_data() const {
        check_scorable();
        std::call_once(ranked_, [this] { ranking_ = make_ranking(); });
        return ranking_;
    }

    [[nodiscard]] Ranking make_ranking() const {
        const RankingRule& rule = model().definition().ranking;
        const Eigen::VectorXd& places = data_.frame->code_places;
        std::vector<rank::TieBreaker> breakers = thuocdo::detail::tie_breakers_from(
            model(), [this](Index node) { return column(node); });
        if (rule.ties == TiePolicy::ordinal)
            breakers.push_back({places, numeric::Order::ascending});
        const Eigen::VectorXd key = thuocdo::detail::rank_key(rule, column(columns().full()),
                                                              column(columns().published()));
        Ranking ranking;
        ranking.ranks =
            rank::ranks(key, thuocdo::detail::tie_rule(rule.ties), rule.order, breakers);

        // A stable sort of the units in the order of codes leaves equal ranks in it.
        const auto count = static_cast<std::size_t>(unit_count());
        std::vector<std::uint32_t> by_code(count);
        std::vector<double> ranks_by_code(count);
        for (std::size_t unit = 0; unit < count; ++unit) {
            const auto place = static_cast<std::size_t>(places[static_cast<Index>(unit)]);
            by_code[place] = static_cast<std::uint32_t>(unit);
            ranks_by_code[place] = ranking.ranks[static_cast<Index>(unit)];
        }
        ranking.order = numeric::argsort(ranks_by_code, numeric::Order::ascending);
        for (std::uint32_t& place : ranking.order) place = by_code[place];
        return ranking;
    }

    detail::SnapshotData data_;
    /// Written once, by the reader that `ranked_` lets in; read only after it.
    mutable std::once_flag ranked_;
    mutable Ranking ranking_;
};

}  // namespace thuocdo::live
