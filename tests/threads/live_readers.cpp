// One writer follows events while readers take snapshots and check all of each, and a bare
// `Published` under as many publications as the machine can make. Built with ThreadSanitizer,
// which stops the program at the first data race.

#include <thuocdo/live/live_scoreboard.hpp>

#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace {

using namespace thuocdo;
using namespace thuocdo::live;
using testing_support::Random;

constexpr int reader_count = 4;
constexpr Index first_units = 320;
constexpr int fewest_steps = 900;
constexpr std::size_t fewest_sequences = 100;
constexpr std::chrono::seconds longest_run{60};

// Powers of two, so that every score is exact.
constexpr double clock_hours = 64.0;
constexpr double most_given = 1024.0;
constexpr double given_at_first = 512.0;
constexpr double steady_peer = 16.0;
constexpr double steady_dated = 32.0;

/// Units with a part of their own, at the first places in the order of codes.
constexpr Index clock_unit = 0;
constexpr Index top_unit = 1;
constexpr Index steady_unit = 2;
constexpr Index low_unit = 3;
constexpr Index first_other = 4;

const Date first_day(2026, 1, 1);

Date day(int after) { return first_day + boost::gregorian::days(after); }

/// No number is divided by one that is not a power of two, unless a value is missing.
IndexModel points_model() {
    using namespace testing_support;
    const auto leaf_of = [](const char* code, ScoreRule rule, double points) {
        NodeDefinition leaf = points_leaf(code, std::move(rule), points);
        leaf.missing = MissingRule::all(MissingPolicy::renormalise);
        return leaf;
    };
    NodeDefinition dated = leaf_of("dated", rule::RatioToTarget{}, 16.0);
    dated.targets = {{day(6), 64.0}, {day(14), 128.0}, {day(400), 32.0}};
    dated.target_path = TargetPath::step;
    NodeDefinition first = group("first", aggregation::Sum{},
                                 {leaf_of("clock", rule::Goalposts{0.0, clock_hours, true}, 16.0),
                                  leaf_of("given", rule::Goalposts{0.0, most_given, true}, 32.0)});
    first.points = 48.0;
    NodeDefinition second = group("second", aggregation::Sum{},
                                  {leaf_of("peers", rule::MinMax{}, 32.0), std::move(dated),
                                   leaf_of("open", rule::Goalposts{0.0, clock_hours, true}, 16.0)});
    second.points = 64.0;
    NodeDefinition root = group("total", aggregation::Sum{}, {std::move(first), std::move(second)});
    root.rounding = Rounding{1, numeric::RoundingMode::half_up, RoundingPlace::display};
    ModelDefinition model = definition(std::move(root));
    model.bands = BandScale{{{"high", {}, 60.0}, {"middle", {}, 48.0}, {"low"}}};
    return IndexModel(std::move(model));
}

std::string code_of(Index unit) {
    const std::string number = std::to_string(unit);
    return 'u' + std::string(std::size_t{4} - number.size(), '0') + number;
}

Panel first_panel(const IndexModel& model) {
    Random random(7);
    std::vector<std::string> codes;
    for (Index unit = 0; unit < first_units; ++unit) codes.push_back(code_of(unit));
    PanelDefinition table;
    table.units = UnitRegistry::from_codes(std::move(codes));
    table.indicators.assign(model.indicators().begin(), model.indicators().end());
    table.period = "2026";
    table.values.resize(first_units, static_cast<Index>(table.indicators.size()));
    for (std::size_t k = 0; k < table.indicators.size(); ++k)
        for (Index unit = 0; unit < first_units; ++unit) {
            const std::string& indicator = table.indicators[k];
            double value = static_cast<double>(1 + random.below(30));
            if (indicator == "given") value = given_at_first;
            if (indicator == "clock" && unit == clock_unit) value = 0.0;
            if (indicator == "dated" && unit == clock_unit) value = steady_dated;
            if (indicator == "peers" && unit == top_unit) value = 32.0;
            if (indicator == "peers" && unit == steady_unit) value = steady_peer;
            if (indicator == "peers" && unit == low_unit) value = 0.0;
            table.values(unit, static_cast<Index>(k)) = value;
        }
    return Panel(std::move(table));
}

// --- what holds in every snapshot ------------------------------------------------------------

bool same(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (a != a && b != b);
}

/// The first thing that is wrong with a snapshot; nothing for none.
using Fault = const char*;

/// The sum of points of a node, raised in proportion where children are missing.
double sum_of_points(const BoardSnapshot& board, const Node& node, Index unit) {
    double all = 0.0;
    double observed = 0.0;
    double sum = 0.0;
    for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
        const double points = *board.model().node(c).points;
        const double result = board.result(unit, c);
        all += points;
        if (std::isnan(result)) continue;
        observed += points;
        sum += result;
    }
    return observed == 0.0 ? missing_value : sum * (all / observed);
}

