#include <thuocdo/io/calendar.hpp>
#include <thuocdo/time/day_number.hpp>
#include <thuocdo/time/working_calendar.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// One line of a calendar.
struct CalendarRow {
    Date date{};
    const char* kind = "";
    Label name{};
    std::optional<Date> swapped_with{};
    bool provisional = false;
    std::string note{};
};

[[nodiscard]] std::vector<CalendarRow> rows_of(const WorkingCalendar& calendar) {
    std::vector<CalendarRow> rows;
    for (const CalendarYear& year : calendar.definition().years) {
        for (const DayOff& day : year.days_off)
            rows.push_back({day.date,
                            "day_off",
                            {day.name_en, day.name_vi},
                            std::nullopt,
                            year.provisional,
                            {}});
        for (const WorkingSwap& swap : year.swaps) {
            rows.push_back({swap.off,
                            "swapped_off",
                            {"day off by a swap", "nghỉ hoán đổi"},
                            swap.worked,
                            calendar.is_provisional(swap.off),
                            swap.note});
            rows.push_back({swap.worked,
                            "swapped_work",
                            {"worked for a day off", "làm bù"},
                            swap.off,
                            calendar.is_provisional(swap.worked),
                            swap.note});
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const CalendarRow& a, const CalendarRow& b) { return a.date < b.date; });
    return rows;
}

[[nodiscard]] py::dict calendar_columns(const WorkingCalendar& calendar) {
    const std::vector<CalendarRow> rows = rows_of(calendar);
    TableOf<CalendarRow> table{rows};
    table.days("date", [](const CalendarRow& row) { return std::optional(row.date); });
    table.texts("kind", [](const CalendarRow& row) { return row.kind; });
    table.labels("name", [](const CalendarRow& row) { return row.name; });
    table.days("swapped_with", [](const CalendarRow& row) { return row.swapped_with; });
    table.flags("provisional", [](const CalendarRow& row) { return row.provisional; });
    table.texts("note", [](const CalendarRow& row) { return row.note; });
    return table.take();
}

/// Refuses what is no day of the calendar, with the place of each.
void check_days(const DayNumbers& days, const char* argument) {
    std::vector<Problem> problems;
    const std::int64_t* const cells = days.data();
    for (py::ssize_t k = 0; k < days.size(); ++k) {
        const std::int64_t day = cells[k];
        if (day >= detail::earliest_day_number && day <= detail::latest_day_number) continue;
        const std::string place = std::string(argument) + '[' + std::to_string(k) + ']';
        if (day == missing_day)
            problems.push_back({"not_a_date", place, "no day", "a day of the calendar",
                                "leave out the rows without a day"});
        else
            problems.push_back({"date_out_of_range", place, "day number " + std::to_string(day),
                                "a day from 1400-01-01 to 9999-12-31", "correct the day"});
    }
    if (!problems.empty()) throw DataError("days cannot be counted", std::move(problems));
}

[[nodiscard]] std::vector<py::ssize_t> shape_of(const DayNumbers& days) {
    return {days.shape(), days.shape() + days.ndim()};
}

void check_same_size(const DayNumbers& a, const DayNumbers& b) {
    if (a.size() != b.size())
        throw DataError("columns of another length",
                        {{"shape", "arguments", std::to_string(b.size()) + " cells",
                          std::to_string(a.size()) + " cells", ""}});
}

/// A yes or no for every day.
template <class Ask>
[[nodiscard]] py::array_t<bool> for_each_day(const DayNumbers& days, Ask ask) {
    check_days(days, "days");
    py::array_t<bool> out(shape_of(days));
    const std::int64_t* const cells = days.data();
    bool* const results = out.mutable_data();
    for (py::ssize_t k = 0; k < days.size(); ++k)
        results[k] = ask(static_cast<std::int32_t>(cells[k]));
    return out;
}

[[nodiscard]] py::array_t<bool> are_working_days(const WorkingCalendar& calendar,
                                                 const DayNumbers& days) {
    return for_each_day(days, [&](std::int32_t day) {
        return calendar.working_day_number(day) != calendar.working_day_number(day - 1);
    });
}

[[nodiscard]] py::array_t<bool> are_provisional(const WorkingCalendar& calendar,
                                                const DayNumbers& days) {
    return for_each_day(days,
                        [&](std::int32_t day) { return calendar.is_provisional(date_of(day)); });
}

[[nodiscard]] std::pair<py::array_t<std::int64_t>, py::array_t<bool>> count_working_days(
    const WorkingCalendar& calendar, const DayNumbers& from, const DayNumbers& to) {
    check_days(from, "start");
    check_days(to, "end");
    check_same_size(from, to);
    py::array_t<std::int64_t> counts(shape_of(from));
    py::array_t<bool> provisional(shape_of(from));
    const std::int64_t* const first = from.data();
    const std::int64_t* const last = to.data();
    std::int64_t* const count = counts.mutable_data();
    bool* const uncertain = provisional.mutable_data();
    for (py::ssize_t k = 0; k < from.size(); ++k) {
        const WorkingDays between =
            calendar.working_days_between(date_of(static_cast<std::int32_t>(first[k])),
                                          date_of(static_cast<std::int32_t>(last[k])));
        count[k] = between.days;
        uncertain[k] = between.provisional;
    }
    return {counts, provisional};
}

