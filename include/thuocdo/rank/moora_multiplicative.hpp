#pragma once
/// @file
/// Full multiplicative form of MULTIMOORA.

#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/rank/detail/column_norm.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct MooraMultiplicativeOptions {};

/// What moora_multiplicative() finds.
struct MooraMultiplicativeResult {
    static constexpr bool higher_is_better = true;
    /// ln U.
    Eigen::VectorXd scores;
    Eigen::VectorXd benefit_logarithms;
    Eigen::VectorXd cost_logarithms;
    Eigen::VectorXd relative_utilities;

    [[nodiscard]] static constexpr auto parts() {
        using R = MooraMultiplicativeResult;
        return std::tuple{part("scores", &R::scores, Axis::alternatives, "ln U = ln A - ln B"),
                          part("benefit_logarithms", &R::benefit_logarithms, Axis::alternatives,
                               "ln A = sum of weight * ln(ratio) where higher is better"),
                          part("cost_logarithms", &R::cost_logarithms, Axis::alternatives,
                               "ln B = sum of weight * ln(ratio) where lower is better"),
                          part("relative_utilities", &R::relative_utilities, Axis::alternatives,
                               "U / the largest U")};
    }
};

namespace detail {

/// sums += weight * ln(values). `scratch` has room for `count`.
THUOCDO_KERNEL inline void add_logarithms(const double* values, Index count, double weight,
                                          double* scratch, double* sums) {
    THUOCDO_EXACT
    numeric::natural_logarithms(values, count, scratch);
    for (Index i = 0; i < count; ++i) sums[i] += weight * scratch[i];
}

/// weight * ln(value).
THUOCDO_KERNEL inline double weighted_logarithm(double value, double weight) {
    THUOCDO_EXACT
    double logarithm = 0.0;
    numeric::natural_logarithms(&value, 1, &logarithm);
    return weight * logarithm;
}

/// Names the cells of criteria that take part whose logarithm is not defined.
inline void require_positive_cells(const DecisionView& x) {
    // The logarithm of a subnormal number is beyond what the kernel is made for.
    constexpr double least = std::numeric_limits<double>::min();
    std::vector<Problem> problems;
    for (Index j = 0; j < x.columns(); ++j) {
        if (!(x.weight(j) > 0.0) || x.range(j).minimum >= least) continue;
        x.name_cells(
            j, "value_not_positive", "a number above 0 under a logarithm",
            "shift the values of the column, or give the criterion the weight 0",
            [](double value) { return value >= least; }, problems);
    }
    x.throw_if_any(std::move(problems));
}

}  // namespace detail

/// U(i) = A/B, A = product of x*^w over the criteria where higher is better, B the same
/// over those where lower is better, x* = x/sqrt(sum(x^2)) over the alternatives. The
/// score is ln U = sum of w ln x* over the first, less that over the second.
///
/// The logarithm is the score because U itself is 0 or infinite in double for hundreds of
/// criteria whose weights do not add up to about 1; `relative_utilities` are U over the
/// largest U. The division by the norm changes every score by the same, hence no order; the
/// published values have it.
///
/// Where programs disagree: weights are exponents. Some multiply by them, which changes
/// every U by the same factor and no order, so that weights have no influence.
///
/// @param x alternatives by criteria, finite, above 0 where the weight is.
/// @param weights one a criterion, 0 or more, taken as given; a criterion with a weight of
///        0 takes no part.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, and naming the cells of 0 or below: a cost of 0
///         has no quotient, and a benefit of 0 would make all other criteria worthless.
/// A constant column adds the same to every score. Identical alternatives get identical
/// bits; the order of rows changes none. Complexity: three sweeps and n m logarithms,
/// memory for four columns. Source: W. K. M. Brauers and E. K. Zavadskas (2010),
/// Technological and Economic Development of Economy 16(1), 5-24.
[[nodiscard]] THUOCDO_KERNEL inline MooraMultiplicativeResult moora_multiplicative(
    MatrixView x, std::span<const double> weights, std::span<const Direction> directions,
    const MooraMultiplicativeOptions& = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "the full multiplicative form");
    detail::require_positive_cells(view);
    const std::vector<double> divisors = detail::ratio_divisors(view);
    MooraMultiplicativeResult result;
    result.benefit_logarithms = Eigen::VectorXd::Zero(view.rows());
    result.cost_logarithms = Eigen::VectorXd::Zero(view.rows());
    result.scores.resize(view.rows());
    double benefit_norms = 0.0;
    double cost_norms = 0.0;
    for (Index j = 0; j < view.columns(); ++j) {
        const double w = view.weight(j);
        if (w == 0.0) continue;
        (view.higher_is_better(j) ? benefit_norms : cost_norms) +=
            detail::weighted_logarithm(divisors[static_cast<std::size_t>(j)], w);
    }
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const benefits = result.benefit_logarithms.data() + start;
        double* const costs = result.cost_logarithms.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            const double w = view.weight(j);
            if (w == 0.0) continue;
            detail::add_logarithms(view.column(j) + start, count, w, scratch,
                                   view.higher_is_better(j) ? benefits : costs);
        }
        double* const scores = result.scores.data() + start;
        for (Index i = 0; i < count; ++i) {
            benefits[i] -= benefit_norms;
            costs[i] -= cost_norms;
            scores[i] = benefits[i] - costs[i];
        }
    }
    const double best = numeric::value_range(result.scores.data(), view.rows()).maximum;
    result.relative_utilities.resize(view.rows());
    for (Index i = 0; i < view.rows(); ++i) result.relative_utilities[i] = result.scores[i] - best;
    numeric::natural_exponentials(result.relative_utilities.data(), view.rows(),
                                  result.relative_utilities.data());
    return result;
}

}  // namespace thuocdo::rank
