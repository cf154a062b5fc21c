#pragma once
/// @file
/// What every multi-criteria method reads, and the check that all of them make.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/column_scan.hpp>
#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/rank/detail/checks.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// Rows are alternatives, columns are criteria.
using MatrixView = const Eigen::Ref<const Eigen::MatrixXd>&;

/// Matrix, weights and directions of a decision, checked. It refers to the memory of
/// the caller, who keeps it alive.
///
/// Every method wants one alternative and one criterion or more, finite values (a
/// missing value has no place in a comparison of all with all: impute it or leave the
/// alternative out), and one finite weight of 0 or more a criterion, not all 0. Weights
/// are taken as given and never scaled to a sum of 1 in silence.
class DecisionView {
  public:
    /// @param method for the text of the error, e.g. `TOPSIS`.
    /// @throws NumericError naming every problem: sizes, weights, cells that are missing
    ///         or infinite. Complexity: one sweep over the matrix.
    DecisionView(MatrixView x, std::span<const double> weights,
                 std::span<const Direction> directions, const char* method)
        : data_(x.data()),
          rows_(x.rows()),
          columns_(x.cols()),
          stride_(x.outerStride()),
          weights_(weights),
          directions_(directions),
          method_(method) {
        std::vector<Problem> problems;
        detail::check_sizes(rows_, columns_, weights.size(), directions.size(), problems);
        detail::check_weights(weights, problems);
        ranges_.reserve(static_cast<std::size_t>(columns_));
        for (Index j = 0; j < columns_ && rows_ > 0; ++j) {
            if (numeric::all_finite(column(j), rows_)) {
                ranges_.push_back(numeric::value_range(column(j), rows_));
            } else {
                detail::name_cells_not_finite(column(j), rows_, j, problems);
            }
        }
        throw_if_any(std::move(problems));
    }

    [[nodiscard]] Index rows() const noexcept { return rows_; }
    [[nodiscard]] Index columns() const noexcept { return columns_; }
    [[nodiscard]] const double* column(Index j) const noexcept { return data_ + j * stride_; }
    [[nodiscard]] double weight(Index j) const noexcept {
        return weights_[static_cast<std::size_t>(j)];
    }
    [[nodiscard]] bool higher_is_better(Index j) const noexcept {
        return directions_[static_cast<std::size_t>(j)] == Direction::higher_is_better;
    }
    [[nodiscard]] const numeric::ValueRange& range(Index j) const noexcept {
        return ranges_[static_cast<std::size_t>(j)];
    }
    /// The best value of a criterion, by its direction.
    [[nodiscard]] double best(Index j) const noexcept {
        return higher_is_better(j) ? range(j).maximum : range(j).minimum;
    }
    [[nodiscard]] double worst(Index j) const noexcept {
        return higher_is_better(j) ? range(j).minimum : range(j).maximum;
    }
    /// Added up in the order of the criteria.
    [[nodiscard]] THUOCDO_KERNEL double total_weight() const noexcept {
        THUOCDO_EXACT
        double total = 0.0;
        for (const double w : weights_) total += w;
        return total;
    }

    /// Names the cells of a column that `allowed` refuses.
    template <class Allowed>
    void name_cells(Index j, const char* code, const char* expected, const char* remedy,
                    Allowed allowed, std::vector<Problem>& problems) const {
        for (Index i = 0; i < rows_ && problems.size() < detail::problems_listed; ++i) {
            const double value = column(j)[i];
            if (allowed(value)) continue;
            problems.push_back(
                {code, detail::cell_place(i, j), numeric::shortest(value), expected, remedy});
        }
    }

    void throw_if_any(std::vector<Problem>&& problems) const {
        if (!problems.empty())
            throw NumericError(std::string(method_) + " cannot rank the alternatives",
                               std::move(problems));
    }

  private:
    const double* data_;
    Index rows_;
    Index columns_;
    Index stride_;
    std::span<const double> weights_;
    std::span<const Direction> directions_;
    const char* method_;
    std::vector<numeric::ValueRange> ranges_;
};

}  // namespace thuocdo::rank
