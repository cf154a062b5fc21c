#pragma once
/// @file
/// All pairs of units under a weighted majority, in vectors of small integers.

#include <thuocdo/aggregate/detail/children.hpp>
#include <thuocdo/aggregate/detail/pair_weights.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace thuocdo::aggregate::detail {

/// Numbers that are worked on at once; the width that every 64-bit processor has.
inline constexpr std::size_t vector_bytes = 16;

template <class Integer>
struct VectorOf {
    typedef Integer type __attribute__((vector_size(vector_bytes)));
    static constexpr std::size_t size = vector_bytes / sizeof(Integer);
};

/// The units of x as dense ranks column by column, in blocks of units that stay in
/// the cache, and the weights as integers whose total fits `Integer`.
///
/// For every pair the sum of weight * sign(a - b) over the jointly observed
/// columns is found in `Integer` lanes. Weights that do not fit are rounded there,
/// and a pair whose sum is not farther from zero than that can explain is decided
/// again by SignOfSum. So every sign is exact.
template <class Integer>
class PairwiseMajority {
    using Vector = typename VectorOf<Integer>::type;
    static constexpr std::size_t lanes = VectorOf<Integer>::size;

  public:
    /// Units in a block; their sums and a few columns of ranks fill the first cache.
    static constexpr std::size_t block_units = 256;

    PairwiseMajority(ChildrenView x, std::span<const std::size_t> columns, const SignOfSum& exact)
        : exact_(exact),
          units_(static_cast<std::size_t>(x.rows())),
          columns_(columns.size()),
          padded_((columns.size() + columns_at_once - 1) / columns_at_once * columns_at_once),
          blocks_((units_ + block_units - 1) / block_units) {
        round_weights();
        // A place after the last rank is above every rank, and one before the first
        // is below: a missing unit is neither worse nor better than another.
        above_.assign(blocks_ * padded_ * vectors, splat(std::numeric_limits<Integer>::max()));
        below_.assign(blocks_ * padded_ * vectors, splat(Integer{-1}));
        rank_.assign(units_ * columns_, Integer{-1});
        for (std::size_t j = 0; j < columns_; ++j) place_ranks(x, columns[j], j);
    }

    [[nodiscard]] std::size_t blocks() const noexcept { return blocks_; }

    /// Adds, for every pair of a unit in `block` and a unit before it, the sign of
    /// the majority to the score of the one and takes it from the other's.
    void add_block(std::size_t block, std::span<std::int32_t> score) const {
        const std::size_t start = block * block_units;
        const std::size_t end = std::min(start + block_units, units_);
        Vector sums[vectors];
        Vector wins[vectors];
        for (Vector& each : wins) each = splat(0);
        std::vector<Integer> own_rank(padded_);
        std::vector<Integer> own_weight(padded_);
        for (std::size_t a = 0; a < end; ++a) {
            for (std::size_t j = 0; j < columns_; ++j) {
                const Integer rank = rank_[a * columns_ + j];
                own_rank[j] = rank;
                own_weight[j] = rank < 0 ? Integer{0} : weight_[j];
            }
            // Inside the block only the units after a, so that each pair counts once.
            const std::size_t first = a < start ? 0 : a - start + 1;
            const std::size_t first_vector = first / lanes;
            compare(block, first_vector, own_rank.data(), own_weight.data(), sums);
            score[a] += count(a, start, first, end - start, sums, wins);
        }
        for (std::size_t b = start; b < end; ++b)
            score[b] -= static_cast<std::int32_t>(lane(wins, b - start));
    }

  private:
    static constexpr std::size_t vectors = block_units / lanes;
    static constexpr std::size_t columns_at_once = 4;

    [[nodiscard]] static Vector splat(Integer value) noexcept { return Vector{} + value; }
    [[nodiscard]] static Integer lane(const Vector* all, std::size_t k) noexcept {
        return all[k / lanes][k % lanes];
    }

    void round_weights() {
        weight_.assign(padded_, Integer{0});
        constexpr auto largest = static_cast<std::int64_t>(std::numeric_limits<Integer>::max());
        const std::vector<std::int64_t>& integers = exact_.integers();
        std::int64_t total = 0;
        for (const std::int64_t integer : integers) total += integer;
        if (!integers.empty() && total <= largest) {
            for (std::size_t j = 0; j < columns_; ++j)
                weight_[j] = static_cast<Integer>(integers[j]);
            return;
        }
        // Rounding up must not lead out of the lane either.
        const double scale =
            static_cast<double>(largest - static_cast<std::int64_t>(columns_)) / exact_.total();
        double error = 0.0;
        for (std::size_t j = 0; j < columns_; ++j) {
            const double scaled = exact_.weights()[j] * scale;
            const double rounded = std::floor(scaled + 0.5);
            error += std::abs(scaled - rounded);
            weight_[j] = static_cast<Integer>(rounded);
        }
        // One more for the rounding of `scaled`, which is far below one.
        doubt_ = static_cast<Integer>(std::floor(error) + 1.0);
        doubtful_ = true;
    }

