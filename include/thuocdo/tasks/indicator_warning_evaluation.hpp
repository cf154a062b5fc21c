#pragma once
/// @file
/// How good rules about indicators are: what they would have said on days of the
/// past, held against whether dated targets were attained.

#include <thuocdo/model/target.hpp>
#include <thuocdo/tasks/early_warning.hpp>
#include <thuocdo/tasks/warning_evaluation.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// The quality of rules about indicators over a history.
///
/// What is counted is a *pair* of a body and an indicator. It is *watched* on the
/// days of the grid, up to the day of the target, on which the body is in the
/// history and leads an open task that is to move the indicator; secret tasks are
/// left out. It is *warned* on the first of these days on which the rule holds.
/// A rule about movement is right when the target is then missed: the value of the
/// period that ends on its day is worse than the target; without that value the
/// outcome is unknown. A rule of the kind `stale_data` is right when that value is
/// missing: the target cannot be judged.
struct IndicatorWarningEvaluation {
    /// One entry a rule about indicators, in the order of the rules.
    std::vector<WarningQuality> rules{};
    /// Pairs watched.
    std::int64_t watched = 0;
    /// Rules about tasks and money: `evaluate_warnings` judges them.
    std::vector<std::string> not_evaluated{};

    friend bool operator==(const IndicatorWarningEvaluation&,
                           const IndicatorWarningEvaluation&) = default;
    friend std::ostream& operator<<(std::ostream& out,
                                    const IndicatorWarningEvaluation& evaluation) {
        detail::TextTable text = detail::quality_table();
        for (const WarningQuality& each : evaluation.rules) detail::add_quality(text, each);
        out << text;
        for (const WarningQuality& each : evaluation.rules)
            out << each.rule << ": " << detail::quality_percent(each.base_rate()) << "% của / of "
                << each.judged() << " cặp cơ quan, chỉ tiêu / pairs\n";
        return out;
    }
};

namespace detail {

/// Follows pairs of bodies and indicators over the days of a grid.
class IndicatorWarningEvaluator {
  public:
    IndicatorWarningEvaluator(const TaskRegister& tasks, const IndicatorHistory& history,
                              const std::map<std::string, Target>& targets,
                              std::span<const WarningRule> rules)
        : tasks_(tasks), history_(history), targets_(targets) {
        for (const WarningRule& rule : rules) {
            if (rule.subject() != WarningSubject::indicator) {
                result_.not_evaluated.push_back(rule.code);
                continue;
            }
            places_[rule.code] = rules_.size();
            rules_.push_back(rule);
            WarningQuality quality;
            quality.rule = rule.code;
            quality.severity = rule.severity;
            quality.reason = rule.reason;
            result_.rules.push_back(std::move(quality));
        }
    }

    void visit(const Date& date) {
        const std::int32_t day = day_number(date);
        for (std::size_t row = 0; row < tasks_.size(); ++row)
            if (!tasks_.is_secret(row) && is_open(tasks_.status(row, day).state)) watch(row, day);
        for (const Warning& warning : early_warnings(tasks_, date, rules_, &history_).warnings) {
            const auto pair = pairs_.find({warning.address.lead, warning.indicator});
            if (pair == pairs_.end() || day > last_day(warning.indicator)) continue;
            std::int32_t& first = pair->second.warned[places_.at(warning.rule)];
            if (first == never) first = day;
        }
    }

    [[nodiscard]] IndicatorWarningEvaluation finish(std::int32_t end) {
        result_.watched = static_cast<std::int64_t>(pairs_.size());
        for (const auto& [names, pair] : pairs_) {
            const std::optional<double> value = value_at_target(names, end);
            for (std::size_t k = 0; k < rules_.size(); ++k)
                count(rules_[k], result_.rules[k], names.second, pair.warned[k], value);
        }
        return std::move(result_);
    }

  private:
    using Names = std::pair<std::string, std::string>;
    struct Pair {
        /// First warning of each rule.
        std::vector<std::int32_t> warned{};
    };

