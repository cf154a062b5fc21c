#pragma once
/// @file
/// Proof that the answer to a linear program is right, from its certificate alone.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/sparse_columns.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>
#include <thuocdo/numeric/linear_program_result.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace thuocdo::numeric {

/// What verify() finds.
struct LinearProgramCheck {
    /// The certificate is a proof of the status.
    bool proved = false;
    /// Largest distance of the values outside a bound b, in units of max(1, |b|).
    double violation = 0.0;
    /// What the duals prove: no feasible x has an objective beyond it. Infeasible: what the
    /// Farkas row exceeds 0 by.
    double bound = std::numeric_limits<double>::quiet_NaN();
    /// Optimal: distance of the objective from the bound.
    double gap = std::numeric_limits<double>::quiet_NaN();
};

namespace detail {

inline double outside(double value, double lower, double upper) noexcept {
    if (value < lower) return (lower - value) / std::max(1.0, std::abs(lower));
    if (value > upper) return (value - upper) / std::max(1.0, std::abs(upper));
    return 0.0;
}

/// A x; `magnitudes` gets the sums of the absolute terms.
THUOCDO_KERNEL inline Eigen::VectorXd row_values(const SparseColumns& a, ColumnView x,
                                                 Eigen::VectorXd& magnitudes) {
    THUOCDO_EXACT
    Eigen::VectorXd result = Eigen::VectorXd::Zero(a.rows);
    magnitudes = Eigen::VectorXd::Zero(a.rows);
    for (std::size_t j = 0; j < a.columns(); ++j) {
        for (std::size_t e = a.start[j]; e < a.start[j + 1]; ++e) {
            const double term = a.value[e] * x[static_cast<Index>(j)];
            result[static_cast<Index>(a.row[e])] += term;
            magnitudes[static_cast<Index>(a.row[e])] += std::abs(term);
        }
    }
    return result;
}

/// The sum over multipliers of the least that multiplier * value can be within its bounds.
struct LeastSum {
    double sum = 0.0;
    double magnitude = 0.0;

