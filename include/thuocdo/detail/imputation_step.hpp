#pragma once
/// @file
/// The step that fills values that were not reported.

#include <thuocdo/detail/screen_step.hpp>
#include <thuocdo/detail/step_work.hpp>
#include <thuocdo/prepare/carry_forward.hpp>
#include <thuocdo/prepare/impute_group_mean.hpp>
#include <thuocdo/prepare/impute_group_median.hpp>
#include <thuocdo/prepare/impute_mean.hpp>
#include <thuocdo/prepare/impute_median.hpp>
#include <thuocdo/prepare/impute_pillar_mean.hpp>
#include <thuocdo/prepare/interpolate_linear.hpp>
#include <thuocdo/prepare/interpolate_nearest.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Whether a step may fill a cell: it was not reported. What does not apply, is not due
/// or is withheld stays missing, and a zero denominator has a rule of its own.
[[nodiscard]] inline bool may_be_filled(const StepWork& work, Index unit, Index column) {
    return work.is_evaluated(unit) && work.table.states(unit, column) == CellState::not_reported;
}

/// Takes over what a method put into the cells that may be filled; counts those that
/// the method left open.
inline void take_filled(StepWork& work, Index column, ColumnView filled, const std::string& why) {
    std::size_t open = 0;
    const std::size_t reason = work.reason(why);
    for (Index unit = 0; unit < work.units(); ++unit) {
        if (!may_be_filled(work, unit, column)) continue;
        if (std::isnan(filled[unit])) {
            ++open;
            continue;
        }
        work.set(unit, column, filled[unit], CellState::imputed, reason);
    }
    if (open != 0)
        work.found.notices.push_back("indicator \"" + work.code(column) +
                                     "\": " + std::to_string(open) + " missing value" +
                                     (open == 1 ? "" : "s") + " could not be filled by " + why);
}

inline void impute_columns(StepWork& work, const step::Impute& step) {
    const bool by_group = step.method == ImputationMethod::group_mean ||
                          step.method == ImputationMethod::group_median;
    const UnitGrouping* grouping = by_group ? work.table.units.grouping(step.group) : nullptr;
    if (by_group && !grouping) {
        work.problems.push_back({"unknown_group", work.place + "/group", '"' + step.group + '"',
                                 "an attribute that units of the panel have",
                                 "add the group to the units, or use mean"});
        return;
    }
    Eigen::VectorXd out(work.units());
    for (const Index column : work.columns_of(step.indicators, work.place + "/indicators")) {
        const Eigen::VectorXd x = work.cohort_column(column);
        switch (step.method) {
            case ImputationMethod::mean:
                static_cast<void>(prepare::impute_mean(x, out));
                break;
            case ImputationMethod::median:
                static_cast<void>(prepare::impute_median(x, out));
                break;
            case ImputationMethod::group_mean:
                static_cast<void>(prepare::impute_group_mean(x, grouping->ids(), out));
                break;
            default:
                static_cast<void>(prepare::impute_group_median(x, grouping->ids(), out));
        }
        std::string why = name_of(step.method);
        if (by_group) why += " of \"" + step.group + '"';
        take_filled(work, column, out, why);
    }
}

/// Direction of the leaf that reads a column.
[[nodiscard]] inline Direction direction_of(const StepWork& work, Index column) {
    for (const Index leaf : work.model.leaves())
        if (work.model.node(leaf).indicator == work.code(column))
            return work.model.node(leaf).direction;
    return Direction::higher_is_better;
}

inline void impute_pillars(StepWork& work, const step::Impute& step) {
    for (const std::string& code : step.nodes) {
        const std::vector<Index> columns = columns_below(work, work.model.index_of(code));
        const auto count = static_cast<Index>(columns.size());
        Eigen::MatrixXd x(work.units(), count);
        Eigen::MatrixXd out(work.units(), count);
        std::vector<Direction> directions;
        for (Index j = 0; j < count; ++j) {
            x.col(j) = work.cohort_column(columns[static_cast<std::size_t>(j)]);
            directions.push_back(direction_of(work, columns[static_cast<std::size_t>(j)]));
        }
        static_cast<void>(prepare::impute_pillar_mean(x, directions, out));
        for (Index j = 0; j < count; ++j)
            take_filled(work, columns[static_cast<std::size_t>(j)], out.col(j),
                        "the mean of pillar \"" + code + '"');
    }
}

