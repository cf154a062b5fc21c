#pragma once
/// @file
/// Variance-based sensitivity of a result to each of its uncertain factors.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/matrix_places.hpp>
#include <thuocdo/numeric/power_of_two.hpp>
#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/robust/detail/resampled_sums.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// Whether there is an index, and if not why.
enum class SobolState {
    estimated,
    no_variation,  ///< the outputs do not vary: there is nothing to share out
    too_few_rows   ///< fewer than two rows have every output that is needed
};

/// The state in words.
[[nodiscard]] inline Label label_of(SobolState state) {
    switch (state) {
        case SobolState::no_variation:
            return {"the outputs do not vary", "các kết quả không thay đổi"};
        case SobolState::too_few_rows:
            return {"too few runs succeeded", "quá ít lần chạy thành công"};
        case SobolState::estimated:
            break;
    }
    return {"estimated", "đã ước lượng"};
}

/// An index with its bootstrap interval; NaN where there is none.
struct SobolIndex {
    double value = std::numeric_limits<double>::quiet_NaN();
    double lower = std::numeric_limits<double>::quiet_NaN();
    double upper = std::numeric_limits<double>::quiet_NaN();

    /// Whether 0 lies in the interval: the runs do not tell the factor from one that has
    /// no effect.
    [[nodiscard]] bool includes_zero() const noexcept { return lower <= 0.0 && upper >= 0.0; }
};

/// What one factor does.
struct SobolFactor {
    /// S: the share of the variance that would go, on average, if the factor were known.
    SobolIndex first_order{};
    /// ST: the share that would stay, on average, if all others were known, which is the
    /// first order and every interaction with others.
    SobolIndex total{};
    /// Rows whose outputs A, B and AB are there.
    Index rows = 0;
    /// The other rows.
    Index left_out = 0;
    SobolState state = SobolState::estimated;
};

/// The indices from the first rows only, one a factor, to see whether they have settled.
struct SobolConvergence {
    Index rows = 0;
    Eigen::VectorXd first_order{};
    Eigen::VectorXd total{};
};

/// What sobol_indices() finds.
struct SobolIndices {
    std::vector<SobolFactor> factors{};
    /// Mean and variance (divisor n) of outputs A and B together, of the rows that have
    /// both; NaN when there are none.
    double mean = std::numeric_limits<double>::quiet_NaN();
    double variance = std::numeric_limits<double>::quiet_NaN();
    Index rows = 0;
    /// Missing outputs, of rows times (factors + 2).
    Index missing_outputs = 0;
    Index resamples = 0;
    double level = 0.0;
    /// For an eighth, a quarter, half and all of the rows; those of fewer than 2 are left
    /// out.
    std::vector<SobolConvergence> convergence{};
};

/// How sobol_indices() makes intervals.
struct SobolOptions {
    /// Bootstrap resamples of the rows; 0 for no intervals.
    Index resamples = 1000;
    /// Probability that the intervals are made for.
    double level = 0.95;
    /// Resample r has the rows that Philox(seed) draws for r.
    std::uint64_t seed = 0;
    /// Called now and then with the share done; returning false cancels with `Cancelled`.
    std::function<bool(double)> progress{};
};

