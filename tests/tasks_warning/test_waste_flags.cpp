// Signs of waste on the day before, the day and the day after they appear.
#include <thuocdo/tasks/waste_flags.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::Task;
using thuocdo::TaskProduct;
using thuocdo::TaskRegister;
using thuocdo::WasteClass;
using thuocdo::WasteFlag;
using thuocdo::WasteFlags;
using thuocdo::WasteKind;
using thuocdo::WasteOptions;

namespace {

WasteFlags flags_on(const std::vector<Task>& tasks, int day, const WasteOptions& options = {}) {
    return thuocdo::waste_flags(TaskRegister(tasks), on(day), options);
}

/// `kind task` of each flag.
std::vector<std::string> listed(const WasteFlags& found) {
    std::vector<std::string> out;
    for (const WasteFlag& each : found.flags)
        out.push_back(std::string(thuocdo::waste_kind_name(each.kind)) + ' ' + each.address.task);
    return out;
}

using Texts = std::vector<std::string>;

TaskProduct product(const std::string& name, int accepted = -1) {
    TaskProduct made;
    made.name = name;
    if (accepted >= 0) made.accepted = on(accepted);
    return made;
}

}  // namespace

TEST_CASE("idle money and money without a product: from the day after the deadline") {
    Task made = task("T", 100);
    made.money = {{on(1), 1000, 300}};
    CHECK(listed(flags_on({made}, 100)).empty());
    const WasteFlags found = flags_on({made}, 101);
    CHECK(listed(found) == Texts{"idle_allocation T", "spent_without_product T", "days_lost T"});
    CHECK(found.flags[0].amount == 700.0);
    CHECK(found.flags[1].amount == 300.0);
    CHECK(std::isnan(found.flags[2].amount));
    CHECK(found.flags[2].days == 1);
    CHECK(found.of(WasteClass::money).amount == 1000.0);
    CHECK(found.of(WasteClass::money).flags == 2);
    CHECK(found.of(WasteClass::money).tasks == 1);
    CHECK(found.of(WasteClass::opportunity).days == 1);
    CHECK(std::isnan(found.of(WasteClass::opportunity).amount));
    CHECK(found.flags[0].reason.vi ==
          "700 đồng trong 1.000 đồng chưa giải ngân sau thời hạn 11/04/2026");
    // An extension in force puts the deadline off.
    made.extensions = {{on(90), on(150), "Decision 1"}};
    CHECK(listed(flags_on({made}, 101)).empty());
}

TEST_CASE("an accepted product, or completion where no product is listed, is a delivery") {
    Task with_product = task("T", 100);
    with_product.money = {{on(1), 300, 300}};
    with_product.products = {product("report", 105), product("data")};
    with_product.indicators = {"i"};
    CHECK(listed(flags_on({with_product}, 104)) == Texts{"spent_without_product T", "days_lost T"});
    CHECK(listed(flags_on({with_product}, 105)) == Texts{"days_lost T"});
    Task without = task("T", 100);
    without.money = {{on(1), 300, 300}};
    finish(without, 99);
    CHECK(listed(flags_on({without}, 150)).empty());
}

TEST_CASE("a cancelled task: the money spent and the work begun") {
    Task made = task("T", 100);
    made.money = {{on(1), 1000, 300}};
    made.coefficient = 2.5;
    made.events = {event(TaskEventKind::started, 10), event(TaskEventKind::cancelled, 50)};
    CHECK(listed(flags_on({made}, 49)).empty());
    const WasteFlags found = flags_on({made}, 50);
    CHECK(listed(found) == Texts{"spent_on_cancelled T", "work_cancelled T"});
    CHECK(found.flags[0].amount == 300.0);
    CHECK(found.flags[1].work == 2.5);
    CHECK(found.of(WasteClass::people).work == 2.5);
    // Nothing was begun, nothing was spent.
    made.money = {{on(1), 1000, 0}};
    made.events = {event(TaskEventKind::cancelled, 50)};
    CHECK(listed(flags_on({made}, 50)).empty());
}

