#pragma once
/// @file
/// One made-up cell: from an attainment to a value that suits the rule.

#include <thuocdo/config.hpp>
#include <thuocdo/data/cell_state.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/synthetic/units.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace thuocdo::synthetic::detail {

inline constexpr double lowest_attainment = 0.05;
inline constexpr double highest_attainment = 1.15;

/// The numbers of one period do not meet those of another.
[[nodiscard]] constexpr std::uint32_t stage_of(Stage stage, int period) noexcept {
    constexpr std::uint32_t stages_reserved = 16;
    return static_cast<std::uint32_t>(stage) + stages_reserved * static_cast<std::uint32_t>(period);
}

/// Standard normal without its far tails, which would look like errors of data.
[[nodiscard]] inline double bounded_normal(const numeric::Philox& random, std::uint64_t place,
                                           std::uint32_t stage, std::uint32_t index) noexcept {
    constexpr double limit = 3.0;
    return std::clamp(random.normal(place, stage, index), -limit, limit);
}

/// Latent ability of a unit: its own, a part shared by the units of one parent,
/// and a slow change from period to period.
THUOCDO_KERNEL [[nodiscard]] inline double ability_of(const numeric::Philox& random,
                                                      std::uint64_t unit, std::uint64_t parent,
                                                      int period) {
    THUOCDO_EXACT
    constexpr double own = 0.8;
    constexpr double shared = 0.5;
    constexpr double change = 0.2;
    return own * bounded_normal(random, unit, stage_of(Stage::ability, 0), 0) +
           shared * bounded_normal(random, parent, stage_of(Stage::shared_ability, 0), 0) +
           change * bounded_normal(random, unit, stage_of(Stage::yearly_change, period), 0);
}

/// Rounded to the decimal step that leaves about four digits of `width`.
THUOCDO_KERNEL [[nodiscard]] inline double on_a_step_of(double value, double width) noexcept {
    THUOCDO_EXACT
    constexpr double steps = 1000.0;
    constexpr double finest = 1e12;
    double scale = 1.0;
    while (std::abs(width) * scale < steps && scale < finest) scale *= 10.0;
    return std::floor(value * scale + 0.5) / scale;
}

/// How few values a rule admits; a column read by several leaves is made for
/// the strictest.
[[nodiscard]] inline int strictness_of(const ScoreRule& score) noexcept {
    using thuocdo::detail::holds_any;
    if (holds_any<rule::YesNo>(score)) return 5;
    if (holds_any<rule::LevelTable>(score)) return 4;
    if (holds_any<rule::Checklist, rule::PenaltyPerOccurrence, rule::RankTarget>(score)) return 3;
    if (holds_any<rule::PointsAwarded, rule::StepTable, rule::DistanceToTarget>(score)) return 2;
    return holds_any<rule::AsIs>(score) ? 0 : 1;
}

/// Whether results <= 0 are errors under an aggregation.
[[nodiscard]] inline bool refuses_zero(const Aggregation& method) noexcept {
    if (const auto* each = std::get_if<aggregation::Geometric>(&method)) return !each->floor_at;
    if (const auto* each = std::get_if<aggregation::Harmonic>(&method)) return !each->floor_at;
    if (const auto* each = std::get_if<aggregation::PowerMean>(&method))
        return each->exponent != 1.0 && !each->floor_at;
    return std::holds_alternative<aggregation::MazziottaPareto>(method);
}

/// What a model asks of one column.
struct ColumnNeeds {
    const Node* node = nullptr;
    double target = 0.0;
    /// Results must be above 0.
    bool positive = false;
    /// A gate looks at the leaf or at a node above it.
    bool gated = false;
    bool zero_denominator = false;
    std::array<bool, missing_kinds> may_be_missing{};
    /// The node below the root that the leaf belongs to.
    std::string_view block;

    /// Whether the value is a share of a whole that has a count.
    [[nodiscard]] bool has_parts() const noexcept {
        if (node->unit != "share" && node->zero_denominator == ZeroDenominatorRule::refuse)
            return false;
        if (const auto* posts = std::get_if<rule::Goalposts>(&node->score))
            return posts->lower >= 0.0 && posts->upper <= 1.0;
        return std::holds_alternative<rule::RatioToTarget>(node->score) && target > 0.0 &&
               target <= 1.0;
    }

