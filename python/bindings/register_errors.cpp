#include <thuocdo/error.hpp>
#include <thuocdo/live/journal_error.hpp>
#include <thuocdo/score.hpp>

#include <pybind11/stl.h>

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "register.hpp"

namespace py = pybind11;

namespace thuocdo::python {

namespace {

/// Raises the class of that name of the package, with message and problems.
void raise(const char* name, const Error& error) {
    const py::object type = py::module_::import("thuocdo._errors").attr(name);
    const py::object instance = type(std::string(error.what()), error.problems());
    PyErr_SetObject(type.ptr(), instance.ptr());
}

void translate(std::exception_ptr pending) {
    try {
        if (pending) std::rethrow_exception(pending);
    } catch (const ModelError& error) {
        raise("ModelError", error);
    } catch (const DataError& error) {
        raise("DataError", error);
    } catch (const TaskError& error) {
        raise("TaskError", error);
    } catch (const NumericError& error) {
        raise("NumericError", error);
    } catch (const live::JournalError& error) {
        raise("JournalError", error);
    } catch (const Error& error) {
        raise("Error", error);
    } catch (const Cancelled& error) {
        const py::object type = py::module_::import("thuocdo._errors").attr("Cancelled");
        PyErr_SetString(type.ptr(), error.what());
    }
}

}  // namespace

void register_errors(py::module_& module) {
    py::class_<Problem>(module, "Problem",
                        "One thing that is wrong with the input.\n\n"
                        "`code` is stable, so programs may match on it; the sentences may change "
                        "between versions.")
        .def(py::init([](std::string code, std::string place, std::string found,
                         std::string expected, std::string remedy) {
                 return Problem{std::move(code), std::move(place), std::move(found),
                                std::move(expected), std::move(remedy)};
             }),
             py::arg("code"), py::arg("place"), py::arg("found"), py::arg("expected"),
             py::arg("remedy") = "")
        .def_readonly("code", &Problem::code, "Stable identifier, e.g. `band_gap`.")
        .def_readonly("place", &Problem::place,
                      "JSON pointer, `file:row:column`, or unit and indicator.")
        .def_readonly("found", &Problem::found, "What stands there.")
        .def_readonly("expected", &Problem::expected, "What should stand there.")
        .def_readonly("remedy", &Problem::remedy, "What can be done about it.")
        .def(
            "__eq__",
            [](const Problem& self, const py::object& other) {
                return py::isinstance<Problem>(other) && self == other.cast<const Problem&>();
            },
            py::arg("other"))
        .def("__hash__",
             [](const Problem& problem) { return py::hash(py::str(problem.message())); })
        .def("__str__", &Problem::message)
        .def("__repr__",
             [](const Problem& problem) { return "<Problem " + problem.message() + '>'; })
        .def(py::pickle(
            [](const Problem& problem) {
                return py::make_tuple(problem.code, problem.place, problem.found, problem.expected,
                                      problem.remedy);
            },
            [](const py::tuple& state) {
                return Problem{state[0].cast<std::string>(), state[1].cast<std::string>(),
                               state[2].cast<std::string>(), state[3].cast<std::string>(),
                               state[4].cast<std::string>()};
            }));
    module.def(
        "error_message",
        [](const std::string& summary, std::vector<Problem> problems) {
            return std::string(DataError(summary, std::move(problems)).what());
        },
        py::arg("summary"), py::arg("problems"),
        "The text of an error: its summary and its first problems.");
    py::register_exception_translator(&translate);
}

}  // namespace thuocdo::python
