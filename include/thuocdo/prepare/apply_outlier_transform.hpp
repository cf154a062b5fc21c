#pragma once
/// @file
/// The transform that a treatment of outliers chose, for values of other units.

#include <thuocdo/config.hpp>
#include <thuocdo/prepare/treat_outliers.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::prepare {

/// y = (x - origin) + offset, or (origin - x) + offset where it is mirrored; then
/// ln(y), -ln(y) where mirrored, or (y^lambda - 1)/lambda.
///
/// @param x values in the unit of the column that was treated; NaN is missing and
///        stays missing.
/// @param treatment what `treat_outliers` gave for that column; without a transform
///        the values are copied.
/// @param out as long as x; may be x.
/// @throws NumericError when the lengths differ, or naming the rows whose value has
///         no finite transform, such as one so far below the treated column that
///         y <= 0 (then the content of out is unspecified).
/// Gives the values of the treated column the bits that `treat_outliers` gave them.
/// Complexity: one pass. Source: as `treat_outliers`.
inline void apply_outlier_transform(ColumnView x, const OutlierTreatment& treatment,
                                    ColumnOut out) {
    detail::require_length("out", out.size(), x.size());
    std::vector<Problem> problems;
    for (Index i = 0; i < x.size(); ++i) {
        const double value = x.data()[i];
        const bool untouched = treatment.transform == OutlierTransform::none || value != value;
        const double result = untouched ? value : detail::transformed(value + 0.0, treatment);
        if (!untouched && !std::isfinite(result))
            problems.push_back({"transform_not_finite", "row " + std::to_string(i),
                                numeric::shortest(value),
                                "a value that the transform is defined for",
                                "treat these values together with those that it was made for"});
        out.data()[i] = result;
    }
    if (!problems.empty()) throw NumericError("values without a transform", std::move(problems));
}

}  // namespace thuocdo::prepare
