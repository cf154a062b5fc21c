#pragma once
/// @file
/// What a publication says beyond the scoreboard.

#include <thuocdo/publish/audience_view.hpp>
#include <thuocdo/publish/publication.hpp>
#include <thuocdo/robust/uncertainty_result.hpp>
#include <thuocdo/tasks/task_register.hpp>
#include <thuocdo/time/working_calendar.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// The scoreboard of an earlier period as the audience sees it, for trends.
struct EarlierView {
    std::string period{};
    AudienceView view;
};

/// The tasks whose overdue ones are listed with the unit that leads them.
struct TaskSource {
    TaskRegister tasks;
    WorkingCalendar calendar;
    Date on{};
    /// A day before: tasks that were overdue then are marked as carried over.
    std::optional<Date> earlier{};
};

/// Rank intervals of a run of draws.
struct IntervalSource {
    robust::Uncertainty uncertainty;
    /// Share of the draws that the intervals hold.
    double level = 0.9;
    Label note{};
};

/// How a publication is made. Dates are given: no clock is read.
struct PublishOptions {
    /// Empty: the period of the panel.
    std::string period{};
    /// 1 for the first; a later one needs a reason and what it replaces.
    int version = 1;
    std::string reason{};
    std::string supersedes{};
    std::optional<Date> published_on{};
    /// Oldest first.
    std::vector<EarlierView> earlier{};
    std::optional<IntervalSource> intervals{};
    std::optional<TaskSource> tasks{};
    /// Peers listed with each unit.
    std::size_t peers = 5;
    /// Attribute inside which peers are looked for: `level`, `kind`, `parent` or a group;
    /// empty: all units.
    std::string peer_group = "level";
    /// Secret text of at least 16 bytes, mixed into the digests of data and results where
    /// something is withheld.
    std::string digest_salt{};

    // Filled in by the caller.
    std::string previous_period{};
    /// Changes of units that are not shown are left out, and so are scores and ranks that are
    /// withheld. Parts of changes are left out where anything is withheld: they come from
    /// figures that are not published, and no audit looks at them.
    std::vector<PublishedChange> changes{};
    bool change_parts_although_withheld = false;
    std::vector<Label> breaks{};
    /// By code of the unit; left out where its total or rank is withheld. They must have been
    /// made from what the audience sees.
    std::map<std::string, Remarks> remarks{};
    std::vector<std::string> notices{};
    /// Numbers of withheld units and figures are counted, whatever stands here.
    DisclosureRecord disclosure{};
};

}  // namespace thuocdo::publish
