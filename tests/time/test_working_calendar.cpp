#include <thuocdo/time/working_calendar.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "time/calendar_of_viet_nam.hpp"

using namespace thuocdo;

namespace {

const boost::gregorian::days one_day(1);

WorkingCalendar viet_nam() { return WorkingCalendar(time_tests::definition()); }

/// Counts day by day.
long naive_between(const WorkingCalendar& calendar, const Date& from, const Date& to) {
    if (to < from) return -naive_between(calendar, to, from);
    long days = 0;
    for (Date day = from + one_day; day <= to; day += one_day) days += calendar.is_working_day(day);
    return days;
}

/// Walks day by day.
Date naive_add(const WorkingCalendar& calendar, Date day, long n) {
    if (n == 0)
        while (!calendar.is_working_day(day)) day += one_day;
    for (; n > 0; --n) {
        do day += one_day;
        while (!calendar.is_working_day(day));
    }
    for (; n < 0; ++n) {
        do day -= one_day;
        while (!calendar.is_working_day(day));
    }
    return day;
}

std::vector<std::string> problems_of(const WorkingCalendarDefinition& definition) {
    std::vector<std::string> found;
    try {
        const WorkingCalendar calendar(definition);
    } catch (const DataError& error) {
        for (const Problem& each : error.problems()) found.push_back(each.code + " " + each.place);
    }
    return found;
}

}  // namespace

TEST_CASE("day numbers count from 1970-01-01 and are inverse to dates over the whole calendar") {
    CHECK(day_number(Date(1970, 1, 1)) == 0);
    CHECK(day_number(Date(1969, 12, 31)) == -1);
    CHECK(day_number(Date(2000, 3, 1)) == 11017);  // 10957 for 2000-01-01, known from Unix time
    CHECK(day_number(Date(2026, 1, 1)) == 20454);  // Unix time 1767225600 / 86400
    std::int32_t number = detail::earliest_day_number;
    for (Date day(1400, 1, 1);; day += one_day, ++number) {
        if (day_number(day) != number || date_of(number) != day) FAIL_CHECK(to_iso(day));
        if (day == Date(9999, 12, 31)) break;
    }
    CHECK(number == detail::latest_day_number);
    CHECK_THROWS_AS((void)date_of(detail::latest_day_number + 1), DataError);
    CHECK_THROWS_AS((void)date_of(detail::earliest_day_number - 1), DataError);
    CHECK_THROWS_AS((void)day_number(Date{}), DataError);
}

TEST_CASE("each of the 730 days of 2025 and 2026 is worked or off as published") {
    const WorkingCalendar calendar = viet_nam();
    int days = 0;
    int worked = 0;
    for (Date day(2025, 1, 1); day <= Date(2026, 12, 31); day += one_day) {
        CAPTURE(to_iso(day));
        CHECK(calendar.is_working_day(day) == time_tests::is_worked(day));
        ++days;
        worked += calendar.is_working_day(day);
    }
    CHECK(days == 730);
    // 261 weekdays a year less 11 days off; each swap trades one day for another.
    CHECK(worked == 2 * (261 - 11));
    CHECK(calendar.working_days_between(Date(2024, 12, 31), Date(2025, 12, 31)) ==
          WorkingDays{250, false});
    CHECK(calendar.working_days_between(Date(2025, 12, 31), Date(2026, 12, 31)) ==
          WorkingDays{250, true});
}

TEST_CASE("Tết, swaps and weekends are passed as people count them") {
    const WorkingCalendar calendar = viet_nam();
    const auto after = [&](const Date& start, long n) {
        return to_iso(calendar.add_working_days(start, n).date);
    };
    CHECK(after(Date(2026, 2, 13), 1) == "2026-02-23");   // Friday before Tết to Monday after
    CHECK(after(Date(2026, 2, 23), -1) == "2026-02-13");  // and back
    CHECK(after(Date(2025, 1, 24), 1) == "2025-02-03");   // Tết 2025
    CHECK(after(Date(2025, 12, 31), 1) == "2026-01-05");  // 1 January and the swapped 2 January
    CHECK(after(Date(2026, 1, 9), 1) == "2026-01-10");    // the Saturday worked for it
    CHECK(after(Date(2026, 1, 10), 1) == "2026-01-12");
    CHECK(after(Date(2026, 8, 21), 1) == "2026-08-22");
    CHECK(after(Date(2026, 8, 28), 1) == "2026-09-03");
    CHECK(after(Date(2025, 4, 25), 1) == "2025-04-26");
    CHECK(after(Date(2025, 4, 29), 1) == "2025-05-05");
    CHECK(after(Date(2026, 1, 5), 15) == "2026-01-23");  // 6-10, 12-16, 19-23 January
    CHECK(after(Date(2026, 3, 6), 1) == "2026-03-09");   // Friday to Monday
    CHECK(after(Date(2026, 3, 7), 1) == "2026-03-09");   // Saturday to Monday
    CHECK(after(Date(2026, 3, 6), 0) == "2026-03-06");
    CHECK(after(Date(2026, 3, 7), 0) == "2026-03-09");
    CHECK(after(Date(2026, 3, 9), -1) == "2026-03-06");
    CHECK(after(Date(2026, 3, 8), -1) == "2026-03-06");
    CHECK(after(Date(2026, 3, 7), -1) == "2026-03-06");
}

