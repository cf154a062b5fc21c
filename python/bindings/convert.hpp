#pragma once
// What the bindings share: dates as ISO text, and arrays in and out.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/time/date.hpp>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::python {

namespace py = pybind11;

/// Numbers as given where they are doubles, else converted.
using Numbers = py::array_t<double, py::array::forcecast>;
/// The same, laid out column by column as the kernels want it.
using Columns = py::array_t<double, py::array::f_style | py::array::forcecast>;

inline constexpr auto double_size = static_cast<py::ssize_t>(sizeof(double));

[[nodiscard]] inline Date read_date(const std::string& text, const char* argument) {
    if (const auto date = parse_date(text)) return *date;
    throw DataError("not a date", {{"bad_date", std::string("argument \"") + argument + '"',
                                    '"' + text + '"', "a day as YYYY-MM-DD", "write 2026-12-31"}});
}

[[nodiscard]] inline std::optional<Date> read_date(const std::optional<std::string>& text,
                                                   const char* argument) {
    if (!text) return std::nullopt;
    return read_date(*text, argument);
}

[[nodiscard]] inline std::optional<std::string> write_date(const std::optional<Date>& date) {
    if (!date) return std::nullopt;
    return to_iso(*date);
}

/// A read-only array over memory that `owner` keeps alive.
[[nodiscard]] inline py::array_t<double> read_only(py::array_t<double> array) {
    array.attr("setflags")(py::arg("write") = false);
    return array;
}

[[nodiscard]] inline py::array_t<double> view_of(const Eigen::VectorXd& column,
                                                 const py::object& owner) {
    return read_only(py::array_t<double>({static_cast<py::ssize_t>(column.size())}, {double_size},
                                         column.data(), owner));
}

[[nodiscard]] inline py::array_t<double> view_of(const Eigen::MatrixXd& matrix,
                                                 const py::object& owner) {
    return read_only(py::array_t<double>(
        {static_cast<py::ssize_t>(matrix.rows()), static_cast<py::ssize_t>(matrix.cols())},
        {double_size, double_size * static_cast<py::ssize_t>(matrix.rows())}, matrix.data(),
        owner));
}

[[nodiscard]] inline py::array_t<double> copy_of(const Eigen::VectorXd& column) {
    return py::array_t<double>(static_cast<py::ssize_t>(column.size()), column.data());
}

/// Laid out by columns, as the kernels leave it.
[[nodiscard]] inline py::array_t<double> copy_of(const Eigen::MatrixXd& matrix) {
    const std::vector<py::ssize_t> shape{matrix.rows(), matrix.cols()};
    const std::vector<py::ssize_t> strides{double_size, double_size * matrix.rows()};
    return py::array_t<double>(shape, strides, matrix.data());
}

/// Runs a kernel without the lock of the interpreter.
template <class Kernel>
[[nodiscard]] auto without_lock(const Kernel& kernel) {
    const py::gil_scoped_release release;
    return kernel();
}

/// A column of an array of one or two dimensions that is laid out by columns.
[[nodiscard]] inline Eigen::Map<const Eigen::VectorXd> column_of(const Columns& x,
                                                                 py::ssize_t column) {
    return {x.data() + column * x.shape(0), x.shape(0)};
}

[[nodiscard]] inline Eigen::VectorXd to_vector(const Columns& x, const char* argument) {
    if (x.ndim() != 1)
        throw NumericError("arrays of another shape",
                           {{"shape", std::string("argument \"") + argument + '"',
                             std::to_string(x.ndim()) + " dimensions", "1 dimension", ""}});
    return column_of(x, 0);
}

}  // namespace thuocdo::python
