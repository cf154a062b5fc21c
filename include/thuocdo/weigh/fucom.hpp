#pragma once
/// @file
/// Full consistency method.

#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

/// Weights from the ratios of consecutive priorities: criteria are listed from the
/// most important down and phi(k) = w(k) / w(k + 1). As many ratios as there are
/// steps determine the weights without any deviation from full consistency, so
/// they are w(k) = product of phi from k on, over the sum.
///
/// @param ratios phi, one fewer than criteria; finite, 1 or more. Empty for one
///        criterion.
/// @return one weight a criterion, in the order of the list; the sum is 1.
/// @throws NumericError naming every ratio that is not valid.
/// Complexity: O(criteria). Source: Pamucar, Stevic and Sremac (2018), Symmetry
/// 10(9), 393.
[[nodiscard]] inline Eigen::VectorXd fucom(std::span<const double> ratios) {
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < ratios.size(); ++k) {
        if (std::isfinite(ratios[k]) && ratios[k] >= 1.0) continue;
        problems.push_back({"judgement_not_valid", detail::entry_place("ratios", k),
                            numeric::shortest(ratios[k]), "a finite number, 1 or more",
                            "list criteria from the most important down"});
    }
    detail::throw_if_any("FUCOM: impossible judgements", std::move(problems));
    // From the first down, so that no product can overflow.
    Eigen::VectorXd relative(static_cast<Index>(ratios.size()) + 1);
    relative[0] = 1.0;
    for (std::size_t k = 0; k < ratios.size(); ++k)
        relative[static_cast<Index>(k) + 1] = relative[static_cast<Index>(k)] / ratios[k];
    return detail::shares_of(relative);
}

}  // namespace thuocdo::weigh
