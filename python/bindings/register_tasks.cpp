// Registers of tasks: reading, changing, writing, and what they make of panels.
// Single secret tasks never leave the compiled part, except in the documents
// that the owner of the register writes.
#include <thuocdo/data/join_panels.hpp>
#include <thuocdo/io/tasks.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/task_panel.hpp>
#include <thuocdo/time/local_date.hpp>
#include <thuocdo/time/working_calendar.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "convert_tasks.hpp"
#include "register.hpp"

namespace thuocdo::python {

Date read_day(const std::string& text, const char* argument) {
    if (const auto date = parse_date(text)) return *date;
    if (const auto date = local_date(text)) return *date;
    throw DataError("not a day",
                    {{"bad_date", std::string("argument \"") + argument + '"', '"' + text + '"',
                      "a day as YYYY-MM-DD, or a moment with its offset such as "
                      "2026-01-09T23:00:00Z",
                      "a moment stands for its day in Viet Nam"}});
}

std::optional<Date> read_day(const std::optional<std::string>& text, const char* argument) {
    if (!text) return std::nullopt;
    return read_day(*text, argument);
}

TaskGroup read_group(const std::string& word) {
    if (const auto group = parse_task_group(word)) return *group;
    throw DataError("no such group", {{"unknown_word", "argument \"by\"", '"' + word + '"',
                                       "nation, lead (or body), participation, head, level, "
                                       "sector or document",
                                       ""}});
}

namespace {

using Texts = std::map<std::string, std::string>;

/// The tables of a register by the names of the package.
template <class Tables>
[[nodiscard]] auto member_of(const std::string& name) {
    using Text = decltype(Tables::tasks);
    static const std::map<std::string, Text Tables::*> members{
        {"tasks", &Tables::tasks},           {"events", &Tables::events},
        {"products", &Tables::products},     {"extensions", &Tables::extensions},
        {"milestones", &Tables::milestones}, {"money", &Tables::money},
        {"offices", &Tables::offices}};
    const auto found = members.find(name);
    if (found != members.end()) return found->second;
    throw TaskError("no such table",
                    {{"unknown_table", '"' + name + '"', "a table of that name",
                      "tasks, events, products, extensions, milestones, money or offices", ""}});
}

template <class Tables>
[[nodiscard]] Tables tables_of(const Texts& texts) {
    Tables tables;
    for (const auto& [name, text] : texts) tables.*member_of<Tables>(name) = text;
    return tables;
}

[[nodiscard]] char one_character(const std::string& text, char none, const char* argument) {
    if (text.empty()) return none;
    if (text.size() == 1) return text.front();
    throw DataError("impossible option",
                    {{"bad_option", std::string("argument \"") + argument + '"', '"' + text + '"',
                      "one character", ""}});
}

[[nodiscard]] io::TaskFileOptions file_options(
    const std::string& separator, const std::string& decimal, bool normalise_to_nfc,
    bool ignore_unknown_columns, std::optional<int> year,
    const std::optional<WorkingCalendar>& calendar, const std::optional<TaskRules>& rules,
    const std::optional<io::StatusVocabulary>& vocabulary) {
    io::TaskFileOptions options;
    options.separator = one_character(separator, '\0', "separator");
    options.decimal = one_character(decimal, '.', "decimal");
    options.normalise_to_nfc = normalise_to_nfc;
    options.ignore_unknown_columns = ignore_unknown_columns;
    options.year = year;
    options.calendar = calendar;
    if (rules) options.rules = *rules;
    if (vocabulary) options.vocabulary = *vocabulary;
    return options;
}

[[nodiscard]] TaskRegister load(const Texts& files, const io::TaskFileOptions& options) {
    const py::gil_scoped_release release;
    if (files.size() == 1 && files.begin()->first == "tasks")
        return io::load_tasks(std::filesystem::path(files.begin()->second), options);
    io::TaskFiles tables;
    for (const auto& [name, path] : files) tables.*member_of<io::TaskFiles>(name) = path;
    return io::load_tasks(tables, options);
}

void add_readers(py::module_& module) {
    using py::arg;
    py::class_<io::StatusVocabulary>(module, "StatusVocabulary");
    module.def("parse_status_vocabulary", &io::parse_status_vocabulary, arg("json"), arg("file"));
    py::class_<io::TaskFileOptions>(module, "TaskFileOptions")
        .def(py::init(&file_options), arg("separator"), arg("decimal"), arg("normalise_to_nfc"),
             arg("ignore_unknown_columns"), arg("year"), arg("calendar"), arg("rules"),
             arg("vocabulary"));
    module.def("load_tasks", &load, arg("files"), arg("options"));
    module.def("parse_tasks_json", &io::parse_tasks_json, arg("text"), arg("file"), arg("options"));
    module.def(
        "parse_tasks_csv",
        [](const Texts& tables, const io::TaskFileOptions& options) {
            return io::parse_tasks_csv(tables_of<io::TaskTables>(tables), options);
        },
        arg("tables"), arg("options"));
    module.def("join_panels", &join_panels, arg("left"), arg("right"));
    module.def(
        "synthetic_tasks",
        [](const UnitRegistry& provinces, std::size_t tasks, std::uint64_t seed,
           const std::string& first, const std::string& last, bool details) {
            synthetic::TaskOptions options;
            options.tasks = tasks;
            options.seed = seed;
            options.first = read_date(first, "first");
            options.last = read_date(last, "last");
            options.details = details;
            const py::gil_scoped_release release;
            return synthetic::task_register(synthetic::nation(provinces), options);
        },
        arg("provinces"), arg("tasks"), arg("seed"), arg("first"), arg("last"), arg("details"));
}

/// Adds the tasks of another register, all or none.
void add_tasks(TaskRegister& self, const TaskRegister& other) {
    if (!other.offices().empty())
        throw TaskError("the tasks cannot be added",
                        {{"offices_stated", "offices", "a head, or another office",
                          "tasks whose posts the register has already",
                          "make a new register with all offices"}});
    std::vector<Task> tasks;
    for (std::size_t row = 0; row < other.size(); ++row) tasks.push_back(other.task(row));
    self.add(tasks);
}

void record_event(TaskRegister& self, const std::string& code, const std::string& kind,
                  const std::string& date, double share, std::string authority, std::string note) {
    const auto found = parse_task_event(kind);
    if (!found) {
        std::string known;
        for (const char* name : detail::task_event_names)
            known += (known.empty() ? "" : ", ") + std::string(name);
        throw TaskError("no such event", {{"unknown_word", "argument \"kind\"", '"' + kind + '"',
                                           "one of " + known, "correct it"}});
    }
    self.record(code,
                {*found, read_day(date, "date"), share, std::move(authority), std::move(note)});
}

/// A document with this task alone; nothing where no task has the code.
[[nodiscard]] std::optional<std::string> document_of(const TaskRegister& tasks,
                                                     const std::string& code) {
    const auto row = tasks.find(code);
    if (!row) return std::nullopt;
    if (tasks.is_secret(*row))
        throw TaskError("the task is secret",
                        {{"secret_task", "task \"" + code + '"', "a secret task",
                          "a task that may be shown", "secret tasks are counted, never shown"}});
    return io::tasks_to_json(TaskRegister(std::vector<Task>{tasks.task(*row)}), -1);
}

/// The first rows that may be shown.
[[nodiscard]] py::dict first_tasks(const TaskRegister& tasks, std::size_t shown) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < tasks.size() && rows.size() < shown; ++row)
        if (!tasks.is_secret(row)) rows.push_back(row);
    TableOf<std::size_t> columns(rows);
    columns.texts("code", [&](std::size_t row) { return tasks.code(row); });
    columns.texts("title", [&](std::size_t row) { return tasks.title(row); });
    columns.texts("lead", [&](std::size_t row) { return tasks.lead(row); });
    columns.days("assigned", [&](std::size_t row) { return date_if_any(tasks.assigned(row)); });
    columns.days("first_deadline",
                 [&](std::size_t row) { return date_if_any(tasks.first_deadline(row)); });
    return columns.take();
}

