#pragma once
/// @file
/// Weighted product model (WPM).

#include <thuocdo/rank/detail/weighted_logarithms.hpp>
#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct WeightedProductOptions {
    Normalisation normalisation = Normalisation::linear;
    /// Also returns the normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What weighted_product() finds.
struct WeightedProductResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    /// Order by these where weights add up to so much that scores fall below double.
    Eigen::VectorXd log_scores;
    /// Empty unless asked for.
    Eigen::MatrixXd normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = WeightedProductResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "product of normalised value ^ weight"),
            part("log_scores", &R::log_scores, Axis::alternatives,
                 "sum of weight * ln(normalised value), minus infinity where a factor is 0"),
            part("normalised", &R::normalised, Axis::cells, "values, higher is better")};
    }
};

/// scores(i) = product over j of n(i, j)^w(j), n the normalised value, higher is better.
///
/// It is worked out as exp(sum of w ln n), since a product of hundreds of factors is below
/// what doubles hold. A factor of 0 with a weight above 0 makes the score 0; with a
/// weight of 0 a criterion takes no part, whatever its values (0^0 counts as 1). A factor
/// below the least normal double counts as 0.
///
/// Programs differ in the normalisation. The linear one is the default because it keeps
/// the ratios that the model compares, x/max and min/x; under min_max the worst on any
/// criterion has the score 0.
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, where the normalisation is not defined, and
///         naming the cells whose normalised value is negative.
/// A constant column multiplies every score by the same (by 1 under linear). Identical
/// alternatives get identical bits; the order of rows changes none.
/// Complexity: two to three sweeps and n m logarithms, memory for two columns. Sources:
/// P. W. Bridgman (1922), "Dimensional analysis", Yale University Press; D. W. Miller and
/// M. K. Starr (1969), "Executive decisions and operations research", Prentice-Hall.
[[nodiscard]] THUOCDO_KERNEL inline WeightedProductResult weighted_product(
    MatrixView x, std::span<const double> weights, std::span<const Direction> directions,
    const WeightedProductOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "the weighted product");
    const std::vector<ColumnNormaliser> normalisers =
        column_normalisers(view, options.normalisation);
    WeightedProductResult result;
    result.scores.resize(view.rows());
    result.log_scores = Eigen::VectorXd::Zero(view.rows());
    if (options.keep_matrix) result.normalised.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    double logarithms[detail::block_rows];
    bool sound = true;
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const log_scores = result.log_scores.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            const double w = view.weight(j);
            if (w == 0.0 && !options.keep_matrix) continue;
            double* const cells =
                options.keep_matrix ? result.normalised.data() + j * view.rows() + start : scratch;
            normalisers[static_cast<std::size_t>(j)].apply(view.column(j) + start, count, cells);
            if (w == 0.0) continue;
            sound =
                detail::add_weighted_logarithms(cells, count, w, logarithms, log_scores) && sound;
        }
        numeric::natural_exponentials(log_scores, count, result.scores.data() + start);
    }
    if (!sound) detail::refuse_negative_factors(view, normalisers);
    return result;
}

}  // namespace thuocdo::rank
