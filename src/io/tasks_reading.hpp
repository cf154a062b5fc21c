#pragma once
// What the two forms of a register have in common once they are read.

#include <thuocdo/io/tasks.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io::detail {

/// A register as far as it could be read, and everything that is wrong with it.
struct TaskReading {
    std::vector<Task> tasks{};
    std::vector<OfficeTerm> offices{};
    TaskRules rules{};
    std::vector<Problem> problems{};
};

/// The tables of a register, in the order in which their problems are listed.
enum class TaskTableKind { tasks, events, products, extensions, milestones, money, offices };
inline constexpr std::size_t task_table_kinds = 7;

/// A text and its name in messages; no name: there is no such table.
struct NamedText {
    std::string name{};
    std::string_view text{};
};
using TaskTexts = std::array<NamedText, task_table_kinds>;

[[nodiscard]] TaskReading read_tasks_json(std::string_view text, const std::string& file,
                                          const TaskFileOptions& options);
[[nodiscard]] TaskReading read_tasks_csv(const TaskTexts& texts, const TaskFileOptions& options);

}  // namespace thuocdo::io::detail
