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

/// Fills each group with `statistic(values of its observed rows)`.
template <class Statistic>
[[nodiscard]] Imputation fill_by_group(ColumnView x, std::span<const std::int32_t> groups,
                                       Statistic statistic, ColumnOut& out) {
    require_length("out", out.size(), x.size());
    require_groups(x, groups);
    require_no_infinite("x", x);
    const std::size_t units = groups.size();
    std::vector<std::size_t> by_group;
    by_group.reserve(units);
    for (std::size_t i = 0; i < units; ++i)
        if (groups[i] != no_group) by_group.push_back(i);
    std::sort(by_group.begin(), by_group.end(), [groups](std::size_t a, std::size_t b) {
        return groups[a] != groups[b] ? groups[a] < groups[b] : a < b;
    });

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

[[nodiscard]] inline double exact_mean(ColumnView x) { return numeric::column_statistics(x).mean; }

}  // namespace thuocdo::prepare::detail
