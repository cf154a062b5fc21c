#pragma once
/// @file
/// Additive ratio assessment (ARAS).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct ArasOptions {
    /// The optimal value of every criterion; empty for the best that is observed.
    std::vector<double> optimal_values = {};
    /// Also returns the weighted normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What aras() finds.
struct ArasResult {
    static constexpr bool higher_is_better = true;
    /// Utility degree K, 1 for an alternative as good as the optimal one.
    Eigen::VectorXd scores;
    Eigen::VectorXd optimality;
    double optimality_of_optimal_alternative = 0.0;
    Eigen::VectorXd optimal_alternative;
    /// Empty unless asked for. Without the row of the optimal alternative.
    Eigen::MatrixXd weighted_normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = ArasResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "utility degree, K = S / S0"),
            part("optimality", &R::optimality, Axis::alternatives,
                 "S, sum of weight * normalised value"),
            part("optimality_of_optimal_alternative", &R::optimality_of_optimal_alternative,
                 Axis::single, "S0, the same sum of the optimal alternative"),
            part("optimal_alternative", &R::optimal_alternative, Axis::criteria,
                 "x0, the best value of each criterion unless declared"),
            part("weighted_normalised", &R::weighted_normalised, Axis::cells,
                 "weight * share of the sum, with the optimal alternative in the sum")};
    }
};

namespace detail {

/// x / divisor for a benefit column, numerator / x for a cost column.
struct ArasScale {
    double numerator = 0.0;
    double divisor = 1.0;
};

/// out = w n, for one column.
THUOCDO_KERNEL inline void aras_weighted(const double* values, Index count, double w,
                                         const ArasScale& scale, double* out) {
    THUOCDO_EXACT
    const double numerator = scale.numerator;
    if (numerator == 0.0) {
        reference::weighted_shares(values, count, w, scale.divisor, out);
        return;
    }
    for (Index i = 0; i < count; ++i) out[i] = w * (numerator / values[i]);
}

[[nodiscard]] inline Eigen::VectorXd aras_optimal_values(const DecisionView& x,
                                                         const std::vector<double>& declared,
                                                         std::vector<Problem>& problems) {
    Eigen::VectorXd optimal(x.columns());
    for (Index j = 0; j < x.columns(); ++j) optimal[j] = x.best(j);
    if (declared.empty()) return optimal;
    if (declared.size() != static_cast<std::size_t>(x.columns())) {
        problems.push_back({"size_mismatch", "argument \"optimal_values\"",
                            std::to_string(declared.size()) + " values",
                            std::to_string(x.columns()) + ", one a column of \"x\"", ""});
        return optimal;
    }
    for (Index j = 0; j < x.columns(); ++j) {
        const double value = declared[static_cast<std::size_t>(j)];
        const bool sound = std::isfinite(value) &&
                           (x.higher_is_better(j) || value >= std::numeric_limits<double>::min());
        if (sound)
            optimal[j] = value;
        else
            problems.push_back(
                {"optimal_value_out_of_range",
                 entry_place("optimal_values", static_cast<std::size_t>(j)),
                 numeric::shortest(value),
                 x.higher_is_better(j) ? "a finite number" : "a finite number above 0", ""});
    }
    return optimal;
}

[[nodiscard]] inline std::vector<ArasScale> aras_scales(const DecisionView& x,
                                                        const Eigen::VectorXd& optimal,
                                                        std::vector<Problem>& problems) {
    std::vector<ArasScale> scales(static_cast<std::size_t>(x.columns()));
    for (Index j = 0; j < x.columns(); ++j) {
        ArasScale& scale = scales[static_cast<std::size_t>(j)];
        if (x.higher_is_better(j)) {
            scale.divisor = reference::column_sum(x, j) + optimal[j];
            static_cast<void>(reference::require_divisor(
                scale.divisor, column_place(j), "a sum with the optimal value",
                "shift the values of the column, or leave it out", problems));
        } else if (reference::require_reciprocals(x, j, problems)) {
            const double least = x.range(j).minimum;
            scale.numerator =
                least / (reference::sum_of_relative_reciprocals(x.column(j), x.rows(), least) +
                         least / optimal[j]);
        }
    }
    return scales;
}

}  // namespace detail

/// The optimal alternative x0 joins the alternatives; n = x / sum(x) for benefit and
/// (1/x) / sum(1/x) for cost columns, both sums with x0; S(i) = sum over j of w(j) n(i, j);
/// score K(i) = S(i) / S(x0).
///
/// @param x alternatives by criteria, finite; cost columns above 0.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming columns whose sum with x0 is not above 0,
///         cost cells of 0 or below, optimal values that are not finite or, for a cost,
///         not above 0; where S(x0) is not above 0.
/// Some programs leave x0 out of the sums or divide by the largest S instead of S(x0);
/// here an alternative scores 1 when it equals x0 everywhere, and every alternative below
/// 1 otherwise, unless declared optimal values can be surpassed. A constant column adds
/// the same to every S. Identical alternatives get identical bits; the order of rows
/// changes none. Complexity: three sweeps over the matrix. Source: E. K. Zavadskas and
/// Z. Turskis (2010), "A new additive ratio assessment (ARAS) method in multicriteria
/// decision-making", Technological and Economic Development of Economy 16(2), 159-172.
[[nodiscard]] THUOCDO_KERNEL inline ArasResult aras(MatrixView x, std::span<const double> weights,
                                                    std::span<const Direction> directions,
                                                    const ArasOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "ARAS");
    std::vector<Problem> problems;
    ArasResult result;
    result.optimal_alternative =
        detail::aras_optimal_values(view, options.optimal_values, problems);
    const std::vector<detail::ArasScale> scales =
        detail::aras_scales(view, result.optimal_alternative, problems);
    view.throw_if_any(std::move(problems));
    const Index n = view.rows();
    double of_optimal = 0.0;
    for (Index j = 0; j < view.columns(); ++j) {
        double weighted = 0.0;
        detail::aras_weighted(result.optimal_alternative.data() + j, 1, view.weight(j),
                              scales[static_cast<std::size_t>(j)], &weighted);
        of_optimal += weighted;
    }
    result.optimality_of_optimal_alternative = of_optimal;
    std::vector<Problem> scale;
    static_cast<void>(detail::reference::require_divisor(
        of_optimal, "the optimal alternative", "a weighted sum",
        "declare optimal values that are better, or scale the weights up", scale));
    view.throw_if_any(std::move(scale));

    result.optimality = Eigen::VectorXd::Zero(n);
    result.scores.resize(n);
    if (options.keep_matrix) result.weighted_normalised.resize(n, view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < n; start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, n - start);
        double* const sums = result.optimality.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.weighted_normalised.data() + j * n + start : scratch;
            detail::aras_weighted(view.column(j) + start, count, view.weight(j),
                                  scales[static_cast<std::size_t>(j)], cells);
            for (Index i = 0; i < count; ++i) sums[i] += cells[i];
        }
        for (Index i = 0; i < count; ++i) result.scores[start + i] = sums[i] / of_optimal;
    }
    return result;
}

}  // namespace thuocdo::rank
