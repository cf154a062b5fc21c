#pragma once
/// @file
/// Weighted aggregated sum product assessment (WASPAS).

#include <thuocdo/rank/detail/weighted_logarithms.hpp>
#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct WaspasOptions {
    /// Share of the weighted sum, between 0 and 1; the weighted product has the rest.
    double lambda = 0.5;
    Normalisation normalisation = Normalisation::linear;
    /// Also returns the normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What waspas() finds.
struct WaspasResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd weighted_sums;
    Eigen::VectorXd weighted_products;
    /// Empty unless asked for.
    Eigen::MatrixXd normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = WaspasResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "lambda * weighted sum + (1 - lambda) * weighted product"),
            part("weighted_sums", &R::weighted_sums, Axis::alternatives,
                 "Q1 = sum of weight * normalised value"),
            part("weighted_products", &R::weighted_products, Axis::alternatives,
                 "Q2 = product of normalised value ^ weight"),
            part("normalised", &R::normalised, Axis::cells, "values, higher is better")};
    }
};

namespace detail {

THUOCDO_KERNEL inline void add_weighted(const double* cells, Index count, double weight,
                                        double* sums) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) sums[i] += weight * cells[i];
}

/// share * a + (1 - share) * b.
THUOCDO_KERNEL inline void mix(const double* a, const double* b, Index count, double share,
                               double* out) {
    THUOCDO_EXACT
    const double rest = 1.0 - share;
    for (Index i = 0; i < count; ++i) out[i] = share * a[i] + rest * b[i];
}

}  // namespace detail

/// Q(i) = lambda Q1 + (1 - lambda) Q2, Q1 = sum over j of w n, Q2 = product over j of n^w,
/// n = x/max, or min/x where lower is better.
///
/// Some programs mix other sums and products, or scale the weights to 1; here weights are
/// taken as given, as in the published examples. Zeros and products as in
/// weighted_product(): a factor of 0 makes Q2 0.
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, where the normalisation is not defined, for a
///         lambda outside 0 to 1, and naming the cells whose normalised value is negative.
/// A constant column changes no difference between Q1 (and no Q2 under linear). Identical
/// alternatives get identical bits; the order of rows changes none.
/// Complexity: two to three sweeps and n m logarithms, memory for three columns. Source:
/// E. K. Zavadskas, Z. Turskis, J. Antucheviciene and A. Zakarevicius (2012), Elektronika
/// ir Elektrotechnika 122(6), 3-6.
[[nodiscard]] THUOCDO_KERNEL inline WaspasResult waspas(MatrixView x,
                                                        std::span<const double> weights,
                                                        std::span<const Direction> directions,
                                                        const WaspasOptions& options = {}) {
    THUOCDO_EXACT
    if (!(options.lambda >= 0.0 && options.lambda <= 1.0))
        detail::refuse("WASPAS cannot rank the alternatives", "option_out_of_range",
                       "options.lambda", numeric::shortest(options.lambda),
                       "a number between 0 and 1", "");
    const DecisionView view(x, weights, directions, "WASPAS");
    const std::vector<ColumnNormaliser> normalisers =
        column_normalisers(view, options.normalisation);
    WaspasResult result;
    result.scores.resize(view.rows());
    result.weighted_sums = Eigen::VectorXd::Zero(view.rows());
    result.weighted_products = Eigen::VectorXd::Zero(view.rows());
    if (options.keep_matrix) result.normalised.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    double logarithms[detail::block_rows];
    bool sound = true;
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const sums = result.weighted_sums.data() + start;
        double* const products = result.weighted_products.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.normalised.data() + j * view.rows() + start : scratch;
            normalisers[static_cast<std::size_t>(j)].apply(view.column(j) + start, count, cells);
            const double w = view.weight(j);
            if (w == 0.0) continue;
            detail::add_weighted(cells, count, w, sums);
            sound = detail::add_weighted_logarithms(cells, count, w, logarithms, products) && sound;
        }
        numeric::natural_exponentials(products, count, products);
        detail::mix(sums, products, count, options.lambda, result.scores.data() + start);
    }
    if (!sound) detail::refuse_negative_factors(view, normalisers);
    return result;
}

}  // namespace thuocdo::rank
