#pragma once
/// @file
/// Weighted power mean (generalised mean).

#include <thuocdo/aggregate/arithmetic.hpp>
#include <thuocdo/aggregate/domain.hpp>
#include <thuocdo/aggregate/geometric.hpp>
#include <thuocdo/aggregate/harmonic.hpp>

#include <cmath>
#include <cstddef>
#include <span>

namespace thuocdo::aggregate {
namespace detail {

/// Below this exponent x^p - 1 loses the digits that carry the mean, so the sum
/// runs over expm1(p ln x).
inline constexpr double small_exponent = 1e-3;

/// Whether negative numbers have a real power and a real root: 1, 3, 5, ...
[[nodiscard]] inline bool is_odd_and_positive(double exponent) {
    return exponent > 0.0 && std::fmod(exponent, 2.0) == 1.0;
}

inline void require_exponent(double exponent) {
    if (!std::isfinite(exponent)) {
        refuse("exponent_not_finite", "argument \"exponent\"", text(exponent), "a finite number",
               "use minimum or maximum for the limits");
    }
}

/// Power mean for exponents other than -1, 0 and 1, relative to the largest
/// (p > 0) or smallest (p < 0) magnitude of each row, so that no power leaves
/// the range of double.
THUOCDO_KERNEL inline void scaled_power_mean(ChildrenView x, std::span<const double> weights,
                                             double exponent, ColumnOut& out) {
    THUOCDO_EXACT
    const bool small = std::abs(exponent) < small_exponent;
    const bool negatives = is_odd_and_positive(exponent);
    double scale[block_rows];
    double sum[block_rows];
    double weight[block_rows];
    for (Index start = 0; start < x.rows(); start += block_rows) {
        const Index count = rows_in_block(x.rows(), start);
        for (Index i = 0; i < count; ++i) scale[i] = exponent > 0.0 ? 0.0 : largest_finite;
        for (Index i = 0; i < count; ++i) sum[i] = 0.0;
        for (Index i = 0; i < count; ++i) weight[i] = 0.0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            if (weights[j] == 0.0) continue;
            const double* const cells = child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double magnitude = std::abs(cells[i]);
                const bool better = exponent > 0.0 ? magnitude > scale[i] : magnitude < scale[i];
                scale[i] = better ? magnitude : scale[i];
            }
        }
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const double w = weights[j];
            if (w == 0.0) continue;
            const double* const cells = child(x, j, start);
            for (Index i = 0; i < count; ++i) {
                const double cell = cells[i];
                if (std::isnan(cell)) continue;
                weight[i] += w;
                const bool inside = exponent > 0.0 ? (cell >= 0.0 || negatives) : cell > 0.0;
                if (!inside || std::abs(cell) > largest_finite) {
                    sum[i] = missing;
                } else if (scale[i] > 0.0) {
                    const double share = cell / scale[i];
                    sum[i] += w * (small ? std::expm1(exponent * std::log(share))
                                         : std::pow(share, exponent));
                }
            }
        }
        double* const results = out.data() + start;
        for (Index i = 0; i < count; ++i) {
            if (!(weight[i] > 0.0) || std::isnan(sum[i])) {
                results[i] = missing;
            } else if (scale[i] == 0.0) {
                results[i] = 0.0;
            } else if (small) {
                results[i] = scale[i] * std::exp(std::log1p(sum[i] / weight[i]) / exponent);
            } else {
                const double power = sum[i] / weight[i];
                results[i] =
                    scale[i] * std::copysign(std::pow(std::abs(power), 1.0 / exponent), power);
            }
        }
    }
}

}  // namespace detail

/// As power_mean(), but a unit with an observed x outside the domain gets NaN.
/// For callers that have checked, or that count failed draws. Exponent 1 has no
/// domain to leave but that of arithmetic(), which throws.
inline void power_mean_unchecked(ChildrenView x, std::span<const double> weights, double exponent,
                                 ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    detail::require_exponent(exponent);
    if (exponent == 0.0) return geometric_unchecked(x, weights, out);
    if (exponent == 1.0) return arithmetic(x, weights, out);
    if (exponent == -1.0) return harmonic_unchecked(x, weights, out);
    detail::scaled_power_mean(x, weights, exponent, out);
}

/// (sum(w x^p) / sum(w))^(1/p) over the observed children of each unit; p = 1 is
/// the arithmetic, p = 0 the geometric and p = -1 the harmonic mean. The smaller
/// the exponent, the more a weak child weighs.
///
/// Domain of observed children that take part: x > 0 for p <= 0, x >= 0 for
/// p > 0, any x for p = 1, 3, 5, ... A negative x is also refused for p = 2, 4,
/// ...: its power is positive, and the mean would rise as the child falls.
///
/// @param x children of one parent; NaN is missing: it is skipped and the weights
///        are renormalised over the observed children. No observed child: NaN.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part, whatever its values.
/// @param exponent p, finite; the limits are maximum() and minimum().
/// @param out one a row of x.
/// @throws NumericError when the exponent is not finite, the sizes or weights do
///         not fit, or naming the cells (up to 100) outside the domain.
/// Complexity: one power a cell. Powers are those of the C library, so the last
/// bits may differ between platforms, save for p = 1 and p = -1.
/// Source: Hardy, Littlewood and Polya (1934), chapter 2; OECD/JRC handbook
/// (2008), step 6.
inline void power_mean(ChildrenView x, std::span<const double> weights, double exponent,
                       ColumnOut out) {
    detail::require_rows(x, out.size());
    detail::require_weights(x, weights);
    detail::require_exponent(exponent);
    if (exponent <= 0.0) {
        detail::require_positive_and_finite(x, weights, "power mean");
    } else if (!detail::is_odd_and_positive(exponent)) {
        detail::require_not_negative_and_finite(x, weights, "power mean");
    } else {
        detail::require_no_infinite(x, weights, "power mean");
    }
    power_mean_unchecked(x, weights, exponent, out);
}

}  // namespace thuocdo::aggregate
