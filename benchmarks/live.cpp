// A live scoreboard: what an event costs from the check of the log to the published snapshot,
// beside scoring everything again and beside making the event durable. Every board is compared
// with `score()` of the data of that moment when its events are through.
#include <thuocdo/live/live_scoreboard.hpp>

#ifdef THUOCDO_BENCH_JOURNAL
#include <thuocdo/io/events.hpp>
#include <thuocdo/live/journal.hpp>

#include <sqlite3.h>
#endif

#include <filesystem>
#include <malloc.h>
#include <memory>
#include <optional>
#include <span>
#include <unistd.h>
#include <utility>

#include "support.hpp"

namespace {

using namespace bench;
namespace live = thuocdo::live;
using thuocdo::Date;

constexpr const char* period = "2026";
const Date first_day(2026, 1, 1);

// --- boards ----------------------------------------------------------------------------------

/// How all 100 indicators are scored.
enum Rules : std::int64_t { goalposts, min_max, z_score, goalposts_and_tasks };
/// What an event does to its cell.
enum Moves : std::int64_t { small, random_value, range };

IndexModel model_of(Rules rules) {
    thuocdo::ModelDefinition definition = thuocdo::synthetic::model().definition();
    for (thuocdo::NodeDefinition& pillar : definition.root.children)
        for (thuocdo::NodeDefinition& sub : pillar.children)
            for (thuocdo::NodeDefinition& leaf : sub.children) {
                if (rules == z_score) {
                    leaf.score = thuocdo::rule::ZScore{0.5, 0.2, 0.5};
                } else if (rules == min_max) {
                    leaf.score = thuocdo::rule::MinMax{};
                } else {
                    leaf.score = thuocdo::rule::Goalposts{0.0, 1.0, true};
                }
            }
    if (rules == goalposts_and_tasks) {
        thuocdo::NodeDefinition& leaf = definition.root.children[0].children[0].children[0];
        leaf.indicator = "tasks.late";
        leaf.score = thuocdo::rule::PenaltyPerOccurrence{0.1, 1.0, 0.0};
        leaf.direction = thuocdo::Direction::higher_is_better;
    }
    return IndexModel(std::move(definition));
}

/// Bytes that the program has allocated and not given back; 0 where the system does not tell.
double bytes_in_use() {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 all = mallinfo2();
    return static_cast<double>(all.uordblks + all.hblkhd);
#else
    return 0.0;
#endif
}

Panel uniform_panel(const IndexModel& model, Index units) {
    constexpr std::uint64_t seed = 57;
    const thuocdo::numeric::Philox random(seed);
    thuocdo::PanelDefinition table;
    table.units = registry(units);
    for (const std::string& indicator : model.indicators())
        if (indicator != "tasks.late") table.indicators.push_back(indicator);
    table.period = period;
    table.values.resize(units, static_cast<Index>(table.indicators.size()));
    for (Index j = 0; j < table.values.cols(); ++j)
        for (Index i = 0; i < units; ++i)
            table.values(i, j) =
                random.uniform(static_cast<std::uint64_t>(i), 0, static_cast<std::uint32_t>(j));
    return Panel(std::move(table));
}

struct Board {
    explicit Board(Rules rules, Index units, live::LogRules log_rules = {})
        : model(model_of(rules)), first(uniform_panel(model, units)) {
        const double before = bytes_in_use();
        log = std::make_shared<live::ObservationLog>(std::move(log_rules),
                                                     live::Baseline{first, first_day});
        board = std::make_unique<live::LiveScoreboard>(
            model, log, live::LiveOptions{period, first_day, {}, {}});
        bytes = bytes_in_use() - before;
    }

    [[nodiscard]] Scoreboard batch() const {
        return thuocdo::score(board->model(), board->panel(), board->score_options());
    }
    void verify() const {
        if (board->scoreboard().digest() != batch().digest())
            refuse("the live board is not what score() says");
    }

