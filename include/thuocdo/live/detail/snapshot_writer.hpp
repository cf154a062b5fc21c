#pragma once
/// @file
/// Makes snapshots of a live scoreboard that share what did not change.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/live/board_snapshot.hpp>
#include <thuocdo/live/detail/chunked_column.hpp>
#include <thuocdo/live/detail/column_table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// Remembers which parts of a board changed since the last snapshot, and copies only those
/// into the next one. For one thread; the snapshots are for any.
///
/// Columns have numbers: the nodes in the order of `model.nodes()`, then those that
/// `columns()` names. A set of units has a writer of its own.
class SnapshotWriter {
  public:
    /// Everything counts as changed before the first snapshot.
    SnapshotWriter(IndexModel model, UnitRegistry units)
        : columns_{model.node_count()},
          frame_(std::make_shared<const SnapshotFrame>(std::move(model), std::move(units))),
          rows_(static_cast<std::size_t>(frame_->units.size())),
          blocks_(Column::block_count(rows_)),
          marks_(static_cast<std::size_t>(columns_.count()) * blocks_),
          is_changed_(static_cast<std::size_t>(columns_.count())) {}

    [[nodiscard]] const SnapshotColumns& columns() const noexcept { return columns_; }

    /// One row of a column changed.
    /// @throws NumericError when there is no such column or row
    void changed(Index column, Index row) {
        check_index("column", column, columns_.count());
        check_index("row", row, static_cast<Index>(rows_));
        const auto at = static_cast<std::size_t>(row);
        const std::span<Marks> marks = begin_change(column);
        marks[Column::block_of(at)] |= Column::mark_of(at);
    }
    /// Some rows of a column changed.
    /// @throws NumericError when there is no such column or row
    void changed(Index column, std::span<const std::uint32_t> rows) {
        check_index("column", column, columns_.count());
        if (rows.empty()) return;
        const auto last = static_cast<Index>(*std::max_element(rows.begin(), rows.end()));
        check_index("row", last, static_cast<Index>(rows_));
        const std::span<Marks> marks = begin_change(column);
        for (const std::uint32_t row : rows) marks[Column::block_of(row)] |= Column::mark_of(row);
    }
    /// Any number of rows of a column changed.
    /// @throws NumericError when there is no such column
    void changed(Index column) {
        check_index("column", column, columns_.count());
        const std::span<Marks> marks = begin_change(column);
        std::fill(marks.begin(), marks.end(), Column::all_chunks);
    }
    void everything_changed() {
        for (Index column = 0; column < columns_.count(); ++column) changed(column);
    }

    /// A snapshot of the board as it stands. O(columns + changed chunks).
    ///
    /// @param results units x nodes
    /// @param full totals before the rounding of the root
    /// @param published totals after it
    /// @param coverage share of the applicable indicators that were measured
    /// @param bands position of each unit's final band, -1 for none; empty where the model
    ///        has no bands
    /// @throws NumericError when a size does not fit the units and the model
    [[nodiscard]] std::shared_ptr<const BoardSnapshot> take(const Eigen::MatrixXd& results,
                                                            const Eigen::VectorXd& full,
                                                            const Eigen::VectorXd& published,
                                                            const Eigen::VectorXd& coverage,
                                                            std::span<const std::int16_t> bands,
                                                            SnapshotHeader header) {
        check_sizes(results, full, published, coverage, bands);
        const auto source = [&](Index column) -> std::span<const double> {
            const double* from = column < columns_.nodes          ? results.col(column).data()
                                 : column == columns_.full()      ? full.data()
                                 : column == columns_.published() ? published.data()
                                                                  : coverage.data();
            return {from, rows_};
        };
        if (is_taken_) {
            // Should memory run out on the way, the marks are still there for the next time.
            if (is_changed_[static_cast<std::size_t>(columns_.band())] != 0)
                bands_ = bands_.updated(bands, marks_of(columns_.band()));
            numbers_ = numbers_.updated(changed_, [&](std::size_t number) {
                const auto column = static_cast<Index>(number);
                return numbers_[number].updated(source(column), marks_of(column));
            });
        } else {
            std::vector<Column> numbers;
            for (Index column = 0; column < columns_.band(); ++column)
                numbers.emplace_back(source(column));
            numbers_ = ColumnTable(numbers);
            bands_ = BandColumn(bands);
        }
        auto snapshot = std::make_shared<const BoardSnapshot>(
            SnapshotData{std::move(header), frame_, numbers_, bands_});
        forget_changes();
        is_taken_ = true;
        return snapshot;
    }

  private:
    using Column = ChunkedColumn<double>;
    using BandColumn = ChunkedColumn<std::int16_t>;
    using Marks = Column::BlockMarks;
    static_assert(Column::block_rows == BandColumn::block_rows);

    static void check_index(const char* what, Index found, Index count) {
        if (found >= 0 && found < count) return;
        throw NumericError("cannot mark a change",
                           {{"out_of_range", what, std::to_string(found),
                             "0 to " + std::to_string(count) + " - 1", ""}});
    }

    void check_sizes(const Eigen::MatrixXd& results, const Eigen::VectorXd& full,
                     const Eigen::VectorXd& published, const Eigen::VectorXd& coverage,
                     std::span<const std::int16_t> bands) const {
        std::vector<Problem> problems;
        const auto expect = [&](const char* what, Index found, Index expected) {
            if (found != expected)
                problems.push_back({"size_mismatch", what, std::to_string(found),
                                    std::to_string(expected),
                                    "give a number for every unit and node"});
        };
        const auto units = static_cast<Index>(rows_);
        expect("rows of results", results.rows(), units);
        expect("columns of results", results.cols(), columns_.nodes);
        expect("full", full.size(), units);
        expect("published", published.size(), units);
        expect("coverage", coverage.size(), units);
        expect("bands", static_cast<Index>(bands.size()),
               frame_->model.definition().bands ? units : 0);
        if (!problems.empty()) throw NumericError("cannot take a snapshot", std::move(problems));
    }

    [[nodiscard]] std::span<Marks> marks_of(Index column) noexcept {
        return {marks_.data() + static_cast<std::size_t>(column) * blocks_, blocks_};
    }

    [[nodiscard]] std::span<Marks> begin_change(Index column) {
        if (is_changed_[static_cast<std::size_t>(column)] == 0) {
            changed_.push_back(column);
            is_changed_[static_cast<std::size_t>(column)] = 1;
        }
        return marks_of(column);
    }

    void forget_changes() noexcept {
        for (const Index column : changed_) {
            const std::span<Marks> marks = marks_of(column);
            std::fill(marks.begin(), marks.end(), Marks{0});
            is_changed_[static_cast<std::size_t>(column)] = 0;
        }
        changed_.clear();
    }

    SnapshotColumns columns_;
    std::shared_ptr<const SnapshotFrame> frame_;
    std::size_t rows_;
    std::size_t blocks_;
    /// Columns of the last snapshot: nodes, totals, coverage; and the bands.
    ColumnTable numbers_{};
    BandColumn bands_{};
    bool is_taken_ = false;
    /// What changed since: columns, each once, and the chunks of each.
    std::vector<Index> changed_;
    std::vector<Marks> marks_;
    std::vector<std::uint8_t> is_changed_;
};

}  // namespace thuocdo::live::detail
