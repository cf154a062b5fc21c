#pragma once
/// @file
/// A log that comes back from its journal. Needs the target `thuocdo::journal`; not part
/// of the umbrella header.

#include <thuocdo/error.hpp>
#include <thuocdo/live/journal.hpp>
#include <thuocdo/live/observation_log.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace thuocdo::live {

/// How a log came back.
struct JournalReplay {
    /// Events that came with a stored state at once.
    std::uint64_t restored = 0;
    /// Events after it that were read one by one.
    std::uint64_t replayed = 0;
    /// Stored states that were passed over, and why.
    std::vector<Problem> ignored_states{};
};

/// Fills an empty log with the events of a journal, in their order: those of the latest
/// stored state at once, the others one by one. The log then has the digest that it had
/// when the last event was acknowledged. Linear in the events; about ten times as fast for
/// those in the state.
///
/// @param progress called now and then with the share done; returning false cancels
/// @throws JournalError for a journal that cannot be read; DataError when the log has
///         events, or its rules refuse an event of the journal; Cancelled. The log is then
///         empty
JournalReplay replay(const Journal& journal, ObservationLog& log,
                     const std::function<bool(double)>& progress = {});

/// Stores the events of a log in its journal as a state, so that the next replay starts
/// there.
/// @throws DataError (`log_differs`) when the log does not have the events of the journal
///         in their order; JournalError
void checkpoint(Journal& journal, const ObservationLog& log);

/// Appends the events that a log or a scoreboard has accepted and not yet followed; pass
/// it to `LiveScoreboard::apply`.
[[nodiscard]] std::function<void(std::span<const Event>)> journal_sink(Journal& journal);

}  // namespace thuocdo::live
