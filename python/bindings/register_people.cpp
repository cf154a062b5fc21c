// What holds a unit back, and which points are nearest to gain.

#include <thuocdo/explain/cheapest_improvements.hpp>
#include <thuocdo/explain/narrative.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"
#include "watched_run.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

/// Code, name in English and Vietnamese, codes of leaves.
using ClassFields = std::tuple<std::string, std::string, std::string, std::vector<std::string>>;
/// Indicator, lower, upper, largest step, digits, cost.
using LimitFields = std::tuple<std::string, std::optional<double>, std::optional<double>,
                               std::optional<double>, int, double>;

[[nodiscard]] Yardstick yardstick_of(const std::string& word) {
    if (word == "median") return Yardstick::median;
    if (word == "best_quarter") return Yardstick::best_quarter;
    if (word == "best") return Yardstick::best;
    if (word == "target") return Yardstick::target;
    refuse_word("by", word, "median, best_quarter, best or target");
}

template <class Row>
void add_gaps(TableOf<Row>& table) {
    table.numbers("to_median", [](const Row& row) { return row.gap(Yardstick::median); });
    table.numbers("to_best_quarter",
                  [](const Row& row) { return row.gap(Yardstick::best_quarter); });
    table.numbers("to_best", [](const Row& row) { return row.gap(Yardstick::best); });
    table.numbers("to_target", [](const Row& row) { return row.gap(Yardstick::target); });
}

[[nodiscard]] py::dict node_gap_columns(const std::vector<NodeGap>& rows) {
    TableOf<NodeGap> table{rows};
    table.texts("node", [](const NodeGap& row) { return row.code; });
    table.labels("name", [](const NodeGap& row) { return row.name; });
    table.numbers("result", [](const NodeGap& row) { return row.result; });
    table.numbers("median", [](const NodeGap& row) { return row.asked[0]; });
    table.numbers("best_quarter", [](const NodeGap& row) { return row.asked[1]; });
    table.numbers("best", [](const NodeGap& row) { return row.asked[2]; });
    table.numbers("target", [](const NodeGap& row) { return row.asked[3]; });
    table.numbers("slope", [](const NodeGap& row) { return row.slope; });
    add_gaps(table);
    table.counts("peers", [](const NodeGap& row) { return row.peers; });
    table.texts("obstacle", [](const NodeGap& row) { return row.obstacle; });
    return table.take();
}

[[nodiscard]] py::dict obstacle_columns(const Bottlenecks& found) {
    TableOf<ObstacleGap> table{found.obstacles};
    table.texts("obstacle", [](const ObstacleGap& row) { return row.code; });
    table.labels("name", [](const ObstacleGap& row) { return row.name; });
    table.counts("behind", [](const ObstacleGap& row) { return row.behind; });
    add_gaps(table);
    return table.take();
}

[[nodiscard]] Bottlenecks find_bottlenecks(const Scoreboard& board, const std::string& unit,
                                           const std::string& group,
                                           const std::vector<std::string>& peers,
                                           const std::string& by,
                                           const std::vector<ClassFields>& classes) {
    BottleneckOptions options;
    options.group = group;
    options.peers = peers;
    options.by = yardstick_of(by);
    for (const auto& [code, english, vietnamese, leaves] : classes)
        options.classes.push_back({code, {english, vietnamese}, leaves});
    return without_lock([&] { return bottlenecks(board, unit, options); });
}

[[nodiscard]] py::dict value_change_columns(const Improvement& found) {
    TableOf<ValueChange> table{found.changes};
    table.texts("indicator", [](const ValueChange& row) { return row.indicator; });
    table.labels("name", [](const ValueChange& row) { return row.name; });
    table.numbers("before", [](const ValueChange& row) { return row.from; });
    table.numbers("after", [](const ValueChange& row) { return row.to; });
    table.numbers("cost", [](const ValueChange& row) { return row.cost; });
    return table.take();
}

/// Score, rank and band before and after.
[[nodiscard]] py::dict outcome_of(const Improvement& found) {
    py::dict out;
    out["score_before"] = found.outcome.before.score;
    out["score"] = found.outcome.after.score;
    out["rank_before"] = found.outcome.before.rank;
    out["rank"] = found.outcome.after.rank;
    out["band_before"] = found.outcome.before.band;
    out["band"] = found.outcome.after.band;
    return out;
}

