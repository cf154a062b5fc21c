#pragma once
/// @file
/// The cheapest choice of one level of each of several lists whose gains add up to a need.

#include <thuocdo/config.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// A level of one list.
struct KnapsackLevel {
    double cost = 0.0;
    double gain = 0.0;
    /// Its number in the caller's list.
    std::size_t level = 0;
};

/// Multiple-choice knapsack by depth-first search. The bound of what is left is that of the
/// upper concave envelopes of the lists, filled in the order of gain per cost (P. Sinha and
/// A. A. Zoltners (1979), "The multiple-choice knapsack problem", Operations Research 27(3)).
class KnapsackSearch {
  public:
    /// @param lists by cost, each with a level of cost 0 first
    /// @param quantum every cost of a choice is a multiple of this; 0 when that is not known
    /// @param accept whether a choice of levels (by list) that has the gain really does
    KnapsackSearch(std::vector<std::vector<KnapsackLevel>> lists, double quantum,
                   std::int64_t most_cases,
                   std::function<bool(const std::vector<std::size_t>&)> accept)
        : lists_(std::move(lists)),
          quantum_(quantum),
          accept_(std::move(accept)),
          cases_left_(most_cases) {
        order_.resize(lists_.size());
        for (std::size_t k = 0; k < order_.size(); ++k) order_[k] = k;
        // The longest list comes last, where its level follows from the others.
        std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
            return lists_[a].size() < lists_[b].size();
        });
        envelopes_.resize(order_.size());
        std::vector<Segment> segments;
        for (std::size_t k = order_.size(); k-- > 0;) {
            add_envelope(lists_[order_[k]], segments);
            std::stable_sort(segments.begin(), segments.end(),
                             [](const Segment& a, const Segment& b) {
                                 return a.gain * b.cost > b.gain * a.cost;
                             });
            Segment sum;
            for (const Segment& each : segments) {
                sum = {sum.cost + each.cost, sum.gain + each.gain};
                envelopes_[k].push_back(sum);
            }
        }
        choice_.assign(lists_.size(), 0);
    }

    /// Looks for a choice that costs less than `best_cost`.
    /// @return whether one was found; see `best()`
    bool run(double need, double best_cost) {
        best_cost_ = best_cost;
        descend(0, need, 0.0);
        return !best_.empty();
    }

    /// No choice of the gain costs less.
    [[nodiscard]] double least_cost(double need) const { return whole(bound(0, need)); }

    /// Levels (the caller's numbers) by list.
    [[nodiscard]] const std::vector<std::size_t>& best() const noexcept { return best_; }
    /// Whether no case was left out.
    [[nodiscard]] bool complete() const noexcept { return cases_left_ > 0; }

  private:
    struct Segment {
        double cost = 0.0;
        double gain = 0.0;
    };

    /// Relative slack under which two costs are the same.
    static constexpr double cost_slack = 1e-12;
    /// Cases that asking whether a choice is accepted stands for.
    static constexpr std::int64_t cases_of_acceptance = 256;

    /// Upper concave envelope of gain over cost, as its segments.
    static void add_envelope(const std::vector<KnapsackLevel>& list,
                             std::vector<Segment>& segments) {
        std::vector<KnapsackLevel> corners;
        for (const KnapsackLevel& each : list) {
            if (!corners.empty() && each.gain <= corners.back().gain) continue;
            if (!corners.empty() && each.cost <= corners.back().cost) corners.pop_back();
            while (corners.size() > 1) {
                const KnapsackLevel& a = corners[corners.size() - 2];
                const KnapsackLevel& b = corners.back();
                if ((b.gain - a.gain) * (each.cost - a.cost) >
                    (each.gain - a.gain) * (b.cost - a.cost))
                    break;
                corners.pop_back();
            }
            corners.push_back(each);
        }
        if (!corners.empty() && corners.front().gain > 0.0)
            segments.push_back({corners.front().cost, corners.front().gain});
        for (std::size_t k = 1; k < corners.size(); ++k)
            segments.push_back(
                {corners[k].cost - corners[k - 1].cost, corners[k].gain - corners[k - 1].gain});
    }

    /// Least cost of a gain with the lists from position `from` on; infinite beyond all.
    [[nodiscard]] THUOCDO_KERNEL double bound(std::size_t from, double need) const {
        THUOCDO_EXACT
        if (need <= 0.0) return 0.0;
        if (from == envelopes_.size()) return std::numeric_limits<double>::infinity();
        const std::vector<Segment>& sums = envelopes_[from];
        const auto last =
            std::lower_bound(sums.begin(), sums.end(), need,
                             [](const Segment& sum, double gain) { return sum.gain < gain; });
        if (last == sums.end()) return std::numeric_limits<double>::infinity();
        const Segment before = last == sums.begin() ? Segment{} : *(last - 1);
        const double share = (need - before.gain) / (last->gain - before.gain);
        return before.cost + share * (last->cost - before.cost);
    }

    /// The least multiple of the quantum that is not below a cost.
    [[nodiscard]] THUOCDO_KERNEL double whole(double cost) const {
        THUOCDO_EXACT
        constexpr double relative = 1e-9;
        if (quantum_ <= 0.0 || std::isinf(cost)) return cost;
        return std::max(cost,
                        std::ceil(cost / quantum_ - relative * (1.0 + cost / quantum_)) * quantum_);
    }

    [[nodiscard]] THUOCDO_KERNEL bool too_dear(double cost) const {
        THUOCDO_EXACT
        if (std::isinf(best_cost_)) return std::isinf(cost);
        return !(cost < best_cost_ - cost_slack * best_cost_);
    }

    void descend(std::size_t position, double need, double cost) {
        if (cases_left_ <= 0) return;
        if (position == order_.size()) {
            cases_left_ -= cases_of_acceptance;
            if (need > 0.0 || !accept_(choice_)) return;
            best_ = choice_;
            best_cost_ = cost;
            return;
        }
        const std::vector<KnapsackLevel>& list = lists_[order_[position]];
        // The level of the least bound comes first: it soon leads to a good choice.
        std::size_t first = 0;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < list.size() && list[k].cost < least; ++k) {
            --cases_left_;
            const double all = list[k].cost + bound(position + 1, need - list[k].gain);
            if (all < least) {
                least = all;
                first = k;
            }
        }
        if (std::isinf(least) || too_dear(whole(cost + least))) return;
        follow(position, list[first], need, cost);
        for (std::size_t k = 0; k < list.size() && cases_left_ > 0; ++k) {
            --cases_left_;
            if (too_dear(cost + list[k].cost)) break;
            if (k == first ||
                too_dear(whole(cost + list[k].cost + bound(position + 1, need - list[k].gain))))
                continue;
            follow(position, list[k], need, cost);
        }
    }

    void follow(std::size_t position, const KnapsackLevel& level, double need, double cost) {
        choice_[order_[position]] = level.level;
        descend(position + 1, need - level.gain, cost + level.cost);
        choice_[order_[position]] = 0;
    }

    std::vector<std::vector<KnapsackLevel>> lists_;
    double quantum_;
    std::function<bool(const std::vector<std::size_t>&)> accept_;
    std::int64_t cases_left_;
    std::vector<std::size_t> order_{};
    /// Segments of the lists from each position on, by gain per cost, summed up to each.
    std::vector<std::vector<Segment>> envelopes_{};
    std::vector<std::size_t> choice_{};
    std::vector<std::size_t> best_{};
    double best_cost_ = 0.0;
};

}  // namespace thuocdo::detail
