#include "io/tasks_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "io/messages.hpp"
#include "io/tasks_day.hpp"
#include "io/tasks_words.hpp"

namespace thuocdo::io::detail {
namespace {

using Kind = TaskEventKind;
namespace column = task_column;

// Forms of the items that the main table holds.
constexpr std::array started_form{MemberColumn{"", column::started}};
constexpr std::array progress_form{MemberColumn{"", column::progress},
                                   MemberColumn{"/date", column::progress_on}};
constexpr std::array submitted_form{MemberColumn{"", column::submitted}};
constexpr std::array completed_form{MemberColumn{"", column::completed}};
constexpr std::array accepted_form{MemberColumn{"", column::accepted}};
constexpr std::array suspended_form{MemberColumn{"", column::suspended}};
constexpr std::array cancelled_form{MemberColumn{"", column::cancelled},
                                    MemberColumn{"/authority", column::cancelled_by}};
constexpr std::array exempted_form{MemberColumn{"", column::exempted_on},
                                   MemberColumn{"/authority", column::exempted_by}};
constexpr std::array extension_form{MemberColumn{"", column::extended_to},
                                    MemberColumn{"/decided", column::extended_on},
                                    MemberColumn{"/decision", column::extension_decision}};
constexpr std::array product_form{MemberColumn{"", column::product},
                                  MemberColumn{"/accepted", column::product_accepted},
                                  MemberColumn{"/quality", column::quality},
                                  MemberColumn{"/failed_assessments", column::failed_assessments}};
constexpr std::array allocated_form{MemberColumn{"", column::allocated},
                                    MemberColumn{"/date", column::allocated_on}};
constexpr std::array disbursed_form{MemberColumn{"", column::disbursed},
                                    MemberColumn{"/date", column::disbursed_on}};

// Forms of the rows of lists.
constexpr std::array event_row_form{MemberColumn{"", event_column::kind},
                                    MemberColumn{"/date", event_column::date},
                                    MemberColumn{"/share", event_column::share},
                                    MemberColumn{"/authority", event_column::authority}};
constexpr std::array product_row_form{
    MemberColumn{"", product_column::name}, MemberColumn{"/accepted", product_column::accepted},
    MemberColumn{"/quality", product_column::quality},
    MemberColumn{"/failed_assessments", product_column::failed_assessments},
    MemberColumn{"/coefficient", product_column::coefficient}};
constexpr std::array extension_row_form{MemberColumn{"", extension_column::last_day},
                                        MemberColumn{"/decided", extension_column::decided},
                                        MemberColumn{"/decision", extension_column::decision}};
constexpr std::array milestone_row_form{
    MemberColumn{"", milestone_column::date},
    MemberColumn{"/planned_share", milestone_column::planned_share}};
constexpr std::array money_row_form{MemberColumn{"", money_column::date},
                                    MemberColumn{"/allocated", money_column::allocated},
                                    MemberColumn{"/disbursed", money_column::disbursed}};

/// Columns of an event that the main table holds.
struct EventColumns {
    Kind kind;
    std::size_t date;
    ItemForm form;
    std::optional<std::size_t> share = std::nullopt;
    std::optional<std::size_t> authority = std::nullopt;
};

/// Events of one day happen in this order.
constexpr std::array event_columns{
    EventColumns{Kind::started, column::started, started_form},
    EventColumns{Kind::progress, column::progress_on, progress_form, column::progress},
    EventColumns{Kind::submitted, column::submitted, submitted_form},
    EventColumns{Kind::completed, column::completed, completed_form},
    EventColumns{Kind::accepted, column::accepted, accepted_form},
    EventColumns{Kind::suspended, column::suspended, suspended_form},
    EventColumns{Kind::cancelled, column::cancelled, cancelled_form, std::nullopt,
                 column::cancelled_by},
    EventColumns{Kind::exempted, column::exempted_on, exempted_form, std::nullopt,
                 column::exempted_by}};

/// Members of a task that are no lists of items.
constexpr std::array task_members{MemberColumn{"/code", column::code},
                                  MemberColumn{"/lead", column::lead},
                                  MemberColumn{"/coordinating", column::coordinating},
                                  MemberColumn{"/assigned", column::assigned},
                                  MemberColumn{"/deadline", column::deadline},
                                  MemberColumn{"/indicators", column::indicators},
                                  MemberColumn{"/coefficient", column::coefficient}};

class TaskRowReader {
  public:
    TaskRowReader(RowReader& row, std::size_t row_number, const TaskFileOptions& options,
                  TaskSource& source)
        : row_(row),
          row_number_(static_cast<std::uint32_t>(row_number)),
          options_(options),
          source_(source) {}

