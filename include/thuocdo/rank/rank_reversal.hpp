#pragma once
/// @file
/// What becomes of a ranking when an alternative is dropped, added or copied.

#include <thuocdo/numeric/kendall.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/rank/decision_view.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// A method with its weights and directions: scores of the rows of a matrix.
using ScoresOfRows = std::function<Eigen::VectorXd(MatrixView)>;

/// How the order of the others changed with one alternative.
struct RankReversal {
    /// Row that was dropped or copied; the number of rows for one that was added.
    Index alternative = 0;
    /// Pairs of other alternatives whose order turned round.
    std::int64_t reversed_pairs = 0;
    /// Pairs that became or ceased to be a tie.
    std::int64_t changed_ties = 0;
    /// Whether the set of the best among the others is another one.
    bool best_changed = false;
    /// The best of the others afterwards, by their rows.
    std::vector<Index> best_after{};
};

struct RankReversalOptions {
    numeric::Order order = numeric::Order::descending;
    /// Called with the share done after each alternative; returning false stops.
    std::function<bool(double)> progress{};
};

namespace detail {

[[nodiscard]] inline std::vector<Index> best_rows(const Eigen::VectorXd& scores,
                                                  const std::vector<Index>& names,
                                                  numeric::Order order) {
    std::vector<Index> best;
    double best_score = 0.0;
    for (Index i = 0; i < scores.size(); ++i) {
        const bool better =
            best.empty() ||
            (order == numeric::Order::descending ? scores[i] > best_score : scores[i] < best_score);
        if (better) {
            best.clear();
            best_score = scores[i];
        }
        if (better || scores[i] == best_score) best.push_back(names[static_cast<std::size_t>(i)]);
    }
    return best;
}

/// Compares the scores of the same alternatives before and after.
[[nodiscard]] inline RankReversal compare_orders(Index alternative, const Eigen::VectorXd& before,
                                                 const Eigen::VectorXd& after,
                                                 const std::vector<Index>& names,
                                                 numeric::Order order) {
    RankReversal out;
    out.alternative = alternative;
    const numeric::KendallCounts counts = numeric::kendall_counts(before, after);
    // Tied before and after, from the ties of pairs of values.
    std::int64_t tied_in_both = 0;
    {
        std::vector<std::pair<double, double>> pairs;
        for (Index i = 0; i < before.size(); ++i)
            pairs.emplace_back(before[i] + 0.0, after[i] + 0.0);
        std::sort(pairs.begin(), pairs.end());
        std::int64_t run = 1;
        for (std::size_t i = 1; i <= pairs.size(); ++i) {
            if (i < pairs.size() && pairs[i] == pairs[i - 1]) {
                ++run;
                continue;
            }
            tied_in_both += run * (run - 1) / 2;
            run = 1;
        }
    }
    const std::int64_t tied_before = counts.ties_a.tied_pairs;
    const std::int64_t tied_after = counts.ties_b.tied_pairs;
    const std::int64_t strict = counts.row_pairs() - tied_before - tied_after + tied_in_both;
    out.reversed_pairs = (strict - counts.concordant_less_discordant) / 2;
    out.changed_ties = tied_before + tied_after - 2 * tied_in_both;
    out.best_after = best_rows(after, names, order);
    out.best_changed = out.best_after != best_rows(before, names, order);
    return out;
}

[[nodiscard]] inline std::vector<Index> rows_but(Index count, Index left_out) {
    std::vector<Index> rows;
    for (Index i = 0; i < count; ++i)
        if (i != left_out) rows.push_back(i);
    return rows;
}

[[nodiscard]] inline Eigen::VectorXd entries_of(const Eigen::VectorXd& values,
                                                const std::vector<Index>& rows) {
    Eigen::VectorXd out(static_cast<Index>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) out[static_cast<Index>(i)] = values[rows[i]];
    return out;
}

}  // namespace detail

/// Drops each alternative in turn and ranks the others again. An index whose ranks the
/// scores of one unit decide alone never reverses; methods that scale by the extremes,
/// sums or norms of the cohort do.
///
/// @param x alternatives by criteria.
/// @param scores the method; it is called with one row less each time.
/// @return one entry an alternative, fewer when the progress callback asked to stop;
///         nothing below three alternatives, where no pair is left.
/// Complexity: n calls of the method and n counts of pairs of O(n log n). Source: V. Belton
/// and T. Gear (1983), "On a short-coming of Saaty's method of analytic hierarchies", Omega
/// 11(3), 228-230.
[[nodiscard]] inline std::vector<RankReversal> rank_reversal_when_dropped(
    MatrixView x, const ScoresOfRows& scores, const RankReversalOptions& options = {}) {
    std::vector<RankReversal> out;
    constexpr Index fewest = 3;
    if (x.rows() < fewest) return out;
    const Eigen::VectorXd all = scores(x);
    Eigen::MatrixXd rest = x.bottomRows(x.rows() - 1);
    for (Index dropped = 0; dropped < x.rows(); ++dropped) {
        // Row k of the rest is x(k) before the one dropped and x(k + 1) after it.
        if (dropped > 0) rest.row(dropped - 1) = x.row(dropped - 1);
        const std::vector<Index> names = detail::rows_but(x.rows(), dropped);
        out.push_back(detail::compare_orders(dropped, detail::entries_of(all, names), scores(rest),
                                             names, options.order));
        if (options.progress &&
            !options.progress(static_cast<double>(dropped + 1) / static_cast<double>(x.rows())))
            break;
    }
    return out;
}

/// Adds one alternative and compares the order of those that were there.
/// @param row one value a criterion.
/// @throws NumericError when it has another length than a row of x.
[[nodiscard]] inline RankReversal rank_reversal_when_added(
    MatrixView x, const Eigen::Ref<const Eigen::RowVectorXd>& row, const ScoresOfRows& scores,
    numeric::Order order = numeric::Order::descending) {
    if (row.size() != x.cols())
        detail::refuse("the alternative cannot be added", "size_mismatch", "argument \"row\"",
                       std::to_string(row.size()) + " values",
                       std::to_string(x.cols()) + ", one a column of \"x\"", "");
    Eigen::MatrixXd more(x.rows() + 1, x.cols());
    more.topRows(x.rows()) = x;
    more.row(x.rows()) = row;
    const std::vector<Index> names = detail::rows_but(x.rows(), x.rows());
    return detail::compare_orders(x.rows(), scores(x), detail::entries_of(scores(more), names),
                                  names, order);
}

/// Adds a copy of each alternative in turn. A copy says nothing new, so whatever changes
/// comes from the method.
/// @return one entry an alternative, fewer when the progress callback asked to stop.
/// Complexity: n calls of the method and n counts of pairs.
[[nodiscard]] inline std::vector<RankReversal> rank_reversal_when_copied(
    MatrixView x, const ScoresOfRows& scores, const RankReversalOptions& options = {}) {
    std::vector<RankReversal> out;
    const Eigen::VectorXd before = scores(x);
    const std::vector<Index> names = detail::rows_but(x.rows(), x.rows());
    Eigen::MatrixXd more(x.rows() + 1, x.cols());
    more.topRows(x.rows()) = x;
    for (Index copied = 0; copied < x.rows(); ++copied) {
        more.row(x.rows()) = x.row(copied);
        out.push_back(detail::compare_orders(
            copied, before, detail::entries_of(scores(more), names), names, options.order));
        if (options.progress &&
            !options.progress(static_cast<double>(copied + 1) / static_cast<double>(x.rows())))
            break;
    }
    return out;
}

}  // namespace thuocdo::rank
