#pragma once
/// @file
/// How an observation log reads its entries.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/tasks/task_panel.hpp>
#include <thuocdo/tasks/task_rules.hpp>
#include <thuocdo/time/date.hpp>
#include <thuocdo/time/instant.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo::live {

/// What an event may rely on when it arrives.
enum class Arrival {
    /// On what arrived before: an observation of an unknown unit or an event of an unknown
    /// task is an error, most likely a misspelt code.
    in_order,
    /// On nothing: it waits for what it needs, for feeds without an order.
    any_order
};

/// How the entries of a log are read. Part of what a published number depends on: keep
/// the rules with the log.
struct LogRules {
    Arrival arrival = Arrival::in_order;
    /// For so many days from `Event::valid` on an observation holds; from the day after it
    /// is stale, and the cell is not reported. Empty: for ever.
    std::optional<int> longest_age{};
    /// The same for single indicators.
    std::map<std::string, int> longest_ages{};
    /// Columns `tasks.*` from the tasks of the log, see `task_panel`; empty: none.
    /// `other_groups` says whether tasks of bodies that are no units are accepted.
    std::optional<TaskPanelOptions> task_panel{};
    TaskRules task_rules{};
    std::vector<OfficeTerm> offices{};

    /// Days for which an observation of an indicator holds.
    [[nodiscard]] std::optional<int> longest_age_of(const std::string& indicator) const {
        const auto found = longest_ages.find(indicator);
        return found == longest_ages.end() ? longest_age : std::optional<int>(found->second);
    }
};

/// A table that a log starts from: every cell of it is older than every entry of the same
/// day, and so are its units.
struct Baseline {
    Panel panel;
    /// First day on which it is true.
    Date valid{};
    /// When it became known.
    Instant known = Instant::earliest();
};

/// A moment of a log: what was true on a day, by what was known then.
struct AsOf {
    /// Label of the period whose values are wanted.
    std::string period{};
    /// The day for which it is evaluated.
    Date valid{};
    /// What became known later is left out.
    Instant known = Instant::latest();
    /// Columns wanted, in this order; empty: every indicator of the period, by code.
    std::vector<std::string> indicators{};
    /// The day whose units are the rows; empty: `valid`. Values of an earlier period may
    /// belong to units that came to be after it.
    std::optional<Date> units_on{};
};

}  // namespace thuocdo::live
