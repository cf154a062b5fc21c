#pragma once
/// @file
/// What a linear program is asked and what it answers, with the proof of the answer.

#include <thuocdo/config.hpp>

#include <limits>

namespace thuocdo::numeric {

enum class Goal { minimise, maximise };

enum class LinearProgramStatus {
    optimal,
    infeasible,      ///< no x satisfies the constraints
    unbounded,       ///< the objective has no limit on them
    iteration_limit  ///< stopped before an answer
};

/// Tolerances hold after rows and columns are scaled to entries of about 1.
struct LinearProgramOptions {
    /// How far a bound b may be missed, in units of max(1, |b|).
    double feasibility_tolerance = 1e-11;
    /// Reduced costs below it, in units of the largest coefficient of the objective, are 0.
    double optimality_tolerance = 1e-11;
    /// Smallest entry that may become a pivot.
    double pivot_tolerance = 1e-9;
    /// Steps of one call; 0 stands for 1000 + 50 for each row and variable.
    Index iteration_limit = 0;
    /// Steps without gain, one after the other, before the rule of Bland takes over.
    Index steps_before_bland = 50;
};

/// The answer. Which certificate it has depends on the status.
struct LinearProgramResult {
    LinearProgramStatus status = LinearProgramStatus::iteration_limit;
    /// c'x of an optimum; NaN otherwise.
    double objective = std::numeric_limits<double>::quiet_NaN();
    /// An optimal vertex; a feasible one where unbounded; empty where infeasible.
    Eigen::VectorXd values;
    /// Optimal: dual value y of each row, the change of the optimum for a unit of the bound
    /// that binds. Infeasible: the weights of a Farkas row, a sum of rows that no x within
    /// its bounds can satisfy. Empty otherwise.
    Eigen::VectorXd row_duals;
    /// c - A'y (c = 0 where infeasible): the same for the bounds of each variable.
    Eigen::VectorXd reduced_costs;
    /// Unbounded: a direction that stays feasible and gains for ever. Empty otherwise.
    Eigen::VectorXd ray;
    Index iterations = 0;
};

}  // namespace thuocdo::numeric
