#pragma once
/// @file
/// Working days: weeks from Monday to Friday, days off and swapped days as data.

#include <thuocdo/error.hpp>
#include <thuocdo/time/calendar_definition.hpp>
#include <thuocdo/time/day_number.hpp>
#include <thuocdo/time/detail/check_calendar.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// A day that was reached by counting working days.
struct WorkingDate {
    Date date{};
    /// Whether a counted day is not certain, see `WorkingCalendar`.
    bool provisional = false;

    friend bool operator==(const WorkingDate&, const WorkingDate&) = default;
};

/// A number of working days.
struct WorkingDays {
    long days = 0;
    /// Whether a counted day is not certain, see `WorkingCalendar`.
    bool provisional = false;

    friend bool operator==(const WorkingDays&, const WorkingDays&) = default;
};

namespace detail {

inline constexpr std::int64_t days_a_week = 7;
inline constexpr std::int64_t working_days_a_week = 5;
/// 1970-01-01 was a Thursday, three days after a Monday.
inline constexpr std::int64_t monday_shift = 3;
/// Working days from that Monday to the day before 1970-01-01.
inline constexpr std::int64_t working_days_before_1970 = 3;

/// Working days of plain weeks from 1970-01-01 to the day, both included, as a
/// negative number before: the difference of two is the count between them.
[[nodiscard]] constexpr std::int64_t plain_working_day_number(std::int64_t day) noexcept {
    const std::int64_t shifted = day + monday_shift;
    const std::int64_t weekday = ((shifted % days_a_week) + days_a_week) % days_a_week;
    const std::int64_t week = (shifted - weekday) / days_a_week;
    const std::int64_t in_week =
        weekday + 1 < working_days_a_week ? weekday + 1 : working_days_a_week;
    return week * working_days_a_week + in_week - working_days_before_1970;
}

/// The working day of plain weeks with that number.
[[nodiscard]] constexpr std::int64_t plain_working_day(std::int64_t number) noexcept {
    const std::int64_t from_monday = number + working_days_before_1970 - 1;
    const std::int64_t weekday =
        ((from_monday % working_days_a_week) + working_days_a_week) % working_days_a_week;
    const std::int64_t week = (from_monday - weekday) / working_days_a_week;
    return week * days_a_week + weekday - monday_shift;
}

/// What a calendar looks up; `begin` to `end - 1` are the days of its years.
struct CalendarTables {
    WorkingCalendarDefinition definition;
    std::int32_t begin = 0;
    std::int32_t end = 0;
    /// Of each day: working days since 1970-01-01.
    std::vector<std::int32_t> number{};
    /// Of each working day of the years: its day number.
    std::vector<std::int32_t> working{};
    /// Of each day: provisional days of the years so far.
    std::vector<std::int32_t> provisional{};
    std::int64_t number_before = 0;
    /// What the years add to the numbers of plain weeks after them.
    std::int64_t shift_after = 0;
};

[[nodiscard]] inline std::shared_ptr<const CalendarTables> calendar_tables(
    WorkingCalendarDefinition definition) {
    auto tables = std::make_shared<CalendarTables>();
    std::sort(definition.years.begin(), definition.years.end(),
              [](const auto& a, const auto& b) { return a.year < b.year; });
    tables->begin = day_number(Period::year(definition.years.front().year).first_day());
    tables->end = day_number(Period::year(definition.years.back().year).last_day()) + 1;
    const auto days = static_cast<std::size_t>(tables->end - tables->begin);
    const auto at = [&](const Date& date) {
        return static_cast<std::size_t>(day_number(date) - tables->begin);
    };
    std::vector<char> working(days, 0);
    std::vector<char> uncertain(days, 0);
    for (std::size_t k = 0; k < days; ++k) {
        const std::int64_t day = tables->begin + static_cast<std::int64_t>(k);
        working[k] = plain_working_day_number(day) != plain_working_day_number(day - 1);
    }
    for (const CalendarYear& year : definition.years) {
        const Period period = Period::year(year.year);
        if (year.provisional)
            for (std::size_t k = at(period.first_day()); k <= at(period.last_day()); ++k)
                uncertain[k] = 1;
        for (const DayOff& day : year.days_off) working[at(day.date)] = 0;
        for (const WorkingSwap& swap : year.swaps) {
            working[at(swap.off)] = 0;
            working[at(swap.worked)] = 1;
            if (swap.provisional) uncertain[at(swap.off)] = uncertain[at(swap.worked)] = 1;
        }
    }
    tables->number_before = plain_working_day_number(tables->begin - 1);
    auto number = static_cast<std::int32_t>(tables->number_before);
    std::int32_t provisional = 0;
    for (std::size_t k = 0; k < days; ++k) {
        number += working[k];
        provisional += uncertain[k];
        tables->number.push_back(number);
        tables->provisional.push_back(provisional);
        if (working[k] != 0)
            tables->working.push_back(tables->begin + static_cast<std::int32_t>(k));
    }
    tables->shift_after = number - plain_working_day_number(tables->end - 1);
    tables->definition = std::move(definition);
    return tables;
}

}  // namespace detail

