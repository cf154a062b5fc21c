// The cheapest improvements: by hand, and against every combination of values by what_if.
#include <thuocdo/explain/cheapest_improvements.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "support/build.hpp"

namespace cheapest_improvement_tests {

using namespace thuocdo;
using testing_support::group;
using testing_support::leaf;
using testing_support::model;
using testing_support::panel;
using testing_support::problems_of;

const rule::Goalposts posts{0.0, 10.0, true};

ImprovementLimit limit(std::string indicator, double upper, int digits, double cost) {
    return {std::move(indicator), {}, upper, {}, digits, cost};
}
ImprovementGoal rank(double k) { return {k, {}, {}}; }
ImprovementGoal score_of(double s) { return {{}, s, {}}; }
ImprovementGoal band(std::string b) { return {{}, {}, std::move(b)}; }

IndexModel weighted() {
    return model(group("r", aggregation::Arithmetic{},
                       {leaf("a", posts, 3.0), leaf("b", posts), leaf("c", posts)}));
}

/// Least cost over a grid of whole numbers up to 10, by `what_if` alone; nothing if none.
template <class Reached>
std::optional<double> by_force(const Scoreboard& board, const std::vector<ImprovementLimit>& limits,
                               Reached&& reached) {
    std::optional<double> best;
    std::vector<double> now;
    for (const ImprovementLimit& each : limits)
        now.push_back(board.panel().value(0, *board.panel().find(each.indicator)));
    std::vector<int> at(limits.size(), 0);
    while (true) {
        std::vector<CellChange> changes;
        double cost = 0.0;
        bool allowed = true;
        for (std::size_t j = 0; j < limits.size(); ++j) {
            const double value = at[j] == 0 ? now[j] : static_cast<double>(at[j] - 1);
            allowed = allowed && value <= std::max(now[j], *limits[j].upper) && value >= now[j];
            cost += limits[j].cost * std::abs(value - now[j]);
            if (value != now[j]) changes.push_back({limits[j].indicator, value, {}, {}});
        }
        if (allowed && (!best || cost < *best - 1e-9) && reached(what_if(board, "u1", changes)))
            best = cost;
        std::size_t j = 0;
        while (j < at.size() && ++at[j] == 12) at[j++] = 0;
        if (j == at.size()) return best;
    }
}

TEST_CASE("one indicator: the first decimal that is enough, and no step less") {
    const Scoreboard board =
        score(weighted(), panel({"a", "b", "c"}, {{2, 4, 6}, {5, 5, 5}, {3, 3, 3}}));
    // 0.32 now; b alone: (0.6 + b/10 + 0.6) / 5 >= 0.38 at b = 7.
    const auto found = cheapest_improvements(board, "u1", {limit("b", 10, 2, 2.0)}, score_of(0.38));
    REQUIRE(found.reached);
    CHECK(found.proved);
    REQUIRE(found.best.changes.size() == 1);
    CHECK(found.best.changes[0].from == 4.0);
    CHECK(found.best.changes[0].to == 7.0);
    CHECK(found.best.cost == 6.0);
    CHECK(found.best.outcome.after.score >= 0.38);
    CHECK(what_if(board, "u1", {{"b", 6.99}}).after.score < 0.38);
    CHECK(found.best.outcome.after.score == what_if(board, "u1", {{"b", 7.0}}).after.score);
    CHECK(found.alone.size() == 1);
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("reached at cost 6 (proved)\n  b: 4 -> 7, cost 6") == 0);
    // Whole numbers only; and what is out of reach is said to be so, with the nearest.
    CHECK(cheapest_improvements(board, "u1", {limit("b", 10, 0, 2.0)}, score_of(0.379))
              .best.changes[0]
              .to == 7.0);
    const auto beyond = cheapest_improvements(board, "u1", {limit("b", 10, 2, 2.0)}, score_of(0.6));
    CHECK(!beyond.reached);
    CHECK(beyond.proved);
    CHECK(beyond.best.changes[0].to == 10.0);
    CHECK(beyond.best.outcome.after.score == doctest::Approx(0.44));
    // Already there: nothing to do.
    const auto there = cheapest_improvements(board, "u1", {limit("b", 10, 2, 2.0)}, rank(2));
    CHECK(there.reached);
    CHECK(there.best.changes.empty());
    CHECK(there.best.cost == 0.0);
}

