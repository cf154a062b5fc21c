#pragma once
// What the bindings of live scoreboards share.

#include <thuocdo/io/events.hpp>
#include <thuocdo/live/observation_log.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"

namespace thuocdo::python {

/// Where events are written before a log takes them.
class EventStore {
  public:
    EventStore() = default;
    EventStore(const EventStore&) = delete;
    EventStore& operator=(const EventStore&) = delete;
    virtual ~EventStore() = default;

    /// Writes events; on return they are safe.
    virtual void write(std::span<const live::Event> events) = 0;
    /// Fills a new log with what was written.
    virtual void replay(live::ObservationLog& log) = 0;
    /// Keeps a log that has the same events, so that replay need not start at the first.
    virtual void checkpoint(const live::ObservationLog& log) = 0;
};

/// A log, the boards that follow it and the threads of Python that ask them: one at a time
/// gets in.
class SharedLog {
  public:
    SharedLog(live::LogRules rules, std::optional<live::Baseline> baseline)
        : log_(std::make_shared<live::ObservationLog>(std::move(rules), std::move(baseline))) {}

    /// Calls `work(log)` without the lock of the interpreter, which the thread that is in may
    /// need to get out. A callback of the same thread may come again.
    template <class Work>
    auto with(const Work& work) {
        const py::gil_scoped_release release;
        const std::lock_guard guard(mutex_);
        return work(*log_);
    }

    /// Fills the log with what a store has; from now on that has every event before the log.
    void attach(std::shared_ptr<EventStore> store) {
        with([&](live::ObservationLog& log) {
            store->replay(log);
            kept_ = log.size();
            store_ = std::move(store);
        });
    }

    /// Writes events that the log found to be in order. Inside of `with`, as the others.
    void write(std::span<const live::Event> events) const {
        if (store_ && !events.empty()) store_->write(events);
    }
    /// Keeps the log in its store.
    void checkpoint();
    /// Does so when there are many events since the last time.
    void checkpoint_if_due();

    [[nodiscard]] const std::shared_ptr<live::ObservationLog>& log() const noexcept { return log_; }

  private:
    std::recursive_mutex mutex_;
    std::shared_ptr<live::ObservationLog> log_;
    std::shared_ptr<EventStore> store_;
    std::uint64_t kept_ = 0;
};

/// A moment with its offset, or the end of a day in Viet Nam.
[[nodiscard]] Instant read_moment(const std::string& text, const char* argument);

}  // namespace thuocdo::python
