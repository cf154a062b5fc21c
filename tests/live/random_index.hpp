#pragma once
/// @file
/// Random models and random streams of events for tests of the live scoreboard.

#include <thuocdo/live/event.hpp>
#include <thuocdo/live/log_rules.hpp>
#include <thuocdo/model/index_model.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace random_index {

using namespace thuocdo;

/// SplitMix64: the same stream everywhere.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15U + 1) {}

    std::uint64_t next() {
        std::uint64_t value = (state_ += 0x9e3779b97f4a7c15U);
        value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
        value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
        return value ^ (value >> 31U);
    }
    int below(int limit) { return static_cast<int>(next() % static_cast<std::uint64_t>(limit)); }
    bool chance(int per_cent) { return below(100) < per_cent; }
    template <class Each>
    const Each& one_of(const std::vector<Each>& all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }

  private:
    std::uint64_t state_;
};

inline const Date first_day(2026, 1, 1);

inline Date day(int after) { return first_day + boost::gregorian::days(after); }

/// Indicators that the models read.
inline std::vector<std::string> indicators() { return {"a", "b", "c", "d", "e", "f"}; }

inline ScoreRule random_rule(Random& random) {
    switch (random.below(12)) {
        case 0:
            return rule::MinMax{random.chance(50) ? std::optional(0.5) : std::nullopt};
        case 1:
            return rule::ZScore{0.5, 0.2, 0.5};
        case 2:
            return rule::RankScore{};
        case 3:
            return rule::PercentileRank{0.5};
        case 4:
            return rule::RatioToTarget{};
        case 5:
            return rule::FractionOfBest{};
        case 6:
            return rule::DistanceToReference{"u1", true};
        case 7:
            return rule::CategoricalScale{{25.0, 50.0}, {0.2, 0.6, 1.0}};
        case 8:
            return rule::GrowthToTarget{0.1, true};
        case 9:
            return rule::DistanceToTarget{};
        default:
            return rule::Goalposts{0.0, 12.0, true};
    }
}

inline MissingRule random_missing(Random& random) {
    const int kind = random.chance(98) ? 1 + random.below(11) : 0;
    return MissingRule::all(kind == 0   ? MissingPolicy::refuse
                            : kind == 1 ? MissingPolicy::zero
                            : kind == 2 ? MissingPolicy::carry_last
                            : kind == 3 ? MissingPolicy::peer_mean
                                        : MissingPolicy::renormalise);
}

inline NodeDefinition random_leaf(Random& random, const std::string& code,
                                  const std::string& indicator) {
    NodeDefinition leaf;
    leaf.code = code;
    leaf.indicator = indicator;
    leaf.score = random_rule(random);
    leaf.weight = 1 + random.below(3);
    leaf.missing = random_missing(random);
    leaf.zero_denominator =
        random.chance(50) ? ZeroDenominatorRule::full : ZeroDenominatorRule::missing;
    if (random.chance(30)) leaf.direction = Direction::lower_is_better;
    if (random.chance(30)) leaf.rounding = Rounding{2};
    if (random.chance(10)) {
        leaf.rounding = Rounding{0};
        leaf.rounding->at = RoundingPlace::value;
    }
    if (needs_dated_target(*leaf.score)) {
        const bool low = leaf.direction == Direction::lower_is_better;
        leaf.targets = {{day(10), low ? 0.3 : 11.0}, {day(40), low ? 0.25 : 14.0}};
        leaf.target_path = random.chance(50) ? TargetPath::step : TargetPath::linear;
    }
    return leaf;
}

inline NodeDefinition task_leaf(Random& random) {
    NodeDefinition leaf;
    leaf.code = "tasks";
    leaf.indicator = random.chance(70) ? "tasks.on_time" : "tasks.late";
    leaf.score = leaf.indicator == "tasks.late"
                     ? ScoreRule(rule::PenaltyPerOccurrence{0.25, 1.0, 0.0})
                     : ScoreRule(rule::AsIs{});
    leaf.missing = MissingRule::all(MissingPolicy::renormalise);
    leaf.zero_denominator =
        random.chance(50) ? ZeroDenominatorRule::full : ZeroDenominatorRule::missing;
    return leaf;
}

