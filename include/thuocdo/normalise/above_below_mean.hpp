#pragma once
/// @file
/// Above, near or below the mean.

#include <thuocdo/normalise/detail/column.hpp>

#include <cmath>
#include <cstdint>

namespace thuocdo::normalise {

/// +1 where x / mean > 1 + band, -1 where x / mean < 1 - band, else 0. Where
/// lower is better the caller turns the sign.
///
/// @param x a column over units; NaN is missing and stays missing.
/// @param mean of the column, finite and above 0 (a ratio to a negative mean
///        would swap the sides); NaN means that nothing was observed.
/// @param band half width around the mean as a share of it, 0 <= band < 1.
/// @param out as long as x; may be the column x itself.
/// @return number of observed cells refused and written as NaN: infinite ones,
///         and all of them when the mean is NaN.
/// @throws NumericError when mean <= 0 or infinite, the band is not as above, or
///         the lengths differ.
/// Complexity: one pass. Source: OECD/JRC handbook (2008), step 5.
THUOCDO_KERNEL [[nodiscard]] inline Index above_below_mean(ColumnView x, double mean, double band,
                                                           ColumnOut out) {
    THUOCDO_EXACT
    detail::require_same_length(x.size(), out.size());
    if (!std::isnan(mean)) detail::require_positive("mean", mean);
    if (!(band >= 0.0 && band < 1.0)) {
        detail::refuse("band_out_of_range", "argument \"band\"", detail::text(band),
                       "a share from 0 to below 1", "");
    }
    const double above = 1.0 + band;
    const double below = 1.0 - band;
    const double* const cells = x.data();
    double* const results = out.data();
    const Index count = x.size();
    std::uint64_t refused = 0;
    THUOCDO_CELLWISE
    for (Index i = 0; i < count; ++i) {
        const double cell = cells[i];
        const double ratio = cell / mean;
        const double over = ratio > above ? 1.0 : 0.0;
        const double side = ratio < below ? -1.0 : over;
        const double result = std::abs(ratio) <= detail::largest_finite ? side : detail::missing;
        results[i] = result;
        refused += detail::nan_bit(result) - detail::nan_bit(cell);
    }
    return static_cast<Index>(refused);
}

}  // namespace thuocdo::normalise
