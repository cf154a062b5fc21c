#pragma once
/// @file
/// Which alternative is preferred to which, pair by pair, where not all can be compared.

#include <thuocdo/rank/detail/checks.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// How the first alternative of an ordered pair stands to the second.
enum class PairComparison : std::uint8_t {
    indifferent,  ///< I: as good as each other
    better,       ///< P: the first is preferred
    worse,        ///< the second is preferred
    incomparable  ///< R: neither, and not indifferent
};

/// What holds of the second to the first.
[[nodiscard]] constexpr PairComparison reversed(PairComparison comparison) noexcept {
    if (comparison == PairComparison::better) return PairComparison::worse;
    if (comparison == PairComparison::worse) return PairComparison::better;
    return comparison;
}

/// How many pairs of different alternatives there are of each kind, each pair once.
struct ComparisonCounts {
    Index indifferent = 0;
    /// One is preferred to the other.
    Index preferred = 0;
    Index incomparable = 0;
};

/// A preference relation: one byte an ordered pair of alternatives. Every alternative is
/// indifferent to itself, and (b, a) is the reverse of (a, b).
class PreferenceRelation {
  public:
    /// Of no alternative.
    PreferenceRelation() = default;

    /// All indifferent.
    explicit PreferenceRelation(Index alternatives)
        : size_(alternatives),
          pairs_(static_cast<std::size_t>(alternatives) * static_cast<std::size_t>(alternatives),
                 PairComparison::indifferent) {}

    /// @param pairs row after row, as data() gives them.
    /// @throws NumericError naming the entries that do not mirror each other.
    PreferenceRelation(Index alternatives, std::vector<PairComparison> pairs)
        : size_(alternatives), pairs_(std::move(pairs)) {
        const auto expected =
            static_cast<std::size_t>(alternatives) * static_cast<std::size_t>(alternatives);
        if (pairs_.size() != expected)
            detail::refuse("cannot make the preference relation", "size_mismatch",
                           "argument \"pairs\"", std::to_string(pairs_.size()) + " entries",
                           std::to_string(expected) + ", one an ordered pair", "");
        std::vector<Problem> problems;
        for (Index a = 0; a < size_; ++a)
            for (Index b = 0; b <= a && problems.size() < detail::problems_listed; ++b)
                check_mirror(a, b, problems);
        if (!problems.empty())
            throw NumericError("cannot make the preference relation", std::move(problems));
    }

    /// How many alternatives it compares; 0 where none was asked for.
    [[nodiscard]] Index size() const noexcept { return size_; }

    /// How `a` stands to `b`; both below size().
    [[nodiscard]] PairComparison operator()(Index a, Index b) const noexcept {
        return pairs_[position(a, b)];
    }

    /// Sets the pair in both orders.
    void set(Index a, Index b, PairComparison comparison) noexcept {
        pairs_[position(a, b)] = comparison;
        pairs_[position(b, a)] = reversed(comparison);
    }

    /// Row after row.
    [[nodiscard]] const std::vector<PairComparison>& data() const noexcept { return pairs_; }

    /// Complexity: half the pairs.
    [[nodiscard]] ComparisonCounts counts() const noexcept {
        ComparisonCounts found;
        for (Index a = 0; a < size_; ++a) {
            for (Index b = 0; b < a; ++b) {
                const PairComparison comparison = (*this)(a, b);
                found.indifferent += comparison == PairComparison::indifferent ? 1 : 0;
                found.incomparable += comparison == PairComparison::incomparable ? 1 : 0;
            }
        }
        found.preferred = size_ * (size_ - 1) / 2 - found.indifferent - found.incomparable;
        return found;
    }

    /// Whether the relation orders all: no pair is incomparable.
    [[nodiscard]] bool complete() const noexcept { return counts().incomparable == 0; }

    /// Alternatives that none is preferred to, in their order.
    [[nodiscard]] std::vector<Index> unbeaten() const {
        std::vector<Index> found;
        for (Index a = 0; a < size_; ++a) {
            bool beaten = false;
            for (Index b = 0; b < size_ && !beaten; ++b)
                beaten = (*this)(a, b) == PairComparison::worse;
            if (!beaten) found.push_back(a);
        }
        return found;
    }

    friend bool operator==(const PreferenceRelation&, const PreferenceRelation&) = default;

  private:
    [[nodiscard]] std::size_t position(Index a, Index b) const noexcept {
        return static_cast<std::size_t>(a) * static_cast<std::size_t>(size_) +
               static_cast<std::size_t>(b);
    }

    void check_mirror(Index a, Index b, std::vector<Problem>& problems) const {
        const auto code = [&](Index first, Index second) {
            return std::to_string(static_cast<int>((*this)(first, second)));
        };
        const bool known = (*this)(a, b) <= PairComparison::incomparable &&
                           (*this)(b, a) <= PairComparison::incomparable;
        const bool mirrored = (*this)(a, b) == reversed((*this)(b, a));
        if (known && mirrored && (a != b || (*this)(a, a) == PairComparison::indifferent)) return;
        problems.push_back({"not_a_preference_relation", detail::cell_place(a, b),
                            "code " + code(a, b) + " against " + code(b, a),
                            "what mirrors the pair in the other order; indifference of each "
                            "alternative to itself",
                            ""});
    }

    Index size_ = 0;
    std::vector<PairComparison> pairs_;
};

/// The relation on which two rankings (1 is the best, ties allowed) agree: a is better
/// where it is better in one and not worse in the other, indifferent where it is tied in
/// both, incomparable where the rankings contradict each other.
[[nodiscard]] inline PreferenceRelation intersection_of_rankings(std::span<const Index> first,
                                                                 std::span<const Index> second) {
    if (first.size() != second.size())
        detail::refuse("cannot intersect the rankings", "size_mismatch", "argument \"second\"",
                       std::to_string(second.size()) + " ranks",
                       std::to_string(first.size()) + ", as many as in \"first\"", "");
    PreferenceRelation relation(static_cast<Index>(first.size()));
    for (std::size_t a = 0; a < first.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const bool better = first[a] < first[b] || second[a] < second[b];
            const bool worse = first[a] > first[b] || second[a] > second[b];
            const PairComparison comparison = better && worse ? PairComparison::incomparable
                                              : better        ? PairComparison::better
                                              : worse         ? PairComparison::worse
                                                              : PairComparison::indifferent;
            relation.set(static_cast<Index>(a), static_cast<Index>(b), comparison);
        }
    }
    return relation;
}

}  // namespace thuocdo::rank