    [[nodiscard]] Task read() {
        source_.row = row_number_;
        task_.code = row_.copy(column::code);
        task_.title = row_.copy(column::title);
        task_.document = row_.copy(column::document);
        task_.lead = row_.copy(column::lead);
        task_.coordinating = row_.list(column::coordinating);
        task_.post = row_.copy(column::post);
        task_.level = row_.copy(column::level);
        task_.sector = row_.copy(column::sector);
        task_.assigned = row_.day(column::assigned, {"/assigned"});
        read_deadline();
        read_extensions();
        for (const EventColumns& columns : event_columns) read_event(columns);
        read_product();
        task_.indicators = row_.list(column::indicators);
        task_.coefficient =
            row_.number(column::coefficient, {"/coefficient"}).value_or(task_.coefficient);
        read_money(column::allocated, column::allocated_on, allocated_form, &TaskMoney::allocated,
                   "/allocated");
        read_money(column::disbursed, column::disbursed_on, disbursed_form, &TaskMoney::disbursed,
                   "/disbursed");
        if (const auto word = row_.word(column::secrecy, secrecy_words, {"/secrecy"}))
            task_.secrecy = static_cast<TaskSecrecy>(*word);
        return std::move(task_);
    }

  private:
    [[nodiscard]] ItemSource here(ItemForm form) const {
        return {TaskTableKind::tasks, row_number_, form};
    }

    void read_deadline() {
        task_.deadline_text = row_.copy(column::deadline_text);
        const std::string_view text = row_.text(column::deadline);
        if (text.empty()) return;
        DeadlineReading reading = deadline_of(text, task_.assigned, options_, "");
        if (!reading.last_day) {
            row_.remember_failed({"/deadline"});
            // Words such as "15 days from the assignment" need that day.
            if (!reading.in_words || !task_.assigned.is_special())
                for (Problem& each : reading.problems)
                    row_.report(column::deadline, std::move(each));
            return;
        }
        task_.deadline = reading.last_day;
        if (!reading.in_words) return;
        if (!task_.deadline_text.empty())
            row_.report(column::deadline_text, deadline_stated_twice(text, ""));
        task_.deadline_text = text;
    }

    void read_extensions() {
        constexpr std::array columns{column::extended_to, column::extended_on,
                                     column::extension_decision};
        std::array<std::vector<std::string_view>, columns.size()> lists;
        std::size_t count = 0;
        for (std::size_t k = 0; k < columns.size(); ++k) {
            lists[k] = entries_of(row_.text(columns[k]));
            if (count == 0) count = lists[k].size();
        }
        bool agree = true;
        for (std::size_t k = 0; k < columns.size(); ++k) {
            if (lists[k].empty() || lists[k].size() == count) continue;
            agree = false;
            row_.fail(columns[k], {"/extensions"},
                      {"list_lengths", "", counted(lists[k].size()),
                       counted(count) + ", as in the other columns of extensions",
                       "give every extension its day, its decision and the day of the decision"});
        }
        if (!agree) return;
        const auto entry = [&](std::size_t list, std::size_t k) {
            return k < lists[list].size() ? lists[list][k] : std::string_view();
        };
        for (std::size_t k = 0; k < count; ++k) {
            DeadlineExtension extension;
            extension.last_day =
                row_.day_in(entry(0, k), columns[0], {"/extensions", k, "/last_day"});
            extension.decided =
                row_.day_in(entry(1, k), columns[1], {"/extensions", k, "/decided"});
            extension.decision = entry(2, k);
            task_.extensions.push_back(std::move(extension));
            source_.extensions.push_back(here(extension_form));
        }
    }

    static std::string counted(std::size_t count) {
        return std::to_string(count) + (count == 1 ? " entry" : " entries");
    }

