#include "journal/store.hpp"

#include <thuocdo/numeric/sha256.hpp>

#include <cstddef>
#include <limits>
#include <utility>

namespace thuocdo::live {

using detail::Database;
using detail::Statement;
using detail::Transaction;

namespace detail {

std::string next_chain(std::string_view chain, std::string_view line) {
    numeric::Sha256 digest;
    digest.update(chain);
    digest.update_integer(line.size());
    digest.update(line);
    return digest.hex();
}

std::string state_digest(std::uint64_t sequence, std::string_view chain, std::string_view bytes) {
    numeric::Sha256 digest;
    digest.update_integer(sequence);
    digest.update(chain);
    digest.update_integer(bytes.size());
    digest.update(bytes);
    return digest.hex();
}

namespace {

/// Takes the lock of a writer; a reader takes none.
std::optional<WriterLock>& take_lock(std::optional<WriterLock>& lock,
                                     const std::filesystem::path& path,
                                     const JournalOptions& options) {
    if (!options.read_only) lock.emplace(path, options.busy_timeout);
    return lock;
}

Database::Access access_of(const JournalOptions& options) {
    if (options.read_only) return Database::Access::read_only;
    return options.create ? Database::Access::write_or_create : Database::Access::write;
}

/// A path at which there may be a journal.
const std::filesystem::path& checked(const std::filesystem::path& path,
                                     const JournalOptions& options) {
    std::error_code none;
    const auto status = std::filesystem::status(path, none);
    if (!std::filesystem::exists(status) && (!options.create || options.read_only))
        throw journal_error("journal_not_found", path, "no file", "a journal",
                            "check the path, or open it with create");
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        throw journal_error("not_a_journal", path,
                            std::filesystem::is_directory(status) ? "a folder" : "no regular file",
                            "a journal", "check the path");
    return path;
}

}  // namespace
}  // namespace detail

Journal::Store::Store(const std::filesystem::path& path, const JournalOptions& options)
    : path_(detail::checked(path, options)),
      read_only_(options.read_only),
      database_((static_cast<void>(detail::take_lock(lock_, path, options)), path),
                detail::access_of(options), options.busy_timeout) {
    prepare_file(options);
}

JournalError Journal::Store::error(const char* code, std::string found, std::string expected,
                                   std::string remedy) const {
    return detail::journal_error(code, path_, std::move(found), std::move(expected),
                                 std::move(remedy));
}

void Journal::Store::prepare_file(const JournalOptions& options) {
    const std::int64_t application = database_.number("PRAGMA application_id");
    const std::int64_t version = database_.number("PRAGMA user_version");
    const bool empty = application == 0 && version == 0 &&
                       database_.number("SELECT count(*) FROM sqlite_schema") == 0;
    const bool creates = empty && options.create && !options.read_only;
    if (!creates && application != detail::application_id)
        throw error("not_a_journal", empty ? "an empty file" : "a database of another program",
                    "a journal", "check the path");
    if (!creates && version != detail::format_version)
        throw error("unsupported_version", "version " + std::to_string(version),
                    "version " + std::to_string(detail::format_version),
                    "use a version of the library that reads it");
    if (!options.read_only) {
        if (sqlite3_db_readonly(database_.handle(), "main") != 0)
            throw error("journal_read_only", "a file that cannot be written",
                        "a file that can be written",
                        "check the permissions, or open it read only");
        if (database_.text("PRAGMA journal_mode=WAL") != "wal")
            throw error("journal_cannot_open", "a file system without shared memory",
                        "one on which SQLite's WAL mode works", "keep the journal on a local disk");
        // The log is synced at each commit, not only at checkpoints.
        database_.execute("PRAGMA synchronous=FULL");
        // Where the system has it, the disk empties its own cache too.
        database_.execute("PRAGMA fullfsync=ON");
        if (creates) create_tables();
    }
    // A file without the tables is found out now.
    static_cast<void>(Statement(database_, "SELECT sequence, id, line, chain FROM events"));
    static_cast<void>(Statement(database_, "SELECT place, sequence, chain FROM head"));
    static_cast<void>(Statement(database_, "SELECT key, value FROM metadata"));
    static_cast<void>(Statement(database_, "SELECT sequence, chain, digest, bytes FROM states"));
}

void Journal::Store::create_tables() {
    Transaction transaction(database_, Transaction::Kind::write);
    database_.execute(
        "CREATE TABLE events (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        " line TEXT NOT NULL, chain TEXT NOT NULL);"
        "CREATE TABLE head (place INTEGER PRIMARY KEY CHECK (place = 1),"
        " sequence INTEGER NOT NULL, chain TEXT NOT NULL);"
        "CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
        "CREATE TABLE states (sequence INTEGER PRIMARY KEY, chain TEXT NOT NULL,"
        " digest TEXT NOT NULL, bytes BLOB NOT NULL);");
    Statement head(database_, "INSERT INTO head VALUES (1, 0, ?1)");
    const std::string chain = detail::first_chain();
    head.bind(1, chain).run();
    database_.execute(("PRAGMA application_id=" + std::to_string(detail::application_id)).c_str());
    database_.execute(("PRAGMA user_version=" + std::to_string(detail::format_version)).c_str());
    transaction.commit();
}

