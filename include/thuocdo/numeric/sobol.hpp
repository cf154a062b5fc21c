#pragma once
/// @file
/// Points that fill the unit cube more evenly than random ones.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/detail/sobol_directions.hpp>
#include <thuocdo/numeric/philox.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

namespace detail {

[[nodiscard]] constexpr std::uint32_t reverse_bits(std::uint32_t x) noexcept {
    x = ((x >> 1U) & 0x55555555U) | ((x & 0x55555555U) << 1U);
    x = ((x >> 2U) & 0x33333333U) | ((x & 0x33333333U) << 2U);
    x = ((x >> 4U) & 0x0F0F0F0FU) | ((x & 0x0F0F0F0FU) << 4U);
    x = ((x >> 8U) & 0x00FF00FFU) | ((x & 0x00FF00FFU) << 8U);
    return (x >> 16U) | (x << 16U);
}

/// What scrambles one dimension.
using ScrambleKey = std::array<std::uint32_t, 4>;

/// A permutation of integers under which bit i of the result is bit i of x, or its
/// opposite as the bits of x below i and the key say. With the bits of a number in [0, 1)
/// in reverse order that is a nested uniform scramble: each digit is turned over or not
/// by a coin for the digits before it.
[[nodiscard]] constexpr std::uint32_t nested_scramble(std::uint32_t x,
                                                      const ScrambleKey& key) noexcept {
    // An even multiplier lets a bit depend on lower ones only; so do adding and an odd
    // factor. Twice, with keys of their own, so that coins of one digit are unrelated.
    constexpr std::uint32_t first = 0x3D20ADEA;
    constexpr std::uint32_t second = 0x05526C56;
    constexpr std::uint32_t third = 0x53A22864;
    for (std::size_t round = 0; round < key.size(); round += 2) {
        x ^= x * first;
        x += key[round];
        x *= key[round + 1] | 1U;
        x ^= x * second;
        x ^= x * third;
    }
    return x;
}

}  // namespace detail

/// The Sobol sequence in up to 1,024 dimensions, scrambled by a seed. Like Philox it has
/// no state: the coordinate of point k in a dimension is a function of (seed, k,
/// dimension), the same on every thread and machine and for any number of dimensions.
///
/// Points are in the order of the Gray code, as in scipy. The first 2^m points are a
/// (t, m, s)-net, scrambled or not: every interval [i 2^-m, (i + 1) 2^-m) of each
/// dimension has one of them. Use a power of two of them from 0 on; leaving out the first
/// or taking 1,000 loses the balance.
///
/// Coordinates are odd multiples of 2^-33 on the open interval (0, 1): the middle of the
/// interval that the 32 binary digits of the sequence stand for.
///
/// Scrambling makes each point uniform and different seeds independent, and keeps the
/// net. It is Owen's nested uniform scramble, with the hash of Laine and Karras (2011) in
/// place of stored coins, by the multipliers of N. Vegdahl (2021), "Building a better LK
/// hash", and keys from Philox.
///
/// I. M. Sobol' (1967), USSR Computational Mathematics and Mathematical Physics 7(4);
/// direction numbers of Joe and Kuo (2008), SIAM Journal on Scientific Computing 30(5);
/// A. B. Owen (1995), "Randomly permuted (t,m,s)-nets and (t,s)-sequences"; B. Burley
/// (2020), "Practical hash-based Owen scrambling", Journal of Computer Graphics
/// Techniques 9(4).
class SobolSequence {
  public:
    /// How many dimensions the direction numbers are for.
    static constexpr Index largest_dimensions = static_cast<Index>(detail::sobol_dimensions);
    /// How many points the sequence has.
    static constexpr std::uint64_t length = std::uint64_t{1} << 32U;

    /// The sequence scrambled by a seed. O(dimensions).
    /// @throws NumericError unless `dimensions` is from 1 to largest_dimensions.
    SobolSequence(std::uint64_t seed, Index dimensions) : SobolSequence(dimensions) {
        // Keeps the keys apart from other uses of the seed.
        constexpr std::uint32_t stage = 0x736F626F;
        const Philox random(seed);
        keys_.reserve(static_cast<std::size_t>(dimensions));
        for (Index j = 0; j < dimensions; ++j)
            keys_.push_back(random.block(static_cast<std::uint64_t>(j), stage, 0));
    }

    /// The sequence itself; its first point is 2^-33 in every dimension.
    /// @throws NumericError unless `dimensions` is from 1 to largest_dimensions.
    [[nodiscard]] static SobolSequence unscrambled(Index dimensions) {
        return SobolSequence(dimensions);
    }

    [[nodiscard]] Index dimensions() const noexcept { return dimensions_; }

    /// Coordinate of point k.
    /// @throws NumericError if there is no such point or dimension.
    [[nodiscard]] double uniform(std::uint64_t k, Index dimension) const {
        if (k >= length || dimension < 0 || dimension >= dimensions_) [[unlikely]]
            refuse(k, 1, dimension);
        return value_of(scrambled(digits_of(k, dimension), dimension));
    }

    /// Coordinates of the points first, first + 1, ..., as many as `out` has room for.
    /// About 5 ns each.
    /// @throws NumericError if the sequence has no such points or dimension.
    void fill(std::uint64_t first, Index dimension, ColumnOut out) const {
        const Index count = out.size();
        if (first > length || static_cast<std::uint64_t>(count) > length - first || dimension < 0 ||
            dimension >= dimensions_)
            refuse(first, count, dimension);
        if (count == 0) return;
        constexpr Index block = 256;
        std::array<std::uint32_t, block> digits;
        const std::uint32_t* const directions = directions_of(dimension);
        std::uint32_t current = digits_of(first, dimension);
        std::uint64_t next = first + 1;
        for (Index start = 0; start < count; start += block) {
            const Index size = std::min(block, count - start);
            for (Index i = 0; i < size; ++i, ++next) {
                digits[static_cast<std::size_t>(i)] = current;
                // The codes of neighbours differ in one bit. There is none after the last.
                const auto changed = static_cast<unsigned>(std::countr_zero(next)) % digit_count;
                current ^= directions[changed];
            }
            write(digits.data(), size, dimension, out.data() + start);
        }
    }

