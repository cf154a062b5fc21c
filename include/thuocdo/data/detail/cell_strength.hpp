#pragma once
/// @file
/// Which state wins when a value is computed from several cells.

#include <thuocdo/data/cell_state.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace thuocdo::detail {

/// Place of a state in the order of strength. A result has the strongest state
/// of its operands. Among values a mark wins over none. Among missing ones the
/// reason wins that would remain if the weaker ones were mended: what does not
/// apply will never have a value, what is not yet due has none today, what is
/// confidential exists, what was not reported is wanting; a zero denominator is
/// the weakest, so that a rule that counts it in full never hides a missing report.
using CellStrength = std::uint8_t;

inline constexpr std::array<CellState, cell_states> states_by_strength{
    CellState::observed,         CellState::provisional,   CellState::imputed,
    CellState::zero_denominator, CellState::not_reported,  CellState::confidential,
    CellState::not_yet_due,      CellState::not_applicable};

/// The strongest state that still has a value.
inline constexpr CellStrength strongest_value = 2;
inline constexpr CellStrength strength_of_zero_denominator = 3;
inline constexpr CellStrength strength_of_not_reported = 4;

inline constexpr std::array<CellStrength, cell_states> strengths_by_state = [] {
    std::array<CellStrength, cell_states> strengths{};
    for (std::size_t k = 0; k < cell_states; ++k)
        strengths[static_cast<std::size_t>(states_by_strength[k])] = static_cast<CellStrength>(k);
    return strengths;
}();

[[nodiscard]] constexpr CellStrength strength_of(CellState state) noexcept {
    return strengths_by_state[static_cast<std::size_t>(state)];
}

[[nodiscard]] constexpr CellState state_of_strength(CellStrength strength) noexcept {
    return states_by_strength[strength];
}

}  // namespace thuocdo::detail
