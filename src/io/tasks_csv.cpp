#include <thuocdo/io/csv_reader.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "io/messages.hpp"
#include "io/tasks_check.hpp"
#include "io/tasks_reading.hpp"
#include "io/tasks_row.hpp"
#include "io/tasks_status.hpp"
#include "io/tasks_table.hpp"

namespace thuocdo::io::detail {
namespace {

/// The lists of items, in the order of their tables.
constexpr std::array list_tables{TaskTableKind::events, TaskTableKind::products,
                                 TaskTableKind::extensions, TaskTableKind::milestones,
                                 TaskTableKind::money};

class TaskTablesReader {
  public:
    explicit TaskTablesReader(const TaskFileOptions& options) : options_(options) {}

    TaskReading read(const TaskTexts& texts) {
        reading_.rules = options_.rules;
        check_options();
        if (reading_.problems.empty() && read_tables(texts) && read_headers()) {
            read_rows();
            check_rows();
            std::vector<Problem> placed = problems_.take();
            std::move(placed.begin(), placed.end(), std::back_inserter(reading_.problems));
        }
        return std::move(reading_);
    }

  private:
    void check_options() {
        std::vector<Problem>& problems = reading_.problems;
        if (options_.decimal != '.' && options_.decimal != ',')
            problems.push_back({"bad_option", "decimal", in_quotes({&options_.decimal, 1}),
                                "a point or comma", "correct the option"});
        for (Problem& each : check_read_rules(options_.rules)) problems.push_back(std::move(each));
        statuses_.emplace(options_.vocabulary, "vocabulary", problems);
    }

    /// False when a text is no table.
    bool read_tables(const TaskTexts& texts) {
        for (std::size_t k = 0; k < texts.size(); ++k) {
            if (texts[k].name.empty()) continue;
            try {
                csv_[k] = read_csv(texts[k].text, texts[k].name,
                                   {.separator = options_.separator,
                                    .normalise_to_nfc = options_.normalise_to_nfc});
            } catch (const DataError& error) {
                reading_.problems.insert(reading_.problems.end(), error.problems().begin(),
                                         error.problems().end());
            }
        }
        return reading_.problems.empty();
    }

    /// False when the rows of a table cannot be read.
    bool read_headers() {
        bool readable = true;
        for (std::size_t k = 0; k < csv_.size(); ++k) {
            if (!csv_[k]) continue;
            tables_[k].emplace(static_cast<TaskTableKind>(k), std::move(*csv_[k]),
                               options_.ignore_unknown_columns, problems_);
            readable = readable && tables_[k]->readable();
        }
        if (!readable) reading_.problems = problems_.take();
        return readable;
    }

    [[nodiscard]] const std::optional<TaskTable>& table(TaskTableKind kind) const {
        return tables_[static_cast<std::size_t>(kind)];
    }

    void read_rows() {
        read_tasks();
        for (const TaskTableKind kind : list_tables)
            if (table(kind)) read_list(*table(kind));
        if (table(TaskTableKind::offices)) read_offices(*table(TaskTableKind::offices));
    }

    void read_tasks() {
        const TaskTable& table = *tables_.front();
        const std::size_t count = table.rows().size();
        reading_.tasks.reserve(count);
        sources_.resize(count);
        rows_by_code_.reserve(count);
        std::unordered_set<std::string> posts;
        for (std::size_t k = 0; k < count; ++k) {
            RowReader row(table, table.rows()[k], options_.decimal, problems_, sources_[k].failed);
            Task task = read_task_row(row, k, options_, sources_[k]);
            const std::string_view code = row.text(task_column::code);
            const auto [first, inserted] = rows_by_code_.emplace(code, k);
            if (!inserted && !code.empty())
                row.report(
                    task_column::code,
                    {"duplicate_task", "", "code " + in_quotes(code) + " again",
                     "a code that no other task has",
                     "it is also in line " + std::to_string(table.rows()[first->second].line) +
                         "; keep one of the two"});
            if (std::optional<OfficeTerm> term = read_head(row, task)) {
                if (!task.post.empty())
                    row.report(task_column::post,
                               {"two_accountable", "",
                                "post " + in_quotes(task.post) + " beside a head or position",
                                "either the post or the head with position",
                                "empty one of them; the person of a post stands in the table of "
                                "offices"});
                task.post = term->post;
                if (posts.insert(term->post).second) {
                    reading_.offices.push_back(std::move(*term));
                    office_cells_.push_back(
                        {TaskTableKind::tasks, k, task_column::head, task_column::position});
                }
            }
            reading_.tasks.push_back(std::move(task));
        }
    }

