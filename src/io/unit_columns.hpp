#pragma once
// Columns that describe units, shared by the readers of panels and of units.

#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/io/csv_reader.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/placed_problems.hpp"

namespace thuocdo::io::detail {

/// Columns of unit codes in the order in which they are looked for.
inline constexpr std::array<std::string_view, 8> unit_code_columns{
    "unit", "code", "unit_code", "gso", "iso3", "country", "province", "id"};

/// Columns with a fixed name that describe a unit.
inline constexpr std::array<std::string_view, 10> unit_text_columns{
    "name",   "name_en",    "level",    "kind",         "type",
    "parent", "valid_from", "valid_to", "predecessors", "population"};

inline constexpr std::string_view group_prefix = "group:";
inline constexpr std::string_view attribute_prefix = "attribute:";
inline constexpr char predecessor_separator = '|';

/// No column.
inline constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// What the caller says about unit columns.
struct UnitColumnNames {
    std::string unit_column{};
    std::string name_column{};
    std::vector<std::string> attribute_columns{};
    std::vector<std::string> group_columns{};
    /// Attributes and groups that are taken if they exist.
    std::vector<std::string> optional_attributes{};
    std::vector<std::string> optional_groups{};
    /// Whether `merged_from` may stand for `predecessors`.
    bool merged_from = false;
    char decimal = '.';
};

/// Which column says what; `absent` where there is none.
struct UnitColumns {
    std::size_t code = absent;
    std::size_t name = absent;
    std::size_t name_en = absent;
    std::size_t level = absent;
    std::size_t kind = absent;
    std::size_t parent = absent;
    std::size_t valid_from = absent;
    std::size_t valid_to = absent;
    std::size_t predecessors = absent;
    std::vector<std::pair<std::string, std::size_t>> groups{};
    std::vector<std::pair<std::string, std::size_t>> attributes{};
    char decimal = '.';

    /// All of them but the code, in the order of the file.
    [[nodiscard]] std::vector<std::size_t> descriptions() const;
};

/// Reports names that are empty or occur twice.
void check_header(const CsvTable& table, PlacedProblems& problems);

/// Looks the columns up. `taken` marks columns that mean something else.
[[nodiscard]] UnitColumns find_unit_columns(const CsvTable& table, const UnitColumnNames& names,
                                            const std::vector<bool>& taken,
                                            PlacedProblems& problems);

/// Checks the code of a unit as text; false when it was reported.
bool check_code(const CsvField& field, PlacedProblems& problems);

/// The unit of a row, code included.
[[nodiscard]] Unit read_unit(const CsvRow& row, const UnitColumns& columns,
                             PlacedProblems& problems);

/// A date; reports a text that is none.
[[nodiscard]] std::optional<Date> read_date(const CsvField& field, PlacedProblems& problems);

}  // namespace thuocdo::io::detail
