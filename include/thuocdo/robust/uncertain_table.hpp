#pragma once
/// @file
/// A decision table whose values are exact, in an interval, or normally distributed.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/matrix_places.hpp>
#include <thuocdo/rank/interval.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// What is known of one value. Values of a table are independent of each other.
struct UncertainValue {
    enum class Kind {
        exact,    ///< the value
        uniform,  ///< anywhere from low to high, all equally likely
        normal    ///< around a mean with a standard deviation
    };
    Kind kind = Kind::exact;
    /// The value, the low end or the mean.
    double first = 0.0;
    /// The high end or the standard deviation; unused where the value is exact.
    double second = 0.0;

    [[nodiscard]] static UncertainValue exact(double value) { return {Kind::exact, value, 0.0}; }
    [[nodiscard]] static UncertainValue uniform(double low, double high) {
        return {Kind::uniform, low, high};
    }
    [[nodiscard]] static UncertainValue normal(double mean, double deviation) {
        return {Kind::normal, mean, deviation};
    }

    /// A normal value is taken to lie within so many standard deviations of its mean where
    /// a widest range is wanted. 95 % of its draws do; the program JSMAA takes the same.
    static constexpr double deviations_in_range = 1.96;

    /// Whether it is one number.
    [[nodiscard]] bool is_certain() const noexcept {
        return kind == Kind::exact || (kind == Kind::uniform && first == second) ||
               (kind == Kind::normal && second == 0.0);
    }
    /// From the least to the largest value it is reckoned to take.
    [[nodiscard]] THUOCDO_KERNEL rank::Interval range() const noexcept {
        THUOCDO_EXACT
        if (kind == Kind::uniform) return {first, second};
        if (kind == Kind::exact) return {first, first};
        return {first - deviations_in_range * second, first + deviations_in_range * second};
    }
    friend bool operator==(const UncertainValue&, const UncertainValue&) = default;
};

/// Alternatives by criteria.
class UncertainTable {
  public:
    /// Every value exact and 0 until it is set.
    UncertainTable(Index rows, Index columns)
        : rows_(rows), columns_(columns), cells_(static_cast<std::size_t>(rows * columns)) {}

    /// Every value exact.
    explicit UncertainTable(const Eigen::Ref<const Eigen::MatrixXd>& values)
        : UncertainTable(values.rows(), values.cols()) {
        for (Index j = 0; j < columns_; ++j)
            for (Index i = 0; i < rows_; ++i) (*this)(i, j) = UncertainValue::exact(values(i, j));
    }

    [[nodiscard]] Index rows() const noexcept { return rows_; }
    [[nodiscard]] Index columns() const noexcept { return columns_; }
    [[nodiscard]] UncertainValue& operator()(Index alternative, Index criterion) {
        return cells_.at(static_cast<std::size_t>(criterion * rows_ + alternative));
    }
    [[nodiscard]] const UncertainValue& operator()(Index alternative, Index criterion) const {
        return cells_.at(static_cast<std::size_t>(criterion * rows_ + alternative));
    }

    /// Names for what is printed; empty: numbers from 1.
    std::vector<std::string> alternatives{};
    std::vector<std::string> criteria{};

    /// What is wrong with the cells and names.
    void check(std::vector<Problem>& problems) const {
        if (rows_ == 0 || columns_ == 0)
            problems.push_back({"empty_table", "table",
                                std::to_string(rows_) + " alternatives and " +
                                    std::to_string(columns_) + " criteria",
                                "one or more of each", ""});
        check_names("alternatives", alternatives, rows_, problems);
        check_names("criteria", criteria, columns_, problems);
        for (Index j = 0; j < columns_; ++j)
            for (Index i = 0; i < rows_ && problems.size() < numeric::problems_listed; ++i)
                check_cell((*this)(i, j), numeric::cell_place(i, j), problems);
    }

  private:
    static void check_names(const char* what, const std::vector<std::string>& names, Index count,
                            std::vector<Problem>& problems) {
        if (names.empty() || names.size() == static_cast<std::size_t>(count)) return;
        problems.push_back({"size_mismatch", what, std::to_string(names.size()) + " names",
                            std::to_string(count), "name all of them or none"});
    }

    static void check_cell(const UncertainValue& cell, const std::string& place,
                           std::vector<Problem>& problems) {
        using Kind = UncertainValue::Kind;
        const bool two = cell.kind != Kind::exact;
        if (!std::isfinite(cell.first) || (two && !std::isfinite(cell.second))) {
            problems.push_back(
                {"value_not_finite", place,
                 numeric::shortest(cell.first) + (two ? ", " + numeric::shortest(cell.second) : ""),
                 "finite numbers",
                 "leave out the alternative, or state what is known of the value"});
        } else if (cell.kind == Kind::uniform && !(cell.first <= cell.second)) {
            problems.push_back(
                {"interval_invalid", place,
                 numeric::shortest(cell.first) + " to " + numeric::shortest(cell.second),
                 "the lower end first", ""});
        } else if (cell.kind == Kind::normal && cell.second < 0.0) {
            problems.push_back({"deviation_out_of_range", place, numeric::shortest(cell.second),
                                "a standard deviation of 0 or more", ""});
        }
    }

    Index rows_;
    Index columns_;
    std::vector<UncertainValue> cells_;
};

}  // namespace thuocdo::robust
