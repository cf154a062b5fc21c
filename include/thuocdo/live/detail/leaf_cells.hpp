#pragma once
/// @file
/// From the cells of a given panel to the cells that leaves read: derived columns and the
/// steps of a preparation, kept up to date.

#include <thuocdo/detail/panel_editor.hpp>
#include <thuocdo/detail/prepare_board.hpp>
#include <thuocdo/detail/prepare_leaves.hpp>
#include <thuocdo/live/detail/leaf_peers.hpp>
#include <thuocdo/live/detail/row_set.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// Another value of a cell of the given panel.
struct CellChange {
    Index unit = 0;
    Index column = 0;
    double value = missing_value;
    CellState state = CellState::not_reported;
};

/// A cell that changed, and what it held.
struct PanelCell {
    Index unit = 0;
    Index column = 0;
    double before = missing_value;
    CellState state_before = CellState::not_reported;
};

/// Owns the panels behind a board, and finds which cells change when some are given other
/// values.
class LeafCells {
  public:
    LeafCells(const IndexModel& model, const Panel& given)
        : model_(model), given_(without_parts(given)) {
        for (const Derivation& each : model.derived())
            for (const std::string& code : each.expression.indicators()) derives_from_.insert(code);
    }

    /// The panel as it stands, without derived columns; shares the table, see `PanelEditor`.
    [[nodiscard]] Panel given() const { return given_.panel(); }

    /// Cells of the panel of the board that changed in the last call, once `update` has
    /// returned true; of the given panel before.
    [[nodiscard]] std::span<PanelCell> changed() noexcept { return changed_cells_; }

    /// What was noticed in the preparation.
    [[nodiscard]] const std::vector<std::string>& notices() const noexcept {
        return preparation_notices_;
    }

    /// Gives cells other values.
    void set(std::span<const CellChange> cells) {
        changed_cells_.clear();
        for (const CellChange& each : cells) set_given(each);
    }

    /// Prepares a new board from everything. Returns false when the data refuse it.
    [[nodiscard]] bool prepare(thuocdo::detail::BoardData& board) {
        bool prepared = true;
        try {
            thuocdo::detail::prepare_board(board);
        } catch (const DataError&) {
            prepared = false;
        }
        preparation_notices_ = std::exchange(board.notices, {});
        edit_prepared(board, prepared);
        return prepared;
    }

    /// Takes the changed cells through derivations and steps to the panel of a board.
    /// Returns false when the data refuse it or other units are evaluated than before: the
    /// board then has to be prepared anew.
    [[nodiscard]] bool update(thuocdo::detail::BoardData& board) {
        return derive_rows(board) && run_steps(board);
    }

  private:
    /// Ratio parts and sources do not change with the cells, and no result reads them.
    [[nodiscard]] static PanelDefinition without_parts(const Panel& panel) {
        PanelDefinition plain = panel.definition();
        plain.ratios.clear();
        plain.provenances.clear();
        plain.provenance_ids.clear();
        return plain;
    }

    void set_given(const CellChange& cell) {
        const Panel panel = given_.panel();
        const double before = panel.value(cell.unit, cell.column);
        const CellState state = panel.state(cell.unit, cell.column);
        if (same_bits(before, cell.value) && state == cell.state) return;
        given_.set(cell.unit, cell.column, cell.value, cell.state);
        changed_cells_.push_back({cell.unit, cell.column, before, state});
    }

    /// Makes the panel that the leaves read one whose cells can be set.
    void edit_prepared(thuocdo::detail::BoardData& board, bool prepared) {
        derived_.reset();
        prepared_panel_.reset();
        if (!prepared) return;
        const bool derives = !model_.derived().empty();
        const bool steps = !model_.definition().preparation.empty();
        if (derives) {
            derived_ = std::make_unique<thuocdo::detail::PanelEditor>(board.given.definition());
            board.given = derived_->panel();
        }
        if (steps) {
            prepared_panel_ =
                std::make_unique<thuocdo::detail::PanelEditor>(board.panel.definition());
            board.panel = prepared_panel_->panel();
        } else {
            board.panel = board.given;
        }
    }

