// Ten million made-up tasks: states and tables of a day beside a memory sweep of the columns that
// they read, and one event against the evaluation of all.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/task_board.hpp>

#include "support.hpp"

namespace {

using thuocdo::Date;
using thuocdo::TaskGroup;
using thuocdo::TaskRegister;
using thuocdo::TaskTable;

const Date as_of(2026, 6, 30);

TaskRegister make_register(std::size_t tasks) {
    thuocdo::io::UnitOptions columns;
    columns.attribute_columns = {"wards", "communes", "special_zones"};
    thuocdo::synthetic::TaskOptions options;
    options.tasks = tasks;
    options.details = false;
    return thuocdo::synthetic::task_register(
        thuocdo::synthetic::nation(
            thuocdo::io::load_units(THUOCDO_DATA_DIR "/units/vn-provinces.csv", columns)),
        options);
}

/// The register of a size, made once.
const TaskRegister& tasks_of(std::size_t tasks) {
    static std::size_t made = 0;
    static TaskRegister kept;
    if (made != tasks) kept = make_register(tasks);
    made = tasks;
    return kept;
}

/// Counts from single statuses must give the table.
void verify(const TaskRegister& tasks) {
    std::array<std::int64_t, thuocdo::task_states> counts{};
    std::int64_t days = 0;
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        const thuocdo::TaskStatus status = tasks.status(row, as_of);
        if (status.state == thuocdo::TaskState::not_yet_assigned) continue;
        ++counts[static_cast<std::size_t>(status.state)];
        days += thuocdo::is_overdue(status.state) ? status.days_late : 0;
    }
    for (const TaskGroup group : {TaskGroup::nation, TaskGroup::lead}) {
        const TaskTable table = thuocdo::task_table(tasks, as_of, group);
        if (table.total.by_state != counts || table.total.days_overdue != days)
            bench::refuse("the task table is not the count of its tasks");
    }
}

double seconds_of(const auto& call) {
    const auto start = std::chrono::steady_clock::now();
    call();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Best time of adding up as many bytes as the evaluation reads.
double sweep_seconds(std::size_t bytes) {
    constexpr int calls = 5;
    const std::vector<std::uint64_t> memory(bytes / sizeof(std::uint64_t), 1);
    double best = 1e9;
    for (int k = 0; k < calls; ++k)
        best = std::min(best, seconds_of([&] {
                            std::uint64_t sum = 0;
                            for (const std::uint64_t word : memory) sum += word;
                            benchmark::DoNotOptimize(sum);
                        }));
    return best;
}

void table_of_a_day(benchmark::State& state, TaskGroup group) {
    const TaskRegister& tasks = tasks_of(static_cast<std::size_t>(state.range(0)));
    verify(tasks);
    const double sweep = sweep_seconds(tasks.evaluation_bytes());
    double best = 1e9;
    for (auto _ : state) {
        const double seconds = seconds_of([&] {
            const TaskTable table = thuocdo::task_table(tasks, as_of, group);
            benchmark::DoNotOptimize(table.total.by_state.data());
        });
        state.SetIterationTime(seconds);
        best = std::min(best, seconds);
    }
    state.counters["memory_sweeps"] = best / sweep;
    state.counters["bytes_a_task"] =
        static_cast<double>(tasks.evaluation_bytes()) / static_cast<double>(tasks.size());
}

void states_of_a_day(benchmark::State& state) {
    const TaskRegister& tasks = tasks_of(static_cast<std::size_t>(state.range(0)));
    const double sweep = sweep_seconds(tasks.evaluation_bytes());
    double best = 1e9;
    for (auto _ : state) {
        const double seconds = seconds_of([&] {
            const auto states = thuocdo::task_states_on(tasks, as_of);
            benchmark::DoNotOptimize(states.data());
        });
        state.SetIterationTime(seconds);
        best = std::min(best, seconds);
    }
    state.counters["memory_sweeps"] = best / sweep;
}

/// One event of one task, on a board that follows three tables.
void one_event(benchmark::State& state) {
    thuocdo::TaskBoard board(make_register(static_cast<std::size_t>(state.range(0))), as_of,
                             {TaskGroup::nation, TaskGroup::lead, TaskGroup::head});
    std::size_t row = 0;
    const std::size_t before = board.evaluations();
    std::size_t events = 0;
    for (auto _ : state) {
        state.PauseTiming();
        while (board.tasks().state(row, thuocdo::day_number(as_of)) !=
               thuocdo::TaskState::in_progress)
            row = (row + 1) % board.tasks().size();
        thuocdo::TaskEvent event;
        event.kind = thuocdo::TaskEventKind::progress;
        event.date = as_of;
        event.share = 0.5;
        const std::string code = board.tasks().code(row);
        row = (row + 1) % board.tasks().size();
        state.ResumeTiming();
        board.record(code, event);
        ++events;
    }
    if (board.evaluations() != before + events) bench::refuse("other tasks were evaluated again");
    if (!(board.table(TaskGroup::lead) ==
          thuocdo::task_table(board.tasks(), as_of, TaskGroup::lead)))
        bench::refuse("the board is not the table of its register");
}

constexpr std::int64_t year = 22'000;
constexpr std::int64_t many = 10'000'000;

BENCHMARK_CAPTURE(table_of_a_day, nation, TaskGroup::nation)
    ->Arg(year)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(one_event)->Arg(year)->Iterations(2000)->Unit(benchmark::kMicrosecond);
BENCHMARK(one_event)->Arg(1'000'000)->Iterations(2000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(table_of_a_day, nation, TaskGroup::nation)
    ->Arg(many)
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(table_of_a_day, lead, TaskGroup::lead)
    ->Arg(many)
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(table_of_a_day, head, TaskGroup::head)
    ->Arg(many)
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(states_of_a_day)
    ->Arg(many)
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);

}  // namespace
