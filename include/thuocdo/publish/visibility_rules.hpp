#pragma once
/// @file
/// Who may see what, beyond the visibility that the model gives its nodes.

#include <thuocdo/model/definition.hpp>

#include <optional>
#include <string>
#include <vector>

namespace thuocdo::publish {

/// Who reads: the public sees what is open, people inside also what is internal, and those
/// with permission all.
using Audience = Visibility;

/// Whether an audience sees something of this visibility.
[[nodiscard]] constexpr bool sees(Audience audience, Visibility visibility) noexcept {
    return static_cast<int>(visibility) <= static_cast<int>(audience);
}

/// A unit all of whose figures have a visibility, for example a body of national defence.
struct UnitVisibility {
    std::string unit;
    Visibility visibility = Visibility::restricted;

    friend bool operator==(const UnitVisibility&, const UnitVisibility&) = default;
};

/// One figure: the result of a node for a unit, and of a leaf also its value and its parts.
struct CellVisibility {
    std::string unit;
    std::string node;
    Visibility visibility = Visibility::restricted;

    friend bool operator==(const CellVisibility&, const CellVisibility&) = default;
};

/// One task of the register. Secret tasks are never listed, for no audience.
struct TaskVisibility {
    std::string task;
    Visibility visibility = Visibility::restricted;

    friend bool operator==(const TaskVisibility&, const TaskVisibility&) = default;
};

/// Decimals with which the results of a node are printed.
struct PrintedDigits {
    std::string node;
    int digits = 2;

    friend bool operator==(const PrintedDigits&, const PrintedDigits&) = default;
};

/// What is withheld from whom, and how exactly figures are printed. The stricter of the
/// visibilities of node, unit and cell holds.
struct VisibilityRules {
    std::vector<UnitVisibility> units{};
    std::vector<CellVisibility> cells{};
    std::vector<TaskVisibility> tasks{};
    /// Nodes with decimals of their own; others have `default_digits`. Nothing: all digits.
    std::vector<PrintedDigits> digits{};
    std::optional<int> default_digits{};
    /// Units whose total is withheld keep their published rank or band.
    bool ranks_without_totals = false;
    bool bands_without_totals = false;

    friend bool operator==(const VisibilityRules&, const VisibilityRules&) = default;
};

}  // namespace thuocdo::publish