    /// Takes over what another leaf asks of the same column.
    void join(const ColumnNeeds& other) noexcept {
        const ColumnNeeds mine = *this;
        if (strictness_of(other.node->score) > strictness_of(node->score)) *this = other;
        positive = mine.positive || other.positive;
        gated = mine.gated || other.gated;
        zero_denominator = mine.zero_denominator && other.zero_denominator;
        for (std::size_t k = 0; k < missing_kinds; ++k)
            may_be_missing[k] = mine.may_be_missing[k] && other.may_be_missing[k];
    }
};

/// What one leaf asks of its column.
[[nodiscard]] inline ColumnNeeds needs_of(const IndexModel& model, Index leaf, const Date& on) {
    const Node& node = model.node(leaf);
    ColumnNeeds needs;
    needs.node = &node;
    if (needs_dated_target(node.score))
        needs.target = *required_value(node.targets, node.target_path, on);
    else
        needs.target = stated_target(node.score).value_or(0.0);
    const auto is_gated = [&](const std::string& code) {
        if (!model.definition().bands) return false;
        for (const Band& band : model.definition().bands->bands)
            for (const Gate& gate : band.gates)
                if (gate.node == code) return true;
        return false;
    };
    constexpr int discrete_from = 3;
    const bool discrete = strictness_of(node.score) >= discrete_from;
    bool refuses = false;
    bool zeroes = false;
    needs.gated = is_gated(node.code);
    needs.block = node.code;
    for (Index above = node.parent; above >= 0; above = model.node(above).parent) {
        const Node& ancestor = model.node(above);
        needs.positive = needs.positive || refuses_zero(ancestor.aggregate);
        needs.gated = needs.gated || is_gated(ancestor.code);
        refuses = refuses || ancestor.missing.uses(MissingPolicy::refuse);
        zeroes = zeroes || ancestor.missing.uses(MissingPolicy::zero);
        if (ancestor.parent >= 0) needs.block = ancestor.code;
    }
    for (std::size_t k = 0; k < missing_kinds; ++k) {
        const MissingPolicy policy = node.missing.policies[k];
        // The mean of whole numbers or levels is none.
        const bool fills_badly = policy == MissingPolicy::peer_mean && discrete;
        needs.may_be_missing[k] = !refuses && policy != MissingPolicy::refuse && !fills_badly &&
                                  !(needs.positive && (zeroes || policy == MissingPolicy::zero));
    }
    const bool not_reported =
        needs.may_be_missing[static_cast<std::size_t>(MissingKind::not_reported)];
    switch (node.zero_denominator) {
        case ZeroDenominatorRule::full:
            needs.zero_denominator = true;
            break;
        case ZeroDenominatorRule::zero:
            needs.zero_denominator = !needs.positive;
            break;
        case ZeroDenominatorRule::missing:
            needs.zero_denominator = not_reported;
            break;
        case ZeroDenominatorRule::refuse:
            break;
    }
    return needs;
}

/// The value that an attainment q becomes under each rule: 0 is the worst, 1
/// what the rule asks for, above 1 is better. `side` is uniform on (0, 1).
struct ValueOf {
    const ColumnNeeds& needs;
    double q;
    double side;
    /// A positive number that stays with the unit.
    double base;
    int period;
    const std::string& unit_code;

    [[nodiscard]] bool rises() const noexcept {
        return needs.node->direction == Direction::higher_is_better;
    }
    [[nodiscard]] double part() const noexcept { return std::min(q, 1.0); }

    THUOCDO_KERNEL [[nodiscard]] double between(double worst, double best, double share) const {
        THUOCDO_EXACT
        return on_a_step_of(worst + (best - worst) * share, best - worst);
    }

