// How good warnings and forecasts were, held against what became of the tasks.
#include <thuocdo/io/warning_rules.hpp>
#include <thuocdo/tasks/deadline_forecast.hpp>
#include <thuocdo/tasks/indicator_warning_evaluation.hpp>
#include <thuocdo/tasks/warning_evaluation.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "convert_tasks.hpp"

namespace thuocdo::python {

std::optional<IndicatorHistory> read_history(std::vector<Panel> panels,
                                             const std::map<std::string, std::string>& better) {
    if (panels.empty() && better.empty()) return std::nullopt;
    std::map<std::string, Direction> directions;
    std::vector<Problem> problems;
    for (const auto& [indicator, word] : better) {
        if (word != "higher" && word != "lower")
            problems.push_back({"unknown_word", "indicator \"" + indicator + '"', '"' + word + '"',
                                "higher or lower", "say in which direction it gets better"});
        directions[indicator] =
            word == "lower" ? Direction::lower_is_better : Direction::higher_is_better;
    }
    if (!problems.empty()) throw DataError("the indicators make no history", std::move(problems));
    return IndicatorHistory(std::move(panels), std::move(directions));
}

namespace {

[[nodiscard]] std::vector<Date> read_days(const std::vector<std::string>& texts) {
    std::vector<Date> days;
    days.reserve(texts.size());
    for (const std::string& text : texts) days.push_back(read_day(text, "days"));
    return days;
}

[[nodiscard]] py::dict quality_columns(const std::vector<WarningQuality>& rows) {
    using Row = WarningQuality;
    TableOf<Row> columns(rows);
    const auto count = [&](const char* name, std::int64_t Row::*get) {
        columns.counts(name, [get](const Row& row) { return row.*get; });
    };
    const auto rate = [&](const char* name, TaskRate (Row::*get)() const noexcept) {
        add_rate(columns, name, [get](const Row& row) { return (row.*get)(); });
    };
    columns.texts("rule", [](const Row& row) { return row.rule; });
    columns.labels("reason", [](const Row& row) { return row.reason; });
    count("hits", &Row::hits);
    count("false_alarms", &Row::false_alarms);
    count("misses", &Row::misses);
    count("quiet", &Row::quiet);
    count("warned_unknown", &Row::warned_unknown);
    count("quiet_unknown", &Row::quiet_unknown);
    rate("precision", &Row::precision);
    rate("recall", &Row::recall);
    rate("f1", &Row::f1);
    rate("base_rate", &Row::base_rate);
    rate("false_alarms_per_100_tasks", &Row::false_alarms_per_100_tasks);
    rate("in_good_time", &Row::in_good_time);
    rate("mean_lead_time", &Row::mean_lead_time);
    columns.numbers("median_lead_time", [](const Row& row) { return row.median_lead_time(); });
    return columns.take();
}

[[nodiscard]] py::dict evaluation_of(const TaskRegister& tasks,
                                     const std::vector<std::string>& days, const std::string& end,
                                     const std::string& rules) {
    const WarningRuleSet set = io::load_warning_rules(rules);
    const std::vector<Date> grid = read_days(days);
    const WarningEvaluation found = evaluate_warnings(tasks, grid, read_day(end, "end"), set.rules);
    std::vector<WarningQuality> rows = found.rules;
    rows.push_back(found.all);
    py::dict out;
    out["columns"] = quality_columns(rows);
    out["watched"] = found.watched;
    out["secret"] = found.secret_count;
    out["not_evaluated"] = found.not_evaluated;
    out["text"] = printed_text(found);
    return out;
}

[[nodiscard]] py::dict indicator_evaluation_of(
    const TaskRegister& tasks, const std::vector<std::string>& days, const std::string& end,
    const std::string& rules, std::vector<Panel> panels,
    const std::map<std::string, std::string>& better,
    const std::map<std::string, std::pair<std::string, double>>& targets) {
    const WarningRuleSet set = io::load_warning_rules(rules);
    const std::vector<Date> grid = read_days(days);
    std::map<std::string, Target> dated;
    for (const auto& [indicator, target] : targets)
        dated[indicator] = {read_day(target.first, "targets"), target.second};
    const auto history = read_history(std::move(panels), better);
    const IndicatorWarningEvaluation found =
        evaluate_indicator_warnings(tasks, history ? *history : IndicatorHistory({}, {}), dated,
                                    grid, read_day(end, "end"), set.rules);
    py::dict out;
    out["columns"] = quality_columns(found.rules);
    out["watched"] = found.watched;
    out["not_evaluated"] = found.not_evaluated;
    out["text"] = printed_text(found);
    return out;
}

[[nodiscard]] py::dict calibration_of(const TaskRegister& tasks, const std::string& learn_until,
                                      const std::vector<std::string>& days,
                                      const std::string& known_until) {
    const HeldOutCalibration found =
        held_out_calibration(tasks, read_day(learn_until, "learn_until"), read_days(days),
                             read_day(known_until, "known_until"));
    const numeric::Calibration& quality = found.quality;
    using Row = numeric::CalibrationBin;
    TableOf<Row> columns(quality.bins);
    columns.numbers("from", [](const Row& row) { return row.from; });
    columns.numbers("to", [](const Row& row) { return row.to; });
    columns.counts("count", [](const Row& row) { return row.count; });
    columns.counts("missed", [](const Row& row) { return row.events; });
    columns.numbers("mean_forecast", [](const Row& row) { return row.mean_forecast; });
    columns.numbers("observed", [](const Row& row) { return row.observed; });
    py::dict out;
    out["columns"] = columns.take();
    out["count"] = quality.count;
    out["missed"] = quality.events;
    out["unknown"] = found.unknown;
    out["base_rate"] = quality.base_rate;
    out["brier"] = quality.brier;
    out["brier_of_base_rate"] = quality.brier_of_base_rate;
    out["calibration_error"] = quality.calibration_error;
    out["area_under_curve"] = quality.area_under_curve;
    return out;
}

}  // namespace

void register_task_quality(py::class_<TaskRegister>& tasks) {
    using py::arg;
    tasks.def("evaluate_warnings", &evaluation_of, arg("days"), arg("end"), arg("rules"))
        .def("evaluate_indicator_warnings", &indicator_evaluation_of, arg("days"), arg("end"),
             arg("rules"), arg("panels"), arg("better"), arg("targets"))
        .def("forecast_calibration", &calibration_of, arg("learn_until"), arg("days"),
             arg("known_until"));
}

}  // namespace thuocdo::python
