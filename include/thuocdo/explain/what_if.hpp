#pragma once
/// @file
/// What one unit's score and rank would be if some of its values were different.

#include <thuocdo/config.hpp>
#include <thuocdo/scoreboard.hpp>

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo {

/// A value to be tried. Give `value`, or numerator and denominator, or a state
/// without value such as `CellState::not_applicable`.
struct CellChange {
    std::string indicator;
    std::optional<double> value{};
    std::optional<double> numerator{};
    std::optional<double> denominator{};
    CellState state = CellState::observed;
};

/// The unit before and after.
struct WhatIf {
    RankingRow before;
    RankingRow after;

    [[nodiscard]] double score_change() const noexcept { return after.score - before.score; }
    /// Places gained; negative when places are lost.
    [[nodiscard]] double places_gained() const noexcept { return before.rank - after.rank; }

    friend std::ostream& operator<<(std::ostream& out, const WhatIf& result) {
        const auto number = [](double value) { return numeric::shortest(value); };
        out << result.before.unit.display_name() << ": score " << number(result.before.score)
            << " -> " << number(result.after.score) << ", rank " << number(result.before.rank)
            << " -> " << number(result.after.rank);
        if (!result.before.band.empty() || !result.after.band.empty())
            out << ", band " << result.before.band << " -> " << result.after.band;
        return out << '\n';
    }
};

/// Scores a unit with changed values; the board stays as it is. The answer is
/// what scoring the changed panel would give, bit for bit. Where the score of a
/// unit does not depend on its peers, only that unit is scored (O(nodes) and a
/// count of better units); else the whole panel is.
/// @throws DataError for an unknown unit or indicator, and as `score` does.
[[nodiscard]] THUOCDO_INLINE WhatIf what_if(const Scoreboard& board, Index unit,
                                            std::span<const CellChange> changes);

/// The same by code or name.
[[nodiscard]] inline WhatIf what_if(const Scoreboard& board, std::string_view unit,
                                    const std::vector<CellChange>& changes) {
    return what_if(board, board.units().index_of(unit), changes);
}

}  // namespace thuocdo

#if !THUOCDO_DECLARATIONS_ONLY
#include <thuocdo/detail/changed_panel.hpp>
#endif
