#pragma once
/// @file
/// Correlations of every two columns with their p-values. On Boost.Math: see
/// `correlation_p_value.hpp`.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/correlation.hpp>
#include <thuocdo/numeric/correlation_p_value.hpp>

#include <Eigen/Core>

#include <utility>

namespace thuocdo::numeric {

/// Correlations of every two columns, pairwise complete. All three are symmetric.
struct CorrelationTable {
    Eigen::MatrixXd coefficients;
    /// Two-sided. NaN where the coefficient is undefined or no degree of freedom is left.
    Eigen::MatrixXd p_values;
    /// Rows where both columns are observed.
    IndexMatrix pairs;
};

namespace detail {

[[nodiscard]] inline CorrelationTable with_student_p_values(PairwiseCoefficients found) {
    CorrelationTable table;
    table.coefficients = std::move(found.coefficients);
    table.pairs = std::move(found.pairs);
    table.p_values.resize(table.pairs.rows(), table.pairs.cols());
    for (Index b = 0; b < table.pairs.cols(); ++b) {
        for (Index a = 0; a <= b; ++a) {
            table.p_values(a, b) = table.p_values(b, a) =
                correlation_p_value(table.coefficients(a, b), table.pairs(a, b));
        }
    }
    return table;
}

}  // namespace detail

/// `pearson_matrix` with `correlation_p_value` of each pair.
[[nodiscard]] inline CorrelationTable pearson_table(const Eigen::Ref<const Eigen::MatrixXd>& x) {
    return detail::with_student_p_values(detail::pairwise_pearson(detail::CorrelatedColumns(x)));
}

/// `spearman_matrix` with `correlation_p_value` of each pair.
[[nodiscard]] inline CorrelationTable spearman_table(const Eigen::Ref<const Eigen::MatrixXd>& x) {
    return detail::with_student_p_values(detail::pairwise_spearman(detail::CorrelatedColumns(x)));
}

/// `kendall_matrix` (tau-b) with `kendall_p_value` of each pair.
[[nodiscard]] inline CorrelationTable kendall_table(const Eigen::Ref<const Eigen::MatrixXd>& x) {
    const Index columns = x.cols();
    CorrelationTable table{Eigen::MatrixXd(columns, columns), Eigen::MatrixXd(columns, columns),
                           IndexMatrix(columns, columns)};
    detail::for_kendall_pairs(
        detail::CorrelatedColumns(x), [&](Index a, Index b, const KendallCounts& counts) {
            table.coefficients(a, b) = table.coefficients(b, a) = detail::tau_b_of(counts);
            table.p_values(a, b) = table.p_values(b, a) = kendall_p_value(counts);
            table.pairs(a, b) = table.pairs(b, a) = counts.rows;
        });
    return table;
}

}  // namespace thuocdo::numeric
