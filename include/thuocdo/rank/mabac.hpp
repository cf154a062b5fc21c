#pragma once
/// @file
/// Multi-attributive border approximation area comparison (MABAC).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct MabacOptions {
    /// Also returns the weighted matrix and the distances from the border, which cost
    /// memory for 2 n m doubles.
    bool keep_matrix = false;
};

/// What mabac() finds.
struct MabacResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd border;
    /// Empty unless asked for.
    Eigen::MatrixXd weighted;
    /// Empty unless asked for.
    Eigen::MatrixXd border_distances;

    [[nodiscard]] static constexpr auto parts() {
        using R = MabacResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "sum of V - G"),
            part("border", &R::border, Axis::criteria,
                 "G, border approximation area, geometric mean of V over the alternatives"),
            part("weighted", &R::weighted, Axis::cells, "V = weight * (min-max value + 1)"),
            part("border_distances", &R::border_distances, Axis::cells,
                 "V - G; above 0 in the upper approximation area")};
    }
};

namespace detail {

/// out = values + 1.
THUOCDO_KERNEL inline void mabac_raised(const ColumnNormaliser& normaliser, const double* values,
                                        Index count, double* out) {
    THUOCDO_EXACT
    normaliser.apply(values, count, out);
    for (Index i = 0; i < count; ++i) out[i] += 1.0;
}

/// Mean of ln(n + 1) over the alternatives.
[[nodiscard]] inline double mabac_mean_logarithm(const DecisionView& x, Index j,
                                                 const ColumnNormaliser& normaliser) {
    // n + 1 lies between 1 and 2.
    constexpr double bound = 1.0;
    numeric::GridSum sum(bound, x.rows());
    double scratch[block_rows];
    for (Index start = 0; start < x.rows(); start += block_rows) {
        const Index count = std::min(block_rows, x.rows() - start);
        mabac_raised(normaliser, x.column(j) + start, count, scratch);
        numeric::natural_logarithms(scratch, count, scratch);
        sum.add(scratch, count);
    }
    return sum.divided_by(x.rows());
}

}  // namespace detail

/// V(i, j) = w(j) (n(i, j) + 1), n the min-max value, higher is better; the border G(j) is
/// the geometric mean of V(i, j) over the alternatives; score = sum over j of V(i, j) -
/// G(j).
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming columns whose range is beyond double.
/// G is w exp(mean ln(n + 1)). As a product of one factor an alternative, as in some
/// programs, it is 0 from a few hundred alternatives on: with a hundred equal weights from
/// about 200. Some programs leave the weights out; here they count, and a criterion of
/// weight 0 adds 0. A constant column has n = 0 and G = V: it adds 0. Identical
/// alternatives get identical bits; the order of rows changes none. Complexity: four
/// sweeps over the matrix, and n m logarithms. Source: D. Pamucar and G. Cirovic (2015),
/// "The selection of transport and handling resources in logistics centers using
/// multi-attributive border approximation area comparison (MABAC)", Expert Systems with
/// Applications 42(6), 3016-3028.
[[nodiscard]] THUOCDO_KERNEL inline MabacResult mabac(MatrixView x, std::span<const double> weights,
                                                      std::span<const Direction> directions,
                                                      const MabacOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "MABAC");
    std::vector<Problem> problems;
    detail::reference::require_ranges(view, problems);
    view.throw_if_any(std::move(problems));
    const std::vector<ColumnNormaliser> normalisers =
        column_normalisers(view, Normalisation::min_max);
    const Index n = view.rows();
    const Index m = view.columns();
    // Geometric mean of n + 1.
    Eigen::VectorXd means(m);
    for (Index j = 0; j < m; ++j)
        means[j] = detail::mabac_mean_logarithm(view, j, normalisers[static_cast<std::size_t>(j)]);
    numeric::natural_exponentials(means.data(), m, means.data());
    MabacResult result;
    result.border.resize(m);
    for (Index j = 0; j < m; ++j) result.border[j] = view.weight(j) * means[j];

    result.scores = Eigen::VectorXd::Zero(n);
    if (options.keep_matrix) {
        result.weighted.resize(n, m);
        result.border_distances.resize(n, m);
    }
    double weighted_scratch[detail::block_rows];
    double distance_scratch[detail::block_rows];
    for (Index start = 0; start < n; start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, n - start);
        double* const scores = result.scores.data() + start;
        for (Index j = 0; j < m; ++j) {
            const Index at = j * n + start;
            double* const weighted =
                options.keep_matrix ? result.weighted.data() + at : weighted_scratch;
            double* const distances =
                options.keep_matrix ? result.border_distances.data() + at : distance_scratch;
            detail::mabac_raised(normalisers[static_cast<std::size_t>(j)], view.column(j) + start,
                                 count, weighted);
            const double w = view.weight(j);
            const double border = result.border[j];
            for (Index i = 0; i < count; ++i) {
                weighted[i] = w * weighted[i];
                distances[i] = weighted[i] - border;
                scores[i] += distances[i];
            }
        }
    }
    return result;
}

}  // namespace thuocdo::rank
