#pragma once
/// @file
/// The canonical text of an index model: JSON with defaults left out (also where
/// a node repeats what it would inherit), no white space, shortest numbers, and
/// members either sorted by their bytes (what the digest is taken of) or in the
/// order of the documentation (for people).

#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/json_object.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/detail/write_factors.hpp>
#include <thuocdo/model/detail/write_preparation.hpp>
#include <thuocdo/model/detail/write_weighting.hpp>
#include <thuocdo/model/expression.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo {

namespace detail {

/// Writes a definition as JSON text.
class DefinitionWriter {
  public:
    explicit DefinitionWriter(MemberOrder order) : order_(order) {}

    [[nodiscard]] std::string document(const ModelDefinition& model) const {
        JsonObject out(order_);
        out.raw("thuocdo", "1").text("id", model.id).text("version", model.version);
        label(out, "name", model.name);
        label(out, "description", model.description);
        out.word("status", model.status, Status::draft).text("source", model.source);
        if (model.effective_from || model.effective_to) {
            JsonObject dates(order_);
            if (model.effective_from) dates.text("from", to_iso(*model.effective_from));
            if (model.effective_to) dates.text("to", to_iso(*model.effective_to));
            out.raw("effective", dates.str());
        }
        if (!(model.cohort == Cohort{})) {
            JsonObject cohort(order_);
            cohort.text("level", model.cohort.level);
            if (!model.cohort.kinds.empty()) cohort.raw("kind", json_texts(model.cohort.kinds));
            out.raw("cohort", cohort.str());
        }
        const std::string stated = defaults(model.defaults);
        if (stated != "{}") out.raw("defaults", stated);
        if (!model.inputs.empty()) out.raw("inputs", inputs(model.inputs));
        if (!model.derived.empty()) out.raw("derived", derived(model.derived));
        if (!(model.ranking == RankingRule{})) out.raw("ranking", ranking(model.ranking));
        if (model.bands) out.raw("bands", bands(*model.bands));
        if (!model.roll_ups.empty()) {
            std::vector<std::string> list;
            for (const RollUp& each : model.roll_ups) {
                JsonObject roll_up(order_);
                roll_up.text("to", each.to)
                    .text("method", each.weighted ? "weighted_mean" : "plain_mean")
                    .text("weights", each.weights);
                list.push_back(roll_up.str());
            }
            out.raw("roll_up", json_list(list));
        }
        if (!model.preparation.empty())
            out.raw("preparation", write_preparation(model.preparation, order_));
        if (!model.factors.empty()) out.raw("factors", write_factors(model.factors, order_));
        Inherited above;
        above.visibility = model.defaults.visibility.value_or(above.visibility);
        out.raw("root", node(model.root, model.defaults, above));
        return out.str();
    }

    /// One node alone, without its children and without defaults of a model.
    [[nodiscard]] std::string lone_node(NodeDefinition value) const {
        value.children.clear();
        return node(value, {}, {});
    }

  private:
    /// What a node has from its ancestors where it states nothing.
    struct Inherited {
        Visibility visibility = Visibility::open;
        std::optional<Kind> kind{};
        std::string owner{};
        std::string source{};
    };

    [[nodiscard]] static MissingRule missing_default(const Defaults& defaults) {
        return defaults.missing.value_or(MissingRule::all(MissingPolicy::refuse));
    }
    [[nodiscard]] static ZeroDenominatorRule zero_denominator_default(const Defaults& defaults) {
        return defaults.zero_denominator.value_or(ZeroDenominatorRule::refuse);
    }
    [[nodiscard]] static Aggregation aggregate_default(const Defaults& defaults) {
        return defaults.aggregate.value_or(Aggregation(aggregation::Arithmetic{}));
    }

    void label(JsonObject& out, const char* name, const Label& value) const {
        if (value.empty()) return;
        if (value.en == value.vi) {
            out.text(name, value.en);
            return;
        }
        JsonObject both(order_);
        both.text("en", value.en).text("vi", value.vi);
        out.raw(name, both.str());
    }

