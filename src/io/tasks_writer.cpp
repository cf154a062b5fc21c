#include <thuocdo/io/csv_writer.hpp>
#include <thuocdo/io/tasks.hpp>
#include <thuocdo/model/canonical.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "io/messages.hpp"
#include "io/pretty_json.hpp"
#include "io/tasks_columns.hpp"
#include "io/tasks_words.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

using thuocdo::detail::json_list;
using thuocdo::detail::json_string;
using thuocdo::detail::JsonObject;

JsonObject documented() { return JsonObject(MemberOrder::documented); }

std::string json_day(const Date& date) { return json_string(to_iso(date)); }

void add_day(JsonObject& out, const char* name, const std::optional<Date>& date) {
    if (date) out.raw(name, json_day(*date));
}

void add_texts(JsonObject& out, const char* name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    std::vector<std::string> list;
    for (const std::string& each : texts) list.push_back(json_string(each));
    out.raw(name, json_list(list));
}

/// A list of objects, one an item; nothing for no items.
template <class Item, class Write>
void add_items(JsonObject& out, const char* name, const std::vector<Item>& items, Write write) {
    if (items.empty()) return;
    std::vector<std::string> list;
    for (const Item& each : items) {
        JsonObject object = documented();
        write(object, each);
        list.push_back(object.str());
    }
    out.raw(name, json_list(list));
}

void write_extension(JsonObject& out, const DeadlineExtension& each) {
    out.raw("decided", json_day(each.decided)).raw("last_day", json_day(each.last_day));
    out.text("decision", each.decision);
}

void write_milestone(JsonObject& out, const TaskMilestone& each) {
    out.text("name", each.name).raw("date", json_day(each.date));
    out.number("planned_share", each.planned_share);
}

void write_event(JsonObject& out, const TaskEvent& each) {
    out.raw("kind", json_string(task_event_name(each.kind))).raw("date", json_day(each.date));
    if (!std::isnan(each.share)) out.number("share", each.share);
    out.text("authority", each.authority).text("note", each.note);
}

void write_product(JsonObject& out, const TaskProduct& each) {
    out.text("name", each.name);
    add_day(out, "accepted", each.accepted);
    if (each.quality != ProductQuality::not_assessed)
        out.raw("quality", json_string(quality_words[static_cast<std::size_t>(each.quality)]));
    std::vector<std::string> failed;
    for (const Date& date : each.failed_assessments) failed.push_back(json_day(date));
    if (!failed.empty()) out.raw("failed_assessments", json_list(failed));
    out.number("coefficient", each.coefficient);
}

void write_money(JsonObject& out, const TaskMoney& each) {
    out.raw("date", json_day(each.date));
    if (each.allocated != 0.0 || each.disbursed == 0.0) out.number("allocated", each.allocated);
    if (each.disbursed != 0.0) out.number("disbursed", each.disbursed);
}

