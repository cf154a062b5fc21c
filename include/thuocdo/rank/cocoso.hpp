#pragma once
/// @file
/// Combined compromise solution (CoCoSo).

#include <thuocdo/rank/detail/reference_divisors.hpp>
#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct CocosoOptions {
    /// Lambda: the share of S beside P in the third strategy, between 0 and 1.
    double sum_share = 0.5;
    /// Also returns the min-max matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What cocoso() finds.
struct CocosoResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd weighted_sums;
    Eigen::VectorXd power_sums;
    Eigen::VectorXd arithmetic_strategy;
    Eigen::VectorXd relative_strategy;
    Eigen::VectorXd balanced_strategy;
    /// The alternatives do not differ on any criterion of some weight.
    bool all_alike = false;
    /// Empty unless asked for.
    Eigen::MatrixXd normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = CocosoResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "cube root of k_a k_b k_c, plus their mean"),
            part("weighted_sums", &R::weighted_sums, Axis::alternatives,
                 "S, sum of weight * min-max value"),
            part("power_sums", &R::power_sums, Axis::alternatives,
                 "P, sum of min-max value ^ weight"),
            part("arithmetic_strategy", &R::arithmetic_strategy, Axis::alternatives,
                 "k_a = (S + P) / sum(S + P)"),
            part("relative_strategy", &R::relative_strategy, Axis::alternatives,
                 "k_b = S / min(S) + P / min(P)"),
            part("balanced_strategy", &R::balanced_strategy, Axis::alternatives,
                 "k_c = (lambda S + (1 - lambda) P) / (lambda max(S) + (1 - lambda) max(P))"),
            part("all_alike", &R::all_alike, Axis::single,
                 "whether no alternative differs from another"),
            part("normalised", &R::normalised, Axis::cells, "min-max values, higher is better")};
    }
};

namespace detail {

/// Min-max values and sums below this count as 0; their ratios would be beyond double.
inline constexpr double cocoso_least = 1e-290;

/// sums[i] += w r[i] and powers[i] += r[i]^w, where 0^w is 0.
THUOCDO_KERNEL inline void cocoso_add(const double* r, Index count, double w, double* scratch,
                                      double* sums, double* powers) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) scratch[i] = r[i] < cocoso_least ? 1.0 : r[i];
    numeric::natural_logarithms(scratch, count, scratch);
    for (Index i = 0; i < count; ++i) scratch[i] = w * scratch[i];
    numeric::natural_exponentials(scratch, count, scratch);
    for (Index i = 0; i < count; ++i) {
        sums[i] += w * r[i];
        powers[i] += r[i] < cocoso_least ? 0.0 : scratch[i];
    }
}

/// The three strategies and the scores from S and P, which are above 0.
THUOCDO_KERNEL inline void cocoso_strategies(double sum_share, CocosoResult& result) {
    THUOCDO_EXACT
    const Index n = result.weighted_sums.size();
    const Eigen::VectorXd& s = result.weighted_sums;
    const Eigen::VectorXd& p = result.power_sums;
    const numeric::ValueRange of_s = reference::range_of(s);
    const numeric::ValueRange of_p = reference::range_of(p);
    const double power_share = 1.0 - sum_share;
    const double most = sum_share * of_s.maximum + power_share * of_p.maximum;
    for (Index i = 0; i < n; ++i) result.arithmetic_strategy[i] = s[i] + p[i];
    const double total = reference::order_free_sum(result.arithmetic_strategy);
    for (Index i = 0; i < n; ++i) {
        result.arithmetic_strategy[i] /= total;
        result.relative_strategy[i] = s[i] / of_s.minimum + p[i] / of_p.minimum;
        result.balanced_strategy[i] = (sum_share * s[i] + power_share * p[i]) / most;
    }
}

/// Cube root of the product of the strategies, plus their mean.
THUOCDO_KERNEL inline void cocoso_scores(CocosoResult& result) {
    THUOCDO_EXACT
    constexpr double strategies = 3.0;
    double product[block_rows];
    double factor[block_rows];
    const Eigen::VectorXd* const all[] = {&result.arithmetic_strategy, &result.relative_strategy,
                                          &result.balanced_strategy};
    for (Index start = 0; start < result.scores.size(); start += block_rows) {
        const Index count = std::min(block_rows, result.scores.size() - start);
        double* const scores = result.scores.data() + start;
        std::fill_n(product, count, 0.0);
        std::fill_n(scores, count, 0.0);
        for (const Eigen::VectorXd* strategy : all) {
            numeric::natural_logarithms(strategy->data() + start, count, factor);
            for (Index i = 0; i < count; ++i) {
                product[i] += factor[i];
                scores[i] += (*strategy)[start + i];
            }
        }
        for (Index i = 0; i < count; ++i) product[i] /= strategies;
        numeric::natural_exponentials(product, count, product);
        for (Index i = 0; i < count; ++i) scores[i] = product[i] + scores[i] / strategies;
    }
}

}  // namespace detail

