#include "io/read_definition.hpp"

#include <thuocdo/model/detail/names.hpp>

#include <string>
#include <utility>

namespace thuocdo::io::detail {
namespace {

/// The format that this reader reads.
constexpr double model_format_version = 1.0;

MissingRule read_missing(ObjectReader& owner, const Json& value, const std::string& place) {
    if (value.is_string() || value.is_discarded())
        return MissingRule::all(
            owner.to_word<MissingPolicy>(value, place).value_or(MissingPolicy::refuse));
    if (!value.is_object()) {
        owner.log().add({"wrong_type", place, described(value),
                         "a policy or an object from kinds to policies",
                         "e.g. \"refuse\" or {\"not_reported\": \"zero\"}"});
        return {};
    }
    ObjectReader in(value, place, owner.log());
    MissingRule rule = MissingRule::all(in.word("default", MissingPolicy::refuse));
    for (const auto& [kind, name] : thuocdo::detail::Names<MissingKind>::all)
        if (const auto policy = in.word<MissingPolicy>(name))
            rule.policies[static_cast<std::size_t>(kind)] = *policy;
    in.finish();
    return rule;
}

std::optional<MissingRule> find_missing(ObjectReader& in) {
    const Json* value = in.find("missing");
    if (!value) return std::nullopt;
    return read_missing(in, *value, in.at("missing"));
}

std::optional<Rounding> find_rounding(ObjectReader& owner) {
    const Json* value = owner.find("rounding");
    if (!value) return std::nullopt;
    ObjectReader in(*value, owner.at("rounding"), owner.log());
    Rounding rounding;
    rounding.digits = in.required_integer("digits");
    rounding.mode = in.word("mode", rounding.mode);
    rounding.at = in.word("at", rounding.at);
    in.finish();
    return rounding;
}

std::optional<MinimumCoverage> find_coverage(ObjectReader& owner) {
    const Json* value = owner.find("minimum_coverage");
    if (!value) return std::nullopt;
    MinimumCoverage coverage;
    if (!value->is_object()) {
        coverage.share =
            read_number(*value, owner.at("minimum_coverage"), owner.log()).value_or(0.0);
        return coverage;
    }
    ObjectReader in(*value, owner.at("minimum_coverage"), owner.log());
    coverage.share = in.required_number("share", 0.0);
    coverage.of = in.word("of", coverage.of);
    in.finish();
    return coverage;
}

std::optional<Aggregation> find_aggregation(ObjectReader& in) {
    const Json* value = in.find("aggregate");
    return value ? read_aggregation(*value, in.at("aggregate"), in.log()) : std::nullopt;
}

Target read_target(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    Target target{Date(2000, 1, 1), 0.0};
    if (const Json* date = in.require("date", "a date YYYY-MM-DD"))
        if (const auto day = read_date(*date, in.at("date"), log)) target.date = *day;
    target.value = in.required_number("value", 0.0);
    in.finish();
    return target;
}

NodeDefinition read_node(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    NodeDefinition node;
    node.code = in.required_text("code", "the code of the node");
    node.name = in.label("name");
    node.description = in.label("description");
    node.weight = in.number("weight", 1.0);
    node.points = in.number("points");
    node.scale = in.number("scale");
    node.role = in.word("role", Role::scored);
    node.cap = in.number("cap");
    node.floor = in.number("floor");
    node.rounding = find_rounding(in);
    node.missing = find_missing(in);
    node.visibility = in.word<Visibility>("visibility");
    node.owner = in.text("owner");
    node.source = in.text("source");
    node.kind = in.word<Kind>("kind");
    const Json* children = in.find("children");
    node.aggregate = find_aggregation(in);
    if (const Json* weights = in.find("weights"))
        node.weights = read_weighting(*weights, in.at("weights"), log);
    node.minimum_coverage = find_coverage(in);
    node.weights_sum_to = in.number("weights_sum_to");
    if (const Json* score = in.find("score"))
        node.score = read_score_rule(*score, in.at("score"), log);
    if (in.find("reference_period")) node.reference_period = in.text("reference_period");
    node.indicator = in.text("indicator");
    node.unit = in.text("unit");
    node.direction = in.word("direction", Direction::higher_is_better);
    in.each("targets", in.find("targets"), [&](const Json& target, const std::string& at) {
        node.targets.push_back(read_target(target, at, log));
    });
    node.target_path = in.word("target_path", TargetPath::linear);
    node.zero_denominator = in.word<ZeroDenominatorRule>("zero_denominator");
    in.each("children", children, [&](const Json& child, const std::string& at) {
        node.children.push_back(read_node(child, at, log));
    });
    if (children && children->is_array() && children->empty())
        log.add({"empty_list", in.at("children"), "a list without nodes", "at least one node",
                 "list the children, or leave the member out and give a score rule"});
    in.finish();
    return node;
}

Defaults read_defaults(const Json& value, ReadLog& log) {
    ObjectReader in(value, "/defaults", log);
    Defaults defaults;
    defaults.missing = find_missing(in);
    defaults.zero_denominator = in.word<ZeroDenominatorRule>("zero_denominator");
    defaults.visibility = in.word<Visibility>("visibility");
    defaults.aggregate = find_aggregation(in);
    defaults.rounding = find_rounding(in);
    defaults.minimum_coverage = find_coverage(in);
    if (in.find("reference_period")) defaults.reference_period = in.text("reference_period");
    in.finish();
    return defaults;
}

InputIndicator read_input(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    InputIndicator input;
    input.code = in.required_text("code", "the code of a column of the data");
    input.unit = in.text("unit");
    input.name = in.label("name");
    in.finish();
    return input;
}

DerivedIndicator read_derived(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    DerivedIndicator derived;
    derived.code = in.required_text("code", "the code of the derived indicator");
    derived.expression = in.required_text("expression", "an expression such as a / b");
    derived.unit = in.text("unit");
    derived.name = in.label("name");
    derived.source = in.text("source");
    in.finish();
    return derived;
}

RankingRule read_ranking(const Json& value, ReadLog& log) {
    ObjectReader in(value, "/ranking", log);
    RankingRule ranking;
    ranking.on = in.word("on", ranking.on);
    ranking.digits = in.integer("digits");
    ranking.mode = in.word("mode", ranking.mode);
    ranking.order = in.word("order", ranking.order);
    ranking.ties = in.word("ties", ranking.ties);
    in.each("tie_breakers", in.find("tie_breakers"),
            [&](const Json& breaker, const std::string& place) {
                ObjectReader each(breaker, place, log);
                TieBreakerRule rule;
                rule.node = each.required_text("node", "the code of a node");
                rule.order = each.word("order", rule.order);
                each.finish();
                ranking.tie_breakers.push_back(std::move(rule));
            });
    ranking.within = in.texts("within");
    in.finish();
    return ranking;
}

Gate read_gate(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    Gate gate;
    gate.node = in.required_text("node", "the code of a node");
    gate.of = in.word("of", gate.of);
    gate.at_least = in.number("at_least");
    gate.at_most = in.number("at_most");
    gate.above = in.number("above");
    gate.below = in.number("below");
    in.finish();
    return gate;
}

Band read_band(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    Band band;
    band.code = in.required_text("code", "the code of the band");
    band.name = in.label("name");
    band.from = in.number("from");
    band.to = in.number("to");
    in.each("gates", in.find("gates"), [&](const Json& gate, const std::string& at) {
        band.gates.push_back(read_gate(gate, at, log));
    });
    in.finish();
    return band;
}

Quota read_quota(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    Quota quota;
    quota.band = in.required_text("band", "the code of a band");
    quota.at_most = in.required_number("at_most", quota.at_most);
    quota.of = in.texts("of");
    quota.within = in.text("within");
    quota.ties_at_the_cut = in.word("ties_at_the_cut", quota.ties_at_the_cut);
    in.finish();
    return quota;
}

BandScale read_bands(const Json& value, ReadLog& log) {
    ObjectReader in(value, "/bands", log);
    BandScale scale;
    in.each("scale", in.require("scale", "a list of bands, best first"),
            [&](const Json& band, const std::string& place) {
                scale.bands.push_back(read_band(band, place, log));
            });
    scale.of = in.word("of", scale.of);
    if (const Json* quota = in.find("quota")) scale.quota = read_quota(*quota, in.at("quota"), log);
    in.finish();
    return scale;
}

RollUp read_roll_up(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    RollUp roll_up;
    roll_up.to = in.required_text("to", "a level or \"nation\"");
    if (const Json* method = in.require("method", "plain_mean or weighted_mean")) {
        const std::vector<std::string> methods{"plain_mean", "weighted_mean"};
        roll_up.weighted = read_word(*method, in.at("method"), log, methods) == std::size_t{1};
    }
    roll_up.weights = in.text("weights");
    in.finish();
    return roll_up;
}

void read_effective(const Json& value, ModelDefinition& model, ReadLog& log) {
    ObjectReader in(value, "/effective", log);
    if (const Json* from = in.require("from", "a date YYYY-MM-DD"))
        model.effective_from = read_date(*from, in.at("from"), log);
    model.effective_to = in.date("to");
    in.finish();
}

}  // namespace

ModelDefinition read_definition(const Json& document, ReadLog& log) {
    ObjectReader in(document, "", log);
    ModelDefinition model;
    if (const Json* format = in.require("thuocdo", "1, the version of the format")) {
        const auto version = read_number(*format, in.at("thuocdo"), log);
        if (version && *version != model_format_version)
            log.add({"unsupported_format", in.at("thuocdo"), described(*format), "1",
                     "this is the version of the format; the version of the definition goes "
                     "into version"});
    }
    model.id = in.required_text("id", "the code of the index");
    model.version = in.required_text("version", "the version of the definition");
    if (in.require("name", "a name in Vietnamese or English")) model.name = in.label("name");
    model.description = in.label("description");
    model.status = in.word("status", Status::draft);
    model.source = in.text("source");
    if (const Json* effective = in.find("effective")) read_effective(*effective, model, log);
    if (const Json* cohort = in.find("cohort")) {
        ObjectReader units(*cohort, in.at("cohort"), log);
        model.cohort.level = units.text("level");
        model.cohort.kinds = units.text_or_texts("kind");
        units.finish();
    }
    if (const Json* defaults = in.find("defaults")) model.defaults = read_defaults(*defaults, log);
    in.each("inputs", in.find("inputs"), [&](const Json& input, const std::string& place) {
        model.inputs.push_back(read_input(input, place, log));
    });
    in.each("derived", in.find("derived"), [&](const Json& derived, const std::string& place) {
        model.derived.push_back(read_derived(derived, place, log));
    });
    if (const Json* ranking = in.find("ranking")) model.ranking = read_ranking(*ranking, log);
    if (const Json* bands = in.find("bands")) model.bands = read_bands(*bands, log);
    in.each("roll_up", in.find("roll_up"), [&](const Json& roll_up, const std::string& place) {
        model.roll_ups.push_back(read_roll_up(roll_up, place, log));
    });
    in.each("preparation", in.find("preparation"), [&](const Json& step, const std::string& place) {
        model.preparation.push_back(read_step(step, place, log));
    });
    in.each("factors", in.find("factors"), [&](const Json& factor, const std::string& place) {
        model.factors.push_back(read_factor(factor, place, log));
    });
    if (const Json* root = in.require("root", "the root node"))
        model.root = read_node(*root, in.at("root"), log);
    in.finish();
    return model;
}

}  // namespace thuocdo::io::detail
