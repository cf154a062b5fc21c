#pragma once
/// @file
/// What is known of the weights of criteria, for SMAA.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/matrix_places.hpp>
#include <thuocdo/rank/interval.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// Weights are 0 or more and add up to 1. Of those that agree with what is stated, each
/// vector is as likely as any other; nothing stated: all of the simplex, Dirichlet(1).
struct SmaaWeights {
    /// The weights themselves, one a criterion, relative to each other. Nothing is drawn
    /// then, and nothing else may be stated.
    std::vector<double> exact{};
    /// Positions of criteria in classes, most important class first: no weight of a class
    /// is below one of a later class. Inside a class there is no order; criteria that are
    /// not named have no order with any.
    std::vector<std::vector<Index>> ranking{};
    /// Lowest and highest weight of each criterion, or empty.
    std::vector<rank::Interval> bounds{};

    friend bool operator==(const SmaaWeights&, const SmaaWeights&) = default;
};

namespace detail {

/// Rounding of stated bounds that add up to 1 in decimal fractions.
inline constexpr double bound_tolerance = 1e-12;

/// Bounds of every weight that follow from the stated ones and the ranking. The weights
/// exist where no lower bound is above its upper bound, and 1 lies between the sums of
/// both: lower and upper bounds are themselves in the order of the ranking, and so is every
/// vector between the two on the line from one to the other.
struct WeightBounds {
    std::vector<double> low;
    std::vector<double> high;

    WeightBounds(const SmaaWeights& stated, Index criteria)
        : low(static_cast<std::size_t>(criteria), 0.0), high(low.size(), 1.0) {
        for (std::size_t j = 0; j < stated.bounds.size(); ++j) {
            low[j] = stated.bounds[j].lower;
            high[j] = stated.bounds[j].upper;
        }
        double highest = 1.0;
        for (const std::vector<Index>& members : stated.ranking) {
            double in_class = highest;
            for (const Index member : members) {
                double& bound = high[static_cast<std::size_t>(member)];
                bound = std::min(bound, highest);
                in_class = std::min(in_class, bound);
            }
            highest = in_class;
        }
        double lowest = 0.0;
        for (std::size_t k = stated.ranking.size(); k-- > 0;) {
            double in_class = lowest;
            for (const Index member : stated.ranking[k]) {
                double& bound = low[static_cast<std::size_t>(member)];
                bound = std::max(bound, lowest);
                in_class = std::max(in_class, bound);
            }
            lowest = in_class;
        }
    }

