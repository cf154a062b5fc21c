#pragma once
/// @file
/// The fast way to an exact sum, for numbers of similar size.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>

namespace thuocdo::numeric::detail {

/// Splits every number into multiples of three grid steps, each as many places below
/// the one before as sums on it leave free, so that all three sums are exact in any
/// order. What numbers have below the third grid is only noticed: then nothing of this
/// holds, and ExactSum, which takes three times as long, must do it. With a million
/// numbers that is so for those 2^50 times smaller than the largest.
class ThreeGrids {
  public:
    /// For at most `most` numbers, finite and of a size of at most `bound`. Nothing where
    /// the grids would leave the range of doubles.
    [[nodiscard]] static std::optional<ThreeGrids> of(double bound, Index most) {
        int exponent = 0;
        std::frexp(bound, &exponent);
        constexpr int largest_exponent = 900;
        constexpr int smallest_exponent = -700;
        if (exponent > largest_exponent || (bound > 0.0 && exponent < smallest_exponent))
            return std::nullopt;
        return ThreeGrids(exponent, most);
    }

    THUOCDO_KERNEL void add(const double* values, Index count) noexcept {
        THUOCDO_EXACT
#if THUOCDO_WIDE_COPIES
        if (thuocdo::detail::has_wide_vectors) return add_wide(values, count);
#endif
        add_body(values, count);
    }

    /// Whether the three sums are the sum of the numbers.
    [[nodiscard]] bool exact() const noexcept {
        constexpr std::uint64_t magnitude_bits = 0x7FFF'FFFF'FFFF'FFFFU;
        return (left_ & magnitude_bits) == 0;
    }

    [[nodiscard]] ExactSum sum() const noexcept {
        ExactSum total;
        total.add(first_);
        total.add(second_);
        total.add(third_);
        return total;
    }

  private:
    static constexpr Index lanes = 4;

    THUOCDO_BODY THUOCDO_KERNEL void add_body(const double* values, Index count) noexcept {
        THUOCDO_EXACT
        double first[lanes] = {};
        double second[lanes] = {};
        double third[lanes] = {};
        std::uint64_t left[lanes] = {};
        const double first_shift = first_shift_;
        const double second_shift = second_shift_;
        const double third_shift = third_shift_;
        const Index whole = count - count % lanes;
        for (Index i = 0; i < whole; i += lanes) {
            for (Index k = 0; k < lanes; ++k) {
                const double value = values[i + k];
                const double on_first = (value + first_shift) - first_shift;
                const double rest = value - on_first;
                const double on_second = (rest + second_shift) - second_shift;
                const double least = rest - on_second;
                const double on_third = (least + third_shift) - third_shift;
                first[k] += on_first;
                second[k] += on_second;
                third[k] += on_third;
                left[k] |= std::bit_cast<std::uint64_t>(least - on_third);
            }
        }
        for (Index i = whole; i < count; ++i) {
            const double on_first = (values[i] + first_shift) - first_shift;
            const double rest = values[i] - on_first;
            const double on_second = (rest + second_shift) - second_shift;
            const double least = rest - on_second;
            const double on_third = (least + third_shift) - third_shift;
            first[0] += on_first;
            second[0] += on_second;
            third[0] += on_third;
            left[0] |= std::bit_cast<std::uint64_t>(least - on_third);
        }
        for (Index k = 0; k < lanes; ++k) {
            first_ += first[k];
            second_ += second[k];
            third_ += third[k];
            left_ |= left[k];
        }
    }

#if THUOCDO_WIDE_COPIES
    THUOCDO_WIDE THUOCDO_KERNEL void add_wide(const double* values, Index count) noexcept {
        THUOCDO_EXACT
        add_body(values, count);
    }
#endif

    ThreeGrids(int exponent, Index most) {
        const auto count_bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(most)));
        // So many steps fit into a double without rounding, with one bit to spare.
        constexpr int fraction_bits = 52;
        const int first = exponent + count_bits + 1 - fraction_bits;
        const int second = first + count_bits - fraction_bits;
        const int third = second + count_bits - fraction_bits;
        // Adding 1.5 * 2^52 steps makes the step the last place.
        constexpr double middle = 1.5;
        first_shift_ = std::ldexp(middle, first + fraction_bits);
        second_shift_ = std::ldexp(middle, second + fraction_bits);
        third_shift_ = std::ldexp(middle, third + fraction_bits);
    }

    double first_shift_ = 0.0;
    double second_shift_ = 0.0;
    double third_shift_ = 0.0;
    double first_ = 0.0;
    double second_ = 0.0;
    double third_ = 0.0;
    std::uint64_t left_ = 0;
};

}  // namespace thuocdo::numeric::detail
