#pragma once
/// @file
/// Rules of early warning as JSON documents: read, check, write.

#include <thuocdo/error.hpp>
#include <thuocdo/tasks/warning_rules.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// Reads the document of a set of rules:
/// `{"thuocdo_warning_rules": 1, "id": "default", "version": "1", "name": {...},
/// "rules": [{"code": "late-start", "kind": "late_start", "severity": "warning",
/// "reason": {"vi": "...", "en": "..."}, "share": 0.3, "lead_time_days": 30}]}`.
/// A rule has the parameters of its kind (`warning_parameters`) and no others;
/// `severity` and `lead_time_days` are required. An optional `subject` must be
/// that of the kind.
/// @throws TaskError with every problem, as `check_warning_rules_document` lists
/// them
[[nodiscard]] WarningRuleSet parse_warning_rules(std::string_view json);

/// Reads a set of rules from a file.
/// @throws TaskError with every problem; also `file_not_found`
[[nodiscard]] WarningRuleSet load_warning_rules(const std::filesystem::path& path);

/// Every problem of a document, in its order; none when `parse_warning_rules`
/// accepts it. The place of a problem is the JSON pointer of the member, of a
/// syntax error its line and column. Codes are those of the reader of models
/// (`check_model`), such as `missing_member` and `unknown_word`, those of
/// `check_warning_rules`, and `wrong_subject`.
[[nodiscard]] std::vector<Problem> check_warning_rules_document(std::string_view json);

/// Writes a set of rules as a document that reads back as the same rules.
/// @throws TaskError when the rules cannot be used
/// @param indent spaces a level; negative gives one line
[[nodiscard]] std::string to_json(const WarningRuleSet& set, int indent = 2);

}  // namespace thuocdo::io
