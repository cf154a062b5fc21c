#pragma once
/// @file
/// Entropy weights.

#include <thuocdo/numeric/grid_sum.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

#include <cmath>
#include <limits>

namespace thuocdo::weigh {

/// What entropy() finds. Every vector has one entry an indicator.
struct EntropyWeights {
    Eigen::VectorXd weights;
    /// H, from 0 (all in one unit) to 1 (all equal).
    Eigen::VectorXd entropy;
    /// 1 - H, computed by itself: it keeps its digits where H is close to 1.
    Eigen::VectorXd divergence;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column varies; the weights are equal.
    bool all_constant = false;
};

namespace detail {

/// ln n - (entropy of the column in nats) = mean of r ln r - r + 1 over the units,
/// where r = x / mean. Every term is 0 or more and 0 where x is the mean, so that
/// nothing cancels between terms; r = 0 gives 1.
[[nodiscard]] THUOCDO_KERNEL inline double divergence_from_equal(const CompleteRows& rows,
                                                                 const Extremes& extremes,
                                                                 Index j) {
    THUOCDO_EXACT
    numeric::GridSum sum(extremes.maximum[j], rows.rows());
    const double* const cells = rows.column(j);
    sum.add(cells, rows.rows());
    // The mean of columns near the largest double would not have a reciprocal.
    const double mean = sum.divided_by(rows.rows());
    const double largest = extremes.maximum[j] / mean;
    const double reciprocal = 1.0 / mean;
    const bool by_product = std::isnormal(reciprocal);
    double logarithm_of_largest = 0.0;
    numeric::natural_logarithms(&largest, 1, &logarithm_of_largest);
    // r ln r - r + 1 is at most 1 below r = 1, and less than r ln r + 1 above it.
    numeric::GridSum terms(largest * logarithm_of_largest + 2.0, rows.rows());
    double ratio[block_rows];
    double logarithm[block_rows];
    constexpr double smallest = std::numeric_limits<double>::min();
    for (Index start = 0; start < rows.rows(); start += block_rows) {
        const Index count = std::min(block_rows, rows.rows() - start);
        if (by_product) {
            for (Index i = 0; i < count; ++i) ratio[i] = cells[start + i] * reciprocal;
        } else {
            for (Index i = 0; i < count; ++i) ratio[i] = cells[start + i] / mean;
        }
        // 0 ln 0 = 0: any finite logarithm will do beside a ratio of 0.
        for (Index i = 0; i < count; ++i) logarithm[i] = ratio[i] > smallest ? ratio[i] : smallest;
        numeric::natural_logarithms(logarithm, count, logarithm);
        for (Index i = 0; i < count; ++i) {
            const double term = ratio[i] * logarithm[i] - (ratio[i] - 1.0);
            logarithm[i] = term > 0.0 ? term : 0.0;
        }
        terms.add(logarithm, count);
    }
    return terms.divided_by(rows.rows());
}

}  // namespace detail

/// Shannon entropy of each column: p = x / sum x, H = -sum p ln p / ln n with
/// 0 ln 0 = 0, w ~ 1 - H. A column that singles out few units weighs much.
/// Directions play no part: p is taken from the columns as given.
///
/// @param x units by indicators, finite, 0 or more. Rows with a missing value are
///        left out. A constant column, zeros among them, gets weight 0.
/// @throws NumericError when fewer than two rows are complete, or naming the cells
///         that are negative or infinite.
/// Sums on a grid, and a logarithm of this library: same bits for every order of units
/// on every machine.
/// Complexity: one logarithm a cell. Source: Shannon (1948); Hwang and Yoon (1981),
/// Multiple Attribute Decision Making, section 3.
[[nodiscard]] inline EntropyWeights entropy(MatrixView x) {
    const detail::CompleteRows rows(x);
    const detail::Extremes extremes = detail::extremes_of(rows);
    detail::require_above(rows, extremes, 0.0, true, "entropy weights: negative values",
                          "negative_value", "0 or more", "shift or normalise the indicator first",
                          [](Index) { return true; });
    const Index count = rows.columns();
    EntropyWeights result;
    result.rows_used = rows.rows();
    result.entropy.resize(count);
    result.divergence.resize(count);
    const double units = static_cast<double>(rows.rows());
    double most = 0.0;
    numeric::natural_logarithms(&units, 1, &most);
    for (Index j = 0; j < count; ++j) {
        const double divergence =
            extremes.constant(j) ? 0.0 : detail::divergence_from_equal(rows, extremes, j) / most;
        result.divergence[j] = std::min(divergence, 1.0);
        result.entropy[j] = 1.0 - result.divergence[j];
    }
    result.weights = detail::shares_or_equal(result.divergence, result.all_constant);
    return result;
}

}  // namespace thuocdo::weigh
