#include <thuocdo/cancelled.hpp>

#include <cmath>
#include <sstream>

#include "io_live/support.hpp"
#include "journal/support.hpp"

using namespace journal_tests;

TEST_CASE("events come back in their order, from the object and from the file") {
    const Folder folder;
    const auto path = folder / "j.db";
    const std::vector<live::Event> every_kind = event_tests::samples();
    std::string chain;
    {
        Journal journal = Journal::open(path);
        CHECK(journal.size() == 0);
        CHECK(journal.chain() == std::string(64, '0'));
        const auto appended = journal.append(every_kind);
        CHECK(appended.added == every_kind.size());
        CHECK(appended.last_sequence == every_kind.size());
        CHECK(all_of(journal) == every_kind);
        chain = journal.chain();
    }
    // Nothing but the one file is left.
    CHECK(!std::filesystem::exists(path.string() + "-wal"));
    CHECK(!std::filesystem::exists(path.string() + "-lock"));
    const Journal journal = Journal::open(path, {.read_only = true});
    CHECK(all_of(journal) == every_kind);
    CHECK(all_of(journal, every_kind.size()) == std::vector{every_kind.back()});
    CHECK(all_of(journal, every_kind.size() + 1).empty());
    CHECK(journal.chain() == chain);
    CHECK(journal.verify(chain).intact());
    CHECK(journal.verify(chain).expected_at == every_kind.size());
}

TEST_CASE("the chain is the SHA-256 that anybody can compute from the lines") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    journal.append(events(3));
    std::string chain(64, '0');
    for (const live::Event& event : events(3))
        chain = chained(chain, thuocdo::io::event_to_json(event));
    CHECK(journal.chain() == chain);
    // However the events were cut into batches.
    Journal other = Journal::open(folder / "k.db");
    for (const live::Event& event : events(3)) other.append(std::vector{event});
    CHECK(other.chain() == chain);
}

TEST_CASE("an event counts once, and no other may take its id") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    journal.append(events(3));
    const std::string chain = journal.chain();
    const auto again = journal.append(events(4));
    CHECK(again.added == 1);
    CHECK(again.skipped == 3);
    CHECK(again.last_sequence == 4);
    CHECK(journal.append(events(4)).added == 0);
    CHECK(journal.append({}).last_sequence == 4);
    // A batch with a conflict leaves nothing behind, and names all of them.
    const std::vector<live::Event> mixed{observed("new", 1), observed("e1", 9), observed("e4", 4),
                                         observed("new", 2)};
    try {
        journal.append(mixed);
        FAIL("appended");
    } catch (const live::JournalError& error) {
        REQUIRE(error.problems().size() == 2);
        CHECK(error.problems()[0].code == "event_id_conflict");
        CHECK(error.problems()[0].place == "event 2");
        CHECK(error.problems()[1].place == "event 4");
    }
    CHECK(journal.size() == 4);
    CHECK(journal.is_usable());
    CHECK(journal.append(std::vector{observed("new", 1), observed("new", 1)}).skipped == 1);
    CHECK(all_of(journal).size() == 5);
    CHECK(journal.verify(chain).expected_at == 3);
    CHECK_THROWS_AS(journal.append(std::vector{observed("nan", std::nan(""))}), thuocdo::DataError);
    CHECK(journal.size() == 5);
}

TEST_CASE("ids and texts may hold any character of JSON") {
    const Folder folder;
    Journal journal = Journal::open(folder / "tệp ?#%41.db");
    const std::string nul("a\0b", 3);
    journal.append(std::vector{observed(nul, 1), observed("a", 2), observed("'\";--\n", 3)});
    CHECK(journal.size() == 3);
    CHECK(all_of(journal)[0].id == nul);
    CHECK(journal.append(std::vector{observed(nul, 1)}).skipped == 1);
    journal.set_metadata(nul, nul);
    CHECK(journal.metadata(nul) == nul);
    CHECK(!journal.metadata("a"));
    CHECK(journal.verify().intact());
    CHECK(std::filesystem::exists(folder / "tệp ?#%41.db"));
}

