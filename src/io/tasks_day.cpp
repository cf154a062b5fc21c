#include "io/tasks_day.hpp"

#include <thuocdo/io/deadline.hpp>
#include <thuocdo/time/local_date.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

constexpr std::string_view date_shape = "0000-00-00";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Whether a text begins like `YYYY-MM-DD`, so that no phrase is meant.
bool begins_like_a_day(std::string_view text) noexcept {
    if (text.size() < date_shape.size()) return false;
    for (std::size_t k = 0; k < date_shape.size(); ++k)
        if (date_shape[k] == '-' ? text[k] != '-' : !is_digit(text[k])) return false;
    return true;
}

std::string remedy_for(std::string_view text) {
    if (!begins_like_a_day(text))
        return "write the year first, then month and day, e.g. 2026-12-31";
    if (!parse_date(text.substr(0, date_shape.size()))) return "the calendar has no such day";
    if (text.size() == date_shape.size()) return "correct it";
    return "a timestamp needs its offset from UTC, e.g. 2026-12-31T23:30:00+07:00; or give the "
           "day alone";
}

}  // namespace

std::optional<Date> day_of(std::string_view text) {
    if (const auto date = parse_date(text)) return date;
    if (text.size() <= date_shape.size()) return std::nullopt;
    return local_date(text);
}

Problem day_problem(std::string_view text, std::string place) {
    return {"invalid_date", std::move(place), "text " + in_quotes(text),
            "a day YYYY-MM-DD, or a timestamp with offset", remedy_for(text)};
}

DeadlineReading deadline_of(std::string_view text, const Date& assigned,
                            const TaskFileOptions& options, const std::string& place) {
    DeadlineReading reading;
    reading.last_day = day_of(text);
    if (reading.last_day) return reading;
    if (begins_like_a_day(text)) {
        reading.problems.push_back(day_problem(text, place));
        return reading;
    }
    reading.in_words = true;
    DeadlineOptions how;
    if (!assigned.is_special()) how.assigned = assigned;
    how.calendar = options.calendar ? &*options.calendar : nullptr;
    how.year = options.year;
    try {
        reading.last_day = parse_deadline(text, how).last_day;
    } catch (const Error& error) {
        reading.problems = error.problems();
        for (Problem& each : reading.problems) each.place = place;
    }
    return reading;
}

}  // namespace thuocdo::io::detail