    [[nodiscard]] std::int32_t last_day(const std::string& indicator) const {
        return day_number(targets_.at(indicator).date);
    }

    void watch(std::size_t row, std::int32_t day) {
        for (const std::string& indicator : tasks_.indicators(row)) {
            if (!targets_.contains(indicator) || day > last_day(indicator)) continue;
            const Names names{tasks_.lead(row), indicator};
            if (pairs_.contains(names) || !history_.first_expected(names.first, indicator, day))
                continue;
            pairs_[names].warned.assign(rules_.size(), never);
        }
    }

    /// The value of the period that ends on the day of the target.
    [[nodiscard]] std::optional<double> value_at_target(const Names& names,
                                                        std::int32_t end) const {
        for (const auto& each : history_.observations(names.first, names.second, end))
            if (each.period_end == last_day(names.second)) return each.value;
        return std::nullopt;
    }

    [[nodiscard]] bool attained(const std::string& indicator, double value) const {
        const double target = targets_.at(indicator).value;
        return *history_.better(indicator) == Direction::lower_is_better ? value <= target
                                                                         : value >= target;
    }

    void count(const WarningRule& rule, WarningQuality& quality, const std::string& indicator,
               std::int32_t warned_on, const std::optional<double>& value) const {
        const bool warned = warned_on != never;
        const bool about_data = rule.kind == WarningKind::stale_data;
        if (!about_data && !value) {
            ++(warned ? quality.warned_unknown : quality.quiet_unknown);
            return;
        }
        const bool kept = about_data ? value.has_value() : attained(indicator, *value);
        if (kept) {
            ++(warned ? quality.false_alarms : quality.quiet);
            return;
        }
        ++(warned ? quality.hits : quality.misses);
        if (!warned) return;
        const std::int32_t lead_time = last_day(indicator) - warned_on;
        ++quality.lead_times[lead_time];
        quality.hits_in_good_time += lead_time >= rule.lead_time_days ? 1 : 0;
    }

    const TaskRegister& tasks_;
    const IndicatorHistory& history_;
    const std::map<std::string, Target>& targets_;
    std::vector<WarningRule> rules_{};
    std::map<std::string, std::size_t> places_{};
    std::map<Names, Pair> pairs_{};
    IndicatorWarningEvaluation result_{};
};

}  // namespace detail

/// Evaluates rules about indicators on a history: warnings are taken on the days
/// of a grid, each from what was known then, and held against what is known at
/// `end`. `IndicatorWarningEvaluation` defines what counts.
/// O(days * (tasks * rules + pairs * panels)).
/// @param targets by indicator the value that every body is to reach, and its day
/// @param grid days in ascending order
/// @param end last day of the history, not before the grid's last and every target
/// @throws TaskError for rules that cannot be used, days out of order
///         (`days_out_of_order`), an end before a day or a target
///         (`dates_reversed`), or a target of an indicator without direction
///         (`direction_missing`), with every problem
[[nodiscard]] inline IndicatorWarningEvaluation evaluate_indicator_warnings(
    const TaskRegister& tasks, const IndicatorHistory& history,
    const std::map<std::string, Target>& targets, std::span<const Date> grid, const Date& end,
    std::span<const WarningRule> rules) {
    detail::require_warning_rules(rules);
    std::vector<Problem> problems = detail::check_warning_days(grid, end);
    for (const auto& [indicator, target] : targets) {
        const std::string place = "target of \"" + indicator + '"';
        if (end < target.date)
            problems.push_back({"dates_reversed", place, to_iso(target.date),
                                "a day not after " + to_iso(end),
                                "leave out targets that have not fallen due"});
        if (!history.better(indicator))
            problems.push_back({"direction_missing", place, "no direction",
                                "the direction in which the indicator gets better",
                                "give it to the history"});
    }
    if (!problems.empty()) throw TaskError("the history cannot be used", std::move(problems));
    detail::IndicatorWarningEvaluator evaluator(tasks, history, targets, rules);
    for (const Date& day : grid) evaluator.visit(day);
    return evaluator.finish(day_number(end));
}

}  // namespace thuocdo
