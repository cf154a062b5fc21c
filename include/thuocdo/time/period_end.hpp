#pragma once
/// @file
/// First and last day of a reporting period from its text.

#include <thuocdo/time/date.hpp>

#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace thuocdo {

namespace detail {

/// Digits and nothing else as a number.
[[nodiscard]] inline std::optional<unsigned short> period_number(std::string_view digits) {
    unsigned short value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

/// First and last day of whole months of a year.
[[nodiscard]] inline std::optional<std::pair<Date, Date>> months_of(unsigned short year, int first,
                                                                    int count) {
    constexpr int months_a_year = 12;
    if (first < 1 || first + count - 1 > months_a_year) return std::nullopt;
    try {
        const Date start(year, static_cast<unsigned short>(first), 1);
        const Date last_month(year, static_cast<unsigned short>(first + count - 1), 1);
        return std::pair(start, last_month.end_of_month());
    } catch (const std::out_of_range&) {
        return std::nullopt;
    }
}

/// First and last day of a period.
[[nodiscard]] inline std::optional<std::pair<Date, Date>> period_days(std::string_view text) {
    constexpr std::size_t year_length = 4;
    constexpr std::size_t part_length = 7;
    if (const auto day = parse_date(text)) return std::pair(*day, *day);
    if (text.size() != year_length && text.size() != part_length) return std::nullopt;
    const auto year = period_number(text.substr(0, year_length));
    if (!year) return std::nullopt;
    if (text.size() == year_length) return months_of(*year, 1, 12);
    if (text[year_length] != '-') return std::nullopt;
    const std::string_view part = text.substr(year_length + 1);
    if (part[0] != 'Q' && part[0] != 'H') {
        const auto month = period_number(part);
        return month ? months_of(*year, *month, 1) : std::nullopt;
    }
    const int length = part[0] == 'Q' ? 3 : 6;
    const auto number = period_number(part.substr(1));
    if (!number || *number == 0) return std::nullopt;
    return months_of(*year, (*number - 1) * length + 1, length);
}

}  // namespace detail

/// First day of a period: `YYYY`, `YYYY-Hn` (half-year), `YYYY-Qn` (quarter),
/// `YYYY-MM` (month) or `YYYY-MM-DD` (day); nothing for any other text.
[[nodiscard]] inline std::optional<Date> period_start(std::string_view text) {
    const auto days = detail::period_days(text);
    return days ? std::optional(days->first) : std::nullopt;
}

/// Last day of a period of one of the forms of `period_start`: 2026-Q3 ends on
/// 2026-09-30.
[[nodiscard]] inline std::optional<Date> period_end(std::string_view text) {
    const auto days = detail::period_days(text);
    return days ? std::optional(days->second) : std::nullopt;
}

}  // namespace thuocdo
