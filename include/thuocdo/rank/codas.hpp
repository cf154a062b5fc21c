#pragma once
/// @file
/// Combinative distance-based assessment (CODAS).

#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

struct CodasOptions {
    /// tau, in units of the weighted Euclidean distance: the taxicab distance counts
    /// between alternatives whose Euclidean distances differ by tau or more. The paper
    /// takes 0.02, from 0.01 to 0.05.
    double threshold = 0.02;
    /// Also returns the weighted normalised matrix, memory for n m doubles.
    bool keep_matrix = false;
    /// Also returns the relative assessment of all pairs, memory for n^2 doubles.
    bool keep_pairs = false;
};

/// What codas() finds.
struct CodasResult {
    static constexpr bool higher_is_better = true;
    /// H.
    Eigen::VectorXd scores;
    /// E, from the negative ideal.
    Eigen::VectorXd euclidean_distance;
    /// T, from the negative ideal.
    Eigen::VectorXd taxicab_distance;
    /// ns.
    Eigen::VectorXd negative_ideal;
    /// r. Empty unless asked for.
    Eigen::MatrixXd weighted;
    /// h. Empty unless asked for.
    Eigen::MatrixXd relative_assessment;

    [[nodiscard]] static constexpr auto parts() {
        using R = CodasResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives,
                 "sum over the others of the relative assessment"),
            part("euclidean_distance", &R::euclidean_distance, Axis::alternatives,
                 "root of the sum of (weighted - negative ideal)^2"),
            part("taxicab_distance", &R::taxicab_distance, Axis::alternatives,
                 "sum of |weighted - negative ideal|"),
            part("negative_ideal", &R::negative_ideal, Axis::criteria,
                 "least weighted value of the criterion"),
            part("weighted", &R::weighted, Axis::cells, "weight * normalised value"),
            part("relative_assessment", &R::relative_assessment, Axis::pairs,
                 "difference of Euclidean distances, and of taxicab distances where that is "
                 "at or above the threshold")};
    }
};

namespace detail {

/// Whether Euclidean distances differ by tau or more, rounded to 12 decimals. A
/// difference of two rounded numbers falls a little short of tau or exceeds it by chance
/// where it equals tau in decimals.
class CodasThreshold {
  public:
    explicit CodasThreshold(double tau) noexcept : cut_(tau - half_unit) {}
    [[nodiscard]] bool reached(double higher, double lower) const noexcept {
        return higher - lower >= cut_;
    }
    /// tau is 0, which every pair reaches.
    [[nodiscard]] bool always() const noexcept { return cut_ <= 0.0; }

  private:
    static constexpr double half_unit = 0.5e-12;
    double cut_;
};

/// Adds the distances of a block of one column of normalised values, turned into r.
THUOCDO_KERNEL inline void add_codas_distances(double* cells, Index count, double w,
                                               double negative_ideal, double* squares,
                                               double* taxicab) noexcept {
    THUOCDO_EXACT
    for (Index i = 0; i < count; ++i) {
        cells[i] = w * cells[i];
        const double distance = cells[i] - negative_ideal;
        squares[i] += distance * distance;
        taxicab[i] += distance;
    }
}

/// ns of every column. Rounded division and multiplication keep order, so the least
/// weighted value is that of the worst value: min/max in either direction.
THUOCDO_KERNEL inline Eigen::VectorXd codas_negative_ideal(const DecisionView& x,
                                                           std::vector<Problem>& problems) {
    THUOCDO_EXACT
    constexpr double largest_distance = 1e150;
    Eigen::VectorXd ideal(x.columns());
    for (Index j = 0; j < x.columns(); ++j) {
        const double least = x.range(j).minimum / x.range(j).maximum;
        ideal[j] = x.weight(j) * least;
        if (x.weight(j) * (1.0 - least) <= largest_distance) continue;
        problems.push_back({"distance_too_large", column_place(j),
                            "a minimum of " + numeric::shortest(x.range(j).minimum) +
                                " beside a maximum of " + numeric::shortest(x.range(j).maximum),
                            "weighted distances of at most " + numeric::shortest(largest_distance) +
                                ", whose squares are within double",
                            "shift or scale the values of the column"});
    }
    return ideal;
}

[[nodiscard]] inline double exact_sum(const Eigen::VectorXd& values) {
    numeric::GridSum sum(values.maxCoeff(), values.size());
    sum.add(values.data(), values.size());
    return sum.value();
}

/// sum over k of h(i, k) without the pairs: over all k the Euclidean part is n E(i) less
/// the sum of E; the alternatives at or beyond the threshold from i are the first and the
/// last ones in the order of E, and their taxicab distances come from prefix sums. These
/// are on a grid and are read at places between different E only, so the order of ties
/// has no effect.
THUOCDO_KERNEL inline void codas_assessment(const CodasThreshold& threshold, CodasResult& result) {
    THUOCDO_EXACT
    const Eigen::VectorXd& euclidean = result.euclidean_distance;
    const Eigen::VectorXd& taxicab = result.taxicab_distance;
    const Index n = euclidean.size();
    const auto size = static_cast<std::size_t>(n);
    const double count = static_cast<double>(n);
    const double mean = exact_sum(euclidean) / count;
    result.scores.resize(n);
    if (threshold.always()) {
        const double total = exact_sum(taxicab);
        for (Index i = 0; i < n; ++i)
            result.scores[i] = count * (euclidean[i] - mean) + (count * taxicab[i] - total);
        return;
    }
    const std::vector<std::uint32_t> order =
        numeric::argsort({euclidean.data(), size}, numeric::Order::ascending);
    std::vector<double> sorted(size);
    std::vector<double> taxicab_before(size + 1, 0.0);
    numeric::GridSum prefix(taxicab.maxCoeff(), n);
    for (std::size_t k = 0; k < size; ++k) {
        const auto row = static_cast<Index>(order[k]);
        sorted[k] = euclidean[row];
        prefix.add(&taxicab[row], 1);
        taxicab_before[k + 1] = prefix.value();
    }
    std::size_t below = 0;
    std::size_t above = 0;
    for (std::size_t k = 0; k < size; ++k) {
        while (below < size && threshold.reached(sorted[k], sorted[below])) ++below;
        while (above < size && !threshold.reached(sorted[above], sorted[k])) ++above;
        const auto row = static_cast<Index>(order[k]);
        const double far = static_cast<double>(below + (size - above));
        const double far_taxicab =
            taxicab_before[below] + (taxicab_before[size] - taxicab_before[above]);
        result.scores[row] = count * (euclidean[row] - mean) + (far * taxicab[row] - far_taxicab);
    }
}

/// h of every pair.
inline void codas_pairs(const CodasThreshold& threshold, CodasResult& result) {
    const Eigen::VectorXd& euclidean = result.euclidean_distance;
    const Eigen::VectorXd& taxicab = result.taxicab_distance;
    const Index n = euclidean.size();
    result.relative_assessment.resize(n, n);
    for (Index k = 0; k < n; ++k) {
        for (Index i = 0; i < n; ++i) {
            const bool far = threshold.reached(std::max(euclidean[i], euclidean[k]),
                                               std::min(euclidean[i], euclidean[k]));
            result.relative_assessment(i, k) =
                (euclidean[i] - euclidean[k]) + (far ? taxicab[i] - taxicab[k] : 0.0);
        }
    }
}

}  // namespace detail

