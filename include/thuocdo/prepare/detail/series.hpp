#pragma once
/// @file
/// Walking the periods of one indicator, unit by unit.

#include <thuocdo/prepare/detail/checks.hpp>
#include <thuocdo/prepare/imputation.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace thuocdo::prepare::detail {

/// Before the first or after the last observed period of a unit.
inline constexpr Index no_period = -1;

inline void require_positions(BlockView x, std::span<const double> positions) {
    if (static_cast<Index>(positions.size()) != x.cols())
        refuse("length_mismatch", "argument \"positions\"",
               std::to_string(positions.size()) + " positions",
               std::to_string(x.cols()) + ", one a period (column) of \"x\"", "");
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < positions.size(); ++k) {
        const std::string place = row_place("positions", static_cast<Index>(k));
        if (!std::isfinite(positions[k])) {
            problems.push_back({"position_not_finite", place, numeric::shortest(positions[k]),
                                "a finite time", ""});
        } else if (k > 0 && positions[k] <= positions[k - 1]) {
            problems.push_back(
                {"periods_out_of_order", place,
                 numeric::shortest(positions[k]) + " after " + numeric::shortest(positions[k - 1]),
                 "periods that rise in time", "sort the columns by period"});
        }
    }
    if (!problems.empty())
        throw NumericError("preparation: impossible periods", std::move(problems));
}

/// Copies x and replaces each missing cell by value(row, before, after, period),
/// where `before` and `after` are the nearest observed periods or no_period; NaN
/// leaves it unresolved.
template <class Value>
[[nodiscard]] BlockImputation fill_series(BlockView x, Value value, BlockOut& out) {
    require_shape(x, out);
    require_no_infinite("x", x);
    BlockImputation result;
    std::vector<double> series(static_cast<std::size_t>(x.cols()));
    std::vector<Index> next(static_cast<std::size_t>(x.cols()));
    for (Index i = 0; i < x.rows(); ++i) {
        Index following = no_period;
        for (Index k = x.cols(); k-- > 0;) {
            const double cell = x.data()[k * x.outerStride() + i];
            series[static_cast<std::size_t>(k)] = cell;
            if (cell == cell) following = k;
            next[static_cast<std::size_t>(k)] = following;
        }
        Index before = no_period;
        for (Index k = 0; k < x.cols(); ++k) {
            const auto period = static_cast<std::size_t>(k);
            const double cell = series[period];
            double& filled = out.data()[k * out.outerStride() + i];
            filled = cell;
            if (cell == cell) {
                before = k;
                continue;
            }
            const double found = value(series, before, next[period], k);
            filled = found == found ? found : missing;
            (found == found ? result.imputed : result.unresolved).push_back({i, k});
        }
    }
    return result;
}

}  // namespace thuocdo::prepare::detail
