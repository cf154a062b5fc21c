#pragma once
/// @file
/// The score rule of a leaf for a block of values: every rule and its kernel.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/leaf_program.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/normalise/above_below_mean.hpp>
#include <thuocdo/normalise/adjusted_mazziotta_pareto.hpp>
#include <thuocdo/normalise/borda.hpp>
#include <thuocdo/normalise/categorical_scale.hpp>
#include <thuocdo/normalise/checklist.hpp>
#include <thuocdo/normalise/distance_to_best.hpp>
#include <thuocdo/normalise/distance_to_reference.hpp>
#include <thuocdo/normalise/distance_to_target.hpp>
#include <thuocdo/normalise/fraction_of_best.hpp>
#include <thuocdo/normalise/goalposts.hpp>
#include <thuocdo/normalise/growth_to_target.hpp>
#include <thuocdo/normalise/level_table.hpp>
#include <thuocdo/normalise/log_goalposts.hpp>
#include <thuocdo/normalise/logistic.hpp>
#include <thuocdo/normalise/min_max.hpp>
#include <thuocdo/normalise/penalty_per_occurrence.hpp>
#include <thuocdo/normalise/percentile_rank.hpp>
#include <thuocdo/normalise/rank_score.hpp>
#include <thuocdo/normalise/rank_target.hpp>
#include <thuocdo/normalise/ratio_to_target.hpp>
#include <thuocdo/normalise/step_table.hpp>
#include <thuocdo/normalise/target_range.hpp>
#include <thuocdo/normalise/yes_no.hpp>
#include <thuocdo/normalise/z_score.hpp>

#include <algorithm>
#include <string>
#include <variant>

namespace thuocdo::detail {

[[nodiscard]] constexpr normalise::RankTies rank_ties(rule::Ties ties) noexcept {
    switch (ties) {
        case rule::Ties::lowest:
            return normalise::RankTies::lowest;
        case rule::Ties::highest:
            return normalise::RankTies::highest;
        case rule::Ties::dense:
            return normalise::RankTies::dense;
        case rule::Ties::average:
            break;
    }
    return normalise::RankTies::average;
}

/// Applies the rule of a leaf to a block of values.
class LeafScorer {
  public:
    LeafScorer(const LeafProgram& leaf, ColumnView x, ColumnView previous, Index first_row,
               ColumnOut out)
        : leaf_(leaf),
          direction_(leaf.node->direction),
          x_(x),
          previous_(previous),
          first_row_(first_row),
          out_(out) {}

    /// Number of observed values outside the domain of the rule.
    [[nodiscard]] Index run() {
        if (leaf_.constant) return constant();
        if (!leaf_.ranked.empty()) {
            std::copy_n(leaf_.ranked.data() + first_row_, x_.size(), out_.data());
            return 0;
        }
        return std::visit([this](const auto& rule) { return apply(rule); }, leaf_.node->score);
    }

  private:
    Index constant() {
        for (Index i = 0; i < x_.size(); ++i)
            out_[i] = x_[i] == x_[i] ? leaf_.constant_score : missing_value;
        return 0;
    }

