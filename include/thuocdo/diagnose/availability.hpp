#pragma once
/// @file
/// How much of the data is there: by unit, by indicator and by groups of either.

#include <thuocdo/diagnose/detail/checks.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::diagnose {

/// Shares of observed cells, 0 to 1; NaN where there is no cell.
struct Availability {
    double overall = detail::undefined;
    /// One a unit, over all indicators.
    Eigen::VectorXd of_unit;
    /// One an indicator, over all units.
    Eigen::VectorXd of_indicator;
    /// Units x groups of indicators: what is there for a unit inside a pillar.
    Eigen::MatrixXd of_unit_in_group;
    /// Groups of units x indicators: what a region reports.
    Eigen::MatrixXd of_indicator_in_group;
};

namespace detail {

/// Notes wrong groups. @return number of groups, one more than the largest.
[[nodiscard]] inline Index number_of_groups(std::span<const Index> groups, Index expected,
                                            const char* argument, const char* of_what,
                                            std::vector<Problem>& problems) {
    if (groups.empty()) return 0;
    note_length(argument, static_cast<Index>(groups.size()), expected, of_what, problems);
    Index count = 0;
    for (std::size_t k = 0; k < groups.size(); ++k) {
        // More groups than members would only ask for memory.
        if (groups[k] < -1 || groups[k] >= expected) {
            problems.push_back(
                {"group_out_of_range", std::string(argument) + '[' + std::to_string(k) + ']',
                 std::to_string(groups[k]),
                 "-1 for none, or a number from 0 to " + std::to_string(expected - 1),
                 "number the groups from 0"});
        }
        count = std::max(count, groups[k] + 1);
    }
    return count;
}

}  // namespace detail

/// Share of observed cells for every unit and indicator, and inside groups.
///
/// @param x rows are units, columns are indicators; NaN is missing, anything else is there.
/// @param indicator_groups the group of each indicator (its pillar), counted from 0, -1 for
///        none; empty for no groups.
/// @param unit_groups the same for each unit (its region).
/// @throws NumericError when groups are not one a column or row, or naming every one that is
///         out of range.
/// Complexity: one pass.
[[nodiscard]] inline Availability availability(MatrixView x,
                                               std::span<const Index> indicator_groups = {},
                                               std::span<const Index> unit_groups = {}) {
    std::vector<Problem> problems;
    const Index pillars = detail::number_of_groups(indicator_groups, x.cols(), "indicator_groups",
                                                   "an indicator", problems);
    const Index regions =
        detail::number_of_groups(unit_groups, x.rows(), "unit_groups", "a unit", problems);
    detail::throw_if_any("no availability by these groups", std::move(problems));

    Availability result;
    result.of_unit = Eigen::VectorXd::Zero(x.rows());
    result.of_indicator = Eigen::VectorXd::Zero(x.cols());
    result.of_unit_in_group = Eigen::MatrixXd::Zero(x.rows(), pillars);
    result.of_indicator_in_group = Eigen::MatrixXd::Zero(regions, x.cols());
    std::vector<Index> pillar_size(static_cast<std::size_t>(pillars));
    std::vector<Index> region_size(static_cast<std::size_t>(regions));
    for (const Index region : unit_groups) {
        if (region >= 0) ++region_size[static_cast<std::size_t>(region)];
    }
    double observed = 0.0;
    for (Index j = 0; j < x.cols(); ++j) {
        const Index pillar =
            indicator_groups.empty() ? -1 : indicator_groups[static_cast<std::size_t>(j)];
        if (pillar >= 0) ++pillar_size[static_cast<std::size_t>(pillar)];
        for (Index i = 0; i < x.rows(); ++i) {
            const double there = x(i, j) == x(i, j) ? 1.0 : 0.0;
            result.of_unit[i] += there;
            result.of_indicator[j] += there;
            if (pillar >= 0) result.of_unit_in_group(i, pillar) += there;
            const Index region =
                unit_groups.empty() ? -1 : unit_groups[static_cast<std::size_t>(i)];
            if (region >= 0) result.of_indicator_in_group(region, j) += there;
        }
        observed += result.of_indicator[j];
    }
    const auto rows = static_cast<double>(x.rows());
    const auto columns = static_cast<double>(x.cols());
    const auto share = [](double count, double of) {
        return of > 0.0 ? count / of : detail::undefined;
    };
    result.overall = share(observed, rows * columns);
    for (Index i = 0; i < x.rows(); ++i) result.of_unit[i] = share(result.of_unit[i], columns);
    for (Index j = 0; j < x.cols(); ++j)
        result.of_indicator[j] = share(result.of_indicator[j], rows);
    for (Index g = 0; g < pillars; ++g) {
        const auto size = static_cast<double>(pillar_size[static_cast<std::size_t>(g)]);
        for (Index i = 0; i < x.rows(); ++i)
            result.of_unit_in_group(i, g) = share(result.of_unit_in_group(i, g), size);
    }
    for (Index g = 0; g < regions; ++g) {
        const auto size = static_cast<double>(region_size[static_cast<std::size_t>(g)]);
        for (Index j = 0; j < x.cols(); ++j)
            result.of_indicator_in_group(g, j) = share(result.of_indicator_in_group(g, j), size);
    }
    return result;
}

}  // namespace thuocdo::diagnose
