#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <sys/resource.h>
#include <sys/stat.h>

#include "journal/support.hpp"

using namespace journal_tests;
using std::chrono::milliseconds;

TEST_CASE("a second writer is refused, in this process and in another") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    journal.append(events(3));
    const live::JournalOptions at_once{.busy_timeout = milliseconds(0)};
    CHECK(code_of([&] { return Journal::open(folder / "j.db", at_once); }) == "journal_locked");
    CHECK(in_child([&] {
              return code_of([&] { return Journal::open(folder / "j.db", at_once); }) ==
                     "journal_locked";
          }) == 1);
    // The same file by another name.
    std::filesystem::create_symlink(folder / "j.db", folder / "link.db");
    CHECK(code_of([&] { return Journal::open(folder / "link.db", at_once); }) == "journal_locked");
    CHECK(Journal::open(folder / "link.db", {.read_only = true}).size() == 3);
    // The refused ones have not disturbed the writer, and its end lets others in.
    CHECK(journal.append(events(1, 4)).last_sequence == 4);
    journal.close();
    CHECK(Journal::open(folder / "j.db", at_once).append(events(1, 5)).last_sequence == 5);
}

TEST_CASE("a file that another program holds is an error that passes") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db", {.busy_timeout = milliseconds(20)});
    journal.append(events(3));
    std::optional<Raw> raw(folder / "j.db");
    REQUIRE(raw->run("BEGIN IMMEDIATE") == SQLITE_OK);
    CHECK(code_of([&] { return journal.append(events(1, 4)); }) == "journal_locked");
    CHECK(code_of([&] {
              journal.set_metadata("a", "b");
              return 0;
          }) == "journal_locked");
    CHECK(journal.is_usable());
    CHECK(journal.size() == 3);
    REQUIRE(raw->run("ROLLBACK") == SQLITE_OK);
    CHECK(journal.append(events(1, 4)).last_sequence == 4);
    // One that shuts all others out.
    journal.close();
    raw.reset();
    Raw alone(folder / "j.db");
    REQUIRE(alone.run("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT") == SQLITE_OK);
    CHECK(code_of([&] {
              return Journal::open(folder / "j.db", {.busy_timeout = milliseconds(20)});
          }) == "journal_locked");
}

TEST_CASE("a full disk is an error, nothing of the batch is there, and space mends it") {
    const Folder folder;
    const auto path = folder / "j.db";
    const int code = in_child([&] {
        Journal journal = Journal::open(path);
        journal.append(events(100));
        const std::string chain = journal.chain();
        std::signal(SIGXFSZ, SIG_IGN);
        // No file may grow beyond its size now, or a few bytes more: a torn write.
        const auto size = std::filesystem::file_size(path.string() + "-wal");
        for (const rlim_t more : {0U, 24U, 1000U, 5000U, 9000U, 30000U}) {
            const rlimit limit{size + more, RLIM_INFINITY};
            if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
            if (code_of([&] { return journal.append(events(400, 1000)); }) != "journal_full")
                return 3;
            if (code_of([&] {
                    journal.store_state(1, std::string(100000, 'x'));
                    return 0;
                }) != "journal_full")
                return 4;
            if (!journal.is_usable() || journal.size() != 100 || journal.chain() != chain ||
                !journal.verify(chain).intact())
                return 5;
        }
        const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &none) != 0) return 6;
        if (journal.append(events(400, 1000)).last_sequence != 500) return 7;
        return journal.verify(chain).intact() ? 0 : 8;
    });
    CHECK(code == 0);
    CHECK(Journal::open(path).verify().events == 500);
}

TEST_CASE("a journal cannot be made where there is no space, and can be afterwards") {
    const Folder folder;
    const auto path = folder / "j.db";
    CHECK(in_child([&] {
              std::signal(SIGXFSZ, SIG_IGN);
              const rlimit limit{6000, RLIM_INFINITY};
              if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
              const std::string code = code_of([&] { return Journal::open(path); });
              return code == "journal_full" ? 0 : 3;
          }) == 0);
    CHECK(Journal::open(path).append(events(2)).last_sequence == 2);
}

