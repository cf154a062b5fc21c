#include <thuocdo/data/panel.hpp>
#include <thuocdo/io/events.hpp>
#include <thuocdo/io/unicode.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "io/json_text.hpp"
#include "io/message_text.hpp"
#include "io/tasks_check.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

class EventChecker {
  public:
    explicit EventChecker(const live::Event& event) : event_(event) {}

    [[nodiscard]] std::vector<Problem> run() {
        code(event_.id, "/id", "an id that no other event has");
        day(event_.valid, "/valid");
        check_known();
        text(event_.replaces, "/replaces");
        if (!event_.replaces.empty() && event_.replaces == event_.id)
            report("replaces_itself", "/replaces", "the id of the event itself",
                   "the id of another event", "leave it out, or name the event that it replaces");
        text(event_.source, "/source");
        std::visit([&](const auto& fact) { check(fact); }, event_.fact);
        return std::move(problems_);
    }

  private:
    void report(const char* code, std::string place, std::string found, std::string expected,
                std::string remedy) {
        problems_.push_back(
            {code, std::move(place), std::move(found), std::move(expected), std::move(remedy)});
    }

    void add(std::vector<Problem> problems) {
        std::move(problems.begin(), problems.end(), std::back_inserter(problems_));
    }

    void text(const std::string& value, const std::string& place) {
        if (is_nfc(value)) return;
        if (!is_valid_utf8(value))
            report("invalid_utf8", place, "text " + in_quotes(value), "text in UTF-8",
                   "give the text as UTF-8");
        else
            report("not_nfc", place, in_quotes(value) + " in decomposed form (NFD)", "NFC",
                   "give the text in NFC (" + in_quotes(to_nfc(value)) + ')');
    }

    void texts(const std::vector<std::string>& values, const std::string& place) {
        for (std::size_t k = 0; k < values.size(); ++k)
            text(values[k], place + '/' + std::to_string(k));
    }

    void code(const std::string& value, const std::string& place, const char* expected) {
        text(value, place);
        if (value.empty()) report("empty_code", place, "an empty text", expected, "give it");
    }

    void label(const Label& value, const std::string& place) {
        text(value.en, place + "/en");
        text(value.vi, place + "/vi");
    }

    bool day(const Date& value, const std::string& place) {
        if (!value.is_special()) return true;
        report("date_missing", place, "no date", "a day", "give the date as YYYY-MM-DD");
        return false;
    }

    bool finite(double value, const std::string& place) {
        if (std::isfinite(value)) return true;
        report("not_finite", place, numeric::shortest(value), "a finite number",
               "leave it out where there is no number");
        return false;
    }

    void check_known() {
        const Instant first = start_of_day(date_of(thuocdo::detail::earliest_day_number), 0);
        const Instant last = end_of_day(date_of(thuocdo::detail::latest_day_number), 0);
        if (event_.known >= first && event_.known <= last) return;
        report("date_out_of_range", "/known",
               "microsecond " + std::to_string(event_.known.microseconds) + " of 1970",
               "a moment of the years 1400 to 9999 in UTC", "correct it");
    }

    void check(const live::Observation& fact) {
        code(fact.unit, "/unit", "the code of a unit");
        code(fact.indicator, "/indicator", "the code of an indicator");
        code(fact.period, "/period", "the label of a period");
        bool all_finite = true;
        if (fact.value) all_finite = finite(*fact.value, "/value");
        if (fact.numerator) all_finite = finite(*fact.numerator, "/numerator") && all_finite;
        if (fact.denominator) all_finite = finite(*fact.denominator, "/denominator") && all_finite;
        if (!all_finite) return;
        if (fact.numerator.has_value() != fact.denominator.has_value()) {
            report("incomplete_ratio", fact.numerator ? "/denominator" : "/numerator",
                   fact.numerator ? "a numerator without a denominator"
                                  : "a denominator without a numerator",
                   "both, or a value, or a state that says why there is none", "complete it");
            return;
        }
        const std::string in_state = std::string(" in state ") + cell_state_name(fact.state);
        if (fact.value && !has_value(fact.state))
            report("state_disagrees", "/state",
                   "value " + numeric::shortest(*fact.value) + in_state,
                   "no value, or the state observed, provisional or imputed",
                   "correct the state or the value");
        if (fact.numerator)
            check_ratio(fact, in_state);
        else if (!fact.value && has_value(fact.state))
            report("state_disagrees", "/value", "no value" + in_state,
                   "a value, or a state that says why there is none",
                   "correct the state or the value");
    }

