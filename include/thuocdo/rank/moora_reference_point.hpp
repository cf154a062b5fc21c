#pragma once
/// @file
/// Multi-objective optimisation by ratio analysis (MOORA): the reference point approach.

#include <thuocdo/rank/detail/column_norm.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct MooraReferencePointOptions {
    /// Also returns the deviations, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What moora_reference_point() finds. Lower is better.
struct MooraReferencePointResult {
    static constexpr bool higher_is_better = false;
    Eigen::VectorXd scores;
    Eigen::VectorXd reference_point;
    /// Empty unless asked for.
    Eigen::MatrixXd deviations;

    [[nodiscard]] static constexpr auto parts() {
        using R = MooraReferencePointResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "largest deviation from the reference point; lower is better"),
            part("reference_point", &R::reference_point, Axis::criteria, "best weighted ratio"),
            part("deviations", &R::deviations, Axis::cells,
                 "|reference point - weight * x / sqrt(sum(x^2))|")};
    }
};

namespace detail {

/// Turns values into their distances from `from`.
inline void distances_from(double from, Index count, double* values) {
    for (Index i = 0; i < count; ++i) values[i] = std::abs(from - values[i]);
}

inline void take_largest(const double* cells, Index count, double* largest) {
    for (Index i = 0; i < count; ++i) largest[i] = cells[i] > largest[i] ? cells[i] : largest[i];
}

}  // namespace detail

/// z(i) = largest over j of |r(j) - w x*|, x* = x/sqrt(sum(x^2)) over the alternatives, r
/// the largest w x* of the criterion, or the smallest where lower is better. Lower is
/// better (min-max metric of Chebyshev).
///
/// Ties are common, since one criterion alone decides.
///
/// @param x alternatives by criteria, finite; values below 0 are no problem.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, and naming columns whose norm is beyond double.
/// A constant column adds no deviation. Identical alternatives get identical bits; the
/// order of rows changes none; the unit of a criterion has no influence. Complexity: three
/// sweeps, memory for one column. Source: W. K. M. Brauers and E. K. Zavadskas (2006),
/// Control and Cybernetics 35(2), 445-469.
[[nodiscard]] THUOCDO_KERNEL inline MooraReferencePointResult moora_reference_point(
    MatrixView x, std::span<const double> weights, std::span<const Direction> directions,
    const MooraReferencePointOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "the reference point approach of MOORA");
    const std::vector<double> divisors = detail::ratio_divisors(view);
    MooraReferencePointResult result;
    result.scores = Eigen::VectorXd::Zero(view.rows());
    result.reference_point.resize(view.columns());
    for (Index j = 0; j < view.columns(); ++j) {
        const double best = view.best(j);
        detail::weighted_ratios(&best, 1, divisors[static_cast<std::size_t>(j)], view.weight(j),
                                result.reference_point.data() + j);
    }
    if (options.keep_matrix) result.deviations.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.deviations.data() + j * view.rows() + start : scratch;
            detail::weighted_ratios(view.column(j) + start, count,
                                    divisors[static_cast<std::size_t>(j)], view.weight(j), cells);
            detail::distances_from(result.reference_point[j], count, cells);
            detail::take_largest(cells, count, result.scores.data() + start);
        }
    }
    return result;
}

}  // namespace thuocdo::rank
