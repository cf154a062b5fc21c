#pragma once
/// @file
/// Rules about who may see what as JSON documents.

#include <thuocdo/error.hpp>
#include <thuocdo/publish/visibility_rules.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// Reads a document of rules:
/// `{"thuocdo_visibility": 1, "units": [{"unit": "BQP", "visibility": "restricted"}],
/// "cells": [{"unit": "HN", "node": "rnd", "visibility": "internal"}],
/// "tasks": [{"task": "T-17", "visibility": "internal"}],
/// "digits": [{"node": "total", "digits": 1}], "default_digits": 2,
/// "ranks_without_totals": true, "bands_without_totals": false}`.
/// Every member may be left out; a `visibility` that is left out is `restricted`.
/// Whether units, nodes and tasks exist is asked when the rules meet a scoreboard.
/// @throws DataError with every problem, as `check_visibility_document` lists them
[[nodiscard]] publish::VisibilityRules parse_visibility(std::string_view json);

/// Reads rules from a file.
/// @throws DataError with every problem; also `file_not_found`
[[nodiscard]] publish::VisibilityRules load_visibility(const std::filesystem::path& path);

/// Every problem of a document, in its order; none when `parse_visibility` accepts it. The
/// place of a problem is the JSON pointer of the member, of a syntax error its line and column.
[[nodiscard]] std::vector<Problem> check_visibility_document(std::string_view json);

}  // namespace thuocdo::io