    void check_ratio(const live::Observation& fact, const std::string& in_state) {
        const double top = *fact.numerator;
        const double bottom = *fact.denominator;
        if (bottom == 0.0) {
            if (fact.value)
                report("zero_denominator", "/value",
                       "value " + numeric::shortest(*fact.value) + " with denominator 0",
                       "no value", "leave it out; the model says what a zero denominator counts");
            return;
        }
        if (fact.state == CellState::zero_denominator)
            report("state_disagrees", "/state",
                   "denominator " + numeric::shortest(bottom) + in_state,
                   "denominator 0, or another state", "correct the state or the denominator");
        const double ratio = top / bottom;
        const std::string fraction = numeric::shortest(top) + " / " + numeric::shortest(bottom);
        if (!std::isfinite(ratio))
            report("number_out_of_range", "/numerator", fraction,
                   "a ratio within the range of a double", "correct the numbers");
        else if (fact.value && std::abs(*fact.value - ratio) >
                                   Panel::ratio_tolerance * std::max(1.0, std::abs(ratio)))
            report("ratio_disagrees", "/value", "value " + numeric::shortest(*fact.value),
                   fraction + " = " + numeric::shortest(ratio),
                   "a percentage is written as a fraction; or leave the value out");
    }

    void check(const live::Withdrawal&) {
        if (event_.replaces.empty())
            report("replaces_nothing", "/replaces", "a withdrawal of nothing",
                   "the id of the event that is taken back", "give it");
    }

    void check(const live::UnitFact& fact) {
        const Unit& unit = fact.unit;
        code(unit.code, "/unit/code", "the official code as text");
        label(unit.name, "/unit/name");
        text(unit.level, "/unit/level");
        text(unit.kind, "/unit/kind");
        text(unit.parent, "/unit/parent");
        if (!unit.code.empty() && unit.parent == unit.code)
            report("own_parent", "/unit/parent", "itself as parent", "another unit or none",
                   "correct the parent");
        for (const auto& [name, category] : unit.groups) {
            const std::string place = member_place("/unit/groups", name);
            text(category, place);
            if (category.empty())
                report("empty_text", place, "an empty text", "a group",
                       "leave the member out where the unit is in none");
        }
        for (const auto& [name, number] : unit.attributes)
            finite(number, member_place("/unit/attributes", name));
        const bool from = !unit.valid_from || day(*unit.valid_from, "/unit/valid_from");
        const bool to = !unit.valid_to || day(*unit.valid_to, "/unit/valid_to");
        if (from && to && unit.valid_from && unit.valid_to && *unit.valid_to < *unit.valid_from)
            report("dates_reversed", "/unit/valid_to", to_iso(*unit.valid_to),
                   "a day not before " + to_iso(*unit.valid_from), "exchange the two dates");
        for (std::size_t k = 0; k < unit.predecessors.size(); ++k)
            code(unit.predecessors[k], "/unit/predecessors/" + std::to_string(k),
                 "the code of a unit");
    }

    /// The place of a member with a free name, whose name is checked.
    std::string member_place(const char* object, const std::string& name) {
        const std::string place = object;
        text(name, is_valid_utf8(name) ? place + '/' + pointer_step(name) : place);
        if (name.empty())
            report("empty_text", place + '/', "a member without name", "a name", "give it");
        return is_valid_utf8(name) ? place + '/' + pointer_step(name) : place;
    }

    void check(const live::TaskFact& fact) {
        const Task& task = fact.task;
        const std::string at = "/task";
        text(task.code, at + "/code");
        text(task.title, at + "/title");
        text(task.document, at + "/document");
        text(task.lead, at + "/lead");
        texts(task.coordinating, at + "/coordinating");
        text(task.post, at + "/post");
        text(task.level, at + "/level");
        text(task.sector, at + "/sector");
        text(task.deadline_text, at + "/deadline_text");
        texts(task.indicators, at + "/indicators");
        const auto item = [&](const char* list, std::size_t k) {
            return at + '/' + list + '/' + std::to_string(k);
        };
        for (std::size_t k = 0; k < task.extensions.size(); ++k)
            text(task.extensions[k].decision, item("extensions", k) + "/decision");
        for (std::size_t k = 0; k < task.milestones.size(); ++k)
            text(task.milestones[k].name, item("milestones", k) + "/name");
        for (std::size_t k = 0; k < task.events.size(); ++k)
            task_event_texts(task.events[k], item("events", k));
        for (std::size_t k = 0; k < task.products.size(); ++k)
            text(task.products[k].name, item("products", k) + "/name");
        add(check_read_task(task, at, {}));
    }

    void task_event_texts(const TaskEvent& event, const std::string& place) {
        text(event.authority, place + "/authority");
        text(event.note, place + "/note");
    }

    void check(const live::TaskHappening& fact) {
        code(fact.task, "/task", "the code of a task");
        task_event_texts(fact.event, "/event");
        add(check_read_task_event(fact.event, "/event", {}));
    }

    void check(const live::TaskExtension& fact) {
        code(fact.task, "/task", "the code of a task");
        text(fact.extension.decision, "/extension/decision");
        add(check_read_extension(fact.extension, "/extension", {}));
    }

    const live::Event& event_;
    std::vector<Problem> problems_{};
};

}  // namespace
}  // namespace detail

std::vector<Problem> check_event(const live::Event& event) {
    return detail::EventChecker(event).run();
}

}  // namespace thuocdo::io
