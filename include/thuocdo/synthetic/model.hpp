#pragma once
/// @file
/// A made-up index model of any size, for demonstrations, tests and
/// measurements. It is no official index.

#include <thuocdo/error.hpp>
#include <thuocdo/model/index_model.hpp>

#include <string>
#include <utility>
#include <vector>

namespace thuocdo::synthetic {

/// How the pillars of a made-up model aggregate.
enum class PillarMix {
    arithmetic,  ///< all by the arithmetic mean
    geometric,   ///< all by the geometric mean of results raised to at least 0.01
    alternating  ///< the first arithmetic, the second geometric, and so on
};

/// Shape of a made-up model.
struct ModelOptions {
    int indicators = 100;
    int pillars = 5;
    int sub_pillars_per_pillar = 4;
    PillarMix mix = PillarMix::arithmetic;
    /// Score every tenth indicator by min-max over the cohort, so that the
    /// score of a unit depends on its peers.
    bool peer_relative = false;
    /// What every leaf does with a missing value.
    MissingPolicy missing = MissingPolicy::renormalise;
    std::string level{};
};

namespace detail {

[[nodiscard]] inline std::string two_digits(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// Rules, directions and weights repeat with different periods, so that every
/// combination occurs among a hundred indicators.
[[nodiscard]] inline NodeDefinition model_leaf(const std::string& code, int number,
                                               const ModelOptions& options) {
    constexpr int ratio_every = 3;
    constexpr int min_max_every = 10;
    constexpr int lower_is_better_every = 7;
    constexpr int weights = 3;
    NodeDefinition leaf;
    leaf.code = code;
    leaf.name = {"Indicator " + std::to_string(number + 1),
                 "Chỉ tiêu " + std::to_string(number + 1)};
    leaf.weight = static_cast<double>(1 + number % weights);
    leaf.missing = MissingRule::all(options.missing);
    if (options.peer_relative && number % min_max_every == 0) {
        leaf.unit = "index";
        leaf.score = rule::MinMax{};
    } else if (number % ratio_every == 0) {
        constexpr double targets[] = {0.8, 0.9, 1.0, 0.6};
        leaf.unit = "share";
        leaf.score = rule::RatioToTarget{targets[number / ratio_every % 4], true};
        leaf.zero_denominator = ZeroDenominatorRule::missing;
    } else {
        const double lower = static_cast<double>(5 * (number % 4));
        const double upper = lower + 40.0 + static_cast<double>(10 * (number % 6));
        leaf.unit = "index";
        leaf.score = rule::Goalposts{lower, upper, true};
        if (number % lower_is_better_every == 0) leaf.direction = Direction::lower_is_better;
    }
    return leaf;
}

}  // namespace detail

/// A tree of pillars, sub-pillars and leaves with one column each: root scaled
/// to 100, rounded to 2 decimals and ranked on that. Two thirds of the leaves
/// have goalposts, one third a ratio to a target.
/// Codes are `P1`, `P1.2` and `P1.2.03`.
/// @throws NumericError when a number is below 1, or when there are fewer
///         indicators than sub-pillars.
[[nodiscard]] inline IndexModel model(const ModelOptions& options = {}) {
    const int groups = options.pillars * options.sub_pillars_per_pillar;
    if (options.pillars < 1 || options.sub_pillars_per_pillar < 1 || options.indicators < groups)
        throw NumericError("synthetic model",
                           {{"shape", "ModelOptions",
                             std::to_string(options.indicators) + " indicators in " +
                                 std::to_string(options.pillars) + " x " +
                                 std::to_string(options.sub_pillars_per_pillar) + " groups",
                             "at least one indicator a group", "ask for fewer groups"}});
    constexpr int digits = 2;
    constexpr double scale = 100.0;
    constexpr double lowest_under_geometric = 0.01;
    constexpr int pillar_weights = 2;
    ModelDefinition definition;
    definition.id = "synthetic";
    definition.version = std::to_string(options.indicators) + "-" + std::to_string(options.pillars);
    definition.name = {"Synthetic index", "Chỉ số mô phỏng"};
    definition.status = Status::reference;
    definition.source = "made up; no official index";
    definition.cohort.level = options.level;
    definition.root.code = "total";
    definition.root.scale = scale;
    definition.root.rounding = Rounding{digits};
    int number = 0;
    int group = 0;
    for (int p = 1; p <= options.pillars; ++p) {
        NodeDefinition pillar;
        pillar.code = "P" + std::to_string(p);
        pillar.name = {"Pillar " + std::to_string(p), "Trụ cột " + std::to_string(p)};
        pillar.weight = static_cast<double>(1 + p % pillar_weights);
        const bool geometric = options.mix == PillarMix::geometric ||
                               (options.mix == PillarMix::alternating && p % 2 == 0);
        if (geometric) pillar.aggregate = aggregation::Geometric{lowest_under_geometric};
        for (int s = 1; s <= options.sub_pillars_per_pillar; ++s) {
            NodeDefinition sub;
            sub.code = pillar.code + "." + std::to_string(s);
            const std::string shown = std::to_string(p) + "." + std::to_string(s);
            sub.name = {"Sub-pillar " + shown, "Nhóm " + shown};
            // The last group ends exactly at the last indicator.
            const int end =
                static_cast<int>(static_cast<long long>(options.indicators) * (group + 1) / groups);
            for (int k = 1; number < end; ++k, ++number)
                sub.children.push_back(
                    detail::model_leaf(sub.code + "." + detail::two_digits(k), number, options));
            ++group;
            pillar.children.push_back(std::move(sub));
        }
        definition.root.children.push_back(std::move(pillar));
    }
    return IndexModel(std::move(definition));
}

}  // namespace thuocdo::synthetic
