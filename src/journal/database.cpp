#include "journal/database.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

namespace thuocdo::live::detail {
namespace {

/// Result codes that leave open whether what was written is on the disk: after a
/// failed sync a second one may wrongly succeed.
[[nodiscard]] bool leaves_disk_unknown(int result) noexcept {
    return result == SQLITE_IOERR_FSYNC || result == SQLITE_IOERR_DIR_FSYNC ||
           result == SQLITE_IOERR_TRUNCATE || result == SQLITE_IOERR_CLOSE;
}

[[nodiscard]] bool is_out_of_space(int error) noexcept {
    return error == ENOSPC || error == EFBIG || error == EDQUOT;
}

/// The error of the operating system at the last failed write to a file.
[[nodiscard]] int last_error_of(sqlite3* handle) noexcept {
    int error = 0;
    // That of the log, to which all is written first, else that of the database.
    sqlite3_file* log = nullptr;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK &&
        log && log->pMethods)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &error);
    if (error == 0) sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
    return error;
}

/// A URI of an absolute path, every byte that has a meaning in one escaped.
[[nodiscard]] std::string immutable_uri(const std::string& path) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string uri = "file://";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            uri += '%';
            uri += digits[byte >> 4U];
            uri += digits[byte & 0xFU];
        } else {
            uri += c;
        }
    }
    return uri + "?immutable=1";
}

/// Whether a log with content lies beside a database.
[[nodiscard]] bool has_log(const std::string& path) {
    std::error_code none;
    const auto size = std::filesystem::file_size(path + "-wal", none);
    return !none && size > 0;
}

}  // namespace

JournalError journal_error(const char* code, const std::filesystem::path& path, std::string found,
                           std::string expected, std::string remedy) {
    return JournalError(
        "the journal \"" + path.string() + "\" cannot be used",
        {{code, path.string(), std::move(found), std::move(expected), std::move(remedy)}});
}

std::filesystem::path resolved(const std::filesystem::path& path) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path);
    auto whole = std::filesystem::weakly_canonical(absolute, error);
    return error ? absolute : whole;
}

Database::Database(std::filesystem::path path, Access access,
                   std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)) {
    // Absolute, so that no name such as ":memory:" or "file:x" means something else.
    const std::string name = resolved(path_).string();
    try {
        if (access != Access::read_only) {
            const int create = access == Access::write_or_create ? SQLITE_OPEN_CREATE : 0;
            open(name, SQLITE_OPEN_READWRITE | create, busy_timeout);
            return;
        }
        open(name, SQLITE_OPEN_READONLY, busy_timeout);
        // The first look at a file in WAL mode makes the index of the log beside it.
        // Where nothing can be written there is no writer either; without a log the
        // file alone is the whole journal.
        const int looked =
            sqlite3_exec(handle_, "SELECT 1 FROM sqlite_schema", nullptr, nullptr, nullptr);
        const bool no_index =
            (looked & 0xFF) == SQLITE_CANTOPEN ||
            ((looked & 0xFF) == SQLITE_READONLY && looked != SQLITE_READONLY_ROLLBACK);
        if (!no_index) return;
        if (has_log(name))
            throw journal_error("journal_cannot_open", path_,
                                "a log (-wal) in a folder that cannot be written",
                                "a folder in which its index can be made",
                                "copy the journal and its -wal file to such a folder");
        sqlite3_close(std::exchange(handle_, nullptr));
        open(immutable_uri(name), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy_timeout);
    } catch (...) {
        sqlite3_close(handle_);
        throw;
    }
}

Database::~Database() {
    // The last connection moves the log into the file when it closes; where readers
    // stay, a writer does so itself, so that the file alone is complete.
    if (usable_ && sqlite3_db_readonly(handle_, "main") == 0)
        sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    sqlite3_close(handle_);
}

