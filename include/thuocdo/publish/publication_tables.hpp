#pragma once
/// @file
/// The tables of a publication as separated text. Needs the target `thuocdo::publication`.

#include <thuocdo/publish/publication.hpp>

#include <map>
#include <string>
#include <string_view>

namespace thuocdo::publish {

/// The text as a spreadsheet takes it for text: one that begins with `=`, `+`, `-`, `@` (also
/// in full width), a tab or a line break, and would be read as a formula, gets an apostrophe
/// before it.
[[nodiscard]] std::string spreadsheet_safe(std::string_view text);

/// The tables by file name, each with a header and, before it, notes that begin with `#`:
/// `ranking.csv` (a row a unit), `results.csv` (unit and node), `values.csv` (unit and
/// indicator), `definitions.csv` (node), `changes.csv` (unit), `overdue.csv` (task; secret ones
/// are counted). Texts are `spreadsheet_safe`, numbers stay numbers, missing and withheld ones
/// are empty; the column `withheld` has `yes` for these.
/// @throws DataError as CsvWriter: `invalid_utf8`, `nul_character`, `infinite_value`
[[nodiscard]] std::map<std::string, std::string> tables_of(const Publication& publication);

}  // namespace thuocdo::publish
