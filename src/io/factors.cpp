#include <thuocdo/io/factors.hpp>
#include <thuocdo/model/detail/check_factors.hpp>
#include <thuocdo/model/detail/json_pointer.hpp>
#include <thuocdo/robust/detail/prove_alternatives.hpp>
#include <thuocdo/robust/resolve_factor.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "io/document_edit.hpp"
#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/model_factors.hpp"
#include "io/read_definition.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

using robust::Alternative;
using robust::ModelChoice;

constexpr const char* list_place = "/factors";

[[nodiscard]] std::string place_of_factor(std::size_t k) {
    return list_place + ('/' + std::to_string(k));
}

/// Where a factor puts its values.
struct FactorTarget {
    std::string pointer;
    thuocdo::detail::AnchoredPointer place;
};

/// The steps of a target in a document; nothing when its node was left out.
[[nodiscard]] std::optional<std::vector<std::string>> steps_to(const Json& document,
                                                               const FactorTarget& target) {
    std::vector<std::string> steps;
    if (!target.place.node.empty()) {
        const auto node = steps_to_node(document, target.place.node);
        if (!node) return std::nullopt;
        steps = *node;
    }
    steps.insert(steps.end(), target.place.steps.begin(), target.place.steps.end());
    return steps;
}

/// A definition without factors, to document, edit, and back.
[[nodiscard]] ModelDefinition edited(const ModelDefinition& plain, const FactorTarget& target,
                                     const Json& value) {
    Json document = document_of(plain);
    const auto steps = steps_to(document, target);
    if (!steps) return plain;
    put_value(document, target.pointer, *steps, value);
    ReadLog log;
    ModelDefinition changed = read_definition(document, log);
    if (log.problems.empty()) log.problems = check_read_definition(changed, log.failed);
    if (!log.problems.empty())
        throw ModelError("the value does not fit the model", std::move(log.problems));
    return changed;
}

/// The factors of the definition stay as they are: they need not fit what is left of it.
void put_into(ModelDefinition& definition, const FactorTarget& target, const Json& value) {
    std::vector<FactorDefinition> factors;
    factors.swap(definition.factors);
    try {
        definition = edited(definition, target, value);
    } catch (...) {
        definition.factors = std::move(factors);
        throw;
    }
    definition.factors = std::move(factors);
}

/// How a value is called in tables: a text or number as it is, a method by its name and
/// parameters.
[[nodiscard]] std::string label_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_object()) return value.dump();
    for (const char* member : {"method", "rule", "scheme", "step"}) {
        const auto name = value.find(member);
        if (name == value.end() || !name->is_string()) continue;
        std::string rest;
        for (const auto& [key, parameter] : value.items())
            if (key != member)
                rest += (rest.empty() ? "" : ", ") + key + ' ' +
                        (parameter.is_string() ? parameter.get<std::string>() : parameter.dump());
        return name->get<std::string>() + (rest.empty() ? "" : " (" + rest + ')');
    }
    return value.dump();
}

[[nodiscard]] ModelChoice choice_of(const FactorDefinition& written,
                                    const thuocdo::detail::AnchoredPointer& place) {
    const FactorTarget target{written.at, place};
    ModelChoice choice;
    for (const std::string& text : std::get<factor::OneOf>(written.rule).values) {
        const auto value = std::make_shared<const Json>(Json::parse(text));
        choice.alternatives.push_back(
            {label_of(*value), [target, value](ModelDefinition& definition) {
                 put_into(definition, target, *value);
             }});
    }
    return choice;
}