    IndexModel model;
    Panel first;
    std::shared_ptr<live::ObservationLog> log;
    std::unique_ptr<live::LiveScoreboard> board;
    double bytes = 0.0;
};

// --- events ----------------------------------------------------------------------------------

/// Makes observations whose effect is known.
class Events {
  public:
    Events(const Panel& panel, Moves moves)
        : panel_(panel), values_(panel.unit_count(), panel.indicator_count()), moves_(moves) {
        for (Index j = 0; j < values_.cols(); ++j)
            for (Index i = 0; i < values_.rows(); ++i) values_(i, j) = panel.value(i, j);
        for (Index j = 0; j < values_.cols(); ++j) {
            Index least = 0;
            Index most = 0;
            lowest_.push_back(values_.col(j).minCoeff(&least));
            highest_.push_back(values_.col(j).maxCoeff(&most));
            at_the_end_.push_back(least);
            at_the_end_.push_back(most);
        }
    }

    [[nodiscard]] std::vector<live::Event> take(std::size_t count) {
        std::vector<live::Event> events;
        events.reserve(count);
        for (std::size_t k = 0; k < count; ++k) events.push_back(next());
        return events;
    }

  private:
    [[nodiscard]] double uniform(std::uint32_t what) const {
        return random_.uniform(number_, 1, what);
    }

    [[nodiscard]] live::Event next() {
        ++number_;
        const auto indicator = static_cast<Index>(uniform(0) * static_cast<double>(values_.cols()));
        const auto column = static_cast<std::size_t>(indicator);
        Index unit = static_cast<Index>(uniform(1) * static_cast<double>(values_.rows()));
        if (moves_ == range) {
            unit = at_the_end_[2 * column + 1];
        } else {
            // The ends of a column stay with their units.
            while (unit == at_the_end_[2 * column] || unit == at_the_end_[2 * column + 1])
                unit = (unit + 1) % values_.rows();
        }
        double& value = values_(unit, indicator);
        value = new_value(value, lowest_[column], highest_[column]);
        live::Event event;
        event.id = "event-" + std::to_string(number_);
        event.valid = first_day;
        event.known = thuocdo::start_of_day(first_day);
        event.known.microseconds += static_cast<std::int64_t>(number_);
        event.source = "report";
        event.fact = live::Observation{
            panel_.units().code(unit), panel_.indicators()[column], period, value, {}, {}};
        return event;
    }

    [[nodiscard]] double new_value(double before, double lowest, double highest) const {
        constexpr double step = 0.01;
        const double width = highest - lowest;
        if (moves_ == range) return highest + width * step * (1.0 + uniform(2));
        if (moves_ == random_value)
            return lowest + width * (step + (1.0 - 2.0 * step) * uniform(2));
        const double moved = before + width * step * (uniform(2) < 0.5 ? -1.0 : 1.0);
        return moved > lowest && moved < highest ? moved : 0.5 * (lowest + highest);
    }

    const Panel& panel_;
    thuocdo::numeric::Philox random_{58};
    Eigen::MatrixXd values_;
    Moves moves_;
    std::uint64_t number_ = 0;
    std::vector<double> lowest_;
    std::vector<double> highest_;
    /// Units with the smallest and the largest value of each column.
    std::vector<Index> at_the_end_;
};

// --- times -----------------------------------------------------------------------------------

/// The time of every call of a run.
class Latencies {
  public:
    explicit Latencies(std::size_t calls) { nanoseconds_.reserve(calls); }

    template <class Call>
    void time(Call&& call) {
        const auto start = std::chrono::steady_clock::now();
        call();
        const std::chrono::duration<double, std::nano> taken =
            std::chrono::steady_clock::now() - start;
        nanoseconds_.push_back(taken.count());
    }

    [[nodiscard]] double seconds() const {
        double sum = 0.0;
        for (const double each : nanoseconds_) sum += each;
        return sum * 1e-9;
    }

    /// @param events how many a call has
    void report(benchmark::State& state, double events = 1.0) {
        const auto calls = static_cast<double>(nanoseconds_.size());
        state.SetIterationTime(seconds());
        state.counters["events_a_second"] = calls * events / seconds();
        std::sort(nanoseconds_.begin(), nanoseconds_.end());
        state.counters["p50_us"] = share(0.50) * 1e-3;
        state.counters["p99_us"] = share(0.99) * 1e-3;
    }