TEST_CASE("work sent back counts once, with the coefficients of its products") {
    Task made = task("T", 100);
    made.coefficient = 1.5;
    made.products = {product("a"), product("b")};
    made.products[1].coefficient = 3.0;
    made.events = {event(TaskEventKind::submitted, 20), event(TaskEventKind::returned, 30),
                   event(TaskEventKind::submitted, 40), event(TaskEventKind::returned, 50)};
    CHECK(listed(flags_on({made}, 29)).empty());
    const WasteFlags found = flags_on({made}, 50);
    CHECK(listed(found) == Texts{"work_returned T"});
    CHECK(found.flags[0].work == 4.5);
}

TEST_CASE("an accepted product without an indicator is an orphan") {
    Task made = task("T", 100);
    made.products = {product("report", 60)};
    CHECK(listed(flags_on({made}, 59)).empty());
    CHECK(listed(flags_on({made}, 60)) == Texts{"product_without_result T"});
    CHECK(std::isnan(flags_on({made}, 60).flags[0].amount));
    CHECK(std::isnan(flags_on({made}, 60).of(WasteClass::resources).amount));
    made.indicators = {"i"};
    CHECK(listed(flags_on({made}, 60)).empty());
}

TEST_CASE("a product of the same name at another body repeats the earlier task") {
    std::vector<Task> tasks{task("T3", 100), task("T1", 100), task("T2", 100), task("T4", 100)};
    for (Task& each : tasks) each.products = {product("data platform")};
    tasks[0].lead = "B";
    tasks[0].money = {{on(1), 1000, 250}};
    tasks[2].lead = "C";
    tasks[3].lead = "C";
    tasks[3].assigned = on(30);
    // T1 of A is the first by code on day 0; T4 joins on day 30.
    CHECK(listed(flags_on(tasks, 29)) == Texts{"duplicated_product T3", "duplicated_product T2"});
    const WasteFlags found = flags_on(tasks, 30);
    CHECK(listed(found) ==
          Texts{"duplicated_product T3", "duplicated_product T2", "duplicated_product T4"});
    CHECK(found.flags[0].reason.en ==
          "product \"data platform\" is also that of task \"T1\" of \"A\"");
    CHECK(found.flags[0].amount == 250.0);
    CHECK(found.of(WasteClass::resources).tasks == 3);
    // A name that more bodies use than allowed is that of a kind of product.
    WasteOptions common;
    common.most_leads_of_a_product = 2;
    CHECK(listed(flags_on(tasks, 30, common)).empty());
    // A cancelled task repeats nothing and is not repeated.
    tasks[1].events = {event(TaskEventKind::cancelled, 5)};
    CHECK(listed(flags_on(tasks, 29)) == Texts{"duplicated_product T3"});
}

TEST_CASE("money that two flags of a class name is counted once") {
    std::vector<Task> tasks{task("T1", 100), task("T2", 100)};
    for (Task& each : tasks) {
        each.products = {product("platform", 50)};
        each.money = {{on(1), 400, 400}};
    }
    tasks[1].lead = "B";
    const WasteFlags found = flags_on(tasks, 60);
    CHECK(listed(found) ==
          Texts{"product_without_result T1", "product_without_result T2", "duplicated_product T2"});
    CHECK(found.of(WasteClass::resources).amount == 800.0);
    CHECK(found.of(WasteClass::resources).flags == 3);
    CHECK(found.of(WasteClass::resources).tasks == 2);
}

TEST_CASE("overloaded heads: more than twice the median of the persons in office") {
    std::vector<Task> tasks;
    std::vector<thuocdo::OfficeTerm> offices;
    const auto give = [&](const std::string& body, double work) {
        tasks.push_back(task("T" + std::to_string(tasks.size()), 300));
        tasks.back().lead = body;
        tasks.back().coefficient = work;
    };
    for (const char* body : {"A", "B", "C", "D", "E"}) {
        offices.push_back({body, body, {"Head", "Thủ trưởng"}, std::string("Ông ") + body, {}, {}});
        give(body, 3.0);
    }
    give("E", 3.0);
    const auto overloaded = [&](int day) {
        return thuocdo::waste_flags(TaskRegister(tasks, offices), on(day));
    };
    // 6 is not more than twice 3.
    CHECK(listed(overloaded(10)).empty());
    give("E", 0.1);
    const WasteFlags found = overloaded(10);
    CHECK(listed(found) == Texts{"overloaded_head "});
    CHECK(found.flags[0].address.person == "Ông E");
    CHECK(found.flags[0].address.lead == "E");
    CHECK(found.flags[0].work == doctest::Approx(3.1));
    CHECK(found.flags[0].reason.en == "6.1 units of open work in 3 tasks, 2.0 times the median 3");
    CHECK(found.of(WasteClass::people).tasks == 0);
    // Secret work is not compared, nor is that of a vacant post.
    tasks.back().secrecy = thuocdo::TaskSecrecy::secret;
    CHECK(listed(overloaded(10)).empty());
    tasks.back().secrecy = thuocdo::TaskSecrecy::open;
    offices.back().to = on(9);
    CHECK(listed(overloaded(10)).empty());
    // Four persons in office are fewer than five.
    offices.erase(offices.begin());
    offices.back().to.reset();
    CHECK(listed(overloaded(10)).empty());
}

