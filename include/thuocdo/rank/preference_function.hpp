#pragma once
/// @file
/// How strongly a difference on one criterion makes one alternative preferred.

#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/rank/decision_view.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace thuocdo::rank {

/// The preference P(d) in [0, 1] for a difference d in favour of an alternative, with the
/// thresholds q of indifference, p of strict preference, and s for the Gaussian. 0 for
/// d <= 0 in every shape. The names are those of the six generalised criteria.
enum class PreferenceShape {
    usual,    ///< 1 for d > 0
    u_shape,  ///< 1 for d > q
    v_shape,  ///< d/p up to p, then 1
    level,    ///< 1/2 for d > q, 1 for d > p
    linear,   ///< 0 up to q, (d - q)/(p - q) up to p, then 1
    gaussian  ///< 1 - exp(-d^2/(2 s^2))
};

/// The preference function of one criterion. Thresholds are in the unit of the criterion;
/// those that the shape does not use are not looked at.
struct PreferenceFunction {
    PreferenceShape shape = PreferenceShape::usual;
    double q = 0.0;
    double p = 0.0;
    double s = 0.0;
};

namespace detail {

/// A threshold that is finite and `least` or more; +infinity only where allowed.
inline void check_threshold(double value, double least, const std::string& place,
                            const char* expected, std::vector<Problem>& problems) {
    if (std::isfinite(value) && value >= least) return;
    problems.push_back({"threshold_out_of_range", place, numeric::shortest(value), expected, ""});
}

/// Names every threshold that does not fit its shape.
inline void check_preferences(std::span<const PreferenceFunction> preferences, Index columns,
                              std::vector<Problem>& problems) {
    if (preferences.empty()) return;
    if (preferences.size() != static_cast<std::size_t>(columns))
        problems.push_back({"size_mismatch", "options.preferences",
                            std::to_string(preferences.size()) + " preference functions",
                            std::to_string(columns) + ", one a column of \"x\", or none", ""});
    for (std::size_t j = 0; j < preferences.size(); ++j) {
        const PreferenceFunction& each = preferences[j];
        const std::string place = entry_place("options.preferences", j);
        const bool has_q = each.shape == PreferenceShape::u_shape ||
                           each.shape == PreferenceShape::level ||
                           each.shape == PreferenceShape::linear;
        const bool has_p = each.shape == PreferenceShape::v_shape ||
                           each.shape == PreferenceShape::level ||
                           each.shape == PreferenceShape::linear;
        if (has_q)
            check_threshold(each.q, 0.0, place + ".q", "a finite number of 0 or more", problems);
        if (has_p)
            check_threshold(each.p, has_q ? each.q : 0.0, place + ".p",
                            has_q ? "a finite number of q or more" : "a finite number of 0 or more",
                            problems);
        if (each.shape == PreferenceShape::gaussian)
            check_threshold(each.s, std::numeric_limits<double>::min(), place + ".s",
                            "a finite number above 0", problems);
    }
}

}  // namespace detail

}  // namespace thuocdo::rank
