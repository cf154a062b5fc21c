#pragma once
// Folders, events, raw connections and child processes of the tests of journals.

#include <thuocdo/io/events.hpp>
#include <thuocdo/live/journal.hpp>
#include <thuocdo/numeric/sha256.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <sqlite3.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace journal_tests {

namespace live = thuocdo::live;
using live::Journal;

/// A folder that is removed at the end. In memory where that can be, for there a sync
/// takes no time; a killed process loses no more of it than of a disk.
class Folder {
  public:
    enum class Kind { in_memory, on_disk };

    explicit Folder(Kind kind = Kind::in_memory) {
        const bool in_memory = kind == Kind::in_memory && ::access("/dev/shm", W_OK) == 0;
        const std::filesystem::path parent =
            in_memory ? "/dev/shm" : std::filesystem::temp_directory_path();
        std::string name = (parent / "thuocdo-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code none;
        std::filesystem::remove_all(path_, none);
    }
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline live::Event observed(const std::string& id, double value, std::string source = {}) {
    live::Event event;
    event.id = id;
    event.valid = thuocdo::Date(2026, 9, 30);
    event.known = thuocdo::start_of_day(thuocdo::Date(2026, 10, 5));
    event.source = std::move(source);
    event.fact = live::Observation{"HN", "le", "2026-Q3", value};
    return event;
}

/// Events e1, e2, ...
inline std::vector<live::Event> events(int count, int first = 1) {
    std::vector<live::Event> out;
    for (int k = first; k < first + count; ++k) out.push_back(observed("e" + std::to_string(k), k));
    return out;
}

inline std::vector<live::Event> all_of(const Journal& journal, std::uint64_t first = 1) {
    std::vector<live::Event> out;
    journal.read(first, [&](std::uint64_t sequence, const live::Event& event) {
        CHECK(sequence == first + out.size());
        out.push_back(event);
        return true;
    });
    return out;
}

/// The chain after a line, computed here.
inline std::string chained(const std::string& chain, const std::string& line) {
    std::string bytes = chain;
    for (std::size_t k = 0; k < 8; ++k)
        bytes += static_cast<char>(static_cast<unsigned char>((line.size() >> (8 * k)) & 0xFF));
    thuocdo::numeric::Sha256 digest;
    digest.update(bytes + line);
    return digest.hex();
}

/// A connection past the library.
class Raw {
  public:
    explicit Raw(const std::filesystem::path& path) {
        REQUIRE(sqlite3_open(path.c_str(), &handle_) == SQLITE_OK);
    }
    Raw(const Raw&) = delete;
    Raw& operator=(const Raw&) = delete;
    ~Raw() { sqlite3_close(handle_); }
    int run(const std::string& sql) {
        return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    }

  private:
    sqlite3* handle_ = nullptr;
};

/// The code of the JournalError that a call throws; empty when it throws none.
template <class Call>
std::string code_of(Call&& call) {
    try {
        static_cast<void>(call());
    } catch (const live::JournalError& error) {
        return error.problems().front().code;
    }
    return "";
}

/// `code at place` of what a verification found.
inline std::vector<std::string> found(const live::JournalVerification& verification) {
    std::vector<std::string> out;
    for (const auto& each : verification.problems) out.push_back(each.code + " at " + each.place);
    return out;
}

using Texts = std::vector<std::string>;

/// Calls `work` in a child process and returns what it returned; 99 when it threw.
template <class Work>
int in_child(Work work) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        int code = 99;
        try {
            code = work();
        } catch (...) {
        }
        // Neither the test runner nor the leak checker of the parent may run twice.
        ::_exit(code);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace journal_tests
