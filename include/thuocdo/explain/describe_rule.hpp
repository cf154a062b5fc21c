#pragma once
/// @file
/// A score rule in words and numbers, for people who check a score by hand.

#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cmath>
#include <string>
#include <variant>

namespace thuocdo {

namespace detail {

struct RuleDescription {
    const Node& node;
    double target;

    [[nodiscard]] static std::string n(double value) { return numeric::shortest(value); }
    [[nodiscard]] bool up() const { return node.direction == Direction::higher_is_better; }
    [[nodiscard]] static std::string clipped(const std::string& text, bool clip) {
        return clip ? "clip01(" + text + ")" : text;
    }

    std::string operator()(const rule::AsIs&) const { return "x"; }
    std::string operator()(const rule::PointsAwarded&) const { return "points awarded"; }
    std::string operator()(const rule::RatioToTarget& rule) const {
        const std::string ratio = up() ? "x / " + n(target) : n(target) + " / x";
        return rule.capped ? "min(1, " + ratio + ")" : ratio;
    }
    std::string operator()(const rule::Goalposts& rule) const {
        const std::string span = n(rule.upper) + " - " + n(rule.lower);
        return clipped(up() ? "(x - " + n(rule.lower) + ") / (" + span + ")"
                            : "(" + n(rule.upper) + " - x) / (" + span + ")",
                       rule.clip);
    }
    std::string operator()(const rule::LogGoalposts& rule) const {
        const std::string span = "ln(" + n(rule.upper) + " / " + n(rule.lower) + ")";
        return clipped(up() ? "ln(x / " + n(rule.lower) + ") / " + span
                            : "ln(" + n(rule.upper) + " / x) / " + span,
                       rule.clip);
    }
    std::string operator()(const rule::MinMax&) const {
        return up() ? "(x - min) / (max - min)" : "(max - x) / (max - min)";
    }
    std::string operator()(const rule::ZScore& rule) const {
        return std::string(up() ? "(x - mean)" : "(mean - x)") + " / s * " + n(rule.deviation) +
               " + " + n(rule.mean);
    }
    std::string operator()(const rule::RankScore&) const { return "rank among units"; }
    std::string operator()(const rule::Borda&) const { return "rank among units - 1"; }
    std::string operator()(const rule::PercentileRank&) const { return "(rank - 1) / (m - 1)"; }
    std::string operator()(const rule::DistanceToBest&) const {
        return up() ? "1 - (max - x) / (max - min)" : "1 - (x - min) / (max - min)";
    }
    std::string operator()(const rule::DistanceToReference& rule) const {
        const std::string ref = "x(" + rule.reference + ")";
        return up() ? "1 - (" + ref + " - x) / (" + ref + " - min)"
                    : "1 - (x - " + ref + ") / (max - " + ref + ")";
    }
    std::string operator()(const rule::DistanceToTarget& rule) const {
        const std::string text = up() ? "(x - min) / (" + n(target) + " - min)"
                                      : "(max - x) / (max - " + n(target) + ")";
        return rule.capped ? "min(1, " + text + ")" : text;
    }
    std::string operator()(const rule::FractionOfBest&) const {
        return up() ? "x / max" : "min / x";
    }
    std::string operator()(const rule::StepTable& rule) const {
        std::string text = rule.interpolate ? "line through" : "steps";
        for (const rule::Step& step : rule.steps) text += " " + n(step.from) + ":" + n(step.score);
        return text;
    }
    std::string operator()(const rule::LevelTable& rule) const {
        std::string text = "levels";
        for (const rule::Level& level : rule.levels)
            text +=
                " " + (level.label.empty() ? n(level.value) : level.label) + ":" + n(level.score);
        return text;
    }
    std::string operator()(const rule::Checklist& rule) const { return "x / " + n(rule.items); }
    std::string operator()(const rule::YesNo&) const { return "yes 1, no 0"; }
    std::string operator()(const rule::PenaltyPerOccurrence& rule) const {
        return "max(" + n(rule.lowest) + ", " + n(rule.start) + " - " + n(rule.penalty) + " x)";
    }
    std::string operator()(const rule::TargetRange& rule) const {
        return "1 in " + n(rule.lower) + ".." + n(rule.upper) + ", 0 at " + n(rule.lower_limit) +
               " and " + n(rule.upper_limit);
    }
    std::string operator()(const rule::RankTarget& rule) const {
        return "1 to rank " + n(rule.target) + ", 0 at rank " + n(rule.worst);
    }
    std::string operator()(const rule::GrowthToTarget& rule) const {
        const std::string text = "(x / previous - 1) / " + n(target);
        return rule.capped ? "min(1, " + text + ")" : text;
    }
    std::string operator()(const rule::AdjustedMazziottaPareto& rule) const {
        return std::string("100 ") + (up() ? "+" : "-") + " 30 (x - " + n(rule.reference) + ") / " +
               n(rule.half_range);
    }
    std::string operator()(const rule::Logistic& rule) const {
        return std::string("1 / (1 + exp(") + (up() ? "-" : "") + n(rule.steepness) + " (x - " +
               n(rule.midpoint) + ")))";
    }
    std::string operator()(const rule::AboveBelowMean& rule) const {
        return "x / mean against 1 +- " + n(rule.band);
    }
    std::string operator()(const rule::CategoricalScale&) const {
        return "class between percentiles";
    }
};

}  // namespace detail

/// The formula of a leaf's rule with its numbers; `target` is the target on the
/// as-of date where the rule reads dated targets.
[[nodiscard]] inline std::string describe_rule(const Node& leaf, double target) {
    return std::visit(detail::RuleDescription{leaf, target}, leaf.score);
}

/// Whether the score of a rule cannot be better than 1 (times points or scale).
[[nodiscard]] inline bool has_best(const ScoreRule& score) noexcept {
    if (const auto* ratio = std::get_if<rule::RatioToTarget>(&score)) return ratio->capped;
    if (const auto* growth = std::get_if<rule::GrowthToTarget>(&score)) return growth->capped;
    if (const auto* distance = std::get_if<rule::DistanceToTarget>(&score)) return distance->capped;
    if (const auto* posts = std::get_if<rule::Goalposts>(&score)) return posts->clip;
    if (const auto* posts = std::get_if<rule::LogGoalposts>(&score)) return posts->clip;
    return detail::holds_any<rule::PointsAwarded, rule::MinMax, rule::PercentileRank,
                             rule::DistanceToBest, rule::FractionOfBest, rule::Checklist,
                             rule::YesNo, rule::PenaltyPerOccurrence, rule::TargetRange,
                             rule::RankTarget, rule::Logistic>(score);
}

}  // namespace thuocdo
