// Two boards: who moved, by how much, and why.

#include <thuocdo/publish/diff.hpp>
#include <thuocdo/publish/movement_narrative.hpp>

#include <string>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "contribution_columns.hpp"
#include "convert.hpp"
#include "register.hpp"
#include "watched_run.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

using publish::ChangeCause;
using publish::ChangePart;
using publish::Diff;
using publish::RankMovement;
using publish::SplitChange;
using publish::UnitChange;

[[nodiscard]] ChangeCause cause_of(const std::string& word, const char* argument) {
    for (std::size_t k = 0; k < publish::scored_causes; ++k)
        if (word == publish::change_cause_name(static_cast<ChangeCause>(k)))
            return static_cast<ChangeCause>(k);
    refuse_word(argument, word, "date, own_data, peers, leaving, definition or entering");
}

[[nodiscard]] py::dict diff_columns(const Diff& diff) {
    TableOf<UnitChange> table{diff.units};
    table.texts("unit", [](const UnitChange& row) { return row.unit.code; });
    table.texts("name", [](const UnitChange& row) { return row.unit.display_name(); });
    table.texts("status", [](const UnitChange& row) { return publish::unit_fate_name(row.fate); });
    table.texts("linked", [](const UnitChange& row) { return joined_words(row.linked, ", "); });
    table.numbers("rank_before", [](const UnitChange& row) { return row.rank.before; });
    table.numbers("rank_after", [](const UnitChange& row) { return row.rank.after; });
    table.numbers("places_gained", [](const UnitChange& row) { return -row.rank.amount() + 0.0; });
    table.numbers("score_before", [](const UnitChange& row) { return row.score.before; });
    table.numbers("score_after", [](const UnitChange& row) { return row.score.after; });
    table.numbers("score_change", [](const UnitChange& row) { return row.score.amount(); });
    for (std::size_t k = 0; k < publish::change_causes; ++k) {
        const auto cause = static_cast<ChangeCause>(k);
        table.numbers(publish::change_cause_name(cause),
                      [cause](const UnitChange& row) { return row.score.part(cause); });
    }
    return table.take();
}

/// One part of one unit.
struct PartRow {
    const UnitChange* unit = nullptr;
    const char* of = "score";
    ChangePart part{};
};

[[nodiscard]] py::dict part_columns(const Diff& diff) {
    std::vector<PartRow> rows;
    for (const UnitChange& unit : diff.units) {
        for (const ChangePart& part : unit.score.parts) rows.push_back({&unit, "score", part});
        for (const ChangePart& part : unit.rank.parts) rows.push_back({&unit, "rank", part});
    }
    TableOf<PartRow> table{rows};
    table.texts("unit", [](const PartRow& row) { return row.unit->unit.code; });
    table.texts("of", [](const PartRow& row) { return row.of; });
    table.texts("cause", [](const PartRow& row) { return row.part.name(); });
    table.labels("label", [](const PartRow& row) { return publish::detail::part_label(row.part); });
    table.numbers("amount", [](const PartRow& row) { return row.part.amount; });
    return table.take();
}

[[nodiscard]] py::tuple diff_why(const Diff& diff, const std::string& unit,
                                 const std::string& first, const std::string& last) {
    const publish::LeafChanges found =
        diff.why(unit, cause_of(first, "first"), cause_of(last, "last"));
    TableOf<ContributionChange> table{found.leaves};
    table.texts("node", [](const ContributionChange& row) { return row.code; });
    table.labels("name", [](const ContributionChange& row) { return row.name; });
    add_contribution_numbers(table);
    return py::make_tuple(table.take(), found.change, found.rest, found.arithmetic);
}

[[nodiscard]] py::dict break_columns(const Diff& diff) {
    using publish::SeriesBreak;
    TableOf<SeriesBreak> table{diff.definition.breaks};
    table.texts("node", [](const SeriesBreak& row) { return row.code; });
    table.labels("name", [](const SeriesBreak& row) { return row.name; });
    table.texts("reasons", [](const SeriesBreak& row) { return joined_words(row.reasons, ", "); });
    table.texts("below", [](const SeriesBreak& row) { return joined_words(row.below, ", "); });
    return table.take();
}

[[nodiscard]] py::dict definition_columns(const Diff& diff) {
    using publish::DefinitionChange;
    TableOf<DefinitionChange> table{diff.definition.changes};
    table.texts("node", [](const DefinitionChange& row) { return row.node; });
    table.texts("member", [](const DefinitionChange& row) { return row.member; });
    table.texts("before", [](const DefinitionChange& row) { return row.before; });
    table.texts("after", [](const DefinitionChange& row) { return row.after; });
    table.labels("text", [](const DefinitionChange& row) { return row.text(); });
    return table.take();
}

/// Step, unit and the first problem of each scoring that was refused.
[[nodiscard]] py::list refused_rows(const Diff& diff) {
    py::list out;
    for (const publish::RefusedStep& each : diff.refused)
        out.append(py::make_tuple(
            publish::change_cause_name(each.step), each.unit,
            each.problems.empty() ? std::string() : each.problems.front().message()));
    return out;
}

[[nodiscard]] py::list held_rows(const Diff& diff) {
    py::list out;
    for (const publish::HeldValue& each : diff.held)
        out.append(py::make_tuple(each.indicator, each.unit));
    return out;
}

/// Codes of the units that it passed, that passed it, that left and that entered ahead.
[[nodiscard]] py::tuple movement_codes(const Diff& diff, const std::string& unit) {
    const RankMovement found = publish::rank_movement(diff, unit);
    const auto codes = [](const std::vector<Unit>& units) {
        std::vector<std::string> out;
        for (const Unit& each : units) out.push_back(each.code);
        return out;
    };
    return py::make_tuple(codes(found.overtaken), codes(found.overtaken_by),
                          codes(found.left_ahead), codes(found.entered_ahead));
}

[[nodiscard]] std::vector<std::string> movement_sentences(const Diff& diff, const std::string& unit,
                                                          bool vietnamese, int digits,
                                                          std::size_t most) {
    std::vector<std::string> out;
    for (const Label& each :
         publish::narrate(publish::rank_movement(diff, unit), NarrativeOptions{digits, most}))
        out.push_back(each.in(vietnamese));
    return out;
}

}  // namespace

void register_diff(py::module_& module) {
    using py::arg;
    py::class_<Diff>(module, "Diff")
        .def("columns", &diff_columns)
        .def("parts", &part_columns)
        .def("why", &diff_why, arg("unit"), arg("first"), arg("last"))
        .def("breaks", &break_columns)
        .def("definition", &definition_columns)
        .def_property_readonly("refused", &refused_rows)
        .def_property_readonly("held", &held_rows)
        .def("movement", &movement_codes, arg("unit"))
        .def("sentences", &movement_sentences, arg("unit"), arg("vietnamese"), arg("digits"),
             arg("most"))
        .def("text", &printed_text<Diff>);
    module.def(
        "diff",
        [](const Scoreboard& before, const Scoreboard& after, int threads, py::object progress) {
            publish::DiffOptions options;
            options.threads = threads;
            return watched(options, std::move(progress),
                           [&] { return publish::diff(before, after, options); });
        },
        arg("before"), arg("after"), arg("threads"), arg("progress"));
}

}  // namespace thuocdo::python