    /// Rules that compare units need no more than a positive number.
    THUOCDO_KERNEL [[nodiscard]] double on_any_scale() const {
        THUOCDO_EXACT
        constexpr double scale = 100.0;
        constexpr double worst_of_falling = 1.3;
        return on_a_step_of(scale * (rises() ? q : worst_of_falling - q), scale);
    }

    double operator()(const rule::AsIs&) const {
        return between(0.0, needs.node->points.value_or(1.0), part());
    }
    double operator()(const rule::PointsAwarded&) const {
        return std::min(between(0.0, *needs.node->points, part()), *needs.node->points);
    }
    double operator()(const rule::RatioToTarget&) const {
        return rises() ? between(0.0, needs.target, q)
                       : on_a_step_of(needs.target / q, needs.target);
    }
    double operator()(const rule::Goalposts& rule) const {
        return rises() ? between(rule.lower, rule.upper, q) : between(rule.upper, rule.lower, q);
    }
    /// The cube spreads values over the magnitudes between the goalposts.
    THUOCDO_KERNEL double operator()(const rule::LogGoalposts& rule) const {
        THUOCDO_EXACT
        if (rises()) return between(rule.lower, rule.upper, q * q * q);
        const double left = std::max(1.0 - q, 0.0);
        return between(rule.lower, rule.upper, left * left * left);
    }
    double operator()(const rule::MinMax&) const { return on_any_scale(); }
    double operator()(const rule::ZScore&) const { return on_any_scale(); }
    double operator()(const rule::RankScore&) const { return on_any_scale(); }
    double operator()(const rule::Borda&) const { return on_any_scale(); }
    double operator()(const rule::PercentileRank&) const { return on_any_scale(); }
    double operator()(const rule::DistanceToBest&) const { return on_any_scale(); }
    double operator()(const rule::FractionOfBest&) const { return on_any_scale(); }
    double operator()(const rule::AboveBelowMean&) const { return on_any_scale(); }
    double operator()(const rule::CategoricalScale&) const { return on_any_scale(); }
    /// The reference is better than any other unit, so never the worst.
    double operator()(const rule::DistanceToReference& rule) const {
        constexpr double best = 100.0;
        if (unit_code != rule.reference) return on_any_scale();
        return rises() ? best * highest_attainment + 1.0 : 1.0;
    }
    /// Every unit stays on the worse side of the target.
    THUOCDO_KERNEL double operator()(const rule::DistanceToTarget&) const {
        THUOCDO_EXACT
        constexpr double nearest = 0.02;
        const double room = std::max(std::abs(needs.target), 1.0);
        const double gap = room * std::max(1.0 - q, nearest);
        return on_a_step_of(rises() ? needs.target - gap : needs.target + gap, room);
    }
    THUOCDO_KERNEL double operator()(const rule::StepTable& rule) const {
        THUOCDO_EXACT
        const auto by_score = [](const rule::Step& a, const rule::Step& b) {
            return a.score < b.score;
        };
        const rule::Step& best = *std::max_element(rule.steps.begin(), rule.steps.end(), by_score);
        const double first = rule.steps.front().from;
        const double last = rule.steps.back().from;
        const bool climbs = rule.steps.front().score <= rule.steps.back().score;
        const double value =
            std::max(first, between(first, last, climbs ? q : std::max(1.0 - q, 0.0)));
        if (!needs.positive) return value;
        double reached = rule.steps.front().score;
        for (const rule::Step& step : rule.steps)
            if (value >= step.from) reached = step.score;
        return reached > 0.0 ? value : best.from;
    }
    double operator()(const rule::LevelTable& rule) const {
        std::vector<rule::Level> levels = rule.levels;
        std::sort(levels.begin(), levels.end(), [](const rule::Level& a, const rule::Level& b) {
            return a.score != b.score ? a.score < b.score : a.value < b.value;
        });
        const auto count = static_cast<double>(levels.size());
        const auto at = static_cast<std::size_t>(std::min(std::floor(q * count), count - 1.0));
        return needs.positive && !(levels[at].score > 0.0) ? levels.back().value : levels[at].value;
    }
    THUOCDO_KERNEL double operator()(const rule::Checklist& rule) const {
        THUOCDO_EXACT
        const double items = std::floor(rule.items * part() + 0.5);
        return needs.positive ? std::max(items, 1.0) : items;
    }
    double operator()(const rule::YesNo&) const {
        constexpr double yes_from = 0.6;
        return needs.positive || q > yes_from ? 1.0 : 0.0;
    }
    THUOCDO_KERNEL double operator()(const rule::PenaltyPerOccurrence& rule) const {
        THUOCDO_EXACT
        constexpr double most_without_effect = 5.0;
        const double most =
            rule.penalty > 0.0 ? (rule.start - rule.lowest) / rule.penalty : most_without_effect;
        const double count = std::floor(std::max(most * (1.0 - q), 0.0) + 0.5);
        return needs.positive && !(rule.start - rule.penalty * count > 0.0) ? 0.0 : count;
    }
    THUOCDO_KERNEL double operator()(const rule::TargetRange& rule) const {
        THUOCDO_EXACT
        constexpr double inside_from = 0.85;
        constexpr double half = 0.5;
        if (q >= inside_from) return between(rule.lower, rule.upper, side);
        return side < half ? between(rule.lower_limit, rule.lower, q)
                           : between(rule.upper_limit, rule.upper, q);
    }
    THUOCDO_KERNEL double operator()(const rule::RankTarget& rule) const {
        THUOCDO_EXACT
        double rank = std::floor(rule.worst - q * (rule.worst - rule.target) + 0.5);
        if (needs.positive) rank = std::min(rank, std::ceil(rule.worst) - 1.0);
        return std::max(rank, 1.0);
    }
    /// Grows in a straight line from a base, by about the target each period.
    THUOCDO_KERNEL double operator()(const rule::GrowthToTarget&) const {
        THUOCDO_EXACT
        constexpr double least = 0.05;
        const double factor = 1.0 + needs.target * q * static_cast<double>(period);
        return on_a_step_of(base * std::max(factor, least), base);
    }
    THUOCDO_KERNEL double operator()(const rule::AdjustedMazziottaPareto& rule) const {
        THUOCDO_EXACT
        constexpr double middle = 0.5;
        const double away = (q - middle) * 2.0 * rule.half_range;
        return on_a_step_of(rises() ? rule.reference + away : rule.reference - away,
                            rule.half_range);
    }
    THUOCDO_KERNEL double operator()(const rule::Logistic& rule) const {
        THUOCDO_EXACT
        constexpr double middle = 0.5;
        constexpr double spread = 6.0;
        const double away = (q - middle) * spread / rule.steepness;
        return on_a_step_of(rises() ? rule.midpoint + away : rule.midpoint - away,
                            spread / rule.steepness);
    }
};

