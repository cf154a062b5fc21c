#pragma once
/// @file
/// The words that model documents use for enumerations, written once for the
/// reader, the canonical form and the messages.

#include <thuocdo/model/definition.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace thuocdo::detail {

template <class Enum>
struct Names;

template <>
struct Names<Role> {
    static constexpr std::array<std::pair<Role, const char*>, 4> all{
        {{Role::scored, "scored"},
         {Role::bonus, "bonus"},
         {Role::penalty, "penalty"},
         {Role::monitored, "monitored"}}};
};

template <>
struct Names<Kind> {
    static constexpr std::array<std::pair<Kind, const char*>, 5> all{{{Kind::input, "input"},
                                                                      {Kind::activity, "activity"},
                                                                      {Kind::output, "output"},
                                                                      {Kind::outcome, "outcome"},
                                                                      {Kind::impact, "impact"}}};
};

template <>
struct Names<Visibility> {
    static constexpr std::array<std::pair<Visibility, const char*>, 3> all{
        {{Visibility::open, "public"},
         {Visibility::internal, "internal"},
         {Visibility::restricted, "restricted"}}};
};

template <>
struct Names<Status> {
    static constexpr std::array<std::pair<Status, const char*>, 3> all{
        {{Status::official, "official"},
         {Status::reference, "reference"},
         {Status::draft, "draft"}}};
};

template <>
struct Names<Direction> {
    static constexpr std::array<std::pair<Direction, const char*>, 2> all{
        {{Direction::higher_is_better, "higher_is_better"},
         {Direction::lower_is_better, "lower_is_better"}}};
};

template <>
struct Names<MissingKind> {
    static constexpr std::array<std::pair<MissingKind, const char*>, missing_kinds> all{
        {{MissingKind::not_applicable, "not_applicable"},
         {MissingKind::not_yet_due, "not_yet_due"},
         {MissingKind::not_reported, "not_reported"},
         {MissingKind::confidential, "confidential"}}};
};

template <>
struct Names<MissingPolicy> {
    static constexpr std::array<std::pair<MissingPolicy, const char*>, 5> all{
        {{MissingPolicy::renormalise, "renormalise"},
         {MissingPolicy::zero, "zero"},
         {MissingPolicy::carry_last, "carry_last"},
         {MissingPolicy::peer_mean, "peer_mean"},
         {MissingPolicy::refuse, "refuse"}}};
};

template <>
struct Names<ZeroDenominatorRule> {
    static constexpr std::array<std::pair<ZeroDenominatorRule, const char*>, 4> all{
        {{ZeroDenominatorRule::refuse, "refuse"},
         {ZeroDenominatorRule::full, "full"},
         {ZeroDenominatorRule::zero, "zero"},
         {ZeroDenominatorRule::missing, "missing"}}};
};

template <>
struct Names<TargetPath> {
    static constexpr std::array<std::pair<TargetPath, const char*>, 3> all{
        {{TargetPath::linear, "linear"},
         {TargetPath::compound, "compound"},
         {TargetPath::step, "step"}}};
};

template <>
struct Names<numeric::RoundingMode> {
    static constexpr std::array<std::pair<numeric::RoundingMode, const char*>, 2> all{
        {{numeric::RoundingMode::half_up, "half_up"},
         {numeric::RoundingMode::half_even, "half_even"}}};
};

template <>
struct Names<RoundingPlace> {
    static constexpr std::array<std::pair<RoundingPlace, const char*>, 3> all{
        {{RoundingPlace::result, "result"},
         {RoundingPlace::value, "value"},
         {RoundingPlace::display, "display"}}};
};

template <>
struct Names<CoverageBase> {
    static constexpr std::array<std::pair<CoverageBase, const char*>, 2> all{
        {{CoverageBase::children, "children"}, {CoverageBase::indicators, "indicators"}}};
};

