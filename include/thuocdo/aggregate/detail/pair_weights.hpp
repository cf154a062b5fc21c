#pragma once
/// @file
/// Weights of a comparison of two units, for deciding the sign of
/// sum(w sign(a - b)) without rounding.

#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

namespace thuocdo::aggregate::detail {

/// A total below this leaves every partial sum inside 64 bits.
inline constexpr std::uint64_t largest_integer_total = std::uint64_t{1} << 62U;

/// The weights as whole numbers in their common decimal scale, divided by their
/// greatest common divisor: 0.5, 0.25, 0.25 are 2, 1, 1. Empty where the total does
/// not fit.
[[nodiscard]] inline std::vector<std::int64_t> integer_weights(std::span<const double> weights) {
    std::vector<numeric::detail::Decimal> decimals;
    int scale = std::numeric_limits<int>::max();
    for (const double weight : weights) {
        decimals.push_back(numeric::detail::shortest_decimal(weight));
        if (weight > 0.0) scale = std::min(scale, decimals.back().exponent);
    }
    std::vector<std::int64_t> integers;
    std::uint64_t total = 0;
    std::uint64_t divisor = 0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        std::uint64_t integer = 0;
        if (weights[j] > 0.0) {
            integer = decimals[j].significand;
            constexpr std::uint64_t ten = 10;
            for (int e = decimals[j].exponent; e > scale; --e) {
                if (integer > largest_integer_total / ten) return {};
                integer *= ten;
            }
        }
        if (integer >= largest_integer_total - total) return {};
        total += integer;
        divisor = std::gcd(divisor, integer);
        integers.push_back(static_cast<std::int64_t>(integer));
    }
    if (divisor > 1)
        for (std::int64_t& integer : integers) integer /= static_cast<std::int64_t>(divisor);
    return integers;
}

/// Decides the sign of sum(w_j s_j) for signs s_j of -1, 0 and 1.
class SignOfSum {
  public:
    explicit SignOfSum(std::span<const double> weights)
        : weights_(weights.begin(), weights.end()), integers_(integer_weights(weights)) {
        for (const double weight : weights_) total_ += weight;
        // Each of the additions errs by at most half a unit of the total; four times
        // that leaves room for the error of the total itself.
        constexpr double additions_bound = 2.0 * std::numeric_limits<double>::epsilon();
        doubt_ = additions_bound * static_cast<double>(weights_.size()) * total_;
    }

    [[nodiscard]] const std::vector<std::int64_t>& integers() const noexcept { return integers_; }
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }
    [[nodiscard]] double total() const noexcept { return total_; }

    /// `sign(j)` is asked for every weight.
    template <class Sign>
    [[nodiscard]] int operator()(Sign sign) const {
        if (!integers_.empty()) {
            std::int64_t sum = 0;
            for (std::size_t j = 0; j < integers_.size(); ++j) sum += integers_[j] * sign(j);
            return (sum > 0 ? 1 : 0) - (sum < 0 ? 1 : 0);
        }
        double sum = 0.0;
        for (std::size_t j = 0; j < weights_.size(); ++j)
            sum += weights_[j] * static_cast<double>(sign(j));
        if (std::abs(sum) <= doubt_) {
            numeric::ExactSum exact;
            for (std::size_t j = 0; j < weights_.size(); ++j)
                exact.add(weights_[j] * static_cast<double>(sign(j)));
            sum = exact.value();
        }
        return (sum > 0.0 ? 1 : 0) - (sum < 0.0 ? 1 : 0);
    }

  private:
    std::vector<double> weights_;
    std::vector<std::int64_t> integers_;
    double total_ = 0.0;
    double doubt_ = 0.0;
};

}  // namespace thuocdo::aggregate::detail