    void place_ranks(ChildrenView x, std::size_t column, std::size_t j) {
        const double* const cells = child(x, column, 0);
        const std::vector<std::uint32_t> order =
            numeric::argsort({cells, units_}, numeric::Order::ascending);
        Integer rank = 0;
        for (std::size_t k = 0; k < units_; ++k) {
            const std::size_t unit = order[k];
            if (cells[unit] != cells[unit]) break;  // NaN comes last.
            if (k > 0 && cells[order[k - 1]] < cells[unit]) ++rank;
            rank_[unit * columns_ + j] = rank;
            const std::size_t block = unit / block_units;
            const std::size_t in_block = unit % block_units;
            const std::size_t place = (block * padded_ + j) * vectors + in_block / lanes;
            above_[place][in_block % lanes] = rank;
            below_[place][in_block % lanes] = rank;
        }
    }

    /// sums = sum over columns of weight * sign(own - other), for the units of a
    /// block from `first_vector` on.
    void compare(std::size_t block, std::size_t first_vector, const Integer* own,
                 const Integer* weight, Vector* sums) const {
        for (std::size_t v = first_vector; v < vectors; ++v) sums[v] = splat(0);
        for (std::size_t j = 0; j < padded_; j += columns_at_once) {
            const Vector* const above = above_.data() + (block * padded_ + j) * vectors;
            const Vector* const below = below_.data() + (block * padded_ + j) * vectors;
            Vector own_of[columns_at_once];
            Vector weight_of[columns_at_once];
            for (std::size_t c = 0; c < columns_at_once; ++c) {
                own_of[c] = splat(own[j + c]);
                weight_of[c] = splat(weight[j + c]);
            }
            for (std::size_t v = first_vector; v < vectors; ++v) {
                Vector sum = sums[v];
                for (std::size_t c = 0; c < columns_at_once; ++c) {
                    // A comparison gives all bits, which is -1, or none.
                    sum += (own_of[c] > above[c * vectors + v]) & weight_of[c];
                    sum -= (below[c * vectors + v] > own_of[c]) & weight_of[c];
                }
                sums[v] = sum;
            }
        }
    }

    /// The signs of the sums, added to `wins` and returned in total.
    std::int32_t count(std::size_t a, std::size_t start, std::size_t first, std::size_t end,
                       const Vector* sums, Vector* wins) const {
        std::int32_t score = 0;
        std::size_t k = first;
        // Lanes of a first vector that lie before `first` belong to other pairs.
        for (; k < end && k % lanes != 0; ++k) score += count_one(a, start, k, sums, wins);
        const Vector doubt = splat(doubt_);
        Vector total = splat(0);
        for (; k + lanes <= end; k += lanes) {
            const Vector sum = sums[k / lanes];
            const Vector better = sum > doubt;
            const Vector worse = -doubt > sum;
            if (doubtful_ && !all_set(better | worse)) {
                for (std::size_t i = 0; i < lanes; ++i)
                    score += count_one(a, start, k + i, sums, wins);
                continue;
            }
            const Vector sign = worse - better;
            wins[k / lanes] += sign;
            total += sign;
        }
        for (; k < end; ++k) score += count_one(a, start, k, sums, wins);
        for (std::size_t i = 0; i < lanes; ++i) score += static_cast<std::int32_t>(total[i]);
        return score;
    }

    std::int32_t count_one(std::size_t a, std::size_t start, std::size_t k, const Vector* sums,
                           Vector* wins) const {
        const Integer sum = lane(sums, k);
        int sign = (sum > 0 ? 1 : 0) - (sum < 0 ? 1 : 0);
        if (doubtful_ && sum <= doubt_ && -doubt_ <= sum) sign = decide(a, start + k);
        wins[k / lanes][k % lanes] = static_cast<Integer>(lane(wins, k) + sign);
        return sign;
    }

    [[nodiscard]] int decide(std::size_t a, std::size_t b) const {
        const Integer* const first = rank_.data() + a * columns_;
        const Integer* const second = rank_.data() + b * columns_;
        return exact_([first, second](std::size_t j) {
            const int joint = (first[j] >= 0 ? 1 : 0) & (second[j] >= 0 ? 1 : 0);
            return joint * ((first[j] > second[j] ? 1 : 0) - (first[j] < second[j] ? 1 : 0));
        });
    }

    [[nodiscard]] static bool all_set(Vector mask) noexcept {
        typedef std::int64_t Halves __attribute__((vector_size(vector_bytes)));
        const Halves halves = (Halves)mask;
        return (halves[0] & halves[1]) == -1;
    }

    const SignOfSum& exact_;
    std::size_t units_;
    std::size_t columns_;
    std::size_t padded_;
    std::size_t blocks_;
    std::vector<Integer> weight_;
    /// What a rounded sum may be away from zero and still be of the other sign.
    Integer doubt_ = 0;
    bool doubtful_ = false;
    std::vector<Vector> above_;
    std::vector<Vector> below_;
    std::vector<Integer> rank_;
};

}  // namespace thuocdo::aggregate::detail
