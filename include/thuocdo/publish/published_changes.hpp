#pragma once
/// @file
/// The difference of two boards as an audience may see it.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/publish/audience_view.hpp>
#include <thuocdo/publish/diff.hpp>
#include <thuocdo/publish/publication.hpp>

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish {

namespace detail {

/// Parts by name; one that comes again (last digits can) is numbered.
[[nodiscard]] inline std::map<std::string, double> parts_by_name(const SplitChange& change) {
    std::map<std::string, double> out;
    for (const ChangePart& part : change.parts) {
        std::string name = part.name();
        for (int k = 2; out.contains(name); ++k) name = part.name() + ' ' + std::to_string(k);
        out[name] = part.amount;
    }
    return out;
}

/// What a view tells of one unit's total and rank.
struct ShownStanding {
    double score = missing_value;
    double rank = missing_value;
    /// The unit is shown, and nothing of it is withheld or printed with fewer digits.
    bool in_full = false;
};

[[nodiscard]] inline ShownStanding shown_standing(const AudienceView& view,
                                                  const std::string& code) {
    ShownStanding out;
    const std::optional<Index> unit = view.board().units().find(code);
    if (!unit || !view.shows_unit(*unit)) return out;
    out.score = view.printed(*unit, 0);
    if (view.shows_rank(*unit)) out.rank = view.board().ranks()[*unit];
    out.in_full = view.shows_all_of(*unit) && out.score == view.board().scores()[*unit];
    return out;
}

}  // namespace detail

/// Rows for PublishOptions::changes: every unit that either view shows, with the totals and
/// ranks that the two views print.
///
/// Parts are left out where they could tell more than that: those of the score unless both
/// views show everything of the unit and print its total in full, and, where units depend on
/// each other, everything of all units; those of ranks unless nothing at all is withheld.
/// O(units).
[[nodiscard]] inline std::vector<PublishedChange> published_changes(const Diff& diff,
                                                                    const AudienceView& before,
                                                                    const AudienceView& after) {
    const bool all = before.shows_all() && after.shows_all();
    const bool alone =
        !diff.before.model().is_peer_relative() && !diff.after.model().is_peer_relative();
    std::vector<PublishedChange> out;
    for (const UnitChange& each : diff.units) {
        const detail::ShownStanding then = detail::shown_standing(before, each.unit.code);
        const detail::ShownStanding now = detail::shown_standing(after, each.unit.code);
        const AudienceView& described = each.fate == UnitFate::left ? before : after;
        const auto unit = described.board().units().find(each.unit.code);
        if (!unit || !described.shows_unit(*unit)) continue;
        PublishedChange change;
        change.code = each.unit.code;
        change.name = each.unit.name;
        change.status = unit_fate_name(each.fate);
        change.score_before = then.score;
        change.score_after = now.score;
        change.rank_before = then.rank;
        change.rank_after = now.rank;
        if (then.in_full && now.in_full && (all || alone))
            change.score_parts = detail::parts_by_name(each.score);
        if (then.in_full && now.in_full && all)
            change.rank_parts = detail::parts_by_name(each.rank);
        out.push_back(std::move(change));
    }
    return out;
}

/// The same from two publications alone, by what they print: without parts, which need the
/// models and data. In the order of the newer one; units that left come last, by code.
[[nodiscard]] inline std::vector<PublishedChange> published_changes(const Publication& before,
                                                                    const Publication& after) {
    std::map<std::string, const PublishedUnit*> old_units;
    for (const PublishedUnit& each : before.units) old_units[each.code] = &each;
    std::vector<PublishedChange> out;
    const auto add = [&out](const PublishedUnit& described, const PublishedUnit* then,
                            const PublishedUnit* now) {
        PublishedChange change;
        change.code = described.code;
        change.name = described.name;
        change.status = unit_fate_name(!then  ? UnitFate::entered
                                       : !now ? UnitFate::left
                                              : UnitFate::stayed);
        if (then) {
            change.score_before = then->score;
            change.rank_before = then->rank;
        }
        if (now) {
            change.score_after = now->score;
            change.rank_after = now->rank;
        }
        out.push_back(std::move(change));
    };
    for (const PublishedUnit& each : after.units) {
        const auto then = old_units.find(each.code);
        add(each, then == old_units.end() ? nullptr : then->second, &each);
        old_units.erase(each.code);
    }
    for (const auto& [code, each] : old_units) add(*each, each, nullptr);
    return out;
}

/// Sentences for PublishOptions::breaks: every change of the definition, and the nodes whose
/// results are no longer comparable.
[[nodiscard]] inline std::vector<Label> published_breaks(const Diff& diff) {
    std::vector<Label> out;
    for (const DefinitionChange& each : diff.definition.changes) out.push_back(each.text());
    for (const SeriesBreak& each : diff.definition.breaks) {
        const Label name = each.name.empty() ? Label{each.code, each.code} : each.name;
        out.push_back({"Break in series: " + name.in(false) + " (" + each.code + ')',
                       "Gián đoạn chuỗi số liệu: " + name.in(true) + " (" + each.code + ')'});
    }
    return out;
}

}  // namespace thuocdo::publish
