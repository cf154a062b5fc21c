#pragma once
// Tables of a register whose columns are looked up once, their cells, and the
// problems of several tables in the order of files, rows and columns.

#include <thuocdo/error.hpp>
#include <thuocdo/io/csv_reader.hpp>
#include <thuocdo/time/date.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/tasks_columns.hpp"
#include "io/tasks_reading.hpp"

namespace thuocdo::io::detail {

/// Problems of all tables, collected in any order.
class TableProblems {
  public:
    void add(TaskTableKind table, std::size_t line, std::size_t column, Problem problem) {
        placed_.push_back({table, line, column, std::move(problem)});
    }
    [[nodiscard]] bool empty() const noexcept { return placed_.empty(); }
    /// In the order of tables, lines and columns.
    [[nodiscard]] std::vector<Problem> take();

  private:
    struct Placed {
        TaskTableKind table;
        std::size_t line;
        std::size_t column;
        Problem problem;
    };
    std::vector<Placed> placed_;
};

/// A table with the columns of its kind.
class TaskTable {
  public:
    /// Reports what is wrong with the header.
    TaskTable(TaskTableKind kind, CsvTable table, bool ignore_unknown_columns,
              TableProblems& problems);

    /// False when rows cannot be read: a column is missing or there twice.
    [[nodiscard]] bool readable() const noexcept { return readable_; }
    [[nodiscard]] TaskTableKind kind() const noexcept { return kind_; }
    [[nodiscard]] const std::vector<CsvRow>& rows() const noexcept { return table_.rows; }

    [[nodiscard]] bool has(std::size_t column) const noexcept {
        return positions_[column] != absent_column;
    }

    /// The text of a cell; empty where the table has no such column.
    [[nodiscard]] std::string_view text(const CsvRow& row, std::size_t column) const noexcept {
        const std::size_t at = positions_[column];
        return at == absent_column ? std::string_view() : row.fields[at].text;
    }

    /// Places a problem at a cell, or at the row where there is no such column.
    void report(const CsvRow& row, std::size_t column, Problem problem,
                TableProblems& problems) const;

  private:
    static constexpr std::size_t absent_column = static_cast<std::size_t>(-1);

    void check_names(TableProblems& problems);
    void find_columns(bool ignore_unknown_columns, TableProblems& problems);

    TaskTableKind kind_;
    CsvTable table_;
    std::vector<std::size_t> positions_{};
    bool readable_ = true;
};

/// The relative JSON pointer of a member of a list's item, or of a member of
/// the task itself (`list` alone). Written out only where it is needed.
struct RelativePointer {
    const char* list;
    std::size_t item = 0;
    const char* member = nullptr;

    [[nodiscard]] std::string text() const {
        if (!member) return list;
        return std::string(list) + '/' + std::to_string(item) + member;
    }
};

/// The entries of a cell that holds a list; none for an empty cell.
[[nodiscard]] std::vector<std::string_view> entries_of(std::string_view cell);

/// Reads the cells of one row. What cannot be read is reported and remembered.
class RowReader {
  public:
    RowReader(const TaskTable& table, const CsvRow& row, char decimal, TableProblems& problems,
              FailedPlaces& failed)
        : table_(table), row_(row), decimal_(decimal), problems_(problems), failed_(failed) {}

    [[nodiscard]] std::string_view text(std::size_t column) const {
        return table_.text(row_, column);
    }
    [[nodiscard]] std::string copy(std::size_t column) const { return std::string(text(column)); }
    [[nodiscard]] std::vector<std::string> list(std::size_t column) const;

    /// Special where the cell is empty or cannot be read.
    [[nodiscard]] Date day(std::size_t column, const RelativePointer& member);
    [[nodiscard]] Date day_in(std::string_view text, std::size_t column,
                              const RelativePointer& member);
    /// Nothing where the cell is empty or cannot be read.
    [[nodiscard]] std::optional<Date> optional_day(std::size_t column,
                                                   const RelativePointer& member);
    [[nodiscard]] std::vector<Date> days(std::size_t column, const RelativePointer& member);
    [[nodiscard]] std::optional<double> number(std::size_t column, const RelativePointer& member);

    /// Position of the word of a cell; nothing where it is empty or unknown.
    template <std::size_t count>
    [[nodiscard]] std::optional<std::size_t> word(std::size_t column,
                                                  const std::array<const char*, count>& words,
                                                  const RelativePointer& member) {
        return word_of(column, std::vector<std::string>(words.begin(), words.end()), member);
    }

    /// A problem at a cell; `fail` also remembers its member as unreadable.
    void report(std::size_t column, Problem problem) {
        table_.report(row_, column, std::move(problem), problems_);
    }
    void fail(std::size_t column, const RelativePointer& member, Problem problem) {
        failed_.insert(member.text());
        report(column, std::move(problem));
    }
    void remember_failed(const RelativePointer& member) { failed_.insert(member.text()); }

  private:
    [[nodiscard]] std::optional<std::size_t> word_of(std::size_t column,
                                                     const std::vector<std::string>& words,
                                                     const RelativePointer& member);

    const TaskTable& table_;
    const CsvRow& row_;
    char decimal_;
    TableProblems& problems_;
    FailedPlaces& failed_;
};

}  // namespace thuocdo::io::detail
