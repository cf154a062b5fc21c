#pragma once
/// @file
/// The flows of all alternatives on one criterion, by sorting.

#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/rank/detail/sorted_column.hpp>
#include <thuocdo/rank/detail/threshold.hpp>
#include <thuocdo/rank/preference_function.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace thuocdo::rank::detail {

/// Multiples of 2^-exponent as integers modulo 2^64. Differences and sums of them are
/// exact as long as they themselves, not what they are made from, fit 63 bits.
class FixedPoint {
  public:
    explicit FixedPoint(int exponent) : exponent_(exponent) {}

    /// To the nearest multiple.
    [[nodiscard]] std::uint64_t of(double value) const noexcept {
        constexpr int fraction_bits = 52;
        constexpr int exponent_bias = 1075;
        constexpr std::uint64_t exponent_mask = 0x7FF;
        constexpr std::uint64_t leading_one = std::uint64_t{1} << fraction_bits;
        constexpr int integer_bits = 64;
        const std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
        const auto field = static_cast<int>((bits >> fraction_bits) & exponent_mask);
        const std::uint64_t fraction = bits & (leading_one - 1);
        const std::uint64_t mantissa = field != 0 ? fraction | leading_one : fraction;
        const int shift = std::max(field, 1) - exponent_bias + exponent_;
        std::uint64_t magnitude = 0;
        if (shift >= 0) {
            magnitude = shift < integer_bits ? mantissa << shift : 0;
        } else if (shift > -integer_bits) {
            magnitude = (mantissa + (std::uint64_t{1} << (-shift - 1))) >> -shift;
        }
        return std::bit_cast<std::int64_t>(bits) < 0 ? 0 - magnitude : magnitude;
    }

  private:
    int exponent_;
};

/// plus() and minus(): the mean over the other alternatives of the preference over them
/// and of theirs, for the values of one column in ascending order.
///
/// All but the Gaussian are counts and, on the slope between two thresholds, sums of
/// differences: counts by two pointers that walk the sorted values, sums as differences
/// of prefix sums in integers, so that nothing cancels and equal values have equal flows
/// to the bit. What rounds is each value, to less than n 2^-62 of the length of the slope.
class CriterionFlows {
  public:
    explicit CriterionFlows(Index rows)
        : sorted_(rows),
          plus_(static_cast<std::size_t>(rows)),
          minus_(static_cast<std::size_t>(rows)) {}

    [[nodiscard]] const SortedColumn& sorted() const noexcept { return sorted_; }
    [[nodiscard]] const double* plus() const noexcept { return plus_.data(); }
    [[nodiscard]] const double* minus() const noexcept { return minus_.data(); }

    /// @param go_on called with the pairs done now and then, only for the Gaussian;
    ///        returning false stops.
    /// @return false when stopped; then the flows are of no use.
    template <class GoOn>
    bool find(const double* values, const numeric::ValueRange& range, bool higher_is_better,
              const PreferenceFunction& preference, GoOn&& go_on) {
        sorted_.sort(values, range, !higher_is_better);
        const PreferenceShape shape = preference.shape;
        const double q = shape == PreferenceShape::usual || shape == PreferenceShape::v_shape
                             ? 0.0
                             : preference.q;
        const bool slope = shape == PreferenceShape::v_shape || shape == PreferenceShape::linear;
        if (sorted_.size() < 2 || range.constant()) {
            std::fill(plus_.begin(), plus_.end(), 0.0);
            std::fill(minus_.begin(), minus_.end(), 0.0);
        } else if (shape == PreferenceShape::gaussian) {
            return find_gaussian(preference.s, go_on);
        } else if (shape == PreferenceShape::level) {
            count_above(q, below_, above_);
            count_above(preference.p, far_below_, far_above_);
            average_two_steps();
        } else if (slope && preference.p > q) {
            count_beyond(q, below_, above_);
            count_beyond(preference.p, far_below_, far_above_);
            add_slope(q, preference.p, range);
        } else {
            count_above(q, below_, above_);
            count_step();
        }
        return true;
    }

  private:
    using Counts = std::vector<std::uint32_t>;

    [[nodiscard]] std::size_t size() const noexcept { return plus_.size(); }
    [[nodiscard]] double others() const noexcept { return static_cast<double>(size()) - 1.0; }

