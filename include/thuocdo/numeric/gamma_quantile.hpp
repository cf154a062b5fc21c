#pragma once
/// @file
/// Quantiles of gamma distributions, with the same bits on every machine.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/detail/gamma_quantile_table.hpp>
#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/numeric/normal_quantile.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace thuocdo::numeric {

namespace detail {

/// ln of one number above 0, subnormal or not.
[[nodiscard]] THUOCDO_KERNEL inline double logarithm_of(double x) noexcept {
    THUOCDO_EXACT
    constexpr double lift = 0x1p54;
    constexpr double ln_of_lift = 0x1.2b708872320e2p5;
    const bool small = x < std::numeric_limits<double>::min();
    const double lifted = small ? x * lift : x;
    double result = 0.0;
    natural_logarithms(&lifted, 1, &result);
    return small ? result - ln_of_lift : result;
}

[[nodiscard]] inline double exponential_of(double x) noexcept {
    double result = 0.0;
    natural_exponentials(&x, 1, &result);
    return result;
}

/// A polynomial whose number of coefficients is a multiple of 4, constant term first, as
/// four polynomials of x^4, so that four terms are under way at once.
[[nodiscard]] THUOCDO_KERNEL inline double evaluate_by_fours(const double* coefficients,
                                                             std::size_t count, double x) noexcept {
    THUOCDO_EXACT
    const double square = x * x;
    const double fourth = square * square;
    double r0 = 0.0;
    double r1 = 0.0;
    double r2 = 0.0;
    double r3 = 0.0;
    for (std::size_t i = count; i > 0; i -= 4) {
        r0 = r0 * fourth + coefficients[i - 4];
        r1 = r1 * fourth + coefficients[i - 3];
        r2 = r2 * fourth + coefficients[i - 2];
        r3 = r3 * fourth + coefficients[i - 1];
    }
    return (r0 + r1 * x) + square * (r2 + r3 * x);
}

/// normal_quantile() with the logarithm of this library.
[[nodiscard]] THUOCDO_KERNEL inline double normal_quantile_of(double p) noexcept {
    THUOCDO_EXACT
    constexpr double centre_half_width = 0.425;
    constexpr double tail_depth = 5.0;
    const double offset = p - 0.5;
    if (std::fabs(offset) <= centre_half_width) return normal_quantile(p);
    const double depth = std::sqrt(-logarithm_of(offset < 0.0 ? p : 1.0 - p));
    constexpr double near_tail_start = 1.6;
    const double size = depth <= tail_depth ? evaluate(normal_near_tail, depth - near_tail_start)
                                            : evaluate(normal_far_tail, depth - tail_depth);
    return std::copysign(size, offset);
}

/// ln Gamma(1 + x) for |x| <= 1/2: -ln(1 + x) + x (1 - g) + sum over k from 2 of
/// (-x)^k (zeta(k) - 1) / k, where g is Euler's constant.
[[nodiscard]] THUOCDO_KERNEL inline double log_gamma_near_one(double x) noexcept {
    THUOCDO_EXACT
    constexpr double one_less_euler = 0.42278433509846713;
    constexpr std::array<double, 26> zeta_less_one = {
        0.6449340668482264,     0.2020569031595943,    0.08232323371113819,
        0.03692775514336993,    0.01734306198444914,   0.008349277381922827,
        0.00407735619794434,    0.0020083928260822143, 0.0009945751278180853,
        0.0004941886041194645,  0.0002460865533080483, 0.00012271334757848915,
        6.124813505870483e-05,  3.058823630702049e-05, 1.528225940865187e-05,
        7.637197637899763e-06,  3.81729326499984e-06,  1.908212716553939e-06,
        9.539620338727962e-07,  4.769329867878064e-07, 2.38450502727733e-07,
        1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08,
        1.4901554828365043e-08, 7.45071178983543e-09};
    double sum = 0.0;
    for (std::size_t i = zeta_less_one.size(); i-- > 0;)
        sum = zeta_less_one[i] / static_cast<double>(i + 2) - x * sum;
    // ln(1 + x), also of an x far below the last place of 1.
    const double opposite = -x;
    double scratch = 0.0;
    double negative_logarithm = 0.0;
    negative_logarithms_of_complement(&opposite, 1, &scratch, &negative_logarithm);
    return negative_logarithm + x * (one_less_euler + x * sum);
}

/// ln Gamma(1 + shape), relatively exact for small shapes.
[[nodiscard]] THUOCDO_KERNEL inline double log_gamma_of_next(double shape) noexcept {
    THUOCDO_EXACT
    if (shape >= gamma_large_shape) {
        constexpr double half_ln_2_pi = 0x1.d67f1c864beb5p-1;
        const double inverse = 1.0 / shape;
        const double square = inverse * inverse;
        const double correction =
            inverse * (1.0 / 12.0 -
                       square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0))));
        return (shape + 0.5) * logarithm_of(shape) - shape + half_ln_2_pi + correction;
    }
    const double whole = std::floor(shape + 0.5);
    const double rest = shape - whole;
    double product = 1.0;
    for (double factor = 1.0; factor <= whole; factor += 1.0) product *= rest + factor;
    return log_gamma_near_one(rest) + logarithm_of(product);
}

}  // namespace detail

