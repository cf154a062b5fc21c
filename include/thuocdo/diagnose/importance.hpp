#pragma once
/// @file
/// How much each child really matters in an index, beside the weight it was meant to have.

#include <thuocdo/diagnose/detail/checks.hpp>
#include <thuocdo/numeric/covariance.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::diagnose {

/// What importance finds, one a child, over the rows where all children and the index are
/// observed.
struct Importance {
    /// w_i / sum w.
    Eigen::VectorXd intended_weight;
    /// w_i (Sigma w)_i / w' Sigma w: the share of the variance of the weighted sum that comes
    /// in by child i. Sums to 1; below 0 for a child that works against the others. NaN where
    /// the weighted sum does not vary.
    Eigen::VectorXd variance_share;
    /// Squared Pearson correlation with the index: the linear part of the correlation ratio.
    /// NaN where the child or the index is constant.
    Eigen::VectorXd squared_correlation;
    /// Correlation ratio V(E(index | child)) / V(index), 0 to 1: the variance of the index that
    /// would go if the child were fixed, whatever the shape of their relation.
    Eigen::VectorXd correlation_ratio;
    /// The correlation ratios scaled to sum 1, to be laid beside the intended weights.
    Eigen::VectorXd relative_importance;
    /// Groups used for the correlation ratio, before ties join some.
    Index groups = 0;
    Index rows = 0;
};

/// Groups for n rows where none are asked for: the cube root of n, 4 for 63 provinces and 15
/// for 3,321 communes.
[[nodiscard]] inline Index default_importance_groups(Index rows) {
    const auto root = static_cast<Index>(std::cbrt(static_cast<double>(rows)) + 0.5);
    return std::max(root, Index{1});
}

namespace detail {

/// Residual sum of squares of a line through one group, and how many parameters it used.
struct GroupFit {
    double residuals = 0.0;
    Index parameters = 0;
};

[[nodiscard]] THUOCDO_KERNEL inline GroupFit fit_group(const double* x, const double* y,
                                                       const std::uint32_t* rows,
                                                       std::size_t count) {
    THUOCDO_EXACT
    const auto n = static_cast<double>(count);
    double mean_x = 0.0;
    double mean_y = 0.0;
    for (std::size_t k = 0; k < count; ++k) {
        mean_x += x[rows[k]] - x[rows[0]];
        mean_y += y[rows[k]];
    }
    mean_x /= n;
    mean_y /= n;
    double xx = 0.0;
    double xy = 0.0;
    double yy = 0.0;
    for (std::size_t k = 0; k < count; ++k) {
        const double dx = (x[rows[k]] - x[rows[0]]) - mean_x;
        const double dy = y[rows[k]] - mean_y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    if (x[rows[0]] == x[rows[count - 1]] || !(xx > 0.0)) return {yy, 1};
    return {std::max(yy - xy * xy / xx, 0.0), 2};
}

/// Correlation ratio of y on x. @param order rows, ascending by x.
[[nodiscard]] THUOCDO_KERNEL inline double correlation_ratio_of(
    const double* x, const double* y, std::span<const std::uint32_t> order, Index groups) {
    THUOCDO_EXACT
    const std::size_t size = order.size();
    const auto n = static_cast<double>(size);
    double mean = 0.0;
    for (const std::uint32_t row : order) mean += y[row];
    mean /= n;
    double total = 0.0;
    for (const std::uint32_t row : order) total += (y[row] - mean) * (y[row] - mean);
    double residuals = 0.0;
    Index parameters = 0;
    std::size_t start = 0;
    for (Index g = 1; g <= groups && start < size; ++g) {
        std::size_t end = static_cast<std::size_t>(g) * size / static_cast<std::size_t>(groups);
        if (end <= start) continue;
        // Equal values stay together.
        while (end < size && x[order[end]] == x[order[end - 1]]) ++end;
        const GroupFit fit = fit_group(x, y, order.data() + start, end - start);
        residuals += fit.residuals;
        parameters += fit.parameters;
        start = end;
    }
    const double left = n - static_cast<double>(parameters);
    if (!(left > 0.0) || !(total > 0.0)) return undefined;
    const double ratio = 1.0 - (residuals / left) / (total / (n - 1.0));
    return ratio > 0.0 ? ratio : 0.0;
}

}  // namespace detail

/// Correlation ratio of `index` on `child`, V(E(index | child)) / V(index), without assuming a
/// straight relation.
///
/// The estimator: rows sorted by the child are cut into `groups` runs of equal size (rows with
/// equal values are kept in one run); in each a line is fitted by least squares (a mean where
/// the child is constant in it); the result is 1 - (RSS / (n - p)) / (TSS / (n - 1)) with p
/// the number of fitted parameters, not below 0. The division by degrees of freedom takes off
/// the upward bias of the raw ratio (T. L. Kelley 1935, Proceedings of the National Academy of
/// Sciences 21). It stands for the local linear smoother of the source, at O(n log n).
///
/// @param child, index over the same units; rows where one is missing are left out.
/// @param groups 1 or more, or 0 for `default_importance_groups` of the rows; 1 gives the
///        adjusted R^2 of one line.
/// @return NaN where the index is constant, the child is, or no degree of freedom is left.
/// @throws NumericError when lengths differ, groups are negative, or naming infinite cells.
/// Complexity: a radix sort and two sweeps; rows in order of the child, equal ones in order of
/// rows. Same bits on every machine.
/// Source: P. Paruolo, M. Saisana, A. Saltelli (2013), Journal of the Royal Statistical Society
/// A 176, 609-634; K. Pearson (1905) for the ratio.
[[nodiscard]] inline double correlation_ratio(ColumnView child, ColumnView index,
                                              Index groups = 0) {
    std::vector<Problem> problems;
    detail::note_length("index", index.size(), child.size(), "a row of \"child\"", problems);
    if (groups < 0)
        problems.push_back({"argument_out_of_range", "argument \"groups\"", std::to_string(groups),
                            "1 or more, or 0 for the default", ""});
    detail::note_infinite(child, "child", problems);
    detail::note_infinite(index, "index", problems);
    detail::throw_if_any("no correlation ratio", std::move(problems));
    std::vector<double> x;
    std::vector<double> y;
    for (Index i = 0; i < child.size(); ++i) {
        if (child[i] != child[i] || index[i] != index[i]) continue;
        x.push_back(child[i]);
        y.push_back(index[i]);
    }
    if (x.size() < 2) return detail::undefined;
    const std::vector<std::uint32_t> order =
        numeric::argsort({x.data(), x.size()}, numeric::Order::ascending);
    if (x[order.front()] == x[order.back()]) return detail::undefined;
    const Index used =
        groups > 0 ? groups : default_importance_groups(static_cast<Index>(x.size()));
    return detail::correlation_ratio_of(x.data(), y.data(), order, used);
}

/// Actual importance of the children of an index beside their intended weights.
///
/// @param y_children normalised scores of the children, rows are units; NaN is missing.
/// @param weights intended weights, one a child, 0 or more, not all 0.
/// @param index the index (or parent) scores, one a unit; NaN is missing.
/// @param groups for the correlation ratio: see `correlation_ratio`.
/// @throws NumericError when lengths differ, or naming every weight that is negative or not
///         finite and every infinite cell.
/// Complexity: n m^2 for covariances, n a child for the correlation ratio. Same bits on every
/// machine.
/// Source: P. Paruolo, M. Saisana, A. Saltelli (2013), Journal of the Royal Statistical Society
/// A 176, 609-634; OECD/JRC handbook (2008), steps 6 and 8.
[[nodiscard]] THUOCDO_KERNEL inline Importance importance(MatrixView y_children,
                                                          std::span<const double> weights,
                                                          ColumnView index, Index groups = 0) {
    THUOCDO_EXACT
    const Index children = y_children.cols();
    std::vector<Problem> problems;
    detail::note_length("weights", static_cast<Index>(weights.size()), children,
                        "a column of \"y_children\"", problems);
    detail::note_length("index", index.size(), y_children.rows(), "a row of \"y_children\"",
                        problems);
    double total = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        total += weights[i];
        if (!(weights[i] >= 0.0 && std::isfinite(weights[i]))) {
            problems.push_back({"weight_not_valid", "weights[" + std::to_string(i) + ']',
                                numeric::shortest(weights[i]), "a finite number, 0 or more", ""});
        }
    }
    if (problems.empty() && children > 0 && !(total > 0.0 && std::isfinite(total))) {
        problems.push_back({"weights_sum", "argument \"weights\"", numeric::shortest(total),
                            "a finite sum above 0", ""});
    }
    if (groups < 0) {
        problems.push_back({"argument_out_of_range", "argument \"groups\"", std::to_string(groups),
                            "1 or more, or 0 for the default", ""});
    }
    detail::note_infinite(y_children, "y_children", problems);
    detail::note_infinite(index, "index", problems);
    detail::throw_if_any("no importance of these children", std::move(problems));