/// The unit of a cell.
struct CellPlace {
    std::uint64_t unit = 0;
    const std::string* code = nullptr;
    double ability = 0.0;
};

/// Numerator and denominator.
struct Parts {
    double numerator = 0.0;
    double denominator = 0.0;
};

/// Makes the cells of one column.
class CellMaker {
  public:
    CellMaker(const numeric::Philox& random, const ColumnNeeds& needs, std::uint32_t index,
              int period)
        : random_(random),
          needs_(needs),
          index_(index),
          block_(index_of(needs.block)),
          period_(period),
          ease_(bounded_normal(random, 0, stage_of(Stage::ease, 0), index)) {}

    /// `observed`, or the kind of a missing cell that the model does not refuse.
    [[nodiscard]] CellState missing_state(const CellPlace& place, double share) const {
        if (!(draw(place, Stage::state) < share)) return CellState::observed;
        struct Kind {
            MissingKind kind;
            CellState state;
        };
        static constexpr std::array<Kind, missing_kinds> kinds{
            {{MissingKind::not_reported, CellState::not_reported},
             {MissingKind::not_yet_due, CellState::not_yet_due},
             {MissingKind::not_applicable, CellState::not_applicable},
             {MissingKind::confidential, CellState::confidential}}};
        std::array<CellState, missing_kinds> allowed{};
        std::size_t count = 0;
        for (const Kind& each : kinds)
            if (needs_.may_be_missing[static_cast<std::size_t>(each.kind)])
                allowed[count++] = each.state;
        if (count == 0) return CellState::observed;
        // The square favours the first kind.
        const double u = draw(place, Stage::state_kind);
        return allowed[static_cast<std::size_t>(u * u * static_cast<double>(count))];
    }

