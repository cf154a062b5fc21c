#pragma once
/// @file
/// From the tree of a document to the definition of a model.

#include <thuocdo/model/definition.hpp>

#include <optional>
#include <vector>

#include "io/json_reader.hpp"

namespace thuocdo::io::detail {

/// Reads a whole document as far as it can be read.
[[nodiscard]] ModelDefinition read_definition(const Json& document, ReadLog& log);

/// Reads a score rule; a rule that cannot be read becomes `as_is`, which has
/// nothing to check.
[[nodiscard]] ScoreRule read_score_rule(const Json& value, const std::string& place, ReadLog& log);

/// Reads an aggregation: a word, or an object with `method`.
[[nodiscard]] std::optional<Aggregation> read_aggregation(const Json& value,
                                                          const std::string& place, ReadLog& log);

/// Reads the weighting scheme of a node: a word, or an object with `scheme`.
[[nodiscard]] std::optional<Weighting> read_weighting(const Json& value, const std::string& place,
                                                      ReadLog& log);

/// Reads one step of the preparation; one of unknown kind keeps its place in the list.
[[nodiscard]] PreparationStep read_step(const Json& value, const std::string& place, ReadLog& log);

/// Reads one factor of robustness runs; one that cannot be read keeps its place in the list.
[[nodiscard]] FactorDefinition read_factor(const Json& value, const std::string& place,
                                           ReadLog& log);

/// The checks of the model itself, without those problems that only follow
/// from what could not be read.
[[nodiscard]] std::vector<Problem> check_read_definition(const ModelDefinition& definition,
                                                         const FailedPlaces& failed);

}  // namespace thuocdo::io::detail
