#pragma once
/// @file
/// Lower bounds for Kemeny's problem: multipliers of the triangle inequalities, found in
/// whole numbers.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/detail/pair_orders.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/kemeny_certificate.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

/// The linear relaxation: x(i, k) in [0, 1] says how far i stands before k > i, and
/// 0 <= x(i, j) + x(j, k) - x(i, k) <= 1 for all i < j < k. Solved by the primal-dual
/// method of A. Chambolle and T. Pock (2011), Journal of Mathematical Imaging and Vision
/// 40, 120-145, in fixed point with steps that are powers of two: the same multipliers on
/// every machine and vector width, and any of them give an exact bound.
class CycleBound {
  public:
    explicit CycleBound(const MarginMatrix& margins)
        : size_(static_cast<std::size_t>(margins.size)),
          margins_(margins),
          costs_(size_ * size_, 0),
          place_(size_ * size_, one / 2),
          ahead_(size_ * size_, one / 2),
          reduced_(size_ * size_, 0),
          lower_(size_ * size_, 0),
          upper_(size_ * size_, one) {
        std::int64_t largest = 0;
        for (const std::int64_t margin : margins.margins) largest = std::max(largest, margin);
        const auto width = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(largest)));
        scale_bits_ = std::max(0, cost_bits - width);
        unit_bits_ = std::max(0, width - cost_bits);
        std::size_t triples = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                // Cost of i before k less that of k before i.
                const std::int64_t cost = -margins.margins[i * size_ + k];
                costs_[i * size_ + k] = static_cast<std::int32_t>(
                    cost * (std::int64_t{1} << scale_bits_) >> unit_bits_);
                triples += size_ - k - 1;
            }
        }
        multipliers_.assign(triples, 0);
        best_ = multipliers_;
        // The two steps together must stay below 1 over the norm of the triangles, which
        // is the number of alternatives.
        dual_shift_ = std::max(0, static_cast<int>(std::bit_width(size_)) - primal_shift);
    }

    [[nodiscard]] int scale_bits() const noexcept { return scale_bits_; }
    [[nodiscard]] std::size_t triples() const noexcept { return multipliers_.size(); }
    [[nodiscard]] const std::vector<std::int32_t>& best() const noexcept { return best_; }
    /// How far i stands before k in the relaxed order, from 0 to `one`.
    [[nodiscard]] std::int32_t place(std::size_t i, std::size_t k) const noexcept {
        return i < k ? place_[i * size_ + k] : one - place_[k * size_ + i];
    }
    static constexpr std::int32_t one = std::int32_t{1} << 20;

    /// Starts a case from the multipliers of another.
    void start(const PairOrders& orders, const std::vector<std::int32_t>& multipliers) {
        multipliers_ = multipliers;
        best_ = multipliers;
        best_value_ = std::numeric_limits<std::int64_t>::min();
        decide(orders);
    }

    /// Takes over pairs that were decided since.
    void decide(const PairOrders& orders) {
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                const std::size_t p = i * size_ + k;
                lower_[p] = orders.before(i, k) ? one : 0;
                upper_[p] = orders.before(k, i) ? 0 : one;
                place_[p] = std::min(std::max(place_[p], lower_[p]), upper_[p]);
                ahead_[p] = place_[p];
            }
        }
    }

    /// One step. The best bound so far is kept.
    void step() {
        reduced_ = costs_;
        const std::int64_t paid = update_multipliers();
        const std::int64_t value = update_places() - paid;
        if (value <= best_value_) return;
        best_value_ = value;
        best_ = multipliers_;
    }

    /// Of the best multipliers, in scaled units; approximate for margins of many digits.
    [[nodiscard]] std::int64_t best_value() const noexcept { return best_value_; }

    /// Exact bound of the excess for the best multipliers in units of 2^-scale_bits, and
    /// for each pair i < k what i before k costs more than k before i.
    [[nodiscard]] std::int64_t exact(const PairOrders& orders, std::vector<std::int64_t>& reduced) {
        const std::int64_t scale = std::int64_t{1} << scale_bits_;
        const std::int64_t unit = std::int64_t{1} << unit_bits_;
        reduced.assign(size_ * size_, 0);
        std::int64_t total = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                const std::int64_t margin = margins_.margins[i * size_ + k];
                reduced[i * size_ + k] = -margin * scale;
                // k before i costs what the majority for i loses.
                total += std::max(margin, std::int64_t{0}) * scale;
            }
        }
        std::size_t t = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t j = i + 1; j < size_; ++j) {
                std::int64_t sum = 0;
                for (std::size_t k = j + 1; k < size_; ++k, ++t) {
                    const std::int64_t z = best_[t] * unit;
                    sum += z;
                    reduced[j * size_ + k] += z;
                    reduced[i * size_ + k] -= z;
                    total -= std::max(z, std::int64_t{0});
                }
                reduced[i * size_ + j] += sum;
            }
        }
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                const std::int64_t r = reduced[i * size_ + k];
                if (orders.before(i, k))
                    total += r;
                else if (!orders.before(k, i))
                    total += std::min(r, std::int64_t{0});
            }
        }
        return total;
    }

    /// The best multipliers as cycles.
    [[nodiscard]] std::vector<WeightedCycle> cycles() const {
        std::vector<WeightedCycle> found;
        std::size_t t = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t j = i + 1; j < size_; ++j) {
                for (std::size_t k = j + 1; k < size_; ++k, ++t) {
                    const std::int32_t z = best_[t];
                    if (z == 0) continue;
                    const auto a = static_cast<std::uint16_t>(i);
                    const auto b = static_cast<std::uint16_t>(z > 0 ? j : k);
                    const auto c = static_cast<std::uint16_t>(z > 0 ? k : j);
                    found.push_back({a, b, c, std::int64_t{z > 0 ? z : -z} << unit_bits_});
                }
            }
        }
        return found;
    }

  private:
    /// Costs are scaled to this many bits, so that sums of multipliers over the at most
    /// 256 alternatives stay in 32.
    static constexpr int cost_bits = 20;
    static constexpr std::int32_t largest_multiplier = std::int32_t{1} << 22;
    static constexpr int primal_shift = 2;

    /// Returns what the multipliers above 0 cost.
    [[nodiscard]] std::int64_t update_multipliers() noexcept {
        const std::int32_t whole = one >> dual_shift_;
        const int shift = dual_shift_;
        std::int64_t paid = 0;
        std::int32_t* z = multipliers_.data();
        for (std::size_t i = 0; i < size_; ++i) {
            const std::int32_t* const ahead_i = ahead_.data() + i * size_;
            std::int32_t* const reduced_i = reduced_.data() + i * size_;
            for (std::size_t j = i + 1; j < size_; ++j) {
                const std::int32_t ahead_ij = ahead_i[j];
                const std::int32_t* const ahead_j = ahead_.data() + j * size_;
                std::int32_t* const reduced_j = reduced_.data() + j * size_;
                std::int32_t sum = 0;
                std::int32_t positive = 0;
                for (std::size_t k = j + 1; k < size_; ++k) {
                    const std::int32_t turn = ahead_ij + ahead_j[k] - ahead_i[k];
                    std::int32_t w = z[k - j - 1] + (turn >> shift);
                    w -= std::min(std::max(w, 0), whole);
                    w = std::min(std::max(w, -largest_multiplier), largest_multiplier);
                    z[k - j - 1] = w;
                    sum += w;
                    positive += std::max(w, 0);
                    reduced_j[k] += w;
                    reduced_i[k] -= w;
                }
                reduced_i[j] += sum;
                paid += positive;
                z += size_ - j - 1;
            }
        }
        return paid;
    }

    /// Returns the least cost of the pairs under the new multipliers.
    [[nodiscard]] std::int64_t update_places() noexcept {
        std::int64_t total = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                const std::size_t p = i * size_ + k;
                const std::int32_t r = reduced_[p];
                // k before i costs what is against it, whatever r is.
                total += std::max(-costs_[p], 0);
                total += r > 0 ? (lower_[p] > 0 ? r : 0) : (upper_[p] > 0 ? r : 0);
                const std::int32_t old = place_[p];
                const std::int32_t now =
                    std::min(std::max(old - (r >> primal_shift), lower_[p]), upper_[p]);
                ahead_[p] = 2 * now - old;
                place_[p] = now;
            }
        }
        return total;
    }

    std::size_t size_;
    const MarginMatrix& margins_;
    int scale_bits_ = 0;
    int unit_bits_ = 0;
    int dual_shift_ = 0;
    /// Pairs i < k at i * size + k.
    std::vector<std::int32_t> costs_;
    std::vector<std::int32_t> place_;
    std::vector<std::int32_t> ahead_;
    std::vector<std::int32_t> reduced_;
    std::vector<std::int32_t> lower_;
    std::vector<std::int32_t> upper_;
    /// Triples i < j < k in this order.
    std::vector<std::int32_t> multipliers_;
    std::vector<std::int32_t> best_;
    std::int64_t best_value_ = std::numeric_limits<std::int64_t>::min();
};

