#pragma once
/// @file
/// Checks of the parameters of score rules and aggregations.

#include <thuocdo/error.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Checks that a target growth goes the way of its indicator.
inline void check_growth(Direction direction, double target, const std::string& place,
                         std::vector<Problem>& problems) {
    const bool rises = direction == Direction::higher_is_better;
    const bool is_wrong = rises ? target <= 0.0 : target >= 0.0;
    if (!is_wrong) return;
    problems.push_back({"target_on_the_wrong_side", place, numeric::shortest(target),
                        rises ? "a growth above 0, because higher is better"
                              : "a growth below 0, because lower is better",
                        "check target and direction"});
}

/// Checks one rule; overloads exist for the rules that can be wrong.
class RuleCheck {
  public:
    RuleCheck(const NodeDefinition& node, std::string place, std::vector<Problem>& problems)
        : node_(node), place_(std::move(place)), problems_(problems) {}

    template <class Plain>
    void operator()(const Plain&) const {}

    void operator()(const rule::PointsAwarded&) const {
        if (!node_.points)
            add("points_missing", "", "no points", "points of the node, the most it can be awarded",
                "give points");
    }
    void operator()(const rule::RatioToTarget& rule) const { positive_target(rule.target); }
    void operator()(const rule::DistanceToTarget& rule) const { finite_target(rule.target); }
    void operator()(const rule::GrowthToTarget& rule) const {
        finite_target(rule.target);
        if (rule.target && *rule.target == 0.0)
            add("target_out_of_range", "/target", "0", "a growth other than 0",
                "a ratio to zero has no meaning; use goalposts");
        else if (rule.target)
            check_growth(node_.direction, *rule.target, place_ + "/target", problems_);
    }
    void operator()(const rule::Goalposts& rule) const { ordered(rule.lower, rule.upper); }
    void operator()(const rule::LogGoalposts& rule) const {
        ordered(rule.lower, rule.upper);
        if (!(rule.lower > 0.0))
            add("log_of_non_positive", "/lower", numeric::shortest(rule.lower), "a number > 0",
                "logarithmic goalposts must be positive");
    }
    void operator()(const rule::ZScore& rule) const {
        if (!(rule.deviation > 0.0))
            add("deviation_out_of_range", "/deviation", numeric::shortest(rule.deviation),
                "a number > 0", "use direction for reversed indicators");
    }
    void operator()(const rule::DistanceToReference& rule) const {
        if (rule.reference.empty())
            add("reference_missing", "/reference", "no reference", "the code of a unit",
                "name the reference unit");
    }
    void operator()(const rule::StepTable& rule) const {
        if (rule.steps.empty())
            add("table_empty", "/steps", "no steps", "at least one step", "list the steps");
        for (std::size_t k = 1; k < rule.steps.size(); ++k)
            if (!(rule.steps[k - 1].from < rule.steps[k].from))
                add("steps_not_ascending", "/steps/" + std::to_string(k) + "/from",
                    numeric::shortest(rule.steps[k].from),
                    "more than " + numeric::shortest(rule.steps[k - 1].from),
                    "list steps from low to high");
    }
    void operator()(const rule::LevelTable& rule) const {
        if (rule.levels.empty())
            add("table_empty", "/levels", "no levels", "at least one level", "list the levels");
        std::set<double> values;
        std::set<std::string> labels;
        for (std::size_t k = 0; k < rule.levels.size(); ++k) {
            const rule::Level& level = rule.levels[k];
            if (!values.insert(level.value).second ||
                (!level.label.empty() && !labels.insert(level.label).second))
                add("duplicate_level", "/levels/" + std::to_string(k),
                    "value " + numeric::shortest(level.value) + " or label \"" + level.label +
                        "\" again",
                    "values and labels that differ", "a value has one score");
        }
    }
    void operator()(const rule::Checklist& rule) const {
        if (!(rule.items >= 1.0) || rule.items != std::floor(rule.items))
            add("items_out_of_range", "/items", numeric::shortest(rule.items),
                "a whole number of items, at least 1", "correct it");
    }
    void operator()(const rule::PenaltyPerOccurrence& rule) const {
        if (!(rule.penalty > 0.0))
            add("penalty_out_of_range", "/penalty", numeric::shortest(rule.penalty), "a number > 0",
                "the penalty is taken off; write it without sign");
        if (!(rule.lowest <= rule.start))
            add("range_reversed", "/lowest", numeric::shortest(rule.lowest),
                "at most start, " + numeric::shortest(rule.start), "correct one of them");
    }
    void operator()(const rule::TargetRange& rule) const {
        if (!(rule.lower_limit <= rule.lower && rule.lower <= rule.upper &&
              rule.upper <= rule.upper_limit && rule.lower_limit < rule.upper_limit))
            add("range_reversed", "",
                numeric::shortest(rule.lower_limit) + ", " + numeric::shortest(rule.lower) + ", " +
                    numeric::shortest(rule.upper) + ", " + numeric::shortest(rule.upper_limit),
                "lower_limit <= lower <= upper <= upper_limit", "put them in order");
    }
    void operator()(const rule::RankTarget& rule) const {
        if (!(rule.target >= 1.0 && rule.target < rule.worst))
            add("range_reversed", "/worst", numeric::shortest(rule.worst),
                "a rank after the target " + numeric::shortest(rule.target) +
                    ", which is at least 1",
                "ranks count from 1, the best");
    }
    void operator()(const rule::AdjustedMazziottaPareto& rule) const {
        if (!(rule.half_range > 0.0))
            add("half_range_out_of_range", "/half_range", numeric::shortest(rule.half_range),
                "a number > 0", "give half of maximum - minimum over all units and periods");
    }
    void operator()(const rule::Logistic& rule) const {
        if (!(rule.steepness > 0.0))
            add("steepness_out_of_range", "/steepness", numeric::shortest(rule.steepness),
                "a number > 0", "use direction for reversed indicators");
    }
    void operator()(const rule::AboveBelowMean& rule) const {
        if (!(rule.band >= 0.0 && rule.band < 1.0))
            add("band_out_of_range", "/band", numeric::shortest(rule.band),
                "a share from 0 to below 1", "write 10% as 0.1");
    }
    void operator()(const rule::CategoricalScale& rule) const {
        if (rule.percentiles.empty() || rule.scores.size() != rule.percentiles.size() + 1)
            add("table_sizes", "/scores", std::to_string(rule.scores.size()) + " scores",
                std::to_string(rule.percentiles.size() + 1) + ", one more than percentiles",
                "n cuts make n + 1 classes");
        for (std::size_t k = 0; k < rule.percentiles.size(); ++k) {
            const double cut = rule.percentiles[k];
            const bool rises = k == 0 || rule.percentiles[k - 1] < cut;
            if (!rises || !(cut > 0.0 && cut < 100.0))
                add("percentiles_not_ascending", "/percentiles/" + std::to_string(k),
                    numeric::shortest(cut), "percentiles above 0, below 100 and ascending",
                    "e.g. [5, 25, 65, 85, 95]");
        }
    }