namespace detail {

/// A variance needs two rows.
inline constexpr Index fewest_rows = 2;
/// Outputs within this part of the largest are equal but for rounding.
inline constexpr double equal_outputs = 1e-14;

/// Outputs times a power of two by which none is above 1, of the rows that have A and B.
struct ScaledOutputs {
    std::vector<Index> rows{};
    std::vector<double> a{};
    /// Less the mean.
    std::vector<double> centred_a{};
    std::vector<double> centred_b{};
    double scale = 1.0;
    int exponent = 0;
    double mean = std::numeric_limits<double>::quiet_NaN();
    double variance = std::numeric_limits<double>::quiet_NaN();
    bool varies = false;
};

/// The exponent by which the largest of the outputs is at most 1.
[[nodiscard]] inline int exponent_of(ColumnView y_a, ColumnView y_b,
                                     const Eigen::Ref<const Eigen::MatrixXd>& y_ab) {
    double largest = 0.0;
    const auto look = [&largest](ColumnView column) {
        const double* const values = column.data();
        for (Index i = 0; i < column.size(); ++i)
            if (std::fabs(values[i]) > largest) largest = std::fabs(values[i]);
    };
    look(y_a);
    look(y_b);
    for (Index j = 0; j < y_ab.cols(); ++j) look(y_ab.col(j));
    // 2^1000 is enough to lift the least numbers, and is itself finite.
    constexpr int lowest_exponent = -1000;
    return std::max(numeric::exponent_above(largest), lowest_exponent);
}

/// Mean and variance are of exact sums: the order of rows has no effect.
[[nodiscard]] THUOCDO_KERNEL inline ScaledOutputs scale_outputs(ColumnView y_a, ColumnView y_b,
                                                                Index count, int exponent) {
    THUOCDO_EXACT
    ScaledOutputs out;
    out.exponent = exponent;
    const double* const a = y_a.data();
    const double* const b = y_b.data();
    double smallest = std::numeric_limits<double>::infinity();
    double largest = -smallest;
    numeric::ExactSum sum;
    for (Index i = 0; i < count; ++i) {
        if (a[i] != a[i] || b[i] != b[i]) continue;
        const double scaled_a = numeric::times_power_of_two(a[i], -exponent);
        const double scaled_b = numeric::times_power_of_two(b[i], -exponent);
        out.rows.push_back(i);
        out.a.push_back(scaled_a);
        out.centred_a.push_back(scaled_a);
        out.centred_b.push_back(scaled_b);
        sum.add(scaled_a);
        sum.add(scaled_b);
        smallest = std::min({smallest, scaled_a, scaled_b});
        largest = std::max({largest, scaled_a, scaled_b});
    }
    if (out.rows.empty()) return out;
    const auto outputs = static_cast<std::uint64_t>(2 * out.rows.size());
    out.mean = sum.divided_by(outputs);
    out.varies =
        largest - smallest > equal_outputs * std::max(std::fabs(largest), std::fabs(smallest));
    numeric::ExactSum squares;
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
        out.centred_a[i] -= out.mean;
        out.centred_b[i] -= out.mean;
        squares.add(out.centred_a[i] * out.centred_a[i]);
        squares.add(out.centred_b[i] * out.centred_b[i]);
    }
    out.variance = squares.divided_by(outputs);
    return out;
}

/// The two products of each row whose sums the indices of a factor are made of: centred B
/// times (AB - A), and (AB - A)^2. 0 in rows without AB, where `there` is 0.
struct FactorProducts {
    Eigen::VectorXd first_order;
    Eigen::VectorXd total;
    Eigen::VectorXd there;
    Index rows = 0;
};

THUOCDO_KERNEL inline void multiply_outputs(const ScaledOutputs& outputs, ColumnView y_ab,
                                            FactorProducts& out) {
    THUOCDO_EXACT
    const auto count = static_cast<Index>(outputs.rows.size());
    out.first_order.resize(count);
    out.total.resize(count);
    out.there.resize(count);
    out.rows = 0;
    const double* const values = y_ab.data();
    for (Index k = 0; k < count; ++k) {
        const auto place = static_cast<std::size_t>(k);
        const double value = values[outputs.rows[place]];
        const bool there = value == value;
        const double change =
            there ? numeric::times_power_of_two(value, -outputs.exponent) - outputs.a[place] : 0.0;
        out.first_order[k] = outputs.centred_b[place] * change;
        out.total[k] = change * change;
        out.there[k] = there ? 1.0 : 0.0;
        out.rows += there ? 1 : 0;
    }
}

/// S and ST from sums over the rows of a factor, their number and the variance.
struct IndexPair {
    double first_order = std::numeric_limits<double>::quiet_NaN();
    double total = std::numeric_limits<double>::quiet_NaN();
};

