#pragma once
/// @file
/// Dominance between alternatives, and non-dominated fronts.

#include <thuocdo/rank/detail/dominators.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace thuocdo::rank {

using BooleanMatrix = Eigen::Matrix<bool, Eigen::Dynamic, Eigen::Dynamic>;
using BooleanVector = Eigen::Matrix<bool, Eigen::Dynamic, 1>;
using IndexVector = Eigen::Matrix<Index, Eigen::Dynamic, 1>;

/// What dominance_counts() finds, one entry an alternative.
struct DominanceCounts {
    /// How many alternatives it dominates.
    IndexVector dominates;
    /// How many alternatives dominate it.
    IndexVector dominated_by;
};

namespace detail {

/// A decision without weights, which dominance has none of.
class UnweightedDecision {
  public:
    UnweightedDecision(MatrixView x, std::span<const Direction> directions)
        : equal_(static_cast<std::size_t>(x.cols()), 1.0),
          view_(x, equal_, directions, "dominance") {}

    [[nodiscard]] const DecisionView& view() const noexcept { return view_; }

  private:
    std::vector<double> equal_;
    DecisionView view_;
};

/// Values of a criterion in the order of dominance, turned so that higher is better.
[[nodiscard]] inline std::vector<double> turned(const DecisionView& x, Index j,
                                                const DominanceOrder& order) {
    const double sign = x.higher_is_better(j) ? 1.0 : -1.0;
    std::vector<double> values;
    values.reserve(order.rows.size());
    for (const std::uint32_t row : order.rows) values.push_back(sign * x.column(j)[row]);
    return values;
}

/// One criterion: who has the best value.
[[nodiscard]] inline BooleanVector holders_of_best(const DecisionView& x) {
    BooleanVector flags(x.rows());
    for (Index i = 0; i < x.rows(); ++i) flags[i] = x.column(0)[i] == x.best(0);
    return flags;
}

/// Two criteria: in order of the first one an alternative is non-dominated when it is
/// better on the second than everything before it that is not identical to it.
[[nodiscard]] inline BooleanVector non_dominated_of_two(const DecisionView& x) {
    const DominanceOrder order(x);
    const std::vector<double> second = turned(x, 1, order);
    BooleanVector flags(x.rows());
    double best = 0.0;
    bool any = false;
    for (std::size_t p = 0; p < second.size(); ++p) {
        bool& flag = flags[static_cast<Index>(order.rows[p])];
        if (order.group_starts[p] != p) {
            flag = flags[static_cast<Index>(order.rows[p - 1])];
            continue;
        }
        flag = !any || second[p] > best;
        best = flag ? second[p] : best;
        any = true;
    }
    return flags;
}

/// Blocks of alternatives against the non-dominated ones before them and each other.
/// What a dominated alternative dominates is dominated by a non-dominated one too.
[[nodiscard]] inline BooleanVector non_dominated_of_many(const DecisionView& x) {
    const DominanceOrder order(x, StrongAlternatives(x).others_than_dominated());
    const std::size_t size = order.rows.size();
    BooleanVector flags = BooleanVector::Constant(x.rows(), false);
    Dominators dominators(x);
    std::vector<std::uint32_t> kept;  // positions
    std::vector<std::uint32_t> rows;
    std::vector<std::uint32_t> limits;
    for (std::size_t start = 0; start < size;) {
        const std::size_t count = target_block(kept.size(), size - start);
        rows.clear();
        limits.clear();
        for (const std::uint32_t p : kept) rows.push_back(order.rows[p]);
        for (std::size_t p = start; p < start + count; ++p) {
            rows.push_back(order.rows[p]);
            const std::uint32_t group = order.group_starts[p];
            const auto before = std::lower_bound(kept.begin(), kept.end(), group) - kept.begin();
            const std::size_t in_block = group > start ? group - start : 0;
            limits.push_back(
                static_cast<std::uint32_t>(static_cast<std::size_t>(before) + in_block));
        }
        dominators.find(rows, limits);
        for (std::size_t t = 0; t < count; ++t) {
            const std::span<const std::uint64_t> bits = dominators.row(t);
            const bool free =
                std::all_of(bits.begin(), bits.end(), [](std::uint64_t word) { return word == 0; });
            flags[static_cast<Index>(order.rows[start + t])] = free;
            if (free) kept.push_back(static_cast<std::uint32_t>(start + t));
        }
        start += count;
    }
    return flags;
}

/// One or two criteria. Of each front the last member in the order so far has the highest
/// value of the second criterion, and these values do not rise from front to front. An
/// alternative is dominated from a front whose highest value is at least its own, and
/// belongs to the first front that is not such a one.
[[nodiscard]] inline IndexVector fronts_of_few(const DecisionView& x) {
    const DominanceOrder order(x);
    // With one criterion every different value is a front of its own, as with equal seconds.
    const std::vector<double> second =
        x.columns() == 1 ? std::vector<double>(order.rows.size(), 0.0) : turned(x, 1, order);
    IndexVector fronts(x.rows());
    std::vector<double> highest;  // value of the second criterion in each front
    for (std::size_t p = 0; p < second.size(); ++p) {
        Index& front = fronts[static_cast<Index>(order.rows[p])];
        if (order.group_starts[p] != p) {
            front = fronts[static_cast<Index>(order.rows[p - 1])];
            continue;
        }
        const auto found = std::partition_point(highest.begin(), highest.end(),
                                                [&](double value) { return value >= second[p]; });
        front = static_cast<Index>(found - highest.begin()) + 1;
        if (found == highest.end()) {
            highest.push_back(second[p]);
        } else {
            *found = second[p];
        }
    }
    return fronts;
}

/// The front of an alternative is one after the last front among those that dominate it.
/// Words of bits are looked at from the end, where fronts tend to be late, and only where
/// the last front of their 64 alternatives is later than what was found.
[[nodiscard]] inline IndexVector fronts_of_many(const DecisionView& x) {
    const DominanceOrder order(x);
    IndexVector fronts(x.rows());
    std::vector<std::uint32_t> front_at(order.rows.size());
    std::vector<std::uint32_t> last_front(order.rows.size() / word_bits + 1, 0);
    for_each_dominated(x, order, [&](std::size_t p, std::span<const std::uint64_t> bits) {
        std::uint32_t latest = 0;
        for (std::size_t w = bits.size(); w-- > 0;) {
            if (bits[w] == 0 || last_front[w] <= latest) continue;
            for (std::uint64_t left = bits[w]; left != 0; left &= left - 1)
                latest = std::max(
                    latest,
                    front_at[w * word_bits + static_cast<std::size_t>(std::countr_zero(left))]);
        }
        front_at[p] = latest + 1;
        last_front[p / word_bits] = std::max(last_front[p / word_bits], latest + 1);
        fronts[static_cast<Index>(order.rows[p])] = static_cast<Index>(latest) + 1;
    });
    return fronts;
}

/// Counts of numbers by their place in an order, which can be asked how many stand at or
/// after a place: a binary indexed tree.
class PlaceCounts {
  public:
    explicit PlaceCounts(std::size_t places) : counts_(places + 1, 0) {}

