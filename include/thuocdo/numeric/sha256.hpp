#pragma once
/// @file
/// SHA-256, for the digests of models, data and publications.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace thuocdo::numeric {

/// SHA-256 as in FIPS 180-4, fed in pieces. How the input is cut into updates
/// does not matter, so put a length or a separator between fields of text that
/// could run together. About 4 ns a byte.
class Sha256 {
  public:
    /// Adds the bytes of a text as they are, without a length or an end mark.
    void update(std::string_view text) noexcept {
        update(std::as_bytes(std::span<const char>(text.data(), text.size())));
    }

    /// Adds bytes.
    void update(std::span<const std::byte> bytes) noexcept {
        byte_count_ += bytes.size();
        while (!bytes.empty()) {
            const std::size_t taken = std::min(bytes.size(), block_size - buffered_);
            for (std::size_t i = 0; i < taken; ++i) {
                block_[buffered_ + i] = std::to_integer<std::uint8_t>(bytes[i]);
            }
            buffered_ += taken;
            bytes = bytes.subspan(taken);
            if (buffered_ == block_size) compress();
        }
    }

    /// Adds the eight bytes of an IEEE double, lowest first. Values that mean
    /// the same have the same bytes: every NaN counts as the quiet NaN
    /// 0x7FF8000000000000 and -0.0 as +0.0.
    void update_double(double value) noexcept {
        constexpr std::uint64_t canonical_nan = 0x7FF8000000000000;
        update_integer(value != value ? canonical_nan : std::bit_cast<std::uint64_t>(value + 0.0));
    }

    /// Adds the eight bytes of an integer, lowest first.
    void update_integer(std::uint64_t value) noexcept {
        std::array<std::byte, sizeof(value)> bytes;
        for (std::byte& entry : bytes) {
            entry = static_cast<std::byte>(value & 0xFFU);
            value >>= 8U;
        }
        update(std::span<const std::byte>(bytes));
    }

    /// The digest of everything added so far, 64 lower-case hexadecimal digits.
    /// More may be added afterwards.
    [[nodiscard]] std::string hex() const {
        Sha256 padded = *this;
        padded.pad();
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        for (const std::uint32_t word : padded.state_) {
            for (int shift = 28; shift >= 0; shift -= 4) text += digits[(word >> shift) & 0xFU];
        }
        return text;
    }

  private:
    static constexpr std::size_t block_size = 64;
    /// Where the length of the message begins in the last block.
    static constexpr std::size_t length_offset = 56;

    /// The first 32 bits of the fractional parts of the cube roots of the first
    /// 64 primes (FIPS 180-4, 4.2.2).
    static constexpr std::array<std::uint32_t, 64> round_constants = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2};

    void compress() noexcept {
        std::array<std::uint32_t, 64> schedule;
        for (std::size_t t = 0; t < 16; ++t) {
            schedule[t] = std::uint32_t{block_[4 * t]} << 24U |
                          std::uint32_t{block_[4 * t + 1]} << 16U |
                          std::uint32_t{block_[4 * t + 2]} << 8U | std::uint32_t{block_[4 * t + 3]};
        }
        for (std::size_t t = 16; t < schedule.size(); ++t) {
            const std::uint32_t early = schedule[t - 15];
            const std::uint32_t late = schedule[t - 2];
            const std::uint32_t sigma0 = std::rotr(early, 7) ^ std::rotr(early, 18) ^ (early >> 3U);
            const std::uint32_t sigma1 = std::rotr(late, 17) ^ std::rotr(late, 19) ^ (late >> 10U);
            schedule[t] = sigma1 + schedule[t - 7] + sigma0 + schedule[t - 16];
        }
        auto [a, b, c, d, e, f, g, h] = state_;
        for (std::size_t t = 0; t < schedule.size(); ++t) {
            const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
            const std::uint32_t choice = (e & f) ^ (~e & g);
            const std::uint32_t first = h + sum1 + choice + round_constants[t] + schedule[t];
            const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
            const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
            const std::uint32_t second = sum0 + majority;
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        const std::array<std::uint32_t, 8> change = {a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += change[i];
        buffered_ = 0;
    }

    /// A one bit, zeros, and the number of bits as a big-endian integer.
    void pad() noexcept {
        const std::uint64_t bit_count = byte_count_ * 8;
        block_[buffered_++] = 0x80;
        if (buffered_ > length_offset) {
            while (buffered_ < block_size) block_[buffered_++] = 0;
            compress();
        }
        while (buffered_ < length_offset) block_[buffered_++] = 0;
        for (int shift = 56; shift >= 0; shift -= 8) {
            block_[buffered_++] = static_cast<std::uint8_t>((bit_count >> shift) & 0xFFU);
        }
        compress();
    }

    /// The first 32 bits of the fractional parts of the square roots of the
    /// first eight primes (FIPS 180-4, 5.3.3).
    std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, block_size> block_{};
    std::size_t buffered_ = 0;
    std::uint64_t byte_count_ = 0;
};

}  // namespace thuocdo::numeric
