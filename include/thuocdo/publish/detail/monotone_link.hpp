#pragma once
/// @file
/// Non-decreasing functions that tie one unknown to another.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>

namespace thuocdo::publish::detail {

inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// to = f(from) with a continuous f that never falls.
struct MonotoneLink {
    Index from = 0;
    Index to = 0;
    std::function<double(double)> apply{};
    /// The least x with f(x) >= y, and the greatest with f(x) <= y.
    std::function<double(double)> least{};
    std::function<double(double)> greatest{};
    /// What ties them, in words.
    std::string name{};
};

[[nodiscard]] inline double logarithm(double x) {
    if (x <= 0.0) return -infinite;
    if (x == infinite) return infinite;
    double result = 0.0;
    numeric::natural_logarithms(&x, 1, &result);
    return result;
}

[[nodiscard]] inline double exponential(double x) {
    constexpr double largest_exponent = 700.0;
    if (x < -largest_exponent) return 0.0;
    if (x > largest_exponent) return infinite;
    double result = 0.0;
    numeric::natural_exponentials(&x, 1, &result);
    return result;
}

/// A mean with this exponent is linear in these: ln x, x^p, and -x^p for p < 0, so that all
/// rise. An odd p takes negative x.
[[nodiscard]] THUOCDO_KERNEL inline double transformed(double x, double exponent) {
    THUOCDO_EXACT
    if (exponent == 0.0) return logarithm(x);
    if (exponent == 1.0) return x;
    if (x < 0.0) return exponent > 0.0 ? -transformed(-x, exponent) : -infinite;
    const double power = x == 0.0           ? (exponent > 0.0 ? 0.0 : infinite)
                         : exponent == -1.0 ? 1.0 / x
                                            : exponential(exponent * logarithm(x));
    return exponent > 0.0 ? power : -power;
}

/// The inverse of transformed().
[[nodiscard]] THUOCDO_KERNEL inline double restored(double y, double exponent) {
    THUOCDO_EXACT
    if (exponent == 0.0) return y == infinite ? infinite : exponential(y);
    if (exponent == 1.0) return y;
    if (exponent < 0.0) {
        if (y >= 0.0) return infinite;
        return exponent == -1.0 ? -1.0 / y : exponential(logarithm(-y) / exponent);
    }
    if (y < 0.0) return -restored(-y, exponent);
    return y == 0.0 ? 0.0 : exponential(logarithm(y) / exponent);
}

/// to = transformed(max(from, floor_at)).
[[nodiscard]] inline MonotoneLink transform_link(Index from, Index to, double exponent,
                                                 double floor_at, std::string name) {
    return {from,
            to,
            [=](double x) { return transformed(std::max(x, floor_at), exponent); },
            [=](double y) {
                const double x = restored(y, exponent);
                return x > floor_at ? x : -infinite;
            },
            [=](double y) { return restored(y, exponent); },
            std::move(name)};
}

/// to = from between floor and cap.
[[nodiscard]] inline MonotoneLink clamp_link(Index from, Index to, double floor, double cap,
                                             std::string name) {
    return {from,
            to,
            [=](double x) { return std::min(std::max(x, floor), cap); },
            [=](double y) { return y > floor ? y : -infinite; },
            [=](double y) { return y < cap ? y : infinite; },
            std::move(name)};
}

/// Inverts a kernel by bisection between two ends; beyond them it is taken as unlimited.
[[nodiscard]] inline MonotoneLink bisected_link(Index from, Index to,
                                                std::function<double(double)> apply, double lowest,
                                                double highest, std::string name) {
    constexpr int halvings = 120;
    constexpr double rounding = 1e-12;
    const auto search = [apply, lowest, highest](double y, bool least) {
        const double slack = rounding * (1.0 + std::abs(y));
        // `in` satisfies the condition, `out` does not.
        double in = least ? highest : lowest;
        double out = least ? lowest : highest;
        const auto holds = [&](double x) {
            return least ? apply(x) >= y - slack : apply(x) <= y + slack;
        };
        if (holds(out)) return least ? -infinite : infinite;
        if (!holds(in)) return in;
        for (int k = 0; k < halvings; ++k) {
            const double middle = in / 2.0 + out / 2.0;
            (holds(middle) ? in : out) = middle;
        }
        return in;
    };
    return {from,
            to,
            apply,
            [search](double y) { return search(y, true); },
            [search](double y) { return search(y, false); },
            std::move(name)};
}

}  // namespace thuocdo::publish::detail
