#pragma once
/// @file
/// A scoreboard that follows an observation log event by event and day by day, and is at
/// every moment what scoring everything again would give, to the last bit.

#include <thuocdo/live/board_snapshot.hpp>
#include <thuocdo/live/board_update.hpp>
#include <thuocdo/live/change_filter.hpp>
#include <thuocdo/live/detail/board_follower.hpp>
#include <thuocdo/live/detail/board_schedule.hpp>
#include <thuocdo/live/detail/board_standing.hpp>
#include <thuocdo/live/detail/published.hpp>
#include <thuocdo/live/detail/shown_board.hpp>
#include <thuocdo/live/detail/snapshot_writer.hpp>
#include <thuocdo/live/detail/task_follower.hpp>
#include <thuocdo/live/detail/text_places.hpp>
#include <thuocdo/live/observation_log.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::live {

/// What a live scoreboard shows of its log.
struct LiveOptions {
    /// Label of the period whose values are scored.
    std::string period{};
    /// The day for which the board is evaluated at first.
    Date as_of{};
    /// Label of the period before, for growth and carried values; its values are those of
    /// the last day of that period, for the units of the board. Empty: none.
    std::string previous_period{};
    /// Labels of further periods, for statistics over several of them.
    std::vector<std::string> other_periods{};
};

/// Follows a log under one model, or under several that come into force one after the
/// other (`effective_from`). After every call the board is what `score(model(), panel(),
/// score_options())` gives and `panel()` is `log().as_of(moment())`, bit for bit: scores of
/// all nodes, coverage, ranks and bands.
///
/// Cost follows what changed. A value under fixed goalposts costs its leaf, the nodes above
/// and one move in the ranking. A leaf that is compared with the cohort costs its column
/// when minimum, maximum, mean, deviation or ranks move, and one row otherwise. Nodes that
/// weigh or compare by the cohort are computed whole when a child of theirs moved. Steps of
/// a preparation are run whole. New or changed units, another model and values of other
/// periods score everything again.
///
/// One thread at a time may call anything but `snapshot()`, which any thread may call at
/// any time.
class LiveScoreboard {
  public:
    using Callback = std::function<void(const BoardUpdate&, std::span<const UnitChange>)>;
    /// Called with events that passed every check before any is added, e.g. to write them
    /// to a journal. When it throws, nothing has changed.
    using Sink = std::function<void(std::span<const Event>)>;

    /// @param models one or more; of those that state when they come into force, no two
    ///        state one day, and at most one states none
    /// @param log shared with other boards; whoever appends to it directly calls
    ///        `catch_up` of each
    /// @throws ModelError, DataError for models and options that cannot be used
    LiveScoreboard(std::vector<IndexModel> models, std::shared_ptr<ObservationLog> log,
                   LiveOptions options)
        : models_(std::move(models)),
          log_(std::move(log)),
          options_(std::move(options)),
          tasks_(checked_log()) {
        check_options();
        date_ = options_.as_of;
        cursor_ = log_->size();
        rebuild();
        standing_.reset(follower_->board());
        shown_.reset(*follower_, standing_, is_scorable());
        publish();
    }
    LiveScoreboard(const IndexModel& model, std::shared_ptr<ObservationLog> log,
                   LiveOptions options)
        : LiveScoreboard(std::vector<IndexModel>{model}, std::move(log), std::move(options)) {}

    LiveScoreboard(const LiveScoreboard&) = delete;
    LiveScoreboard& operator=(const LiveScoreboard&) = delete;

    // --- telling it ----------------------------------------------------------------------

    /// Adds events to the log and follows them. Events that the log has already change
    /// nothing. Several events at once cost one look at what they changed together.
    /// @return everything that changed
    /// @throws DataError as `ObservationLog::append`; the board is then as before
    BoardUpdate apply(std::span<const Event> events, const Sink& sink = {}) {
        const std::vector<std::size_t> fresh = log_->check(events);
        if (sink && !fresh.empty()) {
            std::vector<Event> selected;
            for (const std::size_t k : fresh) selected.push_back(events[k]);
            sink(selected);
        }
        for (const std::size_t k : fresh) log_->append_checked(events[k]);
        return catch_up();
    }
    BoardUpdate apply(const Event& event, const Sink& sink = {}) {
        return apply(std::span<const Event>(&event, 1), sink);
    }

