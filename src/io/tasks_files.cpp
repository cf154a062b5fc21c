#include <thuocdo/io/tasks.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

#include "io/messages.hpp"
#include "io/tasks_reading.hpp"
#include "io/text_file.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

using TablePaths = std::array<const std::filesystem::path*, task_table_kinds>;

TablePaths paths_of(const TaskFiles& files) {
    return {&files.tasks,      &files.events, &files.products, &files.extensions,
            &files.milestones, &files.money,  &files.offices};
}

TaskTexts texts_of(const TaskTables& tables) {
    TaskTexts texts{NamedText{"tasks.csv", tables.tasks},
                    NamedText{"events.csv", tables.events},
                    NamedText{"products.csv", tables.products},
                    NamedText{"extensions.csv", tables.extensions},
                    NamedText{"milestones.csv", tables.milestones},
                    NamedText{"money.csv", tables.money},
                    NamedText{"offices.csv", tables.offices}};
    for (std::size_t k = 1; k < texts.size(); ++k)
        if (texts[k].text.empty()) texts[k].name.clear();
    return texts;
}

/// Reads a file; a file that cannot be read is a problem.
std::string read_file(const std::filesystem::path& path, std::vector<Problem>& problems) {
    try {
        return read_text_file(path);
    } catch (const DataError& error) {
        problems.insert(problems.end(), error.problems().begin(), error.problems().end());
        return {};
    }
}

TaskReading read_task_files(const TaskFiles& files, const TaskFileOptions& options) {
    const TablePaths paths = paths_of(files);
    std::array<std::string, task_table_kinds> texts;
    TaskTexts named;
    TaskReading reading;
    for (std::size_t k = 0; k < paths.size(); ++k) {
        if (k != 0 && paths[k]->empty()) continue;
        texts[k] = read_file(*paths[k], reading.problems);
        named[k] = {paths[k]->string(), texts[k]};
    }
    if (!reading.problems.empty()) return reading;
    return read_tasks_csv(named, options);
}

TaskReading read_task_file(const std::filesystem::path& path, const TaskFileOptions& options) {
    const std::string extension = lower_case(path.extension().string());
    if (extension == ".csv") return read_task_files({.tasks = path}, options);
    TaskReading reading;
    if (extension != ".json") {
        reading.problems.push_back(
            {"unknown_file_type", path.string(),
             extension.empty() ? "a name without extension" : "extension " + extension,
             ".json (document) or .csv (table)", "rename the file"});
        return reading;
    }
    const std::string text = read_file(path, reading.problems);
    return reading.problems.empty() ? read_tasks_json(text, path.string(), options) : reading;
}

TaskRegister accepted(TaskReading reading, const std::string& file) {
    if (!reading.problems.empty())
        throw TaskError("the tasks in \"" + file + "\" cannot be used",
                        std::move(reading.problems));
    return TaskRegister(reading.tasks, std::move(reading.offices), reading.rules);
}

}  // namespace
}  // namespace detail

TaskRegister load_tasks(const std::filesystem::path& path, const TaskFileOptions& options) {
    return detail::accepted(detail::read_task_file(path, options), path.string());
}

TaskRegister load_tasks(const TaskFiles& files, const TaskFileOptions& options) {
    return detail::accepted(detail::read_task_files(files, options), files.tasks.string());
}

TaskRegister parse_tasks_json(std::string_view text, const std::string& file,
                              const TaskFileOptions& options) {
    return detail::accepted(detail::read_tasks_json(text, file, options), file);
}

TaskRegister parse_tasks_csv(std::string_view text, const std::string& file,
                             const TaskFileOptions& options) {
    return detail::accepted(
        detail::read_tasks_csv(detail::TaskTexts{detail::NamedText{file, text}}, options), file);
}

TaskRegister parse_tasks_csv(const TaskTables& tables, const TaskFileOptions& options) {
    const detail::TaskTexts texts = detail::texts_of(tables);
    return detail::accepted(detail::read_tasks_csv(texts, options), texts.front().name);
}

std::vector<Problem> check_task_file(const std::filesystem::path& path,
                                     const TaskFileOptions& options) {
    return detail::read_task_file(path, options).problems;
}

std::vector<Problem> check_task_files(const TaskFiles& files, const TaskFileOptions& options) {
    return detail::read_task_files(files, options).problems;
}

}  // namespace thuocdo::io
