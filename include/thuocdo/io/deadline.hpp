#pragma once
/// @file
/// Deadlines from the words of documents, in Vietnamese and English.

#include <thuocdo/error.hpp>
#include <thuocdo/time/deadline.hpp>
#include <thuocdo/time/working_calendar.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// What the words of a deadline leave to their document.
struct DeadlineOptions {
    /// The day on which the task was assigned, for "kể từ ngày giao".
    std::optional<Date> assigned{};
    /// The calendar for deadlines in working days; not owned.
    const WorkingCalendar* calendar = nullptr;
    /// The year of the plan, for "trong Quý I" and "trước ngày 10/1".
    std::optional<int> year{};
};

/// Reads a deadline. Upper or lower case, NFC or NFD. Dates in digits are day,
/// month, year, also in English text (`10/1/2026` is 10 January), or
/// `2026-01-10`.
///
/// What the words mean, by the last day in time:
/// - strictly before a day, its eve: `trước ngày 10/1/2026`, `before 10 January
///   2026` (9 January);
/// - that day: `chậm nhất`, `muộn nhất`, `không quá`, `đến (hết)`, `hết`, `trong
///   ngày 10/1/2026`; `by`, `no later than`, `on or before`, `on`; a date alone;
/// - the last day of a period: `trong tháng 01/2026`, `chậm nhất trong Quý
///   I/2026`, `hết 6 tháng đầu năm 2026`, `chậm nhất cuối năm 2026`; `within Q1
///   2026`, `by the end of 2026`; a period alone;
/// - the day before the first day of a period: `trước Quý II/2026`, `before June
///   2026`;
/// - the n-th working day after a day, by `options.calendar`: `trong (thời hạn) 15
///   ngày làm việc kể từ ngày 5/1/2026`, `within 15 working days from 5 January
///   2026`;
/// - the n-th day after a day, weekends counted: `10 ngày kể từ ngày giao`,
///   `within 10 days of assignment`, from `options.assigned`.
///
/// A day from which one counts is not counted itself (Civil Code 2015, article
/// 147), and a last day on a weekend or holiday stays where it is.
///
/// Words without one exact meaning are refused, never guessed: `đầu năm 2026`,
/// `cuối năm 2026` alone, `đến Quý I/2026` (its first or last day?), `trước hết
/// Quý I/2026`, `by Q1 2026`, `sớm nhất`, `thường xuyên`, `hằng tháng`.
///
/// @throws DataError with one problem, whose remedy gives exact words:
/// `empty_deadline`, `invalid_utf8`, `impossible_date`, `impossible_period`,
/// `impossible_day_count`, `date_out_of_range`, `two_digit_year`,
/// `missing_year`, `missing_start`, `missing_assignment_day`,
/// `missing_calendar`, `unknown_start_event`, `unknown_unit_of_time`,
/// `time_of_day`, `vague_deadline`, `ambiguous_deadline`, `relative_deadline`,
/// `recurring_deadline`, `not_a_deadline` or `unreadable_deadline`. Linear in
/// the text.
[[nodiscard]] Deadline parse_deadline(std::string_view text, const DeadlineOptions& options = {});

/// The problem that `parse_deadline` would throw; none when it reads the text.
[[nodiscard]] std::vector<Problem> check_deadline(std::string_view text,
                                                  const DeadlineOptions& options = {});

}  // namespace thuocdo::io