TEST_CASE("several indicators: the cheapest mix, by cost a point of the total") {
    const Scoreboard board =
        score(weighted(), panel({"a", "b", "c"}, {{2, 4, 6}, {9, 9, 9}, {3, 3, 3}}));
    // The total gains 0.012 for a unit of cost spent on a, 0.02 on b, 0.01 on c. So b goes to
    // its limit: 0.36. Of the 0.14 that are left, a gives 0.0006 a step of 0.05, c 0.0002 a
    // step of 0.02: 233 steps of a and one of c are cheaper than 234 steps of a.
    const std::vector<ImprovementLimit> limits{limit("a", 10, 2, 5), limit("b", 6, 2, 1),
                                               limit("c", 6.5, 2, 2)};
    const auto found = cheapest_improvements(board, "u1", limits, score_of(0.5));
    REQUIRE(found.reached);
    CHECK(found.proved);
    CHECK(found.best.changes[0].to == 4.33);
    CHECK(found.best.changes[1].to == 6.0);
    CHECK(found.best.changes[2].to == 6.01);
    CHECK(found.best.cost == 13.67);
    CHECK(found.best.outcome.after.score >= 0.5);
    CHECK(found.alone.size() == 1);
    const auto all = cheapest_improvements(board, "u1", limits, rank(1));
    // All at their limits: 0.85 of the 0.9 of u2.
    CHECK(!all.reached);
    CHECK(all.proved);
    CHECK(all.best.changes.size() == 3);
}

TEST_CASE("random small cases: no combination of whole numbers is cheaper") {
    testing_support::Random random(11);
    int reached = 0;
    int unreached = 0;
    for (int k = 0; k < 60; ++k) {
        const bool peers = k % 4 == 3;
        const bool product = k % 4 == 2;
        std::vector<NodeDefinition> leaves{
            leaf("a", rule::Goalposts{-1, 11, true}, 1 + random.uniform()),
            leaf("b", rule::StepTable{{{0, 0.1}, {4, 0.3}, {7, 0.9}}, k % 2 == 0}, 1)};
        if (peers) leaves[0].score = rule::MinMax{0.5};
        ModelDefinition made = testing_support::definition(group(
            "r", product ? Aggregation(aggregation::Geometric{0.01}) : aggregation::Arithmetic{},
            leaves));
        if (k % 5 == 0) made.root.rounding = Rounding{2};
        made.bands = BandScale{{{"A", {}, 0.7, {}, {{"b", GateQuantity::value, 5.0}}},
                                {"B", {}, 0.5, 0.7},
                                {"C", {}, {}, 0.5}}};
        const IndexModel index(made);
        std::vector<std::vector<double>> rows;
        for (int unit = 0; unit < 6; ++unit)
            rows.push_back({std::floor(random.between(0, 11)), std::floor(random.between(0, 11))});
        const Scoreboard board = score(index, panel({"a", "b"}, rows));
        const std::vector<ImprovementLimit> limits{
            limit("a", std::floor(random.between(5, 11)), 0,
                  1.0 + static_cast<double>(random.below(3))),
            limit("b", std::floor(random.between(5, 11)), 0,
                  1.0 + static_cast<double>(random.below(3)))};
        for (const ImprovementGoal& goal : {rank(2), score_of(0.65), band("A"), band("B")}) {
            CAPTURE(k);
            const auto found = cheapest_improvements(board, "u1", limits, goal);
            const auto reaches = [&](const WhatIf& result) {
                if (goal.rank) return result.after.rank <= *goal.rank;
                if (goal.score) return result.after.score >= *goal.score;
                return result.after.band == "A" || result.after.band == *goal.band;
            };
            const auto least = by_force(board, limits, reaches);
            CHECK(found.proved);
            REQUIRE(found.reached == least.has_value());
            (found.reached ? reached : unreached) += 1;
            if (!found.reached) continue;
            CHECK(found.best.cost == doctest::Approx(*least));
            CHECK(reaches(found.best.outcome));
            for (const Improvement& each : found.alone) {
                CHECK(reaches(each.outcome));
                CHECK(each.cost >= found.best.cost);
            }
        }
    }
    CHECK(reached > 40);
    CHECK(unreached > 20);
}