[[nodiscard]] py::dict alone_columns(const CheapestImprovements& found) {
    TableOf<Improvement> table{found.alone};
    const auto change = [](const Improvement& row) -> const ValueChange& {
        return row.changes.front();
    };
    table.texts("indicator", [&](const Improvement& row) { return change(row).indicator; });
    table.labels("name", [&](const Improvement& row) { return change(row).name; });
    table.numbers("before", [&](const Improvement& row) { return change(row).from; });
    table.numbers("after", [&](const Improvement& row) { return change(row).to; });
    table.numbers("cost", [](const Improvement& row) { return row.cost; });
    table.numbers("score", [](const Improvement& row) { return row.outcome.after.score; });
    table.numbers("rank", [](const Improvement& row) { return row.outcome.after.rank; });
    table.texts("band", [](const Improvement& row) { return row.outcome.after.band; });
    return table.take();
}

[[nodiscard]] CheapestImprovements find_improvements(
    const Scoreboard& board, const std::string& unit, const std::vector<LimitFields>& given,
    const std::optional<double>& rank, const std::optional<double>& score,
    const std::optional<std::string>& band, Index most_evaluations, py::object progress) {
    std::vector<ImprovementLimit> limits;
    for (const auto& [indicator, lower, upper, largest_step, digits, cost] : given)
        limits.push_back({indicator, lower, upper, largest_step, digits, cost});
    ImprovementOptions options;
    options.most_evaluations = most_evaluations;
    return watched(options, std::move(progress), [&] {
        return cheapest_improvements(board, unit, limits, {rank, score, band}, options);
    });
}

template <class Found>
[[nodiscard]] std::vector<std::string> sentences_of(const Found& found, bool vietnamese, int digits,
                                                    std::size_t most) {
    std::vector<std::string> out;
    for (const Label& each : narrate(found, NarrativeOptions{digits, most}))
        out.push_back(each.in(vietnamese));
    return out;
}

}  // namespace

void register_people(py::module_& module) {
    using py::arg;
    py::class_<Bottlenecks>(module, "Bottlenecks")
        .def_property_readonly("unit", [](const Bottlenecks& each) { return each.row.unit.code; })
        .def_property_readonly("name",
                               [](const Bottlenecks& each) { return each.row.unit.display_name(); })
        .def_readonly("peers", &Bottlenecks::peers)
        .def_readonly("missing", &Bottlenecks::missing)
        .def("columns", [](const Bottlenecks& each) { return node_gap_columns(each.leaves); })
        .def("pillars", [](const Bottlenecks& each) { return node_gap_columns(each.pillars); })
        .def("obstacles", &obstacle_columns)
        .def("sentences", &sentences_of<Bottlenecks>, arg("vietnamese"), arg("digits"), arg("most"))
        .def("text", &printed_text<Bottlenecks>);
    module.def("bottlenecks", &find_bottlenecks, arg("board"), arg("unit"), arg("group"),
               arg("peers"), arg("by"), arg("classes"));
    py::class_<CheapestImprovements>(module, "CheapestImprovements")
        .def_readonly("reached", &CheapestImprovements::reached)
        .def_readonly("proved", &CheapestImprovements::proved)
        .def_readonly("lower_bound", &CheapestImprovements::lower_bound)
        .def_property_readonly("cost",
                               [](const CheapestImprovements& each) { return each.best.cost; })
        .def("columns",
             [](const CheapestImprovements& each) { return value_change_columns(each.best); })
        .def("outcome", [](const CheapestImprovements& each) { return outcome_of(each.best); })
        .def("alone", &alone_columns)
        .def("sentences", &sentences_of<CheapestImprovements>, arg("vietnamese"), arg("digits"),
             arg("most"))
        .def("text", &printed_text<CheapestImprovements>);
    module.def("cheapest_improvements", &find_improvements, arg("board"), arg("unit"),
               arg("limits"), arg("rank"), arg("score"), arg("band"), arg("most_evaluations"),
               arg("progress"));
}

}  // namespace thuocdo::python
