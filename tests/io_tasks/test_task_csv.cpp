#include <doctest/doctest.h>

#include <string>

#include "support.hpp"

using namespace task_tests;
using thuocdo::Date;
using thuocdo::Task;
using thuocdo::TaskEventKind;
using thuocdo::TaskRegister;
using thuocdo::io::load_tasks;
using thuocdo::io::parse_tasks_csv;
using thuocdo::io::TaskTables;

namespace {

constexpr const char* two_tasks = "code,lead,assigned\nA,X,2026-01-05\nB,Y,2026-01-05\n";

/// A table of one task A with some columns more.
std::string one_task(const std::string& columns, const std::string& cells) {
    return "code,lead,assigned," + columns + "\nA,X,2026-01-05," + cells + '\n';
}

Task task_of(const std::string& text, const thuocdo::io::TaskFileOptions& options = {}) {
    return parse_tasks_csv(text, "t.csv", options).task(0);
}

}  // namespace

TEST_CASE("a table with semicolons, decimal commas and Vietnamese names gives its tasks") {
    const TaskRegister tasks = load_tasks(data("nhiem-vu.csv"), {.decimal = ','});
    REQUIRE(tasks.size() == 3);
    const Task task = tasks.task(0);
    CHECK(task.title == "Sổ sức khỏe điện tử");
    CHECK(task.coordinating == Texts{"Bộ Công an", "Bộ Khoa học và Công nghệ"});
    CHECK(task.deadline.value() == Date(2026, 3, 31));
    CHECK(task.deadline_text == "chậm nhất trong Quý I/2026");
    REQUIRE(task.events.size() == 4);
    CHECK(task.events[0].kind == TaskEventKind::started);
    CHECK(task.events[1].share == 1.0);
    CHECK(task.events[2].date == Date(2026, 3, 30));
    CHECK(task.events[3].kind == TaskEventKind::completed);
    REQUIRE(task.products.size() == 1);
    CHECK(task.products[0].quality == thuocdo::ProductQuality::meets);
    REQUIRE(task.money.size() == 2);
    CHECK(task.money[0].allocated == 1500000000.5);
    CHECK(task.money[0].date == Date(2026, 1, 15));
    CHECK(task.money[1].disbursed == 250000000.25);
    CHECK(tasks.task(1).events[0].share == 0.35);
    CHECK_FALSE(tasks.task(1).deadline.has_value());

    // One term for each head, however many rows name them.
    REQUIRE(tasks.offices().size() == 2);
    CHECK(tasks.offices()[0].post == "Bộ Y tế/Bộ trưởng/Nguyễn Văn A");
    CHECK(tasks.offices()[0].body == "Bộ Y tế");
    CHECK(tasks.offices()[0].position.vi == "Bộ trưởng");
    CHECK(tasks.offices()[1].person == "Trần Thị B");
    CHECK(tasks.post(2) == tasks.offices()[0].post);
    CHECK(tasks.accountable(1, thuocdo::day_number(Date(2026, 6, 1))).value() == 1);

    // The other decimal mark is an error at its cell.
    CHECK(codes(thuocdo::io::check_task_file(data("nhiem-vu.csv"))) ==
          Texts{"decimal_comma at " + data("nhiem-vu.csv") + ":3:16",
                "decimal_comma at " + data("nhiem-vu.csv") + ":3:18",
                "decimal_comma at " + data("nhiem-vu.csv") + ":4:14"});
}

TEST_CASE("the code, the lead and the day of assignment are enough") {
    const Task task = task_of("code,lead,assigned\nA,X,2026-01-05\n");
    CHECK(task.assigned == Date(2026, 1, 5));
    CHECK(task.coefficient == 1.0);
    CHECK(task.secrecy == thuocdo::TaskSecrecy::open);
    CHECK(parse_tasks_csv("code,lead,assigned\n", "t.csv").size() == 0);
}

TEST_CASE("timestamps in cells are days of Viet Nam") {
    const Task task =
        task_of(one_task("submitted,completed", "2026-06-10T16:30:00Z,2026-06-10T17:30:00Z"));
    CHECK(task.events[0].date == Date(2026, 6, 10));
    CHECK(task.events[1].date == Date(2026, 6, 11));
}

