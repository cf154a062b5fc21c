#include <thuocdo/data/derive.hpp>
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/roll_up.hpp>
#include <thuocdo/score.hpp>

#include <chrono>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "progress.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

[[nodiscard]] Scoreboard score_panel(const IndexModel& model, const Panel& panel,
                                     const std::optional<std::string>& as_of,
                                     const std::optional<Panel>& previous,
                                     const std::vector<Panel>& other_periods, int threads,
                                     py::object progress) {
    ScoreOptions options;
    options.as_of = read_date(as_of, "as_of");
    options.previous = previous;
    options.other_periods = other_periods;
    options.threads = threads;
    PythonProgress reporter(std::move(progress));
    options.progress = [&reporter](double share) { return reporter.report(share); };
    try {
        const py::gil_scoped_release release;
        return score(model, panel, options);
    } catch (const Cancelled&) {
        reporter.rethrow();
        throw;
    }
}

[[nodiscard]] py::dict row_fields(const RankingRow& row) {
    py::dict out;
    out["unit"] = row.unit.code;
    out["name"] = row.unit.display_name();
    out["rank"] = row.rank;
    out["score"] = row.score;
    out["band"] = row.band;
    out["coverage"] = row.coverage;
    return out;
}

[[nodiscard]] py::dict line_fields(const ExplanationLine& line) {
    py::dict out;
    out["code"] = line.code;
    out["name"] = line.name.in(false);
    out["name_vi"] = line.name.in(true);
    out["depth"] = line.depth;
    out["leaf"] = line.leaf;
    out["role"] = detail::name_of(line.role);
    out["weight"] = line.effective_weight;
    out["value"] = line.value;
    out["numerator"] = line.numerator;
    out["denominator"] = line.denominator;
    out["unit"] = line.unit;
    out["state"] = line.leaf ? cell_state_name(line.state) : "";
    out["imputed"] = line.imputed;
    out["expression"] = line.expression;
    out["rule"] = line.rule;
    out["target"] = line.target;
    out["source"] = line.source;
    out["date"] = write_date(line.date).value_or("");
    out["owner"] = line.owner;
    out["best"] = line.best;
    out["result"] = line.result;
    out["contribution"] = line.contribution;
    out["shortfall"] = line.shortfall;
    return out;
}

/// A change as (indicator, value, numerator, denominator, state word).
using Change = std::tuple<std::string, std::optional<double>, std::optional<double>,
                          std::optional<double>, std::string>;

[[nodiscard]] WhatIf try_changes(const Scoreboard& board, const std::string& unit,
                                 const std::vector<Change>& given) {
    std::vector<CellChange> changes;
    for (const auto& [indicator, value, numerator, denominator, state] : given) {
        const auto known = parse_cell_state(state);
        if (!known)
            throw DataError("no such state",
                            {{"unknown_state", "indicator \"" + indicator + '"', '"' + state + '"',
                              "a number, (numerator, denominator) or a state such "
                              "as not_applicable",
                              "write numbers as numbers"}});
        changes.push_back({indicator, value, numerator, denominator, *known});
    }
    const py::gil_scoped_release release;
    return what_if(board, unit, changes);
}

[[nodiscard]] py::dict roll_up_columns(const Scoreboard& board, const std::string& to,
                                       bool weighted, const std::string& weights) {
    const RollUpTable table = roll_up(board, RollUp{to, weighted, weights});
    std::vector<std::string> codes;
    std::vector<Index> scored;
    std::vector<Index> units;
    const auto count = static_cast<py::ssize_t>(table.rows.size());
    const auto nodes = static_cast<py::ssize_t>(board.model().node_count());
    py::array_t<double> weight(count);
    py::array_t<double> score(count);
    py::array_t<double> results({count, nodes});
    for (py::ssize_t k = 0; k < count; ++k) {
        const RollUpRow& row = table.rows[static_cast<std::size_t>(k)];
        codes.push_back(row.code);
        scored.push_back(row.scored_units);
        units.push_back(row.units);
        weight.mutable_at(k) = row.weight;
        score.mutable_at(k) = row.score;
        for (py::ssize_t node = 0; node < nodes; ++node)
            results.mutable_at(k, node) = row.results[static_cast<std::size_t>(node)];
    }
    py::dict out;
    out["method"] = table.method;
    out["code"] = codes;
    out["units"] = units;
    out["scored_units"] = scored;
    out["weight"] = weight;
    out["score"] = score;
    out["results"] = results;
    return out;
}

