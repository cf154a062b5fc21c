#include <thuocdo/explain/compare.hpp>
#include <thuocdo/io/model_edit.hpp>
#include <thuocdo/model/drop.hpp>

#include <optional>
#include <string>
#include <vector>

#include "columns.hpp"
#include "contribution_columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

[[nodiscard]] py::dict compared_columns(const Comparison& comparison) {
    TableOf<ComparedUnit> table{comparison.units};
    table.texts("unit", [](const ComparedUnit& row) { return row.unit.code; });
    table.texts("name", [](const ComparedUnit& row) { return row.unit.display_name(); });
    table.numbers("score_before", [](const ComparedUnit& row) { return row.score_before; });
    table.numbers("score_after", [](const ComparedUnit& row) { return row.score_after; });
    table.numbers("score_change", [](const ComparedUnit& row) { return row.score_change(); });
    table.numbers("rank_before", [](const ComparedUnit& row) { return row.rank_before; });
    table.numbers("rank_after", [](const ComparedUnit& row) { return row.rank_after; });
    table.numbers("places_gained", [](const ComparedUnit& row) { return row.places_gained(); });
    return table.take();
}

[[nodiscard]] py::dict why_columns(const Comparison& comparison, const std::string& unit) {
    const std::vector<ContributionChange> rows = comparison.why(unit);
    TableOf<ContributionChange> table{rows};
    table.texts("node", [](const ContributionChange& row) { return row.code; });
    table.labels("name", [](const ContributionChange& row) { return row.name; });
    table.flags("in_before", [](const ContributionChange& row) { return row.in_before; });
    table.flags("in_after", [](const ContributionChange& row) { return row.in_after; });
    add_contribution_numbers(table);
    return table.take();
}

[[nodiscard]] py::dict difference_columns(const IndexModel& before, const IndexModel& after) {
    const std::vector<io::ModelDifference> rows = io::differences(before, after);
    TableOf<io::ModelDifference> table{rows};
    table.texts("node", [](const io::ModelDifference& row) { return row.node; });
    table.texts("member", [](const io::ModelDifference& row) { return row.member; });
    table.texts("before", [](const io::ModelDifference& row) { return row.before; });
    table.texts("after", [](const io::ModelDifference& row) { return row.after; });
    return table.take();
}

}  // namespace

void register_compare(py::module_& module) {
    using py::arg;
    py::class_<Comparison>(module, "Comparison")
        .def_readonly("before", &Comparison::before)
        .def_readonly("after", &Comparison::after)
        .def_readonly("rank_correlation", &Comparison::rank_correlation)
        .def_readonly("mean_places", &Comparison::mean_places)
        .def_readonly("most_places", &Comparison::most_places)
        .def_readonly("moved", &Comparison::moved)
        .def("columns", &compared_columns)
        .def("why", &why_columns, arg("unit"))
        .def("text", &printed_text<Comparison>);
    module.def(
        "compare",
        [](const IndexModel& before, const IndexModel& after, const Panel& panel,
           const std::optional<std::string>& as_of, const std::optional<Panel>& previous,
           const std::vector<Panel>& other_periods, int threads) {
            ScoreOptions options;
            options.as_of = read_date(as_of, "as_of");
            options.previous = previous;
            options.other_periods = other_periods;
            options.threads = threads;
            const py::gil_scoped_release release;
            return compare(before, after, panel, options);
        },
        arg("before"), arg("after"), arg("panel"), arg("as_of"), arg("previous"),
        arg("other_periods"), arg("threads"));
    module.def(
        "drop", [](const IndexModel& model, const std::string& code) { return drop(model, code); },
        arg("model"), arg("code"));
    module.def("with_", &io::with, arg("model"), arg("pointer"), arg("value"));
    module.def("without", &io::without, arg("model"), arg("pointer"));
    module.def("differences", &difference_columns, arg("before"), arg("after"));
}

}  // namespace thuocdo::python
