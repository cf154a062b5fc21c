#pragma once
/// @file
/// Covariances of columns.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/correlated_columns.hpp>
#include <thuocdo/numeric/pearson.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace thuocdo::numeric {

/// Rows over which statistics of several columns are taken.
enum class RowSelection {
    /// Rows where every column is observed.
    complete_rows,
    /// For each two columns, the rows where both are observed.
    pairwise,
};

/// The rows where every column is observed, in order.
[[nodiscard]] inline std::vector<Index> complete_rows(const Eigen::Ref<const Eigen::MatrixXd>& x) {
    std::vector<bool> complete(static_cast<std::size_t>(x.rows()), true);
    for (Index j = 0; j < x.cols(); ++j) {
        for (Index i = 0; i < x.rows(); ++i) {
            if (x(i, j) != x(i, j)) complete[static_cast<std::size_t>(i)] = false;
        }
    }
    std::vector<Index> rows;
    for (Index i = 0; i < x.rows(); ++i) {
        if (complete[static_cast<std::size_t>(i)]) rows.push_back(i);
    }
    return rows;
}

/// The listed rows of a matrix.
[[nodiscard]] inline Eigen::MatrixXd take_rows(const Eigen::Ref<const Eigen::MatrixXd>& x,
                                               const std::vector<Index>& rows) {
    Eigen::MatrixXd taken(static_cast<Index>(rows.size()), x.cols());
    for (Index j = 0; j < x.cols(); ++j) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            taken(static_cast<Index>(i), j) = x(rows[i], j);
    }
    return taken;
}

/// sum (a - mean a)(b - mean b) / (n - 1) of every two columns, over the n rows where both
/// are observed.
///
/// @param x rows are units, columns are indicators; NaN is missing.
/// @return symmetric; variances on the diagonal, exactly 0 for a constant column. NaN below
///         two jointly observed rows.
/// @throws NumericError naming the infinite cells.
/// Complexity and order of additions as for `pearson_matrix`.
[[nodiscard]] inline Eigen::MatrixXd covariance_matrix(const Eigen::Ref<const Eigen::MatrixXd>& x) {
    Eigen::MatrixXd result =
        Eigen::MatrixXd::Constant(x.cols(), x.cols(), detail::undefined_correlation);
    detail::for_centred_pairs(detail::CorrelatedColumns(x), [&](Index a, Index b, Index rows,
                                                                const detail::CentredSums& sums) {
        result(a, b) = result(b, a) =
            sums.ab / static_cast<double>(rows - 1) / sums.scale_a / sums.scale_b;
    });
    return result;
}

}  // namespace thuocdo::numeric
