#pragma once
/// @file
/// Computes an expression for blocks of units on a stack of column buffers.

#include <thuocdo/data/detail/expression_kernels.hpp>
#include <thuocdo/data/detail/expression_program.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::expression::detail {

/// Puts the values and strengths of an indicator for the rows
/// [first, first + rows) into a buffer.
using LoadColumn = std::function<void(std::size_t term, Index first, Index rows, const Buffer& to)>;

/// A term that has no result for a unit although its arguments have values.
struct Fault {
    Index unit = 0;
    std::size_t term = 0;
    /// `outside_domain` or `overflow`.
    const char* code = "";
    /// The arguments, e.g. `log of -2`.
    std::string found{};
};

class ExpressionEvaluator {
  public:
    ExpressionEvaluator(const Expression& expression, LoadColumn load, LoadColumn load_previous)
        : expression_(expression),
          program_(ProgramWriter(expression).run()),
          load_(std::move(load)),
          load_previous_(std::move(load_previous)),
          values_(program_.stack_depth * block),
          strengths_(program_.stack_depth * block),
          active_((program_.branch_depth + 1) * block),
          scratch_(program_.stack_depth) {
        for (std::size_t k = 0; k < program_.stack_depth; ++k)
            stack_.push_back({&values_[k * block], &strengths_[k * block]});
    }

    /// Computes the rows [first, first + rows), at most `block_rows`, and returns
    /// the buffer of the result. Faults of rows where `counts` is 0 are left out.
    /// Nothing is allocated but for faults.
    const Buffer& run(Index first, Index rows, const std::uint8_t* counts) {
        first_ = first;
        rows_ = rows;
        top_ = 0;
        branch_ = 0;
        for (Index i = 0; i < rows; ++i) active(i) = counts ? counts[first + i] : std::uint8_t{1};
        for (const Step& step : program_.steps) take(step);
        return stack_.front();
    }

    [[nodiscard]] std::vector<Fault>& faults() noexcept { return faults_; }

  private:
    static constexpr auto block = static_cast<std::size_t>(block_rows);

    [[nodiscard]] std::uint8_t& active(Index row) {
        return active_[branch_ * block + static_cast<std::size_t>(row)];
    }

    [[nodiscard]] const Buffer& from_top(std::size_t below = 0) const {
        return stack_[top_ - 1 - below];
    }

    void take(const Step& step) {
        switch (step.kind) {
            case StepKind::push_number: {
                const Buffer& to = stack_[top_++];
                const double number = expression_.terms[step.term].number;
                for (Index i = 0; i < rows_; ++i) {
                    to.values[i] = number;
                    to.strengths[i] = 0;
                }
                return;
            }
            case StepKind::push_column:
                return load_(step.term, first_, rows_, stack_[top_++]);
            case StepKind::push_previous:
                return load_previous_(step.term, first_, rows_, stack_[top_++]);
            case StepKind::apply:
                return apply(step.term);
            case StepKind::merge_missing:
                return merge_missing();
            case StepKind::begin_then:
                return begin_branch([top = from_top()](Index i) {
                    return top.strengths[i] <= strongest_value && top.values[i] != 0.0;
                });
            case StepKind::begin_else:
                return begin_branch(
                    [below = from_top(1)](Index i) { return below.values[i] == 0.0; });
            case StepKind::begin_or:
                return begin_branch([top = from_top()](Index i) { return top.values[i] == 0.0; });
            case StepKind::begin_missing:
                return begin_branch(
                    [top = from_top()](Index i) { return top.strengths[i] > strongest_value; });
            case StepKind::end_branch:
                --branch_;
                return;
        }
    }

    template <class Condition>
    void begin_branch(Condition&& condition) {
        const std::size_t outer = branch_++;
        for (Index i = 0; i < rows_; ++i)
            active(i) = active_[outer * block + static_cast<std::size_t>(i)] != 0 && condition(i)
                            ? std::uint8_t{1}
                            : std::uint8_t{0};
    }

    /// The values of `coalesce`: of what is missing on both sides the stronger
    /// reason stays.
    void merge_missing() {
        const Buffer& x = from_top(1);
        const Buffer& y = from_top();
        for (Index i = 0; i < rows_; ++i) {
            if (x.strengths[i] <= strongest_value) continue;
            const bool both = y.strengths[i] > strongest_value;
            x.values[i] = y.values[i];
            x.strengths[i] = both ? std::max(x.strengths[i], y.strengths[i]) : y.strengths[i];
        }
        --top_;
    }

    void fault(Index row, std::size_t term, const char* code, std::string found) {
        if (active(row) != 0) faults_.push_back({first_ + row, term, code, std::move(found)});
    }

