#pragma once
/// @file
/// A factor of a robustness run, resolved against a model.

#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/factor.hpp>

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thuocdo::robust {

/// One value of a discrete factor: what it does to the definition of the model.
struct Alternative {
    /// Shown in tables, e.g. `geometric` or `without mys`.
    std::string label{};
    /// Changes the definition in place; throws ModelError when it does not fit. Must
    /// commute with the alternatives of other factors or be applied after them: factors are
    /// applied in their order.
    std::function<void(ModelDefinition&)> apply{};
};

/// The model takes one of several forms, each as likely as the others.
struct ModelChoice {
    std::vector<Alternative> alternatives{};
};

/// Noise on the weights of the children of some nodes, by code.
struct WeightNoise {
    std::vector<std::string> nodes{};
    double fraction = 0.25;
};

/// Dirichlet weights of the children of some nodes, by code; see factor::DirichletWeights.
struct DirichletWeights {
    std::vector<std::string> nodes{};
    std::optional<double> concentration{};
};

/// Errors of measurement of some indicators, by code; see factor::MeasurementError.
struct MeasurementError {
    std::vector<std::string> indicators{};
    factor::MeasurementError error{};
};

/// A factor that the engine can draw. `resolve_factor` makes one from a definition whose
/// values need no reader of JSON; `io::resolve_factors` makes any.
struct Factor {
    std::string name{};
    std::variant<WeightNoise, DirichletWeights, ModelChoice, MeasurementError> rule{};
};

}  // namespace thuocdo::robust
