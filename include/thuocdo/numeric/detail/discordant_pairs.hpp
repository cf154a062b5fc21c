#pragma once
/// @file
/// Pairs of rows that stand in the opposite order in two columns.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/correlated_columns.hpp>
#include <thuocdo/numeric/detail/ranked_columns.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace thuocdo::numeric::detail {

/// Counts discordant pairs and pairs tied in both columns, over jointly observed rows.
///
/// The rows are put in order of `a`, equal ones in order of `b` (a counting sort on orders
/// that are known already), and read in batches of 32. A row is discordant with the earlier
/// rows that have a larger `b`: those in its batch are compared four at once, those in earlier
/// batches are counted by a bit a place in the order of `b` and the number of bits before each
/// word of 64. That takes n^2 / 2048 additions for the latter, far below the rest for the few
/// thousand units of a country, where a merge sort or a Fenwick tree takes a dozen levels of
/// branches a row; at 10^6 rows they are about half of the time.
class DiscordantPairs {
  public:
    explicit DiscordantPairs(Index rows)
        : by_a_(static_cast<std::size_t>(rows)),
          next_place_(static_cast<std::size_t>(rows) + 1),
          bits_((static_cast<std::size_t>(rows) + word_bits - 1) / word_bits),
          bits_in_word_(bits_.size()),
          bits_before_(bits_.size()) {}

    void count(const RankedColumn& a, const RankedColumn& b) {
        tied_in_both_ = 0;
        const std::size_t rows = a.has_ties() ? order_with_ties(a, b) : order(a, b);
        std::fill(bits_.begin(), bits_.end(), 0U);
        std::fill(bits_in_word_.begin(), bits_in_word_.end(), 0U);
        std::fill(bits_before_.begin(), bits_before_.end(), 0U);
        if (b.has_ties()) std::copy(b.starts.begin(), b.starts.end(), next_place_.begin());
        discordant_ = 0;
        for (std::size_t start = 0; start < rows; start += batch_rows) {
            const std::size_t batch = std::min(batch_rows, rows - start);
            const std::uint32_t* const runs = by_a_.data() + start;
            discordant_ += with_earlier_batches(b, runs, batch, start);
            discordant_ += inside_batch(runs, batch);
            if (start + batch < rows) insert(b, runs, batch);
        }
    }

    [[nodiscard]] std::int64_t discordant() const noexcept { return discordant_; }
    [[nodiscard]] std::int64_t tied_in_both() const noexcept { return tied_in_both_; }

  private:
    static constexpr std::size_t word_bits = 64;
    static constexpr std::size_t batch_rows = 32;
    static constexpr std::size_t compared_at_once = 4;
    typedef std::int32_t FourRuns __attribute__((vector_size(16)));

    /// Runs of `b` in order of `a`, which has no ties. @return how many.
    [[nodiscard]] std::size_t order(const RankedColumn& a, const RankedColumn& b) noexcept {
        const auto missing = static_cast<std::uint32_t>(b.runs());
        std::size_t kept = 0;
        for (const std::uint32_t row : a.order) {
            const std::uint32_t run = b.run[row];
            by_a_[kept] = run;
            kept += run != missing ? 1 : 0;
        }
        return kept;
    }

    /// The same, equal ones in order of `b`. Counts the pairs that are equal in both.
    [[nodiscard]] std::size_t order_with_ties(const RankedColumn& a,
                                              const RankedColumn& b) noexcept {
        std::copy(a.starts.begin(), a.starts.end(), next_place_.begin());
        const auto missing = static_cast<std::uint32_t>(a.runs());
        for (const std::uint32_t row : b.order) {
            const std::uint32_t run = a.run[row];
            if (run != missing) by_a_[next_place_[run]++] = b.run[row];
        }
        // Closes the gaps of rows that are missing in b.
        std::size_t kept = 0;
        for (std::size_t r = 0; r < a.runs(); ++r) {
            std::int64_t equal = 0;
            for (std::uint32_t k = a.starts[r]; k < next_place_[r]; ++k) {
                by_a_[kept] = by_a_[k];
                equal = k > a.starts[r] && by_a_[kept] == by_a_[kept - 1] ? equal + 1 : 0;
                tied_in_both_ += equal;
                ++kept;
            }
        }
        return kept;
    }

    [[nodiscard]] std::int64_t with_earlier_batches(const RankedColumn& b,
                                                    const std::uint32_t* runs, std::size_t batch,
                                                    std::size_t earlier) const noexcept {
        constexpr std::uint64_t all = ~std::uint64_t{0};
        std::uint64_t not_larger = 0;
        for (std::size_t j = 0; j < batch; ++j) {
            const std::size_t last = b.starts[runs[j] + 1] - 1;
            const std::size_t word = last / word_bits;
            const std::uint64_t mask = all >> (word_bits - 1 - last % word_bits);
            not_larger += bits_before_[word] + count_bits(bits_[word] & mask);
        }
        return static_cast<std::int64_t>(earlier * batch - not_larger);
    }

    [[nodiscard]] static std::int64_t inside_batch(const std::uint32_t* runs,
                                                   std::size_t batch) noexcept {
        // Runs are below 2^31 wherever the counts fit: 2^31 rows have 2^61 pairs.
        std::array<std::int32_t, batch_rows> values;
        values.fill(-1);
        for (std::size_t j = 0; j < batch; ++j) values[j] = static_cast<std::int32_t>(runs[j]);
        FourRuns vectors[batch_rows / compared_at_once];
        std::memcpy(vectors, values.data(), sizeof vectors);
        FourRuns found = {0, 0, 0, 0};
        std::int64_t in_own_vector = 0;
        for (std::size_t j = 0; j < batch; ++j) {
            const std::int32_t run = values[j];
            const FourRuns four = {run, run, run, run};
            const std::size_t vector = j / compared_at_once;
            // A true comparison is -1.
            for (std::size_t v = 0; v < vector; ++v) found -= vectors[v] > four;
            for (std::size_t k = vector * compared_at_once; k < j; ++k)
                in_own_vector += values[k] > run ? 1 : 0;
        }
        return std::int64_t{found[0]} + found[1] + found[2] + found[3] + in_own_vector;
    }

    void insert(const RankedColumn& b, const std::uint32_t* runs, std::size_t batch) noexcept {
        const bool ties = b.has_ties();
        for (std::size_t j = 0; j < batch; ++j) {
            // Equal values take the places of their run one after another.
            const std::size_t place = ties ? next_place_[runs[j]]++ : runs[j];
            bits_[place / word_bits] |= std::uint64_t{1} << (place % word_bits);
            ++bits_in_word_[place / word_bits];
        }
        std::uint32_t before = 0;
        for (std::size_t w = 0; w < bits_.size(); ++w) {
            bits_before_[w] = before;
            before += bits_in_word_[w];
        }
    }

    std::vector<std::uint32_t> by_a_;
    std::vector<std::uint32_t> next_place_;
    std::vector<std::uint64_t> bits_;
    std::vector<std::uint32_t> bits_in_word_;
    std::vector<std::uint32_t> bits_before_;
    std::int64_t discordant_ = 0;
    std::int64_t tied_in_both_ = 0;
};

}  // namespace thuocdo::numeric::detail
