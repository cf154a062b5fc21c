#pragma once
/// @file
/// Sentences about every unit of a publication, as an audience may read them.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/config.hpp>
#include <thuocdo/explain/bottlenecks.hpp>
#include <thuocdo/explain/cheapest_improvements.hpp>
#include <thuocdo/explain/narrative.hpp>
#include <thuocdo/publish/audience_view.hpp>
#include <thuocdo/publish/movement_narrative.hpp>
#include <thuocdo/publish/publication.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo::publish {

struct RemarkOptions {
    /// Peers and obstacle classes that bottlenecks are measured with. A unit without a value
    /// of the group is measured against all.
    BottleneckOptions bottlenecks{};
    /// Which values a unit can move, how far and at what cost; none: no sentences about the
    /// points nearest to gain, which are those that gain the next rank.
    std::vector<ImprovementLimit> limits{};
    NarrativeOptions words{};
    /// Told the share done; false cancels.
    std::function<bool(double)> progress{};
};

namespace detail {

/// Sentences print no more decimals than the publication does.
[[nodiscard]] inline NarrativeOptions words_of(const AudienceView& view, NarrativeOptions words) {
    for (Index node = 0; node < view.board().model().node_count(); ++node)
        words.digits = std::min(words.digits, view.digits(node).value_or(words.digits));
    return words;
}

/// Options for one unit: among all units where it has no value of the group.
[[nodiscard]] inline BottleneckOptions bottlenecks_of(const Scoreboard& board, Index unit,
                                                      BottleneckOptions options) {
    const UnitGrouping* grouping =
        options.group.empty() ? nullptr : board.units().grouping(options.group);
    if (!grouping || grouping->of(unit).empty()) options.group.clear();
    return options;
}

/// What would gain the next rank; nothing for a unit that is first or has no rank.
[[nodiscard]] inline std::vector<Label> nearest_points(const Scoreboard& board, Index unit,
                                                       const RemarkOptions& options,
                                                       const NarrativeOptions& words) {
    double next = missing_value;
    const double own = board.ranks()[unit];
    for (Index other = 0; other < board.unit_count(); ++other) {
        const double rank = board.ranks()[other];
        if (rank < own && !(next >= rank)) next = rank;
    }
    if (std::isnan(next)) return {};
    ImprovementGoal goal;
    goal.rank = next;
    return narrate(cheapest_improvements(board, board.units().code(unit), options.limits, goal),
                   words);
}

}  // namespace detail

/// Remarks for PublishOptions::remarks, by code of the unit: what holds each back, what moved
/// it, and which points are nearest to gain.
///
/// They compare units with each other, so there are none where the view withholds anything;
/// sentences about movement also need an earlier view that withholds nothing.
///
/// @param diff the difference from the board of `before` to that of `view`; nothing: no
///        sentences about movement
/// @throws DataError as bottlenecks() and cheapest_improvements()
/// @throws Cancelled when the progress callback returns false
[[nodiscard]] inline std::map<std::string, Remarks> published_remarks(
    const AudienceView& view, const RemarkOptions& options = {}, const Diff* diff = nullptr,
    const AudienceView* before = nullptr) {
    std::map<std::string, Remarks> out;
    if (!view.shows_all()) return out;
    const Scoreboard& board = view.board();
    const NarrativeOptions words = detail::words_of(view, options.words);
    const bool movement = diff != nullptr && before != nullptr && before->shows_all();
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        if (options.progress &&
            !options.progress(static_cast<double>(unit) / static_cast<double>(board.unit_count())))
            throw Cancelled();
        if (!board.is_evaluated(unit) || std::isnan(board.scores()[unit])) continue;
        const std::string& code = board.units().code(unit);
        Remarks& remarks = out[code];
        remarks.held_back = narrate(
            bottlenecks(board, code, detail::bottlenecks_of(board, unit, options.bottlenecks)),
            words);
        if (movement) remarks.moved = narrate(rank_movement(*diff, code), words);
        if (!options.limits.empty())
            remarks.nearest = detail::nearest_points(board, unit, options, words);
    }
    return out;
}

}  // namespace thuocdo::publish