    void add(std::size_t place) noexcept {
        for (std::size_t k = place + 1; k < counts_.size(); k += k & (~k + 1)) ++counts_[k];
        ++total_;
    }
    [[nodiscard]] Index at_or_after(std::size_t place) const noexcept {
        Index before = 0;
        for (std::size_t k = place; k > 0; k -= k & (~k + 1)) before += counts_[k];
        return total_ - before;
    }

  private:
    std::vector<Index> counts_;
    Index total_ = 0;
};

/// By how many alternatives each is dominated; one or two criteria.
[[nodiscard]] inline IndexVector dominators_of_few(const DecisionView& x) {
    const DominanceOrder order(x);
    IndexVector counts(x.rows());
    if (x.columns() == 1) {
        for (std::size_t p = 0; p < order.rows.size(); ++p)
            counts[static_cast<Index>(order.rows[p])] = static_cast<Index>(order.group_starts[p]);
        return counts;
    }
    const std::vector<double> second = turned(x, 1, order);
    std::vector<double> places = second;
    std::sort(places.begin(), places.end());
    PlaceCounts seen(places.size());
    std::vector<std::size_t> place(second.size());
    for (std::size_t p = 0; p < second.size(); ++p)
        place[p] = static_cast<std::size_t>(
            std::lower_bound(places.begin(), places.end(), second[p]) - places.begin());
    std::size_t added = 0;
    for (std::size_t p = 0; p < second.size(); ++p) {
        for (; added < order.group_starts[p]; ++added) seen.add(place[added]);
        counts[static_cast<Index>(order.rows[p])] = seen.at_or_after(place[p]);
    }
    return counts;
}

/// By how many alternatives each is dominated; three criteria or more.
[[nodiscard]] inline IndexVector dominators_of_many(const DecisionView& x) {
    const DominanceOrder order(x);
    IndexVector counts(x.rows());
    for_each_dominated(x, order, [&](std::size_t p, std::span<const std::uint64_t> bits) {
        Index count = 0;
        for (const std::uint64_t word : bits) count += std::popcount(word);
        counts[static_cast<Index>(order.rows[p])] = count;
    });
    return counts;
}

[[nodiscard]] inline IndexVector dominator_counts(const DecisionView& x) {
    return x.columns() <= 2 ? dominators_of_few(x) : dominators_of_many(x);
}

}  // namespace detail

