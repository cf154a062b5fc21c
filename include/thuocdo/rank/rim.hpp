#pragma once
/// @file
/// Reference ideal method (RIM).

#include <thuocdo/rank/interval.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <algorithm>
#include <limits>
#include <tuple>

namespace thuocdo::rank {

struct RimOptions {
    /// [A, B], one a criterion: between which values it can lie. There is no default.
    std::vector<Interval> ranges{};
    /// [C, D] within [A, B], one a criterion: the values that are ideal. Empty: [B, B]
    /// where higher is better and [A, A] where lower is better.
    std::vector<Interval> reference_ideals{};
    /// Also returns the normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What rim() finds.
struct RimResult {
    static constexpr bool higher_is_better = true;
    /// R, from 0 to 1.
    Eigen::VectorXd scores;
    /// I+.
    Eigen::VectorXd distance_to_ideal;
    /// I-.
    Eigen::VectorXd distance_to_anti_ideal;
    /// Y. Empty unless asked for.
    Eigen::MatrixXd normalised;

    [[nodiscard]] static constexpr auto parts() {
        using R = RimResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "distance to anti-ideal / (distance to ideal + distance to anti-ideal)"),
            part("distance_to_ideal", &R::distance_to_ideal, Axis::alternatives,
                 "root of the sum of (weight * normalised - weight)^2"),
            part("distance_to_anti_ideal", &R::distance_to_anti_ideal, Axis::alternatives,
                 "root of the sum of (weight * normalised)^2"),
            part("normalised", &R::normalised, Axis::cells,
                 "1 within the reference ideal, falling to 0 at the ends of the range")};
    }
};

namespace detail {

/// Each within its range.
inline void check_reference_ideals(const std::vector<Interval>& ideals,
                                   const std::vector<Interval>& ranges,
                                   std::vector<Problem>& problems) {
    for (std::size_t j = 0; j < ideals.size(); ++j) {
        if (ideals[j].lower >= ranges[j].lower && ideals[j].upper <= ranges[j].upper) continue;
        problems.push_back({"ideal_out_of_bounds", entry_place("reference_ideals", j),
                            text_of(ideals[j]), "an interval within " + text_of(ranges[j]), ""});
    }
}

/// The normalisation of one column, f(x; [A, B], [C, D]).
class ReferenceIdealNormaliser {
  public:
    ReferenceIdealNormaliser(const Interval& range, const Interval& ideal) noexcept
        : ideal_(ideal),
          gap_below_(gap(ideal.lower - range.lower)),
          gap_above_(gap(range.upper - ideal.upper)) {}

    THUOCDO_KERNEL void apply(const double* values, Index count, double* out) const noexcept {
        THUOCDO_EXACT
        const double lower = ideal_.lower;
        const double upper = ideal_.upper;
        const double gap_below = gap_below_;
        const double gap_above = gap_above_;
        for (Index i = 0; i < count; ++i) {
            const double below = lower - values[i];
            const double above = values[i] - upper;
            const double gap = below > 0.0 ? gap_below : gap_above;
            const double outside = below > above ? below : above;
            out[i] = 1.0 - (outside > 0.0 ? outside : 0.0) / gap;
        }
    }

  private:
    /// Where the ideal reaches the end of the range no value lies beyond it.
    [[nodiscard]] static double gap(double width) noexcept {
        return width > 0.0 ? width : std::numeric_limits<double>::infinity();
    }

    Interval ideal_;
    double gap_below_;
    double gap_above_;
};

/// Adds (w y - w)^2 and (w y)^2 of a block.
THUOCDO_KERNEL inline void add_squared_distances(const double* normalised, Index count, double w,
                                                 double* to_ideal, double* to_anti) noexcept {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        const double weighted = w * normalised[i];
        const double short_of = weighted - w;
        to_ideal[i] += short_of * short_of;
        to_anti[i] += weighted * weighted;
    }
}

