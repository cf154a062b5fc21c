#pragma once
/// @file
/// Products of powers of normalised values, in logarithms.

#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/rank/normalisation.hpp>

#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

/// Below the least normal double a factor counts as 0.
inline constexpr double least_factor = std::numeric_limits<double>::min();

/// out += weight * ln(values), minus infinity from a value of 0 on. `scratch` has room for
/// `count`. Returns whether no value is negative.
[[nodiscard]] THUOCDO_KERNEL inline bool add_weighted_logarithms(const double* values, Index count,
                                                                 double weight, double* scratch,
                                                                 double* out) {
    THUOCDO_EXACT
    double least = values[0];
    for (Index i = 0; i < count; ++i) {
        least = values[i] < least ? values[i] : least;
        scratch[i] = values[i] < least_factor ? 1.0 : values[i];
    }
    numeric::natural_logarithms(scratch, count, scratch);
    for (Index i = 0; i < count; ++i) out[i] += weight * scratch[i];
    if (least >= least_factor) return true;
    for (Index i = 0; i < count; ++i)
        if (values[i] < least_factor) out[i] = -std::numeric_limits<double>::infinity();
    return least >= 0.0;
}

/// Throws naming the cells whose normalised value is negative, where the weight is above 0.
inline void refuse_negative_factors(const DecisionView& x,
                                    const std::vector<ColumnNormaliser>& normalisers) {
    std::vector<Problem> problems;
    std::vector<double> cells(static_cast<std::size_t>(x.rows()));
    for (Index j = 0; j < x.columns(); ++j) {
        if (!(x.weight(j) > 0.0)) continue;
        normalisers[static_cast<std::size_t>(j)].apply(x.column(j), x.rows(), cells.data());
        for (Index i = 0; i < x.rows() && problems.size() < problems_listed; ++i) {
            const double cell = cells[static_cast<std::size_t>(i)];
            if (cell >= 0.0) continue;
            problems.push_back({"negative_factor", cell_place(i, j),
                                numeric::shortest(cell) + " after normalisation",
                                "0 or more under a power",
                                "use another normalisation, or shift the values of the column"});
        }
    }
    x.throw_if_any(std::move(problems));
}

}  // namespace thuocdo::rank::detail
