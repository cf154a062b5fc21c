// The journal of a live scoreboard. Events go in and out as JSON Lines.
#include <thuocdo/cancelled.hpp>
#include <thuocdo/io/events.hpp>
#include <thuocdo/live/journal.hpp>
#include <thuocdo/live/journal_replay.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <span>
#include <streambuf>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "live_log.hpp"
#include "progress.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// A journal that several threads of Python may hold: one at a time gets in.
class SharedJournal : public EventStore {
  public:
    SharedJournal(const std::string& path, bool create, double busy_timeout, bool read_only)
        : journal_([&] {
              live::JournalOptions options;
              options.create = create;
              options.busy_timeout =
                  std::chrono::milliseconds(static_cast<std::int64_t>(busy_timeout * 1000.0));
              options.read_only = read_only;
              const py::gil_scoped_release release;
              return live::Journal::open(std::filesystem::path(path), options);
          }()) {}

    /// Calls `work(journal)` without the lock of the interpreter, which another
    /// thread may need to get out. A callback of the same thread may come again.
    template <class Work>
    auto with(const Work& work) {
        const py::gil_scoped_release release;
        const std::lock_guard guard(mutex_);
        return work(journal_);
    }

    void write(std::span<const live::Event> events) override {
        const std::lock_guard guard(mutex_);
        journal_.append(events);
    }

    void replay(live::ObservationLog& log) override {
        const std::lock_guard guard(mutex_);
        static_cast<void>(live::replay(journal_, log));
    }

    void checkpoint(const live::ObservationLog& log) override {
        const std::lock_guard guard(mutex_);
        live::checkpoint(journal_, log);
    }

  private:
    std::recursive_mutex mutex_;
    live::Journal journal_;
};

/// Hands bytes to a function of Python, a block at a time.
class PythonOutput : public std::streambuf {
  public:
    explicit PythonOutput(py::object write) : write_(std::move(write)), block_(block_size) {
        setp(block_.data(), block_.data() + block_.size());
    }
    /// What the function raised.
    void rethrow() {
        if (failure_) throw py::error_already_set(std::move(*failure_));
    }

  protected:
    int_type overflow(int_type next) override {
        if (sync() != 0) return traits_type::eof();
        if (!traits_type::eq_int_type(next, traits_type::eof())) {
            *pptr() = traits_type::to_char_type(next);
            pbump(1);
        }
        return traits_type::not_eof(next);
    }
    int sync() override {
        const py::gil_scoped_acquire gil;
        try {
            if (pptr() != pbase())
                write_(py::bytes(pbase(), static_cast<std::size_t>(pptr() - pbase())));
        } catch (py::error_already_set& error) {
            failure_.emplace(std::move(error));
            return -1;
        }
        setp(block_.data(), block_.data() + block_.size());
        return 0;
    }

  private:
    static constexpr std::size_t block_size = 1U << 16U;
    py::object write_;
    std::vector<char> block_;
    std::optional<py::error_already_set> failure_{};
};

[[nodiscard]] py::tuple append(SharedJournal& self, const py::bytes& utf8,
                               const std::string& file) {
    const std::string text = utf8;
    const live::JournalAppend done = self.with([&](live::Journal& journal) {
        const std::vector<live::Event> events = io::parse_events(text, file);
        return journal.append(events);
    });
    return py::make_tuple(done.added, done.skipped, done.last_sequence);
}

/// The lines of up to `most` events from a sequence on.
[[nodiscard]] std::vector<std::string> lines(SharedJournal& self, std::uint64_t first,
                                             std::size_t most) {
    return self.with([&](live::Journal& journal) {
        std::vector<std::string> out;
        journal.read(first, [&](std::uint64_t, const live::Event& event) {
            out.push_back(io::event_to_json(event));
            return out.size() < most;
        });
        return out;
    });
}

[[nodiscard]] py::tuple verify(SharedJournal& self, const std::string& expected_head,
                               py::object progress) {
    PythonProgress reporter(std::move(progress));
    try {
        const live::JournalVerification found = self.with([&](live::Journal& journal) {
            return journal.verify(expected_head,
                                  [&](double share) { return reporter.report(share); });
        });
        return py::make_tuple(found.events, found.chain, found.expected_at, found.problems);
    } catch (const Cancelled&) {
        reporter.rethrow();
        throw;
    }
}

[[nodiscard]] std::uint64_t export_lines(SharedJournal& self, py::object write) {
    PythonOutput buffer(std::move(write));
    try {
        return self.with([&](live::Journal& journal) {
            std::ostream out(&buffer);
            return journal.export_lines(out);
        });
    } catch (const live::JournalError&) {
        buffer.rethrow();
        throw;
    }
}

[[nodiscard]] py::tuple state(SharedJournal& self) {
    std::vector<Problem> ignored;
    const std::optional<live::StoredState> found =
        self.with([&](live::Journal& journal) { return journal.state(&ignored); });
    if (!found) return py::make_tuple(py::none(), py::none(), ignored);
    return py::make_tuple(found->sequence, py::bytes(found->bytes), ignored);
}

}  // namespace

void register_journal(py::module_& module) {
    using py::arg;
    py::class_<SharedJournal, EventStore, std::shared_ptr<SharedJournal>>(module, "Journal")
        .def(py::init<const std::string&, bool, double, bool>(), arg("path"), arg("create"),
             arg("busy_timeout"), arg("read_only"))
        .def("append", &append, arg("utf8"), arg("file"))
        .def("lines", &lines, arg("first"), arg("most"))
        .def("verify", &verify, arg("expected_head"), arg("progress"))
        .def("export_lines", &export_lines, arg("write"))
        .def(
            "store_state",
            [](SharedJournal& self, std::uint64_t sequence, const py::bytes& bytes) {
                const std::string copy = bytes;
                self.with([&](live::Journal& journal) { journal.store_state(sequence, copy); });
            },
            arg("sequence"), arg("bytes"))
        .def("state", &state)
        .def(
            "metadata",
            [](SharedJournal& self, const std::string& key) {
                return self.with([&](live::Journal& journal) { return journal.metadata(key); });
            },
            arg("key"))
        .def(
            "set_metadata",
            [](SharedJournal& self, const std::string& key, const std::string& value) {
                self.with([&](live::Journal& journal) { journal.set_metadata(key, value); });
            },
            arg("key"), arg("value"))
        .def("close", [](SharedJournal& self) { self.with([](live::Journal& j) { j.close(); }); })
        .def_property_readonly("is_usable",
                               [](SharedJournal& self) {
                                   return self.with([](live::Journal& j) { return j.is_usable(); });
                               })
        .def_property_readonly("chain",
                               [](SharedJournal& self) {
                                   return self.with([](live::Journal& j) { return j.chain(); });
                               })
        .def("__len__", [](SharedJournal& self) {
            return self.with([](live::Journal& j) { return j.size(); });
        });
}

}  // namespace thuocdo::python