    Index apply(const rule::AsIs&) {
        std::copy_n(x_.data(), x_.size(), out_.data());
        return 0;
    }
    Index apply(const rule::PointsAwarded&) {
        Index refused = 0;
        const double most = *leaf_.node->points;
        for (Index i = 0; i < x_.size(); ++i) {
            const double value = x_[i];
            const bool outside = value < 0.0 || value > most;
            refused += outside ? 1 : 0;
            out_[i] = outside ? missing_value : value;
        }
        return refused;
    }
    Index apply(const rule::RatioToTarget& rule) {
        return normalise::ratio_to_target(x_, leaf_.target, direction_, rule.capped, out_);
    }
    Index apply(const rule::Goalposts& rule) {
        return normalise::goalposts(x_, rule.lower, rule.upper, direction_, rule.clip, out_);
    }
    Index apply(const rule::LogGoalposts& rule) {
        return normalise::log_goalposts(x_, rule.lower, rule.upper, direction_, rule.clip, out_);
    }
    Index apply(const rule::MinMax&) {
        return normalise::min_max(x_, leaf_.peers.minimum, leaf_.peers.maximum, direction_, out_);
    }
    Index apply(const rule::ZScore& rule) {
        return normalise::z_score(x_, leaf_.peers.mean, leaf_.peers.standard_deviation, direction_,
                                  rule.mean, rule.deviation, out_);
    }
    Index apply(const rule::RankScore&) { return 0; }
    Index apply(const rule::Borda&) { return 0; }
    Index apply(const rule::PercentileRank&) { return 0; }
    Index apply(const rule::DistanceToBest&) {
        return normalise::distance_to_best(x_, leaf_.peers.minimum, leaf_.peers.maximum, direction_,
                                           out_);
    }
    Index apply(const rule::DistanceToReference& rule) {
        return normalise::distance_to_reference(x_, leaf_.reference, leaf_.peers.minimum,
                                                leaf_.peers.maximum, direction_, rule.capped, out_);
    }
    Index apply(const rule::DistanceToTarget& rule) {
        return normalise::distance_to_target(x_, leaf_.target, leaf_.peers.minimum,
                                             leaf_.peers.maximum, direction_, rule.capped, out_);
    }
    Index apply(const rule::FractionOfBest&) {
        return normalise::fraction_of_best(x_, leaf_.peers.minimum, leaf_.peers.maximum, direction_,
                                           out_);
    }
    Index apply(const rule::StepTable& rule) {
        return normalise::step_table(x_, leaf_.table_from, leaf_.table_scores, rule.interpolate,
                                     out_);
    }
    Index apply(const rule::LevelTable&) {
        return normalise::level_table(x_, leaf_.table_from, leaf_.table_scores, out_);
    }
    Index apply(const rule::Checklist& rule) { return normalise::checklist(x_, rule.items, out_); }
    Index apply(const rule::YesNo&) { return normalise::yes_no(x_, out_); }
    Index apply(const rule::PenaltyPerOccurrence& rule) {
        return normalise::penalty_per_occurrence(x_, rule.start, rule.penalty, rule.lowest, out_);
    }
    Index apply(const rule::TargetRange& rule) {
        return normalise::target_range(x_, rule.lower_limit, rule.lower, rule.upper,
                                       rule.upper_limit, out_);
    }
    Index apply(const rule::RankTarget& rule) {
        return normalise::rank_target(x_, rule.target, rule.worst, out_);
    }
    Index apply(const rule::GrowthToTarget& rule) {
        return normalise::growth_to_target(x_, previous_, leaf_.target, direction_, rule.capped,
                                           out_);
    }
    Index apply(const rule::Logistic& rule) {
        return normalise::logistic(x_, rule.midpoint, rule.steepness, direction_, out_);
    }
    Index apply(const rule::AboveBelowMean& rule) {
        return normalise::above_below_mean(x_, leaf_.peers.mean, rule.band, out_);
    }
    Index apply(const rule::AdjustedMazziottaPareto& rule) {
        return normalise::adjusted_mazziotta_pareto(x_, rule.reference, rule.half_range,
                                                    direction_, out_);
    }
    Index apply(const rule::CategoricalScale&) {
        return normalise::categorical_scale(x_, leaf_.cuts, leaf_.table_scores, direction_, out_);
    }

    const LeafProgram& leaf_;
    Direction direction_;
    // Views by value: a reference would outlive the temporary view of the caller.
    Eigen::Ref<const Eigen::VectorXd> x_;
    Eigen::Ref<const Eigen::VectorXd> previous_;
    Index first_row_;
    ColumnOut out_;
};

/// What an observed value must be for a rule, in words.
struct RuleDomain {
    const Node& node;
    std::string operator()(const rule::PointsAwarded&) const {
        return "points from 0 to " + numeric::shortest(*node.points);
    }
    std::string operator()(const rule::RatioToTarget&) const {
        return "a number > 0 for a ratio of target to value";
    }
    std::string operator()(const rule::LogGoalposts&) const {
        return "a number > 0 for a logarithm";
    }
    std::string operator()(const rule::FractionOfBest&) const { return "a number > 0"; }
    std::string operator()(const rule::StepTable& rule) const {
        return "at least " + numeric::shortest(rule.steps.front().from) +
               ", the first step of the table";
    }
    std::string operator()(const rule::LevelTable& rule) const {
        std::string text = "one of the levels";
        for (const rule::Level& level : rule.levels)
            text += ' ' + numeric::shortest(level.value) +
                    (level.label.empty() ? std::string() : " (" + level.label + ")");
        return text;
    }
    std::string operator()(const rule::Checklist& rule) const {
        return "a whole number from 0 to " + numeric::shortest(rule.items);
    }
    std::string operator()(const rule::YesNo&) const { return "0 or 1"; }
    std::string operator()(const rule::PenaltyPerOccurrence&) const {
        return "a whole number of occurrences, 0 or more";
    }
    std::string operator()(const rule::RankTarget&) const { return "a rank of 1 or more"; }
    std::string operator()(const rule::GrowthToTarget&) const { return "a previous value > 0"; }
    template <class Other>
    std::string operator()(const Other&) const {
        return "a finite number";
    }
};

/// What an observed value must be for the rule of a leaf, for messages.
[[nodiscard]] inline std::string domain_of(const Node& node) {
    return std::visit(RuleDomain{node}, node.score);
}

}  // namespace thuocdo::detail
