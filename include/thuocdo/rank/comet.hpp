#pragma once
/// @file
/// Characteristic objects method (COMET).

#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/decision_view.hpp>
#include <thuocdo/rank/detail/characteristic_objects.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <tuple>

namespace thuocdo::rank {

/// Rates characteristic objects, higher is better: one finite number a row of `objects`.
/// The weights and directions are those that comet() was called with.
using CometExpert = std::function<Eigen::VectorXd(
    MatrixView objects, std::span<const double> weights, std::span<const Direction> directions)>;

struct CometOptions {
    /// For each criterion two values or more, ascending; the values of the alternatives
    /// lie between the first and the last.
    std::vector<std::vector<double>> characteristic_values{};
    /// Compares objects by rating them, e.g. another method or a formula.
    CometExpert expert{};
    /// MEJ, in place of `expert`: 1 where the object of the row is better than that of the
    /// column, 0.5 where they are equal, 0 where it is worse. Objects are in the order of
    /// all combinations of characteristic values, the last criterion changing fastest.
    Eigen::MatrixXd judgements{};
    /// Also returns the characteristic objects and the matrix of judgements, memory for
    /// t (t + m) doubles with t objects.
    bool keep_matrix = false;
};

/// What comet() finds. Characteristic objects are neither alternatives nor criteria, so
/// what belongs to them is not among the parts.
struct CometResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    /// SJ, one entry a characteristic object.
    Eigen::VectorXd summed_judgements;
    /// P, one entry a characteristic object, from 0 to 1.
    Eigen::VectorXd preference;
    /// CO, characteristic objects by criteria. Empty unless asked for.
    Eigen::MatrixXd characteristic_objects;
    /// MEJ. Empty unless asked for.
    Eigen::MatrixXd judgements;

    [[nodiscard]] static constexpr auto parts() {
        return std::tuple{part("scores", &CometResult::scores, Axis::alternatives,
                               "sum over characteristic objects of preference * membership")};
    }
};

namespace detail {

/// A matrix of judgements of that many objects holds 200 MB.
inline constexpr Index most_judged_objects = 5000;

/// The group of equal ratings that each object is in, 0 for the lowest, and where each
/// group starts in the order of ratings.
struct RatingGroups {
    /// Ratings that differ by no more than this share of the largest absolute one are
    /// equal, and so are those between them.
    static constexpr double rounding = 1e-12;

    explicit RatingGroups(const Eigen::VectorXd& ratings)
        : group_of(static_cast<std::size_t>(ratings.size())) {
        const std::vector<std::uint32_t> order = numeric::argsort(
            {ratings.data(), static_cast<std::size_t>(ratings.size())}, numeric::Order::ascending);
        const double largest =
            std::max(std::abs(ratings[order.front()]), std::abs(ratings[order.back()]));
        const double tolerance = rounding * largest;
        for (std::size_t k = 0; k < order.size(); ++k) {
            if (k == 0 || ratings[order[k]] - ratings[order[k - 1]] > tolerance)
                starts.push_back(k);
            group_of[order[k]] = starts.size() - 1;
        }
        starts.push_back(order.size());
    }

