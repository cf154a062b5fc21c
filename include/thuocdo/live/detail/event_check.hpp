#pragma once
/// @file
/// Whether a batch of events can be added to a log: every problem before anything is
/// written.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/live/detail/entry_store.hpp>
#include <thuocdo/live/event.hpp>
#include <thuocdo/live/log_rules.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/tasks/detail/check_task.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::live::detail {

/// Looks through a batch. Events that the log has already are passed over.
class EventCheck {
  public:
    EventCheck(const EntryStore& store, const LogRules& rules, const UnitRegistry* baseline)
        : store_(store), rules_(rules), baseline_(baseline) {}

    /// Positions of the events that are new, each once.
    [[nodiscard]] std::vector<std::size_t> run(std::span<const Event> events,
                                               std::vector<Problem>& problems) {
        std::vector<std::size_t> fresh;
        std::unordered_map<std::string_view, std::size_t> ids;
        for (const Event& each : events)
            if (const auto* unit = std::get_if<UnitFact>(&each.fact))
                units_.insert(unit->unit.code);
        for (std::size_t k = 0; k < events.size(); ++k) {
            const Event& event = events[k];
            event_ = &event;
            number_ = k + 1;
            problems_ = &problems;
            if (event.id.empty()) {
                report("empty_id", "", "no id", "an id that no other event has",
                       "give every event an id, so that it counts once");
                continue;
            }
            if (const auto found = store_.find(event.id)) {
                require_same(store_.event(*found), event);
                continue;
            }
            if (events.size() > 1)
                if (const auto [first, inserted] = ids.try_emplace(event.id, k); !inserted) {
                    require_same(events[first->second], event);
                    continue;
                }
            const std::size_t before = problems.size();
            check_frame(event);
            std::visit([&](const auto& fact) { check(fact, event); }, event.fact);
            if (problems.size() == before) fresh.push_back(k);
        }
        return fresh;
    }

  private:
    void report(std::string code, const std::string& member, std::string found,
                std::string expected, std::string remedy) {
        const std::string place =
            event_->id.empty() ? "event " + std::to_string(number_) : "event \"" + event_->id + '"';
        problems_->push_back({std::move(code), place + member, std::move(found),
                              std::move(expected), std::move(remedy)});
    }

    void require_same(const Event& known, const Event& event) {
        if (known == event) return;
        report("event_id_conflict", "", "another event of that id", "the same event again",
               "give the event an id of its own; what an earlier one said is corrected by a new "
               "event that replaces it");
    }

    void check_frame(const Event& event) {
        if (event.valid.is_special())
            report("not_a_date", "/valid", "no day", "the first day on which it is true",
                   "give the day");
        const std::int64_t known = event.known.microseconds;
        if (known < start_of_day(Date(1400, 1, 2)).microseconds ||
            known > end_of_day(Date(9999, 12, 30)).microseconds)
            report("not_a_moment", "/known", "a moment outside the calendar",
                   "when it became known", "give the moment");
        if (!event.replaces.empty() && event.replaces == event.id)
            report("replaces_itself", "/replaces", "its own id", "the id of an earlier event",
                   "leave it out, or name the event that it corrects");
    }

    void check_unit(const std::string& code) {
        if (code.empty()) {
            report("empty_code", "/unit", "no code", "the code of a unit", "name the unit");
            return;
        }
        if (!in_order() || is_known(code)) return;
        report("unknown_unit", "/unit", '"' + code + '"', "the code of a unit of the log",
               "codes are text: 1 is not \"01\"; or record the unit first");
    }

    [[nodiscard]] bool in_order() const noexcept { return rules_.arrival == Arrival::in_order; }

    [[nodiscard]] bool is_known(const std::string& code) const {
        return (baseline_ && baseline_->find(code)) || units_.contains(code) ||
               store_.find_subject(SubjectKind::unit, code);
    }

    void check(const Observation& fact, const Event&) {
        check_unit(fact.unit);
        if (fact.indicator.empty())
            report("empty_code", "/indicator", "no code", "the code of an indicator",
                   "name the indicator");
        const auto finite = [&](const std::optional<double>& number, const char* member) {
            if (number && !std::isfinite(*number))
                report("not_finite", member, "a number that is not finite", "a finite number",
                       "a value that is not there is a state");
        };
        finite(fact.value, "/value");
        finite(fact.numerator, "/numerator");
        finite(fact.denominator, "/denominator");
        if (fact.numerator.has_value() != fact.denominator.has_value()) {
            report("one_part", fact.numerator ? "/denominator" : "/numerator", "nothing",
                   "both numerator and denominator, or none", "give both");
            return;
        }
        const bool divided_by_zero = fact.denominator && *fact.denominator == 0.0;
        if (divided_by_zero && fact.value)
            report("zero_denominator", "/value", "a value with denominator 0", "no value",
                   "leave the value out; the model says what a zero denominator counts");
        const bool has_number = fact.value || fact.denominator;
        if (has_value(fact.state)) {
            if (!has_number)
                report("value_missing", "/value",
                       std::string("no value in state ") + cell_state_name(fact.state),
                       "a value, or numerator and denominator",
                       "give the value, or the state that says why there is none");
        } else if (fact.value || (fact.denominator && !divided_by_zero)) {
            report("state_disagrees", "/state",
                   std::string("a value in state ") + cell_state_name(fact.state),
                   "a value exactly when the state is observed, provisional or imputed",
                   "correct the state or the value");
        }
        if (fact.value && fact.denominator && !divided_by_zero) check_ratio(fact);
    }

