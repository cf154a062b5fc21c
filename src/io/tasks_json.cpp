#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/json_reader.hpp"
#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/task_reader.hpp"
#include "io/tasks_check.hpp"
#include "io/tasks_reading.hpp"
#include "io/tasks_status.hpp"
#include "io/tasks_words.hpp"

namespace thuocdo::io::detail {
namespace {

/// The format that this reader reads.
constexpr double tasks_format_version = 1.0;

class TaskDocumentReader {
  public:
    TaskDocumentReader(const TaskFileOptions& options, ReadLog& log)
        : options_(options), log_(log) {
        reading_.rules = options.rules;
    }

    TaskReading read(const Json& document) {
        ObjectReader in(document, "", log_);
        const double version = in.required_number("thuocdo_tasks", tasks_format_version);
        if (version != tasks_format_version)
            log_.add({"unsupported_format", "/thuocdo_tasks", described(*in.find("thuocdo_tasks")),
                      "number 1", "use a version of the library that reads this format"});
        static_cast<void>(in.label("name"));
        static_cast<void>(in.text("source"));
        read_rules(in);
        read_vocabulary_of(in);
        in.each("offices", in.find("offices"),
                [&](const Json& value, const std::string& place) { read_office(value, place); });
        in.each("tasks", in.require("tasks", "a list of tasks"),
                [&](const Json& value, const std::string& place) { read_task(value, place); });
        in.finish();
        add(check_read_rules(reading_.rules));
        add(check_read_offices(reading_.offices, log_.failed));
        reading_.problems = std::move(log_.problems);
        return std::move(reading_);
    }

  private:
    void add(std::vector<Problem> problems) {
        std::move(problems.begin(), problems.end(), std::back_inserter(log_.problems));
    }

    void read_rules(ObjectReader& document) {
        const Json* value = document.find("rules");
        if (!value) return;
        ObjectReader in(*value, document.at("rules"), log_);
        TaskRules& rules = reading_.rules;
        rules.accepted_product_required =
            in.flag("accepted_product_required", rules.accepted_product_required);
        if (const auto word = find_word(in, "timeliness", timeliness_words))
            rules.timeliness = static_cast<Timeliness>(*word);
        rules.due_soon_days = in.integer("due_soon_days").value_or(rules.due_soon_days);
        rules.penalty_per_failed_assessment =
            in.number("penalty_per_failed_assessment", rules.penalty_per_failed_assessment);
        rules.penalty_per_missed_deadline =
            in.number("penalty_per_missed_deadline", rules.penalty_per_missed_deadline);
        in.finish();
    }

    void read_vocabulary_of(ObjectReader& document) {
        const Json* value = document.find("vocabulary");
        const std::string place = document.at("vocabulary");
        const std::size_t before = log_.problems.size();
        const StatusVocabulary vocabulary =
            value ? read_vocabulary(*value, place, log_) : options_.vocabulary;
        std::vector<Problem> problems;
        statuses_.emplace(vocabulary, value ? place : "vocabulary", problems);
        // A status is only held against words that could all be read.
        if (log_.problems.size() != before || !problems.empty()) statuses_.reset();
        if (log_.problems.size() == before) add(std::move(problems));
    }

    void read_office(const Json& value, const std::string& place) {
        ObjectReader in(value, place, log_);
        OfficeTerm term;
        term.post = in.required_text("post", "the code of the post");
        term.body = in.text("body");
        term.position = in.label("position");
        term.person = in.text("person");
        term.from = find_day(in, "from");
        term.to = find_day(in, "to");
        in.finish();
        reading_.offices.push_back(std::move(term));
    }

    void read_task(const Json& value, const std::string& place) {
        Task task =
            TaskReader(options_, log_).task(value, place, statuses_ ? &*statuses_ : nullptr);
        if (!task.code.empty()) {
            const auto [first, inserted] = codes_.emplace(task.code, place);
            if (!inserted)
                log_.problems.push_back({"duplicate_task", place + "/code",
                                         "code " + in_quotes(task.code) + " again",
                                         "a code that no other task has",
                                         "it is also " + first->second + "; keep one of the two"});
        }
        reading_.tasks.push_back(std::move(task));
    }

    const TaskFileOptions& options_;
    ReadLog& log_;
    TaskReading reading_{};
    std::optional<StatusMatcher> statuses_{};
    /// First place of each code.
    std::unordered_map<std::string, std::string> codes_{};
};

}  // namespace

TaskReading read_tasks_json(std::string_view json, const std::string& file,
                            const TaskFileOptions& options) {
    const JsonText text = parse_json_text(without_byte_order_mark(json), {file, 1, 1});
    if (!text.readable) {
        TaskReading unreadable;
        unreadable.problems = text.problems;
        return unreadable;
    }
    ReadLog log;
    for (const Problem& each : text.problems) log.add(each);
    TaskReading reading = TaskDocumentReader(options, log).read(text.value);
    if (options.normalise_to_nfc)
        std::erase_if(reading.problems, [](const Problem& each) { return each.code == "not_nfc"; });
    sort_by_text(text, reading.problems);
    return reading;
}

}  // namespace thuocdo::io::detail