    void read_list(const TaskTable& table) {
        for (std::size_t k = 0; k < table.rows().size(); ++k) {
            const CsvRow& row = table.rows()[k];
            const std::string_view code = table.text(row, task_of_list);
            const auto found = rows_by_code_.find(code);
            const bool known = found != rows_by_code_.end() && !code.empty();
            if (!known)
                table.report(
                    row, task_of_list,
                    {"unknown_task", "", code.empty() ? "nothing" : "code " + in_quotes(code),
                     "the code of a task in the table of tasks",
                     "correct the code, or add the task"},
                    problems_);
            // The other cells of such a row are still looked at.
            Task nobody;
            TaskSource nowhere;
            Task& task = known ? reading_.tasks[found->second] : nobody;
            TaskSource& source = known ? sources_[found->second] : nowhere;
            RowReader reader(table, row, options_.decimal, problems_, source.failed);
            read_list_row(table.kind(), reader, k, task, source);
        }
    }

    void read_offices(const TaskTable& table) {
        for (std::size_t k = 0; k < table.rows().size(); ++k) {
            RowReader row(table, table.rows()[k], options_.decimal, problems_, failed_offices_);
            reading_.offices.push_back(read_office_row(row, reading_.offices.size()));
            office_cells_.push_back(
                {TaskTableKind::offices, k, office_column::person, office_column::post});
        }
    }

    void check_rows() {
        for (std::size_t k = 0; k < reading_.tasks.size(); ++k) {
            for (Problem& each : check_read_task(reading_.tasks[k], "", sources_[k].failed)) {
                const CellAddress cell = cell_of(each.place, sources_[k]);
                report(cell, std::move(each));
            }
            check_status(k);
        }
        for (Problem& each : check_read_offices(reading_.offices, failed_offices_)) {
            constexpr std::string_view list = "/offices/";
            const std::size_t number = std::stoul(each.place.substr(list.size()));
            CellAddress cell = office_cells_.at(number);
            if (cell.table == TaskTableKind::offices) cell.column = office_column_of(each.place);
            report(cell, std::move(each));
        }
    }

    void check_status(std::size_t k) {
        const TaskTable& table = *tables_.front();
        const CsvRow& row = table.rows()[sources_[k].row];
        const std::string_view text = table.text(row, task_column::status);
        if (text.empty()) return;
        const auto stated = statuses_->find(text);
        std::optional<Problem> problem;
        if (!stated)
            problem = statuses_->unknown(text, "");
        else if (has_readable_events(reading_.tasks[k], "", sources_[k].failed))
            problem = status_problem(text, *stated, reading_.tasks[k], "");
        if (problem) table.report(row, task_column::status, std::move(*problem), problems_);
    }

    void report(const CellAddress& cell, Problem problem) {
        const TaskTable& table = *this->table(cell.table);
        const std::size_t column = table.has(cell.column) ? cell.column : cell.other_column;
        table.report(table.rows()[cell.row], column, std::move(problem), problems_);
    }

    const TaskFileOptions& options_;
    TaskReading reading_{};
    std::optional<StatusMatcher> statuses_{};
    std::array<std::optional<CsvTable>, task_table_kinds> csv_{};
    std::array<std::optional<TaskTable>, task_table_kinds> tables_{};
    TableProblems problems_{};
    /// By row of the main table, as are the tasks.
    std::vector<TaskSource> sources_{};
    std::unordered_map<std::string_view, std::size_t> rows_by_code_{};
    std::vector<CellAddress> office_cells_{};
    FailedPlaces failed_offices_{};
};

}  // namespace

TaskReading read_tasks_csv(const TaskTexts& texts, const TaskFileOptions& options) {
    return TaskTablesReader(options).read(texts);
}

}  // namespace thuocdo::io::detail