TEST_CASE("adding and counting agree with walking day by day, over all days of three years") {
    const WorkingCalendar calendar = viet_nam();
    long wrong = 0;
    long checked = 0;
    // 2024 is not covered, so that the seam of closed formula and table is crossed.
    for (Date day(2024, 7, 1); day <= Date(2027, 6, 30); day += one_day) {
        for (long n = -40; n <= 40; ++n) {
            const Date there = calendar.add_working_days(day, n).date;
            wrong += !calendar.is_working_day(there);
            wrong += n > 0 && calendar.working_days_between(day, there).days != n;
            ++checked;
            if (!calendar.is_working_day(day)) continue;
            wrong += calendar.add_working_days(there, -n).date != day;
            wrong += calendar.working_days_between(day, there).days != n;
            wrong += calendar.working_days_between(there, day).days != -n;
        }
    }
    CHECK(checked == 1095 * 81);
    CHECK(wrong == 0);
    for (Date day(2024, 12, 1); day <= Date(2027, 2, 1); day += boost::gregorian::days(3))
        for (const long n : {-40L, -23L, -5L, -1L, 0L, 1L, 2L, 7L, 40L})
            wrong += calendar.add_working_days(day, n).date != naive_add(calendar, day, n);
    for (Date from(2024, 11, 1); from <= Date(2027, 3, 1); from += boost::gregorian::days(17))
        for (Date to(2024, 10, 25); to <= Date(2027, 3, 5); to += boost::gregorian::days(13))
            wrong +=
                calendar.working_days_between(from, to).days != naive_between(calendar, from, to);
    CHECK(wrong == 0);
}

TEST_CASE("the numbers of a column of days are those of the dates, without limit of years") {
    const WorkingCalendar calendar = viet_nam();
    long wrong = 0;
    std::int32_t day = day_number(Date(1960, 1, 1));
    long number = calendar.working_day_number(day - 1);
    for (Date date(1960, 1, 1); date <= Date(2100, 1, 1); date += one_day, ++day) {
        number += calendar.is_working_day(date);
        wrong += calendar.working_day_number(day) != number;
        const bool covered = date.year() == 2025 || date.year() == 2026;
        const int weekday = date.day_of_week().as_number();
        wrong += calendar.is_working_day(date) !=
                 (covered ? time_tests::is_worked(date) : weekday != 0 && weekday != 6);
    }
    CHECK(wrong == 0);
    CHECK(calendar.working_day_number(-1) == 0);
    CHECK(calendar.working_day_number(0) == 1);    // 1970-01-01 was a Thursday
    CHECK(calendar.working_day_number(-7) == -4);  // 26, 29, 30 and 31 December 1969 follow it
}

TEST_CASE("a result is provisional when a day that it counts is") {
    WorkingCalendarDefinition definition = time_tests::definition();
    CalendarYear next{2027};
    next.provisional = true;
    definition.years.insert(definition.years.begin(), next);
    const WorkingCalendar calendar(definition);
    CHECK(calendar.first_year() == 2025);
    CHECK(calendar.last_year() == 2027);
    CHECK_FALSE(calendar.is_provisional(Date(2025, 1, 1)));
    CHECK(calendar.is_provisional(Date(2024, 12, 31)));
    CHECK(calendar.is_provisional(Date(2027, 1, 1)));
    CHECK(calendar.is_provisional(Date(2028, 1, 1)));
    CHECK(calendar.is_provisional(Date(2026, 8, 31)));
    CHECK(calendar.is_provisional(Date(2026, 8, 22)));
    CHECK_FALSE(calendar.is_provisional(Date(2026, 8, 24)));
    CHECK_FALSE(calendar.is_provisional(Date(2026, 1, 10)));

    CHECK_FALSE(calendar.add_working_days(Date(2024, 12, 31), 5).provisional);
    CHECK(calendar.add_working_days(Date(2025, 1, 2), -1).provisional);
    CHECK(calendar.add_working_days(Date(2026, 12, 31), 1) == WorkingDate{Date(2027, 1, 1), true});
    CHECK(calendar.add_working_days(Date(2026, 12, 30), 1) ==
          WorkingDate{Date(2026, 12, 31), false});
    CHECK(calendar.add_working_days(Date(2026, 8, 21), 1).provisional);
    CHECK_FALSE(calendar.add_working_days(Date(2026, 8, 22), 1).provisional);
    CHECK(calendar.add_working_days(Date(2026, 8, 22), 0).provisional);
    CHECK(calendar.working_days_between(Date(2026, 8, 1), Date(2026, 8, 31)).provisional);
    CHECK_FALSE(calendar.working_days_between(Date(2026, 8, 1), Date(2026, 8, 21)).provisional);
    CHECK(calendar.working_days_between(Date(2026, 12, 31), Date(2027, 1, 1)).provisional);
    CHECK(calendar.working_days_between(Date(2027, 5, 1), Date(2027, 5, 1)) ==
          WorkingDays{0, false});
}

