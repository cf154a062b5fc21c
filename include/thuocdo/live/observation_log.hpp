#pragma once
/// @file
/// An append-only log of observations, units and tasks, from which the data of any past
/// moment can be rebuilt.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/live/detail/entry_store.hpp>
#include <thuocdo/live/detail/event_check.hpp>
#include <thuocdo/live/event.hpp>
#include <thuocdo/live/log_rules.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/tasks/task_panel.hpp>
#include <thuocdo/tasks/task_register.hpp>
#include <thuocdo/time/period_end.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo::live {

namespace detail {
class LogPanel;
}

/// What a cell holds at a moment.
struct CellAtMoment {
    double value = missing_value;
    CellState state = CellState::not_reported;
    double numerator = missing_value;
    double denominator = missing_value;
    /// Day from which the value is true, where an entry or the baseline has the cell.
    std::optional<std::int32_t> valid{};
    /// Position of the entry in the log; -1 for the baseline or none.
    std::int32_t entry = -1;
};

/// Events, never changed and never removed. Every answer is a function of the set of
/// events, of a day and of a moment; the order in which events arrived has no effect.
///
/// Of the entries for one cell, unit or task that are true by a day and known by a moment,
/// the last by (valid, known, id) holds. An entry that another one names in `replaces`
/// counts no longer once that one is known, even when that one is taken back itself: to
/// bring a value back, record it again. Events of tasks and extensions add up.
///
/// A log takes about 300 bytes an observation of a cell of its own. Not safe for a reader
/// beside a writer.
class ObservationLog {
  public:
    explicit ObservationLog(LogRules rules = {}, std::optional<Baseline> baseline = {})
        : rules_(std::move(rules)), baseline_(std::move(baseline)) {
        check_rules();
        if (!baseline_) return;
        for (Index unit = 0; unit < baseline_->panel.unit_count(); ++unit)
            baseline_row_.emplace(baseline_->panel.units().code(unit), unit);
    }

    [[nodiscard]] const LogRules& rules() const noexcept { return rules_; }
    [[nodiscard]] const std::optional<Baseline>& baseline() const noexcept { return baseline_; }

    /// Adds the events that the log does not have; all of them, or none after an error.
    /// @return how many were new
    /// @throws DataError with every problem of every event: `event_id_conflict` for an id
    ///         that another event has, `unknown_unit` and `unknown_task` (`Arrival`),
    ///         those of panels, units and tasks
    std::size_t append(std::span<const Event> events) {
        const std::vector<std::size_t> fresh = check(events);
        for (const std::size_t k : fresh) store_.add(events[k]);
        return fresh.size();
    }
    std::size_t append(const Event& event) { return append(std::span<const Event>(&event, 1)); }

    /// Adds an event that `check` found new, without another look.
    void append_checked(const Event& event) { store_.add(event); }

    /// Checks events as `append` does and adds nothing: what comes between, such as a
    /// journal on a disk, may then refuse too.
    /// @return positions of the events that are new
    [[nodiscard]] std::vector<std::size_t> check(std::span<const Event> events) const {
        std::vector<Problem> problems;
        const UnitRegistry* units = baseline_ ? &baseline_->panel.units() : nullptr;
        detail::EventCheck checker(store_, rules_, units);
        std::vector<std::size_t> fresh = checker.run(events, problems);
        if (!problems.empty())
            throw DataError("the events cannot be added to the log", std::move(problems));
        return fresh;
    }

