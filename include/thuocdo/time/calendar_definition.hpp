#pragma once
/// @file
/// What a calendar of working days is made from: days off and swaps, year by
/// year, since each year is fixed by a decision of its own.

#include <thuocdo/time/date.hpp>

#include <string>
#include <vector>

namespace thuocdo {

/// A weekday on which nobody works, e.g. a holiday or the weekday to which a
/// holiday on a weekend moved.
struct DayOff {
    Date date{};
    std::string name_vi{};
    std::string name_en{};

    friend bool operator==(const DayOff&, const DayOff&) = default;
};

/// A weekday off for which a Saturday or Sunday is worked.
struct WorkingSwap {
    Date off{};
    Date worked{};
    /// Whether the swap, or one of its days, is not confirmed.
    bool provisional = false;
    std::string note{};

    friend bool operator==(const WorkingSwap&, const WorkingSwap&) = default;
};

/// The days off of one year.
struct CalendarYear {
    int year = 0;
    /// Whether the decision on the year is still to come.
    bool provisional = false;
    /// Law and decision that fix the days off.
    std::string source{};
    /// What is not confirmed, in words.
    std::string note{};
    std::vector<DayOff> days_off{};
    /// Swaps by the year of the day off; the worked day may lie in another year.
    std::vector<WorkingSwap> swaps{};

    friend bool operator==(const CalendarYear&, const CalendarYear&) = default;
};

/// A calendar of consecutive years.
struct WorkingCalendarDefinition {
    std::string code{};
    std::string name_vi{};
    std::string name_en{};
    std::string source{};
    /// In any order.
    std::vector<CalendarYear> years{};

    friend bool operator==(const WorkingCalendarDefinition&,
                           const WorkingCalendarDefinition&) = default;
};

}  // namespace thuocdo
