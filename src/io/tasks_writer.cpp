#include <thuocdo/io/csv_writer.hpp>
#include <thuocdo/io/tasks.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "io/messages.hpp"
#include "io/pretty_json.hpp"
#include "io/task_writer.hpp"
#include "io/tasks_columns.hpp"
#include "io/tasks_words.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

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
        list.push_back(detail::task_json(tasks.task(row)));
    out.raw("tasks", thuocdo::detail::json_list(list));
    const std::string compact = out.str();
    return indent < 0 ? compact : detail::pretty_json(compact, static_cast<std::size_t>(indent));
}

TaskTables tasks_to_csv(const TaskRegister& tasks, const CsvWriterOptions& options) {
    return detail::TaskTablesWriter(options).write(tasks);
}

}  // namespace thuocdo::io
