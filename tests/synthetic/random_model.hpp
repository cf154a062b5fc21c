#pragma once
// Random models over every score rule and aggregation, for tests of the made-up panels.
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/philox.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace thuocdo::testing {

/// Draws the choices of one random model.
class RandomModel {
  public:
    explicit RandomModel(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] IndexModel make() {
        ModelDefinition definition;
        definition.id = "random";
        definition.version = "1";
        definition.name = {"Random", ""};
        definition.root = inner("root", 0, false, true);
        return IndexModel(std::move(definition));
    }

  private:
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound, draw_++, 0, 0); }
    double uniform() { return random_.uniform(draw_++, 1, 0); }

    MissingPolicy policy(bool leaf) {
        constexpr MissingPolicy leaf_policies[] = {MissingPolicy::renormalise, MissingPolicy::zero,
                                                   MissingPolicy::carry_last,
                                                   MissingPolicy::peer_mean, MissingPolicy::refuse};
        constexpr MissingPolicy inner_policies[] = {MissingPolicy::renormalise, MissingPolicy::zero,
                                                    MissingPolicy::refuse};
        return leaf ? leaf_policies[below(5)] : inner_policies[below(3)];
    }

    NodeDefinition inner(const std::string& code, int depth, bool positive, bool root = false) {
        NodeDefinition node;
        node.code = code;
        switch (below(9)) {
            case 0:
                node.aggregate = aggregation::Sum{};
                break;
            case 1:
                node.aggregate = aggregation::Geometric{};
                break;
            case 2:
                node.aggregate = aggregation::Geometric{0.01};
                break;
            case 3:
                node.aggregate = aggregation::Harmonic{};
                break;
            case 4:
                node.aggregate = aggregation::PowerMean{2.0, {}};
                break;
            case 5:
                node.aggregate = aggregation::Minimum{};
                break;
            case 6:
                node.aggregate = aggregation::MeanMin{};
                break;
            default:
                node.aggregate = aggregation::Arithmetic{};
                break;
        }
        const auto& method = *node.aggregate;
        const auto* geometric = std::get_if<aggregation::Geometric>(&method);
        positive = positive || (geometric && !geometric->floor_at) ||
                   std::holds_alternative<aggregation::Harmonic>(method) ||
                   std::holds_alternative<aggregation::PowerMean>(method);
        const bool sum = std::holds_alternative<aggregation::Sum>(method);
        if (!root && below(4) == 0) node.missing = MissingRule::all(policy(false));
        const std::uint64_t children = 1 + below(4);
        for (std::uint64_t c = 0; c < children; ++c) {
            const std::string name = code + '.' + std::to_string(c);
            NodeDefinition child = depth < 2 && below(3) == 0 ? inner(name, depth + 1, positive)
                                                              : leaf(name, positive);
            child.points.reset();
            if (sum) {
                child.points = 10.0;
            } else {
                child.weight = 1.0 + uniform();
                if (child.is_leaf() && std::holds_alternative<rule::PointsAwarded>(*child.score))
                    child.score = rule::AsIs{};
            }
            // Points of a sum must agree with the points of the node itself.
            if (sum && !child.is_leaf() &&
                std::holds_alternative<aggregation::Sum>(*child.aggregate))
                child.points = 10.0 * static_cast<double>(child.children.size());
            node.children.push_back(std::move(child));
        }
        return node;
    }

    NodeDefinition leaf(const std::string& code, bool positive) {
        NodeDefinition node;
        node.code = code;
        node.score = rule_of(positive);
        node.missing = MissingRule::all(policy(true));
        if (below(3) == 0) node.unit = "share";
        constexpr ZeroDenominatorRule rules[] = {
            ZeroDenominatorRule::refuse, ZeroDenominatorRule::full, ZeroDenominatorRule::zero,
            ZeroDenominatorRule::missing};
        node.zero_denominator = rules[below(4)];
        const bool growth = std::holds_alternative<rule::GrowthToTarget>(*node.score);
        if (!growth && below(3) == 0) node.direction = Direction::lower_is_better;
        return node;
    }

    /// Rules that give the worst unit 0 or less have no place where results
    /// must be positive.
    ScoreRule rule_of(bool positive) {
        switch (below(positive ? 14 : 25)) {
            case 0:
                return rule::AsIs{};
            case 1:
                return rule::PointsAwarded{};
            case 2:
                return rule::RatioToTarget{0.1 + uniform(), below(2) == 0};
            case 3:
                return rule::Goalposts{uniform(), 1.5 + uniform() * 100.0, below(2) == 0};
            case 4:
                return rule::Goalposts{0.3, 0.3 + 0.5 * uniform(), true};
            case 5:
                return rule::LogGoalposts{1.0 + uniform(), 1000.0, true};
            case 6:
                return rule::LevelTable{
                    {{0.0, 0.0, "none"}, {5.0, 0.5, "half"}, {9.0, 1.0, "full"}}};
            case 7:
                return rule::StepTable{{{10.0, 0.0}, {20.0, 0.4}, {30.0, 1.0}}, below(2) == 0};
            case 8:
                return rule::Checklist{static_cast<double>(1 + below(12))};
            case 9:
                return rule::YesNo{};
            case 10:
                return rule::PenaltyPerOccurrence{0.1 + uniform(), 1.0, 0.0};
            case 11:
                return rule::TargetRange{0.6, 0.95, 1.05, 1.4};
            case 12:
                return rule::RankTarget{3.0, static_cast<double>(10 + below(200))};
            case 13:
                return rule::Logistic{50.0, 0.1};
            case 14:
                return rule::MinMax{0.5};
            case 15:
                return rule::ZScore{100.0, 10.0, 100.0};
            case 16:
                return rule::RankScore{};
            case 17:
                return rule::Borda{};
            case 18:
                return rule::PercentileRank{0.5};
            case 19:
                return rule::DistanceToBest{0.5};
            case 20:
                return rule::DistanceToTarget{-5.0 + 10.0 * uniform(), true};
            case 21:
                return rule::FractionOfBest{};
            case 22:
                return rule::GrowthToTarget{0.02 + 0.1 * uniform(), true};
            case 23:
                return rule::AboveBelowMean{0.1};
            default:
                return rule::CategoricalScale{{25.0, 50.0, 75.0}, {0.0, 0.3, 0.6, 1.0}};
        }
    }

    numeric::Philox random_;
    std::uint64_t draw_ = 0;
};

}  // namespace thuocdo::testing
