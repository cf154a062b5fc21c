#include <thuocdo/io/events.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

#include "io_live/support.hpp"
#include "support/build.hpp"

using namespace event_tests;
using thuocdo::io::event_to_json;
using thuocdo::io::parse_event;
using thuocdo::io::parse_events;

namespace {

/// An observation with more members than those required.
std::string observation(const std::string& members) {
    return R"({"id":"a","type":"observation","valid":"2026-09-30","known":"2026-10-05",)"
           R"("unit":"HN","indicator":"le","period":"2026-Q3")" +
           (members.empty() ? "" : "," + members) + "}";
}

/// An event of a kind with its own members.
std::string of_type(const std::string& type, const std::string& members) {
    return R"({"id":"a","type":")" + type + R"(","valid":"2026-09-30","known":"2026-10-05")" +
           (members.empty() ? "" : "," + members) + "}";
}

}  // namespace

TEST_CASE("every kind of event is read back equal, from a line equal to its own") {
    std::string all;
    std::vector<live::Event> read_one_by_one;
    for (const live::Event& each : samples()) {
        const std::string line = event_to_json(each);
        CAPTURE(line);
        CHECK(line.find('\n') == std::string::npos);
        const live::Event read = parse_event(line);
        CHECK(read == each);
        CHECK(event_to_json(read) == line);
        all += line + "\r\n \t\n";
    }
    CHECK(parse_events("\xef\xbb\xbf" + all, "f") == samples());
    CHECK(parse_events(all.substr(0, all.size() - 5), "f") == samples());
    CHECK(parse_events("", "f").empty());
}

TEST_CASE("the canonical line has a fixed order, shortest numbers and nothing that is empty") {
    CHECK(event_to_json(samples()[0]) ==
          R"({"id":"e1","type":"observation","valid":"2026-09-30",)"
          R"("known":"2026-10-05T01:00:00.250000Z","unit":"HN","indicator":"le",)"
          R"("period":"2026-Q3","value":0.30000000000000004})");
    CHECK(event_to_json(samples()[6]) == R"({"id":"e7","type":"withdrawal","valid":"2026-09-30",)"
                                         R"("known":"2026-10-05T01:00:00.250000Z",)"
                                         R"("replaces":"e2"})");
    CHECK(event_to_json(samples()[8]).ends_with(R"("unit":{"code":"48","name":"Đà Nẵng"}})"));
    // Equal events, differently put.
    live::Event minus = samples()[0];
    std::get<live::Observation>(minus.fact).value = -0.0;
    live::Event plus = minus;
    std::get<live::Observation>(plus.fact).value = 0.0;
    CHECK(event_to_json(minus) == event_to_json(plus));
    CHECK(event_to_json(parse_event(
              R"( {"period":"2026-Q3","value":75.40e0,"unit":"HN","known":"2026-10-05",)"
              R"("id":"a","indicator":"le","valid":"2026-09-30","type":"observation",)"
              R"("state":"observed"} )")) ==
          R"({"id":"a","type":"observation","valid":"2026-09-30","known":"2026-10-04T17:00:00Z",)"
          R"("unit":"HN","indicator":"le","period":"2026-Q3","value":75.4})");
}

TEST_CASE("an event that carries its own day need not repeat it") {
    const auto valid = [](const std::string& line) {
        return thuocdo::to_iso(parse_event(line).valid);
    };
    const std::string head = R"({"id":"a","known":"2026-10-05T20:00:00Z","type":)";
    CHECK(valid(head + R"("task_event","task":"T","event":{"kind":"started","date":)"
                       R"("2026-03-01T20:00:00Z"}})") == "2026-03-02");
    CHECK(valid(head + R"("task_extension","task":"T","extension":{"decided":"2026-03-01",)"
                       R"("last_day":"2026-05-01","decision":"1"}})") == "2026-03-01");
    // The day in Viet Nam of the moment.
    CHECK(valid(head + R"("withdrawal","replaces":"b"})") == "2026-10-06");
    CHECK(valid(R"({"id":"a","type":"withdrawal","replaces":"b","valid":"2026-01-02",)"
                R"("known":"2026-10-05"})") == "2026-01-02");
}

