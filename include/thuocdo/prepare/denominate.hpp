#pragma once
/// @file
/// Amounts per head, per area, per unit of output.

#include <thuocdo/prepare/detail/checks.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::prepare {

/// x / (denominator / scale): with x in persons, a denominator in inhabitants and
/// a scale of 100000, persons per 100,000 inhabitants.
///
/// @param x, denominator columns over units; where either is missing (NaN) the
///        result is missing.
/// @param scale finite, above 0.
/// @param out as long as x; may be x or the denominator.
/// @return the rows, ascending, with an observed x and a denominator of zero, where
///         the ratio does not exist; they are written as NaN for the caller's rule
///         about zero denominators. A row with a missing x is not listed: such a
///         rule must not turn missing into a number.
/// @throws NumericError when the lengths or the scale do not fit, naming infinite
///         cells, or naming rows whose ratio is beyond double (then the content of
///         out is unspecified).
/// Complexity: one pass. Source: OECD/JRC handbook (2008), section 1.2 and step 5.
inline std::vector<Index> denominate(ColumnView x, ColumnView denominator, double scale,
                                     ColumnOut out) {
    detail::require_length("denominator", denominator.size(), x.size());
    detail::require_length("out", out.size(), x.size());
    if (!(std::isfinite(scale) && scale > 0.0))
        detail::refuse("argument_not_positive", "argument \"scale\"", numeric::shortest(scale),
                       "a finite number above 0", "");
    detail::require_no_infinite("x", x);
    detail::require_no_infinite("denominator", denominator);
    std::vector<Index> zero_denominator;
    std::vector<Problem> problems;
    for (Index i = 0; i < x.size(); ++i) {
        const double amount = x.data()[i];
        const double divisor = denominator.data()[i];
        double& result = out.data()[i];
        if (amount != amount || divisor != divisor) {
            result = detail::missing;
        } else if (divisor == 0.0) {
            zero_denominator.push_back(i);
            result = detail::missing;
        } else {
            result = amount / (divisor / scale);
            if (!std::isfinite(result) && problems.size() < detail::problems_listed)
                problems.push_back({"ratio_too_large", detail::row_place("x", i),
                                    numeric::shortest(amount) + " over " +
                                        numeric::shortest(divisor) + " / " +
                                        numeric::shortest(scale),
                                    "a ratio within double", "check the units of both columns"});
        }
    }
    if (!problems.empty())
        throw NumericError("denominate: ratios beyond double", std::move(problems));
    return zero_denominator;
}

}  // namespace thuocdo::prepare