TEST_CASE("days lost: overdue until the day, completed late until the day of completion") {
    Task overdue = task("T1", 100);
    Task late = task("T2", 100);
    finish(late, 103);
    const WasteFlags found = flags_on({overdue, late}, 110);
    CHECK(listed(found) == Texts{"days_lost T1", "days_lost T2"});
    CHECK(found.flags[0].days == 10);
    CHECK(found.flags[1].days == 3);
    CHECK(found.of(WasteClass::opportunity).days == 13);
    CHECK(found.flags[1].reason ==
          thuocdo::Label{"completed late: 3 days", "hoàn thành quá hạn: 3 ngày"});
}

TEST_CASE("secret tasks are counted and in no flag and no total") {
    Task secret = task("HIDDEN", 100);
    secret.money = {{on(1), 1000, 300}};
    secret.secrecy = thuocdo::TaskSecrecy::secret;
    const WasteFlags found = flags_on({secret}, 150);
    CHECK(found.flags.empty());
    CHECK(found.secret_count == 1);
    CHECK(std::isnan(found.of(WasteClass::money).amount));
}

TEST_CASE("what is dated after the day changes nothing, nor does the order of tasks") {
    std::vector<Task> tasks;
    for (int k = 0; k < 40; ++k) {
        tasks.push_back(task("T" + std::to_string(k), 50 + k));
        tasks.back().lead = "B" + std::to_string(k % 4);
        tasks.back().products = {product("P" + std::to_string(k % 9), k % 3 == 0 ? 60 + k : -1)};
        tasks.back().money = {{on(k), 1e9 + k, 1e8 * (k % 11)}, {on(70), 0, 5e7}};
        if (k % 7 == 0)
            tasks.back().events = {event(TaskEventKind::started, 5),
                                   event(TaskEventKind::cancelled, 60 + k)};
    }
    const auto text = [](const WasteFlags& found) {
        std::ostringstream out;
        out.precision(17);
        out << found;
        for (const WasteFlag& each : found.flags)
            out << each.reason.vi << each.address.task << each.amount << each.work << each.days;
        return out.str();
    };
    const std::string forward = text(flags_on(tasks, 75));
    CHECK(flags_on(tasks, 75).flags.size() > 30);
    std::reverse(tasks.begin(), tasks.end());
    CHECK(text(flags_on(tasks, 75)) == forward);
    for (Task& each : tasks) {
        std::erase_if(each.events, [](const auto& entry) { return entry.date > on(75); });
        for (TaskProduct& made : each.products)
            if (made.accepted > on(75)) made.accepted.reset();
    }
    CHECK(text(flags_on(tasks, 75)) == forward);
}

TEST_CASE("an empty register wastes nothing, and its table has no NaN in print") {
    const WasteFlags found = flags_on({}, 10);
    CHECK(found.flags.empty());
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("nan") == std::string::npos);
    CHECK(text.str().find("tiền vốn / money") != std::string::npos);
}

TEST_CASE("options out of range are refused together") {
    WasteOptions bad;
    bad.overload_ratio = 0.5;
    bad.fewest_heads = 0;
    bad.most_leads_of_a_product = 0;
    std::size_t problems = 0;
    try {
        static_cast<void>(flags_on({}, 10, bad));
    } catch (const thuocdo::TaskError& error) {
        problems = error.problems().size();
    }
    CHECK(problems == 3);
}
