#pragma once
/// @file
/// What a model reads of the units themselves.

#include <thuocdo/model/definition.hpp>

#include <string>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Names of text and of numeric attributes of units.
struct UnitNames {
    std::vector<std::string> groups{};
    std::vector<std::string> attributes{};
};

/// Groups that a model ranks, imputes or holds a quota within, and attributes that it
/// weighs, divides by or takes sizes of errors from. Denominators and sizes of errors may
/// also be columns of the data.
[[nodiscard]] inline UnitNames unit_names(const ModelDefinition& model) {
    UnitNames names;
    names.groups = model.ranking.within;
    if (model.bands && model.bands->quota && !model.bands->quota->within.empty())
        names.groups.push_back(model.bands->quota->within);
    for (const RollUp& each : model.roll_ups)
        if (!each.weights.empty()) names.attributes.push_back(each.weights);
    for (const PreparationStep& each : model.preparation) {
        if (const auto* impute = std::get_if<step::Impute>(&each); impute && !impute->group.empty())
            names.groups.push_back(impute->group);
        if (const auto* denominate = std::get_if<step::Denominate>(&each))
            for (const step::Denominator& one : denominate->denominators)
                names.attributes.push_back(one.by);
    }
    for (const FactorDefinition& each : model.factors)
        if (const auto* error = std::get_if<factor::MeasurementError>(&each.rule);
            error && !error->column.empty())
            names.attributes.push_back(error->column);
    return names;
}

}  // namespace thuocdo::detail