[[nodiscard]] std::size_t secret_tasks(const TaskRegister& tasks) {
    std::size_t count = 0;
    for (std::size_t row = 0; row < tasks.size(); ++row)
        if (tasks.is_secret(row)) ++count;
    return count;
}

[[nodiscard]] Panel panel_of(const TaskRegister& tasks, const std::string& as_of,
                             const UnitRegistry& units, const std::string& by,
                             const std::optional<std::string>& earlier, bool other_groups,
                             bool all_tasks, std::string period) {
    TaskPanelOptions options;
    options.by = read_group(by);
    options.base = all_tasks ? QuantityBase::all : QuantityBase::due;
    options.earlier = read_day(earlier, "earlier");
    options.other_groups = other_groups;
    options.period = std::move(period);
    return task_panel(tasks, read_day(as_of, "as_of"), units, options);
}

}  // namespace

void register_tasks(py::module_& module) {
    using py::arg;
    py::class_<TaskRules>(module, "TaskRules");
    // Before the functions that give one, so that their signatures name it.
    py::class_<TaskRegister> tasks(module, "TaskRegister");
    add_readers(module);
    tasks.def("__len__", &TaskRegister::size)
        .def("__copy__", [](const TaskRegister& self) { return TaskRegister(self); })
        .def(
            "__contains__",
            [](const TaskRegister& self, const std::string& code) {
                return self.find(code).has_value();
            },
            arg("code"))
        .def_property_readonly("rules", &TaskRegister::rules)
        .def_property_readonly("secret", &secret_tasks)
        .def("document", &document_of, arg("code"))
        .def("first_tasks", &first_tasks, arg("shown"))
        .def("to_json", &io::tasks_to_json, arg("indent"))
        .def(
            "to_csv",
            [](const TaskRegister& self, const std::string& separator, const std::string& decimal,
               bool byte_order_mark) {
                io::CsvWriterOptions options;
                options.separator = one_character(separator, ',', "separator");
                options.decimal = one_character(decimal, '.', "decimal");
                options.byte_order_mark = byte_order_mark;
                const io::TaskTables tables = io::tasks_to_csv(self, options);
                Texts texts;
                for (const char* name : {"tasks", "events", "products", "extensions", "milestones",
                                         "money", "offices"})
                    texts[name] = tables.*member_of<io::TaskTables>(name);
                return texts;
            },
            arg("separator"), arg("decimal"), arg("byte_order_mark"))
        .def("add", &add_tasks, arg("other"))
        .def("record", &record_event, arg("code"), arg("kind"), arg("date"), arg("share"),
             arg("authority"), arg("note"))
        .def(
            "extend",
            [](TaskRegister& self, const std::string& code, const std::string& decided,
               const std::string& last_day, std::string decision) {
                self.extend(code, {read_day(decided, "decided"), read_day(last_day, "last_day"),
                                   std::move(decision)});
            },
            arg("code"), arg("decided"), arg("last_day"), arg("decision"))
        .def("panel", &panel_of, arg("as_of"), arg("units"), arg("by"), arg("earlier"),
             arg("other_groups"), arg("all_tasks"), arg("period"));
    register_task_tables(tasks);
    register_task_lists(tasks);
    register_task_quality(tasks);
}

}  // namespace thuocdo::python
