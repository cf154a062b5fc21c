#pragma once
/// @file
/// Two scoreboards: who moved, by how much, and why.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/explain/compare.hpp>
#include <thuocdo/publish/change_parts.hpp>
#include <thuocdo/publish/definition_changes.hpp>
#include <thuocdo/publish/detail/diff_path.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// What became of a unit between two boards. Only units that a board evaluates are on it.
enum class UnitFate { stayed, entered, left };

[[nodiscard]] constexpr const char* unit_fate_name(UnitFate fate) noexcept {
    return fate == UnitFate::stayed ? "stayed" : fate == UnitFate::entered ? "entered" : "left";
}

/// One unit on both boards.
struct UnitChange {
    /// As the newer board that has it describes it.
    Unit unit{};
    UnitFate fate = UnitFate::stayed;
    /// Of a unit that left: codes of units of the new data that name it as a predecessor. Of
    /// one that entered: its predecessors.
    std::vector<std::string> linked{};
    /// Published totals; parts for units with a total on both boards.
    SplitChange score{};
    /// Parts are places: a negative one moves the unit up.
    SplitChange rank{};
};

/// Where a change of the total of one unit shows in the leaves.
struct LeafChanges {
    /// Difference of the totals that the two scorings publish.
    double change = missing_value;
    /// Changes in the contributions of the leaves, largest first.
    std::vector<ContributionChange> leaves{};
    /// What no leaf has: bounds, rounding, comparisons between units.
    double rest = 0.0;
    /// Last digits: the exact sum of the changes of the leaves, `rest` and this is `change`
    /// bit for bit.
    double arithmetic = 0.0;
};

/// The difference of two boards.
struct Diff {
    Scoreboard before;
    Scoreboard after;
    /// By new rank, then code; units that left come last.
    std::vector<UnitChange> units{};
    std::vector<RefusedStep> refused{};
    /// Old values that stand in for new ones while the old model is used; what they hide
    /// comes with the definition.
    std::vector<HeldValue> held{};
    DefinitionChanges definition{};
    /// Boards on the way, see `diff`; nothing where a scoring was refused.
    detail::DiffStages stages{};

    /// The unit with a code.
    /// @throws DataError when neither board evaluates it.
    [[nodiscard]] const UnitChange& find(std::string_view code) const {
        for (const UnitChange& each : units)
            if (each.unit.code == code) return each;
        throw DataError("no such unit",
                        {{"unknown_unit", "", '"' + std::string(code) + '"',
                          "the code of a unit of either board", "check the spelling"}});
    }

    [[nodiscard]] std::size_t count(UnitFate fate) const noexcept {
        return static_cast<std::size_t>(
            std::count_if(units.begin(), units.end(),
                          [fate](const UnitChange& each) { return each.fate == fate; }));
    }

    /// By leaf: what the new data (of everybody, with their date) changed under the old model.
    /// @throws as the general form.
    [[nodiscard]] LeafChanges why(std::string_view code) const {
        return why(code, ChangeCause::date, ChangeCause::peers);
    }

    /// By leaf: what neighbouring causes changed together.
    /// @throws DataError for a unit that is not on both scorings, when `last` comes before
    ///         `first`, when either end is the state after a unit's own data alone, and when a
    ///         scoring was refused.
    [[nodiscard]] LeafChanges why(std::string_view code, ChangeCause first,
                                  ChangeCause last) const {
        const std::array<std::size_t, 2> ends{static_cast<std::size_t>(first),
                                              detail::stage_after(last)};
        std::vector<Explanation> found;
        for (const std::size_t end : ends) {
            const std::optional<Scoreboard>* stage =
                end < stages.size() && ends[0] < ends[1] ? &stages[end] : nullptr;
            const auto unit = stage && *stage ? (*stage)->units().find(code) : std::nullopt;
            if (unit) {
                found.push_back(explain(**stage, *unit));
                continue;
            }
            std::vector<Problem> problems{
                {"no_scoring", "unit \"" + std::string(code) + '"',
                 std::string("no scoring between ") + change_cause_name(first) + " and " +
                     change_cause_name(last),
                 "causes between two scorings that both have the unit",
                 "own_data has no scoring of all units behind it: take own_data and peers "
                 "together"}};
            for (const RefusedStep& each : refused)
                problems.insert(problems.end(), each.problems.begin(), each.problems.end());
            throw DataError("the change cannot be followed to the leaves", std::move(problems));
        }
        LeafChanges out;
        out.change = found[1].row.score - found[0].row.score + 0.0;
        out.leaves = contribution_changes(found[0], found[1]);
        numeric::ExactSum rest;
        rest.add(out.change);
        for (const ContributionChange& each : out.leaves) rest.add(-each.change());
        out.rest = rest.value();
        rest.add(-out.rest);
        out.arithmetic = rest.value();
        return out;
    }

