#pragma once
/// @file
/// Branch and bound for one part of Kemeny's problem, which writes down its proof.

#include <thuocdo/config.hpp>
#include <thuocdo/rank/detail/cycle_bound.hpp>
#include <thuocdo/rank/detail/insertion_search.hpp>
#include <thuocdo/rank/detail/pair_orders.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/kemeny_certificate.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

/// How much work is left, and whether the caller wants more of it.
class SearchBudget {
  public:
    SearchBudget(std::int64_t updates, std::int64_t cycles, std::function<bool(double)> progress)
        : left_(updates), cycles_left_(cycles), progress_(std::move(progress)) {}

    /// Counts what a proof keeps.
    void keep(std::size_t cycles) noexcept { cycles_left_ -= static_cast<std::int64_t>(cycles); }

    /// @param share of the whole search that is done.
    [[nodiscard]] bool spend(std::int64_t updates, double share) {
        left_ -= updates;
        since_report_ += updates;
        if (since_report_ >= updates_between_reports) report(share);
        return goes_on();
    }
    void report(double share) {
        since_report_ = 0;
        if (progress_ && !stopped_ && !progress_(share)) stopped_ = true;
    }
    [[nodiscard]] bool goes_on() const noexcept {
        return !stopped_ && left_ > 0 && cycles_left_ > 0;
    }
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }

  private:
    /// About 10 ms.
    static constexpr std::int64_t updates_between_reports = 10'000'000;

    std::int64_t left_;
    std::int64_t cycles_left_;
    std::int64_t since_report_ = 0;
    bool stopped_ = false;
    std::function<bool(double)> progress_;
};

/// Finds the least excess of a part, in units of its margins, which have no common
/// divisor above 1.
class KemenySearch {
  public:
    KemenySearch(const MarginMatrix& margins, SearchBudget& budget, double share_before,
                 double share_here)
        : size_(static_cast<std::size_t>(margins.size)),
          margins_(margins),
          budget_(budget),
          share_before_(share_before),
          share_here_(share_here),
          bound_(margins) {}

    /// Improves `order`, whose excess is `cost`, until nothing is cheaper. The bound that
    /// is returned equals the excess of the order unless the budget ran out.
    [[nodiscard]] std::int64_t minimise(Order& order, PartProof& proof) {
        best_ = order;
        best_cost_ = turned_majorities(margins_, best_);
        threshold_ = best_cost_;
        proof_ = &proof;
        proof.scale_bits = bound_.scale_bits();
        run();
        order = best_;
        return std::min(best_cost_, least_open_);
    }

    enum class Unique { yes, no, unknown };

    /// Whether another order than the best one costs as little.
    [[nodiscard]] Unique look_for_another(const Order& order) {
        best_ = order;
        best_cost_ = turned_majorities(margins_, best_);
        threshold_ = best_cost_ + 1;
        proof_ = nullptr;
        another_ = false;
        run();
        if (another_) return Unique::no;
        return budget_.goes_on() ? Unique::yes : Unique::unknown;
    }

    [[nodiscard]] std::int64_t cases() const noexcept { return cases_; }

  private:
    enum class End { bounded, settled, split, out_of_budget };

    /// A case that waits: the multipliers that it starts from are those of its sibling.
    struct Case {
        PairOrders orders;
        std::vector<std::int32_t> multipliers;
        std::uint32_t bound_number;
        double share;
    };

    static constexpr int steps_between_looks = 32;
    static constexpr int most_steps = 4096;
    /// A case is split when the steps between two looks close less than one part in so
    /// many of what is missing.
    static constexpr std::int64_t least_gain_divisor = 24;

    void run() {
        least_open_ = std::numeric_limits<std::int64_t>::max();
        done_ = 0.0;
        std::vector<Case> open;
        open.push_back(
            {PairOrders(size_), std::vector<std::int32_t>(bound_.triples(), 0), no_bound, 1.0});
        while (!open.empty()) {
            Case current = std::move(open.back());
            open.pop_back();
            bound_.start(current.orders, current.multipliers);
            bool split = true;
            while (split) {
                ++cases_;
                const End end = solve(current);
                split = end == End::split;
                if (split) open.push_back(divide(current));
                if (end == End::bounded || end == End::settled) done_ += current.share;
                if (end == End::out_of_budget) {
                    current.bound_number = write_bound();
                    give_up(current);
                    while (!open.empty()) {
                        give_up(open.back());
                        open.pop_back();
                    }
                }
                if (another_) return;
            }
        }
    }

