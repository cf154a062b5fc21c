#pragma once
/// @file
/// Checks the definition of a calendar of working days as a whole.

#include <thuocdo/error.hpp>
#include <thuocdo/time/calendar_definition.hpp>
#include <thuocdo/time/date.hpp>
#include <thuocdo/time/period.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// A problem of one year; its place is a JSON pointer within the year.
struct CalendarProblem {
    std::size_t year;
    Problem problem;
};

[[nodiscard]] inline bool is_weekend(const Date& date) {
    const int weekday = date.day_of_week().as_number();
    return weekday == boost::date_time::Saturday || weekday == boost::date_time::Sunday;
}

[[nodiscard]] inline std::string day_with_weekday(const Date& date) {
    return to_iso(date) + " (" + date.day_of_week().as_long_string() + ')';
}

class CalendarCheck {
  public:
    explicit CalendarCheck(const WorkingCalendarDefinition& definition) : definition_(definition) {}

    /// Every problem, by year in the order given.
    [[nodiscard]] std::vector<CalendarProblem> problems() {
        check_years();
        for (at_ = 0; at_ < definition_.years.size(); ++at_) check_days_off();
        for (at_ = 0; at_ < definition_.years.size(); ++at_) check_swaps();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const auto& a, const auto& b) { return a.year < b.year; });
        return std::move(found_);
    }

  private:
    [[nodiscard]] const CalendarYear& year() const { return definition_.years[at_]; }

    void report(std::string code, std::string place, std::string found, std::string expected,
                std::string remedy) {
        found_.push_back({at_,
                          {std::move(code), std::move(place), std::move(found), std::move(expected),
                           std::move(remedy)}});
    }

    void check_years() {
        for (at_ = 0; at_ < definition_.years.size(); ++at_) {
            const int number = year().year;
            const std::string text = "the year " + std::to_string(number);
            if (number < first_year || number > last_year)
                report("year_out_of_range", "/year", text, "a year from 1400 to 9999",
                       "correct the year");
            else if (!index_of_.emplace(number, at_).second)
                report("duplicate_year", "/year", text + " twice", "each year once",
                       "merge the two into one");
        }
        int before = 0;
        for (const auto& [number, index] : index_of_) {
            at_ = index;
            if (before != 0 && number != before + 1)
                report("year_gap", "/year",
                       "the year " + std::to_string(number) + " after " + std::to_string(before),
                       "years without gap", "add the years between");
            before = number;
        }
    }

    [[nodiscard]] bool is_date(const Date& date, const std::string& place) {
        if (!date.is_special()) return true;
        report("not_a_date", place, "a value that is no day", "a day of the calendar",
               "give the date");
        return false;
    }

    [[nodiscard]] bool is_in_year(const Date& date, const std::string& place) {
        if (date.year() == year().year) return true;
        report("date_outside_year", place, to_iso(date),
               "a day of the year " + std::to_string(year().year),
               "move it to its own year or correct it");
        return false;
    }

    void check_days_off() {
        for (std::size_t k = 0; k < year().days_off.size(); ++k) {
            const Date& date = year().days_off[k].date;
            const std::string place = "/days_off/" + std::to_string(k) + "/date";
            if (!is_date(date, place) || !is_in_year(date, place)) continue;
            if (is_weekend(date))
                report("day_off_on_weekend", place, day_with_weekday(date),
                       "a day from Monday to Friday",
                       "give the weekday to which the holiday moves, or leave it out");
            else if (!days_off_.insert(date).second)
                report("duplicate_day_off", place, to_iso(date) + " twice", "each day once",
                       "remove one of the two");
        }
    }

    void check_swaps() {
        for (std::size_t k = 0; k < year().swaps.size(); ++k) {
            const WorkingSwap& swap = year().swaps[k];
            const std::string place = "/swaps/" + std::to_string(k);
            check_swap_off(swap.off, place + "/off");
            check_swap_worked(swap.worked, place + "/worked");
        }
    }

    void check_swap_off(const Date& off, const std::string& place) {
        if (!is_date(off, place) || !is_in_year(off, place)) return;
        if (is_weekend(off) || days_off_.count(off) != 0)
            report("swap_of_free_day", place,
                   is_weekend(off) ? day_with_weekday(off) : to_iso(off) + ", a day off",
                   "a day that would be worked without the swap", "remove the swap or correct it");
        else if (!swapped_off_.insert(off).second)
            report("duplicate_swap", place, to_iso(off) + " in two swaps", "one swap a day",
                   "remove one of the two");
    }

    void check_swap_worked(const Date& worked, const std::string& place) {
        if (!is_date(worked, place)) return;
        if (!is_weekend(worked))
            report("swap_worked_on_weekday", place, day_with_weekday(worked),
                   "a Saturday or a Sunday", "give the day of the weekend that is worked instead");
        else if (index_of_.count(worked.year()) == 0)
            report("swap_outside_calendar", place, to_iso(worked),
                   "a day of a year of the calendar",
                   "add the year " + std::to_string(worked.year()) + " or correct the day");
        else if (!swapped_worked_.insert(worked).second)
            report("duplicate_swap", place, to_iso(worked) + " in two swaps", "one swap a day",
                   "remove one of the two");
    }

    const WorkingCalendarDefinition& definition_;
    std::size_t at_ = 0;
    std::vector<CalendarProblem> found_;
    std::map<int, std::size_t> index_of_;
    std::set<Date> days_off_;
    std::set<Date> swapped_off_;
    std::set<Date> swapped_worked_;
};

[[nodiscard]] inline std::vector<CalendarProblem> check_calendar(
    const WorkingCalendarDefinition& definition) {
    return CalendarCheck(definition).problems();
}

}  // namespace thuocdo::detail
