#include <thuocdo/live/live_scoreboard.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "live/random_index.hpp"

namespace live_equals_batch_tests {

using namespace thuocdo;
using namespace thuocdo::live;
using random_index::day;
using random_index::Random;

bool same(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
           (std::isnan(a) && std::isnan(b));
}

bool same(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
    for (Index k = 0; k < a.size(); ++k)
        if (!same(a.data()[k], b.data()[k])) return false;
    return true;
}

/// Scores everything again from the log; nothing when that is refused.
std::optional<Scoreboard> batch_of(const LiveScoreboard& live, const LiveOptions& options) {
    AsOf before = live.moment();
    before.period = options.previous_period;
    before.valid = std::min(before.valid, *period_end(before.period));
    before.units_on = live.as_of();
    ScoreOptions scoring;
    scoring.as_of = live.as_of();
    try {
        scoring.previous = live.log().as_of(before);
        return score(live.model(), live.log().as_of(live.moment()), scoring);
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// What a user knows who reads nothing but updates.
struct Follower {
    UnitRegistry units{};
    std::vector<double> scores{};
    std::vector<double> ranks{};
    std::vector<int> bands{};

    void take(const BoardUpdate& update) {
        std::vector<double> new_scores(static_cast<std::size_t>(update.units.size()),
                                       missing_value);
        std::vector<double> new_ranks = new_scores;
        std::vector<int> new_bands(new_scores.size(), -1);
        for (Index unit = 0; unit < update.units.size(); ++unit) {
            const auto at = static_cast<std::size_t>(unit);
            const auto before = units.find(update.units.code(unit));
            if (before) {
                new_scores[at] = scores[static_cast<std::size_t>(*before)];
                new_ranks[at] = ranks[static_cast<std::size_t>(*before)];
                new_bands[at] = bands[static_cast<std::size_t>(*before)];
            }
        }
        for (const UnitChange& each : update.changes) {
            const auto at = static_cast<std::size_t>(each.unit);
            REQUIRE(same(new_scores[at], each.score_before));
            REQUIRE(same(new_ranks[at], each.rank_before));
            REQUIRE(new_bands[at] == each.band_before);
            new_scores[at] = each.score_after;
            new_ranks[at] = each.rank_after;
            new_bands[at] = each.band_after;
        }
        units = update.units;
        scores = std::move(new_scores);
        ranks = std::move(new_ranks);
        bands = std::move(new_bands);
    }
};

struct Counts {
    std::size_t events = 0;
    std::size_t scorable = 0;
    std::size_t rebuilt = 0;
};

void require_equal(const LiveScoreboard& live, const LiveOptions& options, const Follower& follower,
                   Counts& counts) {
    const std::optional<Scoreboard> batch = batch_of(live, options);
    REQUIRE(live.is_scorable() == batch.has_value());
    const auto snapshot = live.snapshot();
    REQUIRE(snapshot->header().open_problems == live.open_problems());
    if (!batch) {
        REQUIRE_FALSE(live.problems().empty());
        return;
    }
    ++counts.scorable;
    REQUIRE(live.units().codes() == batch->units().codes());
    const Scoreboard whole = live.scoreboard();
    REQUIRE(same(whole.results(), batch->results()));
    REQUIRE(same(whole.full_scores(), batch->full_scores()));
    REQUIRE(same(whole.scores(), batch->scores()));
    REQUIRE(same(whole.ranks(), batch->ranks()));
    REQUIRE(same(whole.coverage(), batch->coverage()));
    REQUIRE(whole.notices() == batch->notices());
    REQUIRE(whole.digest() == batch->digest());
    for (Index unit = 0; unit < batch->unit_count(); ++unit) {
        const auto at = static_cast<std::size_t>(unit);
        REQUIRE(same(live.score(unit), batch->scores()[unit]));
        REQUIRE(same(live.rank(unit), batch->ranks()[unit]));
        REQUIRE(live.band(unit) == batch->band(unit));
        REQUIRE(whole.band_reason(unit) == batch->band_reason(unit));
        REQUIRE(same(snapshot->score(unit), batch->scores()[unit]));
        REQUIRE(same(snapshot->full_score(unit), batch->full_scores()[unit]));
        REQUIRE(same(snapshot->coverage(unit), batch->coverage()[unit]));
        REQUIRE(snapshot->band(unit) == batch->band(unit));
        REQUIRE(same(snapshot->ranks()[unit], batch->ranks()[unit]));
        for (Index node = 0; node < batch->model().node_count(); ++node)
            REQUIRE(same(snapshot->result(unit, node), batch->result(unit, node)));
        REQUIRE(same(follower.scores[at], batch->scores()[unit]));
        REQUIRE(same(follower.ranks[at], batch->ranks()[unit]));
    }
}

void run_sequence(std::uint64_t seed, Counts& counts) {
    Random random(seed);
    const auto model = random_index::random_model(random);
    const auto later = random_index::random_model(random, day(20 + random.below(20)));
    if (!model || !later) return;
    std::vector<IndexModel> models{*model};
    if (random.chance(50)) models.push_back(*later);
    LogRules rules;
    rules.arrival = Arrival::any_order;
    if (random.chance(40)) rules.longest_age = 5 + random.below(30);
    if (random.chance(80)) {
        rules.task_panel = TaskPanelOptions{};
        if (random.chance(20)) rules.task_panel->by = TaskGroup::participation;
    }
    auto log = std::make_shared<ObservationLog>(rules);
    random_index::RandomEvents events(random);
    // A board that starts with some data, and one that starts with none.
    if (random.chance(85))
        for (int unit = 0; unit < 5; ++unit) {
            std::vector<Fact> facts{events.unit(unit)};
            for (const std::string& indicator : random_index::indicators())
                for (const char* period : {"2026", "2025"})
                    facts.push_back(events.observation(unit, indicator, period));
            for (Fact& fact : facts) {
                Event event = events.next(0);
                event.valid = random_index::first_day - boost::gregorian::days(5);
                event.replaces.clear();
                event.fact = std::move(fact);
                log->append(event);
            }
        }
    const LiveOptions options{"2026", random_index::first_day, "2025", {}};
    LiveScoreboard live(models, log, options);
    Follower follower;
    follower.units = live.units();
    follower.scores.assign(static_cast<std::size_t>(live.units().size()), missing_value);
    follower.ranks = follower.scores;
    follower.bands.assign(follower.scores.size(), -1);
    if (live.is_scorable())
        for (Index unit = 0; unit < live.units().size(); ++unit) {
            const auto at = static_cast<std::size_t>(unit);
            follower.scores[at] = live.score(unit);
            follower.ranks[at] = live.rank(unit);
            const Scoreboard whole = live.scoreboard();
            if (whole.has_bands()) follower.bands[at] = whole.band_outcome(unit).final_band;
        }
    int today = 0;
    std::vector<Event> held;
    for (int step = 0; step < 14; ++step) {
        BoardUpdate update{live.model()};
        try {
            if (random.chance(20)) {
                // Nothing may happen before the day that the board names.
                const auto next = live.next_change();
                const int days = 1 + random.below(12);
                if (next && *next > day(today + 1) && *next <= day(today + days)) {
                    const BoardUpdate quiet = live.advance_to(*next - boost::gregorian::days(1));
                    REQUIRE(quiet.changes.empty());
                    REQUIRE(quiet.results.empty());
                    follower.take(quiet);
                }
                today += days;
                update = live.advance_to(day(today));
            } else if (random.chance(15)) {
                held.push_back(events.next(today));
                continue;
            } else if (random.chance(20)) {
                std::vector<Event> several = std::move(held);
                held.clear();
                several.push_back(events.next(today));
                several.push_back(events.next(today));
                if (log->size() != 0) several.push_back(log->event(log->size() - 1));
                update = live.apply(several);
            } else {
                update = live.apply(events.next(today));
            }
        } catch (const DataError&) {
            continue;
        }
        counts.rebuilt += update.rebuilt ? 1 : 0;
        ++counts.events;
        follower.take(update);
        CAPTURE(seed);
        CAPTURE(step);
        require_equal(live, options, follower, counts);
    }
    // The order in which events arrived has no effect on the board.
    std::vector<Event> backwards;
    for (std::size_t k = log->size(); k-- > 0;) backwards.push_back(log->event(k));
    auto other = std::make_shared<ObservationLog>(rules);
    LiveScoreboard again(models, other, options);
    static_cast<void>(again.apply(backwards));
    static_cast<void>(again.advance_to(live.as_of()));
    REQUIRE(again.log().digest() == log->digest());
    REQUIRE(again.is_scorable() == live.is_scorable());
    if (live.is_scorable()) REQUIRE(again.scoreboard().digest() == live.scoreboard().digest());
}

TEST_CASE("after every event of random sequences the board equals scoring everything again") {
    // THUOCDO_LIVE_SEQUENCES=10000 for the whole proof.
    const char* wanted = std::getenv("THUOCDO_LIVE_SEQUENCES");
    const std::uint64_t sequences = wanted ? std::strtoull(wanted, nullptr, 10) : 150;
    Counts counts;
    for (std::uint64_t seed = 0; seed < sequences; ++seed) run_sequence(seed, counts);
    MESSAGE(counts.events << " events, scorable after " << counts.scorable << ", rebuilt "
                          << counts.rebuilt);
    CHECK(counts.events > 5 * sequences);
    CHECK(counts.scorable * 2 > counts.events);
    CHECK(counts.rebuilt * 4 < counts.events);
}

}  // namespace live_equals_batch_tests