    void read_event(const EventColumns& columns) {
        const bool stated = !row_.text(columns.date).empty() ||
                            (columns.share && !row_.text(*columns.share).empty()) ||
                            (columns.authority && !row_.text(*columns.authority).empty());
        if (!stated) return;
        const std::size_t k = task_.events.size();
        TaskEvent event;
        event.kind = columns.kind;
        event.date = row_.day(columns.date, {"/events", k, "/date"});
        if (columns.share)
            event.share =
                row_.number(*columns.share, {"/events", k, "/share"}).value_or(event.share);
        if (columns.authority) event.authority = row_.copy(*columns.authority);
        task_.events.push_back(std::move(event));
        source_.events.push_back(here(columns.form));
    }

    void read_product() {
        constexpr std::array columns{column::product, column::product_accepted, column::quality,
                                     column::failed_assessments};
        if (std::all_of(columns.begin(), columns.end(),
                        [&](std::size_t each) { return row_.text(each).empty(); }))
            return;
        TaskProduct product;
        product.name = row_.copy(column::product);
        product.accepted =
            row_.optional_day(column::product_accepted, {"/products", 0, "/accepted"});
        if (const auto word =
                row_.word(column::quality, quality_words, {"/products", 0, "/quality"}))
            product.quality = static_cast<ProductQuality>(*word);
        product.failed_assessments =
            row_.days(column::failed_assessments, {"/products", 0, "/failed_assessments"});
        task_.products.push_back(std::move(product));
        source_.products.push_back(here(product_form));
    }

    void read_money(std::size_t amount, std::size_t date, ItemForm form, double TaskMoney::*member,
                    const char* name) {
        if (row_.text(amount).empty() && row_.text(date).empty()) return;
        const std::size_t k = task_.money.size();
        TaskMoney money;
        money.date = row_.day(date, {"/money", k, "/date"});
        if (row_.text(amount).empty()) row_.report(amount, amount_missing(""));
        money.*member = row_.number(amount, {"/money", k, name}).value_or(0.0);
        task_.money.push_back(money);
        source_.money.push_back(here(form));
    }

