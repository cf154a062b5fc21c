#pragma once
/// @file
/// Index models in table form: CSV with one row a node, as kept in a
/// spreadsheet (`docs/model-document.md`, *Table form*).

#include <thuocdo/model/index_model.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace thuocdo::io {

/// Reads a model from a table. Columns `code` and `parent` are required, an
/// empty parent is the root, an empty cell states nothing, and children keep
/// the order of their rows. Identity, ranking, bands and so on are the members
/// of JSON objects in lines `#! {...}` before the header; several lines are
/// merged. Numbers have a decimal point and nothing else around them.
///
/// Rules whose parameters are lists (`step_table`, `level_table`,
/// `categorical_scale`) and aggregations with parameters have no table form.
///
/// @param csv the table
/// @param file its name in messages; the place of a problem is
/// `file:line:column (header)`, the column being the number of the field, or
/// `file:line:1 (#! pointer)` for a member before the header
/// @throws ModelError with every problem. Codes besides those of `check_model`
/// and `read_csv`: `missing_column`, `unknown_column`, `duplicate_column`,
/// `empty_code`, `duplicate_code`, `unknown_parent`, `cycle`, `no_root`,
/// `two_roots`, `rule_not_in_table`, `root_in_table`.
[[nodiscard]] IndexModel parse_model_table(std::string_view csv, const std::string& file);

/// Reads a model from a table in a file.
/// @throws ModelError with every problem, also when the file cannot be read.
[[nodiscard]] IndexModel load_model_table(const std::filesystem::path& path);

}  // namespace thuocdo::io
