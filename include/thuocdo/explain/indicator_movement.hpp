#pragma once
/// @file
/// Whether indicators moved between two dates, and by which test.

#include <thuocdo/config.hpp>
#include <thuocdo/data/detail/decimal_arithmetic.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/explain/detail/better_direction.hpp>
#include <thuocdo/explain/detail/panel_series.hpp>
#include <thuocdo/explain/progress_path.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/statistics.hpp>
#include <thuocdo/time/year_fraction.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo {

/// What an indicator did.
enum class Movement : std::uint8_t { moved_better, did_not_move, moved_worse, unknown };

/// What decides whether a change counts.
enum class MovementTest : std::uint8_t {
    none,               ///< nothing could be tested
    any_change,         ///< every change counts
    measurement_error,  ///< the change is larger than the declared error
    usual_change        ///< the change is large against earlier ones
};

namespace detail {
inline constexpr std::array<const char*, 4> movement_names{"moved_better", "did_not_move",
                                                           "moved_worse", "unknown"};
inline constexpr std::array<std::pair<const char*, const char*>, 4> movement_labels{{
    {"moved for the better", "chuyển biến tốt"},
    {"did not move", "không chuyển biến"},
    {"moved for the worse", "chuyển biến xấu"},
    {"unknown", "chưa đánh giá được"},
}};
inline constexpr std::array<const char*, 4> movement_test_names{
    "none", "any_change", "measurement_error", "usual_change"};
}  // namespace detail

/// The movement as in data, e.g. `did_not_move`.
[[nodiscard]] constexpr const char* movement_name(Movement each) noexcept {
    return detail::movement_names[static_cast<std::size_t>(each)];
}
/// The movement in both languages.
[[nodiscard]] inline Label movement_label(Movement each) {
    const auto& [en, vi] = detail::movement_labels[static_cast<std::size_t>(each)];
    return {en, vi};
}
/// The test as in data, e.g. `usual_change`.
[[nodiscard]] constexpr const char* movement_test_name(MovementTest each) noexcept {
    return detail::movement_test_names[static_cast<std::size_t>(each)];
}

/// Values before the first of the two dates that the test `usual_change` needs;
/// with the value of that date they give three earlier changes.
inline constexpr std::size_t observations_for_usual_change = 3;

/// Earlier standard deviations that a change must exceed: about one change in
/// twenty does by chance when changes are normal and centred on 0.
inline constexpr double usual_change_threshold = 2.0;

/// How movement is tested.
struct MovementOptions {
    /// Error of measurement by indicator code, in its unit; a change of at most
    /// this much is none. It goes before every other test.
    std::map<std::string, double> measurement_error{};
    /// Earlier standard deviations of the change a year, > 0.
    double usual_change = usual_change_threshold;
};

/// What one indicator did between two dates.
struct MovementResult {
    DatedValue before{};
    DatedValue after{};
    /// after - before, or before - after where lower is better: positive is
    /// better; NaN when a value is missing.
    double change = missing_value;
    /// What the change had to exceed, in the unit of the indicator.
    double bound = missing_value;
    Movement movement = Movement::unknown;
    MovementTest test = MovementTest::none;
    friend bool operator==(const MovementResult&, const MovementResult&) = default;
};

namespace detail {

/// Standard deviation of the changes a year between values that follow each
/// other.
[[nodiscard]] THUOCDO_KERNEL inline double deviation_of_changes(
    const std::vector<DatedValue>& values) {
    THUOCDO_EXACT
    Eigen::VectorXd changes(static_cast<Index>(values.size()) - 1);
    for (Index k = 0; k < changes.size(); ++k) {
        const DatedValue& from = values[static_cast<std::size_t>(k)];
        const DatedValue& to = values[static_cast<std::size_t>(k) + 1];
        changes[k] = (to.value - from.value) / years_between(from.date, to.date);
    }
    return numeric::column_statistics(changes).standard_deviation;
}

}  // namespace detail

