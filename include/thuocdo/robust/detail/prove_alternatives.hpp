#pragma once
/// @file
/// Whether the alternatives of a factor fit a model and differ.

#include <thuocdo/error.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/robust/factor.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust::detail {

/// How the alternatives of one factor are named in problems.
struct AlternativePlaces {
    /// Place and name of the factor.
    std::string factor{};
    std::string name{};
    /// Place of an alternative.
    std::function<std::string(std::size_t)> of{};
    /// Makes a problem of the factor as a whole out of one that an alternative has; nothing
    /// where it is one of the alternative alone.
    std::function<std::optional<Problem>(const Problem&)> of_factor{};
    /// Whether two alternatives may be the same, as experts may agree.
    bool may_agree = false;
};

/// Whether all models share out the total alike, up to rounding. Nothing is said of models
/// with weights that only the data give.
[[nodiscard]] inline bool share_alike(const std::vector<IndexModel>& models) {
    constexpr double tolerance = 1e-12;
    for (const IndexModel& each : models) {
        for (Index k = 0; k < each.node_count(); ++k)
            if (each.node(k).weights ||
                std::abs(each.effective_weight(k) - models.front().effective_weight(k)) > tolerance)
                return false;
    }
    return true;
}

/// Applies every alternative to a model once. Reports those that do not fit with the
/// problems that they have, two that give the same model, and a factor whose alternatives
/// all do.
/// Complexity: one check of a model for each alternative.
inline void prove_alternatives(const IndexModel& model,
                               const std::vector<Alternative>& alternatives,
                               const AlternativePlaces& places, std::vector<Problem>& problems) {
    ModelDefinition plain = model.definition();
    plain.factors.clear();
    std::vector<IndexModel> given;
    given.reserve(alternatives.size());
    const std::size_t before = problems.size();
    for (std::size_t k = 0; k < alternatives.size(); ++k) {
        try {
            ModelDefinition changed = plain;
            alternatives[k].apply(changed);
            given.emplace_back(std::move(changed));
        } catch (const ModelError& error) {
            for (const Problem& each : error.problems()) {
                const auto whole = places.of_factor ? places.of_factor(each) : std::nullopt;
                if (!whole)
                    problems.push_back({each.code, places.of(k),
                                        '"' + alternatives[k].label + "\", which at " +
                                            (each.place.empty() ? "the whole model" : each.place) +
                                            " gives " + each.found,
                                        each.expected, each.remedy});
                else if (std::find(problems.begin(), problems.end(), *whole) == problems.end())
                    problems.push_back(*whole);
            }
        }
    }
    if (problems.size() != before || alternatives.empty()) return;
    const bool all_alike = std::all_of(
        given.begin(), given.end(), [&](const IndexModel& each) { return each == given.front(); });
    if (all_alike || (places.may_agree && share_alike(given))) {
        problems.push_back({"factor_without_effect", places.factor,
                            '"' + places.name + "\", all of whose alternatives give the same model",
                            "alternatives that differ", "correct the factor, or remove it"});
        return;
    }
    if (places.may_agree) return;
    for (std::size_t k = 1; k < given.size(); ++k)
        for (std::size_t j = 0; j < k; ++j)
            if (given[k] == given[j]) {
                problems.push_back({"alternatives_alike", places.of(k),
                                    '"' + alternatives[k].label +
                                        "\", which gives the model of \"" + alternatives[j].label +
                                        '"',
                                    "alternatives that differ",
                                    "a value given twice is drawn twice as often: remove one"});
                break;
            }
}

}  // namespace thuocdo::robust::detail