    /// Follows the entries that somebody else appended to the log.
    BoardUpdate catch_up() {
        BoardUpdate update = begin();
        update.new_events = log_->size() - cursor_;
        for (; cursor_ < log_->size(); ++cursor_) note_entry(cursor_);
        return finish(std::move(update));
    }

    /// Moves to a later day: deadlines pass, targets step, values begin to count or go
    /// stale, units and models come into force.
    /// @throws DataError (`date_goes_back`) for an earlier day
    BoardUpdate advance_to(const Date& date) {
        if (date.is_special() || date < date_)
            throw DataError(
                "the board cannot go back in time",
                {{"date_goes_back", "date", date.is_special() ? "no day" : to_iso(date),
                  "a day not before " + to_iso(date_), "make a board for that day from the log"}});
        BoardUpdate update = begin();
        date_ = date;
        moment_.valid = date;
        update.as_of = date;
        const std::int32_t day = day_number(date);
        needs_rebuild_ = schedule_.is_rebuild_due(day);
        for (const std::uint32_t subject : schedule_.take_cells(day)) note_subject(subject);
        for (const std::string& indicator : schedule_.take_baseline(day)) note_column(indicator);
        tasks_.advance(moment_);
        return finish(std::move(update));
    }

    /// The next day on which something changes although nothing becomes known; nothing
    /// when there is none. A server that calls `advance_to` on that day misses nothing.
    [[nodiscard]] std::optional<Date> next_change() const {
        std::optional<std::int32_t> next = schedule_.next_day();
        const auto take = [&](const std::optional<std::int32_t>& day) {
            if (day && (!next || *day < *next)) next = day;
        };
        take(tasks_.next_day());
        take(detail::next_target_change(model(), date_));
        return next ? std::optional(date_of(*next)) : std::nullopt;
    }

    // --- asking it -----------------------------------------------------------------------

    [[nodiscard]] const ObservationLog& log() const noexcept { return *log_; }
    /// The model in force.
    [[nodiscard]] const IndexModel& model() const noexcept { return follower_->board().model; }
    /// Units by code.
    [[nodiscard]] const UnitRegistry& units() const noexcept {
        return follower_->board().panel.units();
    }
    [[nodiscard]] const Date& as_of() const noexcept { return date_; }
    /// Events of the log that the board has followed.
    [[nodiscard]] std::uint64_t sequence() const noexcept { return cursor_; }
    /// What the board asks its log for.
    [[nodiscard]] const AsOf& moment() const noexcept { return moment_; }
    /// The values that are scored now, from the log: with sources and parts of ratios.
    /// @throws TaskError as `ObservationLog::tasks`
    [[nodiscard]] Panel panel() const { return log_->as_of(moment_); }
    /// Options with which `score` gives the same board.
    [[nodiscard]] ScoreOptions score_options() const {
        ScoreOptions options;
        options.as_of = date_;
        options.previous = previous_;
        options.other_periods = other_panels_;
        return options;
    }

    /// Places whose problems make `score` throw for the values of now: refused cells that
    /// are missing, values outside the domain of their rule, tasks that contradict
    /// themselves. Until they are mended there are no totals, ranks and bands.
    [[nodiscard]] std::size_t open_problems() const noexcept {
        return follower_->open_problems() + tasks_.open_problems();
    }
    [[nodiscard]] bool is_scorable() const noexcept { return open_problems() == 0; }
    /// Those problems as `score` words them. Scores everything again.
    [[nodiscard]] std::vector<Problem> problems() const {
        if (is_scorable()) return {};
        try {
            static_cast<void>(thuocdo::score(model(), panel(), score_options()));
        } catch (const Error& error) {
            return error.problems();
        }
        return {};
    }

