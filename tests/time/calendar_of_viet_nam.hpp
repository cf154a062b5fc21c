#pragma once
// The days off of Viet Nam as published, for tests: written out here, not read
// from the data files.

#include <thuocdo/time/working_calendar.hpp>

#include <set>
#include <string>
#include <vector>

namespace time_tests {

inline const std::vector<std::string>& weekdays_off() {
    static const std::vector<std::string> days{
        "2025-01-01", "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31",
        "2025-04-07", "2025-04-30", "2025-05-01", "2025-09-01", "2025-09-02", "2026-01-01",
        "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-04-27",
        "2026-04-30", "2026-05-01", "2026-09-01", "2026-09-02"};
    return days;
}

/// Off for worked.
inline const std::vector<std::pair<std::string, std::string>>& swaps() {
    static const std::vector<std::pair<std::string, std::string>> days{
        {"2025-05-02", "2025-04-26"}, {"2026-01-02", "2026-01-10"}, {"2026-08-31", "2026-08-22"}};
    return days;
}

/// Whether a day of 2025 or 2026 is worked, from the lists above alone.
inline bool is_worked(const thuocdo::Date& date) {
    const std::string day = thuocdo::to_iso(date);
    for (const auto& [off, worked] : swaps()) {
        if (day == off) return false;
        if (day == worked) return true;
    }
    for (const std::string& off : weekdays_off())
        if (day == off) return false;
    const int weekday = date.day_of_week().as_number();  // 0 is Sunday
    return weekday != 0 && weekday != 6;
}

inline thuocdo::WorkingCalendarDefinition definition() {
    thuocdo::WorkingCalendarDefinition calendar;
    calendar.code = "vn";
    for (const int year : {2025, 2026}) {
        thuocdo::CalendarYear days{year};
        const std::string text = std::to_string(year);
        for (const std::string& off : weekdays_off())
            if (off.starts_with(text)) days.days_off.push_back({*thuocdo::parse_date(off)});
        for (const auto& [off, worked] : swaps())
            if (off.starts_with(text))
                days.swaps.push_back(
                    {*thuocdo::parse_date(off), *thuocdo::parse_date(worked), off == "2026-08-31"});
        calendar.years.push_back(days);
    }
    return calendar;
}

}  // namespace time_tests