/// Whether an indicator moved between two dates, by the strongest test that the
/// data allow:
/// 1. `measurement_error`, where an error is declared: it moved when |change| is
///    larger.
/// 2. `usual_change`, with at least three earlier values: the change a year is
///    held against the standard deviation of the changes a year between earlier
///    values up to `before`; it moved when |change a year| exceeds `threshold`
///    such deviations. The deviation is that around their mean, so a steady rise
///    that goes on is a movement. It takes changes to be independent.
/// 3. `any_change`: it moved when it changed at all. Changes are differences of
///    the numbers as printed: 0.3 - 0.2 is 0.1.
///
/// @param earlier values dated before `before`, in any order; NaN is missing.
/// @return unknown when a value is missing.
/// @throws NumericError when dates are missing or not ascending, the error is
///         negative or the threshold not above 0.
[[nodiscard]] THUOCDO_KERNEL inline MovementResult movement_between(
    Direction direction, const DatedValue& before, const DatedValue& after,
    const std::vector<DatedValue>& earlier = {},
    const std::optional<double>& measurement_error = std::nullopt,
    double threshold = usual_change_threshold) {
    THUOCDO_EXACT
    std::vector<Problem> problems;
    if (before.date.is_special() || after.date.is_special() || !(before.date < after.date))
        problems.push_back({"dates_not_ascending", "before, after", "two dates out of order",
                            "a later day after an earlier one", "exchange or correct them"});
    if (measurement_error && !(*measurement_error >= 0.0 && std::isfinite(*measurement_error)))
        problems.push_back({"measurement_error", "measurement_error",
                            numeric::shortest(*measurement_error), "a finite number >= 0",
                            "leave it out where the error is not known"});
    if (!(threshold > 0.0 && std::isfinite(threshold)))
        problems.push_back({"threshold", "threshold", numeric::shortest(threshold),
                            "a finite number above 0", "2 is twice the usual change"});
    for (const DatedValue& each : earlier)
        if (each.date.is_special() || (!before.date.is_special() && !(each.date < before.date)))
            problems.push_back({"not_earlier", "earlier",
                                each.date.is_special() ? "no date" : to_iso(each.date),
                                "days before the first of the two dates", "leave it out"});
    if (!problems.empty()) throw NumericError("movement cannot be tested", std::move(problems));

    MovementResult result;
    result.before = before;
    result.after = after;
    if (std::isnan(before.value) || std::isnan(after.value)) return result;
    const double difference = detail::decimal_difference(after.value, before.value);
    result.change = direction == Direction::higher_is_better ? difference : 0.0 - difference;
    std::vector<DatedValue> history = detail::observed_until(earlier, before.date);
    if (measurement_error) {
        result.test = MovementTest::measurement_error;
        result.bound = *measurement_error;
    } else if (history.size() >= observations_for_usual_change) {
        history.push_back(before);
        result.test = MovementTest::usual_change;
        result.bound = threshold * detail::deviation_of_changes(history) *
                       years_between(before.date, after.date);
    } else {
        result.test = MovementTest::any_change;
        result.bound = 0.0;
    }
    result.movement = result.change > result.bound    ? Movement::moved_better
                      : result.change < -result.bound ? Movement::moved_worse
                                                      : Movement::did_not_move;
    return result;
}

/// One indicator of one unit.
struct MovementRow {
    std::string unit;
    std::string unit_name;
    /// Code of the leaf, and of its column.
    std::string node;
    std::string indicator;
    Label name{};
    MovementResult result{};
    friend bool operator==(const MovementRow&, const MovementRow&) = default;
};

/// Movement of all units; rows by unit code, then as the model lists its leaves.
struct MovementTable {
    Date before{};
    Date after{};
    std::vector<MovementRow> rows{};

    /// The result of a unit in a leaf or, where no leaf fits, a column; nothing
    /// when there is none.
    [[nodiscard]] const MovementResult* find(std::string_view unit,
                                             std::string_view indicator) const {
        const MovementResult* by_column = nullptr;
        for (const MovementRow& row : rows) {
            if (row.unit != unit) continue;
            if (row.node == indicator) return &row.result;
            if (row.indicator == indicator && !by_column) by_column = &row.result;
        }
        return by_column;
    }

    friend std::ostream& operator<<(std::ostream& out, const MovementTable& table) {
        using Align = detail::TextTable::Align;
        constexpr int digits = 4;
        const auto number = [](double value) {
            return std::isnan(value) ? std::string("-")
                                     : numeric::shortest(numeric::round_decimal(value, digits));
        };
        detail::TextTable text({{"unit", Align::left},
                                {"indicator", Align::left},
                                {to_iso(table.before), Align::right},
                                {to_iso(table.after), Align::right},
                                {"for the better", Align::right},
                                {"bound", Align::right},
                                {"movement", Align::left},
                                {"test", Align::left}});
        for (const MovementRow& row : table.rows)
            text.add({row.unit_name, row.node, number(row.result.before.value),
                      number(row.result.after.value), number(row.result.change),
                      number(row.result.bound), movement_name(row.result.movement),
                      movement_test_name(row.result.test)});
        return out << text;
    }
};