/// The days as numbers, and whether they are provisional.
[[nodiscard]] std::pair<py::array_t<std::int64_t>, py::array_t<bool>> add_working_days(
    const WorkingCalendar& calendar, const DayNumbers& start, const DayNumbers& count) {
    check_days(start, "start");
    check_same_size(start, count);
    py::array_t<std::int64_t> days(shape_of(start));
    py::array_t<bool> provisional(shape_of(start));
    const std::int64_t* const from = start.data();
    const std::int64_t* const number = count.data();
    std::int64_t* const day = days.mutable_data();
    bool* const uncertain = provisional.mutable_data();
    for (py::ssize_t k = 0; k < start.size(); ++k) {
        const WorkingDate reached =
            calendar.add_working_days(date_of(static_cast<std::int32_t>(from[k])), number[k]);
        day[k] = day_number(reached.date);
        uncertain[k] = reached.provisional;
    }
    return {days, provisional};
}

/// What `calendar_of` makes the calendar from again.
[[nodiscard]] py::tuple state_of(const WorkingCalendar& calendar) {
    const WorkingCalendarDefinition& given = calendar.definition();
    py::list years;
    for (const CalendarYear& year : given.years) {
        std::vector<std::tuple<std::string, std::string, std::string>> days_off;
        for (const DayOff& day : year.days_off)
            days_off.emplace_back(to_iso(day.date), day.name_vi, day.name_en);
        std::vector<std::tuple<std::string, std::string, bool, std::string>> swaps;
        for (const WorkingSwap& swap : year.swaps)
            swaps.emplace_back(to_iso(swap.off), to_iso(swap.worked), swap.provisional, swap.note);
        years.append(
            py::make_tuple(year.year, year.provisional, year.source, year.note, days_off, swaps));
    }
    return py::make_tuple(given.code, given.name_vi, given.name_en, given.source, years);
}

[[nodiscard]] WorkingCalendar calendar_of(const py::tuple& state) {
    WorkingCalendarDefinition definition;
    definition.code = state[0].cast<std::string>();
    definition.name_vi = state[1].cast<std::string>();
    definition.name_en = state[2].cast<std::string>();
    definition.source = state[3].cast<std::string>();
    for (const py::handle item : state[4]) {
        const auto fields = item.cast<py::tuple>();
        CalendarYear year;
        year.year = fields[0].cast<int>();
        year.provisional = fields[1].cast<bool>();
        year.source = fields[2].cast<std::string>();
        year.note = fields[3].cast<std::string>();
        for (const py::handle each : fields[4]) {
            const auto day = each.cast<std::tuple<std::string, std::string, std::string>>();
            year.days_off.push_back(
                {read_date(std::get<0>(day), "day_off"), std::get<1>(day), std::get<2>(day)});
        }
        for (const py::handle each : fields[5]) {
            const auto swap = each.cast<std::tuple<std::string, std::string, bool, std::string>>();
            year.swaps.push_back({read_date(std::get<0>(swap), "off"),
                                  read_date(std::get<1>(swap), "worked"), std::get<2>(swap),
                                  std::get<3>(swap)});
        }
        definition.years.push_back(std::move(year));
    }
    return WorkingCalendar(std::move(definition));
}

}  // namespace

void register_calendar(py::module_& module) {
    using py::arg;
    py::class_<WorkingCalendar>(module, "WorkingCalendar")
        .def_property_readonly("code", &WorkingCalendar::code)
        .def_property_readonly("first_year", &WorkingCalendar::first_year)
        .def_property_readonly("last_year", &WorkingCalendar::last_year)
        .def(
            "name",
            [](const WorkingCalendar& calendar, bool vietnamese) {
                const WorkingCalendarDefinition& given = calendar.definition();
                return Label{given.name_en, given.name_vi}.in(vietnamese);
            },
            arg("vietnamese"))
        .def("columns", &calendar_columns)
        .def("are_working_days", &are_working_days, arg("days"))
        .def("are_provisional", &are_provisional, arg("days"))
        .def("add_working_days", &add_working_days, arg("start"), arg("count"))
        .def("count_working_days", &count_working_days, arg("start"), arg("end"))
        .def(
            "__eq__",
            [](const WorkingCalendar& self, const py::object& other) {
                return py::isinstance<WorkingCalendar>(other) &&
                       self == other.cast<const WorkingCalendar&>();
            },
            arg("other"))
        .def("__hash__",
             [](const WorkingCalendar& calendar) { return py::hash(py::str(calendar.code())); })
        .def(py::pickle(&state_of, &calendar_of));
    module.def(
        "load_calendars",
        [](const std::vector<std::string>& paths) {
            std::vector<std::filesystem::path> files(paths.begin(), paths.end());
            return files.size() == 1 ? io::load_calendar(files.front()) : io::load_calendars(files);
        },
        arg("paths"));
    module.def(
        "day_numbers",
        [](const std::vector<std::string>& days) {
            py::array_t<std::int64_t> out(static_cast<py::ssize_t>(days.size()));
            std::vector<Problem> problems;
            std::int64_t* cell = out.mutable_data();
            for (std::size_t k = 0; k < days.size(); ++k) {
                const std::optional<Date> date = parse_date(days[k]);
                *cell++ = date ? day_number(*date) : missing_day;
                if (!date)
                    problems.push_back({"bad_date", "days[" + std::to_string(k) + ']',
                                        '"' + days[k] + '"', "a day as YYYY-MM-DD",
                                        "write 2026-12-31"});
            }
            if (!problems.empty()) throw DataError("not days", std::move(problems));
            return out;
        },
        arg("days"));
}

}  // namespace thuocdo::python
