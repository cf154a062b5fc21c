#pragma once
/// @file
/// Measurement of alternatives and ranking according to compromise solution (MARCOS).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct MarcosOptions {
    /// Also returns the weighted normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What marcos() finds.
struct MarcosResult {
    static constexpr bool higher_is_better = true;
    /// Utility f(K).
    Eigen::VectorXd scores;
    Eigen::VectorXd ideal;
    Eigen::VectorXd anti_ideal;
    Eigen::VectorXd weighted_sums;
    double sum_of_ideal = 0.0;
    double sum_of_anti_ideal = 0.0;
    Eigen::VectorXd utility_degree_to_ideal;
    Eigen::VectorXd utility_degree_to_anti_ideal;
    double utility_function_of_ideal = 0.0;
    double utility_function_of_anti_ideal = 0.0;
    /// Empty unless asked for.
    Eigen::MatrixXd weighted_normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = MarcosResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "f(K) = (K+ + K-) / (1 + (1 - f(K+))/f(K+) + (1 - f(K-))/f(K-))"),
            part("ideal", &R::ideal, Axis::criteria, "AI, the best value of each criterion"),
            part("anti_ideal", &R::anti_ideal, Axis::criteria,
                 "AAI, the worst value of each criterion"),
            part("weighted_sums", &R::weighted_sums, Axis::alternatives,
                 "S, sum of weight * normalised value"),
            part("sum_of_ideal", &R::sum_of_ideal, Axis::single, "S of the ideal"),
            part("sum_of_anti_ideal", &R::sum_of_anti_ideal, Axis::single, "S of the anti-ideal"),
            part("utility_degree_to_ideal", &R::utility_degree_to_ideal, Axis::alternatives,
                 "K+ = S / S(ideal)"),
            part("utility_degree_to_anti_ideal", &R::utility_degree_to_anti_ideal,
                 Axis::alternatives, "K- = S / S(anti-ideal)"),
            part("utility_function_of_ideal", &R::utility_function_of_ideal, Axis::single,
                 "f(K+) = K- / (K+ + K-), the same for all alternatives"),
            part("utility_function_of_anti_ideal", &R::utility_function_of_anti_ideal, Axis::single,
                 "f(K-) = K+ / (K+ + K-), the same for all alternatives"),
            part("weighted_normalised", &R::weighted_normalised, Axis::cells,
                 "weight * x / ideal, or weight * ideal / x where lower is better")};
    }
};

/// The ideal AI and the anti-ideal AAI hold the best and the worst value of each criterion;
/// n = x/AI for benefit and AI/x for cost columns; S = sum over j of w(j) n(j); K+ =
/// S/S(AI), K- = S/S(AAI), f(K+) = K-/(K+ + K-), f(K-) = K+/(K+ + K-);
/// score f(K) = (K+ + K-) / (1 + (1 - f(K+))/f(K+) + (1 - f(K-))/f(K-)).
///
/// @param x alternatives by criteria, finite; cost columns above 0.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming benefit columns whose maximum is not above
///         0 and cost cells of 0 or below; where S(AAI) is not above 0, as when the worst
///         value of every criterion is 0, since K- divides by it.
/// f(K+) = S(AI)/(S(AI) + S(AAI)) and f(K-) = S(AAI)/(S(AI) + S(AAI)) hold for every
/// alternative, so they are found once, free of the rounding of S, and the score is S times
/// a constant. AI and AAI are found by criterion; some programs take the last alternative
/// for the ideal, so that the order of rows decides. A constant column adds its weight to
/// every S. Identical alternatives get identical bits; the order of rows changes none.
/// Complexity: two sweeps over the matrix. Source: Z. Stevic, D. Pamucar, A. Puska and
/// P. Chatterjee (2020), "Sustainable supplier selection in healthcare industries using a
/// new MCDM method", Computers and Industrial Engineering 140, 106231.
[[nodiscard]] THUOCDO_KERNEL inline MarcosResult marcos(MatrixView x,
                                                        std::span<const double> weights,
                                                        std::span<const Direction> directions,
                                                        const MarcosOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "MARCOS");
    const std::vector<ColumnNormaliser> normalisers =
        column_normalisers(view, Normalisation::linear);
    const Index n = view.rows();
    const Index m = view.columns();
    MarcosResult result;
    result.ideal.resize(m);
    result.anti_ideal.resize(m);
    for (Index j = 0; j < m; ++j) {
        result.ideal[j] = view.best(j);
        result.anti_ideal[j] = view.worst(j);
        double ends[] = {result.ideal[j], result.anti_ideal[j]};
        constexpr Index both = 2;
        normalisers[static_cast<std::size_t>(j)].apply(ends, both, ends);
        result.sum_of_ideal += view.weight(j) * ends[0];
        result.sum_of_anti_ideal += view.weight(j) * ends[1];
    }
    std::vector<Problem> problems;
    static_cast<void>(detail::reference::require_divisor(
        result.sum_of_anti_ideal, "the anti-ideal alternative", "a weighted sum",
        "shift the values of a column, or leave out criteria whose worst value is 0 or below",
        problems));
    view.throw_if_any(std::move(problems));

    const double both_sums = result.sum_of_ideal + result.sum_of_anti_ideal;
    result.utility_function_of_ideal = result.sum_of_ideal / both_sums;
    result.utility_function_of_anti_ideal = result.sum_of_anti_ideal / both_sums;
    const double divisor = 1.0 + result.sum_of_anti_ideal / result.sum_of_ideal +
                           result.sum_of_ideal / result.sum_of_anti_ideal;

    result.weighted_sums = Eigen::VectorXd::Zero(n);
    result.utility_degree_to_ideal.resize(n);
    result.utility_degree_to_anti_ideal.resize(n);
    result.scores.resize(n);
    if (options.keep_matrix) result.weighted_normalised.resize(n, m);
    double scratch[detail::block_rows];
    for (Index start = 0; start < n; start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, n - start);
        double* const sums = result.weighted_sums.data() + start;
        for (Index j = 0; j < m; ++j) {
            double* const cells =
                options.keep_matrix ? result.weighted_normalised.data() + j * n + start : scratch;
            normalisers[static_cast<std::size_t>(j)].apply(view.column(j) + start, count, cells);
            const double w = view.weight(j);
            for (Index i = 0; i < count; ++i) {
                cells[i] = w * cells[i];
                sums[i] += cells[i];
            }
        }
        for (Index i = 0; i < count; ++i) {
            const double to_ideal = sums[i] / result.sum_of_ideal;
            const double to_anti_ideal = sums[i] / result.sum_of_anti_ideal;
            result.utility_degree_to_ideal[start + i] = to_ideal;
            result.utility_degree_to_anti_ideal[start + i] = to_anti_ideal;
            result.scores[start + i] = (to_ideal + to_anti_ideal) / divisor;
        }
    }
    return result;
}

}  // namespace thuocdo::rank
