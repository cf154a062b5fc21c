#pragma once
/// @file
/// Stable preference ordering towards ideal solution (SPOTIS).

#include <thuocdo/rank/interval.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <limits>
#include <tuple>

namespace thuocdo::rank {

struct SpotisOptions {
    /// One a criterion: between which values it can lie. There is no default, because
    /// bounds that are taken from the alternatives at hand bring back the rank reversals
    /// that the method is free of.
    std::vector<Interval> bounds{};
    /// The ideal solution point, one value a criterion within its bounds. Empty: the
    /// upper bound where higher is better and the lower bound where lower is better.
    std::vector<double> ideal{};
    /// Also returns the normalised distances of all cells, memory for n m doubles.
    bool keep_matrix = false;
};

/// What spotis() finds.
struct SpotisResult {
    static constexpr bool higher_is_better = false;
    Eigen::VectorXd scores;
    /// S*.
    Eigen::VectorXd ideal;
    /// Empty unless asked for.
    Eigen::MatrixXd distances;

    [[nodiscard]] static constexpr auto parts() {
        using R = SpotisResult;
        return std::tuple{part("scores", &R::scores, Axis::alternatives,
                               "sum of weight * normalised distance; lower is better"),
                          part("ideal", &R::ideal, Axis::criteria, "ideal solution point"),
                          part("distances", &R::distances, Axis::cells,
                               "|value - ideal| / (upper bound - lower bound)")};
    }
};

namespace detail {

/// One value a criterion, within its bounds.
inline void check_ideal_point(const std::vector<double>& ideal, const std::vector<Interval>& bounds,
                              std::vector<Problem>& problems) {
    if (ideal.size() != bounds.size()) {
        problems.push_back({"size_mismatch", "argument \"ideal\"",
                            std::to_string(ideal.size()) + " values",
                            std::to_string(bounds.size()) + ", one a column of \"x\"", ""});
        return;
    }
    for (std::size_t j = 0; j < ideal.size(); ++j) {
        if (ideal[j] >= bounds[j].lower && ideal[j] <= bounds[j].upper) continue;
        problems.push_back({"ideal_out_of_bounds", entry_place("ideal", j),
                            numeric::shortest(ideal[j]), "a value from " + text_of(bounds[j]), ""});
    }
}

/// out = |values - ideal| / width.
THUOCDO_KERNEL inline void scaled_distances(const double* values, Index count, double ideal,
                                            double width, double* out) noexcept {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) out[i] = std::abs(values[i] - ideal) / width;
}

}  // namespace detail

/// scores(i) = sum over j of w(j) |x(i, j) - s(j)| / (upper(j) - lower(j)), with s the
/// ideal solution point. Lower is better. The score of an alternative does not depend on
/// the other alternatives, so adding or removing one reverses no ranks.
///
/// @param x alternatives by criteria, finite, within the bounds.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion; they say which bound is ideal, unless
///        `options.ideal` does.
/// @throws NumericError as DecisionView; naming bounds that are not finite or not in
///         order; naming every cell outside its bounds (some programs go on, with
///         distances above 1); naming entries of the ideal outside the bounds.
/// A criterion whose bounds are equal has one possible value and adds 0. Identical
/// alternatives get identical bits; the order of rows changes none.
/// Complexity: two sweeps over the matrix. Source: J. Dezert, A. Tchamova, D. Han and
/// J.-M. Tacnet (2020), "The SPOTIS rank reversal free method for multi-criteria
/// decision-making support", 23rd International Conference on Information Fusion; the
/// ideal point of the user's choice: A. Shekhovtsov, B. Kizielewicz and W. Salabun
/// (2022), Procedia Computer Science 207.
[[nodiscard]] THUOCDO_KERNEL inline SpotisResult spotis(MatrixView x,
                                                        std::span<const double> weights,
                                                        std::span<const Direction> directions,
                                                        const SpotisOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "SPOTIS");
    std::vector<Problem> problems;
    detail::check_intervals(options.bounds, view.columns(), "bounds", problems);
    if (problems.empty()) {
        if (!options.ideal.empty())
            detail::check_ideal_point(options.ideal, options.bounds, problems);
        detail::check_within(view, options.bounds, problems);
    }
    view.throw_if_any(std::move(problems));

    SpotisResult result;
    result.scores = Eigen::VectorXd::Zero(view.rows());
    result.ideal.resize(view.columns());
    for (Index j = 0; j < view.columns(); ++j) {
        const auto k = static_cast<std::size_t>(j);
        const Interval& bounds = options.bounds[k];
        result.ideal[j] = !options.ideal.empty()     ? options.ideal[k]
                          : view.higher_is_better(j) ? bounds.upper
                                                     : bounds.lower;
    }
    if (options.keep_matrix) result.distances.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const scores = result.scores.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.distances.data() + j * view.rows() + start : scratch;
            const Interval& bounds = options.bounds[static_cast<std::size_t>(j)];
            const double width = bounds.upper > bounds.lower
                                     ? bounds.upper - bounds.lower
                                     : std::numeric_limits<double>::infinity();
            detail::scaled_distances(view.column(j) + start, count, result.ideal[j], width, cells);
            const double w = view.weight(j);
            for (Index i = 0; i < count; ++i) scores[i] += w * cells[i];
        }
    }
    return result;
}

}  // namespace thuocdo::rank
