#pragma once
/// @file
/// An index model as written: plain values that a program or a reader of model
/// documents fills in. `IndexModel` checks them and makes them immutable.

#include <thuocdo/model/aggregation.hpp>
#include <thuocdo/model/bands.hpp>
#include <thuocdo/model/derived.hpp>
#include <thuocdo/model/factor.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/model/missing_rule.hpp>
#include <thuocdo/model/preparation.hpp>
#include <thuocdo/model/ranking_rule.hpp>
#include <thuocdo/model/rounding.hpp>
#include <thuocdo/model/score_rule.hpp>
#include <thuocdo/model/target.hpp>
#include <thuocdo/model/weighting.hpp>
#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/time/date.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo {

/// How a node takes part in its parent.
enum class Role {
    scored,    ///< aggregated with its siblings
    bonus,     ///< added after aggregation, outside the total
    penalty,   ///< taken off after aggregation, outside the total
    monitored  ///< computed and shown, counts nowhere
};

/// What an indicator measures along the chain from means to effect.
enum class Kind { input, activity, output, outcome, impact };

/// Who may see a node.
enum class Visibility { open, internal, restricted };

/// Whose definition a model is.
enum class Status { official, reference, draft };

/// What a minimum coverage is measured on.
enum class CoverageBase {
    children,   ///< share of the weight of the children
    indicators  ///< share of the leaves below, by number
};

/// Below this share of observed children a node is missing.
struct MinimumCoverage {
    double share = 0.0;
    CoverageBase of = CoverageBase::children;
    friend bool operator==(const MinimumCoverage&, const MinimumCoverage&) = default;
};

/// Peers are compared within the panel that is scored.
inline constexpr std::string_view current_period = "current";
/// Peers are compared over all periods that are given.
inline constexpr std::string_view all_periods = "all";

/// A node as written; members that are empty take the model's defaults.
struct NodeDefinition {
    std::string code;
    Label name{};
    Label description{};
    double weight = 1.0;
    std::optional<double> points{};
    std::optional<double> scale{};
    Role role = Role::scored;
    std::optional<double> cap{};
    std::optional<double> floor{};
    std::optional<Rounding> rounding{};
    std::optional<MissingRule> missing{};
    std::optional<Visibility> visibility{};
    std::optional<Kind> kind{};
    std::string owner{};
    std::string source{};

    std::vector<NodeDefinition> children{};
    std::optional<Aggregation> aggregate{};
    /// Where the weights of the children come from, if not from the children.
    std::optional<Weighting> weights{};
    std::optional<MinimumCoverage> minimum_coverage{};
    std::optional<double> weights_sum_to{};

    std::optional<ScoreRule> score{};
    /// Over which periods a rule that compares units takes minimum, maximum, mean and
    /// deviation: `current`, `all`, or the name of one period.
    std::optional<std::string> reference_period{};
    std::string indicator{};
    std::string unit{};
    Direction direction = Direction::higher_is_better;
    std::vector<Target> targets{};
    TargetPath target_path = TargetPath::linear;
    std::optional<ZeroDenominatorRule> zero_denominator{};

    [[nodiscard]] bool is_leaf() const noexcept { return children.empty(); }
    friend bool operator==(const NodeDefinition&, const NodeDefinition&) = default;
};

/// Values for nodes that state none.
struct Defaults {
    std::optional<MissingRule> missing{};
    std::optional<ZeroDenominatorRule> zero_denominator{};
    std::optional<Visibility> visibility{};
    std::optional<Aggregation> aggregate{};
    std::optional<Rounding> rounding{};
    std::optional<MinimumCoverage> minimum_coverage{};
    std::optional<std::string> reference_period{};
    friend bool operator==(const Defaults&, const Defaults&) = default;
};

/// Which units a model ranks; an empty member admits all.
struct Cohort {
    std::string level{};
    std::vector<std::string> kinds{};
    friend bool operator==(const Cohort&, const Cohort&) = default;
};

/// How totals of units make one figure for their parents or the nation.
struct RollUp {
    /// Level of the parents, or `nation` for one figure over all units.
    std::string to;
    /// True for a mean weighted by `weights`, false for a plain mean.
    bool weighted = false;
    /// Attribute of units or column of the data.
    std::string weights{};
    friend bool operator==(const RollUp&, const RollUp&) = default;
};

/// A whole model as written.
struct ModelDefinition {
    std::string id;
    std::string version;
    Label name{};
    Label description{};
    Status status = Status::draft;
    std::string source{};
    std::optional<Date> effective_from{};
    std::optional<Date> effective_to{};
    Cohort cohort{};
    Defaults defaults{};
    /// Columns that expressions read; where any are listed, all are.
    std::vector<InputIndicator> inputs{};
    /// Indicators that are computed before scoring.
    std::vector<DerivedIndicator> derived{};
    RankingRule ranking{};
    std::optional<BandScale> bands{};
    std::vector<RollUp> roll_ups{};
    /// What happens to the values before they are scored, in this order.
    std::vector<PreparationStep> preparation{};
    /// What is uncertain, for robustness runs.
    std::vector<FactorDefinition> factors{};
    NodeDefinition root{};
    friend bool operator==(const ModelDefinition&, const ModelDefinition&) = default;
};

}  // namespace thuocdo