/// r is the min-max value, higher is better; S(i) = sum over j of w(j) r(i, j); P(i) = sum
/// over j of r(i, j)^w(j); with shares, ratios and a balance of S and P
/// k_a = (S + P)/sum(S + P), k_b = S/min(S) + P/min(P),
/// k_c = (l S + (1 - l) P)/(l max(S) + (1 - l) max(P)), l = options.sum_share;
/// score = (k_a k_b k_c)^(1/3) + (k_a + k_b + k_c)/3.
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; where sum_share is not between 0 and 1; naming
///         columns whose range is beyond double, and, where others are not, alternatives
///         that are the worst on every criterion of some weight: S and P are 0, and k_b
///         would divide by them. Some programs return infinities there.
/// 0^w is 0, so a constant column, r = 0, adds 0; a criterion of weight 0 also adds 0,
/// where 0^0 and r^0 would add 1 to every P and make an unused criterion count. Where no
/// alternative differs from another, or there is only one, k_a = 1/n, k_b = 2 and k_c = 1,
/// and the result says so. Identical alternatives get identical bits; the order of rows
/// changes none. Complexity: two sweeps over the matrix with n m logarithms and
/// exponentials. Source: M. Yazdani, P. Zarate, E. K. Zavadskas and Z. Turskis (2019), "A
/// combined compromise solution (CoCoSo) method for multi-criteria decision-making
/// problems", Management Decision 57(9), 2501-2519.
[[nodiscard]] THUOCDO_KERNEL inline CocosoResult cocoso(MatrixView x,
                                                        std::span<const double> weights,
                                                        std::span<const Direction> directions,
                                                        const CocosoOptions& options = {}) {
    THUOCDO_EXACT
    namespace reference = detail::reference;
    const DecisionView view(x, weights, directions, "CoCoSo");
    std::vector<Problem> problems;
    if (!(options.sum_share >= 0.0 && options.sum_share <= 1.0))
        problems.push_back({"share_out_of_range", "argument \"sum_share\"",
                            numeric::shortest(options.sum_share), "a number between 0 and 1", ""});
    reference::require_ranges(view, problems);
    view.throw_if_any(std::move(problems));
    const std::vector<ColumnNormaliser> normalisers =
        column_normalisers(view, Normalisation::min_max);
    const Index n = view.rows();
    CocosoResult result;
    result.weighted_sums = Eigen::VectorXd::Zero(n);
    result.power_sums = Eigen::VectorXd::Zero(n);
    if (options.keep_matrix) result.normalised.resize(n, view.columns());
    double cell_scratch[detail::block_rows];
    double power_scratch[detail::block_rows];
    for (Index start = 0; start < n; start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, n - start);
        for (Index j = 0; j < view.columns(); ++j) {
            const double w = view.weight(j);
            if (w == 0.0 && !options.keep_matrix) continue;
            double* const cells =
                options.keep_matrix ? result.normalised.data() + j * n + start : cell_scratch;
            normalisers[static_cast<std::size_t>(j)].apply(view.column(j) + start, count, cells);
            if (w == 0.0) continue;
            detail::cocoso_add(cells, count, w, power_scratch, result.weighted_sums.data() + start,
                               result.power_sums.data() + start);
        }
    }

    result.arithmetic_strategy.resize(n);
    result.relative_strategy.resize(n);
    result.balanced_strategy.resize(n);
    result.scores.resize(n);
    result.all_alike = reference::range_of(result.weighted_sums).maximum == 0.0;
    if (result.all_alike) {
        result.arithmetic_strategy.setConstant(1.0 / static_cast<double>(n));
        result.relative_strategy.setConstant(2.0);
        result.balanced_strategy.setConstant(1.0);
    } else {
        for (Index i = 0; i < n && problems.size() < detail::problems_listed; ++i)
            if (!(result.weighted_sums[i] >= detail::cocoso_least &&
                  result.power_sums[i] >= detail::cocoso_least))
                problems.push_back({"divisor_not_positive", reference::row_place(i),
                                    "the worst value of every criterion, so that S or P is 0",
                                    "an S and a P above 0, since the smallest of each divides",
                                    "leave the alternative out, or add criteria"});
        view.throw_if_any(std::move(problems));
        detail::cocoso_strategies(options.sum_share, result);
    }
    detail::cocoso_scores(result);
    return result;
}

}  // namespace thuocdo::rank
