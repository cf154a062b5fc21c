#pragma once
/// @file
/// Root assessment method (RAM).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct RamOptions {
    /// Also returns the weighted normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What ram() finds.
struct RamResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd benefit_sums;
    Eigen::VectorXd cost_sums;
    /// Empty unless asked for.
    Eigen::MatrixXd weighted_normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = RamResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "root of order 2 + S- of 2 + S+"),
            part("benefit_sums", &R::benefit_sums, Axis::alternatives,
                 "S+, sum of weighted shares where higher is better"),
            part("cost_sums", &R::cost_sums, Axis::alternatives,
                 "S-, sum of weighted shares where lower is better"),
            part("weighted_normalised", &R::weighted_normalised, Axis::cells,
                 "weight * x / sum of the column")};
    }
};

/// y(i, j) = w(j) x(i, j) / sum of column j, benefit and cost columns alike; S+(i) and S-(i)
/// sum y over the benefit and over the cost columns; score(i) = (2 + S+)^(1/(2 + S-)).
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming columns whose sum is not above 0, and
///         alternatives whose negative values make S+ or S- reach -1, beyond which the root
///         would fall with S+ or rise with S-.
/// Scores lie between 1 and 2 for shares that are not negative, and close together for many
/// alternatives: compare them by rank. A constant column adds the same share to every S+ or
/// S-. Identical alternatives get identical bits; the order of rows changes none.
/// Complexity: three sweeps over the matrix, one logarithm and one exponential an
/// alternative. Source: A. Sotoudeh-Anvari (2023), "Root assessment method (RAM): a novel
/// multi-criteria decision making method and its applications in sustainability
/// challenges", Journal of Cleaner Production 423, 138695.
[[nodiscard]] THUOCDO_KERNEL inline RamResult ram(MatrixView x, std::span<const double> weights,
                                                  std::span<const Direction> directions,
                                                  const RamOptions& options = {}) {
    THUOCDO_EXACT
    namespace reference = detail::reference;
    const DecisionView view(x, weights, directions, "RAM");
    std::vector<Problem> problems;
    const std::vector<double> sums = reference::require_column_sums(view, problems);
    view.throw_if_any(std::move(problems));
    const Index n = view.rows();
    RamResult result;
    result.benefit_sums = Eigen::VectorXd::Zero(n);
    result.cost_sums = Eigen::VectorXd::Zero(n);
    if (options.keep_matrix) result.weighted_normalised.resize(n, view.columns());
    reference::sum_weighted_shares(
        view, sums, result.benefit_sums.data(), result.cost_sums.data(),
        options.keep_matrix ? result.weighted_normalised.data() : nullptr);

    // ln(2 + S+) and 2 + S- are above 0 from here on.
    constexpr double least = -1.0;
    constexpr double root_shift = 2.0;
    for (Index i = 0; i < n && problems.size() < detail::problems_listed; ++i)
        for (const double sum : {result.benefit_sums[i], result.cost_sums[i]})
            if (!(sum > least && std::isfinite(sum)))
                problems.push_back({"sum_out_of_range", reference::row_place(i),
                                    "a sum of weighted shares of " + numeric::shortest(sum),
                                    "one above -1, within double",
                                    "shift columns with negative values"});
    view.throw_if_any(std::move(problems));
    result.scores.resize(n);
    double* const scores = result.scores.data();
    for (Index i = 0; i < n; ++i) scores[i] = root_shift + result.benefit_sums[i];
    numeric::natural_logarithms(scores, n, scores);
    for (Index i = 0; i < n; ++i) scores[i] /= root_shift + result.cost_sums[i];
    numeric::natural_exponentials(scores, n, scores);
    return result;
}

}  // namespace thuocdo::rank
