// Quality of rules about indicators on a history that is counted by hand, and a
// made-up history.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/synthetic/indicators.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/indicator_warning_evaluation.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::Date;
using thuocdo::Direction;
using thuocdo::Index;
using thuocdo::IndicatorHistory;
using thuocdo::IndicatorWarningEvaluation;
using thuocdo::Panel;
using thuocdo::Target;
using thuocdo::Task;
using thuocdo::TaskRegister;
using thuocdo::WarningQuality;
using thuocdo::WarningRule;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Values on days 100, 200 and 300 of bodies A to I; the target is 5 on day 300.
IndicatorHistory nine_bodies(Direction better = Direction::higher_is_better) {
    const std::array<std::array<double, 9>, 3> values{{{3, 3, 3, 3, 3, 3, 3, 3, 3},
                                                       {3, 3, 4, 4, 3, none, none, 3, 3},
                                                       {4, 5, 4.5, 6, none, none, 6, 3, 3}}};
    std::vector<Panel> panels;
    for (std::size_t k = 0; k < values.size(); ++k) {
        thuocdo::PanelDefinition made;
        made.units =
            thuocdo::UnitRegistry::from_codes({"A", "B", "C", "D", "E", "F", "G", "H", "I"});
        made.indicators = {"i"};
        made.values = Eigen::Map<const Eigen::VectorXd>(values[k].data(), 9);
        made.period_end = on(100 * (static_cast<int>(k) + 1));
        panels.emplace_back(std::move(made));
    }
    return {std::move(panels), {{"i", better}}};
}

/// One open task a body that is to move the indicator. That of H is secret, that
/// of I finished before the first day; A spends money between its two values.
std::vector<Task> nine_tasks() {
    std::vector<Task> tasks;
    for (const char* body : {"A", "B", "C", "D", "E", "F", "G", "H", "I"}) {
        tasks.push_back(task(std::string("T") + body, 900));
        tasks.back().lead = body;
        tasks.back().indicators = {"i", "no target"};
    }
    tasks[0].money = {{on(10), 1e9, 0}, {on(150), 0, 2e6}};
    tasks[7].secrecy = thuocdo::TaskSecrecy::secret;
    finish(tasks[8], 50);
    return tasks;
}

std::vector<WarningRule> four_rules() {
    thuocdo::WarningParameters flat;
    flat.periods = 1;
    thuocdo::WarningParameters spent;
    spent.periods = 1;
    spent.amount = 1e6;
    const auto warning = thuocdo::WarningSeverity::warning;
    return {rule(WarningKind::no_improvement, flat, "flat", warning, 80),
            rule(WarningKind::late_start, share(0.3), "late"),
            rule(WarningKind::stale_data, days(95), "stale", warning, 91),
            rule(WarningKind::results_flat_while_money_spent, spent, "spent")};
}

std::vector<Date> three_days() { return {on(110), on(210), on(290)}; }

const std::map<std::string, Target>& five_on_300() {
    static const std::map<std::string, Target> targets{{"i", {on(300), 5.0}}};
    return targets;
}

using Counts = std::array<std::int64_t, 6>;
Counts counts(const WarningQuality& each) {
    return {each.hits,  each.false_alarms,   each.misses,
            each.quiet, each.warned_unknown, each.quiet_unknown};
}

}  // namespace

TEST_CASE("rules about indicators are held against targets, counted by hand") {
    const IndicatorWarningEvaluation found =
        evaluate_indicator_warnings(TaskRegister(nine_tasks()), nine_bodies(), five_on_300(),
                                    three_days(), on(400), four_rules());
    CHECK(found.watched == 7);
    CHECK(found.not_evaluated == std::vector<std::string>{"late"});
    REQUIRE(found.rules.size() == 3);
    // On day 210 A, B and E have not moved since day 100. A misses 5, B attains it, E has no value;
    // C moves and misses, D and G attain, F has no value.
    CHECK(counts(found.rules[0]) == Counts{1, 1, 1, 2, 1, 1});
    CHECK(found.rules[0].lead_times == std::map<std::int32_t, std::int64_t>{{90, 1}});
    CHECK(found.rules[0].hits_in_good_time == 1);
    // On day 210 the values of F and G are 110 days old. F has none on day 300 and G has; E has
    // none and its last is 90 days old on day 290.
    CHECK(counts(found.rules[1]) == Counts{1, 1, 1, 4, 0, 0});
    CHECK(found.rules[1].hits_in_good_time == 0);
    // Only A has spent more than a million since.
    CHECK(counts(found.rules[2]) == Counts{1, 0, 1, 3, 0, 2});
    std::ostringstream printed;
    printed << found;
    CHECK(printed.str().find("flat: 40.0% của / of 5 cặp") != std::string::npos);
    CHECK(printed.str().find("nan") == std::string::npos);
}

