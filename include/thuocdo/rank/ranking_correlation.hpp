#pragma once
/// @file
/// How much two rankings agree: correlations of ranks, and overlaps of their tops.
///
/// Every measure first brings both rankings to ranks of their own (1 is the best), so only
/// the order inside each counts. For the correlations ties share the mean of their places;
/// for the overlaps they share the best of them. All are free of the order of rows.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/discordant_pairs.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/kendall.hpp>
#include <thuocdo/numeric/spearman.hpp>
#include <thuocdo/rank/detail/checks.hpp>
#include <thuocdo/rank/detail/rankings_view.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

enum class RankingMeasure {
    spearman,
    kendall_tau_a,
    kendall_tau_b,
    kendall_tau_x,
    weighted_spearman,
    ws_coefficient,
    rank_biased_overlap,
    top_k_overlap,
    top_k_jaccard
};

struct RankingMeasureOptions {
    /// Of rank_biased_overlap: probability of looking one place further, above 0 and below
    /// 1. With 0.9 the first ten places have 86 % of the weight.
    double persistence = 0.9;
    /// Of top_k_overlap and top_k_jaccard: places at the top, from 1 to the number of
    /// alternatives.
    Index k = 1;
};

namespace detail {

inline constexpr double undefined_agreement = std::numeric_limits<double>::quiet_NaN();

/// One ranking, brought to the forms that the measures read.
struct PreparedRanking {
    Eigen::VectorXd average;
    Eigen::VectorXd best;
    numeric::detail::RankedColumn ranked;

    explicit PreparedRanking(ColumnView column)
        : average(ranks(column, TieRule::fractional, numeric::Order::ascending)),
          best(ranks(column, TieRule::competition, numeric::Order::ascending)),
          ranked(column.data(), column.size()) {}