    std::vector<std::size_t> group_of;
    std::vector<std::size_t> starts;
};

/// SJ of rated objects: 1 for each object below, 0.5 for each equal one and for itself.
[[nodiscard]] inline Eigen::VectorXd summed_ratings(const RatingGroups& groups) {
    constexpr double tie = 0.5;
    Eigen::VectorXd sums(static_cast<Index>(groups.group_of.size()));
    for (std::size_t k = 0; k < groups.group_of.size(); ++k) {
        const std::size_t start = groups.starts[groups.group_of[k]];
        const std::size_t end = groups.starts[groups.group_of[k] + 1];
        sums[static_cast<Index>(k)] =
            static_cast<double>(start) + tie * static_cast<double>(end - start);
    }
    return sums;
}

[[nodiscard]] inline Eigen::MatrixXd judgements_of(const RatingGroups& groups) {
    constexpr double tie = 0.5;
    const auto size = static_cast<Index>(groups.group_of.size());
    Eigen::MatrixXd judgements(size, size);
    for (Index b = 0; b < size; ++b) {
        for (Index a = 0; a < size; ++a) {
            const std::size_t of_a = groups.group_of[static_cast<std::size_t>(a)];
            const std::size_t of_b = groups.group_of[static_cast<std::size_t>(b)];
            judgements(a, b) = of_a > of_b ? 1.0 : of_a == of_b ? tie : 0.0;
        }
    }
    return judgements;
}

/// Square, of 0, 0.5 and 1, and with a(k, i) = 1 - a(i, k).
inline void check_judgements(const Eigen::MatrixXd& judgements, Index objects,
                             std::vector<Problem>& problems) {
    if (judgements.rows() != objects || judgements.cols() != objects) {
        problems.push_back({"size_mismatch", "argument \"judgements\"",
                            std::to_string(judgements.rows()) + " by " +
                                std::to_string(judgements.cols()) + " entries",
                            std::to_string(objects) + " by " + std::to_string(objects) +
                                ", the number of characteristic objects",
                            ""});
        return;
    }
    constexpr double tie = 0.5;
    for (Index b = 0; b < objects; ++b) {
        for (Index a = 0; a <= b && problems.size() < problems_listed; ++a) {
            const double forth = judgements(a, b);
            if ((forth == 0.0 || forth == tie || forth == 1.0) && judgements(b, a) == 1.0 - forth)
                continue;
            problems.push_back({"judgement_invalid", cell_place(a, b) + " of \"judgements\"",
                                numeric::shortest(forth) + ", and " +
                                    numeric::shortest(judgements(b, a)) + " the other way round",
                                a == b ? "0.5 on the diagonal" : "0, 0.5 or 1, and 1 less that",
                                ""});
        }
    }
}

/// P: sums of judgements, which are whole numbers of halves, to equal steps from 0 to 1.
[[nodiscard]] THUOCDO_KERNEL inline Eigen::VectorXd preference_of(const Eigen::VectorXd& sums) {
    THUOCDO_EXACT
    std::vector<double> distinct(sums.data(), sums.data() + sums.size());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    Eigen::VectorXd preference = Eigen::VectorXd::Zero(sums.size());
    if (distinct.size() == 1) return preference;
    const double steps = static_cast<double>(distinct.size() - 1);
    for (Index k = 0; k < sums.size(); ++k) {
        const auto place = std::lower_bound(distinct.begin(), distinct.end(), sums[k]);
        preference[k] = static_cast<double>(place - distinct.begin()) / steps;
    }
    return preference;
}

/// One finite number an object.
inline void check_ratings(const Eigen::VectorXd& ratings, Index objects,
                          std::vector<Problem>& problems) {
    if (ratings.size() != objects) {
        problems.push_back({"size_mismatch", "result of \"expert\"",
                            std::to_string(ratings.size()) + " ratings",
                            std::to_string(objects) + ", one a characteristic object", ""});
        return;
    }
    for (Index k = 0; k < objects && problems.size() < problems_listed; ++k) {
        if (std::isfinite(ratings[k])) continue;
        problems.push_back({"rating_not_finite", entry_place("rating", static_cast<std::size_t>(k)),
                            numeric::shortest(ratings[k]), "a finite number", ""});
    }
}

inline void check_comet_experts(const CometOptions& options, Index objects,
                                std::vector<Problem>& problems) {
    const bool judged = options.judgements.size() != 0;
    if (static_cast<bool>(options.expert) == judged)
        problems.push_back({"expert_missing", "argument \"expert\"",
                            judged ? "an expert and a matrix of judgements"
                                   : "neither an expert nor a matrix of judgements",
                            "one of them", "give a function that rates characteristic objects"});
    if (judged) check_judgements(options.judgements, objects, problems);
    if (options.keep_matrix && objects > most_judged_objects)
        problems.push_back(
            {"too_many_characteristic_objects", "option \"keep_matrix\"",
             std::to_string(objects) + " characteristic objects",
             "at most " + std::to_string(most_judged_objects) + " for a matrix of judgements",
             "leave the matrix out"});
}

}  // namespace detail

