#pragma once
// The rows of the tables of a register as members of tasks.

#include <thuocdo/io/tasks.hpp>
#include <thuocdo/tasks/task.hpp>

#include <optional>

#include "io/tasks_columns.hpp"
#include "io/tasks_table.hpp"

namespace thuocdo::io::detail {

/// The task of a row of the main table, with the items that its columns hold.
[[nodiscard]] Task read_task_row(RowReader& row, std::size_t row_number,
                                 const TaskFileOptions& options, TaskSource& source);

/// The person and position that a row of the main table holds accountable, with
/// a post of their own; nothing where it names none.
[[nodiscard]] std::optional<OfficeTerm> read_head(const RowReader& row, const Task& task);

/// Adds the item of a row of a list to its task.
void read_list_row(TaskTableKind table, RowReader& row, std::size_t row_number, Task& task,
                   TaskSource& source);

/// @param number position among the offices of the register
[[nodiscard]] OfficeTerm read_office_row(RowReader& row, std::size_t number);

/// Where a problem of a task belongs.
struct CellAddress {
    TaskTableKind table;
    std::size_t row;
    std::size_t column;
    /// Where the table has no such column.
    std::size_t other_column;
};

/// The cell of a relative JSON pointer such as `/events/2/date`.
[[nodiscard]] CellAddress cell_of(std::string_view pointer, const TaskSource& source);

/// The column of `/offices/2/person` in a table of offices.
[[nodiscard]] std::size_t office_column_of(std::string_view pointer);

}  // namespace thuocdo::io::detail