/// Quantiles of the gamma distribution with a shape a and scale 1: the x with
/// P(a, x) = p, where P is the regularised incomplete gamma function. Make it once for a
/// shape and call it many times.
///
/// Relative error below 2e-13 for shapes from 0.01 (measured against 45 digits; half of
/// them below 2e-16). Below that it grows as 1e-15 / shape where P is close to 1. Shapes
/// below 1e-300 count as 1e-300. 50 to 250 ns a call, 8 ns for shape 1.
///
/// From shape 16 on a polynomial of the normal quantile gives ln x (numeric/detail/
/// gamma_quantile_table.hpp). Below, ln P or, in the upper tail, ln(1 - P) is solved for
/// u = ln x from an approximation (DiDonato and Morris (1986), ACM Transactions on
/// Mathematical Software 12(4); Wilson and Hilferty (1931) from shape 1) by steps of the
/// fourth order, of which two are enough. With S(x) = sum over n of x^n / ((a+1)...(a+n)) and
/// P = x^a e^-x S / Gamma(a+1), d ln P / du = a / S; the tail has the continued fraction
/// of Legendre, C, in place of S and d ln(1 - P) / du = -1 / C. Shape 1 is -ln(1 - p).
/// Uses + - * /, square root, and the logarithm and exponential of this library, so that
/// the bits are the same everywhere.
class GammaQuantile {
  public:
    /// O(1): about 0.3 microseconds.
    /// @throws NumericError unless the shape is above 0 and finite.
    explicit GammaQuantile(double shape) : shape_(std::max(shape, smallest_shape)) {
        if (!(shape > 0.0 && std::isfinite(shape))) {
            throw NumericError("no gamma distribution of this shape",
                               {Problem{"shape_not_valid", "argument \"shape\"", shortest(shape),
                                        "a finite number above 0", ""}});
        }
        if (shape_ >= detail::gamma_large_shape)
            prepare_large();
        else if (shape_ != 1.0)
            prepare_small();
    }

    [[nodiscard]] double shape() const noexcept { return shape_; }

    /// The quantile: 0 at p = 0, infinite at 1, NaN outside [0, 1] and for NaN.
    [[nodiscard]] THUOCDO_KERNEL double operator()(double p) const noexcept {
        THUOCDO_EXACT
        if (!(p > 0.0 && p < 1.0)) return at_end(p, 0.0);
        if (shape_ == 1.0) return exponential_quantile(p);
        if (shape_ >= detail::gamma_large_shape) return shape_ * detail::exponential_of(large(p));
        return detail::exponential_of(small(p));
    }

    /// ln of the quantile, also where the quantile itself is too small for a double:
    /// minus infinity at p = 0.
    [[nodiscard]] THUOCDO_KERNEL double logarithm(double p) const noexcept {
        THUOCDO_EXACT
        if (!(p > 0.0 && p < 1.0)) return at_end(p, -std::numeric_limits<double>::infinity());
        if (shape_ == 1.0) return detail::logarithm_of(exponential_quantile(p));
        if (shape_ >= detail::gamma_large_shape) return detail::logarithm_of(shape_) + large(p);
        return small(p);
    }

  private:
    static constexpr double smallest_shape = 1e-300;
    /// Below a part of this size nothing changes.
    static constexpr double negligible = 1e-17;
    static constexpr std::size_t most_coefficients = 80;
    /// Normal quantiles of every p above 0.
    static constexpr double largest_normal = 38.5;
    /// Normal quantiles of every p from 2^-54 on.
    static constexpr double usual_normal = 8.3;
    static constexpr int most_steps = 12;

    [[nodiscard]] static double at_end(double p, double lowest) noexcept {
        if (p == 0.0) return lowest;
        if (p == 1.0) return std::numeric_limits<double>::infinity();
        return std::numeric_limits<double>::quiet_NaN();
    }

