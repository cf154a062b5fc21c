#pragma once
/// @file
/// Best-worst method, linear model.

#include <thuocdo/weigh/detail/best_worst_plane.hpp>

namespace thuocdo::weigh {

/// What best_worst_method() finds.
struct BestWorstWeights {
    /// One a criterion; the sum is 1.
    Eigen::VectorXd weights;
    /// xi: the largest deviation at the optimum. In the linear model it is itself the
    /// measure of consistency: 0 is fully consistent, and closer to 0 is better.
    double deviation = 0.0;
    /// The input-based consistency ratio of each criterion and the largest of them:
    /// |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW), 0 where a_BW is 1.
    Eigen::VectorXd input_consistency_ratios;
    double input_consistency_ratio = 0.0;
    /// Whether no other weights have this deviation. Where some have, the middle of
    /// them is given.
    bool unique = true;
};

/// Weights from the comparison of the best criterion with all, a_B, and of all with
/// the worst, a_W: min xi with |w_B - a_Bj w_j| <= xi and |w_j - a_jW w_W| <= xi for
/// all j, sum w = 1, w >= 0. This is the linear model (Rezaei 2016); the non-linear
/// one (Rezaei 2015), which bounds |w_B / w_j - a_Bj|, gives other weights.
///
/// @param best_to_others a_B: how many times as important the best criterion is as
///        each; 1 for itself. Finite, 1 or more.
/// @param others_to_worst a_W: how many times as important each criterion is as the
///        worst; 1 for that itself. Finite, 1 or more.
/// @param best, worst numbers of these criteria, counted from 0.
/// @throws NumericError when the sizes or numbers do not fit, naming every judgement
///         that is not valid, or when the two lists disagree on best against worst.
/// Exact: all corners of the optimum are tried in a fixed order. Complexity:
/// O(n^3). Sources: Rezaei (2016), Omega 64, 126-130; Liang,
/// Brunelli and Rezaei (2020), Omega 96, 102175, for the input-based ratio.
[[nodiscard]] THUOCDO_KERNEL inline BestWorstWeights best_worst_method(
    std::span<const double> best_to_others, std::span<const double> others_to_worst,
    std::size_t best, std::size_t worst) {
    THUOCDO_EXACT
    constexpr double consistent = 1e-12;
    const std::size_t count = best_to_others.size();
    std::vector<Problem> problems;
    if (count == 0 || others_to_worst.size() != count) {
        problems.push_back({"size_mismatch", "arguments \"best_to_others\" and \"others_to_worst\"",
                            std::to_string(count) + " and " +
                                std::to_string(others_to_worst.size()) + " judgements",
                            "as many in both, one or more", ""});
    }
    const auto require_number = [&](const char* name, std::size_t number) {
        if (number < count) return;
        problems.push_back({"criterion_out_of_range", std::string("argument \"") + name + '"',
                            std::to_string(number), "a number below " + std::to_string(count),
                            "count criteria from 0"});
    };
    require_number("best", best);
    require_number("worst", worst);
    if (best == worst && count > 1) {
        problems.push_back({"best_is_worst", "arguments \"best\" and \"worst\"",
                            std::to_string(best) + " for both", "two criteria", ""});
    }
    const auto require_judgements = [&](const char* name, std::span<const double> judgements,
                                        std::size_t itself) {
        for (std::size_t j = 0; j < judgements.size(); ++j) {
            const bool valid = std::isfinite(judgements[j]) && judgements[j] >= 1.0;
            if (valid && (j != itself || judgements[j] == 1.0)) continue;
            problems.push_back({"judgement_not_valid", detail::entry_place(name, j),
                                numeric::shortest(judgements[j]),
                                j == itself ? "1" : "a finite number, 1 or more",
                                j == itself ? "a criterion is as important as itself"
                                            : "check which criterion is the best or the worst"});
        }
    };
    require_judgements("best_to_others", best_to_others, best);
    require_judgements("others_to_worst", others_to_worst, worst);
    if (problems.empty() && best_to_others[worst] != others_to_worst[best]) {
        problems.push_back({"judgements_disagree",
                            "best_to_others[worst] and others_to_worst[best]",
                            numeric::shortest(best_to_others[worst]) + " and " +
                                numeric::shortest(others_to_worst[best]),
                            "one number: both compare the best with the worst criterion", ""});
    }
    detail::throw_if_any("best-worst method: impossible judgements", std::move(problems));

    const double span = best_to_others[worst];
    const auto size = static_cast<Index>(count);
    BestWorstWeights result{Eigen::VectorXd(size), 0.0, Eigen::VectorXd::Zero(size), 0.0, true};
    bool fully_consistent = true;
    for (std::size_t j = 0; j < count; ++j) {
        if (j == best || j == worst) continue;
        const double gap = std::abs(best_to_others[j] * others_to_worst[j] - span);
        fully_consistent = fully_consistent && gap <= consistent * span;
        double& ratio = result.input_consistency_ratios[static_cast<Index>(j)];
        ratio = span > 1.0 ? gap / (span * span - span) : 0.0;
        result.input_consistency_ratio = std::max(result.input_consistency_ratio, ratio);
    }
    if (fully_consistent) {
        Eigen::VectorXd relative(size);
        for (std::size_t j = 0; j < count; ++j)
            relative[static_cast<Index>(j)] = 1.0 / best_to_others[j];
        result.weights = detail::shares_of(relative);
        return result;
    }
    const detail::BestWorstPlane::Optimum optimum =
        detail::BestWorstPlane(best_to_others, others_to_worst, best, worst).solve();
    result.weights = optimum.weights;
    result.deviation = optimum.deviation;
    result.unique = optimum.unique;
    return result;
}

}  // namespace thuocdo::weigh