TEST_CASE("the search over sums agrees with all combinations of a coarser grid") {
    // Three indicators of 11 values are 1331 combinations for force, but with two more digits
    // the library must search; its cost can only be lower, by less than the coarser steps.
    testing_support::Random random(5);
    for (int k = 0; k < 6; ++k) {
        std::vector<std::vector<double>> rows;
        for (int unit = 0; unit < 5; ++unit)
            rows.push_back({std::floor(random.between(0, 6)), std::floor(random.between(0, 6)),
                            std::floor(random.between(0, 6))});
        const Scoreboard board = score(weighted(), panel({"a", "b", "c"}, rows));
        std::vector<ImprovementLimit> limits{limit("a", 10, 0, 1 + random.uniform()),
                                             limit("b", 9, 0, 1 + random.uniform()),
                                             limit("c", 8, 0, 1 + random.uniform())};
        const ImprovementGoal goal = score_of(random.between(0.5, 0.8));
        const auto least = by_force(
            board, limits, [&](const WhatIf& result) { return result.after.score >= *goal.score; });
        const auto coarse = cheapest_improvements(board, "u1", limits, goal);
        REQUIRE(coarse.reached == least.has_value());
        CHECK(coarse.best.cost == doctest::Approx(*least));
        for (ImprovementLimit& each : limits) each.digits = 2;
        const auto fine = cheapest_improvements(board, "u1", limits, goal);
        CHECK(fine.proved);
        CHECK(fine.best.cost <= *least + 1e-9);
        CHECK(fine.best.outcome.after.score >= *goal.score);
        // One step less of any of them is not enough.
        for (const ValueChange& each : fine.best.changes) {
            std::vector<CellChange> changes;
            for (const ValueChange& other : fine.best.changes)
                changes.push_back({other.indicator, other.to - (&other == &each ? 0.01 : 0.0)});
            CHECK(what_if(board, "u1", changes).after.score < *goal.score);
        }
    }
}

TEST_CASE("less can be better, and penalties count") {
    NodeDefinition late = leaf("late", rule::PenaltyPerOccurrence{0.1, 1.0, 0.0});
    const IndexModel index = model(group("r", aggregation::Arithmetic{}, {leaf("a", posts), late}));
    const Scoreboard board = score(index, panel({"a", "late"}, {{5, 6}, {6, 3}}));
    ImprovementLimit fewer{"late", 0.0, {}, {}, 0, 1.0};
    const auto found = cheapest_improvements(board, "u1", {fewer}, rank(1));
    REQUIRE(found.reached);
    // 0.5 + (1 - 0.1 x) against 0.6 + 0.7: x = 2 ties and shares the first rank.
    CHECK(found.best.changes[0].to == 2.0);
    CHECK(found.best.outcome.after.rank == 1.0);
    fewer.largest_step = 3.0;
    CHECK(!cheapest_improvements(board, "u1", {fewer}, rank(1)).reached);
}

TEST_CASE("peers with more values than the budget: reached, not proved") {
    const IndexModel index = model(group("r", aggregation::Arithmetic{},
                                         {leaf("a", rule::MinMax{}), leaf("b", rule::MinMax{})}));
    const Scoreboard board =
        score(index, panel({"a", "b"}, {{1, 2}, {8, 3}, {4, 9}, {0, 0}, {10, 10}}));
    ImprovementOptions few;
    few.most_evaluations = 300;
    const auto found = cheapest_improvements(
        board, "u1", {limit("a", 10, 2, 1), limit("b", 10, 2, 1)}, rank(2), few);
    REQUIRE(found.reached);
    CHECK(!found.proved);
    CHECK(found.best.outcome.after.rank <= 2.0);
    few.progress = [](double) { return false; };
    CHECK_THROWS_AS((void)cheapest_improvements(board, "u1", {limit("a", 10, 2, 1)}, rank(1), few),
                    Cancelled);
}

TEST_CASE("limits and goals that cannot be used are all named") {
    const Scoreboard board = score(weighted(), panel({"a", "b", "c"}, {{2, 4, 6}}));
    const auto count = [&](const std::vector<ImprovementLimit>& limits,
                           const ImprovementGoal& goal) {
        return problems_of<DataError>(
                   [&] { (void)cheapest_improvements(board, "u1", limits, goal); })
            .size();
    };
    ImprovementLimit free;
    free.indicator = "a";
    CHECK(count({limit("x", 1, 0, 1), limit("b", 10, 2, -1.0), limit("b", 10, 2, 1), free,
                 limit("c", 1e9, 2, 1)},
                rank(1)) == 5);
    CHECK(count({}, rank(1)) == 1);
    CHECK(count({limit("a", 5, 0, 1)}, {}) == 1);
    CHECK(count({limit("a", 5, 0, 1)}, band("A")) == 1);
    CHECK(count({limit("a", 5, 0, 1)}, rank(0)) == 1);
}

}  // namespace cheapest_improvement_tests