    void check_ratio(const Observation& fact) {
        const double ratio = *fact.numerator / *fact.denominator;
        if (std::abs(*fact.value - ratio) <=
            Panel::ratio_tolerance * std::max(1.0, std::abs(ratio)))
            return;
        report("ratio_disagrees", "/value", "value " + numeric::shortest(*fact.value),
               numeric::shortest(*fact.numerator) + " / " + numeric::shortest(*fact.denominator) +
                   " = " + numeric::shortest(ratio),
               "a percentage is written as a fraction; or leave the value out");
    }

    void check(const Withdrawal&, const Event& event) {
        if (event.replaces.empty())
            report("replaces_missing", "/replaces", "nothing", "the id of the event taken back",
                   "name the event");
    }

    void check(const UnitFact& fact, const Event&) {
        try {
            const UnitRegistry one(std::vector<Unit>{fact.unit});
        } catch (const DataError& error) {
            for (const Problem& each : error.problems())
                report(each.code, "/unit", each.found, each.expected, each.remedy);
        }
    }

    void check(const TaskFact& fact, const Event&) {
        if (!has_code(fact.task.code)) return;
        if (rules_.task_panel && !rules_.task_panel->other_groups) check_unit(fact.task.lead);
        if (!in_order()) {
            check_as_whole(fact.task);
            return;
        }
        Gathered& about = gathered(fact.task.code);
        about.task = fact.task;
        about.has_fact = true;
        check_as_whole(about.whole());
    }

    void check(const TaskHappening& fact, const Event&) {
        if (!has_code(fact.task)) return;
        if (fact.event.date.is_special())
            report("not_a_date", "/event/date", "no day", "the day of the event", "give the day");
        else if (in_order() && require_task(fact.task)) {
            Gathered& about = gathered(fact.task);
            about.events.push_back(fact.event);
            check_as_whole(about.whole());
        }
    }

    void check(const TaskExtension& fact, const Event&) {
        if (!has_code(fact.task)) return;
        if (fact.extension.decided.is_special() || fact.extension.last_day.is_special())
            report("not_a_date", "/extension", "no day", "the day of the decision and the last day",
                   "give both days");
        else if (in_order() && require_task(fact.task)) {
            Gathered& about = gathered(fact.task);
            about.extensions.push_back(fact.extension);
            check_as_whole(about.whole());
        }
    }

    [[nodiscard]] bool has_code(const std::string& task) {
        if (!task.empty()) return true;
        report("empty_code", "/task", "no code", "the code of a task", "name the task");
        return false;
    }

    /// What log and batch have about a task so far.
    struct Gathered {
        Task task{};
        std::vector<TaskEvent> events{};
        std::vector<DeadlineExtension> extensions{};
        bool has_fact = false;

        [[nodiscard]] Task whole() const {
            Task all = task;
            all.events.insert(all.events.end(), events.begin(), events.end());
            all.extensions.insert(all.extensions.end(), extensions.begin(), extensions.end());
            return all;
        }
    };

    [[nodiscard]] Gathered& gathered(const std::string& code) {
        const auto [found, inserted] = tasks_.try_emplace(code);
        Gathered& about = found->second;
        if (!inserted) return about;
        constexpr std::int32_t last_day = std::numeric_limits<std::int32_t>::max();
        constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();
        const auto each_of = [&](SubjectKind kind, auto&& take) {
            store_.each_effective(kind, code, last_day, always, take);
        };
        each_of(SubjectKind::task, [&](const Entry& entry) {
            about.task = store_.task(entry);
            about.has_fact = true;
        });
        each_of(SubjectKind::task_events,
                [&](const Entry& entry) { about.events.push_back(store_.task_event(entry)); });
        each_of(SubjectKind::task_extensions,
                [&](const Entry& entry) { about.extensions.push_back(store_.extension(entry)); });
        return about;
    }

    [[nodiscard]] bool require_task(const std::string& code) {
        if (gathered(code).has_fact) return true;
        report("unknown_task", "/task", '"' + code + '"', "the code of a task of the log",
               "record the task first");
        return false;
    }

    void check_as_whole(const Task& task) {
        for (const Problem& each : thuocdo::detail::check_task(task))
            report(each.code, "/task" + each.place, each.found, each.expected, each.remedy);
    }

    const EntryStore& store_;
    const LogRules& rules_;
    const UnitRegistry* baseline_;
    std::vector<Problem>* problems_ = nullptr;
    const Event* event_ = nullptr;
    std::size_t number_ = 0;
    std::set<std::string> units_;
    std::map<std::string, Gathered> tasks_;
};

}  // namespace thuocdo::live::detail
