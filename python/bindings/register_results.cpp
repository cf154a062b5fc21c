#include <thuocdo/explain/completion_result_gap.hpp>
#include <thuocdo/explain/indicator_movement.hpp>
#include <thuocdo/explain/kind_shares.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

[[nodiscard]] py::dict gap_columns(const GapTable& gaps) {
    TableOf<GapRow> table{gaps.rows};
    table.texts("unit", [](const GapRow& row) { return row.unit; });
    table.numbers("rank", [](const GapRow& row) { return row.rank; });
    table.texts("name", [](const GapRow& row) { return row.unit_name; });
    table.numbers("completion", [](const GapRow& row) { return row.completion; });
    table.numbers("outcome", [](const GapRow& row) { return row.outcome; });
    table.numbers("gap", [](const GapRow& row) { return row.gap; });
    table.texts("state", [](const GapRow& row) { return gap_state_name(row.state); });
    table.texts("state_vi", [](const GapRow& row) { return gap_state_label(row.state).vi; });
    return table.take();
}

[[nodiscard]] py::dict kind_columns(const KindShares& shares) {
    TableOf<KindShare> table{shares.rows};
    table.texts("kind", [](const KindShare& row) { return row.name.en; });
    table.texts("kind_vi", [](const KindShare& row) { return row.name.vi; });
    table.numbers("share", [](const KindShare& row) { return row.share; });
    table.counts("leaves", [](const KindShare& row) { return row.leaves; });
    table.counts("outside", [](const KindShare& row) { return row.outside; });
    return table.take();
}

[[nodiscard]] py::dict movement_columns(const MovementTable& moved) {
    TableOf<MovementRow> table{moved.rows};
    table.texts("unit", [](const MovementRow& row) { return row.unit; });
    table.texts("unit_name", [](const MovementRow& row) { return row.unit_name; });
    table.texts("node", [](const MovementRow& row) { return row.node; });
    table.texts("indicator", [](const MovementRow& row) { return row.indicator; });
    table.labels("name", [](const MovementRow& row) {
        return row.name.empty() ? Label{row.node, row.node} : row.name;
    });
    table.numbers("before", [](const MovementRow& row) { return row.result.before.value; });
    table.numbers("after", [](const MovementRow& row) { return row.result.after.value; });
    table.numbers("change", [](const MovementRow& row) { return row.result.change; });
    table.numbers("bound", [](const MovementRow& row) { return row.result.bound; });
    table.texts("movement",
                [](const MovementRow& row) { return movement_name(row.result.movement); });
    table.texts("movement_vi",
                [](const MovementRow& row) { return movement_label(row.result.movement).vi; });
    table.texts("test", [](const MovementRow& row) { return movement_test_name(row.result.test); });
    return table.take();
}

[[nodiscard]] MovementTable movement(const IndexModel& model, const Panel& before,
                                     const Panel& after, const std::vector<Panel>& earlier,
                                     const std::map<std::string, double>& measurement_error,
                                     double usual_change) {
    MovementOptions options;
    options.measurement_error = measurement_error;
    options.usual_change = usual_change;
    const py::gil_scoped_release release;
    return indicator_movement(model, before, after, earlier, options);
}

}  // namespace

void register_results(py::module_& module) {
    using py::arg;
    py::class_<GapTable>(module, "GapTable")
        .def_readonly("completion_node", &GapTable::completion_node)
        .def_readonly("outcome_node", &GapTable::outcome_node)
        .def_readonly("threshold", &GapTable::threshold)
        .def("columns", &gap_columns)
        .def("text", &first_rows<GapTable>, arg("limit"));
    module.def(
        "completion_result_gap",
        [](const Scoreboard& board, const std::string& completion, const std::string& outcome,
           double threshold, const std::optional<double>& completion_maximum,
           const std::optional<double>& outcome_maximum) {
            return completion_result_gap(board, completion, outcome,
                                         {threshold, completion_maximum, outcome_maximum});
        },
        arg("board"), arg("completion"), arg("outcome"), arg("threshold"),
        arg("completion_maximum").none(true), arg("outcome_maximum").none(true));
    py::class_<KindShares>(module, "KindShares")
        .def("columns", &kind_columns)
        .def("text", &first_rows<KindShares>, arg("limit"));
    module.def("kind_shares", &kind_shares, arg("model"));
    py::class_<MovementTable>(module, "MovementTable")
        .def_property_readonly("before",
                               [](const MovementTable& table) { return to_iso(table.before); })
        .def_property_readonly("after",
                               [](const MovementTable& table) { return to_iso(table.after); })
        .def("columns", &movement_columns)
        .def("text", &first_rows<MovementTable>, arg("limit"));
    module.def("indicator_movement", &movement, arg("model"), arg("before"), arg("after"),
               arg("earlier"), arg("measurement_error"), arg("usual_change"));
}

}  // namespace thuocdo::python
