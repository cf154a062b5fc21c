#pragma once
/// @file
/// What happens to the values of a panel before they are scored, as data: a list of
/// steps that a model document declares. The kernels are in `prepare/`;
/// `thuocdo/preparation.hpp` runs them.

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thuocdo {

/// What stands in for a missing value.
enum class ImputationMethod {
    mean,           ///< mean of the column
    median,         ///< median of the column
    group_mean,     ///< mean of the unit's group
    group_median,   ///< median of the unit's group
    pillar_mean,    ///< mean of the unit's other indicators of the pillar, after min-max
    carry_forward,  ///< last value of earlier periods
    linear,         ///< straight line through the neighbouring periods
    nearest         ///< value of the nearest period
};

/// What an indicator turns into when winsorising does not cure it.
enum class OutlierTransform { none, logarithm, box_cox };

/// What becomes of a unit with too few values.
enum class ScreeningAction {
    exclude,  ///< it is not evaluated: no results, no rank, no part in the cohort
    report    ///< it is evaluated and named
};

/// Steps of the preparation. An empty list of indicators means every indicator that
/// a leaf reads.
namespace step {

/// Some indicators and what they are divided by.
struct Denominator {
    std::vector<std::string> indicators{};
    /// Numeric attribute of units, or column of the panel.
    std::string by{};
    /// The result is per so many: x / (d / scale).
    double scale = 1.0;
    friend bool operator==(const Denominator&, const Denominator&) = default;
};

/// x / (d / scale).
struct Denominate {
    std::vector<Denominator> denominators{};
    friend bool operator==(const Denominate&, const Denominate&) = default;
};

/// A unit that stays although it has too few values, and why.
struct KeptUnit {
    std::string unit{};
    std::string reason{};
    friend bool operator==(const KeptUnit&, const KeptUnit&) = default;
};

/// Looks for units with too few measured values or too many zeros.
struct Screen {
    /// Share of measured values below which a unit is flagged.
    double minimum_availability = 0.0;
    /// Share of values other than zero below which a unit is flagged.
    std::optional<double> minimum_nonzero{};
    /// Nodes under each of which the shares are taken; empty: over all indicators.
    std::vector<std::string> nodes{};
    ScreeningAction action = ScreeningAction::exclude;
    std::vector<KeptUnit> keep{};
    friend bool operator==(const Screen&, const Screen&) = default;
};

/// Fills values that were not reported.
struct Impute {
    ImputationMethod method = ImputationMethod::mean;
    /// Attribute of units: `level`, `kind`, `parent` or a group.
    std::string group{};
    /// The pillars of `pillar_mean`.
    std::vector<std::string> nodes{};
    /// Periods that `carry_forward` bridges at most.
    std::optional<double> longest_gap{};
    std::vector<std::string> indicators{};
    friend bool operator==(const Impute&, const Impute&) = default;
};

/// Winsorises and, where that does not help, transforms.
struct Treat {
    double maximum_skewness = 2.0;
    double maximum_kurtosis = 3.5;
    /// Points moved at most; 0 goes to the transform at once.
    int maximum_winsorised = 5;
    OutlierTransform otherwise = OutlierTransform::logarithm;
    /// Exponent of Box-Cox.
    std::optional<double> lambda{};
    std::vector<std::string> indicators{};
    friend bool operator==(const Treat&, const Treat&) = default;
};

}  // namespace step

/// Any step.
using PreparationStep = std::variant<step::Denominate, step::Screen, step::Impute, step::Treat>;

}  // namespace thuocdo
