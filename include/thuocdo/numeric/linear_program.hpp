#pragma once
/// @file
/// Linear programs of bounded variables, small enough for a dense inverse.

#include <thuocdo/numeric/detail/bounded_simplex.hpp>
#include <thuocdo/numeric/detail/sparse_columns.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>
#include <thuocdo/numeric/linear_program_result.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

/// Solves min or max c'x over one set of constraints, for one objective after the other.
/// Each call starts from the vertex where the last one ended, so the constraints are made
/// feasible once.
///
/// Method: the simplex method for bounded variables (Dantzig 1955), revised, with a dense
/// inverse of the basis. A feasible vertex is found as by Dutertre and de Moura (2006):
/// the basic variable that is furthest outside its bounds leaves, a nonbasic one of the
/// largest pivot enters. Then the variable of the steepest reduced cost enters. After many
/// steps that gain nothing, the rule of Bland (1977) takes over, with which neither phase
/// can cycle. Rows and columns are scaled by powers of two. All choices go by value and
/// then by lowest number, so the same calls give the same bits on every machine; which of
/// several optimal vertices is returned depends on the earlier calls.
///
/// O(m^2 + entries of A) a step and O(m^2) memory for m rows.
class LinearProgram {
  public:
    /// @throws NumericError as check_constraints().
    explicit LinearProgram(const LinearConstraints& constraints, LinearProgramOptions options = {})
        : simplex_(checked(constraints), options) {}

    /// @param objective c, one finite value a variable
    /// @throws NumericError for another length or a value that is not finite.
    [[nodiscard]] LinearProgramResult solve(ColumnView objective, Goal goal) {
        check_objective(objective);
        return simplex_.solve(objective, goal);
    }

  private:
    static detail::SparseConstraints checked(const LinearConstraints& constraints) {
        check_constraints(constraints);
        return detail::sparse_constraints(constraints);
    }

    void check_objective(ColumnView objective) const {
        std::vector<Problem> problems;
        if (objective.size() != simplex_.variables()) {
            problems.push_back(
                Problem{"size_mismatch", "objective", std::to_string(objective.size()) + " values",
                        std::to_string(simplex_.variables()), "give every variable a coefficient"});
        }
        for (Index j = 0; j < objective.size(); ++j) {
            if (std::isfinite(objective[j]) || problems.size() >= problems_listed) continue;
            problems.push_back(
                Problem{"not_finite", entry_place("objective", static_cast<std::size_t>(j)),
                        std::to_string(objective[j]), "a finite coefficient", "use 0 for no part"});
        }
        if (!problems.empty()) throw NumericError("cannot use the objective", std::move(problems));
    }

    detail::BoundedSimplex simplex_;
};

/// One linear program alone, as LinearProgram.
[[nodiscard]] inline LinearProgramResult solve_linear_program(const LinearConstraints& constraints,
                                                              ColumnView objective, Goal goal,
                                                              LinearProgramOptions options = {}) {
    return LinearProgram(constraints, options).solve(objective, goal);
}

}  // namespace thuocdo::numeric
