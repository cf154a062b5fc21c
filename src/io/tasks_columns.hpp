#pragma once
// The columns of the tables of a register, and how the members of a task map to
// them, so that a problem of a member is placed at its cell.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "io/json_reader.hpp"
#include "io/tasks_reading.hpp"

namespace thuocdo::io::detail {

/// Separates the entries of a cell that holds a list.
inline constexpr char list_separator = '|';

/// Columns of one table; the first `required` ones must be there.
struct TableColumns {
    std::span<const char* const> names;
    std::size_t required;
};

namespace task_column {
enum : std::size_t {
    code,
    lead,
    assigned,
    title,
    document,
    coordinating,
    post,
    head,
    position,
    level,
    sector,
    deadline,
    deadline_text,
    extended_to,
    extended_on,
    extension_decision,
    status,
    started,
    submitted,
    completed,
    accepted,
    progress,
    progress_on,
    suspended,
    cancelled,
    cancelled_by,
    exempted_on,
    exempted_by,
    product,
    product_accepted,
    quality,
    failed_assessments,
    indicators,
    coefficient,
    allocated,
    allocated_on,
    disbursed,
    disbursed_on,
    secrecy
};
inline constexpr std::array<const char*, 39> names{"code",          "lead",
                                                   "assigned",      "title",
                                                   "document",      "coordinating",
                                                   "post",          "head",
                                                   "position",      "level",
                                                   "sector",        "deadline",
                                                   "deadline_text", "extended_to",
                                                   "extended_on",   "extension_decision",
                                                   "status",        "started",
                                                   "submitted",     "completed",
                                                   "accepted",      "progress",
                                                   "progress_on",   "suspended",
                                                   "cancelled",     "cancelled_by",
                                                   "exempted_on",   "exempted_by",
                                                   "product",       "product_accepted",
                                                   "quality",       "failed_assessments",
                                                   "indicators",    "coefficient",
                                                   "allocated",     "allocated_on",
                                                   "disbursed",     "disbursed_on",
                                                   "secrecy"};
static_assert(names.size() == secrecy + 1);
}  // namespace task_column

// Column 0 of a list names the task.
inline constexpr std::size_t task_of_list = 0;

namespace event_column {
enum : std::size_t { task, kind, date, share, authority, note };
inline constexpr std::array<const char*, 6> names{"task",  "kind",      "date",
                                                  "share", "authority", "note"};
}  // namespace event_column

namespace product_column {
enum : std::size_t { task, name, accepted, quality, failed_assessments, coefficient };
inline constexpr std::array<const char*, 6> names{
    "task", "name", "accepted", "quality", "failed_assessments", "coefficient"};
}  // namespace product_column

namespace extension_column {
enum : std::size_t { task, decided, last_day, decision };
inline constexpr std::array<const char*, 4> names{"task", "decided", "last_day", "decision"};
}  // namespace extension_column

namespace milestone_column {
enum : std::size_t { task, date, planned_share, name };
inline constexpr std::array<const char*, 4> names{"task", "date", "planned_share", "name"};
}  // namespace milestone_column

namespace money_column {
enum : std::size_t { task, date, allocated, disbursed };
inline constexpr std::array<const char*, 4> names{"task", "date", "allocated", "disbursed"};
}  // namespace money_column

namespace office_column {
enum : std::size_t { post, body, position, position_en, person, from, to };
inline constexpr std::array<const char*, 7> names{"post",   "body", "position", "position_en",
                                                  "person", "from", "to"};
}  // namespace office_column

/// By `TaskTableKind`.
inline constexpr std::array<TableColumns, task_table_kinds> table_columns{{
    {task_column::names, task_column::assigned + 1},
    {event_column::names, event_column::date + 1},
    {product_column::names, product_column::task + 1},
    {extension_column::names, extension_column::decision + 1},
    {milestone_column::names, milestone_column::planned_share + 1},
    {money_column::names, money_column::date + 1},
    {office_column::names, office_column::post + 1},
}};

/// The column of a member of a list's item; the first is that of the item.
struct MemberColumn {
    std::string_view member;
    std::size_t column;
};
using ItemForm = std::span<const MemberColumn>;

/// Where an item of a list was read.
struct ItemSource {
    TaskTableKind table = TaskTableKind::tasks;
    std::uint32_t row = 0;
    ItemForm form{};
};

/// Where a task was read, and which of its members could not be: relative
/// JSON pointers.
struct TaskSource {
    std::size_t row = 0;
    std::vector<ItemSource> events{};
    std::vector<ItemSource> products{};
    std::vector<ItemSource> extensions{};
    std::vector<ItemSource> milestones{};
    std::vector<ItemSource> money{};
    FailedPlaces failed{};
};

}  // namespace thuocdo::io::detail
