#pragma once
/// @file
/// The list of overdue tasks, each with the body, the person and the position
/// that answer for it.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/tasks/task_group.hpp>
#include <thuocdo/time/working_calendar.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// Days late in both counts.
struct Lateness {
    std::int32_t calendar_days = 0;
    /// Working days after the deadline, until the day or the day of handing in.
    long working_days = 0;
    /// A counted day lies in a year whose calendar is not final.
    bool provisional = false;
    friend bool operator==(const Lateness&, const Lateness&) = default;
};

/// How late a task is on a day, by a calendar of working days. Both counts start
/// on the day after the deadline in force; 0 for a task in time. O(1) beyond the
/// status.
[[nodiscard]] inline Lateness lateness(const TaskRegister& tasks, std::size_t row,
                                       const Date& as_of, const WorkingCalendar& calendar) {
    const std::int32_t day = day_number(as_of);
    const TaskStatus status = tasks.status(row, day);
    if (status.days_late == 0) return {};
    const std::int32_t until = std::min(day, status.finished);
    const WorkingDays working =
        calendar.working_days_between(date_of(status.deadline), date_of(until));
    return {status.days_late, working.days, working.provisional};
}

/// One overdue task.
struct OverdueRow {
    /// Row of the register.
    std::size_t row = 0;
    std::string code;
    std::string title{};
    std::string document{};
    std::string lead{};
    std::vector<std::string> coordinating{};
    /// Who answers for it on the day; empty where the post is vacant or unknown.
    std::string person{};
    Label position{};
    /// Who held the post when the deadline passed, where that is another person.
    std::string person_at_deadline{};
    TaskState state = TaskState::in_progress_overdue;
    std::optional<Date> first_deadline{};
    Date deadline{};
    /// The deadline in the words of the document.
    std::string deadline_text{};
    std::size_t extensions = 0;
    std::string last_decision{};
    Lateness late{};
    /// Lateness is excused by the authority.
    bool exempted = false;
    /// Completion is reported and not accepted.
    bool awaiting_acceptance = false;
    /// It was overdue on the earlier day already.
    bool carried_over = false;
};

/// Overdue tasks of one body, head, sector or document.
struct OverdueGroup {
    std::string code;
    std::string person{};
    Label position{};
    /// Longest overdue first, then by code.
    std::vector<OverdueRow> rows{};
    /// Overdue secret tasks: counted, never listed.
    std::size_t secret = 0;
};

/// How the list is made.
struct OverdueOptions {
    TaskGroup by = TaskGroup::head;
    /// A day before: tasks that were overdue then are marked as carried over.
    std::optional<Date> earlier{};
    /// Leave out tasks whose lateness is excused.
    bool without_exempted = false;
};

/// The list of a day.
struct OverdueList {
    TaskGroup by = TaskGroup::head;
    Date as_of{};
    /// Groups with most rows and secret tasks first, then by code.
    std::vector<OverdueGroup> groups{};
    /// Overdue tasks, each once; secret ones among them.
    std::size_t total = 0;
    std::size_t secret = 0;

    friend std::ostream& operator<<(std::ostream& out, const OverdueList& list) {
        using Align = detail::TextTable::Align;
        detail::TextTable text({{"head", Align::left},
                                {"position", Align::left},
                                {"body", Align::left},
                                {"task", Align::left},
                                {"document", Align::left},
                                {"deadline", Align::left},
                                {"days late", Align::right},
                                {"working", Align::right},
                                {"extended", Align::right},
                                {"coordinating", Align::left},
                                {"note", Align::left}});
        for (const OverdueGroup& group : list.groups) {
            for (const OverdueRow& row : group.rows) {
                std::string with;
                for (const std::string& body : row.coordinating)
                    with += (with.empty() ? "" : ", ") + body;
                std::string note;
                const auto add = [&](bool holds, const std::string& words) {
                    if (holds) note += (note.empty() ? "" : ", ") + words;
                };
                add(row.carried_over, "carried over");
                add(row.exempted, "exempted");
                add(row.awaiting_acceptance, "awaiting acceptance");
                add(!row.person_at_deadline.empty(), "then: " + row.person_at_deadline);
                text.add({row.person.empty() ? "(vacant)" : row.person, row.position.in(true),
                          row.lead, row.code, row.document, to_iso(row.deadline),
                          std::to_string(row.late.calendar_days),
                          std::to_string(row.late.working_days) + (row.late.provisional ? "*" : ""),
                          std::to_string(row.extensions), with, note});
            }
        }
        out << text;
        return out << list.total << " overdue on " << to_iso(list.as_of) << ", of which "
                   << list.secret << " secret, counted only\n";
    }
};

