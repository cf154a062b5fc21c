#pragma once
// SQLite as the journal uses it: handles that clean up, and errors in the words of
// the journal.

#include <thuocdo/live/journal_error.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <sqlite3.h>
#include <string>
#include <string_view>

namespace thuocdo::live::detail {

/// An error of a journal with one problem.
[[nodiscard]] JournalError journal_error(const char* code, const std::filesystem::path& path,
                                         std::string found, std::string expected,
                                         std::string remedy);

/// The absolute path of a file, through links: one file has one lock and one log.
[[nodiscard]] std::filesystem::path resolved(const std::filesystem::path& path);

/// A connection. Not copied or moved: statements refer to it.
class Database {
  public:
    enum class Access { read_only, write, write_or_create };

    Database(std::filesystem::path path, Access access, std::chrono::milliseconds busy_timeout);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    /// False after a failure that leaves open what is on the disk.
    [[nodiscard]] bool is_usable() const noexcept { return usable_; }

    void execute(const char* sql);
    [[nodiscard]] std::int64_t number(const char* sql);
    [[nodiscard]] std::string text(const char* sql);

    /// Throws what a result code of SQLite means.
    [[noreturn]] void fail(int result);
    /// Throws `journal_moved` when the file is no longer the one at its path.
    void require_unmoved();

  private:
    void open(const std::string& name, int flags, std::chrono::milliseconds busy_timeout);

    std::filesystem::path path_;
    sqlite3* handle_ = nullptr;
    bool usable_ = true;
};

/// A prepared statement.
class Statement {
  public:
    Statement(Database& database, const char* sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(handle_); }

    /// Texts and blobs must outlive the next `reset`.
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind_blob(int parameter, std::string_view bytes);

    /// Whether there is a row.
    [[nodiscard]] bool step();
    /// Steps to the end and resets.
    void run();
    void reset() noexcept { sqlite3_reset(handle_); }

    [[nodiscard]] std::int64_t integer(int column) const {
        return sqlite3_column_int64(handle_, column);
    }
    [[nodiscard]] int type(int column) const { return sqlite3_column_type(handle_, column); }
    /// The bytes of a text or blob.
    [[nodiscard]] std::string bytes(int column) const;

  private:
    Database& database_;
    sqlite3_stmt* handle_ = nullptr;
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
  public:
    enum class Kind { read, write };

    Transaction(Database& database, Kind kind);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    void commit();

  private:
    Database& database_;
};

}  // namespace thuocdo::live::detail