    THUOCDO_KERNEL void add(double multiplier, double lower, double upper,
                            double negligible) noexcept {
        THUOCDO_EXACT
        const double bound = multiplier > 0.0 ? lower : upper;
        if (multiplier == 0.0 || (std::isinf(bound) && std::abs(multiplier) <= negligible)) return;
        sum += multiplier * bound;
        magnitude += std::abs(multiplier * bound);
    }
};

/// Weak duality: c'x = (c - A'y)'x + y'(A x) for every y, so the least of both parts within
/// the bounds is below every feasible c'x.
THUOCDO_KERNEL inline LeastSum least_objective(const SparseConstraints& of, ColumnView objective,
                                               ColumnView duals, double sign, double tolerance) {
    THUOCDO_EXACT
    const SparseColumns& a = of.columns;
    LeastSum least;
    double largest = 0.0;
    for (Index j = 0; j < objective.size(); ++j)
        largest = std::max(largest, std::abs(objective[j]));
    for (Index i = 0; i < duals.size(); ++i)
        least.add(sign * duals[i], of.row_lower[i], of.row_upper[i], 0.0);
    for (Index j = 0; j < objective.size(); ++j) {
        double cost = sign * objective[j];
        double terms = largest;
        const std::size_t column = static_cast<std::size_t>(j);
        for (std::size_t e = a.start[column]; e < a.start[column + 1]; ++e) {
            const double term = sign * duals[static_cast<Index>(a.row[e])] * a.value[e];
            cost -= term;
            terms += std::abs(term);
        }
        least.add(cost, of.lower[j], of.upper[j], tolerance * terms);
    }
    return least;
}

[[nodiscard]] inline double worst_violation(const SparseConstraints& constraints, ColumnView x) {
    Eigen::VectorXd magnitudes;
    const Eigen::VectorXd rows = row_values(constraints.columns, x, magnitudes);
    double worst = 0.0;
    for (Index j = 0; j < x.size(); ++j)
        worst = std::max(worst, outside(x[j], constraints.lower[j], constraints.upper[j]));
    for (Index i = 0; i < rows.size(); ++i) {
        const double by = outside(rows[i], constraints.row_lower[i], constraints.row_upper[i]);
        worst = std::max(worst, by / std::max(1.0, magnitudes[i]));
    }
    return worst;
}

THUOCDO_KERNEL inline double objective_value(ColumnView objective, ColumnView x) noexcept {
    THUOCDO_EXACT
    double sum = 0.0;
    for (Index j = 0; j < x.size(); ++j) sum += objective[j] * x[j];
    return sum;
}

/// Whether the direction keeps every bound that is finite and gains.
[[nodiscard]] THUOCDO_KERNEL inline bool is_gaining_ray(const SparseConstraints& constraints,
                                                        ColumnView objective, double sign,
                                                        ColumnView ray, double tolerance) {
    THUOCDO_EXACT
    Eigen::VectorXd magnitudes;
    const Eigen::VectorXd rows = row_values(constraints.columns, ray, magnitudes);
    const auto stays = [&](double direction, double size, double lower, double upper) {
        return (direction >= -tolerance * size || std::isinf(lower)) &&
               (direction <= tolerance * size || std::isinf(upper));
    };
    const double longest = ray.size() == 0 ? 0.0 : ray.cwiseAbs().maxCoeff();
    for (Index j = 0; j < ray.size(); ++j) {
        if (!stays(ray[j], longest, constraints.lower[j], constraints.upper[j])) return false;
    }
    for (Index i = 0; i < rows.size(); ++i) {
        if (!stays(rows[i], magnitudes[i], constraints.row_lower[i], constraints.row_upper[i]))
            return false;
    }
    double size = 0.0;
    for (Index j = 0; j < ray.size(); ++j) size += std::abs(objective[j] * ray[j]);
    return sign * objective_value(objective, ray) < -tolerance * size;
}

/// As verify() below.
[[nodiscard]] inline LinearProgramCheck verify(const SparseConstraints& constraints,
                                               ColumnView objective, Goal goal,
                                               const LinearProgramResult& result,
                                               double tolerance) {
    // An infeasible program shows a sum that should be 0 to be above it, however little;
    // only rounding must not be what makes it so.
    constexpr double rounding = 1e-13;
    const Index m = constraints.row_lower.size();
    const Index n = constraints.lower.size();
    const double sign = goal == Goal::minimise ? 1.0 : -1.0;
    LinearProgramCheck check;
    if (result.values.size() == n) check.violation = worst_violation(constraints, result.values);
    const bool feasible = result.values.size() == n && check.violation <= tolerance;
    switch (result.status) {
        case LinearProgramStatus::optimal: {
            if (result.row_duals.size() != m) break;
            const LeastSum least =
                least_objective(constraints, objective, result.row_duals, sign, tolerance);
            check.bound = sign * least.sum;
            const double reached = objective_value(objective, result.values);
            check.gap = std::abs(result.objective - check.bound);
            const double size = tolerance * std::max(1.0, least.magnitude);
            check.proved =
                feasible && check.gap <= size && std::abs(reached - result.objective) <= size;
            break;
        }
        case LinearProgramStatus::infeasible: {
            if (result.row_duals.size() != m) break;
            const LeastSum least = least_objective(constraints, Eigen::VectorXd::Zero(n),
                                                   result.row_duals, 1.0, tolerance);
            check.bound = least.sum;
            check.proved = least.sum > rounding * least.magnitude;
            break;
        }
        case LinearProgramStatus::unbounded:
            check.proved = feasible && result.ray.size() == n &&
                           is_gaining_ray(constraints, objective, sign, result.ray, tolerance);
            break;
        case LinearProgramStatus::iteration_limit:
            break;
    }
    return check;
}

}  // namespace detail

/// Checks an answer without trusting how it was found: the values against all bounds, and
/// the bound that the duals prove by weak duality against the objective (optimal), against
/// 0 (infeasible: c = 0), or the ray against all bounds (unbounded). Nothing but the
/// constraints, the objective and the certificate is read. O(size of A).
///
/// @param tolerance relative to the sums of absolute terms: of the values, of the gap, and
/// of reduced costs whose bound is infinite
[[nodiscard]] inline LinearProgramCheck verify(const LinearConstraints& constraints,
                                               ColumnView objective, Goal goal,
                                               const LinearProgramResult& result,
                                               double tolerance = 1e-9) {
    return detail::verify(detail::sparse_constraints(constraints), objective, goal, result,
                          tolerance);
}

}  // namespace thuocdo::numeric
