#pragma once
// Short ways to write tasks and rules. Days are counted from 1 January 2026,
// day 0, so that thresholds can be read off.

#include <thuocdo/tasks/early_warning.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace warning_tests {

using thuocdo::TaskEventKind;
using thuocdo::WarningKind;
using thuocdo::WarningSeverity;

inline thuocdo::Date on(int day) { return thuocdo::Date(2026, 1, 1) + boost::gregorian::days(day); }

/// Assigned on day 0 to body A.
inline thuocdo::Task task(std::string code, int deadline) {
    thuocdo::Task made;
    made.code = std::move(code);
    made.title = "Task " + made.code;
    made.lead = "A";
    made.assigned = on(0);
    if (deadline >= 0) made.deadline = on(deadline);
    return made;
}

inline thuocdo::TaskEvent event(TaskEventKind kind, int day) {
    thuocdo::TaskEvent made;
    made.kind = kind;
    made.date = on(day);
    if (kind == TaskEventKind::cancelled || kind == TaskEventKind::exempted)
        made.authority = "Decision 1";
    return made;
}

inline thuocdo::TaskEvent progress(int day, double share) {
    thuocdo::TaskEvent made = event(TaskEventKind::progress, day);
    made.share = share;
    return made;
}

/// Submitted, reported complete and accepted on one day.
inline void finish(thuocdo::Task& task, int day) {
    task.events.push_back(event(TaskEventKind::submitted, day));
    task.events.push_back(event(TaskEventKind::accepted, day));
}

inline thuocdo::WarningRule rule(WarningKind kind, thuocdo::WarningParameters parameters,
                                 std::string code = "r",
                                 WarningSeverity severity = WarningSeverity::warning,
                                 std::int32_t lead_time_days = 0) {
    thuocdo::WarningRule made;
    made.code = std::move(code);
    made.kind = kind;
    made.severity = severity;
    made.reason = {"reason", "lý do"};
    made.parameters = parameters;
    made.lead_time_days = lead_time_days;
    return made;
}

inline thuocdo::WarningParameters share(double value) {
    thuocdo::WarningParameters made;
    made.share = value;
    return made;
}
inline thuocdo::WarningParameters margin(double value) {
    thuocdo::WarningParameters made;
    made.margin = value;
    return made;
}
inline thuocdo::WarningParameters days(double value) {
    thuocdo::WarningParameters made;
    made.days = value;
    return made;
}
inline thuocdo::WarningParameters count(double value) {
    thuocdo::WarningParameters made;
    made.count = value;
    return made;
}

inline thuocdo::EarlyWarnings warn(const std::vector<thuocdo::Task>& tasks, int day,
                                   const std::vector<thuocdo::WarningRule>& rules,
                                   const thuocdo::IndicatorHistory* history = nullptr,
                                   const thuocdo::TaskRules& task_rules = {}) {
    return thuocdo::early_warnings(thuocdo::TaskRegister(tasks, {}, task_rules), on(day), rules,
                                   history);
}

/// Whether the one rule warns of the one task.
inline bool warns(const thuocdo::Task& task, int day, const thuocdo::WarningRule& rule) {
    return !warn({task}, day, {rule}).warnings.empty();
}

/// The finding of the one warning that there is.
inline thuocdo::Label finding(const thuocdo::Task& task, int day,
                              const thuocdo::WarningRule& rule) {
    const thuocdo::EarlyWarnings found = warn({task}, day, {rule});
    return found.warnings.size() == 1 ? found.warnings.front().finding : thuocdo::Label{};
}

/// `rule task indicator` of each warning in its order.
inline std::vector<std::string> listed(const thuocdo::EarlyWarnings& warnings) {
    std::vector<std::string> out;
    for (const thuocdo::Warning& each : warnings.warnings)
        out.push_back(each.rule + ' ' + each.address.task + ' ' + each.indicator);
    return out;
}

/// Codes and places of problems.
inline std::vector<std::string> codes(const std::vector<thuocdo::Problem>& problems) {
    std::vector<std::string> out;
    for (const thuocdo::Problem& each : problems) out.push_back(each.code + " at " + each.place);
    return out;
}

}  // namespace warning_tests
