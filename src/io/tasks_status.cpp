#include "io/tasks_status.hpp"

#include <thuocdo/io/unicode.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "io/messages.hpp"
#include "io/text_file.hpp"
#include "io/utf8.hpp"

namespace thuocdo::io {
namespace {

constexpr std::array<const char*, 6> stated_status_names{
    "completed", "not_completed", "not_started", "in_progress", "suspended", "cancelled"};

/// Unicode case folding, composed again.
std::string fold_case(const std::string& text) {
    return detail::composed_utf8(text, UTF8PROC_CASEFOLD);
}

}  // namespace

const char* stated_status_name(StatedStatus status) noexcept {
    return stated_status_names[static_cast<std::size_t>(status)];
}

std::vector<StatusWord> StatusVocabulary::standard_words() {
    using enum StatedStatus;
    return {{"Hoàn thành", completed},
            {"Đã hoàn thành", completed},
            {"Completed", completed},
            {"completed", completed},
            {"Chưa hoàn thành", not_completed},
            {"Not completed", not_completed},
            {"not completed", not_completed},
            {"Chưa thực hiện", not_started},
            {"Chưa triển khai", not_started},
            {"Chưa bắt đầu", not_started},
            {"Not started", not_started},
            {"not started", not_started},
            {"Đang thực hiện", in_progress},
            {"Đang triển khai", in_progress},
            {"Đang xử lý", in_progress},
            {"In progress", in_progress},
            {"in progress", in_progress},
            {"Tạm dừng", suspended},
            {"Suspended", suspended},
            {"suspended", suspended},
            {"Hủy", cancelled},
            {"Huỷ", cancelled},
            {"Hủy bỏ", cancelled},
            {"Huỷ bỏ", cancelled},
            {"Đã hủy", cancelled},
            {"Đã huỷ", cancelled},
            {"Cancelled", cancelled},
            {"cancelled", cancelled}};
}

StatusVocabulary parse_status_vocabulary(std::string_view json, const std::string& file) {
    const detail::JsonText text =
        detail::parse_json_text(detail::without_byte_order_mark(json), {file, 1, 1});
    detail::ReadLog log;
    for (const Problem& each : text.problems) log.add(each);
    StatusVocabulary vocabulary;
    if (text.readable) {
        vocabulary = detail::read_vocabulary(text.value, "", log);
        if (log.problems.empty()) detail::StatusMatcher(vocabulary, "", log.problems);
    }
    if (!log.problems.empty())
        throw TaskError("the vocabulary in \"" + file + "\" cannot be used",
                        std::move(log.problems));
    return vocabulary;
}

StatusVocabulary load_status_vocabulary(const std::filesystem::path& path) {
    std::string text;
    try {
        text = detail::read_text_file(path);
    } catch (const DataError& error) {
        throw TaskError("the vocabulary cannot be used", error.problems());
    }
    return parse_status_vocabulary(text, path.string());
}

namespace detail {
namespace {

/// What the dates of a task say once everything in them has happened.
struct DatedFacts {
    /// Any report of work, and any that says that some was done.
    std::optional<Date> begun{};
    std::optional<Date> worked{};
    std::optional<Date> completed{};
    std::optional<Date> returned{};
    std::optional<Date> suspended{};
    std::optional<Date> cancelled{};
};

void add_event(const TaskEvent& event, DatedFacts& facts) {
    const auto work = [&](bool some_done) {
        if (!facts.begun) facts.begun = event.date;
        if (!facts.worked && some_done) facts.worked = event.date;
    };
    switch (event.kind) {
        case TaskEventKind::progress:
            work(event.share != 0.0);
            break;
        case TaskEventKind::started:
        case TaskEventKind::submitted:
            work(true);
            break;
        case TaskEventKind::returned:
            work(true);
            facts.completed.reset();
            facts.returned = event.date;
            break;
        case TaskEventKind::accepted:
        case TaskEventKind::completed:
            work(true);
            if (!facts.completed) facts.completed = event.date;
            facts.returned.reset();
            break;
        case TaskEventKind::suspended:
            facts.suspended = event.date;
            break;
        case TaskEventKind::resumed:
            facts.suspended.reset();
            break;
        case TaskEventKind::cancelled:
            facts.cancelled = event.date;
            break;
        case TaskEventKind::exempted:
            break;
    }
}

DatedFacts facts_of(const Task& task) {
    std::vector<const TaskEvent*> events;
    for (const TaskEvent& event : task.events) events.push_back(&event);
    std::stable_sort(events.begin(), events.end(),
                     [](const TaskEvent* a, const TaskEvent* b) { return a->date < b->date; });
    DatedFacts facts;
    for (const TaskEvent* event : events) add_event(*event, facts);
    for (const TaskProduct& product : task.products)
        if (product.accepted && (!facts.worked || *product.accepted < *facts.worked))
            facts.worked = product.accepted;
    return facts;
}

/// The first thing that the dates say against a statement.
struct Contradiction {
    const std::optional<Date>& date;
    const char* what;
};

std::optional<std::string> first_of(std::initializer_list<Contradiction> all) {
    for (const Contradiction& each : all)
        if (each.date) return each.what + (' ' + to_iso(*each.date));
    return std::nullopt;
}

std::optional<std::string> contradiction(StatedStatus stated, const DatedFacts& facts) {
    const Contradiction completed{facts.completed, "a completion on"};
    const Contradiction suspended{facts.suspended, "a suspension since"};
    const Contradiction cancelled{facts.cancelled, "a cancellation on"};
    switch (stated) {
        case StatedStatus::completed:
            return first_of({cancelled, suspended, {facts.returned, "a return for rework on"}});
        case StatedStatus::not_completed:
            return first_of({completed});
        case StatedStatus::not_started:
            return first_of({cancelled, completed, suspended, {facts.worked, "work on"}});
        case StatedStatus::in_progress:
            return first_of({cancelled, completed, suspended});
        case StatedStatus::suspended:
            return first_of({cancelled});
        case StatedStatus::cancelled:
            break;
    }
    return std::nullopt;
}

/// What a statement needs and the dates do not have.
struct MissingSupport {
    const char* code;
    const char* what;
    const char* remedy;
};

std::optional<MissingSupport> missing_support(StatedStatus stated, const DatedFacts& facts) {
    switch (stated) {
        case StatedStatus::completed:
            if (!facts.completed)
                return MissingSupport{"completion_without_date", "a day of completion",
                                      "give the day, or correct the status"};
            break;
        case StatedStatus::in_progress:
            if (!facts.begun)
                return MissingSupport{"start_without_date", "a day on which work began",
                                      "give the day of the start or of a progress report; where "
                                      "the status only means \"not completed\", say so in the "
                                      "vocabulary"};
            break;
        case StatedStatus::suspended:
            if (!facts.suspended)
                return MissingSupport{"suspension_without_date", "a day of suspension",
                                      "give the day, or correct the status"};
            break;
        case StatedStatus::cancelled:
            if (!facts.cancelled)
                return MissingSupport{"cancellation_without_date", "a day of cancellation",
                                      "give the day and who decided it, or correct the status"};
            break;
        case StatedStatus::not_completed:
        case StatedStatus::not_started:
            break;
    }
    return std::nullopt;
}

}  // namespace

StatusMatcher::StatusMatcher(const StatusVocabulary& vocabulary, const std::string& place,
                             std::vector<Problem>& problems)
    : case_sensitive_(vocabulary.case_sensitive) {
    for (std::size_t k = 0; k < vocabulary.words.size(); ++k) {
        const StatusWord& word = vocabulary.words[k];
        const std::string at = place + "/words/" + std::to_string(k) + "/text";
        if (word.text.empty() || !is_valid_utf8(word.text)) {
            problems.push_back({"empty_status", at, word.text.empty() ? "nothing" : "no UTF-8",
                                "the text of a status", "write the text, or remove the word"});
            continue;
        }
        if (!meanings_.emplace(key(word.text), word.meaning).second) {
            problems.push_back({"duplicate_status", at, in_quotes(word.text) + " again",
                                "each text once", "keep the one with the right meaning"});
            continue;
        }
        texts_.push_back(to_nfc(word.text));
    }
}

std::string StatusMatcher::key(std::string_view text) const {
    std::string composed = to_nfc(text);
    return case_sensitive_ ? composed : fold_case(composed);
}

std::optional<StatedStatus> StatusMatcher::find(std::string_view text) const {
    const auto found = meanings_.find(key(text));
    if (found == meanings_.end()) return std::nullopt;
    return found->second;
}

Problem StatusMatcher::unknown(std::string_view text, std::string place) const {
    return {"unknown_status", std::move(place), "status " + in_quotes(text),
            "one of " + listed(texts_),
            suggestion(text, texts_, "write one of these, or add the text to the vocabulary")};
}

std::optional<Problem> status_problem(std::string_view text, StatedStatus stated, const Task& task,
                                      std::string place) {
    const DatedFacts facts = facts_of(task);
    const std::string found = "status " + in_quotes(text);
    if (const auto against = contradiction(stated, facts))
        return Problem{"status_disagrees", std::move(place), found + " with " + *against,
                       "a status that agrees with the dates",
                       "correct the status or the dates; only the dates count"};
    if (const auto missing = missing_support(stated, facts))
        return Problem{missing->code, std::move(place), found + " without " + missing->what,
                       missing->what, missing->remedy};
    return std::nullopt;
}

StatusVocabulary read_vocabulary(const Json& value, const std::string& place, ReadLog& log) {
    static const std::vector<std::string> meanings(stated_status_names.begin(),
                                                   stated_status_names.end());
    StatusVocabulary vocabulary;
    vocabulary.words.clear();
    ObjectReader in(value, place, log);
    vocabulary.case_sensitive = in.flag("case_sensitive", vocabulary.case_sensitive);
    in.each("words", in.require("words", "a list of words"),
            [&](const Json& element, const std::string& at) {
                ObjectReader word(element, at, log);
                StatusWord read;
                read.text = word.required_text("text", "the text of a status");
                if (const Json* meaning = word.require("meaning", "what the text means"))
                    if (const auto found = read_word(*meaning, word.at("meaning"), log, meanings))
                        read.meaning = static_cast<StatedStatus>(*found);
                word.finish();
                vocabulary.words.push_back(std::move(read));
            });
    in.finish();
    return vocabulary;
}

}  // namespace detail
}  // namespace thuocdo::io
