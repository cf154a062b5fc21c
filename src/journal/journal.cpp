#include <thuocdo/io/events.hpp>
#include <thuocdo/live/journal.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

#include "journal/store.hpp"

namespace thuocdo::live {
namespace {

std::vector<std::string> lines_of(std::span<const Event> events) {
    std::vector<std::string> lines;
    lines.reserve(events.size());
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < events.size(); ++k) {
        try {
            lines.push_back(io::event_to_json(events[k]));
        } catch (const DataError& error) {
            for (Problem each : error.problems()) {
                each.place = "event " + std::to_string(k + 1) + each.place;
                problems.push_back(std::move(each));
            }
        }
    }
    if (!problems.empty()) throw DataError("the events cannot be appended", std::move(problems));
    return lines;
}

}  // namespace

Journal Journal::open(const std::filesystem::path& path, const JournalOptions& options) {
    return Journal(std::make_unique<Store>(path, options));
}

Journal::Journal(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

void Journal::close() noexcept { store_.reset(); }

bool Journal::is_usable() const noexcept { return store_ && store_->is_usable(); }

Journal::Store& Journal::store() const {
    if (is_usable()) return *store_;
    throw JournalError("the journal cannot be used",
                       {{"journal_closed", "", "a journal that was closed, or failed before",
                         "an open journal", "open it again"}});
}

JournalAppend Journal::append(std::span<const Event> events) {
    store().require_writable();
    return store().append(events, lines_of(events));
}

std::uint64_t Journal::size() const { return store().head().sequence; }

std::string Journal::chain() const { return store().head().chain; }

void Journal::read(std::uint64_t first, const Visitor& visitor) const {
    first = std::max<std::uint64_t>(first, 1);
    const std::uint64_t last = size();
    if (first > last) return;
    const auto damaged = [&](std::uint64_t sequence, const char* found) {
        return store().error("journal_damaged", found + std::string(" ") + std::to_string(sequence),
                             "the event as it was written",
                             "run verify; restore it from an export or a copy");
    };
    auto before = store().chain_at(first - 1);
    if (!before) throw damaged(first - 1, "no event");
    std::string chain = *std::move(before);
    for (std::uint64_t next = first; next <= last;) {
        // A part at a time, so that the visitor may append meanwhile.
        const auto rows = store().rows(static_cast<std::int64_t>(next), detail::rows_at_a_time);
        if (rows.empty()) throw damaged(next, "no event");
        for (const detail::EventRow& row : rows) {
            if (next > last) return;
            if (row.sequence != static_cast<std::int64_t>(next)) throw damaged(next, "no event");
            chain = detail::next_chain(chain, row.line);
            if (!row.typed || row.chain != chain) throw damaged(next, "a changed event");
            Event event;
            try {
                event = io::parse_event(row.line);
            } catch (const DataError&) {
                throw damaged(next, "an unreadable event");
            }
            if (!visitor(next++, event)) return;
        }
    }
}

std::uint64_t Journal::export_lines(std::ostream& out) const {
    const std::uint64_t last = size();
    std::uint64_t written = 0;
    for (std::int64_t next = 1; next <= static_cast<std::int64_t>(last) && out;) {
        const auto rows = store().rows(next, detail::rows_at_a_time);
        if (rows.empty()) break;
        for (const detail::EventRow& row : rows) {
            if (row.sequence > static_cast<std::int64_t>(last)) break;
            out << row.line << '\n';
            ++written;
        }
        next = rows.back().sequence + 1;
    }
    out.flush();
    if (!out)
        throw store().error("export_failed", "an error while writing the lines",
                            "a file that takes them", "check the space on the disk");
    return written;
}

std::optional<std::string> Journal::metadata(std::string_view key) const {
    detail::Statement find(store().database(), "SELECT value FROM metadata WHERE key = ?1");
    find.bind(1, key);
    if (!find.step()) return std::nullopt;
    return find.bytes(0);
}

void Journal::set_metadata(std::string_view key, std::string_view value) {
    store().require_writable();
    detail::Transaction transaction(store().database(), detail::Transaction::Kind::write);
    detail::Statement set(store().database(),
                          "INSERT INTO metadata VALUES (?1, ?2)"
                          " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    set.bind(1, key).bind(2, value).run();
    transaction.commit();
}

void Journal::store_state(std::uint64_t sequence, std::string_view bytes) {
    store().require_writable();
    detail::Transaction transaction(store().database(), detail::Transaction::Kind::write);
    const detail::Head head = store().head();
    const auto chain =
        sequence <= head.sequence ? store().chain_at(sequence) : std::optional<std::string>();
    if (!chain)
        throw store().error("unknown_sequence", "a state after event " + std::to_string(sequence),
                            "one of the " + std::to_string(head.sequence) + " events",
                            "append the events before their state is stored");
    const std::string digest = detail::state_digest(sequence, *chain, bytes);
    detail::Statement insert(store().database(),
                             "INSERT OR REPLACE INTO states VALUES (?1, ?2, ?3, ?4)");
    insert.bind(1, static_cast<std::int64_t>(sequence)).bind(2, *chain).bind(3, digest);
    insert.bind_blob(4, bytes).run();
    store().database().execute(
        "DELETE FROM states WHERE sequence NOT IN"
        " (SELECT sequence FROM states ORDER BY sequence DESC LIMIT 2)");
    transaction.commit();
}

std::optional<StoredState> Journal::state(std::vector<Problem>* ignored) const {
    std::optional<StoredState> latest;
    store().each_state([&](StoredState state, std::optional<Problem> problem) {
        if (!problem)
            latest = std::move(state);
        else if (ignored)
            ignored->push_back(*std::move(problem));
        return !latest;
    });
    return latest;
}

}  // namespace thuocdo::live
