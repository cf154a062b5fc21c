#pragma once
/// @file
/// Whether a task can be used as written.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/tasks/task_rules.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Coefficients and penalties are kept as whole numbers of ten thousandths, so
/// that their sums are exact in any order.
inline constexpr double coefficient_steps = 10000.0;

/// A number as ten thousandths; -1 when it is not one of them or not in range.
[[nodiscard]] inline std::int64_t ten_thousandths(double number) noexcept {
    constexpr double largest = 1e5;
    if (!(number >= 0.0 && number <= largest)) return -1;
    const double steps = std::round(number * coefficient_steps);
    return steps / coefficient_steps == number ? static_cast<std::int64_t>(steps) : -1;
}

/// Finds every problem of one task. A problem's place is the member as a
/// relative JSON pointer, e.g. `/events/2/date`; empty for the task as a whole.
class TaskChecker {
  public:
    explicit TaskChecker(const Task& task) : task_(task) {}

    [[nodiscard]] std::vector<Problem> run() {
        check_identity();
        check_deadlines();
        check_events();
        check_milestones();
        check_products();
        check_money();
        return std::move(problems_);
    }

  private:
    void report(std::string code, std::string place, std::string found, std::string expected,
                std::string remedy) {
        problems_.push_back({std::move(code), std::move(place), std::move(found),
                             std::move(expected), std::move(remedy)});
    }

    static std::string item(const char* list, std::size_t k, const char* member = "") {
        return std::string("/") + list + '/' + std::to_string(k) + member;
    }

    void check_code(const std::string& text, const std::string& place, const char* what) {
        if (text.empty()) {
            report(what == std::string_view("lead") ? "lead_missing" : "empty_code", place,
                   "nothing", std::string("the code of the ") + what,
                   what == std::string_view("lead") ? "every task has exactly one lead body"
                                                    : "give it as text");
        } else if (text.front() == ' ' || text.back() == ' ') {
            report("surrounding_space", place, '"' + text + '"', "a code without spaces around it",
                   "remove the spaces");
        }
    }

    void check_identity() {
        check_code(task_.code, "/code", "task");
        check_code(task_.lead, "/lead", "lead");
        if (task_.lead.find_first_of(";|\n") != std::string::npos)
            report("several_leads", "/lead", '"' + task_.lead + '"', "exactly one body",
                   "keep the body that answers for the task; list the others as coordinating");
        std::set<std::string_view> seen;
        for (std::size_t k = 0; k < task_.coordinating.size(); ++k) {
            const std::string& body = task_.coordinating[k];
            const std::string place = item("coordinating", k);
            check_code(body, place, "coordinating body");
            if (!body.empty() && body == task_.lead)
                report("lead_coordinates", place, '"' + body + "\", which leads the task",
                       "another body", "a body is the lead or coordinates, not both");
            else if (!body.empty() && !seen.insert(body).second)
                report("duplicate_body", place, '"' + body + "\" again", "each body once",
                       "remove it");
        }
        if (ten_thousandths(task_.coefficient) <= 0)
            report("coefficient", "/coefficient", numeric::shortest(task_.coefficient),
                   "a number above 0, at most 100000, with at most four decimals",
                   "round it or correct it");
    }

    [[nodiscard]] bool is_day(const Date& date, const std::string& place) {
        if (!date.is_special()) return true;
        report("date_missing", place, "no date", "a day", "give the date as YYYY-MM-DD");
        return false;
    }

