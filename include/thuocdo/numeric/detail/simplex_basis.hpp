#pragma once
/// @file
/// Scaled constraints, a basis of them and the dense inverse of the basis.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/sparse_columns.hpp>
#include <thuocdo/numeric/power_of_two.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace thuocdo::numeric::detail {

/// Variables are numbered: first the structural ones x, then for each row the logical one
/// s = A x, whose bounds are those of the row. The equations are [A, -I] [x; s] = 0, and at
/// first every logical variable is basic. Nonbasic variables stand on a bound, free ones on
/// 0.
class SimplexBasis {
  public:
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    explicit SimplexBasis(const SparseConstraints& constraints)
        : columns_(constraints.columns),
          rows_(static_cast<std::size_t>(constraints.row_lower.size())),
          structurals_(columns_.columns()) {
        scale_entries();
        for (std::size_t j = 0; j < structurals_; ++j) {
            lower_.push_back(constraints.lower[static_cast<Index>(j)] / scale_[j]);
            upper_.push_back(constraints.upper[static_cast<Index>(j)] / scale_[j]);
        }
        for (std::size_t i = 0; i < rows_; ++i) {
            lower_.push_back(constraints.row_lower[static_cast<Index>(i)] * row_scale_[i]);
            upper_.push_back(constraints.row_upper[static_cast<Index>(i)] * row_scale_[i]);
        }
        value_.resize(variables());
        for (std::size_t k = 0; k < variables(); ++k) value_[k] = nearest_bound(k);
        position_.assign(variables(), none);
        basic_.resize(rows_);
        set_logical_basis();
        refine();
    }

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t structurals() const noexcept { return structurals_; }
    [[nodiscard]] std::size_t variables() const noexcept { return rows_ + structurals_; }
    [[nodiscard]] const SparseColumns& columns() const noexcept { return columns_; }
    /// Value of the user = scaled value * scale. A power of two.
    [[nodiscard]] double scale(std::size_t j) const noexcept { return scale_[j]; }
    /// Scaled row = row of the user * row_scale. A power of two.
    [[nodiscard]] double row_scale(std::size_t i) const noexcept { return row_scale_[i]; }
    [[nodiscard]] double lower(std::size_t k) const noexcept { return lower_[k]; }
    [[nodiscard]] double upper(std::size_t k) const noexcept { return upper_[k]; }
    [[nodiscard]] double value(std::size_t k) const noexcept { return value_[k]; }
    void set_value(std::size_t k, double value) noexcept { value_[k] = value; }
    /// Variable at a position of the basis.
    [[nodiscard]] std::size_t basic(std::size_t position) const noexcept {
        return basic_[position];
    }
    [[nodiscard]] bool is_basic(std::size_t k) const noexcept { return position_[k] != none; }
    /// No exchange since the inverse was computed.
    [[nodiscard]] bool is_fresh() const noexcept { return exchanges_ == 0; }
    /// So many exchanges that the inverse should be computed anew.
    [[nodiscard]] bool is_stale() const noexcept {
        constexpr std::size_t fewest = 64;
        return exchanges_ >= std::max(fewest, rows_);
    }

    void inverse_row(std::size_t position, std::vector<double>& row) const {
        const double* first = inverse_.data() + position * rows_;
        row.assign(first, first + rows_);
    }

    /// y' a for column a of variable k.
    [[nodiscard]] THUOCDO_KERNEL double times_column(const std::vector<double>& y,
                                                     std::size_t k) const noexcept {
        THUOCDO_EXACT
        if (k >= structurals_) return -y[k - structurals_];
        double sum = 0.0;
        for (std::size_t e = columns_.start[k]; e < columns_.start[k + 1]; ++e)
            sum += columns_.value[e] * y[columns_.row[e]];
        return sum;
    }

    /// w = B^-1 a for column a of variable k.
    THUOCDO_KERNEL void column(std::size_t k, std::vector<double>& w) const {
        THUOCDO_EXACT
        w.assign(rows_, 0.0);
        if (k >= structurals_) {
            for (std::size_t i = 0; i < rows_; ++i)
                w[i] = -inverse_[i * rows_ + (k - structurals_)];
            return;
        }
        for (std::size_t i = 0; i < rows_; ++i) {
            const double* row = inverse_.data() + i * rows_;
            double sum = 0.0;
            for (std::size_t e = columns_.start[k]; e < columns_.start[k + 1]; ++e)
                sum += columns_.value[e] * row[columns_.row[e]];
            w[i] = sum;
        }
    }

    /// y' = c_B' B^-1.
    THUOCDO_KERNEL void price(const std::vector<double>& cost, std::vector<double>& y) const {
        THUOCDO_EXACT
        y.assign(rows_, 0.0);
        for (std::size_t p = 0; p < rows_; ++p) {
            const double c = cost[basic_[p]];
            if (c == 0.0) continue;
            const double* row = inverse_.data() + p * rows_;
            for (std::size_t i = 0; i < rows_; ++i) y[i] += c * row[i];
        }
    }

    /// Changes nonbasic variable k; the basic ones follow. `w` is its column().
    THUOCDO_KERNEL void move(std::size_t k, double change, const std::vector<double>& w) noexcept {
        THUOCDO_EXACT
        value_[k] += change;
        for (std::size_t i = 0; i < rows_; ++i) value_[basic_[i]] -= w[i] * change;
    }

    /// Variable k becomes basic at `position`; what stood there gets a value on its bound.
    void exchange(std::size_t position, std::size_t k, const std::vector<double>& w,
                  double leaving_value) {
        value_[basic_[position]] = leaving_value;
        position_[basic_[position]] = none;
        basic_[position] = k;
        position_[k] = position;
        eliminate(position, w);
        ++exchanges_;
    }