    [[nodiscard]] static double exponential_quantile(double p) noexcept {
        double scratch = 0.0;
        double result = 0.0;
        negative_logarithms_of_complement(&p, 1, &scratch, &result);
        return result;
    }

    [[nodiscard]] static std::size_t to_fours(std::size_t count) noexcept {
        return (count + 3) / 4 * 4;
    }

    THUOCDO_KERNEL void prepare_large() noexcept {
        THUOCDO_EXACT
        const double share = detail::gamma_large_shape / shape_;
        double power = 1.0;
        std::size_t place = 0;
        for (const std::size_t count : detail::gamma_large_terms) {
            for (std::size_t k = 0; k < count; ++k)
                coefficients_[k] += detail::gamma_large_coefficients[place + k] * power;
            power *= share;
            place += count;
        }
        scale_ = 1.0 / (detail::gamma_largest_deviation * std::sqrt(shape_));
        usual_terms_ = large_terms(usual_normal * scale_);
        all_terms_ = large_terms(std::min(1.0, largest_normal * scale_));
        log_gamma_ = detail::log_gamma_of_next(shape_);
    }

    /// How many terms matter up to y.
    [[nodiscard]] THUOCDO_KERNEL std::size_t large_terms(double y) const noexcept {
        THUOCDO_EXACT
        double power = 1.0;
        std::size_t needed = 1;
        for (std::size_t k = 0; k < detail::gamma_large_terms[0]; ++k) {
            if (std::fabs(coefficients_[k]) * power > negligible) needed = k + 1;
            power *= y;
        }
        return to_fours(needed);
    }

    THUOCDO_KERNEL void prepare_small() noexcept {
        THUOCDO_EXACT
        log_gamma_ = detail::log_gamma_of_next(shape_);
        // From here on the tail has its fraction. S needs at most 70 terms up to here, the
        // fraction at most 60 beyond.
        constexpr double deviations = 2.5;
        switch_ = shape_ + deviations * std::sqrt(shape_) + 2.0;
        log_switch_ = detail::logarithm_of(switch_);
        double coefficient = 1.0;
        double power = 1.0;
        double sum = 1.0;
        coefficients_[0] = 1.0;
        std::size_t count = 1;
        for (; count < most_coefficients; ++count) {
            coefficient /= shape_ + static_cast<double>(count);
            power *= switch_;
            coefficients_[count] = coefficient;
            const double term = coefficient * power;
            sum += term;
            if (term < negligible * sum) break;
        }
        usual_terms_ = to_fours(std::min(count + 1, most_coefficients));
        tail_ =
            detail::exponential_of(shape_ * log_switch_ - switch_ +
                                   detail::logarithm_of(fraction(switch_) * shape_) - log_gamma_);
    }

    /// ln(x / shape).
    [[nodiscard]] THUOCDO_KERNEL double large(double p) const noexcept {
        THUOCDO_EXACT
        const double z = detail::normal_quantile_of(p);
        const double y = z * scale_;
        if (std::fabs(z) <= usual_normal)
            return detail::evaluate_by_fours(coefficients_.data(), usual_terms_, y);
        if (std::fabs(y) <= 1.0)
            return detail::evaluate_by_fours(coefficients_.data(), all_terms_, y);
        // Only far below, where steps of Newton's method from the left never overshoot.
        const double target = detail::logarithm_of(p);
        double u = (target + log_gamma_) / shape_;
        constexpr int most_newton_steps = 100;
        for (int step = 0; step < most_newton_steps; ++step) {
            const double x = detail::exponential_of(u);
            const double s = series(x);
            const double gap = shape_ * u - x + detail::logarithm_of(s) - log_gamma_ - target;
            const double change = -gap * s / shape_;
            u += change;
            constexpr double small_enough = 1e-9;
            if (std::fabs(change) < small_enough) break;
        }
        return u - detail::logarithm_of(shape_);
    }

    /// S(x), term by term.
    [[nodiscard]] THUOCDO_KERNEL double series(double x) const noexcept {
        THUOCDO_EXACT
        double term = 1.0;
        double sum = 1.0;
        for (double n = 1.0; term > negligible * sum; n += 1.0) {
            term *= x / (shape_ + n);
            sum += term;
        }
        return sum;
    }