    [[nodiscard]] Index size() const noexcept { return average.size(); }
    [[nodiscard]] bool constant() const noexcept { return ranked.runs() < 2; }
};

inline void check_ranking(ColumnView column, const char* name, std::vector<Problem>& problems) {
    for (Index i = 0; i < column.size() && problems.size() < problems_listed; ++i) {
        const double value = column.data()[i];
        if (std::isfinite(value)) continue;
        const bool missing = std::isnan(value);
        problems.push_back({missing ? "missing_value" : "infinite_value",
                            entry_place(name, static_cast<std::size_t>(i)),
                            missing ? "a missing value" : numeric::shortest(value),
                            "a finite number", "leave out what is not ranked in both"});
    }
}

inline void check_measure(RankingMeasure measure, Index n, const RankingMeasureOptions& options,
                          std::vector<Problem>& problems) {
    const bool top =
        measure == RankingMeasure::top_k_overlap || measure == RankingMeasure::top_k_jaccard;
    if (top && (options.k < 1 || options.k > n))
        problems.push_back({"option_out_of_range", "k", std::to_string(options.k),
                            "from 1 to " + std::to_string(n) + ", the number of alternatives", ""});
    if (measure == RankingMeasure::rank_biased_overlap &&
        !(options.persistence > 0.0 && options.persistence < 1.0))
        problems.push_back({"option_out_of_range", "persistence",
                            numeric::shortest(options.persistence), "above 0 and below 1", ""});
}

/// The share of pairs of alternatives with the same order, ties included, less those
/// turned round.
[[nodiscard]] inline double tau_x_of(const PreparedRanking& x, const PreparedRanking& y,
                                     const numeric::KendallCounts& counts) {
    if (x.size() < 2) return undefined_agreement;
    numeric::detail::DiscordantPairs pairs(x.size());
    pairs.count(x.ranked, y.ranked);
    return static_cast<double>(counts.concordant_less_discordant + pairs.tied_in_both()) /
           static_cast<double>(counts.row_pairs());
}

[[nodiscard]] THUOCDO_KERNEL inline double weighted_spearman_of(const PreparedRanking& x,
                                                                const PreparedRanking& y) {
    THUOCDO_EXACT
    if (x.constant() || y.constant()) return undefined_agreement;
    const auto n = static_cast<double>(x.size());
    numeric::ExactSum sum;
    for (Index i = 0; i < x.size(); ++i) {
        const double a = x.average.data()[i];
        const double b = y.average.data()[i];
        sum.add((a - b) * (a - b) * ((n - a + 1.0) + (n - b + 1.0)));
    }
    constexpr double factor = 6.0;
    // n^4 + n^3 - n^2 - n.
    return 1.0 - factor * sum.value() / (n * (n + 1.0) * (n * n - 1.0));
}

/// 2^-rank for a rank that is a multiple of 1/2, the same on every machine.
[[nodiscard]] inline double halvings(double rank) noexcept {
    const double whole = std::floor(rank);
    const double power = std::ldexp(1.0, -static_cast<int>(whole));
    constexpr double one_half = 0.5;
    return rank > whole ? power * std::sqrt(one_half) : power;
}

[[nodiscard]] THUOCDO_KERNEL inline double ws_of(const PreparedRanking& x,
                                                 const PreparedRanking& y) {
    THUOCDO_EXACT
    if (x.constant() || y.constant()) return undefined_agreement;
    const auto n = static_cast<double>(x.size());
    numeric::ExactSum sum;
    for (Index i = 0; i < x.size(); ++i) {
        const double a = x.average.data()[i];
        const double b = y.average.data()[i];
        sum.add(halvings(a) * std::abs(a - b) / std::max(std::abs(1.0 - a), std::abs(n - a)));
    }
    return 1.0 - sum.value();
}

[[nodiscard]] THUOCDO_KERNEL inline double rank_biased_overlap_of(const PreparedRanking& x,
                                                                  const PreparedRanking& y,
                                                                  double persistence) {
    THUOCDO_EXACT
    const auto n = static_cast<std::size_t>(x.size());
    // What each depth adds to both tops, and to what they share.
    std::vector<std::int64_t> enter(n + 1, 0);
    std::vector<std::int64_t> shared(n + 1, 0);
    for (Index i = 0; i < x.size(); ++i) {
        const double a = x.best.data()[i];
        const double b = y.best.data()[i];
        ++enter[static_cast<std::size_t>(a)];
        ++enter[static_cast<std::size_t>(b)];
        ++shared[static_cast<std::size_t>(std::max(a, b))];
    }
    std::int64_t members = 0;
    std::int64_t common = 0;
    double weight = 1.0 - persistence;
    double remaining = 1.0;
    double sum = 0.0;
    for (std::size_t depth = 1; depth <= n; ++depth) {
        members += enter[depth];
        common += shared[depth];
        sum += weight * (2.0 * static_cast<double>(common) / static_cast<double>(members));
        weight *= persistence;
        remaining *= persistence;
    }
    // Both have all alternatives from here on, so they agree for ever.
    return sum + remaining;
}

struct TopCounts {
    Index in_x = 0;
    Index in_y = 0;
    Index in_both = 0;
};

[[nodiscard]] inline TopCounts top_counts(const PreparedRanking& x, const PreparedRanking& y,
                                          Index k) {
    const auto last = static_cast<double>(k);
    TopCounts counts;
    for (Index i = 0; i < x.size(); ++i) {
        const bool in_x = x.best.data()[i] <= last;
        const bool in_y = y.best.data()[i] <= last;
        counts.in_x += in_x ? 1 : 0;
        counts.in_y += in_y ? 1 : 0;
        counts.in_both += in_x && in_y ? 1 : 0;
    }
    return counts;
}

[[nodiscard]] inline double measure_of(RankingMeasure measure, const PreparedRanking& x,
                                       const PreparedRanking& y,
                                       const RankingMeasureOptions& options) {
    if (measure == RankingMeasure::weighted_spearman) return weighted_spearman_of(x, y);
    if (measure == RankingMeasure::ws_coefficient) return ws_of(x, y);
    if (measure == RankingMeasure::rank_biased_overlap)
        return rank_biased_overlap_of(x, y, options.persistence);
    if (measure == RankingMeasure::spearman) return numeric::spearman(x.average, y.average);
    if (measure == RankingMeasure::top_k_overlap || measure == RankingMeasure::top_k_jaccard) {
        const TopCounts counts = top_counts(x, y, options.k);
        const auto both = static_cast<double>(counts.in_both);
        if (measure == RankingMeasure::top_k_overlap)
            return 2.0 * both / static_cast<double>(counts.in_x + counts.in_y);
        return both / static_cast<double>(counts.in_x + counts.in_y - counts.in_both);
    }
    const numeric::KendallCounts counts =
        numeric::detail::KendallCounter(x.size())(x.ranked, y.ranked);
    if (measure == RankingMeasure::kendall_tau_a) return numeric::detail::tau_a_of(counts);
    if (measure == RankingMeasure::kendall_tau_b) return numeric::detail::tau_b_of(counts);
    return tau_x_of(x, y, counts);
}

}  // namespace detail

