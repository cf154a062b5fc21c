#pragma once
/// @file
/// What is uncertain about an index, as data: the factors of a robustness run, which a
/// model document declares or a call gives. `robust/` draws them.

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo {

/// How errors of measurement are distributed around the measured value.
enum class ErrorDistribution {
    normal,  ///< the size is a standard deviation
    uniform  ///< the size is half the width
};

/// What the size of an error of measurement is a share of.
enum class ErrorScale {
    absolute,  ///< in the unit of the indicator
    relative,  ///< share of the value's magnitude
    spread     ///< share of the standard deviation of the indicator over the cohort
};

/// The weights of one expert: nodes by code and their weight among their siblings. Nodes
/// that are not named keep their weight.
struct WeightSet {
    std::string name{};
    std::vector<std::pair<std::string, double>> weights{};
    friend bool operator==(const WeightSet&, const WeightSet&) = default;
};

/// What a factor does to the model or the data in a draw.
namespace factor {

/// The weights of the children of a node, each times 1 + fraction (2U - 1) with U uniform on
/// (0, 1), and made to add up again.
struct WeightNoise {
    double fraction = 0.25;
    friend bool operator==(const WeightNoise&, const WeightNoise&) = default;
};

/// The weights of the children of a node are drawn from a Dirichlet distribution: without a
/// concentration every set of weights is as likely as any other (all parameters 1); with
/// one, the parameter of a child is concentration x its share of the weight, so that the
/// mean is the weight of the model and larger numbers keep closer to it.
struct DirichletWeights {
    std::optional<double> concentration{};
    friend bool operator==(const DirichletWeights&, const DirichletWeights&) = default;
};

/// The whole set of weights of one of several experts, each as likely as the others. The
/// sets count as ordered by their names, because the members of a JSON object have no order.
struct WeightSets {
    std::vector<WeightSet> sets{};
    friend bool operator==(const WeightSets&, const WeightSets&) = default;
};

/// A member of the model document takes one of several values, each as likely as the others.
/// The values are JSON text (`"\"geometric\""`, `2`); a reader of documents gives them without
/// white space and with sorted members.
struct OneOf {
    std::vector<std::string> values{};
    friend bool operator==(const OneOf&, const OneOf&) = default;
};

/// One of several nodes or indicators is left out, each as likely as the others; nothing
/// is left out as one more alternative where `or_none` says so. No elements: every leaf
/// below the node.
struct LeaveOut {
    std::vector<std::string> elements{};
    bool or_none = true;
    friend bool operator==(const LeaveOut&, const LeaveOut&) = default;
};

/// Every observed value of an indicator (or of every indicator below a node) is off by an
/// error of its own.
struct MeasurementError {
    ErrorDistribution distribution = ErrorDistribution::normal;
    ErrorScale scale = ErrorScale::absolute;
    /// Size of the error; or, where `column` is given, a factor on the sizes there.
    double size = 1.0;
    /// Column of the panel, or numeric attribute of units, with a size for each unit.
    std::string column{};
    /// Values are held inside these, e.g. 0 and 1 for a share.
    std::optional<double> lowest{};
    std::optional<double> highest{};
    friend bool operator==(const MeasurementError&, const MeasurementError&) = default;
};

}  // namespace factor

/// What a factor does.
using FactorRule = std::variant<factor::WeightNoise, factor::DirichletWeights, factor::WeightSets,
                                factor::OneOf, factor::LeaveOut, factor::MeasurementError>;

/// A factor as written.
struct FactorDefinition {
    /// For tables and plots; empty: made from `at` and the rule.
    std::string name{};
    /// Noise and Dirichlet weights: the code of an inner node, empty for every inner node.
    /// One of: a JSON pointer, or `@code/member`. Leave out: the code of a node, empty for
    /// the root. Error: the code of an indicator or node, empty for every indicator.
    /// Weight sets: empty.
    std::string at{};
    FactorRule rule{};
    friend bool operator==(const FactorDefinition&, const FactorDefinition&) = default;
};

}  // namespace thuocdo
