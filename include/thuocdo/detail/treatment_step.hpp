#pragma once
/// @file
/// The step that treats outliers.

#include <thuocdo/detail/step_work.hpp>
#include <thuocdo/prepare/treat_outliers.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace thuocdo::detail {

[[nodiscard]] inline prepare::OutlierRule outlier_rule(const step::Treat& step) {
    prepare::OutlierRule rule;
    rule.max_skewness = step.maximum_skewness;
    rule.max_kurtosis = step.maximum_kurtosis;
    rule.max_winsorised = step.maximum_winsorised;
    rule.transform = step.otherwise == OutlierTransform::none ? prepare::OutlierTransform::none
                     : step.otherwise == OutlierTransform::logarithm
                         ? prepare::OutlierTransform::logarithm
                         : prepare::OutlierTransform::box_cox;
    rule.lambda = step.lambda.value_or(rule.lambda);
    return rule;
}

[[nodiscard]] inline std::string change_text(const prepare::OutlierTreatment& treatment,
                                             prepare::OutlierChange reason) {
    switch (reason) {
        case prepare::OutlierChange::winsorised_high:
            return "winsorised to the largest value below";
        case prepare::OutlierChange::winsorised_low:
            return "winsorised to the smallest value above";
        default:
            break;
    }
    if (treatment.transform == prepare::OutlierTransform::logarithm)
        return treatment.mirrored ? "logarithm of the mirrored column" : "logarithm of the column";
    return "Box-Cox transform of the column";
}

/// Values that change keep their state: they were measured, and the list of cells says
/// what became of them.
inline void run_step(StepWork& work, const step::Treat& step) {
    const prepare::OutlierRule rule = outlier_rule(step);
    Eigen::VectorXd out(work.units());
    for (const Index column : work.columns_of(step.indicators, work.place + "/indicators")) {
        prepare::OutlierTreatment treatment =
            prepare::treat_outliers(work.cohort_column(column), rule, out);
        // A transform changes whole columns: no text is made for each cell.
        std::optional<prepare::OutlierChange> known;
        std::size_t reason = 0;
        for (const prepare::ChangedPoint& point : treatment.changed) {
            if (known != point.reason) reason = work.reason(change_text(treatment, point.reason));
            known = point.reason;
            work.set(point.row, column, point.after, work.table.states(point.row, column), reason);
        }
        if (!treatment.changed.empty()) work.table.ratios.erase(column);
        if (treatment.outcome == prepare::OutlierOutcome::still_fails)
            work.found.notices.push_back("indicator \"" + work.code(column) +
                                         "\" has outliers after every step that is allowed");
        work.found.treated.push_back({column, std::move(treatment)});
    }
}

}  // namespace thuocdo::detail
