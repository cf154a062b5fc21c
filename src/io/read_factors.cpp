#include <thuocdo/model/detail/json_value.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "io/read_definition.hpp"

namespace thuocdo::io::detail {
namespace {

using Rule = FactorRule;

Rule read_noise(ObjectReader& in) { return factor::WeightNoise{in.number("noise", 1.0)}; }

Rule read_dirichlet(ObjectReader& in) {
    factor::DirichletWeights out;
    const Json& value = *in.find("dirichlet");
    const std::string place = in.at("dirichlet");
    if (value.is_string()) {
        const std::vector<std::string> words{"uniform"};
        static_cast<void>(read_word(value, place, in.log(), words));
    } else if (!value.is_object()) {
        in.log().add({"wrong_type", place, described(value),
                      "\"uniform\" or an object with concentration",
                      "e.g. {\"concentration\": 50}"});
    } else {
        ObjectReader members(value, place, in.log());
        out.concentration = members.required_number("concentration", 1.0);
        members.finish();
    }
    return out;
}

Rule read_weight_sets(ObjectReader& in) {
    factor::WeightSets out;
    const Json& sets = *in.find("weight_sets");
    const std::string place = in.at("weight_sets");
    if (!sets.is_object()) {
        in.log().add({"wrong_type", place, described(sets), "an object from names to weights",
                      "write {\"expert A\": {\"health\": 2}, ...}"});
        return out;
    }
    for (const auto& [name, weights] : sets.items()) {
        const std::string at = place + '/' + pointer_step(name);
        WeightSet set{name, {}};
        if (!weights.is_object())
            in.log().add({"wrong_type", at, described(weights), "an object from codes to weights",
                          "write {\"health\": 2, ...}"});
        else
            for (const auto& [code, weight] : weights.items())
                set.weights.emplace_back(
                    code,
                    read_number(weight, at + '/' + pointer_step(code), in.log()).value_or(1.0));
        out.sets.push_back(std::move(set));
    }
    return out;
}

Rule read_one_of(ObjectReader& in) {
    factor::OneOf out;
    in.each("one_of", in.find("one_of"), [&](const Json& value, const std::string&) {
        out.values.push_back(thuocdo::detail::canonical_json(value.dump()).value_or("null"));
    });
    return out;
}

Rule read_leave_out(ObjectReader& in) {
    factor::LeaveOut out;
    const Json& value = *in.find("leave_out");
    if (value.is_string()) {
        const std::vector<std::string> words{"each"};
        const auto& text = value.get_ref<const std::string&>();
        if (text != words.front())
            in.log().add({"unknown_word", in.at("leave_out"), described(value),
                          "\"each\" or a list of codes",
                          suggestion(text, words, "write [" + in_quotes(text) + ']')});
    } else {
        out.elements = in.texts("leave_out");
        if (value.is_array() && value.empty())
            in.log().add({"empty_list", in.at("leave_out"), "a list without codes",
                          "at least one code, or \"each\"", "name what is left out"});
    }
    out.or_none = in.flag("or_none", out.or_none);
    return out;
}

Rule read_error(ObjectReader& owner) {
    factor::MeasurementError out;
    ObjectReader in(*owner.find("error"), owner.at("error"), owner.log());
    out.distribution = in.word("distribution", out.distribution);
    out.scale = in.word("scale", out.scale);
    out.size = in.number("size", out.size);
    out.column = in.text("column");
    out.lowest = in.number("lowest");
    out.highest = in.number("highest");
    in.finish();
    return out;
}

struct FactorKind {
    const char* name;
    Rule (*read)(ObjectReader&);
};

constexpr std::array<FactorKind, std::variant_size_v<Rule>> kinds{
    {{"noise", read_noise},
     {"dirichlet", read_dirichlet},
     {"weight_sets", read_weight_sets},
     {"one_of", read_one_of},
     {"leave_out", read_leave_out},
     {"error", read_error}}};
constexpr const char* kind_words = "noise, dirichlet, weight_sets, one_of, leave_out or error";

}  // namespace

FactorDefinition read_factor(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    FactorDefinition out;
    if (!in.is_object()) return out;
    out.name = in.text("name");
    out.at = in.text("at");
    std::vector<std::string> given;
    for (const FactorKind& kind : kinds) {
        if (!in.find(kind.name)) continue;
        if (given.empty()) out.rule = kind.read(in);
        given.emplace_back(kind.name);
    }
    const std::size_t before = log.problems.size();
    in.finish();
    if (given.size() > 1)
        log.add({"factor_of_two_kinds", place, listed(given), std::string("one of ") + kind_words,
                 "write a factor for each"});
    if (!given.empty()) return out;
    // A member that is misspelled was reported already.
    if (log.problems.size() == before)
        log.problems.push_back({"missing_member", place, "a factor that varies nothing",
                                std::string("one of ") + kind_words, "say what is uncertain"});
    log.failed.insert(place);
    return out;
}

}  // namespace thuocdo::io::detail
