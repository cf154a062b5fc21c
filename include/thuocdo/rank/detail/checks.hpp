#pragma once
/// @file
/// Checks that the multi-criteria methods share.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/matrix_places.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace thuocdo::rank::detail {

using numeric::cell_place;
using numeric::column_place;
using numeric::entry_place;
using numeric::problems_listed;

/// Rows that are worked on together, so that scratch stays in the first cache.
inline constexpr Index block_rows = 512;

/// Refuses an option; for single problems.
[[noreturn]] inline void refuse(const char* summary, const char* code, std::string place,
                                std::string found, std::string expected, std::string remedy) {
    throw NumericError(summary, {Problem{code, std::move(place), std::move(found),
                                         std::move(expected), std::move(remedy)}});
}

inline void check_sizes(Index rows, Index columns, std::size_t weights, std::size_t directions,
                        std::vector<Problem>& problems) {
    if (rows == 0)
        problems.push_back({"no_alternative", "argument \"x\"", "no row", "one row or more", ""});
    if (columns == 0)
        problems.push_back({"no_criterion", "argument \"x\"", "no column", "one or more", ""});
    const auto expected = static_cast<std::size_t>(columns);
    if (weights != expected)
        problems.push_back({"size_mismatch", "argument \"weights\"",
                            std::to_string(weights) + " weights",
                            std::to_string(expected) + ", one a column of \"x\"", ""});
    if (directions != expected)
        problems.push_back({"size_mismatch", "argument \"directions\"",
                            std::to_string(directions) + " directions",
                            std::to_string(expected) + ", one a column of \"x\"", ""});
}

inline void check_weights(std::span<const double> weights, std::vector<Problem>& problems) {
    bool any = false;
    bool sound = true;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        any = any || weights[j] > 0.0;
        if (std::isfinite(weights[j]) && weights[j] >= 0.0) continue;
        sound = false;
        problems.push_back({"weight_out_of_range", entry_place("weights", j),
                            numeric::shortest(weights[j]), "a finite number of 0 or more", ""});
    }
    if (sound && !any && !weights.empty())
        problems.push_back({"no_weight", "argument \"weights\"", "only zeros",
                            "a weight above 0 for one criterion or more", ""});
}

inline void name_cells_not_finite(const double* cells, Index rows, Index column,
                                  std::vector<Problem>& problems) {
    for (Index i = 0; i < rows && problems.size() < problems_listed; ++i) {
        if (std::isfinite(cells[i])) continue;
        const bool missing = std::isnan(cells[i]);
        problems.push_back({missing ? "missing_value" : "infinite_value", cell_place(i, column),
                            missing ? "a missing value" : numeric::shortest(cells[i]),
                            "a finite number",
                            missing ? "impute it, or leave out the alternative or the criterion"
                                    : "correct the value"});
    }
}

}  // namespace thuocdo::rank::detail
