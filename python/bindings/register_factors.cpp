#include <thuocdo/io/factors.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/index_model.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "convert.hpp"
#include "factor_list.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// What a factor varies, by code or label.
struct VariedElements {
    std::vector<std::string> operator()(const robust::WeightNoise& rule) const {
        return rule.nodes;
    }
    std::vector<std::string> operator()(const robust::DirichletWeights& rule) const {
        return rule.nodes;
    }
    std::vector<std::string> operator()(const robust::ModelChoice& rule) const {
        std::vector<std::string> labels;
        for (const robust::Alternative& each : rule.alternatives) labels.push_back(each.label);
        return labels;
    }
    std::vector<std::string> operator()(const robust::MeasurementError& rule) const {
        return rule.indicators;
    }
};

[[nodiscard]] py::list described_factors(const FactorList& list) {
    py::list out;
    for (std::size_t k = 0; k < list.factors.size(); ++k) {
        const robust::Factor& factor = list.factors[k];
        py::dict row;
        row["name"] = factor.name;
        row["kind"] = detail::factor_kind(list.definitions[k].rule);
        row["at"] = list.definitions[k].at;
        row["varies"] = std::holds_alternative<robust::ModelChoice>(factor.rule) ? "model"
                        : std::holds_alternative<robust::MeasurementError>(factor.rule)
                            ? "indicators"
                            : "nodes";
        row["alternatives"] = std::visit(VariedElements{}, factor.rule);
        out.append(std::move(row));
    }
    return out;
}

}  // namespace

void register_factors(py::module_& module) {
    py::class_<FactorList>(module, "Factors")
        .def(py::init([](const IndexModel& model, const std::optional<std::string>& json) {
                 FactorList list;
                 list.definitions =
                     json ? io::parse_factors(*json, model) : model.definition().factors;
                 list.factors = io::resolve_factors(model, list.definitions);
                 return list;
             }),
             py::arg("model"), py::arg("json"))
        .def_property_readonly("names",
                               [](const FactorList& list) {
                                   std::vector<std::string> names;
                                   for (const robust::Factor& each : list.factors)
                                       names.push_back(each.name);
                                   return names;
                               })
        .def("__len__", [](const FactorList& list) { return list.factors.size(); })
        .def("describe", &described_factors);
}

}  // namespace thuocdo::python