/// A measure by its name; the functions below say what each is.
///
/// @param x, y ranks of the same alternatives, 1 is the best, finite.
/// @throws NumericError for no alternative, sizes that differ, cells that are missing or
///         infinite, and options out of range, all at once.
/// Complexity: two sorts, then O(n); Kendall's with the pairs of numeric::kendall_counts.
[[nodiscard]] inline double ranking_correlation(RankingMeasure measure, ColumnView x, ColumnView y,
                                                const RankingMeasureOptions& options = {}) {
    std::vector<Problem> problems;
    if (x.size() == 0)
        problems.push_back({"no_alternative", "argument \"x\"", "no rank", "one or more", ""});
    if (y.size() != x.size())
        problems.push_back({"size_mismatch", "argument \"y\"", std::to_string(y.size()) + " ranks",
                            std::to_string(x.size()) + ", as in \"x\"", ""});
    detail::check_ranking(x, "x", problems);
    detail::check_ranking(y, "y", problems);
    if (x.size() > 0) detail::check_measure(measure, x.size(), options, problems);
    if (!problems.empty())
        throw NumericError("the rankings cannot be compared", std::move(problems));
    return detail::measure_of(measure, detail::PreparedRanking(x), detail::PreparedRanking(y),
                              options);
}

/// Spearman's rho: Pearson's correlation of the average ranks. It equals
/// 1 - 6 sum d^2 / (n (n^2 - 1)) only without ties; some programs use that form always.
/// NaN where a ranking is constant, which some programs make a number.
/// Source: C. Spearman (1904), American Journal of Psychology 15(1), 72-101.
[[nodiscard]] inline double spearman(ColumnView x, ColumnView y) {
    return ranking_correlation(RankingMeasure::spearman, x, y);
}

/// Kendall's tau-a: concordant less discordant pairs over all pairs, whatever their ties.
/// NaN for one alternative, 0 where a ranking is constant. As numeric::kendall_tau_a.
[[nodiscard]] inline double kendall_tau_a(ColumnView x, ColumnView y) {
    return ranking_correlation(RankingMeasure::kendall_tau_a, x, y);
}

/// Kendall's tau-b: the same over the geometric mean of the pairs that each ranking
/// decides. NaN where a ranking is constant. As numeric::kendall_tau_b.
[[nodiscard]] inline double kendall_tau_b(ColumnView x, ColumnView y) {
    return ranking_correlation(RankingMeasure::kendall_tau_b, x, y);
}

/// tau_x of Emond and Mason: (C - D + T) / (n (n - 1) / 2), with T the pairs that are tied
/// in both rankings; a pair tied in one alone counts 0. It is 1 exactly for equal
/// rankings, ties included, and falls with Kemeny and Snell's distance. NaN for one
/// alternative; a constant ranking is a ranking like another. Equals tau-a without ties.
/// Source: E. J. Emond and D. W. Mason (2002), Journal of Multi-Criteria Decision Analysis
/// 11(1), 17-28.
[[nodiscard]] inline double kendall_tau_x(ColumnView x, ColumnView y) {
    return ranking_correlation(RankingMeasure::kendall_tau_x, x, y);
}

/// Weighted rank measure of correlation, on average ranks:
/// 1 - 6 sum (x - y)^2 ((n - x + 1) + (n - y + 1)) / (n^4 + n^3 - n^2 - n). Differences at
/// the top count more. NaN for one alternative and where a ranking is constant.
/// Source: J. Pinto da Costa and C. Soares (2005), Australian & New Zealand Journal of
/// Statistics 47(4), 515-529.
[[nodiscard]] inline double weighted_spearman(ColumnView x, ColumnView y) {
    return ranking_correlation(RankingMeasure::weighted_spearman, x, y);
}

