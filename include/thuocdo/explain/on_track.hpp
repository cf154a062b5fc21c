#pragma once
/// @file
/// Every unit and indicator on its way to the dated targets of a model, and the
/// targets that were missed.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/explain/detail/better_direction.hpp>
#include <thuocdo/explain/detail/panel_series.hpp>
#include <thuocdo/explain/progress.hpp>
#include <thuocdo/explain/target_outcome.hpp>
#include <thuocdo/model/index_model.hpp>

#include <cmath>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo {

/// One indicator of one unit on its way.
struct TrackRow {
    std::string unit;
    std::string unit_name;
    /// Code and name of the leaf.
    std::string indicator;
    Label name{};
    std::string owner{};
    Progress progress{};
    friend bool operator==(const TrackRow&, const TrackRow&) = default;
};

/// Progress of all units; rows by unit code, then as the model lists its leaves.
struct TrackTable {
    Date as_of{};
    std::vector<TrackRow> rows{};

    /// The row of a unit and a leaf; nothing when there is none.
    [[nodiscard]] const Progress* find(std::string_view unit, std::string_view indicator) const {
        for (const TrackRow& row : rows)
            if (row.unit == unit && row.indicator == indicator) return &row.progress;
        return nullptr;
    }

    friend std::ostream& operator<<(std::ostream& out, const TrackTable& table);
};

/// A target of a unit that has passed and was not attained on its day.
struct MissedTarget {
    std::string unit;
    std::string unit_name;
    std::string indicator;
    Label name{};
    std::string owner{};
    TargetOutcome outcome{};
    friend bool operator==(const MissedTarget&, const MissedTarget&) = default;
};

/// Missed, late and undecided targets by unit code, leaf and date.
struct MissedTargets {
    Date as_of{};
    std::vector<MissedTarget> rows{};

    friend std::ostream& operator<<(std::ostream& out, const MissedTargets& table);
};

/// What `on_track` and `missed_targets` are asked.
struct OnTrackOptions {
    /// Default: the last day of the newest panel.
    std::optional<Date> as_of{};
    /// Last day of the panel that has the baselines; empty: the first value
    /// observed for each unit.
    std::optional<Date> baseline{};
    ProgressOptions progress{};
    /// See `target_outcomes`.
    long days_that_decide = days_that_decide_a_target;
};

namespace detail {

/// What a row of a table about targets starts with.
template <class Row>
[[nodiscard]] Row row_of(const UnitRegistry& units, Index unit, const Node& leaf) {
    Row row;
    row.unit = units.code(unit);
    row.unit_name = units.display_name(unit);
    row.indicator = leaf.code;
    row.name = leaf.name;
    row.owner = leaf.owner;
    return row;
}

/// Leaves whose targets are values of the indicator, as the model lists them. The
/// targets of a growth rule are growths; there the score says how it stands.
[[nodiscard]] inline std::vector<Index> leaves_with_targets(const IndexModel& model) {
    std::vector<Index> leaves;
    for (const Index index : model.leaves()) {
        const Node& leaf = model.node(index);
        if (!leaf.targets.empty() && !std::holds_alternative<rule::GrowthToTarget>(leaf.score) &&
            better_direction(leaf))
            leaves.push_back(index);
    }
    return leaves;
}

[[nodiscard]] inline ProgressInput progress_input(const PanelSeries& series, Index unit,
                                                  const Node& leaf) {
    ProgressInput input;
    input.direction = *better_direction(leaf);
    input.targets = leaf.targets;
    input.path = leaf.target_path;
    input.observations = series.values(unit, leaf.indicator);
    return input;
}

[[nodiscard]] inline std::string shown(double value) {
    constexpr int digits = 4;
    return std::isnan(value) ? "-" : numeric::shortest(numeric::round_decimal(value, digits));
}

}  // namespace detail

