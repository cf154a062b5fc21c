#include <doctest/doctest.h>

#include <string>

#include "support.hpp"

using namespace task_tests;
using thuocdo::Date;
using thuocdo::TaskRegister;
using thuocdo::io::parse_status_vocabulary;
using thuocdo::io::parse_tasks_csv;
using thuocdo::io::parse_tasks_json;
using thuocdo::io::StatusVocabulary;
using thuocdo::io::TaskFileOptions;

namespace {

/// The problems of a task with a status and events, placed at the status.
Texts of(const std::string& status, const std::string& events = "",
         const TaskFileOptions& options = {}) {
    return json_codes(document(R"("status": ")" + status + R"(", "events": [)" + events + ']'),
                      options);
}

constexpr const char* started = R"({"kind": "started", "date": "2026-02-01"})";
constexpr const char* completed = R"({"kind": "completed", "date": "2026-03-01"})";
constexpr const char* returned = R"({"kind": "returned", "date": "2026-03-02"})";
constexpr const char* suspended = R"({"kind": "suspended", "date": "2026-04-01"})";
constexpr const char* resumed = R"({"kind": "resumed", "date": "2026-04-02"})";
constexpr const char* cancelled =
    R"({"kind": "cancelled", "date": "2026-05-01", "authority": "TTg"})";
constexpr const char* no_progress = R"({"kind": "progress", "date": "2026-02-01", "share": 0})";

Texts at_status(const std::string& code) { return {code + " at /tasks/0/status"}; }

std::string two(const char* a, const char* b) { return std::string(a) + ", " + b; }

}  // namespace

TEST_CASE("Chưa hoàn thành never counts as done") {
    // Without dates, and whatever else the file says, the task stays open.
    for (const char* status : {"Chưa hoàn thành", "Chưa thực hiện", ""}) {
        const TaskRegister tasks = parse_tasks_csv(
            std::string("code,lead,assigned,deadline,status\nA,X,2026-01-05,2026-03-31,") + status +
                '\n',
            "t.csv");
        for (int day = 1; day <= 30; ++day) {
            const auto today = Date(2026, 4, static_cast<unsigned short>(day));
            CHECK_FALSE(is_completed(tasks.status(0, today).state));
            CHECK(is_overdue(tasks.status(0, today).state));
        }
    }
    // It is no "Hoàn thành" that lacks its date, and it cannot stand beside one.
    CHECK(of("Chưa hoàn thành") == Texts{});
    CHECK(of("Chưa hoàn thành", completed) == at_status("status_disagrees"));
    CHECK(of("Chưa hoàn thành", two(completed, returned)) == Texts{});
    // Nor does a text that merely contains a known one mean anything.
    CHECK(of("Cơ bản hoàn thành", completed) == at_status("unknown_status"));
    CHECK(of("Hoàn thành một phần", completed) == at_status("unknown_status"));
    CHECK(of(" Hoàn thành", completed) == at_status("unknown_status"));
}

TEST_CASE("a status alone completes nothing") {
    CHECK(of("Hoàn thành") == at_status("completion_without_date"));
    CHECK(of("Đã hoàn thành", started) == at_status("completion_without_date"));
    CHECK(of("completed", completed) == Texts{});
    // Reported complete, product not accepted: the register says so, not the status.
    const TaskRegister tasks = parse_tasks_json(
        document(
            std::string(R"("status": "Hoàn thành", "products": [{"name": "P"}], "events": [)") +
            completed + ']'),
        "t.json");
    CHECK_FALSE(is_completed(tasks.status(0, Date(2026, 6, 1)).state));
    CHECK(tasks.status(0, Date(2026, 6, 1)).awaiting_acceptance);
}

TEST_CASE("each status is held against the dates") {
    CHECK(of("Hoàn thành", two(completed, returned)) == at_status("status_disagrees"));
    CHECK(of("Hoàn thành", two(completed, suspended)) == at_status("status_disagrees"));
    CHECK(of("Hoàn thành", two(completed, cancelled)) == at_status("status_disagrees"));
    CHECK(of("Hoàn thành", R"({"kind": "accepted", "date": "2026-03-01"})") == Texts{});

    CHECK(of("Chưa triển khai") == Texts{});
    CHECK(of("Chưa triển khai", no_progress) == Texts{});
    CHECK(of("Chưa triển khai", started) == at_status("status_disagrees"));
    CHECK(of("Chưa thực hiện", suspended) == at_status("status_disagrees"));
    CHECK(json_codes(
              document(R"("status": "not started", "products": [{"accepted": "2026-02-01"}])")) ==
          at_status("status_disagrees"));

    CHECK(of("Đang thực hiện", started) == Texts{});
    CHECK(of("Đang thực hiện") == at_status("start_without_date"));
    CHECK(of("Đang thực hiện", two(started, completed)) == at_status("status_disagrees"));
    CHECK(of("Đang thực hiện", two(started, suspended)) == at_status("status_disagrees"));
    CHECK(of("Đang thực hiện", two(started, suspended) + ", " + resumed) == Texts{});

    CHECK(of("Tạm dừng", suspended) == Texts{});
    CHECK(of("Tạm dừng", two(suspended, resumed)) == at_status("suspension_without_date"));
    CHECK(of("Tạm dừng", two(suspended, cancelled)) == at_status("status_disagrees"));

    CHECK(of("Hủy", cancelled) == Texts{});
    CHECK(of("Huỷ bỏ", started) == at_status("cancellation_without_date"));
}

