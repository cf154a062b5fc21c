#pragma once
/// @file
/// What moved a unit's rank since an earlier board.

#include <thuocdo/publish/diff.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// The movement of one unit, with the units that it passed and that passed it.
struct RankMovement {
    UnitChange change{};
    /// Units that were ahead and no longer are, by new rank; and the other way round.
    std::vector<Unit> overtaken{};
    std::vector<Unit> overtaken_by{};
    /// Units that left from a place ahead, by old rank; units that entered ahead, by new rank.
    std::vector<Unit> left_ahead{};
    std::vector<Unit> entered_ahead{};
};

/// Who passed whom. Ahead means a strictly better rank. With ranks 1224 the change of the
/// rank is overtaken_by + entered_ahead - overtaken - left_ahead. Empty lists where the unit
/// has no rank on either board.
/// O(units).
/// @throws DataError for a unit that neither board evaluates.
[[nodiscard]] inline RankMovement rank_movement(const Diff& diff, std::string_view unit) {
    RankMovement out{diff.find(unit), {}, {}, {}, {}};
    std::vector<const UnitChange*> by_old_rank;
    for (const UnitChange& other : diff.units) {
        // Comparisons with a rank that is missing are false.
        const bool was_ahead = other.rank.before < out.change.rank.before;
        const bool is_ahead = other.rank.after < out.change.rank.after;
        if (out.change.fate != UnitFate::stayed) continue;
        if (other.fate == UnitFate::left && was_ahead) by_old_rank.push_back(&other);
        if (other.fate == UnitFate::entered && is_ahead) out.entered_ahead.push_back(other.unit);
        if (other.fate != UnitFate::stayed || was_ahead == is_ahead) continue;
        (was_ahead ? out.overtaken : out.overtaken_by).push_back(other.unit);
    }
    std::stable_sort(by_old_rank.begin(), by_old_rank.end(),
                     [](const auto* a, const auto* b) { return a->rank.before < b->rank.before; });
    for (const UnitChange* each : by_old_rank) out.left_ahead.push_back(each->unit);
    return out;
}

}  // namespace thuocdo::publish
