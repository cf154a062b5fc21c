#pragma once
/// @file
/// Why no order of the alternatives is nearer to the rankings than a number: a proof that
/// kemeny() writes and that verify_kemeny() reads without trusting its author.

#include <thuocdo/rank/detail/pair_orders.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// Three alternatives of which no order puts a before b, b before c and c before a. Each
/// order therefore turns one of the three round. The cycle takes its weight out of what
/// the three turned pairs cost and pays it once.
struct WeightedCycle {
    /// Positions in `members` of the part.
    std::uint16_t a = 0;
    std::uint16_t b = 0;
    std::uint16_t c = 0;
    /// 0 or more, in units of 2^-scale_bits of the common divisor of the margins.
    std::int64_t weight = 0;

    friend bool operator==(const WeightedCycle&, const WeightedCycle&) = default;
};

/// One step of a proof by cases.
struct ProofStep {
    /// True: the proofs of two cases follow, first the one where `first` stands before
    /// `second`, then the other. False: the case ends with the set `first` of cycles.
    bool branch = false;
    /// Position in `members`, or number of the set of cycles.
    std::uint32_t first = 0;
    std::uint32_t second = 0;

    friend bool operator==(const ProofStep&, const ProofStep&) = default;
};

/// Proof for the pairs inside one part of the alternatives.
struct PartProof {
    /// Rows of the alternatives.
    std::vector<Index> members;
    int scale_bits = 0;
    std::vector<std::vector<WeightedCycle>> bounds;
    std::vector<ProofStep> steps;
};

/// Parts that share no alternative and have them all. A pair of two parts costs at least
/// what its majority costs.
struct KemenyCertificate {
    std::vector<PartProof> parts;
};

/// What verify_kemeny() finds.
struct KemenyVerification {
    /// The certificate is a proof of the lower bound. Where it is not, `reason` says why and
    /// the bound is that of the majorities alone.
    bool sound = false;
    std::string reason;
    /// Of the given order, counted afresh.
    double distance = 0.0;
    double lower_bound = 0.0;
    /// The bound is sound and equals the distance, which is decided in whole numbers.
    bool optimal = false;
};

namespace detail {

/// Reads the proof of one part. Shares nothing with the search that wrote it but the
/// closure of a set of decided pairs.
class ProofReader {
  public:
    ProofReader(const PartProof& proof, MarginMatrix margins)
        : proof_(proof), size_(margins.size), margins_(std::move(margins.margins)) {
        for (const std::int64_t margin : margins_) unit_ = std::gcd(unit_, margin);
        if (unit_ == 0) unit_ = 1;
        for (std::int64_t& margin : margins_) margin /= unit_;
    }

    /// Least cost above that of the majorities which the proof leaves possible, in units of
    /// the margins; negative when the proof is broken.
    [[nodiscard]] std::int64_t least_excess(std::string& reason) {
        if (!well_formed(reason)) return -1;
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        std::vector<PairOrders> open{PairOrders(static_cast<std::size_t>(size_))};
        for (const ProofStep& step : proof_.steps) {
            if (open.empty()) {
                reason = "steps after the last case";
                return -1;
            }
            if (step.branch) {
                PairOrders other = open.back();
                PairOrders& first = open.back();
                if (!other.put_before(step.second, step.first)) other.make_impossible();
                if (!first.put_before(step.first, step.second)) first.make_impossible();
                // The case that comes first in the proof is on top.
                std::swap(first, other);
                open.push_back(std::move(other));
            } else {
                if (!open.back().impossible())
                    least = std::min(least, bound(step.first, open.back()));
                open.pop_back();
            }
        }
        if (!open.empty()) {
            reason = "a case without an end";
            return -1;
        }
        return least * unit_;
    }

  private:
    /// Keeps sums of weights far from overflow.
    static constexpr std::int64_t largest_sum = std::int64_t{1} << 60;
    static constexpr int most_scale_bits = 30;

