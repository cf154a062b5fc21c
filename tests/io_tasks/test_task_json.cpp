#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "support.hpp"

using namespace task_tests;
using thuocdo::Date;
using thuocdo::Task;
using thuocdo::TaskRegister;
using thuocdo::TaskState;
using thuocdo::io::load_tasks;
using thuocdo::io::parse_tasks_json;

namespace {

/// One event of a task, as written.
std::string event(const std::string& members) {
    return document(R"("events": [{)" + members + "}]");
}

}  // namespace

TEST_CASE("a document gives every member of its tasks, offices and rules") {
    const TaskRegister tasks = load_tasks(data("register.json"));
    REQUIRE(tasks.size() == 2);
    CHECK(tasks.rules().due_soon_days == 10);
    CHECK(tasks.rules().penalty_per_missed_deadline == 0.25);
    const Task task = tasks.task(0);
    CHECK(task.code == "NV-01");
    CHECK(task.title == "Sổ sức khỏe điện tử");
    CHECK(task.document == "57-NQ/TW");
    CHECK(task.lead == "BYT");
    CHECK(task.coordinating == Texts{"BCA", "BKHCN"});
    CHECK(task.level == "central");
    CHECK(task.sector == "health");
    CHECK(task.assigned == Date(2026, 1, 5));
    // "chậm nhất trong Quý I": until the last day of March.
    CHECK(task.deadline.value() == Date(2026, 3, 31));
    CHECK(task.deadline_text == "chậm nhất trong Quý I/2026");
    REQUIRE(task.extensions.size() == 1);
    CHECK(task.extensions[0].decided == Date(2026, 3, 20));
    CHECK(task.extensions[0].last_day == Date(2026, 6, 30));
    CHECK(task.extensions[0].decision == "12/QĐ-TTg");
    REQUIRE(task.milestones.size() == 2);
    CHECK(task.milestones[1].name == "Vận hành");
    CHECK(task.milestones[0].planned_share == 0.3);
    REQUIRE(task.events.size() == 5);
    CHECK(std::isnan(task.events[0].share));
    CHECK(task.events[1].share == 0.35);
    CHECK(task.events[1].note == "báo cáo tháng");
    CHECK(task.events[4].authority == "45/TTr");
    REQUIRE(task.products.size() == 2);
    CHECK(task.products[0].accepted.value() == Date(2026, 6, 20));
    CHECK(task.products[0].quality == thuocdo::ProductQuality::exceeds);
    CHECK(task.products[0].failed_assessments == std::vector<Date>{Date(2026, 6, 15)});
    CHECK(task.products[0].coefficient.value() == 1.5);
    CHECK_FALSE(task.products[1].accepted.has_value());
    CHECK(task.indicators == Texts{"ehealth", "records"});
    CHECK(task.coefficient == 2.5);
    REQUIRE(task.money.size() == 2);
    CHECK(task.money[0].allocated == 1.5e9);
    CHECK(task.money[1].disbursed == 250000000.5);
    CHECK_FALSE(tasks.is_secret(0));
    CHECK(tasks.is_secret(1));
    CHECK(tasks.task(1).deadline_text.empty());

    REQUIRE(tasks.offices().size() == 2);
    CHECK(tasks.offices()[0].position == thuocdo::Label{"Minister", "Bộ trưởng"});
    CHECK(tasks.offices()[1].position == thuocdo::Label{"Bộ trưởng", "Bộ trưởng"});
    CHECK(tasks.offices()[0].to.value() == Date(2026, 3, 31));
    CHECK_FALSE(tasks.offices()[1].to.has_value());
}

TEST_CASE("16:30 UTC is 23:30 in Viet Nam and the same day, 17:30 UTC is the next day") {
    const Task task = load_tasks(data("register.json")).task(0);
    CHECK(task.events[2].date == Date(2026, 6, 10));
    CHECK(task.events[3].date == Date(2026, 6, 11));
    // The day decides whether a task is in time.
    const std::string late = document(
        R"("deadline": "2026-06-10", "events": [{"kind": "submitted", "date": "2026-06-10T17:30:00Z"}])");
    CHECK(parse_tasks_json(late, "t.json").status(0, Date(2026, 6, 12)).days_late == 1);
    CHECK(json_codes(event(R"("kind": "started", "date": "2026-06-10T17:30:00")")) ==
          Texts{"invalid_date at /tasks/0/events/0/date"});
}