/// Whether alternative a dominates alternative b, in row a and column b: never worse and
/// once better. Identical alternatives do not dominate each other, so the diagonal is
/// false.
///
/// @param x alternatives by criteria, finite.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView.
/// No number is computed, only compared: nothing is rounded, and -0 equals 0. A constant
/// column changes nothing.
/// Complexity: n^2 flags of memory; n^2 m / 128 operations on words at most, far fewer
/// where criteria disagree. For flags or counts alone use the functions below, which need
/// no such memory.
[[nodiscard]] inline BooleanMatrix dominance_matrix(MatrixView x,
                                                    std::span<const Direction> directions) {
    const detail::UnweightedDecision decision(x, directions);
    const detail::DominanceOrder order(decision.view());
    BooleanMatrix result = BooleanMatrix::Constant(x.rows(), x.rows(), false);
    detail::for_each_dominated(
        decision.view(), order, [&](std::size_t p, std::span<const std::uint64_t> bits) {
            bool* const column = result.data() + static_cast<Index>(order.rows[p]) * result.rows();
            for (std::size_t w = 0; w < bits.size(); ++w)
                for (std::uint64_t left = bits[w]; left != 0; left &= left - 1)
                    column[order.rows[w * detail::word_bits +
                                      static_cast<std::size_t>(std::countr_zero(left))]] = true;
        });
    return result;
}

/// Whether no other alternative dominates each: the Pareto set. Identical alternatives
/// have the same flag. Arguments and errors as dominance_matrix().
/// Complexity: O(n) for one criterion and O(n log n) for two, by sorting. For more, n s
/// m / 64 operations on words at most, s the size of the Pareto set, far fewer where
/// criteria disagree; 32 MB of memory at most for up to 4 million alternatives. The
/// sort-first idea is that of J. Chomicki, P. Godfrey, J. Gryz and D. Liang (2003),
/// "Skyline with presorting", 19th International Conference on Data Engineering.
[[nodiscard]] inline BooleanVector non_dominated(MatrixView x,
                                                 std::span<const Direction> directions) {
    const detail::UnweightedDecision decision(x, directions);
    const DecisionView& view = decision.view();
    return view.columns() == 1   ? detail::holders_of_best(view)
           : view.columns() == 2 ? detail::non_dominated_of_two(view)
                                 : detail::non_dominated_of_many(view);
}

/// The front of each alternative: 1 for the non-dominated ones, 2 for those that are
/// non-dominated when front 1 is taken away, and so on. Identical alternatives are in the
/// same front. Arguments and errors as dominance_matrix().
/// Complexity: O(n log n) for one and two criteria; for more n^2 m / 128 operations on
/// words at most. Source: N. Srinivas and K. Deb (1994), "Multiobjective optimization
/// using nondominated sorting in genetic algorithms", Evolutionary Computation 2(3),
/// 221-248; the order of work is that of X. Zhang, Y. Tian, R. Cheng and Y. Jin (2015),
/// "An efficient approach to nondominated sorting for evolutionary multiobjective
/// optimization", IEEE Transactions on Evolutionary Computation 19(2), 201-213.
[[nodiscard]] inline IndexVector non_dominated_fronts(MatrixView x,
                                                      std::span<const Direction> directions) {
    const detail::UnweightedDecision decision(x, directions);
    const DecisionView& view = decision.view();
    return view.columns() <= 2 ? detail::fronts_of_few(view) : detail::fronts_of_many(view);
}

/// How many alternatives each one dominates, and by how many it is dominated: the row and
/// column sums of dominance_matrix(), without the matrix. Arguments and errors as there.
/// Complexity: O(n log n) for one and two criteria; for more n^2 m / 64 operations on
/// words at most.
[[nodiscard]] inline DominanceCounts dominance_counts(MatrixView x,
                                                      std::span<const Direction> directions) {
    const detail::UnweightedDecision decision(x, directions);
    // What dominates an alternative when every direction is turned round is dominated by it.
    std::vector<Direction> opposite;
    for (const Direction direction : directions)
        opposite.push_back(direction == Direction::higher_is_better ? Direction::lower_is_better
                                                                    : Direction::higher_is_better);
    const detail::UnweightedDecision turned(x, opposite);
    return {detail::dominator_counts(turned.view()), detail::dominator_counts(decision.view())};
}

}  // namespace thuocdo::rank
