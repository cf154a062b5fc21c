#pragma once
/// @file
/// A durable journal of the events of a live scoreboard, in one SQLite file. Needs
/// the target `thuocdo::journal`; not part of the umbrella header.

#include <thuocdo/error.hpp>
#include <thuocdo/live/event.hpp>
#include <thuocdo/live/journal_error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::live {

/// How a journal is opened.
struct JournalOptions {
    /// Make the file where there is none.
    bool create = true;
    /// How long to wait for another program that holds the file.
    std::chrono::milliseconds busy_timeout{1000};
    /// Read only: beside a writer, or from media that cannot be written. Needs no
    /// lock and never makes a file.
    bool read_only = false;
};

/// What `Journal::append` did.
struct JournalAppend {
    /// Events that were not there before.
    std::size_t added = 0;
    /// Events that were there with the same content.
    std::size_t skipped = 0;
    /// Sequence of the last event of the journal; 0 for none.
    std::uint64_t last_sequence = 0;
};

/// A state of a scoreboard that its caller stored: replay goes on after it.
struct StoredState {
    /// Sequence of the last event that is in it; 0 for none.
    std::uint64_t sequence = 0;
    std::string bytes{};
};

/// What `Journal::verify` found.
struct JournalVerification {
    /// Events that are as they were written, from the first one on.
    std::uint64_t events = 0;
    /// The chain after the last of them.
    std::string chain{};
    /// Sequence at which the expected head stands, where one was given and found.
    std::optional<std::uint64_t> expected_at{};
    /// What is wrong; the first one names the first row that is not as it was
    /// written.
    std::vector<Problem> problems{};

    [[nodiscard]] bool intact() const noexcept { return problems.empty(); }
};

/// Events in the order in which they arrived, each with its sequence 1, 2, ...
///
/// **Durable.** When `append` returns, its events survive a killed process and a
/// loss of power: the file is in SQLite's WAL mode with `synchronous=FULL`, which
/// syncs the log at each commit. A batch is there as a whole or not at all. A torn
/// write at the end of the log has no valid checksum and is passed over when the
/// file is opened next.
///
/// **Chained.** Each event is kept as its canonical line (`io::event_to_json`) and
/// with the link
/// `chain_n = SHA-256(chain_{n-1} || length of the line || line)`, in which a chain
/// is its 64 hexadecimal digits, the length 8 bytes, lowest first, and `chain_0` 64
/// zeros. Whoever notes `chain()` elsewhere can tell later that no event up to it
/// was changed, removed, added or moved. Metadata and stored states are not in the
/// chain.
///
/// **One writer.** A journal open for writing holds a lock on the file
/// `PATH-lock` beside it, which the operating system drops with the process.
/// Readers (`read_only`) do not disturb it. All must be on one machine: WAL does
/// not work over a network. Copy a journal by `export_lines`, or while no program
/// has it open, with the file `PATH-wal` if there is one.
///
/// **Threads.** One thread at a time may use an object; another thread may take it
/// over. After fork() only the parent may.
///
/// **Errors** are JournalError. Nothing is half-applied: a call that throws leaves
/// the journal as it was, and the object can be used on, unless `is_usable()` says
/// otherwise. Codes:
/// - `journal_not_found`, `not_a_journal`, `unsupported_version`,
///   `journal_cannot_open`;
/// - `journal_locked`: another program writes;
/// - `journal_read_only`: opened so, or the file cannot be written;
/// - `journal_full`: no space is left on the disk, or a limit of file sizes is met;
/// - `journal_write_failed`: the disk reported an error while the events were
///   being made durable. Whether they are there shows only when the journal is
///   opened again; appending them again is then harmless. The object is unusable;
/// - `journal_io_error`; `journal_damaged`: run `verify`;
/// - `journal_moved`: the file was removed or replaced while open; unusable;
/// - `journal_closed`: used after `close` or a failure that made it unusable;
/// - `event_id_conflict`: an id is there with other content;
/// - `unknown_sequence`, `entry_too_large`.
class Journal {
  public:
    /// Called with each event and its sequence; false stops.
    using Visitor = std::function<bool(std::uint64_t, const Event&)>;
    using Progress = std::function<bool(double)>;

    /// Opens a journal, or makes one.
    [[nodiscard]] static Journal open(const std::filesystem::path& path,
                                      const JournalOptions& options = {});

    Journal(Journal&&) noexcept;
    Journal& operator=(Journal&&) noexcept;
    ~Journal();

    /// Closes the file; further calls of other functions fail. Need not be called.
    void close() noexcept;
    /// Whether the object can be used on after an error.
    [[nodiscard]] bool is_usable() const noexcept;

    /// Appends events in one transaction that is durable on return. An event whose
    /// id is there already is passed over if it is equal. Costs one sync of the
    /// disk, however many events there are.
    /// @throws JournalError; DataError with the problems of `io::check_event`, each
    ///         placed by the number of the event. Nothing of the batch is written
    JournalAppend append(std::span<const Event> events);

    /// How many events there are. O(1)
    [[nodiscard]] std::uint64_t size() const;
    /// The chain after the last event. O(1)
    [[nodiscard]] std::string chain() const;

    /// Reads the events with sequence `first` (from 1) to that of the last event at
    /// the time of the call. The visitor may use the journal. The chain is checked
    /// on the way: no event that was changed, or moved, is handed out.
    /// @throws JournalError (`journal_damaged`); what the visitor throws
    void read(std::uint64_t first, const Visitor& visitor) const;

    /// Checks every row: sequence without gap, id, line that reads as an event,
    /// chain; then the stored head, the file and the stored states.
    /// @param expected_head a chain that was noted earlier: the journal must still
    ///        have it, and may have grown since; empty for none
    /// @return what is wrong, without throwing: `row_missing`, `row_added`,
    ///         `row_type`, `id_disagrees`, `chain_broken`, `line_unreadable`,
    ///         `head_missing`, `head_disagrees`, `expected_head_missing`,
    ///         `state_damaged`, `journal_damaged`
    /// @throws Cancelled when the callback returns false; JournalError when the
    ///         file cannot be read
    [[nodiscard]] JournalVerification verify(std::string_view expected_head = {},
                                             const Progress& progress = {}) const;

    /// Writes the lines of all events as they are kept, each with a line break;
    /// `io::parse_events` and `append` import them into another journal, which then
    /// has the same chain.
    /// @return how many. @throws JournalError (`export_failed`)
    std::uint64_t export_lines(std::ostream& out) const;

    /// A text that the caller keeps with the journal, such as the digest of the
    /// model.
    [[nodiscard]] std::optional<std::string> metadata(std::string_view key) const;
    void set_metadata(std::string_view key, std::string_view value);

    /// Keeps a state after the event with a sequence, so that replay need not start
    /// at the first event. The last two are kept.
    /// @throws JournalError (`unknown_sequence`) beyond the last event
    void store_state(std::uint64_t sequence, std::string_view bytes);

    /// The latest state that is as it was stored and belongs to the events that are
    /// here; nothing: replay from the start.
    /// @param ignored if given, takes a problem for each later state that was passed
    ///        over: `state_damaged`, `state_outdated`
    [[nodiscard]] std::optional<StoredState> state(std::vector<Problem>* ignored = nullptr) const;

  private:
    class Store;
    explicit Journal(std::unique_ptr<Store> store);
    [[nodiscard]] Store& store() const;

    std::unique_ptr<Store> store_;
};

}  // namespace thuocdo::live
