#pragma once
/// @file
/// How good rules of warning are: what they would have said on days of the past,
/// held against what became of the tasks.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/tasks/detail/warning_check.hpp>
#include <thuocdo/tasks/task_tally.hpp>
#include <thuocdo/tasks/warning_rules.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// What became of a task after a reference day, as known at the end of history.
enum class DeadlineOutcome : std::uint8_t {
    /// Completed, and never beyond its deadline in force after the day.
    kept,
    /// Beyond its deadline in force on some day after the reference day: it is
    /// overdue, was completed late, or was overdue before an extension, a
    /// suspension or a cancellation. Excused lateness is lateness.
    missed,
    /// Neither so far: open in time (also with an extension that was decided
    /// before the deadline passed), waiting for acceptance, suspended, cancelled.
    unknown
};

/// The outcome of a task after a day, from what is dated until `end`. O(points of
/// its timeline).
[[nodiscard]] inline DeadlineOutcome deadline_outcome(const TaskRegister& tasks, std::size_t row,
                                                      std::int32_t after,
                                                      std::int32_t end) noexcept {
    const auto points = tasks.timeline(row);
    for (std::size_t k = 0; k < points.size() && points[k].day <= end; ++k) {
        const detail::TimelinePoint& point = points[k];
        if (point.phase > detail::TaskPhase::completed) continue;
        const std::int32_t last =
            k + 1 < points.size() ? std::min(points[k + 1].day - 1, end) : end;
        if (last <= after) continue;
        if (std::min(last, point.finished) > point.deadline) return DeadlineOutcome::missed;
    }
    return tasks.state(row, end) == TaskState::completed_on_time ? DeadlineOutcome::kept
                                                                 : DeadlineOutcome::unknown;
}

/// Counts behind the quality of one rule, or of all rules together. Whole
/// numbers only, so that counts of parts of a register, or of several registers,
/// add up exactly.
///
/// A task is *watched* when it is open on at least one day of the grid that is not
/// after its deadline in force; these are its watched days. It is *warned* when
/// the rule holds on a watched day; the first such day is its reference day and
/// later ones count no more. The reference day of a task that is never warned is
/// its first watched day. The truth is `deadline_outcome` after the reference day.
struct WarningQuality {
    /// Code of the rule; empty for all together.
    std::string rule{};
    WarningSeverity severity = WarningSeverity::notice;
    Label reason{};
    /// Warned and missed; warned and kept; not warned and missed; not warned and
    /// kept.
    std::int64_t hits = 0;
    std::int64_t false_alarms = 0;
    std::int64_t misses = 0;
    std::int64_t quiet = 0;
    /// Outcome unknown: in no rate.
    std::int64_t warned_unknown = 0;
    std::int64_t quiet_unknown = 0;
    /// Hits whose lead time is at least the one that the rule aims at. For all
    /// rules together: of the rules that hold on the reference day, the one that
    /// aims at the shortest time.
    std::int64_t hits_in_good_time = 0;
    /// Hits by lead time: days from the reference day to the deadline that was in
    /// force on it.
    std::map<std::int32_t, std::int64_t> lead_times{};

    [[nodiscard]] std::int64_t warned() const noexcept { return hits + false_alarms; }
    /// Watched tasks whose outcome is known.
    [[nodiscard]] std::int64_t judged() const noexcept { return warned() + misses + quiet; }
    /// hits / (hits + false alarms).
    [[nodiscard]] TaskRate precision() const noexcept { return {hits, warned()}; }
    /// hits / (hits + misses).
    [[nodiscard]] TaskRate recall() const noexcept { return {hits, hits + misses}; }
    /// 2 hits / (2 hits + false alarms + misses), the harmonic mean of both.
    [[nodiscard]] TaskRate f1() const noexcept {
        return {2 * hits, 2 * hits + false_alarms + misses};
    }
    /// Share of the judged tasks that missed: the precision of a rule that warns
    /// of every task.
    [[nodiscard]] TaskRate base_rate() const noexcept { return {hits + misses, judged()}; }
    /// 100 * false alarms / judged tasks.
    [[nodiscard]] TaskRate false_alarms_per_100_tasks() const noexcept {
        constexpr std::int64_t hundred = 100;
        return {hundred * false_alarms, judged()};
    }
    [[nodiscard]] TaskRate in_good_time() const noexcept { return {hits_in_good_time, hits}; }
    /// Mean lead time of hits in days.
    [[nodiscard]] TaskRate mean_lead_time() const noexcept {
        TaskRate mean;
        for (const auto& [days, count] : lead_times) {
            mean.numerator += days * count;
            mean.denominator += count;
        }
        return mean;
    }
    /// Median lead time of hits in days, the mean of the two in the middle where
    /// their number is even; NaN without hits.
    [[nodiscard]] double median_lead_time() const noexcept {
        const std::int64_t count = mean_lead_time().denominator;
        if (count == 0) return std::numeric_limits<double>::quiet_NaN();
        constexpr double two = 2.0;
        return static_cast<double>(lead_time_at((count - 1) / 2) + lead_time_at(count / 2)) / two;
    }

