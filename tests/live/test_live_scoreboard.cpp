#include <thuocdo/live/live_scoreboard.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace live_scoreboard_tests {

using namespace thuocdo;
using namespace thuocdo::live;

Date day(int month, int of_month) {
    return Date(2026, static_cast<unsigned short>(month), static_cast<unsigned short>(of_month));
}

NodeDefinition leaf(const std::string& code, ScoreRule rule,
                    MissingPolicy missing = MissingPolicy::renormalise) {
    NodeDefinition node;
    node.code = code;
    node.score = std::move(rule);
    node.missing = MissingRule::all(missing);
    return node;
}

/// Mean of a pillar with goalposts 0 to 100 ("a", "b") and of a second one ("c").
ModelDefinition two_pillars(ScoreRule third = rule::Goalposts{0.0, 100.0}) {
    ModelDefinition model;
    model.id = "two";
    model.version = "1";
    model.name = {"hai trụ", "two pillars"};
    model.root.code = "total";
    NodeDefinition first;
    first.code = "first";
    first.children = {leaf("a", rule::Goalposts{0.0, 100.0}),
                      leaf("b", rule::Goalposts{0.0, 100.0})};
    NodeDefinition second;
    second.code = "second";
    second.children = {leaf("c", std::move(third))};
    model.root.children = {first, second};
    return model;
}

int number_of_event = 0;

Event observe(const std::string& unit, const std::string& indicator, double value,
              Date valid = day(1, 1)) {
    Event event;
    event.id = "e" + std::to_string(++number_of_event);
    event.valid = valid;
    event.known = start_of_day(valid);
    event.fact = Observation{unit, indicator, "2026", value, {}, {}, CellState::observed};
    return event;
}

/// Units 01 to 05 with a = 10, 20 .. 50 and b = c = 50.
std::shared_ptr<ObservationLog> five_units(LogRules rules = {}) {
    PanelDefinition table;
    table.units = UnitRegistry::from_codes({"01", "02", "03", "04", "05"});
    table.indicators = {"a", "b", "c"};
    table.values.resize(5, 3);
    for (Index unit = 0; unit < 5; ++unit)
        table.values.row(unit) << 10.0 * static_cast<double>(unit + 1), 50.0, 50.0;
    table.period = "2026";
    return std::make_shared<ObservationLog>(std::move(rules), Baseline{Panel(table), day(1, 1)});
}

LiveOptions on(Date date) { return {"2026", date, {}, {}}; }

std::vector<std::string> nodes_of(const BoardUpdate& update) {
    std::vector<std::string> codes;
    for (const ResultChange& each : update.results)
        codes.push_back(update.units.code(each.unit) + ' ' + update.model.node(each.node).code);
    return codes;
}

TEST_CASE("a value under fixed goalposts changes its path, one rank, and those it overtakes") {
    LiveScoreboard live(IndexModel(two_pillars()), five_units(), on(day(1, 1)));
    CHECK(live.rank(0) == 5.0);
    const BoardUpdate update = live.apply(observe("01", "a", 35.0));
    CHECK_FALSE(update.rebuilt);
    CHECK(update.new_events == 1);
    CHECK(nodes_of(update) == std::vector<std::string>{"01 a", "01 first", "01 total"});
    REQUIRE(update.changes.size() == 3);
    const UnitChange& own = *update.find(0);
    CHECK(own.score_before == 0.4);
    CHECK(own.score_after == (0.35 + 0.5) / 2 / 2 + 0.25);
    CHECK(own.rank_before == 5.0);
    CHECK(own.rank_after == 3.0);
    CHECK(update.overtaken_by(0) == std::vector<Index>{1, 2});
    CHECK(update.find(3) == nullptr);
    CHECK(live.units_at(3.0) == std::vector<Index>{0});
    CHECK(live.ranking(1).front().unit.code == "05");
    CHECK_THROWS_AS(static_cast<void>(live.score(5)), DataError);
}

TEST_CASE("a leaf normalised by the cohort touches its column only when its range moves") {
    LiveScoreboard live(IndexModel(two_pillars(rule::MinMax{0.5})), five_units(), on(day(1, 1)));
    std::vector<Event> spread;
    for (const auto& [unit, value] : {std::pair("01", 0.0), std::pair("02", 100.0)})
        spread.push_back(observe(unit, "c", value));
    live.apply(spread);
    const BoardUpdate inside = live.apply(observe("03", "c", 60.0));
    CHECK(nodes_of(inside) == std::vector<std::string>{"03 c", "03 second", "03 total"});
    const BoardUpdate outside = live.apply(observe("03", "c", 200.0));
    // Unit 01 keeps the lowest score, 0.
    CHECK(outside.results.size() == 4 * 3);
    CHECK(live.result(1, "c") == 0.5);
}

