#pragma once
/// @file
/// Multi-criteria compromise ranking (VIKOR).

#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/detail/column_norm.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct VikorOptions {
    /// Weight of the group utility S, between 0 and 1; the individual regret R has the
    /// rest.
    double v = 0.5;
    /// Also returns the weighted shortfalls, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What vikor() finds. Lower is better for scores, S and R.
struct VikorResult {
    static constexpr bool higher_is_better = false;
    /// Q.
    Eigen::VectorXd scores;
    Eigen::VectorXd group_utility;
    Eigen::VectorXd individual_regret;
    Eigen::VectorXd best_values;
    Eigen::VectorXd worst_values;
    /// Empty unless asked for.
    Eigen::MatrixXd shortfalls;
    /// By Q from the best on, counted from 0; equal ones in the order of rows.
    std::vector<Index> order;
    /// By Q, 1 for the best; equal ones share the smaller rank.
    Eigen::VectorXd ranks;
    double advantage = 0.0;
    double advantage_needed = 0.0;
    /// C1.
    bool acceptable_advantage = false;
    /// C2.
    bool acceptable_stability = false;
    /// Counted from 0, ascending.
    std::vector<Index> compromise_set;

    [[nodiscard]] static constexpr auto parts() {
        using R = VikorResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "Q = v * scaled S + (1 - v) * scaled R; lower is better"),
            part("group_utility", &R::group_utility, Axis::alternatives,
                 "S = sum of weighted shortfalls"),
            part("individual_regret", &R::individual_regret, Axis::alternatives,
                 "R = largest weighted shortfall"),
            part("best_values", &R::best_values, Axis::criteria, "f*"),
            part("worst_values", &R::worst_values, Axis::criteria, "f-"),
            part("shortfalls", &R::shortfalls, Axis::cells, "weight * (f* - f) / (f* - f-)"),
            part("order", &R::order, Axis::alternatives, "alternatives by Q, best first"),
            part("ranks", &R::ranks, Axis::alternatives, "rank by Q, ties share the smaller"),
            part("advantage", &R::advantage, Axis::single, "Q of the second less Q of the best"),
            part("advantage_needed", &R::advantage_needed, Axis::single, "1 / (n - 1)"),
            part("acceptable_advantage", &R::acceptable_advantage, Axis::single,
                 "C1: a single best, and the advantage is as large as needed"),
            part("acceptable_stability", &R::acceptable_stability, Axis::single,
                 "C2: the best by Q is also best by S or by R"),
            part("compromise_set", &R::compromise_set, Axis::single,
                 "alternatives that the compromise consists of")};
    }
};

namespace detail {

/// Differences of Q, and ranges of S and R relative to their largest, that rounding alone
/// can make.
inline constexpr double vikor_rounding = 1e-12;

/// weight * (best - x)/(best - worst) of a block.
THUOCDO_KERNEL inline void weighted_shortfalls(const double* values, Index count, double best,
                                               double range, double weight, double* out) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) out[i] = weight * ((best - values[i]) / range);
}

inline void add_and_take_largest(const double* cells, Index count, double* sums, double* largest) {
    for (Index i = 0; i < count; ++i) {
        sums[i] += cells[i];
        largest[i] = cells[i] > largest[i] ? cells[i] : largest[i];
    }
}

/// What scales S or R to 0 for the best and 1 for the worst.
struct VikorScale {
    double least;
    double range;

    explicit VikorScale(const Eigen::VectorXd& values) {
        const numeric::ValueRange found = numeric::value_range(values.data(), values.size());
        least = found.minimum;
        range = found.maximum - found.minimum;
        // Sums that are equal but for the order of their terms must not be stretched to 1.
        if (!(range > vikor_rounding * found.maximum))
            range = std::numeric_limits<double>::infinity();
    }
    [[nodiscard]] double operator()(double value) const { return (value - least) / range; }
    [[nodiscard]] bool best(double value) const { return (*this)(value) <= vikor_rounding; }
};

THUOCDO_KERNEL inline void compromise_scores(const VikorResult& parts, const VikorScale& utility,
                                             const VikorScale& regret, double v,
                                             Eigen::VectorXd& out) {
    THUOCDO_EXACT
    const double rest = 1.0 - v;
    for (Index i = 0; i < out.size(); ++i)
        out[i] = v * utility(parts.group_utility[i]) + rest * regret(parts.individual_regret[i]);
}