    /// Adds the counts of the same rule over other tasks.
    void add(const WarningQuality& other) {
        hits += other.hits;
        false_alarms += other.false_alarms;
        misses += other.misses;
        quiet += other.quiet;
        warned_unknown += other.warned_unknown;
        quiet_unknown += other.quiet_unknown;
        hits_in_good_time += other.hits_in_good_time;
        for (const auto& [days, count] : other.lead_times) lead_times[days] += count;
    }

    friend bool operator==(const WarningQuality&, const WarningQuality&) = default;

  private:
    [[nodiscard]] std::int32_t lead_time_at(std::int64_t position) const noexcept {
        std::int64_t passed = 0;
        for (const auto& [days, count] : lead_times) {
            passed += count;
            if (position < passed) return days;
        }
        return 0;
    }
};

/// The quality of rules over a history.
struct WarningEvaluation {
    /// One entry a rule about tasks or money, in the order of the rules.
    std::vector<WarningQuality> rules{};
    /// All of them together: a task is warned on the first day on which any holds.
    WarningQuality all{};
    /// Tasks watched; secret ones that are left out of everything.
    std::int64_t watched = 0;
    std::int64_t secret_count = 0;
    /// Rules about indicators: what they aim at is no deadline;
    /// `evaluate_indicator_warnings` judges them.
    std::vector<std::string> not_evaluated{};

    /// Adds an evaluation of the same rules over other tasks, e.g. of another
    /// part of the country; no task may be in both.
    /// @throws TaskError (`different_rules`) when the rules are not the same
    void add(const WarningEvaluation& other) {
        bool same = rules.size() == other.rules.size() && not_evaluated == other.not_evaluated;
        for (std::size_t k = 0; same && k < rules.size(); ++k)
            same = rules[k].rule == other.rules[k].rule;
        if (!same)
            throw TaskError(
                "the evaluations cannot be added",
                {{"different_rules", "rules", std::to_string(other.rules.size()) + " rules",
                  "the rules of the other evaluation, in their order",
                  "evaluate both with one set of rules"}});
        for (std::size_t k = 0; k < rules.size(); ++k) rules[k].add(other.rules[k]);
        all.add(other.all);
        watched += other.watched;
        secret_count += other.secret_count;
    }

    friend bool operator==(const WarningEvaluation&, const WarningEvaluation&) = default;
    friend std::ostream& operator<<(std::ostream& out, const WarningEvaluation& evaluation);
};

namespace detail {

/// Goes through the tasks of a register, each over all days of the grid.
class WarningEvaluator {
  public:
    WarningEvaluator(const TaskRegister& tasks, std::span<const Date> grid, const Date& end,
                     std::span<const WarningRule> rules)
        : tasks_(tasks), end_(day_number(end)), context_(tasks, rules) {
        for (const Date& date : grid) grid_.push_back(day_number(date));
        for (const WarningRule& rule : rules) {
            if (rule.subject() == WarningSubject::indicator) {
                result_.not_evaluated.push_back(rule.code);
                continue;
            }
            rules_.push_back(&rule);
            WarningQuality quality;
            quality.rule = rule.code;
            quality.severity = rule.severity;
            quality.reason = rule.reason;
            result_.rules.push_back(std::move(quality));
        }
        result_.all.reason = {"all rules together", "tất cả quy tắc"};
    }

    void visit(std::size_t row) {
        if (tasks_.is_secret(row)) {
            ++result_.secret_count;
            return;
        }
        const Reference first = watch(row);
        if (first.day == never) return;
        ++result_.watched;
        for (std::size_t k = 0; k < rules_.size(); ++k)
            count(row, result_.rules[k], first_[k], first);
        count(row, result_.all, any_, first);
    }

    [[nodiscard]] WarningEvaluation finish() { return std::move(result_); }

  private:
    /// A day, the days left to the deadline in force and those aimed at.
    struct Reference {
        std::int32_t day = never;
        std::int32_t days_left = 0;
        std::int32_t aim = 0;
    };

    /// Finds the first watched day of a task, which it returns, and its first
    /// warnings.
    Reference watch(std::size_t row) {
        first_.assign(rules_.size(), {});
        any_ = {};
        Reference watched;
        std::size_t waiting = rules_.size();
        TaskReader reader(tasks_, row);
        for (const std::int32_t day : grid_) {
            const TaskStatus status = tasks_.status(row, day);
            if (!is_open(status.state) || status.deadline == never || day > status.deadline)
                continue;
            if (watched.day == never) watched = {day, status.deadline - day, 0};
            if (waiting == 0) break;
            const WarningFacts facts(reader, status, day);
            for (std::size_t k = 0; k < rules_.size(); ++k) {
                if (first_[k].day != never || !holds(*rules_[k], facts, context_)) continue;
                first_[k] = {day, facts.days_left(), rules_[k]->lead_time_days};
                --waiting;
                const bool earlier = any_.day == never;
                if (earlier || (any_.day == day && first_[k].aim < any_.aim)) any_ = first_[k];
            }
        }
        return watched;
    }

