// Every rule about money on the day before, the day and the day after its
// threshold.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tasks_warning/support.hpp"

using namespace warning_tests;
using thuocdo::Label;
using thuocdo::Task;
using thuocdo::WarningRule;

namespace {

WarningRule allocation_late() {
    thuocdo::WarningParameters given = share(0.25);
    given.peers = 3;
    given.peer_share = 0.5;
    return rule(WarningKind::allocation_late, given);
}

/// A task of one document, with an allocation on a day, or none.
Task of_document(const std::string& code, int allocated_on) {
    Task made = task(code, 100);
    made.document = "Programme 1";
    if (allocated_on >= 0) made.money.push_back({on(allocated_on), 1e9, 0.0});
    return made;
}

}  // namespace

TEST_CASE("allocation_late: a budget line of 0 dong says that money is to come") {
    Task made = task("T", 100);
    CHECK_FALSE(warns(made, 90, allocation_late()));
    made.money.push_back({on(3), 0.0, 0.0});
    CHECK_FALSE(warns(made, 24, allocation_late()));
    CHECK(warns(made, 25, allocation_late()));
    CHECK(warns(made, 26, allocation_late()));
    CHECK(finding(made, 25, allocation_late()) ==
          Label{"nothing allocated after 25.0% of its time, though a budget line is open",
                "chưa phân bổ kinh phí sau 25,0% thời gian dù đã mở dòng ngân sách"});
    made.money.push_back({on(26), 5e8, 0.0});
    CHECK(warns(made, 25, allocation_late()));
    CHECK_FALSE(warns(made, 26, allocation_late()));
}

TEST_CASE("allocation_late: half of at least three other tasks of the document have money") {
    std::vector<Task> tasks{of_document("T", -1), of_document("P1", 10), of_document("P2", 50),
                            of_document("P3", -1), of_document("P4", -1)};
    const auto warned = [&](int day) { return listed(warn(tasks, day, {allocation_late()})); };
    // One of four until day 49, two of four from day 50 on.
    CHECK(warned(49).empty());
    CHECK(warned(50) == std::vector<std::string>{"r P3 ", "r P4 ", "r T "});
    CHECK(warn(tasks, 50, {allocation_late()}).warnings.back().finding.en ==
          "nothing allocated after 50.0% of its time; 2 of 4 other tasks of the same document "
          "have an allocation");
    // Two others are too few to expect anything from.
    tasks.resize(3);
    CHECK(warned(90).empty());
    // Secret tasks are no peers.
    tasks.push_back(of_document("P5", 5));
    CHECK(warned(90).size() == 1);
    tasks.back().secrecy = thuocdo::TaskSecrecy::secret;
    CHECK(warned(90).empty());
}

TEST_CASE(
    "spending_ahead_of_results: disbursed share beyond the progress by more than the margin") {
    const WarningRule ahead = rule(WarningKind::spending_ahead_of_results, margin(0.3));
    Task made = task("T", 400);
    made.money = {{on(5), 1e9, 0.0}, {on(20), 0.0, 8e8}};
    made.events = {progress(10, 0.5), progress(21, 0.49), progress(22, 0.51)};
    // Gaps: -0.5 on day 19, 0.3 on day 20, 0.31 on day 21, 0.29 on day 22.
    CHECK_FALSE(warns(made, 19, ahead));
    CHECK_FALSE(warns(made, 20, ahead));
    CHECK(warns(made, 21, ahead));
    CHECK_FALSE(warns(made, 22, ahead));
    const auto found = warn({made}, 21, {ahead}).warnings;
    REQUIRE(found.size() == 1);
    CHECK(found.front().finding ==
          Label{"80.0% of 1,000,000,000 dong disbursed with 49.0% done",
                "đã giải ngân 80,0% của 1.000.000.000 đồng khi mới thực hiện 49,0%"});
    // 8e8 - 0.49 * 1e9
    CHECK(found.front().amount == doctest::Approx(3.1e8));
}

TEST_CASE(
    "spending_ahead_of_results: without a report nothing is known, without an allocation no "
    "share") {
    const WarningRule ahead = rule(WarningKind::spending_ahead_of_results, margin(0.1));
    Task unreported = task("T", 400);
    unreported.events = {event(TaskEventKind::started, 1)};
    unreported.money = {{on(5), 1e9, 9e8}};
    CHECK_FALSE(warns(unreported, 20, ahead));
    Task unallocated = task("T", 400);
    unallocated.money = {{on(5), 0.0, 9e8}};
    CHECK_FALSE(warns(unallocated, 20, ahead));
}

TEST_CASE("spending_slow: time beyond the disbursed share by more than the margin") {
    const WarningRule slow = rule(WarningKind::spending_slow, margin(0.4));
    Task made = task("T", 100);
    made.money = {{on(2), 2e9, 0.0}, {on(10), 0.0, 2e8}, {on(51), 0.0, 4e8}};
    CHECK_FALSE(warns(made, 49, slow));
    CHECK_FALSE(warns(made, 50, slow));  // 0.5 - 0.1
    CHECK_FALSE(warns(made, 51, slow));  // 0.51 - 0.3
    CHECK_FALSE(warns(made, 70, slow));
    CHECK(warns(made, 71, slow));
    const auto found = warn({made}, 71, {slow}).warnings;
    REQUIRE(found.size() == 1);
    CHECK(found.front().amount == 1.4e9);
    CHECK(found.front().finding.vi ==
          "mới giải ngân 30,0% của 2.000.000.000 đồng sau 71,0% thời gian");
}

TEST_CASE("rules about tasks name the allocation as the money at stake, NaN without money") {
    const WarningRule late = rule(WarningKind::late_start, share(0.3));
    Task made = task("T", 100);
    CHECK(std::isnan(warn({made}, 50, {late}).warnings.at(0).amount));
    made.money = {{on(2), 3e9, 1e9}, {on(60), 1e9, 0.0}};
    CHECK(warn({made}, 50, {late}).warnings.at(0).amount == 3e9);
}
