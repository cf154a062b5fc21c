#pragma once
/// @file
/// Reporting periods from text, in Vietnamese and English.

#include <thuocdo/time/period.hpp>

#include <string_view>

namespace thuocdo::io {

/// Reads a period: what `Period::to_iso` writes (`2026-01`, `2026-Q1`, `2026-H1`,
/// `2026-9M`, `2026`), Vietnamese (`tháng 01/2026`, `tháng 1 năm 2026`,
/// `01/2026`, `Quý I/2026`, `quý 1 năm 2026`, `6 tháng đầu năm 2026`, `nửa cuối
/// năm 2026`, `9 tháng (đầu năm) 2026`, `năm 2026`) or English (`January 2026`,
/// `Q1 2026`, `first quarter of 2026`, `H1 2026`, `first half of 2026`, `first
/// nine months of 2026`, `the year 2026`). Upper or lower case, NFC or NFD.
/// @throws DataError with one problem: `empty_period`, `invalid_utf8`,
/// `impossible_period` (tháng 13, Quý V), `missing_year`, `two_digit_year`,
/// `unreadable_period`.
[[nodiscard]] Period parse_period(std::string_view text);

}  // namespace thuocdo::io
