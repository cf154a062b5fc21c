#include "io/task_writer.hpp"

#include <cmath>
#include <cstddef>

#include "io/tasks_words.hpp"

namespace thuocdo::io::detail {
namespace {

void write_milestone(JsonObject& out, const TaskMilestone& each) {
    out.text("name", each.name).raw("date", json_day(each.date));
    out.number("planned_share", each.planned_share);
}

void write_product(JsonObject& out, const TaskProduct& each) {
    out.text("name", each.name);
    add_day(out, "accepted", each.accepted);
    if (each.quality != ProductQuality::not_assessed)
        out.raw("quality", json_string(quality_words[static_cast<std::size_t>(each.quality)]));
    std::vector<std::string> failed;
    for (const Date& date : each.failed_assessments) failed.push_back(json_day(date));
    if (!failed.empty()) out.raw("failed_assessments", thuocdo::detail::json_list(failed));
    out.number("coefficient", each.coefficient);
}

void write_money(JsonObject& out, const TaskMoney& each) {
    out.raw("date", json_day(each.date));
    if (each.allocated != 0.0 || each.disbursed == 0.0) out.number("allocated", each.allocated);
    if (each.disbursed != 0.0) out.number("disbursed", each.disbursed);
}

}  // namespace

void write_extension(JsonObject& out, const DeadlineExtension& each) {
    out.raw("decided", json_day(each.decided)).raw("last_day", json_day(each.last_day));
    out.text("decision", each.decision);
}

void write_event(JsonObject& out, const TaskEvent& each) {
    out.raw("kind", json_string(task_event_name(each.kind))).raw("date", json_day(each.date));
    if (!std::isnan(each.share)) out.number("share", each.share);
    out.text("authority", each.authority).text("note", each.note);
}

std::string task_json(const Task& task) {
    JsonObject out = documented();
    out.raw("code", json_string(task.code)).text("title", task.title);
    out.text("document", task.document).text("lead", task.lead);
    add_texts(out, "coordinating", task.coordinating);
    out.text("post", task.post).text("level", task.level).text("sector", task.sector);
    out.raw("assigned", json_day(task.assigned));
    add_day(out, "deadline", task.deadline);
    out.text("deadline_text", task.deadline_text);
    add_items(out, "extensions", task.extensions, write_extension);
    add_items(out, "milestones", task.milestones, write_milestone);
    add_items(out, "events", task.events, write_event);
    add_items(out, "products", task.products, write_product);
    add_texts(out, "indicators", task.indicators);
    out.number("coefficient", task.coefficient, 1.0);
    add_items(out, "money", task.money, write_money);
    if (task.secrecy == TaskSecrecy::secret) out.raw("secrecy", json_string("secret"));
    return out.str();
}

}  // namespace thuocdo::io::detail
