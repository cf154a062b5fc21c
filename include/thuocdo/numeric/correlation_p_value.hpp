#pragma once
/// @file
/// How often a correlation at least as far from 0 arises when there is none. On
/// Boost.Math, which adds about 3 s to the compilation of a file that includes it.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/kendall.hpp>

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace thuocdo::numeric {

/// Two-sided p-value of Pearson's or Spearman's coefficient r over n rows: the chance that
/// Student's t with n - 2 degrees of freedom is at least |r| sqrt((n - 2) / (1 - r^2)) from 0.
/// Exact for Pearson's under normality; an approximation for Spearman's.
///
/// Written as the incomplete beta function I(1 - r^2; (n - 2)/2, 1/2), which keeps its digits
/// where r is near 1. Digits as in the C library's powers, about 1e-13 relative.
/// @return NaN where r is NaN or n is below 3: no degree of freedom is left.
/// @throws NumericError unless r is NaN or within [-1, 1].
/// Source: Student (1908), Biometrika 6, 302-310.
[[nodiscard]] inline double correlation_p_value(double r, Index rows) {
    if (std::abs(r) > 1.0) {
        throw NumericError("no p-value of this correlation",
                           {Problem{"correlation_out_of_range", "argument \"r\"", shortest(r),
                                    "a number from -1 to 1", "give a correlation coefficient"}});
    }
    if (std::isnan(r) || rows < 3) return std::numeric_limits<double>::quiet_NaN();
    // Without promotion to long double, whose width differs between machines.
    using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
    constexpr double half = 0.5;
    const double degrees = half * static_cast<double>(rows - 2);
    const double square = r * r;
    return square < half ? boost::math::ibetac(half, degrees, square, Policy())
                         : boost::math::ibeta(degrees, half, (1.0 - r) * (1.0 + r), Policy());
}

/// Two-sided p-value of Kendall's tau (a or b: both are 0 together) by the normal
/// approximation with the variance of S under ties
///     (v_0 - v_a - v_b)/18 + 2 T_a T_b / (n (n - 1)) + U_a U_b / (9 n (n - 1) (n - 2)),
/// v_0 = n (n - 1)(2 n + 5), v = sum t (t - 1)(2 t + 5), T = sum t (t - 1)/2,
/// U = sum t (t - 1)(t - 2) over the runs of t equal values; no continuity correction. Meant
/// for about 10 rows and more.
/// @return NaN below two rows and where a column is constant.
/// Source: M. G. Kendall (1970), Rank Correlation Methods, 4th edition, chapter 4.
[[nodiscard]] inline double kendall_p_value(const KendallCounts& counts) {
    const std::int64_t pairs = counts.row_pairs();
    if (pairs <= counts.ties_a.tied_pairs || pairs <= counts.ties_b.tied_pairs)
        return std::numeric_limits<double>::quiet_NaN();
    const auto rows = static_cast<double>(counts.rows);
    const double ordered_pairs = rows * (rows - 1.0);
    double variance =
        (ordered_pairs * (2.0 * rows + 5.0) - counts.ties_a.variance - counts.ties_b.variance) /
            18.0 +
        2.0 * static_cast<double>(counts.ties_a.tied_pairs) *
            static_cast<double>(counts.ties_b.tied_pairs) / ordered_pairs;
    if (counts.rows > 2) {
        variance +=
            counts.ties_a.triples * counts.ties_b.triples / (9.0 * ordered_pairs * (rows - 2.0));
    }
    const double z =
        std::abs(static_cast<double>(counts.concordant_less_discordant)) / std::sqrt(variance);
    return std::erfc(z / std::sqrt(2.0));
}

}  // namespace thuocdo::numeric
