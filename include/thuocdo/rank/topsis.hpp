#pragma once
/// @file
/// Technique for order preference by similarity to the ideal solution (TOPSIS).

#include <thuocdo/rank/detail/column_norm.hpp>
#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <string_view>
#include <tuple>

namespace thuocdo::rank {

struct TopsisOptions {
    /// The variant. Under `vector` a criterion keeps its direction, and so do the ideal
    /// and the anti-ideal; under the others higher is better after normalisation.
    Normalisation normalisation = Normalisation::vector;
    /// Also returns the weighted normalised matrix, which costs memory for n m doubles.
    bool keep_matrix = false;
};

/// What topsis() finds.
struct TopsisResult {
    static constexpr bool higher_is_better = true;
    Eigen::VectorXd scores;
    Eigen::VectorXd ideal;
    Eigen::VectorXd anti_ideal;
    Eigen::VectorXd distance_to_ideal;
    Eigen::VectorXd distance_to_anti_ideal;
    /// Empty unless asked for.
    Eigen::MatrixXd weighted_normalised;
    /// No criterion with a weight above 0 tells the alternatives apart.
    bool all_identical = false;
    /// The name of the normalisation.
    std::string_view variant;

    [[nodiscard]] static constexpr auto parts() {
        using R = TopsisResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "closeness: distance to the anti-ideal / sum of both distances"),
            part("ideal", &R::ideal, Axis::criteria, "best weighted normalised value"),
            part("anti_ideal", &R::anti_ideal, Axis::criteria, "worst weighted normalised value"),
            part("distance_to_ideal", &R::distance_to_ideal, Axis::alternatives,
                 "Euclidean distance to the ideal"),
            part("distance_to_anti_ideal", &R::distance_to_anti_ideal, Axis::alternatives,
                 "Euclidean distance to the anti-ideal"),
            part("weighted_normalised", &R::weighted_normalised, Axis::cells,
                 "weight * normalised value"),
            part("all_identical", &R::all_identical, Axis::single,
                 "whether nothing tells the alternatives apart; every score is then 0.5"),
            part("variant", &R::variant, Axis::single, "the normalisation")};
    }
};

namespace detail {

/// Adds the squares of the distances of a column to its ideal and its anti-ideal.
THUOCDO_KERNEL inline void add_squared_distances(const double* cells, Index count, double ideal,
                                                 double anti_ideal, double scale, double* to_ideal,
                                                 double* to_anti_ideal) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        const double from_best = (cells[i] - ideal) * scale;
        const double from_worst = (cells[i] - anti_ideal) * scale;
        to_ideal[i] += from_best * from_best;
        to_anti_ideal[i] += from_worst * from_worst;
    }
}

/// Takes the roots of the sums of squares, and the closeness.
THUOCDO_KERNEL inline void finish_closeness(Index count, double unit, double* to_ideal,
                                            double* to_anti_ideal, double* scores) {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        const double from_best = std::sqrt(to_ideal[i]);
        const double from_worst = std::sqrt(to_anti_ideal[i]);
        scores[i] = from_worst / (from_best + from_worst);
        to_ideal[i] = from_best * unit;
        to_anti_ideal[i] = from_worst * unit;
    }
}

/// weight * normalised value of a block, by the variant.
class TopsisColumns {
  public:
    TopsisColumns(const DecisionView& x, Normalisation how) : x_(x) {
        if (how == Normalisation::vector) {
            divisors_ = ratio_divisors(x);
        } else {
            normalisers_ = column_normalisers(x, how);
        }
    }

    void apply(Index j, const double* values, Index count, double* out) const {
        const auto k = static_cast<std::size_t>(j);
        if (normalisers_.empty()) {
            weighted_ratios(values, count, divisors_[k], x_.weight(j), out);
            return;
        }
        normalisers_[k].apply(values, count, out);
        const double w = x_.weight(j);
        for (Index i = 0; i < count; ++i) out[i] *= w;
    }

    [[nodiscard]] double of(Index j, double value) const {
        apply(j, &value, 1, &value);
        return value;
    }

