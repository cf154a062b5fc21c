#pragma once
/// @file
/// Which unknowns a system of linear equations has one value for.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/sparse_columns.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// target -= factor * source.
THUOCDO_KERNEL inline void subtract_row(std::vector<double>& target, double factor,
                                        const std::vector<double>& source) noexcept {
    THUOCDO_EXACT
    for (std::size_t j = 0; j < target.size(); ++j) target[j] -= factor * source[j];
}

/// Whether each unknown is 0 in the whole null space of the equations (the rows of two equal
/// bounds): the reduced echelon form has a row with that unknown alone. O(equations^2 *
/// unknowns).
[[nodiscard]] inline std::vector<char> solved_by_equations(
    const numeric::detail::SparseConstraints& of) {
    // Entries of rows whose largest was 1 that elimination leaves below it are rounding.
    constexpr double rounding = 1e-11;
    const std::size_t n = of.columns.columns();
    std::vector<char> solved(n, 0);
    std::vector<std::vector<double>> rows;
    std::vector<std::size_t> number(static_cast<std::size_t>(of.columns.rows), 0);
    for (Index i = 0; i < of.columns.rows; ++i) {
        if (of.row_lower[i] != of.row_upper[i]) continue;
        rows.emplace_back(n, 0.0);
        number[static_cast<std::size_t>(i)] = rows.size();
    }
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t e = of.columns.start[j]; e < of.columns.start[j + 1]; ++e) {
            if (number[of.columns.row[e]] > 0)
                rows[number[of.columns.row[e]] - 1][j] = of.columns.value[e];
        }
    }
    for (std::vector<double>& row : rows) {
        double largest = 0.0;
        for (const double entry : row) largest = std::max(largest, std::abs(entry));
        for (double& entry : row) entry = largest > 0.0 ? entry / largest : 0.0;
    }
    std::size_t rank = 0;
    std::vector<std::size_t> pivots;
    for (std::size_t j = 0; j < n && rank < rows.size(); ++j) {
        std::size_t best = rank;
        for (std::size_t i = rank + 1; i < rows.size(); ++i) {
            if (std::abs(rows[i][j]) > std::abs(rows[best][j])) best = i;
        }
        if (std::abs(rows[best][j]) <= rounding) continue;
        std::swap(rows[rank], rows[best]);
        const double pivot = rows[rank][j];
        for (double& entry : rows[rank]) entry /= pivot;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i == rank || rows[i][j] == 0.0) continue;
            subtract_row(rows[i], rows[i][j], rows[rank]);
            rows[i][j] = 0.0;
        }
        pivots.push_back(j);
        ++rank;
    }
    for (std::size_t r = 0; r < rank; ++r) {
        const bool alone = std::count_if(rows[r].begin(), rows[r].end(), [](double entry) {
                               return std::abs(entry) > rounding;
                           }) == 1;
        solved[pivots[r]] = alone ? 1 : 0;
    }
    return solved;
}

}  // namespace thuocdo::publish::detail
