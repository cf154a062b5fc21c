#pragma once
/// @file
/// Ranks of units by score, with a declared rule for ties.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// What units that are equal on the score and on every tie-breaker get.
enum class TieRule {
    competition,  ///< 1224: 1 + the number of units strictly better
    dense,        ///< 1223: 1 + the number of different better scores
    fractional,   ///< 1 2.5 2.5 4: the mean of the positions that they share
    ordinal       ///< 1234: ties are an error unless a tie-breaker decides them
};

/// A column that decides between units of equal score, and which end of it is
/// better. A missing value (NaN) comes after every observed one; two missing
/// values are equal.
struct TieBreaker {
    Eigen::VectorXd values;
    numeric::Order order = numeric::Order::descending;
};

namespace detail {

/// Score first, then the tie-breakers in turn.
class Comparison {
  public:
    Comparison(const double* scores, std::span<const TieBreaker> breakers)
        : scores_(scores), breakers_(breakers) {}

    [[nodiscard]] bool same_score(std::uint32_t a, std::uint32_t b) const noexcept {
        return scores_[a] == scores_[b];
    }

    /// Whether the tie-breakers put `a` before `b`.
    [[nodiscard]] bool breaks_before(std::uint32_t a, std::uint32_t b) const noexcept {
        for (const TieBreaker& breaker : breakers_) {
            const std::uint64_t key_a = key(breaker, a);
            const std::uint64_t key_b = key(breaker, b);
            if (key_a != key_b) return key_a < key_b;
        }
        return false;
    }

    [[nodiscard]] bool tied(std::uint32_t a, std::uint32_t b) const noexcept {
        return same_score(a, b) && !breaks_before(a, b) && !breaks_before(b, a);
    }

  private:
    [[nodiscard]] static std::uint64_t key(const TieBreaker& breaker, std::uint32_t row) noexcept {
        return numeric::order_key(breaker.values.data()[row], breaker.order);
    }

    const double* scores_;
    std::span<const TieBreaker> breakers_;
};

/// Puts every run of equal scores into the order of the tie-breakers.
inline void break_ties(std::span<std::uint32_t> rows, const Comparison& comparison) {
    std::size_t first = 0;
    while (first < rows.size()) {
        std::size_t end = first + 1;
        while (end < rows.size() && comparison.same_score(rows[first], rows[end])) ++end;
        if (end - first > 1) {
            std::stable_sort(rows.begin() + static_cast<std::ptrdiff_t>(first),
                             rows.begin() + static_cast<std::ptrdiff_t>(end),
                             [&comparison](std::uint32_t a, std::uint32_t b) {
                                 return comparison.breaks_before(a, b);
                             });
        }
        first = end;
    }
}

/// Writes the ranks of rows that stand in order, best first.
inline void rank_ordered(std::span<const std::uint32_t> rows, const Comparison& comparison,
                         TieRule rule, double* ranks, std::vector<Problem>& problems) {
    std::size_t different = 0;
    std::size_t first = 0;
    while (first < rows.size()) {
        std::size_t end = first + 1;
        while (end < rows.size() && comparison.tied(rows[first], rows[end])) ++end;
        ++different;
        double rank = static_cast<double>(first + 1);
        if (rule == TieRule::dense) rank = static_cast<double>(different);
        if (rule == TieRule::fractional) rank = static_cast<double>(first + 1 + end) / 2.0;
        for (std::size_t i = first; i < end; ++i) ranks[rows[i]] = rank;
        if (rule == TieRule::ordinal && end - first > 1) {
            problems.push_back(Problem{
                "unbroken_tie",
                "rows " + std::to_string(rows[first]) + " and " + std::to_string(rows[first + 1]),
                std::to_string(end - first) + " units equal on the score and on every tie-breaker",
                "a different place for each unit under the ordinal rule",
                "add a last tie-breaker that is never equal, such as the order of unit codes"});
        }
        first = end;
    }
}

inline void check_size(std::size_t found, Index expected, const std::string& place,
                       std::vector<Problem>& problems) {
    if (found == static_cast<std::size_t>(expected)) return;
    problems.push_back(Problem{"size_mismatch", place, std::to_string(found) + " values",
                               "one for each of " + std::to_string(expected) + " scores",
                               "give every unit a value; NaN where it is missing"});
}

inline void check_breakers(std::span<const TieBreaker> breakers, Index units,
                           std::vector<Problem>& problems) {
    for (std::size_t i = 0; i < breakers.size(); ++i) {
        check_size(static_cast<std::size_t>(breakers[i].values.size()), units,
                   "tie_breakers[" + std::to_string(i) + "]", problems);
    }
}

inline void throw_problems(std::vector<Problem>&& problems) {
    if (!problems.empty()) throw NumericError("cannot rank the units", std::move(problems));
}

/// The rows that have a score, best first; equal scores in row order.
[[nodiscard]] inline std::vector<std::uint32_t> scored_rows(ColumnView scores,
                                                            numeric::Order order) {
    std::vector<std::uint32_t> rows = numeric::argsort(
        std::span<const double>(scores.data(), static_cast<std::size_t>(scores.size())), order);
    // Missing scores come last.
    while (!rows.empty() && scores.data()[rows.back()] != scores.data()[rows.back()])
        rows.pop_back();
    return rows;
}

}  // namespace detail

