#pragma once
/// @file
/// A sum of doubles that does not depend on their order.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace thuocdo::numeric {

/// Adds doubles without any rounding and rounds once, when the value is read.
/// So the sum has the same bits for every order, partition and machine, and
/// 1e308 + 1 - 1e308 is 1.
///
/// The accumulator is one wide fixed-point number that spans every exponent of
/// a double, kept as signed 64-bit limbs of weight 2^32 with the upper half as
/// room for carries. An addition touches two limbs and takes about 2 ns; the
/// carries are swept once in about a thousand additions. Safe for 2^40
/// additions. After R. M. Neal (2015), "Fast exact summation using small and
/// large superaccumulators", arXiv:1505.05571.
///
/// A NaN that is added alone makes the value NaN; so do infinities of both
/// signs. Columns skip NaN, which is missing there.
class ExactSum {
  public:
    /// Adds one number.
    void add(double x) noexcept {
        const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
        const std::uint64_t exponent_field = (bits >> fraction_bits) & special_exponent;
        if (exponent_field == special_exponent) [[unlikely]] {
            add_special(x);
            return;
        }
        const std::uint64_t leading_one = exponent_field != 0 ? 1 : 0;
        const std::uint64_t mantissa = (bits & fraction_mask) | (leading_one << fraction_bits);
        // Position of the lowest mantissa bit, in units of the least subnormal.
        const std::uint64_t position = exponent_field - leading_one;
        const std::uint64_t shift = position % limb_bits;
        const auto low = static_cast<std::int64_t>((mantissa << shift) & limb_mask);
        const auto high = static_cast<std::int64_t>(mantissa >> (limb_bits - shift));
        // (v ^ -1) - -1 is -v: the sign without a branch.
        const std::int64_t sign = -static_cast<std::int64_t>(bits >> sign_position);
        const std::size_t limb = static_cast<std::size_t>(position / limb_bits);
        limbs_[limb] += (low ^ sign) - sign;
        limbs_[limb + 1] += (high ^ sign) - sign;
        if (++pending_ == additions_between_carries) carry();
    }

    /// Adds everything that `other` has added, without rounding in between.
    void add(const ExactSum& other) noexcept {
        ExactSum carried = other;
        carried.carry();
        carry();
        for (std::size_t i = 0; i < limb_count; ++i) limbs_[i] += carried.limbs_[i];
        ++pending_;
        not_a_number_ = not_a_number_ || other.not_a_number_;
        positive_infinity_ = positive_infinity_ || other.positive_infinity_;
        negative_infinity_ = negative_infinity_ || other.negative_infinity_;
    }

    /// Adds the observed numbers of a column; NaN is skipped.
    void add(ColumnView column) noexcept {
        const double* const values = column.data();
        for (Index i = 0; i < column.size(); ++i) {
            const double value = values[i];
            if (value == value) add(value);
        }
    }

    /// The sum, rounded once to the nearest double (ties to even), infinite
    /// where it is beyond the largest double; +0.0 when it is zero.
    [[nodiscard]] double value() const noexcept {
        if (is_special()) return special_value();
        return nearest(absolute());
    }

    /// The exact sum divided by `count`, rounded once. With the number of
    /// additions that is the correctly rounded mean, which never leaves the
    /// range of the values: the mean of equal values is that value. NaN for a
    /// count of zero.
    /// @throws NumericError if `count` exceeds 2^32 - 1.
    [[nodiscard]] double divided_by(std::uint64_t count) const {
        if (count > limb_mask) {
            throw NumericError("cannot divide an exact sum",
                               {Problem{"count_too_large", "count", std::to_string(count),
                                        "at most " + std::to_string(limb_mask),
                                        "average parts of the data first"}});
        }
        if (count == 0) return std::numeric_limits<double>::quiet_NaN();
        if (is_special()) return special_value();
        Magnitude quotient = absolute();
        std::uint64_t remainder = 0;
        for (std::size_t i = quotient.limbs.size(); i-- > 0;) {
            const std::uint64_t part = (remainder << limb_bits) | quotient.limbs[i];
            quotient.limbs[i] = part / count;
            remainder = part % count;
        }
        // The lowest bit is far below the rounding position and may stand for
        // everything that the division left over.
        if (remainder != 0) quotient.limbs[0] |= 1;
        return nearest(quotient);
    }

  private:
    static constexpr std::uint64_t fraction_bits = 52;
    static constexpr std::uint64_t fraction_mask = (std::uint64_t{1} << fraction_bits) - 1;
    static constexpr std::uint64_t special_exponent = 0x7FF;
    static constexpr std::uint64_t sign_position = 63;
    static constexpr std::uint64_t limb_bits = 32;
    static constexpr std::uint64_t limb_mask = (std::uint64_t{1} << limb_bits) - 1;

