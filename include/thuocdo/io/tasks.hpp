#pragma once
/// @file
/// Registers of tasks as JSON documents and as CSV tables
/// (`docs/task-register.md`): read, check, write. Strict: nothing is guessed and
/// nothing is repaired in silence.

#include <thuocdo/error.hpp>
#include <thuocdo/io/csv_writer.hpp>
#include <thuocdo/tasks/task_register.hpp>
#include <thuocdo/tasks/task_rules.hpp>
#include <thuocdo/time/working_calendar.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// What a status that is written in a file says about a task.
enum class StatedStatus : std::uint8_t {
    completed,
    /// Not completed; whether it was begun is left open.
    not_completed,
    not_started,
    in_progress,
    suspended,
    cancelled
};

/// The meaning as in files, e.g. `not_completed`.
[[nodiscard]] const char* stated_status_name(StatedStatus status) noexcept;

/// One text that may stand as a status, and what it means.
struct StatusWord {
    std::string text;
    StatedStatus meaning = StatedStatus::not_completed;
};

/// The texts that may stand as a status. A status is a statement that is held
/// against the dates of its task; it never makes a task complete. A text counts
/// as a whole and in NFC, so "Chưa hoàn thành" has nothing to do with "Hoàn
/// thành".
struct StatusVocabulary {
    /// Vietnamese and English, see `docs/task-register.md`. Texts that also say
    /// whether the task is in time are not among them: lateness is computed.
    [[nodiscard]] static std::vector<StatusWord> standard_words();

    std::vector<StatusWord> words = standard_words();
    /// Whether "hoàn thành" differs from "Hoàn thành".
    bool case_sensitive = true;
};

/// Reads a vocabulary: `{"case_sensitive": true, "words": [{"text", "meaning"}]}`.
/// @throws TaskError with every problem
[[nodiscard]] StatusVocabulary parse_status_vocabulary(std::string_view json,
                                                       const std::string& file);
[[nodiscard]] StatusVocabulary load_status_vocabulary(const std::filesystem::path& path);

/// How files of tasks are read. What is not said here is not guessed.
struct TaskFileOptions {
    /// CSV: comma, semicolon or tab; 0 takes the one of comma and semicolon that
    /// the header of each file has.
    char separator = 0;
    /// CSV: decimal mark of all numbers, `.` or `,`. The other one is an error.
    char decimal = '.';
    /// Put text into NFC instead of reporting it.
    bool normalise_to_nfc = false;
    /// CSV: pass over columns that have no meaning here.
    bool ignore_unknown_columns = false;
    /// For deadlines in working days.
    std::optional<WorkingCalendar> calendar{};
    /// The year of deadlines that name none, see `parse_deadline`.
    std::optional<int> year{};
    /// Rules of the register; those that a JSON document states come first.
    TaskRules rules{};
    /// Texts of the status; those of a JSON document come first.
    StatusVocabulary vocabulary{};
};

/// The files of a register; an empty path is no file. All but `tasks` hold lists
/// whose first column names the task.
struct TaskFiles {
    std::filesystem::path tasks;
    std::filesystem::path events{};
    std::filesystem::path products{};
    std::filesystem::path extensions{};
    std::filesystem::path milestones{};
    std::filesystem::path money{};
    std::filesystem::path offices{};
};

/// The same files as texts; an empty text is no file. In messages they are
/// called `tasks.csv`, `events.csv` and so on.
struct TaskTables {
    std::string tasks;
    std::string events{};
    std::string products{};
    std::string extensions{};
    std::string milestones{};
    std::string money{};
    std::string offices{};
};

/// Reads a register from a document (`.json`) or from a single table (`.csv`).
///
/// A day is `YYYY-MM-DD`, or an RFC 3339 timestamp with its offset that stands
/// for its day in Viet Nam. A deadline is a day or a phrase that
/// `parse_deadline` knows; the phrase is then kept as `deadline_text`.
///
/// @throws TaskError with every problem, in the order of the file: also that a
///         file cannot be read or is no JSON or CSV. See `check_task_file`.
[[nodiscard]] TaskRegister load_tasks(const std::filesystem::path& path,
                                      const TaskFileOptions& options = {});
/// Reads a register from tables.
[[nodiscard]] TaskRegister load_tasks(const TaskFiles& files, const TaskFileOptions& options = {});

/// Reads a register from the text of a document; `file` is its name in messages.
[[nodiscard]] TaskRegister parse_tasks_json(std::string_view text, const std::string& file,
                                            const TaskFileOptions& options = {});

/// Reads a register from the text of one table, or of several.
[[nodiscard]] TaskRegister parse_tasks_csv(std::string_view text, const std::string& file,
                                           const TaskFileOptions& options = {});
[[nodiscard]] TaskRegister parse_tasks_csv(const TaskTables& tables,
                                           const TaskFileOptions& options = {});

/// Every problem of a register; none when `load_tasks` accepts it.
///
/// The place of a problem is the JSON pointer of the member
/// (`/tasks/3/events/2/date`), or `file:line:column` of the cell, where column
/// counts fields from 1; `file:line` where the row has no such cell. Beside the
/// codes of `TaskRegister` and those of `check_model` and `read_csv` for the two
/// forms of text:
/// `file_not_found`, `unknown_file_type`, `unsupported_format`, `bad_option`,
/// `empty_column_name`, `duplicate_column`, `unknown_column`, `missing_column`,
/// `invalid_date`, `unknown_word`, `list_lengths`, `amount_missing`,
/// `deadline_stated_twice`, `two_accountable`, `unknown_task`,
/// `unknown_status`, `completion_without_date`, `start_without_date`,
/// `suspension_without_date`, `cancellation_without_date`, `status_disagrees`,
/// `duplicate_status`, `empty_status` and those of `parse_deadline`. What cannot
/// be read is left out of the further checks, so that one mistake is one
/// problem; a file that is no JSON or CSV, or lacks a column that must be there,
/// is not checked further. About linear in the text.
[[nodiscard]] std::vector<Problem> check_task_file(const std::filesystem::path& path,
                                                   const TaskFileOptions& options = {});
[[nodiscard]] std::vector<Problem> check_task_files(const TaskFiles& files,
                                                    const TaskFileOptions& options = {});

/// The register as a document that `parse_tasks_json` reads back to equal tasks,
/// offices and rules. Empty members are left out; the rules are all stated.
/// @param indent spaces a level; negative writes all on one line
[[nodiscard]] std::string tasks_to_json(const TaskRegister& tasks, int indent = 2);

/// The register as tables that `parse_tasks_csv` reads back to equal tasks and
/// offices. Lists go to their own tables, which are empty texts where no task
/// has any. The rules are not part of them.
/// @throws TaskError (`reserved_character`) when the name of a coordinating body
///         or of an indicator has `|` or is empty; DataError as `CsvWriter`
[[nodiscard]] TaskTables tasks_to_csv(const TaskRegister& tasks,
                                      const CsvWriterOptions& options = {});

}  // namespace thuocdo::io