    [[nodiscard]] End solve(Case& current) {
        std::int64_t last = 0;
        const auto triples = static_cast<std::int64_t>(bound_.triples()) + 1;
        for (int step = 1;; ++step) {
            if (!budget_.spend(triples, share_before_ + share_here_ * done_))
                return End::out_of_budget;
            bound_.step();
            const std::int64_t missing = needed() - bound_.best_value();
            const bool look = step % steps_between_looks == 0;
            if (!look && missing > 0) continue;
            if (settle_by_bound(current)) return End::bounded;
            if (all_decided(current.orders)) return settle_last(current);
            if (look) {
                const std::int64_t gain = bound_.best_value() - last;
                const bool first_look = step == steps_between_looks;
                if (!first_look && (step >= most_steps || gain < missing / least_gain_divisor))
                    return End::split;
                last = bound_.best_value();
            }
        }
    }

    /// The scaled bound from which on nothing below the threshold is left.
    [[nodiscard]] std::int64_t needed() const noexcept {
        return (threshold_ - 1) * (std::int64_t{1} << bound_.scale_bits()) + 1;
    }

    [[nodiscard]] std::int64_t rounded_up(std::int64_t scaled) const noexcept {
        const std::int64_t unit = std::int64_t{1} << bound_.scale_bits();
        return scaled <= 0 ? 0 : (scaled + unit - 1) / unit;
    }

