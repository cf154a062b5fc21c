// A writer that is killed, and logs with torn ends. What was acknowledged must be
// there, what was not must be there as a whole or not at all.
#include <thuocdo/numeric/philox.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <thread>

#include "journal/support.hpp"

using namespace journal_tests;

namespace {

constexpr std::uint64_t seed = 57;

/// How often the writer is killed.
std::uint64_t kills() {
    constexpr std::uint64_t in_the_suite = 20;
    const char* given = std::getenv("THUOCDO_CRASH_KILLS");
    return given ? std::strtoull(given, nullptr, 10) : in_the_suite;
}

/// The events of a batch: each says which batch it is of, which event of it, and
/// how many there are.
std::vector<live::Event> batch_of(std::uint64_t life, std::uint32_t batch) {
    constexpr std::uint64_t most = 12;
    // A large one now and then, which takes longer to write.
    constexpr std::uint32_t between_large = 7;
    constexpr std::uint64_t large = 100;
    constexpr std::uint64_t longest = 3000;
    const thuocdo::numeric::Philox random(seed);
    const std::uint64_t size =
        batch % between_large == 5 ? large : 1 + random.below(most, life, batch, 0);
    std::vector<live::Event> out;
    for (std::uint64_t k = 0; k < size; ++k) {
        std::string id = std::to_string(life) + '.';
        id += std::to_string(batch) + '.' + std::to_string(k) + '.' + std::to_string(size);
        const std::uint64_t text =
            random.below(longest, life, batch, static_cast<std::uint32_t>(k) + 1);
        out.push_back(observed(id, static_cast<double>(k), std::string(text, 'x')));
    }
    return out;
}

/// The numbers of an id.
std::vector<std::uint64_t> numbers_of(const std::string& id) {
    std::vector<std::uint64_t> out;
    const char* at = id.data();
    while (at < id.data() + id.size()) {
        std::uint64_t number = 0;
        at = std::from_chars(at, id.data() + id.size(), number).ptr + 1;
        out.push_back(number);
    }
    return out;
}

/// Appends until it is killed; writes to the pipe what was acknowledged.
[[noreturn]] void write_until_killed(const std::filesystem::path& path, std::uint64_t life,
                                     int pipe) {
    try {
        Journal journal = Journal::open(path);
        for (std::uint32_t batch = 0;; ++batch) {
            const std::uint64_t last = journal.append(batch_of(life, batch)).last_sequence;
            if (::write(pipe, &last, sizeof last) != sizeof last) break;
            constexpr std::uint32_t between_states = 5;
            if (batch % between_states == 0)
                journal.store_state(last, "state " + std::to_string(last));
        }
    } catch (...) {
    }
    ::_exit(1);
}

/// Forks a writer, kills it after a while, and returns the last acknowledged sequence.
std::uint64_t run_one_life(const std::filesystem::path& path, std::uint64_t life) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(ends[0]);
        write_until_killed(path, life, ends[1]);
    }
    ::close(ends[1]);
    // Some die while they open the journal, most after they have begun to write.
    constexpr std::uint64_t between_early_deaths = 4;
    constexpr int patience_in_milliseconds = 20'000;
    if (life % between_early_deaths != 0) {
        pollfd first_acknowledgement{ends[0], POLLIN, 0};
        CHECK(::poll(&first_acknowledgement, 1, patience_in_milliseconds) == 1);
    }
    constexpr std::uint64_t longest_wait = 30'000;
    const thuocdo::numeric::Philox random(seed);
    std::this_thread::sleep_for(
        std::chrono::microseconds(random.below(longest_wait, life, 1U << 31U, 0)));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    std::uint64_t acknowledged = 0;
    std::uint64_t next = 0;
    while (::read(ends[0], &next, sizeof next) == sizeof next) acknowledged = next;
    ::close(ends[0]);
    return acknowledged;
}

/// Reads on from a sequence and checks that every batch is whole; counts the batches.
std::uint64_t whole_batches(const Journal& journal, std::uint64_t first) {
    std::uint64_t batches = 0;
    std::uint64_t due = 0;
    bool whole = true;
    journal.read(first, [&](std::uint64_t, const live::Event& event) {
        const auto id = numbers_of(event.id);
        whole = whole && id[2] == due &&
                event == batch_of(id[0], static_cast<std::uint32_t>(id[1]))[id[2]];
        due = id[2] + 1 == id[3] ? 0 : id[2] + 1;
        if (due == 0) ++batches;
        return true;
    });
    CHECK(whole);
    CHECK(due == 0);
    return batches;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// A journal whose writer was killed: its file and log, with the length of the log
/// after each batch.
struct Killed {
    std::string file{};
    std::string log{};
    std::vector<std::size_t> lengths{};
    std::vector<std::string> chains{};
};

Killed killed_after(std::uint32_t batches) {
    const Folder folder;
    const auto path = folder / "j.db";
    Killed out;
    // What the child sees is computed here, with the same batches.
    CHECK(in_child([&] {
              Journal journal = Journal::open(path);
              std::ofstream lengths(folder / "lengths");
              for (std::uint32_t batch = 0; batch < batches; ++batch) {
                  journal.append(batch_of(7, batch));
                  lengths << std::filesystem::file_size(path.string() + "-wal") << ' '
                          << journal.chain() << '\n';
              }
              lengths.close();
              ::raise(SIGKILL);
              return 0;
          }) == -1);
    out.file = bytes_of(path);
    out.log = bytes_of(path.string() + "-wal");
    std::ifstream lengths(folder / "lengths");
    std::size_t length = 0;
    std::string chain;
    while (lengths >> length >> chain) {
        out.lengths.push_back(length);
        out.chains.push_back(chain);
    }
    REQUIRE(out.chains.size() == batches);
    return out;
}

/// Opens the journal with another log; how many batches are there, and its chain.
std::pair<std::uint64_t, std::string> reopened(const Killed& killed, const std::string& log) {
    const Folder folder;
    write_bytes(folder / "j.db", killed.file);
    write_bytes(folder / "j.db-wal", log);
    Journal journal = Journal::open(folder / "j.db");
    CHECK(journal.verify().intact());
    const std::uint64_t batches = whole_batches(journal, 1);
    const std::string chain = journal.chain();
    // It goes on from there.
    CHECK(journal.append(events(2)).added == 2);
    CHECK(journal.verify(chain).intact());
    return {batches, chain};
}

}  // namespace

