#include <thuocdo/cancelled.hpp>
#include <thuocdo/io/events.hpp>
#include <thuocdo/live/journal.hpp>

#include <limits>
#include <utility>

#include "journal/store.hpp"

namespace thuocdo::live {
namespace {

/// Walks the rows of a journal up to the first that is not as it was written.
class Verifier {
  public:
    Verifier(const Journal::Progress& progress, std::string_view expected_head)
        : progress_(progress), expected_head_(expected_head) {
        out_.chain = detail::first_chain();
        note_expected();
    }

    /// Checks a row; false at the first problem.
    [[nodiscard]] bool check(const detail::EventRow& row) {
        const std::int64_t due = static_cast<std::int64_t>(out_.events) + 1;
        if (row.sequence < due)
            return report("row_added", row.sequence, "a row before event " + std::to_string(due),
                          "no such row");
        if (row.sequence > due)
            return report("row_missing", due,
                          "no such row; the next one is " + std::to_string(row.sequence),
                          "the event as it was written");
        if (!row.typed) return report("row_type", due, "a column of another type", "texts");
        const std::string chain = detail::next_chain(out_.chain, row.line);
        if (row.chain != chain)
            return report("chain_broken", due, "chain \"" + row.chain + '"', "chain " + chain);
        try {
            if (io::parse_event(row.line).id != row.id)
                return report("id_disagrees", due, "id \"" + row.id + '"', "the id of its line");
        } catch (const DataError& error) {
            return report("line_unreadable", due, error.problems().front().message(),
                          "the line of an event");
        }
        ++out_.events;
        out_.chain = chain;
        note_expected();
        return true;
    }

    void check_head(const std::optional<detail::Head>& head) {
        if (!head) {
            add("head_missing", "head", "no stored head",
                "the sequence and chain of the last event");
        } else if (intact() && (head->sequence != out_.events || head->chain != out_.chain)) {
            const std::string here = std::to_string(out_.events);
            if (head->sequence > out_.events)
                add("row_missing", "event " + std::to_string(out_.events + 1),
                    "the end of the journal after event " + here,
                    std::to_string(head->sequence) + " events, as the stored head says");
            else
                add("head_disagrees", "head",
                    "event " + std::to_string(head->sequence) + ", chain " + head->chain,
                    "event " + here + ", chain " + out_.chain);
        }
    }

    void check_expected() {
        if (!expected_head_.empty() && !out_.expected_at)
            add("expected_head_missing", "head", "no event with the expected chain",
                "chain " + std::string(expected_head_));
    }

    void add(const char* code, std::string place, std::string found, std::string expected) {
        out_.problems.push_back({code, std::move(place), std::move(found), std::move(expected),
                                 "restore the journal from an export or a copy"});
    }
    void add(const std::vector<Problem>& problems) {
        out_.problems.insert(out_.problems.end(), problems.begin(), problems.end());
    }

    void report_progress(std::uint64_t events) const {
        if (!progress_ || events == 0) return;
        const double share = static_cast<double>(out_.events) / static_cast<double>(events);
        if (!progress_(share < 1.0 ? share : 1.0)) throw Cancelled();
    }

    [[nodiscard]] bool intact() const noexcept { return out_.intact(); }
    [[nodiscard]] JournalVerification take() { return std::move(out_); }

  private:
    bool report(const char* code, std::int64_t sequence, std::string found, std::string expected) {
        add(code, "event " + std::to_string(sequence), std::move(found), std::move(expected));
        return false;
    }

    void note_expected() {
        if (!expected_head_.empty() && out_.chain == expected_head_) out_.expected_at = out_.events;
    }

    const Journal::Progress& progress_;
    std::string_view expected_head_;
    JournalVerification out_{};
};

/// Runs a check; a damaged file is a finding.
template <class Check>
void run_check(Verifier& verifier, Check check) {
    try {
        check();
    } catch (const JournalError& error) {
        const std::string& code = error.problems().front().code;
        if (code != "journal_damaged" && code != "not_a_journal") throw;
        verifier.add(error.problems());
    }
}

}  // namespace

JournalVerification Journal::verify(std::string_view expected_head,
                                    const Progress& progress) const {
    Verifier verifier(progress, expected_head);
    Store& store = this->store();
    run_check(verifier, [&] {
        // What is appended meanwhile is not looked at.
        const detail::Transaction snapshot(store.database(), detail::Transaction::Kind::read);
        std::optional<detail::Head> head;
        run_check(verifier, [&] { head = store.find_head(); });
        run_check(verifier, [&] {
            const std::uint64_t last = head ? head->sequence : 0;
            std::int64_t next = std::numeric_limits<std::int64_t>::min();
            for (bool more = true; more;) {
                verifier.report_progress(last);
                const auto rows = store.rows(next, detail::rows_at_a_time);
                more = rows.size() == detail::rows_at_a_time;
                for (const detail::EventRow& row : rows) {
                    if (!verifier.check(row)) {
                        more = false;
                        break;
                    }
                    // Past the last possible row there is none.
                    if (row.sequence == std::numeric_limits<std::int64_t>::max())
                        more = false;
                    else
                        next = row.sequence + 1;
                }
            }
            verifier.report_progress(last);
        });
        verifier.check_head(head);
        verifier.check_expected();
        run_check(verifier, [&] {
            const std::string found = store.database().text("PRAGMA integrity_check(1)");
            if (found != "ok") verifier.add("journal_damaged", "file", found, "a sound file");
        });
        run_check(verifier, [&] {
            store.each_state([&](const StoredState&, std::optional<Problem> problem) {
                if (problem) verifier.add({*std::move(problem)});
                return true;
            });
        });
    });
    return verifier.take();
}

}  // namespace thuocdo::live
