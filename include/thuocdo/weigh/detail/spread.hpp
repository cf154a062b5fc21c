#pragma once
/// @file
/// What the weights by the spread of columns share.

#include <thuocdo/numeric/grid_sum.hpp>
#include <thuocdo/numeric/statistics.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

/// What the weights by the spread of each column are. Every vector has one entry
/// an indicator.
struct SpreadWeights {
    Eigen::VectorXd weights;
    /// The measure of spread that the weights are proportional to; 0 for a constant
    /// column.
    Eigen::VectorXd spread;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column has a spread above 0; the weights are equal.
    bool all_constant = false;
};

namespace detail {

/// Mean and sample standard deviation of a column that varies. The deviations from
/// the rounded mean are corrected for its rounding.
[[nodiscard]] THUOCDO_KERNEL inline numeric::ColumnStatistics spread_of(const CompleteRows& rows,
                                                                        Index j, double minimum,
                                                                        double maximum) {
    THUOCDO_EXACT
    const double* const cells = rows.column(j);
    const Index count = rows.rows();
    numeric::GridSum sum(std::max(std::abs(minimum), std::abs(maximum)), count);
    sum.add(cells, count);
    const double mean = sum.divided_by(count);
    // In units of a power of two near the range, so that no square overflows.
    int exponent = 0;
    std::frexp(maximum - minimum, &exponent);
    constexpr int largest_exponent = 1000;
    exponent = std::max(exponent, -largest_exponent);
    const double scale = std::ldexp(1.0, -exponent);
    // A deviation is at most the range, but for the rounding of the mean.
    constexpr double bound = 1.5;
    numeric::GridSum deviations(bound, count);
    numeric::GridSum squares(bound * bound, count);
    double deviation[block_rows];
    double square[block_rows];
    for (Index start = 0; start < count; start += block_rows) {
        const Index size = std::min(block_rows, count - start);
        for (Index i = 0; i < size; ++i) deviation[i] = (cells[start + i] - mean) * scale;
        for (Index i = 0; i < size; ++i) square[i] = deviation[i] * deviation[i];
        deviations.add(deviation, size);
        squares.add(square, size);
    }
    const double off = deviations.value();
    const auto units = static_cast<double>(count);
    const double variance = (squares.value() - off * off / units) / (units - 1.0);
    numeric::ColumnStatistics result;
    result.observed = count;
    result.minimum = minimum;
    result.maximum = maximum;
    result.mean = mean;
    result.standard_deviation = std::ldexp(std::sqrt(std::max(variance, 0.0)), exponent);
    return result;
}

/// Weights by `measure`, which takes the statistics of a column that varies, and
/// its number.
template <class Measure>
[[nodiscard]] SpreadWeights by_spread(const CompleteRows& rows, Measure measure) {
    SpreadWeights result;
    result.rows_used = rows.rows();
    result.spread.resize(rows.columns());
    const Extremes extremes = extremes_of(rows);
    for (Index j = 0; j < rows.columns(); ++j) {
        result.spread[j] =
            extremes.constant(j)
                ? 0.0
                : measure(spread_of(rows, j, extremes.minimum[j], extremes.maximum[j]), j);
    }
    std::vector<Problem> problems;
    for (Index j = 0; j < result.spread.size(); ++j) {
        if (std::isfinite(result.spread[j])) continue;
        problems.push_back({"spread_not_finite", column_place(j),
                            "a spread of " + numeric::shortest(result.spread[j]), "a finite number",
                            "scale the indicator down"});
    }
    throw_if_any("weights by spread: the spread cannot be held in double", std::move(problems));
    result.weights = shares_or_equal(result.spread, result.all_constant);
    return result;
}

/// Names the columns that vary about a mean of 0.
inline void require_mean(const CompleteRows& rows, const char* summary) {
    std::vector<Problem> problems;
    for (Index j = 0; j < rows.columns(); ++j) {
        numeric::ExactSum sum;
        sum.add(rows.vector(j));
        if (sum.value() != 0.0) continue;
        const double* const cells = rows.column(j);
        const auto zero = [](double cell) { return cell == 0.0; };
        if (std::all_of(cells, cells + rows.rows(), zero)) continue;
        problems.push_back({"mean_is_zero", column_place(j), "a mean of 0", "another mean",
                            "use the standard deviation, or shift the indicator to a scale "
                            "with a natural zero"});
    }
    throw_if_any(summary, std::move(problems));
}

}  // namespace detail
}  // namespace thuocdo::weigh
