// Stands for the journal where the library was built without SQLite: the package
// has the same names, and says what is missing when a journal is opened.
#include <thuocdo/live/journal.hpp>
#include <thuocdo/live/journal_replay.hpp>

#include <utility>

namespace thuocdo::live {

class Journal::Store {};

namespace {

[[noreturn]] void refuse() {
    throw JournalError(
        "the journal is not part of this build",
        {{"journal_not_built", "", "a build without SQLite", "one with THUOCDO_BUILD_JOURNAL",
          "install SQLite (Debian: libsqlite3-dev) and build the package again"}});
}

}  // namespace

Journal Journal::open(const std::filesystem::path&, const JournalOptions&) { refuse(); }
Journal::Journal(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;
void Journal::close() noexcept {}
bool Journal::is_usable() const noexcept { return false; }
JournalAppend Journal::append(std::span<const Event>) { refuse(); }
std::uint64_t Journal::size() const { refuse(); }
std::string Journal::chain() const { refuse(); }
void Journal::read(std::uint64_t, const Visitor&) const { refuse(); }
JournalVerification Journal::verify(std::string_view, const Progress&) const { refuse(); }
std::uint64_t Journal::export_lines(std::ostream&) const { refuse(); }
std::optional<std::string> Journal::metadata(std::string_view) const { refuse(); }
void Journal::set_metadata(std::string_view, std::string_view) { refuse(); }
void Journal::store_state(std::uint64_t, std::string_view) { refuse(); }
std::optional<StoredState> Journal::state(std::vector<Problem>*) const { refuse(); }
JournalReplay replay(const Journal&, ObservationLog&, const std::function<bool(double)>&) {
    refuse();
}
void checkpoint(Journal&, const ObservationLog&) { refuse(); }

}  // namespace thuocdo::live