TEST_CASE("lists in a cell are separated by a bar") {
    const Task task = task_of(one_task(
        "deadline,extended_to,extended_on,extension_decision,indicators,product,failed_assessments",
        "2026-02-01,2026-03-01|2026-04-01,2026-01-20|2026-02-20,12/QĐ|13/QĐ,a|b,P,"
        "2026-02-02|2026-02-03"));
    REQUIRE(task.extensions.size() == 2);
    CHECK(task.extensions[1].last_day == Date(2026, 4, 1));
    CHECK(task.extensions[1].decided == Date(2026, 2, 20));
    CHECK(task.extensions[1].decision == "13/QĐ");
    CHECK(task.indicators == Texts{"a", "b"});
    CHECK(task.products[0].failed_assessments.size() == 2);
    CHECK(csv_codes(one_task("deadline,extended_to,extended_on,extension_decision",
                             "2026-02-01,2026-03-01|2026-04-01,2026-01-20,12|13")) ==
          Texts{"list_lengths at t.csv:2:6"});
    CHECK(csv_codes(one_task("coordinating,indicators", "Y||Z,a|")) ==
          Texts{"empty_code at t.csv:2:4", "empty_code at t.csv:2:5"});
}

TEST_CASE("a task has one lead, whatever separates two of them") {
    CHECK(csv_codes("code,lead,assigned\nA,X|Y,2026-01-05\n") ==
          Texts{"several_leads at t.csv:2:2"});
    CHECK(csv_codes("code,lead,assigned\nA,X; Y,2026-01-05\n", {.separator = ','}) ==
          Texts{"several_leads at t.csv:2:2"});
    CHECK(csv_codes("code,lead,assigned\nA,\"X\nY\",2026-01-05\n") ==
          Texts{"several_leads at t.csv:2:2"});
    CHECK(csv_codes("code,lead,assigned\nA,,2026-01-05\n") == Texts{"lead_missing at t.csv:2:2"});
    // Commas and "và" belong to names of bodies.
    CHECK(task_of("code,lead,assigned\nA,\"Bộ Văn hóa, Thể thao và Du lịch\",2026-01-05\n").lead ==
          "Bộ Văn hóa, Thể thao và Du lịch");
}

TEST_CASE("every problem of a row is at its cell, in the order of the file") {
    CHECK(csv_codes("code,lead,assigned,deadline,progress,progress_on,secrecy,quality,cancelled,"
                    "exempted_on,coefficient,completed,allocated,disbursed_on\n"
                    "A,X,5/1/2026,2026-02-30,35%,2026-02-01,Secret,good,,,\"1,5\",,1.500.000,\n"
                    "A,X,2026-01-05,2026-01-04,35,2026-02-01,,,2026-02-01,2026-02-01,0,2026-03-01,,"
                    "2026-02-01\n"
                    ",X,2026-01-05,,0.5,,,meets,,,,,7,\n") ==
          Texts{"invalid_date at t.csv:2:3", "invalid_date at t.csv:2:4",
                "percent_sign at t.csv:2:5", "unknown_word at t.csv:2:7",
                "unknown_word at t.csv:2:8", "decimal_comma at t.csv:2:11",
                // There is no column allocated_on: the cell of the amount stands for it.
                "thousands_separator at t.csv:2:13", "date_missing at t.csv:2:13",
                "amount_missing at t.csv:3", "duplicate_task at t.csv:3:1",
                "deadline_before_assignment at t.csv:3:4", "share_out_of_range at t.csv:3:5",
                "authority_missing at t.csv:3:9", "authority_missing at t.csv:3:10",
                "coefficient at t.csv:3:11", "event_after_cancellation at t.csv:3:12",
                "empty_code at t.csv:4:1", "date_missing at t.csv:4:6",
                "quality_without_acceptance at t.csv:4:8", "date_missing at t.csv:4:13"});
}

