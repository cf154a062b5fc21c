#pragma once
// Long runs of the library that report how far they are.

#include <thuocdo/score.hpp>

#include <utility>

#include "convert.hpp"
#include "progress.hpp"

namespace thuocdo::python {

/// Runs a study that reports its progress, without the lock of the interpreter.
template <class Options, class Run>
[[nodiscard]] auto watched(Options& options, py::object progress, const Run& run) {
    PythonProgress reporter(std::move(progress));
    options.progress = [&reporter](double share) { return reporter.report(share); };
    try {
        return without_lock(run);
    } catch (const Cancelled&) {
        reporter.rethrow();
        throw;
    }
}

}  // namespace thuocdo::python
