#pragma once
/// @file
/// How concentrated amounts are: whether resources go to a few priorities or are
/// scattered over many.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

namespace detail {

/// The observed amounts, largest first, all divided by one power of two so that
/// their sum cannot overflow.
[[nodiscard]] inline std::vector<double> amounts_descending(ColumnView amounts) {
    std::vector<double> observed;
    std::vector<Problem> problems;
    const double* const cells = amounts.data();
    double largest = 0.0;
    for (Index i = 0; i < amounts.size(); ++i) {
        const double amount = cells[i];
        if (amount != amount) continue;
        if (amount < 0.0 || std::isinf(amount))
            problems.push_back({"invalid_amount", "amounts[" + std::to_string(i) + "]",
                                shortest(amount), "a finite amount of zero or more",
                                "correct the amount or mark it missing"});
        largest = std::max(largest, amount);
        observed.push_back(amount);
    }
    if (!problems.empty())
        throw NumericError("concentration has no meaning for these amounts", std::move(problems));
    std::sort(observed.begin(), observed.end(), std::greater<>());
    int exponent = 0;
    std::frexp(largest, &exponent);
    for (double& amount : observed) amount = std::ldexp(amount, -exponent);
    return observed;
}

[[nodiscard]] inline double total_of(const std::vector<double>& amounts) {
    ExactSum sum;
    for (const double amount : amounts) sum.add(amount);
    return sum.value();
}

[[nodiscard]] THUOCDO_KERNEL inline double sum_of_squared_shares(const std::vector<double>& amounts,
                                                                 double total) {
    THUOCDO_EXACT
    ExactSum squares;
    for (const double amount : amounts) {
        const double share = amount / total;
        squares.add(share * share);
    }
    return squares.value();
}

}  // namespace detail

/// Share of the `k` largest amounts in the total, 0 to 1; 1 where there are at
/// most k. Which of equal amounts are taken makes no difference. NaN amounts are
/// missing and skipped; NaN when the total is 0 or nothing is observed: nothing
/// has no shares. Exact sums, so the order of units does not matter.
/// Complexity: O(n log n).
/// @throws NumericError when k < 1, or naming every amount that is negative or
///         infinite.
[[nodiscard]] inline double top_share(ColumnView amounts, Index k) {
    if (k < 1)
        throw NumericError("no share of the largest amounts",
                           {Problem{"count_out_of_range", "argument \"k\"", std::to_string(k),
                                    "1 or more", "ask for at least one"}});
    const std::vector<double> sorted = detail::amounts_descending(amounts);
    const double total = detail::total_of(sorted);
    if (!(total > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    const std::size_t count = std::min(static_cast<std::size_t>(k), sorted.size());
    ExactSum top;
    for (std::size_t i = 0; i < count; ++i) top.add(sorted[i]);
    return top.value() / total;
}

/// Herfindahl index: sum of squared shares, from 1/n (all equal) to 1 (all in
/// one). O. C. Herfindahl (1950), "Concentration in the Steel Industry"; A. O.
/// Hirschman (1964), "The paternity of an index". Missing, zero total, errors and
/// complexity as in `top_share`; units with an amount of 0 do not change it.
[[nodiscard]] inline double herfindahl(ColumnView amounts) {
    const std::vector<double> sorted = detail::amounts_descending(amounts);
    const double total = detail::total_of(sorted);
    if (!(total > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    return std::min(detail::sum_of_squared_shares(sorted, total), 1.0);
}

/// (H - 1/n) / (1 - 1/n) over the n observed amounts, those of 0 among them: 0
/// when all are equal, 1 when all is in one. NaN as in `herfindahl`, and for a
/// single amount, which is both.
[[nodiscard]] THUOCDO_KERNEL inline double herfindahl_normalised(ColumnView amounts) {
    THUOCDO_EXACT
    Index observed = 0;
    for (Index i = 0; i < amounts.size(); ++i) observed += amounts[i] == amounts[i] ? 1 : 0;
    const double index = herfindahl(amounts);
    if (observed < 2) return std::numeric_limits<double>::quiet_NaN();
    const double equal = 1.0 / static_cast<double>(observed);
    const double normalised = (index - equal) / (1.0 - equal);
    // The last bit of H must not make equal amounts negative.
    return normalised < 0.0 ? 0.0 : normalised;
}

/// 1/H: the number of equal amounts that would be as concentrated. NaN as in
/// `herfindahl`. M. A. Adelman (1969), "Comment on the H concentration measure as
/// a numbers-equivalent", Review of Economics and Statistics 51.
[[nodiscard]] inline double effective_number(ColumnView amounts) {
    return 1.0 / herfindahl(amounts);
}

/// Gini coefficient over the n observed amounts, those of 0 among them:
/// 2 sum(i x(i)) / (n sum x) - (n + 1)/n with x(1) the smallest. 0 when all are
/// equal, (n - 1)/n when all is in one. Missing, zero total, errors and
/// complexity as in `top_share`.
[[nodiscard]] THUOCDO_KERNEL inline double gini(ColumnView amounts) {
    THUOCDO_EXACT
    const std::vector<double> sorted = detail::amounts_descending(amounts);
    const double total = detail::total_of(sorted);
    if (!(total > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    // sum (2 i - n - 1) x(i), which is exactly 0 when all are equal.
    const auto count = static_cast<double>(sorted.size());
    ExactSum spread;
    for (std::size_t k = 0; k < sorted.size(); ++k)
        spread.add((count - 1.0 - 2.0 * static_cast<double>(k)) * sorted[k]);
    return spread.value() / (count * total);
}

}  // namespace thuocdo::numeric