    /// C(x) with 1 - P = x^a e^-x C / Gamma(a), for x beyond the switch:
    /// 1/(x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...))).
    [[nodiscard]] THUOCDO_KERNEL double fraction(double x) const noexcept {
        THUOCDO_EXACT
        // Enough for 3e-17 by trial against 40 digits.
        const double terms = 8.0 + 0.5 * shape_ + 115.0 / x;
        double denominator = x + 1.0 - shape_;
        double numerator_before = 0.0;
        double numerator = 1.0;
        double divisor_before = 1.0;
        double divisor = denominator;
        for (double k = 1.0; k < terms; k += 1.0) {
            denominator += 2.0;
            const double partial = k * (shape_ - k);
            const double next_numerator = denominator * numerator + partial * numerator_before;
            const double next_divisor = denominator * divisor + partial * divisor_before;
            numerator_before = numerator;
            divisor_before = divisor;
            numerator = next_numerator;
            divisor = next_divisor;
        }
        return numerator / divisor;
    }

    /// ln of the quantile for shapes below 16.
    [[nodiscard]] THUOCDO_KERNEL double small(double p) const noexcept {
        THUOCDO_EXACT
        const double q = 1.0 - p;
        const bool upper = q < tail_;
        const double ln_p = detail::logarithm_of(p);
        // ln x but for (x - ln S) / a, which is not below 0.
        const double least = (ln_p + log_gamma_) / shape_;
        constexpr double log_of_negligible = -40.0;
        if (least < log_of_negligible) return least;
        double x = approximate(p, q, detail::exponential_of(least));
        double u = detail::logarithm_of(x);
        const double lowest = upper ? log_switch_ : least;
        const double highest = upper ? std::numeric_limits<double>::max() : log_switch_;
        const double target = upper ? detail::logarithm_of(q) : ln_p;
        // ln Gamma(a) where there is no factor a in front.
        const double constant =
            upper ? target + log_gamma_ - detail::logarithm_of(shape_) : target + log_gamma_;
        for (int step = 0; step < most_steps; ++step) {
            const double factor =
                upper ? fraction(x)
                      : detail::evaluate_by_fours(coefficients_.data(), usual_terms_, x);
            const double gap = shape_ * u - x + detail::logarithm_of(factor) - constant;
            const double slope = upper ? -1.0 / factor : shape_ / factor;
            const double first = -gap / slope;
            // Second and third derivative over the first are h and h^2 + h'.
            const double h = shape_ - x - slope;
            const double h_slope = -(h * slope + x);
            const double change =
                first * (1.0 - first * (h / 2.0 - first * (2.0 * h * h - h_slope) / 6.0));
            const double moved = u + std::clamp(change, -1.0, 1.0);
            u = std::clamp(moved, lowest, highest);
            // The error is of the order of its fourth power.
            constexpr double small_enough = 5e-5;
            if (std::fabs(first) < small_enough) break;
            x = detail::exponential_of(u);
        }
        return u;
    }

    /// The quantile to within some percent. `v` is (p Gamma(a+1))^(1/a).
    [[nodiscard]] THUOCDO_KERNEL double approximate(double p, double q, double v) const noexcept {
        THUOCDO_EXACT
        constexpr double least_guess = 0.05;
        const double a = shape_;
        // Up to here the series about 0 is within a quarter.
        const double near = a < 1.0 ? 0.45 : 0.25;
        if (v < near * (a + 1.0)) {
            const double share = v / (a + 1.0);
            return v * (1.0 + share * (1.0 + v * (3.0 * a + 5.0) / (2.0 * (a + 1.0) * (a + 2.0))));
        }
        if (a >= 1.0) {
            const double z = detail::normal_quantile_of(p);
            const double root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * std::sqrt(a));
            return a * root * root * root;
        }
        // -ln(q Gamma(a)), about ln(1 - P) in the tail.
        const double y =
            std::max(detail::logarithm_of(a) - log_gamma_ - detail::logarithm_of(q), least_guess);
        const double b = 1.0 - a;
        const double u = std::max(y - b * detail::logarithm_of(y), least_guess);
        const double ratio =
            (u * u + 2.0 * (3.0 - a) * u + (2.0 - a) * (3.0 - a)) / (u * u + (5.0 - a) * u + 2.0);
        return std::max(y - b * detail::logarithm_of(u) - detail::logarithm_of(ratio), least_guess);
    }

    double shape_;
    double log_gamma_ = 0.0;
    double scale_ = 0.0;
    double switch_ = 0.0;
    double log_switch_ = 0.0;
    double tail_ = 0.0;
    std::size_t usual_terms_ = 0;
    std::size_t all_terms_ = 0;
    std::array<double, most_coefficients> coefficients_{};
};

/// The quantile of one gamma distribution, see GammaQuantile.
[[nodiscard]] inline double gamma_quantile(double shape, double p) {
    return GammaQuantile(shape)(p);
}

}  // namespace thuocdo::numeric
