#pragma once
/// @file
/// Index models as JSON documents (`docs/model-document.md`): read, check, write.

#include <thuocdo/error.hpp>
#include <thuocdo/model/index_model.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// Reads a model from a file: a JSON document (`.json`) or the table form
/// (`.csv`, see `load_model_table`), in UTF-8 with or without byte order mark.
/// @throws ModelError with every problem of the file, as `check_model_file`
/// lists them; its text names the file.
[[nodiscard]] IndexModel load_model(const std::filesystem::path& path);

/// Reads a model from the text of a JSON document.
/// @throws ModelError with every problem, as `check_model` lists them.
[[nodiscard]] IndexModel parse_model(std::string_view json);

/// Every problem of a document, in its order; none when `parse_model` accepts
/// it. Nothing is thrown for a bad document.
///
/// The place of a problem is the JSON pointer (RFC 6901) of the member; of a
/// member that is missing, the pointer that it would have; of a syntax error,
/// `line 3, column 5`. Besides those of `IndexModel` the codes are
/// `syntax_error`, `invalid_utf8`, `not_nfc`, `nesting_too_deep`,
/// `duplicate_member`, `unknown_member`, `missing_member`, `wrong_type`,
/// `number_as_text`, `decimal_comma`, `percent_sign`, `thousands_separator`,
/// `number_expected`, `not_finite`, `integer_expected`, `unknown_word`,
/// `unknown_rule`, `unknown_aggregation`, `invalid_date`, `empty_list` and
/// `unsupported_format`. What cannot be read is left out of the further checks,
/// so that one mistake is one problem. About linear in the text.
[[nodiscard]] std::vector<Problem> check_model(std::string_view json);

/// Every problem of a model file; also that it cannot be read at all
/// (`file_not_found`) or is neither `.json` nor `.csv` (`unknown_file_type`).
/// The place of a syntax error is `file:line:column`, without folders.
[[nodiscard]] std::vector<Problem> check_model_file(const std::filesystem::path& path);

/// Writes a model as a document, with defaults left out and members in the order
/// of the documentation. Numbers are the shortest decimals that read back as the
/// same double: 0.1 stays 0.1. `parse_model` gives an equal model with the same
/// digest.
/// @param indent spaces a level; negative gives the canonical form on one line
[[nodiscard]] std::string to_json(const IndexModel& model, int indent = 2);

}  // namespace thuocdo::io
