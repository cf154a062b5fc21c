#pragma once
/// @file
/// Deadlines with an exact last day.

#include <thuocdo/error.hpp>
#include <thuocdo/time/date.hpp>
#include <thuocdo/time/day_number.hpp>
#include <thuocdo/time/period.hpp>
#include <thuocdo/time/working_calendar.hpp>

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

namespace thuocdo {

/// How a deadline was stated.
enum class DeadlineKind : std::uint8_t {
    /// Strictly before a day: "trước ngày 10/1/2026".
    before_day,
    /// On a day at the latest: "chậm nhất ngày 31/3/2026".
    on_or_before_day,
    /// Before the first day of a period: "trước Quý II/2026".
    before_period,
    /// In a period, or earlier: "trong Quý I/2026".
    within_period,
    /// Until a period is over: "hết Quý I/2026". Same last day as within it.
    by_end_of_period,
    /// A number of working days after a day: "15 ngày làm việc kể từ ngày ...".
    working_days_from,
    /// A number of days of any kind after a day: "10 ngày kể từ ngày ...".
    calendar_days_from
};

namespace detail {

/// `9/1/2026`.
[[nodiscard]] inline std::string vietnamese_date(const Date& date) {
    const auto parts = date.year_month_day();
    return std::to_string(static_cast<int>(parts.day)) + '/' +
           std::to_string(parts.month.as_number()) + '/' +
           std::to_string(static_cast<int>(parts.year));
}

/// `9 January 2026`.
[[nodiscard]] inline std::string english_date(const Date& date) {
    const auto parts = date.year_month_day();
    return std::to_string(static_cast<int>(parts.day)) + ' ' +
           english_months[static_cast<std::size_t>(parts.month.as_number() - 1)] + ' ' +
           std::to_string(static_cast<int>(parts.year));
}

}  // namespace detail

/// A deadline: whoever is done by the end of `last_day` is in time, also when
/// done before the period or day that the deadline names.
struct Deadline {
    DeadlineKind kind = DeadlineKind::on_or_before_day;
    /// The last day that is still in time.
    Date last_day{};
    /// The day that was named: the one before which, on which or from which.
    std::optional<Date> day{};
    /// The period that was named.
    std::optional<Period> period{};
    /// The number of days that was named; 0 for the kinds without one.
    long days = 0;
    /// Whether `last_day` may move once the calendar of working days is final.
    bool provisional = false;
    /// The words of the document, as they stood; empty when there were none.
    std::string text{};

    /// Strictly before the day: the day before is the last.
    /// @throws DataError (`not_a_date`), as the other makers do, when the date
    /// is no day; (`date_out_of_range`) when the last day is not in 1400 to 9999.
    [[nodiscard]] static Deadline before(const Date& day) {
        Deadline deadline{DeadlineKind::before_day, date_of(day_number(day) - 1)};
        deadline.day = day;
        return deadline;
    }
    /// On the day at the latest.
    [[nodiscard]] static Deadline on_or_before(const Date& day) {
        Deadline deadline{DeadlineKind::on_or_before_day, date_of(day_number(day))};
        deadline.day = day;
        return deadline;
    }
    /// Before the first day of the period.
    [[nodiscard]] static Deadline before(const Period& period) {
        return of_period(DeadlineKind::before_period, date_of(day_number(period.first_day()) - 1),
                         period);
    }
    /// In the period or earlier.
    [[nodiscard]] static Deadline within(const Period& period) {
        return of_period(DeadlineKind::within_period, period.last_day(), period);
    }
    /// Until the period is over.
    [[nodiscard]] static Deadline by_end_of(const Period& period) {
        return of_period(DeadlineKind::by_end_of_period, period.last_day(), period);
    }
    /// The n-th working day after `start`, which is not counted; provisional
    /// when a counted day is.
    /// @throws DataError (`impossible_day_count`) when n is below 1.
    [[nodiscard]] static Deadline working_days_from(const Date& start, long n,
                                                    const WorkingCalendar& calendar) {
        check_count(n);
        const WorkingDate last = calendar.add_working_days(start, n);
        Deadline deadline{DeadlineKind::working_days_from, last.date};
        deadline.day = start;
        deadline.days = n;
        deadline.provisional = last.provisional;
        return deadline;
    }
    /// The n-th day after `start`, which is not counted. The last day stays where
    /// it is, also on a weekend or holiday.
    /// @throws DataError (`impossible_day_count`) when n is below 1.
    [[nodiscard]] static Deadline calendar_days_from(const Date& start, long n) {
        check_count(n);
        const std::int64_t last = static_cast<std::int64_t>(day_number(start)) + n;
        if (last > detail::latest_day_number)
            detail::throw_date_out_of_range(std::to_string(n) + " days from " + to_iso(start));
        Deadline deadline{DeadlineKind::calendar_days_from,
                          date_of(static_cast<std::int32_t>(last))};
        deadline.day = start;
        deadline.days = n;
        return deadline;
    }