    /// The published total of a unit; NaN without one.
    /// @throws DataError with `problems` while the board is not scorable; so do the others
    [[nodiscard]] double score(Index unit) const {
        require_scores();
        return follower_->board().published[checked(unit)];
    }
    [[nodiscard]] double rank(Index unit) const {
        require_scores();
        return standing_.order().rank(static_cast<std::uint32_t>(checked(unit)));
    }
    /// Code of the band; empty for none.
    [[nodiscard]] std::string band(Index unit) const {
        require_scores();
        const auto at = static_cast<std::size_t>(checked(unit));
        const auto bands = standing_.bands();
        if (bands.empty() || bands[at] < 0) return {};
        return model().definition().bands->bands[static_cast<std::size_t>(bands[at])].code;
    }
    /// The result of a node; also while the board is not scorable.
    [[nodiscard]] double result(Index unit, std::string_view node) const {
        return follower_->board().results(checked(unit), model().index_of(node));
    }
    /// Ranks of all units; NaN for those without one.
    [[nodiscard]] std::span<const double> ranks() const {
        require_scores();
        return standing_.order().ranks();
    }
    /// Units that hold a rank, by code. O(log units).
    [[nodiscard]] std::vector<Index> units_at(double rank) const {
        require_scores();
        const auto found = standing_.order().units_at(rank);
        return {found.begin(), found.end()};
    }
    /// The best units, ties by code; at most `limit`.
    [[nodiscard]] std::vector<RankingRow> ranking(
        Index limit = std::numeric_limits<Index>::max()) const {
        require_scores();
        const thuocdo::detail::BoardData& board = follower_->board();
        std::vector<RankingRow> rows;
        for (const std::uint32_t at : standing_.order().order()) {
            if (static_cast<Index>(rows.size()) >= limit) break;
            const auto unit = static_cast<Index>(at);
            rows.push_back({standing_.order().rank(at), units().unit(unit), board.published[unit],
                            band(unit), board.coverage[unit]});
        }
        return rows;
    }

    /// The whole board as `score` returns it, for explanations and reports.
    /// O(units x nodes).
    [[nodiscard]] Scoreboard scoreboard() const {
        require_scores();
        return Scoreboard(follower_->materialise(panel()));
    }

    /// The board after the last call, for any thread: it never waits for the thread that
    /// writes, nor that for it, and what it got stays as it is.
    [[nodiscard]] std::shared_ptr<const BoardSnapshot> snapshot() const {
        return snapshots_.read();
    }

    // --- hearing of it -------------------------------------------------------------------

    /// Calls back after every call that changed something that passes the filter, once the
    /// board and its snapshot are complete.
    /// @return a number for `unsubscribe`
    std::size_t subscribe(ChangeFilter filter, Callback callback) {
        subscribers_.push_back({next_subscriber_, std::move(filter), std::move(callback)});
        return next_subscriber_++;
    }
    /// Returns whether there was such a subscriber.
    bool unsubscribe(std::size_t subscriber) {
        return std::erase_if(subscribers_, [&](const Subscriber& each) {
                   return each.number == subscriber;
               }) != 0;
    }

  private:
    struct Subscriber {
        std::size_t number = 0;
        ChangeFilter filter{};
        Callback callback{};
    };

    [[nodiscard]] const ObservationLog& checked_log() const {
        if (!log_)
            throw DataError("the board cannot be made",
                            {{"log_missing", "log", "no log", "the log to follow", "pass a log"}});
        return *log_;
    }

    void check_options() const {
        std::vector<Problem> problems;
        if (models_.empty())
            problems.push_back(
                {"model_missing", "models", "no model", "at least one model", "pass the model"});
        std::set<std::optional<Date>> starts;
        for (const IndexModel& each : models_)
            if (!starts.insert(each.definition().effective_from).second)
                problems.push_back({"models_overlap", "model \"" + each.id() + '"',
                                    "another model that comes into force on the same day",
                                    "one model for every day", "state effective.from"});
        if (options_.as_of.is_special())
            problems.push_back({"not_a_date", "options/as_of", "no day",
                                "the day for which the board is evaluated", "give the day"});
        else if (!models_.empty() && !model_on(options_.as_of))
            problems.push_back({"model_missing", "options/as_of", to_iso(options_.as_of),
                                "a day on which a model is in force",
                                "pass the model of that day"});
        if (!options_.previous_period.empty() && !period_end(options_.previous_period))
            problems.push_back({"unreadable_period", "options/previous_period",
                                '"' + options_.previous_period + '"',
                                "a period such as 2026-Q2 or 2026-05", "correct the label"});
        if (!problems.empty()) throw DataError("the board cannot be made", std::move(problems));
    }

    /// The last model that came into force by a day.
    [[nodiscard]] const IndexModel* model_on(const Date& day) const {
        const IndexModel* found = nullptr;
        std::optional<Date> from;
        for (const IndexModel& each : models_) {
            const auto& start = each.definition().effective_from;
            if (start && *start > day) continue;
            if (!found || start > from) {
                found = &each;
                from = start;
            }
        }
        return found;
    }

