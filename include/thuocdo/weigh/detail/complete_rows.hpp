#pragma once
/// @file
/// What the objective weighting schemes share: the complete rows of a matrix, the
/// checks of its cells, and weights as shares of a total.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/column_scan.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/matrix_places.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::weigh {

/// Rows are units, columns are indicators, NaN is missing.
using MatrixView = const Eigen::Ref<const Eigen::MatrixXd>&;

namespace detail {

using numeric::cell_place;
using numeric::column_place;
using numeric::entry_place;
using numeric::problems_listed;

/// Rows that are worked on together, so that scratch stays in the cache.
inline constexpr Index block_rows = 256;

/// A spread needs two units.
inline constexpr Index fewest_rows = 2;

inline void throw_if_any(const char* summary, std::vector<Problem>&& problems) {
    if (!problems.empty()) throw NumericError(summary, std::move(problems));
}

/// The rows of a matrix without a missing value. Where every row is complete they
/// are the matrix itself, without a copy.
class CompleteRows {
  public:
    /// @throws NumericError when there is no column, naming infinite cells, or when
    /// fewer than two rows are complete.
    explicit CompleteRows(MatrixView x)
        : data_(x.data()), rows_(x.rows()), columns_(x.cols()), stride_(x.outerStride()) {
        if (columns_ == 0) {
            throw NumericError(
                "no weights without indicators",
                {Problem{"no_indicator", "argument \"x\"", "no column", "one column or more", ""}});
        }
        std::vector<char> complete(static_cast<std::size_t>(rows_), 1);
        std::vector<Problem> problems;
        for (Index j = 0; j < columns_; ++j) {
            const double* const cells = column(j);
            if (numeric::all_finite(cells, rows_)) continue;
            for (Index i = 0; i < rows_; ++i) {
                if (std::isnan(cells[i])) {
                    complete[static_cast<std::size_t>(i)] = 0;
                } else if (std::isinf(cells[i]) && problems.size() < problems_listed) {
                    problems.push_back({"infinite_value", cell_place(i, j),
                                        numeric::shortest(cells[i]), "a finite number",
                                        "correct the value or mark it missing"});
                }
            }
        }
        throw_if_any("no weights from infinite values", std::move(problems));
        const Index count =
            static_cast<Index>(std::count(complete.begin(), complete.end(), char{1}));
        if (count < fewest_rows) {
            throw NumericError(
                "no weights from so few units",
                {Problem{"too_few_complete_rows", "argument \"x\"",
                         std::to_string(count) + " rows without a missing value, of " +
                             std::to_string(rows_),
                         std::to_string(fewest_rows) + " or more",
                         "impute missing values, or leave out the indicators that lack them"}});
        }
        if (count == rows_) return;
        original_rows_.reserve(static_cast<std::size_t>(count));
        for (Index i = 0; i < rows_; ++i) {
            if (complete[static_cast<std::size_t>(i)] != 0) original_rows_.push_back(i);
        }
        copy_.resize(count, columns_);
        for (Index j = 0; j < columns_; ++j) {
            const double* const cells = column(j);
            double* const copied = copy_.data() + j * count;
            for (Index i = 0; i < count; ++i)
                copied[i] = cells[original_rows_[static_cast<std::size_t>(i)]];
        }
        data_ = copy_.data();
        rows_ = count;
        stride_ = count;
    }

    CompleteRows(const CompleteRows&) = delete;
    CompleteRows& operator=(const CompleteRows&) = delete;

    [[nodiscard]] Index rows() const noexcept { return rows_; }
    [[nodiscard]] Index columns() const noexcept { return columns_; }
    [[nodiscard]] const double* column(Index j) const noexcept { return data_ + j * stride_; }

    /// Row of the matrix that was given.
    [[nodiscard]] Index original_row(Index i) const noexcept {
        return original_rows_.empty() ? i : original_rows_[static_cast<std::size_t>(i)];
    }

    [[nodiscard]] Eigen::Map<const Eigen::VectorXd> vector(Index j) const {
        return Eigen::Map<const Eigen::VectorXd>(column(j), rows_);
    }

