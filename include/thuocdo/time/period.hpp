#pragma once
/// @file
/// Reporting periods: month, quarter, half-year, nine months, year.

#include <thuocdo/error.hpp>
#include <thuocdo/time/date.hpp>

#include <array>
#include <charconv>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>

namespace thuocdo {

/// Lengths of a reporting period.
enum class PeriodKind : std::uint8_t {
    month,
    quarter,
    half_year,
    /// January to September.
    nine_months,
    year
};

namespace detail {

inline constexpr int months_a_year = 12;

/// Years that `Date` can hold.
inline constexpr int first_year = 1400;
inline constexpr int last_year = 9999;

inline constexpr std::array<const char*, 12> english_months{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

inline constexpr std::array<const char*, 4> roman_quarters{"I", "II", "III", "IV"};

[[nodiscard]] constexpr int months_of(PeriodKind kind) noexcept {
    constexpr std::array<int, 5> months{1, 3, 6, 9, months_a_year};
    return months[static_cast<std::size_t>(kind)];
}

/// How many periods of a kind a year has.
[[nodiscard]] constexpr int periods_a_year(PeriodKind kind) noexcept {
    return months_a_year / months_of(kind);
}

[[nodiscard]] inline const char* name_of(PeriodKind kind) noexcept {
    constexpr std::array<const char*, 5> names{"month", "quarter", "half-year", "nine months",
                                               "year"};
    return names[static_cast<std::size_t>(kind)];
}

[[nodiscard]] inline std::string two_digit_text(int value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

/// A number written with digits alone.
[[nodiscard]] inline std::optional<int> digits_only(std::string_view digits) {
    int value = 0;
    if (digits.empty() || digits.front() == '-') return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

}  // namespace detail

/// A month, quarter, half-year, year, or the nine months from January to
/// September of a year. A value: immutable, a few bytes.
class Period {
  public:
    /// @throws DataError (`impossible_period`), as the other makers do, when the
    /// year is outside 1400 to 9999 or the number outside those of a year.
    [[nodiscard]] static Period month(int year, int number) {
        return Period(PeriodKind::month, year, number);
    }
    [[nodiscard]] static Period quarter(int year, int number) {
        return Period(PeriodKind::quarter, year, number);
    }
    [[nodiscard]] static Period half_year(int year, int number) {
        return Period(PeriodKind::half_year, year, number);
    }
    /// January to September.
    [[nodiscard]] static Period nine_months(int year) {
        return Period(PeriodKind::nine_months, year, 1);
    }
    [[nodiscard]] static Period year(int year) { return Period(PeriodKind::year, year, 1); }

    /// The period of a kind with a number from 1 within its year.
    /// @throws DataError (`impossible_period`)
    Period(PeriodKind kind, int year, int number)
        : kind_(kind),
          year_(static_cast<std::int16_t>(year)),
          number_(static_cast<std::int8_t>(number)) {
        if (exists(kind, year, number)) return;
        throw DataError("there is no such period",
                        {{"impossible_period", "period",
                          std::string(detail::name_of(kind)) + ' ' + std::to_string(number) +
                              " of the year " + std::to_string(year),
                          "a number from 1 to " + std::to_string(detail::periods_a_year(kind)) +
                              " and a year from 1400 to 9999",
                          "correct the number or the year"}});
    }

    /// Whether there is such a period.
    [[nodiscard]] static constexpr bool exists(PeriodKind kind, int year, int number) noexcept {
        return year >= detail::first_year && year <= detail::last_year && number >= 1 &&
               number <= detail::periods_a_year(kind);
    }

    [[nodiscard]] PeriodKind kind() const noexcept { return kind_; }
    [[nodiscard]] int year() const noexcept { return year_; }
    /// Number within the year, from 1; 1 for nine months and for a year.
    [[nodiscard]] int number() const noexcept { return number_; }

    [[nodiscard]] Date first_day() const {
        return Date(static_cast<unsigned short>(year_), static_cast<unsigned short>(first_month()),
                    1);
    }
    [[nodiscard]] Date last_day() const {
        return Date(static_cast<unsigned short>(year_), static_cast<unsigned short>(last_month()),
                    1)
            .end_of_month();
    }

    /// Whether the day is one of the period; a value that is no day is not.
    [[nodiscard]] bool contains(const Date& day) const {
        return !day.is_special() && first_day() <= day && day <= last_day();
    }
    /// Whether every day of the other period is one of this: a period contains
    /// itself, a year its quarters, nine months the first three quarters.
    [[nodiscard]] bool contains(const Period& other) const noexcept {
        return year_ == other.year_ && first_month() <= other.first_month() &&
               other.last_month() <= last_month();
    }

    /// The following period of the same kind: Quý I/2027 after Quý IV/2026. Of
    /// nine months it is those of the next year, as of a year: the last
    /// quarter lies between.
    /// @throws DataError (`impossible_period`) after 9999.
    [[nodiscard]] Period next() const {
        const bool last = number_ == detail::periods_a_year(kind_);
        return Period(kind_, last ? year_ + 1 : year_, last ? 1 : number_ + 1);
    }
    /// The preceding period of the same kind; inverse of `next`.
    /// @throws DataError (`impossible_period`) before 1400.
    [[nodiscard]] Period previous() const {
        const bool first = number_ == 1;
        return Period(kind_, first ? year_ - 1 : year_,
                      first ? detail::periods_a_year(kind_) : number_ - 1);
    }

    /// `2026-01`, `2026-Q1`, `2026-H1`, `2026-9M` or `2026`. The month and the
    /// year are those of ISO 8601; the others follow their pattern.
    [[nodiscard]] std::string to_iso() const {
        const std::string year = std::to_string(year_);
        switch (kind_) {
            case PeriodKind::month:
                return year + '-' + detail::two_digit_text(number_);
            case PeriodKind::quarter:
                return year + "-Q" + std::to_string(number_);
            case PeriodKind::half_year:
                return year + "-H" + std::to_string(number_);
            case PeriodKind::nine_months:
                return year + "-9M";
            case PeriodKind::year:
                break;
        }
        return year;
    }

    /// `tháng 01/2026`, `Quý I/2026`, `6 tháng đầu năm 2026`, `6 tháng cuối năm
    /// 2026`, `9 tháng 2026` or `năm 2026`.
    [[nodiscard]] std::string to_vietnamese() const {
        const std::string year = std::to_string(year_);
        switch (kind_) {
            case PeriodKind::month:
                return "tháng " + detail::two_digit_text(number_) + '/' + year;
            case PeriodKind::quarter:
                return std::string("Quý ") +
                       detail::roman_quarters[static_cast<std::size_t>(number_ - 1)] + '/' + year;
            case PeriodKind::half_year:
                return std::string(number_ == 1 ? "6 tháng đầu năm " : "6 tháng cuối năm ") + year;
            case PeriodKind::nine_months:
                return "9 tháng " + year;
            case PeriodKind::year:
                break;
        }
        return "năm " + year;
    }

    /// `January 2026`, `Q1 2026`, `first half of 2026`, `second half of 2026`,
    /// `first nine months of 2026` or `2026`.
    [[nodiscard]] std::string to_english() const {
        const std::string year = std::to_string(year_);
        switch (kind_) {
            case PeriodKind::month:
                return std::string(detail::english_months[static_cast<std::size_t>(number_ - 1)]) +
                       ' ' + year;
            case PeriodKind::quarter:
                return 'Q' + std::to_string(number_) + ' ' + year;
            case PeriodKind::half_year:
                return std::string(number_ == 1 ? "first half of " : "second half of ") + year;
            case PeriodKind::nine_months:
                return "first nine months of " + year;
            case PeriodKind::year:
                break;
        }
        return year;
    }

    friend bool operator==(const Period&, const Period&) = default;

    /// By first day, then by last day: January, Quý I, the first half, nine
    /// months, the year, February. No two periods have the same days, so the
    /// order is total.
    friend std::strong_ordering operator<=>(const Period& a, const Period& b) noexcept {
        if (a.year_ != b.year_) return a.year_ <=> b.year_;
        if (a.first_month() != b.first_month()) return a.first_month() <=> b.first_month();
        return a.last_month() <=> b.last_month();
    }

    /// Prints `to_iso()`.
    friend std::ostream& operator<<(std::ostream& out, const Period& period) {
        return out << period.to_iso();
    }

  private:
    [[nodiscard]] int first_month() const noexcept {
        return (number_ - 1) * detail::months_of(kind_) + 1;
    }
    [[nodiscard]] int last_month() const noexcept { return number_ * detail::months_of(kind_); }

    PeriodKind kind_;
    std::int16_t year_;
    std::int8_t number_;
};

/// The period of a kind in which a day lies.
/// @throws DataError (`no_such_period`) for nine months and a day from October
/// on, which lies in none; (`not_a_date`) when the date is no day.
[[nodiscard]] inline Period period_of(const Date& day, PeriodKind kind) {
    if (day.is_special())
        throw DataError("a date is missing", {{"not_a_date", "date", "a value that is no day",
                                               "a day of the calendar", "give the date"}});
    const int months = detail::months_of(kind);
    const int number = (day.month().as_number() - 1) / months + 1;
    if (kind == PeriodKind::nine_months && number > 1)
        throw DataError("the day lies in no such period",
                        {{"no_such_period", "date", to_iso(day),
                          "a day from January to September for a period of nine months",
                          "ask for the year or the quarter"}});
    return Period(kind, day.year(), number);
}

/// Reads what `Period::to_iso` writes (`2026-01`, `2026-Q1`, `2026-H1`,
/// `2026-9M`, `2026`) and nothing else; no period for any other text.
[[nodiscard]] inline std::optional<Period> parse_iso_period(std::string_view text) {
    constexpr std::size_t year_length = 4;
    if (text.size() < year_length) return std::nullopt;
    const auto year = detail::digits_only(text.substr(0, year_length));
    const std::string_view rest = text.substr(year_length);
    if (!year) return std::nullopt;
    PeriodKind kind = PeriodKind::year;
    std::optional<int> number = 1;
    if (rest == "-9M") {
        kind = PeriodKind::nine_months;
    } else if (!rest.empty()) {
        constexpr std::size_t part_length = 3;
        if (rest.size() != part_length || rest[0] != '-') return std::nullopt;
        const bool lettered = rest[1] == 'Q' || rest[1] == 'H';
        kind = rest[1] == 'Q'   ? PeriodKind::quarter
               : rest[1] == 'H' ? PeriodKind::half_year
                                : PeriodKind::month;
        number = detail::digits_only(rest.substr(lettered ? 2 : 1));
    }
    if (!number || !Period::exists(kind, *year, *number)) return std::nullopt;
    return Period(kind, *year, *number);
}

}  // namespace thuocdo
