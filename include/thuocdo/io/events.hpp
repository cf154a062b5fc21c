#pragma once
/// @file
/// Events of a live scoreboard as JSON Lines: one event, one line.

#include <thuocdo/error.hpp>
#include <thuocdo/live/event.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// Reads one event:
/// `{"id": "e1", "type": "observation", "valid": "2026-09-30",
/// "known": "2026-10-05T08:00:00+07:00", "unit": "HN", "indicator": "le",
/// "period": "2026-Q3", "value": 75.4}`.
///
/// Every event has `id`, `type` (`fact_name`), `valid` (a day), `known` (an
/// RFC 3339 timestamp with its offset, or a day, which stands for its first
/// moment in Viet Nam) and may have `replaces` and `source`. By type it has also
/// - `observation`: `unit`, `indicator`, `period`, and `value`, or `numerator` and
///   `denominator`, or a `state` without a value; `state` is `observed` where it
///   is left out;
/// - `unit`: `unit`, an object of `code`, `name` (a text, or `{"vi", "en"}`),
///   `level`, `kind`, `parent`, `groups` and `attributes` (objects), `valid_from`,
///   `valid_to` and `predecessors`;
/// - `task`: `task`, an object as in the documents of `parse_tasks_json`;
/// - `task_event`: `task`, the code, and `event`, an object as in those documents;
/// - `task_extension`: `task`, the code, and `extension`, likewise;
/// - `withdrawal`: nothing, but `replaces` is required.
///
/// `valid` may be left out of a `task_event` (it is then the day of the event), of
/// a `task_extension` (the day of the decision) and of a `withdrawal` (the day of
/// `known` in Viet Nam).
///
/// @param place of the line in messages, e.g. `events.jsonl:7`; the place of a
///        problem is this and the JSON pointer, of a syntax error this and the
///        column
/// @throws DataError with every problem of the line: the codes of the other
///         readers of JSON (`missing_member`, `unknown_member`, `wrong_type`,
///         `unknown_word`, `invalid_date`, `not_nfc`, `syntax_error`, ...), those
///         of `check_event`, and `invalid_moment`
[[nodiscard]] live::Event parse_event(std::string_view line, const std::string& place = "event");

/// Reads events, one a line; lines of nothing but spaces are passed over.
/// @param file its name in messages; places begin with `file:line`
/// @throws DataError with the problems of all lines
[[nodiscard]] std::vector<live::Event> parse_events(std::string_view text, const std::string& file);

/// The event on one line, without a line break: members in the order of
/// `parse_event`, numbers in their shortest form, the moment in UTC, nothing that
/// is empty. Equal events have equal lines, and `parse_event` reads the line back
/// to an equal event.
/// @throws DataError with the problems of `check_event`
[[nodiscard]] std::string event_to_json(const live::Event& event);

/// What keeps an event from being kept: `empty_code` (no id, unit, indicator,
/// task, or predecessor), `empty_text`, `replaces_itself`, `replaces_nothing` (a
/// withdrawal), `date_missing`, `date_out_of_range`, `not_finite`,
/// `state_disagrees`, `incomplete_ratio`, `zero_denominator`, `ratio_disagrees`,
/// `number_out_of_range`, `own_parent`, `dates_reversed`, `invalid_utf8`,
/// `not_nfc`, and the codes of `TaskRegister`. Places are JSON pointers of the
/// line. Nothing for an event that can be written.
[[nodiscard]] std::vector<Problem> check_event(const live::Event& event);

}  // namespace thuocdo::io
