#pragma once
/// @file
/// How the weights of the children of a node come about when they are not written at
/// the children, as data. The kernels are in `weigh/`.

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thuocdo {

/// Schemes that take the weights from the data.
enum class ObjectiveScheme {
    entropy,
    standard_deviation,
    variance,
    coefficient_of_variation,
    gini_index,
    critic,
    merec,
    cilos,
    idocriw,
    angular,
    lopcow,
    principal_components
};

/// What an objective scheme looks at.
enum class WeightingBasis {
    result,  ///< results of the children, where more is better
    value    ///< values of the children, which must be leaves, with their directions
};

/// How the priorities of a comparison matrix are found.
enum class PriorityMethod { principal_eigenvector, geometric_mean };

/// Weights by rank alone.
enum class RankedScheme { rank_order_centroid, rank_sum, rank_reciprocal };

/// Weights from ratios of neighbours in a ranking.
enum class StepwiseScheme {
    swara,  ///< by how much each element is less important than the one before
    fucom   ///< ratio of the priority of each element to the next one
};

/// Weights from points.
enum class PointsScheme {
    swing,             ///< one list: 100 for the most important swing
    budget_allocation  ///< one list an expert, whose shares are averaged
};

/// Weighting schemes. `elements` are codes of the scored children: a judgement
/// belongs to the child that is named, wherever it stands in the document.
namespace weighting {

/// The same weight for every child.
struct Equal {
    friend bool operator==(const Equal&, const Equal&) = default;
};

/// From the data of the cohort.
struct Objective {
    ObjectiveScheme scheme = ObjectiveScheme::entropy;
    WeightingBasis of = WeightingBasis::result;
    friend bool operator==(const Objective&, const Objective&) = default;
};

/// So that the correlations of the children with the node have stated proportions.
struct CorrelationOptimised {
    std::vector<std::string> elements{};
    /// One an element; empty: equal.
    std::vector<double> targets{};
    friend bool operator==(const CorrelationOptimised&, const CorrelationOptimised&) = default;
};

/// From pairwise comparisons (AHP); several judges are joined by geometric means.
struct AnalyticHierarchyProcess {
    std::vector<std::string> elements{};
    std::vector<std::vector<std::vector<double>>> judgements{};
    PriorityMethod method = PriorityMethod::principal_eigenvector;
    friend bool operator==(const AnalyticHierarchyProcess&,
                           const AnalyticHierarchyProcess&) = default;
};

/// From comparisons with the best and the worst element (linear model).
struct BestWorst {
    std::vector<std::string> elements{};
    std::string best{};
    std::string worst{};
    std::vector<double> best_to_others{};
    std::vector<double> others_to_worst{};
    friend bool operator==(const BestWorst&, const BestWorst&) = default;
};

/// From a ranking, most important first.
struct Ranked {
    RankedScheme scheme = RankedScheme::rank_order_centroid;
    std::vector<std::string> elements{};
    friend bool operator==(const Ranked&, const Ranked&) = default;
};

/// From a ranking, most important first, and a number for each element after the first.
struct Stepwise {
    StepwiseScheme scheme = StepwiseScheme::swara;
    std::vector<std::string> elements{};
    std::vector<double> steps{};
    friend bool operator==(const Stepwise&, const Stepwise&) = default;
};

/// From points that experts give.
struct Points {
    PointsScheme scheme = PointsScheme::swing;
    std::vector<std::string> elements{};
    /// One list an expert.
    std::vector<std::vector<double>> points{};
    friend bool operator==(const Points&, const Points&) = default;
};

}  // namespace weighting

/// Any weighting scheme.
using Weighting =
    std::variant<weighting::Equal, weighting::Objective, weighting::CorrelationOptimised,
                 weighting::AnalyticHierarchyProcess, weighting::BestWorst, weighting::Ranked,
                 weighting::Stepwise, weighting::Points>;

/// Whether the weights depend on the data of the cohort.
[[nodiscard]] inline bool depends_on_data(const Weighting& scheme) noexcept {
    return std::holds_alternative<weighting::Objective>(scheme) ||
           std::holds_alternative<weighting::CorrelationOptimised>(scheme);
}

}  // namespace thuocdo
