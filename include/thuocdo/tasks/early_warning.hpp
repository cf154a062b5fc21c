#pragma once
/// @file
/// Early warnings: declared rules over the tasks of a register on a day, with
/// who answers, what was found, the days left and the money at stake.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/tasks/detail/warning_check.hpp>
#include <thuocdo/tasks/detail/warning_text.hpp>
#include <thuocdo/tasks/indicator_history.hpp>
#include <thuocdo/tasks/task_address.hpp>
#include <thuocdo/tasks/warning_rules.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo {

/// One warning.
struct Warning {
    /// Code of the rule and what it says.
    std::string rule{};
    WarningKind kind = WarningKind::late_start;
    WarningSeverity severity = WarningSeverity::warning;
    Label reason{};
    /// The task and who answers for it. Warnings of the kinds `no_improvement`
    /// and `stale_data` are about a body and name no task.
    TaskAddress address{};
    /// The indicator; empty in warnings about tasks and money.
    std::string indicator{};
    /// What was found, in words with numbers.
    Label finding{};
    /// Days to the deadline in force, of a body to the earliest one of its open
    /// tasks linked to the indicator; negative beyond it, `never` without one.
    std::int32_t days_left = never;
    /// Whether the days left are at least those that the rule aims at.
    bool in_good_time = true;
    /// Money at stake in dong: for `spending_ahead_of_results` what is disbursed
    /// beyond progress * allocation, for `spending_slow` what is not disbursed,
    /// for `results_flat_while_money_spent` what was disbursed meanwhile, of a
    /// body what is disbursed on its linked tasks; else the allocation of the
    /// task. NaN where no money is known.
    double amount = std::numeric_limits<double>::quiet_NaN();

    [[nodiscard]] WarningSubject subject() const noexcept { return warning_subject(kind); }
};

/// The warnings of a day.
struct EarlyWarnings {
    Date as_of{};
    /// The most severe first, then by days left, code of the task, body, code of
    /// the rule and indicator.
    std::vector<Warning> warnings{};
    /// Secret tasks with at least one warning; nothing else is said about them.
    std::int64_t secret_count = 0;
    /// Rules that need a history of indicators and had none, in their order.
    std::vector<std::string> not_evaluated{};
    /// Indicators that tasks are to move, with observations, of which no
    /// direction is known: no change of them was judged. Sorted.
    std::vector<std::string> without_direction{};

    friend std::ostream& operator<<(std::ostream& out, const EarlyWarnings& warnings);
};

namespace detail {

/// Open tasks of a body that are to move one indicator.
struct LinkedTasks {
    std::int64_t count = 0;
    std::int32_t earliest_deadline = never;
    numeric::ExactSum disbursed{};
    bool has_money = false;
};

/// Goes through the tasks of a register and collects warnings.
class WarningCollector {
  public:
    WarningCollector(const TaskRegister& tasks, std::int32_t day,
                     std::span<const WarningRule> rules, const IndicatorHistory* history)
        : tasks_(tasks), day_(day), rules_(rules), history_(history), context_(tasks, rules) {
        found_.as_of = date_of(day);
        for (const WarningRule& rule : rules) {
            if (rule.subject() != WarningSubject::indicator) continue;
            if (!history)
                found_.not_evaluated.push_back(rule.code);
            else
                follows_indicators_ = true;
        }
    }

    void visit(std::size_t row) {
        const TaskStatus status = tasks_.status(row, day_);
        if (!is_open(status.state)) return;
        TaskReader reader(tasks_, row);
        const WarningFacts facts(reader, status, day_);
        const std::size_t before = found_.warnings.size();
        bool secret_warned = false;
        const bool secret = tasks_.is_secret(row);
        for (const WarningRule& rule : rules_) {
            if (!holds(rule, facts, context_)) continue;
            if (secret)
                secret_warned = true;
            else
                add(rule, facts, {}, finding(rule, facts, context_), at_stake(rule, facts.money));
        }
        if (follows_indicators_) visit_indicators(facts);
        if (!secret) return;
        secret_warned = secret_warned || found_.warnings.size() > before;
        found_.warnings.resize(before);
        found_.secret_count += secret_warned ? 1 : 0;
    }