    Eigen::MatrixXd all(y_children.rows(), children + 1);
    all.leftCols(children) = y_children;
    all.col(children) = index;
    const Eigen::MatrixXd used = numeric::take_rows(all, numeric::complete_rows(all));

    Importance result;
    result.rows = used.rows();
    result.groups = groups > 0 ? groups : default_importance_groups(result.rows);
    result.intended_weight.resize(children);
    result.variance_share = Eigen::VectorXd::Constant(children, detail::undefined);
    result.squared_correlation = result.variance_share;
    result.correlation_ratio = result.variance_share;
    result.relative_importance = result.variance_share;
    for (Index i = 0; i < children; ++i)
        result.intended_weight[i] = weights[static_cast<std::size_t>(i)] / total;
    if (result.rows < 2) return result;

    const Eigen::MatrixXd covariances = numeric::covariance_matrix(used.leftCols(children));
    double variance = 0.0;
    std::vector<double> part(static_cast<std::size_t>(children));
    for (Index i = 0; i < children; ++i) {
        double with_sum = 0.0;
        for (Index k = 0; k < children; ++k)
            with_sum += covariances(i, k) * result.intended_weight[k];
        part[static_cast<std::size_t>(i)] = result.intended_weight[i] * with_sum;
        variance += part[static_cast<std::size_t>(i)];
    }
    double ratios = 0.0;
    for (Index i = 0; i < children; ++i) {
        if (variance > 0.0) result.variance_share[i] = part[static_cast<std::size_t>(i)] / variance;
        const double r = numeric::pearson(used.col(i), used.col(children));
        result.squared_correlation[i] = r * r;
        result.correlation_ratio[i] =
            correlation_ratio(used.col(i), used.col(children), result.groups);
        if (result.correlation_ratio[i] > 0.0) ratios += result.correlation_ratio[i];
    }
    for (Index i = 0; i < children; ++i) {
        // A constant child has no importance.
        if (ratios > 0.0)
            result.relative_importance[i] =
                result.correlation_ratio[i] > 0.0 ? result.correlation_ratio[i] / ratios : 0.0;
    }
    return result;
}

}  // namespace thuocdo::diagnose
