#include "io/tasks_table.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "io/cell_number.hpp"
#include "io/messages.hpp"
#include "io/tasks_day.hpp"

namespace thuocdo::io::detail {
namespace {

Problem number_problem(std::string_view text, char decimal) {
    CellNumberDefect defect = cell_number_defect(text, decimal);
    // Those two remedies of panels do not fit here.
    if (defect.code == "percent_sign") defect.remedy = "write 35% as a share";
    if (defect.code == "state_as_value") defect.code = "number_expected";
    if (defect.code == "number_expected")
        defect.remedy = "correct it, or leave the field empty where it is not known";
    return {std::move(defect.code), "", "text " + in_quotes(text), std::move(defect.expected),
            std::move(defect.remedy)};
}

}  // namespace

std::vector<Problem> TableProblems::take() {
    std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
        if (a.table != b.table) return a.table < b.table;
        return a.line != b.line ? a.line < b.line : a.column < b.column;
    });
    std::vector<Problem> problems;
    problems.reserve(placed_.size());
    for (Placed& each : placed_) problems.push_back(std::move(each.problem));
    placed_.clear();
    return problems;
}

TaskTable::TaskTable(TaskTableKind kind, CsvTable table, bool ignore_unknown_columns,
                     TableProblems& problems)
    : kind_(kind), table_(std::move(table)) {
    check_names(problems);
    find_columns(ignore_unknown_columns, problems);
}

void TaskTable::check_names(TableProblems& problems) {
    std::unordered_map<std::string_view, std::size_t> first;
    for (const CsvField& field : table_.header) {
        const auto report = [&](Problem problem) {
            problem.place = table_.place(field);
            problems.add(kind_, field.line, field.column, std::move(problem));
        };
        if (field.text.empty()) {
            report({"empty_column_name", "", "a column without a name", "a name for every column",
                    "name the column or delete it"});
            continue;
        }
        const auto [seen, inserted] = first.emplace(field.text, field.column);
        if (inserted) continue;
        readable_ = false;
        report({"duplicate_column", "", "column " + in_quotes(field.text) + " again",
                "a name that no other column has",
                "it is also column " + std::to_string(seen->second)});
    }
}

void TaskTable::find_columns(bool ignore_unknown_columns, TableProblems& problems) {
    const TableColumns& columns = table_columns[static_cast<std::size_t>(kind_)];
    const std::vector<std::string> names(columns.names.begin(), columns.names.end());
    std::vector<std::string> meant;
    for (const CsvField& field : table_.header) {
        if (field.text.empty() || std::find(names.begin(), names.end(), field.text) != names.end())
            continue;
        const auto nearest = nearest_word(field.text, names);
        if (nearest) meant.push_back(*nearest);
        if (ignore_unknown_columns) continue;
        problems.add(
            kind_, field.line, field.column,
            {"unknown_column", table_.place(field), "column " + in_quotes(field.text),
             "one of " + listed(names),
             suggestion(field.text, names, "delete the column, or set ignore_unknown_columns")});
    }
    for (std::size_t k = 0; k < names.size(); ++k) {
        const std::size_t at = table_.find(names[k]);
        positions_.push_back(at == table_.header.size() ? absent_column : at);
        if (k >= columns.required || positions_.back() != absent_column) continue;
        readable_ = false;
        // A misspelled column is not absent as well, unless it is passed over.
        if (!ignore_unknown_columns &&
            std::find(meant.begin(), meant.end(), names[k]) != meant.end())
            continue;
        const std::size_t line = table_.header.front().line;
        problems.add(kind_, line, 0,
                     {"missing_column", table_.file + ':' + std::to_string(line),
                      "no column " + in_quotes(names[k]),
                      "the columns " + listed({names.data(), columns.required}), "add the column"});
    }
}

void TaskTable::report(const CsvRow& row, std::size_t column, Problem problem,
                       TableProblems& problems) const {
    const std::size_t at = positions_[column];
    if (at == absent_column) {
        problem.place = table_.file + ':' + std::to_string(row.line);
        problems.add(kind_, row.line, 0, std::move(problem));
        return;
    }
    const CsvField& field = row.fields[at];
    problem.place = table_.place(field);
    // A row may hold line breaks: what counts for the order is where it begins.
    problems.add(kind_, row.line, field.column, std::move(problem));
}

std::vector<std::string_view> entries_of(std::string_view cell) {
    std::vector<std::string_view> entries;
    if (cell.empty()) return entries;
    for (std::size_t from = 0; from <= cell.size();) {
        const std::size_t to = std::min(cell.find(list_separator, from), cell.size());
        entries.push_back(cell.substr(from, to - from));
        from = to + 1;
    }
    return entries;
}

std::vector<std::string> RowReader::list(std::size_t column) const {
    const auto entries = entries_of(text(column));
    return {entries.begin(), entries.end()};
}

Date RowReader::day_in(std::string_view text, std::size_t column, const RelativePointer& member) {
    if (text.empty()) return {};
    if (const auto day = day_of(text)) return *day;
    fail(column, member, day_problem(text, ""));
    return {};
}

Date RowReader::day(std::size_t column, const RelativePointer& member) {
    return day_in(text(column), column, member);
}

std::optional<Date> RowReader::optional_day(std::size_t column, const RelativePointer& member) {
    const Date date = day(column, member);
    return date.is_special() ? std::nullopt : std::optional(date);
}

std::vector<Date> RowReader::days(std::size_t column, const RelativePointer& member) {
    std::vector<Date> days;
    for (const std::string_view entry : entries_of(text(column)))
        days.push_back(day_in(entry, column, member));
    return days;
}

std::optional<double> RowReader::number(std::size_t column, const RelativePointer& member) {
    const std::string_view cell = text(column);
    if (cell.empty()) return std::nullopt;
    const auto value = cell_number(cell, decimal_);
    if (!value) fail(column, member, number_problem(cell, decimal_));
    return value;
}

std::optional<std::size_t> RowReader::word_of(std::size_t column,
                                              const std::vector<std::string>& words,
                                              const RelativePointer& member) {
    const std::string_view cell = text(column);
    if (cell.empty()) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), cell);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    fail(column, member,
         {"unknown_word", "", "text " + in_quotes(cell), "one of " + listed(words),
          suggestion(cell, words, "write one of these words")});
    return std::nullopt;
}

}  // namespace thuocdo::io::detail
