#pragma once
/// @file
/// What a linear program demands of its variables.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/matrix_places.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

/// row_lower <= A x <= row_upper and lower <= x <= upper. Minus infinity below and plus
/// infinity above stand for no bound; an equality has two equal bounds.
struct LinearConstraints {
    /// A: m rows, one column a variable.
    Eigen::MatrixXd coefficients;
    /// m values each.
    Eigen::VectorXd row_lower;
    Eigen::VectorXd row_upper;
    /// One value a variable each.
    Eigen::VectorXd lower;
    Eigen::VectorXd upper;
};

namespace detail {

/// Adds what is wrong with a pair of lists of bounds.
inline void check_bounds(ColumnView lower, ColumnView upper, Index expected, const char* lower_name,
                         const char* upper_name, std::vector<Problem>& problems) {
    const double infinity = std::numeric_limits<double>::infinity();
    const auto check_size = [&](Index found, const char* name) {
        if (found == expected) return true;
        problems.push_back(Problem{"size_mismatch", name, std::to_string(found) + " values",
                                   std::to_string(expected), "give every line both bounds"});
        return false;
    };
    const bool lower_fits = check_size(lower.size(), lower_name);
    const bool upper_fits = check_size(upper.size(), upper_name);
    if (!lower_fits || !upper_fits) return;
    for (Index i = 0; i < expected; ++i) {
        if (problems.size() >= problems_listed) return;
        if (lower[i] <= upper[i] && lower[i] < infinity && upper[i] > -infinity) continue;
        problems.push_back(Problem{"crossed_bounds",
                                   entry_place(lower_name, static_cast<std::size_t>(i)),
                                   std::to_string(lower[i]) + " to " + std::to_string(upper[i]),
                                   "a lower bound that is not above the upper one, no NaN",
                                   "write no bound as minus or plus infinity"});
    }
}

[[nodiscard]] inline std::vector<Problem> problems_of(const LinearConstraints& constraints) {
    std::vector<Problem> problems;
    const Eigen::MatrixXd& a = constraints.coefficients;
    check_bounds(constraints.row_lower, constraints.row_upper, a.rows(), "row_lower", "row_upper",
                 problems);
    check_bounds(constraints.lower, constraints.upper, a.cols(), "lower", "upper", problems);
    for (Index j = 0; j < a.cols(); ++j) {
        for (Index i = 0; i < a.rows(); ++i) {
            if (std::isfinite(a(i, j)) || problems.size() >= problems_listed) continue;
            problems.push_back(Problem{"not_finite", cell_place(i, j), std::to_string(a(i, j)),
                                       "a finite coefficient", "leave out what is not known"});
        }
    }
    return problems;
}

}  // namespace detail

/// @throws NumericError naming every size that does not fit, bounds that cross or are NaN
/// (`crossed_bounds`) and coefficients that are not finite (`not_finite`).
inline void check_constraints(const LinearConstraints& constraints) {
    std::vector<Problem> problems = detail::problems_of(constraints);
    if (!problems.empty())
        throw NumericError("cannot use the linear constraints", std::move(problems));
}

}  // namespace thuocdo::numeric