void Database::open(const std::string& name, int flags, std::chrono::milliseconds busy_timeout) {
    const int result =
        sqlite3_open_v2(name.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (!handle_) throw std::bad_alloc();
    sqlite3_extended_result_codes(handle_, 1);
    if (result != SQLITE_OK) fail(sqlite3_extended_errcode(handle_));
    constexpr std::chrono::milliseconds longest{std::numeric_limits<int>::max()};
    sqlite3_busy_timeout(handle_, static_cast<int>(std::min(busy_timeout, longest).count()));
    // A file from elsewhere must not bring code that runs when rows are written or read.
    for (const int feature : {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                              SQLITE_DBCONFIG_TRUSTED_SCHEMA})
        sqlite3_db_config(handle_, feature, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

void Database::execute(const char* sql) {
    const int result = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) fail(result);
}

std::int64_t Database::number(const char* sql) {
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(const char* sql) {
    Statement statement(*this, sql);
    return statement.step() ? statement.bytes(0) : "";
}

void Database::require_unmoved() {
    int moved = 0;
    if (sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
        moved == 0)
        return;
    usable_ = false;
    throw journal_error("journal_moved", path_, "another file, or none, at the path",
                        "the file that was opened",
                        "put it back and open the journal again; what was acknowledged is in it");
}

void Database::fail(int result) {
    const int error = last_error_of(handle_);
    const auto what = [&](const char* words) {
        return std::string(words) + " (SQLite " + std::to_string(result) + ": " +
               sqlite3_errmsg(handle_) + ')';
    };
    if (leaves_disk_unknown(result)) {
        usable_ = false;
        throw journal_error("journal_write_failed", path_, what("an error of the disk"),
                            "a disk that keeps what is written",
                            "check the disk, open the journal again and append the events again");
    }
    switch (result & 0xFF) {
        case SQLITE_NOMEM:
            throw std::bad_alloc();
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw journal_error("journal_locked", path_, what("a file that another program uses"),
                                "no other writer",
                                "close the other program, or wait longer (busy_timeout)");
        case SQLITE_FULL:
            throw journal_error("journal_full", path_, what("no space left"),
                                "space for the events", "free space on the disk and try again");
        case SQLITE_IOERR:
            if (is_out_of_space(error) || result == SQLITE_IOERR_SHMSIZE)
                throw journal_error("journal_full", path_,
                                    what("no space left") + ", " + std::strerror(error),
                                    "space for the events",
                                    "free space on the disk, or raise the limit of file sizes");
            throw journal_error("journal_io_error", path_,
                                what("an error of the disk") + ", " + std::strerror(error),
                                "a file that can be read and written", "check the disk");
        case SQLITE_NOTADB:
            throw journal_error("not_a_journal", path_, what("a file of another kind"), "a journal",
                                "check the path");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            throw journal_error("journal_read_only", path_, what("a file that cannot be written"),
                                "a file and folder that can be written", "check the permissions");
        case SQLITE_CANTOPEN:
            throw journal_error("journal_cannot_open", path_, what("a file that cannot be opened"),
                                "a file in a folder that can be written",
                                "check the path and the permissions");
        case SQLITE_TOOBIG:
            throw journal_error("entry_too_large", path_, what("a text or state that is too large"),
                                "less than 1 GB", "split it");
        default:
            throw journal_error("journal_damaged", path_, what("a damaged file"),
                                "the file as the journal wrote it",
                                "run verify; restore it from an export or a copy");
    }
}

Statement::Statement(Database& database, const char* sql) : database_(database) {
    const int result = sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT,
                                          &handle_, nullptr);
    if (result != SQLITE_OK) database.fail(result);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    const int result = sqlite3_bind_int64(handle_, parameter, value);
    if (result != SQLITE_OK) database_.fail(result);
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    const int result = sqlite3_bind_text64(handle_, parameter, text.empty() ? "" : text.data(),
                                           text.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (result != SQLITE_OK) database_.fail(result);
    return *this;
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
    const int result = sqlite3_bind_blob64(handle_, parameter, bytes.empty() ? "" : bytes.data(),
                                           bytes.size(), SQLITE_STATIC);
    if (result != SQLITE_OK) database_.fail(result);
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(handle_);
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    reset();
    database_.fail(result);
}

void Statement::run() {
    while (step()) continue;
    reset();
}

std::string Statement::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    const int size = sqlite3_column_bytes(handle_, column);
    return data ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
    // A writer takes its lock at once, so that it fails before anything was done.
    database.execute(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    // After some errors SQLite has rolled back already.
    if (sqlite3_get_autocommit(database_.handle()) == 0)
        sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() { database_.execute("COMMIT"); }

}  // namespace thuocdo::live::detail