/// WS coefficient of similarity, on average ranks:
/// 1 - sum 2^-x |x - y| / max(|1 - x|, |n - x|). Not symmetric: x is the reference. NaN for
/// one alternative and where a ranking is constant.
/// Source: W. Sałabun and K. Urbaniak (2020), ICCS 2020, Lecture Notes in Computer Science
/// 12138, 632-645.
[[nodiscard]] inline double ws_coefficient(ColumnView x, ColumnView y) {
    return ranking_correlation(RankingMeasure::ws_coefficient, x, y);
}

/// Rank-biased overlap in its extrapolated form RBO_ext for lists of equal length, at the
/// full depth n: A(n) p^n + (1 - p) sum over depths d = 1..n of p^(d - 1) A(d). A(d) is
/// the agreement with ties of its section 4.4: 2 |S(d) and T(d)| / (|S(d)| + |T(d)|), where
/// S(d) has every alternative whose best place is d or better, so a tie enters as a whole
/// at its first place. Both rankings have all alternatives, so A(n) = 1.
///
/// From 0 to 1; 1 for equal rankings.
/// @param persistence p, above 0 and below 1.
/// Source: W. Webber, A. Moffat and J. Zobel (2010), ACM Transactions on Information
/// Systems 28(4), article 20.
[[nodiscard]] inline double rank_biased_overlap(ColumnView x, ColumnView y,
                                                double persistence = 0.9) {
    return ranking_correlation(RankingMeasure::rank_biased_overlap, x, y,
                               {.persistence = persistence});
}

/// Share of the two tops that they have in common: 2 |X and Y| / (|X| + |Y|), which is
/// |X and Y| / k without ties at the cut.
///
/// A top has every alternative with fewer than k strictly better ones, so a tie at the cut
/// enters as a whole and a top may have more than k.
/// @param k from 1 to the number of alternatives.
[[nodiscard]] inline double top_k_overlap(ColumnView x, ColumnView y, Index k) {
    return ranking_correlation(RankingMeasure::top_k_overlap, x, y, {.k = k});
}

/// Jaccard's index of the two tops, |X and Y| / |X or Y|; tops as in top_k_overlap().
[[nodiscard]] inline double top_k_jaccard(ColumnView x, ColumnView y, Index k) {
    return ranking_correlation(RankingMeasure::top_k_jaccard, x, y, {.k = k});
}

/// A measure for every two columns.
///
/// @param rankings alternatives by rankings, 1 is the best, finite.
/// @return entry (i, j) compares column i with column j; symmetric but for the WS
///         coefficient, whose reference is column i.
/// @throws NumericError as ranking_correlation().
/// Complexity: a sort a ranking, then that of the measure for each pair.
[[nodiscard]] inline Eigen::MatrixXd ranking_correlation_matrix(
    RankingsView rankings, RankingMeasure measure, const RankingMeasureOptions& options = {}) {
    const detail::CheckedRankings checked(rankings, {}, "the comparison");
    std::vector<Problem> problems;
    detail::check_measure(measure, checked.rows(), options, problems);
    checked.throw_if_any(std::move(problems));
    if (measure == RankingMeasure::spearman) return numeric::spearman_matrix(rankings);
    if (measure == RankingMeasure::kendall_tau_b) return numeric::kendall_matrix(rankings);
    std::vector<detail::PreparedRanking> prepared;
    for (Index j = 0; j < checked.columns(); ++j)
        prepared.emplace_back(Eigen::Map<const Eigen::VectorXd>(checked.column(j), checked.rows()));
    const bool symmetric = measure != RankingMeasure::ws_coefficient;
    Eigen::MatrixXd result(checked.columns(), checked.columns());
    for (Index i = 0; i < checked.columns(); ++i) {
        for (Index j = symmetric ? i : 0; j < checked.columns(); ++j) {
            result(i, j) = detail::measure_of(measure, prepared[static_cast<std::size_t>(i)],
                                              prepared[static_cast<std::size_t>(j)], options);
            if (symmetric) result(j, i) = result(i, j);
        }
    }
    return result;
}

}  // namespace thuocdo::rank
