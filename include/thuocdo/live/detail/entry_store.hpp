#pragma once
/// @file
/// The entries of an observation log by subject, without the texts that repeat.

#include <thuocdo/live/event.hpp>
#include <thuocdo/tasks/detail/text_pool.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::live::detail {

/// What entries are about. Entries of one subject compete, or add up for the last two.
enum class SubjectKind : std::uint8_t { cell, unit, task, task_events, task_extensions, nothing };

/// Names a subject by numbers of texts.
struct SubjectKey {
    SubjectKind kind = SubjectKind::nothing;
    /// Unit or task.
    std::int32_t code = 0;
    std::int32_t indicator = 0;
    std::int32_t period = 0;
    friend bool operator==(const SubjectKey&, const SubjectKey&) = default;
};

struct SubjectHash {
    [[nodiscard]] std::size_t operator()(const SubjectKey& key) const noexcept {
        constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U;
        const auto bits = [](std::int32_t part) {
            return static_cast<std::uint64_t>(static_cast<std::uint32_t>(part));
        };
        std::uint64_t value = bits(key.code) << 32U | bits(key.indicator);
        value = (value ^ (value >> 29U)) * odd;
        value ^= bits(key.period) << 8U | static_cast<std::uint64_t>(key.kind);
        value = (value ^ (value >> 32U)) * odd;
        return static_cast<std::size_t>(value ^ (value >> 29U));
    }
};

inline constexpr std::int32_t no_entry = -1;
inline constexpr std::int64_t never_replaced = std::numeric_limits<std::int64_t>::max();

/// An entry; its fact is in the vector of its kind.
struct Entry {
    std::int64_t known = 0;
    /// The moment at which another entry that replaces it became known.
    std::int64_t replaced = never_replaced;
    std::int32_t valid = 0;
    std::int32_t replaces = 0;
    std::int32_t source = 0;
    std::uint32_t subject = 0;
    std::uint32_t fact = 0;
};

/// The value of a cell without its texts; NaN is none.
struct StoredObservation {
    double value = std::numeric_limits<double>::quiet_NaN();
    double numerator = std::numeric_limits<double>::quiet_NaN();
    double denominator = std::numeric_limits<double>::quiet_NaN();
    /// As given: the parts alone may make it `zero_denominator`.
    CellState state = CellState::observed;
    bool has_own_value = false;
};

/// Appends entries and finds the ones that hold. Entries of a subject stand in the order
/// of (valid, known, id), so that the order of arrival has no effect.
class EntryStore {
  public:
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    [[nodiscard]] const Entry& entry(std::size_t at) const { return entries_.at(at); }
    [[nodiscard]] const std::string& id(std::size_t at) const { return ids_.at(at); }
    [[nodiscard]] const thuocdo::detail::TextPool& texts() const noexcept { return texts_; }
    [[nodiscard]] std::size_t subject_count() const noexcept { return subjects_.size(); }
    [[nodiscard]] const SubjectKey& subject(std::uint32_t at) const { return subjects_[at]; }

    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const noexcept {
        const std::uint32_t found = by_id_.find(id, ids_);
        if (found == thuocdo::detail::CodeIndex::none) return std::nullopt;
        return found;
    }

    /// Subjects of one kind, in the order of their first entry.
    [[nodiscard]] std::span<const std::uint32_t> subjects_of(SubjectKind kind) const noexcept {
        return by_kind_[static_cast<std::size_t>(kind)];
    }

    [[nodiscard]] std::optional<std::uint32_t> find_subject(SubjectKind kind,
                                                            const std::string& code) const {
        return find_subject(SubjectKey{kind, texts_.find(code), 0, 0});
    }
    [[nodiscard]] std::optional<std::uint32_t> find_subject(const SubjectKey& key) const {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return std::nullopt;
        return found->second;
    }

    /// Adds an entry whose id is new.
    std::size_t add(const Event& event) {
        const std::size_t at = entries_.size();
        Entry entry;
        entry.known = event.known.microseconds;
        entry.valid = day_number(event.valid);
        entry.source = texts_.add(event.source);
        entry.replaces = texts_.add(event.replaces);
        entry.subject =
            std::visit([&](const auto& fact) { return store(fact, entry); }, event.fact);
        ids_.push_back(event.id);
        by_id_.add(static_cast<std::uint32_t>(at), ids_);
        if (const auto waiting = waiting_.find(event.id); waiting != waiting_.end()) {
            entry.replaced = waiting->second;
            waiting_.erase(waiting);
        }
        entries_.push_back(entry);
        insert(static_cast<std::uint32_t>(at));
        if (!event.replaces.empty()) replace(event.replaces, entry.known);
        return at;
    }

