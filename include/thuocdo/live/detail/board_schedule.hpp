#pragma once
/// @file
/// On which day a live scoreboard has to look at what, in order, so that the passing of a
/// day costs what happens on it.

#include <thuocdo/live/detail/entry_store.hpp>
#include <thuocdo/live/log_rules.hpp>
#include <thuocdo/live/observation_log.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/model/target.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::live::detail {

/// The first day after `on` on which a dated target that a leaf reads has another value.
[[nodiscard]] inline std::optional<std::int32_t> next_target_change(const IndexModel& model,
                                                                    const Date& on) {
    std::optional<std::int32_t> next;
    const std::int32_t day = day_number(on);
    const auto take = [&](std::int32_t each) {
        if (each > day && (!next || each < *next)) next = each;
    };
    for (const Index leaf : model.leaves()) {
        const Node& node = model.node(leaf);
        if (!needs_dated_target(node.score) || node.targets.size() < 2) continue;
        const std::int32_t last = day_number(node.targets.back().date);
        if (node.target_path == TargetPath::step) {
            // The value of a target holds until its day; the next one from the day after.
            for (std::size_t k = 0; k + 1 < node.targets.size(); ++k)
                take(day_number(node.targets[k].date) + 1);
        } else if (day < last) {
            take(std::max(day, day_number(node.targets.front().date)) + 1);
        }
    }
    return next;
}

/// Names that steps of a preparation divide by.
[[nodiscard]] inline std::vector<std::string> denominators_of(const IndexModel& model) {
    std::vector<std::string> names;
    for (const PreparationStep& step : model.definition().preparation)
        if (const auto* denominate = std::get_if<step::Denominate>(&step))
            for (const step::Denominator& each : denominate->denominators) names.push_back(each.by);
    return names;
}

[[nodiscard]] inline bool is_denominator(const IndexModel& model, const std::string& name) {
    const std::vector<std::string> names = denominators_of(model);
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Columns that the tasks of a log give.
[[nodiscard]] inline std::set<std::string> task_column_names(const TaskPanelOptions& options,
                                                             const Date& day) {
    TaskPanelOptions open = options;
    open.other_groups = true;
    const Panel none = task_panel(TaskRegister(), day, UnitRegistry::from_codes({"unit"}), open);
    return {none.indicators().begin(), none.indicators().end()};
}

/// Days on which cells, columns of the baseline or everything have to be looked at.
class BoardSchedule {
  public:
    /// Finds all days after that of a moment.
    void reset(const ObservationLog& log, const AsOf& moment, const std::string& previous_period,
               const std::vector<std::string>& other_periods, std::span<const IndexModel> models) {
        cells_ = {};
        baseline_.clear();
        rebuilds_.clear();
        const std::int32_t day = day_number(moment.valid);
        const EntryStore& store = log.store();
        for (const std::uint32_t subject : store.subjects_of(SubjectKind::cell)) {
            const std::string& period = store.texts()[store.subject(subject).period];
            AsOf at = moment;
            at.period = period;
            const bool other = period == previous_period ||
                               std::find(other_periods.begin(), other_periods.end(), period) !=
                                   other_periods.end();
            if (period != moment.period && !other) continue;
            if (const auto next = log.next_change(subject, at)) add_cell(*next, subject);
        }
        const auto rebuild_on = [&](std::int32_t each) {
            if (each > day) rebuilds_.insert(each);
        };
        for (const std::uint32_t subject : store.subjects_of(SubjectKind::unit))
            if (const auto next = store.next_valid(subject, day)) rebuild_on(*next);
        const UnitRegistry units = log.units(moment);
        for (Index unit = 0; units.has_validity() && unit < units.size(); ++unit) {
            const Unit each = units.unit(unit);
            if (each.valid_from) rebuild_on(day_number(*each.valid_from));
            if (each.valid_to) rebuild_on(day_number(*each.valid_to) + 1);
        }
        for (const IndexModel& model : models)
            if (model.definition().effective_from)
                rebuild_on(day_number(*model.definition().effective_from));
        if (!log.baseline()) return;
        const std::int32_t valid = day_number(log.baseline()->valid);
        rebuild_on(valid);
        for (const std::string& indicator : log.baseline()->panel.indicators())
            if (const auto age = log.rules().longest_age_of(indicator)) {
                const std::int32_t stale = valid + *age + 1;
                if (log.baseline()->panel.period() != moment.period)
                    rebuild_on(stale);
                else if (stale > day)
                    baseline_[stale].push_back(indicator);
            }
    }

    void add_cell(std::int32_t day, std::uint32_t subject) { cells_.push({day, subject}); }

    [[nodiscard]] bool is_rebuild_due(std::int32_t day) const noexcept {
        return !rebuilds_.empty() && *rebuilds_.begin() <= day;
    }

    /// Takes the cells that are due by a day.
    [[nodiscard]] std::vector<std::uint32_t> take_cells(std::int32_t day) {
        std::vector<std::uint32_t> due;
        for (; !cells_.empty() && cells_.top().first <= day; cells_.pop())
            due.push_back(cells_.top().second);
        return due;
    }

    /// Takes the columns of the baseline that are due by a day.
    [[nodiscard]] std::vector<std::string> take_baseline(std::int32_t day) {
        std::vector<std::string> due;
        for (; !baseline_.empty() && baseline_.begin()->first <= day;
             baseline_.erase(baseline_.begin()))
            due.insert(due.end(), baseline_.begin()->second.begin(),
                       baseline_.begin()->second.end());
        return due;
    }

    [[nodiscard]] std::optional<std::int32_t> next_day() const {
        std::optional<std::int32_t> next;
        const auto take = [&](std::int32_t day) {
            if (!next || day < *next) next = day;
        };
        if (!cells_.empty()) take(cells_.top().first);
        if (!baseline_.empty()) take(baseline_.begin()->first);
        if (!rebuilds_.empty()) take(*rebuilds_.begin());
        return next;
    }

  private:
    using Due = std::pair<std::int32_t, std::uint32_t>;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> cells_;
    std::map<std::int32_t, std::vector<std::string>> baseline_;
    std::set<std::int32_t> rebuilds_;
};

}  // namespace thuocdo::live::detail
