#pragma once
/// @file
/// Cells that an aggregation method cannot take.

#include <thuocdo/aggregate/detail/children.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::aggregate {

/// Place of a value: unit and child, both counted from 0.
struct Cell {
    Index row;
    Index column;

    friend bool operator==(const Cell&, const Cell&) = default;
};

namespace detail {

/// The comparisons that a domain needs.
enum class Outside { not_positive, negative, infinite };

[[nodiscard]] inline bool is_outside(double value, Outside outside) noexcept {
    if (outside == Outside::not_positive) return value <= 0.0;
    if (outside == Outside::negative) return value < 0.0;
    return std::abs(value) > largest_finite;
}

/// Whether one of `count` cells is outside; NaN never is.
[[nodiscard]] inline bool any_outside(const double* cells, Index count, Outside outside) noexcept {
    std::uint64_t found = 0;
    if (outside == Outside::infinite) {
        for (Index i = 0; i < count; ++i) {
            const double mark = std::abs(cells[i]) > largest_finite ? missing : 0.0;
            found += not_finite_bit(mark);
        }
    } else if (outside == Outside::negative) {
        for (Index i = 0; i < count; ++i) {
            const double mark = cells[i] < 0.0 ? missing : 0.0;
            found += not_finite_bit(mark);
        }
    } else {
        for (Index i = 0; i < count; ++i) {
            const double mark = cells[i] <= 0.0 ? missing : 0.0;
            found += not_finite_bit(mark);
        }
    }
    return found != 0;
}

/// Row by row, and by column within a row.
[[nodiscard]] inline std::vector<Cell> cells_outside(ChildrenView x,
                                                     std::span<const double> weights,
                                                     Outside outside) {
    require_weights(x, weights);
    std::vector<std::size_t> columns;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        if (weights[j] > 0.0 && any_outside(child(x, j, 0), x.rows(), outside))
            columns.push_back(j);
    }
    std::vector<Cell> cells;
    if (columns.empty()) return cells;
    for (Index i = 0; i < x.rows(); ++i) {
        for (const std::size_t j : columns) {
            if (is_outside(*child(x, j, i), outside)) cells.push_back({i, static_cast<Index>(j)});
        }
    }
    return cells;
}

inline void add_problems(std::vector<Problem>& problems, ChildrenView x,
                         const std::vector<Cell>& cells, const char* code, const char* expected,
                         const char* remedy) {
    for (const Cell& cell : cells) {
        if (problems.size() == problems_listed) return;
        problems.push_back({code,
                            "row " + std::to_string(cell.row) + ", column " +
                                std::to_string(cell.column) + " (counted from 0)",
                            text(*child(x, static_cast<std::size_t>(cell.column), cell.row)),
                            expected, remedy});
    }
}

inline void throw_if_any(const char* method, std::size_t cells, std::vector<Problem> problems) {
    if (problems.empty()) return;
    throw NumericError(
        std::string(method) + ": " + std::to_string(cells) + " values outside its domain",
        std::move(problems));
}

}  // namespace detail

/// Observed cells x <= 0 of children with positive weight: outside the domain of
/// the geometric and harmonic mean. In order of rows, then columns.
///
/// @param x children of one parent, NaN is missing.
/// @param weights one a child, finite, 0 or more.
/// @throws NumericError when the weights are not as above.
/// Complexity: one pass; allocates only when something is found.
[[nodiscard]] inline std::vector<Cell> not_positive(ChildrenView x,
                                                    std::span<const double> weights) {
    return detail::cells_outside(x, weights, detail::Outside::not_positive);
}

/// The same for x < 0: outside the domain of power means with a positive
/// exponent that is no odd whole number.
[[nodiscard]] inline std::vector<Cell> negative(ChildrenView x, std::span<const double> weights) {
    return detail::cells_outside(x, weights, detail::Outside::negative);
}

/// The same for infinite x: outside the domain of every method.
[[nodiscard]] inline std::vector<Cell> infinite(ChildrenView x, std::span<const double> weights) {
    return detail::cells_outside(x, weights, detail::Outside::infinite);
}

namespace detail {

inline constexpr const char* infinite_code = "child_infinite";
inline constexpr const char* infinite_remedy = "mark the value as missing or correct it";

inline void require_no_infinite(ChildrenView x, std::span<const double> weights,
                                const char* method) {
    const std::vector<Cell> cells = infinite(x, weights);
    std::vector<Problem> problems;
    add_problems(problems, x, cells, infinite_code, "a finite number", infinite_remedy);
    throw_if_any(method, cells.size(), std::move(problems));
}

inline void require_positive_and_finite(ChildrenView x, std::span<const double> weights,
                                        const char* method) {
    const std::vector<Cell> low = not_positive(x, weights);
    std::vector<Cell> all = infinite(x, weights);
    // Minus infinity is already among the low ones.
    std::erase_if(all, [&](const Cell& cell) {
        return *child(x, static_cast<std::size_t>(cell.column), cell.row) < 0.0;
    });
    std::vector<Problem> problems;
    add_problems(problems, x, low, "child_not_positive", "a number above 0",
                 "floor the score, leave the child out, or choose another aggregation");
    add_problems(problems, x, all, infinite_code, "a finite number", infinite_remedy);
    throw_if_any(method, low.size() + all.size(), std::move(problems));
}

inline void require_not_negative_and_finite(ChildrenView x, std::span<const double> weights,
                                            const char* method) {
    const std::vector<Cell> low = negative(x, weights);
    std::vector<Cell> all = infinite(x, weights);
    std::erase_if(all, [&](const Cell& cell) {
        return *child(x, static_cast<std::size_t>(cell.column), cell.row) < 0.0;
    });
    std::vector<Problem> problems;
    add_problems(problems, x, low, "child_negative", "a number from 0",
                 "floor the score, leave the child out, or choose exponent 1");
    add_problems(problems, x, all, infinite_code, "a finite number", infinite_remedy);
    throw_if_any(method, low.size() + all.size(), std::move(problems));
}

}  // namespace detail
}  // namespace thuocdo::aggregate