    /// A row without result: it is missing, and nothing else is said about it.
    void no_result(const Buffer& x, Index row) noexcept {
        x.values[row] = missing_value;
        x.strengths[row] = thuocdo::detail::strength_of_not_reported;
    }

    void outside(const Buffer& x, Index row, std::size_t term, std::string found) {
        fault(row, term, "outside_domain", std::move(found));
        no_result(x, row);
    }

    void apply(std::size_t index) {
        const Term& term = expression_.terms[index];
        const std::size_t count = ProgramWriter::operands(term);
        const Buffer& x = from_top(count - 1);
        if (term.operation == Operation::call) {
            call(term, index, count, x);
        } else if (count == 1) {
            for (Index i = 0; i < rows_; ++i)
                x.values[i] = term.operation == Operation::negative ? -x.values[i]
                              : x.values[i] == 0.0                  ? 1.0
                                                                    : 0.0;
            if (term.operation == Operation::logical_not) settle(x, rows_);
        } else {
            binary(term, index, x, from_top());
        }
        top_ -= count - 1;
        refuse_infinite(index, x);
    }

    void refuse_infinite(std::size_t term, const Buffer& x) {
        constexpr double largest = std::numeric_limits<double>::max();
        bool infinite = false;
        for (Index i = 0; i < rows_; ++i) infinite |= std::abs(x.values[i]) > largest;
        if (!infinite) return;
        for (Index i = 0; i < rows_; ++i) {
            if (!std::isinf(x.values[i])) continue;
            fault(i, term, "overflow", "a result beyond the largest number");
            no_result(x, i);
        }
    }

    void binary(const Term& term, std::size_t index, const Buffer& x, const Buffer& y) {
        switch (term.operation) {
            case Operation::logical_and:
            case Operation::logical_or:
                return logical(term.operation == Operation::logical_or, x, y);
            case Operation::divide:
                return divide(x, y);
            case Operation::power:
                return power(index, x, y);
            default:
                break;
        }
        strengthen(x, y, rows_);
        const auto number = [](bool condition) { return condition ? 1.0 : 0.0; };
        switch (term.operation) {
            case Operation::add:
                return combine_rows(x, y, rows_, [](double a, double b) { return a + b; });
            case Operation::subtract:
                return combine_rows(x, y, rows_, [](double a, double b) { return a - b; });
            case Operation::multiply:
                return combine_rows(x, y, rows_, [](double a, double b) { return a * b; });
            case Operation::less:
                combine_rows(x, y, rows_, [&](double a, double b) { return number(a < b); });
                break;
            case Operation::less_or_equal:
                combine_rows(x, y, rows_, [&](double a, double b) { return number(a <= b); });
                break;
            case Operation::greater:
                combine_rows(x, y, rows_, [&](double a, double b) { return number(a > b); });
                break;
            case Operation::greater_or_equal:
                combine_rows(x, y, rows_, [&](double a, double b) { return number(a >= b); });
                break;
            case Operation::equal:
                combine_rows(x, y, rows_, [&](double a, double b) { return number(a == b); });
                break;
            default:
                combine_rows(x, y, rows_, [&](double a, double b) { return number(a != b); });
                break;
        }
        settle(x, rows_);
    }

    /// The right side counts only where the left one does not decide.
    void logical(bool either, const Buffer& x, const Buffer& y) {
        for (Index i = 0; i < rows_; ++i) {
            if (x.strengths[i] > strongest_value) continue;
            const bool left = x.values[i] != 0.0;
            if (left != either) {
                x.strengths[i] = std::max(x.strengths[i], y.strengths[i]);
                x.values[i] = y.strengths[i] > strongest_value ? missing_value
                              : y.values[i] != 0.0             ? 1.0
                                                               : 0.0;
            } else {
                x.values[i] = left ? 1.0 : 0.0;
            }
        }
    }

    void divide(const Buffer& x, const Buffer& y) {
        bool zero = false;
        for (Index i = 0; i < rows_; ++i) zero |= y.values[i] == 0.0;
        if (zero)
            for (Index i = 0; i < rows_; ++i) {
                if (y.values[i] != 0.0) continue;
                y.values[i] = missing_value;
                y.strengths[i] = strength_of_zero_denominator;
            }
        strengthen(x, y, rows_);
        combine_rows(x, y, rows_, [](double a, double b) { return a / b; });
    }

