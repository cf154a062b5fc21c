#include <thuocdo/live/journal_replay.hpp>
#include <thuocdo/live/live_scoreboard.hpp>

#include <memory>
#include <string>
#include <vector>

#include "journal/support.hpp"
#include "live/random_index.hpp"

namespace journal_replay_tests {

using namespace thuocdo;
using namespace thuocdo::live;
using journal_tests::Folder;

LogRules any_order() {
    LogRules rules;
    rules.arrival = Arrival::any_order;
    rules.task_panel = TaskPanelOptions{};
    return rules;
}

TEST_CASE("a scoreboard that stops comes back from its journal with the same digests") {
    const Folder folder;
    random_index::Random random(11);
    std::optional<IndexModel> model;
    while (!model || !model->derived().empty()) model = random_index::random_model(random);
    random_index::RandomEvents events(random);
    const LiveOptions options{"2026", random_index::day(5), "2025", {}};
    std::string log_digest;
    std::string board_digest;
    std::size_t count = 0;
    {
        Journal journal = Journal::open(folder / "events.journal");
        auto log = std::make_shared<ObservationLog>(any_order());
        LiveScoreboard live(*model, log, options);
        for (int unit = 0; unit < 5; ++unit)
            for (const std::string& indicator : random_index::indicators()) {
                Event event = events.next(0);
                event.replaces.clear();
                event.fact = indicator == "a" ? events.unit(unit)
                                              : events.observation(unit, indicator, "2026");
                live.apply(event, journal_sink(journal));
            }
        for (int k = 0; k < 200; ++k) {
            if (k == 120) checkpoint(journal, *log);
            try {
                live.apply(events.next(5), journal_sink(journal));
            } catch (const DataError&) {
                // A task that cannot be as it is told reaches neither journal nor log.
            }
        }
        CHECK(journal.size() == log->size());
        log_digest = log->digest();
        count = log->size();
        if (live.is_scorable()) board_digest = live.scoreboard().digest();
    }
    const auto come_back = [&](std::uint64_t restored, std::size_t ignored) {
        const Journal journal = Journal::open(folder / "events.journal", {.read_only = true});
        auto log = std::make_shared<ObservationLog>(any_order());
        const JournalReplay done = replay(journal, *log);
        CHECK(done.restored == restored);
        CHECK(done.restored + done.replayed == count);
        CHECK(done.ignored_states.size() == ignored);
        CHECK(log->digest() == log_digest);
        const LiveScoreboard live(*model, log, options);
        REQUIRE(live.is_scorable() == !board_digest.empty());
        if (live.is_scorable()) CHECK(live.scoreboard().digest() == board_digest);
    };
    const std::uint64_t stored = 30 + 120;
    come_back(stored, 0);
    journal_tests::Raw raw(folder / "events.journal");
    REQUIRE(raw.run("UPDATE states SET bytes = x'00'") == SQLITE_OK);
    come_back(0, 1);
}

TEST_CASE("a log that is not that of the journal is refused, and a cancelled replay leaves none") {
    const Folder folder;
    Journal journal = Journal::open(folder / "events.journal");
    journal.append(journal_tests::events(3));
    ObservationLog log(any_order());
    CHECK_THROWS_AS(checkpoint(journal, log), DataError);
    log.append(journal_tests::events(3, 2));
    CHECK_THROWS_AS(checkpoint(journal, log), DataError);
    CHECK_THROWS_AS(replay(journal, log), DataError);
    ObservationLog fresh(any_order());
    CHECK_THROWS_AS(replay(journal, fresh, [](double) { return false; }), Cancelled);
    CHECK(fresh.size() == 0);
    // Rules that refuse an event of the journal.
    ObservationLog strict;
    CHECK_THROWS_AS(replay(journal, strict), DataError);
    CHECK(strict.size() == 0);
    CHECK(replay(journal, fresh).replayed == 3);
    checkpoint(journal, fresh);
    ObservationLog again(any_order());
    CHECK(replay(journal, again).restored == 3);
}

}  // namespace journal_replay_tests