    /// Whether a name says no more than the code that it defaults to.
    [[nodiscard]] static bool repeats_code(const Label& name, const std::string& code) {
        return name.en == code && name.vi == code;
    }

    [[nodiscard]] std::string inputs(const std::vector<InputIndicator>& values) const {
        std::vector<std::string> list;
        for (const InputIndicator& each : values) {
            JsonObject input(order_);
            input.text("code", each.code).text("unit", each.unit);
            if (!repeats_code(each.name, each.code)) label(input, "name", each.name);
            list.push_back(input.str());
        }
        return json_list(list);
    }

    [[nodiscard]] std::string derived(const std::vector<DerivedIndicator>& values) const {
        std::vector<std::string> list;
        for (const DerivedIndicator& each : values) {
            JsonObject indicator(order_);
            indicator.text("code", each.code).text("expression", written(each.expression));
            indicator.text("unit", each.unit);
            if (!repeats_code(each.name, each.code)) label(indicator, "name", each.name);
            indicator.text("source", each.source);
            list.push_back(indicator.str());
        }
        return json_list(list);
    }

    /// An expression as written for people, in its normal form for the digest.
    [[nodiscard]] std::string written(const std::string& text) const {
        if (order_ == MemberOrder::documented) return text;
        const expression::ExpressionReading reading = expression::parse(text);
        return reading.problems.empty() ? expression::to_text(reading.expression) : text;
    }

    [[nodiscard]] std::string rounding(const Rounding& value) const {
        JsonObject out(order_);
        out.number("digits", static_cast<double>(value.digits))
            .word("mode", value.mode, numeric::RoundingMode::half_up)
            .word("at", value.at, RoundingPlace::result);
        return out.str();
    }

    [[nodiscard]] std::string missing(const MissingRule& value) const {
        // The commonest policy becomes the default, so that a rule spelled out
        // kind by kind and one that uses "default" are written alike.
        MissingPolicy common = value.policies[0];
        std::ptrdiff_t most = 0;
        for (const MissingPolicy each : value.policies) {
            const auto times = std::count(value.policies.begin(), value.policies.end(), each);
            if (times > most) {
                most = times;
                common = each;
            }
        }
        if (most == static_cast<std::ptrdiff_t>(missing_kinds)) return json_string(name_of(common));
        JsonObject out(order_);
        for (const auto& [kind, name] : Names<MissingKind>::all)
            if (value[kind] != common) out.word(name, value[kind]);
        out.word("default", common);
        return out.str();
    }

    [[nodiscard]] std::string coverage(const MinimumCoverage& value) const {
        if (value.of == CoverageBase::children) return numeric::shortest(value.share);
        JsonObject out(order_);
        out.number("share", value.share).word("of", value.of);
        return out.str();
    }

    [[nodiscard]] std::string defaults(const Defaults& value) const {
        const Defaults none;
        JsonObject out(order_);
        if (value.missing && *value.missing != missing_default(none))
            out.raw("missing", missing(*value.missing));
        out.word("zero_denominator", zero_denominator_default(value),
                 zero_denominator_default(none))
            .word("visibility", value.visibility.value_or(Visibility::open), Visibility::open);
        if (value.aggregate && *value.aggregate != aggregate_default(none))
            out.raw("aggregate", aggregate(*value.aggregate));
        if (value.rounding) out.raw("rounding", rounding(*value.rounding));
        if (value.minimum_coverage) out.raw("minimum_coverage", coverage(*value.minimum_coverage));
        if (value.reference_period && *value.reference_period != current_period)
            out.text("reference_period", *value.reference_period);
        return out.str();
    }

