#pragma once
/// @file
/// The columns `tasks.*` kept up to date: when a task changes or a deadline passes, the
/// tasks of the bodies concerned are counted again.

#include <thuocdo/live/detail/board_follower.hpp>
#include <thuocdo/live/observation_log.hpp>
#include <thuocdo/tasks/task_panel.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// Counts the tasks of one body at a time where units stand for lead bodies; for any other
/// group the tasks of all.
class TaskFollower {
  public:
    explicit TaskFollower(const ObservationLog& log) : log_(log) {
        by_body_ = log.rules().task_panel && log.rules().task_panel->by == TaskGroup::lead;
    }

    [[nodiscard]] bool is_active() const noexcept { return log_.rules().task_panel.has_value(); }

    /// Bodies whose tasks contradict each other.
    [[nodiscard]] std::size_t open_problems() const noexcept { return broken_.size(); }

    /// Starts with all tasks of the log and all units of a panel.
    void reset(const AsOf& moment, const Panel& panel) {
        panel_ = panel;
        codes_.clear();
        lead_of_.clear();
        dirty_.clear();
        broken_.clear();
        due_.clear();
        if (!is_active()) return;
        for (const std::string& code : log_.task_codes()) place(code, moment);
        // Units without tasks have columns too, and leads that are no units can have tasks
        // that contradict themselves.
        if (by_body_)
            dirty_.insert(panel.units().codes().begin(), panel.units().codes().end());
        else
            dirty_.insert(std::string());
    }

    /// A task, or something about it, was recorded or taken back.
    void note(const std::string& code, const AsOf& moment) {
        if (is_active()) place(code, moment);
    }

    /// Marks what is due by the day of a moment.
    void advance(const AsOf& moment) {
        const std::int32_t day = day_number(moment.valid);
        while (!due_.empty() && due_.begin()->day <= day) {
            const Due due = *due_.begin();
            due_.erase(due_.begin());
            if (due.is_task)
                place(due.code, moment);
            else
                dirty_.insert(due.code);
        }
    }

    /// Counts again for the bodies that are marked, and adds their cells.
    void collect(const AsOf& moment, std::vector<CellChange>& cells) {
        for (const std::string& body : dirty_) count(body, moment, cells);
        dirty_.clear();
    }

    /// The next day on which a count may change although nothing becomes known.
    [[nodiscard]] std::optional<std::int32_t> next_day() const noexcept {
        if (due_.empty()) return std::nullopt;
        return due_.begin()->day;
    }

  private:
    struct Due {
        std::int32_t day = 0;
        bool is_task = false;
        std::string code;
        friend auto operator<=>(const Due&, const Due&) = default;
    };

    /// Finds the lead of a task now, and marks the bodies that it leaves and joins.
    void place(const std::string& code, const AsOf& moment) {
        const EntryStore& store = log_.store();
        const std::int32_t day = day_number(moment.valid);
        for (const SubjectKind kind :
             {SubjectKind::task, SubjectKind::task_events, SubjectKind::task_extensions})
            if (const auto subject = store.find_subject(kind, code))
                if (const auto next = store.next_valid(*subject, day))
                    due_.insert({*next, true, code});
        if (!by_body_) {
            dirty_.insert(std::string());
            return;
        }
        std::optional<std::string> lead;
        if (const auto subject = store.find_subject(SubjectKind::task, code)) {
            const std::int32_t fact = store.effective(*subject, day, moment.known.microseconds);
            if (fact != no_entry)
                lead = store.task(store.entry(static_cast<std::size_t>(fact))).lead;
        }
        const auto before = lead_of_.find(code);
        if (before != lead_of_.end()) {
            dirty_.insert(before->second);
            if (!lead || *lead != before->second) {
                codes_[before->second].erase(code);
                lead_of_.erase(before);
            }
        }
        if (!lead) return;
        dirty_.insert(*lead);
        codes_[*lead].insert(code);
        lead_of_[code] = *lead;
    }

    void count(const std::string& body, const AsOf& moment, std::vector<CellChange>& cells) {
        UnitRegistry units = panel_->units();
        std::vector<std::string> codes;
        if (by_body_) {
            std::vector<std::string> one;
            if (units.find(body)) one.push_back(body);
            units = UnitRegistry::from_codes(std::move(one));
            const auto found = codes_.find(body);
            if (found != codes_.end()) codes.assign(found->second.begin(), found->second.end());
        } else {
            codes = log_.task_codes();
        }
        std::vector<Task> tasks;
        for (const std::string& code : codes)
            if (auto task = log_.task(code, moment)) tasks.push_back(std::move(*task));
        if (const auto next = next_day_of(tasks, day_number(moment.valid)))
            due_.insert({*next, false, body});
        TaskPanelOptions options = *log_.rules().task_panel;
        options.other_groups = true;
        std::optional<Panel> counted;
        broken_.erase(body);
        try {
            counted = task_panel(TaskRegister(tasks, log_.rules().offices, log_.rules().task_rules),
                                 moment.valid, units, options);
        } catch (const TaskError&) {
            broken_.insert(body);
            return;
        }
        for (Index from = 0; from < counted->indicator_count(); ++from) {
            const auto column = panel_->find(counted->indicators()[static_cast<std::size_t>(from)]);
            if (!column) continue;
            for (Index unit = 0; unit < counted->unit_count(); ++unit)
                cells.push_back({*panel_->units().find(counted->units().code(unit)), *column,
                                 counted->value(unit, from), counted->state(unit, from)});
        }
    }

    /// The first day after a day on which anything about tasks is dated. Shares of time
    /// that has passed change every day.
    [[nodiscard]] static std::optional<std::int32_t> next_day_of(const std::vector<Task>& tasks,
                                                                 std::int32_t day) {
        std::optional<std::int32_t> next;
        const auto take = [&](const Date& date, std::int32_t later = 0) {
            const std::int32_t each = day_number(date) + later;
            if (each > day && (!next || each < *next)) next = each;
        };
        for (const Task& task : tasks) {
            if (!task.money.empty()) return day + 1;
            take(task.assigned);
            if (task.deadline) take(*task.deadline, 1);
            for (const DeadlineExtension& each : task.extensions) {
                take(each.decided);
                take(each.last_day, 1);
            }
            for (const TaskEvent& each : task.events) take(each.date);
            for (const TaskMilestone& each : task.milestones) take(each.date);
            for (const TaskProduct& each : task.products) {
                if (each.accepted) take(*each.accepted);
                for (const Date& failed : each.failed_assessments) take(failed);
            }
        }
        return next;
    }

    const ObservationLog& log_;
    bool by_body_ = false;
    /// The panel whose cells are counted, for its units and columns.
    std::optional<Panel> panel_{};
    std::map<std::string, std::set<std::string>> codes_;
    std::map<std::string, std::string> lead_of_;
    std::set<std::string> dirty_;
    std::set<std::string> broken_;
    std::set<Due> due_;
};

}  // namespace thuocdo::live::detail
