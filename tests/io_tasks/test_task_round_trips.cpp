#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "support.hpp"
#include "support/build.hpp"

using namespace task_tests;
using testing_support::Random;
using thuocdo::Date;
using thuocdo::DeadlineExtension;
using thuocdo::OfficeTerm;
using thuocdo::Task;
using thuocdo::TaskEvent;
using thuocdo::TaskEventKind;
using thuocdo::TaskProduct;
using thuocdo::TaskRegister;
using thuocdo::TaskRules;
using thuocdo::io::load_tasks;
using thuocdo::io::parse_tasks_csv;
using thuocdo::io::parse_tasks_json;
using thuocdo::io::tasks_to_csv;
using thuocdo::io::tasks_to_json;

namespace {

Date after(const Date& date, long days) { return date + boost::gregorian::days(days); }

/// Texts with what must be escaped or quoted in one form or the other.
std::string any_text(Random& random) {
    const std::vector<std::string> texts{
        "",     "Bộ Y tế", "a, b; c\td", "dòng 1\ndòng 2", "\"trích\"", "#1", "\\ {[,]}",
        "=1+1", " cách ",  "0123",       "Đắk Lắk",        "a|b",       "1,5"};
    return texts[random.below(texts.size())];
}

/// A number with at most four decimals.
double steps(Random& random, std::size_t most) {
    return static_cast<double>(1 + random.below(most)) / 10000.0;
}

/// Any task that passes the checks.
Task any_task(Random& random, std::size_t number) {
    Task task;
    task.code = "NV-" + std::to_string(number);
    task.title = any_text(random);
    task.document = any_text(random);
    task.lead = "Cơ quan " + std::to_string(random.below(5));
    for (std::size_t k = 0; k < random.below(3); ++k)
        task.coordinating.push_back("Phối hợp, " + std::to_string(k));
    if (random.chance(0.5)) task.post = "P" + std::to_string(random.below(4));
    task.level = any_text(random);
    task.sector = any_text(random);
    task.assigned = after(Date(2025, 1, 1), static_cast<long>(random.below(400)));
    task.deadline_text = any_text(random);
    if (random.chance(0.8)) {
        Date last = after(task.assigned, static_cast<long>(random.below(100)));
        task.deadline = last;
        Date decided = task.assigned;
        for (std::size_t k = 0; k < random.below(3); ++k) {
            last = after(last, 1 + static_cast<long>(random.below(60)));
            decided = after(decided, 1 + static_cast<long>(random.below(30)));
            task.extensions.push_back({decided, last, std::to_string(k) + "/QĐ"});
        }
    }
    Date date = task.assigned;
    double planned = 0.0;
    for (std::size_t k = 0; k < random.below(4); ++k) {
        date = after(date, static_cast<long>(random.below(30)));
        planned += (1.0 - planned) * random.uniform();
        task.milestones.push_back({any_text(random), date, planned});
    }
    date = task.assigned;
    constexpr TaskEventKind kinds[] = {TaskEventKind::started,   TaskEventKind::progress,
                                       TaskEventKind::submitted, TaskEventKind::returned,
                                       TaskEventKind::accepted,  TaskEventKind::exempted};
    for (std::size_t k = 0; k < random.below(6); ++k) {
        TaskEvent event;
        event.kind = kinds[random.below(6)];
        event.date = after(task.assigned, static_cast<long>(random.below(200)));
        if (event.kind == TaskEventKind::progress) event.share = random.uniform();
        if (event.kind == TaskEventKind::exempted) event.authority = "TTg";
        event.note = any_text(random);
        task.events.push_back(std::move(event));
    }
    for (std::size_t k = 0; k < random.below(3); ++k) {
        TaskProduct product;
        product.name = any_text(random);
        if (random.chance(0.5)) {
            product.accepted = after(task.assigned, static_cast<long>(random.below(200)));
            product.quality = static_cast<thuocdo::ProductQuality>(random.below(3));
        }
        for (std::size_t j = 0; j < random.below(3); ++j)
            product.failed_assessments.push_back(after(task.assigned, static_cast<long>(j)));
        if (random.chance(0.5)) product.coefficient = steps(random, 50000);
        task.products.push_back(std::move(product));
    }
    for (std::size_t k = 0; k < random.below(3); ++k)
        task.indicators.push_back("chỉ tiêu " + std::to_string(k));
    task.coefficient = random.chance(0.5) ? 1.0 : steps(random, 50000);
    for (std::size_t k = 0; k < random.below(3); ++k)
        task.money.push_back({after(task.assigned, static_cast<long>(k)),
                              random.chance(0.5) ? 0.0 : random.between(-1e6, 1e12),
                              random.chance(0.5) ? 0.0 : random.uniform() * 1e9});
    if (random.chance(0.2)) task.secrecy = thuocdo::TaskSecrecy::secret;
    return task;
}

TaskRegister any_register(std::uint64_t seed) {
    Random random(seed);
    std::vector<Task> tasks;
    const std::size_t count = random.below(40);
    for (std::size_t k = 0; k < count; ++k) tasks.push_back(any_task(random, k));
    std::vector<OfficeTerm> offices;
    for (std::size_t k = 0; k < random.below(4); ++k) {
        OfficeTerm term;
        term.post = "P" + std::to_string(k);
        term.body = any_text(random);
        term.position = {any_text(random), any_text(random)};
        term.person = any_text(random);
        if (random.chance(0.5)) term.from = Date(2025, 1, 1);
        if (random.chance(0.5)) term.to = Date(2026, 1, 1);
        offices.push_back(std::move(term));
    }
    TaskRules rules;
    rules.accepted_product_required = random.chance(0.5);
    rules.timeliness = static_cast<thuocdo::Timeliness>(random.below(3));
    rules.due_soon_days = static_cast<std::int32_t>(random.below(60));
    rules.penalty_per_missed_deadline = steps(random, 10000);
    return TaskRegister(tasks, offices, rules);
}

}  // namespace