/// Every number of one unit follows from the results of its leaves.
Fault check_unit(const BoardSnapshot& board, Index unit) {
    const IndexModel& model = board.model();
    int leaves = 0;
    int measured = 0;
    for (Index k = 0; k < model.node_count(); ++k) {
        const Node& node = model.node(k);
        const double result = board.result(unit, k);
        if (!node.is_leaf()) {
            if (!same(result, sum_of_points(board, node, unit))) return "a node and its children";
            continue;
        }
        ++leaves;
        measured += std::isnan(result) ? 0 : 1;
    }
    const double full = board.full_score(unit);
    if (!same(full, board.result(unit, 0))) return "the full score and the root";
    if (!same(board.score(unit), numeric::round_decimal(full, 1))) return "the two scores";
    if (!same(board.coverage(unit), static_cast<double>(measured) / leaves)) return "the coverage";
    const BandScale& scale = *model.definition().bands;
    const auto band = scale.locate(board.score(unit));
    if (board.band(unit) != (band ? scale.bands[*band].code : "")) return "the band";
    return nullptr;
}

/// What all units give together, so that parts of two moments do not fit.
Fault check_together(const BoardSnapshot& board) {
    const IndexModel& model = board.model();
    const auto result = [&](Index unit, const char* node) {
        return board.result(unit, model.index_of(node)) / *model.node(model.index_of(node)).points;
    };
    double given = 0.0;
    for (Index unit = 0; unit < board.unit_count(); ++unit) given += result(unit, "given");
    if (given * most_given != given_at_first * static_cast<double>(first_units))
        return "what one unit gives and another one takes";
    const auto hour = static_cast<double>(board.sequence() % static_cast<std::size_t>(clock_hours));
    if (result(clock_unit, "clock") * clock_hours != hour) return "the clock and the sequence";
    const Node& dated = model.node(model.index_of("dated"));
    const double target = *required_value(dated.targets, dated.target_path, board.as_of());
    if (result(clock_unit, "dated") != std::min(1.0, steady_dated / target))
        return "the day and the target";
    const double range = steady_peer / result(steady_unit, "peers");
    if (range != 32.0 && range != 64.0 && range != 128.0) return "the range of the cohort";
    const Eigen::VectorXd peers = board.results_of("peers");
    for (Index unit = 0; unit < peers.size(); ++unit) {
        const double value = peers[unit] / 32.0 * range;
        if (!std::isnan(value) && value != std::floor(value)) return "units of one cohort";
    }
    return nullptr;
}

Fault check_ranks(const BoardSnapshot& board) {
    const Eigen::VectorXd expected =
        rank::ranks(board.scores(), rank::TieRule::competition, numeric::Order::descending);
    const Eigen::VectorXd& ranks = board.ranks();
    for (Index unit = 0; unit < board.unit_count(); ++unit)
        if (!same(ranks[unit], expected[unit])) return "ranks and scores";
    double before = 0.0;
    for (const std::uint32_t unit : board.ranked_units()) {
        const double rank = ranks[static_cast<Index>(unit)];
        if (rank < before) return "the order of ranks";
        before = rank;
    }
    return nullptr;
}

Fault check(const BoardSnapshot& board) {
    if (!board.is_scorable() || board.period() != "2026") return "the header";
    for (Index unit = 0; unit < board.unit_count(); ++unit)
        if (Fault fault = check_unit(board, unit)) return fault;
    if (Fault fault = check_together(board)) return fault;
    return check_ranks(board);
}

// --- readers ---------------------------------------------------------------------------------

/// Read and written without any order: an order between threads that the test makes would
/// hide one that the board lacks.
struct Signals {
    std::atomic<bool> is_over{false};
    std::atomic<int> reading{0};
    /// Different sequences of the reader that saw most.
    std::atomic<std::size_t> most_seen{0};

    [[nodiscard]] bool over() const { return is_over.load(std::memory_order_relaxed); }
};

