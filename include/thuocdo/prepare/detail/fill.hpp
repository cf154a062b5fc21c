#pragma once
/// @file
/// Filling the missing cells of a column, of all rows or group by group.

#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/numeric/statistics.hpp>
#include <thuocdo/prepare/detail/checks.hpp>
#include <thuocdo/prepare/imputation.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::prepare::detail {

/// No group: such a unit is not imputed.
inline constexpr std::int32_t no_group = -1;

/// Writes `value` into the missing cells; a value of NaN leaves them unresolved.
[[nodiscard]] inline Imputation fill_column(ColumnView x, double value, ColumnOut& out) {
    Imputation result;
    for (Index i = 0; i < x.size(); ++i) {
        const double cell = x.data()[i];
        if (cell == cell) {
            out.data()[i] = cell;
            continue;
        }
        out.data()[i] = value;
        (value == value ? result.imputed : result.unresolved).push_back(i);
    }
    return result;
}

inline void require_groups(ColumnView x, std::span<const std::int32_t> groups) {
    require_length("groups", static_cast<Index>(groups.size()), x.size());
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < groups.size() && problems.size() < problems_listed; ++i) {
        if (groups[i] >= no_group) continue;
        problems.push_back({"group_not_valid", row_place("groups", static_cast<Index>(i)),
                            std::to_string(groups[i]), "0 or more, or -1 for no group", ""});
    }
    if (!problems.empty())
        throw NumericError("preparation: impossible groups", std::move(problems));
}

/// The rows that have a group, group by group; rows of one group in their order.
[[nodiscard]] inline std::vector<std::size_t> rows_by_group(std::span<const std::int32_t> groups) {
    const std::size_t units = groups.size();
    std::int32_t largest = no_group;
    for (const std::int32_t group : groups) largest = std::max(largest, group);
    std::vector<std::size_t> by_group;
    // Counting the groups needs a place for each number up to the largest.
    if (static_cast<std::size_t>(std::int64_t{largest} + 1) <= units) {
        std::vector<std::size_t> next(static_cast<std::size_t>(std::int64_t{largest} + 2), 0);
        for (const std::int32_t group : groups)
            if (group != no_group) ++next[static_cast<std::size_t>(group) + 1];
        for (std::size_t group = 1; group < next.size(); ++group) next[group] += next[group - 1];
        by_group.resize(next.back());
        for (std::size_t i = 0; i < units; ++i)
            if (groups[i] != no_group) by_group[next[static_cast<std::size_t>(groups[i])]++] = i;
        return by_group;
    }
    for (std::size_t i = 0; i < units; ++i)
        if (groups[i] != no_group) by_group.push_back(i);
    std::stable_sort(by_group.begin(), by_group.end(),
                     [groups](std::size_t a, std::size_t b) { return groups[a] < groups[b]; });
    return by_group;
}

/// Fills each group with `statistic(values of its observed rows)`.
template <class Statistic>
[[nodiscard]] Imputation fill_by_group(ColumnView x, std::span<const std::int32_t> groups,
                                       Statistic statistic, ColumnOut& out) {
    require_length("out", out.size(), x.size());
    require_groups(x, groups);
    require_no_infinite("x", x);
    const std::vector<std::size_t> by_group = rows_by_group(groups);
    Eigen::VectorXd value = Eigen::VectorXd::Constant(x.size(), missing);
    Eigen::VectorXd members(x.size());
    for (std::size_t start = 0; start < by_group.size();) {
        std::size_t end = start;
        Index observed = 0;
        for (; end < by_group.size() && groups[by_group[end]] == groups[by_group[start]]; ++end) {
            const double cell = x.data()[by_group[end]];
            if (cell == cell) members.data()[observed++] = cell;
        }
        const double filled = observed > 0 ? statistic(members.head(observed)) : missing;
        for (; start < end; ++start) value.data()[by_group[start]] = filled;
    }

    Imputation result;
    for (Index i = 0; i < x.size(); ++i) {
        const double cell = x.data()[i];
        const bool is_missing = cell != cell;
        out.data()[i] = is_missing ? value[i] : cell;
        if (is_missing) (value[i] == value[i] ? result.imputed : result.unresolved).push_back(i);
    }
    return result;
}

[[nodiscard]] inline double exact_mean(ColumnView x) { return numeric::column_mean(x); }

}  // namespace thuocdo::prepare::detail
