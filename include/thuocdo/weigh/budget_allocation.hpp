#pragma once
/// @file
/// Budget allocation by experts.

#include <thuocdo/numeric/statistics.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

#include <optional>

namespace thuocdo::weigh {

/// What budget_allocation() finds. Every vector has one entry an indicator.
struct BudgetAllocation {
    /// Mean of the shares of the experts; the sum is 1.
    Eigen::VectorXd weights;
    /// Sample standard deviation of the shares between experts; NaN for one expert.
    Eigen::VectorXd dispersion;
    Eigen::VectorXd smallest_share;
    Eigen::VectorXd largest_share;
    /// Share of each expert (row) for each indicator (column).
    Eigen::MatrixXd shares;
};

/// Each expert spreads a budget of points over the indicators. An expert's share
/// is the points over the points spread; the weight is the mean share.
///
/// @param points rows are experts, columns are indicators; finite, 0 or more. A
///        blank is not zero: every expert says something on every indicator.
/// @param budget where given, what the points of every expert must add up to
///        (within 1e-9 of it).
/// @throws NumericError when there is no expert or indicator, naming every cell
///         that is not valid and every expert whose points do not add up, or are
///         all 0.
/// Exact sums, so the order of experts does not matter.
/// Complexity: O(experts * indicators). Source: OECD/JRC handbook (2008), step 6.
[[nodiscard]] inline BudgetAllocation budget_allocation(
    MatrixView points, std::optional<double> budget = std::nullopt) {
    constexpr double budget_tolerance = 1e-9;
    const Index experts = points.rows();
    const Index indicators = points.cols();
    std::vector<Problem> problems;
    if (experts == 0 || indicators == 0) {
        problems.push_back(
            {"no_judgement", "argument \"points\"",
             std::to_string(experts) + " experts and " + std::to_string(indicators) + " indicators",
             "one of each or more", ""});
    }
    if (budget && !(std::isfinite(*budget) && *budget > 0.0)) {
        problems.push_back({"argument_not_positive", "argument \"budget\"",
                            numeric::shortest(*budget), "a finite number above 0", ""});
    }
    BudgetAllocation result;
    result.shares.resize(experts, indicators);
    for (Index i = 0; i < experts; ++i) {
        numeric::ExactSum sum;
        bool valid = true;
        for (Index j = 0; j < indicators; ++j) {
            const double cell = points(i, j);
            sum.add(cell);
            if (std::isfinite(cell) && cell >= 0.0) continue;
            valid = false;
            problems.push_back({"judgement_not_valid", detail::cell_place(i, j),
                                numeric::shortest(cell), "a finite number of points, 0 or more",
                                "ask the expert, or leave the expert out"});
        }
        if (!valid) continue;
        const double total = sum.value();
        const std::string place = "row " + std::to_string(i) + " (counted from 0)";
        if (!(total > 0.0) || std::isinf(total)) {
            problems.push_back({"budget_not_spread", place,
                                "points that add up to " + numeric::shortest(total),
                                "a finite sum above 0", "leave the expert out"});
        } else if (budget && std::abs(total - *budget) > budget_tolerance * *budget) {
            problems.push_back({"budget_not_met", place,
                                "points that add up to " + numeric::shortest(total),
                                numeric::shortest(*budget),
                                "ask the expert, or pass no budget to take shares as they are"});
        }
        for (Index j = 0; j < indicators; ++j) result.shares(i, j) = points(i, j) / total;
    }
    detail::throw_if_any("budget allocation: impossible judgements", std::move(problems));
    Eigen::VectorXd means(indicators);
    result.dispersion.resize(indicators);
    result.smallest_share.resize(indicators);
    result.largest_share.resize(indicators);
    for (Index j = 0; j < indicators; ++j) {
        const numeric::ColumnStatistics column = numeric::column_statistics(result.shares.col(j));
        means[j] = column.mean;
        result.dispersion[j] = column.standard_deviation;
        result.smallest_share[j] = column.minimum;
        result.largest_share[j] = column.maximum;
    }
    // The mean shares add up to 1 but for rounding.
    result.weights = detail::shares_of(means);
    return result;
}

}  // namespace thuocdo::weigh