    /// Counts, the units that moved most with their parts, and what changed in the definition.
    friend std::ostream& operator<<(std::ostream& out, const Diff& diff) {
        out << diff.count(UnitFate::stayed) << " units stayed, " << diff.count(UnitFate::entered)
            << " entered, " << diff.count(UnitFate::left) << " left\n";
        diff.print_units(out);
        for (const UnitChange& each : diff.units) {
            if (each.fate == UnitFate::stayed) continue;
            out << unit_fate_name(each.fate) << ": " << each.unit.display_name() << " ("
                << each.unit.code << ')';
            for (std::size_t k = 0; k < each.linked.size(); ++k)
                out << (k != 0                        ? ", "
                        : each.fate == UnitFate::left ? " into "
                                                      : " from ")
                    << each.linked[k];
            out << '\n';
        }
        for (const RefusedStep& each : diff.refused)
            out << "no scoring for " << change_cause_name(each.step)
                << (each.unit.empty() ? "" : " of " + each.unit) << ": "
                << (each.problems.empty() ? std::string("refused") : each.problems[0].message())
                << '\n';
        for (const HeldValue& each : diff.held)
            out << "old value held: " << each.indicator
                << (each.unit.empty() ? "" : " of " + each.unit) << '\n';
        for (const DefinitionChange& each : diff.definition.changes)
            out << "definition: " << each.text().in(false) << '\n';
        for (const SeriesBreak& each : diff.definition.breaks)
            out << "break in series: " << each.code << '\n';
        return out;
    }

  private:
    void print_units(std::ostream& out) const {
        using Align = thuocdo::detail::TextTable::Align;
        std::vector<const UnitChange*> rows;
        for (const UnitChange& each : units)
            if (each.score.amount() != 0.0 && !std::isnan(each.score.amount()))
                rows.push_back(&each);
        std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
            return std::abs(a->score.amount()) > std::abs(b->score.amount());
        });
        constexpr std::size_t listed = 10;
        if (rows.size() > listed) rows.resize(listed);
        if (rows.empty()) return;
        std::vector<std::pair<std::string, Align>> header{
            {"code", Align::left},   {"unit", Align::left},   {"rank", Align::right},
            {"then", Align::right},  {"score", Align::right}, {"then", Align::right},
            {"change", Align::right}};
        // Causes in the order of the path, those that move anybody shown.
        std::vector<std::string> names;
        for (std::size_t cause = 0; cause < change_causes; ++cause)
            for (const UnitChange* row : rows)
                for (const ChangePart& part : row->score.parts)
                    if (static_cast<std::size_t>(part.first) == cause &&
                        std::abs(part.amount) > thuocdo::detail::sum_tolerance &&
                        std::find(names.begin(), names.end(), part.name()) == names.end())
                        names.push_back(part.name());
        for (const std::string& name : names) header.emplace_back(name, Align::right);
        thuocdo::detail::TextTable table(std::move(header));
        constexpr int digits = 4;
        const auto number = [](double value) { return numeric::fixed(value, digits); };
        for (const UnitChange* row : rows) {
            std::vector<std::string> cells{row->unit.code,
                                           row->unit.display_name(),
                                           numeric::shortest(row->rank.before),
                                           numeric::shortest(row->rank.after),
                                           number(row->score.before),
                                           number(row->score.after),
                                           number(row->score.amount())};
            for (const std::string& name : names) {
                std::string cell;
                for (const ChangePart& part : row->score.parts)
                    if (part.name() == name) cell = number(part.amount);
                cells.push_back(std::move(cell));
            }
            table.add(std::move(cells));
        }
        out << table;
    }
};

