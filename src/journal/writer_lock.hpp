#pragma once
// The lock that keeps a second writer out for as long as a journal is open.

#include <chrono>
#include <filesystem>

namespace thuocdo::live::detail {

/// Holds a lock on a file beside the journal. Not on the journal itself: to close a
/// file that SQLite has open in the same process would drop SQLite's locks on it.
/// The operating system drops the lock when the process ends, however it does.
class WriterLock {
  public:
    /// @throws JournalError (`journal_locked`, `journal_cannot_open`)
    WriterLock(const std::filesystem::path& journal, std::chrono::milliseconds timeout);
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;
    ~WriterLock();

  private:
    /// Whether the lock is held; false where another one holds it.
    [[nodiscard]] bool try_lock(const std::filesystem::path& journal);

    std::filesystem::path path_;
    int descriptor_ = -1;
};

}  // namespace thuocdo::live::detail
