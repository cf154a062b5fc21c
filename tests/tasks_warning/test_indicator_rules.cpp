// Rules that look at values of indicators over periods.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::Direction;
using thuocdo::IndicatorHistory;
using thuocdo::Panel;
using thuocdo::Task;
using thuocdo::WarningRule;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

/// Bodies A and B, one indicator `i`, values of a period that ends on a day;
/// the value of A may be published later.
Panel panel(int end, double a, double b, std::optional<int> published = std::nullopt) {
    thuocdo::PanelDefinition made;
    made.units = thuocdo::UnitRegistry::from_codes({"A", "B"});
    made.indicators = {"i"};
    made.values.resize(2, 1);
    made.values << a, b;
    made.period_end = on(end);
    if (published) {
        made.provenances = {{"report", on(*published)}};
        made.provenance_ids[0] = {0, -1};
    }
    return Panel(made);
}

IndicatorHistory rising_is_better(std::vector<Panel> panels) {
    return {std::move(panels), {{"i", Direction::higher_is_better}}};
}

WarningRule spent(double periods, double amount) {
    thuocdo::WarningParameters given;
    given.periods = periods;
    given.amount = amount;
    return rule(WarningKind::results_flat_while_money_spent, given, "spent");
}

WarningRule flat(double periods) {
    thuocdo::WarningParameters given;
    given.periods = periods;
    return rule(WarningKind::no_improvement, given, "flat");
}

Task linked(const std::string& code, int deadline = 900) {
    Task made = task(code, deadline);
    made.indicators = {"i"};
    return made;
}

}  // namespace

TEST_CASE(
    "results_flat_while_money_spent: what is disbursed since the value that was not bettered") {
    const IndicatorHistory history =
        rising_is_better({panel(200, 3.0, 1), panel(100, 3.0, 1), panel(300, 2.9, 1)});
    Task made = linked("T");
    // 5e8 before the first value is not in the count.
    made.money = {{on(90), 5e9, 5e8}, {on(150), 0, 6e8}, {on(210), 0, 4e8}, {on(211), 0, 1.0}};
    const std::vector<WarningRule> rules{spent(2, 1e9)};
    CHECK(listed(warn({made}, 299, rules, &history)).empty());
    CHECK(listed(warn({made}, 300, rules, &history)) == std::vector<std::string>{"spent T i"});
    const auto found = warn({made}, 300, rules, &history).warnings;
    REQUIRE(found.size() == 1);
    CHECK(found.front().amount == 1e9 + 1.0);
    CHECK(found.front().finding.en ==
          "1,000,000,001 dong disbursed since 2026-04-11 while \"i\" moved from 3 (2026-04-11) to "
          "2.9 (2026-10-28)");
    // Exactly the amount is not more than it.
    made.money.pop_back();
    CHECK(listed(warn({made}, 300, rules, &history)).empty());
}

TEST_CASE("an indicator that got better warns of nothing, in either direction") {
    const std::vector<Panel> panels{panel(100, 3.0, 3.0), panel(200, 3.1, 2.9)};
    std::vector<Task> tasks{linked("T"), linked("U")};
    tasks[1].lead = "B";
    const auto warned = [&](Direction better) {
        const IndicatorHistory history(panels, {{"i", better}});
        std::vector<std::string> bodies;
        for (const auto& each : warn(tasks, 200, {flat(1)}, &history).warnings)
            bodies.push_back(each.address.lead);
        return bodies;
    };
    CHECK(warned(Direction::higher_is_better) == std::vector<std::string>{"B"});
    CHECK(warned(Direction::lower_is_better) == std::vector<std::string>{"A"});
}

