#pragma once
/// @file
/// Correlations that deserve a look: inside a group, with the parent, with denominators.

#include <thuocdo/diagnose/detail/checks.hpp>
#include <thuocdo/numeric/correlation.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::diagnose {

/// Which coefficient is taken.
enum class CorrelationMethod { pearson, spearman, kendall };

/// When a correlation is a finding; all comparisons are strict.
struct CorrelationThresholds {
    /// Two children above this tell the same thing twice.
    double redundant = 0.92;
    /// A child below this hardly moves its parent.
    double weak = 0.3;
    /// A correlation with a denominator beyond this, in either direction, hints at size
    /// instead of performance.
    double denominator = 0.6;
};

/// What is worth a look.
enum class CorrelationKind {
    /// Two children above the threshold: count twice what is one.
    redundant_pair,
    /// Two children below 0: they cancel out, or one has the wrong direction.
    negative_pair,
    /// A child below 0 with its parent: the index falls where it improves.
    negative_with_parent,
    /// A child from 0 to the threshold with its parent: its weight has no effect.
    weak_with_parent,
    /// An indicator that follows a denominator.
    follows_denominator,
};

/// Stable name in snake_case.
[[nodiscard]] inline const char* to_text(CorrelationKind kind) noexcept {
    switch (kind) {
        case CorrelationKind::redundant_pair:
            return "redundant_pair";
        case CorrelationKind::negative_pair:
            return "negative_pair";
        case CorrelationKind::negative_with_parent:
            return "negative_with_parent";
        case CorrelationKind::weak_with_parent:
            return "weak_with_parent";
        case CorrelationKind::follows_denominator:
            return "follows_denominator";
    }
    return "";
}

/// One correlation that deserves a look.
struct CorrelationFinding {
    CorrelationKind kind = CorrelationKind::redundant_pair;
    /// Column of the child or indicator.
    Index first = 0;
    /// Column of the other child or of the denominator; -1 for the parent.
    Index second = -1;
    double coefficient = detail::undefined;
    /// Rows where both are observed.
    Index pairs = 0;

    friend bool operator==(const CorrelationFinding&, const CorrelationFinding&) = default;
    friend std::ostream& operator<<(std::ostream& out, const CorrelationFinding& finding) {
        out << "column " << finding.first << " and ";
        if (finding.second < 0) {
            out << "the parent";
        } else {
            out << (finding.kind == CorrelationKind::follows_denominator ? "denominator "
                                                                         : "column ")
                << finding.second;
        }
        return out << ": " << numeric::shortest(finding.coefficient) << " over " << finding.pairs
                   << " units [" << to_text(finding.kind) << ']';
    }
};

/// What correlation_with_denominators finds.
struct DenominatorCorrelations {
    /// Indicators x denominators.
    Eigen::MatrixXd coefficients;
    /// Rows where both are observed.
    numeric::IndexMatrix pairs;
    /// By indicator, then by denominator.
    std::vector<CorrelationFinding> findings;
};

namespace detail {

[[nodiscard]] inline numeric::detail::PairwiseCoefficients pairwise(MatrixView x,
                                                                    CorrelationMethod method) {
    const numeric::detail::CorrelatedColumns columns(x);
    if (method == CorrelationMethod::pearson) return numeric::detail::pairwise_pearson(columns);
    if (method == CorrelationMethod::spearman) return numeric::detail::pairwise_spearman(columns);
    numeric::detail::PairwiseCoefficients result(columns);
    numeric::detail::for_kendall_pairs(columns,
                                       [&](Index a, Index b, const numeric::KendallCounts& counts) {
                                           result.set(a, b, numeric::detail::tau_b_of(counts));
                                       });
    return result;
}

inline void require_thresholds(const CorrelationThresholds& thresholds,
                               std::vector<Problem>& problems) {
    note_range("redundant", thresholds.redundant, 0.0, 1.0, problems);
    note_range("weak", thresholds.weak, 0.0, 1.0, problems);
    note_range("denominator", thresholds.denominator, 0.0, 1.0, problems);
}

[[nodiscard]] inline Eigen::MatrixXd side_by_side(MatrixView left, MatrixView right) {
    Eigen::MatrixXd both(left.rows(), left.cols() + right.cols());
    both.leftCols(left.cols()) = left;
    both.rightCols(right.cols()) = right;
    return both;
}

}  // namespace detail