TEST_CASE("what a line says is held to the members and words of its kind") {
    CHECK(line_codes(observation(R"("value":1)")).empty());
    CHECK(line_codes(observation(R"("vaule":1)")) == Texts{"unknown_member at f:3/vaule"});
    CHECK(line_codes(observation(R"("value":1,"task":"T")")) ==
          Texts{"unknown_member at f:3/task"});
    CHECK(line_codes(observation(R"("value":"1")")) == Texts{"number_as_text at f:3/value"});
    CHECK(line_codes(observation(R"("value":true)")) == Texts{"wrong_type at f:3/value"});
    CHECK(line_codes(observation(R"("value":null,"state":"observd")")) ==
          Texts{"wrong_type at f:3/value", "unknown_word at f:3/state"});
    CHECK(line_codes("{}") == Texts{"missing_member at f:3/id", "missing_member at f:3/type",
                                    "missing_member at f:3/known"});
    CHECK(line_codes("[1]") == Texts{"wrong_type at f:3"});
    CHECK(line_codes(of_type("observation", "")) ==
          Texts{"missing_member at f:3/unit", "missing_member at f:3/indicator",
                "missing_member at f:3/period", "state_disagrees at f:3/value"});
    // The members of a kind that is not known are not judged, its word is.
    const auto unknown = problems_of(
        [&] { return parse_event(of_type("observaton", R"("value":true,"foo":1)"), "f:3"); });
    CHECK(codes(unknown) == Texts{"unknown_word at f:3/type", "unknown_member at f:3/foo"});
    CHECK(unknown.front().remedy == "did you mean \"observation\"?");
    CHECK(line_codes(of_type("withdrawal", "")) == Texts{"missing_member at f:3/replaces"});
    CHECK(line_codes(of_type("withdrawal", R"("replaces":"")")) ==
          Texts{"replaces_nothing at f:3/replaces"});
    CHECK(line_codes(of_type("withdrawal", R"("replaces":"a","unit":"HN")")) ==
          Texts{"replaces_itself at f:3/replaces", "unknown_member at f:3/unit"});
    CHECK(line_codes(of_type("unit", R"("unit":"HN")")) == Texts{"wrong_type at f:3/unit"});
    CHECK(line_codes(of_type("unit", R"("unit":{"code":"1","groups":{"a":1,"b":""},)"
                                     R"("attributes":{"p":"9"},"valid_from":"2026-13-01",)"
                                     R"("valid_to":"2020-01-01","predecessors":[""],)"
                                     R"("parent":"1","colour":1})")) ==
          Texts{"wrong_type at f:3/unit/groups/a", "empty_text at f:3/unit/groups/b",
                "number_as_text at f:3/unit/attributes/p", "invalid_date at f:3/unit/valid_from",
                "empty_code at f:3/unit/predecessors/0", "own_parent at f:3/unit/parent",
                "unknown_member at f:3/unit/colour"});
    CHECK(line_codes(of_type("unit", R"("unit":{"code":"","valid_from":"2026-01-02",)"
                                     R"("valid_to":"2026-01-01"})")) ==
          Texts{"empty_code at f:3/unit/code", "dates_reversed at f:3/unit/valid_to"});
}

TEST_CASE("numbers of an observation and its state must agree") {
    const auto codes_of = [](const std::string& members) {
        return line_codes(observation(members));
    };
    CHECK(codes_of(R"("value":1,"state":"confidential")") == Texts{"state_disagrees at f:3/state"});
    CHECK(codes_of(R"("state":"imputed")") == Texts{"state_disagrees at f:3/value"});
    CHECK(codes_of(R"("numerator":1)") == Texts{"incomplete_ratio at f:3/denominator"});
    CHECK(codes_of(R"("denominator":1,"state":"not_reported")") ==
          Texts{"incomplete_ratio at f:3/numerator"});
    CHECK(codes_of(R"("numerator":1,"denominator":0,"value":1)") ==
          Texts{"zero_denominator at f:3/value"});
    CHECK(codes_of(R"("numerator":1,"denominator":2,"value":50)") ==
          Texts{"ratio_disagrees at f:3/value"});
    CHECK(codes_of(R"("numerator":1,"denominator":2,"state":"zero_denominator")") ==
          Texts{"state_disagrees at f:3/state"});
    CHECK(codes_of(R"("numerator":1e300,"denominator":1e-300)") ==
          Texts{"number_out_of_range at f:3/numerator"});
    CHECK(codes_of(R"("numerator":1,"denominator":0)").empty());
    CHECK(codes_of(R"("numerator":1,"denominator":0,"state":"zero_denominator")").empty());
    // One that could not be read leaves nothing to weigh.
    CHECK(codes_of(R"("numerator":1,"denominator":"2")") ==
          Texts{"number_as_text at f:3/denominator"});
}

