#include <thuocdo/io/calendar.hpp>
#include <thuocdo/time/detail/check_calendar.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "io/json_reader.hpp"
#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/text_file.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

/// The format that this reader reads.
constexpr double calendar_format_version = 1.0;

struct SourceText {
    std::string file{};
    std::string text{};
};

/// One document and what is wrong with it.
struct YearReading {
    std::string file{};
    std::string code{};
    Label name{};
    CalendarYear year{};
    JsonText text{};
    ReadLog log{};
};

DayOff read_day_off(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    DayOff day;
    if (const Json* date = in.require("date", "a date YYYY-MM-DD"))
        if (const auto read = read_date(*date, in.at("date"), log)) day.date = *read;
    if (in.require("name", "the name of the holiday, {\"vi\": ..., \"en\": ...}")) {
        Label name = in.label("name");
        day.name_vi = std::move(name.vi);
        day.name_en = std::move(name.en);
    }
    in.finish();
    return day;
}

WorkingSwap read_swap(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    WorkingSwap swap;
    if (const Json* off = in.require("off", "the weekday off, YYYY-MM-DD"))
        if (const auto read = read_date(*off, in.at("off"), log)) swap.off = *read;
    if (const Json* worked = in.require("worked", "the day worked instead, YYYY-MM-DD"))
        if (const auto read = read_date(*worked, in.at("worked"), log)) swap.worked = *read;
    swap.provisional = in.flag("provisional", false);
    swap.note = in.text("note");
    in.finish();
    return swap;
}

void read_year(YearReading& reading) {
    ReadLog& log = reading.log;
    ObjectReader in(reading.text.value, "", log);
    if (const Json* format = in.require("thuocdo_calendar", "1, the version of the format")) {
        const auto version = read_number(*format, in.at("thuocdo_calendar"), log);
        if (version && *version != calendar_format_version)
            log.add({"unsupported_format", in.at("thuocdo_calendar"), described(*format), "1",
                     "write 1, or read the file with a newer version of the library"});
    }
    reading.code = in.required_text("code", "the code of the calendar");
    if (in.is_object() && reading.code.empty() && !log.failed.contains("/code"))
        log.add({"missing_code", "/code", "an empty text", "the code of the calendar",
                 "name the calendar, e.g. \"vn\""});
    reading.name = in.label("name");
    reading.year.year = in.required_integer("year");
    reading.year.provisional = in.flag("provisional", false);
    reading.year.source = in.required_text("source", "the law and decision on the days off");
    reading.year.note = in.text("note");
    in.each("days_off", in.require("days_off", "a list of days"),
            [&](const Json& day, const std::string& place) {
                reading.year.days_off.push_back(read_day_off(day, place, log));
            });
    in.each("swaps", in.find("swaps"), [&](const Json& swap, const std::string& place) {
        reading.year.swaps.push_back(read_swap(swap, place, log));
    });
    in.finish();
}

YearReading read_text_of_year(const SourceText& source) {
    YearReading reading;
    reading.file = source.file;
    reading.text = parse_json_text(without_byte_order_mark(source.text), {source.file, 1, 1});
    for (const Problem& each : reading.text.problems) reading.log.add(each);
    if (reading.text.readable) read_year(reading);
    return reading;
}

/// The problems of a document in its order, with its file.
void append_problems(YearReading& reading, std::vector<Problem>& problems) {
    std::vector<Problem>& own = reading.log.problems;
    sort_by_text(reading.text, own);
    for (Problem& each : own) {
        if (reading.text.readable && !reading.file.empty())
            each.place = reading.file + '#' + each.place;
        problems.push_back(std::move(each));
    }
}

