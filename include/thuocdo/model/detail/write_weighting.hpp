#pragma once
/// @file
/// Weighting schemes as JSON.

#include <thuocdo/model/detail/json_object.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/weighting.hpp>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace thuocdo::detail {

[[nodiscard]] inline std::string json_table(const std::vector<std::vector<double>>& rows) {
    std::vector<std::string> list;
    for (const std::vector<double>& row : rows) list.push_back(json_numbers(row));
    return json_list(list);
}

/// Writes the members of a scheme, without those that have their default.
struct WeightingWriter {
    JsonObject& out;

    void operator()(const weighting::Equal&) const {}
    void operator()(const weighting::Objective& value) const {
        out.word("of", value.of, WeightingBasis::result);
    }
    void operator()(const weighting::CorrelationOptimised& value) const {
        elements(value.elements);
        if (!value.targets.empty()) out.raw("targets", json_numbers(value.targets));
    }
    void operator()(const weighting::AnalyticHierarchyProcess& value) const {
        elements(value.elements);
        std::vector<std::string> matrices;
        for (const auto& each : value.judgements) matrices.push_back(json_table(each));
        out.raw("judgements", json_list(matrices))
            .word("method", value.method, PriorityMethod::principal_eigenvector);
    }
    void operator()(const weighting::BestWorst& value) const {
        elements(value.elements);
        out.text("best", value.best)
            .text("worst", value.worst)
            .raw("best_to_others", json_numbers(value.best_to_others))
            .raw("others_to_worst", json_numbers(value.others_to_worst));
    }
    void operator()(const weighting::Ranked& value) const { elements(value.elements); }
    void operator()(const weighting::Stepwise& value) const {
        elements(value.elements);
        out.raw("steps", json_numbers(value.steps));
    }
    void operator()(const weighting::Points& value) const {
        elements(value.elements);
        out.raw("points", json_table(value.points));
    }

    void elements(const std::vector<std::string>& codes) const {
        if (!codes.empty()) out.raw("elements", json_texts(codes));
    }
};

/// A scheme: its name alone where it has no parameters.
[[nodiscard]] inline std::string write_weighting(const Weighting& scheme, MemberOrder order) {
    JsonObject out(order);
    out.text("scheme", weighting_name(scheme));
    const std::size_t bare = out.str().size();
    std::visit(WeightingWriter{out}, scheme);
    const std::string whole = out.str();
    return whole.size() == bare ? json_string(weighting_name(scheme)) : whole;
}

}  // namespace thuocdo::detail