    RowReader& row_;
    std::uint32_t row_number_;
    const TaskFileOptions& options_;
    TaskSource& source_;
    Task task_{};
};

TaskEvent read_event_row(RowReader& row, std::size_t k) {
    TaskEvent event;
    if (row.text(event_column::kind).empty())
        row.fail(event_column::kind, {"/events", k, "/kind"},
                 {"unknown_word", "", "nothing", "what happened", "name the kind of the event"});
    if (const auto word = row.word(event_column::kind, thuocdo::detail::task_event_names,
                                   {"/events", k, "/kind"}))
        event.kind = static_cast<TaskEventKind>(*word);
    event.date = row.day(event_column::date, {"/events", k, "/date"});
    event.share = row.number(event_column::share, {"/events", k, "/share"}).value_or(event.share);
    event.authority = row.copy(event_column::authority);
    event.note = row.copy(event_column::note);
    return event;
}

TaskProduct read_product_row(RowReader& row, std::size_t k) {
    TaskProduct product;
    product.name = row.copy(product_column::name);
    product.accepted = row.optional_day(product_column::accepted, {"/products", k, "/accepted"});
    if (const auto word =
            row.word(product_column::quality, quality_words, {"/products", k, "/quality"}))
        product.quality = static_cast<ProductQuality>(*word);
    product.failed_assessments =
        row.days(product_column::failed_assessments, {"/products", k, "/failed_assessments"});
    product.coefficient = row.number(product_column::coefficient, {"/products", k, "/coefficient"});
    return product;
}

DeadlineExtension read_extension_row(RowReader& row, std::size_t k) {
    DeadlineExtension extension;
    extension.decided = row.day(extension_column::decided, {"/extensions", k, "/decided"});
    extension.last_day = row.day(extension_column::last_day, {"/extensions", k, "/last_day"});
    extension.decision = row.copy(extension_column::decision);
    return extension;
}

TaskMilestone read_milestone_row(RowReader& row, std::size_t k) {
    TaskMilestone milestone;
    milestone.name = row.copy(milestone_column::name);
    milestone.date = row.day(milestone_column::date, {"/milestones", k, "/date"});
    // An empty share is no share of 0; the check of the task then reports it.
    milestone.planned_share =
        row.number(milestone_column::planned_share, {"/milestones", k, "/planned_share"})
            .value_or(std::numeric_limits<double>::quiet_NaN());
    return milestone;
}

TaskMoney read_money_row(RowReader& row, std::size_t k) {
    TaskMoney money;
    money.date = row.day(money_column::date, {"/money", k, "/date"});
    if (row.text(money_column::allocated).empty() && row.text(money_column::disbursed).empty())
        row.report(money_column::allocated, amount_missing(""));
    money.allocated =
        row.number(money_column::allocated, {"/money", k, "/allocated"}).value_or(0.0);
    money.disbursed =
        row.number(money_column::disbursed, {"/money", k, "/disbursed"}).value_or(0.0);
    return money;
}

/// The column of a member in a form; that of the item for any other member.
std::size_t column_in(ItemForm form, std::string_view member) {
    const auto found = std::find_if(form.begin() + 1, form.end(), [&](const MemberColumn& each) {
        return member.starts_with(each.member);
    });
    return found == form.end() ? form.front().column : found->column;
}

}  // namespace

Task read_task_row(RowReader& row, std::size_t row_number, const TaskFileOptions& options,
                   TaskSource& source) {
    return TaskRowReader(row, row_number, options, source).read();
}

std::optional<OfficeTerm> read_head(const RowReader& row, const Task& task) {
    const std::string head = row.copy(column::head);
    const std::string position = row.copy(column::position);
    if (head.empty() && position.empty()) return std::nullopt;
    OfficeTerm term;
    term.post = task.lead + '/' + position + '/' + head;
    term.body = task.lead;
    term.position.vi = position;
    term.person = head;
    return term;
}

void read_list_row(TaskTableKind table, RowReader& row, std::size_t row_number, Task& task,
                   TaskSource& source) {
    const auto here = [&](ItemForm form) {
        return ItemSource{table, static_cast<std::uint32_t>(row_number), form};
    };
    switch (table) {
        case TaskTableKind::events:
            task.events.push_back(read_event_row(row, task.events.size()));
            source.events.push_back(here(event_row_form));
            break;
        case TaskTableKind::products:
            task.products.push_back(read_product_row(row, task.products.size()));
            source.products.push_back(here(product_row_form));
            break;
        case TaskTableKind::extensions:
            task.extensions.push_back(read_extension_row(row, task.extensions.size()));
            source.extensions.push_back(here(extension_row_form));
            break;
        case TaskTableKind::milestones:
            task.milestones.push_back(read_milestone_row(row, task.milestones.size()));
            source.milestones.push_back(here(milestone_row_form));
            break;
        case TaskTableKind::money:
            task.money.push_back(read_money_row(row, task.money.size()));
            source.money.push_back(here(money_row_form));
            break;
        case TaskTableKind::tasks:
        case TaskTableKind::offices:
            break;
    }
}

OfficeTerm read_office_row(RowReader& row, std::size_t number) {
    OfficeTerm term;
    term.post = row.copy(office_column::post);
    term.body = row.copy(office_column::body);
    term.position = {row.copy(office_column::position_en), row.copy(office_column::position)};
    term.person = row.copy(office_column::person);
    term.from = row.optional_day(office_column::from, {"/offices", number, "/from"});
    term.to = row.optional_day(office_column::to, {"/offices", number, "/to"});
    return term;
}

CellAddress cell_of(std::string_view pointer, const TaskSource& source) {
    const std::size_t slash = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view list = pointer.substr(0, slash);
    const std::vector<ItemSource>* items = list == "/events"       ? &source.events
                                           : list == "/products"   ? &source.products
                                           : list == "/extensions" ? &source.extensions
                                           : list == "/milestones" ? &source.milestones
                                           : list == "/money"      ? &source.money
                                                                   : nullptr;
    if (!items) {
        const auto found =
            std::find_if(task_members.begin(), task_members.end(),
                         [&](const MemberColumn& each) { return each.member == list; });
        const std::size_t own = found == task_members.end() ? column::code : found->column;
        return {TaskTableKind::tasks, source.row, own, column::code};
    }
    std::size_t item = 0;
    const std::string_view rest = pointer.substr(std::min(slash + 1, pointer.size()));
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), item);
    if (error != std::errc{} || item >= items->size())
        return {TaskTableKind::tasks, source.row, column::code, column::code};
    const ItemSource& from = (*items)[item];
    const std::string_view member = rest.substr(static_cast<std::size_t>(end - rest.data()));
    return {from.table, from.row, column_in(from.form, member), from.form.front().column};
}

std::size_t office_column_of(std::string_view pointer) {
    if (pointer.ends_with("/post")) return office_column::post;
    return office_column::person;
}

}  // namespace thuocdo::io::detail