namespace detail {

/// Distance of a value from a target range; 0 inside.
[[nodiscard]] inline double distance_to_range(const rule::TargetRange& range, double value) {
    if (value < range.lower) return range.lower - value;
    return value > range.upper ? value - range.upper : 0.0;
}

/// Takes the value of a day out of a series; NaN when it has none.
[[nodiscard]] inline DatedValue value_on(const std::vector<DatedValue>& series, const Date& day) {
    for (const DatedValue& each : series)
        if (each.date == day) return each;
    return {day, missing_value};
}

}  // namespace detail

/// Whether each indicator of each unit moved between the last days of two panels,
/// with the panels of earlier periods for the test `usual_change`. Directions are
/// those in which the unit gains by the rule of the leaf; under a target range the
/// distance to the range is what moves, and lower is better. A leaf of which
/// neither more nor less is better (a table that rises and falls) is unknown.
/// Units are those of `after`, matched by code, in the cohort of the model;
/// imputed values are not observations.
///
/// Complexity: O(units x leaves x panels).
/// @throws DataError naming panels without a last day, with the same one, or out
///         of order, and errors declared for indicators that the model does not
///         read; NumericError for options.
[[nodiscard]] inline MovementTable indicator_movement(const IndexModel& model, const Panel& before,
                                                      const Panel& after,
                                                      std::span<const Panel> earlier = {},
                                                      const MovementOptions& options = {}) {
    std::vector<Panel> panels(earlier.begin(), earlier.end());
    panels.push_back(before);
    panels.push_back(after);
    const detail::PanelSeries series(model, panels, std::nullopt);
    const Date first = *before.period_end();
    const Date second = *after.period_end();
    std::vector<Problem> problems;
    if (!(first < second))
        problems.push_back({"periods_not_ascending", "before, after",
                            to_iso(first) + " and " + to_iso(second),
                            "a later period after an earlier one", "exchange the panels"});
    for (const Panel& panel : earlier)
        if (!(*panel.period_end() < first))
            problems.push_back({"not_earlier", "earlier", to_iso(*panel.period_end()),
                                "a day before " + to_iso(first), "leave the panel out"});
    for (const auto& [indicator, error] : options.measurement_error) {
        const auto known = model.indicators();
        if (std::find(known.begin(), known.end(), indicator) == known.end() &&
            !model.find_derived(indicator))
            problems.push_back({"unknown_indicator", "measurement_error", '"' + indicator + '"',
                                "an indicator of the model", "check the spelling"});
    }
    if (!problems.empty()) throw DataError("movement cannot be tested", std::move(problems));

    MovementTable table{first, second, {}};
    for (const Index unit : series.by_code()) {
        for (const Index index : model.leaves()) {
            const Node& leaf = model.node(index);
            MovementRow row{series.units().code(unit),
                            series.units().display_name(unit),
                            leaf.code,
                            leaf.indicator,
                            leaf.name,
                            {}};
            std::vector<DatedValue> values = series.values(unit, leaf.indicator);
            std::optional<Direction> direction = detail::better_direction(leaf);
            if (const auto* range = std::get_if<rule::TargetRange>(&leaf.score)) {
                for (DatedValue& each : values)
                    each.value = detail::distance_to_range(*range, each.value);
                direction = leaf.role == Role::penalty ? Direction::higher_is_better
                                                       : Direction::lower_is_better;
            }
            row.result.before = detail::value_on(values, first);
            row.result.after = detail::value_on(values, second);
            if (direction) {
                std::vector<DatedValue> history;
                for (const DatedValue& each : values)
                    if (each.date < first) history.push_back(each);
                const auto error = options.measurement_error.find(leaf.indicator);
                row.result = movement_between(
                    *direction, row.result.before, row.result.after, history,
                    error == options.measurement_error.end() ? std::nullopt
                                                             : std::optional(error->second),
                    options.usual_change);
            }
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

}  // namespace thuocdo
