#pragma once
/// @file
/// What a reader of published figures knows about the withheld ones.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// weight * unknown, a part of a published sum.
struct Term {
    Index unknown = 0;
    double weight = 1.0;
};

/// Half a unit of the last printed place: 0.5 / 10^decimals. A number printed with these
/// decimals is at most so far from the number before rounding.
[[nodiscard]] inline double half_unit(int decimals) {
    constexpr double ten = 10.0;
    double scale = 1.0;
    for (int k = 0; k < decimals; ++k) scale *= ten;
    for (int k = decimals; k < 0; ++k) scale /= ten;
    return 1.0 / (scale + scale);
}

/// Collects equations and bounds line by line. Unknowns and rows are numbered from 0 in the
/// order in which they are added. Several publications of the same figures go into one
/// Knowledge.
class Knowledge {
  public:
    [[nodiscard]] Index unknowns() const noexcept { return static_cast<Index>(lower_.size()); }
    [[nodiscard]] Index rows() const noexcept { return static_cast<Index>(row_lower_.size()); }

    /// A figure of which the reader knows no more than its scale or domain (infinite where
    /// there is none), or what its printed digits say.
    /// @return its number
    Index add_unknown(double lower, double upper) {
        lower_.push_back(lower);
        upper_.push_back(upper);
        return unknowns() - 1;
    }

    /// lower <= sum of the terms <= upper. Terms of one unknown add up.
    /// @return the number of the row
    Index add_row(std::span<const Term> terms, double lower, double upper) {
        terms_.emplace_back(terms.begin(), terms.end());
        row_lower_.push_back(lower);
        row_upper_.push_back(upper);
        return rows() - 1;
    }

    /// A printed sum or mean: value - half <= known + sum of the terms <= value + half.
    /// @param half half_unit() of the printed decimals; 0 where the number is exact
    /// @param known the part that is published itself
    Index add_published(std::span<const Term> terms, double value, double half,
                        double known = 0.0) {
        return add_row(terms, value - half - known, value + half - known);
    }

    /// A score or subtotal as an unknown of its own: q = known + sum of the terms, of which the
    /// reader knows lower <= q <= upper. Orders between such quantities that their printed
    /// digits already decide tell nothing more; infer() sees that and keeps units apart.
    /// @return the number of q; its equation is the last row
    Index add_quantity(std::span<const Term> terms, double lower, double upper,
                       double known = 0.0) {
        const Index quantity = add_unknown(lower, upper);
        add_row(terms, -known, -known);
        terms_.back().push_back(Term{quantity, -1.0});
        return quantity;
    }

    /// Rank knowledge: the first sum is not below the second, which may lack terms but has
    /// the known parts taken off: better - worse >= least.
    Index add_order(std::span<const Term> better, std::span<const Term> worse, double least = 0.0) {
        add_row(better, least, std::numeric_limits<double>::infinity());
        for (const Term& term : worse) terms_.back().push_back(Term{term.unknown, -term.weight});
        return rows() - 1;
    }

    /// As a matrix with one row an equation and one column an unknown.
    /// @throws NumericError (`unknown_out_of_range`) for a term of an unknown that was not added
    [[nodiscard]] THUOCDO_KERNEL numeric::LinearConstraints constraints() const {
        THUOCDO_EXACT
        std::vector<Problem> problems;
        numeric::LinearConstraints result;
        result.coefficients = Eigen::MatrixXd::Zero(rows(), unknowns());
        for (std::size_t i = 0; i < terms_.size(); ++i) {
            for (const Term& term : terms_[i]) {
                if (term.unknown < 0 || term.unknown >= unknowns()) {
                    problems.push_back(Problem{"unknown_out_of_range", "row " + std::to_string(i),
                                               "unknown " + std::to_string(term.unknown),
                                               "0 to " + std::to_string(unknowns() - 1),
                                               "add the unknown before its rows"});
                    continue;
                }
                result.coefficients(static_cast<Index>(i), term.unknown) += term.weight;
            }
        }
        if (!problems.empty())
            throw NumericError("cannot use the published equations", std::move(problems));
        result.row_lower = vector_of(row_lower_);
        result.row_upper = vector_of(row_upper_);
        result.lower = vector_of(lower_);
        result.upper = vector_of(upper_);
        return result;
    }

  private:
    static Eigen::VectorXd vector_of(const std::vector<double>& values) {
        return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
    }

    std::vector<double> lower_;
    std::vector<double> upper_;
    std::vector<std::vector<Term>> terms_;
    std::vector<double> row_lower_;
    std::vector<double> row_upper_;
};

}  // namespace thuocdo::publish
