#pragma once
/// @file
/// Where the results of a node can lie, as anybody can tell from the model.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/leaf_program.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/publish/detail/monotone_link.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <variant>
#include <vector>

namespace thuocdo::publish::detail {

struct ResultDomain {
    double lower = -infinite;
    double upper = infinite;
    /// The values themselves, ascending, where there are few.
    std::vector<double> values{};
};

/// Scores that a rule gives, before multiplier, floor and cap.
struct RuleRange {
    const Node& node;
    double units;

    ResultDomain operator()(const rule::AsIs&) const {
        constexpr double per_cent = 100.0;
        return node.unit == "%" ? ResultDomain{0.0, per_cent} : ResultDomain{};
    }
    ResultDomain operator()(const rule::PointsAwarded&) const { return {0.0, *node.points}; }
    ResultDomain operator()(const rule::RatioToTarget& rule) const { return capped(rule.capped); }
    ResultDomain operator()(const rule::Goalposts& rule) const { return share(rule.clip); }
    ResultDomain operator()(const rule::LogGoalposts& rule) const { return share(rule.clip); }
    ResultDomain operator()(const rule::MinMax&) const { return share(true); }
    ResultDomain operator()(const rule::RankScore&) const { return {1.0, units}; }
    ResultDomain operator()(const rule::Borda&) const { return {0.0, units - 1.0}; }
    ResultDomain operator()(const rule::PercentileRank&) const { return share(true); }
    ResultDomain operator()(const rule::DistanceToBest&) const { return share(true); }
    ResultDomain operator()(const rule::DistanceToReference& rule) const {
        return capped(rule.capped);
    }
    ResultDomain operator()(const rule::DistanceToTarget& rule) const {
        return capped(rule.capped);
    }
    ResultDomain operator()(const rule::FractionOfBest&) const { return capped(true); }
    ResultDomain operator()(const rule::StepTable& rule) const {
        ResultDomain domain;
        for (const rule::Step& step : rule.steps) domain.values.push_back(step.score);
        return listed(std::move(domain), !rule.interpolate);
    }
    ResultDomain operator()(const rule::LevelTable& rule) const {
        ResultDomain domain;
        for (const rule::Level& level : rule.levels) domain.values.push_back(level.score);
        return listed(std::move(domain), true);
    }
    ResultDomain operator()(const rule::Checklist& rule) const {
        ResultDomain domain;
        for (double k = 0.0; k <= rule.items; k += 1.0) domain.values.push_back(k / rule.items);
        return listed(std::move(domain), true);
    }
    ResultDomain operator()(const rule::YesNo&) const { return {0.0, 1.0, {0.0, 1.0}}; }
    THUOCDO_KERNEL ResultDomain operator()(const rule::PenaltyPerOccurrence& rule) const {
        THUOCDO_EXACT
        constexpr std::size_t most_values = 1000;
        ResultDomain domain{rule.lowest, rule.start};
        if (!(rule.penalty > 0.0)) return domain;
        for (double k = 0.0; domain.values.size() < most_values; k += 1.0) {
            const double score = std::max(rule.lowest, rule.start - rule.penalty * k);
            domain.values.push_back(score);
            if (score <= rule.lowest) return listed(std::move(domain), true);
        }
        return {rule.lowest, rule.start};
    }
    ResultDomain operator()(const rule::TargetRange&) const { return share(true); }
    ResultDomain operator()(const rule::RankTarget&) const { return share(true); }
    ResultDomain operator()(const rule::GrowthToTarget& rule) const { return capped(rule.capped); }
    ResultDomain operator()(const rule::Logistic&) const { return share(true); }
    ResultDomain operator()(const rule::AboveBelowMean&) const {
        return {-1.0, 1.0, {-1.0, 0.0, 1.0}};
    }
    ResultDomain operator()(const rule::CategoricalScale& rule) const {
        return listed({-infinite, infinite, rule.scores}, true);
    }
    ResultDomain operator()(const rule::ZScore&) const { return {}; }
    ResultDomain operator()(const rule::AdjustedMazziottaPareto&) const { return {}; }

  private:
    static ResultDomain capped(bool is) { return {-infinite, is ? 1.0 : infinite}; }
    static ResultDomain share(bool is) { return is ? ResultDomain{0.0, 1.0} : ResultDomain{}; }
    static ResultDomain listed(ResultDomain domain, bool keep) {
        std::sort(domain.values.begin(), domain.values.end());
        domain.lower = domain.values.front();
        domain.upper = domain.values.back();
        if (!keep) domain.values.clear();
        return domain;
    }
};

/// Domains of the results of all nodes of a board. Figures of a node none of which is negative
/// are taken to be never negative, and any domain holds the results that there are: an
/// outsider who knows less cannot find out more.
class ResultDomains {
  public:
    explicit ResultDomains(const Scoreboard& board)
        : board_(board), domains_(static_cast<std::size_t>(board.model().node_count())) {
        for (Index node = board.model().node_count(); node-- > 0;) {
            ResultDomain& domain = domains_[static_cast<std::size_t>(node)];
            const Node& each = board.model().node(node);
            domain = each.is_leaf() ? leaf_domain(each) : inner_domain(each);
            finish(node, each, domain);
        }
    }