    [[nodiscard]] EarlyWarnings finish() {
        for (const auto& [pair, linked] : linked_)
            for (const WarningRule& rule : rules_)
                visit_pair(rule, pair.first, pair.second, linked);
        found_.without_direction.assign(without_direction_.begin(), without_direction_.end());
        std::sort(
            found_.warnings.begin(), found_.warnings.end(), [](const Warning& a, const Warning& b) {
                if (a.severity != b.severity) return a.severity > b.severity;
                return std::tie(a.days_left, a.address.task, a.address.lead, a.rule, a.indicator) <
                       std::tie(b.days_left, b.address.task, b.address.lead, b.rule, b.indicator);
            });
        return std::move(found_);
    }

  private:
    void add(const WarningRule& rule, const WarningFacts& facts, std::string indicator, Label found,
             double amount) {
        add(rule, task_address(tasks_, facts.row(), day_), std::move(indicator), std::move(found),
            facts.days_left(), amount);
    }

    void add(const WarningRule& rule, TaskAddress address, std::string indicator, Label found,
             std::int32_t days_left, double amount) {
        found_.warnings.push_back({rule.code, rule.kind, rule.severity, rule.reason,
                                   std::move(address), std::move(indicator), std::move(found),
                                   days_left, days_left >= rule.lead_time_days, amount});
    }

    /// Rules about the indicators of one task, and the links for those about a
    /// body as a whole.
    void visit_indicators(const WarningFacts& facts) {
        const bool secret = tasks_.is_secret(facts.row());
        const std::string& body = tasks_.lead(facts.row());
        const std::vector<std::string> indicators = tasks_.indicators(facts.row());
        const std::set<std::string> distinct(indicators.begin(), indicators.end());
        for (const std::string& indicator : distinct) {
            for (const WarningRule& rule : rules_)
                if (rule.kind == WarningKind::results_flat_while_money_spent)
                    visit_spending(rule, facts, body, indicator);
            if (secret) continue;
            LinkedTasks& linked = linked_[{body, indicator}];
            ++linked.count;
            linked.earliest_deadline = std::min(linked.earliest_deadline, facts.status.deadline);
            if (!facts.money.has_money()) continue;
            linked.has_money = true;
            linked.disbursed.add(facts.money.disbursed);
        }
    }

    void visit_spending(const WarningRule& rule, const WarningFacts& facts, const std::string& body,
                        const std::string& indicator) {
        const auto flat = flat_since(rule, body, indicator);
        if (!flat) return;
        const double spent = facts.disbursed_between(flat->before.period_end, day_);
        if (!(spent > rule.parameters.amount)) return;
        add(rule, facts, indicator,
            sentence({"{1} disbursed since {2} while {3} moved {4}",
                      "đã giải ngân {1} từ {2} trong khi {3} thay đổi {4}"},
                     {money_words(spent), date_words(flat->before.period_end),
                      name_words(indicator), flat_words(*flat)}),
            spent);
    }

    [[nodiscard]] std::optional<FlatIndicator> flat_since(const WarningRule& rule,
                                                          const std::string& body,
                                                          const std::string& indicator) {
        return flat_indicator(*history_, body, indicator,
                              static_cast<std::size_t>(rule.parameters.periods), day_);
    }

    void visit_pair(const WarningRule& rule, const std::string& body, const std::string& indicator,
                    const LinkedTasks& linked) {
        if (rule.subject() == WarningSubject::indicator && rule.kind != WarningKind::stale_data &&
            !history_->better(indicator) && !history_->observations(body, indicator, day_).empty())
            without_direction_.insert(indicator);
        Label found;
        if (rule.kind == WarningKind::no_improvement) {
            if (const auto flat = flat_since(rule, body, indicator))
                found =
                    sentence({"{1} moved {2}; {3} open tasks are to move it",
                              "{1} thay đổi {2}; {3} nhiệm vụ đang thực hiện gắn với chỉ tiêu"},
                             {name_words(indicator), flat_words(*flat), count_words(linked.count)});
        } else if (rule.kind == WarningKind::stale_data) {
            found = stale(rule, body, indicator);
        }
        if (found.empty()) return;
        const std::int32_t left =
            linked.earliest_deadline == never ? never : linked.earliest_deadline - day_;
        add(rule, body_address(tasks_, body, day_), indicator, std::move(found), left,
            linked.has_money ? linked.disbursed.value() : std::numeric_limits<double>::quiet_NaN());
    }