inline Aggregation random_aggregation(Random& random) {
    switch (random.below(9)) {
        case 0:
            return aggregation::Geometric{0.01};
        case 1:
            return aggregation::Minimum{};
        case 2:
            return aggregation::Copeland{};
        case 3:
            return aggregation::Topsis{};
        case 4:
            return aggregation::MazziottaPareto{};
        default:
            return aggregation::Arithmetic{};
    }
}

inline void add_preparation(Random& random, ModelDefinition& model) {
    step::Impute impute;
    impute.method = random.chance(50) ? ImputationMethod::mean : ImputationMethod::median;
    step::Screen screen;
    screen.minimum_availability = 0.34;
    step::Denominate denominate;
    denominate.denominators = {{{"a"}, random.chance(50) ? "population" : "e", 1.0}};
    if (random.chance(50)) model.preparation.push_back(denominate);
    if (random.chance(50)) model.preparation.push_back(screen);
    if (random.chance(60)) model.preparation.push_back(impute);
    if (random.chance(30)) model.preparation.push_back(step::Treat{});
}

/// A model with a little of everything; `from` is when it comes into force.
inline std::optional<IndexModel> random_model(Random& random, std::optional<Date> from = {}) {
    ModelDefinition model;
    model.id = "random";
    model.version = "1";
    model.name = {"ngẫu nhiên", "random"};
    model.effective_from = from;
    model.root.code = "total";
    model.root.aggregate = random_aggregation(random);
    if (random.chance(40)) model.root.rounding = Rounding{2};
    std::vector<std::string> names = indicators();
    if (random.chance(25)) {
        model.derived.push_back({"sum", "a + b"});
        model.derived.push_back({"growth", "c - previous(c)"});
        names.push_back("sum");
        names.push_back("growth");
    }
    const int pillars = 2 + random.below(2);
    for (int p = 0; p < pillars; ++p) {
        NodeDefinition pillar;
        pillar.code = "p" + std::to_string(p);
        pillar.aggregate = random_aggregation(random);
        if (random.chance(20))
            pillar.weights = weighting::Objective{
                random.chance(50) ? ObjectiveScheme::entropy : ObjectiveScheme::standard_deviation,
                WeightingBasis::result};
        if (random.chance(15)) pillar.minimum_coverage = MinimumCoverage{0.5};
        if (random.chance(30)) pillar.rounding = Rounding{3};
        const int leaves = 1 + random.below(3);
        for (int l = 0; l < leaves; ++l)
            pillar.children.push_back(random_leaf(
                random, "l" + std::to_string(p) + std::to_string(l), random.one_of(names)));
        if (pillar.weights)
            for (NodeDefinition& leaf : pillar.children) leaf.weight = 1.0;
        model.root.children.push_back(std::move(pillar));
    }
    if (random.chance(60)) model.root.children.push_back(task_leaf(random));
    if (random.chance(25)) {
        NodeDefinition bonus = random_leaf(random, "bonus", random.one_of(names));
        bonus.role = random.chance(50) ? Role::bonus : Role::penalty;
        model.root.children.push_back(std::move(bonus));
    }
    model.ranking.ties = static_cast<TiePolicy>(random.below(4));
    if (random.chance(30)) model.ranking.on = Basis::full;
    if (random.chance(30)) model.ranking.digits = 1;
    if (random.chance(30)) model.ranking.tie_breakers = {{"p0"}};
    if (random.chance(30)) model.ranking.within = {"region"};
    if (random.chance(50)) {
        BandScale scale;
        scale.bands = {{"high", {}, 0.6}, {"middle", {}, 0.4}, {"low"}};
        if (random.chance(50)) {
            Gate gate;
            gate.node = "p1";
            gate.at_least = 0.5;
            scale.bands[0].gates = {gate};
        }
        if (random.chance(50))
            scale.quota = Quota{"high",
                                0.34,
                                {"high", "middle"},
                                random.chance(50) ? "region" : "",
                                random.chance(50) ? QuotaTies::include : QuotaTies::exclude};
        model.bands = scale;
    }
    if (random.chance(20)) add_preparation(random, model);
    try {
        return IndexModel(std::move(model));
    } catch (const ModelError&) {
        return std::nullopt;
    }
}