    [[nodiscard]] std::string ranking(const RankingRule& value) const {
        JsonObject out(order_);
        out.word("on", value.on, Basis::rounded);
        if (value.digits) out.number("digits", static_cast<double>(*value.digits));
        out.word("mode", value.mode, numeric::RoundingMode::half_up)
            .word("order", value.order, numeric::Order::descending)
            .word("ties", value.ties, TiePolicy::competition);
        if (!value.tie_breakers.empty()) {
            std::vector<std::string> list;
            for (const TieBreakerRule& each : value.tie_breakers) {
                JsonObject breaker(order_);
                breaker.text("node", each.node)
                    .word("order", each.order, numeric::Order::descending);
                list.push_back(breaker.str());
            }
            out.raw("tie_breakers", json_list(list));
        }
        if (!value.within.empty()) out.raw("within", json_texts(value.within));
        return out.str();
    }

    [[nodiscard]] std::string bands(const BandScale& value) const {
        JsonObject out(order_);
        std::vector<std::string> list;
        for (std::size_t k = 0; k < value.bands.size(); ++k) {
            const Band& each = value.bands[k];
            JsonObject band(order_);
            band.text("code", each.code);
            if (!repeats_code(each.name, each.code)) label(band, "name", each.name);
            band.number("from", each.from);
            if (k == 0 || each.to != value.bands[k - 1].from) band.number("to", each.to);
            if (!each.gates.empty()) {
                std::vector<std::string> gates;
                for (const Gate& gate : each.gates) {
                    JsonObject condition(order_);
                    condition.text("node", gate.node)
                        .word("of", gate.of, GateQuantity::result)
                        .number("at_least", gate.at_least)
                        .number("at_most", gate.at_most)
                        .number("above", gate.above)
                        .number("below", gate.below);
                    gates.push_back(condition.str());
                }
                band.raw("gates", json_list(gates));
            }
            list.push_back(band.str());
        }
        out.raw("scale", json_list(list)).word("of", value.of, Basis::rounded);
        if (value.quota) {
            JsonObject quota(order_);
            quota.text("band", value.quota->band).number("at_most", value.quota->at_most);
            quota.raw("of", json_texts(value.quota->of)).text("within", value.quota->within);
            quota.word("ties_at_the_cut", value.quota->ties_at_the_cut, QuotaTies::exclude);
            out.raw("quota", quota.str());
        }
        return out.str();
    }

    [[nodiscard]] std::string aggregate(const Aggregation& value) const {
        JsonObject out(order_);
        out.text("method", aggregation_name(value));
        const std::size_t bare = out.str().size();
        std::visit([&](const auto& each) { parameters(out, each); }, value);
        const std::string whole = out.str();
        return whole.size() == bare ? json_string(aggregation_name(value)) : whole;
    }

    template <class Plain>
    static void parameters(JsonObject&, const Plain&) {}
    static void parameters(JsonObject& out, const aggregation::Geometric& value) {
        out.number("floor_at", value.floor_at);
    }
    static void parameters(JsonObject& out, const aggregation::Harmonic& value) {
        out.number("floor_at", value.floor_at);
    }
    static void parameters(JsonObject& out, const aggregation::PowerMean& value) {
        out.number("exponent", value.exponent).number("floor_at", value.floor_at);
    }
    static void parameters(JsonObject& out, const aggregation::OrderedWeightedAverage& value) {
        out.raw("order_weights", json_numbers(value.order_weights));
    }
    static void parameters(JsonObject& out, const aggregation::MeanMin& value) {
        out.number("alpha", value.alpha, 1.0).number("beta", value.beta, 0.0);
    }
    static void parameters(JsonObject& out, const aggregation::MazziottaPareto& value) {
        out.text("penalty", value.negative_penalty ? "" : "positive")
            .text("deviation", value.sample_deviation ? "sample" : "");
    }

    static void parameters(JsonObject& out, const aggregation::Wroclaw& value) {
        out.text("deviation", value.sample_deviation ? "sample" : "");
    }
    static void parameters(JsonObject& out, const aggregation::Hellwig& value) {
        out.text("deviation", value.sample_deviation ? "sample" : "");
    }
    static void parameters(JsonObject& out, const aggregation::Topsis& value) {
        out.text("normalisation", value.min_max ? "min_max" : "");
    }
    static void parameters(JsonObject& out, const aggregation::Vikor& value) {
        out.number("group_utility", value.group_utility, 0.5);
    }
    static void parameters(JsonObject& out, const aggregation::Promethee& value) {
        out.number("indifference", value.indifference, 0.0)
            .number("preference", value.preference, 0.0);
    }

