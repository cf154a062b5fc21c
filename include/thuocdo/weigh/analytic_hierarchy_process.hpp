#pragma once
/// @file
/// Analytic hierarchy process: weights from pairwise comparisons.

#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

#include <array>

namespace thuocdo::weigh {

/// How weights are taken from a matrix of comparisons.
enum class PriorityMethod {
    principal_eigenvector,  ///< Saaty (1977)
    geometric_mean          ///< of each row; Crawford and Williams (1985)
};

/// Where the mean consistency index of random matrices comes from.
enum class RandomIndex {
    saaty,          ///< the table of Saaty (1980), 3 to 15 criteria
    alonso_lamata,  ///< (1.7699 n - 4.3513)/(n - 1), the line of Alonso and Lamata (2006)
    none_needed     ///< one or two criteria cannot be inconsistent
};

/// A consistency ratio above this calls for a revision of the judgements (Saaty).
inline constexpr double highest_acceptable_consistency_ratio = 0.1;

/// What analytic_hierarchy_process() finds.
struct HierarchyWeights {
    /// One a criterion; the sum is 1.
    Eigen::VectorXd weights;
    /// Mean over the criteria of (A w)(i) / w(i): the principal eigenvalue where w is
    /// the principal eigenvector, and never below the number of criteria.
    double lambda_max = 0.0;
    /// (lambda_max - n) / (n - 1); 0 for one or two criteria.
    double consistency_index = 0.0;
    /// The consistency index over that of random matrices; 0 for one or two criteria.
    double consistency_ratio = 0.0;
    /// Mean consistency index of random matrices; 0 where none is needed.
    double random_index = 0.0;
    RandomIndex random_index_source = RandomIndex::none_needed;
    /// consistency_ratio <= 0.1.
    bool acceptable = true;
};

namespace detail {

inline void require_reciprocal(MatrixView judgement, double tolerance, const std::string& prefix,
                               std::vector<Problem>& problems) {
    if (judgement.rows() != judgement.cols() || judgement.rows() == 0) {
        problems.push_back({"matrix_not_square", prefix + "the matrix",
                            std::to_string(judgement.rows()) + " rows and " +
                                std::to_string(judgement.cols()) + " columns",
                            "as many rows as columns, one or more", ""});
        return;
    }
    const auto valid = [](double cell) { return std::isfinite(cell) && cell > 0.0; };
    for (Index i = 0; i < judgement.rows(); ++i) {
        for (Index j = 0; j < judgement.cols(); ++j) {
            const double cell = judgement(i, j);
            if (!valid(cell)) {
                problems.push_back({"judgement_not_valid", prefix + cell_place(i, j),
                                    numeric::shortest(cell), "a finite number above 0", ""});
            } else if (i == j && std::abs(cell - 1.0) > tolerance) {
                problems.push_back({"diagonal_not_one", prefix + cell_place(i, j),
                                    numeric::shortest(cell), "1",
                                    "a criterion is as important as itself"});
            } else if (j < i && valid(judgement(j, i)) &&
                       !(std::abs(cell * judgement(j, i) - 1.0) <= tolerance)) {
                problems.push_back({"not_reciprocal", prefix + cell_place(i, j),
                                    numeric::shortest(cell),
                                    "1 / " + numeric::shortest(judgement(j, i)) +
                                        ", the reciprocal of " + cell_place(j, i),
                                    "write the reciprocal in full digits, or raise the tolerance"});
            }
        }
    }
}

/// The vector that A^k e tends to, by squaring: 2^k multiplications in k steps, so
/// that it converges however close the second eigenvalue is. All numbers are above
/// 0, so nothing cancels. Fixed order of criteria.
[[nodiscard]] THUOCDO_KERNEL inline Eigen::VectorXd principal_eigenvector(MatrixView judgement) {
    THUOCDO_EXACT
    constexpr int most_squarings = 64;
    constexpr double settled = 1e-15;
    const Index count = judgement.rows();
    Eigen::MatrixXd power = judgement;
    Eigen::MatrixXd square(count, count);
    Eigen::VectorXd weights = equal_shares(count);
    for (int step = 0; step < most_squarings; ++step) {
        double total = 0.0;
        Eigen::VectorXd rows = Eigen::VectorXd::Zero(count);
        for (Index j = 0; j < count; ++j) {
            for (Index i = 0; i < count; ++i) rows[i] += power(i, j);
        }
        for (Index i = 0; i < count; ++i) total += rows[i];
        double change = 0.0;
        for (Index i = 0; i < count; ++i) {
            const double weight = rows[i] / total;
            change = std::max(change, std::abs(weight - weights[i]) / weight);
            weights[i] = weight;
        }
        if (step > 1 && change <= settled) break;
        for (Index j = 0; j < count; ++j) {
            for (Index i = 0; i < count; ++i) power(i, j) = power(i, j) / total;
        }
        square.setZero();
        for (Index j = 0; j < count; ++j) {
            for (Index k = 0; k < count; ++k) {
                for (Index i = 0; i < count; ++i) square(i, j) += power(i, k) * power(k, j);
            }
        }
        power.swap(square);
    }
    return weights;
}

/// Mean logarithm of each row, over the columns or over what `cell` gives.
[[nodiscard]] inline double mean_logarithm(const std::vector<double>& values) {
    std::vector<double> logarithms(values.size());
    numeric::natural_logarithms(values.data(), static_cast<Index>(values.size()),
                                logarithms.data());
    numeric::ExactSum sum;
    for (const double logarithm : logarithms) sum.add(logarithm);
    return sum.divided_by(values.size());
}

[[nodiscard]] inline Eigen::VectorXd row_geometric_means(MatrixView judgement) {
    const Index count = judgement.rows();
    Eigen::VectorXd means(count);
    std::vector<double> row(static_cast<std::size_t>(count));
    for (Index i = 0; i < count; ++i) {
        for (Index j = 0; j < count; ++j) row[static_cast<std::size_t>(j)] = judgement(i, j);
        means[i] = mean_logarithm(row);
    }
    const double largest = *std::max_element(means.begin(), means.end());
    for (Index i = 0; i < count; ++i) means[i] = std::exp(means[i] - largest);
    return shares_of(means);
}

[[nodiscard]] THUOCDO_KERNEL inline double mean_eigenvalue(MatrixView judgement,
                                                           const Eigen::VectorXd& weights) {
    THUOCDO_EXACT
    numeric::ExactSum sum;
    for (Index i = 0; i < weights.size(); ++i) {
        for (Index j = 0; j < weights.size(); ++j)
            sum.add(judgement(i, j) * (weights[j] / weights[i]));
    }
    return sum.divided_by(static_cast<std::uint64_t>(weights.size()));
}

inline void judge_consistency(HierarchyWeights& result) {
    // Saaty (1980), The Analytic Hierarchy Process: 3 to 15 criteria.
    constexpr std::array<double, 13> saaty_table{0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45,
                                                 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};
    constexpr Index first_in_table = 3;
    constexpr double line_slope = 1.7699;
    constexpr double line_start = -4.3513;
    const Index count = result.weights.size();
    if (count < first_in_table) {
        result.lambda_max = static_cast<double>(count);
        return;
    }
    const auto place = static_cast<std::size_t>(count - first_in_table);
    const auto criteria = static_cast<double>(count);
    if (place < saaty_table.size()) {
        result.random_index_source = RandomIndex::saaty;
        result.random_index = saaty_table[place];
    } else {
        result.random_index_source = RandomIndex::alonso_lamata;
        result.random_index = (line_slope * criteria + line_start) / (criteria - 1.0);
    }
    // x + 1/x >= 2, so lambda_max >= n but for rounding.
    result.lambda_max = std::max(result.lambda_max, criteria);
    result.consistency_index = (result.lambda_max - criteria) / (criteria - 1.0);
    result.consistency_ratio = result.consistency_index / result.random_index;
    result.acceptable = result.consistency_ratio <= highest_acceptable_consistency_ratio;
}

}  // namespace detail

/// Weights from a matrix whose cell (i, j) says how many times as important
/// criterion i is as criterion j.
///
/// @param judgement square, finite, above 0; 1 on the diagonal, and cell (j, i) the
///        reciprocal of cell (i, j).
/// @param method the principal eigenvector, or geometric means of rows.
/// @param tolerance how far a diagonal cell and the product of two reciprocal cells
///        may be from 1.
/// @throws NumericError when the matrix is not square, or naming every cell that is
///         not valid, not 1 on the diagonal, or not the reciprocal of its opposite.
/// From 16 criteria the table of Saaty has no random index; the line that Alonso
/// and Lamata fitted is used and `random_index_source` says so.
/// Fixed order of criteria; the geometric means use the exponential of the C library.
/// Complexity: O(n^3) a squaring, about ten of them; O(n^2) for geometric means.
/// Sources: Saaty (1977), Journal of Mathematical Psychology 15(3), 234-281; Saaty
/// (1980); Crawford and Williams (1985), Journal of Mathematical Psychology 29(4),
/// 387-405; Alonso and Lamata (2006), International Journal of Uncertainty,
/// Fuzziness and Knowledge-Based Systems 14(4), 445-459.
[[nodiscard]] inline HierarchyWeights analytic_hierarchy_process(
    MatrixView judgement, PriorityMethod method = PriorityMethod::principal_eigenvector,
    double tolerance = 1e-6) {
    std::vector<Problem> problems;
    detail::require_reciprocal(judgement, tolerance, "", problems);
    detail::throw_if_any("analytic hierarchy process: impossible judgements", std::move(problems));
    HierarchyWeights result;
    result.weights = method == PriorityMethod::principal_eigenvector
                         ? detail::principal_eigenvector(judgement)
                         : detail::row_geometric_means(judgement);
    result.lambda_max = detail::mean_eigenvalue(judgement, result.weights);
    detail::judge_consistency(result);
    return result;
}

/// The judgement of a group: the geometric mean of each cell over the matrices of
/// its members, which keeps the matrix reciprocal (Aczel and Saaty 1983, Journal of
/// Mathematical Psychology 27(1), 93-102).
///
/// @throws NumericError when there is no matrix, the sizes differ, or naming every
///         cell that analytic_hierarchy_process() would refuse.
/// Exact sums of logarithms, so the order of members does not matter; the
/// exponential is that of the C library. Complexity: O(members * n^2).
[[nodiscard]] inline Eigen::MatrixXd group_judgement(std::span<const Eigen::MatrixXd> judgements,
                                                     double tolerance = 1e-6) {
    std::vector<Problem> problems;
    if (judgements.empty()) {
        problems.push_back({"no_judgement", "argument \"judgements\"", "no matrix",
                            "one matrix a member of the group", ""});
    }
    for (std::size_t k = 0; k < judgements.size(); ++k) {
        const std::string prefix = "matrix " + std::to_string(k) + " (counted from 0): ";
        detail::require_reciprocal(judgements[k], tolerance, prefix, problems);
        if (judgements[k].rows() != judgements[0].rows()) {
            problems.push_back({"size_mismatch", prefix + "the matrix",
                                std::to_string(judgements[k].rows()) + " rows",
                                std::to_string(judgements[0].rows()) + ", as in the first", ""});
        }
    }
    detail::throw_if_any("group judgement: impossible judgements", std::move(problems));
    const Index count = judgements[0].rows();
    Eigen::MatrixXd result = Eigen::MatrixXd::Ones(count, count);
    std::vector<double> cells(judgements.size());
    for (Index j = 0; j < count; ++j) {
        for (Index i = 0; i < j; ++i) {
            for (std::size_t k = 0; k < judgements.size(); ++k) cells[k] = judgements[k](i, j);
            result(i, j) = std::exp(detail::mean_logarithm(cells));
            result(j, i) = 1.0 / result(i, j);
        }
    }
    return result;
}

}  // namespace thuocdo::weigh
