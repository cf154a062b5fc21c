#pragma once
/// @file
/// First and last day of a reporting period from its text.

#include <thuocdo/time/date.hpp>
#include <thuocdo/time/period.hpp>

#include <optional>
#include <string_view>

namespace thuocdo {

/// First day of a period: `YYYY`, `YYYY-9M` (January to September), `YYYY-Hn`
/// (half-year), `YYYY-Qn` (quarter), `YYYY-MM` (month) or `YYYY-MM-DD` (day);
/// nothing for any other text.
[[nodiscard]] inline std::optional<Date> period_start(std::string_view text) {
    if (const auto day = parse_date(text)) return day;
    const auto period = parse_iso_period(text);
    return period ? std::optional(period->first_day()) : std::nullopt;
}

/// Last day of a period of one of the forms of `period_start`: 2026-Q3 ends on
/// 2026-09-30.
[[nodiscard]] inline std::optional<Date> period_end(std::string_view text) {
    if (const auto day = parse_date(text)) return day;
    const auto period = parse_iso_period(text);
    return period ? std::optional(period->last_day()) : std::nullopt;
}

}  // namespace thuocdo
