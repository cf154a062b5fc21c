#pragma once
/// @file
/// Whether a trend may be chance. On Boost.Math, so it is not in the umbrella.

#include <thuocdo/diagnose/trend.hpp>
#include <thuocdo/numeric/correlation_p_value.hpp>

#include <Eigen/Core>

namespace thuocdo::diagnose {

/// Two-sided p-value of each slope under Student's t with n - 2 degrees of freedom, for
/// errors that are independent, normal and of one variance; successive years seldom are, so
/// it is rather too small. It is the p-value of the correlation with time.
/// @return NaN below three observed values and where all values are equal.
[[nodiscard]] inline Eigen::VectorXd trend_p_values(const LinearTrend& trend) {
    Eigen::VectorXd p_values(trend.slope.size());
    for (Index i = 0; i < p_values.size(); ++i)
        p_values[i] = numeric::correlation_p_value(trend.correlation[i], trend.observed[i]);
    return p_values;
}

}  // namespace thuocdo::diagnose