    /// Whether an entry counts on a day by what was known at a moment.
    [[nodiscard]] bool holds(const Entry& entry, std::int32_t day,
                             std::int64_t known) const noexcept {
        return entry.valid <= day && entry.known <= known && !is_replaced(entry, known);
    }

    /// The last entry of a subject that counts; `no_entry` when there is none.
    [[nodiscard]] std::int32_t effective(std::uint32_t subject, std::int32_t day,
                                         std::int64_t known) const noexcept {
        const std::vector<std::uint32_t>& list = lists_[subject];
        for (std::size_t k = list.size(); k-- > 0;)
            if (holds(entries_[list[k]], day, known)) return static_cast<std::int32_t>(list[k]);
        return no_entry;
    }

    /// Every entry of a subject that counts, in order.
    [[nodiscard]] std::vector<std::uint32_t> all_effective(std::uint32_t subject, std::int32_t day,
                                                           std::int64_t known) const {
        std::vector<std::uint32_t> found;
        for (const std::uint32_t each : lists_[subject])
            if (holds(entries_[each], day, known)) found.push_back(each);
        return found;
    }

    /// Passes every entry about a task that counts to `take`, in order.
    template <class Take>
    void each_effective(SubjectKind kind, const std::string& task, std::int32_t day,
                        std::int64_t known, Take&& take) const {
        if (const auto subject = find_subject(kind, task))
            for (const std::uint32_t at : all_effective(*subject, day, known)) take(entry(at));
    }

    /// The first day after `day` on which another entry of a subject begins to count by
    /// all that is known; nothing when there is none.
    [[nodiscard]] std::optional<std::int32_t> next_valid(std::uint32_t subject,
                                                         std::int32_t day) const noexcept {
        for (const std::uint32_t each : lists_[subject]) {
            const Entry& entry = entries_[each];
            if (entry.valid > day && entry.replaced == never_replaced) return entry.valid;
        }
        return std::nullopt;
    }

    [[nodiscard]] const StoredObservation& observation(const Entry& entry) const {
        return observations_[entry.fact];
    }
    [[nodiscard]] const Unit& unit(const Entry& entry) const { return units_[entry.fact]; }
    [[nodiscard]] const Task& task(const Entry& entry) const { return tasks_[entry.fact]; }
    [[nodiscard]] const TaskEvent& task_event(const Entry& entry) const {
        return task_events_[entry.fact];
    }
    [[nodiscard]] const DeadlineExtension& extension(const Entry& entry) const {
        return extensions_[entry.fact];
    }

    /// An entry as it was given.
    [[nodiscard]] Event event(std::size_t at) const {
        const Entry& entry = entries_.at(at);
        const SubjectKey& key = subjects_[entry.subject];
        Event out;
        out.id = ids_[at];
        out.valid = date_of(entry.valid);
        out.known = {entry.known};
        out.replaces = texts_[entry.replaces];
        out.source = texts_[entry.source];
        const std::string& code = texts_[key.code];
        switch (key.kind) {
            case SubjectKind::cell: {
                const StoredObservation& stored = observations_[entry.fact];
                Observation fact{code, texts_[key.indicator], texts_[key.period], {}, {},
                                 {},   stored.state};
                if (stored.has_own_value) fact.value = stored.value;
                if (!std::isnan(stored.denominator)) {
                    fact.numerator = stored.numerator;
                    fact.denominator = stored.denominator;
                }
                out.fact = std::move(fact);
                break;
            }
            case SubjectKind::unit:
                out.fact = UnitFact{units_[entry.fact]};
                break;
            case SubjectKind::task:
                out.fact = TaskFact{tasks_[entry.fact]};
                break;
            case SubjectKind::task_events:
                out.fact = TaskHappening{code, task_events_[entry.fact]};
                break;
            case SubjectKind::task_extensions:
                out.fact = TaskExtension{code, extensions_[entry.fact]};
                break;
            case SubjectKind::nothing:
                out.fact = Withdrawal{};
                break;
        }
        return out;
    }

  private:
    [[nodiscard]] static bool is_replaced(const Entry& entry, std::int64_t known) noexcept {
        return entry.replaced != never_replaced && entry.replaced <= known;
    }