TEST_CASE(
    "no_improvement: one warning a body and indicator, from the period end on, with its open "
    "tasks") {
    const IndicatorHistory history =
        rising_is_better({panel(100, 3.0, 1), panel(200, gap, 1), panel(300, 3.0, 1)});
    Task paid = linked("T2", 350);
    paid.money = {{on(10), 1e9, 2e8}};
    Task done = linked("T3");
    finish(done, 50);
    const std::vector<Task> tasks{linked("T1", 400), paid, done};
    CHECK(warn(tasks, 299, {flat(1)}, &history).warnings.empty());
    const auto found = warn(tasks, 300, {flat(1)}, &history).warnings;
    REQUIRE(found.size() == 1);
    CHECK(found.front().address.task.empty());
    CHECK(found.front().address.lead == "A");
    CHECK(found.front().indicator == "i");
    CHECK(found.front().days_left == 50);
    CHECK(found.front().amount == 2e8);
    CHECK(found.front().finding.vi ==
          "\"i\" thay đổi từ 3 (11/04/2026) đến 3 (28/10/2026); 2 nhiệm vụ đang thực hiện gắn với "
          "chỉ tiêu");
    // A missing period is no observation: only two are known.
    CHECK(warn(tasks, 300, {flat(2)}, &history).warnings.empty());
}

TEST_CASE("a value published later is not known before, whatever its period") {
    const IndicatorHistory history =
        rising_is_better({panel(100, 3.0, 1), panel(200, 3.0, 1, 230)});
    CHECK(warn({linked("T")}, 229, {flat(1)}, &history).warnings.empty());
    CHECK(warn({linked("T")}, 230, {flat(1)}, &history).warnings.size() == 1);
}

TEST_CASE(
    "stale_data: more than 200 days after the date of the last value, or of the first expected") {
    const WarningRule stale = rule(WarningKind::stale_data, days(200), "stale");
    const IndicatorHistory dated = rising_is_better({panel(100, 3.0, 1, 130), panel(300, gap, 1)});
    CHECK(warn({linked("T")}, 330, {stale}, &dated).warnings.empty());
    REQUIRE(warn({linked("T")}, 331, {stale}, &dated).warnings.size() == 1);
    CHECK(warn({linked("T")}, 331, {stale}, &dated).warnings.front().finding.en ==
          "last value of \"i\" is 201 days old, of 2026-05-11");
    const IndicatorHistory silent = rising_is_better({panel(100, gap, 1)});
    CHECK(warn({linked("T")}, 300, {stale}, &silent).warnings.empty());
    REQUIRE(warn({linked("T")}, 301, {stale}, &silent).warnings.size() == 1);
    CHECK(warn({linked("T")}, 301, {stale}, &silent).warnings.front().finding.vi ==
          "\"i\" chưa có số liệu, 201 ngày sau 11/04/2026");
    // A body that no panel lists is not expected to report.
    Task foreign = linked("T");
    foreign.lead = "Z";
    CHECK(warn({foreign}, 900, {stale}, &silent).warnings.empty());
}

TEST_CASE("what cannot be judged is said: no history, no direction") {
    const std::vector<WarningRule> rules{flat(1),
                                         rule(WarningKind::late_start, share(0.1), "late")};
    CHECK(warn({linked("T")}, 300, rules).not_evaluated == std::vector<std::string>{"flat"});
    const IndicatorHistory undirected({panel(100, 3, 1), panel(200, 2, 1)}, {});
    const auto found = warn({linked("T")}, 300, rules, &undirected);
    CHECK(found.not_evaluated.empty());
    CHECK(found.without_direction == std::vector<std::string>{"i"});
    CHECK(listed(found) == std::vector<std::string>{"late T "});
}

TEST_CASE("secret tasks are counted by rules about indicators and link nothing") {
    const IndicatorHistory history = rising_is_better({panel(100, 3.0, 1), panel(200, 3.0, 1)});
    Task secret = linked("S");
    secret.secrecy = thuocdo::TaskSecrecy::secret;
    secret.money = {{on(110), 5e9, 2e9}};
    const auto found = warn({secret}, 300, {flat(1), spent(1, 1e9)}, &history);
    CHECK(found.warnings.empty());
    CHECK(found.secret_count == 1);
}

TEST_CASE("a history names panels without a last day and days given twice") {
    thuocdo::PanelDefinition undated;
    undated.units = thuocdo::UnitRegistry::from_codes({"A"});
    undated.indicators = {"i"};
    undated.values.resize(1, 1);
    undated.values << 1.0;
    std::vector<std::string> found;
    try {
        const IndicatorHistory history({Panel(undated), panel(5, 1, 1), panel(5, 2, 2)}, {});
    } catch (const thuocdo::DataError& error) {
        found = codes(error.problems());
    }
    CHECK(found ==
          std::vector<std::string>{"period_end_missing at panel 1", "period_twice at panels"});
}
