#pragma once
/// @file
/// Steps of the preparation as JSON.

#include <thuocdo/model/detail/json_object.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/preparation.hpp>

#include <string>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Writes the members of a step, without those that have their default.
struct StepWriter {
    JsonObject& out;
    MemberOrder order;

    void operator()(const step::Denominate& value) const {
        std::vector<std::string> list;
        for (const step::Denominator& each : value.denominators) {
            JsonObject one(order);
            if (!each.indicators.empty()) one.raw("indicators", json_texts(each.indicators));
            one.text("by", each.by).number("scale", each.scale, 1.0);
            list.push_back(one.str());
        }
        out.raw("denominators", json_list(list));
    }
    void operator()(const step::Screen& value) const {
        out.number("minimum_availability", value.minimum_availability, 0.0)
            .number("minimum_nonzero", value.minimum_nonzero);
        if (!value.nodes.empty()) out.raw("nodes", json_texts(value.nodes));
        out.word("action", value.action, ScreeningAction::exclude);
        if (value.keep.empty()) return;
        std::vector<std::string> list;
        for (const step::KeptUnit& each : value.keep) {
            JsonObject one(order);
            one.text("unit", each.unit).text("reason", each.reason);
            list.push_back(one.str());
        }
        out.raw("keep", json_list(list));
    }
    void operator()(const step::Impute& value) const {
        out.word("method", value.method).text("group", value.group);
        if (!value.nodes.empty()) out.raw("nodes", json_texts(value.nodes));
        out.number("longest_gap", value.longest_gap);
        if (!value.indicators.empty()) out.raw("indicators", json_texts(value.indicators));
    }
    void operator()(const step::Treat& value) const {
        const step::Treat usual;
        out.number("maximum_skewness", value.maximum_skewness, usual.maximum_skewness)
            .number("maximum_kurtosis", value.maximum_kurtosis, usual.maximum_kurtosis)
            .number("maximum_winsorised", static_cast<double>(value.maximum_winsorised),
                    static_cast<double>(usual.maximum_winsorised))
            .word("otherwise", value.otherwise, usual.otherwise)
            .number("lambda", value.lambda);
        if (!value.indicators.empty()) out.raw("indicators", json_texts(value.indicators));
    }
};

/// The list of steps.
[[nodiscard]] inline std::string write_preparation(const std::vector<PreparationStep>& steps,
                                                   MemberOrder order) {
    std::vector<std::string> list;
    for (const PreparationStep& each : steps) {
        JsonObject out(order);
        out.text("step", step_name(each));
        std::visit(StepWriter{out, order}, each);
        list.push_back(out.str());
    }
    return json_list(list);
}

}  // namespace thuocdo::detail