    /// From the other end of the draw that decides on missing cells.
    [[nodiscard]] bool is_provisional(const CellPlace& place, double share) const {
        return draw(place, Stage::state) > 1.0 - share;
    }

    [[nodiscard]] double value(const CellPlace& place) const {
        constexpr double smallest_base = 50.0;
        constexpr double spread = 100.0;
        const double base =
            smallest_base + std::floor(spread * random_.uniform(place.unit, size_stage(), index_));
        return std::visit(ValueOf{needs_, attainment(place), draw(place, Stage::side), base,
                                  period_, *place.code},
                          needs_.node->score);
    }

    /// Whole numbers whose ratio is a share, such as dossiers on time of all.
    THUOCDO_KERNEL [[nodiscard]] Parts parts(const CellPlace& place,
                                             double zero_denominator_share) const {
        THUOCDO_EXACT
        constexpr double smallest = 20.0;
        constexpr double spread = 1980.0;
        if (needs_.zero_denominator && draw(place, Stage::side) < zero_denominator_share)
            return {0.0, 0.0};
        const double u = random_.uniform(place.unit, size_stage(), index_);
        const double denominator = std::floor(smallest + spread * u * u);
        const double q = attainment(place);
        const bool rises = needs_.node->direction == Direction::higher_is_better;
        double share = rises ? needs_.target * q : needs_.target / q;
        // A target divided by a value needs one; a positive result needs some.
        double least = !rises || needs_.positive ? 1.0 : 0.0;
        double most = denominator;
        if (const auto* posts = std::get_if<rule::Goalposts>(&needs_.node->score)) {
            const double width = posts->upper - posts->lower;
            share = rises ? posts->lower + width * q : posts->upper - width * q;
            least = needs_.positive && rises ? std::floor(denominator * posts->lower) + 1.0 : 0.0;
            if (needs_.positive && !rises) most = std::ceil(denominator * posts->upper) - 1.0;
        }
        const double nearest = std::floor(denominator * share + 0.5);
        return {std::min(std::max(nearest, least), most), denominator};
    }

  private:
    [[nodiscard]] double draw(const CellPlace& place, Stage stage) const noexcept {
        return random_.uniform(place.unit, stage_of(stage, period_), index_);
    }
    /// The size of a unit stays the same over the periods.
    [[nodiscard]] static constexpr std::uint32_t size_stage() noexcept {
        return stage_of(Stage::size, 0);
    }

    THUOCDO_KERNEL [[nodiscard]] double attainment(const CellPlace& place) const {
        THUOCDO_EXACT
        constexpr double usual = 0.74;
        constexpr double usual_at_gates = 1.09;
        constexpr double by_ability = 0.10;
        constexpr double by_block = 0.05;
        constexpr double by_ease = 0.10;
        constexpr double by_noise = 0.07;
        constexpr double drift = 0.015;
        constexpr double most_of_a_penalty = 0.5;
        double q = needs_.gated ? usual_at_gates : usual + by_ease * ease_;
        q += by_ability * place.ability;
        q += by_block *
             bounded_normal(random_, place.unit, stage_of(Stage::block_ability, 0), block_);
        q +=
            by_noise * bounded_normal(random_, place.unit, stage_of(Stage::noise, period_), index_);
        q += drift * static_cast<double>(period_);
        // What a penalty takes off grows with the score of its leaf.
        if (needs_.node->role == Role::penalty) q = std::min(1.0 - q, most_of_a_penalty);
        return std::clamp(q, lowest_attainment, highest_attainment);
    }

    const numeric::Philox& random_;
    const ColumnNeeds& needs_;
    std::uint32_t index_;
    std::uint32_t block_;
    int period_;
    double ease_;
};

}  // namespace thuocdo::synthetic::detail
