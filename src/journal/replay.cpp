#include <thuocdo/cancelled.hpp>
#include <thuocdo/live/journal_replay.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace thuocdo::live {
namespace {

/// Events that are checked and added together.
constexpr std::size_t replay_batch = 1024;

[[noreturn]] void refuse_log(const std::string& found) {
    throw DataError("the log does not belong to the journal",
                    {{"log_differs", "log", found, "the events of the journal in their order",
                      "fill a new log by replay, and append every event to both"}});
}

}  // namespace

JournalReplay replay(const Journal& journal, ObservationLog& log,
                     const std::function<bool(double)>& progress) {
    if (log.size() != 0) refuse_log(std::to_string(log.size()) + " events before the replay");
    JournalReplay done;
    ObservationLog fresh(log.rules(), log.baseline());
    const std::uint64_t last = journal.size();
    if (auto state = journal.state(&done.ignored_states)) {
        fresh.restore(state->bytes);
        done.restored = fresh.size();
        if (done.restored != state->sequence)
            refuse_log("a stored state of " + std::to_string(done.restored) +
                       " events after event " + std::to_string(state->sequence));
    }
    std::vector<Event> batch;
    const auto flush = [&] {
        done.replayed += fresh.append(batch);
        batch.clear();
        if (progress && last > 0 &&
            !progress(static_cast<double>(fresh.size()) / static_cast<double>(last)))
            throw Cancelled();
    };
    journal.read(done.restored + 1, [&](std::uint64_t, const Event& event) {
        batch.push_back(event);
        if (batch.size() == replay_batch) flush();
        return true;
    });
    flush();
    log = std::move(fresh);
    return done;
}

void checkpoint(Journal& journal, const ObservationLog& log) {
    const std::uint64_t size = log.size();
    if (size != journal.size())
        refuse_log(std::to_string(size) + " events, and " + std::to_string(journal.size()) +
                   " in the journal");
    std::optional<std::string> other;
    journal.read(size, [&](std::uint64_t, const Event& event) {
        if (size > 0 && !(event == log.event(static_cast<std::size_t>(size) - 1)))
            other = "another last event than \"" + event.id + '"';
        return false;
    });
    if (other) refuse_log(*other);
    journal.store_state(size, log.bytes());
}

std::function<void(std::span<const Event>)> journal_sink(Journal& journal) {
    return [&journal](std::span<const Event> events) { static_cast<void>(journal.append(events)); };
}

}  // namespace thuocdo::live