  private:
    void add(const char* code, const std::string& member, std::string found, std::string expected,
             std::string remedy) const {
        problems_.push_back(
            {code, place_ + member, std::move(found), std::move(expected), std::move(remedy)});
    }
    void ordered(double lower, double upper) const {
        if (!(lower < upper))
            add("goalposts_reversed", "/upper", numeric::shortest(upper),
                "more than lower, " + numeric::shortest(lower),
                "exchange them, and use direction lower_is_better for reversed indicators");
    }
    void finite_target(const std::optional<double>& target) const {
        if (target && !std::isfinite(*target))
            add("not_finite", "/target", numeric::shortest(*target), "a finite number",
                "correct it");
    }
    void positive_target(const std::optional<double>& target) const {
        finite_target(target);
        if (target && !(*target > 0.0))
            add("target_out_of_range", "/target", numeric::shortest(*target), "a target > 0",
                "a ratio to zero has no meaning");
    }

    const NodeDefinition& node_;
    std::string place_;
    std::vector<Problem>& problems_;
};

inline void check_rule(const ScoreRule& rule, const NodeDefinition& node, const std::string& place,
                       std::vector<Problem>& problems) {
    std::visit(RuleCheck(node, place, problems), rule);
}

inline void check_aggregation(const Aggregation& method, const NodeDefinition& node,
                              const std::string& place, std::vector<Problem>& problems) {
    const auto positive_floor = [&](const std::optional<double>& floor_at) {
        if (floor_at && !(*floor_at > 0.0))
            problems.push_back({"floor_out_of_range", place + "/floor_at",
                                numeric::shortest(*floor_at), "a number > 0",
                                "results are raised to it so that logarithms exist"});
    };
    if (const auto* geometric = std::get_if<aggregation::Geometric>(&method))
        positive_floor(geometric->floor_at);
    if (const auto* harmonic = std::get_if<aggregation::Harmonic>(&method))
        positive_floor(harmonic->floor_at);
    if (const auto* power = std::get_if<aggregation::PowerMean>(&method)) {
        positive_floor(power->floor_at);
        if (!std::isfinite(power->exponent))
            problems.push_back({"not_finite", place + "/exponent",
                                numeric::shortest(power->exponent), "a finite exponent",
                                "use minimum or maximum"});
    }
    if (const auto* ordered = std::get_if<aggregation::OrderedWeightedAverage>(&method)) {
        std::size_t scored = 0;
        for (const NodeDefinition& child : node.children)
            if (child.role == Role::scored) ++scored;
        double total = 0.0;
        for (const double weight : ordered->order_weights) {
            total += weight;
            if (!(weight >= 0.0))
                problems.push_back({"weight_out_of_range", place + "/order_weights",
                                    numeric::shortest(weight), "numbers >= 0", "correct them"});
        }
        if (ordered->order_weights.size() != scored || !(total > 0.0))
            problems.push_back({"table_sizes", place + "/order_weights",
                                std::to_string(ordered->order_weights.size()) + " weights",
                                std::to_string(scored) + ", one for each scored child, not all 0",
                                "give one weight a position"});
    }
    if (const auto* penalised = std::get_if<aggregation::MeanMin>(&method)) {
        if (!(penalised->alpha >= 0.0 && penalised->alpha <= 1.0) || !(penalised->beta >= 0.0))
            problems.push_back({"mean_min_parameters", place,
                                "alpha " + numeric::shortest(penalised->alpha) + ", beta " +
                                    numeric::shortest(penalised->beta),
                                "alpha from 0 to 1 and beta >= 0", "correct them"});
    }
    if (const auto* vikor = std::get_if<aggregation::Vikor>(&method)) {
        if (!(vikor->group_utility >= 0.0 && vikor->group_utility <= 1.0))
            problems.push_back({"vikor_parameters", place + "/group_utility",
                                numeric::shortest(vikor->group_utility), "a number from 0 to 1",
                                "correct it"});
    }
    if (const auto* promethee = std::get_if<aggregation::Promethee>(&method)) {
        if (!(promethee->indifference >= 0.0 && promethee->preference >= promethee->indifference &&
              std::isfinite(promethee->preference)))
            problems.push_back({"promethee_parameters", place,
                                "indifference " + numeric::shortest(promethee->indifference) +
                                    ", preference " + numeric::shortest(promethee->preference),
                                "0 <= indifference <= preference", "correct them"});
    }
}

}  // namespace thuocdo::detail