    /// Computes the inverse afresh, largest pivots first, and with it the basic values.
    void reinvert() {
        std::vector<std::size_t> wanted;
        std::vector<char> open(rows_, 1);
        for (std::size_t i = 0; i < rows_; ++i) {
            if (basic_[i] < structurals_) wanted.push_back(basic_[i]);
            if (basic_[i] >= structurals_) open[basic_[i] - structurals_] = 0;
        }
        std::sort(wanted.begin(), wanted.end());
        for (const std::size_t k : basic_) position_[k] = none;
        set_logical_basis();
        std::vector<double> w;
        for (const std::size_t k : wanted) {
            column(k, w);
            std::size_t best = none;
            for (std::size_t i = 0; i < rows_; ++i) {
                if (open[i] != 0 && (best == none || std::abs(w[i]) > std::abs(w[best]))) best = i;
            }
            // A column that depends on the others leaves the basis.
            constexpr double dependent = 1e-12;
            if (best == none || std::abs(w[best]) < dependent) {
                value_[k] = nearest_bound(k);
                continue;
            }
            open[best] = 0;
            exchange(best, k, w, on_bound(basic_[best]));
        }
        exchanges_ = 0;
        refine();
    }

    /// Corrects the basic values until the equations hold as well as they can.
    THUOCDO_KERNEL void refine() {
        THUOCDO_EXACT
        constexpr int corrections = 2;
        std::vector<double> residual(rows_);
        for (int round = 0; round < corrections; ++round) {
            for (std::size_t i = 0; i < rows_; ++i) residual[i] = -value_[structurals_ + i];
            for (std::size_t j = 0; j < structurals_; ++j) {
                if (value_[j] == 0.0) continue;
                for (std::size_t e = columns_.start[j]; e < columns_.start[j + 1]; ++e)
                    residual[columns_.row[e]] += columns_.value[e] * value_[j];
            }
            for (std::size_t p = 0; p < rows_; ++p) {
                const double* row = inverse_.data() + p * rows_;
                double change = 0.0;
                for (std::size_t i = 0; i < rows_; ++i) change += row[i] * residual[i];
                value_[basic_[p]] -= change;
            }
        }
    }

  private:
    /// Divides by powers of two so that the largest entry of each row, then of each column,
    /// is between 1/2 and 1.
    void scale_entries() {
        std::vector<double> largest(rows_, 0.0);
        for (std::size_t e = 0; e < columns_.value.size(); ++e)
            largest[columns_.row[e]] =
                std::max(largest[columns_.row[e]], std::abs(columns_.value[e]));
        for (const double entry : largest)
            row_scale_.push_back(power_of_two(-exponent_above(entry)));
        for (std::size_t j = 0; j < structurals_; ++j) {
            double top = 0.0;
            for (std::size_t e = columns_.start[j]; e < columns_.start[j + 1]; ++e) {
                columns_.value[e] *= row_scale_[columns_.row[e]];
                top = std::max(top, std::abs(columns_.value[e]));
            }
            scale_.push_back(power_of_two(-exponent_above(top)));
            for (std::size_t e = columns_.start[j]; e < columns_.start[j + 1]; ++e)
                columns_.value[e] *= scale_.back();
        }
    }

    [[nodiscard]] double nearest_bound(std::size_t k) const noexcept {
        const bool below = std::isfinite(lower_[k]);
        const bool above = std::isfinite(upper_[k]);
        if (below && above)
            return std::abs(upper_[k]) < std::abs(lower_[k]) ? upper_[k] : lower_[k];
        if (below) return lower_[k];
        return above ? upper_[k] : 0.0;
    }

    /// The value of a variable that is not basic any more or again: kept where it stands on a
    /// bound already.
    [[nodiscard]] double on_bound(std::size_t k) const noexcept {
        return value_[k] == lower_[k] || value_[k] == upper_[k] ? value_[k] : nearest_bound(k);
    }

    void set_logical_basis() {
        inverse_.assign(rows_ * rows_, 0.0);
        for (std::size_t i = 0; i < rows_; ++i) {
            inverse_[i * rows_ + i] = -1.0;
            basic_[i] = structurals_ + i;
            position_[basic_[i]] = i;
        }
    }

    /// Makes w the unit column of `position` by row operations on the inverse.
    THUOCDO_KERNEL void eliminate(std::size_t position, const std::vector<double>& w) {
        THUOCDO_EXACT
        double* pivot_row = inverse_.data() + position * rows_;
        used_.clear();
        for (std::size_t j = 0; j < rows_; ++j) {
            if (pivot_row[j] == 0.0) continue;
            pivot_row[j] /= w[position];
            used_.push_back(static_cast<std::uint32_t>(j));
        }
        for (std::size_t i = 0; i < rows_; ++i) {
            if (i == position || w[i] == 0.0) continue;
            double* row = inverse_.data() + i * rows_;
            for (const std::uint32_t j : used_) row[j] -= w[i] * pivot_row[j];
        }
    }

    SparseColumns columns_;
    std::size_t rows_;
    std::size_t structurals_;
    std::vector<double> scale_;
    std::vector<double> row_scale_;
    std::vector<double> lower_;
    std::vector<double> upper_;
    std::vector<double> value_;
    /// Position of a variable in the basis, `none` where it is not basic.
    std::vector<std::size_t> position_;
    std::vector<std::size_t> basic_;
    /// Row-major.
    std::vector<double> inverse_;
    std::vector<std::uint32_t> used_;
    std::size_t exchanges_ = 0;
};

}  // namespace thuocdo::numeric::detail