TEST_CASE("where lower is better the same values give the opposite outcomes") {
    // On day 210 nobody has fallen: A, B, C, D and E are warned. A, C attain at most 5, as does B.
    const IndicatorWarningEvaluation found = evaluate_indicator_warnings(
        TaskRegister(nine_tasks()), nine_bodies(Direction::lower_is_better), five_on_300(),
        three_days(), on(400), {four_rules().data(), 1});
    CHECK(counts(found.rules[0]) == Counts{1, 3, 1, 0, 1, 1});
}

TEST_CASE("days after the target are not watched, and what is known later is not known then") {
    const IndicatorHistory history = nine_bodies();
    const auto at = [&](std::vector<Date> grid) {
        return evaluate_indicator_warnings(TaskRegister(nine_tasks()), history, five_on_300(), grid,
                                           on(400), four_rules());
    };
    CHECK(at({on(301), on(350)}).watched == 0);
    // The values of day 200 are not known on day 199.
    CHECK(counts(at({on(199)}).rules[0]) == Counts{0, 0, 2, 3, 0, 2});
    CHECK(at({}).rules[0].judged() == 0);
    auto reversed = nine_tasks();
    std::reverse(reversed.begin(), reversed.end());
    CHECK(evaluate_indicator_warnings(TaskRegister(reversed), history, five_on_300(), three_days(),
                                      on(400), four_rules()) == at(three_days()));
}

TEST_CASE("a history that cannot be judged is refused with every problem") {
    std::vector<thuocdo::Problem> problems;
    try {
        (void)evaluate_indicator_warnings(TaskRegister(nine_tasks()), nine_bodies(),
                                          {{"i", {on(300), 5.0}}, {"unknown", {on(100), 1.0}}},
                                          std::vector<Date>{on(210), on(210)}, on(200),
                                          four_rules());
    } catch (const thuocdo::TaskError& error) {
        problems = error.problems();
    }
    CHECK(codes(problems) ==
          std::vector<std::string>{"days_out_of_order at /grid/1", "dates_reversed at end",
                                   "dates_reversed at target of \"i\"",
                                   "direction_missing at target of \"unknown\""});
}

TEST_CASE("made-up indicators: functions of seed, body, indicator and quarter, and plausible") {
    thuocdo::io::UnitOptions columns;
    columns.attribute_columns = {"wards", "communes", "special_zones"};
    const auto nation = thuocdo::synthetic::nation(thuocdo::io::load_units(
        std::string(THUOCDO_DATA_DIR) + "/units/vn-provinces.csv", columns));
    const auto made = thuocdo::synthetic::indicators(nation);
    CHECK(thuocdo::to_iso(made.last_day) == "2026-12-31");
    const std::int32_t end = thuocdo::day_number(made.last_day) + 100;
    const auto values = [&](const thuocdo::synthetic::MadeUpIndicators& from) {
        return from.history.observations("01", "digital_economy", end);
    };
    CHECK(values(made) == values(thuocdo::synthetic::indicators(nation)));
    thuocdo::synthetic::IndicatorOptions other;
    other.seed = 58;
    CHECK(values(made) != values(thuocdo::synthetic::indicators(nation, other)));
    auto alone = nation;
    alone.central = thuocdo::UnitRegistry(std::vector<thuocdo::Unit>{});
    CHECK(values(made) == values(thuocdo::synthetic::indicators(alone)));

    int attained = 0;
    int judged = 0;
    const auto& provinces = nation.provinces;
    for (Index k = 0; k < provinces.size(); ++k)
        for (const auto& [indicator, target] : made.targets)
            for (const auto& each : made.history.observations(provinces.code(k), indicator, end)) {
                CHECK((each.value > 25.0 && each.value < 90.0));
                // No value is known on the last day of its quarter.
                CHECK(each.dated >= each.period_end + 15);
                CHECK(each.dated <= each.period_end + 45);
                if (each.period_end != thuocdo::day_number(made.last_day)) continue;
                ++judged;
                attained += each.value >= target.value ? 1 : 0;
            }
    CHECK(judged > 150);
    CHECK(attained > judged / 4);
    CHECK(attained < judged * 3 / 4);
    other.quarters = 1;
    CHECK_THROWS_AS((void)thuocdo::synthetic::indicators(nation, other), thuocdo::DataError);
}
