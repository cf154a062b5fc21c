#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "io/read_definition.hpp"

namespace thuocdo::io::detail {
namespace {

// One overload a rule. There is none for "any rule", so that the compiler names
// the rule that was forgotten.

std::optional<double> find_zero_range(ObjectReader& in) {
    const Json* value = in.find("zero_range");
    if (!value || (value->is_string() && value->get_ref<const std::string&>() == "missing"))
        return std::nullopt;
    if (value->is_number() || value->is_discarded())
        return read_number(*value, in.at("zero_range"), in.log());
    in.log().add({"wrong_type", in.at("zero_range"), described(*value), "\"missing\" or a number",
                  "write the score that every unit gets when all values are equal"});
    return std::nullopt;
}

void read_members(ObjectReader&, rule::AsIs&) {}
void read_members(ObjectReader&, rule::PointsAwarded&) {}
void read_members(ObjectReader&, rule::FractionOfBest&) {}
void read_members(ObjectReader&, rule::YesNo&) {}
void read_members(ObjectReader& in, rule::RatioToTarget& out) {
    out.target = in.number("target");
    out.capped = in.flag("capped", out.capped);
}
void read_members(ObjectReader& in, rule::Goalposts& out) {
    out.lower = in.required_number("lower", out.lower);
    out.upper = in.required_number("upper", out.upper);
    out.clip = in.flag("clip", out.clip);
}
void read_members(ObjectReader& in, rule::LogGoalposts& out) {
    out.lower = in.required_number("lower", out.lower);
    out.upper = in.required_number("upper", out.upper);
    out.clip = in.flag("clip", out.clip);
}
void read_members(ObjectReader& in, rule::MinMax& out) { out.zero_range = find_zero_range(in); }
void read_members(ObjectReader& in, rule::ZScore& out) {
    out.mean = in.number("mean", out.mean);
    out.deviation = in.number("deviation", out.deviation);
    out.zero_range = find_zero_range(in);
}
void read_members(ObjectReader& in, rule::RankScore& out) { out.ties = in.word("ties", out.ties); }
void read_members(ObjectReader& in, rule::Borda& out) { out.ties = in.word("ties", out.ties); }
void read_members(ObjectReader& in, rule::PercentileRank& out) {
    out.zero_range = find_zero_range(in);
}
void read_members(ObjectReader& in, rule::DistanceToBest& out) {
    out.zero_range = find_zero_range(in);
}
void read_members(ObjectReader& in, rule::DistanceToReference& out) {
    out.reference = in.required_text("reference", "the code of a unit");
    out.capped = in.flag("capped", out.capped);
}
void read_members(ObjectReader& in, rule::DistanceToTarget& out) {
    out.target = in.number("target");
    out.capped = in.flag("capped", out.capped);
}
void read_members(ObjectReader& in, rule::StepTable& out) {
    in.each("steps", in.require("steps", "a list of steps"),
            [&](const Json& value, const std::string& place) {
                ObjectReader step(value, place, in.log());
                const double from = step.required_number("from", 0.0);
                out.steps.push_back({from, step.required_number("score", 0.0)});
                step.finish();
            });
    out.interpolate = in.flag("interpolate", out.interpolate);
}
void read_members(ObjectReader& in, rule::LevelTable& out) {
    in.each("levels", in.require("levels", "a list of levels"),
            [&](const Json& value, const std::string& place) {
                ObjectReader each(value, place, in.log());
                rule::Level level;
                level.value = each.required_number("value", 0.0);
                level.score = each.required_number("score", 0.0);
                level.label = each.text("label");
                each.finish();
                out.levels.push_back(std::move(level));
            });
}
void read_members(ObjectReader& in, rule::Checklist& out) {
    out.items = in.required_number("items", out.items);
}
void read_members(ObjectReader& in, rule::PenaltyPerOccurrence& out) {
    out.penalty = in.required_number("penalty", out.penalty);
    out.start = in.number("start", out.start);
    out.lowest = in.number("lowest", out.lowest);
}
void read_members(ObjectReader& in, rule::TargetRange& out) {
    out.lower_limit = in.required_number("lower_limit", out.lower_limit);
    out.lower = in.required_number("lower", out.lower);
    out.upper = in.required_number("upper", out.upper);
    out.upper_limit = in.required_number("upper_limit", out.upper_limit);
}
void read_members(ObjectReader& in, rule::RankTarget& out) {
    out.target = in.required_number("target", out.target);
    out.worst = in.required_number("worst", out.worst);
}
void read_members(ObjectReader& in, rule::GrowthToTarget& out) {
    out.target = in.number("target");
    out.capped = in.flag("capped", out.capped);
}
void read_members(ObjectReader& in, rule::AdjustedMazziottaPareto& out) {
    out.reference = in.required_number("reference", out.reference);
    out.half_range = in.required_number("half_range", out.half_range);
}
void read_members(ObjectReader& in, rule::Logistic& out) {
    out.midpoint = in.required_number("midpoint", out.midpoint);
    out.steepness = in.required_number("steepness", out.steepness);
}
void read_members(ObjectReader& in, rule::AboveBelowMean& out) {
    out.band = in.required_number("band", out.band);
}
void read_members(ObjectReader& in, rule::CategoricalScale& out) {
    out.percentiles = in.numbers("percentiles");
    out.scores = in.numbers("scores");
}

void read_members(ObjectReader&, aggregation::Sum&) {}
void read_members(ObjectReader&, aggregation::Arithmetic&) {}
void read_members(ObjectReader&, aggregation::Minimum&) {}
void read_members(ObjectReader&, aggregation::Maximum&) {}
void read_members(ObjectReader&, aggregation::Median&) {}
void read_members(ObjectReader&, aggregation::GiniPenalisedMean&) {}
void read_members(ObjectReader&, aggregation::Copeland&) {}
void read_members(ObjectReader& in, aggregation::Geometric& out) {
    out.floor_at = in.number("floor_at");
}
void read_members(ObjectReader& in, aggregation::Harmonic& out) {
    out.floor_at = in.number("floor_at");
}
void read_members(ObjectReader& in, aggregation::PowerMean& out) {
    out.exponent = in.required_number("exponent", out.exponent);
    out.floor_at = in.number("floor_at");
}
void read_members(ObjectReader& in, aggregation::OrderedWeightedAverage& out) {
    out.order_weights = in.numbers("order_weights");
}
void read_members(ObjectReader& in, aggregation::MeanMin& out) {
    out.alpha = in.number("alpha", out.alpha);
    out.beta = in.number("beta", out.beta);
}
/// Whether a deviation divides by n - 1.
bool read_sample_deviation(ObjectReader& in) {
    const std::vector<std::string> deviations{"population", "sample"};
    const Json* value = in.find("deviation");
    return value && read_word(*value, in.at("deviation"), in.log(), deviations) == std::size_t{1};
}
void read_members(ObjectReader& in, aggregation::MazziottaPareto& out) {
    const std::vector<std::string> penalties{"negative", "positive"};
    if (const Json* value = in.find("penalty"))
        out.negative_penalty =
            read_word(*value, in.at("penalty"), in.log(), penalties) != std::size_t{1};
    out.sample_deviation = read_sample_deviation(in);
}
void read_members(ObjectReader& in, aggregation::Wroclaw& out) {
    out.sample_deviation = read_sample_deviation(in);
}
void read_members(ObjectReader& in, aggregation::Hellwig& out) {
    out.sample_deviation = read_sample_deviation(in);
}

void read_members(ObjectReader& in, aggregation::Topsis& out) {
    const std::vector<std::string> normalisations{"vector", "min_max"};
    if (const Json* value = in.find("normalisation"))
        out.min_max =
            read_word(*value, in.at("normalisation"), in.log(), normalisations) == std::size_t{1};
}
void read_members(ObjectReader& in, aggregation::Vikor& out) {
    out.group_utility = in.number("group_utility", out.group_utility);
}
void read_members(ObjectReader& in, aggregation::Promethee& out) {
    out.indifference = in.number("indifference", out.indifference);
    out.preference = in.number("preference", out.preference);
}
void read_members(ObjectReader&, aggregation::Edas&) {}
void read_members(ObjectReader&, aggregation::Mabac&) {}

/// The alternative with a position in the variant, at its defaults.
template <class Variant, std::size_t... Positions>
Variant alternative(std::size_t position, std::index_sequence<Positions...>) {
    Variant made;
    (void)((position == Positions && (made.template emplace<Positions>(), true)) || ...);
    return made;
}

template <class Variant>
Variant alternative(std::size_t position) {
    return alternative<Variant>(position, std::make_index_sequence<std::variant_size_v<Variant>>{});
}

template <std::size_t Count>
std::vector<std::string> words(const std::array<const char*, Count>& names) {
    return {names.begin(), names.end()};
}

}  // namespace

ScoreRule read_score_rule(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    const Json* name = in.require("rule", "the name of a score rule");
    if (!name) return rule::AsIs{};
    const auto position =
        read_word(*name, in.at("rule"), log, words(thuocdo::detail::rule_names), "unknown_rule");
    if (!position) return rule::AsIs{};
    ScoreRule score = alternative<ScoreRule>(*position);
    std::visit([&](auto& each) { read_members(in, each); }, score);
    in.finish();
    if (log.failed.at_or_below(place)) return rule::AsIs{};
    return score;
}

std::optional<Aggregation> read_aggregation(const Json& value, const std::string& place,
                                            ReadLog& log) {
    const std::vector<std::string> methods = words(thuocdo::detail::aggregation_names);
    if (value.is_string() || value.is_discarded()) {
        const auto position = read_word(value, place, log, methods, "unknown_aggregation");
        if (!position) return std::nullopt;
        const Aggregation method = alternative<Aggregation>(*position);
        const bool needs_parameters =
            std::holds_alternative<aggregation::PowerMean>(method) ||
            std::holds_alternative<aggregation::OrderedWeightedAverage>(method);
        if (needs_parameters) {
            const char* parameter = std::holds_alternative<aggregation::PowerMean>(method)
                                        ? "exponent"
                                        : "order_weights";
            log.add(
                {"missing_member", place, described(value),
                 "an object with method and " + std::string(parameter),
                 "write {\"method\": \"" + methods[*position] + "\", \"" + parameter + "\": ...}"});
        }
        return method;
    }
    if (!value.is_object()) {
        log.add({"wrong_type", place, described(value), "the name of a method, or an object",
                 "e.g. \"arithmetic\""});
        return std::nullopt;
    }
    ObjectReader in(value, place, log);
    const Json* name = in.require("method", "the name of a method");
    if (!name) return std::nullopt;
    const auto position = read_word(*name, in.at("method"), log, methods, "unknown_aggregation");
    if (!position) return std::nullopt;
    Aggregation method = alternative<Aggregation>(*position);
    std::visit([&](auto& each) { read_members(in, each); }, method);
    in.finish();
    return method;
}

}  // namespace thuocdo::io::detail
