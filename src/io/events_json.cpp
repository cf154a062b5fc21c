#include <thuocdo/io/events.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "io/json_reader.hpp"
#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/task_reader.hpp"
#include "io/task_writer.hpp"
#include "io/tasks_status.hpp"
#include "io/unit_json.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

using live::Event;

/// Members of some kind of event, beside those that every event has.
constexpr std::array fact_members{"unit",        "indicator", "period", "value", "numerator",
                                  "denominator", "state",     "task",   "event", "extension"};

/// Codes that weigh the members of an observation against each other.
constexpr std::array<std::string_view, 5> observation_codes{"state_disagrees", "incomplete_ratio",
                                                            "zero_denominator", "ratio_disagrees",
                                                            "number_out_of_range"};
constexpr std::array observation_numbers{"/value", "/numerator", "/denominator", "/state"};

/// The day of a moment in Viet Nam; a special value outside the calendar.
Date viet_nam_day(const Instant& moment) {
    const std::int64_t since = moment.microseconds - start_of_day(date_of(0)).microseconds;
    const std::int64_t rest = since % thuocdo::detail::microseconds_a_day;
    const std::int64_t day = since / thuocdo::detail::microseconds_a_day - (rest < 0 ? 1 : 0);
    if (day < thuocdo::detail::earliest_day_number || day > thuocdo::detail::latest_day_number)
        return {};
    return date_of(static_cast<std::int32_t>(day));
}

/// Reads the event of one document.
class EventReader {
  public:
    explicit EventReader(ReadLog& log) : log_(log) {}

    [[nodiscard]] Event read(const Json& value) {
        ObjectReader in(value, "", log_);
        event_.id = in.required_text("id", "the id of the event");
        const auto kind = read_type(in);
        if (const auto valid = in.date("valid")) event_.valid = *valid;
        read_known(in);
        event_.replaces = in.text("replaces");
        event_.source = in.text("source");
        if (kind)
            read_fact(in, *kind);
        else
            // What belongs to a kind that is not known cannot be judged.
            for (const char* name : fact_members) static_cast<void>(in.find(name));
        in.finish();
        if (kind && in.is_object()) check();
        return std::move(event_);
    }

  private:
    std::optional<std::size_t> read_type(ObjectReader& in) {
        return in.require("type", "the kind of the event")
                   ? find_word(in, "type", live::detail::fact_names)
                   : std::nullopt;
    }

    void read_known(ObjectReader& in) {
        const char* expected = "a timestamp with offset, or a day YYYY-MM-DD";
        const Json* value = in.require("known", expected);
        if (!value) return;
        const auto text = read_text(*value, in.at("known"), log_);
        if (!text) return;
        if (const auto day = parse_date(*text)) {
            event_.known = start_of_day(*day);
        } else if (const auto moment = parse_instant(*text)) {
            event_.known = *moment;
        } else {
            log_.add({"invalid_moment", in.at("known"), "text " + in_quotes(*text), expected,
                      "e.g. 2026-10-05T08:00:00+07:00"});
        }
    }

    void read_fact(ObjectReader& in, std::size_t kind) {
        // In the order of live::Fact.
        constexpr std::array readers{&EventReader::read_observation, &EventReader::read_withdrawal,
                                     &EventReader::read_unit,        &EventReader::read_task,
                                     &EventReader::read_task_event,  &EventReader::read_extension};
        static_assert(readers.size() == std::variant_size_v<live::Fact>);
        (this->*readers[kind])(in);
    }

    void read_observation(ObjectReader& in) {
        live::Observation fact;
        fact.unit = in.required_text("unit", "the code of a unit");
        fact.indicator = in.required_text("indicator", "the code of an indicator");
        fact.period = in.required_text("period", "the label of a period");
        fact.value = in.number("value");
        fact.numerator = in.number("numerator");
        fact.denominator = in.number("denominator");
        if (const auto word = find_word(in, "state", thuocdo::detail::cell_state_names))
            fact.state = static_cast<CellState>(*word);
        event_.fact = std::move(fact);
        require_valid(in);
    }

    void read_withdrawal(ObjectReader& in) {
        event_.fact = live::Withdrawal{};
        static_cast<void>(in.require("replaces", "the id of the event that is taken back"));
        valid_or(in, viet_nam_day(event_.known), "/known");
    }

    void read_unit(ObjectReader& in) {
        live::UnitFact fact;
        if (const Json* value = in.require("unit", "the unit, an object"))
            fact.unit = read_unit_object(*value, in.at("unit"), log_);
        event_.fact = std::move(fact);
        require_valid(in);
    }

    void read_task(ObjectReader& in) {
        live::TaskFact fact;
        if (const Json* value = in.require("task", "the task, an object")) {
            const TaskFileOptions options;
            const StatusMatcher statuses(options.vocabulary, "", log_.problems);
            fact.task = TaskReader(options, log_).task(*value, in.at("task"), &statuses);
        }
        event_.fact = std::move(fact);
        require_valid(in);
    }

    void read_task_event(ObjectReader& in) {
        live::TaskHappening fact;
        fact.task = in.required_text("task", "the code of a task");
        if (const Json* value = in.require("event", "what happened, an object")) {
            ObjectReader members(*value, in.at("event"), log_);
            fact.event = TaskReader(TaskFileOptions(), log_).event(members);
            members.finish();
        }
        const Date day = fact.event.date;
        event_.fact = std::move(fact);
        valid_or(in, day, "/event/date");
    }