    /// below[k]: how many values value k exceeds, which are the first ones. above[k]: the
    /// first that exceeds value k. Both grow with k, and one says when the other steps.
    template <class Exceeds>
    void count(Counts& below, Counts& above, Exceeds is_beyond) const {
        below.resize(size());
        above.resize(size());
        const double* const values = sorted_.values();
        std::uint32_t first_near = 0;
        const auto count = static_cast<std::uint32_t>(size());
        for (std::uint32_t k = 0; k < count; ++k) {
            while (is_beyond(values[k], values[first_near])) above[first_near++] = k;
            below[k] = first_near;
        }
        for (; first_near < count; ++first_near) above[first_near] = count;
    }

    /// For functions without a jump: what is at the threshold may be counted either way.
    void count_beyond(double threshold, Counts& below, Counts& above) const {
        count(below, above,
              [threshold](double high, double low) { return high - low > threshold; });
    }

    void count_above(double threshold, Counts& below, Counts& above) const {
        if (threshold == 0.0) {
            count_beyond(threshold, below, above);
            return;
        }
        count(below, above,
              [threshold](double high, double low) { return exceeds(high, low, threshold); });
    }

    THUOCDO_KERNEL void count_step() {
        THUOCDO_EXACT
        const double divisor = others();
        const auto count = static_cast<std::uint32_t>(size());
        for (std::size_t k = 0; k < size(); ++k) {
            plus_[k] = static_cast<double>(below_[k]) / divisor;
            minus_[k] = static_cast<double>(count - above_[k]) / divisor;
        }
    }

    THUOCDO_KERNEL void average_two_steps() {
        THUOCDO_EXACT
        const double divisor = 2.0 * others();
        const double twice = 2.0 * static_cast<double>(size());
        for (std::size_t k = 0; k < size(); ++k) {
            const double passed = static_cast<double>(above_[k]) + far_above_[k];
            plus_[k] = (static_cast<double>(below_[k]) + far_below_[k]) / divisor;
            minus_[k] = (twice - passed) / divisor;
        }
    }

    THUOCDO_KERNEL void add_slope(double q, double p, const numeric::ValueRange& range) {
        THUOCDO_EXACT
        const double length = p - q;
        const double width = range.maximum - range.minimum;
        int length_exponent = 0;
        const double length_fraction = std::frexp(length, &length_exponent);
        int longest_exponent = 0;
        std::frexp(std::min(length, width), &longest_exponent);
        // n differences of at most the length of the slope, or the width of the column,
        // add up to less than 2^62 steps.
        constexpr int sum_bits = 62;
        const int exponent = sum_bits - longest_exponent -
                             static_cast<int>(std::bit_width(static_cast<std::uint64_t>(size())));
        const FixedPoint steps(exponent);
        const double* const values = sorted_.values();
        points_.resize(size());
        sums_.resize(size() + 1);
        std::uint64_t sum = 0;
        for (std::size_t k = 0; k < size(); ++k) {
            points_[k] = steps.of(values[k]);
            sums_[k] = sum;
            sum += points_[k];
        }
        sums_[size()] = sum;
        const double a_step = std::ldexp(1.0 / length_fraction, -exponent - length_exponent);
        const std::uint64_t start = steps.of(q);
        const double divisor = others();
        const auto count = static_cast<std::uint32_t>(size());
        for (std::size_t k = 0; k < size(); ++k) {
            const std::uint64_t on_slope_below = below_[k] - far_below_[k];
            const std::uint64_t rise =
                on_slope_below * (points_[k] - start) - (sums_[below_[k]] - sums_[far_below_[k]]);
            plus_[k] = (far_below_[k] + a_step * signed_value(rise)) / divisor;
            const std::uint64_t on_slope_above = far_above_[k] - above_[k];
            const std::uint64_t fall =
                (sums_[far_above_[k]] - sums_[above_[k]]) - on_slope_above * (points_[k] + start);
            minus_[k] = (static_cast<double>(count - far_above_[k]) + a_step * signed_value(fall)) /
                        divisor;
        }
    }

    [[nodiscard]] static double signed_value(std::uint64_t modular) noexcept {
        return static_cast<double>(static_cast<std::int64_t>(modular));
    }

