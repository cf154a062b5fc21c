#pragma once
// Columns of tables whose rows are structs of the library.

#include <thuocdo/model/label.hpp>
#include <thuocdo/time/date.hpp>
#include <thuocdo/time/day_number.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"

namespace thuocdo::python {

/// Days since 1970-01-01 in 64 bits, as numpy holds `datetime64[D]`.
using DayNumbers = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

/// What numpy takes for a missing day (NaT).
inline constexpr std::int64_t missing_day = std::numeric_limits<std::int64_t>::min();

/// A table by columns, made from rows of one kind.
template <class Row>
class TableOf {
  public:
    explicit TableOf(std::span<const Row> rows) : rows_(rows) {}

    template <class Get>
    void texts(const char* name, Get get) {
        py::list column;
        for (const Row& row : rows_) column.append(py::str(std::string(get(row))));
        columns_[name] = column;
    }

    template <class Get>
    void labels(const std::string& name, Get get) {
        py::list english;
        py::list vietnamese;
        for (const Row& row : rows_) {
            const Label label = get(row);
            english.append(label.in(false));
            vietnamese.append(label.in(true));
        }
        columns_[py::str(name)] = english;
        columns_[py::str(name + "_vi")] = vietnamese;
    }

    template <class Get>
    void numbers(const char* name, Get get) {
        py::array_t<double> column(static_cast<py::ssize_t>(rows_.size()));
        double* cell = column.mutable_data();
        for (const Row& row : rows_) *cell++ = get(row);
        columns_[name] = column;
    }

    template <class Get>
    void counts(const char* name, Get get) {
        py::array_t<std::int64_t> column(static_cast<py::ssize_t>(rows_.size()));
        std::int64_t* cell = column.mutable_data();
        for (const Row& row : rows_) *cell++ = static_cast<std::int64_t>(get(row));
        columns_[name] = column;
    }

    template <class Get>
    void flags(const char* name, Get get) {
        py::array_t<bool> column(static_cast<py::ssize_t>(rows_.size()));
        bool* cell = column.mutable_data();
        for (const Row& row : rows_) *cell++ = get(row);
        columns_[name] = column;
    }

    /// `get` gives an optional date.
    template <class Get>
    void days(const char* name, Get get) {
        py::array_t<std::int64_t> column(static_cast<py::ssize_t>(rows_.size()));
        std::int64_t* cell = column.mutable_data();
        for (const Row& row : rows_) {
            const std::optional<Date> date = get(row);
            *cell++ = date ? day_number(*date) : missing_day;
        }
        columns_[name] = column.attr("view")("datetime64[D]");
    }

    [[nodiscard]] py::dict take() { return std::move(columns_); }

  private:
    std::span<const Row> rows_;
    py::dict columns_;
};

template <class Value>
[[nodiscard]] std::string printed_text(const Value& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

/// The printed form of a table of the library with its first rows only.
template <class Table>
[[nodiscard]] std::string first_rows(Table table, std::size_t limit) {
    if (table.rows.size() > limit) table.rows.resize(limit);
    return printed_text(table);
}

}  // namespace thuocdo::python