    /// A double spans 2098 bits from the least subnormal up; 2^40 of them span
    /// 2138, which is below 67 limbs. One more carries the sign.
    static constexpr std::size_t limb_count = 68;

    /// An addition changes a limb by less than 2^53, so a limb below 2^32 stays
    /// below 2^63 for a thousand of them.
    static constexpr int additions_between_carries = 1000;

    /// Absolute value, with one limb below the least subnormal for division.
    struct Magnitude {
        std::array<std::uint64_t, limb_count + 1> limbs{};
        bool negative = false;
    };

    [[nodiscard]] bool is_special() const noexcept {
        return not_a_number_ || positive_infinity_ || negative_infinity_;
    }

    [[nodiscard]] double special_value() const noexcept {
        if (not_a_number_ || (positive_infinity_ && negative_infinity_)) {
            return std::numeric_limits<double>::quiet_NaN();
        }
        constexpr double infinity = std::numeric_limits<double>::infinity();
        return positive_infinity_ ? infinity : -infinity;
    }

    void add_special(double x) noexcept {
        if (x != x) {
            not_a_number_ = true;
        } else if (x > 0.0) {
            positive_infinity_ = true;
        } else {
            negative_infinity_ = true;
        }
    }

    /// Brings every limb but the last, which has the sign, into [0, 2^32).
    void carry() noexcept {
        for (std::size_t i = 0; i + 1 < limb_count; ++i) {
            limbs_[i + 1] += limbs_[i] >> limb_bits;
            limbs_[i] &= static_cast<std::int64_t>(limb_mask);
        }
        pending_ = 0;
    }

    [[nodiscard]] Magnitude absolute() const noexcept {
        ExactSum copy = *this;
        copy.carry();
        Magnitude magnitude;
        magnitude.negative = copy.limbs_.back() < 0;
        if (magnitude.negative) {
            for (std::int64_t& limb : copy.limbs_) limb = -limb;
            copy.carry();
        }
        for (std::size_t i = 0; i < limb_count; ++i) {
            magnitude.limbs[i + 1] = static_cast<std::uint64_t>(copy.limbs_[i]);
        }
        return magnitude;
    }

    /// Rounds to 53 bits, or at the least subnormal, ties to even.
    [[nodiscard]] static double nearest(const Magnitude& magnitude) noexcept {
        constexpr int window_bits = 64;
        const auto& limbs = magnitude.limbs;
        std::size_t top = limbs.size();
        while (top > 0 && limbs[top - 1] == 0) --top;
        if (top == 0) return 0.0;
        --top;

        // The 64 highest bits, the first of them set, and whether any bit below
        // them is set.
        const std::uint64_t next = top >= 1 ? limbs[top - 1] : 0;
        const std::uint64_t third = top >= 2 ? limbs[top - 2] : 0;
        const std::uint64_t head = (limbs[top] << limb_bits) | next;
        const int lead = std::countl_zero(head);
        const std::uint64_t tail = third << static_cast<unsigned>(lead);
        const std::uint64_t window = (head << static_cast<unsigned>(lead)) | (tail >> limb_bits);
        bool below = (tail & limb_mask) != 0;
        for (std::size_t i = 0; i + 2 < top && !below; ++i) below = limbs[i] != 0;

        // Positions count from the least subnormal, which is one limb up.
        const int leading_position = static_cast<int>(limb_bits) * static_cast<int>(top) +
                                     window_bits - 1 - lead - 2 * static_cast<int>(limb_bits);
        if (leading_position < -1) return 0.0;
        const int kept_position = leading_position > static_cast<int>(fraction_bits)
                                      ? leading_position - static_cast<int>(fraction_bits)
                                      : 0;
        const int dropped = kept_position - (leading_position - (window_bits - 1));
        const std::uint64_t half = std::uint64_t{1} << static_cast<unsigned>(dropped - 1);
        const std::uint64_t remainder = window & (half - 1);
        const bool half_bit = (window & half) != 0;
        std::uint64_t mantissa =
            dropped < window_bits ? window >> static_cast<unsigned>(dropped) : 0;
        if (half_bit && (remainder != 0 || below || mantissa % 2 == 1)) ++mantissa;

        // The leading bit of the mantissa adds one to the exponent field, and a
        // carry out of the rounding another one, as it must.
        std::uint64_t bits =
            (static_cast<std::uint64_t>(kept_position) << fraction_bits) + mantissa;
        constexpr std::uint64_t infinite_bits = special_exponent << fraction_bits;
        if (bits > infinite_bits) bits = infinite_bits;
        const double result = std::bit_cast<double>(bits);
        return magnitude.negative && bits != 0 ? -result : result;
    }

    std::array<std::int64_t, limb_count> limbs_{};
    int pending_ = 0;
    bool not_a_number_ = false;
    bool positive_infinity_ = false;
    bool negative_infinity_ = false;
};

}  // namespace thuocdo::numeric
