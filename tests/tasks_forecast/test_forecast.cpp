#include <thuocdo/io/csv.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/deadline_forecast.hpp>
#include <thuocdo/tasks/task_table.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tasks/make_tasks.hpp"

using namespace thuocdo;
using namespace task_tests;

namespace {

const std::vector<synthetic::TaskBody>& bodies() {
    static const std::vector<synthetic::TaskBody> all = [] {
        io::UnitOptions columns;
        columns.attribute_columns = {"wards", "communes", "special_zones"};
        return synthetic::task_bodies(
            synthetic::nation(io::load_units(THUOCDO_DATA_DIR "/units/vn-provinces.csv", columns)));
    }();
    return all;
}

std::vector<Task> made_up(std::size_t first, std::size_t count, std::uint64_t seed = 57) {
    synthetic::TaskOptions options;
    options.seed = seed;
    return synthetic::make_tasks(bodies(), options, first, count);
}

/// The task as it was known at the end of a day.
Task known_on(Task task, const Date& day) {
    std::erase_if(task.events, [&](const TaskEvent& each) { return each.date > day; });
    std::erase_if(task.extensions,
                  [&](const DeadlineExtension& each) { return each.decided > day; });
    std::erase_if(task.money, [&](const TaskMoney& each) { return each.date > day; });
    for (TaskProduct& product : task.products) {
        if (product.accepted && *product.accepted > day) {
            product.accepted.reset();
            product.quality = ProductQuality::not_assessed;
        }
        std::erase_if(product.failed_assessments, [&](const Date& each) { return each > day; });
    }
    return task;
}

}  // namespace

TEST_CASE("made-up tasks: a slice is a slice of the whole, and another seed gives others") {
    const TaskRegister whole(made_up(0, 300));
    const TaskRegister slice(made_up(100, 50));
    for (std::size_t row = 0; row < slice.size(); ++row) {
        CHECK(slice.code(row) == whole.code(100 + row));
        CHECK(slice.title(row) == whole.title(100 + row));
        CHECK(slice.lead(row) == whole.lead(100 + row));
        for (int offset = 0; offset < 1200; offset += 37) {
            const Date day = Date(2024, 1, 1) + boost::gregorian::days(offset);
            CHECK(slice.status(row, day) == whole.status(100 + row, day));
        }
    }
    CHECK(made_up(0, 1, 58)[0].assigned != made_up(0, 1)[0].assigned);
}