  private:
    [[nodiscard]] double share(double part) const {
        return nanoseconds_[static_cast<std::size_t>(part *
                                                     static_cast<double>(nanoseconds_.size() - 1))];
    }

    std::vector<double> nanoseconds_;
};

constexpr std::size_t warm_up = 50;

/// Rules, moves, units, events.
void apply_one_by_one(benchmark::State& state) {
    Board made(static_cast<Rules>(state.range(0)), static_cast<Index>(state.range(2)));
    Events source(made.first, static_cast<Moves>(state.range(1)));
    const auto count = static_cast<std::size_t>(state.range(3));
    for (auto _ : state) {
        for (const live::Event& each : source.take(std::min(warm_up, count / 2)))
            static_cast<void>(made.board->apply(each));
        const std::vector<live::Event> events = source.take(count);
        Latencies latencies(count);
        double changes = 0.0;
        for (const live::Event& each : events)
            latencies.time(
                [&] { changes += static_cast<double>(made.board->apply(each).changes.size()); });
        const double one = latencies.seconds() / static_cast<double>(count);
        latencies.report(state);
        made.verify();
        constexpr int repetitions = 3;
        const Panel panel = made.board->panel();
        const double whole = best_seconds(repetitions, [&] {
            benchmark::DoNotOptimize(
                thuocdo::score(made.model, panel, made.board->score_options()).scores().data());
        });
        state.counters["score_over_event"] = whole / one;
        state.counters["units_changed"] = changes / static_cast<double>(count);
    }
}
BENCHMARK(apply_one_by_one)
    ->ArgNames({"rules", "moves", "units", "events"})
    ->Args({goalposts, small, 3'321, 20'000})
    ->Args({goalposts, random_value, 3'321, 20'000})
    ->Args({goalposts, small, 100'000, 5'000})
    ->Args({goalposts, random_value, 100'000, 5'000})
    ->Args({min_max, small, 3'321, 20'000})
    ->Args({min_max, random_value, 3'321, 20'000})
    ->Args({min_max, range, 3'321, 2'000})
    ->Args({min_max, small, 100'000, 5'000})
    ->Args({min_max, random_value, 100'000, 5'000})
    ->Args({min_max, range, 100'000, 200})
    ->Args({z_score, small, 3'321, 2'000})
    ->Args({z_score, random_value, 3'321, 2'000})
    ->Args({z_score, small, 100'000, 200})
    ->Args({z_score, random_value, 100'000, 200})
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// Rules, moves, units, batches of 100 events.
void apply_in_batches(benchmark::State& state) {
    constexpr std::size_t batch = 100;
    Board made(static_cast<Rules>(state.range(0)), static_cast<Index>(state.range(2)));
    Events source(made.first, static_cast<Moves>(state.range(1)));
    const auto count = static_cast<std::size_t>(state.range(3));
    for (auto _ : state) {
        static_cast<void>(made.board->apply(source.take(batch)));
        const std::vector<live::Event> events = source.take(batch * count);
        Latencies latencies(count);
        for (std::size_t k = 0; k < count; ++k)
            latencies.time([&] {
                static_cast<void>(made.board->apply(std::span(events).subspan(k * batch, batch)));
            });
        latencies.report(state, batch);
        made.verify();
    }
}
BENCHMARK(apply_in_batches)
    ->ArgNames({"rules", "moves", "units", "batches"})
    ->Args({goalposts, small, 3'321, 200})
    ->Args({goalposts, small, 100'000, 50})
    ->Args({z_score, small, 3'321, 20})
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// A day on which 1,000 of 22,000 tasks of different bodies become late; then one without.
void advance_over_a_day(benchmark::State& state) {
    constexpr Index due = 1'000;
    constexpr Index all = 22'000;
    constexpr int quiet_days = 5;
    const auto units = static_cast<Index>(state.range(0));
    live::LogRules rules;
    rules.task_panel = thuocdo::TaskPanelOptions{};
    Board made(goalposts_and_tasks, units, rules);
    std::vector<live::Event> events;
    for (Index k = 0; k < all; ++k) {
        thuocdo::Task task;
        task.code = "task-" + std::to_string(k);
        task.lead = made.first.units().code(k % units);
        task.assigned = first_day;
        task.deadline = first_day + boost::gregorian::days(k < due ? quiet_days : 200);
        live::Event event;
        event.id = "assigned-" + std::to_string(k);
        event.valid = first_day;
        event.known = thuocdo::start_of_day(first_day);
        event.fact = live::TaskFact{std::move(task)};
        events.push_back(std::move(event));
    }
    static_cast<void>(made.board->apply(events));
    const auto advance = [&](int day) {
        Latencies latency(1);
        std::size_t changed = 0;
        latency.time([&] {
            const live::BoardUpdate update =
                made.board->advance_to(first_day + boost::gregorian::days(day));
            for (const live::UnitChange& each : update.changes)
                changed += each.has_new_score() ? 1U : 0U;
        });
        return std::pair(latency.seconds(), changed);
    };
    for (auto _ : state) {
        static_cast<void>(advance(1));
        const auto [quiet, none] = advance(quiet_days);
        const auto [busy, changed] = advance(quiet_days + 1);
        if (none != 0 || changed != std::min<std::size_t>(due, static_cast<std::size_t>(units)))
            refuse("another number of units has late tasks");
        made.verify();
        state.SetIterationTime(busy);
        state.counters["quiet_day_us"] = quiet * 1e6;
        state.counters["us_a_task"] = busy * 1e6 / static_cast<double>(due);
    }
}
BENCHMARK(advance_over_a_day)
    ->ArgName("units")
    ->Arg(3'321)
    ->Arg(100'000)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// Bytes of log (its baseline is shared with the caller), board and first snapshot; of an
/// entry; of a further snapshot that somebody keeps.
void memory(benchmark::State& state) {
    const auto units = static_cast<Index>(state.range(0));
    const Board made(goalposts, units);
    Events source(made.first, small);
    constexpr std::size_t entries = 200'000;
    constexpr std::size_t part = 10'000;
    constexpr std::size_t kept_snapshots = 200;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        double log_bytes = 0.0;
        for (std::size_t k = 0; k < entries; k += part) {
            const std::vector<live::Event> events = source.take(part);
            const double before = bytes_in_use();
            made.log->append(events);
            log_bytes += bytes_in_use() - before;
        }
        static_cast<void>(made.board->catch_up());
        std::vector<std::shared_ptr<const live::BoardSnapshot>> kept;
        kept.reserve(kept_snapshots);
        double snapshot_bytes = 0.0;
        for (const live::Event& each : source.take(kept_snapshots)) {
            kept.push_back(made.board->snapshot());
            // All but the snapshot that is replaced stays as it was, on the average.
            const double before = bytes_in_use();
            static_cast<void>(made.board->apply(each));
            snapshot_bytes += bytes_in_use() - before;
        }
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        state.SetIterationTime(taken.count());
        made.verify();
        state.counters["board_bytes_a_unit"] = made.bytes / static_cast<double>(units);
        state.counters["panel_bytes_a_unit"] =
            static_cast<double>(made.first.indicator_count()) * sizeof(double);
        state.counters["bytes_an_entry"] = log_bytes / static_cast<double>(entries);
        state.counters["bytes_a_kept_snapshot"] =
            snapshot_bytes / static_cast<double>(kept_snapshots);
    }
}
BENCHMARK(memory)->ArgName("units")->Arg(3'321)->Arg(100'000)->Iterations(1)->UseManualTime()->Unit(
    benchmark::kMillisecond);

// --- durable ---------------------------------------------------------------------------------

#ifdef THUOCDO_BENCH_JOURNAL
/// A folder on the disk of the working directory; a sync in memory costs nothing.
class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::current_path() / "bench-live-XXXXXX").string();
        if (!::mkdtemp(name.data())) refuse("cannot make a folder for the journal");
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code none;
        std::filesystem::remove_all(path_, none);
    }
    [[nodiscard]] std::filesystem::path file() const { return path_ / "events.db"; }

  private:
    std::filesystem::path path_;
};

std::vector<live::Event> some_events(std::size_t count) {
    const Panel panel = uniform_panel(model_of(goalposts), 3'321);
    return Events(panel, small).take(count);
}

/// Events, events a transaction.
void journal_append(benchmark::State& state) {
    const std::vector<live::Event> events = some_events(static_cast<std::size_t>(state.range(0)));
    const auto batch = static_cast<std::size_t>(state.range(1));
    const Folder folder;
    live::Journal journal = live::Journal::open(folder.file());
    for (auto _ : state) {
        Latencies latencies(events.size() / batch);
        for (std::size_t k = 0; k < events.size(); k += batch)
            latencies.time([&] { journal.append(std::span(events).subspan(k, batch)); });
        latencies.report(state, static_cast<double>(batch));
        if (journal.size() != events.size()) refuse("the journal lost an event");
    }
}
BENCHMARK(journal_append)
    ->ArgNames({"events", "batch"})
    ->Args({500, 1})
    ->Args({20'000, 100})
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// The same lines by SQLite alone: one insert an event and one transaction a batch, WAL,
/// synced at each commit.
void sqlite_append(benchmark::State& state) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const live::Event& each : some_events(static_cast<std::size_t>(state.range(0))))
        lines.emplace_back(each.id, thuocdo::io::event_to_json(each));
    const auto batch = static_cast<std::size_t>(state.range(1));
    const Folder folder;
    sqlite3* database = nullptr;
    if (sqlite3_open(folder.file().c_str(), &database) != SQLITE_OK) refuse("no database");
    const auto run = [&](const char* text) {
        if (sqlite3_exec(database, text, nullptr, nullptr, nullptr) != SQLITE_OK)
            refuse(sqlite3_errmsg(database));
    };
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("CREATE TABLE events(sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
        "line TEXT NOT NULL)");
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO events(id, line) VALUES(?, ?)", -1, &insert, nullptr);
    const auto bind = [&](int at, const std::string& text) {
        sqlite3_bind_text(insert, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    };
    for (auto _ : state) {
        Latencies latencies(lines.size() / batch);
        for (std::size_t k = 0; k < lines.size(); k += batch)
            latencies.time([&] {
                run("BEGIN IMMEDIATE");
                for (std::size_t each = k; each < k + batch; ++each) {
                    bind(1, lines[each].first);
                    bind(2, lines[each].second);
                    if (sqlite3_step(insert) != SQLITE_DONE) refuse(sqlite3_errmsg(database));
                    sqlite3_reset(insert);
                }
                run("COMMIT");
            });
        latencies.report(state, static_cast<double>(batch));
        if (sqlite3_last_insert_rowid(database) != static_cast<sqlite3_int64>(lines.size()))
            refuse("the database lost an event");
    }
    sqlite3_finalize(insert);
    sqlite3_close(database);
}
BENCHMARK(sqlite_append)
    ->ArgNames({"events", "batch"})
    ->Args({500, 1})
    ->Args({20'000, 100})
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// Units, events a transaction: made durable, then followed, as a server does.
void journal_and_board(benchmark::State& state) {
    Board made(goalposts, static_cast<Index>(state.range(0)));
    const auto batch = static_cast<std::size_t>(state.range(1));
    constexpr std::size_t batches = 200;
    Events source(made.first, small);
    const Folder folder;
    live::Journal journal = live::Journal::open(folder.file());
    for (auto _ : state) {
        const std::vector<live::Event> events = source.take(batch * batches);
        Latencies latencies(batches);
        for (std::size_t k = 0; k < events.size(); k += batch)
            latencies.time([&] {
                static_cast<void>(made.board->apply(
                    std::span(events).subspan(k, batch),
                    [&](std::span<const live::Event> fresh) { journal.append(fresh); }));
            });
        latencies.report(state, static_cast<double>(batch));
        made.verify();
    }
}
BENCHMARK(journal_and_board)
    ->ArgNames({"units", "batch"})
    ->Args({3'321, 1})
    ->Args({3'321, 100})
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
#endif

}  // namespace
