#include <thuocdo/explain/on_track.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

[[nodiscard]] OnTrackOptions options_of(const std::optional<std::string>& as_of,
                                        const std::optional<std::string>& baseline,
                                        double significant, double moderate, double growth,
                                        double interval_level, double horizon_years,
                                        long days_that_decide) {
    OnTrackOptions options;
    options.as_of = read_date(as_of, "as_of");
    options.baseline = read_date(baseline, "baseline");
    options.progress.thresholds = {significant, moderate, growth};
    options.progress.interval_level = interval_level;
    options.progress.horizon_years = horizon_years;
    options.days_that_decide = days_that_decide;
    return options;
}

/// Progress, with what it was made from, for its pictures and missed targets.
class Track {
  public:
    Track(IndexModel model, std::vector<Panel> panels, OnTrackOptions options)
        : model_(std::move(model)),
          panels_(std::move(panels)),
          options_(std::move(options)),
          table_(on_track(model_, panels_, options_)) {}

    [[nodiscard]] const TrackTable& table() const noexcept { return table_; }
    [[nodiscard]] MissedTargets missed() const { return missed_targets(model_, panels_, options_); }

    /// Observations, path and trend of a row, day by day.
    [[nodiscard]] py::dict drawing(std::size_t row) const;

  private:
    IndexModel model_;
    std::vector<Panel> panels_;
    OnTrackOptions options_;
    TrackTable table_;
};

/// A line of a picture.
struct Point {
    Date date{};
    double value = missing_value;
};

[[nodiscard]] py::tuple line_of(const std::vector<Point>& points) {
    TableOf<Point> table{points};
    table.days("date", [](const Point& each) { return std::optional(each.date); });
    table.numbers("value", [](const Point& each) { return each.value; });
    const py::dict columns = table.take();
    return py::make_tuple(columns["date"], columns["value"]);
}

/// The straight trend on every day from the first observation to the target.
[[nodiscard]] std::vector<Point> trend_line(const Projection& trend, const Date& from,
                                            const Target& target) {
    std::vector<Point> points;
    if (std::isnan(trend.value)) return points;
    const double due = years_between(from, target.date);
    for (Date day = from; day <= target.date; day += boost::gregorian::days(1))
        points.push_back(
            {day, trend.value + trend.change_per_year * (years_between(from, day) - due)});
    return points;
}

py::dict Track::drawing(std::size_t row) const {
    const TrackRow& tracked = table_.rows.at(row);
    const Progress& progress = tracked.progress;
    const Node& leaf = model_.node(model_.index_of(tracked.indicator));
    const detail::PanelSeries series(model_, panels_, options_.as_of);
    std::vector<Point> observed;
    for (const DatedValue& each :
         series.values(series.units().index_of(tracked.unit), leaf.indicator))
        if (!std::isnan(each.value)) observed.push_back({each.date, each.value});
    std::vector<Point> targets;
    std::vector<Point> path;
    std::vector<Point> trend;
    for (const Target& each : leaf.targets) targets.push_back({each.date, each.value});
    if (progress.baseline && progress.target) {
        const Date& start = progress.baseline->date;
        for (Date day = start; day <= progress.target->date; day += boost::gregorian::days(1))
            path.push_back(
                {day,
                 required_on_path(*progress.baseline, leaf.targets, leaf.target_path, day).value});
        trend = trend_line(progress.linear, start, *progress.target);
    }
    py::dict out;
    out["observed"] = line_of(observed);
    out["targets"] = line_of(targets);
    out["path"] = line_of(path);
    out["trend"] = line_of(trend);
    out["unit"] = leaf.unit;
    out["level"] = options_.progress.interval_level;
    return out;
}

void add_projection(TableOf<TrackRow>& table, const std::string& prefix,
                    Projection Progress::*member) {
    const auto named = [&](const char* suffix) { return prefix + suffix; };
    const auto trend = [member](const TrackRow& row) -> const Projection& {
        return row.progress.*member;
    };
    table.counts(named("_observations").c_str(),
                 [&](const TrackRow& row) { return trend(row).observations; });
    table.numbers(named("_per_year").c_str(),
                  [&](const TrackRow& row) { return trend(row).change_per_year; });
    table.numbers(named("_value").c_str(), [&](const TrackRow& row) { return trend(row).value; });
    table.numbers(named("_lower").c_str(), [&](const TrackRow& row) { return trend(row).lower; });
    table.numbers(named("_upper").c_str(), [&](const TrackRow& row) { return trend(row).upper; });
    table.days(named("_reaches").c_str(), [&](const TrackRow& row) { return trend(row).reaches; });
    table.texts(named("_remark").c_str(), [&](const TrackRow& row) { return trend(row).remark; });
}

[[nodiscard]] std::optional<Date> date_of_value(const std::optional<DatedValue>& each) {
    return each ? std::optional(each->date) : std::nullopt;
}

[[nodiscard]] double number_of(const std::optional<DatedValue>& each) {
    return each ? each->value : missing_value;
}

/// What rows about targets start with.
template <class Row>
void add_names(TableOf<Row>& table) {
    table.texts("unit", [](const Row& row) { return row.unit; });
    table.texts("unit_name", [](const Row& row) { return row.unit_name; });
    table.texts("indicator", [](const Row& row) { return row.indicator; });
    table.labels("name", [](const Row& row) {
        return row.name.empty() ? Label{row.indicator, row.indicator} : row.name;
    });
    table.texts("owner", [](const Row& row) { return row.owner; });
}

