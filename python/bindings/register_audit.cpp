#include <thuocdo/diagnose/audit.hpp>

#include <string>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using diagnose::AuditedChild;
using diagnose::AuditedLeaf;
using diagnose::AuditedNode;
using diagnose::AuditFinding;
using diagnose::AuditReport;

[[nodiscard]] py::dict finding_table(const AuditReport& report) {
    TableOf<AuditFinding> table{report.findings};
    table.texts("kind", [](const AuditFinding& row) { return diagnose::audit_name(row.kind); });
    table.texts("code", [](const AuditFinding& row) { return row.code; });
    table.texts("other", [](const AuditFinding& row) { return row.other; });
    table.numbers("figure", [](const AuditFinding& row) { return row.figure; });
    table.numbers("limit", [](const AuditFinding& row) { return row.limit; });
    table.labels("text", [](const AuditFinding& row) { return row.text; });
    return table.take();
}

[[nodiscard]] py::dict leaf_table(const AuditReport& report) {
    TableOf<AuditedLeaf> table{report.leaves};
    table.texts("code", [](const AuditedLeaf& row) { return row.code; });
    table.texts("indicator", [](const AuditedLeaf& row) { return row.indicator; });
    table.counts("observed", [](const AuditedLeaf& row) { return row.measured.observed; });
    table.counts("missing", [](const AuditedLeaf& row) { return row.measured.missing; });
    table.counts("zeros", [](const AuditedLeaf& row) { return row.measured.zeros; });
    table.counts("distinct", [](const AuditedLeaf& row) { return row.measured.distinct; });
    table.numbers("minimum", [](const AuditedLeaf& row) { return row.prepared.minimum; });
    table.numbers("maximum", [](const AuditedLeaf& row) { return row.prepared.maximum; });
    table.numbers("mean", [](const AuditedLeaf& row) { return row.prepared.mean; });
    table.numbers("median", [](const AuditedLeaf& row) { return row.prepared.median; });
    table.numbers("standard_deviation",
                  [](const AuditedLeaf& row) { return row.prepared.standard_deviation; });
    table.numbers("skewness", [](const AuditedLeaf& row) { return row.prepared.skewness; });
    table.numbers("kurtosis", [](const AuditedLeaf& row) { return row.prepared.excess_kurtosis; });
    table.numbers("effective_weight", [](const AuditedLeaf& row) { return row.effective_weight; });
    table.numbers("correlation_with_parent",
                  [](const AuditedLeaf& row) { return row.correlation_with_parent; });
    table.numbers("correlation_with_total",
                  [](const AuditedLeaf& row) { return row.correlation_with_total; });
    return table.take();
}

[[nodiscard]] py::dict node_table(const AuditReport& report) {
    TableOf<AuditedNode> table{report.nodes};
    table.texts("code", [](const AuditedNode& row) { return row.code; });
    table.counts("children", [](const AuditedNode& row) { return row.children; });
    table.numbers("alpha", [](const AuditedNode& row) { return row.alpha; });
    return table.take();
}

[[nodiscard]] py::dict child_table(const AuditReport& report) {
    TableOf<AuditedChild> table{report.children};
    table.texts("node", [](const AuditedChild& row) { return row.node; });
    table.texts("child", [](const AuditedChild& row) { return row.child; });
    table.numbers("weight", [](const AuditedChild& row) { return row.weight; });
    table.numbers("variance_share", [](const AuditedChild& row) { return row.variance_share; });
    table.numbers("relative_importance",
                  [](const AuditedChild& row) { return row.relative_importance; });
    table.numbers("correlation", [](const AuditedChild& row) { return row.correlation; });
    return table.take();
}

}  // namespace

void register_audit(py::module_& module) {
    using py::arg;
    py::class_<AuditReport>(module, "AuditReport")
        .def_readonly("units", &AuditReport::units)
        .def("findings", &finding_table)
        .def("leaves", &leaf_table)
        .def("nodes", &node_table)
        .def("children", &child_table)
        .def("__str__", &printed_text<AuditReport>);
    module.def(
        "audit",
        [](const Scoreboard& board, double availability, double redundant, double weak,
           double alpha, double weight_ratio, double silent, Index fewest_units) {
            diagnose::AuditThresholds thresholds;
            thresholds.availability = availability;
            thresholds.correlation.redundant = redundant;
            thresholds.correlation.weak = weak;
            thresholds.alpha = alpha;
            thresholds.weight_ratio = weight_ratio;
            thresholds.silent = silent;
            thresholds.fewest_units = fewest_units;
            const py::gil_scoped_release release;
            return diagnose::audit(board, thresholds);
        },
        arg("board"), arg("availability"), arg("redundant"), arg("weak"), arg("alpha"),
        arg("weight_ratio"), arg("silent"), arg("fewest_units"));
}

}  // namespace thuocdo::python