TEST_CASE("what lies outside the calendar is refused, not wrapped around") {
    const WorkingCalendar calendar = viet_nam();
    CHECK_THROWS_AS((void)calendar.add_working_days(Date(2026, 1, 5), 3'000'000), DataError);
    CHECK_THROWS_AS((void)calendar.add_working_days(Date(2026, 1, 5), -3'000'000), DataError);
    CHECK_THROWS_AS((void)calendar.add_working_days(Date(2026, 1, 5), 9'000'000'000'000'000L),
                    DataError);
    CHECK_THROWS_AS((void)calendar.add_working_days(Date{}, 1), DataError);
    CHECK_THROWS_AS((void)calendar.is_working_day(Date{}), DataError);
    CHECK(to_iso(calendar.add_working_days(Date(1400, 1, 1), 0).date) == "1400-01-01");
    CHECK(to_iso(calendar.add_working_days(Date(9999, 12, 30), 1).date) == "9999-12-31");
}

TEST_CASE("a definition that contradicts itself is refused with all that is wrong") {
    WorkingCalendarDefinition bad;
    CalendarYear year{2026};
    year.days_off = {
        {Date(2026, 1, 1)}, {Date(2026, 1, 3)}, {Date(2025, 9, 2)}, {Date(2026, 1, 1)}, {Date{}}};
    year.swaps = {{Date(2026, 1, 1), Date(2026, 1, 10)},
                  {Date(2026, 1, 2), Date(2026, 1, 12)},
                  {Date(2026, 1, 2), Date(2026, 1, 10)},
                  {Date(2026, 1, 5), Date(2030, 1, 5)},
                  {Date(2026, 1, 4), Date{}},
                  {Date(2027, 1, 4), Date(2026, 1, 17)}};
    bad.years = {year, CalendarYear{2028}, CalendarYear{2026}, CalendarYear{10000}};
    const std::vector<std::string> expected{"missing_code /code",
                                            "day_off_on_weekend /years/0/days_off/1/date",
                                            "date_outside_year /years/0/days_off/2/date",
                                            "duplicate_day_off /years/0/days_off/3/date",
                                            "not_a_date /years/0/days_off/4/date",
                                            "swap_of_free_day /years/0/swaps/0/off",
                                            "swap_worked_on_weekday /years/0/swaps/1/worked",
                                            "duplicate_swap /years/0/swaps/2/off",
                                            "duplicate_swap /years/0/swaps/2/worked",
                                            "swap_outside_calendar /years/0/swaps/3/worked",
                                            "swap_of_free_day /years/0/swaps/4/off",
                                            "not_a_date /years/0/swaps/4/worked",
                                            "date_outside_year /years/0/swaps/5/off",
                                            "year_gap /years/1/year",
                                            "duplicate_year /years/2/year",
                                            "year_out_of_range /years/3/year"};
    CHECK(problems_of(bad) == expected);
    CHECK(problems_of({"vn"}) == std::vector<std::string>{"no_years /years"});
    CHECK(problems_of(time_tests::definition()).empty());
}

TEST_CASE("a swap may be worked in another year that the calendar covers") {
    WorkingCalendarDefinition definition;
    definition.code = "x";
    CalendarYear first{2026};
    first.swaps = {{Date(2026, 12, 31), Date(2027, 1, 9)}};
    definition.years = {first, CalendarYear{2027}};
    const WorkingCalendar calendar(definition);
    CHECK_FALSE(calendar.is_working_day(Date(2026, 12, 31)));
    CHECK(calendar.is_working_day(Date(2027, 1, 9)));
    CHECK(calendar == WorkingCalendar(definition));
    CHECK_FALSE(calendar == viet_nam());
}
