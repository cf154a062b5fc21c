#pragma once
// Progress of long runs, which Python can watch and stop.

#include <pybind11/pybind11.h>

#include <chrono>
#include <optional>
#include <utility>

namespace thuocdo::python {

namespace py = pybind11;

/// Lets Python take part in a run without the interpreter lock: now and then it
/// looks for signals (Ctrl-C) and calls the callback.
class PythonProgress {
  public:
    explicit PythonProgress(py::object callback) : callback_(std::move(callback)) {}

    /// Called by the library, one thread at a time. False stops the run.
    [[nodiscard]] bool report(double share) {
        // Without a callback only Ctrl-C matters, which a person does not feel
        // below this; taking the interpreter lock each time would cost more
        // than the scoring of a block.
        constexpr std::chrono::milliseconds between_looks{20};
        const auto now = std::chrono::steady_clock::now();
        if (callback_.is_none() && now - last_look_ < between_looks) return true;
        last_look_ = now;
        const py::gil_scoped_acquire gil;
        try {
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            if (callback_.is_none()) return true;
            const py::object answer = callback_(share);
            return !answer.is(py::bool_(false));
        } catch (py::error_already_set& error) {
            failure_.emplace(std::move(error));
            return false;
        }
    }

    /// What a callback or a signal handler raised.
    void rethrow() {
        if (!failure_) return;
        py::error_already_set error = std::move(*failure_);
        failure_.reset();
        throw error;
    }

  private:
    py::object callback_;
    std::optional<py::error_already_set> failure_;
    std::chrono::steady_clock::time_point last_look_ = std::chrono::steady_clock::now();
};

}  // namespace thuocdo::python
