#pragma once
// The numbers of a leaf before and after, as columns.

#include <thuocdo/explain/compare.hpp>

#include "columns.hpp"

namespace thuocdo::python {

inline void add_contribution_numbers(TableOf<ContributionChange>& table) {
    table.numbers("result_before", [](const ContributionChange& row) { return row.result_before; });
    table.numbers("result_after", [](const ContributionChange& row) { return row.result_after; });
    table.numbers("contribution_before",
                  [](const ContributionChange& row) { return row.contribution_before; });
    table.numbers("contribution_after",
                  [](const ContributionChange& row) { return row.contribution_after; });
    table.numbers("change", [](const ContributionChange& row) { return row.change(); });
}

}  // namespace thuocdo::python
