#pragma once
/// @file
/// What the correlation coefficients share: checked columns, and the rows that two
/// columns have in common.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

/// Whole numbers, one for every two columns.
using IndexMatrix = Eigen::Matrix<Index, Eigen::Dynamic, Eigen::Dynamic>;

namespace detail {

/// Cells that one error lists at most.
inline constexpr std::size_t correlation_problems_listed = 100;

inline constexpr double undefined_correlation = std::numeric_limits<double>::quiet_NaN();

/// Number of set bits. std::popcount calls a library function under g++ for
/// processors without the instruction.
[[nodiscard]] inline std::uint64_t count_bits(std::uint64_t bits) noexcept {
    constexpr std::uint64_t every_second = 0x5555'5555'5555'5555U;
    constexpr std::uint64_t every_second_pair = 0x3333'3333'3333'3333U;
    constexpr std::uint64_t every_second_four = 0x0f0f'0f0f'0f0f'0f0fU;
    constexpr std::uint64_t every_byte = 0x0101'0101'0101'0101U;
    bits -= (bits >> 1) & every_second;
    bits = (bits & every_second_pair) + ((bits >> 2) & every_second_pair);
    bits = (bits + (bits >> 4)) & every_second_four;
    return (bits * every_byte) >> 56;
}

/// Columns of one length, finite or NaN, and which of them have NaN.
class CorrelatedColumns {
  public:
    /// @throws NumericError naming every infinite cell.
    explicit CorrelatedColumns(const Eigen::Ref<const Eigen::MatrixXd>& x) : rows_(x.rows()) {
        for (Index j = 0; j < x.cols(); ++j)
            add(x.data() + j * x.outerStride(), "column " + std::to_string(j));
        finish();
    }

    /// @throws NumericError when the lengths differ, or naming every infinite cell.
    CorrelatedColumns(ColumnView a, ColumnView b) : rows_(a.size()) {
        if (a.size() != b.size()) {
            throw NumericError(
                "correlation: columns of different length",
                {Problem{"length_mismatch", "argument \"b\"", std::to_string(b.size()) + " cells",
                         std::to_string(a.size()) + " cells, as in \"a\"",
                         "give columns over the same units"}});
        }
        add(a.data(), "argument \"a\"");
        add(b.data(), "argument \"b\"");
        finish();
    }

    [[nodiscard]] Index rows() const noexcept { return rows_; }
    [[nodiscard]] Index columns() const noexcept { return static_cast<Index>(cells_.size()); }
    [[nodiscard]] const double* cells(Index j) const noexcept {
        return cells_[static_cast<std::size_t>(j)];
    }
    /// Columns with NaN, and without.
    [[nodiscard]] const std::vector<Index>& incomplete() const noexcept { return incomplete_; }
    [[nodiscard]] const std::vector<Index>& complete() const noexcept { return complete_; }
    /// Position of a column in `incomplete()`, -1 for a complete one.
    [[nodiscard]] Index place_among_incomplete(Index j) const noexcept {
        return place_[static_cast<std::size_t>(j)];
    }
    [[nodiscard]] bool both_complete(Index a, Index b) const noexcept {
        return place_among_incomplete(a) < 0 && place_among_incomplete(b) < 0;
    }

    /// Number of rows where both are observed.
    [[nodiscard]] Index joint_rows(Index a, Index b) const noexcept {
        const Index place_a = place_among_incomplete(a);
        const Index place_b = place_among_incomplete(b);
        if (place_a < 0 && place_b < 0) return rows_;
        const std::uint64_t* const first =
            observed_.data() + static_cast<std::size_t>(place_a < 0 ? place_b : place_a) * words_;
        const std::uint64_t* const second =
            observed_.data() + static_cast<std::size_t>(place_b < 0 ? place_a : place_b) * words_;
        std::uint64_t count = 0;
        for (std::size_t w = 0; w < words_; ++w) count += count_bits(first[w] & second[w]);
        return static_cast<Index>(count);
    }

  private:
    static constexpr std::size_t word_bits = 64;

    void add(const double* cells, const std::string& name) {
        constexpr double largest = std::numeric_limits<double>::max();
        Index not_finite = 0;
        for (Index i = 0; i < rows_; ++i) not_finite += std::abs(cells[i]) <= largest ? 0 : 1;
        bool missing = false;
        for (Index i = 0; i < rows_ && not_finite > 0; ++i) {
            if (cells[i] != cells[i]) {
                missing = true;
            } else if (std::isinf(cells[i]) && problems_.size() < correlation_problems_listed) {
                problems_.push_back({"value_not_finite", "row " + std::to_string(i) + ", " + name,
                                     shortest(cells[i]), "a finite number, or NaN for missing",
                                     "correct the value or mark it missing"});
            }
        }
        place_.push_back(missing ? static_cast<Index>(incomplete_.size()) : -1);
        (missing ? incomplete_ : complete_).push_back(columns());
        cells_.push_back(cells);
    }

    void finish() {
        if (!problems_.empty())
            throw NumericError("correlation: values that are not finite", std::move(problems_));
        words_ = (static_cast<std::size_t>(rows_) + word_bits - 1) / word_bits;
        observed_.assign(words_ * incomplete_.size(), 0);
        std::uint64_t* word = observed_.data();
        for (const Index j : incomplete_) {
            const double* const column = cells(j);
            for (std::size_t i = 0; i < static_cast<std::size_t>(rows_); ++i) {
                const std::uint64_t bit = column[i] == column[i] ? 1 : 0;
                word[i / word_bits] |= bit << (i % word_bits);
            }
            word += words_;
        }
    }

    Index rows_;
    std::vector<const double*> cells_;
    std::vector<Index> incomplete_;
    std::vector<Index> complete_;
    std::vector<Index> place_;
    std::vector<Problem> problems_;
    std::size_t words_ = 0;
    /// One bit a row of every incomplete column.
    std::vector<std::uint64_t> observed_;
};

/// Coefficients of every two columns and how many rows each rests on.
struct PairwiseCoefficients {
    Eigen::MatrixXd coefficients;
    IndexMatrix pairs;

    explicit PairwiseCoefficients(const CorrelatedColumns& x)
        : coefficients(Eigen::MatrixXd::Constant(x.columns(), x.columns(), undefined_correlation)),
          pairs(x.columns(), x.columns()) {
        for (Index b = 0; b < x.columns(); ++b) {
            for (Index a = 0; a <= b; ++a) pairs(a, b) = pairs(b, a) = x.joint_rows(a, b);
        }
    }
    void set(Index a, Index b, double coefficient) {
        coefficients(a, b) = coefficient;
        coefficients(b, a) = coefficient;
    }
};

/// covariance / sqrt(variance_a variance_b) of sums of products, held in [-1, 1];
/// NaN where a variance is 0.
[[nodiscard]] inline double correlation_of_sums(double ab, double aa, double bb) noexcept {
    if (!(aa > 0.0 && bb > 0.0)) return undefined_correlation;
    const double r = ab / std::sqrt(aa * bb);
    return r > 1.0 ? 1.0 : r < -1.0 ? -1.0 : r;
}

}  // namespace detail
}  // namespace thuocdo::numeric