template <class Value>
[[nodiscard]] std::string printed(const Value& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

[[nodiscard]] const Scoreboard& board_of(const py::object& self) {
    return self.cast<const Scoreboard&>();
}

void register_scoreboard(py::module_& module) {
    using py::arg;
    py::class_<Scoreboard>(module, "Scoreboard")
        .def_property_readonly("model", &Scoreboard::model)
        .def_property_readonly("panel", &Scoreboard::panel)
        .def_property_readonly("as_of",
                               [](const Scoreboard& board) { return write_date(board.as_of()); })
        .def_property_readonly(
            "scores", [](const py::object& self) { return view_of(board_of(self).scores(), self); })
        .def_property_readonly(
            "full_scores",
            [](const py::object& self) { return view_of(board_of(self).full_scores(), self); })
        .def_property_readonly(
            "ranks", [](const py::object& self) { return view_of(board_of(self).ranks(), self); })
        .def_property_readonly(
            "coverage",
            [](const py::object& self) { return view_of(board_of(self).coverage(), self); })
        .def_property_readonly(
            "results",
            [](const py::object& self) { return view_of(board_of(self).results(), self); })
        .def(
            "ranks_within",
            [](const py::object& self, const std::string& attribute) {
                return view_of(board_of(self).ranks_within(attribute), self);
            },
            arg("attribute"))
        .def_property_readonly("groups_ranked_within",
                               [](const Scoreboard& board) {
                                   std::vector<std::string> out;
                                   for (const auto& [name, ranks] : board.data().ranks_within)
                                       out.push_back(name);
                                   return out;
                               })
        .def(
            "ranks_by",
            [](const Scoreboard& board, const std::string& node) {
                return copy_of(board.ranks_by(node));
            },
            arg("node"))
        .def_property_readonly("ranked_units", &Scoreboard::ranked_units)
        .def_property_readonly("has_bands", &Scoreboard::has_bands)
        .def_property_readonly("bands",
                               [](const Scoreboard& board) {
                                   std::vector<std::string> out;
                                   for (Index k = 0; k < board.unit_count(); ++k)
                                       out.push_back(board.band(k));
                                   return out;
                               })
        .def("band_reason", &Scoreboard::band_reason, arg("unit"))
        .def("is_evaluated", &Scoreboard::is_evaluated, arg("unit"))
        .def("flags", &Scoreboard::flags, arg("unit"))
        .def(
            "row", [](const Scoreboard& board, Index unit) { return row_fields(board.row(unit)); },
            arg("unit"))
        .def_property_readonly("notices", &Scoreboard::notices)
        .def_property_readonly("digest", &Scoreboard::digest)
        .def(
            "text",
            [](const Scoreboard& board, Index limit) {
                std::ostringstream out;
                print_ranking(out, board.ranking(limit));
                return out.str();
            },
            arg("limit"))
        .def(
            "explain",
            [](const Scoreboard& board, const std::string& unit) { return explain(board, unit); },
            arg("unit"))
        .def("what_if", &try_changes, arg("unit"), arg("changes"))
        .def("roll_up", &roll_up_columns, arg("to"), arg("weighted"), arg("weights"));
}

}  // namespace

void register_score(py::module_& module) {
    using py::arg;
    py::class_<Explanation>(module, "Explanation")
        .def("row", [](const Explanation& each) { return row_fields(each.row); })
        .def_readonly("full_score", &Explanation::full_score)
        .def_readonly("band_reason", &Explanation::band_reason)
        .def_readonly("flags", &Explanation::flags)
        .def("lines",
             [](const Explanation& each) {
                 py::list out;
                 for (const ExplanationLine& line : each.lines) out.append(line_fields(line));
                 return out;
             })
        .def("adjustments",
             [](const Explanation& each) {
                 std::vector<std::tuple<std::string, std::string, double>> out;
                 for (const Adjustment& adjustment : each.adjustments)
                     out.emplace_back(adjustment.node, adjustment.what, adjustment.amount);
                 return out;
             })
        .def("total", &Explanation::total)
        .def("__str__", &printed<Explanation>);
    py::class_<WhatIf>(module, "WhatIf")
        .def("before", [](const WhatIf& each) { return row_fields(each.before); })
        .def("after", [](const WhatIf& each) { return row_fields(each.after); })
        .def("score_change", &WhatIf::score_change)
        .def("places_gained", &WhatIf::places_gained)
        .def("__str__", &printed<WhatIf>);
    register_scoreboard(module);
    module.def(
        "derive",
        [](const IndexModel& model, const Panel& panel, const std::optional<Panel>& previous) {
            const py::gil_scoped_release release;
            return derive(model, panel, previous);
        },
        arg("model"), arg("panel"), arg("previous"));
    module.def("score", &score_panel, arg("model"), arg("panel"), arg("as_of"), arg("previous"),
               arg("other_periods"), arg("threads"), arg("progress"));
}

}  // namespace thuocdo::python