/// Which days are worked. Weeks run from Monday to Friday; days off and swapped
/// days come from the definition, for the years that it covers. In other years
/// the weeks are plain: no holiday is known.
///
/// A day is provisional when its year is provisional or not covered, or when it
/// is a day of a provisional swap. A result is provisional when one of the days
/// that it counted is.
///
/// Every query takes constant time whatever the distance: counts are prefix
/// sums within the covered years and a closed formula outside. A calendar takes
/// about 12 bytes a covered day. Immutable; copies share the tables.
class WorkingCalendar {
  public:
    /// @throws DataError with every problem of the definition, placed by JSON
    /// pointer (`/years/0/days_off/3/date`): `missing_code`, `no_years`,
    /// `year_out_of_range`, `duplicate_year`, `year_gap`, `not_a_date`,
    /// `date_outside_year`, `day_off_on_weekend`, `duplicate_day_off`,
    /// `swap_of_free_day`, `swap_worked_on_weekday`, `swap_outside_calendar`,
    /// `duplicate_swap`.
    explicit WorkingCalendar(WorkingCalendarDefinition definition) {
        std::vector<Problem> problems;
        if (definition.code.empty())
            problems.push_back({"missing_code", "/code", "no code", "the code of the calendar",
                                "name the calendar, e.g. \"vn\""});
        if (definition.years.empty())
            problems.push_back({"no_years", "/years", "no year", "at least one year",
                                "give the days off of a year"});
        for (auto& each : detail::check_calendar(definition)) {
            each.problem.place = "/years/" + std::to_string(each.year) + each.problem.place;
            problems.push_back(std::move(each.problem));
        }
        if (!problems.empty())
            throw DataError("the calendar of working days cannot be used", std::move(problems));
        tables_ = detail::calendar_tables(std::move(definition));
    }

    /// The definition, its years in order.
    [[nodiscard]] const WorkingCalendarDefinition& definition() const noexcept {
        return tables_->definition;
    }
    [[nodiscard]] const std::string& code() const noexcept { return tables_->definition.code; }
    [[nodiscard]] int first_year() const noexcept { return tables_->definition.years.front().year; }
    [[nodiscard]] int last_year() const noexcept { return tables_->definition.years.back().year; }

    /// Working days from 1970-01-01 to the day, both included, of a day given as
    /// days since 1970-01-01; negative before 1970. The number of working days
    /// after a and up to b is the number of b less that of a. For columns of
    /// days: a lookup within the covered years, two divisions by constants
    /// outside; about four nanoseconds a day in random order, either way.
    [[nodiscard]] long working_day_number(std::int32_t day_number) const noexcept {
        const detail::CalendarTables& tables = *tables_;
        if (day_number < tables.begin)
            return static_cast<long>(detail::plain_working_day_number(day_number));
        if (day_number >= tables.end)
            return static_cast<long>(detail::plain_working_day_number(day_number) +
                                     tables.shift_after);
        return tables.number[static_cast<std::size_t>(day_number - tables.begin)];
    }

