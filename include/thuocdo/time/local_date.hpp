#pragma once
/// @file
/// The calendar day of a moment, in a declared zone: never that of the machine.

#include <thuocdo/time/date.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace thuocdo {

/// Minutes by which Viet Nam is ahead of UTC, all year.
inline constexpr int viet_nam_offset_minutes = 7 * 60;

namespace detail {

[[nodiscard]] inline std::optional<int> two_digits(std::string_view text, std::size_t at,
                                                   int below) {
    if (at + 2 > text.size()) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 2, value);
    if (error != std::errc{} || end != text.data() + at + 2 || value < 0 || value >= below)
        return std::nullopt;
    return value;
}

}  // namespace detail

/// The day on which a moment falls where clocks are `offset_minutes` ahead of
/// UTC. The moment is an RFC 3339 timestamp with its own offset:
/// `2026-01-09T23:00:00Z`, `2026-01-09 23:00+00:00`, seconds and fractions
/// optional. 23:00 UTC is the next day in Viet Nam. A timestamp without offset
/// gives no day: it does not say which moment it is. Nor does one whose day there
/// lies outside the years 1400 to 9999.
[[nodiscard]] inline std::optional<Date> local_date(std::string_view timestamp,
                                                    int offset_minutes = viet_nam_offset_minutes) {
    constexpr int hours_a_day = 24;
    constexpr int minutes_an_hour = 60;
    constexpr int minutes_a_day = hours_a_day * minutes_an_hour;
    constexpr std::size_t date_length = 10;
    constexpr std::size_t minutes_end = 16;
    if (timestamp.size() <= minutes_end) return std::nullopt;
    const auto date = parse_date(timestamp.substr(0, date_length));
    const auto hour = detail::two_digits(timestamp, 11, hours_a_day);
    const auto minute = detail::two_digits(timestamp, 14, minutes_an_hour);
    const char between = timestamp[date_length];
    if (!date || !hour || !minute || (between != 'T' && between != ' ') || timestamp[13] != ':')
        return std::nullopt;
    std::string_view rest = timestamp.substr(minutes_end);
    if (rest.front() == ':') {
        if (!detail::two_digits(rest, 1, minutes_an_hour)) return std::nullopt;
        rest.remove_prefix(3);
        if (!rest.empty() && rest.front() == '.') {
            const std::size_t digits = rest.find_first_not_of("0123456789", 1);
            if (digits == 1 || digits == std::string_view::npos) return std::nullopt;
            rest.remove_prefix(digits);
        }
    }
    int own_offset = 0;
    if (rest != "Z") {
        constexpr std::size_t offset_length = 6;
        if (rest.size() != offset_length || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':')
            return std::nullopt;
        const auto hours = detail::two_digits(rest, 1, hours_a_day);
        const auto minutes = detail::two_digits(rest, 4, minutes_an_hour);
        if (!hours || !minutes) return std::nullopt;
        own_offset = (rest[0] == '-' ? -1 : 1) * (*hours * minutes_an_hour + *minutes);
    }
    int minutes = *hour * minutes_an_hour + *minute - own_offset + offset_minutes;
    int days = 0;
    for (; minutes < 0; minutes += minutes_a_day) --days;
    for (; minutes >= minutes_a_day; minutes -= minutes_a_day) ++days;
    const Date day = *date + boost::gregorian::days(days);
    // The last day of the calendar may be the next one elsewhere.
    if (day < Date(boost::date_time::min_date_time) || day > Date(boost::date_time::max_date_time))
        return std::nullopt;
    return day;
}

}  // namespace thuocdo