    /// Whether the best multipliers end the case. Else decides the pairs whose other side
    /// they exclude.
    [[nodiscard]] bool settle_by_bound(Case& current) {
        const std::int64_t value = bound_.exact(current.orders, reduced_);
        if (value >= needed()) {
            current.bound_number = write_bound();
            write_end(current.bound_number);
            return true;
        }
        const std::int64_t missing = needed() - value;
        if (!worth_a_set_of_cycles(current.orders, missing)) return false;
        bool written = false;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                const std::int64_t r = reduced_[i * size_ + k];
                if ((r < 0 ? -r : r) < missing || current.orders.decided(i, k)) continue;
                if (!written) current.bound_number = write_bound();
                written = true;
                const std::size_t first = r < 0 ? i : k;
                const std::size_t second = r < 0 ? k : i;
                write_branch(second, first);
                write_end(current.bound_number);
                current.orders.put_before(first, second);
            }
        }
        if (!written) return false;
        // What follows by transitivity may have raised the bound.
        if (bound_.exact(current.orders, reduced_) >= needed()) {
            write_end(current.bound_number);
            return true;
        }
        bound_.decide(current.orders);
        return false;
    }

    /// Whether the bound decides enough of the open pairs, so that proofs stay short.
    [[nodiscard]] bool worth_a_set_of_cycles(const PairOrders& orders, std::int64_t missing) const {
        constexpr std::size_t least_part = 8;
        std::size_t open = 0;
        std::size_t excluded = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                if (orders.decided(i, k)) continue;
                const std::int64_t r = reduced_[i * size_ + k];
                ++open;
                excluded += (r < 0 ? -r : r) >= missing ? 1 : 0;
            }
        }
        return excluded > 0 && excluded * least_part >= open;
    }

    [[nodiscard]] bool all_decided(const PairOrders& orders) const {
        for (std::size_t i = 0; i < size_; ++i)
            for (std::size_t k = i + 1; k < size_; ++k)
                if (!orders.decided(i, k)) return false;
        return true;
    }

    [[nodiscard]] End settle_last(Case& current) {
        std::vector<std::pair<std::size_t, Index>> places;
        for (std::size_t i = 0; i < size_; ++i) {
            std::size_t in_front = 0;
            for (std::size_t k = 0; k < size_; ++k) in_front += current.orders.before(k, i) ? 1U : 0U;
            places.emplace_back(in_front, static_cast<Index>(i));
        }
        std::sort(places.begin(), places.end());
        Order order;
        for (const auto& place : places) order.push_back(place.second);
        consider(order);
        // With every pair decided the bound without cycles is the cost.
        write_end(write_empty_bound());
        return End::settled;
    }

    void consider(const Order& order) {
        const std::int64_t cost = turned_majorities(margins_, order);
        if (threshold_ > best_cost_) {
            another_ = another_ || (cost <= best_cost_ && order != best_);
        } else if (cost < best_cost_) {
            best_cost_ = cost;
            threshold_ = cost;
            best_ = order;
        }
    }

    /// Decides the pair that the relaxation leaves most open; returns the other case.
    [[nodiscard]] Case divide(Case& current) {
        consider(rounded_order());
        std::size_t first = 0;
        std::size_t second = 0;
        std::int32_t widest = -1;
        std::int64_t largest = -1;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                if (current.orders.decided(i, k)) continue;
                const std::int32_t place = bound_.place(i, k);
                const std::int32_t open = std::min(place, CycleBound::one - place);
                const std::int64_t margin = margins_.margins[i * size_ + k];
                const std::int64_t size = margin < 0 ? -margin : margin;
                if (open < widest || (open == widest && size <= largest)) continue;
                widest = open;
                largest = size;
                first = 2 * place >= CycleBound::one ? i : k;
                second = first == i ? k : i;
            }
        }
        if (current.bound_number == no_bound) current.bound_number = write_bound();
        write_branch(first, second);
        current.share /= 2.0;
        Case other{current.orders, bound_.best(), current.bound_number, current.share};
        other.orders.put_before(second, first);
        current.orders.put_before(first, second);
        bound_.start(current.orders, other.multipliers);
        return other;
    }

    /// The relaxed order, rounded and improved.
    [[nodiscard]] Order rounded_order() const {
        std::vector<std::pair<std::int64_t, Index>> places;
        for (std::size_t i = 0; i < size_; ++i) {
            std::int64_t sum = 0;
            for (std::size_t k = 0; k < size_; ++k) sum += k == i ? 0 : bound_.place(i, k);
            places.emplace_back(-sum, static_cast<Index>(i));
        }
        std::sort(places.begin(), places.end());
        Order order;
        for (const auto& place : places) order.push_back(place.second);
        improve_by_insertion(margins_, order);
        return order;
    }

    /// Ends a case without a decision; the bound of the part is what its cycles give.
    void give_up(const Case& current) {
        if (proof_ == nullptr) return;
        write_end(current.bound_number);
        least_open_ = std::min(least_open_, value_of(current));
    }

    /// What the cycles of a case prove.
    [[nodiscard]] std::int64_t value_of(const Case& current) {
        std::vector<std::int64_t> costs(size_ * size_);
        const std::int64_t scale = std::int64_t{1} << bound_.scale_bits();
        for (std::size_t p = 0; p < costs.size(); ++p)
            costs[p] = std::max(-margins_.margins[p], std::int64_t{0}) * scale;
        std::int64_t total = 0;
        for (const WeightedCycle& cycle : proof_->bounds[current.bound_number]) {
            total += cycle.weight;
            costs[cycle.b * size_ + cycle.a] -= cycle.weight;
            costs[cycle.c * size_ + cycle.b] -= cycle.weight;
            costs[cycle.a * size_ + cycle.c] -= cycle.weight;
        }
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t k = i + 1; k < size_; ++k) {
                const std::int64_t forward = costs[i * size_ + k];
                const std::int64_t backward = costs[k * size_ + i];
                total += current.orders.before(i, k)   ? forward
                         : current.orders.before(k, i) ? backward
                                                       : std::min(forward, backward);
            }
        }
        return rounded_up(total);
    }

    [[nodiscard]] std::uint32_t write_bound() {
        if (proof_ == nullptr) return 0;
        proof_->bounds.push_back(bound_.cycles());
        budget_.keep(proof_->bounds.back().size());
        return static_cast<std::uint32_t>(proof_->bounds.size() - 1);
    }
    [[nodiscard]] std::uint32_t write_empty_bound() {
        if (proof_ == nullptr) return 0;
        proof_->bounds.emplace_back();
        return static_cast<std::uint32_t>(proof_->bounds.size() - 1);
    }
    void write_end(std::uint32_t number) {
        if (proof_ != nullptr) proof_->steps.push_back({false, number, 0});
    }
    void write_branch(std::size_t first, std::size_t second) {
        if (proof_ != nullptr)
            proof_->steps.push_back(
                {true, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second)});
    }

    static constexpr std::uint32_t no_bound = std::numeric_limits<std::uint32_t>::max();

    std::size_t size_;
    const MarginMatrix& margins_;
    SearchBudget& budget_;
    double share_before_;
    double share_here_;
    CycleBound bound_;
    std::vector<std::int64_t> reduced_;
    Order best_;
    std::int64_t best_cost_ = 0;
    /// Orders of this excess or more are of no interest.
    std::int64_t threshold_ = 0;
    std::int64_t least_open_ = std::numeric_limits<std::int64_t>::max();
    bool another_ = false;
    double done_ = 0.0;
    std::int64_t cases_ = 0;
    PartProof* proof_ = nullptr;
};

}  // namespace thuocdo::rank::detail
