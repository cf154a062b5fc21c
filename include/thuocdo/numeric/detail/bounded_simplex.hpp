#pragma once
/// @file
/// Revised simplex method for bounded variables with a dense inverse of the basis.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/simplex_basis.hpp>
#include <thuocdo/numeric/detail/sparse_columns.hpp>
#include <thuocdo/numeric/linear_program_result.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::numeric::detail {

/// As LinearProgram, without checks.
class BoundedSimplex {
  public:
    BoundedSimplex(const SparseConstraints& constraints, LinearProgramOptions options)
        : basis_(constraints), options_(options) {
        if (options_.iteration_limit > 0) return;
        constexpr Index fewest_iterations = 1000;
        constexpr Index iterations_a_line = 50;
        options_.iteration_limit =
            fewest_iterations + iterations_a_line * static_cast<Index>(basis_.variables());
    }

    /// Those of the user, without the logical ones.
    [[nodiscard]] Index variables() const noexcept {
        return static_cast<Index>(basis_.structurals());
    }

    [[nodiscard]] LinearProgramResult solve(ColumnView objective, Goal goal) {
        LinearProgramResult result;
        iterations_ = 0;
        contradicted_ = none;
        set_cost(objective, goal);
        result.status = find_optimum();
        result.iterations = iterations_;
        switch (result.status) {
            case LinearProgramStatus::optimal:
                result.values = values();
                result.objective = product(objective, result.values);
                result.row_duals = row_multipliers(goal, cost_tolerance_);
                result.reduced_costs = reduced_costs(objective, result.row_duals);
                break;
            case LinearProgramStatus::infeasible:
                result.row_duals = row_multipliers(Goal::minimise, farkas_tolerance());
                result.reduced_costs =
                    reduced_costs(Eigen::VectorXd::Zero(variables()), result.row_duals);
                break;
            case LinearProgramStatus::unbounded:
                result.values = values();
                result.ray = ray();
                break;
            case LinearProgramStatus::iteration_limit:
                break;
        }
        return result;
    }

  private:
    static constexpr std::size_t none = SimplexBasis::none;
    /// Steps that differ by less have the same length.
    static constexpr double together = 1e-13;

    /// A step along one nonbasic variable.
    struct Step {
        double length = std::numeric_limits<double>::infinity();
        /// Position that leaves; `none` where the variable meets its own other bound first.
        std::size_t position = none;
    };

    void set_cost(ColumnView objective, Goal goal) {
        const std::size_t n = basis_.structurals();
        cost_.assign(basis_.variables(), 0.0);
        double largest = 0.0;
        for (std::size_t j = 0; j < n; ++j) {
            const double c =
                objective[static_cast<Index>(j)] * basis_.scale(j);  // a power of two: exact
            cost_[j] = goal == Goal::minimise ? c : -c;
            largest = std::max(largest, std::abs(c));
        }
        cost_tolerance_ = options_.optimality_tolerance * largest;
    }

    [[nodiscard]] LinearProgramStatus find_optimum() {
        // Rounding of a long run can hide a violation, which one more round mends.
        constexpr int rounds = 5;
        LinearProgramStatus status = LinearProgramStatus::iteration_limit;
        for (int round = 0; round < rounds; ++round) {
            status = find_feasible();
            if (status != LinearProgramStatus::optimal) return status;
            status = improve();
            if (status == LinearProgramStatus::iteration_limit) return status;
            basis_.refine();
            if (worst_violation(false) == none) return status;
            basis_.reinvert();
        }
        return LinearProgramStatus::iteration_limit;
    }

    [[nodiscard]] THUOCDO_KERNEL double slack(double bound) const noexcept {
        THUOCDO_EXACT
        return options_.feasibility_tolerance * std::max(1.0, std::abs(bound));
    }

    /// How far a basic variable is outside its bounds; 0 within the tolerance.
    [[nodiscard]] THUOCDO_KERNEL double violation(std::size_t k) const noexcept {
        THUOCDO_EXACT
        const double x = basis_.value(k);
        if (x < basis_.lower(k) - slack(basis_.lower(k))) return basis_.lower(k) - x;
        if (x > basis_.upper(k) + slack(basis_.upper(k))) return x - basis_.upper(k);
        return 0.0;
    }

    /// Position of the largest violation, or under Bland's rule of the first variable.
    [[nodiscard]] std::size_t worst_violation(bool bland) const noexcept {
        std::size_t chosen = none;
        double largest = 0.0;
        for (std::size_t i = 0; i < basis_.rows(); ++i) {
            const double by = violation(basis_.basic(i));
            if (!(by > 0.0)) continue;
            const bool first = chosen == none || basis_.basic(i) < basis_.basic(chosen);
            const bool better =
                bland ? first : chosen == none || by > largest || (by == largest && first);
            if (better) {
                chosen = i;
                largest = by;
            }
        }
        return chosen;
    }

