#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/deadline.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/time/day_number.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

using namespace thuocdo;

namespace {

synthetic::Nation nation() {
    io::UnitOptions columns;
    columns.attribute_columns = {"wards", "communes", "special_zones"};
    return synthetic::nation(io::load_units(THUOCDO_DATA_DIR "/units/vn-provinces.csv", columns));
}

}  // namespace

TEST_CASE(
    "the words of made-up deadlines mean the deadlines, as the reader of documents has them") {
    const std::vector<synthetic::TaskBody> bodies = synthetic::task_bodies(nation());
    constexpr std::size_t count = 3'000;
    const std::vector<Task> tasks = synthetic::make_tasks(bodies, {}, 0, count);
    std::size_t with_deadline = 0;
    std::set<std::string> kinds;
    for (const Task& task : tasks) {
        CHECK(task.deadline.has_value() == !task.deadline_text.empty());
        if (!task.deadline) continue;
        ++with_deadline;
        kinds.insert(task.deadline_text.substr(0, task.deadline_text.find_first_of("0123456789")));
        const Deadline read = io::parse_deadline(task.deadline_text);
        CHECK_MESSAGE(read.last_day == *task.deadline, task.deadline_text);
        CHECK(*task.deadline >= task.assigned);
    }
    CHECK(with_deadline > count * 9 / 10);
    // A month, the four quarters, a year, and strictly before a day.
    CHECK(kinds.size() >= 4);
}

TEST_CASE("every one of 20,000 made-up tasks comes back from the register as it was given") {
    const std::vector<synthetic::TaskBody> bodies = synthetic::task_bodies(nation());
    constexpr std::size_t count = 20'000;
    const std::vector<Task> tasks = synthetic::make_tasks(bodies, {}, 0, count);
    const TaskRegister all(tasks, synthetic::offices(bodies, {}));
    REQUIRE(all.size() == count);
    for (std::size_t row = 0; row < count; ++row) {
        const Task back = all.task(row);
        REQUIRE(back.code == tasks[row].code);
        REQUIRE(back.deadline == tasks[row].deadline);
        REQUIRE(back.events.size() == tasks[row].events.size());
        REQUIRE(back.extensions.size() == tasks[row].extensions.size());
        REQUIRE(back.products.size() == tasks[row].products.size());
    }
}
