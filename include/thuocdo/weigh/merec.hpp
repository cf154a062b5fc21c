#pragma once
/// @file
/// Weights by the removal effects of criteria (MEREC).

#include <thuocdo/numeric/grid_sum.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

/// What merec() finds.
struct MerecWeights {
    /// One an indicator.
    Eigen::VectorXd weights;
    /// E: the sum over units of what leaving the indicator out changes.
    Eigen::VectorXd removal_effect;
    /// S of each complete row.
    Eigen::VectorXd performance;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column varies; the weights are equal.
    bool all_constant = false;
};

namespace detail {

/// |ln n| of a block of a column, n = minimum / x or x / maximum.
THUOCDO_KERNEL inline void distance_from_reference(const double* cells, Index count, bool rises,
                                                   double reference, double* out) {
    THUOCDO_EXACT
    if (rises) {
        for (Index i = 0; i < count; ++i) out[i] = cells[i] / reference;
    } else {
        for (Index i = 0; i < count; ++i) out[i] = reference / cells[i];
    }
    numeric::natural_logarithms(out, count, out);
}

THUOCDO_KERNEL inline void removal_effects(const CompleteRows& rows, const Extremes& extremes,
                                           std::span<const Direction> directions,
                                           MerecWeights& result) {
    THUOCDO_EXACT
    const Index columns = rows.columns();
    const auto criteria = static_cast<double>(columns);
    // One block of rows of |ln n|, column by column: each logarithm is taken once.
    Eigen::MatrixXd distances(block_rows, columns);
    double total[block_rows];
    double removed[block_rows];
    double scratch[block_rows];
    double effect[block_rows];
    // For what roundings may add to a bound.
    constexpr double margin = 1.001;
    std::vector<numeric::GridSum> sums;
    std::vector<char> small(static_cast<std::size_t>(columns), 0);
    for (Index j = 0; j < columns; ++j) {
        // A share a / (m + a + others) is largest where all others are 0, and its
        // effect ln(1 + a / m) is at most a / m.
        double most = extremes.maximum[j] / extremes.minimum[j];
        numeric::natural_logarithms(&most, 1, &most);
        sums.emplace_back(margin * most / criteria, rows.rows());
        small[static_cast<std::size_t>(j)] =
            most / (criteria + most) < numeric::largest_small_share ? 1 : 0;
    }
    for (Index start = 0; start < rows.rows(); start += block_rows) {
        const Index count = std::min(block_rows, rows.rows() - start);
        for (Index i = 0; i < count; ++i) total[i] = 0.0;
        for (Index j = 0; j < columns; ++j) {
            if (extremes.constant(j)) continue;
            const bool up = rises(directions, j);
            double* const distance = distances.data() + j * block_rows;
            distance_from_reference(rows.column(j) + start, count, up,
                                    up ? extremes.minimum[j] : extremes.maximum[j], distance);
            for (Index i = 0; i < count; ++i) total[i] += distance[i];
        }
        for (Index i = 0; i < count; ++i) effect[i] = 1.0 + total[i] / criteria;
        numeric::natural_logarithms(effect, count, result.performance.data() + start);
        // S - S' = -ln(1 - |ln n| / (criteria + total)): one logarithm, of a number
        // that keeps its digits where the effect is small.
        for (Index i = 0; i < count; ++i) total[i] = criteria + total[i];
        for (Index j = 0; j < columns; ++j) {
            if (extremes.constant(j)) continue;
            const double* const distance = distances.data() + j * block_rows;
            if (small[static_cast<std::size_t>(j)] != 0) {
                numeric::small_negative_logarithms_of_complement(distance, total, count, effect);
            } else {
                for (Index i = 0; i < count; ++i) removed[i] = distance[i] / total[i];
                numeric::negative_logarithms_of_complement(removed, count, scratch, effect);
            }
            sums[static_cast<std::size_t>(j)].add(effect, count);
        }
    }
    for (Index j = 0; j < columns; ++j)
        result.removal_effect[j] = sums[static_cast<std::size_t>(j)].value();
}

}  // namespace detail

/// n = min / x (higher is better) or x / max (lower is better);
/// S(i) = ln(1 + mean over j of |ln n(i, j)|); S'(i, j) the same without j, still
/// divided by the number of indicators; E(j) = sum over i of |S'(i, j) - S(i)|;
/// w ~ E.
///
/// @param x units by indicators, finite and above 0. Rows with a missing value are
///        left out. A constant column gets weight 0.
/// @param directions one a column.
/// @throws NumericError when the sizes differ, fewer than two rows are complete, or
///         naming the cells that are not above 0 or are infinite, and the columns
///         whose largest value over the smallest is beyond double.
/// S adds up the indicators in their order; the sums over units are on a grid: same
/// bits for every order of units, on every machine.
/// Complexity: two logarithms a cell. Source: Keshavarz-Ghorabaee, Amiri,
/// Zavadskas, Turskis and Antucheviciene (2021), Symmetry 13(4), 525.
[[nodiscard]] inline MerecWeights merec(MatrixView x, std::span<const Direction> directions) {
    detail::require_directions(directions, x.cols());
    const detail::CompleteRows rows(x);
    const detail::Extremes extremes = detail::extremes_of(rows);
    detail::require_above(rows, extremes, 0.0, false, "MEREC weights: values that are not above 0",
                          "value_not_positive", "a number above 0",
                          "shift or normalise the indicator first", [](Index) { return true; });
    std::vector<Problem> problems;
    for (Index j = 0; j < rows.columns(); ++j) {
        if (std::isfinite(extremes.maximum[j] / extremes.minimum[j])) continue;
        problems.push_back({"range_too_wide", detail::column_place(j),
                            numeric::shortest(extremes.minimum[j]) + " to " +
                                numeric::shortest(extremes.maximum[j]),
                            "a ratio within double", "check the unit of measurement"});
    }
    detail::throw_if_any("MEREC weights: ranges beyond double", std::move(problems));
    MerecWeights result;
    result.rows_used = rows.rows();
    result.performance.resize(rows.rows());
    result.removal_effect.resize(rows.columns());
    detail::removal_effects(rows, extremes, directions, result);
    result.weights = detail::shares_or_equal(result.removal_effect, result.all_constant);
    return result;
}

}  // namespace thuocdo::weigh
