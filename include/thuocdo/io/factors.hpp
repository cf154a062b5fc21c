#pragma once
/// @file
/// Factors of robustness runs: read from JSON and resolved against a model.

#include <thuocdo/model/factor.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/robust/factor.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// Reads factors that are given in a call: a JSON list of the form of the member `factors`
/// of a model document (`docs/model-document.md`).
/// @throws ModelError with every problem; places are those of a document with these factors,
///         e.g. `/factors/0/noise`.
[[nodiscard]] std::vector<FactorDefinition> parse_factors(std::string_view json,
                                                          const IndexModel& model);

/// Factors as the engine draws them; see `robust::resolve_factor`. The alternatives of
/// `one_of` put each value where its pointer leads, as `with` does: the pointer follows its
/// node when another factor has left out others before, and has no effect where the node
/// itself was left out.
///
/// Every alternative is applied to the model once, to prove that it fits.
///
/// @throws ModelError with every problem of all factors: what the check of a model says of
///         them, a pointer that hits nothing (`pointer_hits_nothing`), a value that the
///         member cannot take, two values that give the same model (`alternatives_alike`),
///         and a factor without effect (`factor_without_effect`).
/// Complexity: one reading of the model for each alternative.
[[nodiscard]] std::vector<robust::Factor> resolve_factors(
    const IndexModel& model, std::span<const FactorDefinition> factors);

/// The factors that a model declares; none where it declares none.
[[nodiscard]] std::vector<robust::Factor> resolve_factors(const IndexModel& model);

}  // namespace thuocdo::io