  private:
    const DecisionView& x_;
    std::vector<double> divisors_;
    std::vector<ColumnNormaliser> normalisers_;
};

}  // namespace detail

/// scores(i) = d-(i)/(d+(i) + d-(i)), d+ and d- the Euclidean distances of the weighted
/// normalised row v = w n to the ideal (the best v of each criterion) and to the
/// anti-ideal (the worst).
///
/// Where programs disagree: **the variants give different winners**, so the result names
/// its own. The default is that of the source, n = x/sqrt(sum(x^2)) with ideals by
/// direction; taking 1 - n where lower is better instead gives the same distances. With
/// min-max columns the order is mostly close to it; with reciprocals where lower is better
/// (`sum` and `linear`) often not. Some programs swap the two distances; here the best on
/// every criterion scores 1 and the worst on every criterion 0.
///
/// When nothing tells the alternatives apart (d+ + d- = 0, also for a single one) every
/// score is 0.5 and `all_identical` says so. A constant column adds 0 to every distance,
/// also a column of zeros under `vector`.
///
/// @param x alternatives by criteria, finite.
/// @param weights one a criterion, 0 or more, taken as given.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, and where the normalisation is not defined.
/// Identical alternatives get identical bits; the order of rows changes none; scores do
/// not depend on the scale of the weights, nor under `vector` on the unit of a criterion.
/// Complexity: two sweeps, memory for three columns. Source: C. L. Hwang and K. Yoon
/// (1981), "Multiple attribute decision making", Springer; min-max variant: S. Opricovic
/// and G. H. Tzeng (2004), European Journal of Operational Research 156(2), 445-455.
[[nodiscard]] THUOCDO_KERNEL inline TopsisResult topsis(MatrixView x,
                                                        std::span<const double> weights,
                                                        std::span<const Direction> directions,
                                                        const TopsisOptions& options = {}) {
    THUOCDO_EXACT
    const DecisionView view(x, weights, directions, "TOPSIS");
    const detail::TopsisColumns columns(view, options.normalisation);
    TopsisResult result;
    result.variant = name_of(options.normalisation);
    result.ideal.resize(view.columns());
    result.anti_ideal.resize(view.columns());
    double largest = 0.0;
    for (Index j = 0; j < view.columns(); ++j) {
        result.ideal[j] = columns.of(j, view.best(j));
        result.anti_ideal[j] = columns.of(j, view.worst(j));
        largest = std::max(largest, std::abs(result.ideal[j] - result.anti_ideal[j]));
    }
    result.all_identical = largest == 0.0;
    // In units of a power of two near the widest criterion, so that no square is beyond
    // double. It changes no other bit.
    int exponent = 0;
    std::frexp(largest, &exponent);
    constexpr int largest_exponent = 1000;
    exponent = std::max(exponent, -largest_exponent);
    const double scale = std::ldexp(1.0, -exponent);
    const double unit = std::ldexp(1.0, exponent);
    result.distance_to_ideal = Eigen::VectorXd::Zero(view.rows());
    result.distance_to_anti_ideal = Eigen::VectorXd::Zero(view.rows());
    result.scores.resize(view.rows());
    if (options.keep_matrix) result.weighted_normalised.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const to_ideal = result.distance_to_ideal.data() + start;
        double* const to_anti_ideal = result.distance_to_anti_ideal.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells = options.keep_matrix
                                      ? result.weighted_normalised.data() + j * view.rows() + start
                                      : scratch;
            columns.apply(j, view.column(j) + start, count, cells);
            detail::add_squared_distances(cells, count, result.ideal[j], result.anti_ideal[j],
                                          scale, to_ideal, to_anti_ideal);
        }
        if (!result.all_identical)
            detail::finish_closeness(count, unit, to_ideal, to_anti_ideal,
                                     result.scores.data() + start);
    }
    constexpr double score_of_identical = 0.5;
    if (result.all_identical) result.scores.setConstant(score_of_identical);
    return result;
}

}  // namespace thuocdo::rank