    /// Nonbasic variable that can move the basic one at `position` up (or down).
    [[nodiscard]] std::size_t helper(std::size_t position, bool up, bool bland) {
        basis_.inverse_row(position, multipliers_);
        std::size_t chosen = none;
        double largest = options_.pivot_tolerance;
        for (std::size_t k = 0; k < basis_.variables(); ++k) {
            if (basis_.is_basic(k)) continue;
            const double alpha = basis_.times_column(multipliers_, k);
            const bool rises = (alpha < 0.0) == up;  // basic value changes by -alpha
            const bool movable =
                rises ? basis_.value(k) < basis_.upper(k) : basis_.value(k) > basis_.lower(k);
            if (!movable || !(std::abs(alpha) > largest)) continue;
            chosen = k;
            if (bland) return chosen;
            largest = std::abs(alpha);
        }
        return chosen;
    }

    /// Status optimal stands for: all basic variables are within their bounds.
    [[nodiscard]] LinearProgramStatus find_feasible() {
        Index steps = 0;
        const Index patience = options_.steps_before_bland + static_cast<Index>(basis_.rows());
        while (true) {
            const bool bland = steps >= patience;
            const std::size_t position = worst_violation(bland);
            if (position == none) return LinearProgramStatus::optimal;
            const std::size_t leaving = basis_.basic(position);
            const bool up = basis_.value(leaving) < basis_.lower(leaving);
            const std::size_t entering = helper(position, up, bland);
            if (entering == none) {
                if (basis_.is_fresh()) {
                    for (double& y : multipliers_) y = up ? -y : y;
                    contradicted_ = leaving;
                    return LinearProgramStatus::infeasible;
                }
                basis_.reinvert();
                continue;
            }
            if (!count_iteration()) return LinearProgramStatus::iteration_limit;
            ++steps;
            basis_.column(entering, column_);
            const double bound = up ? basis_.lower(leaving) : basis_.upper(leaving);
            const double change = (basis_.value(leaving) - bound) / column_[position];
            basis_.move(entering, change, column_);
            exchange(position, entering, bound);
        }
    }

    void exchange(std::size_t position, std::size_t entering, double leaving_value) {
        basis_.exchange(position, entering, column_, leaving_value);
        if (basis_.is_stale()) basis_.reinvert();
    }

    [[nodiscard]] bool count_iteration() noexcept {
        if (iterations_ >= options_.iteration_limit) return false;
        ++iterations_;
        return true;
    }

    THUOCDO_KERNEL double reduced_cost(std::size_t k) const noexcept {
        THUOCDO_EXACT
        return cost_[k] - basis_.times_column(multipliers_, k);
    }

    /// Nonbasic variable that gains most a unit of its own; under Bland's rule the first.
    [[nodiscard]] std::size_t steepest(bool bland, bool& up) const noexcept {
        std::size_t chosen = none;
        double largest = cost_tolerance_;
        for (std::size_t k = 0; k < basis_.variables(); ++k) {
            if (basis_.is_basic(k) || basis_.lower(k) == basis_.upper(k)) continue;
            const double d = reduced_cost(k);
            const bool rises = d < 0.0;
            const bool movable =
                rises ? basis_.value(k) < basis_.upper(k) : basis_.value(k) > basis_.lower(k);
            if (!movable || !(std::abs(d) > largest)) continue;
            chosen = k;
            up = rises;
            if (bland) return chosen;
            largest = std::abs(d);
        }
        return chosen;
    }

    /// How far the basic variable at a position lets the step go.
    [[nodiscard]] double room(std::size_t position, double direction) const noexcept {
        const double rate = -direction * column_[position];
        const std::size_t k = basis_.basic(position);
        const double distance =
            rate > 0.0 ? basis_.upper(k) - basis_.value(k) : basis_.value(k) - basis_.lower(k);
        return std::max(0.0, distance) / std::abs(rate);
    }