/// Characteristic objects are all combinations of the characteristic values. The expert
/// compares each two: alpha = 1, 0.5 or 0 (MEJ); SJ(a) = sum over b of alpha(a, b); P
/// spreads the different values of SJ evenly over 0 to 1. An alternative scores
/// sum over objects of P * product over criteria of mu, where mu is the triangular
/// membership of its value in the characteristic value of the object: 1 at that value and
/// falling to 0 at the neighbouring ones. Higher is better. The score of an alternative
/// does not depend on the other alternatives, so adding or removing one reverses no ranks.
///
/// @param x alternatives by criteria, finite, between the characteristic values.
/// @param weights one a criterion, 0 or more; given to the expert and used for nothing
///        else: importance comes from the judgements.
/// @param directions one a criterion; given to the expert and used for nothing else.
/// @throws NumericError as DecisionView; naming lists of characteristic values that are
///         not two finite ascending numbers or more; naming cells beyond them (some
///         programs give these 0); above 1,048,576 characteristic objects, and above
///         5,000 with `keep_matrix`; without an expert or with two; naming judgements and
///         ratings that cannot be used.
/// Ratings decide MEJ when the expert is a function: those that differ by no more than
/// 1e-12 of the largest absolute rating count as equal. Some programs compare them
/// unrounded, where objects that are equal by formula get preferences of their own. An
/// expert who finds all objects equal makes every score 0 (some programs give NaN).
/// Identical alternatives get identical bits; the order of rows changes none.
/// Complexity: t log t for t characteristic objects and their rating, then 2^m a row.
/// Source: W. Salabun (2015), "The characteristic objects method: a new distance-based
/// approach to multicriteria decision-making problems", Journal of Multi-Criteria Decision
/// Analysis 22(1-2), 37-50; TOPSIS as the expert: A. Paradowski, A. Baczkiewicz and J.
/// Watrobski (2021), Procedia Computer Science 192, 1347-1358.
[[nodiscard]] inline CometResult comet(MatrixView x, std::span<const double> weights,
                                       std::span<const Direction> directions,
                                       const CometOptions& options = {}) {
    const DecisionView view(x, weights, directions, "COMET");
    std::vector<Problem> problems;
    detail::check_characteristic_values(view, options.characteristic_values, problems);
    view.throw_if_any(std::move(problems));
    detail::CharacteristicObjects objects(options.characteristic_values);
    problems.clear();
    detail::check_comet_experts(options, objects.count(), problems);
    view.throw_if_any(std::move(problems));

    CometResult result;
    if (options.expert) {
        Eigen::MatrixXd matrix = objects.matrix();
        const Eigen::VectorXd ratings = options.expert(matrix, weights, directions);
        problems.clear();
        detail::check_ratings(ratings, objects.count(), problems);
        view.throw_if_any(std::move(problems));
        const detail::RatingGroups groups(ratings);
        result.summed_judgements = detail::summed_ratings(groups);
        if (options.keep_matrix) {
            result.judgements = detail::judgements_of(groups);
            result.characteristic_objects = std::move(matrix);
        }
    } else {
        // Halves: every order of summation is exact.
        result.summed_judgements = options.judgements.rowwise().sum();
        if (options.keep_matrix) {
            result.judgements = options.judgements;
            result.characteristic_objects = objects.matrix();
        }
    }
    result.preference = detail::preference_of(result.summed_judgements);
    result.scores.resize(view.rows());
    for (Index i = 0; i < view.rows(); ++i)
        result.scores[i] = objects.infer(view, i, result.preference);
    return result;
}

}  // namespace thuocdo::rank
