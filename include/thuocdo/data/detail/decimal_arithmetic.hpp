#pragma once
/// @file
/// Sums and differences of printed numbers, as a person would do them.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace thuocdo::detail {

/// Adds printed numbers: 0.1 + 0.2 is 0.3. The exact sum is rounded to as many
/// decimals as the number with most of them has.
class DecimalSum {
  public:
    void add(double value) {
        sum_.add(value);
        if (!std::isfinite(value) || value == 0.0) return;
        decimals_ = std::max(decimals_, -numeric::detail::shortest_decimal(value).exponent);
    }
    [[nodiscard]] double value() const { return numeric::round_decimal(sum_.value(), decimals_); }

  private:
    numeric::ExactSum sum_;
    int decimals_ = 0;
};

[[nodiscard]] inline double decimal_difference(double a, double b) {
    DecimalSum sum;
    sum.add(a);
    sum.add(-b);
    return sum.value();
}

/// @throws NumericError unless the tolerance is a finite number >= 0.
inline void require_tolerance(double tolerance) {
    if (tolerance >= 0.0 && std::isfinite(tolerance)) return;
    throw NumericError("figures cannot be compared",
                       {{"tolerance", "argument \"tolerance\"", numeric::shortest(tolerance),
                         "a finite number >= 0", "0 asks for equality"}});
}

}  // namespace thuocdo::detail
