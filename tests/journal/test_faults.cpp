// Faults of the disk, one at each call: a file system of SQLite that fails on demand.
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "journal/support.hpp"

using namespace journal_tests;

namespace {

/// Stands before the file system of SQLite. The call of a kind with the number
/// `at`, and every one after it, fails with `result`.
class FailingDisk {
  public:
    FailingDisk() {
        below() = sqlite3_vfs_find(nullptr);
        vfs_ = *below();
        vfs_.zName = "failing";
        vfs_.xOpen = &open;
        REQUIRE(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK);
    }
    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;
    ~FailingDisk() {
        heal();
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(below(), 1);
    }

    void fail_writes(int at, int result) { writes() = {at, result}; }
    void fail_syncs(int at, int result) { syncs() = {at, result}; }
    void heal() { writes() = syncs() = {}; }

  private:
    struct Fault {
        int at = -1;
        int result = SQLITE_OK;
        /// What the next call of the kind does.
        [[nodiscard]] int next() {
            if (at > 0) --at;
            return at == 0 ? result : SQLITE_OK;
        }
    };

    static sqlite3_vfs*& below() {
        static sqlite3_vfs* vfs = nullptr;
        return vfs;
    }
    static Fault& writes() {
        static Fault fault;
        return fault;
    }
    static Fault& syncs() {
        static Fault fault;
        return fault;
    }
    /// The methods below, and those before them; SQLite has a few kinds.
    struct Methods {
        const sqlite3_io_methods* below = nullptr;
        sqlite3_io_methods own{};
    };
    static std::array<Methods, 8>& methods() {
        static std::array<Methods, 8> all;
        return all;
    }
    static const sqlite3_io_methods& below_of(sqlite3_file* file) {
        for (const Methods& each : methods())
            if (file->pMethods == &each.own) return *each.below;
        std::abort();
    }

    static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
        const int result = below()->xOpen(below(), name, file, flags, out);
        if (result != SQLITE_OK || !file->pMethods) return result;
        for (Methods& each : methods()) {
            if (!each.below) {
                each.below = file->pMethods;
                each.own = *file->pMethods;
                each.own.xWrite = &write;
                each.own.xSync = &sync;
            }
            if (each.below != file->pMethods) continue;
            file->pMethods = &each.own;
            return result;
        }
        std::abort();
    }
    static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
        const int fault = writes().next();
        return fault != SQLITE_OK ? fault : below_of(file).xWrite(file, bytes, count, at);
    }
    static int sync(sqlite3_file* file, int flags) {
        const int fault = syncs().next();
        return fault != SQLITE_OK ? fault : below_of(file).xSync(file, flags);
    }

    sqlite3_vfs vfs_{};
};

}  // namespace

TEST_CASE("a disk that fills up at any write leaves the journal as it was") {
    FailingDisk disk;
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    journal.append(events(3));
    const std::string chain = journal.chain();
    const std::vector<live::Event> batch = events(60, 10);
    int at = 1;
    for (;; ++at) {
        CAPTURE(at);
        for (const int result : {SQLITE_FULL, SQLITE_IOERR_WRITE}) {
            disk.fail_writes(at, result);
            const std::string code = code_of([&] { return journal.append(batch); });
            disk.heal();
            if (code.empty()) break;
            CHECK(code == (result == SQLITE_FULL ? "journal_full" : "journal_io_error"));
            REQUIRE(journal.is_usable());
            CHECK(journal.chain() == chain);
        }
        if (journal.size() != 3) break;
    }
    // It took several writes.
    CHECK(at > 5);
    CHECK(journal.size() == 63);
    CHECK(journal.verify(chain).intact());
}

TEST_CASE("a disk that fills up while a journal is made leaves a path that can be used") {
    FailingDisk disk;
    int at = 1;
    for (std::string code = "none yet"; !code.empty(); ++at) {
        CAPTURE(at);
        const Folder folder;
        disk.fail_writes(at, SQLITE_FULL);
        code = code_of([&] { return Journal::open(folder / "j.db"); });
        disk.heal();
        CHECK((code.empty() || code == "journal_full"));
        Journal journal = Journal::open(folder / "j.db");
        CHECK(journal.append(events(2)).added == 2);
        CHECK(journal.verify().intact());
    }
    CHECK(at > 5);
}

TEST_CASE("after a failed sync the journal must be opened again to know what is there") {
    FailingDisk disk;
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    journal.append(events(3));
    const std::string chain = journal.chain();
    disk.fail_syncs(1, SQLITE_IOERR_FSYNC);
    CHECK(code_of([&] { return journal.append(events(2, 4)); }) == "journal_write_failed");
    CHECK(!journal.is_usable());
    disk.heal();
    CHECK(code_of([&] { return journal.append(events(2, 4)); }) == "journal_closed");
    CHECK(code_of([&] { return journal.size(); }) == "journal_closed");
    journal.close();
    journal = Journal::open(folder / "j.db");
    CHECK((journal.size() == 3 || journal.size() == 5));
    // Appending them again is harmless.
    CHECK(journal.append(events(5)).last_sequence == 5);
    CHECK(journal.verify(chain).intact());
}

TEST_CASE("an acknowledged append has synced the log") {
    FailingDisk disk;
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    // Were there no sync at the commit, none could fail.
    for (int k = 1; k < 4; ++k) {
        disk.fail_syncs(1, SQLITE_IOERR_FSYNC);
        CHECK(code_of([&] { return journal.append(events(1, k)); }) == "journal_write_failed");
        disk.heal();
        journal.close();
        journal = Journal::open(folder / "j.db");
        CHECK(journal.append(events(1, k)).last_sequence == static_cast<std::uint64_t>(k));
    }
}

TEST_CASE("the file alone is the whole journal once its writer closed it beside a reader") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    const Journal reader = Journal::open(folder / "j.db", {.read_only = true});
    journal.append(events(20));
    CHECK(reader.size() == 20);
    journal.close();
    std::ifstream in(folder / "j.db", std::ios::binary);
    std::ofstream(folder / "copy.db", std::ios::binary)
        << std::string{std::istreambuf_iterator<char>(in), {}};
    CHECK(Journal::open(folder / "copy.db").size() == 20);
}