    [[nodiscard]] std::string score(const ScoreRule& value) const {
        JsonObject out(order_);
        out.text("rule", rule_name(value));
        std::visit([&](const auto& each) { members(out, each); }, value);
        return out.str();
    }

    static void zero_range(JsonObject& out, const std::optional<double>& value) {
        out.number("zero_range", value);
    }
    static void members(JsonObject&, const rule::AsIs&) {}
    static void members(JsonObject&, const rule::PointsAwarded&) {}
    static void members(JsonObject&, const rule::FractionOfBest&) {}
    static void members(JsonObject&, const rule::YesNo&) {}
    static void members(JsonObject& out, const rule::RatioToTarget& value) {
        out.number("target", value.target).flag("capped", value.capped, true);
    }
    static void members(JsonObject& out, const rule::Goalposts& value) {
        out.number("lower", value.lower)
            .number("upper", value.upper)
            .flag("clip", value.clip, true);
    }
    static void members(JsonObject& out, const rule::LogGoalposts& value) {
        out.number("lower", value.lower)
            .number("upper", value.upper)
            .flag("clip", value.clip, true);
    }
    static void members(JsonObject& out, const rule::MinMax& value) {
        zero_range(out, value.zero_range);
    }
    static void members(JsonObject& out, const rule::ZScore& value) {
        out.number("mean", value.mean, 0.0).number("deviation", value.deviation, 1.0);
        zero_range(out, value.zero_range);
    }
    static void members(JsonObject& out, const rule::RankScore& value) {
        out.word("ties", value.ties, rule::Ties::average);
    }
    static void members(JsonObject& out, const rule::Borda& value) {
        out.word("ties", value.ties, rule::Ties::average);
    }
    static void members(JsonObject& out, const rule::PercentileRank& value) {
        zero_range(out, value.zero_range);
    }
    static void members(JsonObject& out, const rule::DistanceToBest& value) {
        zero_range(out, value.zero_range);
    }
    static void members(JsonObject& out, const rule::DistanceToReference& value) {
        out.text("reference", value.reference).flag("capped", value.capped, false);
    }
    static void members(JsonObject& out, const rule::DistanceToTarget& value) {
        out.number("target", value.target).flag("capped", value.capped, true);
    }
    void members(JsonObject& out, const rule::StepTable& value) const {
        std::vector<std::string> steps;
        for (const rule::Step& each : value.steps) {
            JsonObject step(order_);
            step.number("from", each.from).number("score", each.score);
            steps.push_back(step.str());
        }
        out.raw("steps", json_list(steps)).flag("interpolate", value.interpolate, false);
    }
    void members(JsonObject& out, const rule::LevelTable& value) const {
        std::vector<std::string> levels;
        for (const rule::Level& each : value.levels) {
            JsonObject level(order_);
            level.number("value", each.value).number("score", each.score).text("label", each.label);
            levels.push_back(level.str());
        }
        out.raw("levels", json_list(levels));
    }
    static void members(JsonObject& out, const rule::Checklist& value) {
        out.number("items", value.items);
    }
    static void members(JsonObject& out, const rule::PenaltyPerOccurrence& value) {
        out.number("penalty", value.penalty)
            .number("start", value.start, 1.0)
            .number("lowest", value.lowest, 0.0);
    }
    static void members(JsonObject& out, const rule::TargetRange& value) {
        out.number("lower_limit", value.lower_limit)
            .number("lower", value.lower)
            .number("upper", value.upper)
            .number("upper_limit", value.upper_limit);
    }
    static void members(JsonObject& out, const rule::RankTarget& value) {
        out.number("target", value.target).number("worst", value.worst);
    }
    static void members(JsonObject& out, const rule::GrowthToTarget& value) {
        out.number("target", value.target).flag("capped", value.capped, true);
    }
    static void members(JsonObject& out, const rule::AdjustedMazziottaPareto& value) {
        out.number("reference", value.reference).number("half_range", value.half_range);
    }
    static void members(JsonObject& out, const rule::Logistic& value) {
        out.number("midpoint", value.midpoint).number("steepness", value.steepness);
    }
    static void members(JsonObject& out, const rule::AboveBelowMean& value) {
        out.number("band", value.band);
    }
    static void members(JsonObject& out, const rule::CategoricalScale& value) {
        out.raw("percentiles", json_numbers(value.percentiles))
            .raw("scores", json_numbers(value.scores));
    }

