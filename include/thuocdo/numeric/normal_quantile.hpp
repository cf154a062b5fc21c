#pragma once
/// @file
/// The inverse of the normal distribution function.

#include <thuocdo/config.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace thuocdo::numeric {

namespace detail {

/// Numerator and denominator of one range of AS 241, constant term first.
struct RationalFunction {
    std::array<double, 8> numerator;
    std::array<double, 8> denominator;
};

inline constexpr RationalFunction normal_centre = {
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
     1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
     3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
     2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
     5.2264952788528545610e+3}};

inline constexpr RationalFunction normal_near_tail = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};

inline constexpr RationalFunction normal_far_tail = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

THUOCDO_KERNEL inline double evaluate(const RationalFunction& function, double x) noexcept {
    THUOCDO_EXACT
    double numerator = function.numerator.back();
    double denominator = function.denominator.back();
    for (std::size_t i = function.numerator.size() - 1; i-- > 0;) {
        numerator = numerator * x + function.numerator[i];
        denominator = denominator * x + function.denominator[i];
    }
    return numerator / denominator;
}

}  // namespace detail

/// The z with Phi(z) = `probability`, to about 16 significant digits: negative
/// below one half, infinite at 0 and 1, NaN outside [0, 1] and for NaN.
///
/// M. J. Wichura (1988), "Algorithm AS 241: The percentage points of the normal
/// distribution", Applied Statistics 37(3), routine PPND16. Uses + - * / and,
/// outside [0.075, 0.925], square root and log.
[[nodiscard]] THUOCDO_KERNEL inline double normal_quantile(double probability) noexcept {
    THUOCDO_EXACT
    constexpr double centre_half_width = 0.425;
    constexpr double centre_constant = 0.180625;
    constexpr double near_tail_end = 5.0;
    constexpr double near_tail_start = 1.6;
    if (!(probability >= 0.0 && probability <= 1.0))
        return std::numeric_limits<double>::quiet_NaN();
    const double offset = probability - 0.5;
    if (std::fabs(offset) <= centre_half_width) {
        return offset * detail::evaluate(detail::normal_centre, centre_constant - offset * offset);
    }
    const double tail = offset < 0.0 ? probability : 1.0 - probability;
    if (tail == 0.0) return std::copysign(std::numeric_limits<double>::infinity(), offset);
    const double depth = std::sqrt(-std::log(tail));
    const double size = depth <= near_tail_end
                            ? detail::evaluate(detail::normal_near_tail, depth - near_tail_start)
                            : detail::evaluate(detail::normal_far_tail, depth - near_tail_end);
    return std::copysign(size, offset);
}

}  // namespace thuocdo::numeric
