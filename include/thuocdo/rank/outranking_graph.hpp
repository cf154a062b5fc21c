#pragma once
/// @file
/// The graph of an outranking relation: cycles and the kernel.

#include <thuocdo/rank/detail/checks.hpp>
#include <thuocdo/rank/preference_relation.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace thuocdo::rank {

/// outranks(a, b) is true where alternative a is at least as good as b.
using OutrankingMatrix = Eigen::Matrix<bool, Eigen::Dynamic, Eigen::Dynamic>;

/// The kernel of an outranking relation, and what stands in its way.
struct OutrankingKernel {
    /// Alternatives in the kernel, in their order.
    std::vector<Index> alternatives;
    /// For each alternative the cycle that it is in: alternatives that outrank each other,
    /// directly or through others, share a number. Numbers count from 0 in the order of
    /// the first alternative of each.
    std::vector<Index> components;
    /// Whether two alternatives or more share a cycle.
    bool has_cycle = false;
};

namespace detail {

/// Strongly connected components by Tarjan's algorithm, without recursion: a chain of all
/// alternatives would be as deep as there are alternatives.
class ComponentSearch {
  public:
    explicit ComponentSearch(const OutrankingMatrix& outranks)
        : outranks_(outranks),
          component_(static_cast<std::size_t>(outranks.rows()), none),
          visit_(component_.size(), none),
          lowest_(component_.size(), none) {
        for (Index a = 0; a < outranks.rows(); ++a)
            if (visit_[at(a)] == none) search_from(a);
    }

    /// Numbered such that a component outranks only those with lower numbers.
    [[nodiscard]] const std::vector<Index>& components() const noexcept { return component_; }
    [[nodiscard]] Index count() const noexcept { return count_; }

  private:
    static constexpr Index none = -1;

    struct Step {
        Index alternative;
        Index next;
    };

    [[nodiscard]] static std::size_t at(Index a) noexcept { return static_cast<std::size_t>(a); }

    void enter(Index a) {
        visit_[at(a)] = visits_;
        lowest_[at(a)] = visits_;
        ++visits_;
        open_.push_back(a);
        path_.push_back({a, 0});
    }

    void search_from(Index start) {
        enter(start);
        while (!path_.empty()) {
            const Index a = path_.back().alternative;
            const Index b = next_outranked(path_.back());
            if (b == none) {
                leave(a);
            } else if (visit_[at(b)] == none) {
                enter(b);
            } else if (component_[at(b)] == none) {
                lowest_[at(a)] = std::min(lowest_[at(a)], visit_[at(b)]);
            }
        }
    }

    [[nodiscard]] Index next_outranked(Step& step) const noexcept {
        while (step.next < outranks_.cols()) {
            const Index b = step.next++;
            if (b != step.alternative && outranks_(step.alternative, b)) return b;
        }
        return none;
    }

    void leave(Index a) {
        path_.pop_back();
        if (!path_.empty()) {
            const Index before = path_.back().alternative;
            lowest_[at(before)] = std::min(lowest_[at(before)], lowest_[at(a)]);
        }
        if (lowest_[at(a)] != visit_[at(a)]) return;
        Index member = none;
        do {
            member = open_.back();
            open_.pop_back();
            component_[at(member)] = count_;
        } while (member != a);
        ++count_;
    }

    const OutrankingMatrix& outranks_;
    std::vector<Index> component_;
    std::vector<Index> visit_;
    std::vector<Index> lowest_;
    std::vector<Index> open_;
    std::vector<Step> path_;
    Index visits_ = 0;
    Index count_ = 0;
};

}  // namespace detail

/// The kernel: alternatives of which none outranks another, and one or more of which
/// outranks each alternative outside.
///
/// A graph without cycles has exactly one kernel; one with cycles may have none or several.
/// So alternatives on a cycle, which are as good as each other by it, are taken as one, and
/// all of them are in the kernel or none. **Not outranked by any** is not the kernel, as
/// some programs have it: it is empty where all are on a cycle, and leaves out
/// alternatives that only those outside the kernel outrank.
///
/// @param outranks square; the diagonal is not looked at.
/// @throws NumericError if it is not square.
/// Complexity: O(n^2). Sources: B. Roy (1968), "Classement et choix en presence de points de
/// vue multiples", RIRO 8, 57-75; R. Tarjan (1972), SIAM Journal on Computing 1(2).
[[nodiscard]] inline OutrankingKernel outranking_kernel(const OutrankingMatrix& outranks) {
    if (outranks.rows() != outranks.cols())
        detail::refuse("cannot find the kernel", "size_mismatch", "argument \"outranks\"",
                       std::to_string(outranks.rows()) + " x " + std::to_string(outranks.cols()),
                       "as many rows as columns", "");
    const detail::ComponentSearch search(outranks);
    const std::vector<Index>& component = search.components();
    const Index rows = outranks.rows();
    std::vector<std::vector<Index>> members(static_cast<std::size_t>(search.count()));
    for (Index a = 0; a < rows; ++a)
        members[static_cast<std::size_t>(component[static_cast<std::size_t>(a)])].push_back(a);

    // From the components that none outranks on; each that enters casts out what it outranks.
    OutrankingKernel kernel;
    std::vector<bool> cast_out(members.size(), false);
    for (std::size_t c = members.size(); c-- > 0;) {
        kernel.has_cycle = kernel.has_cycle || members[c].size() > 1;
        if (cast_out[c]) continue;
        for (const Index a : members[c]) {
            kernel.alternatives.push_back(a);
            for (Index b = 0; b < rows; ++b) {
                const auto other = static_cast<std::size_t>(component[static_cast<std::size_t>(b)]);
                if (other != c && outranks(a, b)) cast_out[other] = true;
            }
        }
    }
    std::sort(kernel.alternatives.begin(), kernel.alternatives.end());

    constexpr Index unnumbered = -1;
    std::vector<Index> number(members.size(), unnumbered);
    Index numbers = 0;
    kernel.components.reserve(static_cast<std::size_t>(rows));
    for (const Index c : component) {
        Index& own = number[static_cast<std::size_t>(c)];
        if (own == unnumbered) own = numbers++;
        kernel.components.push_back(own);
    }
    return kernel;
}

/// a is better than b where a outranks b but not the other way round, indifferent where each
/// outranks the other, incomparable where neither does.
[[nodiscard]] inline PreferenceRelation relation_of_outranking(const OutrankingMatrix& outranks) {
    PreferenceRelation relation(outranks.rows());
    for (Index a = 0; a < outranks.rows(); ++a) {
        for (Index b = 0; b < a; ++b) {
            const bool forth = outranks(a, b);
            const bool back = outranks(b, a);
            relation.set(a, b,
                         forth && back ? PairComparison::indifferent
                         : forth       ? PairComparison::better
                         : back        ? PairComparison::worse
                                       : PairComparison::incomparable);
        }
    }
    return relation;
}

}  // namespace thuocdo::rank