/// Cycles of majorities that share no weight, found greedily: a bound for parts that are
/// too large for the relaxation. Looks for each majority against the order for a third
/// alternative that closes a cycle. `goes_on(share)` may stop it; what was found holds.
///
/// Complexity: at most n for each majority against the order, mostly much less; memory for
/// the margins once more.
template <class GoesOn>
[[nodiscard]] std::vector<WeightedCycle> disjoint_cycles(const MarginMatrix& margins,
                                                         const std::vector<Index>& order,
                                                         GoesOn&& goes_on) {
    // In the order, so that the third alternative is looked for in consecutive memory.
    const std::size_t n = order.size();
    std::vector<std::int64_t> rest(n * n);
    for (std::size_t p = 0; p < n; ++p)
        for (std::size_t q = 0; q < n; ++q)
            rest[p * n + q] = std::max(std::int64_t{0}, margins(order[p], order[q]));
    std::vector<WeightedCycle> found;
    for (std::size_t distance = 1; distance < n; ++distance) {
        if (!goes_on(static_cast<double>(distance) / static_cast<double>(n))) break;
        for (std::size_t p = 0; p + distance < n; ++p) {
            const std::size_t q = p + distance;
            std::int64_t& against = rest[q * n + p];
            if (against == 0) continue;
            for (std::size_t k = 0; k < n && against > 0; ++k) {
                std::int64_t& to = rest[p * n + k];
                if (to == 0) continue;
                std::int64_t& back = rest[k * n + q];
                const std::int64_t weight = std::min({to, back, against});
                if (weight == 0) continue;
                found.push_back({static_cast<std::uint16_t>(order[p]),
                                 static_cast<std::uint16_t>(order[k]),
                                 static_cast<std::uint16_t>(order[q]), weight});
                to -= weight;
                back -= weight;
                against -= weight;
            }
        }
    }
    return found;
}

}  // namespace thuocdo::rank::detail