    /// Whether work that is done on the day is in time.
    /// @throws DataError (`not_a_date`)
    [[nodiscard]] bool is_met_by(const Date& done) const { return days_late(done) == 0; }

    /// Calendar days after the last day; 0 when in time.
    /// @throws DataError (`not_a_date`)
    [[nodiscard]] long days_late(const Date& done) const {
        const std::int32_t late = day_number(done) - day_number(last_day);
        return late > 0 ? late : 0;
    }

    /// The last day, then how it was stated: `chậm nhất ngày 31/3/2026 (trong
    /// Quý I/2026)`.
    [[nodiscard]] std::string to_vietnamese() const {
        std::string stated;
        switch (kind) {
            case DeadlineKind::before_day:
                stated = "trước ngày " + detail::vietnamese_date(day.value());
                break;
            case DeadlineKind::on_or_before_day:
                break;
            case DeadlineKind::before_period:
                stated = "trước " + period.value().to_vietnamese();
                break;
            case DeadlineKind::within_period:
                stated = "trong " + period.value().to_vietnamese();
                break;
            case DeadlineKind::by_end_of_period:
                stated = "hết " + period.value().to_vietnamese();
                break;
            case DeadlineKind::working_days_from:
                stated = std::to_string(days) + " ngày làm việc kể từ ngày " +
                         detail::vietnamese_date(day.value());
                break;
            case DeadlineKind::calendar_days_from:
                stated = std::to_string(days) + " ngày kể từ ngày " +
                         detail::vietnamese_date(day.value());
                break;
        }
        if (provisional) stated += "; tạm tính, lịch nghỉ chưa chính thức";
        return "chậm nhất ngày " + detail::vietnamese_date(last_day) + in_parentheses(stated);
    }

    /// The last day, then how it was stated: `no later than 31 March 2026
    /// (within Q1 2026)`.
    [[nodiscard]] std::string to_english() const {
        std::string stated;
        switch (kind) {
            case DeadlineKind::before_day:
                stated = "before " + detail::english_date(day.value());
                break;
            case DeadlineKind::on_or_before_day:
                break;
            case DeadlineKind::before_period:
                stated = "before " + named_period();
                break;
            case DeadlineKind::within_period:
                stated = "within " + named_period();
                break;
            case DeadlineKind::by_end_of_period:
                stated = "by the end of " + named_period();
                break;
            case DeadlineKind::working_days_from:
                stated = std::to_string(days) + (days == 1 ? " working day" : " working days") +
                         " from " + detail::english_date(day.value());
                break;
            case DeadlineKind::calendar_days_from:
                stated = std::to_string(days) + (days == 1 ? " day" : " days") + " from " +
                         detail::english_date(day.value());
                break;
        }
        if (provisional) stated += "; provisional, the calendar of days off is not final";
        return "no later than " + detail::english_date(last_day) + in_parentheses(stated);
    }

    /// Equal in every member, the words included.
    friend bool operator==(const Deadline&, const Deadline&) = default;

    /// Prints `to_vietnamese()`.
    friend std::ostream& operator<<(std::ostream& out, const Deadline& deadline) {
        return out << deadline.to_vietnamese();
    }

  private:
    static Deadline of_period(DeadlineKind kind, const Date& last_day, const Period& period) {
        Deadline deadline{kind, last_day};
        deadline.period = period;
        return deadline;
    }

    static void check_count(long n) {
        if (n < 1)
            throw DataError("a deadline needs days",
                            {{"impossible_day_count", "days", std::to_string(n) + " days",
                              "at least 1 day", "give the number of days"}});
    }

    static std::string in_parentheses(const std::string& stated) {
        return stated.empty() ? stated : " (" + stated + ')';
    }

    /// The name of the period within a sentence.
    [[nodiscard]] std::string named_period() const {
        const Period& named = period.value();
        const bool article =
            named.kind() == PeriodKind::half_year || named.kind() == PeriodKind::nine_months;
        return (article ? "the " : "") + named.to_english();
    }
};

}  // namespace thuocdo