[[nodiscard]] THUOCDO_KERNEL inline IndexPair indices_from(double first_sum, double total_sum,
                                                           double rows, double variance) noexcept {
    THUOCDO_EXACT
    return {first_sum / rows / variance, total_sum / rows / (2.0 * variance)};
}

[[nodiscard]] inline SobolState state_of(const ScaledOutputs& outputs, Index rows_of_factor) {
    if (rows_of_factor < fewest_rows) return SobolState::too_few_rows;
    return outputs.varies && outputs.variance > 0.0 ? SobolState::estimated
                                                    : SobolState::no_variation;
}

[[nodiscard]] inline IndexPair estimate(const ScaledOutputs& outputs,
                                        const FactorProducts& products) {
    if (state_of(outputs, products.rows) != SobolState::estimated) return {};
    numeric::ExactSum first_order;
    numeric::ExactSum total;
    first_order.add(products.first_order);
    total.add(products.total);
    return indices_from(first_order.value(), total.value(), static_cast<double>(products.rows),
                        outputs.variance);
}

[[nodiscard]] inline SobolConvergence indices_of_first(
    const ScaledOutputs& outputs, const Eigen::Ref<const Eigen::MatrixXd>& y_ab, Index rows) {
    SobolConvergence step{rows, Eigen::VectorXd(y_ab.cols()), Eigen::VectorXd(y_ab.cols())};
    FactorProducts products;
    for (Index j = 0; j < y_ab.cols(); ++j) {
        multiply_outputs(outputs, y_ab.col(j), products);
        const IndexPair pair = estimate(outputs, products);
        step.first_order[j] = pair.first_order;
        step.total[j] = pair.total;
    }
    return step;
}

/// The variance of a resample, NaN where its outputs are equal but for rounding.
[[nodiscard]] THUOCDO_KERNEL inline double resampled_variance(double sum, double sum_of_squares,
                                                              Index rows) noexcept {
    THUOCDO_EXACT
    const double outputs = 2.0 * static_cast<double>(rows);
    const double mean = sum / outputs;
    const double square = sum_of_squares / outputs;
    const double variance = square - mean * mean;
    return variance > equal_outputs * square ? variance : std::numeric_limits<double>::quiet_NaN();
}

inline void set_interval(const Eigen::VectorXd& values, double level, SobolIndex& index) {
    const double outside = (1.0 - level) / 2.0;
    index.lower = numeric::quantile(values, outside);
    index.upper = numeric::quantile(values, 1.0 - outside);
}

/// What the variance of a resample is made of, in the first two columns: sums and sums of
/// squares of outputs A and B.
THUOCDO_KERNEL inline void set_variance_columns(const ScaledOutputs& outputs, RowTable& columns) {
    THUOCDO_EXACT
    for (Index k = 0; k < columns.rows(); ++k) {
        const double a = outputs.centred_a[static_cast<std::size_t>(k)];
        const double b = outputs.centred_b[static_cast<std::size_t>(k)];
        columns(k, 0) = a + b;
        columns(k, 1) = a * a + b * b;
    }
}

