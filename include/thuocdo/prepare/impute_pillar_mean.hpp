#pragma once
/// @file
/// Missing cells take the level that the unit has on the other indicators of the pillar.

#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/prepare/detail/checks.hpp>
#include <thuocdo/prepare/imputation.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace thuocdo::prepare {

namespace detail {

/// The line from the worst observed value of a column (0) to the best (1).
struct WorstToBest {
    double worst = missing;
    double best = missing;
    [[nodiscard]] bool varies() const noexcept { return worst < best || best < worst; }
};

[[nodiscard]] inline WorstToBest worst_to_best(ColumnView x, Direction direction) {
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -minimum;
    for (Index i = 0; i < x.size(); ++i) {
        const double cell = x.data()[i];
        minimum = cell < minimum ? cell : minimum;
        maximum = cell > maximum ? cell : maximum;
    }
    if (minimum > maximum) return {};
    minimum += 0.0;
    maximum += 0.0;
    if (direction == Direction::higher_is_better) return {minimum, maximum};
    return {maximum, minimum};
}

/// The mean share of the way from worst to best over the observed indicators that
/// vary; NaN when there is none.
[[nodiscard]] THUOCDO_KERNEL inline double mean_share(BlockView x, Index row,
                                                      std::span<const WorstToBest> lines) {
    THUOCDO_EXACT
    numeric::ExactSum sum;
    std::uint64_t count = 0;
    for (std::size_t j = 0; j < lines.size(); ++j) {
        const double cell = x.data()[static_cast<Index>(j) * x.outerStride() + row];
        if (cell != cell || !lines[j].varies()) continue;
        sum.add((cell - lines[j].worst) / (lines[j].best - lines[j].worst));
        ++count;
    }
    return sum.divided_by(count);
}

[[nodiscard]] THUOCDO_KERNEL inline double at_share(const WorstToBest& line, double share) {
    THUOCDO_EXACT
    const double value = line.worst + share * (line.best - line.worst);
    return std::clamp(value, std::min(line.worst, line.best), std::max(line.worst, line.best));
}

}  // namespace detail

/// A missing cell takes the value at which the unit stands, between the worst and
/// the best observed value of that indicator, as far as it stands on average on the
/// observed indicators of the pillar: with s the mean over those of
/// (x - worst) / (best - worst), the value worst + s (best - worst). Observed values
/// keep their bits.
///
/// A constant indicator says nothing about the level of a unit: it takes no part in
/// s, and its own missing cells take its constant where s exists.
///
/// @param x the indicators of one pillar, rows units; NaN is missing.
/// @param directions one an indicator; the best value is the largest where higher
///        is better.
/// @param out of the shape of x; may be x.
/// @return the cells filled, and those that stay missing: in units without an
///         observed indicator that varies, and in indicators without any value.
/// @throws NumericError when the shapes do not fit, naming infinite cells, or naming
///         columns whose range is beyond double.
/// The bits depend neither on the order of rows nor of indicators. Complexity: two
/// passes.
inline BlockImputation impute_pillar_mean(BlockView x, std::span<const Direction> directions,
                                          BlockOut out) {
    detail::require_shape(x, out);
    if (static_cast<Index>(directions.size()) != x.cols())
        detail::refuse("length_mismatch", "argument \"directions\"",
                       std::to_string(directions.size()) + " directions",
                       std::to_string(x.cols()) + ", one a column of \"x\"", "");
    detail::require_no_infinite("x", x);
    std::vector<detail::WorstToBest> lines;
    std::vector<Problem> problems;
    for (std::size_t j = 0; j < directions.size(); ++j) {
        lines.push_back(detail::worst_to_best(x.col(static_cast<Index>(j)), directions[j]));
        if (std::isinf(lines.back().best - lines.back().worst))
            problems.push_back({"range_too_large", "column " + std::to_string(j),
                                numeric::shortest(lines.back().worst) + " to " +
                                    numeric::shortest(lines.back().best),
                                "a range within double", "scale the indicator down"});
    }
    if (!problems.empty())
        throw NumericError("impute_pillar_mean: ranges beyond double", std::move(problems));

    BlockImputation result;
    for (Index i = 0; i < x.rows(); ++i) {
        const double share = detail::mean_share(x, i, lines);
        for (Index j = 0; j < x.cols(); ++j) {
            const double cell = x.data()[j * x.outerStride() + i];
            double& filled = out.data()[j * out.outerStride() + i];
            filled = cell;
            if (cell == cell) continue;
            const detail::WorstToBest& line = lines[static_cast<std::size_t>(j)];
            const bool known = share == share && line.best == line.best;
            filled = known ? detail::at_share(line, share) : detail::missing;
            (known ? result.imputed : result.unresolved).push_back({i, j});
        }
    }
    return result;
}

}  // namespace thuocdo::prepare
