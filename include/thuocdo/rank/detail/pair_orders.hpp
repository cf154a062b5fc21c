#pragma once
/// @file
/// Which alternatives are known to stand before which, closed under transitivity.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace thuocdo::rank::detail {

/// A partial order, one bit a pair.
class PairOrders {
  public:
    explicit PairOrders(std::size_t size)
        : size_(size), words_((size + word_bits - 1) / word_bits), after_(size * words_, 0) {}

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool before(std::size_t a, std::size_t b) const noexcept {
        return ((after_[a * words_ + b / word_bits] >> (b % word_bits)) & 1U) != 0;
    }
    [[nodiscard]] bool decided(std::size_t a, std::size_t b) const noexcept {
        return before(a, b) || before(b, a);
    }

    /// Decides a pair and all that follows from it. False, without a change, when the
    /// pair is decided the other way.
    bool put_before(std::size_t a, std::size_t b) {
        if (before(b, a)) return false;
        if (before(a, b)) return true;
        for (std::size_t i = 0; i < size_; ++i) {
            if (i != a && !before(i, a)) continue;
            std::uint64_t* const row = after_.data() + i * words_;
            const std::uint64_t* const follows = after_.data() + b * words_;
            for (std::size_t w = 0; w < words_; ++w) row[w] |= follows[w];
            row[b / word_bits] |= std::uint64_t{1} << (b % word_bits);
        }
        return true;
    }

    /// Marks a case that no order belongs to.
    void make_impossible() noexcept { impossible_ = true; }
    [[nodiscard]] bool impossible() const noexcept { return impossible_; }

  private:
    static constexpr std::size_t word_bits = 64;

    std::size_t size_;
    std::size_t words_;
    std::vector<std::uint64_t> after_;
    bool impossible_ = false;
};

}  // namespace thuocdo::rank::detail
