#pragma once
/// @file
/// Screening of units by how much of their data is there and how much of it is zero.

#include <thuocdo/prepare/detail/checks.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::prepare {

/// A unit is flagged strictly below a threshold; 0 flags nobody.
struct ScreeningThresholds {
    /// Least share of indicators observed, 0 to 1.
    double availability = 0.0;
    /// Least share of non-zero cells among the observed, 0 to 1.
    double nonzero = 0.0;
};

/// What screen() finds; one entry a unit where nothing else is said.
struct Screening {
    /// Cells observed.
    std::vector<Index> observed;
    /// Observed cells that are zero.
    std::vector<Index> zeros;
    /// observed / k; NaN without indicators.
    Eigen::VectorXd availability;
    /// 1 - zeros / observed; NaN where nothing is observed.
    Eigen::VectorXd nonzero_share;
    /// Rows with availability below its threshold, ascending.
    std::vector<Index> flagged_by_availability;
    /// Rows with a non-zero share below its threshold, ascending. A unit without
    /// any data has no such share and is flagged by availability alone.
    std::vector<Index> flagged_by_zeros;
};

/// Availability and non-zero share of each unit over the k columns of x. Give the
/// columns of one pillar to screen by pillar. Whether a flagged unit is left out is
/// the caller's decision.
///
/// @throws NumericError when a threshold is not in [0, 1].
/// Complexity: one pass. Source: Becker et al. (2022), "COINr: An R package for
/// developing composite indicators", JOSS 7(78), 4567; Global Innovation Index
/// rules on minimum data coverage.
[[nodiscard]] inline Screening screen(BlockView x, const ScreeningThresholds& thresholds) {
    std::vector<Problem> problems;
    const auto check = [&problems](const char* name, double value) {
        if (value >= 0.0 && value <= 1.0) return;
        problems.push_back({"threshold_out_of_range", std::string("thresholds.") + name,
                            numeric::shortest(value), "a share from 0 to 1", "write 60% as 0.6"});
    };
    check("availability", thresholds.availability);
    check("nonzero", thresholds.nonzero);
    if (!problems.empty()) throw NumericError("cannot screen units", std::move(problems));

    const Index units = x.rows();
    Screening result;
    result.observed.assign(static_cast<std::size_t>(units), 0);
    result.zeros.assign(static_cast<std::size_t>(units), 0);
    for (Index j = 0; j < x.cols(); ++j) {
        const double* const cells = x.data() + j * x.outerStride();
        for (Index i = 0; i < units; ++i) {
            const auto unit = static_cast<std::size_t>(i);
            result.observed[unit] += cells[i] == cells[i] ? 1 : 0;
            result.zeros[unit] += cells[i] == 0.0 ? 1 : 0;
        }
    }
    result.availability.resize(units);
    result.nonzero_share.resize(units);
    const auto indicators = static_cast<double>(x.cols());
    for (Index i = 0; i < units; ++i) {
        const auto observed = static_cast<double>(result.observed[static_cast<std::size_t>(i)]);
        const auto zeros = static_cast<double>(result.zeros[static_cast<std::size_t>(i)]);
        const double availability = x.cols() > 0 ? observed / indicators : detail::missing;
        // One division: 1 - zeros / observed would be a bit below a threshold that
        // it equals.
        const double nonzero = observed > 0.0 ? (observed - zeros) / observed : detail::missing;
        result.availability[i] = availability;
        result.nonzero_share[i] = nonzero;
        if (availability < thresholds.availability) result.flagged_by_availability.push_back(i);
        if (nonzero < thresholds.nonzero) result.flagged_by_zeros.push_back(i);
    }
    return result;
}

}  // namespace thuocdo::prepare
