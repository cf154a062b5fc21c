#include <thuocdo/io/deadline.hpp>
#include <thuocdo/io/period.hpp>
#include <thuocdo/time/deadline.hpp>
#include <thuocdo/time/period.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "convert.hpp"
#include "register.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

constexpr std::array<const char*, 5> period_kinds{"month", "quarter", "half_year", "nine_months",
                                                  "year"};
constexpr std::array<const char*, 7> deadline_kinds{
    "before_day",       "on_or_before_day",  "before_period",     "within_period",
    "by_end_of_period", "working_days_from", "calendar_days_from"};

[[nodiscard]] Period period_of_iso(const std::string& iso) {
    if (const auto period = parse_iso_period(iso)) return *period;
    throw DataError("not a period", {{"impossible_period", "period", '"' + iso + '"',
                                      "a period such as 2026-Q1", "correct it"}});
}

[[nodiscard]] const char* kind_name(const Deadline& deadline) {
    return deadline_kinds[static_cast<std::size_t>(deadline.kind)];
}

[[nodiscard]] DeadlineKind kind_of(const std::string& name) {
    for (std::size_t k = 0; k < deadline_kinds.size(); ++k)
        if (name == deadline_kinds[k]) return static_cast<DeadlineKind>(k);
    refuse_word("kind", name, "the kind of a deadline");
}

/// What `deadline_of` makes the deadline from again.
[[nodiscard]] py::tuple state_of(const Deadline& deadline) {
    const std::optional<std::string> period =
        deadline.period ? std::optional(deadline.period->to_iso()) : std::nullopt;
    return py::make_tuple(kind_name(deadline), to_iso(deadline.last_day), write_date(deadline.day),
                          period, deadline.days, deadline.provisional, deadline.text);
}

[[nodiscard]] Deadline deadline_of(const py::tuple& state) {
    Deadline deadline;
    deadline.kind = kind_of(state[0].cast<std::string>());
    deadline.last_day = read_date(state[1].cast<std::string>(), "last_day");
    deadline.day = read_date(state[2].cast<std::optional<std::string>>(), "day");
    if (const auto period = state[3].cast<std::optional<std::string>>())
        deadline.period = period_of_iso(*period);
    deadline.days = state[4].cast<long>();
    deadline.provisional = state[5].cast<bool>();
    deadline.text = state[6].cast<std::string>();
    return deadline;
}

void register_period(py::module_& module) {
    using py::arg;
    py::class_<Period>(module, "Period")
        .def_property_readonly("kind",
                               [](const Period& period) {
                                   return period_kinds[static_cast<std::size_t>(period.kind())];
                               })
        .def_property_readonly("year", [](const Period& period) { return period.year(); })
        .def_property_readonly("number", &Period::number)
        .def_property_readonly("first_day",
                               [](const Period& period) { return to_iso(period.first_day()); })
        .def_property_readonly("last_day",
                               [](const Period& period) { return to_iso(period.last_day()); })
        .def_property_readonly("iso", &Period::to_iso)
        .def_property_readonly("vi", &Period::to_vietnamese)
        .def_property_readonly("en", &Period::to_english)
        .def(
            "contains_day",
            [](const Period& period, const std::string& day) {
                return period.contains(read_date(day, "day"));
            },
            arg("day"))
        .def(
            "contains_period",
            [](const Period& period, const Period& other) { return period.contains(other); },
            arg("other"))
        .def("next", &Period::next)
        .def("previous", &Period::previous)
        .def(
            "precedes", [](const Period& period, const Period& other) { return period < other; },
            arg("other"))
        .def(py::pickle(
            [](const Period& period) { return py::make_tuple(period.to_iso()); },
            [](const py::tuple& state) { return period_of_iso(state[0].cast<std::string>()); }));
    module.def(
        "parse_period", [](const std::string& text) { return io::parse_period(text); },
        arg("text"));
}

}  // namespace

void register_time(py::module_& module) {
    using py::arg;
    register_period(module);
    py::class_<Deadline>(module, "Deadline")
        .def_property_readonly("kind", &kind_name)
        .def_property_readonly("last_day",
                               [](const Deadline& each) { return to_iso(each.last_day); })
        .def_property_readonly("day", [](const Deadline& each) { return write_date(each.day); })
        .def_property_readonly("period", [](const Deadline& each) { return each.period; })
        .def_readonly("days", &Deadline::days)
        .def_readonly("provisional", &Deadline::provisional)
        .def_readonly("text", &Deadline::text)
        .def(
            "meaning",
            [](const Deadline& each, bool vietnamese) {
                return vietnamese ? each.to_vietnamese() : each.to_english();
            },
            arg("vietnamese"))
        .def(
            "days_late",
            [](const Deadline& each, const std::string& day) {
                return each.days_late(read_date(day, "day"));
            },
            arg("day"))
        .def(
            "days_left",
            [](const Deadline& each, const std::string& day) {
                const Date date = read_date(day, "day");
                return each.is_met_by(date) ? days_between(date, each.last_day) : 0;
            },
            arg("day"))
        .def(
            "is_met_by",
            [](const Deadline& each, const std::string& day) {
                return each.is_met_by(read_date(day, "day"));
            },
            arg("day"))
        .def(py::pickle(&state_of, &deadline_of));
    module.def(
        "parse_deadline",
        [](const std::string& text, const std::optional<std::string>& assigned,
           const std::optional<WorkingCalendar>& calendar, const std::optional<int>& year) {
            io::DeadlineOptions options;
            options.assigned = read_date(assigned, "assigned");
            options.calendar = calendar ? &*calendar : nullptr;
            options.year = year;
            return io::parse_deadline(text, options);
        },
        arg("text"), arg("assigned").none(true), arg("calendar").none(true),
        arg("year").none(true));
}

}  // namespace thuocdo::python