class Reader {
  public:
    void run(const LiveScoreboard& live, Signals& signals) {
        const std::shared_ptr<const BoardSnapshot> first = live.snapshot();
        const auto values_of = [](const BoardSnapshot& board) {
            std::vector<Eigen::VectorXd> values{board.scores(), board.coverage()};
            for (const Node& node : board.model().nodes())
                values.push_back(board.results_of(node.code));
            return values;
        };
        const std::vector<Eigen::VectorXd> values = values_of(*first);
        signals.reading.fetch_add(1, std::memory_order_relaxed);
        std::uint64_t newest = first->sequence();
        while (!signals.over() && !fault) {
            const std::shared_ptr<const BoardSnapshot> board = live.snapshot();
            if (board->sequence() < newest) fault = "the order of snapshots";
            newest = board->sequence();
            if (!seen.insert(newest).second) continue;
            if (!fault) fault = check(*board);
            std::size_t most = signals.most_seen.load(std::memory_order_relaxed);
            while (most < seen.size() && !signals.most_seen.compare_exchange_weak(
                                             most, seen.size(), std::memory_order_relaxed)) {
            }
        }
        const std::vector<Eigen::VectorXd> later = values_of(*first);
        for (std::size_t k = 0; k < values.size(); ++k)
            for (Index unit = 0; unit < values[k].size(); ++unit)
                if (!same(values[k][unit], later[k][unit])) fault = "a snapshot that was kept";
    }

    Fault fault = nullptr;
    std::set<std::uint64_t> seen;
};

// --- the writer ------------------------------------------------------------------------------

class Writer {
  public:
    explicit Writer(LiveScoreboard& live) : live_(live) {}

    /// One batch, which sets the clock, or a day.
    void step() {
        std::vector<Event> batch;
        const std::size_t kind = random_.below(100);
        if (kind < 3 && today_ < last_day_) {
            static_cast<void>(live_.advance_to(day(++today_)));
            return;
        }
        if (kind < 40) {
            give(batch);
        } else if (kind < 60) {
            batch.push_back(observe(some_unit(), "open", static_cast<double>(random_.below(65))));
            opened_.push_back(batch.back().id);
        } else if (kind < 68) {
            batch.push_back(observe(some_unit(), "open", {}));
        } else if (kind < 76 && !opened_.empty()) {
            Event correction = observe(some_unit(), "open", 3.0);
            correction.replaces = opened_[random_.below(opened_.size())];
            batch.push_back(std::move(correction));
        } else if (kind < 82 && !opened_.empty()) {
            Event withdrawal = next_event();
            withdrawal.replaces = opened_[random_.below(opened_.size())];
            withdrawal.fact = Withdrawal{};
            batch.push_back(std::move(withdrawal));
        } else if (kind < 90) {
            const double range = 32.0 * static_cast<double>(std::size_t{1} << random_.below(3));
            batch.push_back(observe(code_of(top_unit), "peers", range));
        } else if (kind < 98) {
            batch.push_back(
                observe(some_unit(), "peers", static_cast<double>(1 + random_.below(30))));
            give(batch);
        } else {
            add_unit(batch);
        }
        const std::size_t after = live_.log().size() + batch.size() + 1;
        batch.push_back(
            observe(code_of(clock_unit), "clock",
                    static_cast<double>(after % static_cast<std::size_t>(clock_hours))));
        static_cast<void>(live_.apply(batch));
    }

  private:
    Event next_event() {
        Event event;
        event.id = std::to_string(++events_);
        event.valid = day(today_);
        event.known = start_of_day(day(today_));
        // A later event of the same day counts for the same cell.
        event.known.microseconds += events_;
        return event;
    }

    Event observe(std::string unit, std::string indicator, std::optional<double> value) {
        Event event = next_event();
        const CellState state = value ? CellState::observed : CellState::not_reported;
        event.fact =
            Observation{std::move(unit), std::move(indicator), "2026", value, {}, {}, state};
        return event;
    }

    [[nodiscard]] Index some_place() {
        return first_other +
               static_cast<Index>(random_.below(static_cast<std::size_t>(first_units - 4)));
    }
    [[nodiscard]] std::string some_unit() { return code_of(some_place()); }

    /// Two units in one batch, whose sum stays.
    void give(std::vector<Event>& batch) {
        const Index from = some_place();
        const Index to = some_place();
        double& has = given_[static_cast<std::size_t>(from)];
        double& gets = given_[static_cast<std::size_t>(to)];
        const double part = std::floor(random_.uniform() * std::min(has, most_given - gets));
        if (from == to) return;
        has -= part;
        gets += part;
        batch.push_back(observe(code_of(from), "given", has));
        batch.push_back(observe(code_of(to), "given", gets));
    }

    /// A unit between two others, so that all behind it move by one place.
    void add_unit(std::vector<Event>& batch) {
        const std::string code = some_unit() + '.' + std::to_string(events_);
        Event fact = next_event();
        fact.fact = UnitFact{Unit{code}};
        batch.push_back(std::move(fact));
        batch.push_back(observe(code, "given", 0.0));
        batch.push_back(observe(code, "peers", 7.0));
    }

    static constexpr int last_day_ = 30;

    LiveScoreboard& live_;
    Random random_{11};
    std::int64_t events_ = 0;
    int today_ = 0;
    std::vector<double> given_ =
        std::vector<double>(static_cast<std::size_t>(first_units), given_at_first);
    std::vector<std::string> opened_;
};

