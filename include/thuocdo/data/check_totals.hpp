#pragma once
/// @file
/// Totals against their parts, and cumulative figures against the months that
/// they cover.

#include <thuocdo/data/detail/decimal_arithmetic.hpp>
#include <thuocdo/data/finding.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace thuocdo {

/// A part of a total.
struct LabelledPart {
    std::string label;
    double value = std::numeric_limits<double>::quiet_NaN();
    friend bool operator==(const LabelledPart&, const LabelledPart&) = default;
};

/// Whether parts make their total. Printed numbers are added as decimals, so that
/// 0.1 + 0.2 makes 0.3.
///
/// Findings: `parts_do_not_make_total` when they differ by more than the
/// tolerance; `part_missing` and `total_missing` (NaN), where the sum cannot be
/// checked and is not.
/// @throws NumericError unless the tolerance is finite and >= 0.
[[nodiscard]] inline std::vector<Finding> parts_and_total(const std::string& name, double total,
                                                          std::span<const LabelledPart> parts,
                                                          double tolerance = 0.0) {
    detail::require_tolerance(tolerance);
    std::vector<Finding> findings;
    detail::DecimalSum sum;
    std::string addition;
    std::string labels;
    for (const LabelledPart& part : parts) {
        if (std::isnan(part.value)) {
            findings.push_back(
                {"part_missing", name, "no number for \"" + part.label + '"', total});
            continue;
        }
        sum.add(part.value);
        addition += (addition.empty() ? "" : " + ") + numeric::shortest(part.value);
        labels += (labels.empty() ? "" : " + ") + part.label;
    }
    if (std::isnan(total)) {
        findings.push_back({"total_missing", name, "no number for the total"});
    }
    if (!findings.empty()) return findings;
    const double computed = sum.value();
    const double difference = detail::decimal_difference(total, computed);
    if (std::abs(difference) > tolerance)
        findings.push_back(
            {"parts_do_not_make_total", name,
             (parts.empty() ? "no parts make 0" : addition + " = " + numeric::shortest(computed)) +
                 ", stated " + numeric::shortest(total) +
                 (labels.empty() ? "" : " (" + labels + ")"),
             total, computed, difference});
    return findings;
}

/// What was reported for one month (or quarter): the flow within it and the
/// cumulative figure from the start of the year; NaN where one is not stated.
struct PeriodFigure {
    std::string period;
    double flow = std::numeric_limits<double>::quiet_NaN();
    double year_to_date = std::numeric_limits<double>::quiet_NaN();
    friend bool operator==(const PeriodFigure&, const PeriodFigure&) = default;
};

/// Whether cumulative figures are the sums of the flows from the start of the
/// year, for a quantity that is a flow.
///
/// Findings: `year_to_date_disagrees` where the sum and the stated figure differ
/// by more than the tolerance; `month_reported_as_year_to_date` instead where the
/// stated figure is the flow of the period alone; `year_to_date_falls` where it is
/// below the one before; `flow_missing` at the first period without flow, after
/// which sums are not checked. A difference that a later period carries on
/// unchanged is reported once, where it begins.
/// @param figures from the first period of the year on, in order.
/// @throws NumericError unless the tolerance is finite and >= 0.
[[nodiscard]] inline std::vector<Finding> flow_and_year_to_date(
    const std::string& name, std::span<const PeriodFigure> figures, double tolerance = 0.0) {
    detail::require_tolerance(tolerance);
    std::vector<Finding> findings;
    detail::DecimalSum sum;
    std::string addition;
    bool complete = true;
    double carried = 0.0;
    const PeriodFigure* before = nullptr;
    for (std::size_t k = 0; k < figures.size(); ++k) {
        const PeriodFigure& each = figures[k];
        const std::string place = name + ", " + each.period;
        if (complete && std::isnan(each.flow)) {
            findings.push_back({"flow_missing", place,
                                "no flow: cumulative figures from here on cannot be checked",
                                each.year_to_date});
            complete = false;
        }
        if (complete) {
            sum.add(each.flow);
            addition += (k == 0 ? "" : " + ") + numeric::shortest(each.flow);
        }
        if (std::isnan(each.year_to_date)) continue;
        const std::string stated = "stated " + numeric::shortest(each.year_to_date);
        if (before && each.year_to_date < before->year_to_date)
            findings.push_back(
                {"year_to_date_falls", place,
                 stated + " after " + numeric::shortest(before->year_to_date) + " in " +
                     before->period,
                 each.year_to_date, before->year_to_date,
                 detail::decimal_difference(each.year_to_date, before->year_to_date)});
        before = &each;
        if (!complete) continue;
        const double computed = sum.value();
        const double difference = detail::decimal_difference(each.year_to_date, computed);
        const bool differs = std::abs(difference) > tolerance;
        if (differs && std::abs(detail::decimal_difference(difference, carried)) > tolerance) {
            const bool month_alone = k > 0 && std::abs(detail::decimal_difference(
                                                  each.year_to_date, each.flow)) <= tolerance;
            std::string statement = addition + " = " + numeric::shortest(computed) + ", " + stated;
            if (month_alone) statement += ", which is the flow of " + each.period + " alone";
            findings.push_back(
                {month_alone ? "month_reported_as_year_to_date" : "year_to_date_disagrees", place,
                 statement, each.year_to_date, computed, difference});
        }
        carried = differs ? difference : 0.0;
    }
    return findings;
}

}  // namespace thuocdo