    /// The first bound on the way. Among bounds that are met together, the largest pivot
    /// leaves, or under Bland's rule the first variable.
    [[nodiscard]] THUOCDO_KERNEL Step longest_step(std::size_t entering, double direction,
                                                   bool bland) const {
        THUOCDO_EXACT
        double shortest = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < basis_.rows(); ++i) {
            if (std::abs(column_[i]) > options_.pivot_tolerance)
                shortest = std::min(shortest, room(i, direction));
        }
        const double own = basis_.upper(entering) - basis_.lower(entering);
        Step step;
        if (own <= shortest) {
            step.length = own;
            return step;
        }
        const double limit = shortest + together * std::max(1.0, shortest);
        for (std::size_t i = 0; i < basis_.rows(); ++i) {
            const double pivot = std::abs(column_[i]);
            if (!(pivot > options_.pivot_tolerance) || room(i, direction) > limit) continue;
            const bool first =
                step.position != none && basis_.basic(i) < basis_.basic(step.position);
            const double best = step.position == none ? 0.0 : std::abs(column_[step.position]);
            if (step.position == none || (bland ? first : pivot > best || (pivot == best && first)))
                step.position = i;
        }
        if (step.position != none) step.length = room(step.position, direction);
        return step;
    }

    [[nodiscard]] LinearProgramStatus improve() {
        Index idle = 0;
        while (true) {
            const bool bland = idle >= options_.steps_before_bland;
            basis_.price(cost_, multipliers_);
            bool up = false;
            const std::size_t entering = steepest(bland, up);
            if (entering == none) return LinearProgramStatus::optimal;
            if (!count_iteration()) return LinearProgramStatus::iteration_limit;
            basis_.column(entering, column_);
            const double direction = up ? 1.0 : -1.0;
            const Step step = longest_step(entering, direction, bland);
            if (!std::isfinite(step.length)) {
                entering_ = entering;
                direction_ = direction;
                return LinearProgramStatus::unbounded;
            }
            idle = step.length > together ? 0 : idle + 1;
            basis_.move(entering, direction * step.length, column_);
            if (step.position == none) {
                basis_.set_value(entering, up ? basis_.upper(entering) : basis_.lower(entering));
                continue;
            }
            const std::size_t leaving = basis_.basic(step.position);
            const bool rises = -direction * column_[step.position] > 0.0;
            exchange(step.position, entering,
                     rises ? basis_.upper(leaving) : basis_.lower(leaving));
        }
    }

    [[nodiscard]] Eigen::VectorXd values() const {
        Eigen::VectorXd result(variables());
        for (std::size_t j = 0; j < basis_.structurals(); ++j)
            result[static_cast<Index>(j)] = basis_.value(j) * basis_.scale(j);
        return result;
    }

    /// 0 by definition, whatever rounding leaves of it.
    [[nodiscard]] bool has_no_multiplier(std::size_t k) const noexcept {
        return basis_.is_basic(k) && k != contradicted_;
    }

    [[nodiscard]] Eigen::VectorXd row_multipliers(Goal goal, double negligible) const {
        Eigen::VectorXd result = Eigen::VectorXd::Zero(static_cast<Index>(basis_.rows()));
        for (std::size_t i = 0; i < basis_.rows(); ++i) {
            if (has_no_multiplier(basis_.structurals() + i)) continue;
            if (std::abs(multipliers_[i]) <= negligible) continue;
            const double y = multipliers_[i] * basis_.row_scale(i);
            result[static_cast<Index>(i)] = goal == Goal::minimise ? y : -y;
        }
        return result;
    }

    [[nodiscard]] THUOCDO_KERNEL Eigen::VectorXd reduced_costs(ColumnView objective,
                                                               ColumnView duals) const {
        THUOCDO_EXACT
        Eigen::VectorXd result = objective;
        const SparseColumns& a = basis_.columns();
        for (std::size_t j = 0; j < a.columns(); ++j) {
            if (has_no_multiplier(j)) {
                result[static_cast<Index>(j)] = 0.0;
                continue;
            }
            double sum = 0.0;
            for (std::size_t e = a.start[j]; e < a.start[j + 1]; ++e) {
                const double entry = a.value[e] / (basis_.row_scale(a.row[e]) * basis_.scale(j));
                sum += entry * duals[static_cast<Index>(a.row[e])];
            }
            result[static_cast<Index>(j)] -= sum;
        }
        return result;
    }

    /// Multipliers of a Farkas row below it are what rounding leaves of 0.
    [[nodiscard]] double farkas_tolerance() const noexcept {
        constexpr double rounding = 1e-13;
        double largest = 0.0;
        for (const double y : multipliers_) largest = std::max(largest, std::abs(y));
        return rounding * largest;
    }

    [[nodiscard]] Eigen::VectorXd ray() const {
        Eigen::VectorXd result = Eigen::VectorXd::Zero(variables());
        if (entering_ < basis_.structurals())
            result[static_cast<Index>(entering_)] = direction_ * basis_.scale(entering_);
        for (std::size_t i = 0; i < basis_.rows(); ++i) {
            const std::size_t k = basis_.basic(i);
            // The others were taken for 0 in the search of a limit.
            const bool moves = std::abs(column_[i]) > options_.pivot_tolerance;
            if (k < basis_.structurals() && moves)
                result[static_cast<Index>(k)] = -direction_ * column_[i] * basis_.scale(k);
        }
        return result;
    }

    THUOCDO_KERNEL static double product(ColumnView a, ColumnView b) noexcept {
        THUOCDO_EXACT
        double sum = 0.0;
        for (Index j = 0; j < a.size(); ++j) {
            if (a[j] != 0.0) sum += a[j] * b[j];
        }
        return sum;
    }

    SimplexBasis basis_;
    LinearProgramOptions options_;
    std::vector<double> cost_;
    double cost_tolerance_ = 0.0;
    /// Dual values of the rows, or the row of the inverse that proves infeasibility.
    std::vector<double> multipliers_;
    std::vector<double> column_;
    /// Basic variable that no nonbasic one can bring within its bounds.
    std::size_t contradicted_ = none;
    std::size_t entering_ = none;
    double direction_ = 0.0;
    Index iterations_ = 0;
};

}  // namespace thuocdo::numeric::detail
