#pragma once
/// @file
/// Normalisations of the columns of a decision matrix, so that higher is better.

#include <thuocdo/numeric/grid_sum.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/rank/detail/column_norm.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// What normalise() makes of a value x of a column; higher is better; lower is better.
enum class Normalisation {
    min_max,            ///< (x - min)/(max - min); (max - x)/(max - min); 0 where constant
    maximum,            ///< x/max; 1 - x/max
    sum,                ///< x/sum(x); (1/x)/sum(1/x)
    vector,             ///< x/sqrt(sum(x^2)); 1 minus that
    linear,             ///< x/max; min/x
    logarithmic,        ///< ln(x)/sum(ln(x)); (1 minus that)/(n - 1)
    nonlinear,          ///< (x/max)^2; (min/x)^3
    enhanced_accuracy,  ///< 1 - (max - x)/sum(max - x); 1 - (x - min)/sum(x - min)
    zavadskas_turskis   ///< 1 - |max - x|/max; 1 - |min - x|/min
};

/// The name of a normalisation, as in the list above.
[[nodiscard]] constexpr std::string_view name_of(Normalisation how) noexcept {
    switch (how) {
        case Normalisation::min_max:
            return "min_max";
        case Normalisation::maximum:
            return "maximum";
        case Normalisation::sum:
            return "sum";
        case Normalisation::vector:
            return "vector";
        case Normalisation::linear:
            return "linear";
        case Normalisation::logarithmic:
            return "logarithmic";
        case Normalisation::nonlinear:
            return "nonlinear";
        case Normalisation::enhanced_accuracy:
            return "enhanced_accuracy";
        case Normalisation::zavadskas_turskis:
            return "zavadskas_turskis";
    }
    return "";
}

/// The normalisation of one column: its parameters are found once, and blocks of values
/// go through it.
class ColumnNormaliser {
  public:
    /// @param problems where columns and cells that the normalisation is not defined for
    ///        are named; the normaliser is then of no use.
    ColumnNormaliser(const DecisionView& x, Index j, Normalisation how,
                     std::vector<Problem>& problems)
        : how_(how) {
        const numeric::ValueRange range = x.range(j);
        const bool up = x.higher_is_better(j);
        switch (how) {
            case Normalisation::min_max:
                detail::require_range_within_double(x, j, problems);
                shift_ = up ? range.minimum : range.maximum;
                divisor_ = range.constant() ? std::numeric_limits<double>::infinity()
                                            : range.maximum - range.minimum;
                if (!up) divisor_ = -divisor_;
                break;
            case Normalisation::maximum:
                require_positive(range.maximum, x, j, "maximum", problems);
                offset_ = up ? 0.0 : 1.0;
                divisor_ = up ? range.maximum : -range.maximum;
                break;
            case Normalisation::sum:
                find_sum(x, j, up, problems);
                break;
            case Normalisation::vector:
                divisor_ = detail::column_norm(x, j);
                require_positive(divisor_, x, j, "root of the sum of squares", problems);
                offset_ = up ? 0.0 : 1.0;
                divisor_ = up ? divisor_ : -divisor_;
                break;
            case Normalisation::linear:
            case Normalisation::nonlinear:
                if (up) {
                    require_positive(range.maximum, x, j, "maximum", problems);
                    divisor_ = range.maximum;
                } else {
                    require_cells_positive(x, j, "a reciprocal", problems);
                    numerator_ = range.minimum;
                }
                if (how == Normalisation::linear) break;
                if (up) require_cells_not_negative(x, j, problems);
                power_ = up ? 2 : 3;
                break;
            case Normalisation::logarithmic:
                find_logarithms(x, j, up, problems);
                break;
            case Normalisation::enhanced_accuracy:
                shift_ = up ? range.maximum : range.minimum;
                offset_ = 1.0;
                detail::require_range_within_double(x, j, problems);
                divisor_ = sum_of_distances(x, j, shift_, problems);
                if (divisor_ == 0.0) divisor_ = std::numeric_limits<double>::infinity();
                if (!up) divisor_ = -divisor_;
                break;
            case Normalisation::zavadskas_turskis:
                shift_ = up ? range.maximum : range.minimum;
                require_positive(shift_, x, j, up ? "maximum" : "minimum", problems);
                offset_ = 1.0;
                divisor_ = up ? shift_ : -shift_;
                break;
        }
    }

