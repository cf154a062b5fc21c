#pragma once
/// @file
/// A moment on the time line, independent of the zone of any machine.

#include <thuocdo/error.hpp>
#include <thuocdo/time/date.hpp>
#include <thuocdo/time/day_number.hpp>
#include <thuocdo/time/local_date.hpp>

#include <charconv>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace thuocdo {

/// A moment: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
struct Instant {
    std::int64_t microseconds = 0;

    /// Before and after every other moment.
    [[nodiscard]] static constexpr Instant earliest() noexcept {
        return {std::numeric_limits<std::int64_t>::min()};
    }
    [[nodiscard]] static constexpr Instant latest() noexcept {
        return {std::numeric_limits<std::int64_t>::max()};
    }

    friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
};

namespace detail {

inline constexpr std::int64_t microseconds_a_second = 1'000'000;
inline constexpr std::int64_t seconds_a_minute = 60;
inline constexpr std::int64_t minutes_a_whole_day = 24 * 60;
inline constexpr std::int64_t microseconds_a_day =
    minutes_a_whole_day * seconds_a_minute * microseconds_a_second;

}  // namespace detail

/// The first moment of a day where clocks are `offset_minutes` ahead of UTC.
[[nodiscard]] inline Instant start_of_day(const Date& day,
                                          int offset_minutes = viet_nam_offset_minutes) {
    return {day_number(day) * detail::microseconds_a_day -
            offset_minutes * detail::seconds_a_minute * detail::microseconds_a_second};
}

/// The last microsecond of a day where clocks are `offset_minutes` ahead of UTC.
[[nodiscard]] inline Instant end_of_day(const Date& day,
                                        int offset_minutes = viet_nam_offset_minutes) {
    return {start_of_day(day, offset_minutes).microseconds + detail::microseconds_a_day - 1};
}

/// Reads an RFC 3339 timestamp with its offset, e.g. `2026-01-09T23:00:00Z` or
/// `2026-01-10T06:00:00.25+07:00`; seconds and fractions are optional, digits beyond
/// microseconds are cut off. A timestamp without offset gives no moment.
[[nodiscard]] inline std::optional<Instant> parse_instant(std::string_view text) {
    // The day in UTC carries the checks of every field but the fraction.
    const auto day = local_date(text, 0);
    if (!day) return std::nullopt;
    const auto two = [&](std::size_t at) { return *detail::two_digits(text, at, 100); };
    constexpr std::size_t hour_at = 11;
    constexpr std::size_t minute_at = 14;
    constexpr std::size_t seconds_at = 17;
    std::int64_t seconds = 0;
    std::int64_t fraction = 0;
    if (text[seconds_at - 1] == ':') {
        seconds = two(seconds_at);
        std::size_t at = seconds_at + 2;
        if (at < text.size() && text[at] == '.') {
            std::int64_t unit = detail::microseconds_a_second / 10;
            for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
                fraction += unit * (text[at] - '0');
                unit /= 10;
            }
        }
    }
    std::int64_t offset = 0;
    if (text.back() != 'Z') {
        constexpr std::size_t offset_length = 6;
        const std::size_t at = text.size() - offset_length;
        offset = (text[at] == '-' ? -1 : 1) * (two(at + 1) * 60 + two(at + 4));
    }
    std::int64_t minutes = two(hour_at) * 60 + two(minute_at) - offset;
    minutes %= detail::minutes_a_whole_day;
    if (minutes < 0) minutes += detail::minutes_a_whole_day;
    return Instant{day_number(*day) * detail::microseconds_a_day +
                   (minutes * detail::seconds_a_minute + seconds) * detail::microseconds_a_second +
                   fraction};
}

/// The moment as `YYYY-MM-DDThh:mm:ss[.ffffff]Z`; `parse_instant` reads it back.
/// @throws DataError (`date_out_of_range`) outside the years 1400 to 9999.
[[nodiscard]] inline std::string to_iso(const Instant& moment) {
    std::int64_t days = moment.microseconds / detail::microseconds_a_day;
    std::int64_t rest = moment.microseconds % detail::microseconds_a_day;
    if (rest < 0) {
        rest += detail::microseconds_a_day;
        --days;
    }
    if (days < detail::earliest_day_number || days > detail::latest_day_number)
        detail::throw_date_out_of_range("moment " + std::to_string(moment.microseconds));
    const auto padded = [](std::int64_t value, std::size_t width) {
        std::string digits = std::to_string(value);
        return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
    };
    const std::int64_t fraction = rest % detail::microseconds_a_second;
    const std::int64_t seconds = rest / detail::microseconds_a_second;
    const std::int64_t minutes = seconds / detail::seconds_a_minute;
    std::string text = to_iso(date_of(static_cast<std::int32_t>(days))) + 'T' +
                       padded(minutes / 60, 2) + ':' + padded(minutes % 60, 2) + ':' +
                       padded(seconds % detail::seconds_a_minute, 2);
    if (fraction != 0) text += '.' + padded(fraction, 6);
    return text + 'Z';
}

}  // namespace thuocdo