    void check_deadlines() {
        const bool assigned = is_day(task_.assigned, "/assigned");
        const bool due = task_.deadline && is_day(*task_.deadline, "/deadline");
        if (assigned && due && *task_.deadline < task_.assigned)
            report("deadline_before_assignment", "/deadline", to_iso(*task_.deadline),
                   "a day not before the assignment on " + to_iso(task_.assigned),
                   "correct one of the two dates");
        Date last = due ? *task_.deadline : Date(boost::date_time::neg_infin);
        std::vector<std::size_t> order(task_.extensions.size());
        for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return task_.extensions[a].decided < task_.extensions[b].decided;
        });
        for (const std::size_t k : order) {
            const DeadlineExtension& extension = task_.extensions[k];
            if (!task_.deadline)
                report("extension_without_deadline", item("extensions", k), "an extension",
                       "a first deadline", "give the task the deadline that was extended");
            if (extension.decision.empty())
                report("decision_missing", item("extensions", k, "/decision"), "nothing",
                       "the number of the decision", "an extension needs a decision");
            (void)is_day(extension.decided, item("extensions", k, "/decided"));
            if (!is_day(extension.last_day, item("extensions", k, "/last_day"))) continue;
            if (due && extension.last_day <= last)
                report("extension_not_later", item("extensions", k, "/last_day"),
                       to_iso(extension.last_day), "a day after " + to_iso(last),
                       "an extension moves the deadline in force to a later day");
            last = std::max(last, extension.last_day);
        }
    }

    void check_events() {
        std::vector<std::size_t> order;
        for (std::size_t k = 0; k < task_.events.size(); ++k) {
            const TaskEvent& event = task_.events[k];
            const std::string name = task_event_name(event.kind);
            if (is_day(event.date, item("events", k, "/date"))) order.push_back(k);
            const bool needs_authority =
                event.kind == TaskEventKind::exempted || event.kind == TaskEventKind::cancelled;
            if (needs_authority && event.authority.empty())
                report("authority_missing", item("events", k, "/authority"),
                       '"' + name + "\" without an authority",
                       "who decided it, with the number of the document",
                       "without a confirmation by the authority it does not count");
            const bool states_share = !std::isnan(event.share);
            if (states_share && event.kind != TaskEventKind::progress)
                report("share_not_expected", item("events", k, "/share"),
                       "a share with \"" + name + '"', "a share with \"progress\" only",
                       "remove it");
            else if (event.kind == TaskEventKind::progress &&
                     !(event.share >= 0.0 && event.share <= 1.0))
                report("share_out_of_range", item("events", k, "/share"),
                       states_share ? numeric::shortest(event.share) : "nothing",
                       "a share from 0 to 1", "write 35% as 0.35");
        }
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return task_.events[a].date < task_.events[b].date;
        });
        check_sequence(order);
    }

    void check_sequence(const std::vector<std::size_t>& order) {
        bool suspended = false;
        bool cancelled = false;
        bool completed = false;
        for (const std::size_t k : order) {
            const TaskEvent& event = task_.events[k];
            const std::string name = task_event_name(event.kind);
            const std::string place = item("events", k);
            const bool is_work = event.kind <= TaskEventKind::completed;
            if (!task_.assigned.is_special() && event.date < task_.assigned)
                report("event_before_assignment", place + "/date", to_iso(event.date),
                       "a day not before the assignment on " + to_iso(task_.assigned),
                       "correct one of the two dates");
            if (cancelled && event.kind != TaskEventKind::exempted)
                report("event_after_cancellation", place, '"' + name + '"',
                       "nothing after the cancellation",
                       "assign a new task, or remove the cancellation");
            else if (suspended && is_work)
                report("event_while_suspended", place, '"' + name + '"',
                       "\"resumed\" before work goes on",
                       "record when the task was taken up again");
            else if (event.kind == TaskEventKind::resumed && !suspended)
                report("not_suspended", place, "\"resumed\"", "\"suspended\" before it",
                       "record the suspension, or remove the event");
            else if (event.kind == TaskEventKind::completed && completed)
                report("completed_twice", place, "\"completed\" again",
                       "\"returned\" between two completions",
                       "keep the day of the first, or record that the result was sent back");
            switch (event.kind) {
                case TaskEventKind::suspended:
                    suspended = true;
                    break;
                case TaskEventKind::resumed:
                    suspended = false;
                    break;
                case TaskEventKind::cancelled:
                    cancelled = true;
                    break;
                case TaskEventKind::completed:
                    completed = true;
                    break;
                case TaskEventKind::returned:
                    completed = false;
                    break;
                default:
                    break;
            }
        }
    }

    void check_milestones() {
        for (std::size_t k = 0; k < task_.milestones.size(); ++k) {
            const TaskMilestone& now = task_.milestones[k];
            const bool dated = is_day(now.date, item("milestones", k, "/date"));
            if (!(now.planned_share >= 0.0 && now.planned_share <= 1.0))
                report("share_out_of_range", item("milestones", k, "/planned_share"),
                       numeric::shortest(now.planned_share), "a share from 0 to 1",
                       "write 35% as 0.35");
            if (k == 0 || !dated) continue;
            const TaskMilestone& before = task_.milestones[k - 1];
            if (!before.date.is_special() && now.date < before.date)
                report("milestone_order", item("milestones", k, "/date"), to_iso(now.date),
                       "a day not before " + to_iso(before.date),
                       "list milestones in the order of their days");
            if (now.planned_share < before.planned_share)
                report("milestone_falls", item("milestones", k, "/planned_share"),
                       numeric::shortest(now.planned_share),
                       "at least " + numeric::shortest(before.planned_share),
                       "planned shares add up over time");
        }
    }

    void check_products() {
        for (std::size_t k = 0; k < task_.products.size(); ++k) {
            const TaskProduct& product = task_.products[k];
            if (product.accepted) (void)is_day(*product.accepted, item("products", k, "/accepted"));
            for (const Date& date : product.failed_assessments)
                (void)is_day(date, item("products", k, "/failed_assessments"));
            if (product.quality != ProductQuality::not_assessed && !product.accepted)
                report("quality_without_acceptance", item("products", k, "/quality"),
                       "a quality without a day of acceptance", "both or none",
                       "give the day on which it was accepted");
            if (product.coefficient && ten_thousandths(*product.coefficient) <= 0)
                report("coefficient", item("products", k, "/coefficient"),
                       numeric::shortest(*product.coefficient),
                       "a number above 0, at most 100000, with at most four decimals",
                       "round it or correct it");
        }
    }

    void check_money() {
        for (std::size_t k = 0; k < task_.money.size(); ++k) {
            const TaskMoney& entry = task_.money[k];
            (void)is_day(entry.date, item("money", k, "/date"));
            check_amount(entry.allocated, item("money", k, "/allocated"));
            check_amount(entry.disbursed, item("money", k, "/disbursed"));
        }
    }

    void check_amount(double amount, const std::string& place) {
        if (std::isfinite(amount)) return;
        report("amount", place, numeric::shortest(amount), "an amount of money",
               "leave out what is not known; amounts taken back are negative");
    }

    const Task& task_;
    std::vector<Problem> problems_{};
};

