#pragma once
/// @file
/// Random numbers that are a function of their place in the calculation.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/normal_quantile.hpp>

#include <array>
#include <cstdint>

namespace thuocdo::numeric {

namespace detail {

/// The 128-bit product of two 64-bit integers.
struct WideProduct {
    std::uint64_t high;
    std::uint64_t low;
};

[[nodiscard]] constexpr WideProduct multiply_wide(std::uint64_t a, std::uint64_t b) noexcept {
    constexpr std::uint64_t half_mask = 0xFFFFFFFF;
    const std::uint64_t low_low = (a & half_mask) * (b & half_mask);
    const std::uint64_t high_low = (a >> 32U) * (b & half_mask);
    const std::uint64_t low_high = (a & half_mask) * (b >> 32U);
    const std::uint64_t middle = (low_low >> 32U) + (high_low & half_mask) + low_high;
    return {(a >> 32U) * (b >> 32U) + (high_low >> 32U) + (middle >> 32U),
            (middle << 32U) | (low_low & half_mask)};
}

}  // namespace detail

/// Philox4x32-10: a keyed mixing of a 128-bit counter. There is no state: the
/// number for (draw, stage, index) is the same whichever thread, machine or
/// order asks for it, and different places have independent numbers.
///
/// The key is the seed. The counter is made of the number of the draw (low word
/// first), a stage that keeps the uses of randomness in one calculation apart,
/// and the index of the unit, weight or indicator within the stage. The
/// functions below all read the same block, so one place serves one of them.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw (2011), "Parallel
/// random numbers: as easy as 1, 2, 3", SC '11. Written here because neither
/// the C++20 standard library nor Boost has it.
class Philox {
  public:
    using Block = std::array<std::uint32_t, 4>;

    explicit Philox(std::uint64_t seed) noexcept : seed_(seed) {}

    /// 128 random bits.
    [[nodiscard]] Block block(std::uint64_t draw, std::uint32_t stage,
                              std::uint32_t index) const noexcept {
        return mix({low_word(draw), high_word(draw), stage, index});
    }

    /// Uniform on the open interval (0, 1): an odd multiple of 2^-53, so 0 and 1
    /// never occur and u and 1 - u are equally likely.
    [[nodiscard]] double uniform(std::uint64_t draw, std::uint32_t stage,
                                 std::uint32_t index) const noexcept {
        constexpr unsigned dropped_bits = 12;
        const std::uint64_t odd = (first_half(block(draw, stage, index)) >> dropped_bits) * 2 + 1;
        return static_cast<double>(odd) * 0x1p-53;
    }

    /// Standard normal: the normal quantile of uniform(). In the outer 15% it
    /// needs the log of the C library, which may differ in the last bit between
    /// libraries.
    [[nodiscard]] double normal(std::uint64_t draw, std::uint32_t stage,
                                std::uint32_t index) const noexcept {
        return normal_quantile(uniform(draw, stage, index));
    }

    /// Integer in [0, bound), all equally likely. The few values that would
    /// favour some results are rejected (D. Lemire (2019), "Fast random integer
    /// generation in an interval"); further bits come from mixing the block
    /// again.
    /// @throws NumericError if `bound` is zero.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound, std::uint64_t draw, std::uint32_t stage,
                                      std::uint32_t index) const {
        if (bound == 0) {
            throw NumericError("cannot draw an integer",
                               {Problem{"empty_range", "bound", "0", "at least 1",
                                        "draw only where there is something to choose"}});
        }
        // 2^64 modulo the bound.
        const std::uint64_t rejected = (std::uint64_t{0} - bound) % bound;
        Block bits = block(draw, stage, index);
        for (;;) {
            detail::WideProduct product = detail::multiply_wide(first_half(bits), bound);
            if (product.low >= rejected) return product.high;
            product = detail::multiply_wide(second_half(bits), bound);
            if (product.low >= rejected) return product.high;
            bits = mix(bits);
        }
    }

  private:
    static constexpr int rounds = 10;
    static constexpr std::uint64_t multiplier0 = 0xD2511F53;
    static constexpr std::uint64_t multiplier1 = 0xCD9E8D57;
    /// Key increments: the golden ratio and sqrt(3) - 1, as 32-bit fractions.
    static constexpr std::uint32_t key_step0 = 0x9E3779B9;
    static constexpr std::uint32_t key_step1 = 0xBB67AE85;

    [[nodiscard]] static constexpr std::uint32_t low_word(std::uint64_t value) noexcept {
        return static_cast<std::uint32_t>(value & 0xFFFFFFFFU);
    }
    [[nodiscard]] static constexpr std::uint32_t high_word(std::uint64_t value) noexcept {
        return static_cast<std::uint32_t>(value >> 32U);
    }
    [[nodiscard]] static constexpr std::uint64_t first_half(const Block& bits) noexcept {
        return std::uint64_t{bits[0]} << 32U | bits[1];
    }
    [[nodiscard]] static constexpr std::uint64_t second_half(const Block& bits) noexcept {
        return std::uint64_t{bits[2]} << 32U | bits[3];
    }

    [[nodiscard]] Block mix(Block counter) const noexcept {
        std::uint32_t key0 = low_word(seed_);
        std::uint32_t key1 = high_word(seed_);
        for (int round = 0; round < rounds; ++round) {
            const std::uint64_t product0 = multiplier0 * counter[0];
            const std::uint64_t product1 = multiplier1 * counter[2];
            counter = {high_word(product1) ^ counter[1] ^ key0, low_word(product1),
                       high_word(product0) ^ counter[3] ^ key1, low_word(product0)};
            key0 += key_step0;
            key1 += key_step1;
        }
        return counter;
    }

    std::uint64_t seed_;
};

}  // namespace thuocdo::numeric
