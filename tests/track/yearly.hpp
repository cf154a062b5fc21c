#pragma once
// Values and panels dated at the end of a year.

#include <thuocdo/explain/progress.hpp>

#include "support/build.hpp"

namespace testing_support {

inline thuocdo::Date end_of_year(int year) {
    return thuocdo::Date(static_cast<unsigned short>(year), 12, 31);
}

inline thuocdo::DatedValue year_end(int year, double value) { return {end_of_year(year), value}; }

inline thuocdo::Panel yearly(int year, const std::vector<std::vector<double>>& rows,
                             const std::vector<std::string>& indicators = {"digital"}) {
    thuocdo::PanelDefinition definition = panel(indicators, rows).definition();
    definition.period = std::to_string(year);
    definition.period_end = end_of_year(year);
    return thuocdo::Panel(definition);
}

}  // namespace testing_support