/// Rank of every unit, 1 for the best: the largest score in descending order,
/// the smallest in ascending order. A unit without a score (NaN) gets the rank
/// NaN and does not count.
///
/// Scores tie only when they are exactly equal (-0.0 equals 0.0). There is no
/// tolerance, because near-ties chain: 1, 1 + 1e-12 and 1 + 2e-12 have three
/// ranks. Round the scores first when only printed digits shall count. The
/// result depends on the values alone, never on the order of rows.
///
/// Units of equal score are compared on `tie_breakers` in turn; the first that
/// differs decides. O(n) plus the sorting of ties, no recursion.
///
/// @param scores one score a unit, n rows
/// @param tie_breakers columns of n rows
/// @return n ranks between 1 and the number of units with a score
/// @throws NumericError if a tie-breaker has another length, or under
/// TieRule::ordinal for every set of units that remains tied, naming two rows.
[[nodiscard]] inline Eigen::VectorXd ranks(ColumnView scores, TieRule rule, numeric::Order order,
                                           std::span<const TieBreaker> tie_breakers) {
    std::vector<Problem> problems;
    detail::check_breakers(tie_breakers, scores.size(), problems);
    detail::throw_problems(std::move(problems));

    Eigen::VectorXd result =
        Eigen::VectorXd::Constant(scores.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<std::uint32_t> rows = detail::scored_rows(scores, order);
    const detail::Comparison comparison(scores.data(), tie_breakers);
    if (!tie_breakers.empty()) detail::break_ties(rows, comparison);
    std::vector<Problem> ties;
    detail::rank_ordered(rows, comparison, rule, result.data(), ties);
    detail::throw_problems(std::move(ties));
    return result;
}

/// The same without tie-breakers.
[[nodiscard]] inline Eigen::VectorXd ranks(ColumnView scores, TieRule rule = TieRule::competition,
                                           numeric::Order order = numeric::Order::descending) {
    return ranks(scores, rule, order, std::span<const TieBreaker>{});
}

/// Group of a unit that ranks_within leaves out.
inline constexpr std::int32_t unranked_group = -1;

/// Ranks within each group, as if every group were ranked alone: provinces by
/// region, ministries apart from provinces. Units of group -1 get NaN and count
/// nowhere. Group numbers need not be dense.
///
/// @throws NumericError as ranks() does; also if `group` has another length or
/// a number below -1.
[[nodiscard]] inline Eigen::VectorXd ranks_within(ColumnView scores,
                                                  std::span<const std::int32_t> group,
                                                  TieRule rule = TieRule::competition,
                                                  numeric::Order order = numeric::Order::descending,
                                                  std::span<const TieBreaker> tie_breakers = {}) {
    std::vector<Problem> problems;
    detail::check_breakers(tie_breakers, scores.size(), problems);
    detail::check_size(group.size(), scores.size(), "group", problems);
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i] >= unranked_group) continue;
        problems.push_back(Problem{"invalid_group", "group[" + std::to_string(i) + "]",
                                   std::to_string(group[i]), "a group number, or -1 for no group",
                                   "number the groups from 0"});
    }
    detail::throw_problems(std::move(problems));

    Eigen::VectorXd result =
        Eigen::VectorXd::Constant(scores.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<std::uint32_t> by_score = detail::scored_rows(scores, order);
    std::erase_if(by_score, [group](std::uint32_t row) { return group[row] == unranked_group; });

    // A stable sort by group keeps the order of scores inside each group.
    std::vector<double> groups(by_score.size());
    for (std::size_t i = 0; i < by_score.size(); ++i) groups[i] = group[by_score[i]];
    std::vector<std::uint32_t> rows = numeric::argsort(groups, numeric::Order::ascending);
    for (std::uint32_t& row : rows) row = by_score[row];

    const detail::Comparison comparison(scores.data(), tie_breakers);
    std::vector<Problem> ties;
    std::size_t first = 0;
    while (first < rows.size()) {
        std::size_t end = first + 1;
        while (end < rows.size() && group[rows[end]] == group[rows[first]]) ++end;
        const std::span<std::uint32_t> members(rows.data() + first, end - first);
        if (!tie_breakers.empty()) detail::break_ties(members, comparison);
        detail::rank_ordered(members, comparison, rule, result.data(), ties);
        first = end;
    }
    detail::throw_problems(std::move(ties));
    return result;
}

}  // namespace thuocdo::rank