    void read_extension(ObjectReader& in) {
        live::TaskExtension fact;
        fact.task = in.required_text("task", "the code of a task");
        if (const Json* value = in.require("extension", "the extension, an object")) {
            ObjectReader members(*value, in.at("extension"), log_);
            fact.extension = TaskReader(TaskFileOptions(), log_).extension(members);
            members.finish();
        }
        const Date day = fact.extension.decided;
        event_.fact = std::move(fact);
        valid_or(in, day, "/extension/decided");
    }

    void require_valid(ObjectReader& in) {
        static_cast<void>(in.require("valid", "the first day on which it is true, YYYY-MM-DD"));
    }

    /// The day of a fact that has its own, at `source`.
    void valid_or(ObjectReader& in, const Date& day, const char* source) {
        if (in.find("valid")) return;
        event_.valid = day;
        if (log_.failed.at_or_above(source)) log_.failed.insert(in.at("valid"));
    }

    /// Reports what is wrong with the event, but for what follows from what
    /// could not be read.
    void check() {
        const FailedPlaces& failed = log_.failed;
        const bool all_numbers =
            std::none_of(observation_numbers.begin(), observation_numbers.end(),
                         [&](const char* place) { return failed.contains(place); });
        const bool is_task = std::holds_alternative<live::TaskFact>(event_.fact);
        for (Problem& each : check_event(event_)) {
            if (failed.at_or_above(each.place)) continue;
            // The reader of tasks has checked the task.
            if (is_task && each.place.starts_with("/task")) continue;
            const bool weighs = std::find(observation_codes.begin(), observation_codes.end(),
                                          each.code) != observation_codes.end();
            if (weighs && !all_numbers) continue;
            if (each.code == "share_not_expected" || each.code == "share_out_of_range" ||
                each.code == "authority_missing")
                if (failed.contains("/event/kind")) continue;
            if (each.code == "dates_reversed" && failed.contains("/unit/valid_from")) continue;
            log_.problems.push_back(std::move(each));
        }
    }

    ReadLog& log_;
    Event event_{};
};

/// The origin of a line whose place ends with `:` and its number.
TextOrigin origin_of(const std::string& place) {
    TextOrigin origin{place, 1, 1};
    const std::size_t colon = place.rfind(':');
    if (colon == std::string::npos) return origin;
    const char* end = place.data() + place.size();
    std::size_t line = 0;
    const auto [read, error] = std::from_chars(place.data() + colon + 1, end, line);
    if (error != std::errc{} || read != end) return origin;
    return {place.substr(0, colon), line, 1};
}

/// Reads a line; problems are added with their places.
Event read_event_line(std::string_view line, const std::string& place,
                      std::vector<Problem>& problems) {
    const JsonText text = parse_json_text(line, origin_of(place));
    ReadLog log;
    for (const Problem& each : text.problems) log.add(each);
    Event event;
    if (text.readable) {
        event = EventReader(log).read(text.value);
        sort_by_text(text, log.problems);
    }
    for (Problem& each : log.problems) {
        if (each.place.empty() || each.place.starts_with('/')) each.place = place + each.place;
        problems.push_back(std::move(each));
    }
    return event;
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

void write_fact(JsonObject& out, const live::Observation& fact) {
    out.text("unit", fact.unit).text("indicator", fact.indicator).text("period", fact.period);
    out.number("value", fact.value).number("numerator", fact.numerator);
    out.number("denominator", fact.denominator);
    if (fact.state != CellState::observed)
        out.raw("state", json_string(cell_state_name(fact.state)));
}

void write_fact(JsonObject&, const live::Withdrawal&) {}

void write_fact(JsonObject& out, const live::UnitFact& fact) {
    out.raw("unit", unit_json(fact.unit));
}

void write_fact(JsonObject& out, const live::TaskFact& fact) {
    out.raw("task", task_json(fact.task));
}

void write_fact(JsonObject& out, const live::TaskHappening& fact) {
    JsonObject event = documented();
    write_event(event, fact.event);
    out.text("task", fact.task).raw("event", event.str());
}

void write_fact(JsonObject& out, const live::TaskExtension& fact) {
    JsonObject extension = documented();
    write_extension(extension, fact.extension);
    out.text("task", fact.task).raw("extension", extension.str());
}

}  // namespace
}  // namespace detail

live::Event parse_event(std::string_view line, const std::string& place) {
    std::vector<Problem> problems;
    live::Event event = detail::read_event_line(line, place, problems);
    if (!problems.empty()) throw DataError("the event cannot be used", std::move(problems));
    return event;
}

std::vector<live::Event> parse_events(std::string_view text, const std::string& file) {
    text = detail::without_byte_order_mark(text);
    std::vector<live::Event> events;
    std::vector<Problem> problems;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (detail::is_blank(line)) continue;
        events.push_back(
            detail::read_event_line(line, file + ':' + std::to_string(number), problems));
    }
    if (!problems.empty())
        throw DataError("the events of \"" + file + "\" cannot be used", std::move(problems));
    return events;
}

std::string event_to_json(const live::Event& event) {
    std::vector<Problem> problems = check_event(event);
    if (!problems.empty()) throw DataError("the event cannot be written", std::move(problems));
    detail::JsonObject out = detail::documented();
    out.text("id", event.id).raw("type", detail::json_string(live::fact_name(event.fact)));
    out.raw("valid", detail::json_day(event.valid));
    out.raw("known", detail::json_string(to_iso(event.known)));
    out.text("replaces", event.replaces).text("source", event.source);
    std::visit([&](const auto& fact) { detail::write_fact(out, fact); }, event.fact);
    return out.str();
}

}  // namespace thuocdo::io