    [[nodiscard]] static double sum(const std::vector<double>& values) {
        numeric::ExactSum total;
        for (const double value : values) total.add(value);
        return total.value();
    }
};

inline void check_exact_weights(const SmaaWeights& stated, Index criteria,
                                std::vector<Problem>& problems) {
    if (!stated.ranking.empty() || !stated.bounds.empty())
        problems.push_back({"weights_stated_twice", "weights",
                            "exact weights and a ranking or bounds", "one of them", ""});
    if (stated.exact.size() != static_cast<std::size_t>(criteria)) {
        problems.push_back({"size_mismatch", "weights.exact",
                            std::to_string(stated.exact.size()) + " weights",
                            std::to_string(criteria) + ", one a criterion", ""});
        return;
    }
    bool any = false;
    for (std::size_t j = 0; j < stated.exact.size(); ++j) {
        any = any || stated.exact[j] > 0.0;
        if (std::isfinite(stated.exact[j]) && stated.exact[j] >= 0.0) continue;
        problems.push_back({"weight_out_of_range", numeric::entry_place("weights.exact", j),
                            numeric::shortest(stated.exact[j]), "a finite number of 0 or more",
                            ""});
    }
    if (!any)
        problems.push_back({"no_weight", "weights.exact", "no weight above 0",
                            "one for one criterion or more", ""});
}

inline void check_ranking(const SmaaWeights& stated, Index criteria,
                          std::vector<Problem>& problems) {
    std::vector<bool> named(static_cast<std::size_t>(criteria), false);
    for (std::size_t k = 0; k < stated.ranking.size(); ++k) {
        const std::string place = numeric::entry_place("weights.ranking", k);
        if (stated.ranking[k].empty())
            problems.push_back({"empty_class", place, "no criterion", "one or more", ""});
        for (const Index j : stated.ranking[k]) {
            if (j < 0 || j >= criteria) {
                problems.push_back({"unknown_criterion", place, std::to_string(j),
                                    "0 to " + std::to_string(criteria - 1), ""});
            } else if (named[static_cast<std::size_t>(j)]) {
                problems.push_back({"criterion_ranked_twice", place, std::to_string(j),
                                    "each criterion in one class", ""});
            } else {
                named[static_cast<std::size_t>(j)] = true;
            }
        }
    }
}

inline void check_bounds(const SmaaWeights& stated, Index criteria,
                         std::vector<Problem>& problems) {
    if (stated.bounds.empty()) return;
    if (stated.bounds.size() != static_cast<std::size_t>(criteria)) {
        problems.push_back(
            {"size_mismatch", "weights.bounds", std::to_string(stated.bounds.size()) + " intervals",
             std::to_string(criteria) + ", one a criterion", "0 to 1 where nothing is known"});
        return;
    }
    for (std::size_t j = 0; j < stated.bounds.size(); ++j) {
        const rank::Interval& each = stated.bounds[j];
        if (rank::detail::sound(each) && each.lower >= 0.0 && each.upper <= 1.0) continue;
        problems.push_back({"bounds_out_of_range", numeric::entry_place("weights.bounds", j),
                            rank::detail::text_of(each), "two shares of 0 to 1, the lower first",
                            ""});
    }
}

/// Whether any weights agree with sound bounds and a sound ranking.
inline void check_feasible(const SmaaWeights& stated, Index criteria,
                           std::vector<Problem>& problems) {
    const WeightBounds bounds(stated, criteria);
    bool crossed = false;
    for (std::size_t j = 0; j < bounds.low.size(); ++j) {
        if (bounds.low[j] <= bounds.high[j]) continue;
        crossed = true;
        problems.push_back({"bounds_against_ranking", numeric::entry_place("weights.bounds", j),
                            rank::detail::text_of(stated.bounds[j]) + ", where the ranking wants " +
                                numeric::shortest(bounds.low[j]) + " or more and " +
                                numeric::shortest(bounds.high[j]) + " or less",
                            "bounds in the order of the ranking", "change one of them"});
    }
    if (crossed) return;
    const auto impossible = [&](const std::vector<double>& sums, const char* which,
                                const char* expected, const char* remedy) {
        problems.push_back({"weights_cannot_meet_bounds", "weights.bounds",
                            std::string(which) + " weights that add up to " +
                                numeric::shortest(WeightBounds::sum(sums)),
                            expected, remedy});
    };
    if (WeightBounds::sum(bounds.low) > 1.0 + bound_tolerance)
        impossible(bounds.low, "lowest", "at most 1", "lower a lower bound");
    if (WeightBounds::sum(bounds.high) < 1.0 - bound_tolerance)
        impossible(bounds.high, "highest", "at least 1", "raise an upper bound");
}

}  // namespace detail

/// What is wrong with statements about weights.
inline void check_weights(const SmaaWeights& stated, Index criteria,
                          std::vector<Problem>& problems) {
    if (!stated.exact.empty()) return detail::check_exact_weights(stated, criteria, problems);
    const std::size_t before = problems.size();
    detail::check_ranking(stated, criteria, problems);
    detail::check_bounds(stated, criteria, problems);
    if (problems.size() == before && criteria > 0)
        detail::check_feasible(stated, criteria, problems);
}

}  // namespace thuocdo::robust
