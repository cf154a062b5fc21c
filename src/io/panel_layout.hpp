#pragma once
// What the columns of a panel file mean.

#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/csv_reader.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/placed_problems.hpp"
#include "io/unit_columns.hpp"

namespace thuocdo::io::detail {

/// Columns of the parts of a cell; `absent` where there is none.
struct CellColumns {
    std::size_t value = absent;
    std::size_t numerator = absent;
    std::size_t denominator = absent;
    std::size_t state = absent;
    std::size_t source = absent;
    std::size_t date = absent;

    /// Whether a cell has nothing but a value.
    [[nodiscard]] bool is_plain() const noexcept {
        return numerator == absent && denominator == absent && state == absent &&
               source == absent && date == absent;
    }
};

/// A part of a cell by name: the column of the long form, and after a colon the
/// companion of an indicator in the wide form.
struct CellPart {
    std::string_view name;
    std::size_t CellColumns::*column;
};
inline constexpr std::array<CellPart, 5> companion_parts{{
    {"numerator", &CellColumns::numerator},
    {"denominator", &CellColumns::denominator},
    {"state", &CellColumns::state},
    {"source", &CellColumns::source},
    {"date", &CellColumns::date},
}};

/// Labels of levels and their values, for one indicator.
using LevelLabels = std::vector<std::pair<std::string, double>>;

struct PanelLayout {
    bool is_long = false;
    UnitColumns units{};
    std::size_t period = absent;
    /// Long form only.
    std::size_t indicator = absent;
    CellColumns cell{};
    /// Codes of the indicators; in the long form without a model they are
    /// found row by row.
    std::vector<std::string> indicators{};
    std::unordered_map<std::string, std::size_t> indicator_index{};
    /// Wide form only: the columns of each indicator.
    std::vector<CellColumns> cells{};
    /// Labels of each indicator of the model.
    std::vector<LevelLabels> labels{};

    std::size_t add_indicator(std::string_view code);
};

/// Finds out what the columns mean.
/// @param model nothing for a file without a model
[[nodiscard]] PanelLayout find_layout(const CsvTable& table, const IndexModel* model,
                                      const PanelOptions& options, PlacedProblems& problems);

}  // namespace thuocdo::io::detail