/// Progress of every evaluated unit in every leaf that has dated targets, from
/// panels of several periods. A panel's values hold for its last day; panels
/// later than the as-of date are not read; imputed values are not observations.
/// Units are those of the newest panel read, matched by code, in the cohort of
/// the model. Left out are leaves with a growth rule, whose targets are no
/// values, and leaves of which neither more nor less is better.
///
/// Complexity: O(units x leaves x panels).
/// @throws DataError naming panels without a last day or with the same one, and
///         a baseline day without panel; NumericError for options.
[[nodiscard]] inline TrackTable on_track(const IndexModel& model, std::span<const Panel> panels,
                                         const OnTrackOptions& options = {}) {
    const detail::PanelSeries series(model, panels, options.as_of);
    if (options.baseline && !series.has_panel_on(*options.baseline))
        throw DataError("progress has no baseline",
                        {{"baseline_missing", "baseline", to_iso(*options.baseline),
                          "the last day of a panel up to " + to_iso(series.as_of()),
                          "add that panel, or leave the baseline out"}});
    TrackTable table;
    table.as_of = series.as_of();
    const std::vector<Index> leaves = detail::leaves_with_targets(model);
    for (const Index unit : series.by_code()) {
        for (const Index index : leaves) {
            const Node& leaf = model.node(index);
            TrackRow row = detail::row_of<TrackRow>(series.units(), unit, leaf);
            ProgressInput input = detail::progress_input(series, unit, leaf);
            bool started = !options.baseline;
            for (const DatedValue& each : input.observations) {
                if (!options.baseline || each.date != *options.baseline) continue;
                input.baseline = each;
                started = true;
            }
            if (!started) input.observations.clear();
            row.progress = progress_toward_targets(input, series.as_of(), options.progress);
            if (!started)
                row.progress.notes = {"no value was observed on " + to_iso(*options.baseline) +
                                      ", the day of the baseline"};
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

/// The targets dated before the as-of date that a unit did not attain on their
/// day: missed, attained late, or undecided because no value lies near them.
/// Reads panels, units and leaves as `on_track` does.
/// @throws DataError as `on_track` does.
[[nodiscard]] inline MissedTargets missed_targets(const IndexModel& model,
                                                  std::span<const Panel> panels,
                                                  const OnTrackOptions& options = {}) {
    const detail::PanelSeries series(model, panels, options.as_of);
    MissedTargets missed;
    missed.as_of = series.as_of();
    const std::vector<Index> leaves = detail::leaves_with_targets(model);
    for (const Index unit : series.by_code()) {
        for (const Index index : leaves) {
            const Node& leaf = model.node(index);
            const ProgressInput input = detail::progress_input(series, unit, leaf);
            for (TargetOutcome& outcome :
                 target_outcomes(input, series.as_of(), options.days_that_decide)) {
                if (outcome.result == TargetResult::attained) continue;
                MissedTarget row = detail::row_of<MissedTarget>(series.units(), unit, leaf);
                row.outcome = std::move(outcome);
                missed.rows.push_back(std::move(row));
            }
        }
    }
    return missed;
}

/// Prints progress as an aligned table.
inline std::ostream& operator<<(std::ostream& out, const TrackTable& table) {
    using Align = detail::TextTable::Align;
    detail::TextTable text({{"unit", Align::left},
                            {"indicator", Align::left},
                            {"latest", Align::right},
                            {"on", Align::left},
                            {"required", Align::right},
                            {"target", Align::right},
                            {"due", Align::left},
                            {"attainment", Align::right},
                            {"status", Align::left},
                            {"progress", Align::left},
                            {"projected", Align::right},
                            {"interval", Align::left},
                            {"reaches", Align::left}});
    for (const TrackRow& row : table.rows) {
        const Progress& each = row.progress;
        const Projection& trend = each.linear;
        text.add({row.unit_name, row.indicator,
                  detail::shown(each.latest ? each.latest->value : missing_value),
                  each.latest ? to_iso(each.latest->date) : "-", detail::shown(each.required_today),
                  detail::shown(each.target ? each.target->value : missing_value),
                  each.target ? to_iso(each.target->date) : "-", detail::shown(each.attainment),
                  track_status_name(each.status), progress_class_name(each.progress),
                  detail::shown(trend.value),
                  std::isnan(trend.lower)
                      ? "-"
                      : detail::shown(trend.lower) + " to " + detail::shown(trend.upper),
                  trend.reaches ? to_iso(*trend.reaches) : "-"});
    }
    return out << text;
}

/// Prints missed targets as an aligned table.
inline std::ostream& operator<<(std::ostream& out, const MissedTargets& table) {
    using Align = detail::TextTable::Align;
    detail::TextTable text({{"unit", Align::left},
                            {"indicator", Align::left},
                            {"target", Align::right},
                            {"due", Align::left},
                            {"value", Align::right},
                            {"on", Align::left},
                            {"short by", Align::right},
                            {"result", Align::left},
                            {"attained on", Align::left},
                            {"owner", Align::left}});
    for (const MissedTarget& row : table.rows) {
        const TargetOutcome& each = row.outcome;
        text.add({row.unit_name, row.indicator, detail::shown(each.target.value),
                  to_iso(each.target.date),
                  detail::shown(each.value ? each.value->value : missing_value),
                  each.value ? to_iso(each.value->date) : "-", detail::shown(each.shortfall),
                  target_result_name(each.result),
                  each.attained_on ? to_iso(*each.attained_on) : "-", row.owner});
    }
    return out << text;
}

}  // namespace thuocdo
