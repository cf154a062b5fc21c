#pragma once
/// @file
/// Which changes of a live scoreboard a subscriber wants to hear of.

#include <thuocdo/live/board_update.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace thuocdo::live {

/// A change passes when it meets every condition that is stated.
struct ChangeFilter {
    /// Codes of units; empty: all.
    std::vector<std::string> units{};
    /// Codes of nodes; when given, only units whose result of one of them changed. Where
    /// everything was computed again, every changed unit passes.
    std::vector<std::string> nodes{};
    /// Places that the rank moved at least; a unit that enters or leaves the ranking passes.
    double least_rank_change = 0.0;
    /// Only units that are or were among so many first ranks; 0: all.
    double top = 0.0;
    /// Only units whose band changed.
    bool band_changes_only = false;

    /// The changes that pass.
    [[nodiscard]] std::vector<UnitChange> select(const BoardUpdate& update) const {
        std::vector<UnitChange> passed;
        for (const UnitChange& each : update.changes)
            if (passes(update, each)) passed.push_back(each);
        return passed;
    }

  private:
    [[nodiscard]] bool passes(const BoardUpdate& update, const UnitChange& change) const {
        if (band_changes_only && !change.has_new_band()) return false;
        if (top > 0.0 && !(change.rank_before <= top) && !(change.rank_after <= top)) return false;
        const bool stays = !std::isnan(change.rank_before) == !std::isnan(change.rank_after) &&
                           !(std::abs(change.rank_after - change.rank_before) >= least_rank_change);
        if (least_rank_change > 0.0 && stays) return false;
        if (!units.empty() &&
            std::find(units.begin(), units.end(), update.units.code(change.unit)) == units.end())
            return false;
        if (nodes.empty() || update.rebuilt) return true;
        return std::any_of(
            update.results.begin(), update.results.end(), [&](const ResultChange& each) {
                return each.unit == change.unit &&
                       std::find(nodes.begin(), nodes.end(), update.model.node(each.node).code) !=
                           nodes.end();
            });
    }
};

}  // namespace thuocdo::live
