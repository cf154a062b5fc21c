#pragma once
/// @file
/// Factors of robustness runs as JSON.

#include <thuocdo/model/detail/json_object.hpp>
#include <thuocdo/model/detail/json_value.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/factor.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <string>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Writes the member of a factor that says what it does.
struct FactorWriter {
    JsonObject& out;
    MemberOrder order;

    void operator()(const factor::WeightNoise& value) const { out.number("noise", value.fraction); }
    void operator()(const factor::DirichletWeights& value) const {
        if (!value.concentration) {
            out.text("dirichlet", "uniform");
            return;
        }
        JsonObject members(order);
        members.number("concentration", *value.concentration);
        out.raw("dirichlet", members.str());
    }
    void operator()(const factor::WeightSets& value) const {
        JsonObject sets(order);
        for (const WeightSet& each : value.sets) {
            JsonObject weights(order);
            for (const auto& [code, weight] : each.weights)
                weights.raw(code, numeric::shortest(weight));
            sets.raw(each.name, weights.str());
        }
        out.raw("weight_sets", sets.str());
    }
    void operator()(const factor::OneOf& value) const {
        std::vector<std::string> list;
        for (const std::string& each : value.values)
            list.push_back(canonical_json(each).value_or("null"));
        out.raw("one_of", json_list(list));
    }
    void operator()(const factor::LeaveOut& value) const {
        if (value.elements.empty())
            out.text("leave_out", "each");
        else
            out.raw("leave_out", json_texts(value.elements));
        out.flag("or_none", value.or_none, true);
    }
    void operator()(const factor::MeasurementError& value) const {
        const factor::MeasurementError usual;
        JsonObject error(order);
        error.word("distribution", value.distribution, usual.distribution)
            .word("scale", value.scale, usual.scale)
            .number("size", value.size, usual.size)
            .text("column", value.column)
            .number("lowest", value.lowest)
            .number("highest", value.highest);
        out.raw("error", error.str());
    }
};

/// The list of factors.
[[nodiscard]] inline std::string write_factors(const std::vector<FactorDefinition>& factors,
                                               MemberOrder order) {
    std::vector<std::string> list;
    for (const FactorDefinition& each : factors) {
        JsonObject out(order);
        out.text("name", each.name).text("at", each.at);
        std::visit(FactorWriter{out, order}, each.rule);
        list.push_back(out.str());
    }
    return json_list(list);
}

}  // namespace thuocdo::detail
