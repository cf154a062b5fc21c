#include <thuocdo/scoreboard.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

[[nodiscard]] std::vector<std::string> stage_names(const Scoreboard& board) {
    std::vector<std::string> out;
    for (const PreparationStage& each : board.preparation().stages) out.push_back(each.name);
    return out;
}

[[nodiscard]] const PreparationStage& stage_of(const Scoreboard& board, const std::string& name) {
    if (const PreparationStage* stage = board.preparation().find(name)) return *stage;
    std::string known;
    for (const std::string& each : stage_names(board)) known += (known.empty() ? "" : ", ") + each;
    throw ModelError(
        "no such stage of the preparation",
        {{"unknown_stage", "/preparation", '"' + name + '"', known, "check the spelling"}});
}

[[nodiscard]] py::dict changed_cells(const PreparationStage& stage) {
    TableOf<PreparedCell> table{stage.findings.cells};
    table.texts("unit",
                [&](const PreparedCell& row) { return stage.panel.units().code(row.unit); });
    table.texts("indicator", [&](const PreparedCell& row) {
        return stage.panel.indicators()[static_cast<std::size_t>(row.indicator)];
    });
    table.numbers("before", [](const PreparedCell& row) { return row.before; });
    table.numbers("after", [](const PreparedCell& row) { return row.after; });
    table.texts("reason", [&](const PreparedCell& row) { return stage.findings.reason(row); });
    return table.take();
}

[[nodiscard]] py::dict screened_units(const PreparationStage& stage) {
    TableOf<ScreenedUnit> table{stage.findings.screened};
    table.texts("unit",
                [&](const ScreenedUnit& row) { return stage.panel.units().code(row.unit); });
    table.texts("node", [](const ScreenedUnit& row) { return row.node; });
    table.numbers("availability", [](const ScreenedUnit& row) { return row.availability; });
    table.numbers("nonzero", [](const ScreenedUnit& row) { return row.nonzero; });
    table.flags("too_few_values", [](const ScreenedUnit& row) { return row.too_few_values; });
    table.flags("too_many_zeros", [](const ScreenedUnit& row) { return row.too_many_zeros; });
    table.flags("excluded", [](const ScreenedUnit& row) { return row.excluded; });
    table.texts("reason", [](const ScreenedUnit& row) { return row.reason; });
    return table.take();
}

[[nodiscard]] py::dict treated_indicators(const PreparationStage& stage) {
    TableOf<TreatedIndicator> table{stage.findings.treated};
    table.texts("indicator", [&](const TreatedIndicator& row) {
        return stage.panel.indicators()[static_cast<std::size_t>(row.indicator)];
    });
    table.texts("outcome", [](const TreatedIndicator& row) {
        return std::string(prepare::outcome_name(row.treatment.outcome));
    });
    table.counts("winsorised",
                 [](const TreatedIndicator& row) { return row.treatment.winsorised_points; });
    table.numbers("skewness_before",
                  [](const TreatedIndicator& row) { return row.treatment.before.skewness; });
    table.numbers("kurtosis_before",
                  [](const TreatedIndicator& row) { return row.treatment.before.excess_kurtosis; });
    table.numbers("skewness_after",
                  [](const TreatedIndicator& row) { return row.treatment.after.skewness; });
    table.numbers("kurtosis_after",
                  [](const TreatedIndicator& row) { return row.treatment.after.excess_kurtosis; });
    return table.take();
}

[[nodiscard]] py::object weighting_fields(const Scoreboard& board, const std::string& node) {
    const WeightingReport* report = board.weighting_report(node);
    if (!report) return py::none();
    py::dict out;
    out["node"] = report->node;
    out["scheme"] = report->scheme;
    out["elements"] = report->elements;
    out["weights"] = report->weights;
    out["figures"] = report->figures;
    out["element_figures"] = report->element_figures;
    out["notices"] = report->notices;
    out["text"] = printed_text(*report);
    return out;
}

}  // namespace

void register_preparation(py::module_& module) {
    using py::arg;
    module.def("stage_names", &stage_names, arg("board"));
    module.def(
        "stage_panel",
        [](const Scoreboard& board, const std::string& name) {
            return stage_of(board, name).panel;
        },
        arg("board"), arg("name"));
    module.def(
        "stage_notices",
        [](const Scoreboard& board, const std::string& name) {
            return stage_of(board, name).findings.notices;
        },
        arg("board"), arg("name"));
    module.def(
        "stage_cells",
        [](const Scoreboard& board, const std::string& name) {
            return changed_cells(stage_of(board, name));
        },
        arg("board"), arg("name"));
    module.def(
        "stage_screened",
        [](const Scoreboard& board, const std::string& name) {
            return screened_units(stage_of(board, name));
        },
        arg("board"), arg("name"));
    module.def(
        "stage_treated",
        [](const Scoreboard& board, const std::string& name) {
            return treated_indicators(stage_of(board, name));
        },
        arg("board"), arg("name"));
    module.def(
        "preparation_text",
        [](const Scoreboard& board) { return printed_text(board.preparation()); }, arg("board"));
    module.def("weighting_report", &weighting_fields, arg("board"), arg("node"));
    module.def(
        "effective_weights",
        [](const Scoreboard& board) {
            std::vector<double> out;
            for (const Index node : board.model().document_order())
                out.push_back(board.effective_weight(node));
            return out;
        },
        arg("board"));
}

}  // namespace thuocdo::python
