#pragma once
/// @file
/// Step-wise weight assessment ratio analysis.

#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

/// What swara() finds, in the order of the judgements.
struct SwaraWeights {
    Eigen::VectorXd weights;
    /// k = 1 + s; 1 for the first criterion.
    Eigen::VectorXd coefficients;
    /// q: 1 for the first criterion, then that of the one before over k.
    Eigen::VectorXd relative_weights;
};

/// Criteria are listed from the most important down; s says by which share each
/// is less important than the one before it. k = 1 + s, q(1) = 1,
/// q(j) = q(j - 1) / k(j), w = q / sum q.
///
/// @param less_important s of each criterion, finite and 0 or more. The first has
///        no criterion before it: NaN or 0 stands there.
/// @throws NumericError when the list is empty, or naming every entry that is not
///         valid.
/// Complexity: O(criteria). Source: Kersuliene, Zavadskas and Turskis (2010),
/// Journal of Business Economics and Management 11(2), 243-258.
[[nodiscard]] inline SwaraWeights swara(std::span<const double> less_important) {
    std::vector<Problem> problems;
    if (less_important.empty()) {
        problems.push_back({"no_indicator", "argument \"less_important\"", "no entry",
                            "one entry a criterion", ""});
    } else if (!(std::isnan(less_important[0]) || less_important[0] == 0.0)) {
        problems.push_back({"first_has_no_predecessor", "less_important[0]",
                            numeric::shortest(less_important[0]), "NaN or 0",
                            "list the most important criterion first, without a share"});
    }
    for (std::size_t j = 1; j < less_important.size(); ++j) {
        if (std::isfinite(less_important[j]) && less_important[j] >= 0.0) continue;
        problems.push_back({"judgement_not_valid", detail::entry_place("less_important", j),
                            numeric::shortest(less_important[j]), "a finite number, 0 or more",
                            "list criteria from the most important down"});
    }
    detail::throw_if_any("SWARA: impossible judgements", std::move(problems));
    const auto count = static_cast<Index>(less_important.size());
    SwaraWeights result{{}, Eigen::VectorXd(count), Eigen::VectorXd(count)};
    result.coefficients[0] = 1.0;
    result.relative_weights[0] = 1.0;
    for (Index j = 1; j < count; ++j) {
        result.coefficients[j] = 1.0 + less_important[static_cast<std::size_t>(j)];
        result.relative_weights[j] = result.relative_weights[j - 1] / result.coefficients[j];
    }
    result.weights = detail::shares_of(result.relative_weights);
    return result;
}

}  // namespace thuocdo::weigh