    /// `out` may be `values`.
    THUOCDO_KERNEL void apply(const double* values, Index count, double* out) const {
        THUOCDO_EXACT
        const double numerator = numerator_;
        const double offset = offset_;
        const double shift = shift_;
        const double divisor = divisor_;
        if (how_ == Normalisation::logarithmic) {
            numeric::natural_logarithms(values, count, out);
            for (Index i = 0; i < count; ++i) out[i] = (offset + out[i] / divisor) * numerator;
            return;
        }
        if (numerator_ != 0.0) {
            for (Index i = 0; i < count; ++i) out[i] = numerator / values[i];
        } else {
            for (Index i = 0; i < count; ++i) out[i] = offset + (values[i] - shift) / divisor;
        }
        if (power_ == 2) {
            for (Index i = 0; i < count; ++i) out[i] = out[i] * out[i];
        } else if (power_ == 3) {
            for (Index i = 0; i < count; ++i) out[i] = out[i] * out[i] * out[i];
        }
    }

  private:
    static void require_positive(double divisor, const DecisionView& x, Index j, const char* what,
                                 std::vector<Problem>& problems) {
        const numeric::ValueRange range = x.range(j);
        const bool positive = divisor > 0.0 && std::isfinite(divisor);
        // Where values of both signs leave a small divisor, the ratios may overflow.
        if (positive && std::isfinite(range.minimum / divisor) &&
            std::isfinite(range.maximum / divisor) &&
            std::isfinite((range.maximum - range.minimum) / divisor))
            return;
        problems.push_back(
            {positive ? "beyond_double" : "divisor_not_positive", detail::column_place(j),
             std::string("a ") + what + " of " + numeric::shortest(divisor),
             positive ? "one that the values can be divided by" : "one above 0, within double",
             "use another normalisation, or shift the values of the column"});
    }

    /// The square turns the order of negative values round.
    static void require_cells_not_negative(const DecisionView& x, Index j,
                                           std::vector<Problem>& problems) {
        if (x.range(j).minimum >= 0.0) return;
        x.name_cells(
            j, "negative_value", "a number of 0 or more under a square",
            "use another normalisation, or shift the values of the column",
            [](double value) { return value >= 0.0; }, problems);
    }

    static bool require_cells_positive(const DecisionView& x, Index j, const char* under,
                                       std::vector<Problem>& problems) {
        // A reciprocal or a logarithm of a subnormal number is beyond what doubles hold.
        constexpr double least = std::numeric_limits<double>::min();
        if (x.range(j).minimum >= least) return true;
        const std::string expected = std::string("a number above 0 under ") + under;
        x.name_cells(
            j, "value_not_positive", expected.c_str(),
            "use another normalisation, or shift the values of the column",
            [](double value) { return value >= least; }, problems);
        return false;
    }

    void find_sum(const DecisionView& x, Index j, bool up, std::vector<Problem>& problems) {
        const numeric::ValueRange range = x.range(j);
        if (up) {
            numeric::GridSum sum(std::max(std::abs(range.minimum), std::abs(range.maximum)),
                                 x.rows());
            sum.add(x.column(j), x.rows());
            divisor_ = sum.value();
            require_positive(divisor_, x, j, "sum", problems);
            return;
        }
        if (!require_cells_positive(x, j, "a reciprocal", problems)) return;
        // sum over min/x, so that no reciprocal is beyond double: (1/x)/sum(1/x) is
        // (min/x)/sum(min/x).
        const double least = range.minimum;
        numeric::GridSum sum(1.0, x.rows());
        detail::over_blocks(x, j, [&](const double* cells, Index count, double* scratch) {
            for (Index i = 0; i < count; ++i) scratch[i] = least / cells[i];
            sum.add(scratch, count);
        });
        numerator_ = least / sum.value();
    }