TEST_CASE("a register written as a document reads back to the same tasks, offices and rules") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        const TaskRegister tasks = any_register(seed);
        const std::string text = tasks_to_json(tasks);
        const TaskRegister read = parse_tasks_json(text, "t.json");
        CHECK(tasks_to_json(read) == text);
        CHECK(read.rules() == tasks.rules());
        CHECK(read.size() == tasks.size());
        // One line, and other rules by default, change nothing.
        const std::string line = tasks_to_json(tasks, -1);
        CHECK(line.find('\n') == std::string::npos);
        CHECK(tasks_to_json(parse_tasks_json(line, "t.json", {.rules = {.due_soon_days = 99}})) ==
              text);
    }
}

TEST_CASE("a register written as tables reads back to the same tasks and offices") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        const TaskRegister tasks = any_register(seed);
        const std::string text = tasks_to_json(tasks);
        CHECK(tasks_to_json(parse_tasks_csv(tasks_to_csv(tasks), {.rules = tasks.rules()})) ==
              text);
        const auto semicolons =
            tasks_to_csv(tasks, {.separator = ';', .decimal = ',', .byte_order_mark = true});
        CHECK(tasks_to_json(
                  parse_tasks_csv(semicolons, {.decimal = ',', .rules = tasks.rules()})) == text);
    }
}

TEST_CASE("what was read from files is the same in the other form") {
    for (const char* file : {"register.json", "nhiem-vu.csv"}) {
        CAPTURE(file);
        const TaskRegister tasks = load_tasks(data(file), {.decimal = ','});
        const std::string text = tasks_to_json(tasks);
        CHECK(tasks_to_json(parse_tasks_json(text, "t.json")) == text);
        CHECK(tasks_to_json(parse_tasks_csv(tasks_to_csv(tasks), {.rules = tasks.rules()})) ==
              text);
        // The words of the deadline stay, and so does the day that was read from them.
        CHECK(text.find("chậm nhất trong Quý I/2026") != std::string::npos);
        CHECK(text.find("\"deadline\": \"2026-03-31\"") != std::string::npos);
    }
}

TEST_CASE("an empty register gives a table with its header and no lists") {
    const thuocdo::io::TaskTables tables = tasks_to_csv(TaskRegister());
    CHECK(tables.tasks.starts_with("code,title,document,lead,"));
    CHECK(tables.events.empty());
    CHECK(tables.offices.empty());
    CHECK(parse_tasks_csv(tables).size() == 0);
}

TEST_CASE("a name that holds the separator of lists is refused in tables and kept in a document") {
    Task task;
    task.code = "A";
    task.lead = "X";
    task.assigned = Date(2026, 1, 5);
    task.coordinating = {"Y|Z"};
    task.indicators = {"a|b"};
    const TaskRegister tasks(std::vector<Task>{task});
    CHECK(codes(problems_of([&] { return tasks_to_csv(tasks); })) ==
          Texts{"reserved_character at task \"A\"/coordinating/0",
                "reserved_character at task \"A\"/indicators/0"});
    CHECK(parse_tasks_json(tasks_to_json(tasks), "t.json").coordinating(0) == Texts{"Y|Z"});
}