    [[nodiscard]] Index checked(Index unit) const {
        if (unit >= 0 && unit < units().size()) return unit;
        throw DataError("no such unit", {{"unknown_unit", "unit", std::to_string(unit),
                                          "0 to " + std::to_string(units().size()) + " - 1",
                                          "units() has the positions"}});
    }

    void require_scores() const {
        if (!is_scorable()) throw DataError("the board cannot be scored now", problems());
    }

    // --- entries -------------------------------------------------------------------------

    void note_entry(std::size_t at) {
        const detail::EntryStore& store = log_->store();
        const detail::Entry& entry = store.entry(at);
        note_subject(entry.subject);
        if (entry.replaces == 0) return;
        if (const auto target = store.find(store.texts()[entry.replaces]))
            note_subject(store.entry(*target).subject);
    }

    void note_subject(std::uint32_t subject) {
        const detail::EntryStore& store = log_->store();
        const detail::SubjectKey& key = store.subject(subject);
        switch (key.kind) {
            case detail::SubjectKind::cell:
                note_cell(subject, key);
                break;
            case detail::SubjectKind::unit:
                needs_rebuild_ = true;
                break;
            case detail::SubjectKind::task:
            case detail::SubjectKind::task_events:
            case detail::SubjectKind::task_extensions:
                tasks_.note(store.texts()[key.code], moment_);
                break;
            case detail::SubjectKind::nothing:
                break;
        }
    }

    void note_cell(std::uint32_t subject, const detail::SubjectKey& key) {
        const detail::EntryStore& store = log_->store();
        const std::string& period = store.texts()[key.period];
        if (period != moment_.period) {
            const auto& others = options_.other_periods;
            if (period == options_.previous_period ||
                std::find(others.begin(), others.end(), period) != others.end())
                needs_rebuild_ = true;
            return;
        }
        const std::string& indicator = store.texts()[key.indicator];
        const auto unit =
            unit_places_.find(key.code, [&] { return units().find(store.texts()[key.code]); });
        const auto column =
            column_places_.find(key.indicator, [&] { return follower_->given().find(indicator); });
        if (!column) {
            // A denominator that the model names may be a column that just came to be.
            if (detail::is_denominator(model(), indicator)) needs_rebuild_ = true;
            return;
        }
        if (const auto next = log_->next_change(subject, moment_))
            schedule_.add_cell(*next, subject);
        if (!unit || is_task_column(indicator)) return;
        const CellAtMoment now = log_->cell(subject, moment_);
        cells_.push_back({*unit, *column, now.value, now.state});
    }

    /// Columns that the tasks give take no observations.
    [[nodiscard]] bool is_task_column(const std::string& indicator) const {
        return task_columns_.contains(indicator);
    }

    void note_column(const std::string& indicator) {
        const Panel given = follower_->given();
        const auto column = given.find(indicator);
        if (!column || is_task_column(indicator)) return;
        for (Index unit = 0; unit < given.unit_count(); ++unit) {
            const CellAtMoment now = log_->cell(given.units().code(unit), indicator, moment_);
            cells_.push_back({unit, *column, now.value, now.state});
        }
    }

    // --- updates -------------------------------------------------------------------------

    [[nodiscard]] BoardUpdate begin() {
        cells_.clear();
        needs_rebuild_ = false;
        BoardUpdate update{model(), units()};
        update.as_of = date_;
        return update;
    }

    [[nodiscard]] BoardUpdate finish(BoardUpdate update) {
        if (needs_rebuild_) {
            rebuild();
        } else {
            tasks_.collect(moment_, cells_);
            follower_->update(cells_, date_);
        }
        update.rebuilt = follower_->was_rebuilt();
        std::vector<Index> touched;
        if (update.rebuilt)
            standing_.reset(follower_->board());
        else
            standing_.update(*follower_, touched);
        update.model = model();
        update.units = units();
        update.sequence = cursor_;
        update.open_problems = open_problems();
        if (!update.rebuilt) update.results = follower_->take_changes();
        mark_changes(update.rebuilt);
        shown_.take_changes(*follower_, standing_, is_scorable(), update.rebuilt, touched,
                            update.changes);
        publish();
        notify(update);
        return update;
    }