template <>
struct Names<rule::Ties> {
    static constexpr std::array<std::pair<rule::Ties, const char*>, 4> all{
        {{rule::Ties::lowest, "lowest"},
         {rule::Ties::average, "average"},
         {rule::Ties::highest, "highest"},
         {rule::Ties::dense, "dense"}}};
};

template <>
struct Names<Basis> {
    static constexpr std::array<std::pair<Basis, const char*>, 2> all{
        {{Basis::rounded, "rounded"}, {Basis::full, "full"}}};
};

template <>
struct Names<numeric::Order> {
    static constexpr std::array<std::pair<numeric::Order, const char*>, 2> all{
        {{numeric::Order::descending, "descending"}, {numeric::Order::ascending, "ascending"}}};
};

template <>
struct Names<TiePolicy> {
    static constexpr std::array<std::pair<TiePolicy, const char*>, 4> all{
        {{TiePolicy::competition, "competition"},
         {TiePolicy::dense, "dense"},
         {TiePolicy::fractional, "fractional"},
         {TiePolicy::ordinal, "ordinal"}}};
};

template <>
struct Names<GateQuantity> {
    static constexpr std::array<std::pair<GateQuantity, const char*>, 3> all{
        {{GateQuantity::result, "result"},
         {GateQuantity::score, "score"},
         {GateQuantity::value, "value"}}};
};

template <>
struct Names<QuotaTies> {
    static constexpr std::array<std::pair<QuotaTies, const char*>, 2> all{
        {{QuotaTies::exclude, "exclude"}, {QuotaTies::include, "include"}}};
};

template <>
struct Names<ImputationMethod> {
    static constexpr std::array<std::pair<ImputationMethod, const char*>, 8> all{
        {{ImputationMethod::mean, "mean"},
         {ImputationMethod::median, "median"},
         {ImputationMethod::group_mean, "group_mean"},
         {ImputationMethod::group_median, "group_median"},
         {ImputationMethod::pillar_mean, "pillar_mean"},
         {ImputationMethod::carry_forward, "carry_forward"},
         {ImputationMethod::linear, "linear"},
         {ImputationMethod::nearest, "nearest"}}};
};

template <>
struct Names<OutlierTransform> {
    static constexpr std::array<std::pair<OutlierTransform, const char*>, 3> all{
        {{OutlierTransform::none, "none"},
         {OutlierTransform::logarithm, "logarithm"},
         {OutlierTransform::box_cox, "box_cox"}}};
};

template <>
struct Names<ScreeningAction> {
    static constexpr std::array<std::pair<ScreeningAction, const char*>, 2> all{
        {{ScreeningAction::exclude, "exclude"}, {ScreeningAction::report, "report"}}};
};

template <>
struct Names<WeightingBasis> {
    static constexpr std::array<std::pair<WeightingBasis, const char*>, 2> all{
        {{WeightingBasis::result, "result"}, {WeightingBasis::value, "value"}}};
};

template <>
struct Names<PriorityMethod> {
    static constexpr std::array<std::pair<PriorityMethod, const char*>, 2> all{
        {{PriorityMethod::principal_eigenvector, "principal_eigenvector"},
         {PriorityMethod::geometric_mean, "geometric_mean"}}};
};

template <>
struct Names<ObjectiveScheme> {
    static constexpr std::array<std::pair<ObjectiveScheme, const char*>, 12> all{
        {{ObjectiveScheme::entropy, "entropy"},
         {ObjectiveScheme::standard_deviation, "standard_deviation"},
         {ObjectiveScheme::variance, "variance"},
         {ObjectiveScheme::coefficient_of_variation, "coefficient_of_variation"},
         {ObjectiveScheme::gini_index, "gini_index"},
         {ObjectiveScheme::critic, "critic"},
         {ObjectiveScheme::merec, "merec"},
         {ObjectiveScheme::cilos, "cilos"},
         {ObjectiveScheme::idocriw, "idocriw"},
         {ObjectiveScheme::angular, "angular"},
         {ObjectiveScheme::lopcow, "lopcow"},
         {ObjectiveScheme::principal_components, "principal_components"}}};
};