    [[nodiscard]] const ResultDomain& operator[](Index node) const {
        return domains_[static_cast<std::size_t>(node)];
    }

    /// What a share of the scale of a node is measured on: its points, or else the width of its
    /// domain, or else the range of its results.
    [[nodiscard]] double scale(Index node) const {
        const Node& each = board_.model().node(node);
        if (each.points) return *each.points;
        const ResultDomain& domain = (*this)[node];
        double width = domain.upper - domain.lower;
        if (!std::isfinite(width)) {
            const auto [low, high] = range(node);
            width = high - low;
        }
        return std::isfinite(width) && width > 0.0 ? width : 1.0;
    }

  private:
    [[nodiscard]] std::pair<double, double> range(Index node) const {
        double low = infinite;
        double high = -infinite;
        for (Index unit = 0; unit < board_.unit_count(); ++unit) {
            const double result = board_.result(unit, node);
            if (std::isnan(result)) continue;
            low = std::min(low, result);
            high = std::max(high, result);
        }
        return {low, high};
    }

    [[nodiscard]] ResultDomain leaf_domain(const Node& node) const {
        ResultDomain domain =
            std::visit(RuleRange{node, static_cast<double>(board_.unit_count())}, node.score);
        domain.lower *= node.multiplier;
        domain.upper *= node.multiplier;
        for (double& value : domain.values) {
            value = std::clamp(value * node.multiplier, node.floor, node.cap);
            if (const auto rounding = node.rounding_at(RoundingPlace::result))
                value = numeric::round_decimal(value, rounding->digits, rounding->mode);
        }
        return domain;
    }

    [[nodiscard]] THUOCDO_KERNEL ResultDomain inner_domain(const Node& node) const {
        THUOCDO_EXACT
        const bool sum = std::holds_alternative<aggregation::Sum>(node.aggregate);
        const bool mean = std::holds_alternative<aggregation::Arithmetic>(node.aggregate) ||
                          std::holds_alternative<aggregation::Geometric>(node.aggregate) ||
                          std::holds_alternative<aggregation::Harmonic>(node.aggregate) ||
                          std::holds_alternative<aggregation::PowerMean>(node.aggregate) ||
                          std::holds_alternative<aggregation::Minimum>(node.aggregate) ||
                          std::holds_alternative<aggregation::Maximum>(node.aggregate) ||
                          std::holds_alternative<aggregation::Median>(node.aggregate);
        ResultDomain domain;
        double low = sum ? 0.0 : infinite;
        double high = sum ? 0.0 : -infinite;
        double more = 0.0;
        double less = 0.0;
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
            const Node& child = board_.model().node(c);
            const ResultDomain& of = (*this)[c];
            if (child.role == Role::bonus) more += std::max(of.upper, 0.0);
            if (child.role == Role::bonus) less += std::min(of.lower, 0.0);
            if (child.role == Role::penalty) more -= std::min(of.lower, 0.0);
            if (child.role == Role::penalty) less -= std::max(of.upper, 0.0);
            if (child.role != Role::scored) continue;
            low = sum ? low + std::min(of.lower, 0.0) : std::min(low, of.lower);
            high = sum ? high + std::max(of.upper, child.points.value_or(0.0))
                       : std::max(high, of.upper);
        }
        if (!sum && !mean) return domain;
        domain.lower = low * node.multiplier + less;
        domain.upper = high * node.multiplier + more;
        return domain;
    }

    void finish(Index index, const Node& node, ResultDomain& domain) const {
        domain.lower = std::max(domain.lower, node.floor);
        domain.upper = std::min(domain.upper, node.cap);
        if (const auto rounding = node.rounding_at(RoundingPlace::result)) {
            const auto rounded = [&](double x) {
                return numeric::round_decimal(x, rounding->digits, rounding->mode);
            };
            domain.lower = std::min(domain.lower, rounded(domain.lower));
            domain.upper = std::max(domain.upper, rounded(domain.upper));
        }
        const auto [low, high] = range(index);
        if (low >= 0.0) domain.lower = std::max(domain.lower, 0.0);
        domain.lower = std::min(domain.lower, low);
        domain.upper = std::max(domain.upper, high);
        if (domain.values.empty()) return;
        // A zero of the missing rule, or a full score of an empty denominator.
        for (Index unit = 0; unit < board_.unit_count(); ++unit)
            if (!std::isnan(board_.result(unit, index)))
                domain.values.push_back(board_.result(unit, index));
        std::sort(domain.values.begin(), domain.values.end());
        domain.values.erase(std::unique(domain.values.begin(), domain.values.end()),
                            domain.values.end());
    }

    const Scoreboard& board_;
    std::vector<ResultDomain> domains_;
};

}  // namespace thuocdo::publish::detail
