#include "journal/writer_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "journal/database.hpp"

namespace thuocdo::live::detail {

WriterLock::WriterLock(const std::filesystem::path& journal, std::chrono::milliseconds timeout)
    : path_(resolved(journal).string() + "-lock") {
    constexpr std::chrono::milliseconds between_tries{5};
    const auto end = std::chrono::steady_clock::now() + timeout;
    while (!try_lock(journal)) {
        if (std::chrono::steady_clock::now() >= end)
            throw journal_error("journal_locked", journal, "a journal that is open for writing",
                                "no other writer",
                                "close the other program, wait longer (busy_timeout), or open it "
                                "read only");
        std::this_thread::sleep_for(between_tries);
    }
}

WriterLock::~WriterLock() {
    // Removed while it is held: nobody else can hold the lock of this very file.
    ::unlink(path_.c_str());
    ::close(descriptor_);
}

bool WriterLock::try_lock(const std::filesystem::path& journal) {
    constexpr mode_t readable_by_all = 0644;
    const int opened =
        ::open(path_.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, readable_by_all);
    if (opened < 0) {
        const int error = errno;
        throw journal_error(
            "journal_cannot_open", journal,
            std::string("a folder where no lock can be made, ") + std::strerror(error),
            "a folder that can be written",
            "check the path and the permissions, or open it read only");
    }
    // Between the two calls the holder may have removed the file: then the lock is
    // one that nobody else will ask for, and counts for nothing.
    struct stat of_descriptor {};
    struct stat of_path {};
    if (::flock(opened, LOCK_EX | LOCK_NB) == 0 && ::fstat(opened, &of_descriptor) == 0 &&
        ::stat(path_.c_str(), &of_path) == 0 && of_descriptor.st_ino == of_path.st_ino &&
        of_descriptor.st_dev == of_path.st_dev) {
        descriptor_ = opened;
        return true;
    }
    ::close(opened);
    return false;
}

}  // namespace thuocdo::live::detail
