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