    /// @throws DataError (`not_a_date`), as the functions below do, when a date
    /// is no day.
    [[nodiscard]] bool is_working_day(const Date& date) const {
        const std::int32_t day = day_number(date);
        return working_day_number(day) != working_day_number(day - 1);
    }

    /// Whether it is not certain if the day is worked.
    [[nodiscard]] bool is_provisional(const Date& date) const {
        const std::int32_t day = day_number(date);
        return any_provisional(day, day);
    }

    /// The n-th working day after `start`, which is not counted itself: 1 from a
    /// Friday is Monday. A negative n goes back in the same way: -1 from a
    /// Monday, Sunday or Saturday is Friday. With n = 0 it is `start` when that
    /// is worked and else the next working day.
    ///
    /// From a working day, going n forth and n back returns to it, and
    /// `working_days_between(start, result)` is n.
    /// @throws DataError (`date_out_of_range`) outside the years 1400 to 9999.
    [[nodiscard]] WorkingDate add_working_days(const Date& start, long n) const {
        constexpr long most_days = detail::latest_day_number - detail::earliest_day_number;
        if (n > most_days || n < -most_days)
            detail::throw_date_out_of_range(std::to_string(n) + " working days from " +
                                            to_iso(start));
        const std::int32_t from = day_number(start);
        const std::int64_t number =
            n > 0 ? working_day_number(from) + n : working_day_number(from - 1) + 1 + n;
        const Date date = working_day(number);
        const std::int32_t to = day_number(date);
        const bool provisional = n > 0    ? any_provisional(from + 1, to)
                                 : n == 0 ? any_provisional(from, to)
                                          : any_provisional(to, from - 1);
        return {date, provisional};
    }

    /// Working days after `from` and up to `to`; negative when `to` is earlier:
    /// then those after `to` and up to `from`.
    [[nodiscard]] WorkingDays working_days_between(const Date& from, const Date& to) const {
        const std::int32_t first = day_number(from);
        const std::int32_t last = day_number(to);
        return {working_day_number(last) - working_day_number(first),
                any_provisional(std::min(first, last) + 1, std::max(first, last))};
    }

    /// Calendars are equal when their definitions are.
    friend bool operator==(const WorkingCalendar& a, const WorkingCalendar& b) {
        return a.tables_ == b.tables_ || a.definition() == b.definition();
    }

  private:
    /// Whether one of the days first to last is provisional; of no day, none is.
    [[nodiscard]] bool any_provisional(std::int32_t first, std::int32_t last) const noexcept {
        const detail::CalendarTables& tables = *tables_;
        if (first > last) return false;
        if (first < tables.begin || last >= tables.end) return true;
        const std::int32_t before =
            first == tables.begin
                ? 0
                : tables.provisional[static_cast<std::size_t>(first - tables.begin - 1)];
        return tables.provisional[static_cast<std::size_t>(last - tables.begin)] != before;
    }

    [[nodiscard]] Date working_day(std::int64_t number) const {
        const detail::CalendarTables& tables = *tables_;
        const std::int64_t in_years = number - tables.number_before;
        std::int64_t day = 0;
        if (in_years < 1)
            day = detail::plain_working_day(number);
        else if (in_years > static_cast<std::int64_t>(tables.working.size()))
            day = detail::plain_working_day(number - tables.shift_after);
        else
            day = tables.working[static_cast<std::size_t>(in_years - 1)];
        return date_of(static_cast<std::int32_t>(day));
    }

    std::shared_ptr<const detail::CalendarTables> tables_;
};

}  // namespace thuocdo
