#pragma once
/// @file
/// Why a cell of a panel has its value, or has none.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace thuocdo {

/// State of one value. The first three have a finite value; the others are
/// missing and hold NaN.
enum class CellState : std::uint8_t {
    observed,
    provisional,
    imputed,
    not_applicable,
    not_yet_due,
    not_reported,
    zero_denominator,
    confidential
};

/// Number of cell states.
inline constexpr std::size_t cell_states = 8;

namespace detail {
inline constexpr std::array<const char*, cell_states> cell_state_names{
    "observed",    "provisional",  "imputed",          "not_applicable",
    "not_yet_due", "not_reported", "zero_denominator", "confidential"};
}  // namespace detail

/// The state in words, as in data files, e.g. `not_reported`.
[[nodiscard]] constexpr const char* cell_state_name(CellState state) noexcept {
    return detail::cell_state_names[static_cast<std::size_t>(state)];
}

/// The state that a word names.
[[nodiscard]] constexpr std::optional<CellState> parse_cell_state(std::string_view word) noexcept {
    for (std::size_t k = 0; k < cell_states; ++k)
        if (word == detail::cell_state_names[k]) return static_cast<CellState>(k);
    return std::nullopt;
}

/// Whether a cell in this state holds a value.
[[nodiscard]] constexpr bool has_value(CellState state) noexcept {
    return state <= CellState::imputed;
}

/// Whether a cell in this state was measured: observed or provisional.
[[nodiscard]] constexpr bool is_measured(CellState state) noexcept {
    return state <= CellState::provisional;
}

}  // namespace thuocdo