namespace detail {

[[nodiscard]] inline OverdueRow overdue_row(const TaskRegister& tasks, std::size_t row,
                                            const TaskStatus& status, const Date& as_of,
                                            const WorkingCalendar& calendar) {
    OverdueRow out;
    out.row = row;
    out.code = tasks.code(row);
    out.title = tasks.title(row);
    out.document = tasks.document(row);
    out.lead = tasks.lead(row);
    out.coordinating = tasks.coordinating(row);
    const auto now = tasks.accountable(row, day_number(as_of));
    if (now) {
        out.person = tasks.offices()[*now].person;
        out.position = tasks.offices()[*now].position;
    }
    // The deadline was missed at the end of its last day.
    const auto then = tasks.accountable(row, status.deadline);
    if (then && then != now && tasks.offices()[*then].person != out.person)
        out.person_at_deadline = tasks.offices()[*then].person;
    out.state = status.state;
    out.first_deadline = date_of(tasks.first_deadline(row));
    out.deadline = date_of(status.deadline);
    out.deadline_text = tasks.deadline_text(row);
    for (const DeadlineExtension& extension : tasks.extensions(row)) {
        if (extension.decided > as_of) continue;
        ++out.extensions;
        out.last_decision = extension.decision;
    }
    out.late = lateness(tasks, row, as_of, calendar);
    out.exempted = status.exempted;
    out.awaiting_acceptance = status.awaiting_acceptance;
    return out;
}

}  // namespace detail

/// Lists the tasks that are overdue at the end of a day, grouped and sorted.
/// Under `participation` a task is listed for its lead and every coordinating
/// body, and `total` still counts it once.
///
/// Complexity: O(tasks + overdue log overdue).
[[nodiscard]] inline OverdueList overdue_list(const TaskRegister& tasks, const Date& as_of,
                                              const WorkingCalendar& calendar,
                                              const OverdueOptions& options = {}) {
    const std::int32_t day = day_number(as_of);
    const detail::TaskGrouping grouping(tasks, options.by, day);
    std::vector<OverdueGroup> groups(grouping.count());
    OverdueList list{options.by, as_of, {}, 0, 0};
    for (std::size_t row = 0; row < tasks.size(); ++row) {
        const TaskStatus status = tasks.status(row, day);
        if (!is_overdue(status.state) || (options.without_exempted && status.exempted)) continue;
        ++list.total;
        if (tasks.is_secret(row)) {
            ++list.secret;
            grouping.each(row, [&](std::size_t group) { ++groups[group].secret; });
            continue;
        }
        OverdueRow out = detail::overdue_row(tasks, row, status, as_of, calendar);
        out.carried_over =
            options.earlier && is_overdue(tasks.state(row, day_number(*options.earlier)));
        grouping.each(row, [&](std::size_t group) { groups[group].rows.push_back(out); });
    }
    for (std::size_t k = 0; k < groups.size(); ++k) {
        OverdueGroup& group = groups[k];
        if (group.rows.empty() && group.secret == 0) continue;
        group.code = grouping.code(k);
        if (const OfficeTerm* office = grouping.office(k)) {
            group.person = office->person;
            group.position = office->position;
        }
        std::sort(group.rows.begin(), group.rows.end(),
                  [](const OverdueRow& a, const OverdueRow& b) {
                      return a.late.calendar_days != b.late.calendar_days
                                 ? a.late.calendar_days > b.late.calendar_days
                                 : a.code < b.code;
                  });
        list.groups.push_back(std::move(group));
    }
    std::sort(list.groups.begin(), list.groups.end(),
              [](const OverdueGroup& a, const OverdueGroup& b) {
                  const std::size_t left = a.rows.size() + a.secret;
                  const std::size_t right = b.rows.size() + b.secret;
                  return left != right ? left > right : a.code < b.code;
              });
    return list;
}

}  // namespace thuocdo