void check_agreement(std::vector<YearReading>& readings, const std::string& code,
                     const Label& name) {
    for (YearReading& each : readings) {
        if (!each.code.empty() && each.code != code)
            each.log.add({"different_calendars", "/code", in_quotes(each.code),
                          in_quotes(code) + ", as in the other files",
                          "read the files of one calendar only"});
        if (!each.name.empty() && each.name != name)
            each.log.add({"different_names", "/name", in_quotes(each.name.in(true)),
                          in_quotes(name.in(true)) + ", as in the other files",
                          "give all files the same name, or only one of them a name"});
    }
}

/// The first text that is not empty.
template <class Text, class Member>
Text first_given(const std::vector<YearReading>& readings, Member member) {
    for (const YearReading& each : readings)
        if (!(each.*member).empty()) return each.*member;
    return {};
}

WorkingCalendar merged(const std::vector<SourceText>& sources) {
    std::vector<YearReading> readings;
    readings.reserve(sources.size());
    for (const SourceText& source : sources) readings.push_back(read_text_of_year(source));

    WorkingCalendarDefinition definition;
    definition.code = first_given<std::string>(readings, &YearReading::code);
    const Label name = first_given<Label>(readings, &YearReading::name);
    definition.name_vi = name.vi;
    definition.name_en = name.en;
    check_agreement(readings, definition.code, name);
    std::vector<std::size_t> reading_of_year;
    std::vector<std::string> cited;
    for (std::size_t k = 0; k < readings.size(); ++k) {
        const YearReading& each = readings[k];
        if (!each.text.readable || each.log.failed.contains("/year")) continue;
        definition.years.push_back(each.year);
        reading_of_year.push_back(k);
        if (std::find(cited.begin(), cited.end(), each.year.source) != cited.end()) continue;
        cited.push_back(each.year.source);
        definition.source += (definition.source.empty() ? "" : "; ") + each.year.source;
    }
    // A file whose year is not known may fill what looks like a gap.
    const bool all_years_known = definition.years.size() == readings.size();
    for (auto& found : thuocdo::detail::check_calendar(definition)) {
        YearReading& reading = readings[reading_of_year[found.year]];
        const bool depends_on_years =
            found.problem.code == "year_gap" || found.problem.code == "swap_outside_calendar";
        if (reading.log.failed.at_or_above(found.problem.place)) continue;
        if (depends_on_years && !all_years_known) continue;
        reading.log.problems.push_back(std::move(found.problem));
    }
    std::vector<Problem> problems;
    for (YearReading& each : readings) append_problems(each, problems);
    if (!problems.empty())
        throw DataError("the calendar of working days cannot be used", std::move(problems));
    return WorkingCalendar(std::move(definition));
}

}  // namespace
}  // namespace detail

WorkingCalendar parse_calendar(std::string_view text, const std::string& file) {
    return detail::merged({{file, std::string(text)}});
}

WorkingCalendar load_calendar(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) return load_calendars({path});
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path))
        if (entry.is_regular_file() &&
            detail::lower_case(entry.path().extension().string()) == ".json")
            files.push_back(entry.path());
    if (files.empty())
        throw DataError("the calendar of working days cannot be used",
                        {{"no_years", path.string(), "a folder without .json file",
                          "the files of a calendar, one a year", "check the path"}});
    std::sort(files.begin(), files.end());
    return load_calendars(files);
}

WorkingCalendar load_calendars(const std::vector<std::filesystem::path>& paths) {
    std::vector<detail::SourceText> sources;
    std::vector<Problem> unreadable;
    for (const auto& path : paths) {
        try {
            sources.push_back({path.filename().string(), detail::read_text_file(path)});
        } catch (const DataError& error) {
            unreadable.insert(unreadable.end(), error.problems().begin(), error.problems().end());
        }
    }
    if (!unreadable.empty())
        throw DataError("the calendar of working days cannot be used", std::move(unreadable));
    if (paths.empty())
        throw DataError("the calendar of working days cannot be used",
                        {{"no_years", "paths", "no file", "the files of a calendar, one a year",
                          "give at least one file"}});
    return detail::merged(sources);
}

}  // namespace thuocdo::io
