#include <fstream>
#include <iterator>
#include <map>

#include "journal/support.hpp"

using namespace journal_tests;

namespace {

/// A journal of ten events, changed by SQL behind its back.
class Tampered {
  public:
    explicit Tampered(const std::string& sql) {
        {
            Journal journal = Journal::open(path_);
            journal.append(events(10));
            chain_ = journal.chain();
        }
        Raw raw(path_);
        REQUIRE(raw.run(sql) == SQLITE_OK);
    }
    [[nodiscard]] live::JournalVerification verify(bool with_head = false) const {
        return Journal::open(path_, {.read_only = true}).verify(with_head ? chain_ : "");
    }
    [[nodiscard]] Journal open() const { return Journal::open(path_); }

  private:
    Folder folder_{};
    std::filesystem::path path_ = folder_ / "j.db";
    std::string chain_{};
};

}  // namespace

TEST_CASE("whatever is changed in a row, that row is named") {
    const std::map<std::string, Texts> changes{
        {"UPDATE events SET line = replace(line, '\"value\":4', '\"value\":5') WHERE sequence = 4",
         {"chain_broken at event 4"}},
        {"UPDATE events SET line = line || ' ' WHERE sequence = 10", {"chain_broken at event 10"}},
        {"UPDATE events SET line = '' WHERE sequence = 1", {"chain_broken at event 1"}},
        {"UPDATE events SET line = CAST(line AS BLOB) WHERE sequence = 4", {"row_type at event 4"}},
        {"UPDATE events SET chain = replace(chain, 'a', 'b') WHERE sequence = 4",
         {"chain_broken at event 4"}},
        {"UPDATE events SET chain = 5 WHERE sequence = 4", {"chain_broken at event 4"}},
        {"UPDATE events SET chain = x'00' WHERE sequence = 4", {"row_type at event 4"}},
        {"UPDATE events SET id = 'other' WHERE sequence = 4", {"id_disagrees at event 4"}},
        {"UPDATE events SET sequence = 44 WHERE sequence = 4", {"row_missing at event 4"}},
        {"UPDATE events SET sequence = -4 WHERE sequence = 4", {"row_added at event -4"}},
        {"UPDATE events SET sequence = 9223372036854775807 WHERE sequence = 10",
         {"row_missing at event 10"}},
        {"DELETE FROM events WHERE sequence = 4", {"row_missing at event 4"}},
        {"DELETE FROM events WHERE sequence = 1", {"row_missing at event 1"}},
        {"DELETE FROM events WHERE sequence > 8", {"row_missing at event 9"}},
        {"DELETE FROM events", {"row_missing at event 1"}},
        {"INSERT INTO events VALUES (0, 'x', '{}', '')", {"row_added at event 0"}},
        {"INSERT INTO events VALUES (11, 'x', '{}', '')", {"chain_broken at event 11"}},
        // Two rows exchanged.
        {"UPDATE events SET sequence = 99 WHERE sequence = 4;"
         "UPDATE events SET sequence = 4 WHERE sequence = 5;"
         "UPDATE events SET sequence = 5 WHERE sequence = 99",
         {"chain_broken at event 4"}},
        {"UPDATE head SET sequence = 9", {"head_disagrees at head"}},
        {"UPDATE head SET sequence = 11", {"row_missing at event 11"}},
        {"UPDATE head SET chain = 'x'", {"head_disagrees at head"}},
        {"UPDATE head SET sequence = 'ten'", {"head_missing at head"}},
        {"DELETE FROM head", {"head_missing at head"}},
        {"DROP INDEX IF EXISTS none", {}}};
    for (const auto& change : changes) {
        CAPTURE(change.first);
        const Tampered journal(change.first);
        CHECK(found(journal.verify()) == change.second);
    }
}

TEST_CASE("what was cut off at the end shows against a chain that was noted") {
    const Tampered journal(
        "DELETE FROM events WHERE sequence > 8;"
        "UPDATE head SET sequence = 8, chain = (SELECT chain FROM events WHERE sequence = 8)");
    CHECK(journal.verify().intact());
    CHECK(found(journal.verify(true)) == Texts{"expected_head_missing at head"});
    CHECK(!journal.verify(true).expected_at);
}

TEST_CASE("a line that is chained but no event is found unreadable") {
    std::string chain(64, '0');
    for (const live::Event& event : events(10))
        chain = chained(chain, thuocdo::io::event_to_json(event));
    chain = '\'' + chained(chain, "{}") + '\'';
    const Tampered journal("INSERT INTO events VALUES (11, 'x', '{}', " + chain +
                           "); UPDATE head SET sequence = 11, chain = " + chain);
    CHECK(found(journal.verify(true)) == Texts{"line_unreadable at event 11"});
    CHECK(code_of([&] { return all_of(journal.open(), 11); }) == "journal_damaged");
}

TEST_CASE("events of a tampered journal are neither handed out nor added to") {
    const Tampered changed(
        "UPDATE events SET line = replace(line, '\"value\":4', '\"value\":5') WHERE sequence = 4");
    std::uint64_t last = 0;
    CHECK(code_of([&] {
              changed.open().read(1, [&](std::uint64_t sequence, const live::Event&) {
                  last = sequence;
                  return true;
              });
              return 0;
          }) == "journal_damaged");
    CHECK(last == 3);
    const Tampered cut("DELETE FROM events WHERE sequence > 8");
    CHECK(code_of([&] { return cut.open().append(events(1, 20)); }) == "journal_damaged");
    CHECK(code_of([&] { return all_of(cut.open(), 9); }) == "journal_damaged");
    const Tampered longer("INSERT INTO events VALUES (11, 'x', '{}', '')");
    CHECK(code_of([&] { return longer.open().append(events(1, 20)); }) == "journal_damaged");
    const Tampered headless("DELETE FROM head");
    CHECK(code_of([&] { return headless.open().size(); }) == "journal_damaged");
    const Tampered without("DROP TABLE events");
    CHECK(code_of([&] { return without.open(); }) == "journal_damaged");
}

TEST_CASE("a trigger that was planted does not run") {
    const Tampered journal(
        "CREATE TRIGGER planted AFTER INSERT ON events BEGIN"
        " UPDATE events SET line = '{}' WHERE sequence = NEW.sequence; END");
    Journal open = journal.open();
    open.append(events(1, 11));
    CHECK(open.verify().intact());
    CHECK(all_of(open).size() == 11);
}

TEST_CASE("damaged pages of the file are findings, wherever they are") {
    const Folder folder;
    std::string head;
    {
        Journal journal = Journal::open(folder / "whole.db");
        journal.append(events(300));
        head = journal.chain();
    }
    std::ifstream in(folder / "whole.db", std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    constexpr std::size_t step = 4099;
    std::size_t damaged = 0;
    std::size_t tried = 0;
    for (std::size_t at = 100; at + 200 < whole.size(); at += step, ++tried) {
        std::string bytes = whole;
        for (std::size_t k = at; k < at + 200; ++k) bytes[k] = static_cast<char>(bytes[k] ^ 0x5a);
        std::ofstream(folder / "j.db", std::ios::binary) << bytes;
        try {
            const Journal journal = Journal::open(folder / "j.db", {.read_only = true});
            if (!journal.verify(head).intact()) ++damaged;
        } catch (const live::JournalError&) {
            ++damaged;
        }
    }
    // Bytes between the rows of a page mean nothing.
    CHECK(damaged * 3 > tried * 2);
}