/// A random event about units u0 to u6 and tasks t0 to t5.
class RandomEvents {
  public:
    explicit RandomEvents(Random& random) : random_(random) {}

    /// @param today day of the board, which events are near
    live::Event next(int today) {
        live::Event event;
        event.id = "e" + std::to_string(1000 + count_++);
        event.valid = day(std::max(0, today + random_.below(30) - 20));
        event.known = start_of_day(day(today + random_.below(5)));
        const int kind = random_.below(100);
        if (kind < 55) {
            event.fact = observation();
        } else if (kind < 63) {
            event.fact = live::Withdrawal{};
            event.replaces = other_id();
        } else if (kind < 67) {
            event.fact = unit(random_.below(7));
        } else if (kind < 80) {
            event.fact = task(today);
        } else if (kind < 94) {
            event.fact = happening(today);
        } else {
            event.fact = live::TaskExtension{
                task_code(), {day(today), day(today + 5 + random_.below(60)), "decision"}};
        }
        if (event.replaces.empty() && random_.chance(10)) event.replaces = other_id();
        if (event.replaces == event.id) event.replaces.clear();
        if (std::holds_alternative<live::Withdrawal>(event.fact) && event.replaces.empty())
            event.replaces = "e999";
        return event;
    }

    live::Fact unit(int number) {
        Unit unit;
        unit.code = "u" + std::to_string(number);
        unit.groups["region"] = random_.chance(50) ? "north" : "south";
        unit.attributes["population"] = 1.0 + random_.below(4);
        if (random_.chance(6)) unit.valid_from = day(random_.below(40));
        if (random_.chance(6)) unit.valid_to = day(40 + random_.below(30));
        return live::UnitFact{unit};
    }

    live::Fact observation() {
        return observation(random_.below(7), random_.one_of(indicators()),
                           random_.chance(96) ? "2026" : "2025");
    }

    live::Fact observation(int unit, std::string indicator, std::string period) {
        live::Observation fact;
        fact.unit = "u" + std::to_string(unit);
        fact.indicator = std::move(indicator);
        fact.period = std::move(period);
        if (random_.chance(12)) {
            constexpr CellState none[] = {CellState::not_applicable, CellState::not_yet_due,
                                          CellState::not_reported, CellState::confidential};
            fact.state = none[random_.below(4)];
        } else if (random_.chance(10)) {
            fact.numerator = random_.below(20);
            fact.denominator = random_.below(4);
        } else {
            // Quarters, so that units tie.
            fact.value = 1.0 + random_.below(44) / 4.0;
            if (random_.chance(15)) fact.state = CellState::provisional;
        }
        return fact;
    }

  private:
    std::string other_id() { return "e" + std::to_string(1000 + random_.below(count_ + 3)); }
    std::string task_code() { return "t" + std::to_string(random_.below(6)); }

    live::Fact task(int today) {
        Task task;
        task.code = task_code();
        task.lead = "u" + std::to_string(random_.below(7));
        task.assigned = day(random_.chance(10) ? random_.below(today + 1) : 0);
        if (random_.chance(95))
            task.deadline = task.assigned + boost::gregorian::days(3 + random_.below(20));
        if (random_.chance(10)) task.money = {{task.assigned, 100.0, 20.0}};
        return live::TaskFact{task};
    }

    live::Fact happening(int today) {
        TaskEvent event;
        constexpr TaskEventKind kinds[] = {TaskEventKind::started, TaskEventKind::accepted,
                                           TaskEventKind::accepted, TaskEventKind::returned,
                                           TaskEventKind::suspended};
        event.kind = random_.chance(3) ? TaskEventKind::resumed : kinds[random_.below(5)];
        event.date = day(std::max(0, today + random_.below(12) - 4));
        return live::TaskHappening{task_code(), event};
    }

    Random& random_;
    int count_ = 0;
};

}  // namespace random_index