    [[nodiscard]] std::uint32_t subject_of(const SubjectKey& key) {
        const auto [found, inserted] =
            by_key_.try_emplace(key, static_cast<std::uint32_t>(subjects_.size()));
        if (inserted) {
            by_kind_[static_cast<std::size_t>(key.kind)].push_back(found->second);
            subjects_.push_back(key);
            lists_.emplace_back();
        }
        return found->second;
    }

    template <class Facts, class Fact>
    static std::uint32_t keep(Facts& facts, const Fact& fact) {
        facts.push_back(fact);
        return static_cast<std::uint32_t>(facts.size() - 1);
    }

    [[nodiscard]] std::uint32_t store(const Observation& fact, Entry& entry) {
        StoredObservation stored;
        stored.state = fact.state;
        stored.has_own_value = fact.value.has_value();
        if (fact.value) stored.value = *fact.value;
        if (fact.denominator) {
            stored.numerator = *fact.numerator;
            stored.denominator = *fact.denominator;
            if (!fact.value && stored.denominator != 0.0 && has_value(fact.state))
                stored.value = stored.numerator / stored.denominator;
        }
        entry.fact = keep(observations_, stored);
        return subject_of({SubjectKind::cell, texts_.add(fact.unit), texts_.add(fact.indicator),
                           texts_.add(fact.period)});
    }
    [[nodiscard]] std::uint32_t store(const Withdrawal&, Entry&) {
        return subject_of({SubjectKind::nothing, 0, 0, 0});
    }
    [[nodiscard]] std::uint32_t store(const UnitFact& fact, Entry& entry) {
        entry.fact = keep(units_, fact.unit);
        return subject_of({SubjectKind::unit, texts_.add(fact.unit.code), 0, 0});
    }
    [[nodiscard]] std::uint32_t store(const TaskFact& fact, Entry& entry) {
        entry.fact = keep(tasks_, fact.task);
        return subject_of({SubjectKind::task, texts_.add(fact.task.code), 0, 0});
    }
    [[nodiscard]] std::uint32_t store(const TaskHappening& fact, Entry& entry) {
        entry.fact = keep(task_events_, fact.event);
        return subject_of({SubjectKind::task_events, texts_.add(fact.task), 0, 0});
    }
    [[nodiscard]] std::uint32_t store(const TaskExtension& fact, Entry& entry) {
        entry.fact = keep(extensions_, fact.extension);
        return subject_of({SubjectKind::task_extensions, texts_.add(fact.task), 0, 0});
    }

    void insert(std::uint32_t at) {
        if (subjects_[entries_[at].subject].kind == SubjectKind::nothing) return;
        std::vector<std::uint32_t>& list = lists_[entries_[at].subject];
        const auto before = [&](std::uint32_t a, std::uint32_t b) {
            const Entry& x = entries_[a];
            const Entry& y = entries_[b];
            return std::tie(x.valid, x.known, ids_[a]) < std::tie(y.valid, y.known, ids_[b]);
        };
        if (list.empty() || before(list.back(), at))
            list.push_back(at);
        else
            list.insert(std::lower_bound(list.begin(), list.end(), at, before), at);
    }

    void replace(const std::string& id, std::int64_t known) {
        if (const auto target = find(id)) {
            Entry& entry = entries_[*target];
            entry.replaced = std::min(entry.replaced, known);
            return;
        }
        const auto [waiting, inserted] = waiting_.try_emplace(id, known);
        if (!inserted) waiting->second = std::min(waiting->second, known);
    }

    std::vector<Entry> entries_;
    std::vector<std::string> ids_;
    thuocdo::detail::CodeIndex by_id_;
    thuocdo::detail::TextPool texts_;
    std::vector<SubjectKey> subjects_;
    std::vector<std::vector<std::uint32_t>> lists_;
    std::unordered_map<SubjectKey, std::uint32_t, SubjectHash> by_key_;
    std::array<std::vector<std::uint32_t>, 6> by_kind_;
    /// Moments of replacement of entries that have not arrived.
    std::unordered_map<std::string, std::int64_t> waiting_;
    std::vector<StoredObservation> observations_;
    std::vector<Unit> units_;
    std::vector<Task> tasks_;
    std::vector<TaskEvent> task_events_;
    std::vector<DeadlineExtension> extensions_;
};

}  // namespace thuocdo::live::detail
