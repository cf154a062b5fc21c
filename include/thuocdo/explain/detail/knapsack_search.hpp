#pragma once
/// @file
/// The cheapest choice of one level of each of several lists whose gains add up to a need.

#include <thuocdo/config.hpp>

#include <algorithm>
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
    /// @param accept whether a choice of levels (by list) that has the gain really does
    KnapsackSearch(std::vector<std::vector<KnapsackLevel>> lists, std::int64_t most_cases,
                   std::function<bool(const std::vector<std::size_t>&)> accept)
        : lists_(std::move(lists)), accept_(std::move(accept)), cases_left_(most_cases) {
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
            envelopes_[k] = segments;
            std::stable_sort(envelopes_[k].begin(), envelopes_[k].end(),
                             [](const Segment& a, const Segment& b) {
                                 return a.gain * b.cost > b.gain * a.cost;
                             });
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
        double cost = 0.0;
        if (from < envelopes_.size())
            for (const Segment& each : envelopes_[from]) {
                if (need <= 0.0) return cost;
                if (each.gain >= need) return cost + each.cost * (need / each.gain);
                need -= each.gain;
                cost += each.cost;
            }
        return need <= 0.0 ? cost : std::numeric_limits<double>::infinity();
    }

    [[nodiscard]] THUOCDO_KERNEL bool too_dear(double cost) const {
        THUOCDO_EXACT
        return !(cost < best_cost_ - cost_slack * best_cost_);
    }

    void descend(std::size_t position, double need, double cost) {
        if (cases_left_ <= 0) return;
        if (position == order_.size()) {
            --cases_left_;
            if (need > 0.0 || !accept_(choice_)) return;
            best_ = choice_;
            best_cost_ = cost;
            return;
        }
        const std::size_t list = order_[position];
        for (const KnapsackLevel& each : lists_[list]) {
            --cases_left_;
            if (too_dear(cost + each.cost) || cases_left_ <= 0) break;
            if (too_dear(cost + each.cost + bound(position + 1, need - each.gain))) continue;
            choice_[list] = each.level;
            descend(position + 1, need - each.gain, cost + each.cost);
        }
        choice_[list] = 0;
    }

    std::vector<std::vector<KnapsackLevel>> lists_;
    std::function<bool(const std::vector<std::size_t>&)> accept_;
    std::int64_t cases_left_;
    std::vector<std::size_t> order_{};
    /// Segments of the lists from each position on, by gain per cost.
    std::vector<std::vector<Segment>> envelopes_{};
    std::vector<std::size_t> choice_{};
    std::vector<std::size_t> best_{};
    double best_cost_ = 0.0;
};

}  // namespace thuocdo::detail
