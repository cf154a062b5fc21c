// Tasks that nothing measures, and work completed without results.
#include <thuocdo/tasks/orphan_tasks.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::IndicatorMovement;
using thuocdo::IndicatorMovements;
using thuocdo::OrphanTasks;
using thuocdo::Task;
using thuocdo::TaskRegister;

namespace {

/// Completed on a day, with a product and indicators.
Task measured(const std::string& code, std::vector<std::string> indicators, int finished = 50) {
    Task made = task(code, 100);
    made.indicators = std::move(indicators);
    thuocdo::TaskProduct product;
    product.name = "report";
    product.accepted = on(finished);
    made.products = {product};
    made.events = {event(TaskEventKind::completed, finished)};
    return made;
}

std::vector<Task> several() {
    std::vector<Task> tasks{measured("T3", {"i"}), measured("T2", {}), measured("T1", {"i", "x"}),
                            task("T4", 100),       measured("T5", {}), task("T6", 100),
                            task("T7", 100)};
    tasks[4].secrecy = thuocdo::TaskSecrecy::secret;
    tasks[5].events = {event(TaskEventKind::cancelled, 10)};
    tasks[6].assigned = on(70);
    return tasks;
}

}  // namespace

TEST_CASE("orphans: no indicator, no product, or an indicator that the model does not have") {
    const TaskRegister tasks(several());
    const std::set<std::string> known{"i", "j"};
    const OrphanTasks found = thuocdo::orphan_tasks(tasks, on(60), &known);
    REQUIRE(found.tasks.size() == 3);
    CHECK(found.tasks[0].address.task == "T1");
    CHECK(found.tasks[0].unknown_indicators == std::vector<std::string>{"x"});
    CHECK_FALSE(found.tasks[0].without_indicator);
    CHECK(found.tasks[1].address.task == "T2");
    CHECK(found.tasks[1].without_indicator);
    CHECK_FALSE(found.tasks[1].without_product);
    CHECK(found.tasks[2].address.task == "T4");
    CHECK(found.tasks[2].without_indicator);
    CHECK(found.tasks[2].without_product);
    // T6 is cancelled, T7 not yet assigned, T5 secret.
    CHECK(found.considered == 4);
    CHECK(found.without_indicator == 2);
    CHECK(found.without_product == 1);
    CHECK(found.with_unknown_indicator == 1);
    CHECK(found.secret_count == 1);
    CHECK(found.orphan_rate() == thuocdo::TaskRate{3, 4});
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("T5") == std::string::npos);
    CHECK(text.str().find("chỉ tiêu \"x\" không có trong bộ chỉ số") != std::string::npos);
}

TEST_CASE("without the codes of a model no link is looked up; a later day has more tasks") {
    const TaskRegister tasks(several());
    CHECK(thuocdo::orphan_tasks(tasks, on(60)).tasks.size() == 2);
    CHECK(thuocdo::orphan_tasks(tasks, on(69)).tasks.size() == 2);
    CHECK(thuocdo::orphan_tasks(tasks, on(70)).tasks.size() == 3);
}

TEST_CASE("the list of completed tasks without movement says by which test, for the lead body") {
    std::vector<Task> tasks{measured("T5", {"i"}),      measured("T1", {"i", "j"}),
                            measured("T2", {"j", "k"}), measured("T3", {"k"}),
                            measured("T4", {}),         measured("T6", {"i"}, 61),
                            measured("T7", {"j"}),      measured("T8", {"i"})};
    tasks[6].lead = "B";
    tasks[7].secrecy = thuocdo::TaskSecrecy::secret;
    IndicatorMovements moved;
    moved.test = {"better than a year before", "tốt hơn năm trước"};
    moved.moved = {{{"A", "i"}, IndicatorMovement::unchanged},
                   {{"A", "j"}, IndicatorMovement::improved},
                   {{"B", "j"}, IndicatorMovement::worsened}};
    const auto gap = thuocdo::completed_without_movement(TaskRegister(tasks), on(60), moved);
    // T5 unchanged; T7 worsened at B. T1 and T2: j improved. T3: k unknown. T4: no
    // link. T6 is completed on day 61 only.
    CHECK(gap.completed == 6);
    CHECK(gap.not_moved == 2);
    CHECK(gap.moved == 2);
    CHECK(gap.unknown == 1);
    CHECK(gap.without_indicator == 1);
    CHECK(gap.secret_count == 1);
    CHECK(gap.without_movement_rate() == thuocdo::TaskRate{2, 4});
    REQUIRE(gap.tasks.size() == 2);
    CHECK(gap.tasks[0].address.task == "T5");
    CHECK(gap.tasks[0].finished == thuocdo::day_number(on(50)));
    CHECK(gap.tasks[1].address.lead == "B");
    REQUIRE(gap.tasks[1].indicators.size() == 1);
    CHECK(gap.tasks[1].indicators[0].second == IndicatorMovement::worsened);
    CHECK(gap.test == moved.test);
    CHECK(thuocdo::completed_without_movement(TaskRegister(tasks), on(61), moved).not_moved == 3);
    std::ostringstream text;
    text << gap;
    CHECK(text.str().find("2/6 nhiệm vụ hoàn thành") != std::string::npos);
    CHECK(text.str().find("tốt hơn năm trước") != std::string::npos);
    CHECK(text.str().find("T8") == std::string::npos);
}

TEST_CASE("the order of tasks does not matter, and an empty register has NaN rates") {
    std::vector<Task> tasks = several();
    std::ostringstream forward;
    forward << thuocdo::orphan_tasks(TaskRegister(tasks), on(80));
    std::reverse(tasks.begin(), tasks.end());
    std::ostringstream backward;
    backward << thuocdo::orphan_tasks(TaskRegister(tasks), on(80));
    CHECK(forward.str() == backward.str());
    CHECK(std::isnan(thuocdo::orphan_tasks(TaskRegister{}, on(80)).orphan_rate().value()));
    const auto gap = thuocdo::completed_without_movement(TaskRegister{}, on(80), {});
    CHECK(std::isnan(gap.without_movement_rate().value()));
}
