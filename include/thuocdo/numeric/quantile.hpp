#pragma once
/// @file
/// Sample quantiles and the median of a column.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace thuocdo::numeric {

/// Quantile of the observed values of a column; NaN is missing and skipped.
///
/// With the values in ascending order x[0] to x[m-1] and h = (m - 1) p, the
/// result is x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]), the
/// definition 7 of R. J. Hyndman and Y. Fan (1996), "Sample quantiles in
/// statistical packages", The American Statistician 50(4), which R, numpy and
/// Excel's PERCENTILE.INC use. Half way between two values it is their mean,
/// rounded once. Does not depend on the order of rows. NaN when nothing is
/// observed. O(n) on average; copies the column.
/// @throws NumericError if `probability` is not in [0, 1].
[[nodiscard]] THUOCDO_KERNEL inline double quantile(ColumnView x, double probability) {
    THUOCDO_EXACT
    if (!(probability >= 0.0 && probability <= 1.0)) {
        throw NumericError("cannot take a quantile",
                           {Problem{"invalid_probability", "probability", shortest(probability),
                                    "a number from 0 to 1", "write 90% as 0.9"}});
    }
    const double* const values = x.data();
    std::vector<double> observed;
    observed.reserve(static_cast<std::size_t>(x.size()));
    for (Index i = 0; i < x.size(); ++i) {
        // Adding zero turns -0.0 into 0.0: which one is picked must not show.
        if (values[i] == values[i]) observed.push_back(values[i] + 0.0);
    }
    if (observed.empty()) return std::numeric_limits<double>::quiet_NaN();

    const double position = static_cast<double>(observed.size() - 1) * probability;
    const double whole = std::floor(position);
    const double fraction = position - whole;
    const auto lower_place = observed.begin() + static_cast<std::ptrdiff_t>(whole);
    std::nth_element(observed.begin(), lower_place, observed.end());
    const double lower = *lower_place;
    if (fraction == 0.0) return lower;
    const double upper = *std::min_element(lower_place + 1, observed.end());
    if (lower == upper) return lower;
    // Exact products for a half, and no overflow between values far apart.
    if (fraction == 0.5 || !std::isfinite(upper - lower)) {
        return lower * (1.0 - fraction) + upper * fraction;
    }
    const double between = lower + fraction * (upper - lower);
    return between > upper ? upper : between;
}

/// The middle observed value, or the mean of the two in the middle:
/// quantile(x, 0.5). NaN when nothing is observed.
[[nodiscard]] inline double median(ColumnView x) { return quantile(x, 0.5); }

}  // namespace thuocdo::numeric