    void power(std::size_t index, const Buffer& x, const Buffer& y) {
        strengthen(x, y, rows_);
        for (Index i = 0; i < rows_; ++i) {
            if (x.strengths[i] > strongest_value) {
                x.values[i] = missing_value;
                continue;
            }
            const double base = x.values[i];
            const double exponent = y.values[i];
            const bool negative = base < 0.0 && exponent != std::floor(exponent);
            if (negative || (base == 0.0 && exponent < 0.0)) {
                outside(x, i, index,
                        numeric::shortest(base) + " to the power " + numeric::shortest(exponent));
                continue;
            }
            x.values[i] = raise(base, exponent);
        }
    }

    /// f(x) for each row with a value inside the domain.
    template <class Domain, class Function_>
    void map(std::size_t index, const Buffer& x, const char* name, Domain&& domain, Function_&& f) {
        for (Index i = 0; i < rows_; ++i) {
            if (x.strengths[i] > strongest_value) continue;
            if (domain(x.values[i])) {
                x.values[i] = f(x.values[i]);
            } else {
                outside(x, i, index, std::string(name) + " of " + numeric::shortest(x.values[i]));
            }
        }
    }

    void call(const Term& term, std::size_t index, std::size_t count, const Buffer& x) {
        const auto any = [](double) { return true; };
        const auto positive = [](double value) { return value > 0.0; };
        switch (term.function) {
            case Function::absolute:
                for (Index i = 0; i < rows_; ++i) x.values[i] = std::abs(x.values[i]);
                return;
            case Function::square_root:
                return map(
                    index, x, "square root", [](double value) { return value >= 0.0; },
                    [](double value) { return std::sqrt(value); });
            case Function::cube_root:
                return map(index, x, "cube root", any,
                           [](double value) { return std::cbrt(value); });
            case Function::log:
                return map(index, x, "logarithm", positive,
                           [](double value) { return std::log(value); });
            case Function::log10:
                return map(index, x, "logarithm", positive,
                           [](double value) { return std::log10(value); });
            case Function::exp:
                return map(index, x, "exponential", any,
                           [](double value) { return std::exp(value); });
            case Function::root: {
                constexpr double two = 2.0;
                const double degree = from_top().values[0];
                const bool even = std::fmod(degree, two) == 0.0;
                return map(
                    index, x, "root", [=](double value) { return value >= 0.0 || !even; },
                    [=](double value) {
                        return std::copysign(nth_root(std::abs(value), degree), value);
                    });
            }
            case Function::round:
                return numeric::round_decimal(Eigen::Map<Eigen::VectorXd>(x.values, rows_),
                                              static_cast<int>(from_top().values[0]));
            case Function::clamp:
                return clamp(index, x, from_top(1), from_top());
            case Function::choose:
                return choose(x, from_top(1), from_top());
            case Function::growth:
                divide(x, from_top());
                for (Index i = 0; i < rows_; ++i) x.values[i] -= 1.0;
                return;
            default:
                return summarise(term, &x, count, rows_, scratch_,
                                 [&](Index row) { outside(x, row, index, "a negative argument"); });
        }
    }

    void clamp(std::size_t index, const Buffer& x, const Buffer& lower, const Buffer& upper) {
        strengthen(x, lower, rows_);
        strengthen(x, upper, rows_);
        for (Index i = 0; i < rows_; ++i) {
            if (lower.values[i] > upper.values[i] && x.strengths[i] <= strongest_value) {
                outside(x, i, index,
                        "a lower bound " + numeric::shortest(lower.values[i]) +
                            " above the upper one " + numeric::shortest(upper.values[i]));
                continue;
            }
            x.values[i] = std::min(std::max(x.values[i], lower.values[i]), upper.values[i]);
        }
        settle(x, rows_);
    }

    /// The branch taken; the mark of the condition goes along.
    void choose(const Buffer& condition, const Buffer& then, const Buffer& otherwise) {
        for (Index i = 0; i < rows_; ++i) {
            if (condition.strengths[i] > strongest_value) continue;
            const Buffer& taken = condition.values[i] != 0.0 ? then : otherwise;
            condition.values[i] = taken.values[i];
            condition.strengths[i] = std::max(condition.strengths[i], taken.strengths[i]);
        }
    }

    const Expression& expression_;
    Program program_;
    LoadColumn load_;
    LoadColumn load_previous_;
    std::vector<double> values_;
    std::vector<CellStrength> strengths_;
    std::vector<std::uint8_t> active_;
    std::vector<double> scratch_;
    std::vector<Buffer> stack_;
    std::vector<Fault> faults_;
    std::size_t top_ = 0;
    std::size_t branch_ = 0;
    Index first_ = 0;
    Index rows_ = 0;
};

}  // namespace thuocdo::expression::detail
