#pragma once
/// @file
/// How the results of children become the result of their parent, as data. The
/// kernels are in `aggregate/`.

#include <array>
#include <optional>
#include <variant>
#include <vector>

namespace thuocdo {

/// Parameters of the aggregations. Weights are relative among the children.
namespace aggregation {

/// Sum of points.
struct Sum {
    friend bool operator==(const Sum&, const Sum&) = default;
};

/// sum(w x)/sum(w).
struct Arithmetic {
    friend bool operator==(const Arithmetic&, const Arithmetic&) = default;
};

/// exp(sum(w ln x)/sum(w)). `floor_at` raises lower results; without it a
/// result <= 0 is an error.
struct Geometric {
    std::optional<double> floor_at{};
    friend bool operator==(const Geometric&, const Geometric&) = default;
};

/// sum(w)/sum(w/x).
struct Harmonic {
    std::optional<double> floor_at{};
    friend bool operator==(const Harmonic&, const Harmonic&) = default;
};

/// (sum(w x^p)/sum(w))^(1/p); p = 0 is geometric.
struct PowerMean {
    double exponent = 1.0;
    std::optional<double> floor_at{};
    friend bool operator==(const PowerMean&, const PowerMean&) = default;
};

/// Smallest child.
struct Minimum {
    friend bool operator==(const Minimum&, const Minimum&) = default;
};

/// Largest child.
struct Maximum {
    friend bool operator==(const Maximum&, const Maximum&) = default;
};

/// Median of the children that take part.
struct Median {
    friend bool operator==(const Median&, const Median&) = default;
};

/// Weights by position after sorting a unit's results from best to worst.
struct OrderedWeightedAverage {
    std::vector<double> order_weights;
    friend bool operator==(const OrderedWeightedAverage&, const OrderedWeightedAverage&) = default;
};

/// M - alpha*(sqrt((M-min)^2+beta^2)-beta).
struct MeanMin {
    double alpha = 1.0;
    double beta = 0.0;
    friend bool operator==(const MeanMin&, const MeanMin&) = default;
};

/// M -/+ S*cv of a unit's results (Mazziotta and Pareto 2016).
struct MazziottaPareto {
    bool negative_penalty = true;
    bool sample_deviation = false;
    friend bool operator==(const MazziottaPareto&, const MazziottaPareto&) = default;
};

/// M*(1-G), with G the Gini index of a unit's results.
struct GiniPenalisedMean {
    friend bool operator==(const GiniPenalisedMean&, const GiniPenalisedMean&) = default;
};

/// Units beaten less units lost to, by weighted majority over the children.
struct Copeland {
    friend bool operator==(const Copeland&, const Copeland&) = default;
};

/// Wroclaw taxonomic distance from the best results of the cohort; smaller is better.
struct Wroclaw {
    bool sample_deviation = false;
    friend bool operator==(const Wroclaw&, const Wroclaw&) = default;
};

/// Hellwig's measure of development, 1 less that distance.
struct Hellwig {
    bool sample_deviation = false;
    friend bool operator==(const Hellwig&, const Hellwig&) = default;
};

/// Closeness to the ideal and anti-ideal of the cohort (TOPSIS), 0 to 1.
struct Topsis {
    /// On min-max results instead of results over the norm of the column.
    bool min_max = false;
    friend bool operator==(const Topsis&, const Topsis&) = default;
};

/// 1 less Q of VIKOR, so that larger is better.
struct Vikor {
    /// Weight of the group utility against the individual regret, 0 to 1.
    double group_utility = 0.5;
    friend bool operator==(const Vikor&, const Vikor&) = default;
};

/// Net flow of PROMETHEE II with linear preference: none for a lead of `indifference` or
/// less, full from `preference` on. With both 0 every lead counts in full.
struct Promethee {
    double indifference = 0.0;
    double preference = 0.0;
    friend bool operator==(const Promethee&, const Promethee&) = default;
};

/// Appraisal score of EDAS: distances from the average unit, 0 to 1.
struct Edas {
    friend bool operator==(const Edas&, const Edas&) = default;
};

/// Sum of distances from the border of MABAC.
struct Mabac {
    friend bool operator==(const Mabac&, const Mabac&) = default;
};

}  // namespace aggregation

/// Any aggregation.
using Aggregation =
    std::variant<aggregation::Sum, aggregation::Arithmetic, aggregation::Geometric,
                 aggregation::Harmonic, aggregation::PowerMean, aggregation::Minimum,
                 aggregation::Maximum, aggregation::Median, aggregation::OrderedWeightedAverage,
                 aggregation::MeanMin, aggregation::MazziottaPareto, aggregation::GiniPenalisedMean,
                 aggregation::Copeland, aggregation::Wroclaw, aggregation::Hellwig,
                 aggregation::Topsis, aggregation::Vikor, aggregation::Promethee, aggregation::Edas,
                 aggregation::Mabac>;

/// Whether an aggregation is a multi-criteria method, which compares every unit with all on
/// every child: a unit that lacks a child cannot take part.
[[nodiscard]] inline bool needs_every_child(const Aggregation& method) noexcept {
    return std::holds_alternative<aggregation::Topsis>(method) ||
           std::holds_alternative<aggregation::Vikor>(method) ||
           std::holds_alternative<aggregation::Promethee>(method) ||
           std::holds_alternative<aggregation::Edas>(method) ||
           std::holds_alternative<aggregation::Mabac>(method);
}

/// Whether the result of one unit depends on the results of the others.
[[nodiscard]] inline bool is_cohort_relative(const Aggregation& method) noexcept {
    return std::holds_alternative<aggregation::Copeland>(method) ||
           std::holds_alternative<aggregation::Wroclaw>(method) ||
           std::holds_alternative<aggregation::Hellwig>(method) || needs_every_child(method);
}

namespace detail {

/// Names of the aggregations in the order of `Aggregation`.
inline constexpr std::array<const char*, std::variant_size_v<Aggregation>> aggregation_names{
    "sum",
    "arithmetic",
    "geometric",
    "harmonic",
    "power_mean",
    "minimum",
    "maximum",
    "median",
    "ordered_weighted_average",
    "mean_min",
    "mazziotta_pareto",
    "gini_penalised_mean",
    "copeland",
    "wroclaw",
    "hellwig",
    "topsis",
    "vikor",
    "promethee",
    "edas",
    "mabac"};

}  // namespace detail

/// The name of an aggregation in model documents, e.g. `geometric`.
[[nodiscard]] inline const char* aggregation_name(const Aggregation& aggregation) noexcept {
    return detail::aggregation_names[aggregation.index()];
}

}  // namespace thuocdo
