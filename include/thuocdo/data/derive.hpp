#pragma once
/// @file
/// Computes the derived indicators of a model from the columns of a panel.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/index_model.hpp>

#include <optional>

namespace thuocdo {

/// The panel with the derived indicators of a model appended, in the order of the
/// model. Columns that an earlier call appended are computed again; a model without
/// derived indicators gives the panel back.
///
/// A missing argument makes a result missing, in the strongest state of the
/// arguments: not applicable, not yet due, confidential, not reported, zero
/// denominator, in this order; functions with the prefix `observed_` leave it
/// out. A division by zero gives the state zero denominator. Results of imputed
/// or provisional values are imputed or provisional. `if`, `and`, `or` and
/// `coalesce` look only at the arguments that they need. `previous(x)` is the
/// value of the same unit, found by code, in the panel of the previous period,
/// where x may be a derived indicator that looks back no further.
///
/// Every row is computed alone and in a fixed order, so the order of units does
/// not change a bit.
/// Complexity: O(units x terms); extra memory for the new columns.
/// @throws DataError naming every column that the panel lacks, every column given
///         under the code of a derived one, a previous panel that is needed and
///         not given, and every unit, indicator and part of an expression that is
///         outside its domain (a logarithm of 0) or larger than any number.
[[nodiscard]] THUOCDO_INLINE Panel derive(const IndexModel& model, const Panel& panel,
                                          const std::optional<Panel>& previous = {});

}  // namespace thuocdo

#if !THUOCDO_DECLARATIONS_ONLY
#include <thuocdo/data/detail/derivation.hpp>
#endif
