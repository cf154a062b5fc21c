#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "io/read_definition.hpp"

namespace thuocdo::io::detail {
namespace {

step::Denominate read_denominate(ObjectReader& in) {
    step::Denominate out;
    in.each("denominators", in.require("denominators", "a list of denominators"),
            [&](const Json& value, const std::string& place) {
                ObjectReader each(value, place, in.log());
                step::Denominator one;
                one.indicators = each.text_or_texts("indicators");
                one.by = each.required_text("by", "an attribute of units or a column of the data");
                one.scale = each.number("scale", one.scale);
                each.finish();
                out.denominators.push_back(std::move(one));
            });
    return out;
}

step::Screen read_screen(ObjectReader& in) {
    step::Screen out;
    out.minimum_availability = in.number("minimum_availability", out.minimum_availability);
    out.minimum_nonzero = in.number("minimum_nonzero");
    out.nodes = in.text_or_texts("nodes");
    out.action = in.word("action", out.action);
    in.each("keep", in.find("keep"), [&](const Json& value, const std::string& place) {
        ObjectReader each(value, place, in.log());
        step::KeptUnit kept;
        kept.unit = each.required_text("unit", "the code of a unit");
        kept.reason = each.required_text("reason", "why the unit stays");
        each.finish();
        out.keep.push_back(std::move(kept));
    });
    return out;
}

step::Impute read_impute(ObjectReader& in) {
    step::Impute out;
    if (const Json* method = in.require("method", "a method of imputation"))
        out.method = in.to_word<ImputationMethod>(*method, in.at("method")).value_or(out.method);
    out.group = in.text("group");
    out.nodes = in.text_or_texts("nodes");
    out.longest_gap = in.number("longest_gap");
    out.indicators = in.text_or_texts("indicators");
    return out;
}

step::Treat read_treat(ObjectReader& in) {
    step::Treat out;
    out.maximum_skewness = in.number("maximum_skewness", out.maximum_skewness);
    out.maximum_kurtosis = in.number("maximum_kurtosis", out.maximum_kurtosis);
    out.maximum_winsorised = in.integer("maximum_winsorised").value_or(out.maximum_winsorised);
    out.otherwise = in.word("otherwise", out.otherwise);
    out.lambda = in.number("lambda");
    out.indicators = in.text_or_texts("indicators");
    return out;
}

std::vector<double> read_numbers(ObjectReader& in, const Json& list, const std::string& place) {
    std::vector<double> numbers;
    if (!list.is_array()) {
        in.log().add({"wrong_type", place, described(list), "a list of numbers", "write [1, 2]"});
        return numbers;
    }
    for (std::size_t k = 0; k < list.size(); ++k)
        numbers.push_back(
            read_number(list[k], place + '/' + std::to_string(k), in.log()).value_or(1.0));
    return numbers;
}

std::vector<std::vector<double>> read_table(ObjectReader& in, const Json& rows,
                                            const std::string& place) {
    std::vector<std::vector<double>> table;
    if (!rows.is_array()) {
        in.log().add({"wrong_type", place, described(rows), "a list of lists of numbers",
                      "write [[1, 2], [3, 4]]"});
        return table;
    }
    for (std::size_t k = 0; k < rows.size(); ++k)
        table.push_back(read_numbers(in, rows[k], place + '/' + std::to_string(k)));
    return table;
}

/// The elements that judgements are about; every such scheme names them.
std::vector<std::string> read_elements(ObjectReader& in) {
    return in.require("elements",
                      "the codes of the scored children, in the order of the judgements")
               ? in.texts("elements")
               : std::vector<std::string>{};
}

weighting::CorrelationOptimised read_correlation_optimised(ObjectReader& in) {
    weighting::CorrelationOptimised out;
    out.elements = in.texts("elements");
    if (in.find("targets")) out.targets = in.numbers("targets");
    return out;
}

weighting::AnalyticHierarchyProcess read_hierarchy(ObjectReader& in) {
    weighting::AnalyticHierarchyProcess out;
    out.elements = read_elements(in);
    in.each("judgements", in.require("judgements", "one comparison matrix a judge"),
            [&](const Json& matrix, const std::string& place) {
                out.judgements.push_back(read_table(in, matrix, place));
            });
    out.method = in.word("method", out.method);
    return out;
}

weighting::BestWorst read_best_worst(ObjectReader& in) {
    weighting::BestWorst out;
    out.elements = read_elements(in);
    out.best = in.required_text("best", "the most important element");
    out.worst = in.required_text("worst", "the least important element");
    out.best_to_others = in.numbers("best_to_others");
    out.others_to_worst = in.numbers("others_to_worst");
    return out;
}

weighting::Points read_points(ObjectReader& in, PointsScheme scheme) {
    weighting::Points out;
    out.scheme = scheme;
    out.elements = read_elements(in);
    if (const Json* points = in.require("points", "one list of points an expert"))
        out.points = read_table(in, *points, in.at("points"));
    return out;
}

std::vector<std::string> scheme_names() {
    std::vector<std::string> names{"equal", "correlation_optimised", "analytic_hierarchy_process",
                                   "best_worst_method"};
    const auto add = [&](const auto& all) {
        for (const auto& each : all) names.emplace_back(each.second);
    };
    add(thuocdo::detail::Names<ObjectiveScheme>::all);
    add(thuocdo::detail::Names<RankedScheme>::all);
    add(thuocdo::detail::Names<StepwiseScheme>::all);
    add(thuocdo::detail::Names<PointsScheme>::all);
    return names;
}

Weighting read_scheme(ObjectReader& in, const std::string& name) {
    if (name == "correlation_optimised") return read_correlation_optimised(in);
    if (name == "analytic_hierarchy_process") return read_hierarchy(in);
    if (name == "best_worst_method") return read_best_worst(in);
    if (const auto scheme = thuocdo::detail::value_named<ObjectiveScheme>(name))
        return weighting::Objective{*scheme, in.word("of", WeightingBasis::result)};
    if (const auto scheme = thuocdo::detail::value_named<RankedScheme>(name))
        return weighting::Ranked{*scheme, read_elements(in)};
    if (const auto scheme = thuocdo::detail::value_named<StepwiseScheme>(name)) {
        weighting::Stepwise out{*scheme, read_elements(in), {}};
        out.steps = in.numbers("steps");
        return out;
    }
    if (const auto scheme = thuocdo::detail::value_named<PointsScheme>(name))
        return read_points(in, *scheme);
    return weighting::Equal{};
}

}  // namespace

std::optional<Weighting> read_weighting(const Json& value, const std::string& place, ReadLog& log) {
    const std::vector<std::string> names = scheme_names();
    if (value.is_string() || value.is_discarded()) {
        const auto position = read_word(value, place, log, names, "unknown_scheme");
        if (!position) return std::nullopt;
        const std::string& name = names[*position];
        const bool bare = name == "equal" || name == "correlation_optimised" ||
                          thuocdo::detail::value_named<ObjectiveScheme>(name);
        if (bare) {
            if (name == "correlation_optimised") return weighting::CorrelationOptimised{};
            if (const auto scheme = thuocdo::detail::value_named<ObjectiveScheme>(name))
                return weighting::Objective{*scheme};
            return weighting::Equal{};
        }
        log.add({"missing_member", place, described(value), "an object with scheme and judgements",
                 "write {\"scheme\": \"" + name + "\", \"elements\": [...], ...}"});
        return std::nullopt;
    }
    ObjectReader in(value, place, log);
    const Json* word = in.require("scheme", "the name of a weighting scheme");
    if (!word) return std::nullopt;
    const auto position = read_word(*word, in.at("scheme"), log, names, "unknown_scheme");
    if (!position) return std::nullopt;
    Weighting scheme = read_scheme(in, names[*position]);
    in.finish();
    // What could not be read has its default; its checks would only repeat that.
    if (log.failed.at_or_below(place)) return std::nullopt;
    return scheme;
}

PreparationStep read_step(const Json& value, const std::string& place, ReadLog& log) {
    const std::vector<std::string> names{"denominate", "screen", "impute", "treat"};
    ObjectReader in(value, place, log);
    const Json* word = in.require("step", "denominate, screen, impute or treat");
    const auto position =
        word ? read_word(*word, in.at("step"), log, names, "unknown_step") : std::nullopt;
    if (!position) return step::Screen{};
    PreparationStep step = *position == 0   ? PreparationStep(read_denominate(in))
                           : *position == 1 ? PreparationStep(read_screen(in))
                           : *position == 2 ? PreparationStep(read_impute(in))
                                            : PreparationStep(read_treat(in));
    in.finish();
    return step;
}

}  // namespace thuocdo::io::detail