TEST_CASE("a problem in a list is at the cell of its own file") {
    TaskTables tables{.tasks = two_tasks};
    tables.events =
        "task,kind,date,share,authority,note\n"
        "B,started,2026-01-04,,,\n"
        "A,progress,2026-02-01,35%,,\n"
        "A,progres,2026-02-02,0.5,,\n"
        "C,started,2026-02-30,,,\n"
        "B,exempted,2026-02-01,,,\n"
        "B,completed,,,,\n";
    tables.products =
        "task,name,accepted,quality,failed_assessments,coefficient\n"
        "A,P,,meets,,\n"
        "A,Q,2026-02-01,,2026-02-01|x,0\n";
    tables.extensions = "task,decided,last_day,decision\nA,2026-02-01,2026-03-01,\n";
    tables.milestones =
        "task,date,planned_share\nB,2026-02-01,0.5\nB,2026-01-20,0.4\nB,2026-03-01,\n";
    tables.money = "task,date,allocated,disbursed\nA,2026-02-01,,\nA,,5,\n";
    tables.offices =
        "post,body,position,position_en,person,from,to\n"
        "P,X,,,A,2026-01-01,\nP,X,,,B,2026-02-01,\n,X,,,C,,\nQ,X,,,D,2026-02-01,2026-01-01\n";
    CHECK(table_codes(tables) == Texts{"event_before_assignment at events.csv:2:3",
                                       "percent_sign at events.csv:3:4",
                                       "unknown_word at events.csv:4:2",
                                       "unknown_task at events.csv:5:1",
                                       "invalid_date at events.csv:5:3",
                                       "authority_missing at events.csv:6:5",
                                       "date_missing at events.csv:7:3",
                                       "quality_without_acceptance at products.csv:2:4",
                                       "invalid_date at products.csv:3:5",
                                       "coefficient at products.csv:3:6",
                                       "extension_without_deadline at extensions.csv:2:3",
                                       "decision_missing at extensions.csv:2:4",
                                       "milestone_order at milestones.csv:3:2",
                                       "milestone_falls at milestones.csv:3:3",
                                       "share_out_of_range at milestones.csv:4:3",
                                       "amount_missing at money.csv:2:3",
                                       "date_missing at money.csv:3:2",
                                       "two_in_office at offices.csv:3:5",
                                       "empty_code at offices.csv:4:1",
                                       "dates_reversed at offices.csv:5:5"});
}

TEST_CASE("columns of the table and rows of the lists make one task") {
    TaskTables tables{.tasks = one_task("started,product,deadline", "2026-01-10,P,2026-03-01")};
    tables.events = "task,kind,date\nA,suspended,2026-02-01\n";
    tables.products = "task,name,accepted,quality,coefficient\nA,Q,2026-02-20,exceeds,1.5\n";
    tables.extensions = "task,decided,last_day,decision\nA,2026-02-01,2026-04-01,5/QĐ\n";
    const Task task = parse_tasks_csv(tables).task(0);
    REQUIRE(task.events.size() == 2);
    CHECK(task.events[1].kind == TaskEventKind::suspended);
    REQUIRE(task.products.size() == 2);
    CHECK(task.products[1].coefficient.value() == 1.5);
    CHECK(task.extensions[0].decision == "5/QĐ");
    // A status sees the events of both.
    tables.tasks = one_task("status", "Tạm dừng");
    tables.extensions.clear();
    CHECK(table_codes(tables) == Texts{});
    tables.tasks = one_task("status", "Đang thực hiện");
    CHECK(table_codes(tables) == Texts{"status_disagrees at tasks.csv:2:4"});
}

TEST_CASE("a person is either the head of the row or stands in the table of offices") {
    CHECK(csv_codes(one_task("post,head", "P,Nguyễn Văn A")) ==
          Texts{"two_accountable at t.csv:2:4"});
    const TaskRegister tasks = parse_tasks_csv(
        {.tasks = one_task("post", "P"),
         .offices = "post,position,position_en,person,to\nP,Cục trưởng,Director,A,2026-02-01\n"});
    CHECK(tasks.offices()[0].position == thuocdo::Label{"Director", "Cục trưởng"});
    CHECK(tasks.accountable(0, thuocdo::day_number(Date(2026, 2, 1))).has_value());
    CHECK_FALSE(tasks.accountable(0, thuocdo::day_number(Date(2026, 2, 2))).has_value());
}