TEST_CASE("no tasks and one task are registers") {
    CHECK(parse_tasks_json(R"({"thuocdo_tasks": 1, "tasks": []})", "t.json").size() == 0);
    CHECK(parse_tasks_json(document(""), "t.json").size() == 1);
}

TEST_CASE("every problem of a document is at the pointer of its member, in the order of the text") {
    const std::string text = R"({
        "thuocdo_tasks": 1,
        "rules": {"timeliness": "submision", "due_soon_days": -1, "penalty_per_missed_deadline": "25%"},
        "offices": [{"post": "P", "person": "A"}, {"post": "P", "person": "B", "form": "2026-01-01"}],
        "tasks": [
            {"code": "A", "lead": "X", "assigned": "05/01/2026", "deadline": "2026-02-30"},
            {"code": "A", "lead": "X; Y", "assigned": "2026-01-05", "coordinating": ["Z", "Z"],
             "events": [{"kind": "started", "date": "2026-01-04"},
                        {"kind": "progress", "date": "2026-02-01", "share": "35%"},
                        {"kind": "progress", "date": "2026-02-01", "share": 35},
                        {"kind": "exempted", "date": "2026-02-01"}],
             "money": [{"date": "2026-02-01"}], "coefficient": 0, "secrecy": "Secret"},
            {"titel": "T", "lead": 7, "assigned": "2026-01-05", "deadline": "thường xuyên"}
        ]})";
    CHECK(json_codes(text) == Texts{"unknown_word at /rules/timeliness",
                                    "bad_option at /rules/due_soon_days",
                                    "percent_sign at /rules/penalty_per_missed_deadline",
                                    "unknown_member at /offices/1/form",
                                    "invalid_date at /tasks/0/assigned",
                                    "invalid_date at /tasks/0/deadline",
                                    "duplicate_task at /tasks/1/code",
                                    "several_leads at /tasks/1/lead",
                                    "duplicate_body at /tasks/1/coordinating/1",
                                    "event_before_assignment at /tasks/1/events/0/date",
                                    "percent_sign at /tasks/1/events/1/share",
                                    "share_out_of_range at /tasks/1/events/2/share",
                                    "authority_missing at /tasks/1/events/3/authority",
                                    "amount_missing at /tasks/1/money/0/allocated",
                                    "coefficient at /tasks/1/coefficient",
                                    "unknown_word at /tasks/1/secrecy",
                                    "missing_member at /tasks/2/code",
                                    "unknown_member at /tasks/2/titel",
                                    "wrong_type at /tasks/2/lead",
                                    "vague_deadline at /tasks/2/deadline"});
}