    void count(std::size_t row, WarningQuality& quality, const Reference& warning,
               const Reference& watched) {
        const bool warned = warning.day != never;
        const DeadlineOutcome outcome =
            deadline_outcome(tasks_, row, warned ? warning.day : watched.day, end_);
        switch (outcome) {
            case DeadlineOutcome::kept:
                ++(warned ? quality.false_alarms : quality.quiet);
                return;
            case DeadlineOutcome::unknown:
                ++(warned ? quality.warned_unknown : quality.quiet_unknown);
                return;
            case DeadlineOutcome::missed:
                break;
        }
        ++(warned ? quality.hits : quality.misses);
        if (!warned) return;
        ++quality.lead_times[warning.days_left];
        quality.hits_in_good_time += warning.days_left >= warning.aim ? 1 : 0;
    }

    const TaskRegister& tasks_;
    std::int32_t end_;
    WarningContext context_;
    std::vector<std::int32_t> grid_{};
    std::vector<const WarningRule*> rules_{};
    /// First warning of each rule, and of any, for the task in hand.
    std::vector<Reference> first_{};
    Reference any_{};
    WarningEvaluation result_{};
};

}  // namespace detail

namespace detail {

/// Problems of the days on which warnings are taken, and of the end of history.
[[nodiscard]] inline std::vector<Problem> check_warning_days(std::span<const Date> grid,
                                                             const Date& end) {
    std::vector<Problem> problems;
    for (std::size_t k = 1; k < grid.size(); ++k)
        if (grid[k] <= grid[k - 1])
            problems.push_back({"days_out_of_order", "/grid/" + std::to_string(k), to_iso(grid[k]),
                                "a day after " + to_iso(grid[k - 1]), "sort the days"});
    if (!grid.empty() && end < grid.back())
        problems.push_back({"dates_reversed", "end", to_iso(end),
                            "a day not before " + to_iso(grid.back()),
                            "leave out later days of the grid"});
    return problems;
}

[[nodiscard]] inline std::string quality_percent(const TaskRate& rate) {
    constexpr double hundred = 100.0;
    return std::isnan(rate.value()) ? std::string("-") : numeric::fixed(hundred * rate.value(), 1);
}

/// The printed table of qualities, without rows.
[[nodiscard]] inline TextTable quality_table() {
    using Align = TextTable::Align;
    std::vector<std::pair<std::string, Align>> header{{"quy tắc / rule", Align::left}};
    for (const char* name :
         {"báo đúng / hits", "báo nhầm / false", "bỏ sót / missed", "chưa rõ / unknown",
          "chính xác % / precision", "phát hiện % / recall", "F1", "nhầm/100 / false per 100",
          "báo trước (ngày) / mean lead", "trung vị / median", "kịp thời % / in good time"})
        header.push_back({name, Align::right});
    return TextTable(std::move(header));
}

inline void add_quality(TextTable& text, const WarningQuality& each) {
    constexpr int f1_digits = 3;
    const auto number = [](double value, int digits) {
        return std::isnan(value) ? std::string("-") : numeric::fixed(value, digits);
    };
    text.add({each.rule.empty() ? "tất cả / all" : each.rule, std::to_string(each.hits),
              std::to_string(each.false_alarms), std::to_string(each.misses),
              std::to_string(each.warned_unknown + each.quiet_unknown),
              quality_percent(each.precision()), quality_percent(each.recall()),
              number(each.f1().value(), f1_digits),
              number(each.false_alarms_per_100_tasks().value(), 1),
              number(each.mean_lead_time().value(), 1), number(each.median_lead_time(), 1),
              quality_percent(each.in_good_time())});
}

}  // namespace detail

/// Evaluates rules on the history of a register: warnings are taken on the days
/// of a grid, each from what was dated until then, and held against what is known
/// at `end`. `WarningQuality` defines what counts. O(tasks * days * rules).
/// @param grid days in ascending order
/// @param end last day of the history, not before the last day of the grid
/// @throws TaskError for rules that cannot be used, days out of order
///         (`days_out_of_order`), or an end before the last of them
///         (`dates_reversed`)
[[nodiscard]] inline WarningEvaluation evaluate_warnings(const TaskRegister& tasks,
                                                         std::span<const Date> grid,
                                                         const Date& end,
                                                         std::span<const WarningRule> rules) {
    detail::require_warning_rules(rules);
    if (std::vector<Problem> problems = detail::check_warning_days(grid, end); !problems.empty())
        throw TaskError("the history cannot be used", std::move(problems));
    detail::WarningEvaluator evaluator(tasks, grid, end, rules);
    for (std::size_t row = 0; row < tasks.size(); ++row) evaluator.visit(row);
    return evaluator.finish();
}

inline std::ostream& operator<<(std::ostream& out, const WarningEvaluation& evaluation) {
    detail::TextTable text = detail::quality_table();
    for (const WarningQuality& each : evaluation.rules) detail::add_quality(text, each);
    detail::add_quality(text, evaluation.all);
    return out << text << "Tỷ lệ trễ hạn / share that missed: "
               << detail::quality_percent(evaluation.all.base_rate()) << "% của / of "
               << evaluation.all.judged() << " nhiệm vụ / tasks\n";
}

}  // namespace thuocdo