    /// Makes everything anew from the log.
    void rebuild() {
        const IndexModel& model = *model_on(date_);
        moment_ = {options_.period, date_, Instant::latest(), columns_of(model), {}};
        previous_.reset();
        other_panels_.clear();
        if (!options_.previous_period.empty())
            previous_ = other_panel(options_.previous_period, model);
        for (const std::string& each : options_.other_periods)
            other_panels_.push_back(other_panel(each, model));
        PanelDefinition table = detail::LogPanel(*log_, moment_, false).run().definition();
        table.ratios.clear();
        tasks_.reset(moment_, Panel(table));
        task_columns_.clear();
        if (log_->rules().task_panel)
            task_columns_ = detail::task_column_names(*log_->rules().task_panel, date_);
        cells_.clear();
        tasks_.collect(moment_, cells_);
        for (const detail::CellChange& each : cells_) {
            table.values(each.unit, each.column) = each.value;
            table.states(each.unit, each.column) = each.state;
        }
        cells_.clear();
        const UnitRegistry units = table.units;
        follower_ = std::make_unique<detail::BoardFollower>(model, Panel(std::move(table)), date_,
                                                            previous_, other_panels_);
        unit_places_.clear();
        column_places_.clear();
        writer_ = std::make_unique<detail::SnapshotWriter>(model, units);
        schedule_.reset(*log_, moment_, options_.previous_period, options_.other_periods, models_);
    }

    /// The columns that a model reads, and the denominators among the data.
    [[nodiscard]] std::vector<std::string> columns_of(const IndexModel& model) const {
        std::vector<std::string> columns(model.indicators().begin(), model.indicators().end());
        for (const std::string& each : detail::denominators_of(model))
            if (log_->has_indicator(each, options_.period) &&
                std::find(columns.begin(), columns.end(), each) == columns.end())
                columns.push_back(each);
        return columns;
    }

    [[nodiscard]] Panel other_panel(const std::string& period, const IndexModel& model) const {
        AsOf moment{period, date_, Instant::latest(), columns_of(model), date_};
        if (const auto end = period_end(period)) moment.valid = std::min(date_, *end);
        return detail::LogPanel(*log_, moment, false).run();
    }

    void mark_changes(bool rebuilt) {
        if (rebuilt) {
            writer_->everything_changed();
            return;
        }
        const detail::SnapshotColumns& columns = writer_->columns();
        const auto mark = [&](const detail::RowSet& rows, Index column) {
            if (rows.is_most_of(units().size()))
                writer_->changed(column);
            else
                writer_->changed(column, rows.rows());
        };
        for (const Index node : follower_->changed_nodes())
            mark(follower_->changed_rows(node), node);
        mark(follower_->root_rows(), columns.full());
        mark(follower_->root_rows(), columns.published());
        mark(follower_->coverage_rows(), columns.coverage());
        for (const Index unit : standing_.changed_bands()) writer_->changed(columns.band(), unit);
    }

    void publish() {
        const thuocdo::detail::BoardData& board = follower_->board();
        snapshots_.publish(writer_->take(board.results, board.full, board.published, board.coverage,
                                         standing_.bands(),
                                         {cursor_, date_, options_.period, open_problems()}));
    }

    /// Every subscriber hears, also after one that throws; the first exception is then
    /// passed on.
    void notify(const BoardUpdate& update) const {
        std::exception_ptr failure;
        const std::vector<Subscriber> subscribers = subscribers_;
        for (const Subscriber& each : subscribers) {
            const std::vector<UnitChange> selected = each.filter.select(update);
            if (selected.empty()) continue;
            try {
                each.callback(update, selected);
            } catch (...) {
                if (!failure) failure = std::current_exception();
            }
        }
        if (failure) std::rethrow_exception(failure);
    }

    std::vector<IndexModel> models_;
    std::shared_ptr<ObservationLog> log_;
    LiveOptions options_;
    Date date_{};
    std::size_t cursor_ = 0;
    AsOf moment_{};
    std::optional<Panel> previous_{};
    std::vector<Panel> other_panels_{};
    std::unique_ptr<detail::BoardFollower> follower_;
    detail::BoardStanding standing_;
    detail::TaskFollower tasks_;
    std::set<std::string> task_columns_;
    detail::BoardSchedule schedule_;
    detail::ShownBoard shown_;
    std::unique_ptr<detail::SnapshotWriter> writer_;
    detail::Published<BoardSnapshot> snapshots_;
    bool needs_rebuild_ = false;
    std::vector<detail::CellChange> cells_;
    detail::TextPlaces unit_places_;
    detail::TextPlaces column_places_;
    std::vector<Subscriber> subscribers_;
    std::size_t next_subscriber_ = 1;
};

}  // namespace thuocdo::live
