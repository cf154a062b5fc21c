#pragma once
/// @file
/// Calendar dates as values, on Boost.Date_Time. No clock and no time zone of
/// the machine is ever read.

#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <charconv>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace thuocdo {

/// A day of the Gregorian calendar.
using Date = boost::gregorian::date;

/// Reads `YYYY-MM-DD` (ISO 8601, extended form) and nothing else; an
/// impossible day such as 2026-02-30 gives no date.
[[nodiscard]] inline std::optional<Date> parse_date(std::string_view text) {
    constexpr std::size_t iso_length = 10;
    if (text.size() != iso_length || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t length) -> std::optional<unsigned short> {
        unsigned short value = 0;
        const char* first = text.data() + from;
        const auto [end, error] = std::from_chars(first, first + length, value);
        if (error != std::errc{} || end != first + length) return std::nullopt;
        return value;
    };
    const auto year = number(0, 4);
    const auto month = number(5, 2);
    const auto day = number(8, 2);
    if (!year || !month || !day) return std::nullopt;
    try {
        return Date(*year, *month, *day);
    } catch (const std::out_of_range&) {
        return std::nullopt;
    }
}

/// The date as `YYYY-MM-DD`.
[[nodiscard]] inline std::string to_iso(const Date& date) {
    const auto padded = [](unsigned value, std::size_t width) {
        std::string digits = std::to_string(value);
        return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
    };
    const auto parts = date.year_month_day();
    return padded(parts.year, 4) + '-' + padded(parts.month.as_number(), 2) + '-' +
           padded(parts.day, 2);
}

/// Days from `from` to `to`; negative when `to` is earlier.
[[nodiscard]] inline long days_between(const Date& from, const Date& to) {
    return (to - from).days();
}

}  // namespace thuocdo