[[nodiscard]] ModelChoice resolve_one_of(const IndexModel& model, const FactorDefinition& written,
                                         const std::string& place, std::vector<Problem>& problems) {
    const ModelDefinition& definition = model.definition();
    const auto anchor = thuocdo::detail::anchored(written.at, definition.root);
    ModelChoice choice = choice_of(written, anchor);
    robust::detail::AlternativePlaces places;
    places.factor = place;
    places.name = factor_name(written, definition.root);
    places.of = [&place](std::size_t k) { return place + "/one_of/" + std::to_string(k); };
    const std::string target =
        (anchor.node.empty() ? std::string() : model.node(model.index_of(anchor.node)).pointer) +
        thuocdo::detail::pointer_of(anchor.steps);
    // What stands in the way of every value is a problem of the pointer.
    places.of_factor = [&](const Problem& each) -> std::optional<Problem> {
        const bool on_the_way = target == each.place || target.starts_with(each.place + '/');
        if (each.code != "pointer_hits_nothing" && (each.code != "unknown_member" || !on_the_way))
            return std::nullopt;
        return Problem{"pointer_hits_nothing", place + "/at",
                       in_quotes(written.at) + ": " + each.found, each.expected, each.remedy};
    };
    robust::detail::prove_alternatives(model, choice.alternatives, places, problems);
    return choice;
}

}  // namespace

std::vector<Problem> check_one_of(const ModelDefinition& definition) {
    std::vector<Problem> problems;
    const bool any = std::any_of(definition.factors.begin(), definition.factors.end(),
                                 [](const FactorDefinition& each) {
                                     return std::holds_alternative<factor::OneOf>(each.rule);
                                 });
    if (!any) return problems;
    const IndexModel model(definition);
    for (std::size_t k = 0; k < definition.factors.size(); ++k)
        if (std::holds_alternative<factor::OneOf>(definition.factors[k].rule))
            static_cast<void>(
                resolve_one_of(model, definition.factors[k], place_of_factor(k), problems));
    return problems;
}

}  // namespace detail

std::vector<FactorDefinition> parse_factors(std::string_view json, const IndexModel& model) {
    using namespace detail;
    const char* const refusal = "the factors cannot be used";
    const JsonText text = parse_json_text(without_byte_order_mark(json), {});
    if (!text.readable) throw ModelError(refusal, text.problems);
    ReadLog log;
    for (const Problem& each : text.problems) log.add(each);
    std::vector<FactorDefinition> factors;
    if (!text.value.is_array())
        log.add({"wrong_type", "", described(text.value), "a list of factors",
                 "write the factors in brackets, [ ... ]"});
    else
        for (std::size_t k = 0; k < text.value.size(); ++k)
            factors.push_back(read_factor(text.value[k], '/' + std::to_string(k), log));
    std::vector<Problem> further;
    thuocdo::detail::FactorCheck(model.definition(), further).run(factors, "");
    std::erase_if(further, [&log](const Problem& each) {
        return log.failed.at_or_above(each.place) ||
               (each.code == "duplicate_factor" && !log.failed.all().empty());
    });
    std::move(further.begin(), further.end(), std::back_inserter(log.problems));
    sort_by_text(text, log.problems);
    for (Problem& each : log.problems) each.place = list_place + each.place;
    if (!log.problems.empty()) throw ModelError(refusal, std::move(log.problems));
    return factors;
}

std::vector<robust::Factor> resolve_factors(const IndexModel& model,
                                            std::span<const FactorDefinition> factors) {
    using namespace detail;
    std::vector<Problem> problems;
    thuocdo::detail::FactorCheck(model.definition(), problems).run(factors, list_place);
    std::vector<robust::Factor> out;
    std::vector<Problem> proved;
    for (std::size_t k = 0; k < factors.size(); ++k) {
        const FactorDefinition& written = factors[k];
        const std::string place = place_of_factor(k);
        const bool failed =
            std::any_of(problems.begin(), problems.end(), [&place](const Problem& each) {
                return each.code != "duplicate_factor" &&
                       (each.place == place || each.place.starts_with(place + '/'));
            });
        if (failed) continue;
        if (std::holds_alternative<factor::OneOf>(written.rule))
            out.push_back({factor_name(written, model.definition().root),
                           resolve_one_of(model, written, place, proved)});
        else
            out.push_back(robust::detail::FactorResolver(model, written, place, proved).run());
    }
    std::move(proved.begin(), proved.end(), std::back_inserter(problems));
    if (!problems.empty()) throw ModelError("the factors cannot be used", std::move(problems));
    return out;
}

std::vector<robust::Factor> resolve_factors(const IndexModel& model) {
    return resolve_factors(model, model.definition().factors);
}

}  // namespace thuocdo::io
