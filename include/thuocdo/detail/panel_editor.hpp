#pragma once
/// @file
/// A panel whose cells change in place, for a board that follows events.

#include <thuocdo/data/panel.hpp>

#include <memory>
#include <utility>

namespace thuocdo::detail {

/// Owns the table of a panel without ratio parts. `panel()` shares the table and sees
/// every change: it must not leave the board that the editor belongs to.
class PanelEditor {
  public:
    /// @throws DataError as `Panel`
    explicit PanelEditor(PanelDefinition definition) {
        require_states(definition);
        const Panel checked(std::move(definition));
        table_ = std::make_shared<Panel::Table>(checked.definition());
        // A checked table passes again; this points its views at the values it owns.
        static_cast<void>(table_->prepare());
    }

    [[nodiscard]] Panel panel() const { return Panel(std::shared_ptr<const Panel::Table>(table_)); }

    /// Gives a cell another value. The value is finite or missing as its state says.
    void set(Index unit, Index indicator, double value, CellState state) {
        table_->given.values(unit, indicator) = value;
        table_->given.states(unit, indicator) = state;
    }

  private:
    std::shared_ptr<Panel::Table> table_;
};

}  // namespace thuocdo::detail