TEST_CASE("a reader sees whole batches beside the writer, and the visitor may append") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    journal.append(events(1200));
    const Journal reader = Journal::open(folder / "j.db", {.read_only = true});
    CHECK(reader.size() == 1200);
    std::uint64_t read = 0;
    journal.read(1, [&](std::uint64_t sequence, const live::Event&) {
        ++read;
        if (sequence % 500 == 0) journal.append(events(1, 3000 + static_cast<int>(sequence)));
        return sequence != 1150;
    });
    CHECK(read == 1150);
    CHECK(journal.size() == 1202);
    CHECK(reader.size() == 1202);
    CHECK(reader.verify().intact());
    double share = 0.0;
    CHECK(reader.verify("", [&](double done) { return (share = done) < 2.0; }).events == 1202);
    CHECK(share > 0.5);
    CHECK_THROWS_AS(static_cast<void>(reader.verify("", [](double) { return false; })),
                    thuocdo::Cancelled);
}

TEST_CASE("the lines of a journal make another one with the same chain") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    journal.append(event_tests::samples());
    journal.append(events(1001, 100));
    std::ostringstream out;
    CHECK(journal.export_lines(out) == journal.size());
    Journal other = Journal::open(folder / "k.db");
    other.append(thuocdo::io::parse_events(out.str(), "out"));
    CHECK(other.chain() == journal.chain());
    out.setstate(std::ios::badbit);
    CHECK(code_of([&] { return journal.export_lines(out); }) == "export_failed");
}

TEST_CASE("the latest stored state that is sound and belongs to the events is taken") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    CHECK(!journal.state());
    journal.store_state(0, "empty");
    journal.append(events(5));
    const std::string bytes("\0state\xff", 7);
    journal.store_state(3, bytes);
    journal.store_state(5, "five");
    CHECK(code_of([&] {
              journal.store_state(6, "");
              return 0;
          }) == "unknown_sequence");
    CHECK(journal.state()->sequence == 5);
    CHECK(journal.state()->bytes == "five");
    {
        Raw raw(folder / "j.db");
        CHECK(raw.run("UPDATE states SET bytes = x'00' WHERE sequence = 5") == SQLITE_OK);
        CHECK(raw.run("SELECT raise FROM states") != SQLITE_OK);
    }
    std::vector<thuocdo::Problem> ignored;
    const auto state = journal.state(&ignored);
    CHECK(state->sequence == 3);
    CHECK(state->bytes == bytes);
    REQUIRE(ignored.size() == 1);
    CHECK(ignored[0].code == "state_damaged");
    CHECK(found(journal.verify()) == Texts{"state_damaged at state after event 5"});
    // Only two are kept: that after no event is gone. A state of other events is none.
    {
        Raw raw(folder / "j.db");
        CHECK(raw.run("DELETE FROM events WHERE sequence > 2;"
                      "UPDATE head SET sequence = 2,"
                      " chain = (SELECT chain FROM events WHERE sequence = 2)") == SQLITE_OK);
    }
    ignored.clear();
    CHECK(!journal.state(&ignored));
    CHECK(ignored.back().code == "state_outdated");
}

TEST_CASE("metadata are kept, replaced, and survive") {
    const Folder folder;
    {
        Journal journal = Journal::open(folder / "j.db");
        journal.set_metadata("model", "abc");
        journal.set_metadata("model", "def");
    }
    const Journal journal = Journal::open(folder / "j.db", {.read_only = true});
    CHECK(journal.metadata("model") == "def");
    CHECK(!journal.metadata("data"));
}

TEST_CASE("a closed or moved journal says so") {
    const Folder folder;
    Journal journal = Journal::open(folder / "j.db");
    Journal other = std::move(journal);
    other.append(events(1));
    other.close();
    other.close();
    CHECK(!other.is_usable());
    CHECK(code_of([&] { return other.size(); }) == "journal_closed");
    Journal again = Journal::open(folder / "j.db");
    std::filesystem::rename(folder / "j.db", folder / "k.db");
    CHECK(code_of([&] { return again.append(events(1, 2)); }) == "journal_moved");
    CHECK(!again.is_usable());
    CHECK(code_of([&] { return again.append(events(1, 2)); }) == "journal_closed");
}
