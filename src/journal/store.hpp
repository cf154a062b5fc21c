#pragma once
// The tables of a journal.

#include <thuocdo/live/journal.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/database.hpp"
#include "journal/writer_lock.hpp"

namespace thuocdo::live {

namespace detail {

/// "TDoJ": marks the file as a journal in the header of SQLite.
inline constexpr std::int64_t application_id = 0x54446f4a;
inline constexpr std::int64_t format_version = 1;

/// Rows that are held in memory at a time while reading.
inline constexpr std::size_t rows_at_a_time = 1000;

/// The chain before the first event.
[[nodiscard]] inline std::string first_chain() { return std::string(64, '0'); }

/// The chain after a line.
[[nodiscard]] std::string next_chain(std::string_view chain, std::string_view line);

/// The digest that a stored state is kept with.
[[nodiscard]] std::string state_digest(std::uint64_t sequence, std::string_view chain,
                                       std::string_view bytes);

/// One row of the table of events.
struct EventRow {
    std::int64_t sequence = 0;
    std::string id{};
    std::string line{};
    std::string chain{};
    /// Whether the columns have the types that the journal gives them.
    bool typed = true;
};

/// The stored end of the journal.
struct Head {
    std::uint64_t sequence = 0;
    std::string chain{};
};

}  // namespace detail

/// An open journal.
class Journal::Store {
  public:
    Store(const std::filesystem::path& path, const JournalOptions& options);

    [[nodiscard]] bool is_usable() const noexcept { return database_.is_usable(); }
    [[nodiscard]] detail::Database& database() const noexcept { return database_; }
    [[nodiscard]] JournalError error(const char* code, std::string found, std::string expected,
                                     std::string remedy) const;

    /// Throws unless the file may be written now.
    void require_writable() const;

    /// The stored head; nothing where it is missing or no head.
    [[nodiscard]] std::optional<detail::Head> find_head() const;
    /// @throws JournalError (`journal_damaged`) where there is none
    [[nodiscard]] detail::Head head() const;

    /// Up to `count` rows from a sequence on.
    [[nodiscard]] std::vector<detail::EventRow> rows(std::int64_t first, std::size_t count) const;
    /// The chain of a row; that of 0 is the first one.
    [[nodiscard]] std::optional<std::string> chain_at(std::uint64_t sequence) const;

    JournalAppend append(std::span<const Event> events, const std::vector<std::string>& lines);

    /// The stored states, the latest first; `visit` gets a state, or what is wrong
    /// with it, and returns whether to go on.
    void each_state(const std::function<bool(StoredState, std::optional<Problem>)>& visit) const;

  private:
    void prepare_file(const JournalOptions& options);
    void create_tables();

    std::filesystem::path path_;
    bool read_only_;
    // The lock is let go after the file is closed.
    std::optional<detail::WriterLock> lock_{};
    mutable detail::Database database_;
};

}  // namespace thuocdo::live