/// Splits the difference of two boards exactly along one path of scorings, where M, D, U are
/// model, data and units and 0, 1 stand for before and after:
///
///     score(M0, D0, U0)   the old board
///     date                its targets read at the new date
///     own_data            the unit's own row is new, all others are old
///     peers               score(M0, D1', U0): all rows new; units that leave keep theirs
///     leaving             score(M0, D1', U0 and U1)
///     definition          score(M1, D1, U0 and U1)
///     entering            score(M1, D1, U1) is the new board
///
/// Each cause has the difference of two neighbouring scorings. Scorings that cannot differ are
/// not made: identical models, nobody leaving or entering, a model that does not let units
/// depend on each other (its own_data comes from one scoring, and peers move only ranks).
/// The order of the causes is a choice, which is why it is stated: another order moves what
/// two causes do together from one to the other.
///
/// D1' is the new data, but with the old value (`held`) where M0 needs a column that D1 lacks
/// or refuses a cell that is missing there. The panel of the previous period goes with each
/// unit's row; panels of other periods and the period's name change with `peers`. Attributes
/// of units are data too. Only evaluated units are compared; a unit that the preparation
/// screens out has left.
///
/// Parts of published totals add up to after - before bit for bit for every unit that has
/// both (see `split_change`); parts of ranks are whole or half numbers and add up exactly.
/// A scoring on the way that the rules of its model refuse is listed in `refused`, and its
/// causes are joined with the next ones. The same bits for any order of units and threads.
///
/// Complexity: at most 4 scorings, and one more for each unit whose row changed where units
/// depend on each other.
/// @throws Cancelled when the progress callback returns false.
[[nodiscard]] inline Diff diff(const Scoreboard& before, const Scoreboard& after,
                               const DiffOptions& options = {}) {
    detail::DiffPath path(before, after, options);
    path.run();
    Diff out{before, after};
    for (std::size_t k = 0; k < path.stayed.size(); ++k) {
        const detail::UnitPath states = path.of(k);
        const Index then = *before.units().find(path.stayed[k]);
        const Index now = *after.units().find(path.stayed[k]);
        UnitChange each;
        each.unit = after.units().unit(now);
        each.score = split_change(states.scores, before.scores()[then], after.scores()[now]);
        each.rank = split_change(states.ranks, before.ranks()[then], after.ranks()[now]);
        out.units.push_back(std::move(each));
    }
    for (const std::string& code : path.entered) {
        const Index now = *after.units().find(code);
        UnitChange each;
        each.unit = after.units().unit(now);
        each.fate = UnitFate::entered;
        each.linked = each.unit.predecessors;
        each.score.after = after.scores()[now];
        each.rank.after = after.ranks()[now];
        out.units.push_back(std::move(each));
    }
    for (const std::string& code : path.left) {
        const Index then = *before.units().find(code);
        UnitChange each;
        each.unit = before.units().unit(then);
        each.fate = UnitFate::left;
        for (Index unit = 0; unit < after.unit_count(); ++unit) {
            const Unit successor = after.units().unit(unit);
            const auto& made_of = successor.predecessors;
            if (std::find(made_of.begin(), made_of.end(), code) != made_of.end())
                each.linked.push_back(successor.code);
        }
        std::sort(each.linked.begin(), each.linked.end());
        each.score.before = before.scores()[then];
        each.rank.before = before.ranks()[then];
        out.units.push_back(std::move(each));
    }
    std::sort(out.units.begin(), out.units.end(), [](const UnitChange& a, const UnitChange& b) {
        const auto key = [](const UnitChange& each) {
            return std::pair(each.fate == UnitFate::left ? 1 : 0,
                             numeric::ascending_key(each.rank.after));
        };
        return key(a) != key(b) ? key(a) < key(b) : a.unit.code < b.unit.code;
    });
    out.refused = std::move(path.refused);
    out.held = std::move(path.held);
    out.definition = definition_changes(before.model(), after.model());
    out.stages = path.stages;
    return out;
}

}  // namespace thuocdo::publish
