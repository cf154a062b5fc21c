#pragma once
/// @file
/// Years between two dates, exact on anniversaries.

#include <thuocdo/config.hpp>
#include <thuocdo/time/date.hpp>

#include <cmath>
#include <optional>

namespace thuocdo {

namespace detail {

/// Last year that a `Date` can hold.
inline constexpr int last_year_of_dates = 9999;

/// The same day `years` years later; 28 February for 29 February where that
/// year has none. `Date + years(n)` is not used: it turns 28 February into 29.
[[nodiscard]] inline Date anniversary(const Date& from, int years) {
    constexpr unsigned short february = 2;
    constexpr unsigned short leap_day = 29;
    const auto parts = from.year_month_day();
    const auto year = static_cast<unsigned short>(static_cast<int>(parts.year) + years);
    const auto month = static_cast<unsigned short>(parts.month.as_number());
    unsigned short day = parts.day;
    if (month == february && day == leap_day &&
        !boost::gregorian::gregorian_calendar::is_leap_year(static_cast<unsigned short>(year)))
        --day;
    return Date(year, month, day);
}

}  // namespace detail

/// Years from `from` to `to`: the anniversaries passed, plus the days since the
/// last of them over the days from it to the next. So five year ends later is
/// exactly 5, whatever leap days lie between, which days / 365.25 would not
/// give. Negative when `to` is earlier: -years_between(to, from). Strictly
/// increasing in `to`.
[[nodiscard]] inline double years_between(const Date& from, const Date& to) {
    if (to < from) return -years_between(to, from);
    int whole = static_cast<int>(to.year()) - static_cast<int>(from.year());
    if (to < detail::anniversary(from, whole)) --whole;
    const Date last = detail::anniversary(from, whole);
    if (last == to) return whole;
    const bool has_next = static_cast<int>(from.year()) + whole < detail::last_year_of_dates;
    constexpr long days_in_the_last_year = 365;
    const long length =
        has_next ? days_between(last, detail::anniversary(from, whole + 1)) : days_in_the_last_year;
    return whole + static_cast<double>(days_between(last, to)) / static_cast<double>(length);
}

/// The first day that is at least `years` >= 0 years after `from`; nothing
/// for a negative or infinite number and beyond the year 9999.
[[nodiscard]] inline std::optional<Date> date_after_years(const Date& from, double years) {
    const int first = static_cast<int>(from.year());
    if (!(years >= 0.0 && years < detail::last_year_of_dates - first)) return std::nullopt;
    const int whole = static_cast<int>(years);
    const Date last = detail::anniversary(from, whole);
    const long length = days_between(last, detail::anniversary(from, whole + 1));
    const auto days = static_cast<long>(std::floor((years - whole) * static_cast<double>(length)));
    Date day = last + boost::gregorian::days(days);
    // The product above may fall on either side of a whole day.
    while (years_between(from, day) < years) day += boost::gregorian::days(1);
    return day;
}

}  // namespace thuocdo
