#include <thuocdo/data/consistency.hpp>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

using Findings = std::vector<Finding>;

[[nodiscard]] Measure measure_of(const std::string& word) {
    if (word == "stock") return Measure::stock;
    if (word == "flow") return Measure::flow;
    refuse_word("measure", word, "stock or flow");
}

[[nodiscard]] FlowSpan span_of(const std::string& word) {
    if (word == "month") return FlowSpan::month;
    if (word == "quarter") return FlowSpan::quarter;
    if (word == "half_year") return FlowSpan::half_year;
    if (word == "year_to_date") return FlowSpan::year_to_date;
    if (word == "year") return FlowSpan::year;
    refuse_word("span", word, "month, quarter, half_year, year_to_date or year");
}

/// (column, measure, span)
using MeasuredWords = std::tuple<std::string, std::string, std::string>;

[[nodiscard]] MeasuredColumn measured(const MeasuredWords& words) {
    const auto& [column, measure, span] = words;
    return {column, measure_of(measure), span_of(span)};
}

[[nodiscard]] py::dict finding_columns(const Findings& findings) {
    TableOf<Finding> table{findings};
    table.texts("code", [](const Finding& each) { return each.code; });
    table.texts("place", [](const Finding& each) { return each.place; });
    table.texts("statement", [](const Finding& each) { return each.statement; });
    table.numbers("stated", [](const Finding& each) { return each.stated; });
    table.numbers("computed", [](const Finding& each) { return each.computed; });
    table.numbers("difference", [](const Finding& each) { return each.difference; });
    return table.take();
}

void register_finding(py::module_& module) {
    py::class_<Finding>(
        module, "Finding",
        "Figures that do not agree. It is no error: whoever publishes them decides which is right.")
        .def_readonly("code", &Finding::code, "Stable identifier, e.g. `parts_do_not_make_total`.")
        .def_readonly("place", &Finding::place, "Name of the figure, or unit and indicator.")
        .def_readonly("statement", &Finding::statement, "What was found, with its numbers.")
        .def_readonly("stated", &Finding::stated, "The figure as stated; NaN where there is none.")
        .def_readonly("computed", &Finding::computed,
                      "The figure from the others; NaN where there is none.")
        .def_readonly("difference", &Finding::difference, "Stated less computed.")
        .def("__repr__", &printed_text<Finding>)
        .def(py::pickle(
            [](const Finding& each) {
                return py::make_tuple(each.code, each.place, each.statement, each.stated,
                                      each.computed, each.difference);
            },
            [](const py::tuple& state) {
                return Finding{state[0].cast<std::string>(), state[1].cast<std::string>(),
                               state[2].cast<std::string>(), state[3].cast<double>(),
                               state[4].cast<double>(),      state[5].cast<double>()};
            }));
}

}  // namespace

void register_check(py::module_& module) {
    using py::arg;
    register_finding(module);
    module.def("finding_columns", &finding_columns, arg("findings"));
    module.def(
        "parts_and_total",
        [](const std::string& name, double total,
           const std::vector<std::pair<std::string, double>>& given, double tolerance) {
            std::vector<LabelledPart> parts;
            for (const auto& [label, value] : given) parts.push_back({label, value});
            return parts_and_total(name, total, parts, tolerance);
        },
        arg("name"), arg("total"), arg("parts"), arg("tolerance"));
    module.def(
        "flow_and_year_to_date",
        [](const std::string& name,
           const std::vector<std::tuple<std::string, double, double>>& given, double tolerance) {
            std::vector<PeriodFigure> figures;
            for (const auto& [period, flow, year_to_date] : given)
                figures.push_back({period, flow, year_to_date});
            return flow_and_year_to_date(name, figures, tolerance);
        },
        arg("name"), arg("figures"), arg("tolerance"));
    module.def(
        "national_rate",
        [](const std::string& name, double stated,
           const std::vector<std::tuple<std::string, double, double>>& given, double tolerance) {
            std::vector<RatioPart> units;
            for (const auto& [label, numerator, denominator] : given)
                units.push_back({label, numerator, denominator});
            return national_rate(name, stated, units, tolerance);
        },
        arg("name"), arg("stated"), arg("units"), arg("tolerance"));
    module.def(
        "national_rate_of_panel",
        [](const Panel& panel, const std::string& indicator, double stated, double tolerance) {
            return national_rate(panel, indicator, stated, tolerance);
        },
        arg("panel"), arg("indicator"), arg("stated"), arg("tolerance"));
    module.def(
        "share_and_year_to_date",
        [](const std::string& name,
           const std::vector<std::tuple<std::string, double, double, double>>& given,
           double tolerance) {
            std::vector<PeriodShare> periods;
            for (const auto& [label, numerator, denominator, year_to_date] : given)
                periods.push_back({{label, numerator, denominator}, year_to_date});
            return share_and_year_to_date(name, periods, tolerance);
        },
        arg("name"), arg("periods"), arg("tolerance"));
    module.def("source_disagreement", &source_disagreement, arg("a"), arg("b"), arg("tolerance"));
    module.def(
        "ratio_above_one",
        [](const Panel& panel, const std::vector<std::string>& shares,
           const std::vector<std::string>& percentages) {
            return ratio_above_one(panel, shares, percentages);
        },
        arg("panel"), arg("shares"), arg("percentages"));
    module.def(
        "mixed_measures",
        [](const std::vector<std::tuple<std::string, MeasuredWords, MeasuredWords, bool>>& given) {
            std::vector<RatioDeclaration> ratios;
            for (const auto& [name, numerator, denominator, flow_per_stock] : given)
                ratios.push_back(
                    {name, measured(numerator), measured(denominator), flow_per_stock});
            return mixed_measures(ratios);
        },
        arg("ratios"));
}

}  // namespace thuocdo::python