    [[nodiscard]] std::size_t size() const noexcept { return store_.size(); }
    /// The event at a position, in the order of arrival.
    [[nodiscard]] Event event(std::size_t at) const { return store_.event(at); }
    /// Position of the event of an id.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const {
        return store_.find(id);
    }

    /// Whether an indicator occurs in a period, in the entries or the baseline.
    [[nodiscard]] bool has_indicator(const std::string& indicator,
                                     const std::string& period) const {
        if (baseline_ && baseline_->panel.period() == period && baseline_->panel.find(indicator))
            return true;
        const std::int32_t code = store_.texts().find(indicator);
        const std::int32_t label = store_.texts().find(period);
        const auto cells = store_.subjects_of(detail::SubjectKind::cell);
        return std::any_of(cells.begin(), cells.end(), [&](std::uint32_t each) {
            const detail::SubjectKey& key = store_.subject(each);
            return key.indicator == code && key.period == label;
        });
    }

    /// What a cell holds at a moment.
    [[nodiscard]] CellAtMoment cell(const std::string& unit, const std::string& indicator,
                                    const AsOf& moment) const {
        if (const auto subject = find_cell(unit, indicator, moment)) return cell(*subject, moment);
        return baseline_cell(unit, indicator, moment);
    }

    /// The same for a subject of `store()` that is a cell of the period of the moment.
    [[nodiscard]] CellAtMoment cell(std::uint32_t subject, const AsOf& moment) const {
        const CellAtMoment found =
            entry_cell(subject, day_number(moment.valid), moment.known.microseconds);
        if (found.valid) return found;
        const detail::SubjectKey& key = store_.subject(subject);
        return baseline_cell(store_.texts()[key.code], store_.texts()[key.indicator], moment);
    }

    /// The units at a moment, or on `units_on`, by code: those of the log that are true and
    /// known, and those of the baseline. Units outside their own validity are among them; the
    /// cohort of a model leaves them out.
    [[nodiscard]] UnitRegistry units(const AsOf& moment) const {
        const Date on = moment.units_on.value_or(moment.valid);
        const std::int32_t day = day_number(on);
        std::map<std::string, Unit> all;
        if (baseline_ && baseline_->valid <= on && baseline_->known <= moment.known)
            for (Index unit = 0; unit < baseline_->panel.unit_count(); ++unit)
                all.emplace(baseline_->panel.units().code(unit),
                            baseline_->panel.units().unit(unit));
        for (const std::uint32_t subject : store_.subjects_of(detail::SubjectKind::unit)) {
            const std::int32_t entry = store_.effective(subject, day, moment.known.microseconds);
            if (entry == detail::no_entry) continue;
            const Unit& unit = store_.unit(store_.entry(static_cast<std::size_t>(entry)));
            all.insert_or_assign(unit.code, unit);
        }
        std::vector<Unit> units;
        units.reserve(all.size());
        for (auto& [code, unit] : all) units.push_back(std::move(unit));
        return UnitRegistry(units);
    }

    /// One task at a moment, with what happened to it until then; nothing when it is not
    /// true or not known.
    [[nodiscard]] std::optional<Task> task(const std::string& code, const AsOf& moment) const {
        const auto subject = store_.find_subject(detail::SubjectKind::task, code);
        if (!subject) return std::nullopt;
        const std::int32_t day = day_number(moment.valid);
        const std::int64_t known = moment.known.microseconds;
        const std::int32_t fact = store_.effective(*subject, day, known);
        if (fact == detail::no_entry) return std::nullopt;
        Task task = store_.task(store_.entry(static_cast<std::size_t>(fact)));
        const auto each_of = [&](detail::SubjectKind kind, auto&& take) {
            store_.each_effective(kind, code, day, known, take);
        };
        each_of(detail::SubjectKind::task_events, [&](const detail::Entry& entry) {
            task.events.push_back(store_.task_event(entry));
        });
        each_of(detail::SubjectKind::task_extensions, [&](const detail::Entry& entry) {
            task.extensions.push_back(store_.extension(entry));
        });
        return task;
    }

    /// Codes of all tasks that the log ever had, sorted.
    [[nodiscard]] std::vector<std::string> task_codes() const {
        std::vector<std::string> codes;
        for (const std::uint32_t subject : store_.subjects_of(detail::SubjectKind::task))
            codes.push_back(store_.texts()[store_.subject(subject).code]);
        std::sort(codes.begin(), codes.end());
        return codes;
    }

    /// The register of tasks at a moment, by code.
    /// @throws TaskError when what is known contradicts itself, e.g. a task is resumed that
    ///         nothing suspended
    [[nodiscard]] TaskRegister tasks(const AsOf& moment) const {
        std::vector<Task> all;
        for (const std::string& code : task_codes())
            if (auto found = task(code, moment)) all.push_back(std::move(*found));
        return TaskRegister(all, rules_.offices, rules_.task_rules);
    }

    /// The panel of a period at a moment: units by code, one column an indicator, with
    /// states, ratio parts, sources and dates. Columns `tasks.*` are counted from the tasks
    /// when the rules say so. Cells without an entry, and stale ones, are not reported.
    /// Complexity: O(units x indicators + entries).
    /// @throws TaskError as `tasks`
    [[nodiscard]] Panel as_of(const AsOf& moment) const;

    /// The first day after that of a moment on which a cell changes although nothing
    /// becomes known: a later entry begins, or the value goes stale.
    [[nodiscard]] std::optional<std::int32_t> next_change(std::uint32_t subject,
                                                          const AsOf& moment) const {
        const std::int32_t day = day_number(moment.valid);
        std::optional<std::int32_t> next = store_.next_valid(subject, day);
        const std::string& indicator = store_.texts()[store_.subject(subject).indicator];
        const auto age = rules_.longest_age_of(indicator);
        if (!age) return next;
        if (const auto valid = cell(subject, moment).valid) {
            const std::int32_t stale = *valid + *age + 1;
            if (stale > day && (!next || stale < *next)) next = stale;
        }
        return next;
    }
    [[nodiscard]] std::optional<std::int32_t> next_change(const std::string& unit,
                                                          const std::string& indicator,
                                                          const AsOf& moment) const {
        if (const auto subject = find_cell(unit, indicator, moment))
            return next_change(*subject, moment);
        const auto age = rules_.longest_age_of(indicator);
        const CellAtMoment now = baseline_cell(unit, indicator, moment);
        if (!age || !now.valid || *now.valid + *age < day_number(moment.valid)) return std::nullopt;
        return *now.valid + *age + 1;
    }

    /// SHA-256 over the events by id and the baseline: equal logs have equal digests,
    /// whatever the order of arrival.
    [[nodiscard]] std::string digest() const;

    /// The events in the order of arrival as bytes, without rules and baseline: a log
    /// restored from them goes on where this one stands, without reading each event as text
    /// again. About 100 bytes an observation.
    [[nodiscard]] std::string bytes() const;
    /// Adds the events of `bytes()` to a log that has none.
    /// @throws NumericError (`bytes_not_readable`) for bytes that were changed or cut;
    ///         DataError when the log has events
    void restore(std::string_view bytes);

    /// The entries themselves, for a scoreboard that follows them.
    [[nodiscard]] const detail::EntryStore& store() const noexcept { return store_; }

  private:
    void check_rules() const {
        std::vector<Problem> problems;
        const auto check_age = [&](int days, const std::string& place) {
            if (days < 0)
                problems.push_back({"bad_option", place, std::to_string(days), "0 or more days",
                                    "correct the age"});
        };
        if (rules_.longest_age) check_age(*rules_.longest_age, "/longest_age");
        for (const auto& [indicator, days] : rules_.longest_ages)
            check_age(days, "/longest_ages/" + indicator);
        if (rules_.task_panel && rules_.task_panel->by == TaskGroup::nation)
            problems.push_back({"bad_option", "/task_panel/by", "nation",
                                "a group that units stand for", "use lead or participation"});
        if (baseline_ && baseline_->valid.is_special())
            problems.push_back({"not_a_date", "/baseline/valid", "no day",
                                "the first day on which the table is true", "give the day"});
        if (!problems.empty()) throw DataError("the log cannot be used", std::move(problems));
        // Offices and penalties are checked by a register.
        const TaskRegister none(rules_.task_rules, rules_.offices);
    }

    /// The subject of a cell, where the log has entries for it.
    [[nodiscard]] std::optional<std::uint32_t> find_cell(const std::string& unit,
                                                         const std::string& indicator,
                                                         const AsOf& moment) const {
        const auto& texts = store_.texts();
        return store_.find_subject({detail::SubjectKind::cell, texts.find(unit),
                                    texts.find(indicator), texts.find(moment.period)});
    }

    /// A cell of a panel, without a day.
    [[nodiscard]] static CellAtMoment panel_cell(const Panel& panel, Index row, Index column) {
        CellAtMoment out;
        out.value = panel.value(row, column);
        out.state = panel.state(row, column);
        if (const RatioParts* parts = panel.ratio(column)) {
            out.numerator = parts->numerator[row];
            out.denominator = parts->denominator[row];
        }
        return out;
    }

    [[nodiscard]] bool sees_baseline(const AsOf& moment) const {
        return baseline_ && baseline_->valid <= moment.valid && baseline_->known <= moment.known;
    }

    [[nodiscard]] bool is_stale(const std::string& indicator, std::int32_t valid,
                                std::int32_t day) const {
        const auto age = rules_.longest_age_of(indicator);
        return age && day - valid > *age;
    }

    [[nodiscard]] static double resolved(const detail::StoredObservation& stored) {
        return has_value(stored.state) ? stored.value : missing_value;
    }

    /// The cell by its entries alone; no day of validity when none counts.
    [[nodiscard]] CellAtMoment entry_cell(std::uint32_t subject, std::int32_t day,
                                          std::int64_t known) const {
        CellAtMoment out;
        out.entry = store_.effective(subject, day, known);
        if (out.entry == detail::no_entry) return out;
        const detail::Entry& entry = store_.entry(static_cast<std::size_t>(out.entry));
        out.valid = entry.valid;
        if (is_stale(store_.texts()[store_.subject(subject).indicator], entry.valid, day))
            return out;
        const detail::StoredObservation& stored = store_.observation(entry);
        out.value = resolved(stored);
        out.numerator = stored.numerator;
        out.denominator = stored.denominator;
        out.state = has_value(stored.state) && stored.denominator == 0.0
                        ? CellState::zero_denominator
                        : stored.state;
        return out;
    }

    [[nodiscard]] CellAtMoment baseline_cell(const std::string& unit, const std::string& indicator,
                                             const AsOf& moment) const {
        CellAtMoment out;
        if (!sees_baseline(moment) || baseline_->panel.period() != moment.period) return out;
        const auto row = baseline_row_.find(unit);
        const auto column = baseline_->panel.find(indicator);
        if (row == baseline_row_.end() || !column) return out;
        const std::int32_t valid = day_number(baseline_->valid);
        if (!is_stale(indicator, valid, day_number(moment.valid)))
            out = panel_cell(baseline_->panel, row->second, *column);
        out.valid = valid;
        return out;
    }

    friend class detail::LogPanel;

    LogRules rules_;
    std::optional<Baseline> baseline_;
    std::unordered_map<std::string, Index> baseline_row_;
    detail::EntryStore store_;
};

}  // namespace thuocdo::live

#include <thuocdo/live/detail/log_panel.hpp>
