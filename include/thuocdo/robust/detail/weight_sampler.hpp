#pragma once
/// @file
/// Draws of weights that agree with what is stated.

#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/robust/smaa_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

namespace thuocdo::robust::detail {

/// Uniform weights on the part of the simplex that the statements leave.
///
/// Without bounds every draw is taken: -ln of uniform numbers over their sum is uniform on
/// the simplex, and giving the ranked criteria their shares in descending order is exact,
/// because every order of exchangeable shares is as likely as any other. Weights that are
/// bounded to one value are set. Lower bounds are exact too: what is left over them is
/// uniform on a smaller simplex (with a ranking only their smallest, which keeps the shares
/// exchangeable). Only what the other bounds refuse is drawn again, and counted.
class WeightSampler {
  public:
    /// @param stated was found sound by check_weights().
    WeightSampler(const SmaaWeights& stated, Index criteria, std::uint32_t stage)
        : stage_(stage), bounds_(stated, criteria), bounded_(!stated.bounds.empty()) {
        const auto count = static_cast<std::size_t>(criteria);
        fixed_.assign(count, 0.0);
        if (!stated.exact.empty()) {
            const double total = WeightBounds::sum(stated.exact);
            for (std::size_t j = 0; j < count; ++j) fixed_[j] = stated.exact[j] / total;
            return;
        }
        if (WeightBounds::sum(bounds_.high) <= 1.0 + bound_tolerance) {
            fixed_ = bounds_.high;
            return;
        }
        numeric::ExactSum taken;
        for (std::size_t j = 0; j < count; ++j) {
            fixed_[j] = bounds_.low[j];
            if (bounds_.low[j] < bounds_.high[j])
                free_.push_back(j);
            else
                taken.add(fixed_[j]);
        }
        find_classes(stated);
        if (!classes_.empty()) {
            double least = 1.0;
            for (const std::size_t j : free_) least = std::min(least, bounds_.low[j]);
            for (const std::size_t j : free_) fixed_[j] = least;
        }
        for (const std::size_t j : free_) taken.add(fixed_[j]);
        span_ = 1.0 - taken.value();
        if (span_ <= bound_tolerance) free_.clear();
    }

    /// What a thread needs for its draws.
    struct Scratch {
        std::vector<double> shares;
        std::vector<double> sorted;
        std::vector<std::size_t> order;
    };
    [[nodiscard]] Scratch scratch() const { return {std::vector<double>(free_.size()), {}, {}}; }

    /// Whether every draw is the same.
    [[nodiscard]] bool is_constant() const noexcept { return free_.empty(); }

    /// Draws that one vector takes at most.
    static constexpr std::uint32_t most_attempts = 100'000;

    /// The weights of a draw.
    /// @return how many vectors were tried.
    /// @throws NumericError when none of `most_attempts` keeps the bounds.
    std::uint32_t draw(const numeric::Philox& random, std::uint64_t draw, Scratch& scratch,
                       std::vector<double>& weights) const {
        weights = fixed_;
        if (free_.empty()) return 1;
        for (std::uint32_t attempt = 0; attempt < most_attempts; ++attempt) {
            draw_shares(random, draw, attempt, scratch.shares);
            put_in_order(scratch);
            if (spread(scratch.shares, weights)) return attempt + 1;
        }
        std::string found;
        for (std::size_t j = 0; j < bounds_.low.size(); ++j)
            found +=
                (j == 0 ? "" : ", ") + rank::detail::text_of({bounds_.low[j], bounds_.high[j]});
        throw NumericError(
            "too few weights keep the bounds",
            {{"bounds_too_tight", "weights.bounds", found,
              "bounds that one of " + std::to_string(most_attempts) + " vectors of weights keeps",
              "widen them, or state exact weights"}});
    }

  private:
    /// Positions in `free_` of the ranked criteria, class by class.
    void find_classes(const SmaaWeights& stated) {
        for (const std::vector<Index>& members : stated.ranking) {
            std::vector<std::size_t> places;
            for (std::size_t k = 0; k < free_.size(); ++k)
                if (std::find(members.begin(), members.end(), static_cast<Index>(free_[k])) !=
                    members.end())
                    places.push_back(k);
            if (!places.empty()) classes_.push_back(std::move(places));
        }
    }

    THUOCDO_KERNEL void draw_shares(const numeric::Philox& random, std::uint64_t draw,
                                    std::uint32_t attempt, std::vector<double>& shares) const {
        THUOCDO_EXACT
        const auto first = attempt * static_cast<std::uint32_t>(shares.size());
        for (std::size_t k = 0; k < shares.size(); ++k)
            shares[k] = random.uniform(draw, stage_, first + static_cast<std::uint32_t>(k));
        numeric::natural_logarithms(shares.data(), static_cast<Index>(shares.size()),
                                    shares.data());
        double total = 0.0;
        for (const double share : shares) total += share;
        for (double& share : shares) share /= total;
    }

    /// The largest shares go to the first class, in the order they had there.
    void put_in_order(Scratch& scratch) const {
        if (classes_.empty()) return;
        scratch.sorted.clear();
        for (const auto& places : classes_)
            for (const std::size_t k : places) scratch.sorted.push_back(scratch.shares[k]);
        std::sort(scratch.sorted.begin(), scratch.sorted.end(), std::greater<>());
        std::size_t next = 0;
        for (const auto& places : classes_) {
            scratch.order = places;
            std::stable_sort(scratch.order.begin(), scratch.order.end(),
                             [&](std::size_t a, std::size_t b) {
                                 return scratch.shares[a] > scratch.shares[b];
                             });
            for (const std::size_t k : scratch.order) scratch.shares[k] = scratch.sorted[next++];
        }
    }

    /// Whether the weights that the shares make keep the bounds.
    [[nodiscard]] THUOCDO_KERNEL bool spread(const std::vector<double>& shares,
                                             std::vector<double>& weights) const {
        THUOCDO_EXACT
        bool kept = true;
        for (std::size_t k = 0; k < free_.size(); ++k) {
            const std::size_t j = free_[k];
            weights[j] = fixed_[j] + span_ * shares[k];
            kept = kept &&
                   (!bounded_ || (weights[j] >= bounds_.low[j] && weights[j] <= bounds_.high[j]));
        }
        return kept;
    }

    std::uint32_t stage_;
    WeightBounds bounds_;
    bool bounded_;
    /// The weights that are known, and what the others have at least.
    std::vector<double> fixed_;
    std::vector<std::size_t> free_{};
    std::vector<std::vector<std::size_t>> classes_{};
    double span_ = 0.0;
};

}  // namespace thuocdo::robust::detail