    /// Computes the derived cells of the units whose cells changed. Returns false when
    /// they cannot be computed.
    [[nodiscard]] bool derive_rows(thuocdo::detail::BoardData& board) {
        if (!derived_) return true;
        const std::vector<std::string>& names = given_.panel().indicators();
        RowSet rows;
        for (const PanelCell& each : changed_cells_) {
            const Index unit = each.unit;
            const std::string& name = names[static_cast<std::size_t>(each.column)];
            const Panel panel = given_.panel();
            derived_->set(unit, *board.given.find(name), panel.value(unit, each.column),
                          panel.state(unit, each.column));
            if (derives_from_.contains(name)) rows.add(unit);
        }
        rows.settle(std::numeric_limits<Index>::max());
        // The columns of the derived panel stand in another order where derived ones were
        // given; positions are found by name from here on.
        for (PanelCell& each : changed_cells_)
            each.column = *board.given.find(names[static_cast<std::size_t>(each.column)]);
        for (const std::uint32_t unit : rows.rows())
            if (!derive_row(board, unit)) return false;
        return true;
    }

    [[nodiscard]] bool derive_row(thuocdo::detail::BoardData& board, Index unit) {
        const Panel all = given_.panel();
        PanelDefinition one;
        one.units = UnitRegistry(std::vector<Unit>{all.units().unit(unit)});
        one.indicators = all.indicators();
        one.period = all.period();
        one.period_end = all.period_end();
        one.values.resize(1, all.indicator_count());
        one.states.resize(1, all.indicator_count());
        for (Index j = 0; j < all.indicator_count(); ++j) {
            one.values(0, j) = all.value(unit, j);
            one.states(0, j) = all.state(unit, j);
        }
        std::vector<std::uint8_t> evaluated{
            thuocdo::detail::is_evaluated(board, unit) ? std::uint8_t{1} : std::uint8_t{0}};
        std::optional<Panel> row;
        try {
            row = thuocdo::detail::derive_evaluated(model_, Panel(std::move(one)),
                                                    board.previous ? &*board.previous : nullptr,
                                                    evaluated);
        } catch (const DataError&) {
            return false;
        }
        for (const std::string& code : row->derived()) {
            const Index from = *row->find(code);
            const Index to = *board.given.find(code);
            const double before = board.given.value(unit, to);
            const CellState state = board.given.state(unit, to);
            if (same_bits(before, row->value(0, from)) && state == row->state(0, from)) continue;
            derived_->set(unit, to, row->value(0, from), row->state(0, from));
            changed_cells_.push_back({unit, to, before, state});
        }
        return true;
    }

    /// Runs the steps of the preparation again and finds the cells that they changed.
    /// Returns false when they cannot be run or evaluate other units than before.
    [[nodiscard]] bool run_steps(thuocdo::detail::BoardData& board) {
        if (!prepared_panel_) return true;
        std::optional<Preparation> fresh;
        try {
            fresh = thuocdo::detail::run_preparation(
                model_, given_.panel(), board.previous ? &*board.previous : nullptr,
                thuocdo::detail::cohort_flags(model_.definition().cohort, given_.panel().units(),
                                              board.as_of),
                board.other_periods);
        } catch (const DataError&) {
            return false;
        }
        if (fresh->evaluated != board.evaluated) return false;
        const Panel& after = fresh->stages.back().panel;
        changed_cells_.clear();
        for (Index j = 0; j < after.indicator_count(); ++j)
            for (Index i = 0; i < after.unit_count(); ++i) {
                const double before = board.panel.value(i, j);
                const CellState state = board.panel.state(i, j);
                if (same_bits(before, after.value(i, j)) && state == after.state(i, j)) continue;
                prepared_panel_->set(i, j, after.value(i, j), after.state(i, j));
                changed_cells_.push_back({i, j, before, state});
            }
        board.preparation = std::move(*fresh);
        board.notices.clear();
        thuocdo::detail::take_notices(board);
        preparation_notices_ = std::exchange(board.notices, {});
        return true;
    }

    IndexModel model_;
    thuocdo::detail::PanelEditor given_;
    std::unique_ptr<thuocdo::detail::PanelEditor> derived_;
    std::unique_ptr<thuocdo::detail::PanelEditor> prepared_panel_;
    std::set<std::string> derives_from_;
    std::vector<std::string> preparation_notices_;
    std::vector<PanelCell> changed_cells_;
};

}  // namespace thuocdo::live::detail