TEST_CASE("an event counts once, and a refused one changes nothing") {
    LiveScoreboard live(IndexModel(two_pillars()), five_units(), on(day(1, 1)));
    const Event event = observe("01", "a", 90.0);
    live.apply(event);
    const BoardUpdate again = live.apply(event);
    CHECK(again.new_events == 0);
    CHECK(again.changes.empty());
    const std::string before = live.scoreboard().digest();
    const std::vector<Event> batch{observe("02", "a", 95.0), observe("6", "a", 1.0)};
    CHECK_THROWS_AS(live.apply(batch), DataError);
    CHECK(live.scoreboard().digest() == before);
    // A journal that cannot take the events keeps them out of the board too.
    const LiveScoreboard::Sink full = [](std::span<const Event>) {
        throw std::runtime_error("disk full");
    };
    CHECK_THROWS_AS(live.apply(observe("02", "a", 95.0), full), std::runtime_error);
    CHECK(live.scoreboard().digest() == before);
    CHECK(live.sequence() == 1);
    std::size_t written = 0;
    const LiveScoreboard::Sink count = [&](std::span<const Event> events) {
        written += events.size();
    };
    live.apply(std::vector<Event>{event, observe("02", "a", 95.0)}, count);
    CHECK(written == 1);
}

TEST_CASE("deadlines pass, targets step and values go stale on their day and on no other") {
    ModelDefinition definition = two_pillars(rule::RatioToTarget{});
    NodeDefinition& third = definition.root.children[1].children[0];
    third.targets = {{day(2, 10), 100.0}, {day(6, 30), 200.0}};
    third.target_path = TargetPath::step;
    NodeDefinition tasks = leaf("tasks.on_time", rule::AsIs{});
    tasks.zero_denominator = ZeroDenominatorRule::full;
    definition.root.children.push_back(tasks);
    LogRules rules;
    rules.task_panel = TaskPanelOptions{};
    rules.longest_ages["b"] = 59;
    auto log = five_units(rules);
    Task task;
    task.code = "T1";
    task.lead = "03";
    task.assigned = day(1, 2);
    task.deadline = day(2, 20);
    Event told;
    told.id = "task";
    told.valid = day(1, 2);
    told.fact = TaskFact{task};
    log->append(told);
    LiveScoreboard live(IndexModel(definition), log, on(day(1, 5)));
    CHECK(live.next_change() == day(2, 11));
    CHECK(live.advance_to(day(2, 10)).changes.empty());
    CHECK(live.result(0, "c") == 0.5);
    CHECK(live.advance_to(day(2, 11)).results.size() == 5 * 3);
    CHECK(live.result(0, "c") == 0.25);
    CHECK(live.next_change() == day(2, 21));
    CHECK(live.result(2, "tasks.on_time") == 1.0);
    CHECK(live.advance_to(day(2, 20)).changes.empty());
    const BoardUpdate late = live.advance_to(day(2, 21));
    CHECK(nodes_of(late) == std::vector<std::string>{"03 tasks.on_time", "03 total"});
    CHECK(live.result(2, "tasks.on_time") == 0.0);
    CHECK(live.next_change() == day(3, 2));
    CHECK(live.result(0, "b") == 0.5);
    CHECK(live.advance_to(day(3, 1)).changes.empty());
    // Unit 05 had the same value in a and b.
    CHECK(live.advance_to(day(3, 2)).results.size() == 5 + 4 + 4);
    CHECK(std::isnan(live.result(0, "b")));
    CHECK_THROWS_AS(live.advance_to(day(3, 1)), DataError);
}

TEST_CASE("a model comes into force on its day") {
    ModelDefinition next = two_pillars();
    next.version = "2";
    next.effective_from = day(7, 1);
    next.root.children[0].weight = 3.0;
    const std::vector<IndexModel> models{IndexModel(next), IndexModel(two_pillars())};
    LiveScoreboard live(models, five_units(), on(day(1, 1)));
    CHECK(live.model().version() == "1");
    CHECK(live.next_change() == day(7, 1));
    CHECK(live.advance_to(day(6, 30)).changes.empty());
    const BoardUpdate update = live.advance_to(day(7, 1));
    CHECK(update.rebuilt);
    CHECK(update.model.version() == "2");
    CHECK(update.find(0)->score_before == 0.4);
    CHECK(update.find(0)->score_after == 0.3 * 0.75 + 0.5 * 0.25);
    const std::vector<IndexModel> twice{IndexModel(two_pillars()), IndexModel(two_pillars())};
    CHECK_THROWS_AS(LiveScoreboard(twice, five_units(), on(day(1, 1))), DataError);
    CHECK_THROWS_AS(LiveScoreboard(IndexModel(next), five_units(), on(day(1, 1))), DataError);
}