TEST_CASE("the checks of a task are all made, with the pointer of the task before their place") {
    const auto of = [](const std::string& members) { return json_codes(document(members)); };
    CHECK(of(R"("coordinating": ["X"])") == Texts{"lead_coordinates at /tasks/0/coordinating/0"});
    CHECK(of(R"("coordinating": [" Y"])") == Texts{"surrounding_space at /tasks/0/coordinating/0"});
    CHECK(of(R"("deadline": "2026-01-04")") ==
          Texts{"deadline_before_assignment at /tasks/0/deadline"});
    const std::string extension =
        R"("extensions": [{"decided": "2026-02-01", "last_day": "2026-03-01", "decision": ")";
    CHECK(of(extension + R"(1"}])") ==
          Texts{"extension_without_deadline at /tasks/0/extensions/0"});
    CHECK(of(R"("deadline": "2026-03-01", )" + extension + R"(1"}])") ==
          Texts{"extension_not_later at /tasks/0/extensions/0/last_day"});
    CHECK(of(R"("deadline": "2026-02-01", )" + extension + R"("}])") ==
          Texts{"decision_missing at /tasks/0/extensions/0/decision"});
    CHECK(of(R"("milestones": [{"date": "2026-03-01", "planned_share": 0.5},
                               {"date": "2026-02-01", "planned_share": 0.4},
                               {"date": "2026-04-01", "planned_share": 2}])") ==
          Texts{"milestone_order at /tasks/0/milestones/1/date",
                "milestone_falls at /tasks/0/milestones/1/planned_share",
                "share_out_of_range at /tasks/0/milestones/2/planned_share"});
    CHECK(of(R"("products": [{"quality": "meets"}, {"coefficient": 0.00001}])") ==
          Texts{"quality_without_acceptance at /tasks/0/products/0/quality",
                "coefficient at /tasks/0/products/1/coefficient"});
    CHECK(of(R"("events": [{"kind": "suspended", "date": "2026-02-01"},
                           {"kind": "started", "date": "2026-02-02"},
                           {"kind": "resumed", "date": "2026-02-03"},
                           {"kind": "resumed", "date": "2026-02-04"},
                           {"kind": "completed", "date": "2026-02-05"},
                           {"kind": "completed", "date": "2026-02-06"},
                           {"kind": "cancelled", "date": "2026-02-07", "authority": "TTg"},
                           {"kind": "progress", "date": "2026-02-08", "share": 1},
                           {"kind": "exempted", "date": "2026-02-09", "authority": "TTg", "share": 1}])") ==
          Texts{"event_while_suspended at /tasks/0/events/1", "not_suspended at /tasks/0/events/3",
                "completed_twice at /tasks/0/events/5",
                "event_after_cancellation at /tasks/0/events/7",
                "share_not_expected at /tasks/0/events/8/share"});
    CHECK(of(R"("indicators": ["a", ""])") == Texts{"empty_code at /tasks/0/indicators/1"});
}

TEST_CASE("offices are checked with the pointer of the term") {
    const auto of = [](const std::string& offices) {
        return json_codes(document("", R"("offices": [)" + offices + "], "));
    };
    CHECK(of(R"({"post": "P", "person": "A"}, {"post": "P", "person": "B"})") ==
          Texts{"two_in_office at /offices/1"});
    CHECK(of(R"({"post": ""})") == Texts{"empty_code at /offices/0/post"});
    CHECK(of(R"({"post": "P", "from": "2026-02-01", "to": "2026-01-01"})") ==
          Texts{"dates_reversed at /offices/0"});
    CHECK(of(R"({"post": "P", "to": "1/2026"}, {"post": "P"})") ==
          Texts{"invalid_date at /offices/0/to"});
}

TEST_CASE("one mistake is one problem: what follows from it is not reported") {
    // Without its day a suspension cannot be followed by a resumption.
    CHECK(json_codes(document(R"("events": [{"kind": "suspended", "date": "?"},
                                            {"kind": "resumed", "date": "2026-02-02"}])")) ==
          Texts{"invalid_date at /tasks/0/events/0/date"});
    CHECK(json_codes(document(R"("deadline": "?!", "extensions": [{"decided": "2026-02-01",
                                 "last_day": "2026-03-01", "decision": "1"}])")) ==
          Texts{"unreadable_deadline at /tasks/0/deadline"});
    CHECK(json_codes(document(R"("products": [{"accepted": "2026-13-01", "quality": "meets"}])")) ==
          Texts{"invalid_date at /tasks/0/products/0/accepted"});
    CHECK(json_codes(event(R"("kind": "canceled", "date": "2026-02-01", "share": 7)")) ==
          Texts{"unknown_word at /tasks/0/events/0/kind"});
    // A status is not held against days that are not known.
    CHECK(json_codes(document(R"("status": "Hoàn thành",
                                 "events": [{"kind": "completed", "date": "2026"}])")) ==
          Texts{"invalid_date at /tasks/0/events/0/date"});
    // Nor is a deadline counted from a day of assignment that is not known.
    CHECK(json_codes(R"({"thuocdo_tasks": 1, "tasks": [{"code": "A", "lead": "X",
                         "assigned": "2026", "deadline": "10 ngày kể từ ngày giao"}]})") ==
          Texts{"invalid_date at /tasks/0/assigned"});
}