TEST_CASE("days and moments are those of the calendar") {
    const auto known = [](const std::string& text) {
        return line_codes(R"({"id":"a","type":"withdrawal","replaces":"b","known":)" + text + "}");
    };
    CHECK(known(R"("2026-10-05T08:00:00+07:00")").empty());
    for (const char* text : {R"("2026-10-05T08:00:00")", R"("5/10/2026")", R"("2026-02-30")",
                             R"("9999-12-31T23:59:59-01:00")"}) {
        CAPTURE(text);
        CHECK(known(text) == Texts{"invalid_moment at f:3/known"});
    }
    CHECK(known("20261005") == Texts{"wrong_type at f:3/known"});
    // A whole day ahead of the calendar in Viet Nam, or its first day in UTC.
    CHECK(known(R"("9999-12-31T20:00:00Z")") == Texts{"date_missing at f:3/valid"});
    CHECK(known(R"("1400-01-01")") == Texts{"date_out_of_range at f:3/known"});
    CHECK(line_codes(of_type("task_event", R"("task":"T","event":{"kind":"started",)"
                                           R"("date":"9999-12-31T23:00:00Z"})")) ==
          Texts{"invalid_date at f:3/event/date"});
    CHECK(line_codes(R"({"id":"a","type":"task_event","known":"2026-10-05","task":"T",)"
                     R"("event":{"kind":"started","date":"2026-02-30"}})") ==
          Texts{"invalid_date at f:3/event/date"});
    CHECK(line_codes(R"({"id":"a","type":"observation","valid":"30.9.2026","known":"2026-10-05",)"
                     R"("unit":"u","indicator":"i","period":"p","value":1})") ==
          Texts{"invalid_date at f:3/valid"});
}

TEST_CASE("tasks, their events and extensions are checked as in a register") {
    CHECK(line_codes(of_type("task", R"("task":{"code":"T","lead":"X;Y","assigned":"2026-01-05",)"
                                     R"("deadline":"2026-01-01","status":"what"})")) ==
          Texts{"several_leads at f:3/task/lead", "deadline_before_assignment at f:3/task/deadline",
                "unknown_status at f:3/task/status"});
    CHECK(line_codes(of_type("task", R"("task":{"code":"T"})")) ==
          Texts{"missing_member at f:3/task/lead", "missing_member at f:3/task/assigned"});
    CHECK(line_codes(of_type("task_event", R"("task":"","event":{"kind":"cancelled",)"
                                           R"("date":"2026-01-05","share":0.5})")) ==
          Texts{"empty_code at f:3/task", "authority_missing at f:3/event/authority",
                "share_not_expected at f:3/event/share"});
    CHECK(line_codes(of_type("task_event", R"("task":"T","event":{"kind":"progres",)"
                                           R"("date":"2026-01-05","share":5})")) ==
          Texts{"unknown_word at f:3/event/kind"});
    CHECK(line_codes(of_type("task_event", R"("task":"T","event":{"kind":"progress",)"
                                           R"("date":"2026-01-05"})")) ==
          Texts{"share_out_of_range at f:3/event/share"});
    CHECK(line_codes(of_type("task_extension", R"("task":"T","extension":{"decided":)"
                                               R"("2026-01-05","last_day":"x","decision":""})")) ==
          Texts{"invalid_date at f:3/extension/last_day",
                "decision_missing at f:3/extension/decision"});
    // The words of a deadline are kept beside its day.
    const auto task = std::get<live::TaskFact>(
                          parse_event(of_type("task", R"("task":{"code":"T","lead":"X",)"
                                                      R"("assigned":"2026-01-05",)"
                                                      R"("deadline":"trước ngày 10/2/2026"})"))
                              .fact)
                          .task;
    CHECK(task.deadline == Date(2026, 2, 9));
    CHECK(task.deadline_text == "trước ngày 10/2/2026");
}

TEST_CASE("the problems of all lines come at once, each with its line") {
    const std::string text = observation(R"("value":1)") + "\n\n" + "{\"id\":\"b\",\n" +
                             observation(R"("value":1e999)") + '\n' +
                             observation(R"("value":1,"value":2,"source":7)") + '\n';
    CHECK(codes(problems_of([&] { return parse_events(text, "e.jsonl"); })) ==
          Texts{"syntax_error at e.jsonl:3:11", "not_finite at e.jsonl:4:130",
                "duplicate_member at e.jsonl:5/value", "wrong_type at e.jsonl:5/source"});
}

