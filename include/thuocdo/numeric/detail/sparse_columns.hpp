#pragma once
/// @file
/// Linear constraints whose matrix is the columns of its entries that are not zero.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace thuocdo::numeric::detail {

struct SparseColumns {
    Index rows = 0;
    /// Column j has the entries start[j] to start[j + 1] - 1, by ascending row.
    std::vector<std::size_t> start{0};
    std::vector<std::uint32_t> row;
    std::vector<double> value;

    [[nodiscard]] std::size_t columns() const noexcept { return start.size() - 1; }

    void push_back(std::uint32_t at, double entry) {
        row.push_back(at);
        value.push_back(entry);
    }
    void end_column() { start.push_back(row.size()); }
};

[[nodiscard]] inline SparseColumns sparse_columns(const Eigen::Ref<const Eigen::MatrixXd>& matrix) {
    SparseColumns result;
    result.rows = matrix.rows();
    for (Index j = 0; j < matrix.cols(); ++j) {
        for (Index i = 0; i < matrix.rows(); ++i) {
            if (matrix(i, j) != 0.0) result.push_back(static_cast<std::uint32_t>(i), matrix(i, j));
        }
        result.end_column();
    }
    return result;
}

/// LinearConstraints whose matrix is sparse.
struct SparseConstraints {
    SparseColumns columns;
    Eigen::VectorXd row_lower;
    Eigen::VectorXd row_upper;
    Eigen::VectorXd lower;
    Eigen::VectorXd upper;
};

[[nodiscard]] inline SparseConstraints sparse_constraints(const LinearConstraints& constraints) {
    return {sparse_columns(constraints.coefficients), constraints.row_lower, constraints.row_upper,
            constraints.lower, constraints.upper};
}

}  // namespace thuocdo::numeric::detail