TEST_CASE("while a refused value is missing there are no ranks, and then all that changed") {
    ModelDefinition definition = two_pillars();
    definition.root.children[1].children[0].missing = MissingRule::all(MissingPolicy::refuse);
    LiveScoreboard live(IndexModel(definition), five_units(), on(day(1, 1)));
    Event gone = observe("04", "c", 0.0);
    gone.fact = Observation{"04", "c", "2026", {}, {}, {}, CellState::not_reported};
    const BoardUpdate lost = live.apply(gone);
    CHECK(lost.open_problems == 1);
    CHECK(lost.changes.empty());
    CHECK_FALSE(live.is_scorable());
    CHECK(live.problems().front().code == "value_missing");
    CHECK_THROWS_AS(static_cast<void>(live.rank(0)), DataError);
    CHECK_THROWS_AS(static_cast<void>(live.scoreboard()), DataError);
    CHECK_FALSE(live.snapshot()->is_scorable());
    CHECK(live.result(0, "a") == 0.1);
    CHECK(live.apply(observe("01", "a", 90.0)).changes.empty());
    const BoardUpdate back = live.apply(observe("04", "c", 10.0));
    CHECK(back.open_problems == 0);
    CHECK(back.changes.size() == 3);
    CHECK(back.find(0)->rank_before == 5.0);
    CHECK(back.find(0)->rank_after == 1.0);
}

TEST_CASE("subscribers hear what passes their filter, all of them, after the board is complete") {
    LiveScoreboard live(IndexModel(two_pillars()), five_units(), on(day(1, 1)));
    std::vector<std::string> heard;
    const auto note = [&](const std::string& who) {
        return [&, who](const BoardUpdate& update, std::span<const UnitChange> changes) {
            CHECK(live.snapshot()->header().sequence == update.sequence);
            for (const UnitChange& each : changes)
                heard.push_back(who + ' ' + update.units.code(each.unit));
        };
    };
    ChangeFilter top;
    top.top = 1.0;
    ChangeFilter one;
    one.units = {"02"};
    ChangeFilter node;
    node.nodes = {"second"};
    ChangeFilter far;
    far.least_rank_change = 3.0;
    live.subscribe(top, note("top"));
    const std::size_t second = live.subscribe(one, note("one"));
    live.subscribe(node, note("node"));
    live.subscribe(far, note("far"));
    live.apply(observe("01", "a", 45.0));
    CHECK(heard == std::vector<std::string>{"one 02", "far 01"});
    heard.clear();
    live.apply(observe("02", "c", 100.0));
    CHECK(heard == std::vector<std::string>{"top 02", "top 05", "one 02", "node 02", "far 02"});
    heard.clear();
    CHECK(live.unsubscribe(second));
    CHECK_FALSE(live.unsubscribe(second));
    live.subscribe({}, [](const BoardUpdate&, std::span<const UnitChange>) {
        throw std::runtime_error("a subscriber failed");
    });
    live.subscribe({}, note("last"));
    CHECK_THROWS_AS(live.apply(observe("03", "b", 51.0)), std::runtime_error);
    CHECK(heard == std::vector<std::string>{"last 03"});
    CHECK(live.result(2, "b") == 0.51);
}

TEST_CASE("boards of several periods and models follow one log") {
    auto log = five_units();
    LiveScoreboard year(IndexModel(two_pillars()), log, on(day(1, 1)));
    LiveScoreboard month(IndexModel(two_pillars(rule::MinMax{0.5})), log,
                         {"2026-02", day(2, 28), {}, {}});
    Event february = observe("01", "a", 80.0, day(2, 28));
    std::get<Observation>(february.fact).period = "2026-02";
    log->append(february);
    CHECK(year.catch_up().changes.empty());
    CHECK(month.catch_up().find(0)->score_after == 0.8);
    CHECK(month.units().size() == 5);
    CHECK(std::isnan(month.score(1)));
}

TEST_CASE("a board without units, one with a single unit and one with nothing known") {
    auto log = std::make_shared<ObservationLog>();
    LiveScoreboard live(IndexModel(two_pillars()), log, on(day(1, 1)));
    CHECK(live.ranking().empty());
    Event unit;
    unit.id = "u";
    unit.valid = day(1, 1);
    unit.fact = UnitFact{Unit{"01"}};
    CHECK(live.apply(unit).rebuilt);
    CHECK(std::isnan(live.score(0)));
    CHECK(std::isnan(live.rank(0)));
    const BoardUpdate first = live.apply(observe("01", "a", 30.0));
    CHECK(std::isnan(first.find(0)->rank_before));
    CHECK(first.find(0)->rank_after == 1.0);
    CHECK_THROWS_AS(LiveScoreboard(IndexModel(two_pillars()), nullptr, on(day(1, 1))), DataError);
    CHECK_THROWS_AS(LiveScoreboard(IndexModel(two_pillars()), log, LiveOptions{}), DataError);
}

}  // namespace live_scoreboard_tests