TEST_CASE("hostile lines are refused, not obeyed") {
    CHECK(line_codes(std::string(100000, '[')) == Texts{"nesting_too_deep at f:3" + [] {
              std::string zeros;
              for (int k = 0; k < 200; ++k) zeros += "/0";
              return zeros;
          }()});
    CHECK(line_codes(observation("\"value\":1,\"source\":\"\xff\""))
              .front()
              .starts_with("invalid_utf8 at f:3:"));
    // Outside of a text too: messages are texts, and must not carry the bytes on.
    CHECK(line_codes("\xff").at(0) == "invalid_utf8 at f:3:1");
    CHECK(line_codes(observation("\"value\":1,\"source\":\"\xed\xa0\x80\"")).size() == 1);
    CHECK(line_codes(observation(R"("value":1,"source":"\ud800")")).size() == 1);
    CHECK(
        line_codes(observation("\"value\":1,\"source\":\"" + std::string(1, '\0') + "\"")).size() ==
        1);
    CHECK(line_codes(observation("\"value\":1,\"source\":\"e\xcc\x82\"")) ==
          Texts{"not_nfc at f:3/source"});
    CHECK(line_codes(observation("\"value\":" + std::string(4000, '9')))
              .front()
              .starts_with("not_finite at f:3:"));
    // A number with many digits is rounded to the nearest double; a NUL that is
    // written as JSON has it is a character like others.
    const live::Event odd = parse_event(
        observation("\"value\":0." + std::string(4000, '3') + R"(,"source":"a\u0000b")"));
    CHECK(std::get<live::Observation>(odd.fact).value == 1.0 / 3.0);
    CHECK(odd.source == std::string("a\0b", 3));
    CHECK(parse_event(event_to_json(odd)) == odd);
    // Every prefix and every changed byte of a line gives an event or problems.
    testing_support::Random random(57);
    const std::string whole = event_to_json(samples()[9]);
    for (int k = 0; k < 400; ++k) {
        std::string line = whole;
        line[random.below(line.size())] = static_cast<char>(random.below(256));
        if (k % 4 == 0) line.resize(random.below(line.size()));
        std::vector<thuocdo::Problem> problems;
        try {
            const live::Event read = parse_event(line);
            CHECK(parse_event(event_to_json(read)) == read);
            continue;
        } catch (const thuocdo::DataError& error) {
            problems = error.problems();
        }
        CHECK(!problems.empty());
    }
}

TEST_CASE("an event that could not be read back is not written") {
    const auto codes_of = [](const live::Event& event) {
        return codes(problems_of([&] { return event_to_json(event); }));
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    live::Event empty;
    CHECK(codes_of(empty) == Texts{"empty_code at /id", "date_missing at /valid",
                                   "empty_code at /unit", "empty_code at /indicator",
                                   "empty_code at /period", "state_disagrees at /value"});
    live::Event odd = samples()[0];
    odd.source = "\xff";
    odd.known = thuocdo::Instant::latest();
    std::get<live::Observation>(odd.fact).value = nan;
    CHECK(codes_of(odd) ==
          Texts{"date_out_of_range at /known", "invalid_utf8 at /source", "not_finite at /value"});
    live::Event unit = event("u", live::UnitFact{{"1"}});
    auto& fact = std::get<live::UnitFact>(unit.fact).unit;
    fact.groups = {{"e\xcc\x82", "x"}, {"\xff", "x"}};
    fact.attributes = {{"", nan}};
    fact.valid_to = Date();
    CHECK(codes_of(unit) == Texts{"not_nfc at /unit/groups/e\xcc\x82",
                                  "invalid_utf8 at /unit/groups", "empty_text at /unit/attributes/",
                                  "not_finite at /unit/attributes/",
                                  "date_missing at /unit/valid_to"});
    live::Event task = event("t", live::TaskFact{task_with_everything()});
    auto& written = std::get<live::TaskFact>(task.fact).task;
    written.title = "e\xcc\x82";
    written.milestones[0].planned_share = nan;
    written.money[0].disbursed = nan;
    CHECK(codes_of(task) == Texts{"not_nfc at /task/title",
                                  "share_out_of_range at /task/milestones/0/planned_share",
                                  "amount at /task/money/0/disbursed"});
}