    [[nodiscard]] std::string node(const NodeDefinition& value, const Defaults& defaults,
                                   Inherited above) const {
        JsonObject out(order_);
        out.text("code", value.code);
        if (!repeats_code(value.name, value.code)) label(out, "name", value.name);
        label(out, "description", value.description);
        out.number("weight", value.weight, 1.0)
            .number("points", value.points)
            .number("scale", value.scale.value_or(1.0), 1.0)
            .word("role", value.role, Role::scored);
        out.text("indicator", value.indicator == value.code ? std::string() : value.indicator)
            .text("unit", value.unit)
            .word("direction", value.direction, Direction::higher_is_better);
        if (value.score) out.raw("score", score(*value.score));
        if (value.reference_period && *value.reference_period != defaults.reference_period.value_or(
                                                                     std::string(current_period)))
            out.text("reference_period", *value.reference_period);
        if (!value.targets.empty()) out.raw("targets", targets(value.targets));
        out.word("target_path", value.target_path, TargetPath::linear);
        if (value.aggregate && *value.aggregate != aggregate_default(defaults))
            out.raw("aggregate", aggregate(*value.aggregate));
        if (value.weights) out.raw("weights", write_weighting(*value.weights, order_));
        if (value.minimum_coverage && value.minimum_coverage != defaults.minimum_coverage)
            out.raw("minimum_coverage", coverage(*value.minimum_coverage));
        out.number("weights_sum_to", value.weights_sum_to)
            .number("cap", value.cap)
            .number("floor", value.floor);
        if (value.rounding && value.rounding != defaults.rounding)
            out.raw("rounding", rounding(*value.rounding));
        const MissingRule usual = value.is_leaf() ? missing_default(defaults)
                                                  : MissingRule::all(MissingPolicy::renormalise);
        if (value.missing && *value.missing != usual) out.raw("missing", missing(*value.missing));
        if (value.zero_denominator && *value.zero_denominator != zero_denominator_default(defaults))
            out.word("zero_denominator", value.zero_denominator);
        if (value.visibility && *value.visibility != above.visibility)
            out.word("visibility", value.visibility);
        if (value.kind && value.kind != above.kind) out.word("kind", value.kind);
        if (value.owner != above.owner) out.text("owner", value.owner);
        if (value.source != above.source) out.text("source", value.source);
        above.visibility = value.visibility.value_or(above.visibility);
        if (value.kind) above.kind = value.kind;
        if (!value.owner.empty()) above.owner = value.owner;
        if (!value.source.empty()) above.source = value.source;
        if (!value.children.empty()) {
            std::vector<std::string> children;
            for (const NodeDefinition& each : value.children)
                children.push_back(node(each, defaults, above));
            out.raw("children", json_list(children));
        }
        return out.str();
    }

    [[nodiscard]] std::string targets(const std::vector<Target>& values) const {
        std::vector<std::string> list;
        for (const Target& each : values) {
            JsonObject target(order_);
            target.text("date", to_iso(each.date)).number("value", each.value);
            list.push_back(target.str());
        }
        return json_list(list);
    }

    MemberOrder order_;
};

/// The canonical form of a definition.
[[nodiscard]] inline std::string canonical_form(const ModelDefinition& definition) {
    return DefinitionWriter(MemberOrder::sorted).document(definition);
}

}  // namespace detail
}  // namespace thuocdo
