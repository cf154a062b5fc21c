#pragma once
/// @file
/// The rules that turn the value of an indicator into a score, as data.
/// `docs/model-document.md` lists the formula of each; the kernels that compute
/// them are in `normalise/`. A new rule is a struct here, a kernel there, and
/// an overload in `detail/score_leaf.hpp` and in the JSON reader and writer;
/// the compiler names every place that misses it.

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo {

/// Parameters of the score rules. x is the value, t the target. Scores run from
/// 0 to 1 unless a rule says otherwise.
namespace rule {

/// x itself.
struct AsIs {
    friend bool operator==(const AsIs&, const AsIs&) = default;
};

/// x is already a number of points between 0 and the points of the node.
struct PointsAwarded {
    friend bool operator==(const PointsAwarded&, const PointsAwarded&) = default;
};

/// x/t, or t/x where lower is better; at most 1 when capped.
struct RatioToTarget {
    std::optional<double> target{};
    bool capped = true;
    friend bool operator==(const RatioToTarget&, const RatioToTarget&) = default;
};

/// (x-lower)/(upper-lower) with fixed goalposts.
struct Goalposts {
    double lower = 0.0;
    double upper = 1.0;
    bool clip = true;
    friend bool operator==(const Goalposts&, const Goalposts&) = default;
};

/// Goalposts on the natural logarithm.
struct LogGoalposts {
    double lower = 1.0;
    double upper = 10.0;
    bool clip = true;
    friend bool operator==(const LogGoalposts&, const LogGoalposts&) = default;
};

/// (x-min)/(max-min) over the cohort. `zero_range` is the score of every
/// observed unit when the column is constant; empty means missing.
struct MinMax {
    std::optional<double> zero_range{};
    friend bool operator==(const MinMax&, const MinMax&) = default;
};

/// (x-mean)/s over the cohort, mapped to `mean` and `deviation`.
struct ZScore {
    double mean = 0.0;
    double deviation = 1.0;
    std::optional<double> zero_range{};
    friend bool operator==(const ZScore&, const ZScore&) = default;
};

/// 100 + 30 (x-reference)/half_range: the goalposts reference -/+ half_range have 70 and 130
/// (adjusted Mazziotta-Pareto index).
struct AdjustedMazziottaPareto {
    double reference = 0.0;
    double half_range = 1.0;
    friend bool operator==(const AdjustedMazziottaPareto&,
                           const AdjustedMazziottaPareto&) = default;
};

/// The rank that tied values share.
enum class Ties { lowest, average, highest, dense };

/// Rank of x in the cohort; the best unit has the highest number.
struct RankScore {
    Ties ties = Ties::average;
    friend bool operator==(const RankScore&, const RankScore&) = default;
};

/// Rank less 1.
struct Borda {
    Ties ties = Ties::average;
    friend bool operator==(const Borda&, const Borda&) = default;
};

/// (rank-1)/(m-1) over the m observed units.
struct PercentileRank {
    std::optional<double> zero_range{};
    friend bool operator==(const PercentileRank&, const PercentileRank&) = default;
};

/// 1-(max-x)/(max-min) over the cohort.
struct DistanceToBest {
    std::optional<double> zero_range{};
    friend bool operator==(const DistanceToBest&, const DistanceToBest&) = default;
};

/// 1-(ref-x)/(ref-min), with the value of a named unit as reference.
struct DistanceToReference {
    std::string reference;
    bool capped = false;
    friend bool operator==(const DistanceToReference&, const DistanceToReference&) = default;
};

/// (x-min)/(t-min), or (max-x)/(max-t) where lower is better.
struct DistanceToTarget {
    std::optional<double> target{};
    bool capped = true;
    friend bool operator==(const DistanceToTarget&, const DistanceToTarget&) = default;
};

/// x/max, or min/x where lower is better.
struct FractionOfBest {
    friend bool operator==(const FractionOfBest&, const FractionOfBest&) = default;
};

/// One row of a step table: `score` is reached at `from`.
struct Step {
    double from = 0.0;
    double score = 0.0;
    friend bool operator==(const Step&, const Step&) = default;
};

/// The score of the last step that x reaches; linear in between if asked.
struct StepTable {
    std::vector<Step> steps;
    bool interpolate = false;
    friend bool operator==(const StepTable&, const StepTable&) = default;
};

/// One level of a level table, such as full, half, none.
struct Level {
    double value = 0.0;
    double score = 0.0;
    std::string label{};
    friend bool operator==(const Level&, const Level&) = default;
};

/// The score of the level that x equals.
struct LevelTable {
    std::vector<Level> levels;
    friend bool operator==(const LevelTable&, const LevelTable&) = default;
};

/// k of n items.
struct Checklist {
    double items = 1.0;
    friend bool operator==(const Checklist&, const Checklist&) = default;
};

/// 1 or 0.
struct YesNo {
    friend bool operator==(const YesNo&, const YesNo&) = default;
};

/// max(lowest, start - penalty * occurrences).
struct PenaltyPerOccurrence {
    double penalty = 0.0;
    double start = 1.0;
    double lowest = 0.0;
    friend bool operator==(const PenaltyPerOccurrence&, const PenaltyPerOccurrence&) = default;
};

/// 1 from `lower` to `upper`, falling in a line to 0 at the limits.
struct TargetRange {
    double lower_limit = 0.0;
    double lower = 0.0;
    double upper = 1.0;
    double upper_limit = 1.0;
    friend bool operator==(const TargetRange&, const TargetRange&) = default;
};

/// x is a rank: 1 at `target` or better, falling in a line to 0 at `worst`.
struct RankTarget {
    double target = 1.0;
    double worst = 2.0;
    friend bool operator==(const RankTarget&, const RankTarget&) = default;
};

/// Growth on the previous period against a target growth.
struct GrowthToTarget {
    std::optional<double> target{};
    bool capped = true;
    friend bool operator==(const GrowthToTarget&, const GrowthToTarget&) = default;
};

/// 1/(1+exp(-steepness*(x-midpoint))).
struct Logistic {
    double midpoint = 0.0;
    double steepness = 1.0;
    friend bool operator==(const Logistic&, const Logistic&) = default;
};

/// 1, 0 or -1 as x/mean lies above, within or below 1 +- band.
struct AboveBelowMean {
    double band = 0.0;
    friend bool operator==(const AboveBelowMean&, const AboveBelowMean&) = default;
};

/// The class of x between percentiles of the cohort (OECD handbook).
struct CategoricalScale {
    std::vector<double> percentiles;
    std::vector<double> scores;
    friend bool operator==(const CategoricalScale&, const CategoricalScale&) = default;
};

}  // namespace rule

/// Any score rule.
using ScoreRule =
    std::variant<rule::AsIs, rule::PointsAwarded, rule::RatioToTarget, rule::Goalposts,
                 rule::LogGoalposts, rule::MinMax, rule::ZScore, rule::RankScore, rule::Borda,
                 rule::PercentileRank, rule::DistanceToBest, rule::DistanceToReference,
                 rule::DistanceToTarget, rule::FractionOfBest, rule::StepTable, rule::LevelTable,
                 rule::Checklist, rule::YesNo, rule::PenaltyPerOccurrence, rule::TargetRange,
                 rule::RankTarget, rule::GrowthToTarget, rule::Logistic, rule::AboveBelowMean,
                 rule::CategoricalScale, rule::AdjustedMazziottaPareto>;

namespace detail {

/// Names of the rules in the order of `ScoreRule`.
inline constexpr std::array<const char*, std::variant_size_v<ScoreRule>> rule_names{
    "as_is",
    "points_awarded",
    "ratio_to_target",
    "goalposts",
    "log_goalposts",
    "min_max",
    "z_score",
    "rank_score",
    "borda",
    "percentile_rank",
    "distance_to_best",
    "distance_to_reference",
    "distance_to_target",
    "fraction_of_best",
    "step_table",
    "level_table",
    "checklist",
    "yes_no",
    "penalty_per_occurrence",
    "target_range",
    "rank_target",
    "growth_to_target",
    "logistic",
    "above_below_mean",
    "categorical_scale",
    "adjusted_mazziotta_pareto"};

template <class... Rules>
[[nodiscard]] constexpr bool holds_any(const ScoreRule& score) noexcept {
    return (std::holds_alternative<Rules>(score) || ...);
}

}  // namespace detail

/// The name of a rule in model documents, e.g. `goalposts`.
[[nodiscard]] inline const char* rule_name(const ScoreRule& score) noexcept {
    return detail::rule_names[score.index()];
}

/// Whether the score of one unit depends on the values of the others.
[[nodiscard]] inline bool is_peer_relative(const ScoreRule& score) noexcept {
    return detail::holds_any<rule::MinMax, rule::ZScore, rule::RankScore, rule::Borda,
                             rule::PercentileRank, rule::DistanceToBest, rule::DistanceToReference,
                             rule::DistanceToTarget, rule::FractionOfBest, rule::AboveBelowMean,
                             rule::CategoricalScale>(score);
}

/// Whether a rule takes minimum, maximum, mean or deviation of the cohort, which may
/// then come from other periods too.
[[nodiscard]] inline bool has_reference_statistics(const ScoreRule& score) noexcept {
    return detail::holds_any<rule::MinMax, rule::ZScore, rule::DistanceToBest,
                             rule::DistanceToTarget, rule::FractionOfBest, rule::AboveBelowMean>(
        score);
}

/// The target written in the rule itself, where it has one.
[[nodiscard]] inline std::optional<double> stated_target(const ScoreRule& score) noexcept {
    if (const auto* ratio = std::get_if<rule::RatioToTarget>(&score)) return ratio->target;
    if (const auto* distance = std::get_if<rule::DistanceToTarget>(&score)) return distance->target;
    if (const auto* growth = std::get_if<rule::GrowthToTarget>(&score)) return growth->target;
    if (const auto* rank = std::get_if<rule::RankTarget>(&score)) return rank->target;
    return std::nullopt;
}

/// Whether the rule reads the node's dated targets because it states none.
[[nodiscard]] inline bool needs_dated_target(const ScoreRule& score) noexcept {
    return detail::holds_any<rule::RatioToTarget, rule::DistanceToTarget, rule::GrowthToTarget>(
               score) &&
           !stated_target(score);
}

}  // namespace thuocdo