/// Pairs of children that are redundant or negative, by columns.
///
/// @param children rows are units, columns are the normalised children of one parent (higher
///        is better); NaN is missing, pairwise complete. An undefined correlation is no
///        finding.
/// @throws NumericError naming infinite cells and thresholds outside [0, 1].
/// Complexity: that of the correlation matrix.
/// Source: OECD/JRC handbook (2008), step 4; the limits are those of the statistical audits of
/// the JRC.
[[nodiscard]] inline std::vector<CorrelationFinding> correlation_findings(
    MatrixView children, const CorrelationThresholds& thresholds = {},
    CorrelationMethod method = CorrelationMethod::pearson) {
    std::vector<Problem> problems;
    detail::require_thresholds(thresholds, problems);
    detail::throw_if_any("no findings about correlations", std::move(problems));
    const auto found = detail::pairwise(children, method);
    std::vector<CorrelationFinding> findings;
    for (Index a = 0; a < children.cols(); ++a) {
        for (Index b = a + 1; b < children.cols(); ++b) {
            const double r = found.coefficients(a, b);
            if (r > thresholds.redundant) {
                findings.push_back({CorrelationKind::redundant_pair, a, b, r, found.pairs(a, b)});
            } else if (r < 0.0) {
                findings.push_back({CorrelationKind::negative_pair, a, b, r, found.pairs(a, b)});
            }
        }
    }
    return findings;
}

/// The same, then the children that are negative or weak with their parent.
///
/// @param parent the scores of the parent, one a unit; NaN is missing.
/// @throws NumericError also when the lengths differ.
[[nodiscard]] inline std::vector<CorrelationFinding> correlation_findings(
    MatrixView children, ColumnView parent, const CorrelationThresholds& thresholds = {},
    CorrelationMethod method = CorrelationMethod::pearson) {
    std::vector<Problem> problems;
    detail::note_length("parent", parent.size(), children.rows(), "a row of \"children\"",
                        problems);
    detail::throw_if_any("no findings about correlations", std::move(problems));
    std::vector<CorrelationFinding> findings = correlation_findings(children, thresholds, method);
    Eigen::MatrixXd both(children.rows(), 2);
    both.col(1) = parent;
    for (Index a = 0; a < children.cols(); ++a) {
        both.col(0) = children.col(a);
        const auto found = detail::pairwise(both, method);
        const double r = found.coefficients(0, 1);
        if (r < 0.0) {
            findings.push_back(
                {CorrelationKind::negative_with_parent, a, -1, r, found.pairs(0, 1)});
        } else if (r < thresholds.weak) {
            findings.push_back({CorrelationKind::weak_with_parent, a, -1, r, found.pairs(0, 1)});
        }
    }
    return findings;
}

/// Correlations of indicators with denominators such as population, area or money: where they
/// are far from 0 after division, the indicator may still measure size.
///
/// @param x rows are units, columns are indicators; NaN is missing, pairwise complete.
/// @param denominators one row a unit, one column a denominator.
/// @throws NumericError when the rows differ, naming infinite cells (columns counted through x,
///         then the denominators) and thresholds outside [0, 1].
/// Complexity: that of the correlation matrix of all columns.
[[nodiscard]] inline DenominatorCorrelations correlation_with_denominators(
    MatrixView x, MatrixView denominators, const CorrelationThresholds& thresholds = {},
    CorrelationMethod method = CorrelationMethod::pearson) {
    std::vector<Problem> problems;
    detail::require_thresholds(thresholds, problems);
    detail::note_length("denominators", denominators.rows(), x.rows(), "a row of \"x\"", problems);
    detail::throw_if_any("no correlations with denominators", std::move(problems));
    const auto found = detail::pairwise(detail::side_by_side(x, denominators), method);
    DenominatorCorrelations result;
    result.coefficients = found.coefficients.topRightCorner(x.cols(), denominators.cols());
    result.pairs = found.pairs.topRightCorner(x.cols(), denominators.cols());
    for (Index a = 0; a < x.cols(); ++a) {
        for (Index d = 0; d < denominators.cols(); ++d) {
            const double r = result.coefficients(a, d);
            if (std::abs(r) > thresholds.denominator) {
                result.findings.push_back(
                    {CorrelationKind::follows_denominator, a, d, r, result.pairs(a, d)});
            }
        }
    }
    return result;
}

}  // namespace thuocdo::diagnose