// --- the two runs ----------------------------------------------------------------------------

int failures = 0;

void require(bool holds, const std::string& what) {
    if (holds) return;
    ++failures;
    std::cerr << "wrong: " << what << '\n';
}

void live_board() {
    const auto start = std::chrono::steady_clock::now();
    const IndexModel model = points_model();
    LogRules rules;
    // The column goes stale while the board is read.
    rules.longest_ages = {{"open", 10}};
    auto log = std::make_shared<ObservationLog>(rules, Baseline{first_panel(model), first_day});
    LiveScoreboard live(model, log, {"2026", first_day, {}, {}});
    const std::thread::id own = std::this_thread::get_id();
    std::size_t heard = 0;
    std::size_t wrongly_heard = 0;
    live.subscribe({}, [&](const BoardUpdate& update, std::span<const UnitChange> changes) {
        ++heard;
        const auto board = live.snapshot();
        const bool fits = std::this_thread::get_id() == own && !changes.empty() &&
                          board->sequence() == update.sequence &&
                          same(board->score(changes[0].unit), changes[0].score_after) &&
                          same(board->rank(changes[0].unit), changes[0].rank_after);
        wrongly_heard += fits ? 0 : 1;
    });

    Signals signals;
    std::vector<Reader> readers(reader_count);
    std::vector<std::thread> threads;
    for (Reader& each : readers) threads.emplace_back([&] { each.run(live, signals); });
    while (signals.reading.load(std::memory_order_relaxed) < reader_count)
        std::this_thread::yield();
    Writer writer(live);
    int steps = 0;
    for (; steps < fewest_steps ||
           signals.most_seen.load(std::memory_order_relaxed) <= fewest_sequences;
         ++steps) {
        if (std::chrono::steady_clock::now() - start > longest_run) break;
        writer.step();
    }
    signals.is_over.store(true, std::memory_order_relaxed);
    for (std::thread& each : threads) each.join();

    std::set<std::uint64_t> seen;
    for (const Reader& each : readers) {
        require(!each.fault, std::string("a reader, ") + (each.fault ? each.fault : ""));
        seen.insert(each.seen.begin(), each.seen.end());
    }
    require(seen.size() > fewest_sequences, std::to_string(seen.size()) + " sequences seen");
    require(heard > fewest_steps / 2, std::to_string(heard) + " updates heard of");
    require(wrongly_heard == 0, std::to_string(wrongly_heard) + " updates heard wrongly");
    require(live.scoreboard().digest() ==
                score(live.model(), live.panel(), live.score_options()).digest(),
            "the board and scoring everything again");
    std::cout << steps << " steps, " << live.sequence() << " events, " << live.units().size()
              << " units, " << seen.size() << " sequences seen\n";
}

/// Publications that meet a reader inside its copy: the value that it copies is replaced and
/// kept for it.
void publication_inside_a_copy() {
    struct Pair {
        std::uint64_t version;
        std::uint64_t complement;
    };
    constexpr std::uint64_t wanted = 5;
    constexpr std::uint64_t fewest = 2000;
    live::detail::Published<Pair> published(
        std::make_shared<const Pair>(Pair{0, ~std::uint64_t{0}}));
    std::atomic<bool> is_over{false};
    std::vector<Fault> faults(reader_count, nullptr);
    std::vector<std::thread> threads;
    for (Fault& fault : faults)
        threads.emplace_back([&published, &is_over, &fault] {
            std::uint64_t newest = 0;
            while (!is_over.load(std::memory_order_relaxed)) {
                const std::shared_ptr<const Pair> value = published.read();
                if (value->complement != ~value->version) fault = "half a value";
                if (value->version < newest) fault = "an older value";
                newest = value->version;
            }
        });
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t met = 0;
    std::uint64_t version = 0;
    std::size_t kept_before = 0;
    while ((met < wanted || version < fewest) &&
           std::chrono::steady_clock::now() - start < longest_run) {
        ++version;
        published.publish(std::make_shared<const Pair>(Pair{version, ~version}));
        const std::size_t kept = published.retired_count();
        if (kept > kept_before) ++met;
        kept_before = kept;
    }
    is_over.store(true, std::memory_order_relaxed);
    for (std::thread& each : threads) each.join();
    for (const Fault fault : faults)
        require(!fault, std::string("a reader of a pair, ") + (fault ? fault : ""));
    require(met >= wanted, std::to_string(met) + " publications met a reader inside its copy");
    std::cout << met << " of " << version << " publications met a reader inside its copy\n";
}

}  // namespace

int main() {
    publication_inside_a_copy();
    live_board();
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
