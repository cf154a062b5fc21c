#pragma once
/// @file
/// Which units of a table a model evaluates.

#include <thuocdo/config.hpp>
#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/time/date.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo::detail {

/// One flag a unit, empty when all are evaluated. Leaves out units of another
/// level or kind than the cohort's, and units that are not valid on the as-of
/// date. A unit that states no level is taken in.
[[nodiscard]] inline std::vector<std::uint8_t> cohort_flags(const Cohort& cohort,
                                                            const UnitRegistry& units,
                                                            const std::optional<Date>& as_of) {
    const UnitGrouping* levels = cohort.level.empty() ? nullptr : units.grouping("level");
    const UnitGrouping* kinds = cohort.kinds.empty() ? nullptr : units.grouping("kind");
    const bool dated = as_of.has_value() && units.has_validity();
    if (!levels && !kinds && !dated) return {};
    std::vector<std::uint8_t> evaluated(static_cast<std::size_t>(units.size()), 1);
    bool all = true;
    for (Index unit = 0; unit < units.size(); ++unit) {
        bool belongs = true;
        if (levels && !levels->of(unit).empty()) belongs = levels->of(unit) == cohort.level;
        if (kinds && !kinds->of(unit).empty())
            belongs = belongs && std::find(cohort.kinds.begin(), cohort.kinds.end(),
                                           kinds->of(unit)) != cohort.kinds.end();
        if (dated) belongs = belongs && units.is_valid_on(unit, *as_of);
        evaluated[static_cast<std::size_t>(unit)] = belongs ? 1 : 0;
        all = all && belongs;
    }
    if (all) evaluated.clear();
    return evaluated;
}

}  // namespace thuocdo::detail
