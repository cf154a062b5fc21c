#include <algorithm>
#include <array>
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
#include "io/tasks_check.hpp"
#include "io/tasks_day.hpp"
#include "io/tasks_reading.hpp"
#include "io/tasks_status.hpp"
#include "io/tasks_words.hpp"

namespace thuocdo::io::detail {
namespace {

/// The format that this reader reads.
constexpr double tasks_format_version = 1.0;

constexpr const char* a_day = "a day YYYY-MM-DD";

std::optional<Date> read_day(const Json& value, const std::string& place, ReadLog& log) {
    const auto text = read_text(value, place, log);
    if (!text) return std::nullopt;
    const auto day = day_of(*text);
    if (!day) log.add(day_problem(*text, place));
    return day;
}

std::optional<Date> find_day(ObjectReader& in, const char* name) {
    const Json* value = in.find(name);
    return value ? read_day(*value, in.at(name), in.log()) : std::nullopt;
}

/// A special value where it is absent or cannot be read.
Date require_day(ObjectReader& in, const char* name) {
    const Json* value = in.require(name, a_day);
    return value ? read_day(*value, in.at(name), in.log()).value_or(Date()) : Date();
}

template <std::size_t count>
std::optional<std::size_t> find_word(ObjectReader& in, const char* name,
                                     const std::array<const char*, count>& words) {
    const Json* value = in.find(name);
    if (!value) return std::nullopt;
    const std::vector<std::string> allowed(words.begin(), words.end());
    return read_word(*value, in.at(name), in.log(), allowed);
}

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
        ObjectReader in(value, place, log_);
        Task task;
        task.code = in.required_text("code", "the code of the task");
        task.title = in.text("title");
        task.document = in.text("document");
        task.lead = in.required_text("lead", "the one body that answers for it");
        task.coordinating = in.texts("coordinating");
        task.post = in.text("post");
        task.level = in.text("level");
        task.sector = in.text("sector");
        task.assigned = require_day(in, "assigned");
        read_deadline(in, task);
        const auto read_each = [&](const char* name, auto read) {
            in.each(name, in.find(name), [&](const Json& item, const std::string& at) {
                ObjectReader members(item, at, log_);
                read(members);
                members.finish();
            });
        };
        read_each("extensions", [&](ObjectReader& each) {
            DeadlineExtension extension;
            extension.decided = require_day(each, "decided");
            extension.last_day = require_day(each, "last_day");
            extension.decision = each.required_text("decision", "the number of the decision");
            task.extensions.push_back(std::move(extension));
        });
        read_each("milestones", [&](ObjectReader& each) {
            TaskMilestone milestone;
            milestone.name = each.text("name");
            milestone.date = require_day(each, "date");
            milestone.planned_share = each.required_number("planned_share", 0.0);
            task.milestones.push_back(std::move(milestone));
        });
        read_each("events", [&](ObjectReader& each) { task.events.push_back(read_event(each)); });
        read_each("products",
                  [&](ObjectReader& each) { task.products.push_back(read_product(each)); });
        task.indicators = in.texts("indicators");
        task.coefficient = in.number("coefficient", task.coefficient);
        read_each("money", [&](ObjectReader& each) { task.money.push_back(read_money(each)); });
        if (const auto word = find_word(in, "secrecy", secrecy_words))
            task.secrecy = static_cast<TaskSecrecy>(*word);
        const Json* status = in.find("status");
        in.finish();
        if (in.is_object()) check(task, place, status);
        reading_.tasks.push_back(std::move(task));
    }

    void read_deadline(ObjectReader& in, Task& task) {
        task.deadline_text = in.text("deadline_text");
        const Json* value = in.find("deadline");
        if (!value) return;
        const auto text = read_text(*value, in.at("deadline"), log_);
        if (!text) return;
        DeadlineReading reading = deadline_of(*text, task.assigned, options_, in.at("deadline"));
        if (!reading.last_day) {
            log_.failed.insert(in.at("deadline"));
            // Words such as "15 days from the assignment" need that day.
            if (!reading.in_words || !task.assigned.is_special()) add(std::move(reading.problems));
            return;
        }
        task.deadline = reading.last_day;
        if (!reading.in_words) return;
        if (!task.deadline_text.empty())
            log_.add(deadline_stated_twice(*text, in.at("deadline_text")));
        task.deadline_text = *text;
    }

    TaskEvent read_event(ObjectReader& in) {
        TaskEvent event;
        if (in.require("kind", "what happened"))
            if (const auto word = find_word(in, "kind", thuocdo::detail::task_event_names))
                event.kind = static_cast<TaskEventKind>(*word);
        event.date = require_day(in, "date");
        event.share = in.number("share", event.share);
        event.authority = in.text("authority");
        event.note = in.text("note");
        return event;
    }

    TaskProduct read_product(ObjectReader& in) {
        TaskProduct product;
        product.name = in.text("name");
        product.accepted = find_day(in, "accepted");
        if (const auto word = find_word(in, "quality", quality_words))
            product.quality = static_cast<ProductQuality>(*word);
        in.each(
            "failed_assessments", in.find("failed_assessments"),
            [&](const Json& value, const std::string& place) {
                product.failed_assessments.push_back(read_day(value, place, log_).value_or(Date()));
            });
        product.coefficient = in.number("coefficient");
        return product;
    }

    TaskMoney read_money(ObjectReader& in) {
        TaskMoney money;
        money.date = require_day(in, "date");
        if (in.is_object() && !in.find("allocated") && !in.find("disbursed"))
            log_.add(amount_missing(in.at("allocated")));
        money.allocated = in.number("allocated", 0.0);
        money.disbursed = in.number("disbursed", 0.0);
        return money;
    }

    void check(const Task& task, const std::string& place, const Json* status) {
        add(check_read_task(task, place, log_.failed));
        if (!task.code.empty()) {
            const auto [first, inserted] = codes_.emplace(task.code, place);
            if (!inserted)
                log_.problems.push_back({"duplicate_task", place + "/code",
                                         "code " + in_quotes(task.code) + " again",
                                         "a code that no other task has",
                                         "it is also " + first->second + "; keep one of the two"});
        }
        if (status) check_status(task, place, *status);
    }

    void check_status(const Task& task, const std::string& place, const Json& value) {
        const std::string at = place + "/status";
        const auto text = read_text(value, at, log_);
        if (!text || !statuses_) return;
        const auto stated = statuses_->find(*text);
        if (!stated) {
            log_.problems.push_back(statuses_->unknown(*text, at));
        } else if (has_readable_events(task, place, log_.failed)) {
            if (auto problem = status_problem(*text, *stated, task, at))
                log_.problems.push_back(std::move(*problem));
        }
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