/// Percentile intervals of every factor that has an index.
inline void bootstrap(const ScaledOutputs& outputs, const std::vector<FactorProducts>& products,
                      const SobolOptions& options, std::vector<SobolFactor>& factors) {
    const auto rows = static_cast<Index>(outputs.rows.size());
    std::vector<Index> estimated;
    Index width = 2;
    for (std::size_t j = 0; j < factors.size(); ++j) {
        if (factors[j].state != SobolState::estimated) continue;
        estimated.push_back(static_cast<Index>(j));
        width += products[j].rows == rows ? 2 : 3;
    }
    if (estimated.empty() || options.resamples == 0) return;
    RowTable columns(rows, width);
    set_variance_columns(outputs, columns);
    Index column = 2;
    for (const Index j : estimated) {
        const FactorProducts& of_factor = products[static_cast<std::size_t>(j)];
        columns.col(column++) = of_factor.first_order;
        columns.col(column++) = of_factor.total;
        if (of_factor.rows != rows) columns.col(column++) = of_factor.there;
    }
    const RowTable sums =
        resampled_sums(columns, options.resamples, options.seed, options.progress);
    Eigen::VectorXd variances(options.resamples);
    for (Index r = 0; r < options.resamples; ++r)
        variances[r] = resampled_variance(sums(r, 0), sums(r, 1), rows);
    Eigen::VectorXd first_order(options.resamples);
    Eigen::VectorXd total(options.resamples);
    column = 2;
    for (const Index j : estimated) {
        const bool complete = products[static_cast<std::size_t>(j)].rows == rows;
        for (Index r = 0; r < options.resamples; ++r) {
            const double count = complete ? static_cast<double>(rows) : sums(r, column + 2);
            const IndexPair pair =
                indices_from(sums(r, column), sums(r, column + 1), count, variances[r]);
            first_order[r] = pair.first_order;
            total[r] = pair.total;
        }
        column += complete ? 2 : 3;
        SobolFactor& factor = factors[static_cast<std::size_t>(j)];
        set_interval(first_order, options.level, factor.first_order);
        set_interval(total, options.level, factor.total);
    }
}

[[nodiscard]] inline std::vector<Problem> problems_of(const SobolOptions& options) {
    std::vector<Problem> problems;
    if (options.resamples < 0)
        problems.push_back({"resamples_out_of_range", "argument \"resamples\"",
                            std::to_string(options.resamples), "0 or more", ""});
    if (!(options.level > 0.0 && options.level < 1.0))
        problems.push_back({"level_out_of_range", "argument \"level\"",
                            numeric::shortest(options.level), "a number between 0 and 1",
                            "write 95% as 0.95"});
    return problems;
}

/// Every problem of the arguments. @returns how many outputs are missing.
[[nodiscard]] inline Index check_outputs(ColumnView y_a, ColumnView y_b,
                                         const Eigen::Ref<const Eigen::MatrixXd>& y_ab,
                                         const SobolOptions& options) {
    std::vector<Problem> problems = problems_of(options);
    const auto require_rows = [&](const char* place, Index rows) {
        if (rows == y_a.size()) return;
        problems.push_back({"size_mismatch", place, std::to_string(rows) + " rows",
                            std::to_string(y_a.size()) + ", as \"y_a\" has", ""});
    };
    require_rows("argument \"y_b\"", y_b.size());
    require_rows("argument \"y_ab\"", y_ab.rows());
    if (y_ab.cols() == 0)
        problems.push_back(
            {"no_factor", "argument \"y_ab\"", "no column", "one column a factor", ""});
    Index missing = 0;
    const auto look = [&](double value, auto place) {
        missing += value != value ? 1 : 0;
        if (!std::isinf(value) || problems.size() >= numeric::problems_listed) return;
        problems.push_back({"infinite_value", place(), numeric::shortest(value), "a finite number",
                            "mark a run that failed as missing"});
    };
    for (Index i = 0; i < y_a.size(); ++i)
        look(y_a[i], [i] { return numeric::entry_place("y_a", static_cast<std::size_t>(i)); });
    for (Index i = 0; i < y_b.size(); ++i)
        look(y_b[i], [i] { return numeric::entry_place("y_b", static_cast<std::size_t>(i)); });
    for (Index j = 0; j < y_ab.cols(); ++j)
        for (Index i = 0; i < y_ab.rows(); ++i)
            look(y_ab(i, j), [i, j] { return "y_ab, " + numeric::cell_place(i, j); });
    if (!problems.empty())
        throw NumericError("no sensitivity indices from these outputs", std::move(problems));
    return missing;
}

}  // namespace detail