TEST_CASE("columns are known, there once, and suggested when misspelled") {
    const auto problems = problems_of([] {
        return parse_tasks_csv("code,lead,asigned,code,,colour\nA,X,2026-01-05,A,,\n", "t.csv");
    });
    CHECK(codes(problems) == Texts{"unknown_column at t.csv:1:3", "duplicate_column at t.csv:1:4",
                                   "empty_column_name at t.csv:1:5",
                                   "unknown_column at t.csv:1:6"});
    CHECK(problems.front().remedy == "did you mean \"assigned\"?");
    CHECK(csv_codes("code,lead\nA,X\n") == Texts{"missing_column at t.csv:1"});
    CHECK(csv_codes(one_task("colour", "red")) == Texts{"unknown_column at t.csv:1:4"});
    CHECK(csv_codes(one_task("colour", "red"), {.ignore_unknown_columns = true}) == Texts{});
    CHECK(csv_codes("code,lead,asigned\nA,X,2026-01-05\n", {.ignore_unknown_columns = true}) ==
          Texts{"missing_column at t.csv:1"});
    CHECK(table_codes({.tasks = two_tasks, .events = "task,kind\n"}) ==
          Texts{"missing_column at events.csv:1"});
}

TEST_CASE("texts that are no tables, and options that cannot be used, are refused") {
    CHECK(csv_codes("") == Texts{"no_header at t.csv:1"});
    CHECK(csv_codes("code,lead,assigned\nA,X\n") == Texts{"ragged_row at t.csv:2"});
    CHECK(table_codes({.tasks = "", .events = "task\n\"A"}) ==
          Texts{"no_header at tasks.csv:1", "unterminated_quote at events.csv:2:1"});
    CHECK(csv_codes(two_tasks, {.decimal = ';'}) == Texts{"bad_option at decimal"});
    CHECK(csv_codes(two_tasks, {.rules = {.penalty_per_missed_deadline = 25.0}}) ==
          Texts{"bad_option at /rules/penalty_per_missed_deadline"});
    CHECK(csv_codes(two_tasks, {.vocabulary = {.words = {{"", {}}}}}) ==
          Texts{"empty_status at vocabulary/words/0/text"});
    CHECK(codes(thuocdo::io::check_task_files(
              {.tasks = data("nhiem-vu.csv"), .events = data("none.csv")})) ==
          Texts{"file_not_found at " + data("none.csv")});
}

TEST_CASE("names in decomposed form are reported, or composed when asked for") {
    const std::string text =
        "code,lead,assigned\nA,Bo\xcc\xa3\xcc\x82 Y te\xcc\x82\xcc\x81,2026-01-05\n";
    CHECK(csv_codes(text) == Texts{"not_nfc at t.csv:2:2"});
    CHECK(task_of(text, {.normalise_to_nfc = true}).lead == "Bộ Y tế");
}

TEST_CASE("deadlines in words are read at their cell") {
    CHECK(task_of(one_task("deadline", "10 ngày kể từ ngày giao")).deadline.value() ==
          Date(2026, 1, 15));
    CHECK(csv_codes(one_task("deadline", "thường xuyên")) == Texts{"vague_deadline at t.csv:2:4"});
    CHECK(csv_codes(one_task("deadline,deadline_text", "trong Quý I/2026,Quý I")) ==
          Texts{"deadline_stated_twice at t.csv:2:5"});
    CHECK(csv_codes("code,lead,assigned,deadline\nA,X,?,10 ngày kể từ ngày giao\n") ==
          Texts{"invalid_date at t.csv:2:3"});
}

TEST_CASE("a secret task is read as such") {
    CHECK(task_of(one_task("secrecy", "secret")).secrecy == thuocdo::TaskSecrecy::secret);
    CHECK(csv_codes(one_task("secrecy", "mật")) == Texts{"unknown_word at t.csv:2:4"});
}