/// Every problem of a task, with relative places.
[[nodiscard]] inline std::vector<Problem> check_task(const Task& task) {
    return TaskChecker(task).run();
}

/// Every problem of the offices: a post held by two persons on one day.
[[nodiscard]] inline std::vector<Problem> check_offices(const std::vector<OfficeTerm>& offices) {
    std::vector<Problem> problems;
    const auto begins = [](const OfficeTerm& term) {
        return term.from ? *term.from : Date(boost::date_time::neg_infin);
    };
    const auto ends = [](const OfficeTerm& term) {
        return term.to ? *term.to : Date(boost::date_time::pos_infin);
    };
    std::vector<std::size_t> order(offices.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (offices[a].post != offices[b].post) return offices[a].post < offices[b].post;
        return begins(offices[a]) < begins(offices[b]);
    });
    for (std::size_t k = 0; k < order.size(); ++k) {
        const OfficeTerm& term = offices[order[k]];
        const std::string place = "/offices/" + std::to_string(order[k]);
        if (term.post.empty())
            problems.push_back({"empty_code", place + "/post", "nothing", "the code of the post",
                                "give it as text"});
        if (ends(term) < begins(term))
            problems.push_back({"dates_reversed", place, "to " + to_iso(*term.to),
                                "a day not before " + to_iso(*term.from), "exchange the dates"});
        if (k == 0) continue;
        const OfficeTerm& before = offices[order[k - 1]];
        if (before.post == term.post && begins(term) <= ends(before))
            problems.push_back({"two_in_office", place,
                                '"' + term.person + "\" and \"" + before.person + "\" in post \"" +
                                    term.post + "\" at one time",
                                "one person in a post on a day",
                                "end the earlier term the day before"});
    }
    return problems;
}

}  // namespace thuocdo::detail
