#pragma once
/// @file
/// The functions of expressions over blocks of units. Values are NaN exactly
/// where the strength of the cell is that of a missing state.

#include <thuocdo/config.hpp>
#include <thuocdo/data/detail/cell_strength.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/expression.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace thuocdo::expression::detail {

using thuocdo::detail::CellStrength;
using thuocdo::detail::strength_of_zero_denominator;
using thuocdo::detail::strongest_value;

/// Units worked on at once: the buffers of a deep expression stay in the cache.
inline constexpr Index block_rows = 256;

/// One buffer of the stack.
struct Buffer {
    double* values;
    CellStrength* strengths;
};

/// Makes values missing where their state says so.
inline void settle(const Buffer& x, Index rows) noexcept {
    for (Index i = 0; i < rows; ++i)
        x.values[i] = x.strengths[i] > strongest_value ? missing_value : x.values[i];
}

/// The strongest state of both goes into the first.
inline void strengthen(const Buffer& x, const Buffer& y, Index rows) noexcept {
    for (Index i = 0; i < rows; ++i)
        x.strengths[i] = x.strengths[i] > y.strengths[i] ? x.strengths[i] : y.strengths[i];
}

/// x = f(x, y) for each row.
template <class Operator>
void combine_rows(const Buffer& x, const Buffer& y, Index rows, Operator&& f) noexcept {
    for (Index i = 0; i < rows; ++i) x.values[i] = f(x.values[i], y.values[i]);
}

/// A sum that keeps what rounding loses (Knuth's two-sum), so that the result is
/// that of exact addition rounded once but for rare last bits.
struct CompensatedSum {
    double sum = 0.0;
    double lost = 0.0;

    THUOCDO_KERNEL void add(double value) noexcept {
        THUOCDO_EXACT
        const double next = sum + value;
        const double back = next - sum;
        lost += (sum - (next - back)) + (value - back);
        sum = next;
    }
    [[nodiscard]] double value() const noexcept { return sum + lost; }
};

/// x to the power 1/n for x >= 0.
[[nodiscard]] inline double nth_root(double x, double n) noexcept {
    constexpr double square = 2.0;
    constexpr double cube = 3.0;
    if (n == 1.0) return x;
    if (n == square) return std::sqrt(x);
    if (n == cube) return std::cbrt(x);
    return std::pow(x, 1.0 / n);
}

/// Powers as `^` means them: squares and square roots are rounded correctly.
[[nodiscard]] inline double raise(double x, double exponent) noexcept {
    constexpr double square = 2.0;
    constexpr double half = 0.5;
    if (exponent == square) return x * x;
    if (exponent == half && x >= 0.0) return std::sqrt(x);
    return std::pow(x, exponent);
}

/// The values of one row that a function summarises, and what came of it.
struct RowSummary {
    double value = missing_value;
    CellStrength strength = 0;
    /// Whether a value lies outside the domain (a negative one in a geometric
    /// or harmonic mean).
    bool outside_domain = false;
};

/// Geometric mean of values >= 0. Mantissas and exponents are multiplied apart,
/// so that no product overflows.
[[nodiscard]] inline double geometric_mean_of(const double* values, std::size_t count) noexcept {
    double mantissa = 1.0;
    long exponent = 0;
    for (std::size_t k = 0; k < count; ++k) {
        int own = 0;
        int shift = 0;
        const double fraction = std::frexp(values[k], &own);
        mantissa = std::frexp(mantissa * fraction, &shift);
        exponent += shift + own;
    }
    if (mantissa == 0.0) return 0.0;
    const auto n = static_cast<long>(count);
    const long whole = exponent >= 0 ? exponent / n : -((-exponent + n - 1) / n);
    const double rest = std::ldexp(mantissa, static_cast<int>(exponent - whole * n));
    return std::ldexp(nth_root(rest, static_cast<double>(count)), static_cast<int>(whole));
}

/// One summary of the observed values of a row; `values` may be reordered.
[[nodiscard]] THUOCDO_KERNEL inline RowSummary summary_of(Function function, double* values,
                                                          std::size_t count) {
    THUOCDO_EXACT
    RowSummary row;
    const auto n = static_cast<double>(count);
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    CompensatedSum sum;
    for (std::size_t k = 0; k < count; ++k) {
        lowest = std::min(lowest, values[k]);
        highest = std::max(highest, values[k]);
        sum.add(values[k]);
    }
    // Rounding must not take a mean out of the range of its values.
    const double mean = std::min(std::max(sum.value() / n, lowest), highest);
    switch (function) {
        case Function::minimum:
            row.value = lowest;
            break;
        case Function::maximum:
            row.value = highest;
            break;
        case Function::sum:
            row.value = sum.value();
            break;
        case Function::mean:
            row.value = mean;
            break;
        case Function::median: {
            double* const middle = values + count / 2;
            std::nth_element(values, middle, values + count);
            row.value = *middle;
            if (count % 2 == 0) row.value = *std::max_element(values, middle) / 2.0 + *middle / 2.0;
            break;
        }
        case Function::product:
            row.value = 1.0;
            for (std::size_t k = 0; k < count; ++k) row.value *= values[k];
            break;
        case Function::geometric_mean:
            row.outside_domain = lowest < 0.0;
            row.value = row.outside_domain ? missing_value : geometric_mean_of(values, count);
            break;
        case Function::harmonic_mean: {
            row.outside_domain = lowest < 0.0;
            CompensatedSum inverse;
            for (std::size_t k = 0; k < count; ++k) inverse.add(1.0 / values[k]);
            // As a value goes to zero so does the mean.
            row.value = lowest == 0.0 ? 0.0 : n / inverse.value();
            row.value = std::min(std::max(row.value, lowest), highest);
            break;
        }
        case Function::standard_deviation: {
            if (count < 2) {
                row.strength = strength_of_zero_denominator;
                break;
            }
            CompensatedSum squares;
            for (std::size_t k = 0; k < count; ++k) {
                const double deviation = values[k] - mean;
                squares.add(deviation * deviation);
            }
            row.value = std::sqrt(squares.value() / (n - 1.0));
            break;
        }
        default:
            break;
    }
    return row;
}

/// A function over `count` buffers of the stack, row by row; the result goes into
/// the first. `outside_domain(row)` is called for rows that have no result.
template <class OutsideDomain>
void summarise(const Term& term, const Buffer* of, std::size_t count, Index rows,
               std::vector<double>& scratch, OutsideDomain&& outside_domain) {
    for (Index i = 0; i < rows; ++i) {
        std::size_t observed = 0;
        CellStrength mark = 0;
        CellStrength strongest = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const CellStrength strength = of[k].strengths[i];
            strongest = std::max(strongest, strength);
            if (strength > strongest_value) continue;
            mark = std::max(mark, strength);
            scratch[observed++] = of[k].values[i];
        }
        double& value = of[0].values[i];
        CellStrength& strength = of[0].strengths[i];
        if (term.function == Function::count) {
            value = static_cast<double>(observed);
            strength = mark;
            continue;
        }
        const bool none = term.observed_only ? observed == 0 : observed < count;
        if (none) {
            value = missing_value;
            strength = strongest;
            continue;
        }
        const RowSummary row = summary_of(term.function, scratch.data(), observed);
        value = row.value;
        strength = std::max(mark, row.strength);
        if (row.outside_domain) outside_domain(i);
    }
}

}  // namespace thuocdo::expression::detail