TEST_CASE("a journal on media that cannot be written is read") {
    const Folder folder;
    const auto path = folder / "j.db";
    {
        Journal journal = Journal::open(path);
        journal.append(events(7));
    }
    ::chmod(folder.path().c_str(), 0555);
    ::chmod(path.c_str(), 0444);
    const int code = in_child([&] {
        constexpr uid_t nobody = 65534;
        if (::geteuid() == 0 && ::setuid(nobody) != 0) return 1;
        Journal journal = Journal::open(path, {.read_only = true});
        if (all_of(journal).size() != 7 || !journal.verify().intact()) return 2;
        if (Journal::open("/" + path.string(), {.read_only = true}).size() != 7) return 5;
        if (code_of([&] { return journal.append(events(1, 8)); }) != "journal_read_only") return 3;
        return code_of([&] { return Journal::open(path); }) == "journal_cannot_open" ? 0 : 4;
    });
    CHECK(code == 0);
    // The folder may be written, the file not.
    ::chmod(folder.path().c_str(), 0777);
    CHECK(in_child([&] {
              constexpr uid_t nobody = 65534;
              if (::geteuid() == 0 && ::setuid(nobody) != 0) return 1;
              if (Journal::open(path, {.read_only = true}).size() != 7) return 2;
              return code_of([&] { return Journal::open(path); }) == "journal_read_only" ? 0 : 3;
          }) == 0);
}

TEST_CASE("no name means anything but a file") {
    const Folder folder;
    for (const char* name : {":memory:", "file:x?mode=memory", "-", "x.db"}) {
        CAPTURE(name);
        CHECK(in_child([&] {
                  if (::chdir(folder.path().c_str()) != 0) return 1;
                  Journal::open(name).append(events(2));
                  return Journal::open(name, {.read_only = true}).size() == 2 ? 0 : 2;
              }) == 0);
        CHECK(std::filesystem::is_regular_file(folder / name));
    }
}

TEST_CASE("what is no journal is refused and left as it is") {
    const Folder folder;
    const auto open = [](const std::filesystem::path& path, bool create = true) {
        return code_of([&] { return Journal::open(path, {.create = create}); });
    };
    CHECK(open(folder / "none.db", false) == "journal_not_found");
    CHECK(code_of([&] { return Journal::open(folder / "none.db", {.read_only = true}); }) ==
          "journal_not_found");
    CHECK(!std::filesystem::exists(folder / "none.db"));
    CHECK(open(folder.path()) == "not_a_journal");
    CHECK(open("/dev/null") == "not_a_journal");
    CHECK(open(folder / "no/such/folder.db") == "journal_cannot_open");
    const std::string text(5000, 'x');
    std::ofstream(folder / "text.db") << text;
    CHECK(open(folder / "text.db") == "not_a_journal");
    CHECK(std::filesystem::file_size(folder / "text.db") == text.size());
    std::ofstream(folder / "empty.db").flush();
    CHECK(open(folder / "empty.db", false) == "not_a_journal");
    CHECK(open(folder / "empty.db") == "");
    {
        Raw raw(folder / "other.db");
        raw.run("CREATE TABLE t (a)");
    }
    CHECK(open(folder / "other.db") == "not_a_journal");
    {
        Raw raw(folder / "other.db");
        CHECK(raw.run("PRAGMA application_id=1; DROP TABLE t") == SQLITE_OK);
    }
    CHECK(open(folder / "other.db") == "not_a_journal");
    CHECK(!std::filesystem::exists(folder / "other.db-wal"));
    Journal::open(folder / "newer.db").append(events(1));
    {
        Raw raw(folder / "newer.db");
        raw.run("PRAGMA user_version=2");
    }
    CHECK(open(folder / "newer.db") == "unsupported_version");
    CHECK(!std::filesystem::exists(folder / "newer.db-lock"));
}
