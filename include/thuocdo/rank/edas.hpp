#pragma once
/// @file
/// Evaluation based on distance from the average solution (EDAS).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct EdasOptions {
    /// Also returns both matrices of distances, which cost memory for 2 n m doubles.
    bool keep_matrix = false;
};

/// What edas() finds.
struct EdasResult {
    static constexpr bool higher_is_better = true;
    /// Appraisal score, between 0 and 1.
    Eigen::VectorXd scores;
    Eigen::VectorXd average_solution;
    Eigen::VectorXd positive_sums;
    Eigen::VectorXd negative_sums;
    Eigen::VectorXd normalised_positive;
    Eigen::VectorXd normalised_negative;
    /// Empty unless asked for.
    Eigen::MatrixXd positive_distances;
    /// Empty unless asked for.
    Eigen::MatrixXd negative_distances;

    [[nodiscard]] static constexpr auto parts() {
        using R = EdasResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "appraisal score, (NSP + NSN) / 2"),
            part("average_solution", &R::average_solution, Axis::criteria,
                 "AV, mean of the column"),
            part("positive_sums", &R::positive_sums, Axis::alternatives, "SP, sum of weight * PDA"),
            part("negative_sums", &R::negative_sums, Axis::alternatives, "SN, sum of weight * NDA"),
            part("normalised_positive", &R::normalised_positive, Axis::alternatives,
                 "NSP = SP / max(SP)"),
            part("normalised_negative", &R::normalised_negative, Axis::alternatives,
                 "NSN = 1 - SN / max(SN)"),
            part("positive_distances", &R::positive_distances, Axis::cells,
                 "PDA, how much better than average, over |AV|"),
            part("negative_distances", &R::negative_distances, Axis::cells,
                 "NDA, how much worse than average, over |AV|")};
    }
};

namespace detail {

/// Better than the mean by `positive`, or worse by `negative`, both of 0 or more.
/// @param divisor |mean|, with a minus sign where lower is better.
THUOCDO_KERNEL inline void edas_distances(const double* values, Index count, double mean,
                                          double divisor, double* positive, double* negative) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        const double distance = (values[i] - mean) / divisor;
        positive[i] = distance > 0.0 ? distance : 0.0;
        negative[i] = distance < 0.0 ? -distance : 0.0;
    }
}

/// The mean of a column, exact where it is constant.
[[nodiscard]] inline double edas_mean(const DecisionView& x, Index j,
                                      std::vector<Problem>& problems) {
    const numeric::ValueRange range = x.range(j);
    double mean = range.minimum;
    if (!range.constant()) {
        numeric::GridSum sum(reference::largest_magnitude(range), x.rows());
        sum.add(x.column(j), x.rows());
        mean = std::clamp(sum.divided_by(x.rows()), range.minimum, range.maximum);
    }
    // What is left of a mean of 0 when its values are rounded to doubles.
    constexpr double rounding = std::numeric_limits<double>::epsilon();
    if (std::abs(mean) <= rounding * reference::largest_magnitude(range))
        problems.push_back({"zero_mean", column_place(j), "a mean of " + numeric::shortest(mean),
                            "one that is not 0, since distances are divided by it",
                            "shift the values of the column, or leave it out"});
    return mean;
}

}  // namespace detail

/// AV(j) is the mean of column j; PDA = max(0, t (x - AV)) / |AV| and NDA = max(0, t (AV -
/// x)) / |AV| with t = 1 where higher is better and -1 elsewhere; SP and SN are their
/// weighted sums; NSP = SP / max(SP), NSN = 1 - SN / max(SN); score = (NSP + NSN) / 2.
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given; a common factor cancels.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming columns whose mean is 0, also by rounding.
/// The paper divides by AV, for positive values. Under a negative mean that turns better
/// and worse round, as some programs do; |AV| does not. A constant column is everywhere at
/// its mean and adds 0. Where no alternative differs from the mean, max(SP) and max(SN)
/// are 0, both ratios count as 0, and every score is 0.5. Identical alternatives get
/// identical bits; the order of rows changes none. Complexity: three sweeps over the
/// matrix. Source: M. Keshavarz Ghorabaee, E. K. Zavadskas, L. Olfat and Z. Turskis (2015),
/// "Multi-criteria inventory classification using a new method of evaluation based on
/// distance from average solution (EDAS)", Informatica 26(3), 435-451.
[[nodiscard]] THUOCDO_KERNEL inline EdasResult edas(MatrixView x, std::span<const double> weights,
                                                    std::span<const Direction> directions,
                                                    const EdasOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "EDAS");
    const Index n = view.rows();
    EdasResult result;
    std::vector<Problem> problems;
    result.average_solution.resize(view.columns());
    for (Index j = 0; j < view.columns(); ++j)
        result.average_solution[j] = detail::edas_mean(view, j, problems);
    view.throw_if_any(std::move(problems));

    result.positive_sums = Eigen::VectorXd::Zero(n);
    result.negative_sums = Eigen::VectorXd::Zero(n);
    if (options.keep_matrix) {
        result.positive_distances.resize(n, view.columns());
        result.negative_distances.resize(n, view.columns());
    }
    double positive_scratch[detail::block_rows];
    double negative_scratch[detail::block_rows];
    for (Index start = 0; start < n; start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, n - start);
        double* const positive_sums = result.positive_sums.data() + start;
        double* const negative_sums = result.negative_sums.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            const Index at = j * n + start;
            double* const positive =
                options.keep_matrix ? result.positive_distances.data() + at : positive_scratch;
            double* const negative =
                options.keep_matrix ? result.negative_distances.data() + at : negative_scratch;
            const double mean = result.average_solution[j];
            const double size = std::abs(mean);
            detail::edas_distances(view.column(j) + start, count, mean,
                                   view.higher_is_better(j) ? size : -size, positive, negative);
            const double w = view.weight(j);
            for (Index i = 0; i < count; ++i) positive_sums[i] += w * positive[i];
            for (Index i = 0; i < count; ++i) negative_sums[i] += w * negative[i];
        }
    }

    // A largest sum of 0 scales all to 0.
    constexpr double without_range = std::numeric_limits<double>::infinity();
    const double largest_positive = detail::reference::range_of(result.positive_sums).maximum;
    const double largest_negative = detail::reference::range_of(result.negative_sums).maximum;
    const double positive_scale = largest_positive > 0.0 ? largest_positive : without_range;
    const double negative_scale = largest_negative > 0.0 ? largest_negative : without_range;
    result.normalised_positive.resize(n);
    result.normalised_negative.resize(n);
    result.scores.resize(n);
    constexpr double half = 0.5;
    for (Index i = 0; i < n; ++i) {
        result.normalised_positive[i] = result.positive_sums[i] / positive_scale;
        result.normalised_negative[i] = 1.0 - result.negative_sums[i] / negative_scale;
        result.scores[i] = half * (result.normalised_positive[i] + result.normalised_negative[i]);
    }
    return result;
}

}  // namespace thuocdo::rank