    /// The points first to first + count - 1, one a row.
    /// @throws NumericError if the sequence has no such points.
    [[nodiscard]] Eigen::MatrixXd points(std::uint64_t first, Index count) const {
        if (count < 0) refuse(first, count, 0);
        Eigen::MatrixXd out(count, dimensions_);
        for (Index j = 0; j < dimensions_; ++j) fill(first, j, out.col(j));
        return out;
    }

  private:
    static constexpr unsigned digit_count = 32;

    explicit SobolSequence(Index dimensions) : dimensions_(dimensions) {
        if (dimensions < 1 || dimensions > largest_dimensions) {
            throw NumericError(
                "no Sobol sequence of so many dimensions",
                {Problem{"dimensions_out_of_range", "argument \"dimensions\"",
                         std::to_string(dimensions), "1 to " + std::to_string(largest_dimensions),
                         "draw with Philox"}});
        }
        directions_.resize(static_cast<std::size_t>(dimensions) * digit_count);
        for (unsigned i = 0; i < digit_count; ++i) directions_[i] = std::uint32_t{1} << i;
        std::size_t place = 0;
        std::size_t dimension = 1;
        for (std::size_t k = 0; k < detail::sobol_dimensions_of_degree.size(); ++k) {
            const std::size_t end = dimension + detail::sobol_dimensions_of_degree[k];
            const auto degree = static_cast<unsigned>(k + 1);
            for (; dimension < end; ++dimension, place += degree + 1) {
                if (dimension >= static_cast<std::size_t>(dimensions)) return;
                read(place, degree, &directions_[dimension * digit_count]);
            }
        }
    }

    /// The direction numbers of a dimension: the initial ones and the recurrence of its
    /// polynomial. The bits are in reverse order, the first binary digit lowest.
    static void read(std::size_t place, unsigned degree, std::uint32_t* out) noexcept {
        std::array<std::uint32_t, digit_count> numbers{};
        const std::uint32_t polynomial = detail::sobol_initial_number(place);
        for (unsigned i = 0; i < degree; ++i)
            numbers[i] = (2 * detail::sobol_initial_number(place + 1 + i) + 1)
                         << (digit_count - 1 - i);
        for (unsigned i = degree; i < digit_count; ++i) {
            numbers[i] = numbers[i - degree] ^ (numbers[i - degree] >> degree);
            for (unsigned k = 1; k < degree; ++k)
                if ((polynomial >> (degree - 1 - k) & 1U) != 0) numbers[i] ^= numbers[i - k];
        }
        for (unsigned i = 0; i < digit_count; ++i) out[i] = detail::reverse_bits(numbers[i]);
    }

    [[nodiscard]] const std::uint32_t* directions_of(Index dimension) const noexcept {
        return &directions_[static_cast<std::size_t>(dimension) * digit_count];
    }

    /// The binary digits of a coordinate before scrambling, the first lowest.
    [[nodiscard]] std::uint32_t digits_of(std::uint64_t k, Index dimension) const noexcept {
        const std::uint32_t* const directions = directions_of(dimension);
        std::uint32_t digits = 0;
        std::uint64_t code = k ^ (k >> 1U);
        for (; code != 0; code &= code - 1)
            digits ^= directions[static_cast<unsigned>(std::countr_zero(code)) % digit_count];
        return digits;
    }

    [[nodiscard]] std::uint32_t scrambled(std::uint32_t digits, Index dimension) const noexcept {
        if (keys_.empty()) return digits;
        return detail::nested_scramble(digits, keys_[static_cast<std::size_t>(dimension)]);
    }

    [[nodiscard]] static double value_of(std::uint32_t digits) noexcept {
        // 2^52 plus an integer below it has that integer in its fraction.
        constexpr std::uint64_t bits_of_shift = 0x4330'0000'0000'0000U;
        constexpr double shift_less_half = 0x1p52 - 0.5;
        const std::uint64_t bits = bits_of_shift | detail::reverse_bits(digits);
        return (std::bit_cast<double>(bits) - shift_less_half) * 0x1p-32;
    }

    void write(std::uint32_t* digits, Index count, Index dimension, double* out) const noexcept {
        if (!keys_.empty()) {
            const detail::ScrambleKey key = keys_[static_cast<std::size_t>(dimension)];
            for (Index i = 0; i < count; ++i) digits[i] = detail::nested_scramble(digits[i], key);
        }
        for (Index i = 0; i < count; ++i) out[i] = value_of(digits[i]);
    }

    [[noreturn]] void refuse(std::uint64_t first, Index count, Index dimension) const {
        std::vector<Problem> problems;
        if (dimension < 0 || dimension >= dimensions_) {
            problems.push_back({"no_such_dimension", "argument \"dimension\"",
                                std::to_string(dimension),
                                "0 to " + std::to_string(dimensions_ - 1), ""});
        }
        if (count < 0 || first > length || static_cast<std::uint64_t>(count) > length - first) {
            problems.push_back({"no_such_point", "points",
                                std::to_string(count) + " from " + std::to_string(first),
                                "points below 4294967296", ""});
        }
        throw NumericError("the Sobol sequence has no such point", std::move(problems));
    }

    Index dimensions_;
    std::vector<std::uint32_t> directions_;
    std::vector<detail::ScrambleKey> keys_;
};

}  // namespace thuocdo::numeric
