#include <thuocdo/live/observation_log.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "live/random_index.hpp"

namespace observation_log_tests {

using namespace thuocdo;
using namespace thuocdo::live;

Date day(int month, int of_month) {
    return Date(2026, static_cast<unsigned short>(month), static_cast<unsigned short>(of_month));
}

/// Known at the start of a day in Viet Nam.
Event event(std::string id, Fact fact, Date valid, std::optional<Date> known = {}) {
    Event out;
    out.id = std::move(id);
    out.valid = valid;
    out.known = start_of_day(known.value_or(valid));
    out.fact = std::move(fact);
    return out;
}

Event unit_event(const std::string& code) {
    Unit unit;
    unit.code = code;
    return event("unit " + code, UnitFact{unit}, day(1, 1));
}

Observation observed(const std::string& unit, double value) {
    return {unit, "x", "2026", value, {}, {}, CellState::observed};
}

AsOf at(Date valid, Instant known = Instant::latest()) { return {"2026", valid, known, {}}; }

std::vector<std::string> codes_of(const DataError& error) {
    std::vector<std::string> codes;
    for (const Problem& each : error.problems()) codes.push_back(each.code);
    return codes;
}

std::vector<std::string> refused(ObservationLog& log, const std::vector<Event>& events) {
    const std::string before = log.digest();
    try {
        log.append(events);
    } catch (const DataError& error) {
        CHECK(log.digest() == before);
        return codes_of(error);
    }
    return {};
}

TEST_CASE("a past moment is rebuilt as it was known then, not as it is known now") {
    ObservationLog log;
    log.append(unit_event("01"));
    log.append(event("a", observed("01", 1.0), day(3, 1), day(3, 5)));
    // The correction of April is true for March and was not known in March.
    Event correction = event("b", observed("01", 2.0), day(3, 1), day(4, 10));
    log.append(correction);
    const auto value = [&](Date valid, Date known) {
        return log.cell("01", "x", at(valid, end_of_day(known))).value;
    };
    CHECK(std::isnan(value(day(3, 31), day(3, 4))));
    CHECK(value(day(3, 31), day(3, 5)) == 1.0);
    CHECK(value(day(3, 31), day(4, 9)) == 1.0);
    CHECK(value(day(3, 31), day(4, 10)) == 2.0);
    CHECK(std::isnan(value(day(2, 28), day(12, 31))));
    const Panel then = log.as_of(at(day(3, 31), end_of_day(day(4, 1))));
    CHECK(then.value(0, 0) == 1.0);
    CHECK(then.provenance(0, 0)->date == day(3, 1));
}

TEST_CASE("a withdrawal and a replacement count from the moment they are known") {
    ObservationLog log;
    log.append(unit_event("01"));
    log.append(event("a", observed("01", 1.0), day(3, 1)));
    log.append(event("b", observed("01", 2.0), day(3, 10)));
    Event back = event("c", Withdrawal{}, day(3, 20));
    back.replaces = "b";
    log.append(back);
    CHECK(log.cell("01", "x", at(day(3, 31), end_of_day(day(3, 19)))).value == 2.0);
    CHECK(log.cell("01", "x", at(day(3, 31))).value == 1.0);
    // What is replaced stays so when the replacement is taken back: nothing comes back by
    // itself.
    Event again = event("d", observed("01", 3.0), day(3, 2), day(3, 21));
    again.replaces = "a";
    Event back_again = event("e", Withdrawal{}, day(3, 22));
    back_again.replaces = "d";
    log.append(std::vector<Event>{again, back_again});
    CHECK(std::isnan(log.cell("01", "x", at(day(3, 31))).value));
}

TEST_CASE("the order of arrival has no effect, and an event counts once") {
    LogRules rules;
    rules.arrival = Arrival::any_order;
    std::vector<Event> events{unit_event("01"), unit_event("02")};
    events.push_back(event("a", observed("01", 1.0), day(3, 1)));
    events.push_back(event("b", observed("01", 2.0), day(3, 1)));
    events.push_back(event("c", observed("02", 5.0), day(2, 1), day(5, 1)));
    events.push_back(event("d", Withdrawal{}, day(4, 1)));
    events.back().replaces = "b";
    ObservationLog reference(rules);
    CHECK(reference.append(events) == events.size());
    const Panel expected = reference.as_of(at(day(6, 1)));
    std::sort(events.begin(), events.end(),
              [](const Event& a, const Event& b) { return a.id < b.id; });
    do {
        ObservationLog log(rules);
        for (const Event& each : events) {
            CHECK(log.append(each) == 1);
            CHECK(log.append(each) == 0);
        }
        REQUIRE(log.digest() == reference.digest());
        const Panel found = log.as_of(at(day(6, 1)));
        REQUIRE(found.value(0, 0) == expected.value(0, 0));
        REQUIRE(found.value(1, 0) == expected.value(1, 0));
    } while (std::next_permutation(events.begin(), events.end(),
                                   [](const Event& a, const Event& b) { return a.id < b.id; }));
    CHECK(expected.value(0, 0) == 1.0);
}

TEST_CASE("of entries for one day the one known last holds, then the one of the last id") {
    ObservationLog log;
    log.append(unit_event("01"));
    log.append(event("z", observed("01", 1.0), day(3, 1), day(3, 2)));
    log.append(event("a", observed("01", 2.0), day(3, 1), day(3, 3)));
    CHECK(log.cell("01", "x", at(day(3, 9))).value == 2.0);
    log.append(event("b", observed("01", 3.0), day(3, 1), day(3, 3)));
    CHECK(log.cell("01", "x", at(day(3, 9))).value == 3.0);
}

TEST_CASE("values go stale on the day after their age, and the log names the day") {
    LogRules rules;
    rules.longest_age = 30;
    rules.longest_ages["slow"] = 400;
    ObservationLog log(rules);
    log.append(unit_event("01"));
    log.append(event("a", observed("01", 1.0), day(3, 1)));
    Observation slow = observed("01", 7.0);
    slow.indicator = "slow";
    log.append(event("b", slow, day(3, 1)));
    CHECK(log.cell("01", "x", at(day(3, 31))).value == 1.0);
    const CellAtMoment stale = log.cell("01", "x", at(day(4, 1)));
    CHECK(std::isnan(stale.value));
    CHECK(stale.state == CellState::not_reported);
    CHECK(log.cell("01", "slow", at(day(12, 31))).value == 7.0);
    CHECK(log.next_change("01", "x", at(day(3, 5))) == day_number(day(4, 1)));
    log.append(event("c", observed("01", 2.0), day(3, 20)));
    CHECK(log.next_change("01", "x", at(day(3, 5))) == day_number(day(3, 20)));
    CHECK(log.next_change("01", "x", at(day(4, 20))) == std::nullopt);
}

TEST_CASE("numerator and denominator give the value, and a denominator of 0 a state") {
    ObservationLog log;
    log.append(unit_event("01"));
    log.append(unit_event("02"));
    Observation ratio{"01", "x", "2026", {}, 1.0, 4.0, CellState::provisional};
    log.append(event("a", ratio, day(3, 1)));
    Observation none{"02", "x", "2026", {}, 0.0, 0.0, CellState::observed};
    log.append(event("b", none, day(3, 1)));
    const Panel panel = log.as_of(at(day(3, 1)));
    CHECK(panel.value(0, 0) == 0.25);
    CHECK(panel.state(0, 0) == CellState::provisional);
    CHECK(panel.state(1, 0) == CellState::zero_denominator);
    CHECK(panel.ratio(0)->numerator[0] == 1.0);
    CHECK(log.event(*log.find("a")) == event("a", ratio, day(3, 1)));
}

TEST_CASE("a baseline is older than every entry of its day") {
    Eigen::MatrixXd values(2, 2);
    values << 1, 2, 3, 4;
    PanelDefinition table;
    table.units = UnitRegistry::from_codes({"02", "01"});
    table.indicators = {"x", "y"};
    table.values = values;
    table.period = "2026";
    ObservationLog log({}, Baseline{Panel(table), day(1, 1)});
    log.append(event("a", observed("01", 9.0), day(1, 1)));
    log.append(unit_event("03"));
    const Panel panel = log.as_of(at(day(2, 1)));
    REQUIRE(panel.units().codes() == std::vector<std::string>{"01", "02", "03"});
    CHECK(panel.value(0, 0) == 9.0);
    CHECK(panel.value(0, 1) == 4.0);
    CHECK(panel.value(1, 0) == 1.0);
    CHECK(panel.state(2, 1) == CellState::not_reported);
    CHECK(log.as_of({"2025", day(2, 1)}).indicator_count() == 0);
    CHECK(log.as_of(at(Date(2025, 12, 31))).unit_count() == 0);
}

TEST_CASE("tasks and what happened to them are rebuilt for a moment and counted by body") {
    LogRules rules;
    rules.task_panel = TaskPanelOptions{};
    ObservationLog log(rules);
    log.append(unit_event("01"));
    Task task;
    task.code = "T1";
    task.lead = "01";
    task.assigned = day(1, 5);
    task.deadline = day(3, 31);
    log.append(event("t", TaskFact{task}, day(1, 5)));
    TaskEvent done;
    done.kind = TaskEventKind::accepted;
    done.date = day(4, 2);
    log.append(event("d", TaskHappening{"T1", done}, day(4, 2), day(4, 20)));
    const auto overdue = [&](Date valid, Date known) {
        const Panel panel = log.as_of(at(valid, end_of_day(known)));
        return panel.value(0, *panel.find("tasks.late"));
    };
    CHECK(overdue(day(3, 31), day(12, 31)) == 0.0);
    CHECK(overdue(day(4, 1), day(12, 31)) == 1.0);
    CHECK(overdue(day(4, 10), day(4, 10)) == 1.0);
    CHECK(overdue(day(4, 10), day(4, 20)) == 0.0);
    DeadlineExtension later{day(3, 1), day(4, 30), "QĐ 12"};
    log.append(event("e", TaskExtension{"T1", later}, day(3, 1), day(5, 1)));
    CHECK(overdue(day(4, 1), day(4, 30)) == 1.0);
    CHECK(overdue(day(4, 1), day(5, 1)) == 0.0);
}

TEST_CASE("a log comes back from its bytes, and damaged bytes are refused") {
    LogRules rules;
    rules.arrival = Arrival::any_order;
    ObservationLog log(rules);
    random_index::Random random(7);
    random_index::RandomEvents events(random);
    for (int k = 0; k < 300; ++k) try {
            log.append(events.next(20));
        } catch (const DataError&) {
        }
    Task whole;
    whole.code = "t9";
    whole.title = "whole";
    whole.lead = "u1";
    whole.coordinating = {"u2", "u3"};
    whole.assigned = day(1, 2);
    whole.deadline = day(9, 9);
    whole.milestones = {{"half", day(5, 5), 0.5}};
    whole.products = {{"report", day(6, 6), ProductQuality::meets, {day(5, 5)}, 2.5}};
    whole.indicators = {"a"};
    whole.money = {{day(2, 2), 10.0, 5.0}};
    whole.secrecy = TaskSecrecy::secret;
    log.append(event("whole", TaskFact{whole}, day(1, 2)));
    REQUIRE(log.size() > 200);
    const std::string bytes = log.bytes();
    ObservationLog back(rules);
    back.restore(bytes);
    REQUIRE(back.size() == log.size());
    for (std::size_t k = 0; k < log.size(); ++k) REQUIRE(back.event(k) == log.event(k));
    CHECK(back.digest() == log.digest());
    CHECK(back.bytes() == bytes);
    CHECK_THROWS_AS(back.restore(bytes), DataError);
    ObservationLog none(rules);
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{30}, bytes.size() / 2, bytes.size() - 1}) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        CHECK_THROWS_AS(none.restore(damaged), NumericError);
        CHECK_THROWS_AS(none.restore(bytes.substr(0, at)), NumericError);
    }
    CHECK(none.size() == 0);
}