    [[nodiscard]] static double sum_of_distances(const DecisionView& x, Index j, double from,
                                                 std::vector<Problem>& problems) {
        const double most = x.range(j).maximum - x.range(j).minimum;
        if (!std::isfinite(most)) return most;
        numeric::GridSum sum(most, x.rows());
        detail::over_blocks(x, j, [&](const double* cells, Index count, double* scratch) {
            for (Index i = 0; i < count; ++i) scratch[i] = std::abs(cells[i] - from);
            sum.add(scratch, count);
        });
        if (!std::isfinite(sum.value()))
            problems.push_back({"beyond_double", detail::column_place(j),
                                "a sum of distances beyond double", "one within double",
                                "give the values of the column in a larger unit"});
        return sum.value();
    }

    void find_logarithms(const DecisionView& x, Index j, bool up, std::vector<Problem>& problems) {
        if (!require_cells_positive(x, j, "a logarithm", problems)) return;
        double ends[] = {x.range(j).minimum, x.range(j).maximum};
        constexpr Index both = 2;
        numeric::natural_logarithms(ends, both, ends);
        // For what the logarithms of values between the ends may be rounded to.
        constexpr double margin = 1.001;
        numeric::GridSum sum(margin * std::max(std::abs(ends[0]), std::abs(ends[1])), x.rows());
        detail::over_blocks(x, j, [&](const double* cells, Index count, double* scratch) {
            numeric::natural_logarithms(cells, count, scratch);
            sum.add(scratch, count);
        });
        divisor_ = sum.value();
        // The logarithm of the product of the column. Below 0 it turns the order round.
        require_positive(divisor_, x, j, "sum of logarithms", problems);
        numerator_ = 1.0;
        if (up) return;
        if (x.rows() == 1)
            problems.push_back({"too_few_alternatives", detail::column_place(j), "1 row",
                                "2 or more for a logarithmic normalisation where lower is better",
                                "use another normalisation"});
        offset_ = 1.0;
        divisor_ = -divisor_;
        numerator_ = 1.0 / (static_cast<double>(x.rows()) - 1.0);
    }

    Normalisation how_;
    int power_ = 1;
    /// Not 0 for numerator/x.
    double numerator_ = 0.0;
    double offset_ = 0.0;
    double shift_ = 0.0;
    double divisor_ = 1.0;
};

/// One normaliser a column.
/// @throws NumericError naming every column and cell that the normalisation is not
///         defined for.
[[nodiscard]] inline std::vector<ColumnNormaliser> column_normalisers(const DecisionView& x,
                                                                      Normalisation how) {
    std::vector<Problem> problems;
    std::vector<ColumnNormaliser> out;
    out.reserve(static_cast<std::size_t>(x.columns()));
    for (Index j = 0; j < x.columns(); ++j) out.emplace_back(x, j, how, problems);
    x.throw_if_any(std::move(problems));
    return out;
}

/// The normalised matrix, alternatives by criteria; higher is better everywhere.
///
/// A constant column is 0 under min_max and 1 under enhanced_accuracy (a zero range
/// scales to 0). Sums over alternatives are on a grid, hence the same for every order of
/// rows.
/// @throws NumericError naming columns whose maximum, sum or norm is not above 0 where it
///         divides or whose range or ratios are beyond double, cells of 0 or below under a
///         reciprocal or a logarithm, and cells below 0 under the square of nonlinear
///         (which would put the most negative first); or as DecisionView.
/// Complexity: two sweeps, three where a sum is needed. Source: formulas as collected in
/// A. Jahan and K. L. Edwards (2015), Materials and Design 65, 335-342.
[[nodiscard]] inline Eigen::MatrixXd normalise(MatrixView x, std::span<const Direction> directions,
                                               Normalisation how) {
    const std::vector<double> equal(static_cast<std::size_t>(x.cols()), 1.0);
    const DecisionView view(x, equal, directions, "the normalisation");
    const std::vector<ColumnNormaliser> normalisers = column_normalisers(view, how);
    Eigen::MatrixXd out(x.rows(), x.cols());
    for (Index j = 0; j < x.cols(); ++j)
        normalisers[static_cast<std::size_t>(j)].apply(view.column(j), view.rows(),
                                                       out.data() + j * x.rows());
    return out;
}

}  // namespace thuocdo::rank