TEST_CASE("the order of events in the file does not matter, their days do") {
    CHECK(of("Hoàn thành", two(returned, completed)) == at_status("status_disagrees"));
}

TEST_CASE("an unknown status lists the vocabulary and the nearest text") {
    const auto problems = problems_of([] {
        return parse_tasks_csv("code,lead,assigned,status\nA,X,2026-01-05,Hoàn thanh\n", "t.csv");
    });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "unknown_status");
    CHECK(problems[0].place == "t.csv:2:4");
    CHECK(problems[0].remedy == "did you mean \"Hoàn thành\"?");
    for (const char* word : {"Hoàn thành", "Chưa hoàn thành", "Tạm dừng", "in progress"})
        CHECK(problems[0].expected.find(word) != std::string::npos);
}

TEST_CASE("case counts unless the vocabulary says otherwise, also for Vietnamese letters") {
    CHECK(of("ĐÃ HOÀN THÀNH", completed) == at_status("unknown_status"));
    TaskFileOptions any_case;
    any_case.vocabulary.words = {{"Đã hoàn thành", thuocdo::io::StatedStatus::completed},
                                 {"Chưa hoàn thành", thuocdo::io::StatedStatus::not_completed}};
    any_case.vocabulary.case_sensitive = false;
    CHECK(of("ĐÃ HOÀN THÀNH", completed, any_case) == Texts{});
    CHECK(of("ĐÃ HOÀN THÀNH", started, any_case) == at_status("completion_without_date"));
    CHECK(of("CHƯA HOÀN THÀNH", started, any_case) == Texts{});
    CHECK(of("Hoàn thành", completed, any_case) == at_status("unknown_status"));
}

TEST_CASE("a status in decomposed form is the same status") {
    // "Chưa hoàn thành" in NFD.
    const std::string decomposed = "Chu\xcc\x9b\x61 hoa\xcc\x80n tha\xcc\x80nh";
    CHECK(csv_codes("code,lead,assigned,status\nA,X,2026-01-05," + decomposed + '\n') ==
          Texts{"not_nfc at t.csv:2:4"});
    CHECK(csv_codes("code,lead,assigned,status\nA,X,2026-01-05," + decomposed + '\n',
                    {.normalise_to_nfc = true}) == Texts{});
    TaskFileOptions options;
    options.vocabulary.words = {{decomposed, thuocdo::io::StatedStatus::not_completed}};
    CHECK(of("Chưa hoàn thành", completed, options) == at_status("status_disagrees"));
}

TEST_CASE("a document can bring its vocabulary") {
    const std::string words =
        R"("vocabulary": {"words": [{"text": "Xong", "meaning": "completed"}]}, )";
    CHECK(json_codes(document(R"("status": "Xong")", words)) ==
          at_status("completion_without_date"));
    CHECK(json_codes(document(R"("status": "Hoàn thành")", words)) == at_status("unknown_status"));
    CHECK(
        json_codes(document(
            R"("status": "Xong")",
            R"("vocabulary": {"words": [{"text": "Xong", "meaning": "done"}, {"text": ""}]}, )")) ==
        Texts{"unknown_word at /vocabulary/words/0/meaning",
              "missing_member at /vocabulary/words/1/meaning"});
    CHECK(json_codes(document("", R"("vocabulary": {"words": [
              {"text": "a", "meaning": "completed"}, {"text": "", "meaning": "completed"},
              {"text": "a", "meaning": "suspended"}]}, )")) ==
          Texts{"empty_status at /vocabulary/words/1/text",
                "duplicate_status at /vocabulary/words/2/text"});
}

TEST_CASE("a vocabulary is read from a text of its own") {
    const StatusVocabulary read = parse_status_vocabulary(
        R"({"case_sensitive": false, "words": [{"text": "Xong", "meaning": "completed"},
            {"text": "Chưa xong", "meaning": "not_completed"}]})",
        "v.json");
    REQUIRE(read.words.size() == 2);
    CHECK_FALSE(read.case_sensitive);
    CHECK(read.words[1].text == "Chưa xong");
    CHECK(read.words[1].meaning == thuocdo::io::StatedStatus::not_completed);
    CHECK(codes(problems_of([] {
              return parse_status_vocabulary(
                  R"({"case_sensitive": false, "words": [{"text": "Xong", "meaning": "completed"},
                      {"text": "XONG", "meaning": "completed"}]})",
                  "v.json");
          })) == Texts{"duplicate_status at /words/1/text"});
    CHECK(codes(problems_of([] { return parse_status_vocabulary("{", "v.json"); })) ==
          Texts{"syntax_error at v.json:1:2"});
    CHECK(codes(problems_of([] {
              return thuocdo::io::load_status_vocabulary(data("none.json"));
          })) == Texts{"file_not_found at " + data("none.json")});
}

TEST_CASE(
    "the standard vocabulary has no text twice and each meaning at least once in both languages") {
    const StatusVocabulary standard;
    std::vector<int> vietnamese(6);
    std::vector<int> english(6);
    for (std::size_t k = 0; k < standard.words.size(); ++k) {
        for (std::size_t j = 0; j < k; ++j) CHECK(standard.words[k].text != standard.words[j].text);
        bool ascii = true;
        for (const char c : standard.words[k].text)
            ascii = ascii && static_cast<signed char>(c) > 0;
        ++(ascii ? english : vietnamese)[static_cast<std::size_t>(standard.words[k].meaning)];
    }
    for (const int count : vietnamese) CHECK(count >= 1);
    for (const int count : english) CHECK(count >= 1);
}
