#pragma once
// What the tests of deadlines share.

#include <thuocdo/io/calendar.hpp>
#include <thuocdo/io/deadline.hpp>

#include <string>

namespace time_tests {

inline const thuocdo::WorkingCalendar& viet_nam() {
    static const thuocdo::WorkingCalendar calendar =
        thuocdo::io::load_calendar(THUOCDO_DATA_DIR "/calendars");
    return calendar;
}

/// Assigned on 5 January 2026, by the calendar of Viet Nam.
inline thuocdo::io::DeadlineOptions options() {
    thuocdo::io::DeadlineOptions given;
    given.assigned = thuocdo::Date(2026, 1, 5);
    given.calendar = &viet_nam();
    return given;
}

}  // namespace time_tests