std::string json_task(const Task& task) {
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

std::string json_rules(const TaskRules& rules) {
    JsonObject out = documented();
    out.raw("accepted_product_required", rules.accepted_product_required ? "true" : "false");
    out.raw("timeliness",
            json_string(timeliness_words[static_cast<std::size_t>(rules.timeliness)]));
    out.number("due_soon_days", static_cast<double>(rules.due_soon_days));
    out.number("penalty_per_failed_assessment", rules.penalty_per_failed_assessment);
    out.number("penalty_per_missed_deadline", rules.penalty_per_missed_deadline);
    return out.str();
}

void write_office(JsonObject& out, const OfficeTerm& term) {
    out.raw("post", json_string(term.post)).text("body", term.body);
    if (!term.position.empty()) {
        JsonObject both = documented();
        both.text("en", term.position.en).text("vi", term.position.vi);
        out.raw("position", both.str());
    }
    out.text("person", term.person);
    add_day(out, "from", term.from);
    add_day(out, "to", term.to);
}

std::string cell_day(const std::optional<Date>& date) { return date ? to_iso(*date) : ""; }

/// One table; its header is written with the first row.
class TableWriter {
  public:
    TableWriter(std::span<const char* const> columns, const CsvWriterOptions& options)
        : columns_(columns), csv_(options) {}

    CsvWriter& row() {
        if (!begun_) header();
        return csv_;
    }
    void header() {
        begun_ = true;
        for (const char* name : columns_) csv_.field(name);
        csv_.end_row();
    }
    [[nodiscard]] std::string take() { return begun_ ? csv_.take() : std::string(); }

  private:
    std::span<const char* const> columns_;
    CsvWriter csv_;
    bool begun_ = false;
};

/// The columns of the main table that are no items of lists.
constexpr std::array main_columns{
    "code",   "title",    "document", "lead",          "coordinating", "post",        "level",
    "sector", "assigned", "deadline", "deadline_text", "indicators",   "coefficient", "secrecy"};

class TaskTablesWriter {
  public:
    explicit TaskTablesWriter(const CsvWriterOptions& options)
        : tasks_(main_columns, options),
          events_(event_column::names, options),
          products_(product_column::names, options),
          extensions_(extension_column::names, options),
          milestones_(milestone_column::names, options),
          money_(money_column::names, options),
          offices_(office_column::names, options) {}

    TaskTables write(const TaskRegister& tasks) {
        tasks_.header();
        for (std::size_t row = 0; row < tasks.size(); ++row) write_task(tasks.task(row));
        for (const OfficeTerm& term : tasks.offices())
            offices_.row()
                .field(term.post)
                .field(term.body)
                .field(term.position.vi)
                .field(term.position.en)
                .field(term.person)
                .field(cell_day(term.from))
                .field(cell_day(term.to))
                .end_row();
        if (!problems_.empty())
            throw TaskError("the register cannot be written as tables", std::move(problems_));
        return {tasks_.take(),      events_.take(), products_.take(), extensions_.take(),
                milestones_.take(), money_.take(),  offices_.take()};
    }

  private:
    std::string joined(const Task& task, const char* name, const std::vector<std::string>& list) {
        std::string cell;
        for (std::size_t k = 0; k < list.size(); ++k) {
            if (list[k].empty() || list[k].find(list_separator) != std::string::npos)
                problems_.push_back(
                    {"reserved_character",
                     "task \"" + task.code + "\"/" + name + '/' + std::to_string(k),
                     list[k].empty() ? "an empty text" : "text " + in_quotes(list[k]),
                     "a text without |, which separates the entries of a cell",
                     "rename it, or write the register as JSON"});
            if (k != 0) cell += list_separator;
            cell += list[k];
        }
        return cell;
    }

    void write_task(const Task& task) {
        CsvWriter& row = tasks_.row();
        row.field(task.code).field(task.title).field(task.document).field(task.lead);
        row.field(joined(task, "coordinating", task.coordinating));
        row.field(task.post).field(task.level).field(task.sector);
        row.field(to_iso(task.assigned)).field(cell_day(task.deadline));
        row.field(task.deadline_text).field(joined(task, "indicators", task.indicators));
        row.field(task.coefficient);
        row.field(secrecy_words[static_cast<std::size_t>(task.secrecy)]).end_row();
        write_lists(task);
    }

    void write_lists(const Task& task) {
        for (const TaskEvent& each : task.events)
            events_.row()
                .field(task.code)
                .field(task_event_name(each.kind))
                .field(to_iso(each.date))
                .field(each.share)
                .field(each.authority)
                .field(each.note)
                .end_row();
        for (const TaskProduct& each : task.products) write_product_row(task, each);
        for (const DeadlineExtension& each : task.extensions)
            extensions_.row()
                .field(task.code)
                .field(to_iso(each.decided))
                .field(to_iso(each.last_day))
                .field(each.decision)
                .end_row();
        for (const TaskMilestone& each : task.milestones)
            milestones_.row()
                .field(task.code)
                .field(to_iso(each.date))
                .field(each.planned_share)
                .field(each.name)
                .end_row();
        for (const TaskMoney& each : task.money)
            money_.row()
                .field(task.code)
                .field(to_iso(each.date))
                .field(each.allocated)
                .field(each.disbursed)
                .end_row();
    }

    void write_product_row(const Task& task, const TaskProduct& product) {
        std::string failed;
        for (const Date& date : product.failed_assessments) {
            if (!failed.empty()) failed += list_separator;
            failed += to_iso(date);
        }
        CsvWriter& row = products_.row();
        row.field(task.code).field(product.name).field(cell_day(product.accepted));
        row.field(quality_words[static_cast<std::size_t>(product.quality)]).field(failed);
        if (product.coefficient)
            row.field(*product.coefficient);
        else
            row.empty_field();
        row.end_row();
    }

    TableWriter tasks_;
    TableWriter events_;
    TableWriter products_;
    TableWriter extensions_;
    TableWriter milestones_;
    TableWriter money_;
    TableWriter offices_;
    std::vector<Problem> problems_{};
};

}  // namespace
}  // namespace detail

std::string tasks_to_json(const TaskRegister& tasks, int indent) {
    detail::JsonObject out = detail::documented();
    out.number("thuocdo_tasks", 1.0).raw("rules", detail::json_rules(tasks.rules()));
    detail::add_items(out, "offices", tasks.offices(), detail::write_office);
    std::vector<std::string> list;
    list.reserve(tasks.size());
    for (std::size_t row = 0; row < tasks.size(); ++row)
        list.push_back(detail::json_task(tasks.task(row)));
    out.raw("tasks", detail::json_list(list));
    const std::string compact = out.str();
    return indent < 0 ? compact : detail::pretty_json(compact, static_cast<std::size_t>(indent));
}

TaskTables tasks_to_csv(const TaskRegister& tasks, const CsvWriterOptions& options) {
    return detail::TaskTablesWriter(options).write(tasks);
}

}  // namespace thuocdo::io