    using Matrix = Eigen::Map<const Eigen::MatrixXd, Eigen::Unaligned, Eigen::OuterStride<>>;
    [[nodiscard]] Matrix matrix() const {
        return Matrix(data_, rows_, columns_, Eigen::OuterStride<>(stride_));
    }

  private:
    const double* data_;
    Index rows_;
    Index columns_;
    Index stride_;
    Eigen::MatrixXd copy_;
    std::vector<Index> original_rows_;
};

/// Smallest and largest value of each column.
struct Extremes {
    Eigen::VectorXd minimum;
    Eigen::VectorXd maximum;
    [[nodiscard]] bool constant(Index j) const { return minimum[j] == maximum[j]; }
};

[[nodiscard]] inline Extremes extremes_of(const CompleteRows& x) {
    Extremes result{Eigen::VectorXd(x.columns()), Eigen::VectorXd(x.columns())};
    for (Index j = 0; j < x.columns(); ++j) {
        const numeric::ValueRange range = numeric::value_range(x.column(j), x.rows());
        result.minimum[j] = range.minimum;
        result.maximum[j] = range.maximum;
    }
    return result;
}

/// Names the cells below `least` (or at it, where it is excluded) in the columns
/// that `concerned` picks. The extremes say at once whether there are any.
template <class Concerned>
void require_above(const CompleteRows& x, const Extremes& extremes, double least,
                   bool least_allowed, const char* summary, const char* code,
                   const std::string& expected, const char* remedy, Concerned concerned) {
    const auto allowed = [&](double value) {
        return value > least || (least_allowed && value == least);
    };
    std::vector<Problem> problems;
    for (Index j = 0; j < x.columns(); ++j) {
        if (!concerned(j) || allowed(extremes.minimum[j])) continue;
        const double* const cells = x.column(j);
        for (Index i = 0; i < x.rows() && problems.size() < problems_listed; ++i) {
            if (allowed(cells[i])) continue;
            problems.push_back({code, cell_place(x.original_row(i), j), numeric::shortest(cells[i]),
                                expected, remedy});
        }
    }
    throw_if_any(summary, std::move(problems));
}

inline void require_directions(std::span<const Direction> directions, Index columns) {
    if (directions.size() == static_cast<std::size_t>(columns)) return;
    throw NumericError("no weights without the direction of each indicator",
                       {Problem{"size_mismatch", "argument \"directions\"",
                                std::to_string(directions.size()) + " directions",
                                std::to_string(columns) + ", one a column of \"x\"", ""}});
}

[[nodiscard]] inline bool rises(std::span<const Direction> directions, Index j) {
    return directions[static_cast<std::size_t>(j)] == Direction::higher_is_better;
}

[[nodiscard]] inline Eigen::VectorXd equal_shares(Index count) {
    return Eigen::VectorXd::Constant(count, 1.0 / static_cast<double>(count));
}

/// Each of the numbers, 0 or more and not all 0, over their total. The total is
/// exact, so the order of indicators does not matter.
[[nodiscard]] inline Eigen::VectorXd shares_of(const Eigen::VectorXd& numbers) {
    numeric::ExactSum sum;
    for (Index j = 0; j < numbers.size(); ++j) sum.add(numbers[j]);
    const double total = sum.value();
    Eigen::VectorXd shares(numbers.size());
    for (Index j = 0; j < numbers.size(); ++j) shares[j] = numbers[j] / total;
    return shares;
}

[[nodiscard]] inline bool none_positive(const Eigen::VectorXd& numbers) {
    for (Index j = 0; j < numbers.size(); ++j) {
        if (numbers[j] > 0.0) return false;
    }
    return true;
}

/// Shares of what each column carries. Where no column carries anything all are
/// equal, and `all_constant` says so.
[[nodiscard]] inline Eigen::VectorXd shares_or_equal(const Eigen::VectorXd& numbers,
                                                     bool& all_constant) {
    all_constant = none_positive(numbers);
    return all_constant ? equal_shares(numbers.size()) : shares_of(numbers);
}

}  // namespace detail
}  // namespace thuocdo::weigh
