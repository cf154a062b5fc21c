#pragma once
// One task, and the parts of one, as members of JSON objects: shared by the
// documents of registers and by events.

#include <thuocdo/io/tasks.hpp>
#include <thuocdo/tasks/task.hpp>

#include <optional>
#include <string>

#include "io/json_reader.hpp"
#include "io/tasks_status.hpp"

namespace thuocdo::io::detail {

/// Reads tasks into a log of problems.
class TaskReader {
  public:
    /// Both outlive the reader.
    TaskReader(const TaskFileOptions& options, ReadLog& log) : options_(options), log_(log) {}

    /// A task, checked but for whether its code is unique.
    /// @param statuses what a stated status may be; null leaves it unchecked
    [[nodiscard]] Task task(const Json& value, const std::string& place,
                            const StatusMatcher* statuses);

    /// The members of an event of a task, and of an extension.
    [[nodiscard]] TaskEvent event(ObjectReader& in);
    [[nodiscard]] DeadlineExtension extension(ObjectReader& in);

  private:
    void deadline(ObjectReader& in, Task& task);
    [[nodiscard]] TaskProduct product(ObjectReader& in);
    [[nodiscard]] TaskMoney money(ObjectReader& in);
    void status(const Task& task, const std::string& place, const Json& value,
                const StatusMatcher& statuses);
    void add(std::vector<Problem> problems);

    const TaskFileOptions& options_;
    ReadLog& log_;
};

/// A day of a register: absent where there is no such member or no day in it.
[[nodiscard]] std::optional<Date> find_day(ObjectReader& in, const char* name);

/// The position of a word of a register.
[[nodiscard]] std::optional<std::size_t> find_word(ObjectReader& in, const char* name,
                                                   std::span<const char* const> words);

}  // namespace thuocdo::io::detail