TEST_CASE("made-up tasks are plausible by the volumes of official reports") {
    const TaskRegister tasks(made_up(0, 20'000));
    const TaskTally tally = task_table(tasks, Date(2026, 6, 30)).total;
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return static_cast<double>(part) / static_cast<double>(whole);
    };
    CHECK(share(tally.done(), tally.all()) > 0.65);
    CHECK(share(tally.done(), tally.all()) < 0.9);
    CHECK(share(tally.of(TaskState::completed_late), tally.done()) > 0.05);
    CHECK(share(tally.of(TaskState::completed_late), tally.done()) < 0.2);
    CHECK(share(tally.overdue(), tally.all()) < 0.06);
    CHECK(tally.secret > 0);
    CHECK(tally.extended > 0);
}

TEST_CASE("without history the forecast is even odds, and history moves it to what was seen") {
    const TaskRegister none;
    const DeadlineForecast empty = DeadlineForecast::fit(none, day("2026-01-01"));
    const TaskRegister one(std::vector<Task>{simple_task()});
    CHECK(empty.history() == 0);
    const Forecast even = empty.forecast(one, 0, day("2026-02-01"));
    CHECK(even.probability == 0.5);
    CHECK(even.low < 0.5);
    CHECK(even.high > 0.5);
    // 200 tasks that never reported anything and all missed their deadline.
    std::vector<Task> late;
    for (int k = 0; k < 200; ++k) {
        Task task = simple_task("L" + std::to_string(k));
        task.assigned = day("2025-01-02");
        task.deadline = day("2025-03-31");
        late.push_back(task);
    }
    const TaskRegister past(late);
    const DeadlineForecast learnt = DeadlineForecast::fit(past, day("2026-01-01"));
    CHECK(learnt.history() == 1000);
    const Forecast forecast = learnt.forecast(one, 0, day("2026-02-01"));
    CHECK(forecast.similar > 0);
    CHECK(forecast.missed == forecast.similar);
    CHECK(forecast.probability > 0.97);
    CHECK(forecast.explain().vi.find("nhiệm vụ tương tự") != std::string::npos);
    // The day of a deadline is not over before its end: nothing is learnt from it on that day.
    CHECK(DeadlineForecast::fit(past, day("2025-03-31")).history() == 0);
    CHECK(DeadlineForecast::fit(past, day("2025-04-01")).history() == 1000);
    for (const double weight : {0.0, 1.0 / 0.0})
        CHECK_THROWS_AS(
            (void)DeadlineForecast::fit(none, day("2026-01-01"), {.prior_weight = weight}),
            TaskError);
    DeadlineForecast other_day = DeadlineForecast::fit(none, day("2026-01-02"));
    CHECK_THROWS_AS(other_day.merge(empty), TaskError);
}

TEST_CASE("nothing is forecast for what is done, halted, overdue or has no deadline") {
    std::vector<Task> all{completed_task("done", "2026-02-01"), simple_task("suspended"),
                          simple_task("standing"), simple_task("open")};
    all[1].events.push_back(event(TaskEventKind::suspended, "2026-01-20"));
    all[2].deadline.reset();
    const TaskRegister tasks(all);
    const DeadlineForecast learnt = DeadlineForecast::fit(tasks, day("2026-01-05"));
    const auto forecasts = learnt.forecast_all(tasks, day("2026-02-10"));
    for (const std::size_t row : {0U, 1U, 2U}) CHECK(std::isnan(forecasts[row].probability));
    CHECK_FALSE(std::isnan(forecasts[3].probability));
    CHECK(std::isnan(learnt.forecast(tasks, 3, day("2026-03-31")).probability));
}

TEST_CASE("nothing dated after the day enters a forecast, bit for bit") {
    const std::vector<Task> whole = made_up(0, 3000);
    const Date today(2025, 9, 30);
    std::vector<Task> known;
    for (const Task& task : whole) known.push_back(known_on(task, today));
    const TaskRegister with_future(whole);
    const TaskRegister without(known);
    const DeadlineForecast one = DeadlineForecast::fit(with_future, today);
    const DeadlineForecast other = DeadlineForecast::fit(without, today);
    CHECK(one.history() == other.history());
    std::size_t forecasts = 0;
    for (std::size_t row = 0; row < with_future.size(); ++row) {
        const Forecast a = one.forecast(with_future, row, today);
        const Forecast b = other.forecast(without, row, today);
        CHECK(std::isnan(a.probability) == std::isnan(b.probability));
        if (std::isnan(a.probability)) continue;
        ++forecasts;
        CHECK(a.probability == b.probability);
        CHECK(a.low == b.low);
        CHECK(a.high == b.high);
    }
    CHECK(forecasts > 300);
}

TEST_CASE("two histories merge to the fit of both, and the order of tasks changes nothing") {
    const std::vector<Task> first = made_up(0, 1500);
    const std::vector<Task> second = made_up(1500, 1500);
    std::vector<Task> both = second;
    both.insert(both.end(), first.begin(), first.end());
    const Date today(2025, 12, 31);
    DeadlineForecast merged = DeadlineForecast::fit(TaskRegister(first), today);
    merged.merge(DeadlineForecast::fit(TaskRegister(second), today));
    const TaskRegister all(both);
    const DeadlineForecast once = DeadlineForecast::fit(all, today);
    CHECK(merged.history() == once.history());
    for (std::size_t row = 0; row < all.size(); ++row) {
        const Forecast a = merged.forecast(all, row, today);
        const Forecast b = once.forecast(all, row, today);
        if (std::isnan(a.probability)) continue;
        CHECK(a.probability == b.probability);
    }
}

TEST_CASE("forecasts of tasks not learnt from are calibrated and better than the base rate") {
    const TaskRegister tasks(made_up(0, 20'000));
    const std::vector<Date> days{Date(2025, 9, 30), Date(2025, 12, 31), Date(2026, 3, 31)};
    const HeldOutCalibration held_out =
        held_out_calibration(tasks, Date(2025, 6, 30), days, Date(2028, 12, 31));
    CHECK(held_out.quality.count > 4000);
    CHECK(held_out.quality.calibration_error < 0.04);
    CHECK(held_out.quality.brier < 0.75 * held_out.quality.brier_of_base_rate);
    CHECK(held_out.quality.area_under_curve > 0.75);
    CHECK_THROWS_AS((void)held_out_calibration(tasks, Date(2025, 9, 30), days, Date(2028, 12, 31)),
                    TaskError);
}