    [[nodiscard]] Label stale(const WarningRule& rule, const std::string& body,
                              const std::string& indicator) const {
        const auto known = history_->observations(body, indicator, day_);
        const auto expected = history_->first_expected(body, indicator, day_);
        if (known.empty() && !expected) return {};
        const std::int32_t since = known.empty() ? *expected : known.back().dated;
        if (day_ - since <= whole(rule.parameters.days)) return {};
        if (known.empty())
            return sentence(
                {"{1} has no value, {2} days after {3}", "{1} chưa có số liệu, {2} ngày sau {3}"},
                {name_words(indicator), count_words(day_ - since), date_words(since)});
        return sentence({"last value of {1} is {2} days old, of {3}",
                         "số liệu cuối của {1} đã {2} ngày, từ {3}"},
                        {name_words(indicator), count_words(day_ - since), date_words(since)});
    }

    const TaskRegister& tasks_;
    std::int32_t day_;
    std::span<const WarningRule> rules_;
    const IndicatorHistory* history_;
    WarningContext context_;
    bool follows_indicators_ = false;
    std::map<std::pair<std::string, std::string>, LinkedTasks> linked_{};
    std::set<std::string> without_direction_{};
    EarlyWarnings found_{};
};

}  // namespace detail

/// The warnings of every rule at the end of a day, from what is dated until then
/// and nothing later: a task that is assigned, an event, an extension, money or
/// a value of a later day changes nothing. Plans count as known from the
/// assignment on: the first deadline, milestones, the products to be delivered.
/// O(tasks * rules), and for rules about indicators O(panels) a link.
/// @param history values of indicators; without it the rules about them are
///        listed as not evaluated
/// @throws TaskError when the rules cannot be used (`check_warning_rules`)
[[nodiscard]] inline EarlyWarnings early_warnings(const TaskRegister& tasks, const Date& as_of,
                                                  std::span<const WarningRule> rules,
                                                  const IndicatorHistory* history = nullptr) {
    detail::require_warning_rules(rules);
    detail::WarningCollector collector(tasks, day_number(as_of), rules, history);
    for (std::size_t row = 0; row < tasks.size(); ++row) collector.visit(row);
    return collector.finish();
}

inline std::ostream& operator<<(std::ostream& out, const EarlyWarnings& warnings) {
    using Align = detail::TextTable::Align;
    detail::TextTable text({{"mức", Align::left},
                            {"quy tắc", Align::left},
                            {"nhiệm vụ / chỉ tiêu", Align::left},
                            {"cơ quan", Align::left},
                            {"người chịu trách nhiệm", Align::left},
                            {"còn (ngày)", Align::right},
                            {"kinh phí (đồng)", Align::right},
                            {"phát hiện", Align::left}});
    for (const Warning& each : warnings.warnings) {
        const TaskAddress& who = each.address;
        std::string person = who.person;
        if (!who.position.empty()) person += ", " + who.position.in(true);
        text.add({warning_severity_label(each.severity).vi, each.rule,
                  who.task.empty() ? each.indicator : who.task, who.lead,
                  person.empty() ? "-" : person,
                  each.days_left == never ? "-" : std::to_string(each.days_left),
                  std::isnan(each.amount) ? "-" : detail::number_words(each.amount, 0).vi,
                  each.finding.vi});
    }
    out << to_iso(warnings.as_of) << ": " << warnings.warnings.size() << " cảnh báo\n" << text;
    if (warnings.secret_count > 0)
        out << "Ngoài ra có " << warnings.secret_count << " nhiệm vụ mật bị cảnh báo\n";
    return out;
}

}  // namespace thuocdo