/// First-order and total sensitivity indices of each factor, from the outputs of a model
/// at points A and B, drawn independently, and at points AB(i), which are those of A but
/// for factor i, which is that of B:
///
///     S(i)  = mean of (yB - m) (yAB(i) - yA) / V       (Saltelli et al. 2010)
///     ST(i) = mean of (yA - yAB(i))^2 / (2 V)          (Jansen 1999)
///
/// with m and V the mean and the variance (divisor n) of yA and yB together. Taking m off
/// changes nothing on average and makes S far more precise where the mean is large. Indices
/// are estimates: S may come out below 0 or above ST.
///
/// @param y_a outputs at A, one a row. NaN is missing: a run that failed.
/// @param y_b outputs at B.
/// @param y_ab outputs at AB, rows by factors. A row is left out of a factor only where
///        that factor lacks one of its three outputs, and counted there; V is of all rows
///        that have yA and yB.
/// @param options intervals are percentiles of the indices of resamples of the rows
///        (definition 7 of Hyndman and Fan), about the m of all rows. Points of a Sobol
///        sequence are more even than the bootstrap can know: then intervals are wider
///        than needed.
/// @throws NumericError with every problem: sizes that differ, infinite outputs, options
///         out of range; Cancelled.
/// Outputs within 1e-14 of the largest count as equal: all indices are then NaN, with the
/// state `no_variation`. Indices are of exact sums, so that the order of rows has no
/// effect; intervals depend on it as resamples do. Same bits on every machine.
/// Complexity: rows x factors, and as much for each resample: 1,024 rows, 20 factors and
/// 1,000 resamples take about 30 ms.
/// Source: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Computer
/// Physics Communications 181(2), 259-270; Jansen (1999), the same 117, 35-43.
[[nodiscard]] inline SobolIndices sobol_indices(ColumnView y_a, ColumnView y_b,
                                                const Eigen::Ref<const Eigen::MatrixXd>& y_ab,
                                                const SobolOptions& options = {}) {
    SobolIndices result;
    result.missing_outputs = detail::check_outputs(y_a, y_b, y_ab, options);
    result.rows = y_a.size();
    result.resamples = options.resamples;
    result.level = options.level;
    const int exponent = detail::exponent_of(y_a, y_b, y_ab);
    for (const Index parts : {8, 4, 2}) {
        const Index rows = result.rows / parts;
        if (rows < detail::fewest_rows) continue;
        result.convergence.push_back(
            detail::indices_of_first(detail::scale_outputs(y_a, y_b, rows, exponent), y_ab, rows));
    }
    const detail::ScaledOutputs outputs = detail::scale_outputs(y_a, y_b, result.rows, exponent);
    result.mean = numeric::times_power_of_two(outputs.mean, exponent);
    result.variance = numeric::times_power_of_two(
        numeric::times_power_of_two(outputs.variance, exponent), exponent);
    std::vector<detail::FactorProducts> products(static_cast<std::size_t>(y_ab.cols()));
    SobolConvergence all{result.rows, Eigen::VectorXd(y_ab.cols()), Eigen::VectorXd(y_ab.cols())};
    for (Index j = 0; j < y_ab.cols(); ++j) {
        detail::FactorProducts& of_factor = products[static_cast<std::size_t>(j)];
        detail::multiply_outputs(outputs, y_ab.col(j), of_factor);
        const detail::IndexPair pair = detail::estimate(outputs, of_factor);
        all.first_order[j] = pair.first_order;
        all.total[j] = pair.total;
        SobolFactor factor;
        factor.first_order.value = pair.first_order;
        factor.total.value = pair.total;
        factor.rows = of_factor.rows;
        factor.left_out = result.rows - of_factor.rows;
        factor.state = detail::state_of(outputs, of_factor.rows);
        result.factors.push_back(factor);
    }
    if (result.rows >= detail::fewest_rows) result.convergence.push_back(std::move(all));
    detail::bootstrap(outputs, products, options, result.factors);
    return result;
}

}  // namespace thuocdo::robust