TEST_CASE("a deadline in words uses the day of assignment, the year and the calendar") {
    const auto deadline = [](const std::string& words, const thuocdo::io::TaskFileOptions& how) {
        const std::string text = document(R"("deadline": ")" + words + '"');
        return parse_tasks_json(text, "t.json", how).task(0).deadline.value();
    };
    CHECK(deadline("10 ngày kể từ ngày giao", {}) == Date(2026, 1, 15));
    CHECK(deadline("trước ngày 10/1/2026", {}) == Date(2026, 1, 9));
    CHECK(deadline("trong Quý II", {.year = 2026}) == Date(2026, 6, 30));
    CHECK(json_codes(document(R"("deadline": "trong Quý II")")) ==
          Texts{"missing_year at /tasks/0/deadline"});
    // From Monday 5 January: the fifth working day is Tuesday 13 January when
    // Monday the 12th is off.
    const thuocdo::WorkingCalendar calendar(thuocdo::WorkingCalendarDefinition{
        .code = "t", .years = {{.year = 2026, .days_off = {{.date = Date(2026, 1, 12)}}}}});
    CHECK(deadline("5 ngày làm việc kể từ ngày giao", {.calendar = calendar}) == Date(2026, 1, 13));
    CHECK(json_codes(document(R"("deadline": "5 ngày làm việc kể từ ngày giao")")) ==
          Texts{"missing_calendar at /tasks/0/deadline"});
    // A day with a text beside it keeps both; words with another text are two deadlines.
    CHECK(parse_tasks_json(document(R"("deadline": "2026-03-31", "deadline_text": "Quý I")"), "")
              .task(0)
              .deadline_text == "Quý I");
    CHECK(json_codes(document(R"("deadline": "trong Quý I/2026", "deadline_text": "Quý I")")) ==
          Texts{"deadline_stated_twice at /tasks/0/deadline_text"});
}

TEST_CASE("names in decomposed form are reported, or composed when asked for") {
    const std::string decomposed = "Bo\xcc\xa3\xcc\x82 Y te\xcc\x82\xcc\x81";
    const std::string text = R"({"thuocdo_tasks": 1, "tasks": [{"code": "A", "lead": ")" +
                             decomposed + R"(", "assigned": "2026-01-05"}]})";
    CHECK(json_codes(text) == Texts{"not_nfc at /tasks/0/lead"});
    CHECK(parse_tasks_json(text, "t.json", {.normalise_to_nfc = true}).lead(0) == "Bộ Y tế");
}

TEST_CASE("texts that are no register are refused with their place") {
    CHECK(json_codes("") == Texts{"syntax_error at t.json:1:1"});
    CHECK(json_codes("{\"thuocdo_tasks\": 1,\n \"tasks\": [}") ==
          Texts{"syntax_error at t.json:2:12"});
    CHECK(json_codes("[]") == Texts{"wrong_type at "});
    CHECK(json_codes("{}") ==
          Texts{"missing_member at /thuocdo_tasks", "missing_member at /tasks"});
    CHECK(json_codes(R"({"thuocdo_tasks": 2, "tasks": []})") ==
          Texts{"unsupported_format at /thuocdo_tasks"});
    CHECK(json_codes(document(R"("code": "B")")) == Texts{"duplicate_member at /tasks/0/code"});
}

TEST_CASE("files that cannot be read are problems of the register") {
    CHECK(codes(thuocdo::io::check_task_file(data("none.json"))) ==
          Texts{"file_not_found at " + data("none.json")});
    CHECK(codes(thuocdo::io::check_task_file(data("register.txt"))) ==
          Texts{"unknown_file_type at " + data("register.txt")});
    CHECK(thuocdo::io::check_task_file(data("register.json")).empty());
    CHECK_THROWS_AS(static_cast<void>(load_tasks(data("none.csv"))), thuocdo::TaskError);
}