    [[nodiscard]] bool well_formed(std::string& reason) const {
        if (proof_.scale_bits < 0 || proof_.scale_bits > most_scale_bits) {
            reason = "a scale out of range";
            return false;
        }
        std::int64_t all = 0;
        for (const std::int64_t margin : margins_) {
            all += (margin < 0 ? -margin : margin);
            if (all > (largest_sum >> proof_.scale_bits)) {
                reason = "a scale that makes the costs too large";
                return false;
            }
        }
        for (const auto& cycles : proof_.bounds) {
            std::int64_t rest = largest_sum;
            for (const WeightedCycle& cycle : cycles) {
                const bool inside = cycle.a < size_ && cycle.b < size_ && cycle.c < size_;
                const bool different =
                    cycle.a != cycle.b && cycle.b != cycle.c && cycle.a != cycle.c;
                if (!inside || !different || cycle.weight < 0 || cycle.weight > rest) {
                    reason = "a cycle that is none, or whose weight is out of range";
                    return false;
                }
                rest -= cycle.weight;
            }
        }
        const auto members = static_cast<std::uint32_t>(size_);
        for (const ProofStep& step : proof_.steps) {
            const bool fits = step.branch ? step.first < members && step.second < members &&
                                                step.first != step.second
                                          : step.first < proof_.bounds.size();
            if (!fits) {
                reason = "a step that names what is not there";
                return false;
            }
        }
        return true;
    }

    /// Costs of putting i before k once the cycles have taken their weight: at first what
    /// the majority against it loses. Steps that follow each other often share a set.
    void take_cycles_out(std::uint32_t number) {
        if (!costs_.empty() && number == taken_out_) return;
        taken_out_ = number;
        const auto n = static_cast<std::size_t>(size_);
        costs_.resize(margins_.size());
        for (std::size_t p = 0; p < margins_.size(); ++p)
            costs_[p] = margins_[p] < 0 ? -margins_[p] * (std::int64_t{1} << proof_.scale_bits) : 0;
        paid_ = 0;
        for (const WeightedCycle& cycle : proof_.bounds[number]) {
            paid_ += cycle.weight;
            costs_[cycle.b * n + cycle.a] -= cycle.weight;
            costs_[cycle.c * n + cycle.b] -= cycle.weight;
            costs_[cycle.a * n + cycle.c] -= cycle.weight;
        }
    }

    /// Lower bound of the excess in a case, rounded up to whole units.
    [[nodiscard]] std::int64_t bound(std::uint32_t number, const PairOrders& orders) {
        take_cycles_out(number);
        const auto n = static_cast<std::size_t>(size_);
        std::int64_t total = paid_;
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = i + 1; k < n; ++k) {
                const std::int64_t forward = costs_[i * n + k];
                const std::int64_t backward = costs_[k * n + i];
                if (orders.before(i, k))
                    total += forward;
                else if (orders.before(k, i))
                    total += backward;
                else
                    total += std::min(forward, backward);
            }
        }
        if (total <= 0) return 0;
        const std::int64_t unit = std::int64_t{1} << proof_.scale_bits;
        return (total + unit - 1) / unit;
    }

    const PartProof& proof_;
    Index size_;
    std::vector<std::int64_t> margins_;
    std::int64_t unit_ = 0;
    std::uint32_t taken_out_ = 0;
    std::int64_t paid_ = 0;
    std::vector<std::int64_t> costs_;
};

/// Margins among the members of a part, or all of them.
[[nodiscard]] inline MarginMatrix margins_among(PairMargins& pairs,
                                                std::span<const Index> members) {
    MarginMatrix matrix;
    matrix.size = static_cast<Index>(members.size());
    matrix.margins.reserve(members.size() * members.size());
    std::vector<std::int64_t> row;
    for (const Index i : members) {
        pairs.row(i, row);
        for (const Index k : members) matrix.margins.push_back(row[static_cast<std::size_t>(k)]);
    }
    return matrix;
}

/// Total weight of the rankings that decide a pair, added up over the pairs.
[[nodiscard]] inline std::int64_t decided_pairs(const CheckedRankings& rankings,
                                                const WholeWeights& weights) {
    std::int64_t total = 0;
    const Index n = rankings.rows();
    for (Index j = 0; j < rankings.columns(); ++j) {
        std::vector<double> sorted(rankings.column(j), rankings.column(j) + n);
        std::sort(sorted.begin(), sorted.end());
        std::int64_t pairs = n * (n - 1) / 2;
        std::int64_t tied = 0;
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            tied = sorted[i] == sorted[i - 1] ? tied + 1 : 0;
            pairs -= tied;
        }
        total += weights.integers[static_cast<std::size_t>(j)] * pairs;
    }
    return total;
}

