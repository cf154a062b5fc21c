#pragma once
/// @file
/// Days as numbers, for columns of dates.

#include <thuocdo/error.hpp>
#include <thuocdo/time/date.hpp>

#include <cstdint>
#include <string>

namespace thuocdo {

namespace detail {

/// Julian day number of 1970-01-01.
inline constexpr std::int32_t julian_day_of_1970 = 2'440'588;
/// Days from 1970-01-01 to the first and last day that `Date` can hold,
/// 1400-01-01 and 9999-12-31.
inline constexpr std::int32_t earliest_day_number = -208'188;
inline constexpr std::int32_t latest_day_number = 2'932'896;

/// @throws DataError (`date_out_of_range`) always.
[[noreturn]] inline void throw_date_out_of_range(const std::string& found) {
    throw DataError("a day lies outside the calendar",
                    {{"date_out_of_range", "date", found, "a day from 1400-01-01 to 9999-12-31",
                      "correct the date or the number of days"}});
}

}  // namespace detail

/// Days from 1970-01-01 to the date, as in `date32` of Apache Arrow and
/// `datetime64[D]` of NumPy: 1970-01-01 is 0, the day before is -1. O(1).
/// @throws DataError (`not_a_date`) when the date is no day, e.g. `Date{}`.
[[nodiscard]] inline std::int32_t day_number(const Date& date) {
    if (date.is_special())
        throw DataError("a date is missing",
                        {{"not_a_date", "date", "a value that is no day", "a day of the calendar",
                          "give the date, or leave the call out where it is not known"}});
    return static_cast<std::int32_t>(date.day_number()) - detail::julian_day_of_1970;
}

/// The date that is so many days after 1970-01-01; inverse of `day_number`. O(1).
/// @throws DataError (`date_out_of_range`) outside 1400-01-01 to 9999-12-31.
[[nodiscard]] inline Date date_of(std::int32_t day_number) {
    if (day_number < detail::earliest_day_number || day_number > detail::latest_day_number)
        detail::throw_date_out_of_range("day number " + std::to_string(day_number));
    return Date(1970, 1, 1) + boost::gregorian::days(day_number);
}

}  // namespace thuocdo