TEST_CASE("a writer that is killed loses nothing that was acknowledged and leaves no half batch") {
    const Folder folder(Folder::Kind::on_disk);
    const auto path = folder / "j.db";
    std::uint64_t checked = 0;
    std::uint64_t batches = 0;
    std::uint64_t unacknowledged = 0;
    std::string noted;
    const std::uint64_t lives = kills();
    for (std::uint64_t life = 0; life < lives; ++life) {
        CAPTURE(life);
        const std::uint64_t acknowledged = run_one_life(path, life);
        // The reader comes first, while the log of the killed writer is still there.
        Journal journal = Journal::open(path, {.read_only = life % 2 == 0 && life > 0});
        const std::uint64_t size = journal.size();
        const std::uint64_t promised = std::max(acknowledged, checked);
        REQUIRE(size >= promised);
        // The one that was on its way.
        const std::uint64_t more = whole_batches(journal, promised + 1);
        CHECK(more <= 1);
        unacknowledged += more;
        batches += whole_batches(journal, checked + 1);
        if (const auto state = journal.state())
            CHECK(state->bytes == "state " + std::to_string(state->sequence));
        // The whole is checked now and then: it grows.
        constexpr std::uint64_t between_checks = 10;
        if (life % between_checks == 0 || life + 1 == lives) {
            const auto verification = journal.verify(noted);
            CHECK(verification.intact());
            CHECK(verification.events == size);
            noted = journal.chain();
        }
        checked = size;
    }
    MESSAGE(lives, " kills, ", checked, " events in ", batches, " batches, ", unacknowledged,
            " whole batches not yet acknowledged");
    CHECK(batches > lives / 2);
}

TEST_CASE("a log that is cut anywhere in its last transaction loses that one alone") {
    constexpr std::uint32_t count = 4;
    const Killed killed = killed_after(count);
    CHECK(reopened(killed, killed.log) == std::pair(std::uint64_t{count}, killed.chains.back()));
    const std::size_t from = killed.lengths[count - 2];
    const std::size_t to = killed.lengths[count - 1];
    REQUIRE(from < to);
    for (std::size_t cut = from; cut < to; cut += 1 + (to - from) / 8) {
        CAPTURE(cut);
        CHECK(reopened(killed, killed.log.substr(0, cut)) ==
              std::pair(std::uint64_t{count - 1}, killed.chains[count - 2]));
    }
    CHECK(reopened(killed, killed.log.substr(0, to - 1)).first == count - 1);
}

TEST_CASE("a page of the last transaction that was torn takes that transaction alone with it") {
    constexpr std::uint32_t count = 4;
    constexpr std::size_t sector = 512;
    const Killed killed = killed_after(count);
    const std::size_t from = killed.lengths[count - 2];
    const std::size_t to = killed.lengths[count - 1];
    for (std::size_t at = from; at + sector < to; at += 1 + (to - from) / 8) {
        CAPTURE(at);
        // A sector that was never written, and one with other bytes.
        for (const bool zeros : {true, false}) {
            std::string log = killed.log;
            bool changed = false;
            for (std::size_t k = at; k < at + sector; ++k) {
                const char torn = zeros ? '\0' : static_cast<char>(log[k] ^ 0x2b);
                changed = changed || log[k] != torn;
                log[k] = torn;
            }
            // A sector of zeros where zeros were is no damage.
            CHECK(reopened(killed, log).first == (changed ? count - 1 : count));
        }
    }
}

TEST_CASE("what a damaged log loses of the acknowledged shows against a noted chain") {
    constexpr std::uint32_t count = 4;
    const Killed killed = killed_after(count);
    const Folder folder;
    write_bytes(folder / "j.db", killed.file);
    write_bytes(folder / "j.db-wal", killed.log.substr(0, killed.lengths[1] - 1));
    const Journal journal = Journal::open(folder / "j.db");
    CHECK(journal.verify(killed.chains[0]).intact());
    CHECK(found(journal.verify(killed.chains[count - 1])) ==
          Texts{"expected_head_missing at head"});
}

TEST_CASE("a writer that is killed while it makes the journal leaves a path that can be used") {
    for (std::uint64_t life = 0; life < 6; ++life) {
        const Folder folder;
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            try {
                Journal journal = Journal::open(folder / "j.db");
                for (;;) ::pause();
            } catch (...) {
            }
            ::_exit(1);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(life * 700));
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        Journal journal = Journal::open(folder / "j.db");
        CHECK(journal.append(events(2)).added == 2);
        CHECK(journal.verify().intact());
    }
}