/// Exponent of the power of two that brings the largest weight near 1, so that no square
/// overflows and the largest does not vanish; no bit of a weight changes.
[[nodiscard]] inline int weight_exponent(const DecisionView& x) noexcept {
    double largest = 0.0;
    for (Index j = 0; j < x.columns(); ++j) largest = std::max(largest, x.weight(j));
    int exponent = 0;
    std::frexp(largest, &exponent);
    // So that the power and its reciprocal are normal numbers.
    constexpr int largest_exponent = 1000;
    return std::clamp(exponent, -largest_exponent, largest_exponent);
}

}  // namespace detail

/// y = 1 where x lies in the reference ideal [C, D], 1 - (C - x)/(C - A) below it and
/// 1 - (x - D)/(B - D) above it; I+ = sqrt(sum (w y - w)^2), I- = sqrt(sum (w y)^2);
/// scores = I-/(I+ + I-). Higher is better. The score of an alternative does not depend
/// on the other alternatives, so adding or removing one reverses no ranks.
///
/// @param x alternatives by criteria, finite, within the ranges.
/// @param weights one a criterion, 0 or more, taken as given. The scores stay the same
///        when all are multiplied by one number.
/// @param directions one a criterion; they say which end of the range is ideal where
///        `options.reference_ideals` is empty, and count for nothing else.
/// @throws NumericError as DecisionView; naming ranges and reference ideals that are not
///         finite, not in order or not within each other; naming every cell outside its
///         range (some programs go on, with normalised values below 0).
/// I+ + I- is never 0, because some weight is not. Identical alternatives get identical
/// bits; the order of rows changes none.
/// Some programs divide by |A - C| also above D, as a misprint of the first publication
/// had it; here the corrected formula. A reference ideal that fills the range makes
/// every value 1.
/// Complexity: two sweeps over the matrix. Source: E. Cables, M. T. Lamata and J. L.
/// Verdegay (2016), "RIM - reference ideal method in multicriteria decision making",
/// Information Sciences 337-338, 1-10.
[[nodiscard]] inline RimResult rim(MatrixView x, std::span<const double> weights,
                                   std::span<const Direction> directions,
                                   const RimOptions& options = {}) {
    const DecisionView view(x, weights, directions, "RIM");
    const bool declared = !options.reference_ideals.empty();
    std::vector<Problem> problems;
    detail::check_intervals(options.ranges, view.columns(), "ranges", problems);
    if (declared)
        detail::check_intervals(options.reference_ideals, view.columns(), "reference_ideals",
                                problems);
    if (problems.empty()) {
        detail::check_reference_ideals(options.reference_ideals, options.ranges, problems);
        detail::check_within(view, options.ranges, problems);
    }
    view.throw_if_any(std::move(problems));

    std::vector<detail::ReferenceIdealNormaliser> normalisers;
    normalisers.reserve(static_cast<std::size_t>(view.columns()));
    for (Index j = 0; j < view.columns(); ++j) {
        const auto k = static_cast<std::size_t>(j);
        const Interval& range = options.ranges[k];
        const double end = view.higher_is_better(j) ? range.upper : range.lower;
        normalisers.emplace_back(range,
                                 declared ? options.reference_ideals[k] : Interval{end, end});
    }
    RimResult result;
    result.scores.resize(view.rows());
    result.distance_to_ideal = Eigen::VectorXd::Zero(view.rows());
    result.distance_to_anti_ideal = Eigen::VectorXd::Zero(view.rows());
    if (options.keep_matrix) result.normalised.resize(view.rows(), view.columns());
    const int exponent = detail::weight_exponent(view);
    const double unit = std::ldexp(1.0, exponent);
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const to_ideal = result.distance_to_ideal.data() + start;
        double* const to_anti = result.distance_to_anti_ideal.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.normalised.data() + j * view.rows() + start : scratch;
            normalisers[static_cast<std::size_t>(j)].apply(view.column(j) + start, count, cells);
            detail::add_squared_distances(cells, count, std::ldexp(view.weight(j), -exponent),
                                          to_ideal, to_anti);
        }
        for (Index i = 0; i < count; ++i) {
            const double ideal = std::sqrt(to_ideal[i]);
            const double anti = std::sqrt(to_anti[i]);
            result.scores[start + i] = anti / (ideal + anti);
            to_ideal[i] = ideal * unit;
            to_anti[i] = anti * unit;
        }
    }
    return result;
}

}  // namespace thuocdo::rank