void Journal::Store::require_writable() const {
    if (read_only_)
        throw error("journal_read_only", "a journal that was opened read only",
                    "one that was opened for writing", "open it without read_only");
    database_.require_unmoved();
}

std::optional<detail::Head> Journal::Store::find_head() const {
    Statement statement(database_, "SELECT sequence, chain FROM head WHERE place = 1");
    if (!statement.step() || statement.type(0) != SQLITE_INTEGER ||
        statement.type(1) != SQLITE_TEXT || statement.integer(0) < 0)
        return std::nullopt;
    return detail::Head{static_cast<std::uint64_t>(statement.integer(0)), statement.bytes(1)};
}

detail::Head Journal::Store::head() const {
    if (auto head = find_head()) return *std::move(head);
    throw error("journal_damaged", "no stored head", "the sequence and chain of the last event",
                "run verify; restore it from an export or a copy");
}

std::vector<detail::EventRow> Journal::Store::rows(std::int64_t first, std::size_t count) const {
    Statement statement(database_,
                        "SELECT sequence, id, line, chain FROM events WHERE sequence >= ?1"
                        " ORDER BY sequence LIMIT ?2");
    statement.bind(1, first).bind(2, static_cast<std::int64_t>(count));
    std::vector<detail::EventRow> rows;
    while (statement.step())
        rows.push_back({statement.integer(0), statement.bytes(1), statement.bytes(2),
                        statement.bytes(3),
                        statement.type(1) == SQLITE_TEXT && statement.type(2) == SQLITE_TEXT &&
                            statement.type(3) == SQLITE_TEXT});
    return rows;
}

std::optional<std::string> Journal::Store::chain_at(std::uint64_t sequence) const {
    if (sequence == 0) return detail::first_chain();
    Statement statement(database_, "SELECT chain FROM events WHERE sequence = ?1");
    statement.bind(1, static_cast<std::int64_t>(sequence));
    if (!statement.step()) return std::nullopt;
    return statement.bytes(0);
}

JournalAppend Journal::Store::append(std::span<const Event> events,
                                     const std::vector<std::string>& lines) {
    Transaction transaction(database_, Transaction::Kind::write);
    detail::Head head = this->head();
    if (chain_at(head.sequence) != head.chain || chain_at(head.sequence + 1))
        throw error("journal_damaged", "a stored head that is not the last event",
                    "the sequence and chain of the last event",
                    "run verify; restore it from an export or a copy");
    Statement insert(database_,
                     "INSERT INTO events VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING");
    Statement find(database_, "SELECT sequence, line FROM events WHERE id = ?1");
    JournalAppend result;
    std::vector<Problem> conflicts;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        const std::string chain = detail::next_chain(head.chain, lines[k]);
        insert.bind(1, static_cast<std::int64_t>(head.sequence) + 1).bind(2, events[k].id);
        insert.bind(3, lines[k]).bind(4, chain).run();
        if (sqlite3_changes(database_.handle()) == 1) {
            ++head.sequence;
            head.chain = chain;
            ++result.added;
            continue;
        }
        find.bind(1, events[k].id);
        if (find.step() && find.bytes(1) == lines[k])
            ++result.skipped;
        else
            conflicts.push_back({"event_id_conflict", "event " + std::to_string(k + 1),
                                 "id \"" + events[k].id + "\" with other content",
                                 "the content of event " + std::to_string(find.integer(0)) +
                                     " of the journal, or a new id",
                                 "a correction is a new event that replaces the earlier one"});
        find.reset();
    }
    if (!conflicts.empty())
        throw JournalError("the events cannot be appended to \"" + path_.string() + '"',
                           std::move(conflicts));
    result.last_sequence = head.sequence;
    if (result.added == 0) return result;
    Statement update(database_, "UPDATE head SET sequence = ?1, chain = ?2 WHERE place = 1");
    update.bind(1, static_cast<std::int64_t>(head.sequence)).bind(2, head.chain).run();
    transaction.commit();
    return result;
}

void Journal::Store::each_state(
    const std::function<bool(StoredState, std::optional<Problem>)>& visit) const {
    Statement statement(database_,
                        "SELECT sequence, chain, digest, bytes FROM states ORDER BY sequence DESC");
    while (statement.step()) {
        StoredState state{static_cast<std::uint64_t>(statement.integer(0)), statement.bytes(3)};
        const std::string chain = statement.bytes(1);
        const std::string place = "state after event " + std::to_string(statement.integer(0));
        std::optional<Problem> problem;
        if (statement.bytes(2) != detail::state_digest(state.sequence, chain, state.bytes))
            problem = {"state_damaged", place, "a state with another digest",
                       "the state as it was stored", "it is passed over; replay starts earlier"};
        else if (statement.integer(0) < 0 || chain_at(state.sequence) != chain)
            problem = {"state_outdated", place, "a state of other events",
                       "a state of the events of this journal",
                       "it is passed over; replay starts earlier"};
        if (!visit(std::move(state), std::move(problem))) return;
    }
}

}  // namespace thuocdo::live
