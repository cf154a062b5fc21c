#pragma once
/// @file
/// Spearman's rank correlation of columns.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/correlated_columns.hpp>
#include <thuocdo/numeric/detail/cross_products.hpp>
#include <thuocdo/numeric/detail/ranked_columns.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace thuocdo::numeric {

namespace detail {

/// Twice the deviation of average ranks from their mean, one a run of equal values, from
/// how many rows each run has: whole numbers. 0 in the place of missing rows, after the
/// last run.
inline void doubled_rank_deviations(const std::vector<std::uint32_t>& rows_of_run, std::size_t runs,
                                    Index rows, std::vector<double>& out) {
    std::int64_t before = 0;
    for (std::size_t r = 0; r < runs; ++r) {
        const auto tied = static_cast<std::int64_t>(rows_of_run[r]);
        // Ranks before + 1 to before + tied average to before + (tied + 1) / 2.
        out[r] = static_cast<double>(2 * before + tied - rows);
        before += tied;
    }
    out[runs] = 0.0;
}

/// Spearman's correlation over the jointly observed rows alone.
class JointSpearman {
  public:
    explicit JointSpearman(Index rows)
        : rows_a_(static_cast<std::size_t>(rows) + 1),
          rows_b_(rows_a_.size()),
          ranks_a_(rows_a_.size()),
          ranks_b_(rows_a_.size()) {}

    [[nodiscard]] THUOCDO_KERNEL double operator()(const RankedColumn& a, const RankedColumn& b,
                                                   Index joint_rows) {
        THUOCDO_EXACT
        const std::size_t size = a.run.size();
        std::fill_n(rows_a_.begin(), a.runs() + 1, 0U);
        std::fill_n(rows_b_.begin(), b.runs() + 1, 0U);
        const auto runs_a = static_cast<std::uint32_t>(a.runs());
        const auto runs_b = static_cast<std::uint32_t>(b.runs());
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint32_t run_a = a.run[i];
            const std::uint32_t run_b = b.run[i];
            const std::uint32_t joint = (run_a < runs_a ? 1U : 0U) & (run_b < runs_b ? 1U : 0U);
            rows_a_[run_a] += joint;
            rows_b_[run_b] += joint;
        }
        doubled_rank_deviations(rows_a_, a.runs(), joint_rows, ranks_a_);
        doubled_rank_deviations(rows_b_, b.runs(), joint_rows, ranks_b_);
        // Where one is missing its deviation is 0, and so is the product.
        double products = 0.0;
        for (std::size_t i = 0; i < size; ++i) products += ranks_a_[a.run[i]] * ranks_b_[b.run[i]];
        return correlation_of_sums(products, squares(rows_a_, ranks_a_, a.runs()),
                                   squares(rows_b_, ranks_b_, b.runs()));
    }

  private:
    [[nodiscard]] THUOCDO_KERNEL static double squares(const std::vector<std::uint32_t>& rows,
                                                       const std::vector<double>& ranks,
                                                       std::size_t runs) {
        THUOCDO_EXACT
        double sum = 0.0;
        for (std::size_t r = 0; r < runs; ++r)
            sum += static_cast<double>(rows[r]) * (ranks[r] * ranks[r]);
        return sum;
    }

    std::vector<std::uint32_t> rows_a_;
    std::vector<std::uint32_t> rows_b_;
    std::vector<double> ranks_a_;
    std::vector<double> ranks_b_;
};

[[nodiscard]] inline PairwiseCoefficients pairwise_spearman(const CorrelatedColumns& x) {
    PairwiseCoefficients result(x);
    const Index rows = x.rows();
    if (rows < 2) return result;
    const std::vector<RankedColumn> ranked = ranked_columns(x);

    const std::vector<Index>& complete = x.complete();
    std::vector<std::vector<double>> deviations;
    std::vector<std::uint32_t> rows_of_run;
    for (const Index j : complete) {
        const RankedColumn& column = ranked[static_cast<std::size_t>(j)];
        rows_of_run.resize(column.runs());
        for (std::size_t r = 0; r < column.runs(); ++r)
            rows_of_run[r] = column.starts[r + 1] - column.starts[r];
        doubled_rank_deviations(rows_of_run, column.runs(), rows,
                                deviations.emplace_back(column.runs() + 1));
    }
    const Eigen::MatrixXd products =
        cross_products(static_cast<Index>(complete.size()), rows,
                       [&](Index k, Index start, Index count, double* out) {
                           const auto place = static_cast<std::size_t>(k);
                           const double* const table = deviations[place].data();
                           const std::uint32_t* const run =
                               ranked[static_cast<std::size_t>(complete[place])].run.data() + start;
                           for (Index i = 0; i < count; ++i) out[i] = table[run[i]];
                       });
    for (Index k = 0; k < products.cols(); ++k) {
        for (Index h = 0; h <= k; ++h) {
            result.set(complete[static_cast<std::size_t>(h)], complete[static_cast<std::size_t>(k)],
                       correlation_of_sums(products(h, k), products(h, h), products(k, k)));
        }
    }

    JointSpearman joint(x.incomplete().empty() ? 0 : rows);
    for (Index b = 0; b < x.columns(); ++b) {
        for (Index a = 0; a <= b; ++a) {
            if (x.both_complete(a, b) || result.pairs(a, b) < 2) continue;
            result.set(a, b,
                       joint(ranked[static_cast<std::size_t>(a)],
                             ranked[static_cast<std::size_t>(b)], result.pairs(a, b)));
        }
    }
    return result;
}

}  // namespace detail

/// Spearman's rank correlation over the rows where both are observed: Pearson's
/// correlation of the ranks among those rows, where equal values share the average of
/// their ranks. (The formula with squared rank differences is wrong with ties.)
///
/// @param a, b columns over the same units; NaN is missing.
/// @return NaN below two such rows and where a column is constant over them.
/// @throws NumericError when the lengths differ, or naming every infinite cell.
/// Complexity: one sort a column and a few passes. Twice the ranks are whole numbers, so
/// their sums are exact and free of the order of units up to 200,000 rows; beyond, a fixed
/// order of rows. Same bits on every machine.
/// Source: C. Spearman (1904), American Journal of Psychology 15; for ties M. G. Kendall
/// (1945), Biometrika 33.
[[nodiscard]] inline double spearman(ColumnView a, ColumnView b) {
    return detail::pairwise_spearman(detail::CorrelatedColumns(a, b)).coefficients(0, 1);
}

/// `spearman` of every two columns, pairwise complete: a pair is ranked among the rows
/// where both its columns are observed.
///
/// @param x rows are units, columns are indicators; NaN is missing.
/// @return symmetric, with the bits of `spearman` in every cell. The diagonal is 1, or NaN
///         for a column that is constant or has fewer than two observed values.
/// @throws NumericError naming the infinite cells.
/// Complexity: m sorts, then n m^2 multiplications and additions for complete columns;
/// for a pair with missing values counting passes, not sorts.
[[nodiscard]] inline Eigen::MatrixXd spearman_matrix(const Eigen::Ref<const Eigen::MatrixXd>& x) {
    return detail::pairwise_spearman(detail::CorrelatedColumns(x)).coefficients;
}

}  // namespace thuocdo::numeric