/// Whether every row from 0 on stands once in the list.
[[nodiscard]] inline bool has_every_row_once(const std::vector<Index>& list, Index rows) {
    std::vector<bool> seen(static_cast<std::size_t>(rows), false);
    for (const Index i : list) {
        if (i < 0 || i >= rows || seen[static_cast<std::size_t>(i)]) return false;
        seen[static_cast<std::size_t>(i)] = true;
    }
    return static_cast<Index>(list.size()) == rows;
}

/// Kemeny's method: most alternatives, and most units of the last decimal of the weights
/// together. Pairs times weights then stay below 2^62.
inline constexpr Index kemeny_most_alternatives = 4096;
inline constexpr std::int64_t kemeny_most_weight = std::int64_t{1} << 39;

inline void check_kemeny_size(const CheckedRankings& rankings) {
    if (rankings.rows() > kemeny_most_alternatives)
        rankings.throw_if_any({Problem{"too_many_alternatives", "argument \"rankings\"",
                                       std::to_string(rankings.rows()) + " rows",
                                       "at most " + std::to_string(kemeny_most_alternatives),
                                       "rank them by groups, or with Borda or Copeland"}});
}

}  // namespace detail

/// Counts the distance of an order afresh and reads the certificate step by step.
///
/// A part of the alternatives is proven by cases: a step splits a case by which of two
/// alternatives stands first, and each case ends with a set of weighted cycles. There the
/// bound is the weight of the cycles plus, for each pair, the lesser of its two remaining
/// costs, or the cost of the side that is decided by the case (also by transitivity).
/// The bound of the part is the least over its cases, rounded up to a multiple of the
/// common divisor of its margins, since every order costs such a multiple. This is the
/// dual of the linear relaxation with triangle inequalities, so a reader needs no solver.
///
/// @param order rows of the alternatives, best first.
/// @throws NumericError as kemeny(), and when `order` has not every row once.
/// Complexity: J n^2 for the margins, then the pairs and cycles of every case.
[[nodiscard]] inline KemenyVerification verify_kemeny(RankingsView rankings,
                                                      const std::vector<Index>& order,
                                                      const KemenyCertificate& certificate,
                                                      std::span<const double> weights = {}) {
    const detail::CheckedRankings checked(rankings, weights, "the verification");
    detail::check_kemeny_size(checked);
    const detail::WholeWeights whole = checked.whole_weights(detail::kemeny_most_weight);
    const Index n = checked.rows();
    if (!detail::has_every_row_once(order, n))
        checked.throw_if_any(
            {Problem{"not_an_order", "argument \"order\"", "rows that repeat, lack or do not exist",
                     "every row once, counted from 0", ""}});
    detail::PairMargins pairs(checked, whole);
    std::int64_t turned = 0;
    std::int64_t absolute = 0;
    std::vector<std::int64_t> row;
    for (std::size_t p = 0; p < order.size(); ++p) {
        pairs.row(order[p], row);
        for (std::size_t q = p + 1; q < order.size(); ++q) {
            const std::int64_t margin = row[static_cast<std::size_t>(order[q])];
            absolute += margin < 0 ? -margin : margin;
            turned += margin < 0 ? -margin : 0;
        }
    }
    // What decides a pair is split into majority and minority.
    const std::int64_t minorities = (detail::decided_pairs(checked, whole) - absolute) / 2;

    KemenyVerification found;
    std::vector<Index> everyone;
    for (const PartProof& part : certificate.parts)
        everyone.insert(everyone.end(), part.members.begin(), part.members.end());
    found.sound = detail::has_every_row_once(everyone, n);
    if (!found.sound) found.reason = "parts that do not have every alternative once";
    std::int64_t excess = 0;
    for (const PartProof& part : certificate.parts) {
        if (!found.sound) break;
        const std::int64_t least =
            detail::ProofReader(part, detail::margins_among(pairs, part.members))
                .least_excess(found.reason);
        found.sound = least >= 0;
        excess += found.sound ? least : 0;
    }
    if (!found.sound) excess = 0;
    found.distance = whole.value_of(minorities + turned);
    found.lower_bound = whole.value_of(minorities + excess);
    found.optimal = found.sound && excess == turned;
    return found;
}

}  // namespace thuocdo::rank