/// C1, C2 and the compromise set, from Q, S and R.
inline void find_compromise(const VikorScale& utility, const VikorScale& regret,
                            VikorResult& result) {
    const Eigen::VectorXd& q = result.scores;
    const Index count = q.size();
    const std::vector<std::uint32_t> order =
        numeric::argsort(std::span<const double>(q.data(), static_cast<std::size_t>(count)),
                         numeric::Order::ascending);
    result.order.assign(order.begin(), order.end());
    result.ranks = ranks(q, TieRule::competition, numeric::Order::ascending);
    const auto best_by_s_or_r = [&](Index i) {
        return utility.best(result.group_utility[i]) || regret.best(result.individual_regret[i]);
    };
    const double best = q[result.order[0]];
    if (count == 1) {
        result.acceptable_advantage = true;
        result.acceptable_stability = true;
        result.compromise_set = {0};
        return;
    }
    const double second = q[result.order[1]];
    result.advantage = second - best;
    result.advantage_needed = 1.0 / (static_cast<double>(count) - 1.0);
    const double enough = result.advantage_needed - vikor_rounding;
    const bool unique = result.advantage > vikor_rounding;
    result.acceptable_advantage = unique && result.advantage >= enough;
    result.acceptable_stability = true;
    for (const Index i : result.order) {
        if (q[i] - best > vikor_rounding) break;
        result.acceptable_stability = result.acceptable_stability && best_by_s_or_r(i);
    }
    for (const Index i : result.order) {
        const double behind = q[i] - best;
        const bool is_in = !result.acceptable_advantage ? behind < enough || behind == 0.0
                           : result.acceptable_stability
                               ? behind == 0.0
                               : behind <= result.advantage + vikor_rounding;
        if (!is_in) break;
        result.compromise_set.push_back(i);
    }
    std::sort(result.compromise_set.begin(), result.compromise_set.end());
}

}  // namespace detail

/// With d(i, j) = w(j) (f* - x(i, j))/(f* - f-), f* and f- the best and the worst value of
/// the criterion: S(i) = sum over j of d, R(i) = largest d, and Q(i) = v (S - S*)/(S- - S*) +
/// (1 - v) (R - R*)/(R- - R*), S* and R* the least, S- and R- the largest. Lower is better.
///
/// C1, acceptable advantage: a single alternative is best by Q, and the next is worse by
/// 1/(n - 1) or more. C2, acceptable stability: the best by Q is best by S or by R. The
/// compromise set is the best alone when both hold; the best and the second when only C2
/// fails; else all whose Q is less than 1/(n - 1) above the best.
///
/// Where programs disagree: some return all alternatives, or find C1 on a tie. Here
/// several that are best by Q never satisfy C1; for C2 each of them must be best by S or R;
/// all that tie for the second place are in the set. A range of 0 scales to 0 (S, R, and a
/// constant criterion), also a range of S or R that is below 1e-12 of its largest,
/// since sums of the same terms in another order differ that much. Equality at 1/(n - 1)
/// and of the best is decided within 1e-12. A single alternative satisfies both.
///
/// @param x alternatives by criteria, finite; values below 0 are no problem.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, for v outside 0 to 1, and naming columns whose
///         range is beyond double.
/// Identical alternatives get identical bits; the order of rows changes none; Q depends
/// neither on the unit and origin of a criterion nor on the scale of the weights.
/// Complexity: two sweeps and a sort of n numbers. Source: S. Opricovic and G. H. Tzeng
/// (2004), European Journal of Operational Research 156(2), 445-455.
[[nodiscard]] THUOCDO_KERNEL inline VikorResult vikor(MatrixView x, std::span<const double> weights,
                                                      std::span<const Direction> directions,
                                                      const VikorOptions& options = {}) {
    THUOCDO_EXACT
    if (!(options.v >= 0.0 && options.v <= 1.0))
        detail::refuse("VIKOR cannot rank the alternatives", "option_out_of_range", "options.v",
                       numeric::shortest(options.v), "a number between 0 and 1", "");
    const DecisionView view(x, weights, directions, "VIKOR");
    std::vector<Problem> problems;
    for (Index j = 0; j < view.columns(); ++j)
        detail::require_range_within_double(view, j, problems);
    view.throw_if_any(std::move(problems));

    VikorResult result;
    result.best_values.resize(view.columns());
    result.worst_values.resize(view.columns());
    std::vector<double> ranges;
    ranges.reserve(static_cast<std::size_t>(view.columns()));
    for (Index j = 0; j < view.columns(); ++j) {
        result.best_values[j] = view.best(j);
        result.worst_values[j] = view.worst(j);
        ranges.push_back(view.range(j).constant() ? std::numeric_limits<double>::infinity()
                                                  : view.best(j) - view.worst(j));
    }
    result.group_utility = Eigen::VectorXd::Zero(view.rows());
    result.individual_regret = Eigen::VectorXd::Zero(view.rows());
    if (options.keep_matrix) result.shortfalls.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.shortfalls.data() + j * view.rows() + start : scratch;
            detail::weighted_shortfalls(view.column(j) + start, count, view.best(j),
                                        ranges[static_cast<std::size_t>(j)], view.weight(j), cells);
            detail::add_and_take_largest(cells, count, result.group_utility.data() + start,
                                         result.individual_regret.data() + start);
        }
    }
    const detail::VikorScale utility(result.group_utility);
    const detail::VikorScale regret(result.individual_regret);
    result.scores.resize(view.rows());
    detail::compromise_scores(result, utility, regret, options.v, result.scores);
    detail::find_compromise(utility, regret, result);
    return result;
}

}  // namespace thuocdo::rank