    // --- Gaussian ---

    /// Pairs whose exponentials are found together.
    static constexpr std::size_t chunk = 64;
    static constexpr std::size_t lanes = 4;
    /// Values between two looks at progress.
    static constexpr std::size_t values_a_block = 64;

    template <class GoOn>
    bool find_gaussian(double s, GoOn&& go_on) {
        collapse_ties();
        // From this exponent on 1 - exp(-exponent) rounds to 1.
        constexpr double preference_is_one = 37.5;
        const double far = s * std::sqrt(2.0 * preference_is_one);
        const std::size_t groups = group_values_.size();
        group_plus_.assign(groups, 0.0);
        group_minus_.assign(groups, 0.0);
        std::size_t first_near = 0;
        double pairs = 0.0;
        for (std::size_t k = 0; k < groups; ++k) {
            while (group_values_[k] - group_values_[first_near] > far) {
                group_minus_[first_near] += static_cast<double>(size() - group_starts_[k]);
                ++first_near;
            }
            group_plus_[k] =
                static_cast<double>(group_starts_[first_near]) + add_near(first_near, k, 1.0 / s);
            pairs += static_cast<double>(k);
            if ((k + 1) % values_a_block != 0) continue;
            if (!go_on(pairs)) return false;
            pairs = 0.0;
        }
        spread_groups();
        return true;
    }

    void collapse_ties() {
        group_values_.clear();
        group_counts_.clear();
        group_starts_.clear();
        const double* const values = sorted_.values();
        for (std::size_t k = 0; k < size(); ++k) {
            if (k == 0 || values[k] != values[k - 1]) {
                group_values_.push_back(values[k]);
                group_counts_.push_back(0.0);
                group_starts_.push_back(k);
            }
            group_counts_.back() += 1.0;
        }
        group_starts_.push_back(size());
    }

    /// The preferences of value k over the values from `first` up to it: the sum, and each
    /// added to the minus of the other value, which so gets its terms in ascending order.
    THUOCDO_KERNEL double add_near(std::size_t first, std::size_t k, double per_s) {
        THUOCDO_EXACT
        double sums[lanes] = {};
        double scratch[chunk];
        const double value = group_values_[k];
        const double own = group_counts_[k];
        for (std::size_t start = first; start < k; start += chunk) {
            const std::size_t count = std::min(chunk, k - start);
            const double* const values = group_values_.data() + start;
            const double* const counts = group_counts_.data() + start;
            double* const minus = group_minus_.data() + start;
            for (std::size_t i = 0; i < count; ++i) {
                const double deviations = (value - values[i]) * per_s;
                scratch[i] = -0.5 * (deviations * deviations);
            }
            numeric::natural_exponentials(scratch, static_cast<Index>(count), scratch);
            for (std::size_t i = 0; i < count; ++i) {
                scratch[i] = 1.0 - scratch[i];
                minus[i] += own * scratch[i];
            }
            const std::size_t whole = count - count % lanes;
            for (std::size_t i = 0; i < whole; i += lanes)
                for (std::size_t lane = 0; lane < lanes; ++lane)
                    sums[lane] += counts[i + lane] * scratch[i + lane];
            for (std::size_t i = whole; i < count; ++i) sums[0] += counts[i] * scratch[i];
        }
        return (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }

    THUOCDO_KERNEL void spread_groups() {
        THUOCDO_EXACT
        const double divisor = others();
        for (std::size_t g = 0; g + 1 < group_starts_.size(); ++g) {
            for (std::size_t k = group_starts_[g]; k < group_starts_[g + 1]; ++k) {
                plus_[k] = group_plus_[g] / divisor;
                minus_[k] = group_minus_[g] / divisor;
            }
        }
    }

    SortedColumn sorted_;
    std::vector<double> plus_;
    std::vector<double> minus_;
    Counts below_;
    Counts above_;
    Counts far_below_;
    Counts far_above_;
    std::vector<std::uint64_t> points_;
    std::vector<std::uint64_t> sums_;
    std::vector<double> group_values_;
    std::vector<double> group_counts_;
    std::vector<std::size_t> group_starts_;
    std::vector<double> group_plus_;
    std::vector<double> group_minus_;
};

}  // namespace thuocdo::rank::detail