template <>
struct Names<RankedScheme> {
    static constexpr std::array<std::pair<RankedScheme, const char*>, 3> all{
        {{RankedScheme::rank_order_centroid, "rank_order_centroid"},
         {RankedScheme::rank_sum, "rank_sum"},
         {RankedScheme::rank_reciprocal, "rank_reciprocal"}}};
};

template <>
struct Names<StepwiseScheme> {
    static constexpr std::array<std::pair<StepwiseScheme, const char*>, 2> all{
        {{StepwiseScheme::swara, "swara"}, {StepwiseScheme::fucom, "fucom"}}};
};

template <>
struct Names<ErrorDistribution> {
    static constexpr std::array<std::pair<ErrorDistribution, const char*>, 2> all{
        {{ErrorDistribution::normal, "normal"}, {ErrorDistribution::uniform, "uniform"}}};
};

template <>
struct Names<ErrorScale> {
    static constexpr std::array<std::pair<ErrorScale, const char*>, 3> all{
        {{ErrorScale::absolute, "absolute"},
         {ErrorScale::relative, "relative"},
         {ErrorScale::spread, "spread"}}};
};

template <>
struct Names<PointsScheme> {
    static constexpr std::array<std::pair<PointsScheme, const char*>, 2> all{
        {{PointsScheme::swing, "swing"}, {PointsScheme::budget_allocation, "budget_allocation"}}};
};

/// The word for a value.
template <class Enum>
[[nodiscard]] constexpr const char* name_of(Enum value) noexcept {
    for (const auto& [each, name] : Names<Enum>::all)
        if (each == value) return name;
    return "";
}

/// The value for a word.
template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> value_named(std::string_view word) noexcept {
    for (const auto& [each, name] : Names<Enum>::all)
        if (word == name) return each;
    return std::nullopt;
}

/// The name of a weighting scheme in model documents, e.g. `critic`.
[[nodiscard]] inline const char* weighting_name(const Weighting& scheme) noexcept {
    struct Namer {
        const char* operator()(const weighting::Equal&) const { return "equal"; }
        const char* operator()(const weighting::CorrelationOptimised&) const {
            return "correlation_optimised";
        }
        const char* operator()(const weighting::AnalyticHierarchyProcess&) const {
            return "analytic_hierarchy_process";
        }
        const char* operator()(const weighting::BestWorst&) const { return "best_worst_method"; }
        const char* operator()(const weighting::Objective& each) const {
            return name_of(each.scheme);
        }
        const char* operator()(const weighting::Ranked& each) const { return name_of(each.scheme); }
        const char* operator()(const weighting::Stepwise& each) const {
            return name_of(each.scheme);
        }
        const char* operator()(const weighting::Points& each) const { return name_of(each.scheme); }
    };
    return std::visit(Namer{}, scheme);
}

/// The name of a step of the preparation in model documents, e.g. `impute`.
[[nodiscard]] inline const char* step_name(const PreparationStep& step) noexcept {
    constexpr std::array<const char*, std::variant_size_v<PreparationStep>> names{
        "denominate", "screen", "impute", "treat"};
    return names[step.index()];
}

/// The member of a factor that says what it does, e.g. `one_of`.
[[nodiscard]] inline const char* factor_kind(const FactorRule& rule) noexcept {
    constexpr std::array<const char*, std::variant_size_v<FactorRule>> names{
        "noise", "dirichlet", "weight_sets", "one_of", "leave_out", "error"};
    return names[rule.index()];
}

/// All words of an enumeration, for messages.
template <class Enum>
[[nodiscard]] std::string all_names() {
    std::string text;
    for (const auto& [each, name] : Names<Enum>::all) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

}  // namespace thuocdo::detail
