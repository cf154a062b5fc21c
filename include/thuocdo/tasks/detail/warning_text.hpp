#pragma once
/// @file
/// What a rule found, in words with numbers, and the money at stake.

#include <thuocdo/tasks/detail/task_words.hpp>
#include <thuocdo/tasks/detail/warning_check.hpp>
#include <thuocdo/tasks/detail/warning_facts.hpp>
#include <thuocdo/tasks/warning_rules.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace thuocdo::detail {

/// `35.0%`, or that nothing is reported.
[[nodiscard]] inline Label reported_words(double share) {
    return std::isnan(share) ? Label{"nothing", "chưa báo cáo"} : percent_words(share);
}

/// `12 of 40 days`.
[[nodiscard]] inline Label days_passed_words(const WarningFacts& facts) {
    const std::int32_t assigned = facts.tasks().assigned(facts.row());
    return sentence(
        {"{1} of {2} days", "{1}/{2} ngày"},
        {count_words(facts.day - assigned), count_words(facts.status.deadline - assigned)});
}

[[nodiscard]] inline Label allocation_words(const WarningFacts& facts,
                                            const WarningContext& context) {
    const Label time = percent_words(facts.money.elapsed);
    if (facts.money.has_money())
        return sentence({"nothing allocated after {1} of its time, though a budget line is open",
                         "chưa phân bổ kinh phí sau {1} thời gian dù đã mở dòng ngân sách"},
                        {time});
    const DocumentPeers peers = context.documents->peers(facts.tasks(), facts.row(), facts.day);
    return sentence({"nothing allocated after {1} of its time; {2} of {3} other tasks of the same "
                     "document have an allocation",
                     "chưa phân bổ kinh phí sau {1} thời gian; {2}/{3} nhiệm vụ khác của cùng văn "
                     "bản đã được phân bổ"},
                    {time, count_words(peers.with_allocation), count_words(peers.others)});
}

/// What a rule about tasks or money found; the rule holds.
[[nodiscard]] inline Label finding(const WarningRule& rule, const WarningFacts& facts,
                                   const WarningContext& context) {
    const TaskResources& money = facts.money;
    switch (rule.kind) {
        case WarningKind::late_start:
            return sentence(
                {"not started after {1} of its time ({2})", "chưa bắt đầu sau {1} thời gian ({2})"},
                {percent_words(money.elapsed), days_passed_words(facts)});
        case WarningKind::no_movement:
            return sentence(
                {"no event for {1} days, since {2}", "không có diễn biến {1} ngày, từ {2}"},
                {count_words(facts.days_without_event()),
                 date_words(facts.day - facts.days_without_event())});
        case WarningKind::behind_schedule:
            return sentence({"{1} done after {2} of its time ({3})",
                             "mới thực hiện {1} sau {2} thời gian ({3})"},
                            {percent_words(money.progress), percent_words(money.elapsed),
                             days_passed_words(facts)});
        case WarningKind::milestone_missed: {
            const TaskMilestone& milestone = *facts.missed_milestone(whole(rule.parameters.days));
            return sentence(
                {"milestone {1} of {2} planned {3}; reported: {4}",
                 "mốc {1} ngày {2} phải đạt {3}; báo cáo: {4}"},
                {name_words(milestone.name), date_words(day_number(milestone.date)),
                 percent_words(milestone.planned_share), reported_words(facts.reported())});
        }
        case WarningKind::deadline_near:
            return sentence({"{1} days left until {2}; reported: {3}",
                             "còn {1} ngày đến hạn {2}; báo cáo: {3}"},
                            {count_words(facts.days_left()), date_words(facts.status.deadline),
                             reported_words(facts.reported())});
        case WarningKind::repeated_extension:
            return sentence({"{1} deadlines did not hold", "{1} lần thời hạn không được giữ"},
                            {count_words(facts.deadlines_not_held())});
        case WarningKind::awaiting_acceptance_long:
            return sentence(
                {"handed in on {1}, not accepted for {2} days",
                 "đã trình ngày {1}, chưa được nghiệm thu sau {2} ngày"},
                {date_words(facts.handed_in), count_words(facts.day - facts.handed_in)});
        case WarningKind::allocation_late:
            return allocation_words(facts, context);
        case WarningKind::spending_ahead_of_results:
            return sentence({"{1} of {2} disbursed with {3} done",
                             "đã giải ngân {1} của {2} khi mới thực hiện {3}"},
                            {percent_words(money.disbursed_share()), money_words(money.allocated),
                             percent_words(money.progress)});
        case WarningKind::spending_slow:
            return sentence({"{1} of {2} disbursed after {3} of its time",
                             "mới giải ngân {1} của {2} sau {3} thời gian"},
                            {percent_words(money.disbursed_share()), money_words(money.allocated),
                             percent_words(money.elapsed)});
        case WarningKind::results_flat_while_money_spent:
        case WarningKind::no_improvement:
        case WarningKind::stale_data:
            break;
    }
    return {};
}

/// Money at stake: what runs ahead of results, what is not yet disbursed, else
/// what is allocated to the task; NaN where no money is known.
[[nodiscard]] THUOCDO_KERNEL inline double at_stake(const WarningRule& rule,
                                                    const TaskResources& money) {
    THUOCDO_EXACT
    if (!money.has_money()) return std::numeric_limits<double>::quiet_NaN();
    if (rule.kind == WarningKind::spending_slow) return money.undisbursed();
    if (rule.kind == WarningKind::spending_ahead_of_results)
        return money.disbursed - money.progress * money.allocated;
    return money.allocated;
}

/// `from 3.1 (2025-06-30) to 3 (2025-12-31)`.
[[nodiscard]] inline Label flat_words(const FlatIndicator& flat) {
    return sentence({"from {1} ({2}) to {3} ({4})", "từ {1} ({2}) đến {3} ({4})"},
                    {value_words(flat.before.value), date_words(flat.before.period_end),
                     value_words(flat.latest.value), date_words(flat.latest.period_end)});
}

}  // namespace thuocdo::detail
