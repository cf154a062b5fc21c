#include "io/task_reader.hpp"

#include <iterator>
#include <utility>
#include <vector>

#include "io/tasks_check.hpp"
#include "io/tasks_day.hpp"
#include "io/tasks_words.hpp"

namespace thuocdo::io::detail {
namespace {

std::optional<Date> read_day(const Json& value, const std::string& place, ReadLog& log) {
    const auto text = read_text(value, place, log);
    if (!text) return std::nullopt;
    const auto day = day_of(*text);
    if (!day) log.add(day_problem(*text, place));
    return day;
}

/// A special value where it is absent or cannot be read.
Date require_day(ObjectReader& in, const char* name) {
    const Json* value = in.require(name, "a day YYYY-MM-DD");
    return value ? read_day(*value, in.at(name), in.log()).value_or(Date()) : Date();
}

}  // namespace

std::optional<Date> find_day(ObjectReader& in, const char* name) {
    const Json* value = in.find(name);
    return value ? read_day(*value, in.at(name), in.log()) : std::nullopt;
}

std::optional<std::size_t> find_word(ObjectReader& in, const char* name,
                                     std::span<const char* const> words) {
    const Json* value = in.find(name);
    if (!value) return std::nullopt;
    const std::vector<std::string> allowed(words.begin(), words.end());
    return read_word(*value, in.at(name), in.log(), allowed);
}

void TaskReader::add(std::vector<Problem> problems) {
    std::move(problems.begin(), problems.end(), std::back_inserter(log_.problems));
}

Task TaskReader::task(const Json& value, const std::string& place, const StatusMatcher* statuses) {
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
    deadline(in, task);
    const auto read_each = [&](const char* name, auto read) {
        in.each(name, in.find(name), [&](const Json& item, const std::string& at) {
            ObjectReader members(item, at, log_);
            read(members);
            members.finish();
        });
    };
    read_each("extensions",
              [&](ObjectReader& each) { task.extensions.push_back(extension(each)); });
    read_each("milestones", [&](ObjectReader& each) {
        TaskMilestone milestone;
        milestone.name = each.text("name");
        milestone.date = require_day(each, "date");
        milestone.planned_share = each.required_number("planned_share", 0.0);
        task.milestones.push_back(std::move(milestone));
    });
    read_each("events", [&](ObjectReader& each) { task.events.push_back(event(each)); });
    read_each("products", [&](ObjectReader& each) { task.products.push_back(product(each)); });
    task.indicators = in.texts("indicators");
    task.coefficient = in.number("coefficient", task.coefficient);
    read_each("money", [&](ObjectReader& each) { task.money.push_back(money(each)); });
    if (const auto word = find_word(in, "secrecy", secrecy_words))
        task.secrecy = static_cast<TaskSecrecy>(*word);
    const Json* stated = in.find("status");
    in.finish();
    if (!in.is_object()) return task;
    add(check_read_task(task, place, log_.failed));
    if (stated && statuses) status(task, place + "/status", *stated, *statuses);
    return task;
}

void TaskReader::deadline(ObjectReader& in, Task& task) {
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
    if (!task.deadline_text.empty()) log_.add(deadline_stated_twice(*text, in.at("deadline_text")));
    task.deadline_text = *text;
}

TaskEvent TaskReader::event(ObjectReader& in) {
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

DeadlineExtension TaskReader::extension(ObjectReader& in) {
    DeadlineExtension extension;
    extension.decided = require_day(in, "decided");
    extension.last_day = require_day(in, "last_day");
    extension.decision = in.required_text("decision", "the number of the decision");
    return extension;
}

TaskProduct TaskReader::product(ObjectReader& in) {
    TaskProduct product;
    product.name = in.text("name");
    product.accepted = find_day(in, "accepted");
    if (const auto word = find_word(in, "quality", quality_words))
        product.quality = static_cast<ProductQuality>(*word);
    in.each("failed_assessments", in.find("failed_assessments"),
            [&](const Json& value, const std::string& place) {
                product.failed_assessments.push_back(read_day(value, place, log_).value_or(Date()));
            });
    product.coefficient = in.number("coefficient");
    return product;
}

TaskMoney TaskReader::money(ObjectReader& in) {
    TaskMoney money;
    money.date = require_day(in, "date");
    if (in.is_object() && !in.find("allocated") && !in.find("disbursed"))
        log_.add(amount_missing(in.at("allocated")));
    money.allocated = in.number("allocated", 0.0);
    money.disbursed = in.number("disbursed", 0.0);
    return money;
}

void TaskReader::status(const Task& task, const std::string& place, const Json& value,
                        const StatusMatcher& statuses) {
    const auto text = read_text(value, place, log_);
    if (!text) return;
    const std::string of_task = place.substr(0, place.rfind('/'));
    const auto stated = statuses.find(*text);
    if (!stated) {
        log_.problems.push_back(statuses.unknown(*text, place));
    } else if (has_readable_events(task, of_task, log_.failed)) {
        if (auto problem = status_problem(*text, *stated, task, place))
            log_.problems.push_back(std::move(*problem));
    }
}

}  // namespace thuocdo::io::detail