void add_path(TableOf<TrackRow>& table) {
    table.numbers("baseline", [](const TrackRow& row) { return number_of(row.progress.baseline); });
    table.days("baseline_date",
               [](const TrackRow& row) { return date_of_value(row.progress.baseline); });
    table.numbers("latest", [](const TrackRow& row) { return number_of(row.progress.latest); });
    table.days("latest_date",
               [](const TrackRow& row) { return date_of_value(row.progress.latest); });
    table.numbers("target", [](const TrackRow& row) {
        return row.progress.target ? row.progress.target->value : missing_value;
    });
    table.days("target_date", [](const TrackRow& row) {
        return row.progress.target ? std::optional(row.progress.target->date) : std::nullopt;
    });
    table.numbers("required_today",
                  [](const TrackRow& row) { return row.progress.required_today; });
    table.numbers("required_then", [](const TrackRow& row) { return row.progress.required_then; });
    table.numbers("attainment", [](const TrackRow& row) { return row.progress.attainment; });
    table.numbers("ratio_to_required",
                  [](const TrackRow& row) { return row.progress.ratio_to_required; });
    table.numbers("pace", [](const TrackRow& row) { return row.progress.pace; });
    table.numbers("actual_growth", [](const TrackRow& row) { return row.progress.actual_growth; });
    table.numbers("required_growth",
                  [](const TrackRow& row) { return row.progress.required_growth; });
    table.numbers("ratio", [](const TrackRow& row) { return row.progress.ratio; });
}

[[nodiscard]] py::dict track_columns(const Track& track) {
    TableOf<TrackRow> table{track.table().rows};
    add_names(table);
    table.texts("status",
                [](const TrackRow& row) { return track_status_name(row.progress.status); });
    table.texts("status_vi",
                [](const TrackRow& row) { return track_status_label(row.progress.status).vi; });
    table.texts("progress",
                [](const TrackRow& row) { return progress_class_name(row.progress.progress); });
    table.texts("progress_vi",
                [](const TrackRow& row) { return progress_class_label(row.progress.progress).vi; });
    table.texts("test", [](const TrackRow& row) { return progress_test_name(row.progress.test); });
    add_path(table);
    table.days("reached_on", [](const TrackRow& row) { return row.progress.reached_on; });
    add_projection(table, "linear", &Progress::linear);
    add_projection(table, "compound", &Progress::compound);
    table.texts("notes", [](const TrackRow& row) {
        std::string joined;
        for (const std::string& note : row.progress.notes)
            joined += (joined.empty() ? "" : "; ") + note;
        return joined;
    });
    return table.take();
}

[[nodiscard]] py::dict missed_columns(const MissedTargets& missed) {
    TableOf<MissedTarget> table{missed.rows};
    add_names(table);
    table.numbers("target", [](const MissedTarget& row) { return row.outcome.target.value; });
    table.days("target_date",
               [](const MissedTarget& row) { return std::optional(row.outcome.target.date); });
    table.numbers("value", [](const MissedTarget& row) { return number_of(row.outcome.value); });
    table.days("value_date",
               [](const MissedTarget& row) { return date_of_value(row.outcome.value); });
    table.numbers("shortfall", [](const MissedTarget& row) { return row.outcome.shortfall; });
    table.texts("result",
                [](const MissedTarget& row) { return target_result_name(row.outcome.result); });
    table.texts("result_vi",
                [](const MissedTarget& row) { return target_result_label(row.outcome.result).vi; });
    table.days("attained_on", [](const MissedTarget& row) { return row.outcome.attained_on; });
    return table.take();
}

}  // namespace

void register_track(py::module_& module) {
    using py::arg;
    py::class_<OnTrackOptions>(module, "OnTrackOptions")
        .def(py::init(&options_of), arg("as_of").none(true), arg("baseline").none(true),
             arg("significant"), arg("moderate"), arg("growth"), arg("interval_level"),
             arg("horizon_years"), arg("days_that_decide"));
    py::class_<MissedTargets>(module, "MissedTargets")
        .def_property_readonly("as_of",
                               [](const MissedTargets& missed) { return to_iso(missed.as_of); })
        .def("columns", &missed_columns)
        .def("text", &first_rows<MissedTargets>, arg("limit"));
    py::class_<Track>(module, "Track")
        .def(py::init([](const IndexModel& model, std::vector<Panel> panels,
                         const OnTrackOptions& options) {
                 const py::gil_scoped_release release;
                 return Track(model, std::move(panels), options);
             }),
             arg("model"), arg("panels"), arg("options"))
        .def_property_readonly("as_of",
                               [](const Track& track) { return to_iso(track.table().as_of); })
        .def("columns", &track_columns)
        .def("drawing", &Track::drawing, arg("row"))
        .def("missed", &Track::missed)
        .def(
            "text",
            [](const Track& track, std::size_t limit) { return first_rows(track.table(), limit); },
            arg("limit"));
    module.def(
        "missed_targets",
        [](const IndexModel& model, const std::vector<Panel>& panels,
           const OnTrackOptions& options) {
            const py::gil_scoped_release release;
            return missed_targets(model, panels, options);
        },
        arg("model"), arg("panels"), arg("options"));
}

}  // namespace thuocdo::python
