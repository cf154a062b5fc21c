#pragma once
/// @file
/// Calendars of working days as JSON documents, one a year.

#include <thuocdo/time/working_calendar.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// Reads the document of one year (`data/schema/working-calendar.schema.json`):
/// `{"thuocdo_calendar": 1, "code": "vn", "year": 2026, "source": "...",
/// "days_off": [{"date": "2026-01-01", "name": {"vi": "...", "en": "..."}}],
/// "swaps": [{"off": "2026-01-02", "worked": "2026-01-10"}]}`.
/// @param file its name in messages
/// @throws DataError with every problem, in the order of the text. Its place is
/// the JSON pointer of the member after the file and `#`
/// (`vn-2026.json#/days_off/3/date`), or `vn-2026.json:3:5` (line and column) of
/// a syntax error; without file, the pointer or `line 3, column 5`.
/// The codes are those of `WorkingCalendar` and of the reader of models
/// (`check_model`), such as `missing_member`.
[[nodiscard]] WorkingCalendar parse_calendar(std::string_view text, const std::string& file = "");

/// Reads a calendar from a file of one year, or from all `.json` files of a
/// folder as `load_calendars` does; folders in it are left out.
/// @throws DataError also when there is no such file (`file_not_found`) or no
/// `.json` file in the folder (`no_years`).
[[nodiscard]] WorkingCalendar load_calendar(const std::filesystem::path& path);

/// Reads one calendar from files of one year each, in any order. The files have
/// one code, years without gap, and one name where they give any.
/// @throws DataError with the problems of all files (`different_calendars`,
/// `different_names`, besides those of `parse_calendar`).
[[nodiscard]] WorkingCalendar load_calendars(const std::vector<std::filesystem::path>& paths);

}  // namespace thuocdo::io