/// r = w * x/max where higher is better, w * min/x where lower is better; ns(j) = the
/// least r of criterion j; E = sqrt(sum (r - ns)^2), T = sum |r - ns|;
/// h(i, k) = E(i) - E(k) + (T(i) - T(k) where |E(i) - E(k)| >= tau, else 0);
/// scores(i) = sum over k of h(i, k). Higher is better.
///
/// @param x alternatives by criteria, finite; above 0 where lower is better, and with a
///        maximum above 0 where higher is better.
/// @param weights one a criterion, 0 or more, taken as given. The threshold is in units
///        of weighted values, so weights that do not sum to 1 give it another meaning.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView; naming columns whose maximum is not above 0 and
///         cells of 0 or below under a reciprocal; for a threshold that is negative or
///         not finite; naming columns whose distances have no square within double.
/// Whether |E(i) - E(k)| reaches tau is decided on the difference rounded to 12 decimals,
/// so that a difference that equals tau counts as reaching it; some programs compare
/// unrounded numbers, where 0.12 - 0.10 falls short of 0.02. A constant column has no
/// distance from its least value and adds 0. Identical alternatives get identical bits;
/// the order of rows changes none. One alternative scores 0.
/// Some programs take other formulas under this name: the product of the differences
/// with the threshold, or T below the threshold instead of above it. Here the paper's.
/// Complexity: three sweeps over the matrix and one sort; no matrix of pairs unless asked
/// for. Source: M. Keshavarz Ghorabaee, E. K. Zavadskas, Z. Turskis and J. Antucheviciene
/// (2016), "A new combinative distance-based assessment (CODAS) method for multi-criteria
/// decision-making", Economic Computation and Economic Cybernetics Studies and Research
/// 50(3), 25-44.
[[nodiscard]] inline CodasResult codas(MatrixView x, std::span<const double> weights,
                                       std::span<const Direction> directions,
                                       const CodasOptions& options = {}) {
    const DecisionView view(x, weights, directions, "CODAS");
    std::vector<Problem> problems;
    if (!(std::isfinite(options.threshold) && options.threshold >= 0.0))
        problems.push_back({"threshold_out_of_range", "option \"threshold\"",
                            numeric::shortest(options.threshold), "a finite number of 0 or more",
                            ""});
    std::vector<ColumnNormaliser> normalisers;
    normalisers.reserve(static_cast<std::size_t>(view.columns()));
    for (Index j = 0; j < view.columns(); ++j)
        normalisers.emplace_back(view, j, Normalisation::linear, problems);
    CodasResult result;
    if (problems.empty()) result.negative_ideal = detail::codas_negative_ideal(view, problems);
    view.throw_if_any(std::move(problems));

    result.euclidean_distance = Eigen::VectorXd::Zero(view.rows());
    result.taxicab_distance = Eigen::VectorXd::Zero(view.rows());
    if (options.keep_matrix) result.weighted.resize(view.rows(), view.columns());
    double scratch[detail::block_rows];
    for (Index start = 0; start < view.rows(); start += detail::block_rows) {
        const Index count = std::min(detail::block_rows, view.rows() - start);
        double* const euclidean = result.euclidean_distance.data() + start;
        double* const taxicab = result.taxicab_distance.data() + start;
        for (Index j = 0; j < view.columns(); ++j) {
            double* const cells =
                options.keep_matrix ? result.weighted.data() + j * view.rows() + start : scratch;
            normalisers[static_cast<std::size_t>(j)].apply(view.column(j) + start, count, cells);
            detail::add_codas_distances(cells, count, view.weight(j), result.negative_ideal[j],
                                        euclidean, taxicab);
        }
        for (Index i = 0; i < count; ++i) euclidean[i] = std::sqrt(euclidean[i]);
    }
    const detail::CodasThreshold threshold(options.threshold);
    detail::codas_assessment(threshold, result);
    if (options.keep_pairs) detail::codas_pairs(threshold, result);
    return result;
}

}  // namespace thuocdo::rank