/// The periods of a panel in time: position of each and which one is scored.
struct PeriodOrder {
    /// Other periods and -1 for the panel itself, oldest first.
    std::vector<int> periods{};
    /// Days; or 0, 1, 2 ... when no period has a last day.
    std::vector<double> times{};
    std::size_t current = 0;
};

/// Orders the periods by their last days.
[[nodiscard]] inline PeriodOrder order_periods(StepWork& work) {
    PeriodOrder out;
    std::vector<std::pair<double, int>> days;
    const auto add = [&](const std::optional<Date>& end, const std::string& period, int index) {
        if (!end) {
            work.problems.push_back(
                {"period_without_end", work.place + "/method",
                 period.empty() ? "a panel without period" : "period \"" + period + '"',
                 "panels whose periods have a last day",
                 "give each panel its period, e.g. 2026-Q3"});
            return;
        }
        days.emplace_back(static_cast<double>(day_number(*end)), index);
    };
    add(work.table.period_end, work.table.period, -1);
    for (std::size_t k = 0; k < work.other_periods.size(); ++k)
        add(work.other_periods[k].period_end(), work.other_periods[k].period(),
            static_cast<int>(k));
    std::sort(days.begin(), days.end());
    for (std::size_t k = 0; k < days.size(); ++k) {
        if (k > 0 && days[k].first == days[k - 1].first)
            work.problems.push_back({"period_twice", work.place + "/method",
                                     "two panels that end on one day", "one panel a period",
                                     "remove one of them"});
        if (days[k].second < 0) out.current = k;
        out.periods.push_back(days[k].second);
        out.times.push_back(days[k].first);
    }
    return out;
}

inline void impute_along_time(StepWork& work, const step::Impute& step) {
    const PeriodOrder order = order_periods(work);
    const std::vector<Index> columns = work.columns_of(step.indicators, work.place + "/indicators");
    if (!work.problems.empty()) return;
    const auto periods = static_cast<Index>(order.periods.size());
    Eigen::MatrixXd x(work.units(), periods);
    Eigen::MatrixXd out(work.units(), periods);
    for (const Index column : columns) {
        for (Index p = 0; p < periods; ++p) {
            const int which = order.periods[static_cast<std::size_t>(p)];
            if (which < 0) {
                x.col(p) = work.table.values.col(column);
                continue;
            }
            const Panel& panel = work.other_periods[static_cast<std::size_t>(which)];
            const auto there = panel.find(work.code(column));
            for (Index unit = 0; unit < work.units(); ++unit) {
                const auto row = there ? panel.units().find(work.table.units.code(unit))
                                       : std::optional<Index>{};
                x(unit, p) = row ? panel.value(*row, *there) : missing_value;
            }
        }
        if (step.method == ImputationMethod::carry_forward) {
            const Index longest = step.longest_gap ? static_cast<Index>(*step.longest_gap)
                                                   : std::numeric_limits<Index>::max();
            static_cast<void>(prepare::carry_forward(x, longest, out));
        } else if (step.method == ImputationMethod::linear) {
            static_cast<void>(prepare::interpolate_linear(x, order.times, out));
        } else {
            static_cast<void>(prepare::interpolate_nearest(x, order.times, out));
        }
        take_filled(work, column, out.col(static_cast<Index>(order.current)), name_of(step.method));
    }
}

inline void run_step(StepWork& work, const step::Impute& step) {
    switch (step.method) {
        case ImputationMethod::pillar_mean:
            impute_pillars(work, step);
            break;
        case ImputationMethod::carry_forward:
        case ImputationMethod::linear:
        case ImputationMethod::nearest:
            impute_along_time(work, step);
            break;
        default:
            impute_columns(work, step);
    }
}

}  // namespace thuocdo::detail