TEST_CASE("a batch is refused as a whole and every problem is named") {
    ObservationLog log;
    log.append(unit_event("01"));
    log.append(event("a", observed("01", 1.0), day(3, 1)));
    Event other = event("a", observed("01", 2.0), day(3, 1));
    CHECK(refused(log, {other}) == std::vector<std::string>{"event_id_conflict"});
    Observation half{"01", "x", "2026", {}, 1.0, {}, CellState::observed};
    Observation stated{"01", "x", "2026", 1.0, {}, {}, CellState::not_reported};
    Observation bare{"01", "x", "2026", {}, {}, {}, CellState::observed};
    Observation infinite = observed("01", std::numeric_limits<double>::infinity());
    Observation wrong{"01", "x", "2026", 25.0, 1.0, 4.0, CellState::observed};
    Event self = event("s", Withdrawal{}, day(3, 1));
    self.replaces = "s";
    TaskEvent start;
    start.date = day(3, 1);
    CHECK(refused(log, {event("good", observed("01", 1.0), day(3, 1)),
                        event("", observed("01", 1.0), day(3, 1)),
                        event("u", observed("1", 1.0), day(3, 1)), event("h", half, day(3, 1)),
                        event("st", stated, day(3, 1)), event("b", bare, day(3, 1)),
                        event("i", infinite, day(3, 1)), event("w", wrong, day(3, 1)),
                        event("n", Withdrawal{}, day(3, 1)), self,
                        event("t", TaskHappening{"T9", start}, day(3, 1))}) ==
          std::vector<std::string>{"empty_id", "unknown_unit", "one_part", "state_disagrees",
                                   "value_missing", "not_finite", "ratio_disagrees",
                                   "replaces_missing", "replaces_itself", "unknown_task"});
    CHECK_FALSE(log.find("good"));
    LogRules bad;
    bad.longest_age = -1;
    CHECK_THROWS_AS(ObservationLog{bad}, DataError);
}

}  // namespace observation_log_tests
